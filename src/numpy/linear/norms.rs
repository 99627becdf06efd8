//! `np.linalg.norm`: the size of vectors and matrices.

use super::super::calls;
use crate::array::copy::copy;
use crate::array::layout::{self, Layout};
use crate::array::{ArrayRef, Order, Type};
use crate::error::{Result, type_error, value_error};
use crate::numpy::objects;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::syntax::ast::{BinaryOp, CompareOp};
use crate::ufunc::{Axes, Operand, Options, ReduceOptions};
use crate::value::{Value, as_f64, as_index};
use num_complex::Complex64;
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[Function {
    name: "np.linalg.norm",
    signature: "(x, ord=None, axis=None, keepdims=False)",
    method: None,
    summary: "The length of a vector, or the size of a matrix, in one of several norms.",
    memory: MemoryRule::New,
    notes: "Integers are converted to float64 first, which makes a copy. Without `axis` the squares are summed without \
            an array of them.",
    example: r"
>>> np.linalg.norm([3, 4])
np.float64(5.0)
>>> np.linalg.norm([[1, -7], [2, 3]], ord=np.inf)
np.float64(8.0)
>>> np.linalg.norm([[3, 4], [6, 8]], axis=1)
array([ 5., 10.])
",
    see_also: &["np.dot", "np.absolute"],
    run: Run::Call(norm),
}];

/// `ord=`.
#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Default,
    Number(f64),
    Name(String),
}

fn kind_of(value: &Value) -> Result<Kind> {
    Ok(match value {
        Value::None => Kind::Default,
        Value::Str(name) => Kind::Name(name.to_string()),
        number => Kind::Number(as_f64(number).map_err(|e| e.at_argument("ord"))?),
    })
}

fn norm(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let mut x = calls::array_argument(context, arguments, "x")?;
    if !x.dtype().ty().is_inexact() {
        x = calls::astype(context, &x, Type::Float64, true)?;
    }
    let kind = kind_of(&arguments.get("ord"))?;
    let keepdims = calls::flag(arguments, "keepdims")?;
    let ndim = x.ndim();
    let frobenius = matches!(&kind, Kind::Name(name) if matches!(name.as_str(), "f" | "fro"));
    let axes: Vec<isize> = match arguments.get("axis") {
        Value::None => {
            let simple = kind == Kind::Default || (frobenius && ndim == 2) || (kind == Kind::Number(2.0) && ndim == 1);
            if simple {
                return length(context, &x, keepdims);
            }
            (0..ndim as isize).collect()
        }
        Value::Tuple(axes) => axes.iter().map(as_index).collect::<Result<_>>().map_err(|e| e.at_argument("axis"))?,
        axis => {
            let wrong = || type_error("'axis' must be None, an integer or a tuple of integers").at_argument("axis");
            vec![as_index(&axis).map_err(|_| wrong())?]
        }
    };
    match axes.as_slice() {
        [axis] => vectors(context, &x, &kind, *axis, keepdims),
        [row, column] => {
            let row = calls::normalize_axis(*row, ndim)?;
            let column = calls::normalize_axis(*column, ndim)?;
            if row == column {
                return Err(value_error("Duplicate axes given.").at_argument("axis"));
            }
            let result = matrices(context, &x, &kind, row, column)?;
            if !keepdims {
                return Ok(result);
            }
            let mut shape: Vec<isize> = x.shape().iter().map(|&len| len as isize).collect();
            (shape[row], shape[column]) = (1, 1);
            let result = calls::as_array(context, &result)?;
            calls::reshape(context, &result, &shape).map(Value::Array)
        }
        _ => Err(value_error("Improper number of dimensions to norm.").at_argument("x")),
    }
}

/// `sqrt(x.dot(x))` over all elements.
fn length(context: &mut Context, x: &ArrayRef, keepdims: bool) -> Result<Value> {
    let viewed = layout::ravel(&x.layout(), Order::K);
    let flat = match viewed {
        Ok(layout) => calls::view(x, layout),
        Err(_) => {
            let flat = copy(&context.runtime, x, Order::C)?;
            let line = Layout::contiguous(flat.dtype(), &[flat.size()], Order::C);
            flat.set_layout(line);
            flat
        }
    };
    let square = if x.dtype().ty().is_complex() {
        let value = Value::Array(flat);
        let mut parts = Vec::with_capacity(2);
        for name in ["real", "imag"] {
            let part = calls::attribute(context, &value, name)?;
            let part = calls::as_array(context, &part)?;
            parts.push(calls::outcome(objects::dot(context, &part, &part, None)?));
        }
        let [real, imaginary] = [parts[0].clone(), parts[1].clone()];
        calls::add(context, real, imaginary)?
    } else {
        calls::outcome(objects::dot(context, &flat, &flat, None)?)
    };
    let root = calls::ufunc(context, "sqrt", [square])?;
    if !keepdims {
        return Ok(root);
    }
    let root = calls::as_array(context, &root)?;
    calls::reshape(context, &root, &vec![1; x.ndim()]).map(Value::Array)
}

