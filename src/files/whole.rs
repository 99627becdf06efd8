//! A file that is written whole or not at all: under another name in the same folder, which takes the file's place when
//! all is written. Who has the old file open or mapped keeps the old file.

use super::error::os_error;
use crate::error::{Error, ErrorClass, Result};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

/// Opens a file that is there, for reading and perhaps for writing.
///
/// # Errors
/// Python's `OSError`s. What is neither a file nor a folder is refused, since reading it might never end.
pub fn open_existing(path: &str, write: bool) -> Result<File> {
    let refuse = |error: io::Error| os_error(&error, Some(path));
    let data = fs::metadata(path).map_err(refuse)?;
    if data.is_dir() {
        return Err(refuse(io::Error::from_raw_os_error(EISDIR)));
    }
    if !data.is_file() {
        return Err(Error::new(ErrorClass::OSError, format!("not a regular file: '{path}'")));
    }
    OpenOptions::new().read(true).write(write).open(path).map_err(refuse)
}

/// The number of "Is a directory", the same on all Unix systems.
const EISDIR: i32 = 21;

/// Writes the file at `path` by `write`, and gives it, open for reading and writing. Where that fails, the folder is as
/// it was.
///
/// # Errors
/// Python's `OSError`s; those of `write`.
pub fn write_whole(path: &str, write: impl FnOnce(&mut BufWriter<File>) -> Result<()>) -> Result<File> {
    let refuse = |error: io::Error| os_error(&error, Some(path));
    // A link stays a link: what it leads to is written.
    let target = fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path));
    let old = match fs::metadata(&target) {
        Ok(data) if !data.is_file() && !data.is_dir() => {
            let file = OpenOptions::new().write(true).open(&target).map_err(refuse)?;
            let mut out = BufWriter::new(file);
            write(&mut out)?;
            return out.into_inner().map_err(|error| refuse(error.into_error()));
        }
        Ok(data) => {
            // what may not be written is not replaced either
            OpenOptions::new().write(true).open(&target).map_err(refuse)?;
            Some(data.permissions())
        }
        Err(_) => None,
    };
    let (name, file) = create_beside(&target).map_err(refuse)?;
    let finish = |file: File| -> Result<File> {
        if let Some(permissions) = old {
            fs::set_permissions(&name, permissions).map_err(refuse)?;
        }
        let mut out = BufWriter::with_capacity(1 << 16, file);
        write(&mut out)?;
        let file = out.into_inner().map_err(|error| refuse(error.into_error()))?;
        fs::rename(&name, &target).map_err(refuse)?;
        Ok(file)
    };
    finish(file).inspect_err(|_| {
        let _ = fs::remove_file(&name);
    })
}

/// A new file beside `target`, under a name that no other has.
fn create_beside(target: &Path) -> io::Result<(PathBuf, File)> {
    let name = target.file_name().ok_or(io::ErrorKind::NotFound)?.to_string_lossy().into_owned();
    let mut number = 0;
    loop {
        let beside = target.with_file_name(format!(".{name}.{}-{number}.tmp", std::process::id()));
        match OpenOptions::new().read(true).write(true).create_new(true).open(&beside) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1000 => number += 1,
            other => return other.map(|file| (beside, file)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_file_is_there_whole_or_not_at_all() {
        let folder = std::env::temp_dir().join(format!("ndsh-whole-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("a").to_string_lossy().into_owned();
        let refused = write_whole(&path, |out| {
            out.write_all(b"half").unwrap();
            Err(Error::new(ErrorClass::OSError, "no room"))
        });
        assert_eq!(refused.unwrap_err().message(), "no room");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
        let refused = |error: io::Error| os_error(&error, None);
        write_whole(&path, |out| out.write_all(b"whole").map_err(refused)).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        let missing = folder.join("none").join("a").to_string_lossy().into_owned();
        let error = write_whole(&missing, |_| Ok(())).unwrap_err();
        assert_eq!(error.to_string(), format!("FileNotFoundError: [Errno 2] No such file or directory: '{missing}'"));
        fs::remove_dir_all(&folder).unwrap();
    }
}
