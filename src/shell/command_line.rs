//! What `ndsh ...` accepts, and what it then does.

use super::history::History;
use super::script::Done;
use super::terminal::{Choice, Printer, catch_interrupts, width};
use super::timeit::{self, Program, Timing};
use super::{Ending, Manner, Shell, Stream, limit, prompt, script};
use crate::report::{self, Level, Markup, Role};
use crate::session::{Failure, Session, Step};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::Duration;

/// The names of the subcommands.
pub const SUBCOMMANDS: [&str; 2] = ["run", "timeit"];

/// Wrong usage; a file that cannot be read is that too, as for Python.
const USAGE: u8 = 2;
/// 128 and the number of the signal.
const INTERRUPTED: u8 = 130;

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).help(help).action(ArgAction::SetTrue).global(true)
}

fn option(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help).global(true)
}

fn command() -> Command {
    Command::new("ndsh")
        .about("An interactive shell for NumPy-style arrays that shows what every statement did to memory")
        .after_help(
            "Without arguments it opens the prompt, or runs standard input where that is no terminal.\n\
             Exit status: 0 fine, 1 a statement failed, 2 wrong usage, 130 interrupted.",
        )
        .version(env!("CARGO_PKG_VERSION"))
        .arg(Arg::new("file").num_args(0..).value_name("FILE").help("Scripts to run; - is standard input"))
        .arg(
            Arg::new("code")
                .short('c')
                .value_name("CODE")
                .action(ArgAction::Append)
                .allow_hyphen_values(true)
                .conflicts_with("file")
                .help("Run this text; may be given more than once"),
        )
        .arg(flag("interactive", "Open the prompt after CODE or FILE").short('i').global(false))
        .arg(flag("quiet", "Print only what Python would print").short('q'))
        .arg(flag("json", "Print one JSON object a statement"))
        .arg(flag("plan", "Run nothing: tell what each statement would do to memory, and the peak"))
        .arg(flag("keep-going", "Go on after an error"))
        .arg(option("report", "LEVEL", "How much is said after each statement").value_parser(Level::ALL.map(|l| l.0)))
        .arg(
            option("color", "WHEN", "When output has colour")
                .value_parser(Choice::NAMES)
                .default_value("auto")
                .hide_default_value(true),
        )
        .arg(
            option("max-memory", "SIZE", "The most bytes that arrays may take: 500MB, 2GiB").value_parser(limit::parse),
        )
        .arg(option("history", "FILE", "Where the prompt's history is kept").global(false).conflicts_with("no-history"))
        .arg(flag("no-history", "Neither read nor write the prompt's history").global(false))
        .subcommand(Command::new("run").about("Run scripts: .py, .nd, or the Python blocks of a .md").arg(
            Arg::new("file").required(true).num_args(1..).value_name("FILE").help("A script; - is standard input"),
        ))
        .subcommand(
            Command::new("timeit")
                .about("Time a statement, as python -m timeit")
                .arg(number("number", 'n', "How many times the statement runs in a repetition; found by itself"))
                .arg(number("repeat", 'r', "How many repetitions; 5"))
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
                        .help("What runs before each repetition; may be given more than once"),
                )
                .arg(
                    Arg::new("verbose")
                        .short('v')
                        .long("verbose")
                        .action(ArgAction::Count)
                        .help("Print the raw times too; more digits where given again"),
                )
                .arg(
                    Arg::new("statement")
                        .num_args(1..)
                        .trailing_var_arg(true)
                        .value_name("STMT")
                        .help("What is timed; each argument is a line"),
                ),
        )
}

fn number(name: &'static str, short: char, help: &'static str) -> Arg {
    Arg::new(name).short(short).long(name).value_name("N").value_parser(value_parser!(u64)).help(help)
}

/// The values of an option that may be given more than once.
fn values(matches: &ArgMatches, name: &str) -> Vec<String> {
    matches.get_many::<String>(name).into_iter().flatten().cloned().collect()
}

/// Sets how much memory the arrays of a session may take.
fn set_limit(session: &Session, most: Option<usize>) {
    let ledger = &session.context().runtime.ledger;
    ledger.set_limit(most);
    ledger.set_machine(limit::machine);
}

/// Runs the program.
pub fn main() -> ExitCode {
    let matches = command().get_matches();
    let (name, options) = matches.subcommand().unwrap_or(("", &matches));
    let choice = Choice::parse(options.get_one::<String>("color").map_or("auto", String::as_str));
    let mut printer = Printer::new(choice);
    let status = match name {
        "timeit" => time(options, &mut printer),
        _ => run(name, options, choice, &mut printer),
    };
    if printer.finish() { ExitCode::from(status) } else { ExitCode::FAILURE }
}

