//! The loops that work on the bits of integers.

use super::{Loop, binary, binary_rare, fold_any_order, signature, table, unary};
use crate::array::Element;
use crate::memory::Bool;

macro_rules! bitwise {
    ($name:ident, $op:tt) => {
        pub static $name: &[Loop] = table!([]
            bool "??->?" fold_any_order(|a: Bool, b: Bool| Bool::from(a.is_true() $op b.is_true()));
            ints "xx->x" fold_any_order(|a: T, b: T| a $op b);
        );
    };
}
bitwise!(BITWISE_AND, &);
bitwise!(BITWISE_OR, |);
bitwise!(BITWISE_XOR, ^);

pub static INVERT: &[Loop] = table!([]
    bool "?->?" unary(|a: Bool| Bool::from(!a.is_true()));
    ints "x->x" unary(|a: T| !a);
);

/// What is left of a value whose bits are all shifted out to the right: 0, or -1 for negative ones.
trait Shift: Sized {
    fn shift_left(self, by: Self) -> Self;
    fn shift_right(self, by: Self) -> Self;
    fn count(self) -> u8;
}

macro_rules! shift {
    ($($ty:ty, $rest:expr, $magnitude:expr;)*) => { $(
        impl Shift for $ty {
            #[inline(always)]
            fn shift_left(self, by: $ty) -> $ty {
                if (by as u64) < <$ty>::BITS as u64 { self << by } else { 0 }
            }
            #[inline(always)]
            fn shift_right(self, by: $ty) -> $ty {
                if (by as u64) < <$ty>::BITS as u64 { self >> by } else { $rest(self) }
            }
            #[inline(always)]
            fn count(self) -> u8 {
                $magnitude(self).count_ones() as u8
            }
        }
    )* };
}
shift! {
    i8, |x: i8| x >> 7, i8::unsigned_abs; i16, |x: i16| x >> 15, i16::unsigned_abs;
    i32, |x: i32| x >> 31, i32::unsigned_abs; i64, |x: i64| x >> 63, i64::unsigned_abs;
    u8, |_| 0, u8::to_le; u16, |_| 0, u16::to_le; u32, |_| 0, u32::to_le; u64, |_| 0, u64::to_le;
}

pub static LEFT_SHIFT: &[Loop] = table!([]
    ints "xx->x" binary(|a: T, b: T| a.shift_left(b));
);

pub static RIGHT_SHIFT: &[Loop] = table!([]
    ints "xx->x" binary_rare(|a: T, b: T| a.shift_right(b));
);

pub static BITWISE_COUNT: &[Loop] = table!([]
    ints "x->B" unary(|a: T| a.count());
);
