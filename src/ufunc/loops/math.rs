//! The loops of roots, exponentials, logarithms, angles and rounding.

use super::complex;
use super::half;
use super::{
    Loop, Status, binary, binary_rare, binary_status, fold, signature, table, unary, unary_pair, unary_rare,
    unary_status,
};
use crate::array::Element;
use crate::array::Type;
use crate::half::F16;
use crate::memory::Bool;
use num_complex::{Complex32, Complex64};
use num_traits::Float;

/// A function of floats, and of complex numbers where it has them.
macro_rules! function {
    ($($name:ident: $real:expr $(, $complex:expr)?;)*) => { $(
        pub static $name: &[Loop] = table!([]
            floats "x->x" unary_rare(|a: T| $real(a));
            $(complexes "x->x" unary_rare(|a: T| $complex(a));)?
        );
    )* };
}
function! {
    CBRT: T::cbrt;
    DEGREES: |x: T| x * (180.0 / PI as T);
    RADIANS: |x: T| x * (PI as T / 180.0);
    EXP: T::exp, complex::exp;
    EXP2: T::exp2, complex::exp2;
    EXPM1: T::exp_m1, complex::expm1;
    LOG: T::ln, complex::log;
    LOG2: T::log2, complex::log2;
    LOG10: T::log10, complex::log10;
    LOG1P: T::ln_1p, complex::log1p;
    SIN: T::sin, complex::sin;
    COS: T::cos, complex::cos;
    TAN: T::tan, complex::tan;
    ARCSIN: T::asin, complex::arcsin;
    ARCCOS: T::acos, complex::arccos;
    ARCTAN: T::atan, complex::arctan;
    SINH: T::sinh, complex::sinh;
    COSH: T::cosh, complex::cosh;
    TANH: T::tanh, complex::tanh;
    ARCSINH: asinh, complex::arcsinh;
    ARCCOSH: acosh, complex::arccosh;
    ARCTANH: atanh, complex::arctanh;
}

use std::f64::consts::PI;

/// asinh as in fdlibm, where std's formula loses bits.
fn asinh<F: Float>(x: F) -> F {
    let a = x.abs();
    let one = F::one();
    let limit = |exponent: i32| (one + one).powi(exponent);
    if !x.is_finite() || a < limit(-28) {
        return x;
    }
    let w = if a > limit(28) {
        a.ln() + (one + one).ln()
    } else if a > one + one {
        (a + a + one / ((x * x + one).sqrt() + a)).ln()
    } else {
        let t = x * x;
        (a + t / (one + (one + t).sqrt())).ln_1p()
    };
    w.copysign(x)
}

/// acosh as in fdlibm.
fn acosh<F: Float>(x: F) -> F {
    let one = F::one();
    let two = one + one;
    if x < one {
        F::nan()
    } else if x > two.powi(28) {
        x.ln() + two.ln()
    } else if x > two {
        (x + x - one / (x + (x * x - one).sqrt())).ln()
    } else {
        let t = x - one;
        (t + (t + t + t * t).sqrt()).ln_1p()
    }
}

/// atanh as in fdlibm.
pub fn atanh<F: Float>(x: F) -> F {
    let one = F::one();
    let half = one / (one + one);
    let a = x.abs();
    if a > one {
        return F::nan();
    }
    let t = a + a;
    let y = if a < half { half * (t + t * a / (one - a)).ln_1p() } else { half * (t / (one - a)).ln_1p() };
    y.copysign(x)
}

pub static SQRT: &[Loop] = table!([]
    floats "x->x" unary(|a: T| a.sqrt());
    complexes "x->x" unary_rare(|a: T| complex::sqrt(a));
);

macro_rules! rounding {
    ($($name:ident: $f:ident;)*) => { $(
        pub static $name: &[Loop] = table!([]
            bool "?->?" unary(|a: Bool| a);
            ints "x->x" unary(|a: T| a);
            floats "x->x" unary(|a: T| a.$f());
        );
    )* };
}
rounding! { FLOOR: floor; CEIL: ceil; TRUNC: trunc; }

