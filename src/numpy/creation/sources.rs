//! Arrays over the memory of other objects, and arrays read from iterators and text: `frombuffer`, `fromiter`,
//! `fromstring`, `np.ndarray(...)`.

use super::{check_device_and_like, dtype_argument};
use crate::array::elements::{buffer_extent, frombuffer};
use crate::array::layout::as_strided::fits_buffer;
use crate::array::layout::{Strides, element_count};
use crate::array::{ArrayRef, DType, Item, Layout, NdArray, Order, Scalar, Type};
use crate::error::{Result, type_error, value_error};
use crate::memory::{AlignedBytes, OutOfMemory};
use crate::numpy::coercion::{element_of, item_for};
use crate::numpy::dtypes::{as_dtype, as_order};
use crate::python::bytearray::ByteArray;
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Value, as_index, as_str, iterate, lengths, shape_of};
use std::rc::Rc;

/// What an object lends: its memory as an array of bytes, whose base is what keeps the memory alive.
///
/// # Errors
/// `TypeError: a bytes-like object is required, not 'str'`; `ValueError` for arrays that are not contiguous.
fn lent_bytes(context: &mut Context, object: &Value, contiguous: &str) -> Result<ArrayRef> {
    let all = |context: &Context, bytes: Rc<AlignedBytes>, base: Value, writeable: bool| {
        frombuffer(&context.runtime, bytes, Rc::new(base), writeable, &Type::UInt8.into(), -1, 0)
    };
    let array = match object {
        Value::Bytes(bytes) => {
            let lent = AlignedBytes::copied(bytes).ok_or(OutOfMemory { bytes: bytes.len() })?;
            return all(context, Rc::new(lent), object.clone(), false);
        }
        Value::Array(array) => Rc::clone(array),
        other => {
            if let Some(bytes) = other.downcast::<ByteArray>() {
                let base = crate::python::memoryview::of(context, other)?;
                return all(context, bytes.memory(), base, true);
            }
            match crate::python::memoryview::of(context, other) {
                Ok(Value::Object(view)) => match view.as_array(context) {
                    Some(array) => array?,
                    None => return Err(not_bytes(other)),
                },
                _ => return Err(not_bytes(other)),
            }
        }
    };
    let layout = array.layout().clone();
    if !layout.is_c_contiguous() {
        return Err(value_error(format!("ndarray is not {contiguous}")));
    }
    let bytes =
        Layout { offset: layout.offset, ..Layout::contiguous(Type::UInt8.into(), &[layout.nbytes()], Order::C) };
    Ok(NdArray::view(&array, bytes))
}

fn not_bytes(value: &Value) -> crate::error::Error {
    type_error(format!("a bytes-like object is required, not '{}'", value.type_name())).at_argument("buffer")
}

fn run_frombuffer(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    check_device_and_like(arguments)?;
    let bytes = lent_bytes(context, &arguments.get("buffer"), "C-contiguous").map_err(|e| e.at_argument("buffer"))?;
    let dtype = as_dtype(context, &arguments.get("dtype")).map_err(|e| e.at_argument("dtype"))?;
    let count = as_index(&arguments.get("count")).map_err(|e| e.at_argument("count"))?;
    let offset = as_index(&arguments.get("offset")).map_err(|e| e.at_argument("offset"))?;
    let (start, count) = buffer_extent(bytes.size(), dtype.itemsize(), count, offset)?;
    let offset = bytes.layout().offset + start;
    let layout = Layout { offset, ..Layout::contiguous(dtype, &[count], Order::C) };
    Ok(over(&bytes, layout).into())
}

/// An array with `layout` over the memory of `bytes`, and the same base.
fn over(bytes: &ArrayRef, layout: Layout) -> ArrayRef {
    match bytes.base() {
        Some(crate::array::Base::Object(base)) => NdArray::over(layout, bytes.buffer(), base, bytes.is_writeable()),
        _ => NdArray::view(bytes, layout),
    }
}

fn run_ndarray(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let shape =
        shape_of(&arguments.get("shape")).and_then(|shape| lengths(&shape)).map_err(|e| e.at_argument("shape"))?;
    let dtype = dtype_argument(context, arguments)?.unwrap_or(Type::Float64.into());
    let order = match as_order(&arguments.get("order"))? {
        Order::F => Order::F,
        _ => Order::C,
    };
    let strides: Option<Strides> =
        arguments.some("strides").map(shape_of).transpose().map_err(|e| e.at_argument("strides"))?;
    let contiguous = Layout::contiguous(dtype, &shape, order);
    let given = match strides {
        Some(strides) if strides.len() != shape.len() => {
            return Err(value_error("strides, if given, must be the same length as shape").at_argument("strides"));
        }
        Some(strides) => Layout { strides, ..contiguous.clone() },
        None => contiguous.clone(),
    };
    let incompatible = |layout: &Layout, bytes: usize| {
        fits_buffer(layout, bytes).map_err(|error| {
            let message = "strides is incompatible with shape of requested array and size of buffer";
            value_error(message).at_argument("strides").label(error.message())
        })
    };
    let Some(buffer) = arguments.some("buffer") else {
        incompatible(&given, contiguous.nbytes())?;
        let array = NdArray::allocate(&context.runtime, contiguous)?;
        array.set_layout(given);
        return Ok(array.into());
    };
    let bytes = lent_bytes(context, &buffer.clone(), "contiguous").map_err(|e| e.at_argument("buffer"))?;
    let offset = as_index(&arguments.get("offset")).map_err(|e| e.at_argument("offset"))?;
    let Ok(offset) = usize::try_from(offset) else {
        return Err(value_error(format!("offset {offset} lies before the buffer")).at_argument("offset"));
    };
    let wanted =
        offset.saturating_add(element_count(&shape).unwrap_or(usize::MAX).saturating_mul(contiguous.itemsize()));
    if arguments.some("strides").is_none() && wanted > bytes.size() {
        return Err(type_error("buffer is too small for requested array")
            .at_argument("buffer")
            .label(format!("{wanted} bytes wanted, {} there", bytes.size())));
    }
    let layout = Layout { offset, ..given };
    incompatible(&layout, bytes.size())?;
    let start = bytes.layout().offset;
    Ok(over(&bytes, Layout { offset: offset + start, ..layout }).into())
}

