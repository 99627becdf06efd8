//! Passes from real numbers to their transform.

use super::real::{Shape, conjugate_product};

/// A pass with factor 2.
pub fn two(Shape { inner: ido, count: l1 }: Shape, cc: &[f64], ch: &mut [f64], wa: &[f64]) {
    let from = |a: usize, b: usize, c: usize| cc[a + ido * (b + l1 * c)];
    let to = |a: usize, b: usize, c: usize| a + ido * (b + 2 * c);
    let turn = |x: usize, i: usize| wa[i + x * (ido - 1)];

    for k in 0..l1 {
        ch[to(0, 0, k)] = from(0, k, 0) + from(0, k, 1);
        ch[to(ido - 1, 1, k)] = from(0, k, 0) - from(0, k, 1);
    }

    if ido.is_multiple_of(2) {
        for k in 0..l1 {
            ch[to(0, 1, k)] = -from(ido - 1, k, 1);
            ch[to(ido - 1, 0, k)] = from(ido - 1, k, 0);
        }
    }
    if ido <= 2 {
        return;
    }
    for k in 0..l1 {
        for i in (2..ido).step_by(2) {
            let ic = ido - i;

            let (tr2, ti2) = conjugate_product(turn(0, i - 2), turn(0, i - 1), from(i - 1, k, 1), from(i, k, 1));

            ch[to(i - 1, 0, k)] = from(i - 1, k, 0) + tr2;
            ch[to(ic - 1, 1, k)] = from(i - 1, k, 0) - tr2;

            ch[to(i, 0, k)] = ti2 + from(i, k, 0);
            ch[to(ic, 1, k)] = ti2 - from(i, k, 0);
        }
    }
}

/// A pass with factor 3.
pub fn three(Shape { inner: ido, count: l1 }: Shape, cc: &[f64], ch: &mut [f64], wa: &[f64]) {
    let minus_half = -0.5;
    let root = 0.866_025_403_784_438_6;
    let from = |a: usize, b: usize, c: usize| cc[a + ido * (b + l1 * c)];
    let to = |a: usize, b: usize, c: usize| a + ido * (b + 3 * c);
    let turn = |x: usize, i: usize| wa[i + x * (ido - 1)];

    for k in 0..l1 {
        let cr2 = from(0, k, 1) + from(0, k, 2);
        ch[to(0, 0, k)] = from(0, k, 0) + cr2;
        ch[to(0, 2, k)] = root * (from(0, k, 2) - from(0, k, 1));
        ch[to(ido - 1, 1, k)] = from(0, k, 0) + minus_half * cr2;
    }
    if ido == 1 {
        return;
    }
    for k in 0..l1 {
        for i in (2..ido).step_by(2) {
            let ic = ido - i;

            let (dr2, di2) = conjugate_product(turn(0, i - 2), turn(0, i - 1), from(i - 1, k, 1), from(i, k, 1));

            let (dr3, di3) = conjugate_product(turn(1, i - 2), turn(1, i - 1), from(i - 1, k, 2), from(i, k, 2));

            let (dr2, di2, dr3, di3) = (dr2 + dr3, di2 + di3, di2 - di3, dr3 - dr2);
            ch[to(i - 1, 0, k)] = from(i - 1, k, 0) + dr2;
            ch[to(i, 0, k)] = from(i, k, 0) + di2;
            let tr2 = from(i - 1, k, 0) + minus_half * dr2;
            let ti2 = from(i, k, 0) + minus_half * di2;
            let tr3 = root * dr3;
            let ti3 = root * di3;
            ch[to(i - 1, 2, k)] = tr2 + tr3;
            ch[to(ic - 1, 1, k)] = tr2 - tr3;

            ch[to(i, 2, k)] = ti3 + ti2;
            ch[to(ic, 1, k)] = ti3 - ti2;
        }
    }
}

