//! Discrete distributions, as NumPy's `distributions.c` draws them.

use super::Source;
use super::bounded::interval;
use super::continuous::{gamma, standard_exponential};

/// log(k!) for small k.
#[rustfmt::skip]
#[allow(clippy::excessive_precision, clippy::unreadable_literal, clippy::approx_constant)]
static LOG_FACTORIALS: [f64; 126] = [
    0.0, 0.0, 0.69314718055994529, 1.791759469228055, 3.1780538303479458, 4.7874917427820458, 6.5792512120101012,
    8.5251613610654147, 10.604602902745251, 12.801827480081469, 15.104412573075516, 17.502307845873887,
    19.987214495661885, 22.552163853123425, 25.19122118273868, 27.89927138384089, 30.671860106080672,
    33.505073450136891, 36.395445208033053, 39.339884187199495, 42.335616460753485, 45.380138898476908,
    48.471181351835227, 51.606675567764377, 54.784729398112319, 58.003605222980518, 61.261701761002001,
    64.557538627006338, 67.88974313718154, 71.257038967168015, 74.658236348830158, 78.092223553315307,
    81.557959456115043, 85.054467017581516, 88.580827542197682, 92.136175603687093, 95.719694542143202,
    99.330612454787428, 102.96819861451381, 106.63176026064346, 110.32063971475739, 114.03421178146171,
    117.77188139974507, 121.53308151543864, 125.3172711493569, 129.12393363912722, 132.95257503561632,
    136.80272263732635, 140.67392364823425, 144.5657439463449, 148.47776695177302, 152.40959258449735,
    156.3608363030788, 160.3311282166309, 164.32011226319517, 168.32744544842765, 172.35279713916279,
    176.39584840699735, 180.45629141754378, 184.53382886144948, 188.6281734236716, 192.7390472878449,
    196.86618167289001, 201.00931639928152, 205.1681994826412, 209.34258675253685, 213.53224149456327,
    217.73693411395422, 221.95644181913033, 226.1905483237276, 230.43904356577696, 234.70172344281826,
    238.97838956183432, 243.26884900298271, 247.57291409618688, 251.89040220972319, 256.22113555000954,
    260.56494097186322, 264.92164979855278, 269.29109765101981, 273.67312428569369, 278.06757344036612,
    282.4742926876304, 286.89313329542699, 291.32395009427029, 295.76660135076065, 300.22094864701415,
    304.68685676566872, 309.1641935801469, 313.65282994987905, 318.1526396202093, 322.66349912672615,
    327.1852877037752, 331.71788719692847, 336.26118197919845, 340.81505887079902, 345.37940706226686,
    349.95411804077025, 354.53908551944079, 359.1342053695754, 363.73937555556347, 368.35449607240474,
    372.97946888568902, 377.61419787391867, 382.25858877306001, 386.91254912321756, 391.57598821732961,
    396.24881705179155, 400.93094827891576, 405.6222961611449, 410.32277652693733, 415.03230672824964,
    419.75080559954472, 424.47819341825709, 429.21439186665157, 433.95932399501481, 438.71291418612117,
    443.47508812091894, 448.24577274538461, 453.02489623849613, 457.81238798127816, 462.60817852687489,
    467.4121995716082, 472.22438392698058, 477.04466549258564, 481.87297922988796,
];

/// log(k!).
fn log_factorial(k: i64) -> f64 {
    const HALF_LOG_2_PI: f64 = 0.918_938_533_204_672_8;
    if let Some(known) = usize::try_from(k).ok().and_then(|k| LOG_FACTORIALS.get(k)) {
        return *known;
    }
    let k = k as f64;
    (k + 0.5) * k.ln() - k + (HALF_LOG_2_PI + (1.0 / k) * (1.0 / 12.0 - 1.0 / (360.0 * k * k)))
}

