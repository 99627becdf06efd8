//! Running sums and products, and differences between neighbours.

use super::dtypes::as_dtype;
use super::{calls, objects};
use crate::array::copy::ravel;
use crate::array::index::Index;
use crate::array::{ArrayRef, Type};
use crate::error::{Result, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Method, Reader, Run, Section};
use crate::value::{Value, as_index};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.cumsum",
        signature: "(a, axis=None, dtype=None, out=None)",
        method: Some(Method {
            name: "ndarray.cumsum",
            signature: "(axis=None, dtype=None, out=None)",
            reader: Reader::Keywords,
        }),
        summary: "Running sums: each element is the sum of those up to it.",
        memory: MemoryRule::New,
        notes: "As large as `a`; of small integers larger, since they are summed as int64. `out=a` works in place.",
        example: r"
>>> np.cumsum([1, 2, 3, 4])
array([ 1,  3,  6, 10])
>>> np.array([[1, 2], [3, 4]]).cumsum(axis=0)
array([[1, 2],
       [4, 6]])
",
        see_also: &["np.sum", "np.cumprod", "np.diff", "np.cumulative_sum"],
        run: Run::Call(|context, arguments| running(context, arguments, "add")),
    },
    Function {
        name: "np.cumprod",
        signature: "(a, axis=None, dtype=None, out=None)",
        method: Some(Method {
            name: "ndarray.cumprod",
            signature: "(axis=None, dtype=None, out=None)",
            reader: Reader::Keywords,
        }),
        summary: "Running products: each element is the product of those up to it.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.cumprod([1, 2, 3, 4])
array([ 1,  2,  6, 24])
",
        see_also: &["np.prod", "np.cumsum", "np.cumulative_prod"],
        run: Run::Call(|context, arguments| running(context, arguments, "multiply")),
    },
    Function {
        name: "np.cumulative_sum",
        signature: "(x, /, *, axis=None, dtype=None, out=None, include_initial=False)",
        method: None,
        summary: "Running sums, as the array API names them; may start with 0.",
        memory: MemoryRule::New,
        notes: "With `include_initial` the sums are joined to a 0 in another new array, unless `out` is given.",
        example: r"
>>> np.cumulative_sum([1, 2, 3])
array([1, 3, 6])
>>> np.cumulative_sum([1, 2, 3], include_initial=True)
array([0, 1, 3, 6])
",
        see_also: &["np.cumsum", "np.cumulative_prod"],
        run: Run::Call(|context, arguments| cumulative(context, arguments, "add")),
    },
    Function {
        name: "np.cumulative_prod",
        signature: "(x, /, *, axis=None, dtype=None, out=None, include_initial=False)",
        method: None,
        summary: "Running products, as the array API names them; may start with 1.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.cumulative_prod([2, 3, 4], include_initial=True)
array([ 1,  2,  6, 24])
",
        see_also: &["np.cumprod", "np.cumulative_sum"],
        run: Run::Call(|context, arguments| cumulative(context, arguments, "multiply")),
    },
    Function {
        name: "np.diff",
        signature: "(a, n=1, axis=-1, prepend=<no value>, append=<no value>)",
        method: None,
        summary: "The differences between neighbours along an axis.",
        memory: MemoryRule::New,
        notes: "Two views of `a`, shifted by one, are subtracted: only the result is allocated. Unsigned integers wrap.",
        example: r"
>>> a = np.array([1, 4, 9, 16])
>>> np.diff(a)
array([3, 5, 7])
>>> np.diff(a, n=2)
array([2, 2])
>>> np.diff(a, prepend=0)
array([1, 3, 5, 7])
",
        see_also: &["np.ediff1d", "np.gradient", "np.cumsum"],
        run: Run::Call(diff),
    },
    Function {
        name: "np.ediff1d",
        signature: "(ary, to_end=None, to_begin=None)",
        method: None,
        summary: "The differences between neighbours of the flattened array.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.ediff1d([1, 4, 9, 16])
array([3, 5, 7])
>>> np.ediff1d([1, 4], to_begin=0, to_end=[8, 9])
array([0, 3, 8, 9])
",
        see_also: &["np.diff"],
        run: Run::Call(ediff1d),
    },
];

