//! Roots, exponentials, logarithms and angles of complex numbers, with the special values of C99's Annex G.
//!
//! Everything is computed in double precision. The inverse functions follow Hull, Fairgrieve and Tang, "Implementing
//! the complex arcsine and arccosine functions using exception handling" (1997), as FreeBSD's catrig.c does; the
//! hyperbolic ones FreeBSD's s_ccosh.c and its kin; the logarithm is exact near the unit circle.

use num_complex::Complex64;
use std::f64::consts::{E, FRAC_PI_2, LN_2};

const INFINITY: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

#[inline(always)]
fn c(re: f64, im: f64) -> Complex64 {
    Complex64 { re, im }
}

/// 0 for finite numbers, else NaN: C's `y - y`.
fn not_a_number(y: f64) -> f64 {
    if y.is_finite() { 0.0 } else { NAN }
}

/// `e**x` overflows above this, `e**x * 2**-1` does not up to the other.
const EXP_OVERFLOWS: f64 = 709.0;

/// `e**x * (cos y + i sin y) * 2**shift` where `e**x` alone would overflow.
fn scaled_exp(x: f64, y: f64, factor: f64) -> Complex64 {
    let part = (x / 4.0).exp();
    let scale = |trig: f64| trig * part * factor * part * part * part;
    c(scale(y.cos()), scale(y.sin()))
}

pub fn exp(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if x.is_finite() {
        if !y.is_finite() {
            return c(NAN, NAN);
        }
        if y == 0.0 {
            return c(x.exp(), y);
        }
        if x >= EXP_OVERFLOWS {
            return scaled_exp(x, y, 1.0);
        }
        let magnitude = x.exp();
        return c(magnitude * y.cos(), magnitude * y.sin());
    }
    if x.is_nan() {
        return if y == 0.0 { z } else { c(x, NAN) };
    }
    if x > 0.0 {
        return match y {
            0.0 => z,
            y if y.is_finite() => c(x * y.cos(), x * y.sin()),
            _ => c(x, NAN),
        };
    }
    if y.is_finite() { c(0.0 * y.cos(), 0.0 * y.sin()) } else { c(0.0, 0.0) }
}

pub fn exp2(z: Complex64) -> Complex64 {
    exp(c(z.re * LN_2, z.im * LN_2))
}

/// A product and what rounding it lost.
fn exact_product(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    (product, a.mul_add(b, -product))
}

/// `x * x + y * y - 1` without cancellation, for `x` near 1 or both near the unit circle; `x >= y`.
fn squares_less_one(x: f64, y: f64) -> f64 {
    let (x_high, x_low) = exact_product(x, x);
    let (y_high, y_low) = exact_product(y, y);
    let first = x_high - 1.0;
    // `x_high` is in [0.5, 2], so the difference is exact.
    let sum = first + y_high;
    let lost = if first.abs() >= y_high { (first - sum) + y_high } else { (y_high - sum) + first };
    sum + (lost + (x_low + y_low))
}

pub fn log(z: Complex64) -> Complex64 {
    let angle = z.im.atan2(z.re);
    let (a, b) = (z.re.abs(), z.im.abs());
    if a.is_infinite() || b.is_infinite() {
        return c(INFINITY, angle);
    }
    if a.is_nan() || b.is_nan() {
        return c(NAN, NAN);
    }
    let (large, small) = if a >= b { (a, b) } else { (b, a) };
    if large == 0.0 {
        return c(-INFINITY, angle);
    }
    let real = if large > f64::MAX / 4.0 {
        (large / 2.0).hypot(small / 2.0).ln() + LN_2
    } else if large < f64::MIN_POSITIVE {
        let scale = 2f64.powi(54);
        (large * scale).hypot(small * scale).ln() - 54.0 * LN_2
    } else if large == 1.0 {
        (small * small).ln_1p() / 2.0
    } else if large > 0.5 && large < 2.0 && large * large + small * small < 3.0 && large * large + small * small > 0.5 {
        squares_less_one(large, small).ln_1p() / 2.0
    } else {
        large.hypot(small).ln()
    };
    c(real, angle)
}

pub fn log2(z: Complex64) -> Complex64 {
    let log = log(z);
    c(log.re * std::f64::consts::LOG2_E, log.im * std::f64::consts::LOG2_E)
}

pub fn log10(z: Complex64) -> Complex64 {
    let log = log(z);
    c(log.re * std::f64::consts::LOG10_E, log.im * std::f64::consts::LOG10_E)
}

