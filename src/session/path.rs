//! What a path writes, looked at without running anything: names, attributes and items, such as `things[0]`, `d['x']`.

use super::holders::{HoldAt, Holders};
use super::{Failure, Session};
use crate::error::{Error, ErrorClass, Result, value_error};
use crate::syntax::{self, ast::Expr, ast::ExprKind, ast::StmtKind};
use crate::value::Value;

/// A path that was parsed: it calls nothing and computes nothing but indices.
pub struct Path {
    text: String,
    expr: Expr,
}

impl Path {
    /// Parses a path.
    ///
    /// # Errors
    /// `SyntaxError`; `ValueError` where the text is more than a path.
    pub fn parse(text: &str) -> Result<Path> {
        let statements = syntax::parse(text).map_err(|error| Failure::error_of(&error))?;
        match <[_; 1]>::try_from(statements) {
            Ok([statement]) => match statement.kind {
                StmtKind::Expr(expr) if is_path(&expr) => Ok(Path { text: expr.span.of(text).to_string(), expr }),
                _ => Err(not_a_path(text)),
            },
            Err(_) => Err(not_a_path(text)),
        }
    }

    /// Parses several, with blanks or commas between them.
    ///
    /// # Errors
    /// As [`Path::parse`].
    pub fn parse_all(text: &str) -> Result<Vec<Path>> {
        split(text).into_iter().map(Path::parse).collect()
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

fn not_a_path(text: &str) -> Error {
    value_error(format!("{text} is no path"))
        .help("a path is made of names, attributes and items: a, things[0], d['x']")
}

fn is_path(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Name(_) => true,
        ExprKind::Attribute(value, ..) => is_path(value),
        ExprKind::Subscript(value, index) => is_path(value) && is_index(index),
        _ => false,
    }
}

/// Whether an index is only looked at: constants and names, signs, slices and tuples of them.
fn is_index(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::None | ExprKind::Bool(_) | ExprKind::Ellipsis | ExprKind::Int(_) | ExprKind::BigInt(_) => true,
        ExprKind::Float(_) | ExprKind::Imaginary(_) | ExprKind::Str(_) | ExprKind::Bytes(_) => true,
        ExprKind::Unary(_, value) => is_index(value),
        ExprKind::Tuple(items) => items.iter().all(is_index),
        ExprKind::Slice(start, stop, step) => [start, stop, step].into_iter().flatten().all(|part| is_index(part)),
        _ => is_path(expr),
    }
}

/// The parts of a text between blanks and commas that stand in no brackets and no string.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0usize, None);
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '[' | '(' | '{') => depth += 1,
            (None, ']' | ')' | '}') => depth = depth.saturating_sub(1),
            (None, _) if depth == 0 && (c == ',' || c.is_whitespace()) => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts.retain(|part| !part.is_empty());
    parts
}

impl Session {
    /// The value at a path.
    ///
    /// # Errors
    /// Those of looking it up: `NameError`, `IndexError`, `KeyError`, ...
    pub fn value_at(&mut self, path: &Path) -> Result<Value> {
        self.evaluator.value(&path.expr)
    }

    /// The reference that a path writes; `None` where that is to a value that holds no array, or to one that was only
    /// made now.
    ///
    /// # Errors
    /// Those of looking it up.
    pub fn hold_at(&mut self, holders: &Holders, path: &Path) -> Result<Option<HoldAt>> {
        self.value_at(path)?;
        Ok(match &path.expr.kind {
            ExprKind::Name(name) => holders.hold_of_name(name),
            ExprKind::Subscript(value, index) => {
                let (container, index) = (self.evaluator.value(value)?, self.evaluator.value(index)?);
                holders.hold_of_item(&container, &index)
            }
            _ => None,
        })
    }

    /// That `del path` can take away what the path writes.
    ///
    /// # Errors
    /// Those of looking it up, and of deleting what cannot be deleted.
    pub fn require_deletable(&mut self, path: &Path) -> Result<()> {
        self.value_at(path)?;
        match &path.expr.kind {
            ExprKind::Name(_) => Ok(()),
            ExprKind::Subscript(value, index) => match self.evaluator.value(value)? {
                Value::List(_) if matches!(index.kind, ExprKind::Slice(..)) => {
                    Err(value_error("one item at a time: a slice is no path to one"))
                }
                Value::List(_) | Value::Dict(_) => Ok(()),
                Value::Array(_) => Err(value_error("cannot delete array elements")),
                other => {
                    let message = format!("'{}' object doesn't support item deletion", other.type_name());
                    Err(Error::new(ErrorClass::TypeError, message))
                }
            },
            _ => Err(value_error(format!("{} is no name and no item of a list or a dict", path.text))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_run_nothing() {
        for text in ["a", "things[0]", "d['x y'][-1]", "a.T", "a[1:, None]", "d[k]"] {
            assert!(Path::parse(text).is_ok(), "{text}");
        }
        for text in ["a.copy()", "a + 1", "a = 1", "things[f()]", "del a", "3", "", "a; b"] {
            assert!(Path::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn paths_stand_apart() {
        assert_eq!(split("a b, things[0, 1]  d['x y']"), ["a", "b", "things[0, 1]", "d['x y']"]);
        assert_eq!(split(r"d['it\'s, so'] b"), [r"d['it\'s, so']", "b"]);
        assert!(split(" , ").is_empty());
    }
}
