//! Passes over complex numbers.

use super::factors::factorise;
use super::twiddles::Twiddles;
use super::{difference, scaled, sum, turned};
use num_complex::Complex64;

/// One pass: its factor, and the roots that its results are turned by.
struct Pass {
    factor: usize,
    turns: Vec<Complex64>,
    /// The roots of the factor itself, where it has no code of its own.
    roots: Vec<Complex64>,
}

/// The passes for one length.
pub struct ComplexPasses {
    length: usize,
    passes: Vec<Pass>,
}

/// The cosines and sines of the odd factors that have code of their own.
const THREE: [(f64, f64); 1] = [(-0.5, 0.866_025_403_784_438_6)];
const FIVE: [(f64, f64); 2] =
    [(0.309_016_994_374_947_45, 0.951_056_516_295_153_5), (-0.809_016_994_374_947_5, 0.587_785_252_292_473_1)];
const SEVEN: [(f64, f64); 3] = [
    (0.623_489_801_858_733_5, 0.781_831_482_468_029_8),
    (-0.222_520_933_956_314_4, 0.974_927_912_181_823_6),
    (-0.900_968_867_902_419_1, 0.433_883_739_117_558_1),
];
const ELEVEN: [(f64, f64); 5] = [
    (0.841_253_532_831_181_2, 0.540_640_817_455_597_6),
    (0.415_415_013_001_886_44, 0.909_631_995_354_518_3),
    (-0.142_314_838_273_285_14, 0.989_821_441_880_932_7),
    (-0.654_860_733_945_285_1, 0.755_749_574_354_258_3),
    (-0.959_492_973_614_497_4, 0.281_732_556_841_429_67),
];

impl ComplexPasses {
    /// The passes for `length`, which is not 0.
    pub fn new(length: usize) -> ComplexPasses {
        if length == 1 {
            return ComplexPasses { length, passes: Vec::new() };
        }
        let twiddles = Twiddles::new(length);
        let mut before = 1;
        let mut passes = Vec::new();
        for factor in factorise(length, 8) {
            let inner = length / (before * factor);
            let turns = (1..factor).flat_map(|j| (1..inner).map(move |i| j * before * i));
            let turns = turns.map(|k| twiddles.get(k)).collect();
            let roots =
                if factor > 11 { (0..factor).map(|j| twiddles.get(j * before * inner)).collect() } else { Vec::new() };
            passes.push(Pass { factor, turns, roots });
            before *= factor;
        }
        ComplexPasses { length, passes }
    }

    /// Transforms a line in place, and scales it.
    pub fn run(&self, line: &mut [Complex64], scale: f64, forward: bool) {
        let mut other = vec![Complex64::default(); self.length];
        let (mut from, mut to) = (&mut *line, other.as_mut_slice());
        let mut is_in_line = true;
        let mut before = 1;
        for pass in &self.passes {
            let inner = self.length / (before * pass.factor);
            let shape = Shape { inner, before, forward };
            let turns = &pass.turns;
            match pass.factor {
                2 => shape.pass::<2>(from, to, turns, |x| [sum(x[0], x[1]), difference(x[0], x[1])]),
                3 => shape.pass::<3>(from, to, turns, |x| odd(x, &THREE, forward)),
                4 => shape.pass::<4>(from, to, turns, |x| four(x, forward)),
                5 => shape.pass::<5>(from, to, turns, |x| odd(x, &FIVE, forward)),
                7 => shape.pass::<7>(from, to, turns, |x| odd(x, &SEVEN, forward)),
                8 => shape.pass::<8>(from, to, turns, |x| eight(x, forward)),
                11 => shape.pass::<11>(from, to, turns, |x| odd(x, &ELEVEN, forward)),
                factor => shape.general(factor, from, to, turns, &pass.roots),
            }
            if matches!(pass.factor, 2..=5 | 7 | 8 | 11) {
                std::mem::swap(&mut from, &mut to);
                is_in_line = !is_in_line;
            }
            before *= pass.factor;
        }
        if !is_in_line {
            line.copy_from_slice(&other);
        }
        if scale != 1.0 {
            line.iter_mut().for_each(|x| *x = scaled(*x, scale));
        }
    }
}

/// `x` times -i or i.
#[inline(always)]
fn quarter(x: Complex64, forward: bool) -> Complex64 {
    if forward { Complex64::new(x.im, -x.re) } else { Complex64::new(-x.im, x.re) }
}