/// A pass with factor 4.
pub fn four(Shape { inner: ido, count: l1 }: Shape, cc: &[f64], ch: &mut [f64], wa: &[f64]) {
    let half_root = std::f64::consts::FRAC_1_SQRT_2;
    let from = |a: usize, b: usize, c: usize| cc[a + ido * (b + l1 * c)];
    let to = |a: usize, b: usize, c: usize| a + ido * (b + 4 * c);
    let turn = |x: usize, i: usize| wa[i + x * (ido - 1)];

    for k in 0..l1 {
        let tr1 = from(0, k, 3) + from(0, k, 1);
        ch[to(0, 2, k)] = from(0, k, 3) - from(0, k, 1);

        let tr2 = from(0, k, 0) + from(0, k, 2);
        ch[to(ido - 1, 1, k)] = from(0, k, 0) - from(0, k, 2);

        ch[to(0, 0, k)] = tr2 + tr1;
        ch[to(ido - 1, 3, k)] = tr2 - tr1;
    }
    if ido.is_multiple_of(2) {
        for k in 0..l1 {
            let ti1 = -half_root * (from(ido - 1, k, 1) + from(ido - 1, k, 3));
            let tr1 = half_root * (from(ido - 1, k, 1) - from(ido - 1, k, 3));
            ch[to(ido - 1, 0, k)] = from(ido - 1, k, 0) + tr1;
            ch[to(ido - 1, 2, k)] = from(ido - 1, k, 0) - tr1;

            ch[to(0, 3, k)] = ti1 + from(ido - 1, k, 2);
            ch[to(0, 1, k)] = ti1 - from(ido - 1, k, 2);
        }
    }
    if ido <= 2 {
        return;
    }
    for k in 0..l1 {
        for i in (2..ido).step_by(2) {
            let ic = ido - i;

            let (cr2, ci2) = conjugate_product(turn(0, i - 2), turn(0, i - 1), from(i - 1, k, 1), from(i, k, 1));

            let (cr3, ci3) = conjugate_product(turn(1, i - 2), turn(1, i - 1), from(i - 1, k, 2), from(i, k, 2));

            let (cr4, ci4) = conjugate_product(turn(2, i - 2), turn(2, i - 1), from(i - 1, k, 3), from(i, k, 3));

            let tr1 = cr4 + cr2;
            let tr4 = cr4 - cr2;

            let ti1 = ci2 + ci4;
            let ti4 = ci2 - ci4;

            let tr2 = from(i - 1, k, 0) + cr3;
            let tr3 = from(i - 1, k, 0) - cr3;

            let ti2 = from(i, k, 0) + ci3;
            let ti3 = from(i, k, 0) - ci3;

            ch[to(i - 1, 0, k)] = tr2 + tr1;
            ch[to(ic - 1, 3, k)] = tr2 - tr1;

            ch[to(i, 0, k)] = ti1 + ti2;
            ch[to(ic, 3, k)] = ti1 - ti2;

            ch[to(i - 1, 2, k)] = tr3 + ti4;
            ch[to(ic - 1, 1, k)] = tr3 - ti4;

            ch[to(i, 2, k)] = tr4 + ti3;
            ch[to(ic, 1, k)] = tr4 - ti3;
        }
    }
}