/// log(gamma(x)).
#[allow(clippy::excessive_precision)]
pub(super) fn log_gamma(x: f64) -> f64 {
    const TERMS: [f64; 10] = [
        8.333333333333333e-02,
        -2.777777777777778e-03,
        7.936507936507937e-04,
        -5.952380952380952e-04,
        8.417508417508418e-04,
        -1.917526917526918e-03,
        6.410256410256410e-03,
        -2.955065359477124e-02,
        1.796443723688307e-01,
        -1.39243221690590e+00,
    ];
    const LOG_2_PI: f64 = 1.8378770664093453e+00;
    if x == 1.0 || x == 2.0 {
        return 0.0;
    }
    let n = if x < 7.0 { (7.0 - x) as i64 } else { 0 };
    let mut x0 = x + n as f64;
    let x2 = (1.0 / x0) * (1.0 / x0);
    let series = TERMS.iter().rev().skip(1).fold(TERMS[9], |sum, term| sum * x2 + term);
    let mut log = series / x0 + 0.5 * LOG_2_PI + (x0 - 0.5) * x0.ln() - x0;
    for _ in 0..n {
        log -= (x0 - 1.0).ln();
        x0 -= 1.0;
    }
    log
}

/// Poisson.
pub fn poisson(source: &mut Source, lam: f64) -> i64 {
    if lam >= 10.0 {
        return poisson_by_rejection(source, lam);
    }
    if lam == 0.0 {
        return 0;
    }
    let limit = (-lam).exp();
    let (mut count, mut product) = (0, 1.0);
    loop {
        product *= source.double();
        if product > limit {
            count += 1;
        } else {
            return count;
        }
    }
}

/// Hoermann's transformed rejection.
fn poisson_by_rejection(source: &mut Source, lam: f64) -> i64 {
    let log_lam = lam.ln();
    let b = 0.931 + 2.53 * lam.sqrt();
    let a = -0.059 + 0.02483 * b;
    let inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    let vr = 0.9277 - 3.6224 / (b - 2.0);
    loop {
        let u = source.double() - 0.5;
        let v = source.double();
        let us = 0.5 - u.abs();
        let k = ((2.0 * a / us + b) * u + lam + 0.43).floor() as i64;
        if us >= 0.07 && v <= vr {
            return k;
        }
        if k < 0 || (us < 0.013 && v > us) {
            continue;
        }
        let left = v.ln() + inverse_alpha.ln() - (a / (us * us) + b).ln();
        if left <= -lam + k as f64 * log_lam - log_gamma(k as f64 + 1.0) {
            return k;
        }
    }
}

/// Negative binomial.
pub fn negative_binomial(source: &mut Source, n: f64, p: f64) -> i64 {
    let y = gamma(source, n, (1.0 - p) / p);
    poisson(source, y)
}

/// What is worked out once for draws from one binomial distribution.
#[derive(Clone, Debug)]
pub struct Binomial {
    n: i64,
    p: f64,
    plan: BinomialPlan,
}

#[derive(Clone, Debug)]
enum BinomialPlan {
    /// By inversion: 1 - p, (1 - p)**n, and where to start anew.
    Inversion { q: f64, none: f64, bound: i64 },
    /// By Kachitvichyanukul and Schmeiser's rejection.
    Rejection(Box<Btpe>),
}

#[derive(Clone, Debug)]
struct Btpe {
    r: f64,
    q: f64,
    m: i64,
    p1: f64,
    xm: f64,
    xl: f64,
    xr: f64,
    c: f64,
    laml: f64,
    lamr: f64,
    p2: f64,
    p3: f64,
    p4: f64,
}

