//! Products over chosen axes, and sums of diagonals.

use super::super::calls;
use super::super::coercion::sequence;
use super::super::dtypes::as_dtype;
use super::super::objects;
use crate::array::copy::copy;
use crate::array::index::Index;
use crate::array::layout::transpose::permute;
use crate::array::{ArrayRef, Order};
use crate::error::{Result, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Method, Reader, Run, Section};
use crate::ufunc::{Outcome, ReduceOptions};
use crate::value::{Value, as_index};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.tensordot",
        signature: "(a, b, axes=2)",
        method: None,
        summary: "Sums of products over chosen axes of two arrays.",
        memory: MemoryRule::New,
        notes: "The arrays are turned and reshaped into matrices, which copies where no view will do; the result is a \
                view of their product.",
        example: r"
>>> a = np.ones((2, 3, 4))
>>> b = np.ones((4, 3, 5))
>>> np.tensordot(a, b, axes=([1, 2], [1, 0])).shape
(2, 5)
",
        see_also: &["np.dot", "np.einsum"],
        run: Run::Call(tensordot),
    },
    Function {
        name: "np.kron",
        signature: "(a, b)",
        method: None,
        summary: "The Kronecker product: `b` once for each element of `a`, times that element.",
        memory: MemoryRule::New,
        notes: "The result is a view, of two axes for one, of the products.",
        example: r"
>>> np.kron([1, 10], [1, 2, 3])
array([ 1,  2,  3, 10, 20, 30])
",
        see_also: &["np.outer"],
        run: Run::Call(kron),
    },
    Function {
        name: "np.trace",
        signature: "(a, offset=0, axis1=0, axis2=1, dtype=None, out=None)",
        method: Some(Method {
            name: "ndarray.trace",
            signature: "(offset=0, axis1=0, axis2=1, dtype=None, out=None)",
            reader: Reader::NumPy,
        }),
        summary: "The sum along a diagonal.",
        memory: MemoryRule::New,
        notes: "The diagonal is a view: only the sum is new.",
        example: r"
>>> np.trace([[1, 2], [3, 4]])
np.int64(5)
>>> np.array([[1, 2], [3, 4]]).trace(offset=1)
np.int64(2)
",
        see_also: &["np.diagonal", "np.sum"],
        run: Run::Call(trace),
    },
];

/// One side of `axes=`.
fn axes_of(value: &Value) -> Result<Vec<isize>> {
    match value {
        Value::Int(_) | Value::Scalar(_) => Ok(vec![as_index(value)?]),
        many => sequence(many)?.iter().map(as_index).collect(),
    }
}

/// The array turned so that `axes` stand at one end, as a matrix; and the lengths of the other axes.
fn as_matrix(context: &mut Context, array: &ArrayRef, axes: &[usize], last: bool) -> Result<(ArrayRef, Vec<isize>)> {
    let shape = array.shape();
    let kept: Vec<usize> = (0..array.ndim()).filter(|axis| !axes.contains(axis)).collect();
    let summed: usize = axes.iter().map(|&axis| shape[axis]).product();
    let rest: usize = kept.iter().map(|&axis| shape[axis]).product();
    let order: Vec<usize> =
        if last { kept.iter().chain(axes).copied().collect() } else { axes.iter().chain(&kept).copied().collect() };
    let turned = calls::view(array, permute(&array.layout(), &order));
    let matrix = if last { [rest as isize, summed as isize] } else { [summed as isize, rest as isize] };
    Ok((calls::reshape(context, &turned, &matrix)?, kept.iter().map(|&axis| shape[axis] as isize).collect()))
}

