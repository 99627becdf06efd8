//! The lines of a text that an argument names or is, and the array of a table.

use super::source::Source;
use crate::array::compound::Field;
use crate::array::layout::transpose::transpose;
use crate::array::{ArrayRef, DType, Item, Layout, NdArray, Order, Type};
use crate::error::{Error, ErrorClass, Result, runtime_error, type_error, value_error};
use crate::files::table;
use crate::python::files::{OpenFile, path_of};
use crate::registry::{Arguments, Context};
use crate::value::{Value, as_index, collect};

/// A plan reads a text no longer than this many bytes to learn the shape of its table.
pub const PLANNED: u64 = 1 << 16;

/// The lines of a text, each without its end.
pub struct Lines {
    /// The lines.
    pub lines: Vec<String>,
    /// The file as a message calls it.
    pub name: String,
}

/// Why a plan cannot tell what a long text gives.
pub fn long_text() -> Error {
    runtime_error("a plan does not read the whole of a long text, and only that tells the shape")
}

fn text_of(bytes: &[u8], encoding: Option<&str>) -> Result<String> {
    match encoding {
        Some("latin1" | "latin-1" | "iso-8859-1") => Ok(bytes.iter().map(|byte| *byte as char).collect()),
        _ => match String::from_utf8(bytes.to_vec()) {
            Ok(text) => Ok(text),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let byte = bytes.get(at).copied().unwrap_or(0);
                let message =
                    format!("'utf-8' codec can't decode byte 0x{byte:02x} in position {at}: invalid start byte");
                Err(Error::new(ErrorClass::UnicodeDecodeError, message))
            }
        },
    }
}

/// The lines of a file that an argument names, of an open file, or of an iterable of lines. `complaint` is what is said
/// of anything else.
///
/// # Errors
/// `FileNotFoundError: a.txt not found.`; `RuntimeError` in a plan where the text is long.
pub fn lines_of(context: &mut Context, arguments: &Arguments, complaint: fn(&Value) -> Error) -> Result<Lines> {
    let value = arguments.get("fname");
    let encoding = match arguments.some("encoding") {
        Some(Value::Str(name)) => Some(name.to_lowercase()),
        _ => None,
    };
    let planning = context.runtime.ledger.is_planning();
    let name = crate::value::str(&value, &context.print_options);
    let is_open = value.downcast::<OpenFile>();
    let lines: Vec<String> = if is_open.is_some() || path_of(&value).is_some() {
        let source = Source::of(&value, "fname").map_err(|error| match (error.class(), path_of(&value)) {
            (ErrorClass::FileNotFoundError, Some(path)) => {
                Error::new(ErrorClass::FileNotFoundError, format!("{path} not found.")).at_argument("fname")
            }
            _ => error,
        })?;
        if planning && source.stream.left()? > PLANNED {
            return Err(long_text());
        }
        if is_open.is_some_and(|file| !file.may(true)) {
            let message = if is_open.is_some_and(|file| file.is_text) { "not readable" } else { "read" };
            return Err(Error::new(ErrorClass::UnsupportedOperation, message).at_argument("fname"));
        }
        let bytes = source.stream.read(None)?;
        let is_bytes = is_open.is_some_and(|file| !file.is_text);
        let encoding = encoding.as_deref().or(is_bytes.then_some("latin1"));
        let text = text_of(&bytes, encoding)?;
        match source.stream.as_file() {
            // a file's lines end in any of three ways, those of memory in one
            Some(_) => table::lines(&text).map(str::to_string).collect(),
            None => text.lines().map(str::to_string).collect(),
        }
    } else {
        let items = collect(context, &value).map_err(|_| complaint(&value).at_argument("fname"))?;
        let line = |item: &Value| match item {
            Value::Str(text) => Ok(text.trim_end_matches(['\n', '\r']).to_string()),
            Value::Bytes(bytes) => Ok(text_of(bytes, Some("latin1"))?.trim_end_matches(['\n', '\r']).to_string()),
            _ => Err(type_error("non-string returned while reading data")),
        };
        items.iter().map(line).collect::<Result<Vec<_>>>()?
    };
    if lines.iter().any(|line| line.contains(['\n', '\r'])) {
        return Err(value_error(
            "Found an unquoted embedded newline within a single line of input.  This is currently not supported.",
        ));
    }
    Ok(Lines { lines, name })
}

/// `ndmin`, which is 0, 1 or 2.
///
/// # Errors
/// `ValueError: Illegal value of ndmin keyword: 3`.
pub fn ndmin_of(arguments: &Arguments) -> Result<usize> {
    let ndmin = as_index(&arguments.get("ndmin"))?;
    let legal = usize::try_from(ndmin).ok().filter(|ndmin| *ndmin <= 2);
    legal.ok_or_else(|| value_error(format!("Illegal value of ndmin keyword: {ndmin}")).at_argument("ndmin"))
}

