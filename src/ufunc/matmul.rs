//! Matrix products: `matmul` (`@`) over stacks of matrices, and `dot`.
//!
//! The operands are gathered side by side, so that every layout is computed alike: large products of floats by the
//! `ndarray` crate's blocked kernels, all others row by row. NumPy's gufunc signature is `(n?,k),(k,m?)->(n?,m?)`:
//! a vector on the left is a row, one on the right a column, and the axis it lacks is missing in the result.

use super::accumulate::of_type;
use super::{Operand, Options, Outcome, call_one, find, float_status, overlap};
use crate::array::assign::copy_into;
use crate::array::cast::{Casting, can_cast, promote_types};
use crate::array::layout::Shape;
use crate::array::layout::shape_text::array_shape_text;
use crate::array::{ArrayRef, CopyReason, DType, Element, Layout, NdArray, Order, Runtime, Scalar, Type};
use crate::error::{Error, ErrorClass, Result, value_error};
use crate::half::F16;
use crate::interrupt;
use crate::memory::{AlignedBytes, Bool, OutOfBounds};
use crate::with_element;
use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2};
use num_complex::{Complex32, Complex64};
use smallvec::SmallVec;
use std::rc::Rc;

const SIGNATURE: &str = "(n?,k),(k,m?)->(n?,m?)";

/// Products with at least this many multiplications are worth the blocked kernels.
const BLOCKED: usize = 8192;

/// Where the elements of a matrix stand.
#[derive(Clone, Copy)]
struct Matrix<'a> {
    bytes: &'a AlignedBytes,
    offset: usize,
    rows: usize,
    columns: usize,
    row_stride: isize,
    column_stride: isize,
}

/// Elements gathered side by side, row by row.
type Gathered<T> = SmallVec<[T; 32]>;

impl Matrix<'_> {
    fn gather<T: Element>(&self) -> Result<Gathered<T>, OutOfBounds> {
        let mut all = Gathered::with_capacity(self.rows * self.columns);
        for row in 0..self.rows {
            let offset = self.offset.wrapping_add_signed(row as isize * self.row_stride);
            let run = self.bytes.run::<T>(offset, self.column_stride, self.columns)?;
            match run.cells() {
                Some(cells) => all.extend(cells.iter().map(std::cell::Cell::get)),
                None => all.extend((0..run.len()).map(|i| run.get(i))),
            }
        }
        Ok(all)
    }

    fn scatter<T: Element>(&self, values: &[T]) -> Result<(), OutOfBounds> {
        for (row, values) in values.chunks_exact(self.columns.max(1)).enumerate() {
            let offset = self.offset.wrapping_add_signed(row as isize * self.row_stride);
            let run = self.bytes.run::<T>(offset, self.column_stride, self.columns)?;
            values.iter().enumerate().for_each(|(i, &value)| run.set(i, value));
        }
        Ok(())
    }
}

/// An element that matrices are made of.
trait Multiply: Element {
    /// `c = a b`, all row by row: `(n, k)`, `(k, m)`, `(n, m)`; `c` is zero before.
    fn multiply(a: &[Self], b: &[Self], c: &mut [Self], sizes: (usize, usize, usize)) -> Result<()>;
}

/// Row by row: `c[i, :] += a[i, p] * b[p, :]`, so that the inner loop runs along rows.
fn by_rows<T: Copy>(
    a: &[T],
    b: &[T],
    c: &mut [T],
    (k, m): (usize, usize),
    add_product: impl Fn(T, T, T) -> T,
) -> Result<()> {
    if k == 0 || m == 0 {
        return Ok(());
    }
    let mut since = 0usize;
    for (a, c) in a.chunks_exact(k).zip(c.chunks_exact_mut(m)) {
        for (&a, b) in a.iter().zip(b.chunks_exact(m)) {
            for (c, &b) in c.iter_mut().zip(b) {
                *c = add_product(*c, a, b);
            }
        }
        since += k * m;
        if since > 1 << 22 {
            interrupt::check()?;
            since = 0;
        }
    }
    Ok(())
}

