//! Where elements are, and choosing among arrays by a condition.

use super::calls;
use super::coercion::sequence;
use crate::array::copy::ravel;
use crate::array::index::Index;
use crate::array::{ArrayRef, NdArray, Order, Type, select};
use crate::error::{Error, Result, index_error, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Method, Reader, Run, Section};
use crate::value::{Value, as_index};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.where",
        signature: "(condition, x=<no value>, y=<no value>, /)",
        method: None,
        summary: "Elements of one array where a condition is true, of another where it is not; or the indices where it is true.",
        memory: MemoryRule::New,
        notes: "Both `x` and `y` are computed whole before elements are chosen: `np.where(a > 0, 1 / a, 0)` divides by 0 \
                all the same. With the condition alone it is `np.nonzero`.",
        example: r"
>>> a = np.array([3, -1, 4])
>>> np.where(a > 0, a, 0)
array([3, 0, 4])
>>> np.where(a > 0)
(array([0, 2]),)
",
        see_also: &["np.nonzero", "np.select", "np.argwhere"],
        run: Run::Call(where_),
    },
    Function {
        name: "np.nonzero",
        signature: "(a)",
        method: Some(Method { name: "ndarray.nonzero", signature: "()", reader: Reader::Tuple }),
        summary: "The indices of the elements that are not 0: an array for each axis.",
        memory: MemoryRule::New,
        notes: "The arrays are views of the columns of one hidden array, so keeping one of them keeps all. They are \
                int64: 8 bytes for each axis and element found.",
        example: r"
>>> a = np.array([[0, 5], [6, 0]])
>>> rows, columns = np.nonzero(a)
>>> rows, columns
(array([0, 1]), array([1, 0]))
>>> rows.base is columns.base
True
>>> a[a.nonzero()]
array([5, 6])
",
        see_also: &["np.flatnonzero", "np.argwhere", "np.where", "np.count_nonzero"],
        run: Run::Call(nonzero),
    },
    Function {
        name: "np.flatnonzero",
        signature: "(a)",
        method: None,
        summary: "The places in the flattened array whose elements are not 0.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.flatnonzero([[0, 5], [6, 0]])
array([1, 2])
",
        see_also: &["np.nonzero", "np.ravel"],
        run: Run::Call(|context, arguments| {
            let array = calls::array_argument(context, arguments, "a")?;
            let flat = ravel(&context.runtime, &array)?;
            let places = calls::nonzero(context, &flat)?;
            Ok(places.into_iter().next().map_or(Value::None, Value::Array))
        }),
    },
    Function {
        name: "np.argwhere",
        signature: "(a)",
        method: None,
        summary: "The indices of the elements that are not 0, a row each.",
        memory: MemoryRule::New,
        notes: "To index with, `np.nonzero(a)` is what one wants.",
        example: r"
>>> np.argwhere([[0, 5], [6, 0]])
array([[0, 1],
       [1, 0]])
",
        see_also: &["np.nonzero", "np.where"],
        run: Run::Call(argwhere),
    },
    Function {
        name: "np.extract",
        signature: "(condition, arr)",
        method: None,
        summary: "The elements where a condition is true, flat.",
        memory: MemoryRule::New,
        notes: "For a condition of bools of the same shape it is `arr[condition]`.",
        example: r"
>>> a = np.array([[1, 2], [3, 4]])
>>> np.extract(a % 2 == 0, a)
array([2, 4])
",
        see_also: &["np.where", "np.nonzero"],
        run: Run::Call(extract),
    },
    Function {
        name: "np.select",
        signature: "(condlist, choicelist, default=0)",
        method: None,
        summary: "Elements of the first of several arrays whose condition is true.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> x = np.array([-2, 0, 3])
>>> np.select([x < 0, x > 0], [-x, x * 10], default=7)
array([ 2,  7, 30])
",
        see_also: &["np.where"],
        run: Run::Call(select_),
    },
    Function {
        name: "np.take_along_axis",
        signature: "(arr, indices, axis=-1)",
        method: None,
        summary: "Takes from each line along an axis what indices of the same shape say.",
        memory: MemoryRule::New,
        notes: "The counterpart of `np.argsort` and `np.argmax(..., keepdims=True)`.",
        example: r"
>>> a = np.array([[30, 10, 20], [5, 9, 7]])
>>> order = np.argsort(a, axis=1)
>>> np.take_along_axis(a, order, axis=1)
array([[10, 20, 30],
       [ 5,  7,  9]])
",
        see_also: &["np.put_along_axis", "np.argsort"],
        run: Run::Call(take_along_axis),
    },
    Function {
        name: "np.put_along_axis",
        signature: "(arr, indices, values, axis)",
        method: None,
        summary: "Puts values into each line along an axis where indices of the same shape say.",
        memory: MemoryRule::InPlace,
        notes: "",
        example: r"
>>> a = np.array([[30, 10, 20], [5, 9, 7]])
>>> np.put_along_axis(a, a.argmax(axis=1, keepdims=True), 0, axis=1)
>>> a
array([[ 0, 10, 20],
       [ 5,  0,  7]])
",
        see_also: &["np.take_along_axis"],
        run: Run::Call(put_along_axis),
    },
];