pub fn sqrt(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if x == 0.0 && y == 0.0 {
        return c(0.0, y);
    }
    if y.is_infinite() {
        return c(INFINITY, y);
    }
    if x.is_nan() {
        return c(x, NAN);
    }
    if x.is_infinite() {
        let zero = not_a_number(y);
        return if x < 0.0 { c(zero.abs(), x.abs().copysign(y)) } else { c(x, zero.copysign(y)) };
    }
    if y == 0.0 {
        return if x < 0.0 { c(0.0, (-x).sqrt().copysign(y)) } else { c(x.sqrt(), y) };
    }
    // Scaled by a power of 4 where squares leave the range.
    let largest = x.abs().max(y.abs());
    let (up, down) = if largest > f64::MAX / 4.0 {
        (0.0625, 4.0)
    } else if largest < 4.0 * f64::MIN_POSITIVE {
        (2f64.powi(108), 2f64.powi(-54))
    } else {
        (1.0, 1.0)
    };
    let (x, y) = (x * up, y * up);
    let root = ((x.abs() + x.hypot(y)) * 0.5).sqrt();
    let other = y.abs() / (2.0 * root);
    if x >= 0.0 { c(root * down, (other * down).copysign(y)) } else { c(other * down, (root * down).copysign(y)) }
}

pub fn cosh(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if x.is_finite() && y.is_finite() {
        if y == 0.0 {
            return c(x.cosh(), x * y);
        }
        if x.abs() > EXP_OVERFLOWS {
            let scaled = scaled_exp(x.abs(), y, 0.5);
            return c(scaled.re, scaled.im * 1f64.copysign(x));
        }
        return c(x.cosh() * y.cos(), x.sinh() * y.sin());
    }
    if x == 0.0 {
        return c(not_a_number(y), 0f64.copysign(x * not_a_number(y)));
    }
    if y == 0.0 {
        return c(x * x, 0f64.copysign(x) * y);
    }
    if x.is_finite() {
        return c(not_a_number(y), x * not_a_number(y));
    }
    if x.is_infinite() {
        return if y.is_finite() { c((x * x) * y.cos(), x * y.sin()) } else { c(x * x, x * not_a_number(y)) };
    }
    c(NAN, NAN)
}

pub fn sinh(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if x.is_finite() && y.is_finite() {
        if y == 0.0 {
            return c(x.sinh(), y);
        }
        if x.abs() > EXP_OVERFLOWS {
            let scaled = scaled_exp(x.abs(), y, 0.5);
            return c(scaled.re * 1f64.copysign(x), scaled.im);
        }
        return c(x.sinh() * y.cos(), x.cosh() * y.sin());
    }
    if x == 0.0 {
        return c(0f64.copysign(x * not_a_number(y)), not_a_number(y));
    }
    if y == 0.0 {
        return if x.is_nan() { z } else { c(x, 0f64.copysign(y)) };
    }
    if x.is_finite() {
        return c(not_a_number(y), x * not_a_number(y));
    }
    if x.is_infinite() {
        return if y.is_finite() { c(x * y.cos(), INFINITY * y.sin()) } else { c(x * x, x * not_a_number(y)) };
    }
    c(NAN, NAN)
}

pub fn tanh(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if x.is_nan() {
        return c(x, if y == 0.0 { y } else { NAN });
    }
    if x.is_infinite() {
        let sign = if y.is_infinite() { y } else { y.sin() * y.cos() };
        return c(1f64.copysign(x), 0f64.copysign(sign));
    }
    if !y.is_finite() {
        return if x == 0.0 { c(x, NAN) } else { c(NAN, NAN) };
    }
    if x.abs() >= 22.0 {
        let small = (-x.abs()).exp();
        return c(1f64.copysign(x), 4.0 * y.sin() * y.cos() * small * small);
    }
    let (sinh, cosh, sin, cos) = (x.sinh(), x.cosh(), y.sin(), y.cos());
    let divisor = if sinh.abs() > cos.abs() * f64::EPSILON { sinh * sinh + cos * cos } else { cos * cos };
    c(sinh * cosh / divisor, sin * cos / divisor)
}

/// A function of `i z`, turned back: `-i f(i z)`.
fn turned(f: impl Fn(Complex64) -> Complex64, z: Complex64) -> Complex64 {
    let w = f(c(-z.im, z.re));
    c(w.im, -w.re)
}

pub fn cos(z: Complex64) -> Complex64 {
    cosh(c(-z.im, z.re))
}

