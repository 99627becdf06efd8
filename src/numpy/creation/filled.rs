//! New arrays of one value: `np.zeros`, `np.ones`, `np.full`, `np.empty`, and the same shaped like another array.

use super::{check_device_and_like, dtype_argument};
use crate::array::cast::Casting;
use crate::array::layout::k_order::like_with_shape;
use crate::array::{ArrayRef, DType, Layout, NdArray, Order, Scalar, Type, assign, reference};
use crate::error::{Result, value_error};
use crate::numpy::calls::array_argument;
use crate::numpy::coercion::{array_from, default_scalar, python_int};
use crate::numpy::dtypes::as_order;
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Value, lengths, shape_of};

/// C or F; the other orders need an array to follow.
///
/// # Errors
/// `ValueError: only 'C' or 'F' order is permitted`.
fn c_or_f(value: &Value) -> Result<Order> {
    match as_order(value)? {
        order @ (Order::C | Order::F) => Ok(order),
        _ => Err(value_error("only 'C' or 'F' order is permitted").at_argument("order")),
    }
}

/// The new zeroed array that `shape`, `dtype` and `order` describe.
fn zeroed(context: &mut Context, arguments: &Arguments, default: DType) -> Result<ArrayRef> {
    check_device_and_like(arguments)?;
    let shape =
        shape_of(&arguments.get("shape")).and_then(|shape| lengths(&shape)).map_err(|e| e.at_argument("shape"))?;
    let dtype = dtype_argument(context, arguments)?.unwrap_or(default);
    let order = c_or_f(&arguments.get("order"))?;
    let layout = Layout::contiguous(dtype, &shape, order);
    NdArray::allocate(&context.runtime, layout).map_err(|e| e.at_argument("shape"))
}

/// A new array whose references, where it has any, are to the int 0.
fn with_zeros(array: ArrayRef) -> Value {
    reference::fill_with_zeros(&array.buffer_ref());
    array.into()
}

/// The new zeroed array like `a`, with another dtype, order or shape where those are given.
fn zeroed_like(context: &mut Context, arguments: &Arguments, name: &str) -> Result<ArrayRef> {
    check_device_and_like(arguments)?;
    let order = as_order(&arguments.get("order"))?;
    let dtype = dtype_argument(context, arguments)?;
    let shape = match arguments.some("shape") {
        Some(shape) => Some(lengths(&shape_of(shape)?).map_err(|e| e.at_argument("shape"))?),
        None => None,
    };
    let prototype = array_argument(context, arguments, name)?;
    let layout = {
        let layout = prototype.layout();
        let dtype = dtype.unwrap_or_else(|| layout.dtype.clone());
        like_with_shape(&layout, dtype, order, shape.as_ref().unwrap_or(&layout.shape))
    };
    NdArray::allocate(&context.runtime, layout)
}

/// `np.copyto(array, value, casting='unsafe')` into an array that nobody has seen yet.
///
/// # Errors
/// `OverflowError` for a Python int that does not fit; `ValueError` where shapes do not fit.
pub fn fill_with(context: &mut Context, array: &ArrayRef, value: &Value) -> Result<()> {
    let scalar = match value {
        Value::Int(int) if array.layout().dtype.is_number() => Some(python_int(int, array.dtype().ty())?),
        _ if array.layout().dtype.ty() == Type::Object => None,
        other => default_scalar(other),
    };
    if let Some(scalar) = scalar {
        context.runtime.record_change(scalar, &array.dtype());
    }
    match scalar {
        Some(scalar) => assign::fill_new(&context.runtime, array, scalar),
        None => {
            let source = array_from(context, value, None)?;
            assign::copy_into(&context.runtime, array, &source, None, Casting::Unsafe)
        }
    }
}

fn full(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let value = arguments.get("fill_value");
    let default = match default_scalar(&value) {
        Some(scalar) => scalar.dtype(),
        None => array_from(context, &value, None).map_err(|e| e.at_argument("fill_value"))?.dtype(),
    };
    let array = zeroed(context, arguments, default)?;
    fill_with(context, &array, &value).map_err(|e| e.at_argument("fill_value"))?;
    Ok(array.into())
}