fn fold(
    context: &mut Context,
    name: &str,
    value: Value,
    axis: isize,
    keepdims: bool,
    from_zero: bool,
) -> Result<Value> {
    let array = calls::as_array(context, &value)?;
    let initial = from_zero.then_some(Some(Operand::Int(0.into())));
    let options = ReduceOptions { keepdims, initial, ..ReduceOptions::axis(axis) };
    calls::reduce(context, name, &array, &options).map_err(|e| calls::blame_axis(e, array.ndim()))
}

/// `(x.conj() * x).real`
fn squares(context: &mut Context, x: &ArrayRef) -> Result<Value> {
    let value = Value::Array(Rc::clone(x));
    if !x.dtype().ty().is_complex() {
        return calls::multiply(context, value.clone(), value);
    }
    let conjugate = calls::ufunc(context, "conjugate", [value.clone()])?;
    let product = calls::multiply(context, conjugate, value)?;
    calls::attribute(context, &product, "real")
}

fn vectors(context: &mut Context, x: &ArrayRef, kind: &Kind, axis: isize, keepdims: bool) -> Result<Value> {
    let value = Value::Array(Rc::clone(x));
    let sizes = |context: &mut Context| calls::ufunc(context, "absolute", [value.clone()]);
    match kind {
        Kind::Number(n) if *n == f64::INFINITY => {
            let sizes = sizes(context)?;
            fold(context, "maximum", sizes, axis, keepdims, true)
        }
        Kind::Number(n) if *n == f64::NEG_INFINITY => {
            let sizes = sizes(context)?;
            fold(context, "minimum", sizes, axis, keepdims, false)
        }
        Kind::Number(0.0) => {
            let differs = calls::compare(context, CompareOp::NotEqual, &value, &Value::int(0))?;
            let differs = calls::as_array(context, &differs)?;
            let ones = calls::astype(context, &differs, x.dtype().ty().part(), true)?;
            fold(context, "add", Value::Array(ones), axis, keepdims, false)
        }
        Kind::Number(1.0) => {
            let sizes = sizes(context)?;
            fold(context, "add", sizes, axis, keepdims, false)
        }
        Kind::Default | Kind::Number(2.0) => {
            let squares = squares(context, x)?;
            let sum = fold(context, "add", squares, axis, keepdims, false)?;
            calls::ufunc(context, "sqrt", [sum])
        }
        Kind::Name(name) => Err(value_error(format!("Invalid norm order '{name}' for vectors")).at_argument("ord")),
        Kind::Number(n) => {
            let sizes = sizes(context)?;
            let order = if n.fract() == 0.0 && n.abs() < 1e15 { Value::int(*n as i64) } else { Value::Float(*n) };
            let powers =
                calls::quietly(context, |context| calls::binary(context, BinaryOp::Power, sizes, order.clone()))?;
            let sum = fold(context, "add", powers, axis, keepdims, false)?;
            let ty = calls::type_of(&sum);
            let options = Options { dtype: Some(ty.into()), ..Options::default() };
            let inverse = calls::ufunc_with(context, "reciprocal", [order], &options)?;
            calls::binary(context, BinaryOp::Power, sum, inverse)
        }
    }
}

fn matrices(context: &mut Context, x: &ArrayRef, kind: &Kind, row: usize, column: usize) -> Result<Value> {
    let sums = |context: &mut Context, along: usize, other: usize, name: &str| -> Result<Value> {
        let sizes = calls::ufunc(context, "absolute", [Value::Array(Rc::clone(x))])?;
        let sums = fold(context, "add", sizes, along as isize, false, false)?;
        let other = if other > along { other - 1 } else { other };
        fold(context, name, sums, other as isize, false, name == "maximum")
    };
    let number = match kind {
        Kind::Number(number) => Some(*number),
        _ => None,
    };
    match kind {
        Kind::Default => frobenius(context, x, row, column),
        Kind::Name(name) if matches!(name.as_str(), "f" | "fro") => frobenius(context, x, row, column),
        Kind::Name(name) if name == "nuc" => singular(context, x, row, column, "add"),
        _ if number == Some(1.0) => sums(context, row, column, "maximum"),
        _ if number == Some(-1.0) => sums(context, row, column, "minimum"),
        _ if number == Some(f64::INFINITY) => sums(context, column, row, "maximum"),
        _ if number == Some(f64::NEG_INFINITY) => sums(context, column, row, "minimum"),
        _ if number == Some(2.0) => singular(context, x, row, column, "maximum"),
        _ if number == Some(-2.0) => singular(context, x, row, column, "minimum"),
        _ => Err(value_error("Invalid norm order for matrices.").at_argument("ord")),
    }
}

