//! Python's module `tempfile`: files and folders that have no name of their own, or one that nobody else has.

use super::io::OpenFile;
use super::path::required_path;
use crate::error::{Error, ErrorClass, Result};
use crate::files::{Stream, os_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Value, as_bool, as_str};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::time::{SystemTime, UNIX_EPOCH};

/// Makes something under a name in the temporary folder that is not taken.
fn make<T>(arguments: &Arguments, make: impl Fn(&str) -> io::Result<T>) -> Result<(String, T)> {
    let part = |name: &str| match arguments.some(name) {
        Some(Value::Str(text)) => Ok(text.to_string()),
        Some(other) => as_str(other, name).map(str::to_string),
        None => Ok(if name == "prefix" { "tmp".to_string() } else { String::new() }),
    };
    let (prefix, suffix) = (part("prefix")?, part("suffix")?);
    let folder = match arguments.some("dir") {
        Some(folder) => required_path(folder, "dir")?,
        None => std::env::temp_dir().to_string_lossy().into_owned(),
    };
    let folder = folder.trim_end_matches('/');
    let mut seed = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos() as u64);
    for _ in 0..1000 {
        seed = (seed ^ std::process::id() as u64).wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        let letters = b"abcdefghijklmnopqrstuvwxyz0123456789_";
        let letter = |n: u32| letters[(seed >> (8 + 6 * n)) as usize % letters.len()] as char;
        let name: String = (0..8).map(letter).collect();
        let path = format!("{folder}/{prefix}{name}{suffix}");
        match make(&path) {
            Ok(made) => return Ok((path, made)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(os_error(&error, Some(&path))),
        }
    }
    Err(Error::new(ErrorClass::FileExistsError, "[Errno 17] No usable temporary file name found"))
}

fn create(path: &str) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create_new(true).open(path)
}

fn mode(arguments: &Arguments) -> Result<String> {
    Ok(as_str(&arguments.get("mode"), "mode")?.to_string())
}

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

fn named(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let mode = mode(arguments)?;
    if context.runtime.ledger.is_planning() {
        let (path, ()) = make(arguments, |_| Ok(()))?;
        return Ok(Value::object(OpenFile::temporary(Stream::memory(Vec::new()), Value::str(path), &mode, None)));
    }
    let deletes = as_bool(&arguments.get("delete"))?;
    let (path, file) = make(arguments, create)?;
    let stream = Stream::file(file, false);
    Ok(Value::object(OpenFile::temporary(stream, Value::str(&path), &mode, deletes.then_some(path))))
}

fn unnamed(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let mode = mode(arguments)?;
    let stream = match context.runtime.ledger.is_planning() {
        true => Stream::memory(Vec::new()),
        false => {
            let (path, file) = make(arguments, create)?;
            let _ = fs::remove_file(path);
            Stream::file(file, false)
        }
    };
    Ok(Value::object(OpenFile::temporary(stream, Value::int(3), &mode, None)))
}

fn folder(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let (path, ()) = match context.runtime.ledger.is_planning() {
        true => make(arguments, |_| Ok(()))?,
        false => make(arguments, |path| fs::create_dir(path))?,
    };
    Ok(Value::str(path))
}

const FUNCTIONS: &[Function] = &[
    Function {
        name: "tempfile.TemporaryFile",
        signature: "(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *, \
                    errors=None)",
        method: None,
        summary: "An open file without a name, which is gone when it is closed.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> from tempfile import TemporaryFile\n\
                  >>> f = TemporaryFile()\n\
                  >>> np.save(f, np.arange(3))\n\
                  >>> f.seek(0)\n\
                  0\n\
                  >>> np.load(f)\n\
                  array([0, 1, 2])\n",
        see_also: &["tempfile.NamedTemporaryFile", "io.BytesIO"],
        run: Run::Read(Reader::Python, unnamed),
    },
    Function {
        name: "tempfile.NamedTemporaryFile",
        signature: "(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, \
                    delete=True, *, errors=None)",
        method: None,
        summary: "An open file with a name that nobody else has; it is gone when it is closed.",
        memory: MemoryRule::NoArray,
        notes: "A plan makes none.",
        example: ">>> import os, tempfile\n\
                  >>> f = tempfile.NamedTemporaryFile(suffix='.npy')\n\
                  >>> os.path.exists(f.name), f.name.endswith('.npy')\n\
                  (True, True)\n\
                  >>> f.close()\n\
                  >>> os.path.exists(f.name)\n\
                  False\n",
        see_also: &["tempfile.TemporaryFile", "tempfile.mkdtemp"],
        run: Run::Read(Reader::Python, named),
    },
    Function {
        name: "tempfile.mkdtemp",
        signature: "(suffix=None, prefix=None, dir=None)",
        method: None,
        summary: "Makes a folder with a name that nobody else has, and gives its path.",
        memory: MemoryRule::NoArray,
        notes: "It stays until somebody removes it. A plan makes none.",
        example: ">>> import os, tempfile\n\
                  >>> folder = tempfile.mkdtemp()\n\
                  >>> os.listdir(folder)\n\
                  []\n\
                  >>> os.rmdir(folder)\n",
        see_also: &["tempfile.NamedTemporaryFile"],
        run: Run::Read(Reader::Python, folder),
    },
    Function {
        name: "tempfile.gettempdir",
        signature: "()",
        method: None,
        summary: "The folder for temporary files.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import os, tempfile\n\
                  >>> os.path.exists(tempfile.gettempdir())\n\
                  True\n",
        see_also: &["tempfile.mkdtemp"],
        run: Run::Read(Reader::Python, |_, _| Ok(Value::str(std::env::temp_dir().to_string_lossy()))),
    },
];
