//! The methods and attributes of Python's classes.

pub mod bytearray;
pub mod bytes;
pub mod dict;
pub mod list;
pub mod number;
pub mod range;
pub mod set;
pub mod str_case;
pub mod str_layout;
pub mod str_search;
pub mod str_split;
pub mod view;

use crate::error::{Error, Result, type_error};
use crate::registry::Arguments;
use crate::value::{Value, as_index};
use std::rc::Rc;

/// The error for a method called on what is not of its class: `list.append(3, 4)`.
fn wrong_receiver(class: &str, value: &Value) -> Error {
    type_error(format!("a '{class}' object is required, not '{}'", value.class().qualified()))
}

/// The str that a method was called on.
fn text(args: &Arguments) -> Result<Rc<str>> {
    match args.receiver() {
        Value::Str(text) => Ok(Rc::clone(text)),
        other => Err(wrong_receiver("str", other)),
    }
}

/// A str argument; `what` is how CPython calls it in its complaint, empty where it does not.
fn str_argument(args: &Arguments, name: &str, what: &str) -> Result<Rc<str>> {
    match args.get(name) {
        Value::Str(text) => Ok(text),
        other => {
            let space = if what.is_empty() { "" } else { " " };
            Err(type_error(format!("{what}{space}must be str, not {}", other.class().qualified())))
        }
    }
}

/// How often at most; nothing where a negative number says that there is no bound.
fn count_argument(args: &Arguments, name: &str) -> Result<Option<usize>> {
    Ok(usize::try_from(as_index(&args.get(name))?).ok())
}
