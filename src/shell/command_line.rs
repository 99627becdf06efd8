//! What `ndsh ...` accepts, and what it then does.

use super::run::{self, Options};
use clap::{Arg, ArgAction, Command};
use std::process::ExitCode;

fn command() -> Command {
    let flag = |name: &'static str, help: &'static str| Arg::new(name).long(name).help(help).action(ArgAction::SetTrue);
    Command::new("ndsh")
        .about("An interactive shell for NumPy-style arrays that shows what every statement did to memory")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand(
            Command::new("run")
                .about("Run script files")
                .arg(Arg::new("file").required(true).num_args(1..).help("A script; - reads standard input"))
                .arg(flag("json", "Print one JSON object a statement"))
                .arg(flag("quiet", "Print only what Python would print"))
                .arg(flag("keep-going", "Go on after an error")),
        )
}

/// Runs the program.
pub fn main() -> ExitCode {
    let matches = command().get_matches();
    match matches.subcommand() {
        Some(("run", arguments)) => {
            let options = Options {
                json: arguments.get_flag("json"),
                quiet: arguments.get_flag("quiet"),
                keep_going: arguments.get_flag("keep-going"),
            };
            let files: Vec<String> = arguments.get_many::<String>("file").into_iter().flatten().cloned().collect();
            run::files(&files, &options)
        }
        _ => ExitCode::from(2),
    }
}
