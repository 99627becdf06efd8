//! What one element becomes in another type, and which floating-point errors that raises: C's casts on x86-64.

use super::super::float_status::FloatStatus;
use super::scalar::{truncate_i32, truncate_i64, truncate_u64};
use crate::half::F16;
use crate::memory::Bool;
use num_complex::{Complex, Complex32, Complex64};

/// A Rust type that casts to `U` as NumPy's loops do (lowlevel_strided_loops.c.src): integers wrap, floats are cut
/// towards zero, imaginary parts are dropped, and what does not fit an integer becomes what the processor makes of it.
pub trait CastTo<U>: Copy {
    /// The cast value, and the errors of this cast.
    fn cast_to(self) -> (U, FloatStatus);
    /// Whether most values can be told by a glance to cast without an error, so that loops look at a block of them first
    /// and cast it without a look at each.
    const GLANCE: bool = false;
    /// Whether this value casts without an error; `false` where that takes more than a glance.
    #[inline(always)]
    fn is_plain(self) -> bool {
        false
    }
    /// The cast value, for a value that [`CastTo::is_plain`].
    #[inline(always)]
    fn cast_plain(self) -> U {
        self.cast_to().0
    }
}

/// Implements [`CastTo`]: the cast, and after `plain` the glance and what it allows.
macro_rules! casts {
    ($($from:ty => $($to:ty),+ : |$x:ident| $body:expr $(, plain $glance:expr => $plain:expr)?;)*) => {
        $( casts!(@each $from => $($to),+ : |$x| $body $(, plain ($glance) => $plain)?); )*
    };
    (@each $from:ty => $to:ty, $($more:ty),+ : $($rest:tt)*) => {
        casts!(@one $from => $to : $($rest)*);
        casts!(@each $from => $($more),+ : $($rest)*);
    };
    (@each $from:ty => $to:ty : $($rest:tt)*) => { casts!(@one $from => $to : $($rest)*); };
    (@one $from:ty => $to:ty : |$x:ident| $body:expr $(, plain ($glance:expr) => $plain:expr)?) => {
        impl CastTo<$to> for $from {
            #[inline(always)]
            fn cast_to(self) -> ($to, FloatStatus) {
                #[allow(dead_code)]
                type To = $to;
                let $x = self;
                $body
            }
            $(
                const GLANCE: bool = true;
                #[inline(always)]
                fn is_plain(self) -> bool {
                    let $x = self;
                    $glance
                }
                #[inline(always)]
                fn cast_plain(self) -> $to {
                    #[allow(dead_code)]
                    type To = $to;
                    let $x = self;
                    $plain
                }
            )?
        }
    };
}

const NONE: FloatStatus = FloatStatus::NONE;

/// Below this the result of `float64` to `float32` is tiny even after rounding: `2**-126 * (1 - 2**-25)`.
const TINY_F32: f64 = 1.175_494_315_789_825_9e-38;
/// The smallest normal half.
const TINY_F16: f64 = 6.103_515_625e-5;

/// A double as a float, with the processor's flags.
#[inline(always)]
fn f64_to_f32(x: f64) -> (f32, FloatStatus) {
    let y = x as f32;
    let over = FloatStatus::when(y.is_infinite() & x.is_finite(), FloatStatus::OVER);
    let under = FloatStatus::when((x.abs() < TINY_F32) & (y as f64 != x), FloatStatus::UNDER);
    (y, over | under)
}

/// A double as a half, with the flags of `npy_double_to_half`.
#[inline(always)]
fn f64_to_f16(x: f64) -> (F16, FloatStatus) {
    let y = F16::from_f64(x);
    (y, half_status(x, y))
}

#[inline(always)]
fn half_status(x: f64, y: F16) -> FloatStatus {
    let over = FloatStatus::when(y.is_infinite() & x.is_finite(), FloatStatus::OVER);
    let under = FloatStatus::when((x.abs() < TINY_F16) & (y.to_f64() != x), FloatStatus::UNDER);
    over | under
}

