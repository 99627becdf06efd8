//! The standard streams and the signal: colour, width, how output is written, what Ctrl-C does.

use crate::report::{Markup, Role};
use crate::shell::Stream;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Stdout, Write};

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
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        match self {
            Choice::Always => true,
            Choice::Never => false,
            Choice::Auto if set("NO_COLOR").is_some() => false,
            Choice::Auto if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
            Choice::Auto => is_terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
        }
    }
}

/// The columns there are: of the terminal that standard output is, else `COLUMNS`, else 80.
pub fn width() -> usize {
    let out = io::stdout();
    let terminal = out.is_terminal().then(|| terminal_size::terminal_size_of(&out)).flatten();
    let terminal = terminal.map(|(width, _)| usize::from(width.0)).filter(|&width| width > 0);
    let variable = || std::env::var("COLUMNS").ok()?.parse().ok().filter(|&width| width > 0);
    terminal.or_else(variable).unwrap_or(80)
}

/// Writes pieces of output to the standard streams, in their order.
pub struct Printer {
    out: BufWriter<Stdout>,
    out_colour: bool,
    err_colour: bool,
    is_watched: bool,
    failure: Option<io::Error>,
}

impl Printer {
    /// A printer with this choice of colour.
    pub fn new(choice: Choice) -> Printer {
        let out = io::stdout();
        let is_watched = out.is_terminal();
        Printer {
            out_colour: choice.applies(is_watched),
            err_colour: choice.applies(io::stderr().is_terminal()),
            out: BufWriter::with_capacity(1 << 16, out),
            is_watched,
            failure: None,
        }
    }

    /// Writes a piece; `false` where nobody reads on.
    pub fn print(&mut self, stream: Stream, markup: &Markup) -> bool {
        if self.failure.is_none() {
            self.failure = self.write(stream, markup).err();
        }
        self.failure.is_none()
    }

    fn write(&mut self, stream: Stream, markup: &Markup) -> io::Result<()> {
        let text = |colour| if colour { markup.ansi() } else { markup.plain() };
        match stream {
            Stream::Out => {
                self.out.write_all(text(self.out_colour).as_bytes())?;
                // Who watches sees each piece at once; a file or a pipe gets them in blocks.
                if self.is_watched { self.out.flush() } else { Ok(()) }
            }
            Stream::Err => {
                self.out.flush()?;
                // What cannot be complained of is not worth ending for.
                let _ = io::stderr().lock().write_all(text(self.err_colour).as_bytes());
                Ok(())
            }
        }
    }

    /// A line to standard output that stands back.
    pub fn note(&mut self, line: &str) {
        self.print(Stream::Out, Markup::new().add(Role::Dim, format!("{line}\n")));
    }

    /// A line to standard error.
    pub fn say(&mut self, line: &str) {
        self.print(Stream::Err, Markup::new().add(Role::Plain, format!("{line}\n")));
    }

    /// Whether nobody reads on.
    pub fn is_closed(&self) -> bool {
        self.failure.is_some()
    }

    /// Writes out what waits. Whether all could be written; that a reader went away is no failure, and any other
    /// reason is told.
    pub fn finish(&mut self) -> bool {
        if self.failure.is_none() {
            self.failure = self.out.flush().err();
        }
        match self.failure.as_ref().filter(|error| error.kind() != ErrorKind::BrokenPipe) {
            Some(error) => {
                let _ = writeln!(io::stderr(), "ndsh: cannot write the output: {error}");
                false
            }
            None => true,
        }
    }
}

/// From now on Ctrl-C stops the running statement, not the process.
pub fn catch_interrupts() {
    // A second call changes nothing.
    let _ = ctrlc::set_handler(|| {
        // The terminal has written `^C` where the cursor stood.
        let mut err = io::stderr();
        if err.is_terminal() {
            let _ = err.write_all(b"\n");
        }
        crate::interrupt::raise();
    });
}