impl Btpe {
    fn new(n: i64, p: f64) -> Btpe {
        let n = n as f64;
        let r = p.min(1.0 - p);
        let q = 1.0 - r;
        let fm = n * r + r;
        let m = fm.floor() as i64;
        let p1 = (2.195 * (n * r * q).sqrt() - 4.6 * q).floor() + 0.5;
        let xm = m as f64 + 0.5;
        let (xl, xr) = (xm - p1, xm + p1);
        let c = 0.134 + 20.5 / (15.3 + m as f64);
        let a = (fm - xl) / (fm - xl * r);
        let laml = a * (1.0 + a / 2.0);
        let a = (xr - fm) / (xr * q);
        let lamr = a * (1.0 + a / 2.0);
        let p2 = p1 * (1.0 + 2.0 * c);
        let p3 = p2 + c / laml;
        let p4 = p3 + c / lamr;
        Btpe { r, q, m, p1, xm, xl, xr, c, laml, lamr, p2, p3, p4 }
    }

    /// A candidate and the height that it is tried with; where no more need be tried, no height.
    fn candidate(&self, source: &mut Source, n: i64) -> (i64, Option<f64>) {
        loop {
            let u = source.double() * self.p4;
            let v = source.double();
            // what is no number is let through
            if u <= self.p1 || u.is_nan() {
                return ((self.xm - self.p1 * v + u).floor() as i64, None);
            }
            if u <= self.p2 {
                let x = self.xl + (u - self.p1) / self.c;
                let v = v * self.c + 1.0 - (self.m as f64 - x + 0.5).abs() / self.p1;
                if v > 1.0 {
                    continue;
                }
                return (x.floor() as i64, Some(v));
            }
            if u <= self.p3 {
                let y = (self.xl + v.ln() / self.laml).floor() as i64;
                if y < 0 || v == 0.0 {
                    continue;
                }
                return (y, Some(v * (u - self.p2) * self.laml));
            }
            let y = (self.xr - v.ln() / self.lamr).floor() as i64;
            if y > n || v == 0.0 {
                continue;
            }
            return (y, Some(v * (u - self.p3) * self.lamr));
        }
    }

    fn accepts(&self, n: i64, y: i64, v: f64) -> bool {
        let (r, q, m) = (self.r, self.q, self.m);
        let (wide_n, wide_y, wide_m) = (n as f64, y as f64, m as f64);
        let nrq = wide_n * r * q;
        let k = (y - m).abs();
        if k <= 20 || k as f64 >= nrq / 2.0 - 1.0 {
            let s = r / q;
            let a = s * (wide_n + 1.0);
            let mut height = 1.0;
            for i in m + 1..=y {
                height *= a / i as f64 - s;
            }
            for i in y + 1..=m {
                height /= a / i as f64 - s;
            }
            return v <= height;
        }
        let k = k as f64;
        let rho = (k / nrq) * ((k * (k / 3.0 + 0.625) + 0.166_666_666_666_666_66) / nrq + 0.5);
        let t = -k * k / (2.0 * nrq);
        let log = v.ln();
        if log < t - rho {
            return true;
        }
        if log > t + rho {
            return false;
        }
        let x1 = wide_y + 1.0;
        let f1 = wide_m + 1.0;
        let z = wide_n + 1.0 - wide_m;
        let w = wide_n - wide_y + 1.0;
        let stirling = |x: f64| {
            let x2 = x * x;
            (13680.0 - (462.0 - (132.0 - (99.0 - 140.0 / x2) / x2) / x2) / x2) / x / 166320.0
        };
        let limit = self.xm * (f1 / x1).ln()
            + (wide_n - wide_m + 0.5) * (z / w).ln()
            + (wide_y - wide_m) * (w * r / (x1 * q)).ln()
            + stirling(f1)
            + stirling(z)
            + stirling(x1)
            + stirling(w);
        log <= limit
    }

    fn draw(&self, source: &mut Source, n: i64, p: f64) -> i64 {
        let y = loop {
            let (y, height) = self.candidate(source, n);
            if height.is_none_or(|v| self.accepts(n, y, v)) {
                break y;
            }
        };
        if p > 0.5 { n - y } else { y }
    }
}

