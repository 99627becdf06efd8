//! Text to syntax tree: lexical rules, expressions, statements, and what to say when the text is wrong.
//!
//! The grammar is normative in `grammar/ndsh.ebnf`: one rule a parser function, of the same name.
//! This layer knows no arrays and no names' values.

mod advice;
mod arguments;
pub mod ast;
mod command;
pub mod error;
mod escape;
mod expression;
mod foreign;
mod fstring;
pub mod highlight;
mod input;
mod list;
mod number;
pub mod paste;
mod primary;
mod scan;
mod script;
mod statement;
mod string;
mod subscript;
mod target;
mod trivia;
mod walk;

pub use error::SyntaxError;
pub use paste::strip_prompts;

use ast::Stmt;
use input::Input;

/// The statements of a script or of one entry at the prompt.
///
/// Spans are bytes of [`strip_prompts`]`(text)`, which is `text` itself where there is nothing to strip.
///
/// # Errors
/// The first line that is wrong, or not finished ([`SyntaxError::incomplete`]).
pub fn parse(text: &str) -> Result<Vec<Stmt>, SyntaxError> {
    parse_each(text).into_iter().collect()
}

/// The statements of a script, each by itself: after one that is wrong, it goes on at the next logical line.
///
/// Spans are as [`parse`] gives them.
pub fn parse_each(text: &str) -> Vec<Result<Stmt, SyntaxError>> {
    let text = strip_prompts(text);
    match script::script(Input::new(&text)) {
        Ok((_, statements)) => statements,
        // A script reports its failures line by line and has none of its own.
        Err(_) => Vec::new(),
    }
}
