//! `np.memmap`: an array whose bytes are those of a file.

use super::npy::{descr, dtype_and_shape};
use crate::array::printing::PrintOptions;
use crate::array::{ArrayRef, DType, Layout, Mapped, NdArray, Order, Subclass, Type};
use crate::error::{Error, ErrorClass, Result, overflow_error, type_error, value_error};
use crate::files::header::{Header, Version};
use crate::files::{Stream, open_existing, os_error, write_whole};
use crate::memory::{AlignedBytes, MappedFile, Mapping};
use crate::numpy::attributes::array_of;
use crate::numpy::dtypes::{as_dtype, as_order};
use crate::python::files::{OpenFile, PosixPath, absolute, path_of, required_path};
use crate::registry::{Arguments, Attribute, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Class, Object, Value, as_index, classes, lengths, shape_of};
use std::any::Any;
use std::fs::File;
use std::io::Write;
use std::rc::Rc;

/// Mappings start at multiples of this many bytes (`mmap.ALLOCATIONGRANULARITY`).
const GRANULARITY: u64 = 4096;

/// Python's `mmap.mmap`, which keeps the bytes of a memmap.
struct Mmap {
    access: &'static str,
    /// The bytes that Python would map.
    length: u64,
    /// The byte of the file where they start.
    offset: u64,
}

impl Object for Mmap {
    fn class(&self) -> &'static Class {
        &classes::MMAP
    }

    fn repr(&self, _: &PrintOptions) -> String {
        format!(
            "<mmap.mmap closed=False, access={}, length={}, pos=0, offset={}>",
            self.access, self.length, self.offset
        )
    }

    fn attribute(&self, _: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        (name == "closed").then_some(Ok(Value::Bool(false)))
    }

    fn length(&self) -> Option<usize> {
        usize::try_from(self.length).ok()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The mode that a word names.
///
/// # Errors
/// `ValueError: mode must be one of ['r', 'c', 'r+', 'w+', 'readonly', ...] (got 'x')`.
fn mode_of(value: &Value) -> Result<&'static str> {
    let modes = [
        ("r", "r"),
        ("c", "c"),
        ("r+", "r+"),
        ("w+", "w+"),
        ("readonly", "r"),
        ("copyonwrite", "c"),
        ("readwrite", "r+"),
        ("write", "w+"),
    ];
    let found = match value {
        Value::Str(text) => modes.iter().find(|(word, _)| *word == &**text),
        _ => None,
    };
    found.map(|(_, mode)| *mode).ok_or_else(|| {
        let words: Vec<String> = modes.iter().map(|(word, _)| format!("'{word}'")).collect();
        let got = crate::value::repr(value, &Default::default());
        value_error(format!("mode must be one of [{}] (got {got})", words.join(", "))).at_argument("mode")
    })
}

/// What is mapped.
struct Wanted<'w> {
    /// As the program named the file.
    file: &'w Value,
    mode: &'static str,
    dtype: DType,
    /// All that there is, where no shape is given.
    shape: Option<Vec<usize>>,
    order: Order,
    offset: u64,
}

