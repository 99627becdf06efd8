//! The same elements under another shape: `reshape`, `ravel`, `flatten`, `squeeze`, `expand_dims`, `atleast_*`.
//!
//! Whether that is a view is decided by `array::layout::reshape` alone; this file copies where it says no.

use super::{axes_of, receiver};
use crate::array::layout::transpose::{expand_dims, squeeze};
use crate::array::layout::{self, Layout, reshape::resolve_order};
use crate::array::{ArrayRef, Asked, CopyReason, NdArray, Order, copy};
use crate::error::{Result, type_error, value_error};
use crate::numpy::calls::{array_argument, view};
use crate::numpy::creation::CopyMode;
use crate::numpy::dtypes::as_order;
use crate::registry::{Arguments, Context, Function, MemoryRule, Method, Reader, Run, Section, Sequence};
use crate::value::Value;

/// `a.reshape(newshape, order, copy=copy)` (`_reshape_with_copy_arg`): a view of the array, or of a new copy of it.
///
/// # Errors
/// NumPy's `ValueError` where the sizes differ, and where a copy is needed and forbidden.
#[inline]
pub fn reshape(
    context: &mut Context,
    array: &ArrayRef,
    newshape: &[isize],
    order: Order,
    copy_mode: CopyMode,
) -> Result<ArrayRef> {
    let order = resolve_order(&array.layout(), order);
    let found = layout::newshape(&array.layout(), newshape, order)?;
    let (shape, reason) = match found {
        Ok(layout) if copy_mode != CopyMode::Always => return Ok(NdArray::view(array, layout)),
        Ok(layout) => (layout.shape.clone(), CopyReason::Asked(Asked::Reshape(layout.shape, order))),
        Err((_, reason)) if copy_mode == CopyMode::Never => return Err(reason.into()),
        Err((shape, reason)) => (shape.clone(), CopyReason::NoView { reason, shape, order }),
    };
    let source = copy::copy_because(&context.runtime, array, order, reason)?;
    let layout = layout::reshape(&source.layout(), &shape, order)?;
    Ok(NdArray::view(&source, layout))
}

/// `a.flatten(order)`: a new one-dimensional array that owns its memory.
///
/// # Errors
/// `MemoryError`.
pub fn flat_copy(context: &mut Context, array: &ArrayRef, order: Order) -> Result<ArrayRef> {
    copy::flatten_because(&context.runtime, array, order, CopyReason::Asked(Asked::Flatten(order)))
}

/// `a.ravel(order)`: a view where the elements are neighbours in that order, else as [`flat_copy`].
///
/// # Errors
/// `MemoryError`.
pub fn flattened(context: &mut Context, array: &ArrayRef, order: Order) -> Result<ArrayRef> {
    let found = layout::ravel(&array.layout(), order);
    match found {
        Ok(layout) => Ok(NdArray::view(array, layout)),
        Err(reason) => {
            let reason = CopyReason::no_flat_view(reason, array, order);
            copy::flatten_because(&context.runtime, array, order, reason)
        }
    }
}

fn run_reshape(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = array_argument(context, arguments, "a")?;
    let order = as_order(arguments.look_at("order"))?;
    let copy_mode = CopyMode::of(arguments.look_at("copy"))?;
    if order == Order::K {
        return Err(value_error("order 'K' is not permitted for reshaping").at_argument("order"));
    }
    let shape = match arguments.some_or_sequence("reshape", "shape")? {
        // a.reshape(None) looks at the array as it is
        Sequence::One(Value::None) => return Ok(view(&array, array.layout().clone()).into()),
        shape => shape.shape().map_err(|e| e.at_argument("shape"))?,
    };
    reshape(context, &array, &shape, order, copy_mode).map(Value::Array).map_err(|e| e.at_argument("shape"))
}

