//! Whether output has colour, and how wide it is.

use crate::report::Markup;
use crate::shell::Stream;
use std::io::{IsTerminal, Write};

/// When output has colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Where a terminal shows it and nothing forbids it.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Choice {
    /// `--color`'s values.
    pub const NAMES: [&'static str; 3] = ["auto", "always", "never"];

    /// The choice of this name; auto for any other.
    pub fn parse(name: &str) -> Choice {
        match name {
            "always" => Choice::Always,
            "never" => Choice::Never,
            _ => Choice::Auto,
        }
    }

    /// Whether a stream gets colour: `NO_COLOR` goes before `CLICOLOR_FORCE`, and that before the terminal.
    pub fn applies(self, is_terminal: bool) -> bool {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
        match self {
            Choice::Always => true,
            Choice::Never => false,
            Choice::Auto if set("NO_COLOR") => false,
            Choice::Auto if set("CLICOLOR_FORCE") => true,
            Choice::Auto => is_terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
        }
    }
}

/// The columns of the terminal: its own width, else `COLUMNS`, else 80.
pub fn width() -> usize {
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    terminal.or_else(|| std::env::var("COLUMNS").ok()?.parse().ok()).filter(|&width| width > 0).unwrap_or(80)
}

/// Writes pieces of output to the standard streams.
pub struct Printer {
    out_colour: bool,
    err_colour: bool,
    /// Whether a stream could not be written for another reason than a reader that left.
    pub failure: Option<std::io::Error>,
}

impl Printer {
    /// A printer with this choice of colour.
    pub fn new(choice: Choice) -> Printer {
        Printer {
            out_colour: choice.applies(std::io::stdout().is_terminal()),
            err_colour: choice.applies(std::io::stderr().is_terminal()),
            failure: None,
        }
    }

    /// Writes a piece; `false` where nobody reads on.
    pub fn print(&mut self, stream: Stream, markup: &Markup) -> bool {
        let text = |colour| if colour { markup.ansi() } else { markup.plain() };
        let result = match stream {
            Stream::Out => {
                let mut out = std::io::stdout().lock();
                out.write_all(text(self.out_colour).as_bytes()).and_then(|()| out.flush())
            }
            Stream::Err => std::io::stderr().lock().write_all(text(self.err_colour).as_bytes()),
        };
        match result {
            Ok(()) => true,
            Err(error) => {
                if error.kind() != std::io::ErrorKind::BrokenPipe {
                    self.failure = Some(error);
                }
                false
            }
        }
    }
}
