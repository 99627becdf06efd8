//! The Schur form of a reduced matrix by QR steps: real with double shifts (dlahqr), complex with single ones (zlahqr).

use super::orthogonal::reflection;
use super::rotation::with_sign;
use super::{Matrix, Number};
use num_complex::Complex64;

const ULP: f64 = f64::EPSILON;

/// Turns the block between `low` and `high` of a reduced real matrix into quasi-triangular form, and `z` with it: the
/// eigenvalues of the whole matrix; `None` where it does not converge.
pub fn real(h: &mut Matrix<f64>, z: &mut Matrix<f64>, low: usize, high: usize) -> Option<Vec<Complex64>> {
    let n = h.rows;
    let mut values: Vec<Complex64> = (0..n).map(|i| Complex64::new(h[(i, i)], 0.0)).collect();
    if n == 0 {
        return Some(values);
    }
    let block = high - low + 1;
    let small = f64::MIN_POSITIVE * (block as f64 / ULP);
    let most = 30 * block.max(10);
    let mut end = high as isize;
    while end >= low as isize {
        let i = end as usize;
        let mut start = low;
        let (mut tries, mut is_done) = (0, false);
        let mut stalls = 0;
        while tries <= most {
            tries += 1;
            start = split(h, start, i, (low, high), small);
            if start > low {
                h[(start, start - 1)] = 0.0;
            }
            if start + 1 >= i {
                is_done = true;
                break;
            }
            if crate::interrupt::check().is_err() {
                return None;
            }
            stalls += 1;
            double_step(h, z, (start, i), stalls);
        }
        if !is_done {
            return None;
        }
        if start == i {
            values[i] = Complex64::new(h[(i, i)], 0.0);
            end = i as isize - 1;
        } else {
            let pair = standardise(h[(i - 1, i - 1)], h[(i - 1, i)], h[(i, i - 1)], h[(i, i)]);
            (h[(i - 1, i - 1)], h[(i - 1, i)], h[(i, i - 1)], h[(i, i)]) = pair.entries;
            (values[i - 1], values[i]) = pair.values;
            let (cos, sin) = pair.turn;
            for j in i + 1..n {
                let (a, b) = (h[(i - 1, j)], h[(i, j)]);
                h[(i - 1, j)] = cos * a + sin * b;
                h[(i, j)] = cos * b - sin * a;
            }
            for k in 0..i - 1 {
                let (a, b) = (h[(k, i - 1)], h[(k, i)]);
                h[(k, i - 1)] = cos * a + sin * b;
                h[(k, i)] = cos * b - sin * a;
            }
            z.turn_columns(i - 1, cos, sin);
            end = i as isize - 2;
        }
    }
    Some(values)
}

/// The row from which on the block up to `end` stands for itself.
fn split<T: Number>(h: &Matrix<T>, start: usize, end: usize, (low, high): (usize, usize), small: f64) -> usize {
    let size = |i: usize, j: usize| h[(i, j)].re().abs() + h[(i, j)].im().abs();
    let mut k = end;
    while k > start {
        let below = size(k, k - 1);
        if below <= small {
            break;
        }
        let mut test = size(k - 1, k - 1) + size(k, k);
        if test == 0.0 {
            if k >= low + 2 {
                test += size(k - 1, k - 2);
            }
            if k < high {
                test += size(k + 1, k);
            }
        }
        if below <= ULP * test {
            let difference = h[(k - 1, k - 1)] - h[(k, k)];
            let difference = difference.re().abs() + difference.im().abs();
            let (ab, ba) = (below.max(size(k - 1, k)), below.min(size(k - 1, k)));
            let (aa, bb) = (size(k, k).max(difference), size(k, k).min(difference));
            let s = aa + ab;
            if ba * (ab / s) <= small.max(ULP * (bb * (aa / s))) {
                break;
            }
        }
        k -= 1;
    }
    k
}

