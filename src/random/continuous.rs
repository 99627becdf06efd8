//! Continuous distributions in double precision, as NumPy's `distributions.c` draws them.

use super::Source;
use super::discrete::poisson;
use super::ziggurat_tables::{EXPONENTIAL, NORMAL};
use num_traits::{AsPrimitive, Float};
use std::f64::consts::PI;

/// Where the tail of the normal ziggurat starts.
pub(super) const NORMAL_TAIL: f64 = 3.654_152_885_361_009;
pub(super) const NORMAL_TAIL_INVERSE: f64 = 0.273_661_237_329_758_3;
/// Where the tail of the exponential ziggurat starts.
pub(super) const EXPONENTIAL_TAIL: f64 = 7.697_117_470_131_05;

/// Uniform in [0, 1).
#[inline]
pub fn standard_uniform(source: &mut Source) -> f64 {
    source.double()
}

/// Exponential with mean 1, by the ziggurat.
#[inline]
pub fn standard_exponential(source: &mut Source) -> f64 {
    loop {
        let bits = source.bits.next_u64() >> 3;
        let level = (bits & 0xff) as usize;
        let place = bits >> 8;
        let x = place as f64 * EXPONENTIAL.width[level];
        if place < EXPONENTIAL.inside[level] {
            return x;
        }
        if level == 0 {
            return EXPONENTIAL_TAIL - (-source.double()).ln_1p();
        }
        let (above, below) = (EXPONENTIAL.height[level - 1], EXPONENTIAL.height[level]);
        if (above - below) * source.double() + below < (-x).exp() {
            return x;
        }
    }
}

/// Exponential with mean 1, by inversion.
#[inline]
pub fn standard_exponential_inverse(source: &mut Source) -> f64 {
    -(-source.double()).ln_1p()
}

/// Normal with mean 0 and deviation 1, by the ziggurat.
#[inline]
pub fn standard_normal(source: &mut Source) -> f64 {
    loop {
        let bits = source.bits.next_u64();
        let level = (bits & 0xff) as usize;
        let bits = bits >> 8;
        let place = (bits >> 1) & 0x000f_ffff_ffff_ffff;
        let size = place as f64 * NORMAL.width[level];
        let x = if bits & 1 == 1 { -size } else { size };
        if place < NORMAL.inside[level] {
            return x;
        }
        if level == 0 {
            loop {
                let far = -NORMAL_TAIL_INVERSE * (-source.double()).ln_1p();
                let y = -(-source.double()).ln_1p();
                if y + y > far * far {
                    let far = NORMAL_TAIL + far;
                    return if (place >> 8) & 1 == 1 { -far } else { far };
                }
            }
        }
        let (above, below) = (NORMAL.height[level - 1], NORMAL.height[level]);
        if (above - below) * source.double() + below < (-0.5 * x * x).exp() {
            return x;
        }
    }
}

/// Gamma with scale 1.
pub fn standard_gamma(source: &mut Source, shape: f64) -> f64 {
    gamma_of(source, shape, Source::double, standard_exponential, standard_normal)
}

/// Gamma with scale 1, in the precision of these uniform, exponential and normal numbers.
pub(super) fn gamma_of<F: Float + 'static>(
    source: &mut Source,
    shape: F,
    uniform: impl Fn(&mut Source) -> F,
    exponential: impl Fn(&mut Source) -> F,
    normal: impl Fn(&mut Source) -> F,
) -> F
where
    f64: AsPrimitive<F>,
{
    let (zero, one) = (F::zero(), F::one());
    if shape == one {
        return exponential(source);
    }
    if shape == zero {
        return zero;
    }
    if shape < one {
        loop {
            let u = uniform(source);
            let v = exponential(source);
            if u <= one - shape {
                let x = u.powf(one / shape);
                if x <= v {
                    return x;
                }
            } else {
                let y = -((one - u) / shape).ln();
                let x = (one - shape + shape * y).powf(one / shape);
                if x <= v + y {
                    return x;
                }
            }
        }
    }
    let b = shape - (1.0_f64 / 3.0).as_();
    let c = one / (9.0_f64.as_() * b).sqrt();
    loop {
        let (x, v) = loop {
            let x = normal(source);
            let v = one + c * x;
            // a shape that is no number gives none, and is let through
            if v > zero || v.is_nan() {
                break (x, v);
            }
        };
        let v = v * v * v;
        let u = uniform(source);
        if u < one - 0.0331_f64.as_() * (x * x) * (x * x) || u.ln() < 0.5_f64.as_() * x * x + b * (one - v + v.ln()) {
            return b * v;
        }
        if v.is_nan() {
            return F::nan();
        }
    }
}