macro_rules! multiply_wrapping {
    ($($ty:ty),*) => { $(
        impl Multiply for $ty {
            fn multiply(a: &[$ty], b: &[$ty], c: &mut [$ty], (_, k, m): (usize, usize, usize)) -> Result<()> {
                by_rows(a, b, c, (k, m), |c, a, b| c.wrapping_add(a.wrapping_mul(b)))
            }
        }
    )* };
}
multiply_wrapping!(i8, u8, i16, u16, i32, u32, i64, u64);

macro_rules! multiply_blocked {
    ($($ty:ty),*) => { $(
        impl Multiply for $ty {
            fn multiply(a: &[$ty], b: &[$ty], c: &mut [$ty], (n, k, m): (usize, usize, usize)) -> Result<()> {
                if n.saturating_mul(k).saturating_mul(m) < BLOCKED || n.min(m) < 2 {
                    return by_rows(a, b, c, (k, m), |c, a, b| c + a * b);
                }
                let (Ok(b), Ok(rows)) = (ArrayView2::from_shape((k, m), b), ArrayView2::from_shape((n, k), a)) else {
                    return Ok(());
                };
                // Some rows at a time, so that an interrupt is seen.
                let part = ((1usize << 28) / k.saturating_mul(m).max(1)).clamp(64, n.max(64));
                let one = <$ty as num_traits::One>::one();
                let zero = <$ty as num_traits::Zero>::zero();
                for first in (0..n).step_by(part) {
                    let last = (first + part).min(n);
                    let rows = rows.slice(ndarray::s![first..last, ..]);
                    if let Ok(mut c) = ArrayViewMut2::from_shape((last - first, m), &mut c[first * m..last * m]) {
                        general_mat_mul(one, &rows, &b, zero, &mut c);
                    }
                    interrupt::check()?;
                }
                Ok(())
            }
        }
    )* };
}
multiply_blocked!(f32, f64, Complex32, Complex64);

impl Multiply for Bool {
    fn multiply(a: &[Bool], b: &[Bool], c: &mut [Bool], (_, k, m): (usize, usize, usize)) -> Result<()> {
        by_rows(a, b, c, (k, m), |c, a, b| Bool::from(c.is_true() | (a.is_true() & b.is_true())))
    }
}

impl Multiply for F16 {
    /// Summed in single precision, rounded once.
    fn multiply(a: &[F16], b: &[F16], c: &mut [F16], sizes: (usize, usize, usize)) -> Result<()> {
        let widen = |values: &[F16]| values.iter().map(|x| x.to_f32()).collect::<Vec<f32>>();
        let mut sum = vec![0.0f32; c.len()];
        by_rows(&widen(a), &widen(b), &mut sum, (sizes.1, sizes.2), |c, a, b| c + a * b)?;
        c.iter_mut().zip(sum).for_each(|(c, sum)| *c = F16::from_f32(sum));
        Ok(())
    }
}

/// `c = a b` for matrices of elements of type `ty`.
fn product(ty: Type, a: Matrix<'_>, b: Matrix<'_>, c: Matrix<'_>) -> Result<()> {
    with_element!(ty, T => {
        let zero = T::from_scalar(Scalar::zero(ty)).ok_or(OutOfBounds)?;
        let mut values: Gathered<T> = SmallVec::from_elem(zero, c.rows * c.columns);
        T::multiply(&a.gather::<T>()?, &b.gather::<T>()?, &mut values, (a.rows, a.columns, b.columns))?;
        Ok(c.scatter(&values)?)
    })
}

