//! Choosing elements: by index or mask into a new array (`take`, `compress`, `choose`, `where`, `nonzero`), or to
//! overwrite them (`put`, `putmask`, `place`). Follows item_selection.c.

mod choose;
mod nonzero;
mod put;
mod take;
mod ternary;

pub use choose::choose;
pub use nonzero::{count_nonzero, nonzero};
pub use put::{place, put, putmask};
pub use take::{compress, take};
pub use ternary::where_;

use crate::error::{Result, value_error};

/// What to do with an index that is out of bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClipMode {
    /// `IndexError`; negative indices count from the end.
    #[default]
    Raise,
    /// It starts again at the other end.
    Wrap,
    /// The nearest there is; negative indices are 0.
    Clip,
}

impl ClipMode {
    /// The mode of this name (`PyArray_ClipmodeConverter`).
    ///
    /// # Errors
    /// NumPy's `ValueError: clipmode must be one of 'clip', 'raise', or 'wrap' (got 'x')`.
    pub fn parse(name: &str) -> Result<ClipMode> {
        match name {
            "raise" => Ok(ClipMode::Raise),
            "wrap" => Ok(ClipMode::Wrap),
            "clip" => Ok(ClipMode::Clip),
            _ => Err(value_error(format!("clipmode must be one of 'clip', 'raise', or 'wrap' (got '{name}')"))),
        }
    }

    /// `index` brought into `0..len`, which is not empty; `None` where it is out of bounds and that is an error.
    #[inline(always)]
    pub fn adjust(self, index: i64, len: usize) -> Option<usize> {
        let n = len as i64;
        match self {
            ClipMode::Raise if index < 0 => usize::try_from(index.wrapping_add(n)).ok(),
            ClipMode::Raise => (index < n).then_some(index as usize),
            ClipMode::Wrap => Some(index.rem_euclid(n.max(1)) as usize),
            ClipMode::Clip => Some(index.clamp(0, (n - 1).max(0)) as usize),
        }
    }
}