/// `np.atleast_1d` and its kin, for one argument or several.
fn at_least(context: &mut Context, arguments: &Arguments, widen: fn(&Layout) -> Option<Vec<isize>>) -> Result<Value> {
    let mut results = Vec::new();
    for value in arguments.rest("arys") {
        let array = crate::numpy::coercion::array_from(context, &value, None)?;
        let wanted = widen(&array.layout());
        results.push(match wanted {
            Some(new_axes) => {
                let layout = expand_dims(&array.layout(), &new_axes)?;
                view(&array, layout).into()
            }
            None => array.into(),
        });
    }
    Ok(if results.len() == 1 { results.swap_remove(0) } else { Value::tuple(results) })
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.reshape",
            signature: "(a, /, shape, order='C', *, copy=None)",
            method: Some(Method {
                name: "ndarray.reshape",
                signature: "(*shape, order='C', copy=None)",
                reader: Reader::Keywords,
            }),
            summary: "The same elements under another shape; one length may be -1, whatever fits.",
            memory: MemoryRule::ViewIfPossible,
            notes: "A view wherever strides can express the new shape: always for a contiguous array, and wherever axes \
                    are only cut or merge without a gap. Otherwise a hidden copy is made, and the result is a view of \
                    that, so its base is not None in either case. copy=False refuses the copy.",
            example: "\
>>> a = np.arange(6)
>>> b = a.reshape(2, 3)
>>> b
array([[0, 1, 2],
       [3, 4, 5]])
>>> np.shares_memory(a, b)
True
>>> c = b.T.reshape(-1)
>>> c
array([0, 3, 1, 4, 2, 5])
>>> np.shares_memory(a, c), c.base is None
(False, False)
>>> b.T.reshape(-1, copy=False)
ValueError: Unable to avoid creating a copy while reshaping.
>>> a.reshape(4, 2)
ValueError: cannot reshape array of size 6 into shape (4,2)
",
            see_also: &["np.ravel", "np.transpose", "ndarray.shape", "np.resize"],
            run: Run::Call(run_reshape),
        },
        Function {
            name: "np.ravel",
            signature: "(a, order='C')",
            method: Some(Method { name: "ndarray.ravel", signature: "(order='C')", reader: Reader::NumPy }),
            summary: "All elements along one axis, as neighbours in memory.",
            memory: MemoryRule::ViewIfPossible,
            notes: "Promises a contiguous result, where reshape(-1) promises only the shape: of a[::2] ravel is a copy and \
                    reshape(-1) a view. order='K' takes the elements as they lie in memory, so no transpose needs a \
                    copy.",
            example: "\
>>> a = np.arange(6).reshape(2, 3)
>>> np.shares_memory(a, a.ravel())
True
>>> a.T.ravel()
array([0, 3, 1, 4, 2, 5])
>>> np.shares_memory(a, a.T.ravel())
False
>>> np.shares_memory(a, a.T.ravel(order='K'))
True
",
            see_also: &["ndarray.flatten", "np.reshape", "ndarray.flat"],
            run: Run::Call(|context, arguments| {
                let order = as_order(arguments.look_at("order"))?;
                let array = array_argument(context, arguments, "a")?;
                flattened(context, &array, order).map(Value::Array)
            }),
        },
        Function {
            name: "ndarray.flatten",
            signature: "(order='C')",
            method: None,
            summary: "All elements along one axis, always as a new array.",
            memory: MemoryRule::New,
            notes: "a.ravel() is a view where it can be.",
            example: "\
>>> a = np.arange(6).reshape(2, 3)
>>> a.flatten()
array([0, 1, 2, 3, 4, 5])
>>> a.flatten('F')
array([0, 3, 1, 4, 2, 5])
>>> np.shares_memory(a, a.flatten())
False
",
            see_also: &["np.ravel", "ndarray.flat"],
            run: Run::Read(Reader::NumPy, |context, arguments| {
                let order = as_order(arguments.look_at("order"))?;
                let array = receiver(arguments)?;
                flat_copy(context, &array, order).map(Value::Array)
            }),
        },
        Function {
            name: "np.squeeze",
            signature: "(a, axis=None)",
            method: Some(Method { name: "ndarray.squeeze", signature: "(axis=None)", reader: Reader::NumPy }),
            summary: "Without the axes of length 1.",
            memory: MemoryRule::View,
            notes: "Always a view. Where there is no such axis the array itself comes back.",
            example: "\
>>> a = np.zeros((1, 3, 1))
>>> np.squeeze(a).shape, np.squeeze(a, axis=0).shape
((3,), (3, 1))
>>> np.shares_memory(a, np.squeeze(a))
True
>>> np.squeeze(a, axis=1)
ValueError: cannot select an axis to squeeze out which has size not equal to one
",
            see_also: &["np.expand_dims", "np.reshape"],
            run: Run::Call(|context, arguments| {
                let array = array_argument(context, arguments, "a")?;
                let axes = arguments.some("axis").map(axes_of).transpose().map_err(|e| e.at_argument("axis"))?;
                let layout = squeeze(&array.layout(), axes.as_deref()).map_err(|e| e.at_argument("axis"))?;
                if axes.is_none() && layout.ndim() == array.ndim() {
                    return Ok(array.into());
                }
                Ok(view(&array, layout).into())
            }),
        },
        Function {
            name: "np.expand_dims",
            signature: "(a, axis)",
            method: None,
            summary: "With a new axis of length 1 at this place.",
            memory: MemoryRule::View,
            notes: "As a[:, np.newaxis]: only the layout gets longer.",
            example: "\
>>> a = np.arange(3)
>>> np.expand_dims(a, axis=1).shape, np.expand_dims(a, axis=(0, 2)).shape
((3, 1), (1, 3, 1))
>>> np.shares_memory(a, np.expand_dims(a, 0))
True
",
            see_also: &["np.squeeze", "np.reshape", "np.newaxis"],
            run: Run::Call(|context, arguments| {
                let array = array_argument(context, arguments, "a")?;
                let axis = arguments.get("axis");
                if matches!(axis, Value::Float(_)) {
                    return Err(type_error("integer argument expected, got float").at_argument("axis"));
                }
                let layout = axes_of(&axis)
                    .and_then(|axes| expand_dims(&array.layout(), &axes))
                    .map_err(|e| e.at_argument("axis"))?;
                Ok(view(&array, layout).into())
            }),
        },
        Function {
            name: "np.atleast_1d",
            signature: "(*arys)",
            method: None,
            summary: "Each argument as an array of at least one axis.",
            memory: MemoryRule::SameIfPossible,
            notes: "An array that has enough axes comes back itself; a 0-d array as a view.",
            example: "\
>>> np.atleast_1d(5)
array([5])
>>> a = np.arange(3)
>>> np.atleast_1d(a) is a
True
>>> np.atleast_1d(1, [2, 3])
(array([1]), array([2, 3]))
",
            see_also: &["np.atleast_2d", "np.atleast_3d", "np.expand_dims"],
            run: Run::Call(|context, arguments| {
                at_least(context, arguments, |layout| (layout.ndim() == 0).then(|| vec![0]))
            }),
        },
        Function {
            name: "np.atleast_2d",
            signature: "(*arys)",
            method: None,
            summary: "Each argument as an array of at least two axes; new ones come first.",
            memory: MemoryRule::SameIfPossible,
            notes: "",
            example: "\
>>> a = np.arange(3)
>>> b = np.atleast_2d(a)
>>> b
array([[0, 1, 2]])
>>> b.base is a
True
>>> np.atleast_2d(b) is b
True
",
            see_also: &["np.atleast_1d", "np.atleast_3d"],
            run: Run::Call(|context, arguments| {
                at_least(context, arguments, |layout| match layout.ndim() {
                    0 => Some(vec![0, 1]),
                    1 => Some(vec![0]),
                    _ => None,
                })
            }),
        },
        Function {
            name: "np.atleast_3d",
            signature: "(*arys)",
            method: None,
            summary: "Each argument as an array of at least three axes: shape (N,) becomes (1, N, 1), (M, N) becomes (M, N, 1).",
            memory: MemoryRule::SameIfPossible,
            notes: "",
            example: "\
>>> a = np.arange(3)
>>> np.atleast_3d(a).shape
(1, 3, 1)
>>> np.shares_memory(a, np.atleast_3d(a))
True
>>> np.atleast_3d(np.zeros((2, 3))).shape
(2, 3, 1)
",
            see_also: &["np.atleast_1d", "np.atleast_2d"],
            run: Run::Call(|context, arguments| {
                at_least(context, arguments, |layout| match layout.ndim() {
                    0 => Some(vec![0, 1, 2]),
                    1 => Some(vec![0, 2]),
                    2 => Some(vec![2]),
                    _ => None,
                })
            }),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
