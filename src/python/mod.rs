//! Python's own functions, operators and methods: what a value does that is no array.

mod compare;
mod format;
mod integer;
mod number;
mod operators;
mod sequence;
mod set_algebra;
mod slicing;
mod subscript;

pub use compare::{compare, contains};
pub use format::format_value;
pub use operators::{binary, in_place, unary};
pub use subscript::{delete_item, get_item, set_item};

use crate::registry::Section;

/// The sections of Python's entries.
pub const SECTIONS: &[Section] = &[];
