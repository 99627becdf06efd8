//! Python's module `os`, as far as scripts around arrays use it.

use super::path::required_path;
use crate::error::Result;
use crate::files::os_error;
use crate::registry::{Constant, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::Value;
use std::fs;
use std::io;

/// Removes a file; in a plan it only looks whether it is there.
///
/// # Errors
/// `OSError`.
pub fn remove(context: &Context, path: &str) -> Result<Value> {
    act(context, path, |path| fs::remove_file(path))
}

/// Does something to a file or folder that must be there; not in a plan.
fn act(context: &Context, path: &str, act: impl FnOnce(&str) -> io::Result<()>) -> Result<Value> {
    let done = match context.runtime.ledger.is_planning() {
        true => fs::symlink_metadata(path).map(|_| ()),
        false => act(path),
    };
    done.map_err(|error| os_error(&error, Some(path)))?;
    Ok(Value::None)
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: FUNCTIONS,
    attributes: &[],
    constants: &[
        Constant { name: "os.sep", summary: "What stands between the parts of a path.", value: || Value::str("/") },
        Constant { name: "os.linesep", summary: "What ends a line of a text file.", value: || Value::str("\n") },
    ],
    aliases: &[("os.unlink", "os.remove")],
    classes: &[],
};

const FUNCTIONS: &[Function] = &[
    Function {
        name: "os.remove",
        signature: "(path, *, dir_fd=None)",
        method: None,
        summary: "Removes a file.",
        memory: MemoryRule::NoArray,
        notes: "A plan removes nothing.",
        example: ">>> import os\n\
                  >>> os.remove('no such file')\n\
                  FileNotFoundError: [Errno 2] No such file or directory: 'no such file'\n",
        see_also: &["os.path.exists"],
        run: Run::Read(Reader::CPython, |context, arguments| {
            let path = required_path(&arguments.get("path"), "path")?;
            remove(context, &path)
        }),
    },
    Function {
        name: "os.rmdir",
        signature: "(path, *, dir_fd=None)",
        method: None,
        summary: "Removes an empty folder.",
        memory: MemoryRule::NoArray,
        notes: "A plan removes nothing.",
        example: ">>> import os\n\
                  >>> os.rmdir('no such folder')\n\
                  FileNotFoundError: [Errno 2] No such file or directory: 'no such folder'\n",
        see_also: &["os.remove"],
        run: Run::Read(Reader::CPython, |context, arguments| {
            let path = required_path(&arguments.get("path"), "path")?;
            act(context, &path, |path| fs::remove_dir(path))
        }),
    },
    Function {
        name: "os.listdir",
        signature: "(path='.')",
        method: None,
        summary: "The names in a folder, in alphabetical order.",
        memory: MemoryRule::NoArray,
        notes: "Python gives them in any order.",
        example: ">>> import os\n\
                  >>> os.listdir('no such folder')\n\
                  FileNotFoundError: [Errno 2] No such file or directory: 'no such folder'\n",
        see_also: &["os.path.exists"],
        run: Run::Read(Reader::CPython, |_, arguments| {
            let path = required_path(&arguments.get("path"), "path")?;
            let refuse = |error: io::Error| os_error(&error, Some(&path));
            let names = fs::read_dir(&path).map_err(refuse)?;
            let names: io::Result<Vec<String>> =
                names.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect();
            let mut names = names.map_err(refuse)?;
            names.sort();
            Ok(Value::list(names.into_iter().map(Value::str)))
        }),
    },
    Function {
        name: "os.getcwd",
        signature: "()",
        method: None,
        summary: "The folder that relative paths start at.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import os\n\
                  >>> os.path.abspath('a') == os.path.join(os.getcwd(), 'a')\n\
                  True\n",
        see_also: &["os.path.abspath"],
        run: Run::Read(Reader::CPython, |_, _| {
            let here = std::env::current_dir().map_err(|error| os_error(&error, None))?;
            Ok(Value::str(here.to_string_lossy()))
        }),
    },
];
