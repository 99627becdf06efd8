//! Matrix products of objects: sums of products by Python's operators.

use super::elementwise::put;
use super::{is_objects, object_at};
use crate::array::assign::copyto;
use crate::array::cast::Casting;
use crate::array::layout::broadcast::{broadcast_operands, stretch};
use crate::array::layout::{Layout, Shape};
use crate::array::{ArrayRef, NdArray, Order, Type};
use crate::error::{Result, value_error};
use crate::numpy::calls;
use crate::registry::Context;
use crate::ufunc::{self, Operand, Options, Outcome, named};
use crate::value::Value;

/// As [`ufunc::matmul`], also of objects.
///
/// # Errors
/// As there; what Python's operators raise.
pub fn matmul(context: &mut Context, a: &ArrayRef, b: &ArrayRef, out: Option<&ArrayRef>) -> Result<Outcome> {
    if !is_objects(a) && !is_objects(b) || a.ndim() == 0 || b.ndim() == 0 {
        return ufunc::matmul(&context.runtime, a, b, out);
    }
    let (x, y) = (with_row(&a.layout()), with_column(&b.layout()));
    let (m, n) = (x.ndim(), y.ndim());
    let (rows, inner, columns) = (x.shape[m - 2], x.shape[m - 1], y.shape[n - 1]);
    if inner != y.shape[n - 2] {
        return Err(value_error(format!(
            "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature \
             (n?,k),(k,m?)->(n?,m?) (size {} is different from {inner})",
            y.shape[n - 2]
        )));
    }
    let stack = broadcast_operands(&[&x.shape[..m - 2], &y.shape[..n - 2]])?;
    let full = |last: [usize; 2]| -> Shape { stack.iter().copied().chain(last).collect() };
    let fit = || value_error("the stacks do not fit");
    let x = stretch(&x, &full([rows, inner])).ok_or_else(fit)?;
    let y = stretch(&y, &full([inner, columns])).ok_or_else(fit)?;
    let mut shape: Shape = stack.clone();
    shape.extend((a.ndim() > 1).then_some(rows));
    shape.extend((b.ndim() > 1).then_some(columns));
    let result = NdArray::zeros(&context.runtime, Type::Object.into(), &shape, Order::C)?;
    let count: usize = stack.iter().product();
    if !a.buffer_ref().is_planned() && !b.buffer_ref().is_planned() {
        for number in 0..count * rows * columns {
            let (place, column) = (number / columns, number % columns);
            let (level, row) = (place / rows, place % rows);
            let left = |k: usize| x.offset_of((level * rows + row) * inner + k);
            let right = |k: usize| y.offset_of((level * inner + k) * columns + column);
            let sum = sum_of_products(context, [a, b], inner, &left, &right)?;
            let offset = result.layout().offset_of(number);
            put(&result, offset, &sum)?;
        }
    }
    delivered(context, result, out)
}

/// As [`ufunc::dot`], also of objects.
///
/// # Errors
/// As there; what Python's operators raise.
pub fn dot(context: &mut Context, a: &ArrayRef, b: &ArrayRef, out: Option<&ArrayRef>) -> Result<Outcome> {
    if !is_objects(a) && !is_objects(b) {
        return ufunc::dot(&context.runtime, a, b, out);
    }
    if a.ndim() == 0 || b.ndim() == 0 {
        let options = Options { out: out.cloned().into_iter().map(Some).collect(), ..Options::default() };
        let mut operands = [Operand::Array(a.clone()), Operand::Array(b.clone())];
        let outcomes = super::call(context, const { named("multiply") }, &mut operands, &options)?;
        return outcomes.into_iter().next().ok_or_else(|| value_error("no result"));
    }
    let (x, y) = (a.layout().clone(), b.layout().clone());
    let (last, row) = (x.ndim() - 1, y.ndim().saturating_sub(2));
    let inner = x.shape[last];
    if inner != y.shape[row] {
        let text = |shape: &[usize]| crate::array::layout::shape_text::array_shape_text(shape);
        return Err(value_error(format!(
            "shapes {} and {} not aligned: {inner} (dim {last}) != {} (dim {row})",
            text(&x.shape),
            text(&y.shape),
            y.shape[row]
        )));
    }
    let others: Vec<usize> = (0..y.ndim()).filter(|&axis| axis != row).chain([row]).collect();
    let y = crate::array::layout::transpose::permute(&y, &others);
    let lines: usize = y.shape[..y.ndim() - 1].iter().product();
    let shape: Shape = x.shape[..last].iter().chain(&y.shape[..y.ndim() - 1]).copied().collect();
    let result = NdArray::zeros(&context.runtime, Type::Object.into(), &shape, Order::C)?;
    if !a.buffer_ref().is_planned() && !b.buffer_ref().is_planned() {
        for number in 0..result.size() {
            let left = |k: usize| x.offset_of(number / lines * inner + k);
            let right = |k: usize| y.offset_of(number % lines * inner + k);
            let sum = sum_of_products(context, [a, b], inner, &left, &right)?;
            let offset = result.layout().offset_of(number);
            put(&result, offset, &sum)?;
        }
    }
    delivered(context, result, out)
}

fn delivered(context: &mut Context, result: ArrayRef, out: Option<&ArrayRef>) -> Result<Outcome> {
    if let Some(out) = out {
        copyto(&context.runtime, out, &result, Casting::SameKind, None)?;
        return Ok(Outcome::Array(out.clone()));
    }
    Ok(Outcome::Array(result))
}

/// A vector as a matrix of one row.
fn with_row(layout: &Layout) -> Layout {
    let mut layout = layout.clone();
    if layout.ndim() == 1 {
        layout.shape.insert(0, 1);
        layout.strides.insert(0, 0);
    }
    layout
}

/// A vector as a matrix of one column.
fn with_column(layout: &Layout) -> Layout {
    let mut layout = layout.clone();
    if layout.ndim() == 1 {
        layout.shape.push(1);
        layout.strides.push(0);
    }
    layout
}

/// The sum of `count` products of elements; `left` and `right` tell the bytes where those stand.
///
/// # Errors
/// What Python's operators raise.
pub fn sum_of_products(
    context: &mut Context,
    [a, b]: [&ArrayRef; 2],
    count: usize,
    left: &dyn Fn(usize) -> usize,
    right: &dyn Fn(usize) -> usize,
) -> Result<Value> {
    let mut sum: Option<Value> = None;
    for k in 0..count {
        crate::interrupt::check()?;
        let product = calls::multiply(context, object_at(a, left(k)), object_at(b, right(k)))?;
        sum = Some(match sum {
            None => product,
            Some(sum) => calls::add(context, sum, product)?,
        });
    }
    Ok(sum.unwrap_or_else(|| Value::int(0)))
}
