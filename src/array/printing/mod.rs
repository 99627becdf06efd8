//! How arrays, scalars and dtypes are printed: the rules of NumPy's `arrayprint.py`, to the letter.
//!
//! [`array2string()`] lays the elements out in brackets and lines; how one element is written is a [`Formatter`],
//! a function from a scalar to text. NumPy's own formatters look at all elements that will be shown before they
//! write the first, so that columns line up: `shown` says which those are, and never touches any other.

mod array2string;
mod array_repr;
mod complex;
mod dtype_repr;
mod flags;
mod floating;
mod formatter;
mod integer;
mod options;
mod scalar_repr;
mod shown;

pub use array_repr::{array_repr, array_repr_with, array_str, array_str_with};
pub use array2string::array2string;
pub use dtype_repr::{dtype_is_implied, dtype_repr, dtype_short_repr};
pub use flags::flags_str;
pub use formatter::{Formatter, numpy_formatter};
pub use options::{FloatMode, Legacy, PrintOptions, Sign};
pub use scalar_repr::{item_text, scalar_repr, scalar_str};
