//! Singular values and vectors of a bidiagonal matrix by implicit QR steps (dbdsqr, dbdsdc for small matrices).

use super::Matrix;
use super::rotation::{rotation, triangular_svd, triangular_values, with_sign};

const EPS: f64 = f64::EPSILON / 2.0;

/// Turns the diagonal of an upper bidiagonal matrix into the singular values, the largest first; the columns of `u`
/// and the rows of `vt` with them. Whether it came to an end.
pub fn solve(d: &mut [f64], e: &mut [f64], u: &mut Matrix<f64>, vt: &mut Matrix<f64>) -> bool {
    let n = d.len();
    if n == 0 {
        return true;
    }
    let tol = EPS.powf(-0.125).clamp(10.0, 100.0) * EPS;
    let mut least = d[0].abs();
    let mut mu = least;
    for i in 1..n {
        if least == 0.0 {
            break;
        }
        mu = d[i].abs() * (mu / (mu + e[i - 1].abs()));
        least = least.min(mu);
    }
    let threshold = (tol * (least / (n as f64).sqrt())).max(6.0 * n as f64 * (n as f64 * f64::MIN_POSITIVE));
    let mut left = 6 * n * n + 100;
    // the block that is worked on ends before `m`; what was worked on last, and in which direction
    let mut m = n;
    let (mut old_first, mut old_last, mut is_downward) = (usize::MAX, usize::MAX, true);
    'blocks: while m > 1 {
        if left == 0 || crate::interrupt::check().is_err() {
            return false;
        }
        let last = m - 1;
        let mut largest = d[last].abs();
        let mut first = 0;
        for i in (0..last).rev() {
            let (ad, ae) = (d[i].abs(), e[i].abs());
            if ae <= threshold {
                e[i] = 0.0;
                if i == last - 1 {
                    m -= 1;
                    continue 'blocks;
                }
                first = i + 1;
                break;
            }
            largest = largest.max(ad).max(ae);
        }
        if first + 1 == last {
            let pair = triangular_svd(d[first], e[first], d[last]);
            (d[first], e[first], d[last]) = (pair.large, 0.0, pair.small);
            vt.turn_rows(first, pair.right.0, pair.right.1);
            u.turn_columns(first, pair.left.0, pair.left.1);
            m = m.saturating_sub(2);
            continue;
        }
        let is_new = old_last == usize::MAX || first > old_last || last < old_first;
        if is_new {
            is_downward = d[first].abs() >= d[last].abs();
        }
        let mut smallest;
        if is_downward {
            if e[last - 1].abs() <= tol * d[last].abs() {
                e[last - 1] = 0.0;
                continue;
            }
            let mut mu = d[first].abs();
            smallest = mu;
            for i in first..last {
                if e[i].abs() <= tol * mu {
                    e[i] = 0.0;
                    continue 'blocks;
                }
                mu = d[i + 1].abs() * (mu / (mu + e[i].abs()));
                smallest = f64::min(smallest, mu);
            }
        } else {
            if e[first].abs() <= tol * d[first].abs() {
                e[first] = 0.0;
                continue;
            }
            let mut mu = d[last].abs();
            smallest = mu;
            for i in (first..last).rev() {
                if e[i].abs() <= tol * mu {
                    e[i] = 0.0;
                    continue 'blocks;
                }
                mu = d[i].abs() * (mu / (mu + e[i].abs()));
                smallest = f64::min(smallest, mu);
            }
        }
        (old_first, old_last) = (first, last);
        let mut shift = 0.0;
        if n as f64 * tol * (smallest / largest) > EPS.max(0.01 * tol) {
            let head;
            if is_downward {
                head = d[first].abs();
                shift = triangular_values(d[last - 1], e[last - 1], d[last]).0;
            } else {
                head = d[last].abs();
                shift = triangular_values(d[first], e[first], d[first + 1]).0;
            }
            if head > 0.0 && (shift / head).powi(2) < EPS {
                shift = 0.0;
            }
        }
        left = left.saturating_sub(last - first);
        let block = Block { first, last, threshold };
        match (shift == 0.0, is_downward) {
            (true, true) => block.zero_shift_down(d, e, u, vt),
            (true, false) => block.zero_shift_up(d, e, u, vt),
            (false, true) => block.shifted_down(d, e, u, vt, shift),
            (false, false) => block.shifted_up(d, e, u, vt, shift),
        }
    }
    for i in 0..n {
        if d[i] < 0.0 || (d[i] == 0.0 && d[i].is_sign_negative()) {
            d[i] = -d[i];
            (0..vt.columns).for_each(|j| vt[(i, j)] = -vt[(i, j)]);
        }
    }
    for i in 0..n.saturating_sub(1) {
        let end = n - 1 - i;
        let mut least = 0;
        for j in 1..=end {
            if d[j] <= d[least] {
                least = j;
            }
        }
        if least != end {
            d.swap(least, end);
            vt.swap_rows(least, end);
            u.swap_columns(least, end);
        }
    }
    true
}