/// Binomial. `is_legacy`: with the rounding of the legacy generator.
pub fn binomial(source: &mut Source, n: i64, p: f64, is_legacy: bool) -> i64 {
    if !is_legacy && (n == 0 || p == 0.0) {
        return 0;
    }
    if p <= 0.5 {
        return binomial_of_half(source, n, p, is_legacy);
    }
    n - binomial_of_half(source, n, 1.0 - p, is_legacy)
}

fn binomial_of_half(source: &mut Source, n: i64, p: f64, is_legacy: bool) -> i64 {
    let known = source.binomial.take().filter(|known| known.n == n && known.p == p);
    let known = known.unwrap_or_else(|| {
        let wide = n as f64;
        let plan = if p * wide <= 30.0 {
            let q = 1.0 - p;
            let log = if is_legacy { q.ln() } else { (-p).ln_1p() };
            let mean = wide * p;
            let bound = wide.min(mean + 10.0 * (mean * q + 1.0).sqrt()) as i64;
            BinomialPlan::Inversion { q, none: (wide * log).exp(), bound }
        } else {
            BinomialPlan::Rejection(Box::new(Btpe::new(n, p)))
        };
        Binomial { n, p, plan }
    });
    let drawn = match &known.plan {
        BinomialPlan::Rejection(btpe) => btpe.draw(source, n, p),
        BinomialPlan::Inversion { q, none, bound } => {
            let (mut count, mut part) = (0, *none);
            let mut u = source.double();
            while u > part {
                count += 1;
                if count > *bound {
                    count = 0;
                    part = *none;
                    u = source.double();
                } else {
                    u -= part;
                    part = ((n - count + 1) as f64 * p * part) / (count as f64 * q);
                }
            }
            count
        }
    };
    source.binomial = Some(known);
    drawn
}

/// Multinomial: how many of `n` fall to each of the probabilities; `counts` are zeros before.
pub fn multinomial(source: &mut Source, n: i64, counts: &mut [i64], probabilities: &[f64]) {
    let Some((last, firsts)) = counts.split_last_mut() else { return };
    let (mut left, mut remaining) = (n, 1.0);
    for (count, p) in firsts.iter_mut().zip(probabilities) {
        *count = binomial(source, left, p / remaining, false);
        left -= *count;
        if left <= 0 {
            break;
        }
        remaining -= p;
    }
    if left > 0 {
        *last = left;
    }
}

/// Logarithmic series.
pub fn logseries(source: &mut Source, p: f64) -> i64 {
    let r = (-p).ln_1p();
    logseries_of(source, p, |u| -(r * u).exp_m1())
}

pub(super) fn logseries_of(source: &mut Source, p: f64, q_of: impl Fn(f64) -> f64) -> i64 {
    loop {
        let v = source.double();
        if v >= p {
            return 1;
        }
        let u = source.double();
        let q = q_of(u);
        if v <= q * q {
            let result = (1.0 + v.ln() / q.ln()).floor() as i64;
            if result < 1 || v == 0.0 {
                continue;
            }
            return result;
        }
        return if v >= q { 1 } else { 2 };
    }
}

/// Geometric, by search.
pub(super) fn geometric_search(source: &mut Source, p: f64) -> i64 {
    let (mut count, mut sum, mut product) = (1, p, p);
    let q = 1.0 - p;
    let u = source.double();
    while u > sum && product > 0.0 {
        product *= q;
        sum += product;
        count += 1;
    }
    count
}

/// The least probability for which geometric numbers are searched.
pub(super) const GEOMETRIC_SEARCH: f64 = 0.333_333_333_333_333_3;

/// Geometric.
pub fn geometric(source: &mut Source, p: f64) -> i64 {
    if p >= GEOMETRIC_SEARCH {
        return geometric_search(source, p);
    }
    // a float too large for an i64 becomes the largest
    (-standard_exponential(source) / (-p).ln_1p()).ceil() as i64
}

/// Zipf.
pub fn zipf(source: &mut Source, a: f64) -> i64 {
    if a >= 1025.0 {
        return 1;
    }
    let least = (i64::MAX as f64).powf(-(a - 1.0));
    zipf_of(source, a, |source| {
        let u = source.double();
        u * least + (1.0 - u)
    })
}