/// Opens, makes or lengthens the file, and maps its part. In a plan nothing happens to the file.
fn map(context: &Context, wanted: Wanted<'_>) -> Result<ArrayRef> {
    let Wanted { file, mode, dtype, shape, order, offset } = wanted;
    let planning = context.runtime.ledger.is_planning();
    let refuse = |error: &std::io::Error| os_error(error, None);
    let open = file.downcast::<OpenFile>();
    let path = match open {
        Some(_) => None,
        None => Some(required_path(file, "filename")?),
    };
    let opened: Option<Rc<File>> = match (open, &path) {
        (Some(open), _) => Some(open.stream.as_file().ok_or_else(no_fileno)?),
        (None, Some(path)) if mode != "w+" => {
            Some(Rc::new(open_existing(path, mode == "r+").map_err(|error| error.at_argument("filename"))?))
        }
        _ => None,
    };
    let len = match &opened {
        Some(file) => file.metadata().map_err(|error| refuse(&error))?.len(),
        None => 0,
    };
    let itemsize = dtype.itemsize() as u64;
    let shape = match shape {
        Some(shape) => shape,
        None => {
            let bytes = len.checked_sub(offset).ok_or_else(|| value_error("negative dimensions are not allowed"))?;
            if itemsize == 0 || !bytes.is_multiple_of(itemsize) {
                return Err(value_error("Size of available data is not a multiple of the data-type size."));
            }
            vec![(bytes / itemsize) as usize]
        }
    };
    let too_big =
        || value_error("array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.");
    let size = shape.iter().try_fold(itemsize, |n, &length| n.checked_mul(length as u64)).ok_or_else(too_big)?;
    let end = offset.checked_add(size).filter(|end| *end <= isize::MAX as u64).ok_or_else(too_big)?;
    let writes = mode == "w+" || mode == "r+";
    let needed = if writes { end.max(1) } else { end };
    if !writes && end == 0 {
        return Err(value_error("cannot mmap an empty file").at_argument("filename"));
    }
    if !writes && end > len {
        return Err(value_error("mmap length is greater than file size")
            .at_argument("filename")
            .label(format!("{end} bytes wanted, {len} there")));
    }
    let named = match (&path, open) {
        (Some(path), _) => Some(path.clone()),
        (None, Some(open)) => path_of(&open.name),
        _ => None,
    };
    let mapped = MappedFile { path: named.clone().unwrap_or_else(|| "no name".into()), mode };
    let buffer = if planning {
        context.runtime.ledger.plan_map(mapped, size as usize)
    } else {
        let file = match (opened, &path) {
            (Some(file), _) => {
                if writes && len < needed {
                    file.set_len(needed).map_err(|error| refuse(&error))?;
                }
                file
            }
            (None, Some(path)) => {
                Rc::new(write_whole(path, |out| out.get_ref().set_len(needed).map_err(|error| refuse(&error)))?)
            }
            (None, None) => return Err(no_fileno()),
        };
        let mapping = if writes { Mapping::Shared } else { Mapping::Private };
        let bytes = AlignedBytes::mapped(&file, offset, size as usize, mapping).map_err(|error| refuse(&error))?;
        context.runtime.ledger.map(mapped, bytes)
    };
    let start = offset - offset % GRANULARITY;
    let access = match mode {
        "r" => "ACCESS_READ",
        "c" => "ACCESS_COPY",
        _ => "ACCESS_WRITE",
    };
    let base = Value::object(Mmap { access, length: needed - start, offset: start });
    let array = NdArray::over(Layout::contiguous(dtype, &shape, order), buffer, Rc::new(base), mode != "r");
    let is_path = file.downcast::<PosixPath>().is_some();
    let filename = named.map(|name| absolute(&name));
    array.set_subclass(Subclass::Memmap(Some(Rc::new(Mapped { filename, is_path, mode, offset }))));
    Ok(array)
}

fn no_fileno() -> Error {
    Error::new(ErrorClass::UnsupportedOperation, "fileno").at_argument("filename")
}

/// A `.npy` file that is made anew: its dtype and shape.
pub struct Anew {
    /// The dtype.
    pub dtype: DType,
    /// The shape.
    pub shape: Vec<usize>,
    /// The order.
    pub order: Order,
    /// The version of the header; the oldest that can hold it where none is given.
    pub version: Option<Version>,
}

/// The array of a `.npy` file as a memmap; `anew` makes the file.
///
/// # Errors
/// Those of [`Header::read`] and of `np.memmap`.
pub fn open_memmap(
    context: &mut Context,
    file: &Value,
    mode: &str,
    anew: Option<Anew>,
    max_header_size: usize,
) -> Result<ArrayRef> {
    if file.downcast::<OpenFile>().is_some() {
        return Err(value_error(
            "Filename must be a string or a path-like object.  Memmap cannot use existing file handles.",
        )
        .at_argument("filename"));
    }
    const OBJECTS: &str = "Array can't be memory-mapped: Python objects in dtype.";
    let path = required_path(file, "filename")?;
    let mode = mode_of(&Value::str(mode))?;
    let (header, dtype, shape, offset) = match anew {
        Some(Anew { dtype, shape, order, version }) => {
            let lengths = shape.iter().map(|&length| length as i128).collect();
            let header = Header { descr: descr(&dtype)?, fortran_order: order == Order::F, shape: lengths };
            let (bytes, _) = header.to_bytes(version)?;
            let offset = bytes.len() as u64;
            if !context.runtime.ledger.is_planning() {
                let size = shape.iter().try_fold(dtype.itemsize() as u64, |n, &length| n.checked_mul(length as u64));
                let end = size.and_then(|size| size.checked_add(offset)).ok_or_else(|| value_error(OBJECTS))?;
                write_whole(&path, |out| {
                    let written = out.write_all(&bytes).and_then(|()| out.flush());
                    written.and_then(|()| out.get_ref().set_len(end)).map_err(|error| os_error(&error, None))
                })?;
            }
            (header, dtype, shape, offset)
        }
        None => {
            let stream = Stream::file(open_existing(&path, false)?, false);
            let header = Header::read(&mut &stream, max_header_size)?;
            let (dtype, shape) = dtype_and_shape(context, &header, OBJECTS)?;
            (header, dtype, shape, stream.tell())
        }
    };
    let is_new = mode == "w+";
    // What a plan would make is not there to be looked at.
    let mode = if is_new && !context.runtime.ledger.is_planning() { "r+" } else { mode };
    let order = if header.fortran_order { Order::F } else { Order::C };
    map(context, Wanted { file, mode, dtype, shape: Some(shape), order, offset })
}