fn status(ending: Ending) -> u8 {
    match ending {
        Ending::Well => 0,
        Ending::Failed => 1,
        Ending::Interrupted => INTERRUPTED,
    }
}

/// The prompt, `-c` and scripts.
fn run(name: &str, options: &ArgMatches, choice: Choice, printer: &mut Printer) -> u8 {
    let quiet = options.get_flag("quiet");
    let mut manner = Manner::prompt(width());
    manner.view.level = options.get_one::<String>("report").and_then(|name| Level::parse(name)).unwrap_or_default();
    manner.json = options.get_flag("json");
    manner.plans = options.get_flag("plan");
    manner.stop_at_failure = !options.get_flag("keep-going");
    let most = options.get_one::<usize>("max-memory").copied();
    let open = |manner: Manner| {
        let shell = Shell::new(manner);
        set_limit(&shell.session, most);
        shell
    };
    let stays = name.is_empty() && options.get_flag("interactive");
    let codes = if name.is_empty() { values(options, "code") } else { Vec::new() };
    let mut files = values(options, "file");
    if files.is_empty() && codes.is_empty() && !std::io::stdin().is_terminal() {
        files.push("-".into());
    }
    // The statements of a pipe or of -c stand before the user's eyes already.
    let show_source = !quiet && files.first().is_some_and(|file| file != "-" || name == "run");
    let prompt = |shell: Shell, printer: &mut Printer, banner: bool| {
        let mut shell = shell;
        if quiet && !options.contains_id("report") {
            shell.manner.view.level = Level::Off;
        }
        let history = History::find(options.get_one::<String>("history"), options.get_flag("no-history"));
        prompt::run(shell, printer, choice, banner, history)
    };
    if files.is_empty() && codes.is_empty() {
        return prompt(open(manner), printer, !quiet);
    }
    let mut scripted = Manner { echo: !quiet, show_source, ..manner.clone() };
    // Ctrl-C ends the running statement; it is told as such, and the text ends.
    catch_interrupts();
    if files.is_empty() {
        scripted.file = Some("<string>".into());
        let mut shell = open(scripted);
        let ending = shell.enter(&codes.join("\n"), &mut |stream, markup| printer.print(stream, markup));
        return match stays {
            true => prompt(Shell { manner, ..shell }, printer, false),
            false => status(ending),
        };
    }
    let mut last = None;
    let done = script::run(&files, printer, |file| open(Manner { file, ..scripted.clone() }), &mut last);
    match (done, last) {
        (Done::Ran(_), Some(shell)) if stays => prompt(Shell { manner, ..shell }, printer, false),
        (Done::Ran(ending), _) => status(ending),
        (Done::Unread, _) => USAGE,
    }
}

/// `ndsh timeit`.
fn time(options: &ArgMatches, printer: &mut Printer) -> u8 {
    let timing = Timing {
        loops: options.get_one::<u64>("number").copied(),
        repeat: options.get_one::<u64>("repeat").copied().unwrap_or(5),
        unit: options.get_one::<String>("unit").cloned(),
        verbose: options.get_count("verbose"),
    };
    let mut session = Session::new();
    set_limit(&session, options.get_one::<usize>("max-memory").copied());
    catch_interrupts();
    let plain = |text: String| {
        let mut out = Markup::new();
        out.add(Role::Plain, text);
        out
    };
    let (setup, statement) = (values(options, "setup").join("\n"), values(options, "statement").join("\n"));
    let result = Program::parse(&setup).and_then(|setup| {
        let statement = Program::parse(&statement)?;
        let printed = |session: &mut Session| std::mem::take(&mut session.context_mut().stdout);
        let printer = std::cell::RefCell::new(&mut *printer);
        // As in the function that Python makes of both, the names are new in each repetition.
        let time = |loops: u64| -> Result<Duration, Box<Failure>> {
            session.reset();
            let taken = setup.run(&mut session).and_then(|()| statement.time(&mut session, loops));
            printer.borrow_mut().print(Stream::Out, &plain(printed(&mut session)));
            taken
        };
        timing.measure(time, |text| {
            printer.borrow_mut().print(Stream::Out, &plain(text));
        })
    });
    match result {
        Ok(warning) => {
            warning.into_iter().for_each(|warning| {
                printer.print(Stream::Err, &plain(warning));
            });
            0
        }
        Err(failure) => {
            let step = Step { failure: Some(*failure), ..Step::default() };
            printer.print(Stream::Err, &report::complaints(&step, None, width()));
            status(super::ending_of(&step))
        }
    }
}