fn frobenius(context: &mut Context, x: &ArrayRef, row: usize, column: usize) -> Result<Value> {
    let squares = squares(context, x)?;
    let squares = calls::as_array(context, &squares)?;
    let axes = Axes::Some(smallvec::smallvec![row as isize, column as isize]);
    let sum = calls::reduce(context, "add", &squares, &ReduceOptions { axes, ..ReduceOptions::default() })?;
    calls::ufunc(context, "sqrt", [sum])
}

/// A reduction of the singular values of each matrix.
fn singular(context: &mut Context, x: &ArrayRef, row: usize, column: usize, name: &str) -> Result<Value> {
    let moved = layout::transpose::moveaxis(&x.layout(), &[row as isize, column as isize], &[-2, -1])?;
    let moved = calls::view(x, moved);
    let shape = moved.shape();
    let (n, m) = (shape[shape.len() - 2], shape[shape.len() - 1]);
    let elements: Vec<Complex64> = calls::elements(&moved).map(|element| element.as_complex()).collect();
    let mut result: layout::Shape = shape[..shape.len() - 2].into();
    result.push(n.min(m));
    let ty = x.dtype().ty().part();
    let values = calls::empty(context, ty, &result)?;
    let mut place = 0;
    for matrix in elements.chunks((n * m).max(1)) {
        crate::interrupt::check()?;
        for value in singular_values(matrix, n, m) {
            values.write(place, &crate::array::Scalar::Float64(value));
            place += ty.size();
        }
    }
    fold(context, name, Value::Array(values), -1, false, name == "maximum")
}

/// The singular values of an (n, m) matrix, largest first, by one-sided Jacobi rotations.
fn singular_values(matrix: &[Complex64], n: usize, m: usize) -> Vec<f64> {
    let (count, len) = (n.min(m), n.max(m));
    let mut columns: Vec<Vec<Complex64>> = (0..count)
        .map(|j| (0..len).map(|i| if n >= m { matrix[i * m + j] } else { matrix[j * m + i].conj() }).collect())
        .collect();
    let square = |column: &[Complex64]| column.iter().map(|z| z.norm_sqr()).sum::<f64>();
    for _ in 0..60 {
        let mut turned = false;
        for p in 0..count {
            for q in p + 1..count {
                let (alpha, beta) = (square(&columns[p]), square(&columns[q]));
                let gamma: Complex64 = columns[p].iter().zip(&columns[q]).map(|(a, b)| a.conj() * b).sum();
                let size = gamma.norm();
                if size <= f64::EPSILON * (alpha * beta).sqrt() || size == 0.0 {
                    continue;
                }
                turned = true;
                let zeta = (beta - alpha) / (2.0 * size);
                let t = zeta.signum() / (zeta.abs() + (1.0 + zeta * zeta).sqrt());
                let c = 1.0 / (1.0 + t * t).sqrt();
                let s = c * t;
                let phase = gamma / size;
                let (before, behind) = columns.split_at_mut(q);
                for (x, y) in before[p].iter_mut().zip(&mut behind[0]) {
                    let (a, b) = (*x, *y * phase.conj());
                    *x = a * c - b * s;
                    *y = a * s + b * c;
                }
            }
        }
        if !turned {
            break;
        }
    }
    let mut values: Vec<f64> = columns.iter().map(|column| square(column).sqrt()).collect();
    values.sort_by(|a, b| b.total_cmp(a));
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singular_values_of_small_matrices() {
        let real = |values: &[f64]| values.iter().map(|&x| Complex64::new(x, 0.0)).collect::<Vec<_>>();
        let values = singular_values(&real(&[1.0, 2.0, 3.0, 4.0]), 2, 2);
        assert!((values[0] - 5.464985704219043).abs() < 1e-14 && (values[1] - 0.365966190626257).abs() < 1e-14);
        let values = singular_values(&real(&[3.0, 0.0, 0.0, 0.0, 4.0, 0.0]), 2, 3);
        assert!((values[0] - 4.0).abs() < 1e-15 && (values[1] - 3.0).abs() < 1e-15);
    }
}