/// Normal.
#[inline]
pub fn normal(source: &mut Source, mean: f64, deviation: f64) -> f64 {
    mean + deviation * standard_normal(source)
}

/// Exponential.
#[inline]
pub fn exponential(source: &mut Source, scale: f64) -> f64 {
    scale * standard_exponential(source)
}

/// Uniform in [lower, lower + range).
#[inline]
pub fn uniform(source: &mut Source, lower: f64, range: f64) -> f64 {
    lower + range * source.double()
}

/// Gamma.
pub fn gamma(source: &mut Source, shape: f64, scale: f64) -> f64 {
    scale * standard_gamma(source, shape)
}

/// Beta.
pub fn beta(source: &mut Source, a: f64, b: f64) -> f64 {
    const TINY: f64 = 3e-103;
    if a > 1.0 || b > 1.0 || a.is_nan() || b.is_nan() {
        let first = standard_gamma(source, a);
        let second = standard_gamma(source, b);
        return first / (first + second);
    }
    if a < TINY && b < TINY {
        let u = source.double();
        return f64::from((a + b) * u < a);
    }
    loop {
        let u = source.double();
        let v = source.double();
        let x = u.powf(1.0 / a);
        let y = v.powf(1.0 / b);
        if x + y <= 1.0 && u + v > 0.0 {
            if x > 0.0 && y > 0.0 {
                return x / (x + y);
            }
            let delta = u.ln() / a - v.ln() / b;
            return if delta > 0.0 { (-(-delta).exp().ln_1p()).exp() } else { (delta - delta.exp().ln_1p()).exp() };
        }
    }
}

/// Chi-square.
pub fn chisquare(source: &mut Source, df: f64) -> f64 {
    2.0 * standard_gamma(source, df / 2.0)
}

/// Fisher's F.
pub fn f(source: &mut Source, dfnum: f64, dfden: f64) -> f64 {
    let first = chisquare(source, dfnum) * dfden;
    let second = chisquare(source, dfden) * dfnum;
    first / second
}

/// Cauchy.
pub fn standard_cauchy(source: &mut Source) -> f64 {
    let first = standard_normal(source);
    first / standard_normal(source)
}

/// Pareto II.
pub fn pareto(source: &mut Source, a: f64) -> f64 {
    (standard_exponential(source) / a).exp_m1()
}

/// Weibull.
pub fn weibull(source: &mut Source, a: f64) -> f64 {
    if a == 0.0 { 0.0 } else { standard_exponential(source).powf(1.0 / a) }
}

/// Power.
pub fn power(source: &mut Source, a: f64) -> f64 {
    (-(-standard_exponential(source)).exp_m1()).powf(1.0 / a)
}

/// Laplace.
pub fn laplace(source: &mut Source, loc: f64, scale: f64) -> f64 {
    loop {
        let u = source.double();
        if u >= 0.5 {
            return loc - scale * (2.0 - u - u).ln();
        }
        if u > 0.0 {
            return loc + scale * (u + u).ln();
        }
    }
}

/// Gumbel.
pub fn gumbel(source: &mut Source, loc: f64, scale: f64) -> f64 {
    loop {
        let u = 1.0 - source.double();
        if u < 1.0 {
            return loc - scale * (-u.ln()).ln();
        }
    }
}

/// Logistic.
pub fn logistic(source: &mut Source, loc: f64, scale: f64) -> f64 {
    loop {
        let u = source.double();
        if u > 0.0 {
            return loc + scale * (u / (1.0 - u)).ln();
        }
    }
}

