//! Which of two elements comes first: NumPy's order of sorting, in which NaN is last.
//!
//! `less` is NumPy's (`np::*_tag::less`, numpy_tag.h): zeros of both signs are equal, and so are all NaN. Complex
//! numbers go by real part, then by imaginary part; those with a NaN come last, in the order `R + Rj`, `R + nanj`,
//! `nan + Rj`, `nan + nanj`. A `Key` is a value of which Rust's own order is that order.

use super::super::scalar::Element;
use super::blocks::sort_blocks;
use crate::error::Result;
use crate::half::F16;
use crate::memory::Bool;
use num_complex::{Complex32, Complex64};

/// An element that can be sorted.
pub trait Sortable: Element {
    /// Sorts as the element does: equal keys for equal elements.
    type Key: Ord + Copy;
    /// The key of this element.
    fn key(self) -> Self::Key;
    /// Whether it comes before `other`.
    fn less(self, other: Self) -> bool;
    /// Whether it is (or has) a NaN.
    fn is_nan(self) -> bool;
    /// Whether NumPy sorts indices of this type with its own quicksort. For the others it uses vector instructions.
    const PORTABLE_ARGSORT: bool;
    /// Where NumPy partitions this type for one place with vector instructions: up to how many elements it simply
    /// sorts then (x86-simd-sort's `network_sort_threshold`, with AVX-512).
    const PARTITION_SORTS: Option<usize>;
    /// Sorts a block; equal elements keep their order.
    fn sort_block(values: &mut [Self]);
    /// Sorts; equal elements keep their order.
    ///
    /// # Errors
    /// As [`crate::interrupt::check`]; the elements are in any order then.
    fn sort(values: &mut [Self]) -> Result<()> {
        sort_blocks(values, Self::sort_block, Self::less)
    }
}

macro_rules! sortable_integers {
    ($($ty:ty, $portable:literal, $sorts:expr);* $(;)?) => { $(
        impl Sortable for $ty {
            type Key = $ty;
            const PARTITION_SORTS: Option<usize> = $sorts;
            #[inline(always)]
            fn key(self) -> $ty { self }
            #[inline(always)]
            fn less(self, other: $ty) -> bool { self < other }
            #[inline(always)]
            fn is_nan(self) -> bool { false }
            const PORTABLE_ARGSORT: bool = $portable;
            fn sort_block(values: &mut [$ty]) { values.sort_unstable(); }
        }
    )* };
}
sortable_integers! {
    i8, true, None; u8, true, None; i16, true, Some(512); u16, true, Some(512);
    i32, false, Some(512); u32, false, Some(512); i64, false, Some(256); u64, false, Some(256);
}

impl Sortable for Bool {
    type Key = u8;
    #[inline(always)]
    fn key(self) -> u8 {
        self.0
    }
    #[inline(always)]
    fn less(self, other: Bool) -> bool {
        self.0 < other.0
    }
    #[inline(always)]
    fn is_nan(self) -> bool {
        false
    }
    const PORTABLE_ARGSORT: bool = true;
    const PARTITION_SORTS: Option<usize> = None;
    fn sort_block(values: &mut [Bool]) {
        values.sort_unstable();
    }
}

