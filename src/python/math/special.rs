//! The gamma and error functions.
//!
//! Gamma by Lanczos' sum with the coefficients of Boost, as CPython computes it (`mathmodule.c`); the error function by
//! the rational approximations of Sun's fdlibm, as the C library computes it.

use std::f64::consts::PI;

const LANCZOS_G: f64 = 6.024680040776729583740234375;
const LANCZOS_G_MINUS_HALF: f64 = 5.524680040776729583740234375;

#[allow(clippy::excessive_precision)]
#[rustfmt::skip]
const NUMERATOR: [f64; 13] = [
    23531376880.410759688572007674451636754734846804940,
    42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843,
    17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708,
    1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801,
    31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768,
    186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024,
    210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408,
];
#[rustfmt::skip]
const DENOMINATOR: [f64; 13] = [
    0.0, 39916800.0, 120543840.0, 150917976.0, 105258076.0, 45995730.0, 13339535.0, 2637558.0, 357423.0, 32670.0,
    1925.0, 66.0, 1.0,
];

fn lanczos_sum(x: f64) -> f64 {
    let (mut numerator, mut denominator) = (0.0, 0.0);
    if x < 5.0 {
        for i in (0..NUMERATOR.len()).rev() {
            numerator = numerator * x + NUMERATOR[i];
            denominator = denominator * x + DENOMINATOR[i];
        }
    } else {
        for i in 0..NUMERATOR.len() {
            numerator = numerator / x + NUMERATOR[i];
            denominator = denominator / x + DENOMINATOR[i];
        }
    }
    numerator / denominator
}

/// `sin(pi * x)`, exact at the integers.
fn sin_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let sine = match (2.0 * y).round() as i32 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    1f64.copysign(x) * sine
}

/// The gamma function; nan where it has no value (at 0, at negative integers, at minus infinity), infinite where it is
/// too large.
pub fn gamma(x: f64) -> f64 {
    if !x.is_finite() {
        return if x.is_nan() || x > 0.0 { x } else { f64::NAN };
    }
    if x == 0.0 {
        return f64::NAN;
    }
    if x == x.floor() {
        if x < 0.0 {
            return f64::NAN;
        }
        if x <= 23.0 {
            return (1..x as u64).map(|n| n as f64).product();
        }
    }
    let size = x.abs();
    if size < 1e-20 {
        return 1.0 / x;
    }
    if size > 200.0 {
        return if x < 0.0 { 0.0 / sin_pi(x) } else { f64::INFINITY };
    }
    let y = size + LANCZOS_G_MINUS_HALF;
    let lost =
        if size > LANCZOS_G_MINUS_HALF { (y - size) - LANCZOS_G_MINUS_HALF } else { (y - LANCZOS_G_MINUS_HALF) - size };
    let correction = lost * LANCZOS_G / y;
    let power = |exponent: f64| y.powf(exponent);
    if x < 0.0 {
        let mut r = -PI / sin_pi(size) / size * y.exp() / lanczos_sum(size);
        r -= correction * r;
        if size < 140.0 { r / power(size - 0.5) } else { r / power(size / 2.0 - 0.25) / power(size / 2.0 - 0.25) }
    } else {
        let mut r = lanczos_sum(size) / y.exp();
        r += correction * r;
        if size < 140.0 { r * power(size - 0.5) } else { r * power(size / 2.0 - 0.25) * power(size / 2.0 - 0.25) }
    }
}

/// The logarithm of the absolute value of the gamma function; nan at the integers where gamma has no value.
pub fn log_gamma(x: f64) -> f64 {
    if !x.is_finite() {
        return if x.is_nan() { x } else { f64::INFINITY };
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 { f64::NAN } else { 0.0 };
    }
    let size = x.abs();
    if size < 1e-20 {
        return -size.ln();
    }
    let mut r = lanczos_sum(size).ln() - LANCZOS_G;
    r += (size - 0.5) * ((size + LANCZOS_G - 0.5).ln() - 1.0);
    if x < 0.0 {
        r = 1.144729885849400174143427351353058711647 - sin_pi(size).abs().ln() - size.ln() - r;
    }
    r
}

/// The value at `x` of a polynomial, its constant first: by pairs, as the C library adds them up.
fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    let square = x * x;
    let powers = [1.0, square, square * square, square * square * square, (square * square) * (square * square)];
    let pair = |pair: &[f64]| pair.first().copied().unwrap_or(0.0) + pair.get(1).map_or(0.0, |c| x * c);
    coefficients.chunks(2).zip(powers).map(|(terms, power)| power * pair(terms)).fold(0.0, |sum, term| sum + term)
}

