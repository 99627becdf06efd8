//! The prompt on a real terminal: what is typed, and the grid of characters that a user then sees.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How long a test waits for what must come; the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(30);

const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";
const UP: &str = "\x1b[A";
const RIGHT: &str = "\x1b[C";

/// A terminal with ndsh in it.
struct Terminal {
    screen: vt100::Parser,
    output: Receiver<Vec<u8>>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    folder: PathBuf,
    /// Keeps the terminal open.
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Opens the prompt in a terminal of 80 columns. `name` is the test's, for its folder.
    fn open(name: &str) -> Terminal {
        Terminal::with(name, &[], &[("TERM", "xterm-256color")], 80)
    }

    fn with(name: &str, arguments: &[&str], environment: &[(&str, &str)], columns: u16) -> Terminal {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("pty-{name}"));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let size = PtySize { rows: 60, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_ndsh"));
        command.args(arguments);
        command.env_clear();
        command.env("HOME", &folder);
        command.cwd(&folder);
        environment.iter().for_each(|(name, value)| command.env(name, value));
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count) = reader.read(&mut bytes) {
                if count == 0 || sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let mut terminal = Terminal {
            screen: vt100::Parser::new(size.rows.try_into().unwrap(), size.cols.try_into().unwrap(), 0),
            output,
            keys: pair.master.take_writer().unwrap(),
            child,
            folder,
            _master: pair.master,
        };
        terminal.wait("the prompt", |lines| lines.last().is_some_and(|line| line == "nd>"));
        terminal
    }

    fn keys(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// The lines on the screen, without blanks at their ends and blank lines at the end.
    fn lines(&self) -> Vec<String> {
        let text = self.screen.screen().contents();
        text.trim_end().lines().map(|line| line.trim_end().to_string()).collect()
    }

    /// Reads until the screen is as wanted.
    fn wait(&mut self, what: &str, is_there: impl Fn(&[String]) -> bool) {
        let start = Instant::now();
        while !is_there(&self.lines()) {
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(50)) {
                self.screen.process(&bytes);
            }
            assert!(start.elapsed() < PATIENCE, "{what} does not come:\n{}", self.lines().join("\n"));
        }
    }

    /// Waits for a line.
    fn see(&mut self, line: &str) {
        self.wait(line, |lines| lines.iter().any(|found| found == line));
    }

    /// Waits for a line that starts so.
    fn see_start(&mut self, start: &str) {
        self.wait(start, |lines| lines.iter().any(|found| found.starts_with(start)));
    }

    /// Types an entry, and waits for the next prompt.
    fn enter(&mut self, entry: &str) {
        self.keys(entry);
        self.finish();
    }

    /// Ends the entry that was typed, and waits for the next prompt.
    fn finish(&mut self) {
        self.wait("what was typed", |lines| lines.last().is_some_and(|line| line != "nd>"));
        self.keys("\r");
        self.wait("the next prompt", |lines| lines.last().is_some_and(|line| line == "nd>"));
    }