/// A core matrix of an array: its last two axes, or its only one as a row (`left`) or a column.
fn core<'a>(layout: &Layout, bytes: &'a AlignedBytes, left: bool) -> Matrix<'a> {
    let (shape, strides) = (&layout.shape, &layout.strides);
    let offset = layout.offset;
    match shape.len() {
        0 => Matrix { bytes, offset, rows: 1, columns: 1, row_stride: 0, column_stride: 0 },
        1 if left => Matrix { bytes, offset, rows: 1, columns: shape[0], row_stride: 0, column_stride: strides[0] },
        1 => Matrix { bytes, offset, rows: shape[0], columns: 1, row_stride: strides[0], column_stride: 0 },
        n => Matrix {
            bytes,
            offset,
            rows: shape[n - 2],
            columns: shape[n - 1],
            row_stride: strides[n - 2],
            column_stride: strides[n - 1],
        },
    }
}

/// The dtypes of two operands in a message, where one is not of numbers.
fn not_numbers(a: &ArrayRef, b: &ArrayRef) -> Option<String> {
    let (a, b) = (a.dtype(), b.dtype());
    (!a.is_number() || !b.is_number()).then(|| format!("({}, {})", a.repr(), b.repr()))
}

/// The type a product is computed in.
fn common_type(a: &ArrayRef, b: &ArrayRef) -> Type {
    promote_types(a.dtype().ty(), b.dtype().ty())
}

/// Warns of infinities and NaNs that came from finite operands.
fn report(runtime: &Runtime, a: &ArrayRef, b: &ArrayRef, result: &ArrayRef, name: &str) -> Result<()> {
    let (mut nan, mut infinite) = (false, false);
    float_status::scan(result, &mut nan, &mut infinite);
    if !nan && !infinite {
        return Ok(());
    }
    let (mut nan_before, mut infinite_before) = (false, false);
    for operand in [a, b] {
        float_status::scan(operand, &mut nan_before, &mut infinite_before);
    }
    let over = infinite && !infinite_before && !nan_before;
    let status = float_status::Status::when(nan && !nan_before, float_status::Status::INVALID)
        | float_status::Status::when(over, float_status::Status::OVER);
    float_status::report(runtime, status, name)
}

fn core_mismatch(what: &str, k: usize, axis: usize, found: usize, wanted: usize) -> Error {
    value_error(format!(
        "matmul: {what} operand {k} has a mismatch in its core dimension {axis}, with gufunc signature {SIGNATURE} \
         (size {found} is different from {wanted})"
    ))
}

/// `np.matmul(a, b, out=out)`: products of the matrices in the last two axes, broadcast over the others.
///
/// # Errors
/// NumPy's `ValueError` where shapes do not fit, and what a ufunc raises for its output.
pub fn matmul(runtime: &Runtime, a: &ArrayRef, b: &ArrayRef, out: Option<&ArrayRef>) -> Result<Outcome> {
    if let Some(dtypes) = not_numbers(a, b) {
        let message = format!("ufunc 'matmul' did not contain a loop with signature matching types {dtypes} -> None");
        return Err(Error::new(ErrorClass::UFuncNoLoopError, message));
    }
    for (k, array) in [a, b].into_iter().enumerate() {
        if array.ndim() == 0 {
            return Err(value_error(format!(
                "matmul: Input operand {k} does not have enough dimensions (has 0, gufunc core with signature \
                 {SIGNATURE} requires 1)"
            )));
        }
    }
    let ty = common_type(a, b);
    let (shape, stack) = matmul_shape(&a.shape(), &b.shape(), out)?;
    if let Some(out) = out {
        out.require_writeable("output array")?;
        let (from, to) = (DType::new(ty), out.dtype());
        if !can_cast(&from, &to, Casting::SameKind) {
            return Err(Error::new(
                ErrorClass::UFuncOutputCastingError,
                format!(
                    "Cannot cast ufunc 'matmul' output from dtype('{from}') to dtype('{to}') with casting rule \
                     'same_kind'"
                ),
            ));
        }
    }
    let (a, b) = (of_type(runtime, a, ty)?, of_type(runtime, b, ty)?);
    let overlaps = match out {
        Some(out) => overlap::may_share(&a, out)? || overlap::may_share(&b, out)?,
        None => false,
    };
    let direct = out.filter(|out| out.dtype() == DType::new(ty) && out.is_aligned() && !overlaps);
    let result = match direct {
        Some(out) => Rc::clone(out),
        None => NdArray::zeros(runtime, ty.into(), &shape, Order::C)?,
    };
    if let Some(out) = out.filter(|out| overlaps && !Rc::ptr_eq(out, &result)) {
        runtime.record_copy(out, &result, CopyReason::Overlap);
    }
    if !runtime.ledger.is_planning() {
        multiply_stacks(&a, &b, &result, &stack)?;
    }
    report(runtime, &a, &b, &result, "matmul")?;
    if let Some(out) = out {
        if direct.is_none() {
            copy_into(runtime, out, &result, None, Casting::Unsafe)?;
        }
        runtime.record_write(out, None);
        return Ok(Outcome::Array(Rc::clone(out)));
    }
    if shape.is_empty() { Ok(Outcome::Scalar(result.read(0))) } else { Ok(Outcome::Array(result)) }
}