fn run_fromiter(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    check_device_and_like(arguments)?;
    let dtype = as_dtype(context, &arguments.get("dtype")).map_err(|e| e.at_argument("dtype"))?;
    let count = as_index(&arguments.get("count")).map_err(|e| e.at_argument("count"))?;
    let iter = arguments.get("iter");
    let limit = usize::try_from(count).unwrap_or(usize::MAX);
    let (mut elements, mut items): (Vec<Scalar>, Vec<Item>) = (Vec::new(), Vec::new());
    for item in iterate(&iter).map_err(|e| e.at_argument("iter"))?.take(limit) {
        crate::interrupt::check()?;
        let item = item?;
        if !dtype.is_number() {
            items.push(item_for(context, &item, &dtype).map_err(|e| e.at_argument("iter"))?);
            continue;
        }
        let element = match element_of(context, &item, dtype.ty()) {
            Some(element) => element?,
            None => match &item {
                Value::Str(text) => super::super::attributes::scalar_from_text(text, dtype.ty())?,
                Value::Array(array) if array.ndim() == 0 => array.read(array.layout().offset),
                other => {
                    let class = other.type_name();
                    return Err(type_error(format!(
                        "int() argument must be a string, a bytes-like object or a real number, not '{class}'"
                    ))
                    .at_argument("iter"));
                }
            },
        };
        elements.push(element);
    }
    if limit != usize::MAX && elements.len() + items.len() < limit {
        return Err(value_error(format!(
            "iterator too short: Expected {limit} but iterator had only {} items.",
            elements.len()
        ))
        .at_argument("count"));
    }
    if !dtype.is_number() {
        let array = NdArray::zeros(&context.runtime, dtype, &[items.len()], Order::C)?;
        let (buffer, dtype) = (array.buffer(), array.dtype());
        for (i, item) in items.iter().enumerate() {
            item.write(&buffer, i * dtype.itemsize(), &dtype)?;
        }
        return Ok(Value::Array(array));
    }
    filled(context, &dtype, &elements).map(Value::Array)
}

/// A new array of these elements.
///
/// # Errors
/// `MemoryError`.
pub fn filled(context: &mut Context, dtype: &DType, elements: &[Scalar]) -> Result<ArrayRef> {
    let array = NdArray::zeros(&context.runtime, dtype.clone(), &[elements.len()], Order::C)?;
    for (i, element) in elements.iter().enumerate() {
        array.write(i * dtype.itemsize(), element);
    }
    Ok(array)
}

/// The longest prefix of `text` that spells a number of this type, and what it spells.
fn number_prefix(text: &str, dtype: &DType) -> Option<(usize, Scalar)> {
    let ty = dtype.ty();
    let digits = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let sign = usize::from(text.starts_with(['+', '-']));
    if ty.is_integer() || ty == Type::Bool {
        let count = digits(sign);
        let value: i128 = text[..sign + count].parse().ok()?;
        return Some((sign + count, Scalar::Int64(value.clamp(i64::MIN as i128, i64::MAX as i128) as i64).cast(ty)));
    }
    let lower = text[sign..].to_ascii_lowercase();
    for word in ["infinity", "inf", "nan"] {
        if lower.starts_with(word) {
            let value = text[..sign + word.len()].parse::<f64>().ok()?;
            return Some((sign + word.len(), Scalar::Float64(value).cast(ty)));
        }
    }
    let mut end = sign + digits(sign);
    if text[end..].starts_with('.') {
        end += 1 + digits(end + 1);
    }
    if text[end..].starts_with(['e', 'E']) {
        let exponent = end + 1 + usize::from(text[end + 1..].starts_with(['+', '-']));
        let count = digits(exponent);
        if count > 0 {
            end = exponent + count;
        }
    }
    let value = text[..end].parse::<f64>().ok()?;
    Some((end, Scalar::Float64(value).cast(ty)))
}

