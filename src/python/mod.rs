//! Python's own functions, operators and methods: what a value does that is no array.

mod builtins;
pub mod bytearray;
pub mod bytes;
mod codec;
mod compare;
pub mod copy;
mod datetime;
pub mod dict_view;
pub mod files;
mod format;
mod frozenset;
mod integer;
mod iterator;
mod math;
pub mod memoryview;
mod methods;
mod number;
mod operators;
mod sequence;
mod set_algebra;
mod slicing;
mod sorting;
mod subscript;
pub mod sys;

pub use compare::{compare, contains};
pub use format::{format_value, percent};
pub use operators::{binary, in_place, takes_scalar, unary};
pub use subscript::{delete_item, get_item, set_item};

use crate::registry::Section;

/// The sections of Python's entries.
pub const SECTIONS: &[Section] = &[
    builtins::classes::SECTION,
    builtins::containers::SECTION,
    builtins::conversion::SECTION,
    builtins::iteration::SECTION,
    builtins::numbers::SECTION,
    builtins::output::SECTION,
    math::integer::SECTION,
    math::real::SECTION,
    math::sums::SECTION,
    methods::bytearray::SECTION,
    methods::bytes::SECTION,
    methods::dict::SECTION,
    methods::list::SECTION,
    methods::number::SECTION,
    methods::range::SECTION,
    methods::set::SECTION,
    methods::str_case::SECTION,
    methods::str_layout::SECTION,
    methods::str_search::SECTION,
    methods::str_split::SECTION,
    methods::view::SECTION,
    sys::SECTION,
    copy::SECTION,
    datetime::SECTION,
];