/// The shape of a product, and of its stack of matrices.
fn matmul_shape(a: &[usize], b: &[usize], out: Option<&ArrayRef>) -> Result<(Shape, Shape)> {
    let k = a[a.len() - 1];
    let row = b.len().saturating_sub(2);
    if b[row] != k {
        return Err(core_mismatch("Input", 1, 0, b[row], k));
    }
    let mut core = Shape::new();
    if a.len() > 1 {
        core.push(a[a.len() - 2]);
    }
    if b.len() > 1 {
        core.push(b[b.len() - 1]);
    }
    let (a_stack, b_stack) = (&a[..a.len().saturating_sub(2)], &b[..b.len().saturating_sub(2)]);
    let out_shape = out.map(|out| out.shape());
    let mut out_stack = Shape::new();
    if let Some(shape) = &out_shape {
        let Some(at) = shape.len().checked_sub(core.len()) else {
            return Err(value_error(format!(
                "matmul: Output operand 0 does not have enough dimensions (has {}, gufunc core with signature \
                 {SIGNATURE} requires {})",
                shape.len(),
                core.len()
            )));
        };
        for (axis, (&found, &wanted)) in shape[at..].iter().zip(&core).enumerate() {
            if found != wanted {
                return Err(core_mismatch("Output", 0, axis, found, wanted));
            }
        }
        out_stack.extend_from_slice(&shape[..at]);
    }
    let mut stack = out_stack.clone();
    for other in [a_stack, b_stack] {
        if other.len() > stack.len() {
            let missing = other.len() - stack.len();
            stack.insert_many(0, std::iter::repeat_n(1, missing));
        }
        let skipped = stack.len() - other.len();
        for (len, &other) in stack[skipped..].iter_mut().zip(other) {
            if *len == 1 {
                *len = other;
            } else if other != 1 && other != *len {
                return Err(stack_mismatch(a, b, &core));
            }
        }
    }
    if out_shape.is_some() && stack != out_stack {
        return Err(value_error(format!(
            "non-broadcastable output operand with shape {} doesn't match the broadcast shape {}",
            array_shape_text(&out_stack),
            array_shape_text(&stack)
        )));
    }
    Ok((stack.iter().chain(&core).copied().collect(), stack))
}

#[cold]
fn stack_mismatch(a: &[usize], b: &[usize], core: &[usize]) -> Error {
    let remapped = |shape: &[usize]| {
        let mut names: Vec<String> = shape[..shape.len().saturating_sub(2)].iter().map(usize::to_string).collect();
        names.extend(core.iter().map(|_| "newaxis".to_string()));
        format!("{}->({})", array_shape_text(shape), names.join(","))
    };
    value_error(format!(
        "operands could not be broadcast together with remapped shapes [original->remapped]: {} {}  and requested \
         shape {}",
        remapped(a),
        remapped(b),
        array_shape_text(core)
    ))
}