/// The error function at 1, to the precision of a float with half the bits.
const ERX: f64 = 8.45062911510467529297e-01;
const PP: [f64; 5] = [
    1.28379167095512558561e-01,
    -3.25042107247001499370e-01,
    -2.84817495755985104766e-02,
    -5.77027029648944159157e-03,
    -2.37630166566501626084e-05,
];
const QQ: [f64; 6] = [
    1.0,
    3.97917223959155352819e-01,
    6.50222499887672944485e-02,
    5.08130628187576562776e-03,
    1.32494738004321644526e-04,
    -3.96022827877536812320e-06,
];
const PA: [f64; 7] = [
    -2.36211856075265944077e-03,
    4.14856118683748331666e-01,
    -3.72207876035701323847e-01,
    3.18346619901161753674e-01,
    -1.10894694282396677476e-01,
    3.54783043256182359371e-02,
    -2.16637559486879084300e-03,
];
const QA: [f64; 7] = [
    1.0,
    1.06420880400844228286e-01,
    5.40397917702171048937e-01,
    7.18286544141962662868e-02,
    1.26171219808761642112e-01,
    1.36370839120290507362e-02,
    1.19844998467991074170e-02,
];
const RA: [f64; 8] = [
    -9.86494403484714822705e-03,
    -6.93858572707181764372e-01,
    -1.05586262253232909814e+01,
    -6.23753324503260060396e+01,
    -1.62396669462573470355e+02,
    -1.84605092906711035994e+02,
    -8.12874355063065934246e+01,
    -9.81432934416914548592e+00,
];
const SA: [f64; 9] = [
    1.0,
    1.96512716674392571292e+01,
    1.37657754143519042600e+02,
    4.34565877475229228821e+02,
    6.45387271733267880336e+02,
    4.29008140027567833386e+02,
    1.08635005541779435134e+02,
    6.57024977031928170135e+00,
    -6.04244152148580987438e-02,
];
const RB: [f64; 7] = [
    -9.86494292470009928597e-03,
    -7.99283237680523006574e-01,
    -1.77579549177547519889e+01,
    -1.60636384855821916062e+02,
    -6.37566443368389627722e+02,
    -1.02509513161107724954e+03,
    -4.83519191608651397019e+02,
];
const SB: [f64; 8] = [
    1.0,
    3.03380607434824582924e+01,
    3.25792512996573918826e+02,
    1.53672958608443695994e+03,
    3.19985821950859553908e+03,
    2.55305040643316442583e+03,
    4.74528541206955367215e+02,
    -2.24409524465858183362e+01,
];

/// `1 - erf(x)` for `x` of at least 1.25.
fn tail(x: f64) -> f64 {
    let s = 1.0 / (x * x);
    let ratio =
        if x < 1.0 / 0.35 { polynomial(&RA, s) / polynomial(&SA, s) } else { polynomial(&RB, s) / polynomial(&SB, s) };
    let high = f64::from_bits(x.to_bits() & 0xffff_ffff_0000_0000);
    (-high * high - 0.5625).exp() * ((high - x) * (high + x) + ratio).exp() / x
}

/// The error function.
pub fn erf(x: f64) -> f64 {
    let size = x.abs();
    if x.is_nan() {
        x
    } else if size < 0.84375 {
        let z = x * x;
        if size < 1.0 / (1 << 28) as f64 {
            x + 1.28379167095512586316e-01 * x
        } else {
            x + x * (polynomial(&PP, z) / polynomial(&QQ, z))
        }
    } else if size < 1.25 {
        let s = size - 1.0;
        (ERX + polynomial(&PA, s) / polynomial(&QA, s)).copysign(x)
    } else if size >= 6.0 {
        1f64.copysign(x)
    } else {
        (1.0 - tail(size)).copysign(x)
    }
}

/// `1 - erf(x)`.
pub fn erfc(x: f64) -> f64 {
    let size = x.abs();
    if x.is_nan() {
        x
    } else if size < 0.84375 {
        let ratio = polynomial(&PP, x * x) / polynomial(&QQ, x * x);
        if x < 0.25 { 1.0 - (x + x * ratio) } else { 0.5 - (x - 0.5 + x * ratio) }
    } else if size < 1.25 {
        let s = size - 1.0;
        let ratio = polynomial(&PA, s) / polynomial(&QA, s);
        if x > 0.0 { 1.0 - ERX - ratio } else { 1.0 + (ERX + ratio) }
    } else if size >= 28.0 || x < -6.0 {
        if x > 0.0 { 0.0 } else { 2.0 }
    } else if x > 0.0 {
        tail(size)
    } else {
        2.0 - tail(size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agree_with_the_c_library() {
        for (x, expected) in [(0.1, 0.1124629160182849), (1.0, 0.8427007929497149), (-2.5, -0.999593047982555)] {
            assert_eq!(erf(x), expected);
        }
        assert_eq!(erfc(5.0), 1.5374597944280351e-12);
        assert_eq!(gamma(0.5), 1.7724538509055159);
        assert_eq!(gamma(171.0), 7.257415615307998e306);
        assert!(gamma(172.0).is_infinite() && gamma(-3.0).is_nan());
        assert_eq!(log_gamma(0.5), 0.5723649429247004);
    }
}
