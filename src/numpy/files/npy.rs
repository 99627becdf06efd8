//! `np.save`, `np.load`: one array in a `.npy` file.

use super::memmap::open_memmap;
use super::npz::NpzFile;
use super::source::{Source, write_to};
use crate::array::compound::{Compound, Field, Struct};
use crate::array::layout::transpose::transpose;
use crate::array::{ArrayRef, DType, Layout, NdArray, Order, Type};
use crate::error::{Error, ErrorClass, Result, not_implemented_error, type_error, value_error};
use crate::files::header::{Header, MAGIC, MAX_HEADER_SIZE, Version};
use crate::files::{Literal, read_elements, write_elements};
use crate::numpy::coercion::array_from;
use crate::numpy::compound;
use crate::numpy::dtypes::as_dtype;
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Value, as_bool, as_index};
use std::io::{Read, Write};
use std::rc::Rc;

/// The header that an array is written with (`header_data_from_array_1_0`).
///
/// # Errors
/// As [`descr`].
pub fn header_of(array: &NdArray) -> Result<Header> {
    let layout = array.layout();
    Ok(Header {
        descr: descr(&layout.dtype)?,
        fortran_order: layout.is_f_contiguous() && !layout.is_c_contiguous(),
        shape: layout.shape.iter().map(|&length| length as i128).collect(),
    })
}

/// A dtype as a header names it (`dtype_to_descr`).
///
/// # Errors
/// `ValueError` for a structure that no list of fields describes.
pub fn descr(dtype: &DType) -> Result<Literal> {
    match dtype.structure() {
        Some(_) => compound::descr(dtype).map(|descr| literal_of(&descr)),
        None => Ok(Literal::Str(dtype.str())),
    }
}

/// A value as a literal: what a description of a dtype is made of.
pub fn literal_of(value: &Value) -> Literal {
    match value {
        Value::Bool(truth) => Literal::Bool(*truth),
        Value::Int(int) => Literal::Int(int.to_i128().unwrap_or(0)),
        Value::Str(text) => Literal::Str(text.to_string()),
        Value::Tuple(items) => Literal::Tuple(items.iter().map(literal_of).collect()),
        Value::List(list) => Literal::List(list.to_vec().iter().map(literal_of).collect()),
        _ => Literal::None,
    }
}

/// The dtype that a header names: fields without a name are gaps (`descr_to_dtype`).
///
/// # Errors
/// `TypeError` for what names none.
pub fn dtype_of(context: &mut Context, descr: &Literal) -> Result<DType> {
    let wrong = || type_error(format!("{} names no dtype", descr.repr()));
    match descr {
        Literal::Tuple(parts) => {
            let [base, shape] = parts.as_slice() else { return Err(wrong()) };
            let base = dtype_of(context, base)?;
            as_dtype(context, &Value::tuple([Value::dtype(base), value_of(shape)]))
        }
        Literal::List(items) => {
            let (mut fields, mut offset) = (Vec::new(), 0usize);
            for item in items {
                let Literal::Tuple(parts) = item else { return Err(wrong()) };
                let (name, dtype) = match parts.as_slice() {
                    [name, base] => (name, dtype_of(context, base)?),
                    [name, base, shape] => {
                        let base = dtype_of(context, base)?;
                        (name, as_dtype(context, &Value::tuple([Value::dtype(base), value_of(shape)]))?)
                    }
                    _ => return Err(wrong()),
                };
                let itemsize = dtype.itemsize();
                let is_gap =
                    *name == Literal::Str(String::new()) && dtype.ty() == Type::Void && dtype.compound().is_none();
                if !is_gap {
                    let (title, name) = match name {
                        Literal::Str(name) => (None, name),
                        Literal::Tuple(pair) => match pair.as_slice() {
                            [Literal::Str(title), Literal::Str(name)] => (Some(title.clone()), name),
                            _ => return Err(wrong()),
                        },
                        _ => return Err(wrong()),
                    };
                    fields.push(Field::new(name, title, dtype, offset));
                }
                offset = offset.checked_add(itemsize).ok_or_else(wrong)?;
            }
            Ok(DType::of_parts(Compound::Struct(Struct { fields, itemsize: offset, aligned: false, over: None })))
        }
        other => as_dtype(context, &value_of(other)),
    }
}

