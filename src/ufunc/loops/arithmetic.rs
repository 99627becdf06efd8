//! The loops of addition, multiplication, division and what else arithmetic is made of.

use super::complex::{
    divide_complex, divide_status, multiply_complex, multiply_fused, power as complex_power, power_status,
};
use super::half;
use super::{Loop, binary, binary_pair, binary_rare, binary_status, fold, fold_any_order, reduction, signature, table};
use super::{ternary, unary, unary_pair, unary_rare, unary_status};
use crate::array::Element;
use crate::array::Type;
use crate::array::cast::{Strided, cast_scalar};
use crate::half::F16;
use crate::memory::{Bool, Plain};
use crate::ufunc::float_status::{NEGATIVE_POWER, Status};
use crate::ufunc::pairwise::{sum, sum_complex};
use num_complex::{Complex, Complex32, Complex64};
use num_traits::Float;

pub static ADD: &[Loop] = table!([]
    bool "??->?" fold_any_order(|a: Bool, b: Bool| Bool::from(a.is_true() | b.is_true()));
    ints "xx->x" fold_any_order(|a: T, b: T| a.wrapping_add(b));
    floats "xx->x" sum(|a: T, b: T| a + b);
    complexes "xx->x" sum_complex(|a: T, b: T| a + b);
);

pub static SUBTRACT: &[Loop] = table!([]
    ints "xx->x" fold(|a: T, b: T| a.wrapping_sub(b));
    floats "xx->x" fold(|a: T, b: T| a - b);
    complexes "xx->x" fold(|a: T, b: T| a - b);
);