fn dtype_argument(context: &mut Context, arguments: &Arguments) -> Result<Option<crate::array::DType>> {
    let dtype = arguments.some("dtype").cloned();
    dtype.map(|dtype| as_dtype(context, &dtype).map_err(|e| e.at_argument("dtype"))).transpose()
}

/// `np.cumsum` and `np.cumprod` (`PyArray_CumSum`, calculation.c).
fn running(context: &mut Context, arguments: &mut Arguments, name: &str) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let dtype = dtype_argument(context, arguments)?;
    let out = calls::out_argument(arguments)?;
    let (array, axis) = match calls::axis_argument(arguments, "axis")? {
        Some(axis) if array.ndim() > 0 => (array, axis),
        Some(axis) => (ravel(&context.runtime, &array)?, axis),
        None => (ravel(&context.runtime, &array)?, 0),
    };
    let found = calls::find(name)?;
    let result = objects::accumulate(context, found, &array, axis, dtype.as_ref(), out.as_ref());
    result.map(calls::outcome).map_err(|e| calls::blame_axis(e, array.ndim()))
}

/// `_cumulative_func` (fromnumeric.py).
fn cumulative(context: &mut Context, arguments: &mut Arguments, name: &str) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "x")?;
    let array = if array.ndim() == 0 { calls::reshape(context, &array, &[1])? } else { array };
    let ndim = array.ndim();
    let dtype = dtype_argument(context, arguments)?;
    let out = calls::out_argument(arguments)?;
    let initial = calls::flag(arguments, "include_initial")?;
    let axis = match calls::axis_argument(arguments, "axis")? {
        Some(axis) => axis,
        None if ndim >= 2 => {
            let message = "For arrays which have more than one dimension ``axis`` argument is required.";
            return Err(value_error(message).help("np.cumsum(x) runs over the flattened array"));
        }
        None => 0,
    };
    let axis = calls::normalize_axis(axis, ndim)?;
    let found = calls::find(name)?;
    let identity = Value::int(if name == "add" { 0 } else { 1 });
    if let (Some(out), true) = (&out, initial) {
        let rest = calls::get_array(context, out, &calls::along(out.ndim(), axis, calls::slice(1, None)))?;
        objects::accumulate(context, found, &array, axis as isize, dtype.as_ref(), Some(&rest))?;
        calls::set(context, out, &calls::along(out.ndim(), axis, Index::Int(0)), &identity)?;
        return Ok(Value::Array(out.clone()));
    }
    let result = objects::accumulate(context, found, &array, axis as isize, dtype.as_ref(), out.as_ref())?;
    let result = calls::outcome(result);
    if !initial {
        return Ok(result);
    }
    let mut shape = array.shape();
    shape[axis] = 1;
    let ty = calls::as_array(context, &result)?.dtype().ty();
    let first = calls::empty(context, ty, &shape)?;
    calls::copyto(context, &first, &identity, None)?;
    calls::concatenate(context, vec![Value::Array(first), result], Some(axis as isize)).map(Value::Array)
}

/// What is put before or behind the elements of `np.diff`: a scalar counts as one along the axis.
fn border(context: &mut Context, value: &Value, array: &ArrayRef, axis: usize) -> Result<Value> {
    let border = calls::as_array(context, value)?;
    if border.ndim() > 0 {
        return Ok(Value::Array(border));
    }
    let shape: Vec<isize> =
        array.shape().iter().enumerate().map(|(i, &len)| if i == axis { 1 } else { len as isize }).collect();
    let wide = crate::array::layout::broadcast::broadcast_to(&border.layout(), &shape)?;
    Ok(Value::Array(calls::view(&border, wide)))
}

