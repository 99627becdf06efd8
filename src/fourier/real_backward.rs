//! Passes from a transform back to real numbers.

use super::real::{Shape, conjugate_product};
use super::real_forward::mix;

/// A pass with factor 2.
pub fn two(Shape { inner: ido, count: l1 }: Shape, cc: &[f64], ch: &mut [f64], wa: &[f64]) {
    let two = 2.0;
    let from = |a: usize, b: usize, c: usize| cc[a + ido * (b + 2 * c)];
    let to = |a: usize, b: usize, c: usize| a + ido * (b + l1 * c);
    let turn = |x: usize, i: usize| wa[i + x * (ido - 1)];

    for k in 0..l1 {
        ch[to(0, k, 0)] = from(0, 0, k) + from(ido - 1, 1, k);
        ch[to(0, k, 1)] = from(0, 0, k) - from(ido - 1, 1, k);
    }

    if ido.is_multiple_of(2) {
        for k in 0..l1 {
            ch[to(ido - 1, k, 0)] = two * from(ido - 1, 0, k);
            ch[to(ido - 1, k, 1)] = -two * from(0, 1, k);
        }
    }
    if ido <= 2 {
        return;
    }
    for k in 0..l1 {
        for i in (2..ido).step_by(2) {
            let ic = ido - i;

            ch[to(i - 1, k, 0)] = from(i - 1, 0, k) + from(ic - 1, 1, k);
            let tr2 = from(i - 1, 0, k) - from(ic - 1, 1, k);

            let ti2 = from(i, 0, k) + from(ic, 1, k);
            ch[to(i, k, 0)] = from(i, 0, k) - from(ic, 1, k);

            (ch[to(i, k, 1)], ch[to(i - 1, k, 1)]) = conjugate_product(turn(0, i - 2), turn(0, i - 1), ti2, tr2);
        }
    }
}

/// A pass with factor 3.
pub fn three(Shape { inner: ido, count: l1 }: Shape, cc: &[f64], ch: &mut [f64], wa: &[f64]) {
    let minus_half = -0.5;
    let root = 0.866_025_403_784_438_6;
    let two = 2.0;
    let from = |a: usize, b: usize, c: usize| cc[a + ido * (b + 3 * c)];
    let to = |a: usize, b: usize, c: usize| a + ido * (b + l1 * c);
    let turn = |x: usize, i: usize| wa[i + x * (ido - 1)];

    for k in 0..l1 {
        let tr2 = two * from(ido - 1, 1, k);
        let cr2 = from(0, 0, k) + minus_half * tr2;
        ch[to(0, k, 0)] = from(0, 0, k) + tr2;
        let ci3 = two * root * from(0, 2, k);
        ch[to(0, k, 2)] = cr2 + ci3;
        ch[to(0, k, 1)] = cr2 - ci3;
    }
    if ido == 1 {
        return;
    }
    for k in 0..l1 {
        for i in (2..ido).step_by(2) {
            let ic = ido - i;
            let tr2 = from(i - 1, 2, k) + from(ic - 1, 1, k);
            let ti2 = from(i, 2, k) - from(ic, 1, k);
            let cr2 = from(i - 1, 0, k) + minus_half * tr2;
            let ci2 = from(i, 0, k) + minus_half * ti2;
            ch[to(i - 1, k, 0)] = from(i - 1, 0, k) + tr2;
            ch[to(i, k, 0)] = from(i, 0, k) + ti2;
            let cr3 = root * (from(i - 1, 2, k) - from(ic - 1, 1, k));
            let ci3 = root * (from(i, 2, k) + from(ic, 1, k));

            let dr3 = cr2 + ci3;
            let dr2 = cr2 - ci3;

            let di2 = ci2 + cr3;
            let di3 = ci2 - cr3;

            (ch[to(i, k, 1)], ch[to(i - 1, k, 1)]) = conjugate_product(turn(0, i - 2), turn(0, i - 1), di2, dr2);

            (ch[to(i, k, 2)], ch[to(i - 1, k, 2)]) = conjugate_product(turn(1, i - 2), turn(1, i - 1), di3, dr3);
        }
    }
}

