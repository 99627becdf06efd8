//! `open`, `io.BytesIO`, `io.StringIO`, and what can be done with an open file.

use super::io::{OpenFile, open_value};
use crate::error::{Result, type_error};
use crate::python::bytes;
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Value, as_index, as_str, classes, collect};

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: FUNCTIONS,
    attributes: &[],
    constants: &[],
    aliases: &[("io.open", "open")],
    classes: &[("io.BytesIO", &classes::BYTES_IO), ("io.StringIO", &classes::STRING_IO)],
};

/// The open file that a method was called on, alive as long as this.
struct Receiver(Value);

impl Receiver {
    fn of(arguments: &Arguments) -> Receiver {
        Receiver(arguments.receiver().clone())
    }

    fn file(&self) -> Result<&OpenFile> {
        let wrong = || type_error(format!("expected an open file, got '{}'", self.0.type_name()));
        self.0.downcast::<OpenFile>().ok_or_else(wrong)
    }
}

/// A size: nothing for None and what is below 0.
fn size(arguments: &Arguments, name: &str) -> Result<Option<u64>> {
    match arguments.some(name) {
        None => Ok(None),
        Some(size) => Ok(u64::try_from(as_index(size)?).ok()),
    }
}

fn bytes_io(_: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let bytes = match arguments.some("initial_bytes") {
        None => Vec::new(),
        Some(value) => bytes::required(value).map_err(|error| error.at_argument("initial_bytes"))?,
    };
    Ok(Value::object(OpenFile::memory(bytes, false)))
}

fn string_io(_: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let text = match arguments.some("initial_value") {
        None => "",
        Some(Value::Str(text)) => text,
        Some(other) => {
            let class = other.type_name();
            return Err(
                type_error(format!("initial_value must be str or None, not {class}")).at_argument("initial_value")
            );
        }
    };
    Ok(Value::object(OpenFile::memory(text.as_bytes().to_vec(), true)))
}

fn run_open(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let mode = arguments.get("mode");
    open_value(context, &arguments.get("file"), as_str(&mode, "open() argument 'mode'")?)
}

fn lines(file: &OpenFile) -> Result<Vec<Value>> {
    let mut lines = Vec::new();
    loop {
        crate::interrupt::check()?;
        let line = file.read_line()?;
        match &line {
            Value::Str(text) if text.is_empty() => return Ok(lines),
            Value::Bytes(bytes) if bytes.is_empty() => return Ok(lines),
            _ => lines.push(line),
        }
    }
}

