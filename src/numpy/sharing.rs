//! Do two arrays use the same bytes? And views that may use one byte many times.

use super::attributes::array_of;
use super::calls::array_argument;
use super::coercion::existing_array;
use super::manipulation::axes_of;
use crate::array::layout::as_strided::{as_strided, sliding_window_view};
use crate::array::layout::overlap;
use crate::array::layout::sizes::byte_bounds;
use crate::array::layout::{Layout, Strides};
use crate::array::printing::PrintOptions;
use crate::array::{ArrayRef, NdArray};
use crate::error::{Result, attribute_error, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Class, Object, Value, Way, as_bool, as_index, classes, iterate};
use std::any::Any;
use std::rc::Rc;

/// What NumPy's `as_strided` puts between a view and its array, as the view's base: an object whose own `base` is the
/// array.
struct DummyArray(ArrayRef);

impl Object for DummyArray {
    fn class(&self) -> &'static Class {
        &classes::DUMMY_ARRAY
    }

    fn repr(&self, _: &PrintOptions) -> String {
        let address = crate::value::shown_address(Rc::as_ptr(&self.0) as usize);
        format!("<numpy.lib._stride_tricks_impl.DummyArray object at 0x{address:x}>")
    }

    fn attribute(&self, _: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        (name == "base").then(|| Ok(Value::Array(Rc::clone(&self.0))))
    }

    fn attributes(&self) -> &'static [&'static str] {
        &["base"]
    }

    fn held(&self) -> Vec<(Way, Value)> {
        vec![(Way::Attribute("base"), Value::Array(Rc::clone(&self.0)))]
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A view of `array` whose base is a [`DummyArray`].
fn view_through_dummy(array: &ArrayRef, layout: Layout, writeable: bool) -> ArrayRef {
    let base = Value::object(DummyArray(Rc::clone(array)));
    NdArray::over(layout, array.buffer(), Rc::new(base), writeable && array.is_writeable())
}

type Search = fn(&Layout, &Layout, i64) -> Result<bool>;

fn overlap_of(context: &mut Context, arguments: &mut Arguments, default: i64, search: Search) -> Result<Value> {
    let max_work = match arguments.some("max_work") {
        None => default,
        Some(limit) => {
            as_index(limit).map_err(|_| value_error("max_work must be an integer").at_argument("max_work"))? as i64
        }
    };
    if max_work < -1 {
        return Err(value_error("Invalid value for max_work").at_argument("max_work"));
    }
    let mut arrays = Vec::new();
    for name in ["a", "b"] {
        match existing_array(context, &arguments.get(name)) {
            Some(array) => arrays.push(array?),
            // what is no array has no memory that another could share
            None => {
                array_argument(context, arguments, name)?;
                return Ok(Value::Bool(false));
            }
        }
    }
    let [a, b] = [&arrays[0], &arrays[1]];
    if a.buffer_ref().id() != b.buffer_ref().id() {
        return Ok(Value::Bool(false));
    }
    let result = search(&a.layout(), &b.layout(), max_work)?;
    Ok(Value::Bool(result))
}

fn signed(value: &Value, name: &str) -> Result<Strides> {
    match value {
        Value::Int(_) => Err(type_error("'int' object is not iterable").at_argument(name)),
        other => iterate(other)?.map(|item| as_index(&item?)).collect::<Result<_>>().map_err(|e| e.at_argument(name)),
    }
}

fn run_as_strided(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = array_argument(context, arguments, "x")?;
    let shape = arguments.some("shape").map(|value| signed(value, "shape")).transpose()?;
    let strides = arguments.some("strides").map(|value| signed(value, "strides")).transpose()?;
    let writeable = as_bool(&arguments.get("writeable"))?;
    let bytes = array.buffer_ref().len();
    let layout = as_strided(&array.layout(), shape.as_deref(), strides.as_deref(), bytes)?;
    Ok(view_through_dummy(&array, layout, writeable).into())
}

fn run_sliding(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let window = axes_of(&arguments.get("window_shape")).map_err(|e| e.at_argument("window_shape"))?;
    let axis = arguments.some("axis").map(axes_of).transpose().map_err(|e| e.at_argument("axis"))?;
    let writeable = as_bool(&arguments.get("writeable"))?;
    let array = array_argument(context, arguments, "x")?;
    let layout =
        sliding_window_view(&array.layout(), &window, axis.as_deref()).map_err(|e| e.at_argument("window_shape"))?;
    Ok(view_through_dummy(&array, layout, writeable).into())
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.shares_memory",
            signature: "(a, b, /, max_work=-1)",
            method: None,
            summary: "Whether two arrays have a byte in common: the exact answer.",
            memory: MemoryRule::NoArray,
            notes: "The exact answer may take long for arrays of many axes; max_work limits the search and then raises \
                    TooHardError. np.may_share_memory only compares the ends.",
            example: "\
>>> a = np.arange(6)
>>> np.shares_memory(a, a[1:]), np.shares_memory(a, a.copy())
(True, False)
>>> np.shares_memory(a[::2], a[1::2]), np.may_share_memory(a[::2], a[1::2])
(False, True)
",
            see_also: &["np.may_share_memory", "ndarray.base", "np.lib.array_utils.byte_bounds"],
            run: Run::Call(|context, arguments| overlap_of(context, arguments, -1, overlap::shares_memory)),
        },
        Function {
            name: "np.may_share_memory",
            signature: "(a, b, /, max_work=0)",
            method: None,
            summary: "Whether two arrays might have a byte in common: by default only their first and last bytes are compared.",
            memory: MemoryRule::NoArray,
            notes: "False is certain; True may be wrong, as for two interleaved slices.",
            example: "\
>>> a = np.arange(6)
>>> np.may_share_memory(a[:3], a[3:])
False
>>> np.may_share_memory(a[::2], a[1::2])
True
",
            see_also: &["np.shares_memory"],
            run: Run::Call(|context, arguments| overlap_of(context, arguments, 0, overlap::may_share_memory)),
        },
        Function {
            name: "np.lib.array_utils.byte_bounds",
            signature: "(a)",
            method: None,
            summary: "The addresses of the first byte of an array and of the byte after its last.",
            memory: MemoryRule::NoArray,
            notes: "The difference is the span of memory the array reaches over, which may be more than its nbytes.",
            example: "\
>>> a = np.zeros((4, 4))
>>> low, high = np.lib.array_utils.byte_bounds(a[:, 0])
>>> high - low, a[:, 0].nbytes
(104, 32)
",
            see_also: &["np.shares_memory", "ndarray.nbytes"],
            run: Run::Call(|_, arguments| {
                let value = arguments.get("a");
                let Value::Array(array) = &value else {
                    let name = value.type_name();
                    let message = format!("'{name}' object has no attribute '__array_interface__'");
                    return Err(attribute_error(message).at_argument("a"));
                };
                let start = array.buffer_ref().address();
                let (low, high) = byte_bounds(&array.layout());
                Ok(Value::ints([start.wrapping_add_signed(low), start.wrapping_add_signed(high)]))
            }),
        },
        Function {
            name: "np.lib.stride_tricks.as_strided",
            signature: "(x, shape=None, strides=None, subok=False, writeable=True)",
            method: None,
            summary: "A view with any shape and strides.",
            memory: MemoryRule::View,
            notes: "NumPy does not check that the view stays inside the array's memory; ndsh does, and refuses. One \
                    element may appear many times: writing to such a view writes them all.",
            example: "\
>>> a = np.arange(5)
>>> v = np.lib.stride_tricks.as_strided(a, shape=(3, 3), strides=(8, 8))
>>> v
array([[0, 1, 2],
       [1, 2, 3],
       [2, 3, 4]])
>>> np.shares_memory(a, v)
True
>>> v[0, 2] = 9
>>> a
array([0, 1, 9, 3, 4])
",
            see_also: &["np.lib.stride_tricks.sliding_window_view", "np.broadcast_to", "ndarray.strides"],
            run: Run::Call(run_as_strided),
        },
        Function {
            name: "np.lib.stride_tricks.sliding_window_view",
            signature: "(x, window_shape, axis=None, *, subok=False, writeable=False)",
            method: None,
            summary: "All windows of one size, as new last axes.",
            memory: MemoryRule::View,
            notes: "Read-only, since neighbouring windows share elements. Nothing is copied, but nbytes counts every \
                    window as if it had its own memory.",
            example: "\
>>> a = np.arange(6)
>>> w = np.lib.stride_tricks.sliding_window_view(a, 3)
>>> w
array([[0, 1, 2],
       [1, 2, 3],
       [2, 3, 4],
       [3, 4, 5]])
>>> w.strides, w.nbytes, a.nbytes
((8, 8), 96, 48)
>>> np.shares_memory(a, w)
True
>>> w.mean(axis=-1)
array([1., 2., 3., 4.])
",
            see_also: &["np.lib.stride_tricks.as_strided", "np.broadcast_to"],
            run: Run::Call(run_sliding),
        },
        Function {
            name: "np.isfortran",
            signature: "(a)",
            method: None,
            summary: "Whether an array is F-contiguous and not C-contiguous.",
            memory: MemoryRule::NoArray,
            notes: "One-dimensional arrays are both, so the answer is False.",
            example: "\
>>> a = np.zeros((2, 3))
>>> np.isfortran(a), np.isfortran(a.T), np.isfortran(a[0])
(False, True, False)
",
            see_also: &["ndarray.flags", "np.asfortranarray"],
            run: Run::Call(|_, arguments| {
                let value = arguments.get("a");
                let array = match array_of(&value) {
                    Ok(array) => array,
                    Err(_) => {
                        let message = format!("'{}' object has no attribute 'flags'", value.type_name());
                        return Err(attribute_error(message).at_argument("a"));
                    }
                };
                let layout = array.layout();
                Ok(Value::Bool(layout.is_f_contiguous() && !layout.is_c_contiguous()))
            }),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