fn run_memmap(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let mode = mode_of(&arguments.get("mode"))?;
    let shape = match arguments.some("shape") {
        None if mode == "w+" => return Err(value_error("shape must be given if mode == 'w+'").at_argument("shape")),
        None => None,
        Some(shape) => {
            let shape = shape_of(shape).map_err(|e| e.at_argument("shape"))?;
            let negative = |_| overflow_error("memory mapped length must be positive").at_argument("shape");
            Some(lengths(&shape).map_err(negative)?.to_vec())
        }
    };
    let dtype = as_dtype(context, &arguments.get("dtype")).map_err(|e| e.at_argument("dtype"))?;
    let offset = as_index(&arguments.get("offset")).map_err(|e| e.at_argument("offset"))?;
    let negative = |_| overflow_error("memory mapped offset must be positive").at_argument("offset");
    let offset = u64::try_from(offset).map_err(negative)?;
    let order = if as_order(&arguments.get("order"))? == Order::F { Order::F } else { Order::C };
    let file = arguments.get("filename");
    map(context, Wanted { file: &file, mode, dtype, shape, order, offset }).map(Value::Array)
}

fn run_open_memmap(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let mode = arguments.get("mode");
    let Value::Str(mode) = &mode else {
        return Err(type_error(format!("argument of type '{}' is not iterable", mode.type_name())).at_argument("mode"));
    };
    let anew = if mode.contains('w') {
        let dtype = match arguments.some("dtype") {
            None => Type::Float64.into(),
            Some(dtype) => as_dtype(context, &dtype.clone()).map_err(|e| e.at_argument("dtype"))?,
        };
        let shape = arguments.some("shape").ok_or_else(|| type_error("object of type 'NoneType' has no len()"))?;
        let shape = shape_of(shape).and_then(|shape| lengths(&shape)).map_err(|e| e.at_argument("shape"))?.to_vec();
        let order = if crate::value::is_true(&arguments.get("fortran_order"))? { Order::F } else { Order::C };
        Some(Anew { dtype, shape, order, version: super::format::version_of(arguments)? })
    } else {
        None
    };
    let most = usize::try_from(as_index(&arguments.get("max_header_size"))?).unwrap_or(0);
    open_memmap(context, &arguments.get("filename"), mode, anew, most).map(Value::Array)
}