/// Log-normal.
pub fn lognormal(source: &mut Source, mean: f64, sigma: f64) -> f64 {
    normal(source, mean, sigma).exp()
}

/// Rayleigh.
pub fn rayleigh(source: &mut Source, mode: f64) -> f64 {
    mode * (2.0 * standard_exponential(source)).sqrt()
}

/// Student's t.
pub fn standard_t(source: &mut Source, df: f64) -> f64 {
    let numerator = standard_normal(source);
    let denominator = standard_gamma(source, df / 2.0);
    (df / 2.0).sqrt() * numerator / denominator.sqrt()
}

/// Noncentral chi-square.
pub fn noncentral_chisquare(source: &mut Source, df: f64, nonc: f64) -> f64 {
    if nonc.is_nan() {
        return f64::NAN;
    }
    if nonc == 0.0 {
        return chisquare(source, df);
    }
    if 1.0 < df {
        let central = chisquare(source, df - 1.0);
        let n = standard_normal(source) + nonc.sqrt();
        return central + n * n;
    }
    let i = poisson(source, nonc / 2.0);
    chisquare(source, df + 2.0 * i as f64)
}

/// Noncentral F.
pub fn noncentral_f(source: &mut Source, dfnum: f64, dfden: f64, nonc: f64) -> f64 {
    let t = noncentral_chisquare(source, dfnum, nonc) * dfden;
    t / (chisquare(source, dfden) * dfnum)
}

/// Wald, or inverse Gaussian.
pub fn wald(source: &mut Source, mean: f64, scale: f64) -> f64 {
    let y = standard_normal(source);
    let y = mean * y * y;
    let d = 1.0 + (1.0 + 4.0 * scale / y).sqrt();
    let x = mean * (1.0 - 2.0 / d);
    let u = source.double();
    if u <= mean / (mean + x) { x } else { mean * mean / x }
}

/// Von Mises.
pub fn vonmises(source: &mut Source, mu: f64, kappa: f64) -> f64 {
    if kappa > 1e6 {
        let result = mu + (1.0 / kappa).sqrt() * standard_normal(source);
        let result = if result < -PI { result + 2.0 * PI } else { result };
        return if result > PI { result - 2.0 * PI } else { result };
    }
    vonmises_of(source, mu, kappa)
}

/// Von Mises, by rejection whatever `kappa` is.
pub(super) fn vonmises_of(source: &mut Source, mu: f64, kappa: f64) -> f64 {
    if kappa.is_nan() {
        return f64::NAN;
    }
    if kappa < 1e-8 {
        return PI * (2.0 * source.double() - 1.0);
    }
    let s = if kappa < 1e-5 {
        1.0 / kappa + kappa
    } else {
        let r = 1.0 + (1.0 + 4.0 * kappa * kappa).sqrt();
        let rho = (r - (2.0 * r).sqrt()) / (2.0 * kappa);
        (1.0 + rho * rho) / (2.0 * rho)
    };
    let w = loop {
        let u = source.double();
        let z = (PI * u).cos();
        let w = (1.0 + s * z) / (s + z);
        let y = kappa * (s - w);
        let v = source.double();
        let accepts = y * (2.0 - y) - v >= 0.0 || (y / v).ln() + 1.0 - y >= 0.0;
        // an infinite kappa gives no number, which nothing would accept
        if accepts || y.is_nan() {
            break w;
        }
    };
    let u = source.double();
    let angle = if u < 0.5 { -w.acos() } else { w.acos() } + mu;
    let size = (angle.abs() + PI) % (2.0 * PI) - PI;
    if angle < 0.0 { -size } else { size }
}

/// Triangular.
pub fn triangular(source: &mut Source, left: f64, mode: f64, right: f64) -> f64 {
    let base = right - left;
    let left_base = mode - left;
    let u = source.double();
    if u <= left_base / base {
        left + (u * (left_base * base)).sqrt()
    } else {
        right - ((1.0 - u) * ((right - mode) * base)).sqrt()
    }
}