fn where_(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let condition = calls::array_argument(context, arguments, "condition")?;
    let (x, y) = match (arguments.given("x").cloned(), arguments.given("y").cloned()) {
        (None, None) => return tuple_of_nonzero(context, &condition),
        (Some(x), Some(y)) => (x, y),
        _ => return Err(value_error("either both or neither of x and y should be given")),
    };
    let a = calls::as_array(context, &x).map_err(|e| e.at_argument("x"))?;
    let b = calls::as_array(context, &y).map_err(|e| e.at_argument("y"))?;
    let weak = |value: &Value, array: &ArrayRef| match value {
        Value::Int(_) | Value::Float(_) | Value::Complex(_) => value.clone(),
        _ => Value::Array(array.clone()),
    };
    let dtype = calls::result_dtype(&[&weak(&x, &a), &weak(&y, &b)])?;
    select::where_(&context.runtime, &condition, &a, &b, &dtype).map(Value::Array)
}

fn tuple_of_nonzero(context: &mut Context, array: &ArrayRef) -> Result<Value> {
    let places = calls::nonzero(context, array).map_err(|e| e.at_argument("a"))?;
    Ok(Value::tuple(places.into_iter().map(Value::Array)))
}

fn nonzero(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    tuple_of_nonzero(context, &array)
}

/// `transpose(nonzero(a))`: the arrays joined, and turned by a view.
fn argwhere(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let ndim = array.ndim();
    let array = if ndim == 0 { calls::reshape(context, &array, &[1])? } else { array };
    let places = calls::nonzero(context, &array)?;
    let mut rows = Vec::with_capacity(places.len());
    for place in &places {
        let len = place.size() as isize;
        rows.push(Value::Array(calls::reshape(context, place, &[1, len])?));
    }
    let joined = calls::concatenate(context, rows, Some(0))?;
    let turned = calls::view(&joined, crate::array::layout::transpose::transpose(&joined.layout(), None)?);
    if ndim == 0 {
        return calls::get(context, &turned, &[calls::slice(None, None), calls::slice(None, 0)]);
    }
    Ok(Value::Array(turned))
}

fn extract(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let condition = calls::array_argument(context, arguments, "condition")?;
    let array = calls::array_argument(context, arguments, "arr")?;
    let array = ravel(&context.runtime, &array)?;
    let condition = ravel(&context.runtime, &condition)?;
    let places = calls::nonzero(context, &condition)?;
    let Some(places) = places.first() else { return Ok(Value::Array(array)) };
    calls::take(context, &array, places, None).map_err(|e| e.at_argument("condition"))
}

/// `np.select` (function_base.py).
fn select_(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let conditions = sequence(&arguments.get("condlist")).map_err(|e| e.at_argument("condlist"))?;
    let mut choices = sequence(&arguments.get("choicelist")).map_err(|e| e.at_argument("choicelist"))?;
    if conditions.len() != choices.len() {
        let label = format!("{} conditions, {} choices", conditions.len(), choices.len());
        let error = value_error("list of cases must be same length as list of conditions");
        return Err(error.at_argument("choicelist").label(label));
    }
    if conditions.is_empty() {
        return Err(value_error("select with an empty condition list is not possible").at_argument("condlist"));
    }
    choices.push(arguments.get("default"));
    let mut arrays = Vec::with_capacity(choices.len());
    for choice in &mut choices {
        let array = calls::as_array(context, choice).map_err(|e| e.at_argument("choicelist"))?;
        if !matches!(choice, Value::Int(_) | Value::Float(_) | Value::Complex(_)) {
            *choice = Value::Array(array.clone());
        }
        arrays.push(array);
    }
    let dtype = calls::result_dtype(&choices.iter().collect::<Vec<_>>())?;
    let mut masks = Vec::with_capacity(conditions.len());
    for condition in &conditions {
        masks.push(calls::as_array(context, condition).map_err(|e| e.at_argument("condlist"))?);
    }
    let masks = calls::broadcast_arrays(&masks)?;
    let arrays = calls::broadcast_arrays(&arrays)?;
    if let Some(i) = masks.iter().position(|mask| mask.dtype().ty() != Type::Bool) {
        let message = format!("invalid entry {i} in condlist: should be boolean ndarray");
        return Err(type_error(message).at_argument("condlist"));
    }
    let shape = calls::broadcast_arrays(&[masks[0].clone(), arrays[0].clone()])?[0].shape();
    let result = NdArray::zeros(&context.runtime, dtype, &shape, Order::C)?;
    let (Some(default), others) = (arrays.last(), &arrays[..arrays.len() - 1]) else {
        return Ok(Value::Array(result));
    };
    calls::copyto(context, &result, &Value::Array(default.clone()), None)?;
    for (choice, mask) in others.iter().zip(&masks).rev() {
        calls::copyto(context, &result, &Value::Array(choice.clone()), Some(mask))?;
    }
    Ok(Value::Array(result))
}

