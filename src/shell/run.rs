//! Running script files.

use crate::report;
use crate::session::{Progress, Session};
use std::io::{Read, Write};
use std::process::ExitCode;

/// How scripts are run.
pub struct Options {
    /// One JSON object a statement.
    pub json: bool,
    /// Only what Python would print.
    pub quiet: bool,
    /// Go on after an error.
    pub keep_going: bool,
}

/// Runs the files in one session.
pub fn files(paths: &[String], options: &Options) -> ExitCode {
    let mut session = Session::new();
    let mut failed = false;
    for path in paths {
        let text = match read(path) {
            Ok(text) => text,
            Err(error) => {
                eprintln!("ndsh: {path}: {error}");
                return ExitCode::from(1);
            }
        };
        let mut out = std::io::stdout().lock();
        session.run_each(&text, |_, progress| {
            let Progress::Step(step) = progress else { return true };
            let written = if options.json {
                writeln!(out, "{}", report::json(&step))
            } else {
                let view = report::View { level: report::Level::Table, width: 80 };
                let told = if options.quiet { report::Markup::new() } else { report::report(&step, view) };
                eprint!("{}", report::complaints(&step, None).plain());
                write!(out, "{}{}", report::python(&step, !options.quiet).plain(), told.plain())
            };
            failed |= step.failure.is_some();
            written.is_ok() && (options.keep_going || step.failure.is_none())
        });
    }
    if failed { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

fn read(path: &str) -> std::io::Result<String> {
    if path == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    std::fs::read_to_string(path)
}