/// What follows the separator: blanks in it match any blanks, also none; everything else itself
/// (`fromstr_skip_separator`).
fn skip_separator<'t>(mut text: &'t str, separator: &str) -> Option<&'t str> {
    for c in separator.chars() {
        text = if c == ' ' { text.trim_start() } else { text.trim_start().strip_prefix(c)? };
    }
    Some(text)
}

fn run_fromstring(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    check_device_and_like(arguments)?;
    let (text_value, sep_value) = (arguments.get("string"), arguments.get("sep"));
    let (text, separator) = (as_str(&text_value, "string")?, as_str(&sep_value, "sep")?);
    let dtype = as_dtype(context, &arguments.get("dtype")).map_err(|e| e.at_argument("dtype"))?;
    if separator.is_empty() {
        return Err(value_error("The binary mode of fromstring is removed, use frombuffer instead").at_argument("sep"));
    }
    let count = as_index(&arguments.get("count")).map_err(|e| e.at_argument("count"))?;
    let elements = numbers(text, separator, &dtype, count).map_err(|e| e.at_argument("string"))?;
    filled(context, &dtype, &elements).map(Value::Array)
}

/// The numbers of a text, with a separator between them; at most `count`, where that is not below 0.
///
/// # Errors
/// `ValueError: string or file could not be read to its end due to unmatched data`.
pub fn numbers(text: &str, separator: &str, dtype: &DType, count: isize) -> Result<Vec<Scalar>> {
    let limit = usize::try_from(count).unwrap_or(usize::MAX);
    let unmatched = || value_error("string or file could not be read to its end due to unmatched data");
    let mut elements = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() && elements.len() < limit {
        let (length, element) = number_prefix(rest, dtype).ok_or_else(unmatched)?;
        elements.push(element);
        rest = &rest[length..];
        if rest.trim_start().is_empty() {
            break;
        }
        rest = skip_separator(rest, separator).ok_or_else(unmatched)?.trim_start();
    }
    Ok(elements)
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.frombuffer",
            signature: "(buffer, dtype=float, count=-1, offset=0, *, like=None)",
            method: None,
            summary: "A one-dimensional array over the memory of a bytes, a bytearray or another array.",
            memory: MemoryRule::View,
            notes: "Nothing is copied: the object is the array's base and stays alive with it. Over a bytes the array is \
                    read-only.",
            example: "\
>>> a = np.frombuffer(b'\\x01\\x00\\x02\\x00', dtype='<i2')
>>> a
array([1, 2], dtype=int16)
>>> a.base, a.flags.writeable, a.flags.owndata
(b'\\x01\\x00\\x02\\x00', False, False)
>>> b = np.arange(3)
>>> v = np.frombuffer(b, dtype='i8')
>>> v[0] = 9
>>> b
array([9, 1, 2])
>>> np.frombuffer(b'abc', dtype='i2')
ValueError: buffer size must be a multiple of element size
",
            see_also: &["ndarray.tobytes", "np.ndarray", "np.fromiter"],
            run: Run::Read(Reader::Keywords, run_frombuffer),
        },
        Function {
            name: "np.ndarray",
            signature: "(shape, dtype=float, buffer=None, offset=0, strides=None, order=None)",
            method: None,
            summary: "An array object put together by hand: new memory, or a window on a buffer.",
            memory: MemoryRule::ViewIfPossible,
            notes: "np.zeros, np.array and np.frombuffer are easier. Shape and strides must stay inside the buffer.",
            example: "\
>>> a = np.arange(4)
>>> w = np.ndarray((2, 2), dtype=int, buffer=a, strides=(8, 16))
>>> w
array([[0, 2],
       [1, 3]])
>>> w.base is a
True
>>> np.ndarray((5,), dtype=int, buffer=a)
TypeError: buffer is too small for requested array
>>> np.ndarray((2, 3), order='F').strides
(8, 16)
",
            see_also: &["np.array", "np.zeros", "np.frombuffer", "np.lib.stride_tricks.as_strided"],
            run: Run::Read(Reader::Keywords, run_ndarray),
        },
        Function {
            name: "np.fromiter",
            signature: "(iter, dtype, count=-1, *, like=None)",
            method: None,
            summary: "A new one-dimensional array of what an iterable gives.",
            memory: MemoryRule::New,
            notes: "With count NumPy allocates once; without it the memory grows as the items come.",
            example: "\
>>> np.fromiter(range(4), dtype=float)
array([0., 1., 2., 3.])
>>> np.fromiter([1, 2, 3], dtype=np.int8, count=2)
array([1, 2], dtype=int8)
",
            see_also: &["np.array", "np.frombuffer"],
            run: Run::Read(Reader::Keywords, run_fromiter),
        },
        Function {
            name: "np.fromstring",
            signature: "(string, dtype=float, count=-1, *, sep='', like=None)",
            method: None,
            summary: "A new one-dimensional array of the numbers in a text.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> np.fromstring('1, 2, 3', sep=',')
array([1., 2., 3.])
>>> np.fromstring('1 2 x', dtype=int, sep=' ')
ValueError: string or file could not be read to its end due to unmatched data
",
            see_also: &["np.frombuffer", "np.fromiter"],
            run: Run::Read(Reader::Keywords, run_fromstring),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