/// An eighth of a turn.
#[inline(always)]
fn eighth(x: Complex64, forward: bool) -> Complex64 {
    let half = std::f64::consts::FRAC_1_SQRT_2;
    if forward {
        Complex64::new(half * (x.re + x.im), half * (x.im - x.re))
    } else {
        Complex64::new(half * (x.re - x.im), half * (x.im + x.re))
    }
}

/// Three eighths of a turn.
#[inline(always)]
fn three_eighths(x: Complex64, forward: bool) -> Complex64 {
    let half = std::f64::consts::FRAC_1_SQRT_2;
    if forward {
        Complex64::new(half * (x.im - x.re), half * (-x.re - x.im))
    } else {
        Complex64::new(half * (-x.re - x.im), half * (x.re - x.im))
    }
}

#[inline(always)]
fn four(x: [Complex64; 4], forward: bool) -> [Complex64; 4] {
    let (t2, t1) = (sum(x[0], x[2]), difference(x[0], x[2]));
    let (t3, t4) = (sum(x[1], x[3]), quarter(difference(x[1], x[3]), forward));
    [sum(t2, t3), sum(t1, t4), difference(t2, t3), difference(t1, t4)]
}

#[inline(always)]
fn eight(x: [Complex64; 8], forward: bool) -> [Complex64; 8] {
    let (a1, a5) = (sum(x[1], x[5]), difference(x[1], x[5]));
    let (a3, a7) = (sum(x[3], x[7]), quarter(difference(x[3], x[7]), forward));
    let (a1, a3) = (sum(a1, a3), quarter(difference(a1, a3), forward));
    let (a5, a7) = (eighth(sum(a5, a7), forward), three_eighths(difference(a5, a7), forward));
    let (a0, a4) = (sum(x[0], x[4]), difference(x[0], x[4]));
    let (a2, a6) = (sum(x[2], x[6]), quarter(difference(x[2], x[6]), forward));
    let (a0, a2) = (sum(a0, a2), difference(a0, a2));
    let (a4, a6) = (sum(a4, a6), difference(a4, a6));
    [
        sum(a0, a1),
        sum(a4, a5),
        sum(a2, a3),
        sum(a6, a7),
        difference(a0, a1),
        difference(a4, a5),
        difference(a2, a3),
        difference(a6, a7),
    ]
}

/// A transform of an odd number `P` of elements, with the first (P - 1) / 2 roots.
#[inline(always)]
fn odd<const P: usize, const H: usize>(x: [Complex64; P], roots: &[(f64, f64); H], forward: bool) -> [Complex64; P] {
    let mut sums = [Complex64::default(); H];
    let mut differences = [Complex64::default(); H];
    let mut out = [x[0]; P];
    for j in 0..H {
        sums[j] = sum(x[j + 1], x[P - 1 - j]);
        differences[j] = difference(x[j + 1], x[P - 1 - j]);
        out[0] = sum(out[0], sums[j]);
    }
    for u in 1..=H {
        let mut real = x[0];
        let mut turned = Complex64::default();
        for j in 0..H {
            let place = u * (j + 1) % P;
            let (place, is_lower) = if place > H { (P - place, true) } else { (place, false) };
            let (cos, sin) = roots[place - 1];
            let sin = if is_lower != forward { -sin } else { sin };
            real = sum(real, scaled(sums[j], cos));
            let part = scaled(differences[j], sin);
            turned = if j == 0 { part } else { sum(turned, part) };
        }
        let turned = Complex64::new(-turned.im, turned.re);
        out[u] = sum(real, turned);
        out[P - u] = difference(real, turned);
    }
    out
}

/// Where a pass stands: how many numbers lie inside, how many transforms were made before.
struct Shape {
    inner: usize,
    before: usize,
    forward: bool,
}

impl Shape {
    /// A pass with factor `P`.
    #[inline(always)]
    fn pass<const P: usize>(
        &self,
        from: &[Complex64],
        to: &mut [Complex64],
        turns: &[Complex64],
        transform: impl Fn([Complex64; P]) -> [Complex64; P],
    ) {
        let Shape { inner, before, forward } = *self;
        for k in 0..before {
            for i in 0..inner {
                let out = transform(std::array::from_fn(|j| from[i + inner * (j + P * k)]));
                to[i + inner * k] = out[0];
                for u in 1..P {
                    let place = i + inner * (k + before * u);
                    to[place] =
                        if i == 0 { out[u] } else { turned(out[u], turns[i - 1 + (u - 1) * (inner - 1)], forward) };
                }
            }
        }
    }

