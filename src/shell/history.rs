//! Where the prompt's history is kept.

use etcetera::BaseStrategy;
use std::path::PathBuf;

/// The history file: `$NDSH_HISTORY`, else `ndsh/history` in the XDG state folder.
pub fn path() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("NDSH_HISTORY").filter(|path| !path.is_empty()) {
        return Some(path.into());
    }
    let folder = etcetera::choose_base_strategy().ok()?.state_dir()?;
    Some(folder.join("ndsh").join("history"))
}

/// Makes the folder of the history file. Where that fails there is no history, and nothing else is lost.
pub fn prepare(file: &std::path::Path) {
    if let Some(folder) = file.parent() {
        let _ = std::fs::create_dir_all(folder);
    }
}
