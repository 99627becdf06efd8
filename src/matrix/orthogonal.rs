//! Householder reflections, and the QR factorisation made of them (dlarfg, dgeqr2, dorg2r).

use super::number::norm;
use super::rotation::with_sign;
use super::{Matrix, Number};
use num_complex::Complex64;

/// The reflection that turns a vector with head `alpha` and these further elements into a multiple of the first axis:
/// the multiple, `tau`, and what the elements are divided by (dlarfg, zlarfg).
pub fn reflection<T: Number>(alpha: T, rest: impl Iterator<Item = T>) -> (f64, T, Option<T>) {
    let length = norm(rest);
    if length == 0.0 && alpha.im() == 0.0 {
        return (alpha.re(), T::real(0.0), None);
    }
    let size = (alpha.re() * alpha.re() + alpha.im() * alpha.im() + length * length).sqrt();
    let size = if size.is_finite() && size > 1e-150 {
        size
    } else {
        norm([alpha.complex(), Complex64::new(length, 0.0)].into_iter())
    };
    let beta = -with_sign(size, alpha.re());
    let tau = Complex64::new((beta - alpha.re()) / beta, -alpha.im() / beta);
    (beta, T::from_complex(tau), Some(alpha - T::real(beta)))
}

/// A column or row of a matrix from a place on: where a reflection's vector lies.
#[derive(Clone, Debug)]
pub struct Reflector<T> {
    /// The first place that it changes.
    pub start: usize,
    /// The vector; its head is 1.
    pub vector: Vec<T>,
    /// The factor: I - tau v v^H.
    pub tau: T,
}

impl<T: Number> Reflector<T> {
    /// Applies I - tau v v^H from the left, from column `first` on; with `adjoint` its conjugate transpose.
    pub fn apply_left(&self, matrix: &mut Matrix<T>, first: usize, adjoint: bool) {
        let tau = if adjoint { self.tau.conj() } else { self.tau };
        if tau == T::real(0.0) {
            return;
        }
        for j in first..matrix.columns {
            let mut sum = T::real(0.0);
            for (i, v) in self.vector.iter().enumerate() {
                sum = sum + v.conj() * matrix[(self.start + i, j)];
            }
            let sum = tau * sum;
            for (i, v) in self.vector.iter().enumerate() {
                matrix[(self.start + i, j)] = matrix[(self.start + i, j)] - *v * sum;
            }
        }
    }

    /// Applies I - tau v v^H from the right, from row `first` on.
    pub fn apply_right(&self, matrix: &mut Matrix<T>, first: usize) {
        if self.tau == T::real(0.0) {
            return;
        }
        for i in first..matrix.rows {
            let mut sum = T::real(0.0);
            for (j, v) in self.vector.iter().enumerate() {
                sum = sum + matrix[(i, self.start + j)] * *v;
            }
            let sum = self.tau * sum;
            for (j, v) in self.vector.iter().enumerate() {
                matrix[(i, self.start + j)] = matrix[(i, self.start + j)] - sum * v.conj();
            }
        }
    }
}

/// The product of reflections as a matrix of `rows` by `columns` (dorg2r).
pub fn product_of<T: Number>(reflectors: &[Reflector<T>], rows: usize, columns: usize) -> Matrix<T> {
    let mut q = Matrix::identity(rows, columns);
    for reflector in reflectors.iter().rev() {
        let first = reflector.start.min(columns);
        reflector.apply_left(&mut q, first, false);
        // the column that was an axis, with the signs that LAPACK gives its zeros
        if first < columns {
            for (i, v) in reflector.vector.iter().enumerate().skip(1) {
                q[(first + i, first)] = -(reflector.tau * *v);
            }
        }
    }
    q
}

/// A QR factorisation as LAPACK keeps it: R above, the vectors of the reflections below the diagonal.
pub struct Qr<T> {
    /// R and the vectors.
    pub packed: Matrix<T>,
    /// The factors of the reflections.
    pub taus: Vec<T>,
    reflectors: Vec<Reflector<T>>,
}

impl<T: Number> Qr<T> {
    /// The first `columns` columns of Q.
    pub fn q(&self, columns: usize) -> Matrix<T> {
        product_of(&self.reflectors, self.packed.rows, columns)
    }

    /// Turns right sides as the matrix was turned: Q^H times them.
    pub fn turn(&self, right: &mut Matrix<T>) {
        self.reflectors.iter().for_each(|reflector| reflector.apply_left(right, 0, true));
    }

    /// The first `rows` rows of R.
    pub fn r(&self, rows: usize) -> Matrix<T> {
        let mut r = Matrix::zeros(rows, self.packed.columns);
        for i in 0..rows.min(self.packed.rows) {
            for j in i..self.packed.columns {
                r[(i, j)] = self.packed[(i, j)];
            }
        }
        r
    }
}

/// The QR factorisation of a matrix (dgeqr2).
pub fn qr<T: Number>(mut a: Matrix<T>) -> Qr<T> {
    let mut reflectors = Vec::new();
    for k in 0..a.rows.min(a.columns) {
        let rest = (k + 1..a.rows).map(|i| a[(i, k)]).collect::<Vec<T>>();
        let (beta, tau, divisor) = reflection(a[(k, k)], rest.iter().copied());
        let mut vector = vec![T::real(1.0)];
        vector.extend(rest.iter().map(|&x| divisor.map_or(x, |divisor| x * (T::real(1.0) / divisor))));
        let reflector = Reflector { start: k, vector, tau };
        reflector.apply_left(&mut a, k + 1, true);
        a[(k, k)] = if divisor.is_some() { T::real(beta) } else { a[(k, k)] };
        for (i, v) in reflector.vector.iter().enumerate().skip(1) {
            a[(k + i, k)] = *v;
        }
        reflectors.push(reflector);
    }
    let taus = reflectors.iter().map(|reflector| reflector.tau).collect();
    Qr { packed: a, taus, reflectors }
}
