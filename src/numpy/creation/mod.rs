//! How does an array come to be? From a value that is there already, or from nothing but a shape.
//!
//! This file has `np.array` and its kin, and decides when they copy; the others each have one way of filling new
//! memory.

mod date_ranges;
mod diagonals;
pub mod filled;
mod grids;
pub mod ranges;
pub mod sources;

use super::calls;
use super::coercion::{existing_array, new_array};
use super::dtypes::{as_dtype, as_order};
use crate::array::cast::Casting;
use crate::array::layout::reshape::why_not_contiguous;
use crate::array::{ArrayRef, Asked, CopyReason, DType, Layout, NdArray, Order, copy};
use crate::error::{Error, Result, key_error, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Value, as_bool, as_index, iterate};

/// The sections of this folder.
pub const SECTIONS: &[Section] =
    &[SECTION, filled::SECTION, ranges::SECTION, sources::SECTION, diagonals::SECTION, grids::SECTION];

/// Whether to copy what could be used as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyMode {
    /// `copy=True`
    Always,
    /// `copy=None`
    IfNeeded,
    /// `copy=False`: an error where one is needed.
    Never,
}

impl CopyMode {
    /// What `copy=value` asks for (`PyArray_CopyConverter`).
    ///
    /// # Errors
    /// `ValueError` for a str.
    pub fn of(value: &Value) -> Result<CopyMode> {
        match value {
            Value::None => Ok(CopyMode::IfNeeded),
            Value::Str(_) => {
                Err(value_error("strings are not allowed for 'copy' keyword. Use True/False/None instead.")
                    .at_argument("copy"))
            }
            other => Ok(if as_bool(other)? { CopyMode::Always } else { CopyMode::Never }),
        }
    }
}

fn cannot_avoid_copy() -> Error {
    value_error(
        "Unable to avoid copy while creating an array as requested.\nIf using `np.array(obj, copy=False)` replace it \
         with `np.asarray(obj)` to allow a copy when needed (no behavior change in NumPy 1.x).\nFor more details, see \
         https://numpy.org/devdocs/numpy_2_0_migration_guide.html#adapting-to-changes-in-the-copy-keyword.",
    )
    .at_argument("copy")
}

/// `np.array(object, dtype, copy=copy, order=order, ndmin=ndmin)` (`_array_fromobject_generic`).
///
/// # Errors
/// Those of making an array of the value, and `ValueError` where a copy is needed and forbidden.
pub fn array(
    context: &mut Context,
    object: &Value,
    dtype: Option<&DType>,
    copy_mode: CopyMode,
    order: Order,
    ndmin: usize,
) -> Result<ArrayRef> {
    array_because(context, object, dtype, copy_mode, order, ndmin, Asked::Copy)
}

/// [`array()`], with what to say of a copy that neither dtype nor order needs.
fn array_because(
    context: &mut Context,
    object: &Value,
    dtype: Option<&DType>,
    copy_mode: CopyMode,
    order: Order,
    ndmin: usize,
    asked: Asked,
) -> Result<ArrayRef> {
    let array = match existing_array(context, object) {
        Some(existing) => {
            let existing = existing?;
            let wanted = dtype.cloned().unwrap_or_else(|| existing.dtype());
            let same_type = wanted == existing.dtype();
            let in_order = {
                let layout = existing.layout();
                match order {
                    Order::K => true,
                    Order::A => layout.is_c_contiguous() || layout.is_f_contiguous(),
                    Order::C => layout.is_c_contiguous(),
                    Order::F => layout.is_f_contiguous(),
                }
            };
            match copy_mode {
                CopyMode::IfNeeded | CopyMode::Never if same_type && in_order => existing,
                CopyMode::Never => {
                    return Err(cannot_avoid_copy().label(if same_type {
                        format!("the array is not in {order:?} order")
                    } else {
                        format!("from {} to {wanted} the bytes change", existing.dtype())
                    }));
                }
                _ => copy::astype_because(&context.runtime, &existing, &wanted, order, Casting::Unsafe, asked)?,
            }
        }
        None if copy_mode == CopyMode::Never => {
            return Err(cannot_avoid_copy().label("a Python object has no array memory to share"));
        }
        None => new_array(context, object, dtype, if order == Order::F { Order::F } else { Order::C })?,
    };
    Ok(if ndmin > array.ndim() { prepend_ones(&array, ndmin, order) } else { array })
}

