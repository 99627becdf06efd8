//! Python's files: what `open`, `io`, `os`, `tempfile` and `pathlib` give.

mod entries;
mod io;
mod os;
mod path;
mod temporary;

pub use io::OpenFile;
pub use path::{PosixPath, absolute, path_of, required_path};

use crate::registry::Section;

/// The sections of this folder.
pub const SECTIONS: &[Section] = &[entries::SECTION, os::SECTION, path::SECTION, temporary::SECTION];