/// Multiplies matrix by matrix.
fn multiply_stacks(a: &ArrayRef, b: &ArrayRef, result: &ArrayRef, stack: &[usize]) -> Result<()> {
    let (a_buffer, b_buffer, c_buffer) = (a.buffer(), b.buffer(), result.buffer());
    let (Some(a_bytes), Some(b_bytes), Some(c_bytes)) = (a_buffer.bytes(), b_buffer.bytes(), c_buffer.bytes()) else {
        return Ok(());
    };
    let (a, b, c) = (a.layout(), b.layout(), result.layout());
    let ty = c.dtype.ty();
    let (left, right) = (core(&a, a_bytes, true), core(&b, b_bytes, false));
    let (mut row_stride, mut column_stride) = (0, 0);
    let at = stack.len();
    match (a.ndim() > 1, b.ndim() > 1) {
        (true, true) => (row_stride, column_stride) = (c.strides[at], c.strides[at + 1]),
        (true, false) => row_stride = c.strides[at],
        (false, true) => column_stride = c.strides[at],
        (false, false) => {}
    }
    let target =
        Matrix { bytes: c_bytes, offset: c.offset, rows: left.rows, columns: right.columns, row_stride, column_stride };
    let mut index: Shape = SmallVec::from_elem(0, stack.len());
    if stack.contains(&0) {
        return Ok(());
    }
    loop {
        let moved = |layout: &Layout, offset: usize| {
            let axes = layout.ndim().saturating_sub(2);
            let skipped = stack.len() - axes.min(stack.len());
            let mut offset = offset;
            for (axis, (&len, &stride)) in layout.shape[..axes].iter().zip(&layout.strides).enumerate() {
                if len != 1 {
                    offset = offset.wrapping_add_signed(index[skipped + axis] as isize * stride);
                }
            }
            offset
        };
        let c_offset = index
            .iter()
            .zip(&c.strides)
            .fold(c.offset, |offset, (&i, &stride)| offset.wrapping_add_signed(i as isize * stride));
        let left = Matrix { offset: moved(&a, left.offset), ..left };
        let right = Matrix { offset: moved(&b, right.offset), ..right };
        product(ty, left, right, Matrix { offset: c_offset, ..target })?;
        let mut axis = stack.len();
        loop {
            let Some(next) = axis.checked_sub(1) else { return Ok(()) };
            axis = next;
            index[axis] += 1;
            if index[axis] < stack[axis] {
                break;
            }
            index[axis] = 0;
        }
    }
}

/// `np.dot(a, b, out=out)`: the sum over the last axis of `a` and the second last of `b`.
///
/// # Errors
/// `ValueError: shapes (2,3) and (4,) not aligned: 3 (dim 1) != 4 (dim 0)`, and for an `out` of another kind.
pub fn dot(runtime: &Runtime, a: &ArrayRef, b: &ArrayRef, out: Option<&ArrayRef>) -> Result<Outcome> {
    if not_numbers(a, b).is_some() {
        return Err(value_error("data type must provide an itemsize"));
    }
    let ty = common_type(a, b);
    let (a_shape, b_shape) = (a.shape(), b.shape());
    let scalar = a_shape.is_empty() || b_shape.is_empty();
    let row = b_shape.len().saturating_sub(2);
    let mut shape = Shape::new();
    if scalar {
        shape.extend_from_slice(&a_shape);
        shape.extend_from_slice(&b_shape);
    } else {
        let column = a_shape.len() - 1;
        if a_shape[column] != b_shape[row] {
            return Err(not_aligned(&a_shape, &b_shape, column, row));
        }
        shape.extend_from_slice(&a_shape[..column]);
        shape.extend(b_shape.iter().enumerate().filter(|&(axis, _)| axis != row).map(|(_, &len)| len));
    }
    if let Some(out) = out {
        let layout = out.layout();
        if layout.dtype != DType::new(ty) || layout.ndim() != shape.len() || !layout.is_c_contiguous() {
            return Err(value_error(
                "output array is not acceptable (must have the right datatype, number of dimensions, and be a C-Array)",
            ));
        }
        if layout.shape != shape {
            return Err(value_error("output array has wrong dimensions"));
        }
        out.require_writeable("output array")?;
    }
    if scalar {
        let ufunc = find("multiply").ok_or_else(|| value_error("no ufunc multiply"))?;
        let options = Options { out: out.cloned().into_iter().map(Some).collect(), ..Options::default() };
        return call_one(runtime, ufunc, &mut [Operand::Array(Rc::clone(a)), Operand::Array(Rc::clone(b))], &options);
    }
    let (a, b) = (of_type(runtime, a, ty)?, of_type(runtime, b, ty)?);
    let overlaps = match out {
        Some(out) => overlap::may_share(&a, out)? || overlap::may_share(&b, out)?,
        None => false,
    };
    let direct = out.filter(|_| !overlaps);
    let result = match direct {
        Some(out) => Rc::clone(out),
        None => NdArray::zeros(runtime, ty.into(), &shape, Order::C)?,
    };
    if let Some(out) = out.filter(|out| overlaps && !Rc::ptr_eq(out, &result)) {
        runtime.record_copy(out, &result, CopyReason::Overlap);
    }
    if !runtime.ledger.is_planning() {
        dot_into(&a, &b, &result)?;
    }
    report(runtime, &a, &b, &result, "dot")?;
    if let Some(out) = out {
        if direct.is_none() {
            copy_into(runtime, out, &result, None, Casting::Unsafe)?;
        }
        runtime.record_write(out, None);
        return Ok(Outcome::Array(Rc::clone(out)));
    }
    if shape.is_empty() { Ok(Outcome::Scalar(result.read(0))) } else { Ok(Outcome::Array(result)) }
}

