//! Functions applied along axes: `apply_along_axis`, `apply_over_axes`.

use super::calls;
use super::coercion::sequence;
use crate::array::index::Index;
use crate::array::layout::Shape;
use crate::array::{ArrayRef, Layout};
use crate::error::{Result, value_error};
use crate::registry::{self, Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Value, as_index};
use std::rc::Rc;

/// A plan works through so many lines.
const PLANNED_LINES: usize = 64;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.apply_along_axis",
        signature: "(func1d, axis, arr, *args, **kwargs)",
        method: None,
        summary: "What a function of a line gives for every line along an axis.",
        memory: MemoryRule::New,
        notes: "The function gets views of `arr`, one line at a time. Its results are copied into one new array, of \
                which the result is a view where the axis is not the last.",
        example: r"
>>> np.apply_along_axis(np.sort, 1, [[3, 1, 2], [9, 7, 8]])
array([[1, 2, 3],
       [7, 8, 9]])
>>> np.apply_along_axis(np.ptp, 0, [[3, 1, 2], [9, 7, 8]])
array([6, 6, 6])
",
        see_also: &["np.apply_over_axes"],
        run: Run::Call(apply_along_axis),
    },
    Function {
        name: "np.apply_over_axes",
        signature: "(func, a, axes)",
        method: None,
        summary: "Applies a reduction over one axis after the other, and keeps the axes with length 1.",
        memory: MemoryRule::New,
        notes: "Each axis makes a result of its own; `func(a, axis=axes, keepdims=True)` makes one.",
        example: r"
>>> np.apply_over_axes(np.sum, np.array([[1, 2], [3, 4]]), [0, 1])
array([[10]])
",
        see_also: &["np.apply_along_axis"],
        run: Run::Call(apply_over_axes),
    },
];

/// The results of a function for every line along an axis, as one array (`apply_along_axis`, shape_base.py).
///
/// # Errors
/// Those of the function; `ValueError` where there is no line.
pub(super) fn each_line(
    context: &mut Context,
    array: &ArrayRef,
    axis: usize,
    function: &mut dyn FnMut(&mut Context, &ArrayRef) -> Result<Value>,
) -> Result<Value> {
    let turned = calls::moveaxis(array, axis as isize, -1)?;
    let whole = turned.layout().clone();
    let outer = whole.ndim() - 1;
    let frame: Shape = whole.shape[..outer].into();
    if frame.contains(&0) {
        return Err(value_error("Cannot apply_along_axis when any iteration dimensions are 0").at_argument("arr"));
    }
    let count: usize = frame.iter().product();
    let mut buffer: Option<(ArrayRef, usize)> = None;
    for number in 0..count {
        crate::interrupt::check()?;
        let mut rest = number;
        let mut offset = whole.offset;
        for i in (0..outer).rev() {
            offset = offset.wrapping_add_signed(whole.strides[i].wrapping_mul((rest % frame[i]) as isize));
            rest /= frame[i];
        }
        let line = Layout {
            dtype: whole.dtype.clone(),
            shape: whole.shape[outer..].into(),
            strides: whole.strides[outer..].into(),
            offset,
        };
        let line = calls::view(&turned, line);
        let result = function(context, &line)?;
        let result = calls::as_array(context, &result)?;
        let (all, nd) = match &buffer {
            Some((all, nd)) => (all.clone(), *nd),
            None => {
                let shape: Shape = frame.iter().copied().chain(result.shape()).collect();
                let all = calls::empty(context, result.dtype().ty(), &shape)?;
                buffer = Some((all.clone(), result.ndim()));
                (all, result.ndim())
            }
        };
        let place = {
            let layout = all.layout();
            let bytes: usize = layout.shape[outer..].iter().product::<usize>() * layout.itemsize();
            Layout {
                dtype: layout.dtype.clone(),
                shape: layout.shape[outer..].into(),
                strides: layout.strides[outer..].into(),
                offset: number * bytes,
            }
        };
        debug_assert_eq!(place.ndim(), nd);
        let place = calls::view(&all, place);
        calls::copyto(context, &place, &Value::Array(result), None)?;
        // Many lines more would do the same to memory.
        if calls::is_planning(context) && number >= PLANNED_LINES {
            break;
        }
    }
    let Some((all, nd)) = buffer else {
        return Err(value_error("Cannot apply_along_axis when any iteration dimensions are 0").at_argument("arr"));
    };
    let ndim = all.ndim();
    let order: Vec<usize> = (0..axis).chain(ndim - nd..ndim).chain(axis..ndim - nd).collect();
    let layout = crate::array::layout::transpose::permute(&all.layout(), &order);
    Ok(Value::Array(calls::view(&all, layout)))
}

fn apply_along_axis(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "arr")?;
    let axis = as_index(&arguments.get("axis")).map_err(|e| e.at_argument("axis"))?;
    let axis = calls::normalize_axis(axis, array.ndim())?;
    let function = arguments.get("func1d");
    let rest = arguments.rest("args");
    let keywords: Vec<(Rc<str>, Value)> = match arguments.get("kwargs") {
        Value::Dict(dict) => dict
            .entries()
            .into_iter()
            .filter_map(|(name, value)| match name {
                Value::Str(name) => Some((name, value)),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    each_line(context, &array, axis, &mut |context, line| {
        let positional = std::iter::once(Value::Array(line.clone())).chain(rest.iter().cloned()).collect();
        registry::call(context, &function, positional, keywords.clone())
    })
}

fn apply_over_axes(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let function = arguments.get("func");
    let mut array = calls::array_argument(context, arguments, "a")?;
    let ndim = array.ndim();
    let axes = match arguments.get("axes") {
        axis @ (Value::Int(_) | Value::Scalar(_)) => vec![axis],
        other => sequence(&other).map_err(|e| e.at_argument("axes"))?,
    };
    for axis in axes {
        let axis = as_index(&axis).map_err(|e| e.at_argument("axes"))?;
        let axis = if axis < 0 { axis + ndim as isize } else { axis };
        let positional = vec![Value::Array(array.clone()), Value::int(axis)];
        let result = registry::call(context, &function, positional, Vec::new())?;
        let mut result = calls::as_array(context, &result)?;
        if result.ndim() != array.ndim() {
            let index: Vec<Index> = (0..axis).map(|_| calls::slice(None, None)).chain([Index::NewAxis]).collect();
            result = calls::get_array(context, &result, &index)?;
        }
        if result.ndim() != array.ndim() {
            return Err(value_error("function is not returning an array of the correct shape").at_argument("func"));
        }
        array = result;
    }
    Ok(Value::Array(array))
}
