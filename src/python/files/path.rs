//! Paths: which values name a file, `os.path` and `pathlib.Path`.

use crate::array::printing::PrintOptions;
use crate::error::{Result, type_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::text::quote::repr_str;
use crate::value::{Class, Object, Value, classes};
use std::any::Any;
use std::path::Path;

/// The path that a value names: a str, a bytes, a `pathlib.Path`.
pub fn path_of(value: &Value) -> Option<String> {
    match value {
        Value::Str(text) => Some(text.to_string()),
        Value::Bytes(bytes) => String::from_utf8(bytes.to_vec()).ok(),
        other => other.downcast::<PosixPath>().map(|path| path.text.clone()),
    }
}

/// [`path_of`] an argument that must name one.
///
/// # Errors
/// `TypeError: expected str, bytes or os.PathLike object, not int`.
pub fn required_path(value: &Value, parameter: &str) -> Result<String> {
    path_of(value).ok_or_else(|| {
        let class = value.type_name();
        type_error(format!("expected str, bytes or os.PathLike object, not {class}")).at_argument(parameter)
    })
}

/// A path relative to the working directory from the root, without `.` and `..` (`os.path.abspath`).
pub fn absolute(path: &str) -> String {
    let whole = match path.starts_with('/') {
        true => path.to_string(),
        false => {
            let here = std::env::current_dir().unwrap_or_default();
            format!("{}/{path}", here.to_string_lossy())
        }
    };
    normal(&whole)
}

/// Without `.`, `..` and double slashes (`os.path.normpath`).
fn normal(path: &str) -> String {
    let root = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if root => {}
            part => parts.push(part),
        }
    }
    match (root, parts.join("/")) {
        (true, path) => format!("/{path}"),
        (false, path) if path.is_empty() => ".".into(),
        (false, path) => path,
    }
}

/// `os.path.join`.
fn join(first: &str, more: &[String]) -> String {
    more.iter().fold(first.to_string(), |path, part| match part.starts_with('/') {
        true => part.clone(),
        false if path.is_empty() || path.ends_with('/') => format!("{path}{part}"),
        false => format!("{path}/{part}"),
    })
}

/// Head and tail at the last slash (`os.path.split`).
fn split(path: &str) -> (&str, &str) {
    let (head, tail) = path.split_at(path.rfind('/').map_or(0, |at| at + 1));
    let bare = head.trim_end_matches('/');
    (if bare.is_empty() { head } else { bare }, tail)
}

/// Root and extension (`os.path.splitext`).
fn split_extension(path: &str) -> (&str, &str) {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    let start = name + path[name..].len() - path[name..].trim_start_matches('.').len();
    path.split_at(path[start..].rfind('.').map_or(path.len(), |at| start + at))
}

/// `pathlib.Path`.
pub struct PosixPath {
    text: String,
}

impl PosixPath {
    /// The path, without `.` and double slashes.
    pub fn value(path: &str) -> Value {
        let root = path.starts_with('/');
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
        let text = match (root, parts.join("/")) {
            (true, path) => format!("/{path}"),
            (false, path) if path.is_empty() => ".".into(),
            (false, path) => path,
        };
        Value::object(PosixPath { text })
    }

    /// `path / part`.
    pub fn joined(&self, part: &Value) -> Option<Value> {
        path_of(part).map(|part| PosixPath::value(&join(&self.text, &[part])))
    }

    fn name(&self) -> &str {
        split(&self.text).1
    }
}