/// The words for two shapes whose lengths differ where they should meet (`dot_alignment_error`).
pub fn not_aligned(a: &[usize], b: &[usize], a_axis: usize, b_axis: usize) -> Error {
    value_error(format!(
        "shapes {} and {} not aligned: {} (dim {a_axis}) != {} (dim {b_axis})",
        array_shape_text(a),
        array_shape_text(b),
        a[a_axis],
        b[b_axis]
    ))
}

/// Every matrix of `a` times every matrix of `b`; the result is C-contiguous.
fn dot_into(a: &ArrayRef, b: &ArrayRef, result: &ArrayRef) -> Result<()> {
    let (a_buffer, b_buffer, c_buffer) = (a.buffer(), b.buffer(), result.buffer());
    let (Some(a_bytes), Some(b_bytes), Some(c_bytes)) = (a_buffer.bytes(), b_buffer.bytes(), c_buffer.bytes()) else {
        return Ok(());
    };
    let (a, b, c) = (a.layout(), b.layout(), result.layout());
    let (ty, size) = (c.dtype.ty(), c.itemsize());
    let (left, right) = (core(&a, a_bytes, true), core(&b, b_bytes, false));
    let outer = |layout: &Layout| layout.shape[..layout.ndim().saturating_sub(2)].iter().product::<usize>();
    let (a_stacks, b_stacks) = (outer(&a), outer(&b));
    if left.rows == 0 || right.columns == 0 {
        return Ok(());
    }
    // The byte where matrix `n` of a stack starts.
    let at = |layout: &Layout, n: usize| {
        let (mut rest, mut offset) = (n, layout.offset);
        for axis in (0..layout.ndim().saturating_sub(2)).rev() {
            offset = offset.wrapping_add_signed((rest % layout.shape[axis]) as isize * layout.strides[axis]);
            rest /= layout.shape[axis];
        }
        offset
    };
    for a_stack in 0..a_stacks {
        for b_stack in 0..b_stacks {
            let element = (a_stack * left.rows * b_stacks + b_stack) * right.columns;
            let target = Matrix {
                bytes: c_bytes,
                offset: c.offset + element * size,
                rows: left.rows,
                columns: right.columns,
                row_stride: (b_stacks * right.columns * size) as isize,
                column_stride: size as isize,
            };
            let left = Matrix { offset: at(&a, a_stack), ..left };
            product(ty, left, Matrix { offset: at(&b, b_stack), ..right }, target)?;
        }
    }
    Ok(())
}
