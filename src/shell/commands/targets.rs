//! The arrays that a command is about: expressions between blanks.

use crate::array::ArrayRef;
use crate::error::{Error, type_error, value_error};
use crate::session::Failure;
use crate::shell::Shell;
use crate::syntax::ast::{Stmt, StmtKind};
use crate::syntax::highlight::{Token, tokens};
use crate::text::article::with_article;
use crate::value::Value;

/// The words of an argument: what stands between blanks (or commas) that are in no brackets and no string. An
/// expression with blanks of its own goes in parentheses.
pub fn words(argument: &str) -> Vec<&str> {
    let mut cuts: Vec<bool> = vec![false; argument.len()];
    let mut depth = 0usize;
    let mut at = 0;
    let mut mark = |from: usize, to: usize, depth: usize| {
        if depth == 0 {
            cuts.iter_mut().take(to).skip(from).for_each(|cut| *cut = true);
        }
    };
    for (span, token) in tokens(argument) {
        mark(at, span.start, depth);
        match (token, span.of(argument)) {
            (Token::Bracket, "(" | "[" | "{") => depth += 1,
            (Token::Bracket, _) => depth = depth.saturating_sub(1),
            (_, ",") => mark(span.start, span.end, depth),
            _ => {}
        }
        at = span.end;
    }
    mark(at, argument.len(), depth);
    let mut words = Vec::new();
    let mut start = None;
    for (at, _) in argument.char_indices() {
        match (cuts.get(at).copied().unwrap_or(false), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                words.push(&argument[from..at]);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| &argument[from..]));
    words
}

/// The array that a command's argument evaluates to; `example` is an argument that would do.
pub fn array_of(shell: &mut Shell, command: &str, example: &str, argument: &str) -> Result<ArrayRef, Box<Failure>> {
    if argument.is_empty() {
        return Err(value_error(format!("%{command} takes an array")).help(format!("%{command} {example}")).into());
    }
    match value_of(shell, &format!("%{command}"), argument)? {
        Value::Array(array) => Ok(array),
        Value::Scalar(scalar) => {
            let class = scalar.dtype();
            let error = type_error(format!("%{command} takes an array, and this is a scalar of class {class}"));
            let help = "a scalar has bytes of its own: integers for all axes copy one out, an `...` behind them keeps a \
                        view, a[0, ...]";
            Err(error.help(help).into())
        }
        other => {
            let class = other.class().name;

            Err(type_error(format!("%{command} takes an array, not {}", with_article(class))).into())
        }
    }
}

/// The value of an expression; a statement is refused.
///
/// # Errors
/// What parsing or evaluating raises, with its place in `text`.
pub fn value_of(shell: &mut Shell, command: &str, text: &str) -> Result<Value, Box<Failure>> {
    let parsed = crate::syntax::parse(text).map_err(|error| Box::new(Failure::of_syntax(&error, text)))?;
    if !matches!(parsed.as_slice(), [Stmt { kind: StmtKind::Expr(_), .. }]) {
        return Err(value_error(format!("{command} takes an expression, not a statement")).into());
    }
    let value = shell.session.evaluate(text).map_err(|error| Box::new(Failure::of(&error, text, 1)))?;
    Ok(value.unwrap_or(Value::None))
}

/// The arrays of these expressions, each under its own text.
///
/// # Errors
/// As [`value_of`]; `TypeError` where a value is no array.
pub fn arrays(shell: &mut Shell, command: &str, texts: &[&str]) -> Result<Vec<(String, ArrayRef)>, Box<Failure>> {
    let mut arrays = Vec::with_capacity(texts.len());
    for text in texts {
        let value = value_of(shell, command, text).map_err(|mut failure| {
            if failure.class == "SyntaxError" && texts.len() > 1 {
                failure.help.push(format!("blanks separate arrays: {command} (a + b) c"));
            }
            failure
        })?;
        match value {
            Value::Array(array) => arrays.push((text.to_string(), array)),
            other => return Err(no_array(command, text, &other).into()),
        }
    }
    Ok(arrays)
}

/// That a value is no array, and what may have been meant.
pub fn no_array(command: &str, text: &str, value: &Value) -> Error {
    let error = type_error(format!("{command} takes arrays, and {text} is of type {}", value.class().name));
    match value {
        Value::Scalar(_) => error.help("a scalar is a copy outside any buffer; a[0, ...] is a view of the element"),
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_separate_outside_brackets_and_strings() {
        assert_eq!(words("a b.T"), ["a", "b.T"]);
        assert_eq!(words(" a[1, 2],b  (a + 1).T "), ["a[1, 2]", "b", "(a + 1).T"]);
        assert_eq!(words("d['x y'] é"), ["d['x y']", "é"]);
        assert_eq!(words("--save out/map.svg a"), ["--save", "out/map.svg", "a"]);
        assert!(words("").is_empty() && words("a[1, 2").len() == 1);
    }
}
