//! `%run FILE`: a script in this workspace.

use super::Answer;
use crate::error::{Error, ErrorClass, value_error};
use crate::shell::script::{self, ReadError};
use crate::shell::{Outcome, Shell, Sink};

/// Scripts run scripts at most this deep.
const MAX_DEPTH: usize = 20;

/// Runs the script as `ndsh run` does, and stops at its first failure.
pub fn run(shell: &mut Shell, argument: &str, sink: Sink) -> Answer {
    let path = argument.trim_matches(['"', '\'']);
    if path.is_empty() {
        return Err(value_error("%run takes a file").help("%run script.py").into());
    }
    let script = script::read(path).map_err(|error| {
        let class = match error {
            ReadError::Missing => ErrorClass::FileNotFoundError,
            ReadError::Directory => ErrorClass::IsADirectoryError,
            ReadError::Forbidden => ErrorClass::PermissionError,
            ReadError::NotText { .. } => ErrorClass::UnicodeDecodeError,
            ReadError::Other(_) => ErrorClass::OSError,
        };
        Error::new(class, format!("{path}: {error}"))
    })?;
    if shell.depth >= MAX_DEPTH {
        let message = format!("{path}: {MAX_DEPTH} scripts run each other already");
        return Err(Error::new(ErrorClass::RecursionError, message).into());
    }
    let manner = &mut shell.manner;
    let file = manner.file.replace(path.to_string());
    let show_source = std::mem::replace(&mut manner.show_source, manner.echo);
    let stop_at_failure = std::mem::replace(&mut manner.stop_at_failure, true);
    shell.depth += 1;
    let ending = shell.enter_script(&script, sink);
    shell.depth -= 1;
    shell.manner.file = file;
    shell.manner.show_source = show_source;
    shell.manner.stop_at_failure = stop_at_failure;
    Ok(Outcome::Ran(ending))
}