const FUNCTIONS: &[Function] = &[
    Function {
        name: "open",
        signature: "(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None)",
        method: None,
        summary: "Opens a file: 'r' to read, 'w' to write anew, 'a' to append; with 'b' bytes, with '+' both ways.",
        memory: MemoryRule::NoArray,
        notes: "A plan opens files to read only, and makes none.",
        example: ">>> open('no such file.txt')\n\
                  FileNotFoundError: [Errno 2] No such file or directory: 'no such file.txt'\n\
                  >>> open('a.txt', 'q')\n\
                  ValueError: invalid mode: 'q'\n",
        see_also: &["io.BytesIO", "io.StringIO", "tempfile.TemporaryFile"],
        run: Run::Read(Reader::CPython, run_open),
    },
    Function {
        name: "io.BytesIO",
        signature: "(initial_bytes=None)",
        method: None,
        summary: "Bytes in memory that are read and written as a file is.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import io\n\
                  >>> f = io.BytesIO()\n\
                  >>> f.write(b'abcdef'), f.seek(2), f.read(3), f.tell()\n\
                  (6, 2, b'cde', 5)\n\
                  >>> f.getvalue()\n\
                  b'abcdef'\n",
        see_also: &["io.StringIO", "open"],
        run: Run::Read(Reader::CPython, bytes_io),
    },
    Function {
        name: "io.StringIO",
        signature: "(initial_value='', newline='\\n')",
        method: None,
        summary: "A text in memory that is read and written as a file is.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import io\n\
                  >>> f = io.StringIO('1 2\\n3 4\\n')\n\
                  >>> f.readline(), f.read()\n\
                  ('1 2\\n', '3 4\\n')\n\
                  >>> list(io.StringIO('a\\nb'))\n\
                  ['a\\n', 'b']\n",
        see_also: &["io.BytesIO", "np.loadtxt"],
        run: Run::Read(Reader::CPython, string_io),
    },
    Function {
        name: "_IOBase.read",
        signature: "(size=-1, /)",
        method: None,
        summary: "The next bytes or characters of a file, or all that are left.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import io\n\
                  >>> f = io.BytesIO(b'abc')\n\
                  >>> f.read(2), f.read(), f.read()\n\
                  (b'ab', b'c', b'')\n",
        see_also: &["_IOBase.readline", "_IOBase.write"],
        run: Run::Read(Reader::CPython, |_, arguments| {
            let size = size(arguments, "size")?;
            Receiver::of(arguments).file()?.read(size)
        }),
    },
    Function {
        name: "_IOBase.readline",
        signature: "()",
        method: None,
        summary: "The next line of a file, with its end.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import io\n\
                  >>> io.BytesIO(b'ab\\ncd').readline()\n\
                  b'ab\\n'\n",
        see_also: &["_IOBase.readlines", "_IOBase.read"],
        run: Run::Read(Reader::CPython, |_, arguments| Receiver::of(arguments).file()?.read_line()),
    },
    Function {
        name: "_IOBase.readlines",
        signature: "()",
        method: None,
        summary: "The lines of a file that are left, each with its end.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import io\n\
                  >>> io.StringIO('ab\\ncd').readlines()\n\
                  ['ab\\n', 'cd']\n",
        see_also: &["_IOBase.readline"],
        run: Run::Read(Reader::CPython, |_, arguments| Ok(Value::list(lines(Receiver::of(arguments).file()?)?))),
    },
    Function {
        name: "_IOBase.write",
        signature: "(data, /)",
        method: None,
        summary: "Writes bytes or text where a file stands; how many that are.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import io\n\
                  >>> f = io.StringIO()\n\
                  >>> f.write('abc')\n\
                  3\n\
                  >>> io.BytesIO().write('abc')\n\
                  TypeError: a bytes-like object is required, not 'str'\n",
        see_also: &["_IOBase.writelines", "_IOBase.read"],
        run: Run::Read(Reader::CPython, |_, arguments| {
            Ok(Value::int(Receiver::of(arguments).file()?.write(&arguments.get("data"))?))
        }),
    },
    Function {
        name: "_IOBase.writelines",
        signature: "(lines, /)",
        method: None,
        summary: "Writes several bytes or texts, one after the other.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import io\n\
                  >>> f = io.StringIO()\n\
                  >>> f.writelines(['a', 'b'])\n\
                  >>> f.getvalue()\n\
                  'ab'\n",
        see_also: &["_IOBase.write"],
        run: Run::Read(Reader::CPython, |context, arguments| {
            let receiver = Receiver::of(arguments);
            for line in collect(context, &arguments.get("lines"))? {
                receiver.file()?.write(&line)?;
            }
            Ok(Value::None)
        }),
    },
    Function {
        name: "_IOBase.seek",
        signature: "(offset, whence=0, /)",
        method: None,
        summary: "Goes to a place of a file: from the start (0), from where it stands (1), from the end (2).",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import io\n\
                  >>> f = io.BytesIO(b'abcdef')\n\
                  >>> f.seek(-2, 2), f.read()\n\
                  (4, b'ef')\n",
        see_also: &["_IOBase.tell"],
        run: Run::Read(Reader::CPython, |_, arguments| {
            let offset = as_index(&arguments.get("offset"))? as i64;
            let whence = as_index(&arguments.get("whence"))? as i64;
            Ok(Value::int(Receiver::of(arguments).file()?.seek(offset, whence)?))
        }),
    },
    Function {
        name: "_IOBase.tell",
        signature: "()",
        method: None,
        summary: "Where a file stands.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import io\n\
                  >>> f = io.BytesIO(b'abc')\n\
                  >>> f.read(2), f.tell()\n\
                  (b'ab', 2)\n",
        see_also: &["_IOBase.seek"],
        run: Run::Read(Reader::CPython, |_, arguments| Ok(Value::int(Receiver::of(arguments).file()?.tell()?))),
    },
    Function {
        name: "_IOBase.truncate",
        signature: "(size=None, /)",
        method: None,
        summary: "Cuts a file off where it stands, or at a size.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import io\n\
                  >>> f = io.BytesIO(b'abc')\n\
                  >>> f.truncate(1), f.getvalue()\n\
                  (1, b'a')\n",
        see_also: &["_IOBase.seek"],
        run: Run::Read(Reader::CPython, |_, arguments| {
            let size = size(arguments, "size")?;
            Ok(Value::int(Receiver::of(arguments).file()?.truncate(size)?))
        }),
    },
    Function {
        name: "_IOBase.flush",
        signature: "()",
        method: None,
        summary: "Nothing: what is written to a file is there at once.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import io\n\
                  >>> io.BytesIO().flush()\n",
        see_also: &["_IOBase.close"],
        run: Run::Read(Reader::CPython, |_, _| Ok(Value::None)),
    },
    Function {
        name: "_IOBase.close",
        signature: "()",
        method: None,
        summary: "Closes a file.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import io\n\
                  >>> f = io.BytesIO(b'abc')\n\
                  >>> f.close()\n\
                  >>> f.closed\n\
                  True\n\
                  >>> f.read()\n\
                  ValueError: I/O operation on closed file.\n",
        see_also: &["open"],
        run: Run::Read(Reader::CPython, |_, arguments| {
            Receiver::of(arguments).file()?.close();
            Ok(Value::None)
        }),
    },
    Function {
        name: "_IOBase.readable",
        signature: "()",
        method: None,
        summary: "Whether a file may be read.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import io\n\
                  >>> io.BytesIO().readable()\n\
                  True\n",
        see_also: &["_IOBase.writable"],
        run: Run::Read(Reader::CPython, |_, arguments| Ok(Value::Bool(Receiver::of(arguments).file()?.may(true)))),
    },
    Function {
        name: "_IOBase.writable",
        signature: "()",
        method: None,
        summary: "Whether a file may be written.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import io\n\
                  >>> io.BytesIO().writable()\n\
                  True\n",
        see_also: &["_IOBase.readable"],
        run: Run::Read(Reader::CPython, |_, arguments| Ok(Value::Bool(Receiver::of(arguments).file()?.may(false)))),
    },
    Function {
        name: "BytesIO.getvalue",
        signature: "()",
        method: None,
        summary: "All the bytes, wherever it stands.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import io\n\
                  >>> io.BytesIO(b'abc').getvalue()\n\
                  b'abc'\n",
        see_also: &["io.BytesIO"],
        run: Run::Read(Reader::CPython, |_, arguments| Receiver::of(arguments).file()?.contents()),
    },
    Function {
        name: "StringIO.getvalue",
        signature: "()",
        method: None,
        summary: "The whole text, wherever it stands.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import io\n\
                  >>> io.StringIO('abc').getvalue()\n\
                  'abc'\n",
        see_also: &["io.StringIO"],
        run: Run::Read(Reader::CPython, |_, arguments| Receiver::of(arguments).file()?.contents()),
    },
];