    /// Waits for the end; the exit status.
    fn end(mut self) -> u32 {
        let start = Instant::now();
        loop {
            while let Ok(bytes) = self.output.try_recv() {
                self.screen.process(&bytes);
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                let _ = std::fs::remove_dir_all(&self.folder);
                return status.exit_code();
            }
            assert!(start.elapsed() < PATIENCE, "it does not end:\n{}", self.lines().join("\n"));
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[test]
fn values_are_echoed_kept_and_hidden() {
    let mut terminal = Terminal::open("values");
    assert!(terminal.lines()[0].starts_with(&format!("ndsh {} ", env!("CARGO_PKG_VERSION"))));
    terminal.enter("1 + 2");
    terminal.enter("_ * 100");
    terminal.enter("77;");
    terminal.enter("_ + 1");
    let lines = terminal.lines();
    let after: Vec<&str> = lines.iter().skip(1).map(String::as_str).collect();
    assert_eq!(after, ["nd> 1 + 2", "3", "nd> _ * 100", "300", "nd> 77;", "nd> _ + 1", "78", "nd>"]);
    terminal.keys(CTRL_D);
    assert_eq!(terminal.end(), 0);
}

#[test]
fn tab_completes_and_the_hint_shows_the_signature() {
    let mut terminal = Terminal::open("complete");
    terminal.keys("np.resh\t");
    terminal
        .wait("the completed name", |lines| lines.last().is_some_and(|line| line.starts_with("nd> np.reshape(a, /")));
    terminal.keys("(np.ar");
    terminal.keys("an\t(6), ");
    terminal.wait("the rest of the signature", |lines| {
        lines.last().is_some_and(|line| line.starts_with("nd> np.reshape(np.arange(6), shape"))
    });
    terminal.keys("(2, 3), orde\t'F');");
    terminal.wait("what the line would do", |lines| {
        lines.last().is_some_and(|line| line.ends_with("np.arange(6), (2, 3), order='F');   view of #1"))
    });
    terminal.finish();
    terminal.enter("_.strides;");
    terminal.enter("_");
    terminal.see("(8, 16)");
    terminal.enter("abcdefg = 1");
    terminal.enter("abcd\t + 41");
    terminal.see("42");
}

#[test]
fn files_complete_inside_quotes() {
    let mut terminal = Terminal::open("files");
    std::fs::write(terminal.folder.join("shapes.py"), "s = np.zeros(3).shape\n").unwrap();
    terminal.keys("%run sha\t");
    terminal.see("nd> %run shapes.py");
    terminal.finish();
    terminal.enter("s");
    terminal.see("(3,)");
}

#[test]
fn a_block_is_one_entry_of_the_history() {
    let mut terminal = Terminal::open("block");
    terminal.keys("total = (1 +\r");
    terminal.enter("2)");
    terminal.enter("total");
    terminal.see("3");
    terminal.keys(UP);
    terminal.keys(UP);
    terminal.wait("the block", |lines| {
        lines.len() > 2 && lines[lines.len() - 2] == "nd> total = (1 +" && lines[lines.len() - 1] == "2)"
    });
    terminal.finish();
    terminal.keys(CTRL_D);
    let history = terminal.folder.join(".local/state/ndsh/history");
    let text = std::fs::read_to_string(&history).unwrap();
    assert!(text.contains("total = (1 +\\n2)"), "{text}");
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(&history).unwrap()) & 0o777, 0o600);
    assert_eq!(terminal.end(), 0);
}

#[test]
fn the_history_offers_the_end_of_an_entry() {
    let mut terminal = Terminal::open("earlier");
    terminal.enter("number = 6 * 7");
    terminal.keys("numb");
    terminal.wait("the entry", |lines| lines.last().is_some_and(|line| line == "nd> number = 6 * 7"));
    terminal.keys(RIGHT);
    terminal.enter(" + 1");
    terminal.enter("number");
    terminal.see("43");
}

#[test]
fn a_pasted_session_runs() {
    let mut terminal = Terminal::open("paste");
    let session = ">>> a = [1,\n...      2]\n>>> a\n[1, 2]\n>>> len(a) + 40\n42\n";
    terminal.keys(&format!("\x1b[200~{session}\x1b[201~"));
    terminal.finish();
    let lines = terminal.lines();
    assert_eq!(lines[lines.len() - 3..], ["[1, 2]", "42", "nd>"]);
}

#[test]
fn the_prompt_survives_errors() {
    let mut terminal = Terminal::open("errors");
    terminal.enter("1 / 0");
    terminal.see("ZeroDivisionError: division by zero");
    terminal.enter("a = ) 2");
    terminal.see("SyntaxError: unmatched ')'");
    terminal.enter("%frobnicate");
    terminal.see("NameError: there is no command %frobnicate");
    terminal.enter("%reprot");
    terminal.see("  help: did you mean %report?");
    terminal.enter("np.zeros(10**15)");
    terminal.see_start("numpy._core._exceptions._ArrayMemoryError: Unable to allocate 7.11 PiB for ");
    terminal.enter("6 * 7");
    terminal.see("42");
}

#[test]
fn ctrl_c_drops_the_line() {
    let mut terminal = Terminal::open("drop");
    terminal.keys("something = (1,");
    terminal.see("nd> something = (1,");
    terminal.keys("\r2,");
    terminal.see("2,");
    terminal.keys(CTRL_C);
    terminal.see("KeyboardInterrupt");
    terminal.enter("something");
    terminal.see("NameError: name 'something' is not defined");
}

#[test]
fn nothing_is_lost_of_what_is_typed_ahead() {
    let mut terminal = Terminal::open("ahead");
    let lines: String = (0..200).map(|number| format!("x{number} = {number}\r")).collect();
    terminal.keys(&format!("{lines}total = (x0 +\rx199)\rnp.arange(total + 1)[-1]\r"));
    terminal.see("np.int64(199)");
    terminal.wait("the prompt", |lines| lines.last().is_some_and(|line| line == "nd>"));
}

#[test]
fn ctrl_c_stops_a_running_statement() {
    let mut terminal = Terminal::open("stop");
    terminal.enter("a = np.ones((3000, 3000));");
    for entry in ["%timeit -n 1000000000 1 + 1", "a @ a", "x = 1; a @ a; y = 1"] {
        terminal.keys(entry);
        terminal.keys("\r");
        // The statement runs soon after the line has ended; sooner, Ctrl-C would be a key.
        std::thread::sleep(Duration::from_millis(500));
        terminal.keys(CTRL_C);
        terminal.wait("the interrupt", |lines| {
            let from = lines.iter().rposition(|line| line.ends_with(entry)).unwrap_or(lines.len());
            let after = &lines[from.min(lines.len())..];
            after.iter().any(|line| line == "KeyboardInterrupt") && after.last().is_some_and(|line| line == "nd>")
        });
    }
    terminal.enter("x + 41");
    terminal.see("42");
    terminal.enter("y");
    terminal.see("NameError: name 'y' is not defined");
}

#[test]
fn it_can_be_left_by_command() {
    for word in ["%quit", "%exit", "exit", "quit()"] {
        let mut terminal = Terminal::open(&format!("leave-{}", word.trim_matches(['%', '(', ')'])));
        terminal.keys(&format!("{word}\r"));
        assert_eq!(terminal.end(), 0, "{word}");
    }
}

#[test]
fn a_dumb_terminal_will_do() {
    let mut terminal = Terminal::with("dumb", &["--quiet"], &[("TERM", "dumb")], 80);
    terminal.keys("b = (1 +\r");
    terminal.enter("1)");
    terminal.enter("b * 21");
    terminal.see("42");
    terminal.enter("1 / 0");
    let lines = terminal.lines();
    assert_eq!(lines[0], "nd> b = (1 +", "no banner");
    terminal.keys(CTRL_D);
    assert_eq!(terminal.end(), 0);
}

#[test]
fn reports_fit_a_narrow_terminal() {
    let mut terminal =
        Terminal::with("narrow", &["-q", "--report", "table"], &[("TERM", "xterm"), ("NO_COLOR", "1")], 60);
    terminal.enter("grid = np.arange(600.0).reshape(20, 30)[::2, ::3]");
    let lines = terminal.lines();
    assert!(lines.iter().any(|line| line.starts_with('└') && line.ends_with('┘')), "{}", lines.join("\n"));
    assert!(lines.iter().any(|line| line.contains("4800 B in #1")), "{}", lines.join("\n"));
}

#[test]
fn a_prompt_can_follow_a_script() {
    let mut terminal = Terminal::with("after", &["-i", "-q", "-c", "a = 40"], &[("TERM", "xterm")], 80);
    terminal.enter("a + 2");
    terminal.see("42");
}

#[test]
fn the_hint_tells_what_the_line_would_do() {
    let mut terminal = Terminal::open("preview");
    terminal.enter("a = np.arange(6).reshape(2, 3);");
    terminal.keys("a.T");
    terminal.wait("a view", |lines| lines.last().is_some_and(|line| line == "nd> a.T   view of a, nothing allocated"));
    terminal.keys(".reshape(-1)");
    terminal.wait("a copy", |lines| {
        lines.last().is_some_and(|line| line == "nd> a.T.reshape(-1)   copy, +48 B: axes 0 and 1 do not merge")
    });
    terminal.keys(" + np.zeros((10**6, 6))");
    terminal.wait("a sum of terabytes, planned", |lines| {
        lines.last().is_some_and(|line| line.contains("   new, +48 MB, peak +"))
    });
    terminal.keys(CTRL_C);
    terminal.wait("the next prompt", |lines| lines.last().is_some_and(|line| line == "nd>"));
    // What would take long is not tried, and what has nothing to do with arrays says nothing.
    terminal.keys("[list(range(10**9)), 10**10**10]");
    terminal.wait("the line", |lines| lines.last().is_some_and(|line| line == "nd> [list(range(10**9)), 10**10**10]"));
    terminal.keys(CTRL_C);
    terminal.wait("the next prompt", |lines| lines.last().is_some_and(|line| line == "nd>"));
    // Nothing of all that happened: the next buffer has the next number.
    terminal.enter("b = a + 1");
    terminal.wait("buffer 2", |lines| lines.iter().any(|line| line.starts_with("+48 B in #2")));
}

#[test]
fn without_colour_a_mark_tells_the_hint_from_what_is_typed() {
    let mut terminal = Terminal::with("mark", &["-q"], &[("TERM", "xterm"), ("NO_COLOR", "1")], 80);
    terminal.enter("a = np.arange(6);");
    terminal.keys("a[::2].copy()");
    terminal.wait("the hint", |lines| {
        lines.last().is_some_and(|line| line.starts_with("nd> a[::2].copy()  · copy, +24 B"))
    });
}