pub static RINT: &[Loop] = table!([]
    floats "x->x" unary(|a: T| a.round_ties_even());
    complexes "x->x" unary(|a: T| T { re: a.re.round_ties_even(), im: a.im.round_ties_even() });
);

pub static ARCTAN2: &[Loop] = table!([] floats "xx->x" binary_rare(|a: T, b: T| a.atan2(b)););
pub static HYPOT: &[Loop] = table!([] floats "xx->x" fold(|a: T, b: T| a.hypot(b)););
pub static COPYSIGN: &[Loop] = table!([] floats "xx->x" binary(|a: T, b: T| a.copysign(b)););
pub static LOGADDEXP: &[Loop] = table!([] floats "xx->x" binary_status(|a: T, b: T| logaddexp(a, b)););
pub static LOGADDEXP2: &[Loop] = table!([] floats "xx->x" binary_status(|a: T, b: T| logaddexp2(a, b)););

pub static HEAVISIDE: &[Loop] = table!([]
    floats "xx->x" binary_rare(|x: T, at_zero: T| {
        if x.is_nan() { x } else if x == 0.0 { at_zero } else if x < 0.0 { 0.0 } else { 1.0 }
    });
);

/// The log of the sum of two exponentials. The comparison with a NaN is an error of its own in C.
fn logaddexp<F: Float>(x: F, y: F) -> (F, Status) {
    if x == y {
        return (x + (F::one() + F::one()).ln(), Status::NONE);
    }
    let difference = x - y;
    if difference > F::zero() {
        (x + (-difference).exp().ln_1p(), Status::NONE)
    } else if difference <= F::zero() {
        (y + difference.exp().ln_1p(), Status::NONE)
    } else {
        (difference, Status::INVALID)
    }
}

fn logaddexp2<F: Float>(x: F, y: F) -> (F, Status) {
    if x == y {
        return (x + F::one(), Status::NONE);
    }
    let log2_1p = |t: F| t.ln_1p() * F::from(std::f64::consts::LOG2_E).unwrap_or(F::nan());
    let difference = x - y;
    if difference > F::zero() {
        (x + log2_1p((-difference).exp2()), Status::NONE)
    } else if difference <= F::zero() {
        (y + log2_1p(difference.exp2()), Status::NONE)
    } else {
        (difference, Status::INVALID)
    }
}

/// A float that knows its neighbours and its parts.
trait Neighbours: Copy {
    /// The next value towards `to`.
    fn next_after(self, to: Self) -> Self;
    /// The distance to the next value away from zero.
    fn spacing(self) -> Self;
    /// The fraction in [0.5, 1) and the power of two.
    fn split(self) -> (Self, i32);
    /// Times a power of two.
    fn scale(self, exponent: i64) -> Self;
}