/// A literal as a value.
pub fn value_of(literal: &Literal) -> Value {
    match literal {
        Literal::None => Value::None,
        Literal::Bool(truth) => Value::Bool(*truth),
        Literal::Int(int) => Value::int(*int),
        Literal::Str(text) => Value::str(text),
        Literal::Tuple(items) => Value::tuple(items.iter().map(value_of)),
        Literal::List(items) => Value::list(items.iter().map(value_of)),
        // no dtype is spelled with one in a header
        Literal::Dict(_) => Value::None,
    }
}

/// Whether a dtype that a header names has Python objects in it.
fn has_objects(descr: &Literal) -> bool {
    match descr {
        Literal::Str(text) => text.trim_start_matches(['|', '<', '>', '=']).starts_with('O'),
        Literal::Tuple(items) | Literal::List(items) => {
            items.iter().skip(usize::from(items.len() > 1)).any(has_objects)
                || matches!(descr, Literal::List(_)) && items.first().is_some_and(has_objects)
        }
        _ => false,
    }
}

/// The dtype and the shape that a header names.
///
/// # Errors
/// `ValueError` with `objects` for a dtype of Python objects; `ValueError: descr is not a valid dtype descriptor: ...`.
pub fn dtype_and_shape(context: &mut Context, header: &Header, objects: &str) -> Result<(DType, Vec<usize>)> {
    if has_objects(&header.descr) {
        return Err(value_error(objects));
    }
    let dtype = dtype_of(context, &header.descr).map_err(|error| match error.class() {
        ErrorClass::TypeError if matches!(header.descr, Literal::Str(_)) => error,
        ErrorClass::TypeError => value_error(format!("descr is not a valid dtype descriptor: {}", header.descr.repr())),
        _ => error,
    })?;
    let length = |length: &i128| {
        usize::try_from(*length).map_err(|_| match *length < 0 {
            true => value_error("negative dimensions are not allowed"),
            false => value_error("Maximum allowed dimension exceeded"),
        })
    };
    Ok((dtype, header.shape.iter().map(length).collect::<Result<_>>()?))
}

/// Writes an array with its header, where `out` stands.
///
/// # Errors
/// `OSError`, `MemoryError`; `ValueError` for a version that cannot hold the header.
pub fn write_array(out: &mut dyn Write, array: &ArrayRef, version: Option<Version>) -> Result<Version> {
    let header = header_of(array)?;
    let (bytes, version) = header.to_bytes(version)?;
    out.write_all(&bytes).map_err(|error| crate::files::os_error(&error, None))?;
    let layout = array.layout();
    let layout = if header.fortran_order { transpose(&layout, None)? } else { layout.clone() };
    write_elements(out, &array.buffer(), &layout)?;
    Ok(version)
}

/// Warns where an older NumPy could not read what was written.
pub fn warn_of_version(context: &Context, version: Version) {
    let message = match version {
        (2, 0) => "Stored array in format 2.0. It can only beread by NumPy >= 1.9",
        (3, 0) => "Stored array in format 3.0. It can only be read by NumPy >= 1.17",
        _ => return,
    };
    context.runtime.warn(ErrorClass::UserWarning, message);
}

/// How an array is read.
#[derive(Clone, Copy)]
pub struct Reading {
    /// Whether the file is trusted to be unpickled, which is never done here.
    pub allow_pickle: bool,
    /// The longest header that is read.
    pub max_header_size: usize,
}

