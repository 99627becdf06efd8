//! Python's int: a machine word while it fits, any size beyond.

use num_bigint::BigInt;
use num_traits::{FromPrimitive, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::fmt;
use std::rc::Rc;

/// An int. Always `Small` where the value fits 64 bits, so equal ints are equal in form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Int {
    /// Fits 64 bits.
    Small(i64),
    /// Does not.
    Big(Rc<BigInt>),
}

impl From<i64> for Int {
    fn from(value: i64) -> Int {
        Int::Small(value)
    }
}
impl From<i32> for Int {
    fn from(value: i32) -> Int {
        Int::Small(value as i64)
    }
}
impl From<u8> for Int {
    fn from(value: u8) -> Int {
        Int::Small(value as i64)
    }
}
impl From<bool> for Int {
    fn from(value: bool) -> Int {
        Int::Small(value as i64)
    }
}
impl From<isize> for Int {
    fn from(value: isize) -> Int {
        Int::Small(value as i64)
    }
}
impl From<usize> for Int {
    fn from(value: usize) -> Int {
        Int::from(value as u64)
    }
}
impl From<u64> for Int {
    fn from(value: u64) -> Int {
        i64::try_from(value).map_or_else(|_| Int::Big(Rc::new(value.into())), Int::Small)
    }
}
impl From<i128> for Int {
    fn from(value: i128) -> Int {
        i64::try_from(value).map_or_else(|_| Int::Big(Rc::new(value.into())), Int::Small)
    }
}
impl From<BigInt> for Int {
    fn from(value: BigInt) -> Int {
        value.to_i64().map_or_else(|| Int::Big(Rc::new(value)), Int::Small)
    }
}

impl Int {
    /// As a machine word, where it fits.
    pub fn to_i64(&self) -> Option<i64> {
        if let Int::Small(value) = self { Some(*value) } else { None }
    }

    /// As an `i128`, where it fits.
    pub fn to_i128(&self) -> Option<i128> {
        match self {
            Int::Small(value) => Some(*value as i128),
            Int::Big(value) => value.to_i128(),
        }
    }

    /// As a big integer.
    pub fn to_big(&self) -> BigInt {
        match self {
            Int::Small(value) => BigInt::from(*value),
            Int::Big(value) => (**value).clone(),
        }
    }

    /// The nearest double; infinite where the int is too large.
    pub fn to_f64(&self) -> f64 {
        match self {
            Int::Small(value) => *value as f64,
            Int::Big(value) => value.to_f64().unwrap_or(f64::INFINITY),
        }
    }

    /// The int that a float without fraction is; `None` for nan and infinities.
    pub fn from_f64(value: f64) -> Option<Int> {
        if value.abs() < 9e18 { Some(Int::Small(value as i64)) } else { BigInt::from_f64(value).map(Int::from) }
    }

    /// -1, 0 or 1.
    pub fn signum(&self) -> i64 {
        match self {
            Int::Small(value) => value.signum(),
            Int::Big(value) => match value.is_negative() {
                true => -1,
                false => 1,
            },
        }
    }

    /// Whether it is 0.
    pub fn is_zero(&self) -> bool {
        match self {
            Int::Small(value) => *value == 0,
            Int::Big(value) => value.is_zero(),
        }
    }
}

impl PartialOrd for Int {
    fn partial_cmp(&self, other: &Int) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Int {
    fn cmp(&self, other: &Int) -> Ordering {
        match (self, other) {
            (Int::Small(a), Int::Small(b)) => a.cmp(b),
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl fmt::Display for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Int::Small(value) => fmt::Display::fmt(value, f),
            Int::Big(value) => fmt::Display::fmt(value, f),
        }
    }
}
