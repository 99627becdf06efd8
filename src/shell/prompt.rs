//! The prompt: reads entries from a terminal until the user leaves.

use super::editor::{Editor, indentation};
use super::history::History;
use super::terminal::{Choice, Printer, catch_interrupts, width};
use super::{Ending, PROMPT, Shell};
use crate::interrupt;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{ColorMode, CompletionType, Config, EventHandler, KeyCode, KeyEvent, Modifiers};
use std::cell::RefCell;
use std::io::IsTerminal;
use std::rc::Rc;

/// Reads and runs entries until the user leaves. The exit status.
pub fn run(mut shell: Shell, printer: &mut Printer, choice: Choice, banner: bool, mut history: History) -> u8 {
    shell.session.keep_last(true);
    let colour = choice.applies(std::io::stdout().is_terminal());
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .completion_show_all_if_ambiguous(true)
        .color_mode(if colour { ColorMode::Forced } else { ColorMode::Disabled })
        .auto_add_history(false)
        .build();
    let mut editor = match rustyline::Editor::<Editor, FileHistory>::with_config(config) {
        Ok(editor) => editor,
        Err(error) => {
            printer.say(&format!("ndsh: cannot open the terminal: {error}"));
            return 1;
        }
    };
    let shell = Rc::new(RefCell::new(shell));
    editor.set_helper(Some(Editor::new(Rc::clone(&shell), colour)));
    editor.bind_sequence(KeyEvent(KeyCode::Tab, Modifiers::NONE), EventHandler::Conditional(indentation()));
    if let Err(message) = history.prepare() {
        printer.say(&message);
    }
    if let Some(file) = &history.file {
        // A history that cannot be read is an empty one.
        let _ = editor.load_history(file);
    }
    // Ctrl-C while a line is typed is a key; while a statement runs it is a signal.
    catch_interrupts();
    if banner {
        printer.note(&format!(
            "ndsh {} · %help lists the commands, name? explains, Ctrl-D leaves",
            env!("CARGO_PKG_VERSION")
        ));
    }
    loop {
        match editor.readline(PROMPT) {
            Ok(entry) if entry.trim().is_empty() => {}
            Ok(entry) => {
                let _ = editor.add_history_entry(entry.as_str());
                if let Some(file) = &history.file {
                    let _ = editor.append_history(file);
                }
                if enter(&mut shell.borrow_mut(), &entry, printer) {
                    return 0;
                }
            }
            Err(ReadlineError::Interrupted) => printer.note("KeyboardInterrupt"),
            Err(ReadlineError::Eof) => return 0,
            Err(error) => {
                printer.say(&format!("ndsh: cannot read the terminal: {error}"));
                return 1;
            }
        }
        if printer.is_closed() {
            return 0;
        }
    }
}

/// Runs an entry. Whether the user leaves.
fn enter(shell: &mut Shell, entry: &str, printer: &mut Printer) -> bool {
    let word = entry.trim().trim_end_matches("()");
    if matches!(word, "exit" | "quit") && shell.session.workspace().get(word).is_none() {
        return true;
    }
    interrupt::clear();
    shell.manner.view.width = width();
    shell.entries.push(entry.to_string());
    let _: Ending = shell.enter(entry, &mut |stream, markup| printer.print(stream, markup));
    shell.is_leaving()
}
