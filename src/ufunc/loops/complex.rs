//! Complex arithmetic as NumPy does it, and complex functions with C99's special values.

use super::Status;
use super::complex_functions as functions;
use num_complex::{Complex, Complex64};
use num_traits::Float;

/// A complex number that is computed with in double precision.
pub trait Wide: Copy {
    /// As double.
    fn widen(self) -> Complex64;
    /// Rounded from double.
    fn narrow(wide: Complex64) -> Self;
}

impl Wide for Complex64 {
    #[inline(always)]
    fn widen(self) -> Complex64 {
        self
    }
    #[inline(always)]
    fn narrow(wide: Complex64) -> Complex64 {
        wide
    }
}

impl Wide for Complex<f32> {
    #[inline(always)]
    fn widen(self) -> Complex64 {
        Complex { re: self.re as f64, im: self.im as f64 }
    }
    #[inline(always)]
    fn narrow(wide: Complex64) -> Self {
        Complex { re: wide.re as f32, im: wide.im as f32 }
    }
}

fn complex(re: f64, im: f64) -> Complex64 {
    Complex { re, im }
}

/// The plain product, without C99's repair of infinities, as NumPy's loop has it.
#[inline(always)]
pub fn multiply_complex<P: Float>(a: Complex<P>, b: Complex<P>) -> Complex<P> {
    Complex { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re }
}

/// The product as NumPy's vector loops compute it: each part with one rounding less.
#[inline(always)]
pub fn multiply_fused<P: Float>(a: Complex<P>, b: Complex<P>) -> Complex<P> {
    Complex { re: a.re.mul_add(b.re, -(a.im * b.im)), im: a.re.mul_add(b.im, a.im * b.re) }
}

/// Smith's quotient (`@TYPE@_divide` for complex types, loops.c.src).
#[inline(always)]
pub fn divide_complex<P: Float>(a: Complex<P>, b: Complex<P>) -> Complex<P> {
    let (re, im) = (b.re.abs(), b.im.abs());
    if re >= im {
        if re == P::zero() && im == P::zero() {
            return Complex { re: a.re / re, im: a.im / re };
        }
        let ratio = b.im / b.re;
        let scale = P::one() / (b.re + b.im * ratio);
        Complex { re: (a.re + a.im * ratio) * scale, im: (a.im - a.re * ratio) * scale }
    } else {
        let ratio = b.re / b.im;
        let scale = P::one() / (b.im + b.re * ratio);
        Complex { re: (a.re * ratio + a.im) * scale, im: (a.im * ratio - a.re) * scale }
    }
}

/// What a quotient meets by itself: a division of a part by zero, and C's comparison of a NaN.
#[inline(always)]
pub fn divide_status<P: Float>(a: Complex<P>, b: Complex<P>) -> Status {
    let zero = P::zero();
    if b.re == zero && b.im == zero {
        let part =
            |x: P| Status::when(x == zero, Status::INVALID) | Status::when(x != zero && x.is_finite(), Status::DIVIDE);
        return part(a.re) | part(a.im);
    }
    Status::when(b.re.is_nan() || b.im.is_nan(), Status::INVALID)
}

/// What a power meets by itself: C's comparison of an exponent that is NaN.
#[inline(always)]
pub fn power_status<P: Float>(b: Complex<P>) -> Status {
    Status::when(b.im == P::zero() && b.re.is_nan(), Status::INVALID)
}

/// 1 divided by a number (`@TYPE@_reciprocal`).
#[inline(always)]
pub fn reciprocal<P: Float>(a: Complex<P>) -> Complex<P> {
    if a.im.abs() <= a.re.abs() {
        let ratio = a.im / a.re;
        let divisor = a.re + a.im * ratio;
        Complex { re: P::one() / divisor, im: -ratio / divisor }
    } else {
        let ratio = a.re / a.im;
        let divisor = a.re * ratio + a.im;
        Complex { re: ratio / divisor, im: -P::one() / divisor }
    }
}

/// The number divided by its magnitude; 0 stays 0, a NaN makes both parts NaN.
pub fn sign<P: Float>(a: Complex<P>) -> Complex<P> {
    let magnitude = a.re.hypot(a.im);
    if magnitude.is_nan() {
        return Complex { re: P::nan(), im: P::nan() };
    }
    if magnitude.is_infinite() {
        let part = |x: P, other: P| match (x.is_infinite(), other.is_infinite()) {
            (true, true) => P::nan(),
            (true, false) => P::one().copysign(x),
            _ => P::zero(),
        };
        return Complex { re: part(a.re, a.im), im: part(a.im, a.re) };
    }
    if magnitude == P::zero() {
        return Complex { re: P::zero(), im: P::zero() };
    }
    Complex { re: a.re / magnitude, im: a.im / magnitude }
}

macro_rules! widened {
    ($($name:ident)*) => { $(
        #[doc = concat!("[`functions::", stringify!($name), "`] in the number's own precision.")]
        pub fn $name<C: Wide>(z: C) -> C {
            C::narrow(functions::$name(z.widen()))
        }
    )* };
}
widened! { exp exp2 log log2 log10 sqrt sin cos tan sinh cosh tanh arcsin arccos arctan arcsinh arccosh arctanh }

/// `exp(z) - 1` by NumPy's formula, in the number's own precision (`nc_expm1`).
pub fn expm1<P: Float>(z: Complex<P>) -> Complex<P> {
    let two = P::one() + P::one();
    let half = (z.im / two).sin();
    Complex { re: z.re.exp_m1() * z.im.cos() - two * half * half, im: z.re.exp() * z.im.sin() }
}

/// `log(1 + z)` by NumPy's formula, in the number's own precision (`nc_log1p`).
pub fn log1p<P: Float>(z: Complex<P>) -> Complex<P> {
    let shifted = z.re + P::one();
    Complex { re: shifted.hypot(z.im).ln(), im: z.im.atan2(shifted) }
}

/// `a ** b` as NumPy's `nc_pow`: small whole powers by multiplication.
pub fn power<C: Wide>(a: C, b: C) -> C {
    C::narrow(power_wide(a.widen(), b.widen()))
}

fn power_wide(a: Complex64, b: Complex64) -> Complex64 {
    let one = complex(1.0, 0.0);
    if b.re == 0.0 && b.im == 0.0 {
        return one;
    }
    if a.re == 0.0 && a.im == 0.0 {
        return if b.re > 0.0 { complex(0.0, 0.0) } else { complex(f64::NAN, f64::NAN) };
    }
    if b.im == 0.0 && b.re == b.re.trunc() && b.re.abs() < 100.0 {
        let mut left = b.re.abs() as u32;
        match b.re as i32 {
            1 => return a,
            2 => return multiply_complex(a, a),
            3 => return multiply_complex(a, multiply_complex(a, a)),
            _ => {}
        }
        let (mut product, mut factor) = (one, a);
        while left != 0 {
            if left & 1 != 0 {
                product = multiply_complex(product, factor);
            }
            left >>= 1;
            if left != 0 {
                factor = multiply_complex(factor, factor);
            }
        }
        return if b.re < 0.0 { divide_complex(one, product) } else { product };
    }
    functions::power(a, b)
}
