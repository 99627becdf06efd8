//! `np.lib.format`: the parts of a `.npy` file.

use super::npy::{self, Reading, header_of, value_of};
use super::source::{Source, write_to};
use crate::error::{Result, type_error, value_error};
use crate::files::header::{self, Header, MAGIC, MAGIC_LEN, Version};
use crate::numpy::coercion::array_from;
use crate::numpy::dtypes::as_dtype;
use crate::registry::{Arguments, Constant, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Dict, Value, as_index, iterate};
use std::rc::Rc;

/// The version that an argument names; nothing for None.
///
/// # Errors
/// `ValueError: we only support format version (1,0), (2,0), and (3,0), not ...`.
pub fn version_of(arguments: &Arguments) -> Result<Option<Version>> {
    let Some(version) = arguments.some("version") else { return Ok(None) };
    let parts = iterate(version)?.map(|part| as_index(&part?)).collect::<Result<Vec<_>>>()?;
    let version = match parts.as_slice() {
        [major, minor] => u8::try_from(*major).ok().zip(u8::try_from(*minor).ok()),
        _ => None,
    };
    let unknown = || {
        let shown = crate::value::repr(&arguments.get("version"), &Default::default());
        value_error(format!("we only support format version (1,0), (2,0), and (3,0), not {shown}"))
    };
    let version = version.ok_or_else(unknown)?;
    header::check_version(version).map_err(|error| error.at_argument("version"))?;
    Ok(Some(version))
}

fn run_magic(_: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let byte = |name: &str| {
        let message = || value_error(format!("{name} version must be 0 <= {name} < 256")).at_argument(name);
        u8::try_from(as_index(&arguments.get(name))?).map_err(|_| message())
    };
    Ok(Value::Bytes(header::magic((byte("major")?, byte("minor")?)).into()))
}

fn run_read_magic(_: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let source = Source::of(&arguments.get("fp"), "fp")?;
    let (major, minor) = header::read_magic(&mut &*source.stream)?;
    Ok(Value::ints([major, minor]))
}

fn run_header_data(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = array_from(context, &arguments.get("array"), None)?;
    let header = header_of(&array)?;
    let entries = [
        ("shape", Value::ints(header.shape.iter().copied())),
        ("fortran_order", Value::Bool(header.fortran_order)),
        ("descr", value_of(&header.descr)),
    ];
    let dict = Dict::new(entries.into_iter().map(|(key, value)| (key.into(), value)))?;
    Ok(Value::Dict(Rc::new(dict)))
}

fn read_header(context: &mut Context, arguments: &mut Arguments, version: Version) -> Result<Value> {
    let most = usize::try_from(as_index(&arguments.get("max_header_size"))?).unwrap_or(0);
    let source = Source::of(&arguments.get("fp"), "fp")?;
    let header = Header::read_version(&mut &*source.stream, version, most)?;
    let dtype = npy::dtype_of(context, &header.descr)?;
    let shape = Value::ints(header.shape.iter().copied());
    Ok(Value::tuple([shape, Value::Bool(header.fortran_order), Value::dtype(dtype)]))
}

fn run_write_array(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let given = version_of(arguments)?;
    let Value::Array(array) = arguments.get("array") else {
        let class = arguments.get("array").type_name();
        return Err(type_error(format!("expected an array, got '{class}'")).at_argument("array"));
    };
    let mut version = (1, 0);
    write_to(context, &arguments.get("fp"), ("fp", ""), |out| {
        version = npy::write_array(out, &array, given)?;
        Ok(())
    })?;
    if given.is_none() {
        npy::warn_of_version(context, version);
    }
    Ok(Value::None)
}