/// `np.tensordot` (numeric.py).
fn tensordot(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let (axes_a, axes_b) = match arguments.get("axes") {
        pair @ (Value::Tuple(_) | Value::List(_) | Value::Array(_)) => {
            let pair = sequence(&pair).map_err(|e| e.at_argument("axes"))?;
            match pair.as_slice() {
                [a, b] => (axes_of(a)?, axes_of(b)?),
                many => {
                    let (few, n) = (many.len() < 2, many.len());
                    let message = if few {
                        format!("not enough values to unpack (expected 2, got {n})")
                    } else {
                        "too many values to unpack (expected 2)".to_string()
                    };
                    return Err(value_error(message).at_argument("axes"));
                }
            }
        }
        count => {
            let count = as_index(&count).map_err(|e| e.at_argument("axes"))?;
            ((-count..0).collect(), (0..count).collect::<Vec<isize>>())
        }
    };
    for axes in [&axes_a, &axes_b] {
        if (1..axes.len()).any(|i| axes[..i].contains(&axes[i])) {
            return Err(value_error("duplicate axes are not allowed in tensordot").at_argument("axes"));
        }
    }
    let a = calls::array_argument(context, arguments, "a")?;
    let b = calls::array_argument(context, arguments, "b")?;
    let place = |axis: isize, ndim: usize| {
        let at = if axis < 0 { axis + ndim as isize } else { axis };
        usize::try_from(at)
            .ok()
            .filter(|&at| at < ndim)
            .ok_or_else(|| crate::error::index_error("tuple index out of range"))
    };
    let mismatch = || value_error("shape-mismatch for sum").at_argument("axes");
    if axes_a.len() != axes_b.len() {
        return Err(mismatch());
    }
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for (&i, &j) in axes_a.iter().zip(&axes_b) {
        let (i, j) = (place(i, a.ndim())?, place(j, b.ndim())?);
        let (n, m) = (a.shape()[i], b.shape()[j]);
        if n != m {
            return Err(mismatch().label(format!("axis {i} of a has length {n}, axis {j} of b has length {m}")));
        }
        left.push(i);
        right.push(j);
    }
    let (at, mut shape) = as_matrix(context, &a, &left, true)?;
    let (bt, others) = as_matrix(context, &b, &right, false)?;
    shape.extend(others);
    let product = match objects::dot(context, &at, &bt, None)? {
        Outcome::Array(product) => product,
        scalar => calls::as_array(context, &calls::outcome(scalar))?,
    };
    calls::reshape(context, &product, &shape).map(Value::Array)
}

/// `np.kron` (shape_base.py).
fn kron(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let a = calls::array_argument(context, arguments, "a")?;
    let b = calls::array_argument(context, arguments, "b")?;
    if a.ndim() == 0 || b.ndim() == 0 {
        return calls::ufunc(context, "multiply", [Value::Array(a), Value::Array(b)]);
    }
    let ndim = a.ndim().max(b.ndim());
    let mut shape = vec![1isize; ndim];
    let mut spread = |context: &mut Context, array: ArrayRef, first: bool| -> Result<Value> {
        let array = if array.layout().is_c_contiguous() { array } else { copy(&context.runtime, &array, Order::C)? };
        let missing = ndim - array.ndim();
        let mut index = Vec::with_capacity(2 * ndim);
        for (i, len) in shape.iter_mut().enumerate() {
            let item = if i < missing { Index::NewAxis } else { calls::slice(None, None) };
            if i >= missing {
                *len *= array.shape()[i - missing] as isize;
            }
            index.extend(if first { [item, Index::NewAxis] } else { [Index::NewAxis, item] });
        }
        calls::get(context, &array, &index)
    };
    let a = spread(context, a, true)?;
    let b = spread(context, b, false)?;
    let products = calls::ufunc(context, "multiply", [a, b])?;
    let products = calls::as_array(context, &products)?;
    calls::reshape(context, &products, &shape).map(Value::Array)
}

/// `PyArray_Trace`: the sum of the diagonal's view.
fn trace(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let positional = ["offset", "axis1", "axis2"].map(|name| arguments.get(name));
    let positional: Vec<Value> = std::iter::once(Value::Array(array)).chain(positional).collect();
    let diagonal = calls::call_array(context, "np.diagonal", positional, [])?;
    let dtype = match arguments.some("dtype").cloned() {
        Some(dtype) => Some(as_dtype(context, &dtype).map_err(|e| e.at_argument("dtype"))?),
        None => None,
    };
    let options = ReduceOptions { dtype, out: calls::out_argument(arguments)?, ..ReduceOptions::axis(-1) };
    calls::reduce(context, "add", &diagonal, &options)
}