macro_rules! neighbours {
    ($($ty:ty, $bits:ty, $mantissa:expr, $exponent:expr, $bias:expr, $nan:expr, $scale:expr;)*) => { $(
        impl Neighbours for $ty {
            fn next_after(self, to: $ty) -> $ty {
                if self.is_nan() || to.is_nan() {
                    return $nan;
                }
                if self == to {
                    return to;
                }
                let sign = self.to_bits() & (1 << (<$bits>::BITS - 1));
                let magnitude = self.to_bits() & !(1 << (<$bits>::BITS - 1));
                if magnitude == 0 {
                    return <$ty>::from_bits((to.to_bits() & (1 << (<$bits>::BITS - 1))) | 1);
                }
                let grows = (self < to) == (sign == 0);
                <$ty>::from_bits(sign | if grows { magnitude + 1 } else { magnitude - 1 })
            }
            fn spacing(self) -> $ty {
                if !self.is_finite() {
                    return $nan;
                }
                let magnitude = self.to_bits() & !(1 << (<$bits>::BITS - 1));
                let sign = if magnitude == 0 { 0 } else { self.to_bits() ^ magnitude };
                let exponent = (magnitude >> $mantissa) as i64;
                let unit = <$ty>::from_bits(1).scale((exponent - 1).max(0));
                <$ty>::from_bits(unit.to_bits() | sign)
            }
            fn split(self) -> ($ty, i32) {
                if !self.is_finite() {
                    return (self, 0);
                }
                let magnitude = self.to_bits() & !(1 << (<$bits>::BITS - 1));
                if magnitude == 0 {
                    return (self, 0);
                }
                let (value, extra) =
                    if magnitude >> $mantissa == 0 { (self.scale(64), -64) } else { (self, 0) };
                let field = ((1 as $bits) << $exponent) - 1;
                let exponent = ((value.to_bits() >> $mantissa) & field) as i32;
                let fraction = value.to_bits() & !(field << $mantissa) | (($bias - 1) << $mantissa);
                (<$ty>::from_bits(fraction), exponent - ($bias - 1) as i32 + extra)
            }
            fn scale(self, exponent: i64) -> $ty {
                $scale(self, exponent)
            }
        }
    )* };
}
neighbours! {
    F16, u16, 10, 5, 15, F16::NAN, |x: F16, e| F16::from_f64(ldexp(x.to_f64(), e));
    f32, u32, 23, 8, 127, f32::NAN, |x: f32, e| ldexp(x as f64, e) as f32;
    f64, u64, 52, 11, 1023, f64::NAN, ldexp;
}

/// `x * 2**exponent`, rounded once.
fn ldexp(x: f64, exponent: i64) -> f64 {
    let power = |e: i64| f64::from_bits(((e + 1023) as u64) << 52);
    let mut left = exponent.clamp(-2200, 2200);
    let mut value = x;
    while left > 1023 {
        value *= power(1023);
        left -= 1023;
    }
    // Down: keep normal until the last step, so that rounding happens once.
    while left < -969 {
        let step = left.max(-1022 + 53);
        value *= power(step);
        left -= step;
        if value == 0.0 {
            return value;
        }
    }
    value * power(left)
}

pub static NEXTAFTER: &[Loop] = table!([]
    half "xx->x" binary_rare(|a: T, b: T| a.next_after(b));
    singles "xx->x" binary_rare(|a: T, b: T| a.next_after(b));
);

/// The distance of a half to the next one above, as `npy_half_spacing` has it.
fn half_spacing(a: F16) -> (F16, Status) {
    let (bits, exponent) = (a.to_bits(), a.to_bits() & 0x7c00);
    let below = |unit: u16| match exponent {
        e if e > unit => e - unit,
        e if e > 0x0400 => 1 << ((e >> 10) - if unit == 0x2c00 { 2 } else { 1 }),
        _ => 1,
    };
    match bits {
        _ if exponent == 0x7c00 => (F16::NAN, Status::INVALID),
        0x7bff => (F16::INFINITY, Status::OVER),
        _ if bits & 0x8000 != 0 && bits & 0x03ff == 0 => (F16::from_bits(below(0x2c00)), Status::NONE),
        _ => (F16::from_bits(below(0x2800)), Status::NONE),
    }
}

pub static SPACING: &[Loop] = table!([]
    half "x->x" unary_status(half_spacing);
    singles "x->x" unary_rare(|a: T| a.spacing());
);

pub static FREXP: &[Loop] = table!([]
    floats "x->xi" unary_pair(|a: T| a.split());
);

pub static LDEXP: &[Loop] = table!([]
    half "xi->x" binary_rare(|a: T, b: i32| a.scale(b as i64));
    half "xl->x" binary_rare(|a: T, b: i64| a.scale(b));
    single "xi->x" binary_rare(|a: T, b: i32| a.scale(b as i64));
    single "xl->x" binary_rare(|a: T, b: i64| a.scale(b));
    double "xi->x" binary_rare(|a: T, b: i32| a.scale(b as i64));
    double "xl->x" binary_rare(|a: T, b: i64| a.scale(b));
);
