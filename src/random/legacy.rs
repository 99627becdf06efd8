//! The distributions of NumPy's legacy generator, `RandomState`, which must not change any more.

use super::Source;
use super::bounded::interval;
use super::continuous::{gamma_of, vonmises_of};
use super::discrete::{D1, D2, GEOMETRIC_SEARCH, geometric_search, log_gamma, logseries_of, poisson, zipf_of};

/// Normal with mean 0 and deviation 1, by the polar method: each second number is kept for the next draw.
#[inline]
pub fn gauss(source: &mut Source) -> f64 {
    if let Some(kept) = source.gauss.take() {
        return kept;
    }
    loop {
        let x1 = 2.0 * source.double() - 1.0;
        let x2 = 2.0 * source.double() - 1.0;
        let r2 = x1 * x1 + x2 * x2;
        if r2 < 1.0 && r2 != 0.0 {
            let f = (-2.0 * r2.ln() / r2).sqrt();
            source.gauss = Some(f * x1);
            return f * x2;
        }
    }
}

/// Exponential with mean 1.
#[inline]
pub fn standard_exponential(source: &mut Source) -> f64 {
    -(1.0 - source.double()).ln()
}

/// Gamma with scale 1.
pub fn standard_gamma(source: &mut Source, shape: f64) -> f64 {
    gamma_of(source, shape, Source::double, standard_exponential, gauss)
}

/// Gamma.
pub fn gamma(source: &mut Source, shape: f64, scale: f64) -> f64 {
    scale * standard_gamma(source, shape)
}

/// Exponential.
pub fn exponential(source: &mut Source, scale: f64) -> f64 {
    scale * standard_exponential(source)
}

/// Normal.
#[inline]
pub fn normal(source: &mut Source, mean: f64, deviation: f64) -> f64 {
    mean + deviation * gauss(source)
}

/// Log-normal.
pub fn lognormal(source: &mut Source, mean: f64, sigma: f64) -> f64 {
    normal(source, mean, sigma).exp()
}

/// Pareto II.
pub fn pareto(source: &mut Source, a: f64) -> f64 {
    (standard_exponential(source) / a).exp() - 1.0
}

/// Weibull.
pub fn weibull(source: &mut Source, a: f64) -> f64 {
    if a == 0.0 { 0.0 } else { standard_exponential(source).powf(1.0 / a) }
}

/// Power.
pub fn power(source: &mut Source, a: f64) -> f64 {
    (1.0 - (-standard_exponential(source)).exp()).powf(1.0 / a)
}

/// Chi-square.
pub fn chisquare(source: &mut Source, df: f64) -> f64 {
    2.0 * standard_gamma(source, df / 2.0)
}

/// Rayleigh.
pub fn rayleigh(source: &mut Source, mode: f64) -> f64 {
    mode * (-2.0 * (-source.double()).ln_1p()).sqrt()
}

/// Noncentral chi-square.
pub fn noncentral_chisquare(source: &mut Source, df: f64, nonc: f64) -> f64 {
    if nonc == 0.0 {
        return chisquare(source, df);
    }
    if 1.0 < df {
        let central = chisquare(source, df - 1.0);
        let n = gauss(source) + nonc.sqrt();
        return central + n * n;
    }
    let i = poisson(source, nonc / 2.0);
    let drawn = chisquare(source, df + 2.0 * i as f64);
    if nonc.is_nan() { f64::NAN } else { drawn }
}

/// Noncentral F.
pub fn noncentral_f(source: &mut Source, dfnum: f64, dfden: f64, nonc: f64) -> f64 {
    let t = noncentral_chisquare(source, dfnum, nonc) * dfden;
    t / (chisquare(source, dfden) * dfnum)
}

/// Wald, or inverse Gaussian.
pub fn wald(source: &mut Source, mean: f64, scale: f64) -> f64 {
    let ratio = mean / (2.0 * scale);
    let y = gauss(source);
    let y = mean * y * y;
    let x = mean + ratio * (y - (4.0 * scale * y + y * y).sqrt());
    let u = source.double();
    if u <= mean / (mean + x) { x } else { mean * mean / x }
}

/// Student's t.
pub fn standard_t(source: &mut Source, df: f64) -> f64 {
    let numerator = gauss(source);
    let denominator = standard_gamma(source, df / 2.0);
    (df / 2.0).sqrt() * numerator / denominator.sqrt()
}

/// Cauchy.
pub fn standard_cauchy(source: &mut Source) -> f64 {
    let first = gauss(source);
    first / gauss(source)
}

