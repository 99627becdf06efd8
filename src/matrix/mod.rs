//! Factorisations of one matrix, step for step as LAPACK's unblocked routines make them, so that signs and orders of
//! vectors are the same.

mod bidiagonal;
mod cholesky;
mod eigen;
mod hessenberg;
mod number;
mod orthogonal;
mod rotation;
mod schur;
mod singular;
mod symmetric;
mod tridiagonal;

pub use cholesky::cholesky;
pub use eigen::eigen;
pub use number::Number;
pub use orthogonal::{Qr, qr};
pub use singular::{Svd, least_squares, svd};
pub use symmetric::symmetric;

use std::ops::{Index, IndexMut};

/// A matrix with its rows one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix<T> {
    /// How many rows.
    pub rows: usize,
    /// How many columns.
    pub columns: usize,
    /// The elements, row by row.
    pub elements: Vec<T>,
}

impl<T: Number> Matrix<T> {
    /// A matrix of zeros.
    pub fn zeros(rows: usize, columns: usize) -> Matrix<T> {
        Matrix { rows, columns, elements: vec![T::real(0.0); rows * columns] }
    }

    /// A matrix of zeros with ones on the diagonal.
    pub fn identity(rows: usize, columns: usize) -> Matrix<T> {
        let mut matrix = Matrix::zeros(rows, columns);
        (0..rows.min(columns)).for_each(|i| matrix[(i, i)] = T::real(1.0));
        matrix
    }

    /// A matrix of these elements, row by row.
    pub fn new(rows: usize, columns: usize, elements: Vec<T>) -> Matrix<T> {
        Matrix { rows, columns, elements }
    }

    /// The conjugate transpose.
    pub fn adjoint(&self) -> Matrix<T> {
        let mut matrix = Matrix::zeros(self.columns, self.rows);
        for i in 0..self.rows {
            for j in 0..self.columns {
                matrix[(j, i)] = self[(i, j)].conj();
            }
        }
        matrix
    }

    /// The first `columns` columns.
    pub fn cut(&self, columns: usize) -> Matrix<T> {
        let mut matrix = Matrix::zeros(self.rows, columns);
        for i in 0..self.rows {
            for j in 0..columns.min(self.columns) {
                matrix[(i, j)] = self[(i, j)];
            }
        }
        matrix
    }

    /// The product with another matrix.
    pub fn times(&self, other: &Matrix<T>) -> Matrix<T> {
        let mut product = Matrix::zeros(self.rows, other.columns);
        for i in 0..self.rows {
            for k in 0..self.columns {
                let factor = self[(i, k)];
                for j in 0..other.columns {
                    product[(i, j)] = product[(i, j)] + factor * other[(k, j)];
                }
            }
        }
        product
    }

    /// Exchanges two columns.
    fn swap_columns(&mut self, a: usize, b: usize) {
        for i in 0..self.rows {
            self.elements.swap(i * self.columns + a, i * self.columns + b);
        }
    }

    /// Exchanges two rows.
    fn swap_rows(&mut self, a: usize, b: usize) {
        for j in 0..self.columns {
            self.elements.swap(a * self.columns + j, b * self.columns + j);
        }
    }

    /// Turns columns `j` and `j + 1` (a step of dlasr from the right).
    fn turn_columns(&mut self, j: usize, cos: f64, sin: f64) {
        for i in 0..self.rows {
            let (a, b) = (self[(i, j)], self[(i, j + 1)]);
            self[(i, j + 1)] = b.turned(cos) - a.turned(sin);
            self[(i, j)] = b.turned(sin) + a.turned(cos);
        }
    }

    /// Turns rows `i` and `i + 1` (a step of dlasr from the left).
    fn turn_rows(&mut self, i: usize, cos: f64, sin: f64) {
        for j in 0..self.columns {
            let (a, b) = (self[(i, j)], self[(i + 1, j)]);
            self[(i + 1, j)] = b.turned(cos) - a.turned(sin);
            self[(i, j)] = b.turned(sin) + a.turned(cos);
        }
    }
}

impl<T> Index<(usize, usize)> for Matrix<T> {
    type Output = T;

    #[inline(always)]
    fn index(&self, (i, j): (usize, usize)) -> &T {
        &self.elements[i * self.columns + j]
    }
}

impl<T> IndexMut<(usize, usize)> for Matrix<T> {
    #[inline(always)]
    fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut T {
        &mut self.elements[i * self.columns + j]
    }
}