pub fn sin(z: Complex64) -> Complex64 {
    turned(sinh, z)
}

pub fn tan(z: Complex64) -> Complex64 {
    turned(tanh, z)
}

/// `(hypot(a, b) - b) / 2` without cancellation.
fn half_excess(a: f64, b: f64, hypot: f64) -> f64 {
    if b < 0.0 {
        (hypot - b) / 2.0
    } else if b == 0.0 {
        a / 2.0
    } else {
        a * a / (hypot + b) / 2.0
    }
}

/// The common part of arcsine and arccosine (Hull et al.), for `x, y >= 0`.
struct Inverse {
    /// `log(A + sqrt(A*A - 1))`
    real: f64,
    /// `B`, where it is not too near 1.
    b: Option<f64>,
    /// Else `sqrt(A*A - y*y)`, and `y`, both scaled alike.
    root: f64,
    y: f64,
}

const EPSILON: f64 = f64::EPSILON;

fn inverse(x: f64, y: f64) -> Inverse {
    let (r, s) = (x.hypot(y + 1.0), x.hypot(y - 1.0));
    let a = ((r + s) / 2.0).max(1.0);
    let real = if a < 10.0 {
        if y == 1.0 && x < EPSILON * EPSILON / 128.0 {
            x.sqrt()
        } else if x >= EPSILON * (y - 1.0).abs() {
            let excess = half_excess(x, 1.0 + y, r) + half_excess(x, 1.0 - y, s);
            (excess + (excess * (a + 1.0)).sqrt()).ln_1p()
        } else if y < 1.0 {
            x / ((1.0 - y) * (1.0 + y)).sqrt()
        } else {
            ((y - 1.0) + ((y - 1.0) * (y + 1.0)).sqrt()).ln_1p()
        }
    } else {
        (a + (a * a - 1.0).sqrt()).ln()
    };
    if y < 5.966672584960166e-154 {
        let scale = 2.0 / EPSILON;
        return Inverse { real, b: None, root: a * scale, y: y * scale };
    }
    let b = y / a;
    if b <= 0.6417 {
        return Inverse { real, b: Some(b), root: 0.0, y };
    }
    let (root, y) = if y == 1.0 && x < EPSILON / 128.0 {
        (x.sqrt() * ((a + y) / 2.0).sqrt(), y)
    } else if x >= EPSILON * (y - 1.0).abs() {
        let excess = half_excess(x, y + 1.0, r) + half_excess(x, y - 1.0, s);
        ((excess * (a + y)).sqrt(), y)
    } else if y > 1.0 {
        let scale = 4.0 / EPSILON / EPSILON;
        (x * scale * y / ((y + 1.0) * (y - 1.0)).sqrt(), y * scale)
    } else {
        (((1.0 - y) * (1.0 + y)).sqrt(), y)
    };
    Inverse { real, b: None, root, y }
}

/// `log` of a number whose parts are large.
fn log_of_large(x: f64, y: f64) -> Complex64 {
    let (large, small) = if x.abs() >= y.abs() { (x.abs(), y.abs()) } else { (y.abs(), x.abs()) };
    let real = if large > f64::MAX / 2.0 {
        (x / E).hypot(y / E).ln() + 1.0
    } else if large > 3.351951982485649e153 || small < 1.4916681462400413e-154 {
        x.hypot(y).ln()
    } else {
        (large * large + small * small).ln() / 2.0
    };
    c(real, y.atan2(x))
}

/// Below this, `sin z` is `z`: the root of 6 epsilon, a quarter.
const SMALL: f64 = 3.650024149988857e-8 / 4.0;

pub fn arccos(z: Complex64) -> Complex64 {
    const PI_2_LOW: f64 = 6.123233995736766e-17;
    let (x, y) = (z.re, z.im);
    let (ax, ay) = (x.abs(), y.abs());
    let below = y.is_sign_negative();
    if x.is_nan() || y.is_nan() {
        if x.is_infinite() {
            return c(NAN, -INFINITY);
        }
        if y.is_infinite() {
            return c(NAN, -y);
        }
        return if x == 0.0 { c(FRAC_PI_2, NAN) } else { c(NAN, NAN) };
    }
    if ax > 1.0 / EPSILON || ay > 1.0 / EPSILON {
        let log = log_of_large(x, y);
        let imaginary = log.re + LN_2;
        return c(log.im.abs(), if below { imaginary } else { -imaginary });
    }
    if x == 1.0 && y == 0.0 {
        return c(0.0, -y);
    }
    if ax < SMALL && ay < SMALL {
        return c(FRAC_PI_2 - (x - PI_2_LOW), -y);
    }
    let part = inverse(ay, ax);
    let real = match part.b {
        Some(b) => (if x.is_sign_negative() { -b } else { b }).acos(),
        None => part.root.atan2(if x.is_sign_negative() { -part.y } else { part.y }),
    };
    c(real, if below { part.real } else { -part.real })
}

