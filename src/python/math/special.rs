//! The gamma and error functions.
//!
//! Gamma by Lanczos' sum with the coefficients of Boost, as CPython computes it (`mathmodule.c`); the error function by
//! the rational approximations of Sun's fdlibm, as the C library computes it.

use std::f64::consts::PI;

const LANCZOS_G: f64 = 6.024_680_040_776_73;
const LANCZOS_G_MINUS_HALF: f64 = 5.524_680_040_776_73;

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
        r = 1.144_729_885_849_400_2 - sin_pi(size).abs().ln() - size.ln() - r;
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
const ERX: f64 = 8.450_629_115_104_675e-1;
const PP: [f64; 5] = [
    1.283_791_670_955_125_6e-1,
    -3.250_421_072_470_015e-1,
    -2.848_174_957_559_851e-2,
    -5.770_270_296_489_442e-3,
    -2.376_301_665_665_016_3e-5,
];
const QQ: [f64; 6] = [
    1.0,
    3.979_172_239_591_553_5e-1,
    6.502_224_998_876_73e-2,
    5.081_306_281_875_766e-3,
    1.324_947_380_043_216_4e-4,
    -3.960_228_278_775_368e-6,
];
const PA: [f64; 7] = [
    -2.362_118_560_752_659_4e-3,
    4.148_561_186_837_483_3e-1,
    -3.722_078_760_357_013e-1,
    3.183_466_199_011_617_5e-1,
    -1.108_946_942_823_966_8e-1,
    3.547_830_432_561_823_6e-2,
    -2.166_375_594_868_791e-3,
];
const QA: [f64; 7] = [
    1.0,
    1.064_208_804_008_442_3e-1,
    5.403_979_177_021_71e-1,
    7.182_865_441_419_627e-2,
    1.261_712_198_087_616_4e-1,
    1.363_708_391_202_905e-2,
    1.198_449_984_679_910_7e-2,
];
const RA: [f64; 8] = [
    -9.864_944_034_847_148e-3,
    -6.938_585_727_071_818e-1,
    -1.055_862_622_532_329_1e1,
    -6.237_533_245_032_600_6e1,
    -1.623_966_694_625_734_7e2,
    -1.846_050_929_067_110_4e2,
    -8.128_743_550_630_66e1,
    -9.814_329_344_169_145,
];
const SA: [f64; 9] = [
    1.0,
    1.965_127_166_743_925_7e1,
    1.376_577_541_435_190_4e2,
    4.345_658_774_752_292_3e2,
    6.453_872_717_332_679e2,
    4.290_081_400_275_678_3e2,
    1.086_350_055_417_794_4e2,
    6.570_249_770_319_282,
    -6.042_441_521_485_81e-2,
];
const RB: [f64; 7] = [
    -9.864_942_924_700_1e-3,
    -7.992_832_376_805_23e-1,
    -1.775_795_491_775_475_2e1,
    -1.606_363_848_558_219_2e2,
    -6.375_664_433_683_896e2,
    -1.025_095_131_611_077_2e3,
    -4.835_191_916_086_514e2,
];
const SB: [f64; 8] = [
    1.0,
    3.033_806_074_348_246e1,
    3.257_925_129_965_739e2,
    1.536_729_586_084_437e3,
    3.199_858_219_508_595_5e3,
    2.553_050_406_433_164_4e3,
    4.745_285_412_069_553_7e2,
    -2.244_095_244_658_582e1,
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
            x + 1.283_791_670_955_126e-1 * x
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
