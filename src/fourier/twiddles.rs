//! The roots of unity of a length, in two tables whose products give them all.

use num_complex::Complex64;

/// exp(2 pi i k / n) for every k.
pub struct Twiddles {
    length: usize,
    shift: u32,
    fine: Vec<Complex64>,
    coarse: Vec<Complex64>,
}

/// A quarter of pi over `n`, with one rounding.
fn eighth_turn(n: usize) -> f64 {
    const HIGH: f64 = std::f64::consts::FRAC_PI_4;
    const LOW: f64 = 3.061_616_997_868_383e-17;
    let n = n as f64;
    let quotient = HIGH / n;
    let rest = (-quotient).mul_add(n, HIGH);
    quotient + (rest + LOW) / n
}

/// exp(2 pi i x / n), by the octant it lies in.
fn root(x: usize, n: usize, angle: f64) -> Complex64 {
    let cos_sin = |x: usize| ((x as f64 * angle).cos(), (x as f64 * angle).sin());
    let x = x * 8;
    let upper = |x: usize| {
        if x < 2 * n {
            if x < n {
                let (cos, sin) = cos_sin(x);
                return (cos, sin);
            }
            let (cos, sin) = cos_sin(2 * n - x);
            return (sin, cos);
        }
        let x = x - 2 * n;
        if x < n {
            let (cos, sin) = cos_sin(x);
            return (-sin, cos);
        }
        let (cos, sin) = cos_sin(2 * n - x);
        (-cos, sin)
    };
    if x < 4 * n {
        let (re, im) = upper(x);
        return Complex64::new(re, im);
    }
    let (re, im) = upper(8 * n - x);
    Complex64::new(re, -im)
}

impl Twiddles {
    /// The tables for `n`, which is not 0.
    pub fn new(n: usize) -> Twiddles {
        let angle = eighth_turn(n);
        let count = n / 2 + 1;
        let mut shift = 1;
        while (1usize << shift) * (1usize << shift) < count {
            shift += 1;
        }
        let step = 1usize << shift;
        let table = |count: usize, step: usize| -> Vec<Complex64> {
            let entry = |i: usize| if i == 0 { Complex64::new(1.0, 0.0) } else { root(i * step, n, angle) };
            (0..count).map(entry).collect()
        };
        Twiddles { length: n, shift, fine: table(step, 1), coarse: table(count.div_ceil(step), step) }
    }

    /// Root number `k`, below the length.
    pub fn get(&self, k: usize) -> Complex64 {
        let is_lower = 2 * k > self.length;
        let k = if is_lower { self.length - k } else { k };
        let (a, b) = (self.fine[k & ((1 << self.shift) - 1)], self.coarse[k >> self.shift]);
        let (re, im) = (a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
        Complex64::new(re, if is_lower { -im } else { im })
    }
}
