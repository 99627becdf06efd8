//! The singular value decomposition (dgesdd on small matrices: dgebd2, dbdsdc, dormbr).

use super::bidiagonal::solve;
use super::orthogonal::{Reflector, qr, reflection};
use super::rotation::rotation;
use super::{Matrix, Number};

/// `u @ diag(s) @ vh`.
pub struct Svd<T> {
    /// The left singular vectors, as columns.
    pub u: Matrix<T>,
    /// The singular values, the largest first.
    pub s: Vec<f64>,
    /// The right singular vectors, as rows.
    pub vh: Matrix<T>,
}

/// The decomposition, with square `u` and `vh` where `full`. `None` where it does not converge.
pub fn svd<T: Number>(a: &Matrix<T>, full: bool) -> Option<Svd<T>> {
    let (m, n) = (a.rows, a.columns);
    let few = m.min(n);
    if few == 0 {
        let (rows, columns) = if full { (m, n) } else { (few, few) };
        return Some(Svd { u: Matrix::identity(m, rows), s: Vec::new(), vh: Matrix::identity(columns, n) });
    }
    // a matrix much longer than wide, or wider than long, is made square first
    let is_tall = m >= few * 11 / 6 && m > n;
    let is_wide = n >= few * 11 / 6 && n > m;
    if is_tall {
        let factors = qr(a.clone());
        let inner = bidiagonal_svd(&factors.r(n), true)?;
        let q = factors.q(if full { m } else { n });
        let mut u = q.cut(n).times(&inner.u);
        if full {
            let mut whole = q;
            for i in 0..m {
                for j in 0..n {
                    whole[(i, j)] = u[(i, j)];
                }
            }
            u = whole;
        }
        return Some(Svd { u, ..inner });
    }
    if is_wide {
        // A = L Q: the QR factorisation of the adjoint, as LAPACK's LQ
        let factors = qr(a.adjoint());
        let lower = factors.r(m).adjoint();
        let inner = bidiagonal_svd(&lower, true)?;
        let q = factors.q(if full { n } else { m }).adjoint();
        let mut rows = Matrix::zeros(m, n);
        for i in 0..m {
            for k in 0..m {
                for j in 0..n {
                    rows[(i, j)] = rows[(i, j)] + inner.vh[(i, k)] * q[(k, j)];
                }
            }
        }
        if full {
            let mut whole = q;
            for i in 0..m {
                for j in 0..n {
                    whole[(i, j)] = rows[(i, j)];
                }
            }
            rows = whole;
        }
        return Some(Svd { vh: rows, ..inner });
    }
    bidiagonal_svd(a, full)
}

/// Straight through a bidiagonal matrix.
fn bidiagonal_svd<T: Number>(a: &Matrix<T>, full: bool) -> Option<Svd<T>> {
    let (m, n) = (a.rows, a.columns);
    let few = m.min(n);
    let Bidiagonal { mut d, mut e, left, right } = bidiagonalise(a.clone());
    let mut u = Matrix::<f64>::identity(few, few);
    let mut vt = Matrix::<f64>::identity(few, few);
    let is_lower = m < n;
    let mut turns = Vec::new();
    if is_lower {
        for i in 0..few - 1 {
            let (cos, sin, r) = rotation(d[i], e[i]);
            d[i] = r;
            e[i] = sin * d[i + 1];
            d[i + 1] *= cos;
            turns.push((i, cos, -sin));
        }
    }
    if few == 1 {
        if d[0].is_sign_negative() {
            u[(0, 0)] = -1.0;
            d[0] = -d[0];
        }
    } else if !solve(&mut d, &mut e, &mut u, &mut vt) {
        return None;
    }
    for &(i, cos, sin) in turns.iter().rev() {
        u.turn_rows(i, cos, sin);
    }
    let mut whole_u = Matrix::identity(m, if full { m } else { few });
    let mut whole_vh = Matrix::identity(if full { n } else { few }, n);
    for i in 0..few {
        for j in 0..few {
            whole_u[(i, j)] = T::real(u[(i, j)]);
            whole_vh[(i, j)] = T::real(vt[(i, j)]);
        }
    }
    for reflector in left.iter().rev() {
        reflector.apply_left(&mut whole_u, 0, false);
    }
    for reflector in right.iter().rev() {
        // vh := vh G^H
        let adjoint = Reflector { tau: reflector.tau.conj(), ..reflector.clone() };
        adjoint.apply_right(&mut whole_vh, 0);
    }
    Some(Svd { u: whole_u, s: d, vh: whole_vh })
}

struct Bidiagonal<T> {
    d: Vec<f64>,
    e: Vec<f64>,
    left: Vec<Reflector<T>>,
    right: Vec<Reflector<T>>,
}