/// A view with axes of length 1 in front, up to `ndmin` axes (`_prepend_ones`).
fn prepend_ones(array: &ArrayRef, ndmin: usize, order: Order) -> ArrayRef {
    let old = array.layout().clone();
    let new = ndmin - old.ndim();
    let fortran = old.is_f_contiguous() && !old.is_c_contiguous();
    let stride = match (old.strides.first(), old.shape.first()) {
        (Some(&stride), Some(&length)) if order != Order::F && !fortran => stride.wrapping_mul(length as isize),
        _ => old.itemsize() as isize,
    };
    let shape = std::iter::repeat_n(1, new).chain(old.shape.iter().copied()).collect();
    let strides = std::iter::repeat_n(stride, new).chain(old.strides.iter().copied()).collect();
    NdArray::view(array, Layout { dtype: old.dtype, shape, strides, offset: old.offset })
}

/// The `dtype` argument, where one was given.
///
/// # Errors
/// Those of [`as_dtype`].
pub fn dtype_argument(context: &mut Context, arguments: &Arguments) -> Result<Option<DType>> {
    match arguments.some("dtype") {
        Some(value) => as_dtype(context, &value.clone()).map(Some).map_err(|e| e.at_argument("dtype")),
        None => Ok(None),
    }
}

/// Checks `device` and `like`, which change nothing here.
///
/// # Errors
/// `ValueError` for any device but the CPU; `TypeError` for a `like` that is no array.
pub fn check_device_and_like(arguments: &Arguments) -> Result<()> {
    if let Some(device) = arguments.some("device")
        && !matches!(device, Value::Str(name) if &**name == "cpu")
    {
        let shown = crate::value::str(device, &Default::default());
        return Err(value_error(format!("Device not understood. Only \"cpu\" is allowed, but received: {shown}"))
            .at_argument("device"));
    }
    match arguments.some("like") {
        None | Some(Value::Array(_)) => Ok(()),
        Some(_) => Err(type_error(
            "The `like` argument must be an array-like that implements the `__array_function__` protocol.",
        )
        .at_argument("like")),
    }
}

fn run_asarray(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    check_device_and_like(arguments)?;
    let dtype = dtype_argument(context, arguments)?;
    let order = match arguments.some("order") {
        Some(order) => as_order(order)?,
        None => Order::K,
    };
    let copy_mode = CopyMode::of(&arguments.get("copy"))?;
    array(context, &arguments.get("a"), dtype.as_ref(), copy_mode, order, 0).map(Value::Array)
}

/// [`run_asarray`] of class ndarray.
fn run_plain(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    Ok(match run_asarray(context, arguments)? {
        Value::Array(array) => Value::Array(NdArray::as_plain(&array)),
        other => other,
    })
}

fn run_contiguous(context: &mut Context, arguments: &mut Arguments, order: Order) -> Result<Value> {
    check_device_and_like(arguments)?;
    let dtype = dtype_argument(context, arguments)?;
    let array = array(context, &arguments.get("a"), dtype.as_ref(), CopyMode::IfNeeded, order, 1)?;
    Ok(NdArray::as_plain(&array).into())
}

fn run_require(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    check_device_and_like(arguments)?;
    let dtype = dtype_argument(context, arguments)?;
    let words: Vec<Value> = match arguments.get("requirements") {
        Value::None => Vec::new(),
        Value::Str(text) => text.chars().map(|c| Value::str(c.to_string())).collect(),
        other => iterate(&other)?.collect::<Result<_>>()?,
    };
    let (mut c, mut f, mut aligned, mut writeable, mut owned, mut plain) = (false, false, false, false, false, false);
    for word in &words {
        let unknown = || key_error(crate::value::repr(word, &Default::default())).at_argument("requirements");
        let Value::Str(word) = word else { return Err(unknown()) };
        match word.to_uppercase().as_str() {
            "C" | "C_CONTIGUOUS" | "CONTIGUOUS" => c = true,
            "F" | "F_CONTIGUOUS" | "FORTRAN" => f = true,
            "A" | "ALIGNED" => aligned = true,
            "W" | "WRITEABLE" => writeable = true,
            "O" | "OWNDATA" => owned = true,
            "E" | "ENSUREARRAY" => plain = true,
            _ => return Err(unknown()),
        }
    }
    if c && f {
        return Err(value_error("Cannot specify both \"C\" and \"F\" order").at_argument("requirements"));
    }
    let order = if f {
        Order::F
    } else if c {
        Order::C
    } else {
        Order::A
    };
    let object = arguments.get("a");
    let found = array(context, &object, dtype.as_ref(), CopyMode::IfNeeded, order, 0)?;
    let found = if plain { NdArray::as_plain(&found) } else { found };
    let fits = (!c || found.layout().is_c_contiguous())
        && (!f || found.layout().is_f_contiguous())
        && (!aligned || found.is_aligned())
        && (!writeable || found.is_writeable())
        && (!owned || found.owns_data());
    if fits {
        return Ok(found.into());
    }
    let reason = if !aligned || found.is_aligned() {
        let out_of_order = if c || f { why_not_contiguous(&found.layout(), order) } else { None };
        let writeable = !writeable || found.is_writeable();
        let flag = if writeable { CopyReason::NotOwned } else { CopyReason::ReadOnly };
        out_of_order.map_or(flag, CopyReason::OutOfOrder)
    } else {
        CopyReason::NotAligned { align: found.dtype().align() }
    };
    copy::copy_because(&context.runtime, &found, order, reason).map(Value::Array)
}

