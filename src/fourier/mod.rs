//! Fourier transforms of one line of numbers, with the arithmetic of Martin Reinecke's pocketfft (BSD licence, 2010-2022
//! Max-Planck-Society), which NumPy uses: the same sums in the same order, so the same last digits.
//!
//! A length whose prime factors are small is split into passes, one for each factor; any other becomes a convolution of
//! a good length ([`bluestein`]). Real input has passes of its own, in half the work.

mod bluestein;
mod complex;
mod factors;
mod real;
mod real_backward;
mod real_forward;
mod twiddles;

use bluestein::Bluestein;
use complex::ComplexPasses;
use num_complex::Complex64;
use real::RealPasses;

/// How a line of complex numbers of one length is transformed.
pub struct ComplexPlan(Way<ComplexPasses>);

/// How a line of real numbers of one length is transformed.
pub struct RealPlan(Way<RealPasses>);

enum Way<P> {
    Passes(P),
    Convolution(Box<Bluestein>),
}

impl ComplexPlan {
    /// The plan for lines of `length` numbers, which is not 0.
    pub fn new(length: usize) -> ComplexPlan {
        ComplexPlan(match factors::prefers_convolution(length, 1.0) {
            true => Way::Convolution(Box::new(Bluestein::new(length))),
            false => Way::Passes(ComplexPasses::new(length)),
        })
    }

    /// Transforms a line in place, and scales it.
    pub fn run(&self, line: &mut [Complex64], scale: f64, forward: bool) {
        match &self.0 {
            Way::Passes(passes) => passes.run(line, scale, forward),
            Way::Convolution(convolution) => convolution.run(line, scale, forward),
        }
    }
}

impl RealPlan {
    /// The plan for lines of `length` real numbers, which is not 0.
    pub fn new(length: usize) -> RealPlan {
        RealPlan(match factors::prefers_convolution(length, 0.5) {
            true => Way::Convolution(Box::new(Bluestein::new(length))),
            false => Way::Passes(RealPasses::new(length)),
        })
    }

    /// Transforms a line in place, and scales it. The transformed side is kept as R0, R1, I1, R2, I2, ...
    pub fn run(&self, line: &mut [f64], scale: f64, forward: bool) {
        match &self.0 {
            Way::Passes(passes) => passes.run(line, scale, forward),
            Way::Convolution(convolution) => convolution.run_real(line, scale, forward),
        }
    }
}

/// `a * w`, or with `forward` `a * conj(w)`.
#[inline(always)]
fn turned(a: Complex64, w: Complex64, forward: bool) -> Complex64 {
    if forward {
        Complex64::new(a.re * w.re + a.im * w.im, a.im * w.re - a.re * w.im)
    } else {
        Complex64::new(a.re * w.re - a.im * w.im, a.re * w.im + a.im * w.re)
    }
}

/// `a + b`.
#[inline(always)]
fn sum(a: Complex64, b: Complex64) -> Complex64 {
    Complex64::new(a.re + b.re, a.im + b.im)
}

/// `a - b`.
#[inline(always)]
fn difference(a: Complex64, b: Complex64) -> Complex64 {
    Complex64::new(a.re - b.re, a.im - b.im)
}

/// `a * factor`.
#[inline(always)]
fn scaled(a: Complex64, factor: f64) -> Complex64 {
    Complex64::new(a.re * factor, a.im * factor)
}
