//! Bluestein's way: a transform of any length as a convolution of a length with small factors.

use super::complex::ComplexPasses;
use super::factors::good_length;
use super::twiddles::Twiddles;
use super::{scaled, turned};
use num_complex::Complex64;

/// The convolution for one length.
pub struct Bluestein {
    length: usize,
    whole: usize,
    passes: ComplexPasses,
    chirp: Vec<Complex64>,
    transformed: Vec<Complex64>,
}

impl Bluestein {
    /// The convolution for `length`, which is not 0.
    pub fn new(length: usize) -> Bluestein {
        let whole = good_length(length * 2 - 1);
        let passes = ComplexPasses::new(whole);
        let twiddles = Twiddles::new(2 * length);
        let mut chirp = vec![Complex64::new(1.0, 0.0); length];
        let mut place = 0;
        for (m, entry) in chirp.iter_mut().enumerate().skip(1) {
            place += 2 * m - 1;
            if place >= 2 * length {
                place -= 2 * length;
            }
            *entry = twiddles.get(place);
        }
        let share = reciprocal(whole);
        let mut line = vec![Complex64::default(); whole];
        line[0] = scaled(chirp[0], share);
        for m in 1..length {
            line[m] = scaled(chirp[m], share);
            line[whole - m] = line[m];
        }
        passes.run(&mut line, 1.0, true);
        line.truncate(whole / 2 + 1);
        Bluestein { length, whole, passes, chirp, transformed: line }
    }

    /// Transforms a line in place, and scales it.
    pub fn run(&self, line: &mut [Complex64], scale: f64, forward: bool) {
        let mut padded: Vec<Complex64> =
            line.iter().zip(&self.chirp).map(|(x, turn)| turned(*x, *turn, forward)).collect();
        let zero = scaled(padded[0], 0.0);
        padded.resize(self.whole, zero);
        self.passes.run(&mut padded, 1.0, true);
        for (m, entry) in padded.iter_mut().enumerate() {
            *entry = turned(*entry, self.transformed[m.min(self.whole - m)], !forward);
        }
        self.passes.run(&mut padded, 1.0, false);
        for ((x, entry), turn) in line.iter_mut().zip(&padded).zip(&self.chirp) {
            *x = scaled(turned(*entry, *turn, forward), scale);
        }
    }

    /// Transforms a line of real numbers, or one that becomes real, as R0, R1, I1, ...
    pub fn run_real(&self, line: &mut [f64], scale: f64, forward: bool) {
        let n = self.length;
        let zero = 0.0 * line[0];
        let mut whole: Vec<Complex64>;
        if forward {
            whole = line.iter().map(|&x| Complex64::new(x, zero)).collect();
            self.run(&mut whole, scale, true);
            line[0] = whole[0].re;
            for (i, x) in line.iter_mut().enumerate().skip(1) {
                let entry = whole[i.div_ceil(2)];
                *x = if i % 2 == 1 { entry.re } else { entry.im };
            }
            return;
        }
        whole = vec![Complex64::new(line[0], zero); n];
        for m in 1..=n / 2 {
            let re = line[2 * m - 1];
            let im = if 2 * m < n { line[2 * m] } else { zero };
            whole[m] = Complex64::new(re, im);
            if 2 * m < n {
                whole[n - m] = Complex64::new(re, -im);
            }
        }
        self.run(&mut whole, scale, false);
        line.iter_mut().zip(&whole).for_each(|(x, entry)| *x = entry.re);
    }
}

/// 1 / n, rounded once.
fn reciprocal(n: usize) -> f64 {
    1.0 / n as f64
}
