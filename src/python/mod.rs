//! Python's own functions, operators and methods: what a value does that is no array.

mod operators;

pub use operators::{binary, compare, contains, delete_item, format_value, get_item, in_place, set_item, unary};

use crate::registry::Section;

/// The sections of Python's entries.
pub const SECTIONS: &[Section] = &[];