fn run_read_array(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let source = Source::of(&arguments.get("fp"), "fp")?;
    let left = source.stream.left()?;
    let reading = Reading::of(arguments)?;
    npy::read_array(context, &mut &*source.stream, left, reading, source.is_real).map(Value::Array)
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.lib.format.magic",
            signature: "(major, minor)",
            method: None,
            summary: "What a .npy file of a version starts with.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.lib.format.magic(1, 0)
b'\\x93NUMPY\\x01\\x00'
",
            see_also: &["np.lib.format.read_magic"],
            run: Run::Read(Reader::Python, run_magic),
        },
        Function {
            name: "np.lib.format.read_magic",
            signature: "(fp)",
            method: None,
            summary: "The version of the .npy file at which an open file stands.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> import io
>>> f = io.BytesIO()
>>> np.save(f, np.arange(3))
>>> f.seek(0)
0
>>> np.lib.format.read_magic(f)
(1, 0)
>>> np.lib.format.read_array_header_1_0(f)
((3,), False, dtype('int64'))
",
            see_also: &["np.lib.format.magic", "np.lib.format.read_array_header_1_0"],
            run: Run::Read(Reader::Python, run_read_magic),
        },
        Function {
            name: "np.lib.format.header_data_from_array_1_0",
            signature: "(array)",
            method: None,
            summary: "What the header of a .npy file says of an array.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.lib.format.header_data_from_array_1_0(np.zeros((2, 3)).T)
{'shape': (3, 2), 'fortran_order': True, 'descr': '<f8'}
",
            see_also: &["np.save"],
            run: Run::Read(Reader::Python, run_header_data),
        },
        Function {
            name: "np.lib.format.read_array_header_1_0",
            signature: "(fp, max_header_size=10000)",
            method: None,
            summary: "Shape, order and dtype from the header behind the magic of version 1.0.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> import io
>>> f = io.BytesIO(b'')
>>> np.lib.format.read_array_header_1_0(f)
ValueError: EOF: reading array header length, expected 2 bytes got 0
",
            see_also: &["np.lib.format.read_magic"],
            run: Run::Read(Reader::Python, |context, arguments| read_header(context, arguments, (1, 0))),
        },
        Function {
            name: "np.lib.format.read_array_header_2_0",
            signature: "(fp, max_header_size=10000)",
            method: None,
            summary: "Shape, order and dtype from the header behind the magic of version 2.0.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> import io
>>> f = io.BytesIO()
>>> np.lib.format.write_array(f, np.arange(3), version=(2, 0))
>>> f.seek(0), np.lib.format.read_magic(f)
(0, (2, 0))
>>> np.lib.format.read_array_header_2_0(f)
((3,), False, dtype('int64'))
",
            see_also: &["np.lib.format.read_magic"],
            run: Run::Read(Reader::Python, |context, arguments| read_header(context, arguments, (2, 0))),
        },
        Function {
            name: "np.lib.format.write_array",
            signature: "(fp, array, version=None, allow_pickle=True, pickle_kwargs=None)",
            method: None,
            summary: "Writes header and elements of an array to an open file.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> import io
>>> f = io.BytesIO()
>>> np.lib.format.write_array(f, np.arange(3), version=(1, 0))
>>> len(f.getvalue())
152
>>> np.lib.format.write_array(f, np.arange(3), version=(4, 0))
ValueError: we only support format version (1,0), (2,0), and (3,0), not (4, 0)
",
            see_also: &["np.save", "np.lib.format.read_array"],
            run: Run::Read(Reader::Python, run_write_array),
        },
        Function {
            name: "np.lib.format.read_array",
            signature: "(fp, allow_pickle=False, pickle_kwargs=None, *, max_header_size=10000)",
            method: None,
            summary: "The array of the .npy file at which an open file stands.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> import io
>>> f = io.BytesIO()
>>> np.save(f, np.arange(3))
>>> f.seek(0)
0
>>> np.lib.format.read_array(f)
array([0, 1, 2])
",
            see_also: &["np.load", "np.lib.format.write_array"],
            run: Run::Read(Reader::Python, run_read_array),
        },
        Function {
            name: "np.lib.format.descr_to_dtype",
            signature: "(descr)",
            method: None,
            summary: "The dtype that the header of a .npy file names.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.lib.format.descr_to_dtype('<i4')
dtype('int32')
",
            see_also: &["np.lib.format.dtype_to_descr"],
            run: Run::Read(Reader::Python, |context, arguments| {
                let descr = npy::literal_of(&arguments.get("descr"));
                let dtype = npy::dtype_of(context, &descr).map_err(|e| e.at_argument("descr"))?;
                Ok(Value::dtype(dtype))
            }),
        },
        Function {
            name: "np.lib.format.dtype_to_descr",
            signature: "(dtype)",
            method: None,
            summary: "A dtype as the header of a .npy file names it.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.lib.format.dtype_to_descr(np.dtype('int32'))
'<i4'
",
            see_also: &["np.lib.format.descr_to_dtype"],
            run: Run::Read(Reader::Python, |context, arguments| {
                let dtype = as_dtype(context, &arguments.get("dtype")).map_err(|e| e.at_argument("dtype"))?;
                Ok(value_of(&npy::descr(&dtype)?))
            }),
        },
    ],
    attributes: &[],
    constants: &[
        Constant {
            name: "np.lib.format.MAGIC_PREFIX",
            summary: "What every .npy file starts with.",
            value: || Value::Bytes(MAGIC.into()),
        },
        Constant {
            name: "np.lib.format.MAGIC_LEN",
            summary: "The bytes of the magic and the version.",
            value: || Value::int(MAGIC_LEN),
        },
        Constant {
            name: "np.lib.format.ARRAY_ALIGN",
            summary: "The elements of a .npy file start at a multiple of this many bytes.",
            value: || Value::int(64),
        },
    ],
    aliases: &[],
    classes: &[],
};