    /// A pass with any odd factor; the result is in `cc`.
    fn general(&self, ip: usize, cc: &mut [Complex64], ch: &mut [Complex64], turns: &[Complex64], roots: &[Complex64]) {
        let Shape { inner: ido, before: l1, forward } = *self;
        let half = ip.div_ceil(2);
        let all = ido * l1;
        let root = |i: usize| match i {
            0 => Complex64::new(1.0, 0.0),
            _ => Complex64::new(roots[i].re, if forward { -roots[i].im } else { roots[i].im }),
        };
        let at = |a: usize, b: usize, c: usize| a + ido * (b + l1 * c);
        let input = |a: usize, b: usize, c: usize| a + ido * (b + ip * c);
        for k in 0..l1 {
            for i in 0..ido {
                ch[at(i, k, 0)] = cc[input(i, 0, k)];
                for j in 1..half {
                    let (a, b) = (cc[input(i, j, k)], cc[input(i, ip - j, k)]);
                    ch[at(i, k, j)] = sum(a, b);
                    ch[at(i, k, ip - j)] = difference(a, b);
                }
            }
        }
        for k in 0..l1 {
            for i in 0..ido {
                cc[at(i, k, 0)] = (1..half).fold(ch[at(i, k, 0)], |total, j| sum(total, ch[at(i, k, j)]));
            }
        }
        for l in 1..half {
            let lc = ip - l;
            let (w1, w2) = (root(l), root(2 * l));
            for ik in 0..all {
                let (h0, h1, h2) = (ch[ik], ch[ik + all], ch[ik + 2 * all]);
                let (g1, g2) = (ch[ik + (ip - 1) * all], ch[ik + (ip - 2) * all]);
                cc[ik + l * all] =
                    Complex64::new(h0.re + w1.re * h1.re + w2.re * h2.re, h0.im + w1.re * h1.im + w2.re * h2.im);
                cc[ik + lc * all] = Complex64::new(-w1.im * g1.im - w2.im * g2.im, w1.im * g1.re + w2.im * g2.re);
            }
            let mut place = 2 * l;
            let mut next = || {
                place += l;
                if place > ip {
                    place -= ip;
                }
                root(place)
            };
            let mut j = 3;
            while j + 1 < half {
                let (w1, w2) = (next(), next());
                for ik in 0..all {
                    let (h1, h2) = (ch[ik + j * all], ch[ik + (j + 1) * all]);
                    let (g1, g2) = (ch[ik + (ip - j) * all], ch[ik + (ip - j - 1) * all]);
                    let to = &mut cc[ik + l * all];
                    to.re += h1.re * w1.re + h2.re * w2.re;
                    to.im += h1.im * w1.re + h2.im * w2.re;
                    let to = &mut cc[ik + lc * all];
                    to.re -= g1.im * w1.im + g2.im * w2.im;
                    to.im += g1.re * w1.im + g2.re * w2.im;
                }
                j += 2;
            }
            while j < half {
                let w = next();
                for ik in 0..all {
                    let (h, g) = (ch[ik + j * all], ch[ik + (ip - j) * all]);
                    let to = &mut cc[ik + l * all];
                    to.re += h.re * w.re;
                    to.im += h.im * w.re;
                    let to = &mut cc[ik + lc * all];
                    to.re -= g.im * w.im;
                    to.im += g.re * w.im;
                }
                j += 1;
            }
        }
        for j in 1..half {
            let jc = ip - j;
            for k in 0..l1 {
                for i in 0..ido {
                    let (a, b) = (cc[at(i, k, j)], cc[at(i, k, jc)]);
                    let (x1, x2) = (sum(a, b), difference(a, b));
                    let turn = |x: Complex64, j: usize| match i {
                        0 => x,
                        _ => turned(x, turns[(j - 1) * (ido - 1) + i - 1], forward),
                    };
                    cc[at(i, k, j)] = turn(x1, j);
                    cc[at(i, k, jc)] = turn(x2, jc);
                }
            }
        }
    }
}