struct Block {
    first: usize,
    last: usize,
    threshold: f64,
}

impl Block {
    fn settle(&self, e: &mut [f64], at: usize) {
        if e[at].abs() <= self.threshold {
            e[at] = 0.0;
        }
    }

    fn zero_shift_down(&self, d: &mut [f64], e: &mut [f64], u: &mut Matrix<f64>, vt: &mut Matrix<f64>) {
        let (mut cos, mut old_cos, mut old_sin) = (1.0, 1.0, 0.0);
        for i in self.first..self.last {
            let (c, sin, r) = rotation(d[i] * cos, e[i]);
            cos = c;
            if i > self.first {
                e[i - 1] = old_sin * r;
            }
            (old_cos, old_sin, d[i]) = rotation(old_cos * r, d[i + 1] * sin);
            vt.turn_rows(i, cos, sin);
            u.turn_columns(i, old_cos, old_sin);
        }
        let h = d[self.last] * cos;
        d[self.last] = h * old_cos;
        e[self.last - 1] = h * old_sin;
        self.settle(e, self.last - 1);
    }

    fn zero_shift_up(&self, d: &mut [f64], e: &mut [f64], u: &mut Matrix<f64>, vt: &mut Matrix<f64>) {
        let (mut cos, mut old_cos, mut old_sin) = (1.0, 1.0, 0.0);
        for i in (self.first + 1..=self.last).rev() {
            let (c, sin, r) = rotation(d[i] * cos, e[i - 1]);
            cos = c;
            if i < self.last {
                e[i] = old_sin * r;
            }
            (old_cos, old_sin, d[i]) = rotation(old_cos * r, d[i - 1] * sin);
            vt.turn_rows(i - 1, old_cos, -old_sin);
            u.turn_columns(i - 1, cos, -sin);
        }
        let h = d[self.first] * cos;
        d[self.first] = h * old_cos;
        e[self.first] = h * old_sin;
        self.settle(e, self.first);
    }

    fn shifted_down(&self, d: &mut [f64], e: &mut [f64], u: &mut Matrix<f64>, vt: &mut Matrix<f64>, shift: f64) {
        let head = d[self.first];
        let mut f = (head.abs() - shift) * (with_sign(1.0, head) + shift / head);
        let mut g = e[self.first];
        for i in self.first..self.last {
            let (cos_r, sin_r, r) = rotation(f, g);
            if i > self.first {
                e[i - 1] = r;
            }
            f = cos_r * d[i] + sin_r * e[i];
            e[i] = cos_r * e[i] - sin_r * d[i];
            g = sin_r * d[i + 1];
            d[i + 1] *= cos_r;
            let (cos_l, sin_l, r) = rotation(f, g);
            d[i] = r;
            f = cos_l * e[i] + sin_l * d[i + 1];
            d[i + 1] = cos_l * d[i + 1] - sin_l * e[i];
            if i + 1 < self.last {
                g = sin_l * e[i + 1];
                e[i + 1] *= cos_l;
            }
            vt.turn_rows(i, cos_r, sin_r);
            u.turn_columns(i, cos_l, sin_l);
        }
        e[self.last - 1] = f;
        self.settle(e, self.last - 1);
    }

    fn shifted_up(&self, d: &mut [f64], e: &mut [f64], u: &mut Matrix<f64>, vt: &mut Matrix<f64>, shift: f64) {
        let head = d[self.last];
        let mut f = (head.abs() - shift) * (with_sign(1.0, head) + shift / head);
        let mut g = e[self.last - 1];
        for i in (self.first + 1..=self.last).rev() {
            let (cos_r, sin_r, r) = rotation(f, g);
            if i < self.last {
                e[i] = r;
            }
            f = cos_r * d[i] + sin_r * e[i - 1];
            e[i - 1] = cos_r * e[i - 1] - sin_r * d[i];
            g = sin_r * d[i - 1];
            d[i - 1] *= cos_r;
            let (cos_l, sin_l, r) = rotation(f, g);
            d[i] = r;
            f = cos_l * e[i - 1] + sin_l * d[i - 1];
            d[i - 1] = cos_l * d[i - 1] - sin_l * e[i - 1];
            if i > self.first + 1 {
                g = sin_l * e[i - 2];
                e[i - 2] *= cos_l;
            }
            vt.turn_rows(i - 1, cos_l, -sin_l);
            u.turn_columns(i - 1, cos_r, -sin_r);
        }
        e[self.first] = f;
        self.settle(e, self.first);
    }
}