impl Reading {
    /// As the arguments say.
    ///
    /// # Errors
    /// `TypeError` for a size that is no int.
    pub fn of(arguments: &Arguments) -> Result<Reading> {
        let allow_pickle = as_bool(&arguments.get("allow_pickle"))?;
        let most = as_index(&arguments.get("max_header_size"))?;
        let max_header_size = if allow_pickle { usize::MAX } else { usize::try_from(most).unwrap_or(0) };
        Ok(Reading { allow_pickle, max_header_size })
    }
}

impl Default for Reading {
    fn default() -> Reading {
        Reading { allow_pickle: false, max_header_size: MAX_HEADER_SIZE }
    }
}

/// Reads the array at which a source stands; `left` bytes are left in it. `is_real` is whether it is a file of the
/// operating system, of which NumPy reads what there is before it complains.
///
/// # Errors
/// NumPy's `ValueError`s for what is no `.npy` file, or not whole.
pub fn read_array(
    context: &mut Context,
    source: &mut dyn Read,
    left: u64,
    reading: Reading,
    is_real: bool,
) -> Result<ArrayRef> {
    let mut counted = Counted { source, count: 0 };
    let header = Header::read(&mut counted, reading.max_header_size)?;
    let left = left.saturating_sub(counted.count);
    if reading.allow_pickle && has_objects(&header.descr) {
        return Err(not_implemented_error("ndsh loads no pickles: they can run any code"));
    }
    let (dtype, shape) = dtype_and_shape(context, &header, "Object arrays cannot be loaded when allow_pickle=False")?;
    let product = shape.iter().try_fold(1usize, |n, &length| n.checked_mul(length));
    let count = product.filter(|count| count.checked_mul(dtype.itemsize()).is_some());
    let count = count.ok_or_else(|| {
        value_error("array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.")
    })?;
    let there = (left / dtype.itemsize().max(1) as u64) as usize;
    if there < count && !context.runtime.ledger.is_planning() {
        return Err(incomplete(&header, (count, there), dtype.itemsize(), left, is_real));
    }
    let flat = read_elements(&context.runtime, counted.source, left, &dtype, count)?;
    let reversed: Vec<usize> = shape.iter().rev().copied().collect();
    let layout = match header.fortran_order {
        true => transpose(&Layout::contiguous(dtype, &reversed, Order::C), None)?,
        false => Layout::contiguous(dtype, &shape, Order::C),
    };
    Ok(NdArray::view(&flat, layout))
}

/// What NumPy says of a file that ends too early.
fn incomplete(header: &Header, (count, there): (usize, usize), itemsize: usize, left: u64, is_real: bool) -> Error {
    const PIECE: usize = 1 << 18;
    if is_real {
        let shape = Literal::Tuple(header.shape.iter().copied().map(Literal::Int).collect()).repr();
        return value_error(format!(
            "Failed to read all data for array. Expected {shape} = {count} elements, could only read {there} elements. \
             (file seems not fully written?)"
        ));
    }
    let piece = (PIECE / itemsize.clamp(1, PIECE) * itemsize) as u64;
    let before = left / piece * piece;
    let expected = piece.min((count * itemsize) as u64 - before);
    value_error(format!("EOF: reading array data, expected {expected} bytes got {}", left - before))
}

/// A source that counts what was read of it.
struct Counted<'s> {
    source: &'s mut dyn Read,
    count: u64,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.source.read(into)?;
        self.count += count as u64;
        Ok(count)
    }
}

fn run_save(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = array_from(context, &arguments.get("arr"), None).map_err(|e| e.at_argument("arr"))?;
    let mut version = (1, 0);
    write_to(context, &arguments.get("file"), ("file", ".npy"), |out| {
        version = write_array(out, &array, None)?;
        Ok(())
    })?;
    warn_of_version(context, version);
    Ok(Value::None)
}