/// A pass with factor 4.
pub fn four(Shape { inner: ido, count: l1 }: Shape, cc: &[f64], ch: &mut [f64], wa: &[f64]) {
    let root_2 = std::f64::consts::SQRT_2;
    let two = 2.0;
    let from = |a: usize, b: usize, c: usize| cc[a + ido * (b + 4 * c)];
    let to = |a: usize, b: usize, c: usize| a + ido * (b + l1 * c);
    let turn = |x: usize, i: usize| wa[i + x * (ido - 1)];

    for k in 0..l1 {
        let tr2 = from(0, 0, k) + from(ido - 1, 3, k);
        let tr1 = from(0, 0, k) - from(ido - 1, 3, k);

        let tr3 = two * from(ido - 1, 1, k);
        let tr4 = two * from(0, 2, k);
        ch[to(0, k, 0)] = tr2 + tr3;
        ch[to(0, k, 2)] = tr2 - tr3;

        ch[to(0, k, 3)] = tr1 + tr4;
        ch[to(0, k, 1)] = tr1 - tr4;
    }
    if ido.is_multiple_of(2) {
        for k in 0..l1 {
            let ti1 = from(0, 3, k) + from(0, 1, k);
            let ti2 = from(0, 3, k) - from(0, 1, k);

            let tr2 = from(ido - 1, 0, k) + from(ido - 1, 2, k);
            let tr1 = from(ido - 1, 0, k) - from(ido - 1, 2, k);

            ch[to(ido - 1, k, 0)] = tr2 + tr2;
            ch[to(ido - 1, k, 1)] = root_2 * (tr1 - ti1);
            ch[to(ido - 1, k, 2)] = ti2 + ti2;
            ch[to(ido - 1, k, 3)] = -root_2 * (tr1 + ti1);
        }
    }
    if ido <= 2 {
        return;
    }
    for k in 0..l1 {
        for i in (2..ido).step_by(2) {
            let ic = ido - i;
            let tr2 = from(i - 1, 0, k) + from(ic - 1, 3, k);
            let tr1 = from(i - 1, 0, k) - from(ic - 1, 3, k);

            let ti1 = from(i, 0, k) + from(ic, 3, k);
            let ti2 = from(i, 0, k) - from(ic, 3, k);

            let tr4 = from(i, 2, k) + from(ic, 1, k);
            let ti3 = from(i, 2, k) - from(ic, 1, k);

            let tr3 = from(i - 1, 2, k) + from(ic - 1, 1, k);
            let ti4 = from(i - 1, 2, k) - from(ic - 1, 1, k);

            ch[to(i - 1, k, 0)] = tr2 + tr3;
            let cr3 = tr2 - tr3;

            ch[to(i, k, 0)] = ti2 + ti3;
            let ci3 = ti2 - ti3;

            let cr4 = tr1 + tr4;
            let cr2 = tr1 - tr4;

            let ci2 = ti1 + ti4;
            let ci4 = ti1 - ti4;

            (ch[to(i, k, 1)], ch[to(i - 1, k, 1)]) = conjugate_product(turn(0, i - 2), turn(0, i - 1), ci2, cr2);

            (ch[to(i, k, 2)], ch[to(i - 1, k, 2)]) = conjugate_product(turn(1, i - 2), turn(1, i - 1), ci3, cr3);

            (ch[to(i, k, 3)], ch[to(i - 1, k, 3)]) = conjugate_product(turn(2, i - 2), turn(2, i - 1), ci4, cr4);
        }
    }
}

/// A pass with factor 5.
pub fn five(Shape { inner: ido, count: l1 }: Shape, cc: &[f64], ch: &mut [f64], wa: &[f64]) {
    let cos_1 = 0.309_016_994_374_947_45;
    let sin_1 = 0.951_056_516_295_153_5;
    let cos_2 = -0.809_016_994_374_947_5;
    let sin_2 = 0.587_785_252_292_473_1;
    let from = |a: usize, b: usize, c: usize| cc[a + ido * (b + 5 * c)];
    let to = |a: usize, b: usize, c: usize| a + ido * (b + l1 * c);
    let turn = |x: usize, i: usize| wa[i + x * (ido - 1)];

    for k in 0..l1 {
        let ti5 = from(0, 2, k) + from(0, 2, k);
        let ti4 = from(0, 4, k) + from(0, 4, k);
        let tr2 = from(ido - 1, 1, k) + from(ido - 1, 1, k);
        let tr3 = from(ido - 1, 3, k) + from(ido - 1, 3, k);
        ch[to(0, k, 0)] = from(0, 0, k) + tr2 + tr3;
        let cr2 = from(0, 0, k) + cos_1 * tr2 + cos_2 * tr3;
        let cr3 = from(0, 0, k) + cos_2 * tr2 + cos_1 * tr3;

        let (ci5, ci4) = conjugate_product(ti5, ti4, sin_1, sin_2);

        ch[to(0, k, 4)] = cr2 + ci5;
        ch[to(0, k, 1)] = cr2 - ci5;

        ch[to(0, k, 3)] = cr3 + ci4;
        ch[to(0, k, 2)] = cr3 - ci4;
    }
    if ido == 1 {
        return;
    }
    for k in 0..l1 {
        for i in (2..ido).step_by(2) {
            let ic = ido - i;

            let tr2 = from(i - 1, 2, k) + from(ic - 1, 1, k);
            let tr5 = from(i - 1, 2, k) - from(ic - 1, 1, k);

            let ti5 = from(i, 2, k) + from(ic, 1, k);
            let ti2 = from(i, 2, k) - from(ic, 1, k);

            let tr3 = from(i - 1, 4, k) + from(ic - 1, 3, k);
            let tr4 = from(i - 1, 4, k) - from(ic - 1, 3, k);

            let ti4 = from(i, 4, k) + from(ic, 3, k);
            let ti3 = from(i, 4, k) - from(ic, 3, k);

            ch[to(i - 1, k, 0)] = from(i - 1, 0, k) + tr2 + tr3;
            ch[to(i, k, 0)] = from(i, 0, k) + ti2 + ti3;
            let cr2 = from(i - 1, 0, k) + cos_1 * tr2 + cos_2 * tr3;
            let ci2 = from(i, 0, k) + cos_1 * ti2 + cos_2 * ti3;
            let cr3 = from(i - 1, 0, k) + cos_2 * tr2 + cos_1 * tr3;
            let ci3 = from(i, 0, k) + cos_2 * ti2 + cos_1 * ti3;

            let (cr5, cr4) = conjugate_product(tr5, tr4, sin_1, sin_2);

            let (ci5, ci4) = conjugate_product(ti5, ti4, sin_1, sin_2);

            let dr4 = cr3 + ci4;
            let dr3 = cr3 - ci4;

            let di3 = ci3 + cr4;
            let di4 = ci3 - cr4;

            let dr5 = cr2 + ci5;
            let dr2 = cr2 - ci5;

            let di2 = ci2 + cr5;
            let di5 = ci2 - cr5;

            (ch[to(i, k, 1)], ch[to(i - 1, k, 1)]) = conjugate_product(turn(0, i - 2), turn(0, i - 1), di2, dr2);

            (ch[to(i, k, 2)], ch[to(i - 1, k, 2)]) = conjugate_product(turn(1, i - 2), turn(1, i - 1), di3, dr3);

            (ch[to(i, k, 3)], ch[to(i - 1, k, 3)]) = conjugate_product(turn(2, i - 2), turn(2, i - 1), di4, dr4);

            (ch[to(i, k, 4)], ch[to(i - 1, k, 4)]) = conjugate_product(turn(3, i - 2), turn(3, i - 1), di5, dr5);
        }
    }
}

