//! Python's own text rules for numbers and strings: `repr`, `format`, `%`. Knows no arrays.

pub mod article;
pub mod closest;
pub mod digits;
pub mod dragon4;
pub mod error;
pub mod float;
pub mod format_spec;
pub mod lines;
pub mod number;
pub mod percent;
pub mod quote;
pub mod str_format;
pub mod unicode;