/// What an array knows of its file.
fn mapped(value: &Value) -> Result<Option<Rc<Mapped>>> {
    Ok(match array_of(value)?.subclass() {
        Subclass::Memmap(mapped) => mapped,
        Subclass::Plain => None,
    })
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.memmap",
            signature: "(filename, dtype=np.uint8, mode='r+', offset=0, shape=None, order='C')",
            method: None,
            summary: "An array whose bytes are those of a file; they are read when they are first looked at.",
            memory: MemoryRule::View,
            notes: "Mode 'r' only reads, 'r+' changes the file, 'w+' makes it anew, 'c' keeps what is written in this \
                    process. Slices are views of the file too; what a ufunc gives is an array in memory. A plan makes and \
                    changes no file.",
            example: "\
>>> import tempfile
>>> f = tempfile.NamedTemporaryFile()
>>> m = np.memmap(f.name, dtype='i4', mode='w+', shape=(2, 3))
>>> m[1] = [7, 8, 9]
>>> m.flush()
>>> r = np.memmap(f.name, dtype='i4', mode='r')
>>> r
memmap([0, 0, 0, 7, 8, 9], dtype=int32)
>>> r[3:], r + 1, r.sum()
(memmap([7, 8, 9], dtype=int32), array([ 1,  1,  1,  8,  9, 10], dtype=int32), np.int64(24))
>>> r.base
<mmap.mmap closed=False, access=ACCESS_READ, length=24, pos=0, offset=0>
>>> isinstance(r, np.ndarray), type(np.asarray(r))
(True, <class 'numpy.ndarray'>)
",
            see_also: &["np.load", "np.fromfile", "np.lib.format.open_memmap"],
            run: Run::Read(Reader::Python, run_memmap),
        },
        Function {
            name: "memmap.flush",
            signature: "()",
            method: None,
            summary: "Waits until what was written to the array is in the file.",
            memory: MemoryRule::NoArray,
            notes: "Without it the operating system writes when it likes; who reads the file sees the change at once.",
            example: "\
>>> import tempfile
>>> f = tempfile.NamedTemporaryFile()
>>> m = np.memmap(f.name, mode='w+', shape=3)
>>> m[:] = 65
>>> m.flush()
>>> open(f.name, 'rb').read()
b'AAA'
",
            see_also: &["np.memmap"],
            run: Run::Read(Reader::Python, |context, arguments| {
                let receiver = arguments.receiver().clone();
                let array = array_of(&receiver)?;
                let buffer = array.buffer();
                let Some(file) = buffer.mapped_file() else { return Ok(Value::None) };
                if let Some(bytes) = buffer.bytes().filter(|_| file.is_shared()) {
                    bytes.flush().map_err(|error| os_error(&error, None))?;
                    let path = crate::text::quote::repr_str(&file.path);
                    context.notes.push(format!("what was written to #{} is in the file {path}", buffer.id()));
                }
                Ok(Value::None)
            }),
        },
        Function {
            name: "np.lib.format.open_memmap",
            signature: "(filename, mode='r+', dtype=None, shape=None, fortran_order=False, version=None, *, \
                        max_header_size=10000)",
            method: None,
            summary: "The array of a .npy file as a memmap; with mode 'w+' the file is made.",
            memory: MemoryRule::View,
            notes: "",
            example: "\
>>> import tempfile
>>> f = tempfile.NamedTemporaryFile(suffix='.npy')
>>> m = np.lib.format.open_memmap(f.name, mode='w+', dtype=np.int16, shape=(2, 2))
>>> m[0] = 5
>>> np.load(f.name)
array([[5, 5],
       [0, 0]], dtype=int16)
>>> m.offset
128
",
            see_also: &["np.memmap", "np.load"],
            run: Run::Read(Reader::Python, run_open_memmap),
        },
    ],
    attributes: &[
        Attribute {
            name: "memmap.filename",
            summary: "The path of the file from the root.",
            memory: MemoryRule::NoArray,
            example: "\
>>> import tempfile
>>> f = tempfile.NamedTemporaryFile()
>>> m = np.memmap(f.name, mode='w+', shape=3)
>>> m.filename == f.name, m.copy().filename
(True, None)
",
            get: |_, value| {
                let Some(mapped) = mapped(value)? else { return Ok(Value::None) };
                Ok(match &mapped.filename {
                    Some(name) if mapped.is_path => PosixPath::value(name),
                    Some(name) => Value::str(name),
                    None => Value::None,
                })
            },
            set: None,
        },
        Attribute {
            name: "memmap.offset",
            summary: "The byte of the file where the data starts.",
            memory: MemoryRule::NoArray,
            example: "\
>>> import tempfile
>>> f = tempfile.NamedTemporaryFile()
>>> np.memmap(f.name, mode='w+', offset=2, shape=3).offset
2
",
            get: |_, value| Ok(mapped(value)?.map_or(Value::None, |mapped| Value::int(mapped.offset))),
            set: None,
        },
        Attribute {
            name: "memmap.mode",
            summary: "How the file is mapped: 'r', 'r+', 'w+' or 'c'.",
            memory: MemoryRule::NoArray,
            example: "\
>>> import tempfile
>>> f = tempfile.NamedTemporaryFile()
>>> np.memmap(f.name, mode='w+', shape=3).mode
'w+'
",
            get: |_, value| Ok(mapped(value)?.map_or(Value::None, |mapped| Value::str(mapped.mode))),
            set: None,
        },
    ],
    constants: &[],
    aliases: &[],
    classes: &[],
};