/// The entries of this file.
const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.array",
            signature: "(object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, ndmax=0, like=None)",
            method: None,
            summary: "A new array of a number, of nested sequences, or of another array.",
            memory: MemoryRule::New,
            notes: "Copies an array by default. copy=None uses it as it is where dtype and order fit; copy=False refuses \
                    to copy. A Python list always has to be read element by element.",
            example: "\
>>> np.array([[1, 2], [3, 4.5]])
array([[1. , 2. ],
       [3. , 4.5]])
>>> a = np.arange(3)
>>> b = np.array(a)
>>> np.shares_memory(a, b)
False
>>> np.array(a, copy=None) is a
True
>>> np.array([1, 2], copy=False)
ValueError: Unable to avoid copy while creating an array as requested.
If using `np.array(obj, copy=False)` replace it with `np.asarray(obj)` to allow a copy when needed (no behavior change in NumPy 1.x).
For more details, see https://numpy.org/devdocs/numpy_2_0_migration_guide.html#adapting-to-changes-in-the-copy-keyword.
",
            see_also: &["np.asarray", "np.copy", "np.zeros", "np.full"],
            run: Run::Read(Reader::NumPy, |context, arguments| {
                check_device_and_like(arguments)?;
                let dtype = dtype_argument(context, arguments)?;
                let copy_mode = CopyMode::of(&arguments.get("copy"))?;
                let order = match arguments.some("order") {
                    Some(order) => as_order(order)?,
                    None => Order::K,
                };
                let ndmin = as_index(&arguments.get("ndmin"))?.max(0) as usize;
                if ndmin > crate::array::layout::MAX_DIMS {
                    return Err(value_error("ndmin must be <= ndmax (64)").at_argument("ndmin"));
                }
                let asked = if ndmin == 0 { Asked::Array } else { Asked::Copy };
                let array =
                    array_because(context, &arguments.get("object"), dtype.as_ref(), copy_mode, order, ndmin, asked)?;
                let keeps = as_bool(&arguments.get("subok"))?;
                if let (true, Value::Array(source)) = (keeps, arguments.look_at("object"))
                    && array.buffer_ref().id() != source.buffer_ref().id()
                {
                    array.set_subclass(source.subclass().of_copy());
                }
                Ok(if keeps { array } else { NdArray::as_plain(&array) }.into())
            }),
        },
        Function {
            name: "np.asarray",
            signature: "(a, dtype=None, order=None, *, device=None, copy=None, like=None)",
            method: None,
            summary: "The value as an array: an array that fits already is returned as it is.",
            memory: MemoryRule::SameIfPossible,
            notes: "The same object comes back where dtype and order fit, so writing to the result writes to the input.",
            example: "\
>>> a = np.arange(3)
>>> np.asarray(a) is a
True
>>> b = np.asarray(a, dtype=float)
>>> np.shares_memory(a, b)
False
>>> np.asarray([1, 2])
array([1, 2])
",
            see_also: &["np.array", "np.asanyarray", "np.ascontiguousarray", "np.require"],
            run: Run::Read(Reader::NumPy, run_plain),
        },
        Function {
            name: "np.asanyarray",
            signature: "(a, dtype=None, order=None, *, device=None, copy=None, like=None)",
            method: None,
            summary: "As np.asarray; subclasses of ndarray would pass.",
            memory: MemoryRule::SameIfPossible,
            notes: "",
            example: "\
>>> a = np.arange(3)
>>> np.asanyarray(a) is a
True
>>> np.asanyarray(a, dtype=np.int8) is a
False
",
            see_also: &["np.asarray"],
            run: Run::Read(Reader::NumPy, run_asarray),
        },
        Function {
            name: "np.ascontiguousarray",
            signature: "(a, dtype=None, *, like=None)",
            method: None,
            summary: "The value as an array of at least one axis, in C order.",
            memory: MemoryRule::SameIfPossible,
            notes: "Copies where the elements are not neighbours in C order: a transpose, a slice with a step.",
            example: "\
>>> a = np.arange(6).reshape(2, 3)
>>> np.ascontiguousarray(a) is a
True
>>> b = np.ascontiguousarray(a.T)
>>> b.strides, a.T.strides
((16, 8), (8, 24))
>>> np.shares_memory(a, b)
False
",
            see_also: &["np.asfortranarray", "np.require", "ndarray.flags"],
            run: Run::Read(Reader::NumPy, |context, arguments| run_contiguous(context, arguments, Order::C)),
        },
        Function {
            name: "np.asfortranarray",
            signature: "(a, dtype=None, *, like=None)",
            method: None,
            summary: "The value as an array of at least one axis, in Fortran order: the first index varies fastest.",
            memory: MemoryRule::SameIfPossible,
            notes: "Same values, same shape; other strides.",
            example: "\
>>> a = np.arange(6).reshape(2, 3)
>>> f = np.asfortranarray(a)
>>> f.strides, a.strides
((8, 16), (24, 8))
>>> np.shares_memory(a, f)
False
>>> np.asfortranarray(a.T) is a.T
False
>>> np.shares_memory(np.asfortranarray(a.T), a)
True
",
            see_also: &["np.ascontiguousarray", "np.isfortran"],
            run: Run::Read(Reader::NumPy, |context, arguments| run_contiguous(context, arguments, Order::F)),
        },
        Function {
            name: "np.require",
            signature: "(a, dtype=None, requirements=None, *, like=None)",
            method: None,
            summary: "The value as an array with these flags: 'C', 'F', 'A' aligned, 'W' writeable, 'O' owning its data.",
            memory: MemoryRule::SameIfPossible,
            notes: "Copies only if a flag is missing. 'O' makes a copy of every view.",
            example: "\
>>> a = np.arange(6)
>>> np.require(a, requirements=['C', 'W']) is a
True
>>> v = a[::2]
>>> np.require(v, requirements='O').base is None
True
>>> np.require(np.broadcast_to(1, 3), requirements='W').flags.writeable
True
",
            see_also: &["np.asarray", "np.ascontiguousarray", "ndarray.flags"],
            run: Run::Call(run_require),
        },
        Function {
            name: "np.asarray_chkfinite",
            signature: "(a, dtype=None, order=None)",
            method: None,
            summary: "As np.asarray, but refuses nan and infinities.",
            memory: MemoryRule::SameIfPossible,
            notes: "",
            example: "\
>>> a = np.array([1.0, 2.0])
>>> np.asarray_chkfinite(a) is a
True
>>> np.asarray_chkfinite([1, 2], dtype=float)
array([1., 2.])
>>> np.asarray_chkfinite([1, np.inf])
ValueError: array must not contain infs or NaNs
",
            see_also: &["np.asarray", "np.isfinite"],
            run: Run::Call(|context, arguments| {
                let value = run_plain(context, arguments)?;
                if let Value::Array(array) = &value
                    && array.dtype().ty().is_inexact()
                {
                    let finite = calls::ufunc(context, "isfinite", [value.clone()])?;
                    if !calls::all_true(context, &finite)? && !calls::is_planning(context) {
                        return Err(value_error("array must not contain infs or NaNs").at_argument("a"));
                    }
                }
                Ok(value)
            }),
        },
        Function {
            name: "np.copy",
            signature: "(a, order='K', subok=False)",
            method: None,
            summary: "A new array with the same elements.",
            memory: MemoryRule::New,
            notes: "Keeps the order of the axes in memory ('K'), where the method a.copy() makes C order of it. The way to \
                    let go of a large array of which only a slice is needed.",
            example: "\
>>> a = np.arange(6).reshape(2, 3)
>>> c = np.copy(a.T)
>>> np.shares_memory(a, c)
False
>>> c.strides, a.T.copy().strides
((8, 24), (16, 8))
",
            see_also: &["ndarray.copy", "np.array", "np.copyto"],
            run: Run::Call(|context, arguments| {
                let order = as_order(&arguments.get("order"))?;
                array(context, &arguments.get("a"), None, CopyMode::Always, order, 0).map(Value::Array)
            }),
        },
        Function {
            name: "ndarray.copy",
            signature: "(order='C')",
            method: None,
            summary: "A new array with the same elements, in C order unless told otherwise.",
            memory: MemoryRule::New,
            notes: "The copy owns its memory. np.copy(a) keeps the order of the axes instead.",
            example: "\
>>> a = np.arange(3)
>>> b = a.copy()
>>> b[0] = 9
>>> a
array([0, 1, 2])
>>> b.base is None
True
>>> np.zeros((2, 3)).T.copy(order='K').strides
(8, 24)
",
            see_also: &["np.copy", "ndarray.view", "np.ascontiguousarray"],
            run: Run::Read(Reader::NumPy, |context, arguments| {
                let order = as_order(&arguments.get("order"))?;
                let receiver = arguments.take_receiver();
                let array = super::attributes::array_of(&receiver)?;
                let new = copy::copy(&context.runtime, array, order)?;
                new.set_subclass(array.subclass().of_copy());
                Ok(new.into())
            }),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
