//! What the operating system refused, in Python's words.

use crate::error::{Error, ErrorClass};
use std::io;

/// Python's `OSError` for what the operating system refused, of the class that its number has; `path` is the file as
/// the program named it: `[Errno 2] No such file or directory: 'a.npy'`.
pub fn os_error(error: &io::Error, path: Option<&str>) -> Error {
    use ErrorClass::*;
    if let Some(known) = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
        return known.clone();
    }
    let class = match error.kind() {
        io::ErrorKind::NotFound => FileNotFoundError,
        io::ErrorKind::PermissionDenied => PermissionError,
        io::ErrorKind::AlreadyExists => FileExistsError,
        io::ErrorKind::IsADirectory => IsADirectoryError,
        io::ErrorKind::NotADirectory => NotADirectoryError,
        io::ErrorKind::OutOfMemory => MemoryError,
        _ => OSError,
    };
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let number = error.raw_os_error().map(|number| format!("[Errno {number}] ")).unwrap_or_default();
    let path = path.map(|path| format!(": {}", crate::text::quote::repr_str(path))).unwrap_or_default();
    Error::new(class, format!("{number}{text}{path}"))
}