macro_rules! sortable_floats {
    ($($ty:ty, $wide:ident, $bits:ty, $portable:literal, $sorts:expr);* $(;)?) => { $(
        impl Sortable for $ty {
            type Key = $bits;
            const PARTITION_SORTS: Option<usize> = $sorts;
            #[inline(always)]
            fn key(self) -> $bits {
                const SIGN: $bits = 1 << (<$bits>::BITS - 1);
                if Sortable::is_nan(self) {
                    return <$bits>::MAX;
                }
                let bits = self.to_bits();
                // -0 becomes 0; negative numbers are mirrored below the positive ones
                if bits & SIGN == 0 || bits == SIGN { bits | SIGN } else { !bits }
            }
            #[inline(always)]
            fn less(self, other: $ty) -> bool {
                let (a, b) = (<$wide>::from(self), <$wide>::from(other));
                a < b || (b.is_nan() && !a.is_nan())
            }
            #[inline(always)]
            fn is_nan(self) -> bool { <$wide>::from(self).is_nan() }
            const PORTABLE_ARGSORT: bool = $portable;
            fn sort_block(values: &mut [$ty]) {
                const SIGN: $bits = 1 << (<$bits>::BITS - 1);
                // Keys are sorted faster than floats, and give them back unless -0 or several kinds of NaN are there.
                let nan = values.iter().copied().find(|&x| Sortable::is_nan(x)).unwrap_or_default();
                let distinct = |x: &$ty| x.to_bits() == SIGN || (Sortable::is_nan(*x) && x.to_bits() != nan.to_bits());
                if values.iter().any(distinct) {
                    values.sort_by_key(|&x| x.key());
                    return;
                }
                let mut keys: Vec<$bits> = values.iter().map(|&x| x.key()).collect();
                keys.sort_unstable();
                for (value, key) in values.iter_mut().zip(keys) {
                    *value = match key {
                        <$bits>::MAX => nan,
                        _ if key & SIGN != 0 => <$ty>::from_bits(key & !SIGN),
                        _ => <$ty>::from_bits(!key),
                    };
                }
            }
        }
    )* };
}
sortable_floats! { F16, f32, u16, true, Some(512); f32, f32, u32, false, Some(512); f64, f64, u64, false, Some(256); }

macro_rules! sortable_complex {
    ($($ty:ty, $part:ty);*) => { $(
        impl Sortable for $ty {
            type Key = (u8, <$part as Sortable>::Key, <$part as Sortable>::Key);
            #[inline(always)]
            fn key(self) -> Self::Key {
                let class = 2 * self.re.is_nan() as u8 + self.im.is_nan() as u8;
                (class, self.re.key(), self.im.key())
            }
            #[inline(always)]
            fn less(self, other: $ty) -> bool {
                if self.re < other.re {
                    !self.im.is_nan() || other.im.is_nan()
                } else if self.re > other.re {
                    other.im.is_nan() && !self.im.is_nan()
                } else if self.re == other.re || (self.re.is_nan() && other.re.is_nan()) {
                    self.im < other.im || (other.im.is_nan() && !self.im.is_nan())
                } else {
                    other.re.is_nan()
                }
            }
            #[inline(always)]
            fn is_nan(self) -> bool { self.re.is_nan() || self.im.is_nan() }
            const PORTABLE_ARGSORT: bool = true;
            const PARTITION_SORTS: Option<usize> = None;
            fn sort_block(values: &mut [$ty]) { values.sort_by_key(|&x| x.key()); }
        }
    )* };
}
sortable_complex! { Complex32, f32; Complex64, f64 }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorting_is_stable() {
        let mut floats = [0.0, f64::NAN, -1.0, -0.0, 2.0, 0.0, f64::NEG_INFINITY, -f64::NAN];
        f64::sort(&mut floats).unwrap();
        let expected = [f64::NEG_INFINITY, -1.0, 0.0, -0.0, 0.0, 2.0, f64::NAN, -f64::NAN];
        assert_eq!(floats.map(f64::to_bits), expected.map(f64::to_bits));
        let mut plain = [3.5f32, f32::NAN, -1.0, 0.0, f32::NAN, -7.25];
        f32::sort(&mut plain).unwrap();
        assert_eq!(plain.map(f32::to_bits), [-7.25, -1.0, 0.0, 3.5, f32::NAN, f32::NAN].map(f32::to_bits));
    }

    #[test]
    fn keys_order_as_less_does() {
        let values = [f64::NEG_INFINITY, -1.5, -5e-324, -0.0, 0.0, 1e-300, 2.0, f64::INFINITY, f64::NAN, -f64::NAN];
        for a in values {
            for b in values {
                assert_eq!(a.less(b), a.key() < b.key(), "{a} {b}");
                let (h, i) = (F16::from_f64(a), F16::from_f64(b));
                assert_eq!(h.less(i), h.key() < i.key(), "{a} {b}");
                for (c, d) in [(a, b), (b, a), (a, a), (1.0, b), (f64::NAN, 1.0)] {
                    let (x, y) = (Complex64::new(a, c), Complex64::new(b, d));
                    assert_eq!(x.less(y), x.key() < y.key(), "{x} {y}");
                }
            }
        }
    }
}