fn run_load(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let encoding = arguments.get("encoding");
    if !matches!(&encoding, Value::Str(name) if ["ASCII", "latin1", "bytes"].contains(&&**name)) {
        return Err(value_error("encoding must be 'ASCII', 'latin1', or 'bytes'").at_argument("encoding"));
    }
    let file = arguments.get("file");
    let reading = Reading::of(arguments)?;
    let source = Source::of(&file, "file")?;
    let stream = &source.stream;
    let place = stream.tell();
    let magic = stream.read(Some(MAGIC.len() as u64))?;
    if magic.is_empty() {
        return Err(Error::new(ErrorClass::EOFError, "No data left in file").at_argument("file"));
    }
    stream.seek(place as i64, crate::files::Whence::Start)?;
    if magic.starts_with(b"PK\x03\x04") || magic.starts_with(b"PK\x05\x06") {
        return Ok(Value::object(NpzFile::open(&source, reading)?));
    }
    if magic != MAGIC {
        return Err(match reading.allow_pickle {
            true => not_implemented_error("ndsh loads no pickles: they can run any code"),
            false => value_error(
                "This file contains pickled (object) data. If you trust the file you can load it unsafely using the \
                 `allow_pickle=` keyword argument or `pickle.load()`.",
            ),
        }
        .at_argument("file"));
    }
    match arguments.some("mmap_mode") {
        Some(mode) if crate::value::is_true(mode)? => {
            let Value::Str(mode) = mode.clone() else {
                return Err(type_error(format!("argument of type '{}' is not iterable", mode.type_name()))
                    .at_argument("mmap_mode"));
            };
            open_memmap(context, &file, &mode, None, reading.max_header_size).map(Value::Array)
        }
        _ => {
            let left = stream.left()?;
            let array = read_array(context, &mut &**stream, left, reading, source.is_real)?;
            Ok(Rc::clone(&array).into())
        }
    }
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.save",
            signature: "(file, arr, allow_pickle=True)",
            method: None,
            summary: "Writes an array to a .npy file: a header with dtype and shape, and the elements.",
            memory: MemoryRule::NoArray,
            notes: "A file is written whole or not at all. A name without .npy gets it. Elements that are not side by side \
                    are put so piece by piece, not by a copy of the whole. A plan writes nothing.",
            example: "\
>>> import io
>>> f = io.BytesIO()
>>> np.save(f, np.arange(6).reshape(2, 3))
>>> f.getvalue()[:8], len(f.getvalue())
(b'\\x93NUMPY\\x01\\x00', 176)
>>> f.seek(0)
0
>>> np.load(f)
array([[0, 1, 2],
       [3, 4, 5]])
>>> np.save('no such folder/a', np.arange(3))
FileNotFoundError: [Errno 2] No such file or directory: 'no such folder/a.npy'
",
            see_also: &["np.load", "np.savez", "np.savetxt", "ndarray.tofile"],
            run: Run::Call(run_save),
        },
        Function {
            name: "np.load",
            signature: "(file, mmap_mode=None, allow_pickle=False, fix_imports=True, encoding='ASCII', *, \
                        max_header_size=10000)",
            method: None,
            summary: "The array of a .npy file, or the arrays of a .npz file; with mmap_mode a memmap of the file.",
            memory: MemoryRule::New,
            notes: "The elements are read into new memory. With mmap_mode='r', 'r+' or 'c' nothing is read before it is \
                    looked at, so that the file may be larger than the memory. Pickles are never loaded.",
            example: "\
>>> import tempfile
>>> f = tempfile.NamedTemporaryFile(suffix='.npy')
>>> np.save(f.name, np.arange(6).reshape(2, 3))
>>> np.load(f.name)
array([[0, 1, 2],
       [3, 4, 5]])
>>> m = np.load(f.name, mmap_mode='r')
>>> m[1]
memmap([3, 4, 5])
>>> m[0] = 9
ValueError: assignment destination is read-only
>>> np.load('no such file.npy')
FileNotFoundError: [Errno 2] No such file or directory: 'no such file.npy'
",
            see_also: &["np.save", "np.memmap", "np.fromfile", "np.loadtxt"],
            run: Run::Read(Reader::Python, run_load),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
