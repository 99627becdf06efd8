//! The methods and attributes of Python's classes.

pub mod dict;
pub mod list;
pub mod number;
pub mod range;
pub mod set;

use crate::error::{Error, type_error};
use crate::value::Value;

/// The error for a method called on what is not of its class: `list.append(3, 4)`.
fn wrong_receiver(class: &str, value: &Value) -> Error {
    type_error(format!("a '{class}' object is required, not '{}'", value.class().qualified()))
}