pub fn arcsinh(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    let (ax, ay) = (x.abs(), y.abs());
    if x.is_nan() || y.is_nan() {
        if x.is_infinite() {
            return c(x, NAN);
        }
        if y.is_infinite() {
            return c(y, NAN);
        }
        return if y == 0.0 { c(NAN, y) } else { c(NAN, NAN) };
    }
    if ax > 1.0 / EPSILON || ay > 1.0 / EPSILON {
        let log = if x.is_sign_negative() { log_of_large(-x, -y) } else { log_of_large(x, y) };
        return c((log.re + LN_2).copysign(x), log.im.copysign(y));
    }
    if (x == 0.0 && y == 0.0) || (ax < SMALL && ay < SMALL) {
        return z;
    }
    let part = inverse(ax, ay);
    let imaginary = match part.b {
        Some(b) => b.asin(),
        None => part.y.atan2(part.root),
    };
    c(part.real.copysign(x), imaginary.copysign(y))
}

pub fn arccosh(z: Complex64) -> Complex64 {
    let w = arccos(z);
    match (w.re.is_nan(), w.im.is_nan()) {
        (true, true) => c(NAN, NAN),
        (true, false) => c(w.im.abs(), w.re),
        (false, true) => c(w.im, w.im),
        (false, false) => c(w.im.abs(), w.re.copysign(z.im)),
    }
}

/// A function with its parts exchanged before and after: `i conj(f(i conj(z)))`.
fn exchanged(f: impl Fn(Complex64) -> Complex64, z: Complex64) -> Complex64 {
    let w = f(c(z.im, z.re));
    c(w.im, w.re)
}

pub fn arcsin(z: Complex64) -> Complex64 {
    exchanged(arcsinh, z)
}

pub fn arctan(z: Complex64) -> Complex64 {
    exchanged(arctanh, z)
}

/// The real part of `1 / (x + i y)`.
fn real_reciprocal(x: f64, y: f64) -> f64 {
    if x.is_infinite() || y.is_infinite() {
        return 0.0;
    }
    let largest = x.abs().max(y.abs());
    let scale = 2f64.powi(-(largest.log2() as i32));
    let (x, y) = (x * scale, y * scale);
    x / (x * x + y * y) * scale
}

pub fn arctanh(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    let (ax, ay) = (x.abs(), y.abs());
    if y == 0.0 && ax <= 1.0 {
        return c(super::math::atanh(x), y);
    }
    if x == 0.0 {
        return c(x, y.atan());
    }
    if x.is_nan() || y.is_nan() {
        if x.is_infinite() {
            return c(0f64.copysign(x), NAN);
        }
        if y.is_infinite() {
            return c(0f64.copysign(x), FRAC_PI_2.copysign(y));
        }
        return c(NAN, NAN);
    }
    if ax > 1.0 / EPSILON || ay > 1.0 / EPSILON {
        return c(real_reciprocal(ax, ay).copysign(x), FRAC_PI_2.copysign(y));
    }
    if ax < SMALL && ay < SMALL {
        return z;
    }
    let real = if ax == 1.0 && ay < EPSILON {
        (LN_2 - ay.ln()) / 2.0
    } else {
        let squares =
            if ay < 1.4916681462400413e-154 { (ax - 1.0) * (ax - 1.0) } else { (ax - 1.0) * (ax - 1.0) + ay * ay };
        (4.0 * ax / squares).ln_1p() / 4.0
    };
    let imaginary = if ax == 1.0 {
        2f64.atan2(-ay) / 2.0
    } else if ay < EPSILON {
        (2.0 * ay).atan2((1.0 - ax) * (1.0 + ax)) / 2.0
    } else {
        (2.0 * ay).atan2((1.0 - ax) * (1.0 + ax) - ay * ay) / 2.0
    };
    c(real.copysign(x), imaginary.copysign(y))
}

/// `a ** b` for `a` and `b` that are no special case.
pub fn power(a: Complex64, b: Complex64) -> Complex64 {
    let log = log(a);
    exp(c(log.re * b.re - log.im * b.im, log.re * b.im + log.im * b.re))
}
