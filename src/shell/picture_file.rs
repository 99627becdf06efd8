//! A picture on its way into a file: all of it, or nothing.

use crate::error::{Error, ErrorClass, value_error};
use crate::report::picture::Format;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The format that the file's ending asks for.
///
/// # Errors
/// `ValueError` for any other ending.
pub fn format_of(path: &str) -> Result<Format, Error> {
    let ending = Path::new(path).extension().map(|ending| ending.to_string_lossy().into_owned());
    ending.as_deref().and_then(Format::of_ending).ok_or_else(|| {
        let endings = Format::ALL.map(|(ending, _)| format!(".{ending}"));
        let message = match ending {
            Some(ending) => format!("{path}: no picture is saved as .{ending}"),
            None => format!("{path}: the name has no ending that says what to save"),
        };
        value_error(message).help(format!("{} can be saved", endings.join(", ")))
    })
}

/// Writes the text under another name beside the file, and renames that when it is complete.
///
/// # Errors
/// `IsADirectoryError`, `FileNotFoundError` where the folder is missing, `PermissionError`, `OSError`.
pub fn write(path: &str, text: &str) -> Result<(), Error> {
    let target = Path::new(path);
    if target.is_dir() {
        return Err(Error::new(ErrorClass::IsADirectoryError, format!("{path}: is a folder")));
    }
    let folder = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    };
    if !folder.is_dir() {
        let message = format!("{path}: there is no folder {}", folder.display());
        return Err(Error::new(ErrorClass::FileNotFoundError, message));
    }
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let draft = folder.join(format!(".{name}.{}.draft", std::process::id()));
    let written = fs::File::create(&draft).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&draft, target)
    });
    written.map_err(|error| {
        let _ = fs::remove_file(&draft);
        let class = match error.kind() {
            ErrorKind::PermissionDenied => ErrorClass::PermissionError,
            ErrorKind::NotFound => ErrorClass::FileNotFoundError,
            _ => ErrorClass::OSError,
        };
        Error::new(class, format!("{path}: {}", words(&error)))
    })
}

/// What went wrong, without the number of the system's error.
fn words(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}
