//! The arrays that a command is about: expressions between blanks.

use crate::array::ArrayRef;
use crate::error::{Error, type_error, value_error};
use crate::session::{Failure, Session};
use crate::shell::Shell;
use crate::syntax::highlight::{Token, tokens};
use crate::text::article::with_article;
use crate::value::Value;
use std::rc::Rc;

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

/// Looks at the array that a command's argument evaluates to; `example` is an argument that would do. Nothing is left
/// of the evaluation.
///
/// # Errors
/// What evaluating and looking raise; `TypeError` where the value is no array.
pub fn look_at_array<T>(
    shell: &mut Shell,
    command: &str,
    example: &str,
    argument: &str,
    look: impl Fn(&Session, &ArrayRef) -> T,
) -> Result<T, Box<Failure>> {
    if argument.is_empty() {
        return Err(value_error(format!("%{command} takes an array")).help(format!("%{command} {example}")).into());
    }
    shell.session.look_at(&format!("%{command}"), &[argument], |session, values| {
        Ok(look(session, &array_of(command, values.first().unwrap_or(&Value::None))?))
    })
}

/// The array that this value is.
///
/// # Errors
/// `TypeError` where it is none.
pub fn array_of(command: &str, value: &Value) -> Result<ArrayRef, Error> {
    match value {
        Value::Array(array) => Ok(Rc::clone(array)),
        Value::Scalar(scalar) => {
            let class = scalar.dtype();
            let error = type_error(format!("%{command} takes an array, and this is a scalar of class {class}"));
            let help = "a scalar has bytes of its own: integers for all axes copy one out, an `...` behind them keeps a \
                        view, a[0, ...]";
            Err(error.help(help))
        }
        other => {
            let class = other.class().name;
            Err(type_error(format!("%{command} takes an array, not {}", with_article(class))))
        }
    }
}

/// Looks at the arrays of these expressions, each under its own text. Nothing is left of the evaluation.
///
/// # Errors
/// What evaluating raises; `TypeError` where a value is no array.
pub fn look_at_arrays<T>(
    shell: &mut Shell,
    command: &str,
    texts: &[&str],
    look: impl Fn(&Session, &[(String, ArrayRef)]) -> T,
) -> Result<T, Box<Failure>> {
    let seen = shell.session.look_at(command, texts, |session, values| {
        let mut arrays = Vec::with_capacity(texts.len());
        for (text, value) in texts.iter().zip(values) {
            match value {
                Value::Array(array) => arrays.push((text.to_string(), Rc::clone(array))),
                other => return Err(no_array(command, text, other).into()),
            }
        }
        Ok(look(session, &arrays))
    });
    seen.map_err(|mut failure| {
        if failure.class == "SyntaxError" && texts.len() > 1 {
            failure.help.push(format!("blanks separate arrays: {command} (a + b) c"));
        }
        failure
    })
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