/// Reduces a matrix to one with entries on the diagonal and above it, or below it where it is wider than long (dgebd2).
fn bidiagonalise<T: Number>(mut a: Matrix<T>) -> Bidiagonal<T> {
    let (m, n) = (a.rows, a.columns);
    let few = m.min(n);
    let (mut d, mut e, mut left, mut right) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let vector_of = |rest: &[T], divisor: Option<T>| {
        let mut vector = vec![T::real(1.0)];
        vector.extend(rest.iter().map(|&x| divisor.map_or(x, |divisor| x * (T::real(1.0) / divisor))));
        vector
    };
    let column = |a: &mut Matrix<T>, start: usize, k: usize| -> (f64, Reflector<T>) {
        let rest: Vec<T> = (start + 1..m).map(|i| a[(i, k)]).collect();
        let (beta, tau, divisor) = reflection(a[(start, k)], rest.iter().copied());
        let reflector = Reflector { start, vector: vector_of(&rest, divisor), tau };
        reflector.apply_left(a, k + 1, true);
        (beta, reflector)
    };
    let row = |a: &mut Matrix<T>, start: usize, k: usize| -> (f64, Reflector<T>) {
        let rest: Vec<T> = (start + 1..n).map(|j| a[(k, j)].conj()).collect();
        let (beta, tau, divisor) = reflection(a[(k, start)].conj(), rest.iter().copied());
        let reflector = Reflector { start, vector: vector_of(&rest, divisor), tau };
        reflector.apply_right(a, k + 1);
        (beta, reflector)
    };
    for k in 0..few {
        if m >= n {
            let (beta, reflector) = column(&mut a, k, k);
            d.push(beta);
            left.push(reflector);
            if k + 1 < n {
                let (beta, reflector) = row(&mut a, k + 1, k);
                e.push(beta);
                right.push(reflector);
            }
        } else {
            let (beta, reflector) = row(&mut a, k, k);
            d.push(beta);
            right.push(reflector);
            if k + 1 < m {
                let (beta, reflector) = column(&mut a, k + 1, k);
                e.push(beta);
                left.push(reflector);
            }
        }
    }
    Bidiagonal { d, e, left, right }
}

/// What least squares give: the solutions, what is left of the right sides, the rank and the singular values.
pub struct Fit<T> {
    /// The solutions, a column for each right side.
    pub x: Matrix<T>,
    /// The sum of squares that each right side leaves.
    pub rests: Vec<f64>,
    /// How many singular values count.
    pub rank: usize,
    /// The singular values, the largest first.
    pub s: Vec<f64>,
}

/// The x for which `a x` comes nearest to `b`, by way of a bidiagonal matrix, whose rotations turn the right sides
/// (dgelsd, dlalsd on small matrices). For a matrix that is at least as long as wide.
pub fn least_squares(a: &Matrix<f64>, b: &Matrix<f64>, cutoff: f64) -> Option<Fit<f64>> {
    let (m, n, sides) = (a.rows, a.columns, b.columns);
    let mut right = b.clone();
    let mut inner = a.clone();
    if m > n && m >= n * 16 / 10 {
        let factors = qr(inner);
        factors.turn(&mut right);
        inner = factors.r(n);
    }
    let Bidiagonal { mut d, mut e, left, right: rights } = bidiagonalise(inner);
    left.iter().for_each(|reflector| reflector.apply_left(&mut right, 0, true));
    let mut vt = Matrix::<f64>::identity(n, n);
    // the right sides as rows, so that columns are turned
    let mut turned = Matrix::zeros(sides, n);
    for i in 0..n {
        for j in 0..sides {
            turned[(j, i)] = right[(i, j)];
        }
    }
    let largest = d.iter().chain(&e).fold(0.0f64, |most, x| most.max(x.abs()));
    if largest > 0.0 {
        let scale = 1.0 / largest;
        d.iter_mut().chain(&mut e).for_each(|x| *x *= scale);
        if n == 1 {
            if d[0] < 0.0 {
                d[0] = -d[0];
                vt[(0, 0)] = -1.0;
            }
        } else if !solve(&mut d, &mut e, &mut turned, &mut vt) {
            return None;
        }
    }
    let cutoff = if cutoff <= 0.0 || cutoff >= 1.0 { f64::EPSILON / 2.0 } else { cutoff };
    let limit = cutoff * d.iter().fold(0.0f64, |most, x| most.max(x.abs()));
    let mut x = Matrix::zeros(n, sides);
    let mut rank = 0;
    for k in 0..n {
        if d[k] <= limit {
            continue;
        }
        rank += 1;
        for j in 0..sides {
            let part = turned[(j, k)] / d[k];
            for i in 0..n {
                x[(i, j)] += vt[(k, i)] * part;
            }
        }
    }
    if largest > 0.0 {
        x.elements.iter_mut().for_each(|x| *x /= largest);
    }
    rights.iter().rev().for_each(|reflector| reflector.apply_left(&mut x, 0, false));
    d.iter_mut().for_each(|s| *s *= largest);
    let rests = (0..sides).map(|j| (n..m).fold(0.0, |sum, i| sum + right[(i, j)] * right[(i, j)])).collect();
    Some(Fit { x, rests, rank, s: d })
}
