//! What `ndsh ...` accepts, and what it then does.

use super::colour::{Choice, Printer, width};
use super::timeit::{self, Timing};
use super::{Manner, Shell, limit, prompt, script};
use crate::report::{Level, Markup, Role};
use crate::session::{Failure, Session};
use crate::shell::Stream;
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::io::IsTerminal;
use std::process::ExitCode;

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).help(help).action(ArgAction::SetTrue).global(true)
}

fn command() -> Command {
    let levels = Level::ALL.map(|(name, _)| name);
    Command::new("ndsh")
        .about("An interactive shell for NumPy-style arrays that shows what every statement did to memory")
        .after_help("Without arguments it opens the prompt, or runs standard input where that is no terminal.")
        .version(env!("CARGO_PKG_VERSION"))
        .args_conflicts_with_subcommands(false)
        .arg(
            Arg::new("code")
                .short('c')
                .value_name("CODE")
                .action(ArgAction::Append)
                .allow_hyphen_values(true)
                .help("Run this text; may be given more than once"),
        )
        .arg(flag("json", "Print one JSON object a statement"))
        .arg(flag("quiet", "Print only what Python would print").short('q'))
        .arg(flag("keep-going", "Go on after an error"))
        .arg(flag("no-history", "Neither read nor write the history of the prompt"))
        .arg(
            Arg::new("report")
                .long("report")
                .value_name("LEVEL")
                .value_parser(levels)
                .global(true)
                .help("How much is said after each step"),
        )
        .arg(
            Arg::new("color")
                .long("color")
                .value_name("WHEN")
                .value_parser(Choice::NAMES)
                .default_value("auto")
                .global(true)
                .help("When output has colour"),
        )
        .arg(
            Arg::new("max-memory")
                .long("max-memory")
                .value_name("SIZE")
                .value_parser(limit::parse)
                .global(true)
                .help("The most bytes that arrays may take: 500MB, 2GiB"),
        )
        .subcommand(
            Command::new("run")
                .about("Run scripts: .py, .nd, or the Python blocks of a .md")
                .arg(Arg::new("file").required(true).num_args(1..).help("A script; - is standard input")),
        )
        .subcommand(
            Command::new("timeit")
                .about("Time a statement, as python -m timeit")
                .arg(number("loops", 'n', "How many times the statement runs in a repetition"))
                .arg(number("repeat", 'r', "How many repetitions").default_value("5"))
                .arg(
                    Arg::new("unit")
                        .short('u')
                        .long("unit")
                        .value_parser(timeit::UNITS.map(|(name, _)| name))
                        .help("The unit of the result"),
                )
                .arg(
                    Arg::new("setup")
                        .short('s')
                        .long("setup")
                        .action(ArgAction::Append)
                        .allow_hyphen_values(true)
                        .help("What to run first, once"),
                )
                .arg(
                    Arg::new("statement")
                        .num_args(1..)
                        .default_value("pass")
                        .help("What to time; each argument is a line"),
                ),
        )
}

fn number(name: &'static str, short: char, help: &'static str) -> Arg {
    Arg::new(name).short(short).long(name).value_parser(clap::value_parser!(u64)).help(help)
}

/// Runs the program.
pub fn main() -> ExitCode {
    let matches = command().get_matches();
    let matches = &matches;
    if let Some(("timeit", arguments)) = matches.subcommand() {
        return time(arguments);
    }
    let (name, options) = match matches.subcommand() {
        Some((name, options)) => (name, options),
        None => ("", matches),
    };
    let quiet = options.get_flag("quiet");
    let level = options.get_one::<String>("report").and_then(|name| Level::parse(name));
    let choice = Choice::parse(options.get_one::<String>("color").map_or("auto", String::as_str));
    let mut manner = Manner::prompt(width());
    manner.view.level = level.unwrap_or_default();
    manner.json = options.get_flag("json");
    manner.stop_at_failure = !options.get_flag("keep-going");
    let max_memory = options.get_one::<usize>("max-memory").copied();
    let configure = move |shell: &mut Shell| {
        let ledger = &shell.session.context().runtime.ledger;
        ledger.set_limit(max_memory);
        ledger.set_machine(limit::machine);
    };
    let mut printer = Printer::new(choice);
    if name == "run" {
        manner.echo = !quiet;
        manner.show_source = !quiet;
        let files: Vec<String> = options.get_many::<String>("file").into_iter().flatten().cloned().collect();
        return script::run(&files, &manner, &mut printer, &configure);
    }
    if let Some(codes) = matches.get_many::<String>("code") {
        let text = codes.cloned().collect::<Vec<_>>().join("\n");
        manner.echo = !quiet;
        let well = script::run_text(&text, Some("<string>"), &manner, &mut printer, &configure);
        return if well { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    if !std::io::stdin().is_terminal() {
        manner.echo = !quiet;
        return script::run(&["-".to_string()], &manner, &mut printer, &configure);
    }
    let mut shell = Shell::new(manner);
    configure(&mut shell);
    let banner = !quiet;
    prompt::run(shell, &mut printer, choice, banner, !options.get_flag("no-history"))
}

fn time(arguments: &ArgMatches) -> ExitCode {
    let lines = |name: &str| -> String {
        let lines: Vec<String> = arguments.get_many::<String>(name).into_iter().flatten().cloned().collect();
        lines.join("\n")
    };
    let timing = Timing {
        statement: lines("statement"),
        setup: lines("setup"),
        loops: arguments.get_one::<u64>("loops").copied(),
        repeat: arguments.get_one::<u64>("repeat").map_or(5, |&n| n as usize),
        unit: arguments.get_one::<String>("unit").cloned(),
    };
    let mut session = Session::new();
    session.context().runtime.ledger.set_machine(limit::machine);
    match timeit::time(&mut session, &timing) {
        Ok(timed) => {
            let line = format!("{}\n", timed.line(timing.unit.as_deref()));
            let mut printer = Printer::new(Choice::Never);
            printer.print(Stream::Out, Markup::new().add(Role::Plain, line));
            ExitCode::SUCCESS
        }
        Err(error) => {
            let failure = Failure::of(&error, &timing.statement, 1);
            eprintln!("{}: {}", failure.qualified, failure.message);
            ExitCode::FAILURE
        }
    }
}
