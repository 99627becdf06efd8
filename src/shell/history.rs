//! Where the prompt's history is kept: a file that each entry is appended to, and that only its owner may read.

use etcetera::BaseStrategy;
use std::path::PathBuf;

/// The history file, or none.
pub struct History {
    /// The file; nothing where no history is kept.
    pub file: Option<PathBuf>,
}

impl History {
    /// The file that is asked for, else `$NDSH_HISTORY`, else `ndsh/history` in the XDG state folder; none where none
    /// is wanted.
    pub fn find(asked: Option<&String>, none: bool) -> History {
        if none {
            return History { file: None };
        }
        let asked = asked.map(PathBuf::from);
        let variable = || std::env::var_os("NDSH_HISTORY").filter(|path| !path.is_empty()).map(PathBuf::from);
        let standard = || Some(etcetera::choose_base_strategy().ok()?.state_dir()?.join("ndsh").join("history"));
        History { file: asked.or_else(variable).or_else(standard) }
    }

    /// Makes the folder and the file, where they are missing.
    ///
    /// # Errors
    /// Why it cannot be written; then no history is kept.
    pub fn prepare(&mut self) -> Result<(), String> {
        let Some(file) = self.file.clone() else { return Ok(()) };
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        let made = folder.map_or(Ok(()), std::fs::create_dir_all).and_then(|()| {
            let mut options = std::fs::OpenOptions::new();
            options.append(true).create(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            options.open(&file)
        });
        made.map(drop).map_err(|error| {
            let message = format!("no history is kept: {}: {error}", file.display());
            self.file = None;
            message
        })
    }
}
