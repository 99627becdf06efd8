//! Eigenvalues and eigenvectors of any square matrix (dgeev, zgeev).

use super::hessenberg::{balance, reduce};
use super::rotation::rotation;
use super::{Matrix, Number, schur};
use num_complex::Complex64;

/// The eigenvalues, and the eigenvectors as columns of length 1. `None` where it does not converge.
pub fn eigen<T: Number>(a: &Matrix<T>, is_real: bool) -> Option<(Vec<Complex64>, Matrix<Complex64>)> {
    let n = a.rows;
    if is_real {
        let mut h = Matrix::new(n, n, a.elements.iter().map(|x| x.re()).collect());
        let balance = balance(&mut h);
        let mut z = reduce(&mut h, balance.low, balance.high);
        let values = schur::real(&mut h, &mut z, balance.low, balance.high)?;
        let mut vectors = vectors_of(&widened(&h), &widened(&z), &values);
        balance.undo(&mut vectors);
        normalise_real(&mut vectors, &values);
        return Some((values, vectors));
    }
    let mut h = Matrix::new(n, n, a.elements.iter().map(|x| x.complex()).collect());
    let balance = balance(&mut h);
    let mut z = reduce(&mut h, balance.low, balance.high);
    let values = schur::complex(&mut h, &mut z, balance.low, balance.high)?;
    let mut vectors = vectors_of(&h, &z, &values);
    balance.undo(&mut vectors);
    normalise_complex(&mut vectors);
    Some((values, vectors))
}

fn widened(matrix: &Matrix<f64>) -> Matrix<Complex64> {
    let elements = matrix.elements.iter().map(|&x| Complex64::new(x, 0.0)).collect();
    Matrix::new(matrix.rows, matrix.columns, elements)
}

/// The eigenvectors of a (quasi-)triangular matrix by back substitution, times `z` (dtrevc, ztrevc).
fn vectors_of(t: &Matrix<Complex64>, z: &Matrix<Complex64>, values: &[Complex64]) -> Matrix<Complex64> {
    let n = t.rows;
    let zero = Complex64::new(0.0, 0.0);
    let mut vectors = Matrix::zeros(n, n);
    let mut j = 0;
    while j < n {
        let is_pair = j + 1 < n && t[(j + 1, j)] != zero;
        let value = values[j];
        let mut x = vec![zero; n];
        let mut k;
        if is_pair {
            let (above, below, size) = (t[(j, j + 1)].re, t[(j + 1, j)].re, value.im);
            if above.abs() >= below.abs() {
                x[j] = Complex64::new(1.0, 0.0);
                x[j + 1] = Complex64::new(0.0, size / above);
            } else {
                x[j] = Complex64::new(-size / below, 0.0);
                x[j + 1] = Complex64::new(0.0, 1.0);
            }
        } else {
            x[j] = Complex64::new(1.0, 0.0);
        }
        let last = j + usize::from(is_pair);
        let least = (f64::EPSILON * (value.re.abs() + value.im.abs())).max(f64::MIN_POSITIVE * n as f64 / f64::EPSILON);
        k = j;
        while k > 0 {
            k -= 1;
            let right = |row: usize, x: &[Complex64], from: usize| -> Complex64 {
                -(from..=last).fold(zero, |sum, m| sum + t[(row, m)] * x[m])
            };
            if k > 0 && t[(k, k - 1)] != zero {
                let (r1, r2) = (right(k - 1, &x, k + 1), right(k, &x, k + 1));
                let (a, b) = (t[(k - 1, k - 1)] - value, t[(k - 1, k)]);
                let (c, d) = (t[(k, k - 1)], t[(k, k)] - value);
                let mut det = a * d - b * c;
                if det.norm() < least * least {
                    det = Complex64::new(least * least, 0.0);
                }
                x[k - 1] = (r1 * d - b * r2) / det;
                x[k] = (a * r2 - c * r1) / det;
                k -= 1;
            } else {
                let mut divisor = t[(k, k)] - value;
                if divisor.re.abs() + divisor.im.abs() < least {
                    divisor = Complex64::new(least, 0.0);
                }
                let sum = right(k, &x, k + 1);
                x[k] = if divisor.im == 0.0 {
                    Complex64::new(sum.re / divisor.re, sum.im / divisor.re)
                } else {
                    sum / divisor
                };
            }
            // keeps what grows within bounds
            let most = x.iter().fold(0.0f64, |most, x| most.max(x.re.abs() + x.im.abs()));
            if most > 1e100 {
                x.iter_mut().for_each(|x| *x /= most);
            }
        }
        for i in 0..n {
            let sum = (0..=last).fold(zero, |sum, m| sum + z[(i, m)] * x[m]);
            vectors[(i, j)] = sum;
            if is_pair {
                vectors[(i, j + 1)] = sum.conj();
            }
        }
        j = last + 1;
    }
    vectors
}

/// Length 1; of a pair the largest component is real.
fn normalise_real(vectors: &mut Matrix<Complex64>, values: &[Complex64]) {
    let n = vectors.rows;
    let mut j = 0;
    while j < n {
        let length = super::number::norm((0..n).map(|i| vectors[(i, j)]));
        let scale = if length == 0.0 { 1.0 } else { 1.0 / length };
        (0..n).for_each(|i| vectors[(i, j)] = vectors[(i, j)].scale(scale));
        if values[j].im == 0.0 {
            j += 1;
            continue;
        }
        let mut largest = 0;
        for i in 1..n {
            if vectors[(i, j)].norm_sqr() > vectors[(largest, j)].norm_sqr() {
                largest = i;
            }
        }
        let (cos, sin, _) = rotation(vectors[(largest, j)].re, vectors[(largest, j)].im);
        for i in 0..n {
            let x = vectors[(i, j)];
            vectors[(i, j)] = Complex64::new(cos * x.re + sin * x.im, cos * x.im - sin * x.re);
        }
        vectors[(largest, j)].im = 0.0;
        if j + 1 < n {
            (0..n).for_each(|i| vectors[(i, j + 1)] = vectors[(i, j)].conj());
        }
        j += 2;
    }
}

/// Length 1, and the largest component is real and positive.
fn normalise_complex(vectors: &mut Matrix<Complex64>) {
    let n = vectors.rows;
    for j in 0..n {
        let length = super::number::norm((0..n).map(|i| vectors[(i, j)]));
        let scale = if length == 0.0 { 1.0 } else { 1.0 / length };
        (0..n).for_each(|i| vectors[(i, j)] = vectors[(i, j)].scale(scale));
        let mut largest = 0;
        for i in 1..n {
            if vectors[(i, j)].norm_sqr() > vectors[(largest, j)].norm_sqr() {
                largest = i;
            }
        }
        let head = if n == 0 { Complex64::new(0.0, 0.0) } else { vectors[(largest, j)] };
        if head.norm() == 0.0 {
            continue;
        }
        let turn = head.conj() / head.norm_sqr().sqrt();
        (0..n).for_each(|i| vectors[(i, j)] *= turn);
        vectors[(largest, j)].im = 0.0;
    }
}