#[inline(always)]
fn f32_to_f16(x: f32) -> (F16, FloatStatus) {
    let y = F16::from_f32(x);
    (y, half_status(x as f64, y))
}

/// An integer as a half: by way of `float32`, as in NumPy.
#[inline(always)]
fn whole_to_f16(x: f32) -> (F16, FloatStatus) {
    let y = F16::from_f32(x);
    (y, FloatStatus::when(y.is_infinite(), FloatStatus::OVER))
}

#[inline(always)]
fn fits_i32(x: f64) -> bool {
    (x > -2147483649.0) & (x < 2147483648.0)
}

#[inline(always)]
fn fits_i64(x: f64) -> bool {
    (-9223372036854775808.0..9223372036854775808.0).contains(&x)
}

/// Whether a double is a float's zero, or of a size that a float has room for without doubt.
#[inline(always)]
fn fits_f32(x: f64) -> bool {
    let size = x.abs();
    (TINY_F32..3.4e38).contains(&size) | (size == 0.0)
}

#[inline(always)]
fn to_i32(x: f64) -> (i32, FloatStatus) {
    (truncate_i32(x), FloatStatus::when(!fits_i32(x), FloatStatus::INVALID))
}

#[inline(always)]
fn to_i64(x: f64) -> (i64, FloatStatus) {
    (truncate_i64(x), FloatStatus::when(!fits_i64(x), FloatStatus::INVALID))
}

#[inline(always)]
fn to_u64(x: f64) -> (u64, FloatStatus) {
    let fits = (-9223372036854775808.0..18446744073709551616.0).contains(&x);
    (truncate_u64(x), FloatStatus::when(!fits, FloatStatus::INVALID))
}

macro_rules! from_integers {
    ($($from:ty),*) => { $( casts! {
        $from => Bool: |x| (Bool::from(x != 0), NONE);
        $from => i8, u8, i16, u16, i32, u32, i64, u64, f32, f64: |x| (x as To, NONE);
        $from => F16: |x| whole_to_f16(x as f32);
        $from => Complex32: |x| (Complex::new(x as f32, 0.0), NONE);
        $from => Complex64: |x| (Complex::new(x as f64, 0.0), NONE);
    } )* };
}
from_integers!(i8, u8, i16, u16, i32, u32, i64, u64);

casts! {
    Bool => Bool: |x| (x, NONE);
    Bool => i8, u8, i16, u16, i32, u32, i64, u64: |x| (x.is_true() as To, NONE);
    Bool => F16: |x| (if x.is_true() { F16::ONE } else { F16::ZERO }, NONE);
    Bool => f32, f64: |x| (x.is_true() as u8 as To, NONE);
    Bool => Complex32: |x| (Complex::new(x.is_true() as u8 as f32, 0.0), NONE);
    Bool => Complex64: |x| (Complex::new(x.is_true() as u8 as f64, 0.0), NONE);
}

/// The integers that a real number is cut to; `$real` makes a double of it, exactly.
macro_rules! to_integers {
    ($($from:ty, |$v:ident| $real:expr;)*) => { $( casts! {
        $from => i8, u8, i16, u16, i32: |$v| { let (y, status) = to_i32($real); (y as To, status) },
            plain fits_i32($real) => $real as i32 as To;
        $from => u32, i64: |$v| { let (y, status) = to_i64($real); (y as To, status) },
            plain fits_i64($real) => $real as i64 as To;
        $from => u64: |$v| to_u64($real), plain fits_i64($real) => $real as i64 as u64;
    } )* };
}
to_integers! {
    F16, |v| v.to_f64();
    f32, |v| v as f64;
    f64, |v| v;
    Complex32, |v| v.re as f64;
    Complex64, |v| v.re;
}