/// A pass with factor 5.
pub fn five(Shape { inner: ido, count: l1 }: Shape, cc: &[f64], ch: &mut [f64], wa: &[f64]) {
    let cos_1 = 0.309_016_994_374_947_45;
    let sin_1 = 0.951_056_516_295_153_5;
    let cos_2 = -0.809_016_994_374_947_5;
    let sin_2 = 0.587_785_252_292_473_1;
    let from = |a: usize, b: usize, c: usize| cc[a + ido * (b + l1 * c)];
    let to = |a: usize, b: usize, c: usize| a + ido * (b + 5 * c);
    let turn = |x: usize, i: usize| wa[i + x * (ido - 1)];

    for k in 0..l1 {
        let cr2 = from(0, k, 4) + from(0, k, 1);
        let ci5 = from(0, k, 4) - from(0, k, 1);

        let cr3 = from(0, k, 3) + from(0, k, 2);
        let ci4 = from(0, k, 3) - from(0, k, 2);

        ch[to(0, 0, k)] = from(0, k, 0) + cr2 + cr3;
        ch[to(ido - 1, 1, k)] = from(0, k, 0) + cos_1 * cr2 + cos_2 * cr3;
        ch[to(0, 2, k)] = sin_1 * ci5 + sin_2 * ci4;
        ch[to(ido - 1, 3, k)] = from(0, k, 0) + cos_2 * cr2 + cos_1 * cr3;
        ch[to(0, 4, k)] = sin_2 * ci5 - sin_1 * ci4;
    }
    if ido == 1 {
        return;
    }
    for k in 0..l1 {
        for i in (2..ido).step_by(2) {
            let ic = ido - i;

            let (dr2, di2) = conjugate_product(turn(0, i - 2), turn(0, i - 1), from(i - 1, k, 1), from(i, k, 1));

            let (dr3, di3) = conjugate_product(turn(1, i - 2), turn(1, i - 1), from(i - 1, k, 2), from(i, k, 2));

            let (dr4, di4) = conjugate_product(turn(2, i - 2), turn(2, i - 1), from(i - 1, k, 3), from(i, k, 3));

            let (dr5, di5) = conjugate_product(turn(3, i - 2), turn(3, i - 1), from(i - 1, k, 4), from(i, k, 4));

            let (dr2, di2, dr5, di5) = (dr2 + dr5, di2 + di5, di2 - di5, dr5 - dr2);
            let (dr3, di3, dr4, di4) = (dr3 + dr4, di3 + di4, di3 - di4, dr4 - dr3);
            ch[to(i - 1, 0, k)] = from(i - 1, k, 0) + dr2 + dr3;
            ch[to(i, 0, k)] = from(i, k, 0) + di2 + di3;
            let tr2 = from(i - 1, k, 0) + cos_1 * dr2 + cos_2 * dr3;
            let ti2 = from(i, k, 0) + cos_1 * di2 + cos_2 * di3;
            let tr3 = from(i - 1, k, 0) + cos_2 * dr2 + cos_1 * dr3;
            let ti3 = from(i, k, 0) + cos_2 * di2 + cos_1 * di3;
            let tr5 = sin_1 * dr5 + sin_2 * dr4;
            let ti5 = sin_1 * di5 + sin_2 * di4;
            let tr4 = sin_2 * dr5 - sin_1 * dr4;
            let ti4 = sin_2 * di5 - sin_1 * di4;
            ch[to(i - 1, 2, k)] = tr2 + tr5;
            ch[to(ic - 1, 1, k)] = tr2 - tr5;

            ch[to(i, 2, k)] = ti5 + ti2;
            ch[to(ic, 1, k)] = ti5 - ti2;

            ch[to(i - 1, 4, k)] = tr3 + tr4;
            ch[to(ic - 1, 3, k)] = tr3 - tr4;

            ch[to(i, 4, k)] = ti4 + ti3;
            ch[to(ic, 3, k)] = ti4 - ti3;
        }
    }
}

