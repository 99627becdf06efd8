//! `np.fromfile` and `a.tofile`: elements without a header, as bytes or as text.

use super::source::Source;
use super::text::{PLANNED, long_text};
use crate::array::elements::items;
use crate::array::{Layout, Order};
use crate::error::{Error, ErrorClass, Result, attribute_error, type_error, value_error};
use crate::files::{Whence, read_elements, write_elements, write_whole};
use crate::numpy::attributes::array_of;
use crate::numpy::creation::check_device_and_like;
use crate::numpy::creation::sources::{filled, numbers};
use crate::numpy::dtypes::as_dtype;
use crate::python::files::{OpenFile, path_of};
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Value, as_index, as_str, python_item};
use std::io::Write;

fn run_fromfile(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    check_device_and_like(arguments)?;
    let dtype = as_dtype(context, &arguments.get("dtype")).map_err(|e| e.at_argument("dtype"))?;
    let count = as_index(&arguments.get("count")).map_err(|e| e.at_argument("count"))?;
    let sep = arguments.get("sep");
    let separator = as_str(&sep, "sep")?;
    let offset = as_index(&arguments.get("offset")).map_err(|e| e.at_argument("offset"))?;
    if !separator.is_empty() && offset != 0 {
        return Err(type_error("'offset' argument only permitted for binary files").at_argument("offset"));
    }
    let file = arguments.get("file");
    if file.downcast::<OpenFile>().is_none() && path_of(&file).is_none() {
        return Err(no_flush(&file, "file"));
    }
    let source = Source::of(&file, "file")?;
    let stream = &source.stream;
    if stream.as_file().is_none() && !stream.is_closed() {
        return Err(Error::new(ErrorClass::UnsupportedOperation, "fileno").at_argument("file"));
    }
    if !separator.is_empty() {
        if context.runtime.ledger.is_planning() && stream.left()? > PLANNED {
            return Err(long_text());
        }
        let bytes = stream.read(None)?;
        let text = String::from_utf8_lossy(&bytes);
        let elements = numbers(&text, separator, &dtype, count).map_err(|e| e.at_argument("file"))?;
        return filled(context, &dtype, &elements).map(Value::Array);
    }
    let refused = |error: Error| match error.class() {
        ErrorClass::ValueError => Error::new(ErrorClass::OSError, "seeking file failed").at_argument("offset"),
        _ => error,
    };
    stream.seek(offset as i64, Whence::Here).map_err(refused)?;
    let left = stream.left()?;
    let there = (left / dtype.itemsize().max(1) as u64) as usize;
    let count = usize::try_from(count).map_or(there, |count| count.min(there));
    read_elements(&context.runtime, &mut &**stream, left, &dtype, count).map(Value::Array)
}

/// What NumPy says of what is neither a path nor a file.
fn no_flush(value: &Value, parameter: &str) -> Error {
    let class = value.class().qualified();
    attribute_error(format!("'{class}' object has no attribute 'flush'")).at_argument(parameter)
}

/// The bytes that `tofile` writes: the elements, or their texts.
fn run_tofile(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let receiver = arguments.receiver().clone();
    let array = array_of(&receiver)?;
    let (sep, format) = (arguments.get("sep"), arguments.get("format"));
    let (separator, format) = (as_str(&sep, "sep")?, as_str(&format, "format")?);
    let planning = context.runtime.ledger.is_planning();
    let mut text = String::new();
    if !separator.is_empty() && !array.buffer_ref().is_planned() {
        for (i, element) in items(array, Order::C).enumerate() {
            crate::interrupt::check()?;
            if i > 0 {
                text.push_str(separator);
            }
            let item = python_item(&element);
            match format {
                "" | "%s" => text.push_str(&crate::value::str(&item, &context.print_options)),
                format => {
                    let item = Value::tuple([item]);
                    match crate::python::percent(context, format, &item)? {
                        Value::Str(item) => text.push_str(&item),
                        _ => return Err(value_error("the format gives no text").at_argument("format")),
                    }
                }
            }
        }
    }
    let layout: Layout = array.layout().clone();
    let buffer = array.buffer();
    let write = |out: &mut dyn Write| match separator.is_empty() {
        true => write_elements(out, &buffer, &layout),
        false => out.write_all(text.as_bytes()).map_err(|error| crate::files::os_error(&error, None)),
    };
    let file = arguments.get("fid");
    if let Some(open) = file.downcast::<OpenFile>() {
        if open.stream.as_file().is_none() && !open.stream.is_closed() {
            return Err(Error::new(ErrorClass::UnsupportedOperation, "fileno").at_argument("fid"));
        }
        if !open.may(false) {
            return Err(Error::new(ErrorClass::UnsupportedOperation, "write").at_argument("fid"));
        }
        write(&mut &*open.stream)?;
        return Ok(Value::None);
    }
    let Some(path) = path_of(&file) else { return Err(no_flush(&file, "fid")) };
    if !planning {
        write_whole(&path, |out| write(out)).map_err(|error| error.at_argument("fid"))?;
    }
    Ok(Value::None)
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.fromfile",
            signature: "(file, dtype=float, count=-1, sep='', offset=0, *, like=None)",
            method: None,
            summary: "A new one-dimensional array of the elements in a file without a header.",
            memory: MemoryRule::New,
            notes: "The file does not say of which dtype they are. sep= reads a text. np.memmap looks at the same bytes \
                    without reading them all.",
            example: "\
>>> import tempfile
>>> f = tempfile.NamedTemporaryFile()
>>> np.arange(4, dtype=np.int16).tofile(f.name)
>>> np.fromfile(f.name, dtype=np.int16)
array([0, 1, 2, 3], dtype=int16)
>>> np.fromfile(f.name, dtype=np.uint8, count=4, offset=2)
array([1, 0, 2, 0], dtype=uint8)
>>> np.array([1.5, 2]).tofile(f.name, sep=',')
>>> np.fromfile(f.name, sep=',')
array([1.5, 2. ])
",
            see_also: &["ndarray.tofile", "np.load", "np.memmap", "np.frombuffer"],
            run: Run::Read(Reader::Keywords, run_fromfile),
        },
        Function {
            name: "ndarray.tofile",
            signature: "(fid, sep='', format='%s')",
            method: None,
            summary: "Writes the elements to a file, in C order and without a header; with sep= as a text.",
            memory: MemoryRule::NoArray,
            notes: "Shape and dtype are lost; np.save keeps them. A file is written whole or not at all.",
            example: "\
>>> import tempfile
>>> f = tempfile.NamedTemporaryFile()
>>> np.array([[1, 2], [3, 4]]).tofile(f.name, sep=' ', format='%03d')
>>> open(f.name).read()
'001 002 003 004'
>>> np.array([1, 2], dtype='>i2').tofile(f.name)
>>> open(f.name, 'rb').read()
b'\\x00\\x01\\x00\\x02'
",
            see_also: &["np.fromfile", "np.save", "ndarray.tobytes"],
            run: Run::Read(Reader::Keywords, run_tofile),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