casts! {
    F16 => Bool: |x| (Bool::from(x.to_bits() & 0x7fff != 0), NONE);
    F16 => F16: |x| (x, NONE);
    F16 => f32: |x| (x.to_f32(), NONE);
    F16 => f64: |x| (x.to_f64(), NONE);
    F16 => Complex32: |x| (Complex::new(x.to_f32(), 0.0), NONE);
    F16 => Complex64: |x| (Complex::new(x.to_f64(), 0.0), NONE);
    f32 => Bool: |x| (Bool::from(x != 0.0), NONE);
    f32 => F16: |x| f32_to_f16(x);
    f32 => f32: |x| (x, NONE);
    f32 => f64: |x| (x as f64, NONE);
    f32 => Complex32: |x| (Complex::new(x, 0.0), NONE);
    f32 => Complex64: |x| (Complex::new(x as f64, 0.0), NONE);
    f64 => Bool: |x| (Bool::from(x != 0.0), NONE);
    f64 => F16: |x| f64_to_f16(x);
    f64 => f32: |x| f64_to_f32(x), plain fits_f32(x) => x as f32;
    f64 => f64: |x| (x, NONE);
    f64 => Complex32: |x| { let (re, status) = f64_to_f32(x); (Complex::new(re, 0.0), status) },
        plain fits_f32(x) => Complex::new(x as f32, 0.0);
    f64 => Complex64: |x| (Complex::new(x, 0.0), NONE);
    Complex32 => Bool: |x| (Bool::from((x.re != 0.0) | (x.im != 0.0)), NONE);
    Complex32 => F16: |x| f32_to_f16(x.re);
    Complex32 => f32: |x| (x.re, NONE);
    Complex32 => f64: |x| (x.re as f64, NONE);
    Complex32 => Complex32: |x| (x, NONE);
    Complex32 => Complex64: |x| (Complex::new(x.re as f64, x.im as f64), NONE);
    Complex64 => Bool: |x| (Bool::from((x.re != 0.0) | (x.im != 0.0)), NONE);
    Complex64 => F16: |x| f64_to_f16(x.re);
    Complex64 => f32: |x| f64_to_f32(x.re), plain fits_f32(x.re) => x.re as f32;
    Complex64 => f64: |x| (x.re, NONE);
    Complex64 => Complex32: |x| {
        let ((re, real), (im, imaginary)) = (f64_to_f32(x.re), f64_to_f32(x.im));
        (Complex::new(re, im), real | imaginary)
    }, plain fits_f32(x.re) & fits_f32(x.im) => Complex::new(x.re as f32, x.im as f32);
    Complex64 => Complex64: |x| (x, NONE);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cast<T: CastTo<U>, U>(x: T) -> (U, FloatStatus) {
        x.cast_to()
    }

    #[test]
    fn errors_are_the_processors() {
        let (ok, over, under, invalid) = (NONE, FloatStatus::OVER, FloatStatus::UNDER, FloatStatus::INVALID);
        assert_eq!(cast::<f64, i8>(300.0), (44, ok));
        assert_eq!(cast::<f64, u8>(3e9), (0, invalid));
        assert_eq!(cast::<f64, u32>(5e9), (705032704, ok));
        assert_eq!(cast::<f64, i32>(f64::NAN), (i32::MIN, invalid));
        assert_eq!(cast::<f64, u64>(1e19), (10000000000000000000, ok));
        assert_eq!(cast::<F16, u64>(F16::NAN), (1 << 63, invalid));
        assert_eq!(cast::<f64, f32>(1e39), (f32::INFINITY, over));
        let least = 2f64.powi(-126);
        assert_eq!(cast::<f64, f32>(least * (1.0 - 2f64.powi(-24))), (least as f32, under));
        assert_eq!(cast::<f64, f32>(least * (1.0 - 2f64.powi(-25))), (least as f32, ok));
        assert_eq!(cast::<f64, f32>(5e-324), (0.0, under));
        assert_eq!(cast::<i64, F16>(65519), (F16::MAX, ok));
        assert_eq!(cast::<i64, F16>(65520), (F16::INFINITY, over));
        assert_eq!(cast::<f64, F16>(5.960464477539063e-08), (F16::MIN_SUBNORMAL, ok));
        assert_eq!(cast::<f32, F16>(6e-8).1, under);
    }
}
