//! Which file does an argument name or is it?

use crate::error::{Error, ErrorClass, Result, type_error};
use crate::files::{Stream, open_existing, write_whole};
use crate::python::files::{OpenFile, path_of};
use crate::registry::Context;
use crate::value::{Value, classes};
use std::io::Write;
use std::rc::Rc;

/// A file to read from.
pub struct Source {
    /// Its bytes, where they are to be read.
    pub stream: Rc<Stream>,
    /// The path that names it; nothing for an open file.
    pub path: Option<String>,
    /// Whether it is a file of the operating system, opened to read.
    pub is_real: bool,
    /// What an open file is called.
    pub name: Value,
}

fn no_file(value: &Value, parameter: &str) -> Error {
    let class = value.type_name();
    type_error(format!("expected str, bytes or os.PathLike object, not {class}")).at_argument(parameter)
}

impl Source {
    /// The file that an argument names or is.
    ///
    /// # Errors
    /// `TypeError` for what names none; `OSError`.
    pub fn of(value: &Value, parameter: &str) -> Result<Source> {
        if let Some(file) = value.downcast::<OpenFile>() {
            let is_real = std::ptr::eq(crate::value::Object::class(file), &classes::BUFFERED_READER);
            return Ok(Source { stream: Rc::clone(&file.stream), path: None, is_real, name: file.name.clone() });
        }
        let path = path_of(value).ok_or_else(|| no_file(value, parameter))?;
        let file = open_existing(&path, false).map_err(|error| error.at_argument(parameter))?;
        let name = Value::str(&path);
        Ok(Source { stream: Rc::new(Stream::file(file, false)), path: Some(path), is_real: true, name })
    }
}

/// The path that an argument names, with `extension` behind it where it has another; nothing for an open file.
///
/// # Errors
/// `TypeError` for what names no file.
fn target_path(value: &Value, parameter: &str, extension: &str) -> Result<Option<String>> {
    if value.downcast::<OpenFile>().is_some() {
        return Ok(None);
    }
    let path = path_of(value).ok_or_else(|| no_file(value, parameter))?;
    Ok(Some(if path.ends_with(extension) { path } else { path + extension }))
}

/// Writes to the file that an argument names or is. A named file is written whole or not at all, and not in a plan.
///
/// # Errors
/// `TypeError` for what names no file; `OSError`; those of `write`.
pub fn write_to(
    context: &Context,
    value: &Value,
    (parameter, extension): (&str, &str),
    write: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    match (target_path(value, parameter, extension)?, value.downcast::<OpenFile>()) {
        (Some(_), _) if context.runtime.ledger.is_planning() => Ok(()),
        (Some(path), _) => {
            write_whole(&path, |out| write(out)).map_err(|error| error.at_argument(parameter))?;
            Ok(())
        }
        (None, Some(file)) => {
            file.stream.size()?;
            if file.is_text {
                return Err(type_error("write() argument must be str, not bytes").at_argument(parameter));
            }
            if !file.may(false) {
                return Err(Error::new(ErrorClass::UnsupportedOperation, "write").at_argument(parameter));
            }
            write(&mut &*file.stream)
        }
        (None, None) => Err(no_file(value, parameter)),
    }
}