impl Object for PosixPath {
    fn class(&self) -> &'static Class {
        &classes::POSIX_PATH
    }

    fn repr(&self, _: &PrintOptions) -> String {
        format!("PosixPath({})", repr_str(&self.text))
    }

    fn str(&self, _: &PrintOptions) -> String {
        self.text.clone()
    }

    fn attribute(&self, _: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        Some(Ok(match name {
            "name" => Value::str(self.name()),
            "suffix" => Value::str(split_extension(self.name()).1),
            "stem" => Value::str(split_extension(self.name()).0),
            "parent" => PosixPath::value(split(&self.text).0),
            _ => return None,
        }))
    }

    fn attributes(&self) -> &'static [&'static str] {
        &["name", "parent", "stem", "suffix"]
    }

    fn equal(&self, other: &Value) -> Option<bool> {
        Some(other.downcast::<PosixPath>().is_some_and(|other| other.text == self.text))
    }

    fn hash(&self) -> Option<Result<i64>> {
        Some(Ok(crate::value::hash_of_bytes(self.text.as_bytes())))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn receiver(arguments: &Arguments) -> Result<String> {
    required_path(arguments.receiver(), "self")
}

fn run_join(_: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let first = required_path(&arguments.get("a"), "a")?;
    let more = arguments.rest("p").iter().map(|part| required_path(part, "p")).collect::<Result<Vec<_>>>()?;
    Ok(Value::str(join(&first, &more)))
}

fn run_path(_: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let parts = arguments.rest("args").iter().map(|part| required_path(part, "args")).collect::<Result<Vec<_>>>()?;
    Ok(PosixPath::value(&parts.split_first().map_or(String::new(), |(first, more)| join(first, more))))
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: FUNCTIONS,
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[("pathlib.Path", &classes::POSIX_PATH), ("pathlib.PosixPath", &classes::POSIX_PATH)],
};

const FUNCTIONS: &[Function] = &[
    Function {
        name: "os.path.join",
        signature: "(a, *p)",
        method: None,
        summary: "Parts of a path as one.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import os\n\
                  >>> os.path.join('data', 'a.npy'), os.path.join('data', '/tmp')\n\
                  ('data/a.npy', '/tmp')\n",
        see_also: &["os.path.basename", "pathlib.Path"],
        run: Run::Read(Reader::Python, run_join),
    },
    Function {
        name: "os.path.exists",
        signature: "(path)",
        method: None,
        summary: "Whether there is a file or folder of this name.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import os\n\
                  >>> os.path.exists('/'), os.path.exists('no such file')\n\
                  (True, False)\n",
        see_also: &["os.remove"],
        run: Run::Read(Reader::Python, |_, arguments| {
            Ok(Value::Bool(Path::new(&required_path(&arguments.get("path"), "path")?).exists()))
        }),
    },
    Function {
        name: "os.path.isfile",
        signature: "(path)",
        method: None,
        summary: "Whether there is a file of this name.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import os\n\
                  >>> os.path.isfile('/')\n\
                  False\n",
        see_also: &["os.path.exists"],
        run: Run::Read(Reader::Python, |_, arguments| {
            Ok(Value::Bool(Path::new(&required_path(&arguments.get("path"), "path")?).is_file()))
        }),
    },
    Function {
        name: "os.path.getsize",
        signature: "(filename)",
        method: None,
        summary: "The bytes of a file.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import os\n\
                  >>> os.path.getsize('no such file')\n\
                  FileNotFoundError: [Errno 2] No such file or directory: 'no such file'\n",
        see_also: &["os.path.exists"],
        run: Run::Read(Reader::Python, |_, arguments| {
            let path = required_path(&arguments.get("filename"), "filename")?;
            let data = std::fs::metadata(&path).map_err(|error| crate::files::os_error(&error, Some(&path)))?;
            Ok(Value::int(data.len()))
        }),
    },
    Function {
        name: "os.path.basename",
        signature: "(p)",
        method: None,
        summary: "The last part of a path.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import os\n\
                  >>> os.path.basename('data/a.npy')\n\
                  'a.npy'\n",
        see_also: &["os.path.dirname"],
        run: Run::Read(Reader::Python, |_, arguments| {
            Ok(Value::str(split(&required_path(&arguments.get("p"), "p")?).1))
        }),
    },
    Function {
        name: "os.path.dirname",
        signature: "(p)",
        method: None,
        summary: "A path without its last part.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import os\n\
                  >>> os.path.dirname('data/a.npy')\n\
                  'data'\n",
        see_also: &["os.path.basename"],
        run: Run::Read(Reader::Python, |_, arguments| {
            Ok(Value::str(split(&required_path(&arguments.get("p"), "p")?).0))
        }),
    },
    Function {
        name: "os.path.splitext",
        signature: "(p)",
        method: None,
        summary: "A path before and from the dot of its extension.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import os\n\
                  >>> os.path.splitext('data/a.npy'), os.path.splitext('.profile')\n\
                  (('data/a', '.npy'), ('.profile', ''))\n",
        see_also: &["os.path.basename"],
        run: Run::Read(Reader::Python, |_, arguments| {
            let path = required_path(&arguments.get("p"), "p")?;
            let (root, extension) = split_extension(&path);
            Ok(Value::tuple([root.into(), extension.into()]))
        }),
    },
    Function {
        name: "os.path.abspath",
        signature: "(path)",
        method: None,
        summary: "A path from the root.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import os\n\
                  >>> os.path.abspath('/data/../a.npy')\n\
                  '/a.npy'\n",
        see_also: &["os.path.join"],
        run: Run::Read(Reader::Python, |_, arguments| {
            Ok(Value::str(absolute(&required_path(&arguments.get("path"), "path")?)))
        }),
    },
    Function {
        name: "pathlib.Path",
        signature: "(*args)",
        method: None,
        summary: "A path as an object.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> from pathlib import Path\n\
                  >>> p = Path('data') / 'a.npy'\n\
                  >>> p, str(p), p.name, p.suffix, p.parent\n\
                  (PosixPath('data/a.npy'), 'data/a.npy', 'a.npy', '.npy', PosixPath('data'))\n",
        see_also: &["os.path.join"],
        run: Run::Read(Reader::Python, run_path),
    },
    Function {
        name: "PosixPath.exists",
        signature: "()",
        method: None,
        summary: "Whether there is a file or folder of this name.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> from pathlib import Path\n\
                  >>> Path('/').exists()\n\
                  True\n",
        see_also: &["pathlib.Path"],
        run: Run::Read(Reader::Python, |_, arguments| Ok(Value::Bool(Path::new(&receiver(arguments)?).exists()))),
    },
    Function {
        name: "PosixPath.unlink",
        signature: "(missing_ok=False)",
        method: None,
        summary: "Removes the file.",
        memory: MemoryRule::NoArray,
        notes: "A plan removes nothing.",
        example: ">>> from pathlib import Path\n\
                  >>> Path('no such file').unlink()\n\
                  FileNotFoundError: [Errno 2] No such file or directory: 'no such file'\n",
        see_also: &["os.remove"],
        run: Run::Read(Reader::Python, |context, arguments| {
            let path = receiver(arguments)?;
            let may_miss = crate::value::as_bool(&arguments.get("missing_ok"))?;
            if may_miss && !Path::new(&path).exists() {
                return Ok(Value::None);
            }
            super::os::remove(context, &path)
        }),
    },
];
