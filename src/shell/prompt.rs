//! The prompt: reads entries from a terminal until the user leaves.

use super::colour::{Choice, Printer, width};
use super::editor::Editor;
use super::{PROMPT, Shell, history};
use crate::interrupt;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{ColorMode, CompletionType, Config};
use std::cell::RefCell;
use std::io::IsTerminal;
use std::process::ExitCode;
use std::rc::Rc;

/// Reads and runs entries until the user leaves.
pub fn run(mut shell: Shell, printer: &mut Printer, choice: Choice, banner: bool, keep_history: bool) -> ExitCode {
    shell.session.keep_last(true);
    let colour = choice.applies(std::io::stdout().is_terminal());
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .color_mode(if colour { ColorMode::Forced } else { ColorMode::Disabled })
        .auto_add_history(false)
        .build();
    let shell = Rc::new(RefCell::new(shell));
    let mut editor = match rustyline::Editor::<Editor, FileHistory>::with_config(config) {
        Ok(editor) => editor,
        Err(error) => {
            eprintln!("ndsh: cannot open the terminal: {error}");
            return ExitCode::FAILURE;
        }
    };
    editor.set_helper(Some(Editor::new(Rc::clone(&shell), colour)));
    let file = history::path().filter(|_| keep_history);
    if let Some(file) = &file {
        history::prepare(file);
        // A history that is not there yet, or cannot be read, is an empty one.
        let _ = editor.load_history(file);
    }
    // Ctrl-C at the prompt is a key; while a statement runs it is a signal.
    let _ = ctrlc::set_handler(interrupt::raise);
    if banner {
        println!("ndsh {} · %help lists the commands, name? explains, Ctrl-D leaves", env!("CARGO_PKG_VERSION"));
    }
    loop {
        match editor.readline(PROMPT) {
            Ok(entry) if entry.trim().is_empty() => {}
            Ok(entry) => {
                let _ = editor.add_history_entry(entry.as_str());
                if let Some(file) = &file {
                    let _ = editor.append_history(file);
                }
                interrupt::clear();
                let mut shell = shell.borrow_mut();
                shell.manner.view.width = width();
                shell.entries.push(entry.clone());
                shell.enter(&entry, &mut |stream, markup| printer.print(stream, markup));
                if shell.is_leaving() {
                    return ExitCode::SUCCESS;
                }
            }
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => return ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("ndsh: cannot read the terminal: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
}
