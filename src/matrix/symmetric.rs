//! Eigenvalues and eigenvectors of symmetric and Hermitian matrices (dsytd2, zhetd2, dsteqr).

use super::orthogonal::{Reflector, reflection};
use super::tridiagonal::solve;
use super::{Matrix, Number};

/// The eigenvalues in ascending order, and the eigenvectors as columns. The lower triangle is looked at; with `upper`
/// the upper one. `None` where it does not converge.
pub fn symmetric<T: Number>(a: &Matrix<T>, upper: bool) -> Option<(Vec<f64>, Matrix<T>)> {
    let n = a.rows;
    let mut whole = Matrix::zeros(n, n);
    for i in 0..n {
        for j in 0..=i {
            let x = if upper { a[(j, i)].conj() } else { a[(i, j)] };
            let x = if i == j { T::real(x.re()) } else { x };
            whole[(i, j)] = x;
            whole[(j, i)] = x.conj();
        }
    }
    let (mut d, mut e, reflectors) = if upper { tridiagonalise_upper(whole) } else { tridiagonalise_lower(whole) };
    let mut z = Matrix::<T>::identity(n, n);
    if !solve(&mut d, &mut e, &mut z) {
        return None;
    }
    if upper {
        for reflector in &reflectors {
            reflector.apply_left(&mut z, 0, false);
        }
    } else {
        for reflector in reflectors.iter().rev() {
            reflector.apply_left(&mut z, 0, false);
        }
    }
    Some((d, z))
}

type Tridiagonal<T> = (Vec<f64>, Vec<f64>, Vec<Reflector<T>>);

/// A := A - v w^H - w v^H for the reflection, whose vector starts at `start`.
fn two_sided<T: Number>(a: &mut Matrix<T>, reflector: &Reflector<T>) {
    let (start, v, tau) = (reflector.start, &reflector.vector, reflector.tau);
    let m = v.len();
    let mut w: Vec<T> = (0..m)
        .map(|i| {
            let sum = (0..m).fold(T::real(0.0), |sum, j| sum + a[(start + i, start + j)] * v[j]);
            tau * sum
        })
        .collect();
    let dot = w.iter().zip(v).fold(T::real(0.0), |sum, (w, v)| sum + w.conj() * *v);
    let alpha = -(tau.scale(0.5)) * dot;
    w.iter_mut().zip(v).for_each(|(w, v)| *w = *w + alpha * *v);
    for i in 0..m {
        for j in 0..m {
            let change = v[i] * w[j].conj() + w[i] * v[j].conj();
            a[(start + i, start + j)] = a[(start + i, start + j)] - change;
        }
        a[(start + i, start + i)] = T::real(a[(start + i, start + i)].re());
    }
}

/// From the first column on, as LAPACK does for the lower triangle.
fn tridiagonalise_lower<T: Number>(mut a: Matrix<T>) -> Tridiagonal<T> {
    let n = a.rows;
    let (mut d, mut e, mut reflectors) = (Vec::new(), Vec::new(), Vec::new());
    for k in 0..n.saturating_sub(1) {
        let rest: Vec<T> = (k + 2..n).map(|i| a[(i, k)]).collect();
        let (beta, tau, divisor) = reflection(a[(k + 1, k)], rest.iter().copied());
        let mut vector = vec![T::real(1.0)];
        vector.extend(rest.iter().map(|&x| divisor.map_or(x, |divisor| x * (T::real(1.0) / divisor))));
        let reflector = Reflector { start: k + 1, vector, tau };
        e.push(beta);
        if tau != T::real(0.0) {
            two_sided(&mut a, &reflector);
        }
        d.push(a[(k, k)].re());
        reflectors.push(reflector);
    }
    if n > 0 {
        d.push(a[(n - 1, n - 1)].re());
    }
    (d, e, reflectors)
}

/// From the last column on, as LAPACK does for the upper triangle; the head of each vector is its last element.
fn tridiagonalise_upper<T: Number>(mut a: Matrix<T>) -> Tridiagonal<T> {
    let n = a.rows;
    let (mut d, mut e, mut reflectors) = (vec![0.0; n], vec![0.0; n.saturating_sub(1)], Vec::new());
    for k in (0..n.saturating_sub(1)).rev() {
        let rest: Vec<T> = (0..k).map(|i| a[(i, k + 1)]).collect();
        let (beta, tau, divisor) = reflection(a[(k, k + 1)], rest.iter().copied());
        let mut vector: Vec<T> =
            rest.iter().map(|&x| divisor.map_or(x, |divisor| x * (T::real(1.0) / divisor))).collect();
        vector.push(T::real(1.0));
        let reflector = Reflector { start: 0, vector, tau };
        e[k] = beta;
        if tau != T::real(0.0) {
            two_sided(&mut a, &reflector);
        }
        d[k + 1] = a[(k + 1, k + 1)].re();
        reflectors.push(reflector);
    }
    if n > 0 {
        d[0] = a[(0, 0)].re();
    }
    // H(n-1) ... H(1): applied to the eigenvectors from the first made to the last
    reflectors.reverse();
    (d, e, reflectors)
}