/// An array argument that must be an array already: NumPy asks it for `ndim`.
pub(super) fn array_only(context: &Context, arguments: &Arguments, name: &str, attribute: &str) -> Result<ArrayRef> {
    match arguments.given(name) {
        Some(Value::Array(array)) => Ok(array.clone()),
        Some(other) => {
            let message = format!("'{}' object has no attribute '{attribute}'", other.class().qualified());
            let shown = crate::value::repr(other, &context.print_options);
            let error = crate::error::attribute_error(message).at_argument(name);
            Err(if shown.len() < 40 { error.help(format!("np.array({shown})")) } else { error })
        }
        None => Err(type_error(format!("an array is missing for '{name}'"))),
    }
}

/// The index that takes, from each line along an axis, what `indices` say (`_make_along_axis_idx`).
fn along_axis(context: &mut Context, array: &ArrayRef, indices: &ArrayRef, axis: usize) -> Result<Vec<Index>> {
    let blame = |error: Error| error.at_argument("indices");
    if !indices.dtype().ty().is_integer() {
        return Err(blame(index_error("`indices` must be an integer array")));
    }
    if array.ndim() != indices.ndim() {
        let label = format!("{} axes, the array has {}", indices.ndim(), array.ndim());
        let error = value_error("`indices` and `arr` must have the same number of dimensions");
        return Err(blame(error.label(label)));
    }
    let mut index = Vec::with_capacity(array.ndim());
    for (i, &len) in array.shape().iter().enumerate() {
        if i == axis {
            index.push(Index::Integers(indices.clone()));
            continue;
        }
        let shape: Vec<isize> = (0..array.ndim()).map(|j| if j == i { len as isize } else { 1 }).collect();
        let places = calls::arange(context, len)?;
        index.push(Index::Integers(calls::reshape(context, &places, &shape)?));
    }
    Ok(index)
}

/// The array and axis that lines are taken along; `axis=None` works on a flat copy.
fn lines(context: &mut Context, arguments: &Arguments, indices: &ArrayRef) -> Result<(ArrayRef, usize)> {
    let array = array_only(context, arguments, "arr", "ndim")?;
    match arguments.get("axis") {
        Value::None => {
            if indices.ndim() != 1 {
                let error = value_error("when axis=None, `indices` must have a single dimension.");
                return Err(error.at_argument("indices"));
            }
            let flat = crate::array::copy::copy(&context.runtime, &array, Order::C)?;
            let size = flat.size() as isize;
            Ok((calls::reshape(context, &flat, &[size])?, 0))
        }
        axis => {
            let axis = as_index(&axis).map_err(|e| e.at_argument("axis"))?;
            let axis = calls::normalize_axis(axis, array.ndim())?;
            Ok((array, axis))
        }
    }
}

fn take_along_axis(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let indices = array_only(context, arguments, "indices", "ndim")?;
    let (array, axis) = lines(context, arguments, &indices)?;
    let index = along_axis(context, &array, &indices, axis)?;
    calls::get(context, &array, &index).map_err(|e| e.at_argument("indices"))
}

fn put_along_axis(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let indices = array_only(context, arguments, "indices", "ndim")?;
    let (array, axis) = lines(context, arguments, &indices)?;
    let index = along_axis(context, &array, &indices, axis)?;
    calls::set(context, &array, &index, &arguments.get("values"))?;
    Ok(Value::None)
}
