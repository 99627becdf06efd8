//! Balancing, and the reduction to a matrix with one diagonal below the main one (dgebal, dgehd2, dorghr).

use super::number::norm;
use super::orthogonal::{Reflector, reflection};
use super::{Matrix, Number};

/// What balancing did: the block that is left to work on, and how to undo it.
pub struct Balance {
    /// The first row and column of the block.
    pub low: usize,
    /// Its last.
    pub high: usize,
    /// Outside of the block the row that each was exchanged with, inside the factor.
    scales: Vec<f64>,
}

impl Balance {
    /// Turns eigenvectors of the balanced matrix, as columns, into those of the matrix (dgebak).
    pub fn undo<T: Number>(&self, vectors: &mut Matrix<T>) {
        let n = vectors.rows;
        let scaled = if self.low < self.high { self.low..self.high + 1 } else { 0..0 };
        for i in scaled {
            for j in 0..vectors.columns {
                vectors[(i, j)] = vectors[(i, j)].scale(self.scales[i]);
            }
        }
        let outside = (0..self.low).rev().chain(self.high + 1..n);
        for i in outside {
            let k = self.scales[i] as usize;
            if k != i {
                vectors.swap_rows(i, k);
            }
        }
    }
}

/// Permutes a matrix so that isolated eigenvalues stand at its ends, and scales the rest.
pub fn balance<T: Number>(a: &mut Matrix<T>) -> Balance {
    let n = a.rows;
    let zero = T::real(0.0);
    let mut scales = vec![1.0; n];
    if n == 0 {
        return Balance { low: 0, high: 0, scales };
    }
    let (mut low, mut high) = (0, n - 1);
    let exchange = |a: &mut Matrix<T>, i: usize, to: usize| {
        if i != to {
            a.swap_columns(i, to);
            a.swap_rows(i, to);
        }
    };
    let mut again = true;
    while again {
        again = false;
        let last = high;
        for i in (0..=last).rev() {
            if (0..=high).any(|j| j != i && a[(i, j)] != zero) {
                continue;
            }
            scales[high] = i as f64;
            exchange(a, i, high);
            again = true;
            if high == 0 {
                return Balance { low: 0, high: 0, scales };
            }
            high -= 1;
        }
    }
    again = true;
    while again {
        again = false;
        let first = low;
        for j in first..=high {
            if (low..=high).any(|i| i != j && a[(i, j)] != zero) {
                continue;
            }
            scales[low] = j as f64;
            exchange(a, j, low);
            again = true;
            low += 1;
        }
    }
    scale(a, (low, high), &mut scales);
    Balance { low, high, scales }
}

/// Scales rows and columns by powers of 2 so that they are of like size.
fn scale<T: Number>(a: &mut Matrix<T>, (low, high): (usize, usize), scales: &mut [f64]) {
    const RADIX: f64 = 2.0;
    let tiny = f64::MIN_POSITIVE / f64::EPSILON;
    let (small, large) = (tiny * RADIX, 1.0 / (tiny * RADIX));
    let n = a.rows;
    scales[low..=high].fill(1.0);
    let mut again = true;
    let mut rounds = 0;
    while again && rounds < 100 {
        again = false;
        rounds += 1;
        for i in low..=high {
            let mut c = norm((low..=high).map(|k| a[(k, i)]));
            let mut r = norm((low..=high).map(|k| a[(i, k)]));
            let mut ca = (0..=high).fold(0.0f64, |most, k| most.max(a[(k, i)].size()));
            let mut ra = (low..n).fold(0.0f64, |most, k| most.max(a[(i, k)].size()));
            if c == 0.0 || r == 0.0 || !(c + r).is_finite() {
                continue;
            }
            let (mut g, mut f, s) = (r / RADIX, 1.0f64, c + r);
            while c < g && f.max(c).max(ca) < large && r.min(g).min(ra) > small {
                (f, c, ca) = (f * RADIX, c * RADIX, ca * RADIX);
                (r, g, ra) = (r / RADIX, g / RADIX, ra / RADIX);
            }
            g = c / RADIX;
            while g >= r && r.max(ra) < large && f.min(c).min(g).min(ca) > small {
                (f, c, g, ca) = (f / RADIX, c / RADIX, g / RADIX, ca / RADIX);
                (r, ra) = (r * RADIX, ra * RADIX);
            }
            let is_too_far = (f < 1.0 && scales[i] < 1.0 && f * scales[i] <= tiny)
                || (f > 1.0 && scales[i] > 1.0 && scales[i] >= 1.0 / tiny / f);
            if c + r >= 0.95 * s || is_too_far {
                continue;
            }
            scales[i] *= f;
            again = true;
            for k in low..n {
                a[(i, k)] = a[(i, k)].scale(1.0 / f);
            }
            for k in 0..=high {
                a[(k, i)] = a[(k, i)].scale(f);
            }
        }
    }
}

/// Reduces the block between `low` and `high`; the matrix of the reflections.
pub fn reduce<T: Number>(a: &mut Matrix<T>, low: usize, high: usize) -> Matrix<T> {
    let n = a.rows;
    let mut reflectors = Vec::new();
    for k in low..high {
        let rest: Vec<T> = (k + 2..=high).map(|i| a[(i, k)]).collect();
        let (beta, tau, divisor) = reflection(a[(k + 1, k)], rest.iter().copied());
        let mut vector = vec![T::real(1.0)];
        vector.extend(rest.iter().map(|&x| divisor.map_or(x, |divisor| x * (T::real(1.0) / divisor))));
        let reflector = Reflector { start: k + 1, vector, tau };
        // from the right on the rows up to the block's last, then from the left behind this column
        let mut upper = Matrix::new(high + 1, n, a.elements[..(high + 1) * n].to_vec());
        reflector.apply_right(&mut upper, 0);
        a.elements[..(high + 1) * n].copy_from_slice(&upper.elements);
        reflector.apply_left(a, k + 1, true);
        a[(k + 1, k)] = T::real(beta);
        (k + 2..=high).for_each(|i| a[(i, k)] = T::real(0.0));
        reflectors.push(reflector);
    }
    let mut q = Matrix::identity(n, n);
    for reflector in reflectors.iter().rev() {
        reflector.apply_left(&mut q, 0, false);
    }
    q
}