/// A pass with any odd factor.
pub fn general(shape: Shape, ip: usize, cc: &mut [f64], ch: &mut [f64], wa: &[f64], roots: &[f64]) {
    let Shape { inner: ido, count: l1 } = shape;
    let half = ip.div_ceil(2);
    let all = ido * l1;
    let two = 2.0;
    let at = |a: usize, b: usize, c: usize| a + ido * (b + l1 * c);
    let from = |a: usize, b: usize, c: usize| a + ido * (b + ip * c);
    for k in 0..l1 {
        for i in 0..ido {
            ch[at(i, k, 0)] = cc[from(i, 0, k)];
        }
    }
    for j in 1..half {
        let jc = ip - j;
        for k in 0..l1 {
            ch[at(0, k, j)] = two * cc[from(ido - 1, 2 * j - 1, k)];
            ch[at(0, k, jc)] = two * cc[from(0, 2 * j, k)];
            for i in (1..ido.max(2) - 1).step_by(2) {
                let ic = ido - i - 2;
                ch[at(i, k, j)] = cc[from(i, 2 * j, k)] + cc[from(ic, 2 * j - 1, k)];
                ch[at(i, k, jc)] = cc[from(i, 2 * j, k)] - cc[from(ic, 2 * j - 1, k)];
                ch[at(i + 1, k, j)] = cc[from(i + 1, 2 * j, k)] - cc[from(ic + 1, 2 * j - 1, k)];
                ch[at(i + 1, k, jc)] = cc[from(i + 1, 2 * j, k)] + cc[from(ic + 1, 2 * j - 1, k)];
            }
        }
    }
    for l in 1..half {
        mix(ch, cc, (l, ip, all), roots, |place| place > ip);
    }
    for j in 1..half {
        for ik in 0..all {
            ch[ik] += ch[ik + j * all];
        }
    }
    for j in 1..half {
        for k in 0..l1 {
            let (a, b) = (cc[at(0, k, j)], cc[at(0, k, ip - j)]);
            ch[at(0, k, ip - j)] = a + b;
            ch[at(0, k, j)] = a - b;
        }
    }
    if ido == 1 {
        return;
    }
    for j in 1..half {
        let jc = ip - j;
        for k in 0..l1 {
            for i in (1..ido - 1).step_by(2) {
                ch[at(i, k, j)] = cc[at(i, k, j)] - cc[at(i + 1, k, jc)];
                ch[at(i, k, jc)] = cc[at(i, k, j)] + cc[at(i + 1, k, jc)];
                ch[at(i + 1, k, j)] = cc[at(i + 1, k, j)] + cc[at(i, k, jc)];
                ch[at(i + 1, k, jc)] = cc[at(i + 1, k, j)] - cc[at(i, k, jc)];
            }
        }
    }
    for j in 1..ip {
        for k in 0..l1 {
            for i in (1..ido - 1).step_by(2) {
                let w = (j - 1) * (ido - 1) + i - 1;
                let (t1, t2) = (ch[at(i, k, j)], ch[at(i + 1, k, j)]);
                ch[at(i, k, j)] = wa[w] * t1 - wa[w + 1] * t2;
                ch[at(i + 1, k, j)] = wa[w] * t2 + wa[w + 1] * t1;
            }
        }
    }
}
