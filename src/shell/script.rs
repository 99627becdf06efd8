//! Scripts: where their text comes from, and running them.

use super::terminal::Printer;
use super::{Ending, Shell, markdown};
use crate::session::Script;
use std::fmt;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// Why a script cannot be read.
#[derive(Debug)]
pub enum ReadError {
    /// There is no such file.
    Missing,
    /// It is a directory.
    Directory,
    /// It may not be read.
    Forbidden,
    /// Its bytes are not UTF-8, from this byte on, which is on this line.
    NotText {
        /// From 0.
        byte: usize,
        /// From 1.
        line: usize,
    },
    /// What the system says.
    Other(std::io::Error),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Missing => f.write_str("no such file"),
            ReadError::Directory => f.write_str("is a directory, not a script"),
            ReadError::Forbidden => f.write_str("permission denied"),
            ReadError::NotText { byte, line } => write!(f, "not UTF-8 at byte {byte}, on line {line}"),
            ReadError::Other(error) => error.fmt(f),
        }
    }
}

impl From<std::io::Error> for ReadError {
    fn from(error: std::io::Error) -> ReadError {
        match error.kind() {
            ErrorKind::NotFound => ReadError::Missing,
            ErrorKind::IsADirectory => ReadError::Directory,
            ErrorKind::PermissionDenied => ReadError::Forbidden,
            _ => ReadError::Other(error),
        }
    }
}

/// The script on standard input.
///
/// # Errors
/// Why it cannot be read.
fn read_input() -> Result<Script, ReadError> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(Script::read(&text_of(bytes)?))
}

/// A script. Of Markdown, the blocks that are run.
///
/// # Errors
/// Why it cannot be read.
pub fn read(path: &str) -> Result<Script, ReadError> {
    let text = text_of(std::fs::read(path)?)?;
    let is_markdown = Path::new(path).extension().is_some_and(|e| ["md", "markdown"].iter().any(|known| e == *known));
    Ok(if is_markdown { Script::of(markdown::script(&text)) } else { Script::read(&text) })
}

fn text_of(bytes: Vec<u8>) -> Result<String, ReadError> {
    String::from_utf8(bytes).map_err(|error| {
        let byte = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..byte].iter().filter(|&&b| b == b'\n').count() + 1;
        ReadError::NotText { byte, line }
    })
}

/// How Python calls the file in messages.
fn name(path: &str) -> &str {
    if path == "-" { "<stdin>" } else { path }
}

/// How running scripts ended.
pub enum Done {
    /// All were read and run.
    Ran(Ending),
    /// One could not be read.
    Unread,
}

/// Runs each file in a shell that `open` makes for it, up to the first that does not end well; every file where
/// failures do not end a text. `last` becomes the last shell.
pub fn run(
    paths: &[String],
    printer: &mut Printer,
    open: impl Fn(Option<String>) -> Shell,
    last: &mut Option<Shell>,
) -> Done {
    let mut ending = Ending::Well;
    let mut unread = false;
    for path in paths {
        let script = match if path == "-" { read_input() } else { read(path) } {
            Ok(script) => script,
            Err(error) => {
                printer.say(&format!("ndsh: {path}: {error}"));
                if paths.len() == 1
                    && is_word(path)
                    && let Some(near) = crate::text::closest::closest(path, super::command_line::SUBCOMMANDS)
                {
                    printer.say(&format!("help: did you mean ndsh {near}?"));
                }
                unread = true;
                continue;
            }
        };
        let mut shell = open(Some(name(path).to_string()));
        let goes_on = !shell.manner.stop_at_failure;
        let came = shell.enter_script(&script, &mut |stream, markup| printer.print(stream, markup));
        if came != Ending::Well {
            ending = came;
        }
        *last = Some(shell);
        if came == Ending::Interrupted || (came == Ending::Failed && !goes_on) || printer.is_closed() {
            break;
        }
    }
    if unread && ending == Ending::Well { Done::Unread } else { Done::Ran(ending) }
}

fn is_word(path: &str) -> bool {
    path.chars().all(|c| c.is_ascii_alphabetic() || c == '-')
}