/// One step with two shifts on the block from `l` to `i`.
fn double_step(h: &mut Matrix<f64>, z: &mut Matrix<f64>, (l, i): (usize, usize), stalls: usize) {
    let n = h.rows;
    let (h11, h21, h12, h22) = if stalls.is_multiple_of(20) {
        let s = h[(i, i - 1)].abs() + h[(i - 1, i - 2)].abs();
        (0.75 * s + h[(i, i)], s, -0.4375 * s, 0.75 * s + h[(i, i)])
    } else if stalls.is_multiple_of(10) {
        let s = h[(l + 1, l)].abs() + h[(l + 2, l + 1)].abs();
        (0.75 * s + h[(l, l)], s, -0.4375 * s, 0.75 * s + h[(l, l)])
    } else {
        (h[(i - 1, i - 1)], h[(i, i - 1)], h[(i - 1, i)], h[(i, i)])
    };
    let s = h11.abs() + h12.abs() + h21.abs() + h22.abs();
    let (mut rt1, mut rt2) = (Complex64::new(0.0, 0.0), Complex64::new(0.0, 0.0));
    if s != 0.0 {
        let (h11, h21, h12, h22) = (h11 / s, h21 / s, h12 / s, h22 / s);
        let half = (h11 + h22) / 2.0;
        let det = (h11 - half) * (h22 - half) - h12 * h21;
        let root = det.abs().sqrt();
        if det >= 0.0 {
            rt1 = Complex64::new(half * s, root * s);
            rt2 = Complex64::new(half * s, -root * s);
        } else {
            let (a, b) = (half + root, half - root);
            let nearer = if (a - h22).abs() <= (b - h22).abs() { a * s } else { b * s };
            (rt1, rt2) = (Complex64::new(nearer, 0.0), Complex64::new(nearer, 0.0));
        }
    }
    let mut m = i - 2;
    let mut v;
    loop {
        let s = (h[(m, m)] - rt2.re).abs() + rt2.im.abs() + h[(m + 1, m)].abs();
        let h21 = h[(m + 1, m)] / s;
        v = [
            h21 * h[(m, m + 1)] + (h[(m, m)] - rt1.re) * ((h[(m, m)] - rt2.re) / s) - rt1.im * (rt2.im / s),
            h21 * (h[(m, m)] + h[(m + 1, m + 1)] - rt1.re - rt2.re),
            h21 * h[(m + 2, m + 1)],
        ];
        let s = v[0].abs() + v[1].abs() + v[2].abs();
        v.iter_mut().for_each(|x| *x /= s);
        if m == l {
            break;
        }
        let around = h[(m - 1, m - 1)].abs() + h[(m, m)].abs() + h[(m + 1, m + 1)].abs();
        if h[(m, m - 1)].abs() * (v[1].abs() + v[2].abs()) <= ULP * v[0].abs() * around {
            break;
        }
        m -= 1;
    }
    for k in m..i {
        let count = 3.min(i - k + 1);
        if k > m {
            (0..count).for_each(|j| v[j] = h[(k + j, k - 1)]);
        }
        let (beta, tau, divisor) = reflection(v[0], v[1..count].iter().copied());
        let mut w = [1.0; 3];
        for j in 1..count {
            w[j] = divisor.map_or(v[j], |divisor| v[j] * (1.0 / divisor));
        }
        if k > m {
            h[(k, k - 1)] = if divisor.is_some() { beta } else { v[0] };
            (1..count).for_each(|j| h[(k + j, k - 1)] = 0.0);
        } else if m > l {
            h[(k, k - 1)] *= 1.0 - tau;
        }
        for j in k..n {
            let sum: f64 = (1..count).fold(h[(k, j)], |sum, r| sum + w[r] * h[(k + r, j)]);
            (0..count).for_each(|r| h[(k + r, j)] -= sum * (tau * w[r]));
        }
        for j in 0..=i.min(k + 3) {
            let sum: f64 = (1..count).fold(h[(j, k)], |sum, r| sum + w[r] * h[(j, k + r)]);
            (0..count).for_each(|r| h[(j, k + r)] -= sum * (tau * w[r]));
        }
        for j in 0..n {
            let sum: f64 = (1..count).fold(z[(j, k)], |sum, r| sum + w[r] * z[(j, k + r)]);
            (0..count).for_each(|r| z[(j, k + r)] -= sum * (tau * w[r]));
        }
    }
}

/// A 2 by 2 block in standard form: its entries row by row, its eigenvalues, and the rotation (dlanv2).
struct Standard {
    entries: (f64, f64, f64, f64),
    values: (Complex64, Complex64),
    turn: (f64, f64),
}

fn standardise(mut a: f64, mut b: f64, mut c: f64, mut d: f64) -> Standard {
    let sign = |x: f64| with_sign(1.0, x);
    let (mut cos, mut sin) = (1.0, 0.0);
    if c == 0.0 {
    } else if b == 0.0 {
        (cos, sin) = (0.0, 1.0);
        (a, d, b, c) = (d, a, -c, 0.0);
    } else if a - d == 0.0 && sign(b) != sign(c) {
    } else {
        let mut temp = a - d;
        let mut p = 0.5 * temp;
        let most = b.abs().max(c.abs());
        let least = b.abs().min(c.abs()) * sign(b) * sign(c);
        let scale = p.abs().max(most);
        let mut q = (p / scale) * p + (most / scale) * least;
        if q >= 4.0 * ULP {
            q = p + with_sign(scale.sqrt() * q.sqrt(), p);
            a = d + q;
            d -= (most / q) * least;
            let tau = c.hypot(q);
            (cos, sin) = (q / tau, c / tau);
            b -= c;
            c = 0.0;
        } else {
            let sigma = b + c;
            p = 0.5 * temp;
            let tau = sigma.hypot(temp);
            cos = (0.5 * (1.0 + sigma.abs() / tau)).sqrt();
            sin = -(p / (tau * cos)) * sign(sigma);
            let (aa, bb) = (a * cos + b * sin, -a * sin + b * cos);
            let (cc, dd) = (c * cos + d * sin, -c * sin + d * cos);
            a = aa * cos + cc * sin;
            b = bb * cos + dd * sin;
            c = -aa * sin + cc * cos;
            d = -bb * sin + dd * cos;
            temp = 0.5 * (a + d);
            (a, d) = (temp, temp);
            if c != 0.0 {
                if b == 0.0 {
                    (b, c) = (-c, 0.0);
                    (cos, sin) = (-sin, cos);
                } else if sign(b) == sign(c) {
                    let (sab, sac) = (b.abs().sqrt(), c.abs().sqrt());
                    p = with_sign(sab * sac, c);
                    let tau = 1.0 / (b + c).abs().sqrt();
                    a = temp + p;
                    d = temp - p;
                    b -= c;
                    c = 0.0;
                    let (cos1, sin1) = (sab * tau, sac * tau);
                    (cos, sin) = (cos * cos1 - sin * sin1, cos * sin1 + sin * cos1);
                }
            }
        }
    }
    let imaginary = if c == 0.0 { 0.0 } else { b.abs().sqrt() * c.abs().sqrt() };
    let values = (Complex64::new(a, imaginary), Complex64::new(d, -imaginary));
    Standard { entries: (a, b, c, d), values, turn: (cos, sin) }
}