/// Beta.
pub fn beta(source: &mut Source, a: f64, b: f64) -> f64 {
    if a > 1.0 || b > 1.0 || a.is_nan() || b.is_nan() {
        let first = standard_gamma(source, a);
        let second = standard_gamma(source, b);
        return first / (first + second);
    }
    loop {
        let u = source.double();
        let v = source.double();
        let x = u.powf(1.0 / a);
        let y = v.powf(1.0 / b);
        if x + y <= 1.0 {
            if x + y > 0.0 {
                return x / (x + y);
            }
            let (log_x, log_y) = (u.ln() / a, v.ln() / b);
            let most = if log_x > log_y { log_x } else { log_y };
            let (log_x, log_y) = (log_x - most, log_y - most);
            return (log_x - (log_x.exp() + log_y.exp()).ln()).exp();
        }
    }
}

/// Fisher's F.
pub fn f(source: &mut Source, dfnum: f64, dfden: f64) -> f64 {
    let first = chisquare(source, dfnum) * dfden;
    first / (chisquare(source, dfden) * dfnum)
}

/// Von Mises.
pub fn vonmises(source: &mut Source, mu: f64, kappa: f64) -> f64 {
    vonmises_of(source, mu, kappa)
}

/// Negative binomial.
pub fn negative_binomial(source: &mut Source, n: f64, p: f64) -> i64 {
    let y = gamma(source, n, (1.0 - p) / p);
    poisson(source, y)
}

/// Geometric.
pub fn geometric(source: &mut Source, p: f64) -> i64 {
    if p >= GEOMETRIC_SEARCH {
        return geometric_search(source, p);
    }
    ((-source.double()).ln_1p() / (1.0 - p).ln()).ceil() as i64
}

/// Zipf.
pub fn zipf(source: &mut Source, a: f64) -> i64 {
    zipf_of(source, a, |source| 1.0 - source.double())
}

/// Logarithmic series.
pub fn logseries(source: &mut Source, p: f64) -> i64 {
    let r = (1.0 - p).ln();
    logseries_of(source, p, |u| 1.0 - (r * u).exp())
}

/// Hypergeometric.
pub fn hypergeometric(source: &mut Source, good: i64, bad: i64, sample: i64) -> i64 {
    if sample > 10 {
        hypergeometric_by_rejection(source, good, bad, sample)
    } else if sample > 0 {
        hypergeometric_by_sampling(source, good, bad, sample)
    } else {
        0
    }
}

fn hypergeometric_by_sampling(source: &mut Source, good: i64, bad: i64, sample: i64) -> i64 {
    let rest = bad.wrapping_add(good).wrapping_sub(sample);
    let fewer = bad.min(good) as f64;
    let (mut y, mut k) = (fewer, sample);
    while y > 0.0 {
        let u = source.double();
        y -= (u + y / rest.wrapping_add(k) as f64).floor();
        k -= 1;
        if k == 0 {
            break;
        }
    }
    let drawn = (fewer - y) as i64;
    if good > bad { sample - drawn } else { drawn }
}

fn hypergeometric_by_rejection(source: &mut Source, good: i64, bad: i64, sample: i64) -> i64 {
    let total = good.wrapping_add(bad);
    let (fewer, more) = (good.min(bad), good.max(bad));
    let m = sample.min(total.wrapping_sub(sample));
    let d4 = fewer as f64 / total as f64;
    let d5 = 1.0 - d4;
    let d6 = m as f64 * d4 + 0.5;
    let d7 = (total.wrapping_sub(m) as f64 * sample as f64 * d4 * d5 / total.wrapping_sub(1) as f64 + 0.5).sqrt();
    let d8 = D1 * d7 + D2;
    let d9 = (m.wrapping_add(1) as f64 * fewer.wrapping_add(1) as f64 / total.wrapping_add(2) as f64).floor() as i64;
    let weight = |k: i64| {
        let after = |n: i64| log_gamma(n.wrapping_add(1) as f64);
        after(k) + after(fewer.wrapping_sub(k)) + after(m.wrapping_sub(k)) + after(more.wrapping_sub(m).wrapping_add(k))
    };
    let d10 = weight(d9);
    let d11 = (m.min(fewer) as f64 + 1.0).min((d6 + 16.0 * d7).floor());
    let drawn = loop {
        let x = source.double();
        let y = source.double();
        let w = d6 + d8 * (y - 0.5) / x;
        if w < 0.0 || w >= d11 {
            continue;
        }
        let k = w.floor() as i64;
        let t = d10 - weight(k);
        if x * (4.0 - x) - 3.0 <= t {
            break k;
        }
        if x * (x - t) >= 1.0 {
            continue;
        }
        if 2.0 * x.ln() <= t {
            break k;
        }
    };
    let drawn = if good > bad { m - drawn } else { drawn };
    if m < sample { good - drawn } else { drawn }
}

/// Shuffles the places 0 to `count` - 1, by exchanging each from the last on with one before it or itself.
pub fn exchanges(source: &mut Source, first: usize, count: usize, mut exchange: impl FnMut(usize, usize)) {
    for i in (first..count).rev() {
        let j = interval(&mut source.bits, i as u64) as usize;
        exchange(i, j);
    }
}
