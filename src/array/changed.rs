//! Values that a cast changed by more than rounding: the first of a statement, as an example in numbers.
//!
//! Only the first elements of what is cast are looked at, and only where a statement is recorded: an example is worth
//! a glance, not a pass over the data.

use super::cast::{Casting, can_cast};
use super::dtype::{DType, Kind, Type};
use super::ndarray::NdArray;
use super::printing::{PrintOptions, scalar_str};
use super::runtime::Runtime;
use super::scalar::Scalar;
use std::fmt;

/// So many elements are looked at.
const GLANCE: usize = 256;

/// A value that an integer type does not hold as it was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Changed {
    /// The value.
    pub from: Scalar,
    /// What it became.
    pub to: Scalar,
}

impl Changed {
    /// What a cast to `ty` makes of a value, where that is another.
    fn of(from: Scalar, ty: Type) -> Option<Changed> {
        let to = from.cast(ty);
        let same = match from.as_i128() {
            Some(whole) => to.as_i128() == Some(whole),
            None => from.as_f64() == to.as_f64(),
        };
        (!same).then_some(Changed { from, to })
    }
}

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ty = self.to.ty();
        let text = |value| scalar_str(value, &PrintOptions::default());
        write!(f, "{} became {}: ", text(self.from), text(self.to))?;
        let bits = 8 * ty.size() as u32;
        let (low, high) = match ty.kind() {
            Kind::Unsigned => (0, (1i128 << bits) - 1),
            _ => (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
        };
        if self.from.as_i128().is_some() {
            return write!(f, "{} holds {low} to {high}, and what does not fit wraps", ty.name());
        }
        let value = self.from.as_f64();
        if value.trunc() >= low as f64 && value.trunc() <= high as f64 {
            return write!(f, "a cast to {} cuts the fraction", ty.name());
        }
        write!(f, "{} holds {low} to {high}, and what becomes of other floats is not defined", ty.name())
    }
}

/// Whether a cast may change a value by more than rounding.
pub(super) fn may_change(from: &DType, to: &DType) -> bool {
    let loses =
        to.ty().is_integer() || to.kind() == Kind::Bool || (from.kind() == Kind::Complex && to.kind() != Kind::Complex);
    loses && !can_cast(from, to, Casting::Safe)
}

impl Runtime {
    /// Whether it is to be looked for values that a cast changes.
    fn looks_for_changes(&self, from: &DType, to: &DType) -> bool {
        let is_first = || self.changed.borrow().is_none();
        self.ledger.is_recording()
            && is_first()
            && to.ty().is_integer()
            && !from.ty().is_complex()
            && may_change(from, to)
    }

    /// Records the first element of `source` that a cast to `to` changes, if it is among the first there are.
    pub fn record_changes(&self, source: &NdArray, to: &DType) {
        let layout = source.layout();
        if !self.looks_for_changes(&layout.dtype, to) || source.buffer_ref().bytes().is_none() {
            return;
        }
        let few = 0..layout.size().min(GLANCE);
        let changed = few.map(|n| source.read(layout.offset_of(n))).find_map(|value| Changed::of(value, to.ty()));
        self.changed.replace(changed);
    }

    /// Records that a cast of `value` to `to` changes it, if it does.
    pub fn record_change(&self, value: Scalar, to: &DType) {
        if self.looks_for_changes(&value.dtype(), to) {
            self.changed.replace(Changed::of(value, to.ty()));
        }
    }
}