/// A pass with any odd factor; the result is in `cc`.
pub fn general(shape: Shape, ip: usize, cc: &mut [f64], ch: &mut [f64], wa: &[f64], roots: &[f64]) {
    let Shape { inner: ido, count: l1 } = shape;
    let half = ip.div_ceil(2);
    let all = ido * l1;
    let at = |a: usize, b: usize, c: usize| a + ido * (b + l1 * c);
    let to = |a: usize, b: usize, c: usize| a + ido * (b + ip * c);
    if ido > 1 {
        for j in 1..half {
            let jc = ip - j;
            for k in 0..l1 {
                for i in (1..ido - 1).step_by(2) {
                    let (w1, w2) = ((j - 1) * (ido - 1) + i - 1, (jc - 1) * (ido - 1) + i - 1);
                    let (t1, t2) = (cc[at(i, k, j)], cc[at(i + 1, k, j)]);
                    let (t3, t4) = (cc[at(i, k, jc)], cc[at(i + 1, k, jc)]);
                    let x1 = wa[w1] * t1 + wa[w1 + 1] * t2;
                    let x2 = wa[w1] * t2 - wa[w1 + 1] * t1;
                    let x3 = wa[w2] * t3 + wa[w2 + 1] * t4;
                    let x4 = wa[w2] * t4 - wa[w2 + 1] * t3;
                    cc[at(i, k, j)] = x3 + x1;
                    cc[at(i + 1, k, jc)] = x3 - x1;
                    cc[at(i + 1, k, j)] = x2 + x4;
                    cc[at(i, k, jc)] = x2 - x4;
                }
            }
        }
    }
    for j in 1..half {
        for k in 0..l1 {
            let (a, b) = (cc[at(0, k, ip - j)], cc[at(0, k, j)]);
            cc[at(0, k, ip - j)] = a - b;
            cc[at(0, k, j)] = a + b;
        }
    }
    for l in 1..half {
        mix(cc, ch, (l, ip, all), roots, |place| place >= ip);
    }
    ch[..all].copy_from_slice(&cc[..all]);
    for j in 1..half {
        for ik in 0..all {
            ch[ik] += cc[ik + j * all];
        }
    }
    for k in 0..l1 {
        for i in 0..ido {
            cc[to(i, 0, k)] = ch[at(i, k, 0)];
        }
    }
    for j in 1..half {
        for k in 0..l1 {
            cc[to(ido - 1, 2 * j - 1, k)] = ch[at(0, k, j)];
            cc[to(0, 2 * j, k)] = ch[at(0, k, ip - j)];
        }
    }
    if ido == 1 {
        return;
    }
    for j in 1..half {
        let jc = ip - j;
        for k in 0..l1 {
            for i in (1..ido - 1).step_by(2) {
                let ic = ido - i - 2;
                cc[to(i, 2 * j, k)] = ch[at(i, k, j)] + ch[at(i, k, jc)];
                cc[to(ic, 2 * j - 1, k)] = ch[at(i, k, j)] - ch[at(i, k, jc)];
                cc[to(i + 1, 2 * j, k)] = ch[at(i + 1, k, j)] + ch[at(i + 1, k, jc)];
                cc[to(ic + 1, 2 * j - 1, k)] = ch[at(i + 1, k, jc)] - ch[at(i + 1, k, j)];
            }
        }
    }
}

/// Sums of the parts of `from`, each `all` long, with the cosines and sines of part `l` of `ip`; four parts at a time,
/// then two, then one. `wraps` says where the place of a root has gone round.
pub fn mix(
    from: &[f64],
    to: &mut [f64],
    (l, ip, all): (usize, usize, usize),
    roots: &[f64],
    wraps: impl Fn(usize) -> bool,
) {
    let (half, lc) = (ip.div_ceil(2), ip - l);
    for ik in 0..all {
        to[ik + l * all] = from[ik] + roots[2 * l] * from[ik + all] + roots[4 * l] * from[ik + 2 * all];
        to[ik + lc * all] = roots[2 * l + 1] * from[ik + (ip - 1) * all] + roots[4 * l + 1] * from[ik + (ip - 2) * all];
    }
    let mut place = 2 * l;
    let mut next = || {
        place += l;
        if wraps(place) {
            place -= ip;
        }
        (roots[2 * place], roots[2 * place + 1])
    };
    let mut j = 3;
    while j + 3 < half {
        let w = [next(), next(), next(), next()];
        for ik in 0..all {
            let (a, b) = (|i: usize| from[ik + (j + i) * all], |i: usize| from[ik + (ip - j - i) * all]);
            to[ik + l * all] += w[0].0 * a(0) + w[1].0 * a(1) + w[2].0 * a(2) + w[3].0 * a(3);
            to[ik + lc * all] += w[0].1 * b(0) + w[1].1 * b(1) + w[2].1 * b(2) + w[3].1 * b(3);
        }
        j += 4;
    }
    while j + 1 < half {
        let w = [next(), next()];
        for ik in 0..all {
            let (a, b) = (|i: usize| from[ik + (j + i) * all], |i: usize| from[ik + (ip - j - i) * all]);
            to[ik + l * all] += w[0].0 * a(0) + w[1].0 * a(1);
            to[ik + lc * all] += w[0].1 * b(0) + w[1].1 * b(1);
        }
        j += 2;
    }
    while j < half {
        let w = next();
        for ik in 0..all {
            to[ik + l * all] += w.0 * from[ik + j * all];
            to[ik + lc * all] += w.1 * from[ik + (ip - j) * all];
        }
        j += 1;
    }
}