/// `np.diff(a, n, axis)`.
///
/// # Errors
/// `AxisError`; `ValueError` where `a` has no axis.
fn diff(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let value = arguments.get("a");
    let n = as_index(&arguments.get("n")).map_err(|e| e.at_argument("n"))?;
    if n == 0 {
        return Ok(value);
    }
    if n < 0 {
        return Err(value_error(format!("order must be non-negative but got {n}")).at_argument("n"));
    }
    let array = calls::array_argument(context, arguments, "a")?;
    if array.ndim() == 0 {
        return Err(value_error("diff requires input that is at least one dimensional").at_argument("a"));
    }
    let axis = as_index(&arguments.get("axis")).map_err(|e| e.at_argument("axis"))?;
    let axis = calls::normalize_axis(axis, array.ndim())?;
    let mut joined = Vec::new();
    if let Some(before) = arguments.given("prepend").cloned() {
        joined.push(border(context, &before, &array, axis).map_err(|e| e.at_argument("prepend"))?);
    }
    joined.push(Value::Array(array.clone()));
    if let Some(behind) = arguments.given("append").cloned() {
        joined.push(border(context, &behind, &array, axis).map_err(|e| e.at_argument("append"))?);
    }
    let array = if joined.len() > 1 { calls::concatenate(context, joined, Some(axis as isize))? } else { array };
    neighbours(context, array, n, axis).map(Value::Array)
}

/// The differences between neighbours along an axis, taken `n` times; of bools, whether they differ.
///
/// # Errors
/// Those of the subtraction.
pub(super) fn neighbours(context: &mut Context, mut array: ArrayRef, n: isize, axis: usize) -> Result<ArrayRef> {
    let name = if array.dtype().ty() == Type::Bool { "not_equal" } else { "subtract" };
    for _ in 0..n {
        let later = calls::get(context, &array, &calls::along(array.ndim(), axis, calls::slice(1, None)))?;
        let earlier = calls::get(context, &array, &calls::along(array.ndim(), axis, calls::slice(None, -1)))?;
        let result = calls::ufunc(context, name, [later, earlier])?;
        array = calls::as_array(context, &result)?;
        if array.size() == 0 {
            break;
        }
    }
    Ok(array)
}

/// `np.ediff1d` (arraysetops.py).
fn ediff1d(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "ary")?;
    let array = ravel(&context.runtime, &array)?;
    let ty = array.dtype();
    let mut ends = Vec::new();
    for name in ["to_begin", "to_end"] {
        let Some(value) = arguments.some(name).cloned() else {
            ends.push(None);
            continue;
        };
        let end = calls::as_array(context, &value).map_err(|e| e.at_argument(name))?;
        if !crate::array::cast::can_cast(&end.dtype(), &ty, crate::array::cast::Casting::SameKind) {
            let message = format!("dtype of `{name}` must be compatible with input `ary` under the `same_kind` rule.");
            return Err(crate::error::type_error(message).at_argument(name));
        }
        ends.push(Some(ravel(&context.runtime, &end)?));
    }
    let later = calls::get(context, &array, &[calls::slice(1, None)])?;
    let earlier = calls::get(context, &array, &[calls::slice(None, -1)])?;
    let [begin, end] = [ends[0].clone(), ends[1].clone()];
    if begin.is_none() && end.is_none() {
        return calls::subtract(context, later, earlier);
    }
    let count = array.size().saturating_sub(1);
    let before = begin.as_ref().map_or(0, |begin| begin.size());
    let behind = end.as_ref().map_or(0, |end| end.size());
    let result = calls::empty(context, ty.ty(), &[before + count + behind])?;
    let (first, last) = (before as isize, (before + count) as isize);
    for (part, range) in [(begin, calls::slice(None, first)), (end, calls::slice(last, None))] {
        if let Some(part) = part {
            let target = calls::get_array(context, &result, &[range])?;
            calls::copyto(context, &target, &Value::Array(part), None)?;
        }
    }
    let target = calls::get_array(context, &result, &[calls::slice(first, last)])?;
    calls::ufunc_into(context, "subtract", [later, earlier], &target, crate::array::cast::Casting::SameKind)?;
    Ok(Value::Array(result))
}