fn ones(context: &mut Context, array: ArrayRef) -> Result<Value> {
    assign::fill_new(&context.runtime, &array, Scalar::Int8(1))?;
    Ok(array.into())
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.zeros",
            signature: "(shape, dtype=None, order='C', *, device=None, like=None)",
            method: None,
            summary: "A new array of zeros.",
            memory: MemoryRule::New,
            notes: "The operating system hands out zeroed pages only when they are first touched: np.zeros of a gigabyte \
                    returns at once, and takes no memory before it is written.",
            example: "\
>>> np.zeros(3)
array([0., 0., 0.])
>>> np.zeros((2, 2), dtype=int)
array([[0, 0],
       [0, 0]])
>>> np.zeros((2, 3), order='F').strides
(8, 16)
>>> np.zeros((2, -3))
ValueError: negative dimensions are not allowed
",
            see_also: &["np.ones", "np.empty", "np.full", "np.zeros_like"],
            run: Run::Read(Reader::NumPy, |context, arguments| {
                let array = zeroed(context, arguments, Type::Float64.into())?;
                Ok(with_zeros(array))
            }),
        },
        Function {
            name: "np.empty",
            signature: "(shape, dtype=None, order='C', *, device=None, like=None)",
            method: None,
            summary: "A new array whose elements are whatever was in its memory; here always zeros.",
            memory: MemoryRule::New,
            notes: "Saves the time of filling memory that will be overwritten anyway. NumPy shows what was there before; \
                    ndsh shows zeros, so that a session can be repeated.",
            example: "\
>>> a = np.empty((2, 3), dtype=np.int8)
>>> a.shape, a.nbytes
((2, 3), 6)
",
            see_also: &["np.zeros", "np.empty_like"],
            run: Run::Read(Reader::NumPy, |context, arguments| {
                zeroed(context, arguments, Type::Float64.into()).map(Value::Array)
            }),
        },
        Function {
            name: "np.ones",
            signature: "(shape, dtype=None, order='C', *, device=None, like=None)",
            method: None,
            summary: "A new array of ones.",
            memory: MemoryRule::New,
            notes: "Every element is written, so the memory is really taken, unlike that of np.zeros.",
            example: "\
>>> np.ones(3)
array([1., 1., 1.])
>>> np.ones((2, 2), dtype=bool)
array([[ True,  True],
       [ True,  True]])
",
            see_also: &["np.zeros", "np.full", "np.ones_like"],
            run: Run::Call(|context, arguments| {
                let array = zeroed(context, arguments, Type::Float64.into())?;
                ones(context, array)
            }),
        },
        Function {
            name: "np.full",
            signature: "(shape, fill_value, dtype=None, order='C', *, device=None, like=None)",
            method: None,
            summary: "A new array with every element set to fill_value.",
            memory: MemoryRule::New,
            notes: "The dtype is that of the value: np.full(3, 0) is of ints. np.broadcast_to(value, shape) looks the same \
                    and stores one element only, but cannot be written.",
            example: "\
>>> np.full((2, 2), 7)
array([[7, 7],
       [7, 7]])
>>> np.full((2, 2), [1, 2])
array([[1, 2],
       [1, 2]])
>>> np.full(1000, 7).nbytes, np.broadcast_to(7, 1000).base.nbytes
(8000, 8)
",
            see_also: &["np.zeros", "np.full_like", "np.broadcast_to", "ndarray.fill"],
            run: Run::Call(full),
        },
        Function {
            name: "np.zeros_like",
            signature: "(a, dtype=None, order='K', subok=True, shape=None, *, device=None)",
            method: None,
            summary: "A new array of zeros with the shape, dtype and order of another.",
            memory: MemoryRule::New,
            notes: "order='K' keeps the order of the axes in memory: like a transpose, it comes out in F order.",
            example: "\
>>> a = np.arange(6).reshape(2, 3)
>>> np.zeros_like(a)
array([[0, 0, 0],
       [0, 0, 0]])
>>> np.zeros_like(a.T).strides, np.zeros_like(a.T, order='C').strides
((8, 24), (16, 8))
>>> np.shares_memory(a, np.zeros_like(a))
False
",
            see_also: &["np.zeros", "np.ones_like", "np.full_like", "np.empty_like"],
            run: Run::Call(|context, arguments| {
                let array = zeroed_like(context, arguments, "a")?;
                Ok(with_zeros(array))
            }),
        },
        Function {
            name: "np.empty_like",
            signature: "(prototype, /, dtype=None, order='K', subok=True, shape=None, *, device=None)",
            method: None,
            summary: "A new array with the shape, dtype and order of another; its elements are here always zeros.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> a = np.ones((2, 3), dtype=np.int16)
>>> b = np.empty_like(a)
>>> b.dtype, b.shape
(dtype('int16'), (2, 3))
>>> np.shares_memory(a, b)
False
",
            see_also: &["np.empty", "np.zeros_like"],
            run: Run::Call(|context, arguments| zeroed_like(context, arguments, "prototype").map(Value::Array)),
        },
        Function {
            name: "np.ones_like",
            signature: "(a, dtype=None, order='K', subok=True, shape=None, *, device=None)",
            method: None,
            summary: "A new array of ones with the shape, dtype and order of another.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> np.ones_like([[1.5, 2], [3, 4]])
array([[1., 1.],
       [1., 1.]])
>>> np.ones_like([1, 2, 3], dtype=bool)
array([ True,  True,  True])
",
            see_also: &["np.ones", "np.zeros_like"],
            run: Run::Call(|context, arguments| {
                let array = zeroed_like(context, arguments, "a")?;
                ones(context, array)
            }),
        },
        Function {
            name: "np.full_like",
            signature: "(a, fill_value, dtype=None, order='K', subok=True, shape=None, *, device=None)",
            method: None,
            summary: "A new array of one value with the shape, dtype and order of another.",
            memory: MemoryRule::New,
            notes: "The dtype is that of the array, not of the value: full_like of ints with 0.5 gives zeros.",
            example: "\
>>> a = np.arange(3)
>>> np.full_like(a, 0.5)
array([0, 0, 0])
>>> np.full_like(a, 0.5, dtype=float)
array([0.5, 0.5, 0.5])
",
            see_also: &["np.full", "np.zeros_like"],
            run: Run::Call(|context, arguments| {
                let array = zeroed_like(context, arguments, "a")?;
                fill_with(context, &array, &arguments.get("fill_value")).map_err(|e| e.at_argument("fill_value"))?;
                Ok(array.into())
            }),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
