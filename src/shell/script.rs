//! Scripts: where their text comes from, and running them.

use super::colour::Printer;
use super::{Manner, Shell, markdown};
use std::io::Read;
use std::process::ExitCode;

/// Runs each file in a session of its own. `configure` prepares each new shell.
pub fn run(paths: &[String], manner: &Manner, printer: &mut Printer, configure: &dyn Fn(&mut Shell)) -> ExitCode {
    for path in paths {
        let text = match read(path) {
            Ok(text) => text,
            Err(reason) => {
                eprintln!("ndsh: {path}: {reason}");
                return ExitCode::FAILURE;
            }
        };
        let file = if path == "-" { "<stdin>" } else { path };
        let text = if path.ends_with(".md") { markdown::script(&text) } else { text };
        if !run_text(&text, Some(file), manner, printer, configure) {
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// Runs one text in a session of its own. Whether all went well.
pub fn run_text(
    text: &str,
    file: Option<&str>,
    manner: &Manner,
    printer: &mut Printer,
    configure: &dyn Fn(&mut Shell),
) -> bool {
    let mut shell = Shell::new(Manner { file: file.map(str::to_string), ..manner.clone() });
    configure(&mut shell);
    let well = shell.enter(text, &mut |stream, markup| printer.print(stream, markup));
    if let Some(error) = printer.failure.take() {
        eprintln!("ndsh: cannot write: {error}");
        return false;
    }
    well
}

/// The text of a file; of standard input for `-`.
///
/// # Errors
/// Why it cannot be read, in a few words.
pub fn read(path: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    let result = match path {
        "-" => std::io::stdin().lock().read_to_end(&mut bytes),
        path if std::path::Path::new(path).is_dir() => return Err("is a directory".into()),
        path => std::fs::File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)),
    };
    result.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => "no such file".to_string(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_string(),
        _ => error.to_string(),
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..at].iter().filter(|&&b| b == b'\n').count() + 1;
        format!("not UTF-8 at byte {at} (line {line})")
    })
}
