//! Eigenvalues and eigenvectors of a symmetric tridiagonal matrix by implicit QL and QR steps (dsteqr).

use super::rotation::{rotation, symmetric_pair, with_sign};
use super::{Matrix, Number};

const EPS: f64 = f64::EPSILON / 2.0;

/// Turns the diagonal into the eigenvalues, in ascending order, and the columns of `z` with them. Whether it came to
/// an end.
pub fn solve<T: Number>(d: &mut [f64], e: &mut [f64], z: &mut Matrix<T>) -> bool {
    let n = d.len();
    let most = n * 30;
    let mut steps = 0;
    let mut next = 0;
    while next < n {
        if next > 0 {
            e[next - 1] = 0.0;
        }
        let mut m = n - 1;
        for i in next..n.saturating_sub(1) {
            let size = e[i].abs();
            if size == 0.0 {
                m = i;
                break;
            }
            if size <= d[i].abs().sqrt() * d[i + 1].abs().sqrt() * EPS {
                e[i] = 0.0;
                m = i;
                break;
            }
        }
        let (first, last) = (next, m);
        next = m + 1;
        if first == last {
            continue;
        }
        let largest = d[first..=last].iter().chain(&e[first..last]).fold(0.0f64, |most, x| most.max(x.abs()));
        if largest == 0.0 {
            continue;
        }
        let scale = if largest > 2.2e153 {
            2.2e153 / largest
        } else if largest < 1e-140 {
            1e-140 / largest
        } else {
            1.0
        };
        if scale != 1.0 {
            d[first..=last].iter_mut().chain(&mut e[first..last]).for_each(|x| *x *= scale);
        }
        if d[last].abs() < d[first].abs() {
            upward(d, e, z, (first, last), &mut steps, most);
        } else {
            downward(d, e, z, (first, last), &mut steps, most);
        }
        if scale != 1.0 {
            d[first..=last].iter_mut().chain(&mut e[first..last]).for_each(|x| *x /= scale);
        }
        if steps >= most && e.iter().any(|x| *x != 0.0) {
            return false;
        }
        // a block that split is gone through again
        if e[first..last].iter().any(|x| *x != 0.0) {
            next = first;
        }
    }
    for i in 0..n.saturating_sub(1) {
        let mut least = i;
        for j in i + 1..n {
            if d[j] < d[least] {
                least = j;
            }
        }
        if least != i {
            d.swap(i, least);
            z.swap_columns(i, least);
        }
    }
    true
}

/// QL steps: small eigenvalues come first.
fn downward<T: Number>(
    d: &mut [f64],
    e: &mut [f64],
    z: &mut Matrix<T>,
    (first, last): (usize, usize),
    steps: &mut usize,
    most: usize,
) {
    let mut l = first;
    while l <= last {
        let mut m = last;
        for i in l..last {
            if e[i].abs().powi(2) <= (EPS * EPS * d[i].abs()) * d[i + 1].abs() + f64::MIN_POSITIVE {
                m = i;
                break;
            }
        }
        if m < last {
            e[m] = 0.0;
        }
        if m == l {
            l += 1;
            continue;
        }
        if m == l + 1 {
            let (large, small, cos, sin) = symmetric_pair(d[l], e[l], d[l + 1]);
            z.turn_columns(l, cos, sin);
            (d[l], d[l + 1], e[l]) = (large, small, 0.0);
            l += 2;
            continue;
        }
        if *steps >= most || crate::interrupt::check().is_err() {
            *steps = most;
            return;
        }
        *steps += 1;
        let mut p = d[l];
        let mut g = (d[l + 1] - p) / (2.0 * e[l]);
        let mut r = g.hypot(1.0);
        g = d[m] - p + e[l] / (g + with_sign(r, g));
        let (mut s, mut c) = (1.0, 1.0);
        p = 0.0;
        let mut turns = Vec::with_capacity(m - l);
        for i in (l..m).rev() {
            let f = s * e[i];
            let b = c * e[i];
            (c, s, r) = rotation(g, f);
            if i != m - 1 {
                e[i + 1] = r;
            }
            g = d[i + 1] - p;
            r = (d[i] - g) * s + 2.0 * c * b;
            p = s * r;
            d[i + 1] = g + p;
            g = c * r - b;
            turns.push((i, c, -s));
        }
        turns.iter().for_each(|&(i, c, s)| z.turn_columns(i, c, s));
        d[l] -= p;
        e[l] = g;
    }
}

/// QR steps: large eigenvalues come first.
fn upward<T: Number>(
    d: &mut [f64],
    e: &mut [f64],
    z: &mut Matrix<T>,
    (first, last): (usize, usize),
    steps: &mut usize,
    most: usize,
) {
    let mut l = last as isize;
    while l >= first as isize {
        let at = l as usize;
        let mut m = first;
        for i in (first + 1..=at).rev() {
            if e[i - 1].abs().powi(2) <= (EPS * EPS * d[i].abs()) * d[i - 1].abs() + f64::MIN_POSITIVE {
                m = i;
                break;
            }
        }
        if m > first {
            e[m - 1] = 0.0;
        }
        if m == at {
            l -= 1;
            continue;
        }
        if m + 1 == at {
            let (large, small, cos, sin) = symmetric_pair(d[at - 1], e[at - 1], d[at]);
            z.turn_columns(at - 1, cos, sin);
            (d[at - 1], d[at], e[at - 1]) = (large, small, 0.0);
            l -= 2;
            continue;
        }
        if *steps >= most || crate::interrupt::check().is_err() {
            *steps = most;
            return;
        }
        *steps += 1;
        let mut p = d[at];
        let mut g = (d[at - 1] - p) / (2.0 * e[at - 1]);
        let mut r = g.hypot(1.0);
        g = d[m] - p + e[at - 1] / (g + with_sign(r, g));
        let (mut s, mut c) = (1.0, 1.0);
        p = 0.0;
        for i in m..at {
            let f = s * e[i];
            let b = c * e[i];
            (c, s, r) = rotation(g, f);
            if i != m {
                e[i - 1] = r;
            }
            g = d[i] - p;
            r = (d[i + 1] - g) * s + 2.0 * c * b;
            p = s * r;
            d[i] = g + p;
            g = c * r - b;
            z.turn_columns(i, c, s);
        }
        d[at] -= p;
        e[at - 1] = g;
    }
}
