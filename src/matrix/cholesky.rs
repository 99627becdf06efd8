//! The Cholesky factorisation (dpotf2).

use super::{Matrix, Number};

/// The factor L with `L L^H = a`, of which the lower triangle is looked at; with `upper` U with `U^H U = a`, of which
/// the upper one is. `None` where the matrix is not positive definite.
pub fn cholesky<T: Number>(a: &Matrix<T>, upper: bool) -> Option<Matrix<T>> {
    let n = a.rows;
    let entry = |i: usize, j: usize| if upper { a[(j, i)].conj() } else { a[(i, j)] };
    let mut l = Matrix::zeros(n, n);
    for j in 0..n {
        let mut head = entry(j, j).re();
        for k in 0..j {
            let x: T = l[(j, k)];
            head -= x.re() * x.re() + x.im() * x.im();
        }
        if head <= 0.0 || head.is_nan() {
            return None;
        }
        let head = head.sqrt();
        l[(j, j)] = T::real(head);
        for i in j + 1..n {
            let mut x = entry(i, j);
            for k in 0..j {
                x = x - l[(i, k)] * l[(j, k)].conj();
            }
            l[(i, j)] = x.scale(1.0 / head);
        }
    }
    Some(if upper { l.adjoint() } else { l })
}
