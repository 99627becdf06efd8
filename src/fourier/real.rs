//! Passes over real numbers.

use super::factors::factorise;
use super::real_backward as backward;
use super::real_forward as forward;
use super::twiddles::Twiddles;

/// One pass: its factor, and the roots that its results are turned by.
struct Pass {
    factor: usize,
    turns: Vec<f64>,
    /// The roots of the factor itself, where it has no code of its own.
    roots: Vec<f64>,
}

/// The passes for one length.
pub struct RealPasses {
    length: usize,
    passes: Vec<Pass>,
}

/// Where a pass stands: how many numbers lie inside, how many transforms there are.
#[derive(Clone, Copy)]
pub struct Shape {
    /// How many numbers lie inside.
    pub inner: usize,
    /// How many transforms there are.
    pub count: usize,
}

impl RealPasses {
    /// The passes for `length`, which is not 0.
    pub fn new(length: usize) -> RealPasses {
        if length == 1 {
            return RealPasses { length, passes: Vec::new() };
        }
        let twiddles = Twiddles::new(length);
        let factors = factorise(length, 4);
        let mut before = 1;
        let mut passes = Vec::new();
        for &factor in &factors {
            let inner = length / (before * factor);
            let mut turns = vec![0.0; (factor - 1) * (inner - 1)];
            for j in 1..factor {
                for i in 1..=(inner - 1) / 2 {
                    let turn = twiddles.get(j * before * i);
                    turns[(j - 1) * (inner - 1) + 2 * i - 2] = turn.re;
                    turns[(j - 1) * (inner - 1) + 2 * i - 1] = turn.im;
                }
            }
            let mut roots = Vec::new();
            if factor > 5 {
                roots = vec![0.0; 2 * factor];
                roots[0] = 1.0;
                for i in 1..=factor / 2 {
                    let root = twiddles.get(i * (length / factor));
                    (roots[2 * i], roots[2 * i + 1]) = (root.re, root.im);
                    (roots[2 * (factor - i)], roots[2 * (factor - i) + 1]) = (root.re, -root.im);
                }
            }
            passes.push(Pass { factor, turns, roots });
            before *= factor;
        }
        RealPasses { length, passes }
    }

    /// Transforms a line in place, and scales it.
    pub fn run(&self, line: &mut [f64], scale: f64, is_forward: bool) {
        let mut other = vec![0.0; self.length];
        let (mut from, mut to) = (&mut *line, other.as_mut_slice());
        let mut is_in_line = true;
        let mut count = if is_forward { self.length } else { 1 };
        for place in 0..self.passes.len() {
            let pass = &self.passes[if is_forward { self.passes.len() - 1 - place } else { place }];
            let turns = &pass.turns;
            if is_forward {
                let inner = self.length / count;
                count /= pass.factor;
                let shape = Shape { inner, count };
                match pass.factor {
                    4 => forward::four(shape, from, to, turns),
                    2 => forward::two(shape, from, to, turns),
                    3 => forward::three(shape, from, to, turns),
                    5 => forward::five(shape, from, to, turns),
                    factor => {
                        // this one leaves its result where it came from
                        forward::general(shape, factor, from, to, turns, &pass.roots);
                        continue;
                    }
                }
            } else {
                let shape = Shape { inner: self.length / (pass.factor * count), count };
                match pass.factor {
                    4 => backward::four(shape, from, to, turns),
                    2 => backward::two(shape, from, to, turns),
                    3 => backward::three(shape, from, to, turns),
                    5 => backward::five(shape, from, to, turns),
                    factor => backward::general(shape, factor, from, to, turns, &pass.roots),
                }
                count *= pass.factor;
            }
            std::mem::swap(&mut from, &mut to);
            is_in_line = !is_in_line;
        }
        if !is_in_line {
            line.copy_from_slice(&other);
        }
        if scale != 1.0 {
            line.iter_mut().for_each(|x| *x *= scale);
        }
    }
}

/// conj(c + id) * (e + if), as its real and imaginary part.
#[inline(always)]
pub fn conjugate_product(c: f64, d: f64, e: f64, f: f64) -> (f64, f64) {
    (c * e + d * f, c * f - d * e)
}