/// The driver of complex products: reductions are plain, all else is fused, as NumPy has it.
#[inline(always)]
fn product<P: Float>(
    operands: &[Strided<'_>],
    count: usize,
    plain: impl Fn(Complex<P>, Complex<P>) -> Complex<P>,
) -> Status
where
    Complex<P>: Plain,
{
    if reduction::<Complex<P>>(operands, count).is_some() {
        return fold(operands, count, plain);
    }
    binary(operands, count, multiply_fused::<P>)
}

pub static MULTIPLY: &[Loop] = table!([]
    bool "??->?" fold_any_order(|a: Bool, b: Bool| Bool::from(a.is_true() & b.is_true()));
    ints "xx->x" fold_any_order(|a: T, b: T| a.wrapping_mul(b));
    floats "xx->x" fold(|a: T, b: T| a * b);
    complexes "xx->x" product(|a: T, b: T| multiply_complex(a, b));
);

pub static DIVIDE: &[Loop] = table!([]
    floats "xx->x" fold(|a: T, b: T| a / b);
    complexes "xx->x" binary_status(|a: T, b: T| (divide_complex(a, b), divide_status(a, b)));
);

/// An integer that divides as Python's do.
trait Whole: Copy {
    /// Floor of the quotient, and the remainder with the divisor's sign; 0 and an error where they do not exist.
    fn floor_divmod(self, divisor: Self) -> (Self, Self, Status);
    /// The remainder with the dividend's sign.
    fn c_remainder(self, divisor: Self) -> (Self, Status);
    /// A power by repeated squaring, wrapping.
    fn whole_power(self, exponent: Self) -> (Self, Status);
    /// 1 divided by it, as C makes it of a double.
    fn reciprocal(self) -> (Self, Status);
    /// Its absolute value; the smallest integer stays itself.
    fn magnitude(self) -> Self;
    /// -1, 0 or 1.
    fn sign(self) -> Self;
    fn greatest_common_divisor(self, other: Self) -> Self;
    fn least_common_multiple(self, other: Self) -> Self;
}

macro_rules! absolute {
    (true, $x:expr) => {
        $x.unsigned_abs()
    };
    (false, $x:expr) => {
        $x
    };
}

macro_rules! whole {
    ($($ty:ty, $wide:ident, $signed:tt;)*) => { $(
        #[allow(unused_comparisons, clippy::absurd_extreme_comparisons)]
        impl Whole for $ty {
            #[inline(always)]
            fn floor_divmod(self, divisor: $ty) -> ($ty, $ty, Status) {
                if divisor == 0 {
                    return (0, 0, Status::DIVIDE);
                }
                match self.checked_div(divisor) {
                    None => (<$ty>::MIN, 0, Status::OVER),
                    Some(quotient) => {
                        let rest = self - quotient * divisor;
                        if rest != 0 && (rest < 0) != (divisor < 0) {
                            (quotient - 1, rest + divisor, Status::NONE)
                        } else {
                            (quotient, rest, Status::NONE)
                        }
                    }
                }
            }
            #[inline(always)]
            fn c_remainder(self, divisor: $ty) -> ($ty, Status) {
                if divisor == 0 { (0, Status::DIVIDE) } else { (self.wrapping_rem(divisor), Status::NONE) }
            }
            #[inline(always)]
            fn whole_power(self, exponent: $ty) -> ($ty, Status) {
                if exponent < 0 {
                    return (0, NEGATIVE_POWER);
                }
                let (mut power, mut factor, mut left) = (1 as $ty, self, exponent);
                while left != 0 {
                    if left & 1 != 0 {
                        power = power.wrapping_mul(factor);
                    }
                    left >>= 1;
                    factor = factor.wrapping_mul(factor);
                }
                (power, Status::NONE)
            }
            #[inline(always)]
            fn reciprocal(self) -> ($ty, Status) {
                let status = if self == 0 { Status::DIVIDE | Status::INVALID } else { Status::NONE };
                let value = cast_scalar((1.0 / self as f64).scalar(), <$ty as Element>::TYPE);
                (<$ty>::from_scalar(value).unwrap_or(0), status)
            }
            #[inline(always)]
            fn magnitude(self) -> $ty {
                absolute!($signed, self) as $ty
            }
            #[inline(always)]
            fn sign(self) -> $ty {
                ((self > 0) as $ty).wrapping_sub((self < 0) as $ty)
            }
            #[inline(always)]
            fn greatest_common_divisor(self, other: $ty) -> $ty {
                let (mut a, mut b) = (absolute!($signed, self), absolute!($signed, other));
                while a != 0 {
                    (a, b) = (b % a, a);
                }
                b as $ty
            }
            #[inline(always)]
            fn least_common_multiple(self, other: $ty) -> $ty {
                let divisor = self.greatest_common_divisor(other);
                if divisor == 0 {
                    return 0;
                }
                let (a, b) = (absolute!($signed, self), absolute!($signed, other));
                (a / divisor as $wide).wrapping_mul(b) as $ty
            }
        }
    )* };
}
whole! {
    i8, u8, true; i16, u16, true; i32, u32, true; i64, u64, true;
    u8, u8, false; u16, u16, false; u32, u32, false; u64, u64, false;
}

/// Python's `divmod` of floats (`npy_divmod`, npy_math_internal.h.src).
#[inline(always)]
pub fn divmod<F: Float>(a: F, b: F) -> (F, F) {
    let (zero, one) = (F::zero(), F::one());
    let mut rest = a % b;
    if b == zero {
        return (a / b, rest);
    }
    // a - rest is very nearly a multiple of b.
    let mut quotient = (a - rest) / b;
    if rest != zero {
        if (b < zero) != (rest < zero) {
            rest = rest + b;
            quotient = quotient - one;
        }
    } else {
        rest = zero.copysign(b);
    }
    let floor = if quotient != zero {
        let floor = quotient.floor();
        if quotient - floor > one / (one + one) { floor + one } else { floor }
    } else {
        zero.copysign(a / b)
    };
    (floor, rest)
}

pub static FLOOR_DIVIDE: &[Loop] = table!([]
    ints "xx->x" binary_status(|a: T, b: T| { let (quotient, _, status) = a.floor_divmod(b); (quotient, status) });
    floats "xx->x" binary_rare(|a: T, b: T| if b == 0.0 { a / b } else { divmod(a, b).0 });
);

pub static REMAINDER: &[Loop] = table!([]
    ints "xx->x" binary_status(|a: T, b: T| {
        let (_, rest, status) = a.floor_divmod(b);
        (rest, Status::when(status == Status::DIVIDE, status))
    });
    floats "xx->x" binary_rare(|a: T, b: T| if b == 0.0 { a % b } else { divmod(a, b).1 });
);

pub static DIVMOD: &[Loop] = table!([]
    ints "xx->xx" binary_pair(|a: T, b: T| a.floor_divmod(b));
    floats "xx->xx" binary_pair(|a: T, b: T| { let (quotient, rest) = divmod(a, b); (quotient, rest, Status::NONE) });
);

pub static FMOD: &[Loop] = table!([]
    ints "xx->x" binary_status(|a: T, b: T| a.c_remainder(b));
    floats "xx->x" binary_rare(|a: T, b: T| a % b);
);

pub static POWER: &[Loop] = table!([]
    ints "xx->x" binary_status(|a: T, b: T| a.whole_power(b));
    floats "xx->x" binary_rare(|a: T, b: T| a.powf(b));
    complexes "xx->x" binary_status(|a: T, b: T| (complex_power(a, b), power_status(b)));
);

pub static FLOAT_POWER: &[Loop] = table!([]
    double "xx->x" binary_rare(|a: T, b: T| a.powf(b));
    complex_double "xx->x" binary_status(|a: T, b: T| (complex_power(a, b), power_status(b)));
);

pub static NEGATIVE: &[Loop] = table!([]
    ints "x->x" unary(|a: T| a.wrapping_neg());
    floats "x->x" unary(|a: T| -a);
    complexes "x->x" unary(|a: T| -a);
);

pub static POSITIVE: &[Loop] = table!([]
    ints "x->x" unary(|a: T| a);
    half "x->x" unary(|a: T| a);
    singles "x->x" unary(|a: T| a);
    complexes "x->x" unary(|a: T| a);
);

pub static ABSOLUTE: &[Loop] = table!([]
    bool "?->?" unary(|a: Bool| a);
    ints "x->x" unary(|a: T| a.magnitude());
    half "x->x" unary(|a: T| F16::from_bits(a.to_bits() & 0x7fff));
    singles "x->x" unary(|a: T| a.abs());
    complexes "x->p" unary(|a: T| a.re.hypot(a.im));
);

pub static FABS: &[Loop] = table!([]
    floats "x->x" unary(|a: T| a.abs());
);

pub static SIGN: &[Loop] = table!([]
    ints "x->x" unary(|a: T| a.sign());
    floats "x->x" unary(|a: T| if a > 0.0 { 1.0 } else if a < 0.0 { -1.0 } else if a == 0.0 { 0.0 } else { a });
    complexes "x->x" unary_rare(|a: T| super::complex::sign(a));
);

pub static SQUARE: &[Loop] = table!([]
    ints "x->x" unary(|a: T| a.wrapping_mul(a));
    floats "x->x" unary(|a: T| a * a);
    complexes "x->x" unary(|a: T| multiply_fused(a, a));
);

pub static RECIPROCAL: &[Loop] = table!([]
    ints "x->x" unary_status(|a: T| a.reciprocal());
    floats "x->x" unary(|a: T| 1.0 / a);
    complexes "x->x" unary(|a: T| super::complex::reciprocal(a));
);

pub static CONJUGATE: &[Loop] = table!([]
    ints "x->x" unary(|a: T| a);
    half "x->x" unary(|a: T| a);
    singles "x->x" unary(|a: T| a);
    complexes "x->x" unary(|a: T| Complex { re: a.re, im: -a.im });
);

/// The larger, or the NaN where there is one (the first of two).
#[inline(always)]
fn maximum<F: Float>(a: F, b: F) -> F {
    if a >= b || a.is_nan() { a } else { b }
}

#[inline(always)]
fn minimum<F: Float>(a: F, b: F) -> F {
    if a <= b || a.is_nan() { a } else { b }
}

/// The larger, or the number where the other is a NaN.
#[inline(always)]
fn fmax<F: Float>(a: F, b: F) -> F {
    if a >= b || b.is_nan() { a } else { b }
}

#[inline(always)]
fn fmin<F: Float>(a: F, b: F) -> F {
    if a <= b || b.is_nan() { a } else { b }
}

fn has_nan<P: Float>(z: Complex<P>) -> bool {
    z.re.is_nan() || z.im.is_nan()
}

fn at_least<P: Float>(a: Complex<P>, b: Complex<P>) -> bool {
    super::compare::compare_complex(a, b, |x, y| x > y, |x, y| x >= y)
}

fn at_most<P: Float>(a: Complex<P>, b: Complex<P>) -> bool {
    super::compare::compare_complex(a, b, |x, y| x < y, |x, y| x <= y)
}

pub static MAXIMUM: &[Loop] = table!([]
    bool "??->?" fold_any_order(|a: Bool, b: Bool| Bool::from(a.is_true() | b.is_true()));
    ints "xx->x" fold_any_order(|a: T, b: T| a.max(b));
    floats "xx->x" fold_any_order(|a: T, b: T| maximum(a, b));
    complexes "xx->x" fold(|a: T, b: T| if has_nan(a) || at_least(a, b) { a } else { b });
);

pub static MINIMUM: &[Loop] = table!([]
    bool "??->?" fold_any_order(|a: Bool, b: Bool| Bool::from(a.is_true() & b.is_true()));
    ints "xx->x" fold_any_order(|a: T, b: T| a.min(b));
    floats "xx->x" fold_any_order(|a: T, b: T| minimum(a, b));
    complexes "xx->x" fold(|a: T, b: T| if has_nan(a) || at_most(a, b) { a } else { b });
);

pub static FMAX: &[Loop] = table!([]
    bool "??->?" fold(|a: Bool, b: Bool| Bool::from(a.is_true() | b.is_true()));
    ints "xx->x" fold(|a: T, b: T| a.max(b));
    floats "xx->x" fold(|a: T, b: T| fmax(a, b));
    complexes "xx->x" fold(|a: T, b: T| if has_nan(b) || at_least(a, b) { a } else { b });
);

pub static FMIN: &[Loop] = table!([]
    bool "??->?" fold(|a: Bool, b: Bool| Bool::from(a.is_true() & b.is_true()));
    ints "xx->x" fold(|a: T, b: T| a.min(b));
    floats "xx->x" fold(|a: T, b: T| fmin(a, b));
    complexes "xx->x" fold(|a: T, b: T| if has_nan(b) || at_most(a, b) { a } else { b });
);

pub static CLIP: &[Loop] = table!([]
    bool "???->?" ternary(|a: Bool, low: Bool, high: Bool| {
        Bool::from((a.is_true() | low.is_true()) & high.is_true())
    });
    ints "xxx->x" ternary(|a: T, low: T, high: T| a.max(low).min(high));
    floats "xxx->x" ternary(|a: T, low: T, high: T| {
        let a = if a.is_nan() || a > low { a } else { low };
        if a.is_nan() || a < high { a } else { high }
    });
    complexes "xxx->x" ternary(|a: T, low: T, high: T| {
        let a = if has_nan(a) || above(a, low) { a } else { low };
        if has_nan(a) || above(high, a) { a } else { high }
    });
);

fn above<P: Float>(a: Complex<P>, b: Complex<P>) -> bool {
    super::compare::compare_complex(a, b, |x, y| x > y, |x, y| x > y)
}

pub static GCD: &[Loop] = table!([]
    ints "xx->x" binary_rare(|a: T, b: T| a.greatest_common_divisor(b));
);

pub static LCM: &[Loop] = table!([]
    ints "xx->x" binary_rare(|a: T, b: T| a.least_common_multiple(b));
);

/// The fraction and the whole part, both with the number's sign.
#[inline(always)]
fn modf<F: Float>(a: F) -> (F, F) {
    let whole = a.trunc();
    let fraction = if a.is_infinite() { F::zero() } else { a - whole };
    (fraction.copysign(a), whole)
}

pub static MODF: &[Loop] = table!([]
    floats "x->xx" unary_pair(|a: T| modf(a));
);
