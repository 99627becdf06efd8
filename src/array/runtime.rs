//! What array work needs of the session: the ledger, the reaction to floating-point errors, and a place for warnings.

use super::changed::Changed;
use super::copied::Copied;
use super::derived::{Derived, Seen};
use super::layout::Layout;
use super::planned::Bounds;
use super::write::Write;
use crate::error::{Error, ErrorClass, Result};
use crate::memory::{Buffer, BufferId, Ledger};
use crate::syntax::ast::Span;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// What to do at a floating-point error (`np.seterr`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Reaction {
    Ignore,
    Warn,
    Raise,
    Call,
    Print,
    Log,
}

/// The reactions to the four floating-point errors; NumPy's defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ErrorState {
    pub divide: Reaction,
    pub over: Reaction,
    pub under: Reaction,
    pub invalid: Reaction,
}

impl Default for ErrorState {
    fn default() -> ErrorState {
        ErrorState { divide: Reaction::Warn, over: Reaction::Warn, under: Reaction::Ignore, invalid: Reaction::Warn }
    }
}

/// A warning that a statement gave: its class and message, as Python prints them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// `RuntimeWarning`, ...
    pub class: ErrorClass,
    /// The text.
    pub message: String,
}

/// The part of a session that array work may touch.
pub struct Runtime {
    /// The account of array data.
    pub ledger: Rc<Ledger>,
    /// `np.seterr`.
    pub error_state: Cell<ErrorState>,
    /// The warnings of the current statement.
    pub warnings: RefCell<Vec<Warning>>,
    /// The writes in place of the current statement.
    pub writes: RefCell<Vec<Write>>,
    /// The newest buffer when the current operation began; writes to newer ones are nobody's business.
    pub known: Cell<BufferId>,
    /// The copies of array data of the current statement.
    pub copies: RefCell<Vec<Copied>>,
    /// A value that a cast of the current statement changed: the first that was found.
    pub changed: RefCell<Option<Changed>>,
    /// Which array the current statement made of which.
    pub derived: RefCell<Vec<Derived>>,
    /// The arrays that the expressions of the current statement gave, by the places of the expressions.
    pub seen: RefCell<Vec<(Span, Seen)>>,
    /// What the data decides of the sizes that a plan reckons with.
    pub bounds: RefCell<Vec<Bounds>>,
}

impl Default for Runtime {
    fn default() -> Runtime {
        Runtime {
            ledger: Ledger::new(),
            error_state: Cell::default(),
            warnings: RefCell::default(),
            writes: RefCell::default(),
            known: Cell::new(BufferId::MAX),
            copies: RefCell::default(),
            changed: RefCell::default(),
            derived: RefCell::default(),
            seen: RefCell::default(),
            bounds: RefCell::default(),
        }
    }
}

impl Runtime {
    /// Forgets what the last statement warned of, wrote and copied.
    pub fn clear_records(&self) {
        self.warnings.borrow_mut().clear();
        self.writes.borrow_mut().clear();
        self.copies.borrow_mut().clear();
        self.changed.take();
        self.derived.borrow_mut().clear();
        self.seen.borrow_mut().clear();
        self.bounds.borrow_mut().clear();
    }

    /// Warns once a statement for each text.
    pub fn warn(&self, class: ErrorClass, message: impl Into<String>) {
        let warning = Warning { class, message: message.into() };
        let mut warnings = self.warnings.borrow_mut();
        if !warnings.contains(&warning) {
            warnings.push(warning);
        }
    }

    /// A zeroed buffer for the elements of `layout`, which is contiguous from byte 0.
    ///
    /// # Errors
    /// NumPy's `MemoryError: Unable to allocate ...`, and its `ValueError` where the size does not fit a word.
    pub fn allocate(&self, layout: &Layout) -> Result<Rc<Buffer>> {
        let too_big = || {
            Error::new(
                ErrorClass::ValueError,
                "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.",
            )
        };
        let count = super::layout::element_count(&layout.shape).ok_or_else(too_big)?;
        let bytes = count.checked_mul(layout.itemsize()).filter(|&n| n <= isize::MAX as usize).ok_or_else(too_big)?;
        self.ledger.allocate(bytes).map_err(|refused| {
            let shape: Vec<String> = layout.shape.iter().map(usize::to_string).collect();
            let comma = if shape.len() == 1 { "," } else { "" };
            let message = format!(
                "Unable to allocate {} for an array with shape ({}{comma}) and data type {}",
                binary_size(refused.bytes),
                shape.join(", "),
                layout.dtype
            );
            Error::new(ErrorClass::ArrayMemoryError, message)
        })
    }
}

/// A size as NumPy's MemoryError spells it: `7.28 TiB` (`_ArrayMemoryError._size_to_string`).
pub fn binary_size(bytes: usize) -> String {
    const UNITS: [&str; 7] = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    let log2 = if bytes == 0 { 0 } else { bytes.ilog2() as usize };
    let mut unit = (log2 / 10).min(UNITS.len() - 1);
    let mut value = bytes as f64 / (1u64 << (10 * unit)) as f64;
    if unit > 0 && value.round() >= 1024.0 && unit + 1 < UNITS.len() {
        unit += 1;
        value /= 1024.0;
    }
    if unit == 0 {
        format!("{bytes} {}", UNITS[0])
    } else if value.round() < 1000.0 {
        // three significant digits, as C's %#.3g
        let decimals = if value < 9.995 {
            2
        } else if value < 99.95 {
            1
        } else {
            0
        };
        let dot = if decimals == 0 { "." } else { "" };
        format!("{value:.decimals$}{dot} {}", UNITS[unit])
    } else {
        format!("{value:.0} {}", UNITS[unit])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_as_numpy_spells_them() {
        let cases =
            [(0, "0 bytes"), (1023, "1023 bytes"), (1024, "1.00 KiB"), (8 << 40, "8.00 TiB"), (1000 << 10, "1000 KiB")];
        for (bytes, text) in cases {
            assert_eq!(binary_size(bytes), text);
        }
        assert_eq!(binary_size(8_000_000_000_000), "7.28 TiB");
        assert_eq!(binary_size(100 << 20), "100. MiB");
    }
}