/// The columns that are asked for, as they were written: counted from the last where they are below 0.
///
/// # Errors
/// `TypeError` for what is no int.
pub fn columns_of(context: &mut Context, arguments: &Arguments) -> Result<Option<Vec<isize>>> {
    let Some(columns) = arguments.some("usecols").cloned() else { return Ok(None) };
    let items = collect(context, &columns).unwrap_or_else(|_| vec![columns]);
    let column = |item: &Value| {
        as_index(item).map_err(|_| {
            let class = item.type_name();
            type_error(format!(
                "usecols must be an int or a sequence of ints but it contains at least one element of type '{class}'"
            ))
            .at_argument("usecols")
        })
    };
    items.iter().map(column).collect::<Result<Vec<_>>>().map(Some)
}

/// A new array with these elements, in rows of so many columns, or of one axis where an element is a whole row. Texts of
/// no length of their own get that of the longest.
///
/// # Errors
/// `MemoryError`; `ValueError` where an element cannot be of the dtype.
pub fn table_of(context: &Context, dtype: &DType, columns: Option<usize>, elements: &[Item]) -> Result<ArrayRef> {
    let dtype = sized(dtype, elements);
    let shape = match columns {
        Some(columns) => vec![elements.len() / columns.max(1), columns],
        None => vec![elements.len()],
    };
    let array = NdArray::zeros(&context.runtime, dtype.clone(), &shape, Order::C)?;
    let buffer = array.buffer();
    if !buffer.is_planned() {
        for (i, element) in elements.iter().enumerate() {
            element.write(&buffer, i * dtype.itemsize(), &dtype)?;
        }
    }
    Ok(array)
}

/// A dtype of texts without a length, with that of the longest of these.
fn sized(dtype: &DType, elements: &[Item]) -> DType {
    let length = |item: &Item| match item {
        Item::Str(text) => text.chars().count(),
        Item::Bytes(bytes) => bytes.len(),
        _ => 0,
    };
    let longest = || elements.iter().map(length).max().unwrap_or(0).max(1);
    match dtype.ty() {
        Type::Str if dtype.itemsize() == 0 => DType::text(longest()),
        Type::Bytes if dtype.itemsize() == 0 => DType::bytes(longest()),
        _ => dtype.clone(),
    }
}

/// The table as it is given back: of a structure that is unpacked, its fields.
///
/// # Errors
/// As [`shaped`].
pub fn given(table: ArrayRef, ndmin: usize, unpack: bool) -> Result<Value> {
    let dtype = table.dtype();
    let Some(whole) = dtype.structure().filter(|_| unpack) else {
        return shaped(table, ndmin, unpack).map(Value::Array);
    };
    let rows = shaped(table, ndmin, false)?;
    let field = |field: &Field| {
        let layout = rows.layout().clone();
        let layout = Layout { dtype: field.dtype.clone(), offset: layout.offset + field.offset, ..layout };
        Value::Array(NdArray::view(&rows, layout))
    };
    Ok(Value::list(whole.fields.iter().map(field).collect::<Vec<_>>()))
}

/// The table with no more axes of length 1 than `ndmin` needs (`_ensure_ndmin_ndarray`), turned where it is unpacked.
///
/// # Errors
/// None that a table can have.
pub fn shaped(table: ArrayRef, ndmin: usize, unpack: bool) -> Result<ArrayRef> {
    let mut array = table;
    if array.ndim() > ndmin {
        let layout = array.layout().clone();
        let kept: Vec<usize> = (0..layout.ndim()).filter(|&axis| layout.shape[axis] != 1).collect();
        if kept.len() < layout.ndim() {
            let shape = kept.iter().map(|&axis| layout.shape[axis]).collect();
            let strides = kept.iter().map(|&axis| layout.strides[axis]).collect();
            array = NdArray::view(&array, Layout { shape, strides, ..layout });
        }
    }
    if array.ndim() < ndmin {
        // np.atleast_1d; np.atleast_2d and its transpose: a column
        let layout = array.layout().clone();
        let step = layout.itemsize() as isize;
        let shape = layout.shape.iter().copied().chain(std::iter::repeat_n(1, ndmin - layout.ndim())).collect();
        let strides = layout.strides.iter().copied().chain(std::iter::repeat_n(step, ndmin - layout.ndim())).collect();
        array = NdArray::view(&array, Layout { shape, strides, ..layout });
    }
    if unpack {
        let layout = transpose(&array.layout(), None)?;
        array = NdArray::view(&array, layout);
    }
    Ok(array)
}