pub(super) fn zipf_of(source: &mut Source, a: f64, uniform: impl Fn(&mut Source) -> f64) -> i64 {
    let am1 = a - 1.0;
    let b = 2f64.powf(am1);
    loop {
        // near 1 hardly any candidate fits an i64; who asked for the numbers sees the interrupt again
        if let Err(stop) = crate::interrupt::check() {
            if stop.class() == crate::error::ErrorClass::KeyboardInterrupt {
                crate::interrupt::raise();
            }
            return 1;
        }
        let u = uniform(source);
        let v = source.double();
        let x = u.powf(-1.0 / am1).floor();
        if x > i64::MAX as f64 || x < 1.0 {
            continue;
        }
        let t = (1.0 + 1.0 / x).powf(am1);
        if v * x * (t - 1.0) / (b - 1.0) <= t / b {
            return x as i64;
        }
        if b.is_infinite() || b.is_nan() {
            return 1;
        }
    }
}

/// 2 * sqrt(2 / e) and 3 - 2 * sqrt(3 / e).
pub(super) const D1: f64 = 1.715_527_769_921_413_5;
pub(super) const D2: f64 = 0.898_916_162_058_898_8;

/// Hypergeometric.
pub fn hypergeometric(source: &mut Source, good: i64, bad: i64, sample: i64) -> i64 {
    if sample >= 10 && sample <= good + bad - 10 {
        hypergeometric_by_rejection(source, good, bad, sample)
    } else {
        hypergeometric_by_sampling(source, good, bad, sample)
    }
}

fn hypergeometric_by_sampling(source: &mut Source, good: i64, bad: i64, sample: i64) -> i64 {
    let total = good + bad;
    let is_more_than_half = sample > total / 2;
    let mut left = if is_more_than_half { total - sample } else { sample };
    let (mut remaining, mut remaining_good) = (total, good);
    while left > 0 && remaining_good > 0 && remaining > remaining_good {
        remaining -= 1;
        if (interval(&mut source.bits, remaining as u64) as i64) < remaining_good {
            remaining_good -= 1;
        }
        left -= 1;
    }
    if remaining == remaining_good {
        remaining_good -= left;
    }
    if is_more_than_half { remaining_good } else { good - remaining_good }
}

fn hypergeometric_by_rejection(source: &mut Source, good: i64, bad: i64, sample: i64) -> i64 {
    let total = good + bad;
    let computed = sample.min(total - sample);
    let (fewer, more) = (good.min(bad), good.max(bad));
    let wide = total as f64;
    let (p, q) = (fewer as f64 / wide, more as f64 / wide);
    let a = computed as f64 * p + 0.5;
    let variance = (total - computed) as f64 * computed as f64 * p * q / (total - 1) as f64;
    let c = (variance + 0.5).sqrt();
    let h = D1 * c + D2;
    let m = ((computed + 1) as f64 * (fewer + 1) as f64 / (total + 2) as f64).floor() as i64;
    let weight = |k: i64| {
        log_factorial(k) + log_factorial(fewer - k) + log_factorial(computed - k) + log_factorial(more - computed + k)
    };
    let g = weight(m);
    let bound = ((computed.min(fewer) + 1) as f64).min((a + 16.0 * c).floor());
    let k = loop {
        let u = source.double();
        let v = source.double();
        let x = a + h * (v - 0.5) / u;
        if x < 0.0 || x >= bound {
            continue;
        }
        let k = x.floor() as i64;
        let t = g - weight(k);
        if u * (4.0 - u) - 3.0 <= t {
            break k;
        }
        if u * (u - t) >= 1.0 {
            continue;
        }
        if 2.0 * u.ln() <= t {
            break k;
        }
    };
    let k = if good > bad { computed - k } else { k };
    if computed < sample { good - k } else { k }
}