/// As [`real`], of a complex matrix, whose form becomes triangular.
pub fn complex(
    h: &mut Matrix<Complex64>,
    z: &mut Matrix<Complex64>,
    low: usize,
    high: usize,
) -> Option<Vec<Complex64>> {
    let n = h.rows;
    if n == 0 {
        return Some(Vec::new());
    }
    let block = high - low + 1;
    let small = f64::MIN_POSITIVE * (block as f64 / ULP);
    let most = 30 * block.max(10);
    let mut end = high as isize;
    while end >= low as isize {
        let i = end as usize;
        let mut start = low;
        let mut is_done = false;
        for tries in 1..=most {
            start = split(h, start, i, (low, high), small);
            if start > low {
                h[(start, start - 1)] = Complex64::new(0.0, 0.0);
            }
            if start >= i {
                is_done = true;
                break;
            }
            if crate::interrupt::check().is_err() {
                return None;
            }
            let shift = if tries % 10 == 0 {
                h[(i, i)] + 0.75 * h[(i, i - 1)].re.abs()
            } else {
                nearer_value(h[(i - 1, i - 1)], h[(i - 1, i)], h[(i, i - 1)], h[(i, i)])
            };
            single_step(h, z, (start, i), shift);
        }
        if !is_done {
            return None;
        }
        end = i as isize - 1;
    }
    Some((0..n).map(|i| h[(i, i)]).collect())
}

/// The eigenvalue of `[[a, b], [c, d]]` that lies nearer to d.
fn nearer_value(a: Complex64, b: Complex64, c: Complex64, d: Complex64) -> Complex64 {
    let u = b.sqrt() * c.sqrt();
    if u.norm() == 0.0 {
        return d;
    }
    let x = 0.5 * (a - d);
    let mut y = (x * x + u * u).sqrt();
    if x.re * y.re + x.im * y.im < 0.0 {
        y = -y;
    }
    d - u * (u / (x + y))
}

/// One step with one shift, by rotations.
fn single_step(h: &mut Matrix<Complex64>, z: &mut Matrix<Complex64>, (l, i): (usize, usize), shift: Complex64) {
    let n = h.rows;
    let (mut x, mut y) = (h[(l, l)] - shift, h[(l + 1, l)]);
    for k in l..i {
        let size = (x.norm_sqr() + y.norm_sqr()).sqrt();
        if size == 0.0 {
            (x, y) = (Complex64::new(1.0, 0.0), Complex64::new(0.0, 0.0));
        } else {
            (x, y) = (x / size, y / size);
        }
        // rows: G = [[conj x, conj y], [-y, x]]
        for j in k.saturating_sub(1).max(l)..n {
            let (a, b) = (h[(k, j)], h[(k + 1, j)]);
            h[(k, j)] = x.conj() * a + y.conj() * b;
            h[(k + 1, j)] = x * b - y * a;
        }
        for j in 0..=i.min(k + 2) {
            let (a, b) = (h[(j, k)], h[(j, k + 1)]);
            h[(j, k)] = a * x + b * y;
            h[(j, k + 1)] = b * x.conj() - a * y.conj();
        }
        for j in 0..n {
            let (a, b) = (z[(j, k)], z[(j, k + 1)]);
            z[(j, k)] = a * x + b * y;
            z[(j, k + 1)] = b * x.conj() - a * y.conj();
        }
        if k > l {
            h[(k + 1, k - 1)] = Complex64::new(0.0, 0.0);
        }
        if k + 1 < i {
            (x, y) = (h[(k + 1, k)], h[(k + 2, k)]);
        }
    }
}
