//! Plane rotations and 2 by 2 matrices (dlartg, dlaev2, dlasv2, dlas2).

/// Fortran's `SIGN`: the size of the first with the sign of the second.
pub fn with_sign(size: f64, sign: f64) -> f64 {
    size.abs().copysign(sign)
}

/// cos, sin and r with `cos f + sin g = r` and `-sin f + cos g = 0` (dlartg).
pub fn rotation(f: f64, g: f64) -> (f64, f64, f64) {
    if g == 0.0 {
        return (1.0, 0.0, f);
    }
    if f == 0.0 {
        return (0.0, with_sign(1.0, g), g.abs());
    }
    let (low, high) = (1.5e-154, 6.7e153);
    let (f1, g1) = (f.abs(), g.abs());
    let scale = if f1 > low && f1 < high && g1 > low && g1 < high { 1.0 } else { f1.max(g1).clamp(1e-300, 1e300) };
    let (fs, gs) = (f / scale, g / scale);
    let d = (fs * fs + gs * gs).sqrt();
    let cos = fs.abs() / d;
    let r = with_sign(d, f);
    (cos, gs / r, r * scale)
}

/// The eigenvalues of `[[a, b], [b, c]]`, the larger in size first, and its eigenvector (dlaev2).
pub fn symmetric_pair(a: f64, b: f64, c: f64) -> (f64, f64, f64, f64) {
    let (sum, difference, twice) = (a + c, a - c, b + b);
    let (adf, ab) = (difference.abs(), twice.abs());
    let (most, least) = if a.abs() > c.abs() { (a, c) } else { (c, a) };
    let root = if adf > ab {
        adf * (1.0 + (ab / adf).powi(2)).sqrt()
    } else if adf < ab {
        ab * (1.0 + (adf / ab).powi(2)).sqrt()
    } else {
        ab * 2f64.sqrt()
    };
    let (first, second, sign1) = if sum < 0.0 {
        let first = 0.5 * (sum - root);
        (first, (most / first) * least - (b / first) * b, -1)
    } else if sum > 0.0 {
        let first = 0.5 * (sum + root);
        (first, (most / first) * least - (b / first) * b, 1)
    } else {
        (0.5 * root, -0.5 * root, 1)
    };
    let (cs, sign2) = if difference >= 0.0 { (difference + root, 1) } else { (difference - root, -1) };
    let (mut cos, mut sin);
    if cs.abs() > ab {
        let ct = -twice / cs;
        sin = 1.0 / (1.0 + ct * ct).sqrt();
        cos = ct * sin;
    } else if ab == 0.0 {
        (cos, sin) = (1.0, 0.0);
    } else {
        let tn = -cs / twice;
        cos = 1.0 / (1.0 + tn * tn).sqrt();
        sin = tn * cos;
    }
    if sign1 == sign2 {
        (cos, sin) = (-sin, cos);
    }
    (first, second, cos, sin)
}

/// The singular values of `[[f, g], [0, h]]`, the smaller first (dlas2).
pub fn triangular_values(f: f64, g: f64, h: f64) -> (f64, f64) {
    let (fa, ga, ha) = (f.abs(), g.abs(), h.abs());
    let (least, most) = (fa.min(ha), fa.max(ha));
    if least == 0.0 {
        let large = if most == 0.0 {
            ga
        } else {
            let (small, big) = (most.min(ga), most.max(ga));
            big * (1.0 + (small / big).powi(2)).sqrt()
        };
        return (0.0, large);
    }
    if ga < most {
        let (s, t, u) = (1.0 + least / most, (most - least) / most, (ga / most).powi(2));
        let c = 2.0 / ((s * s + u).sqrt() + (t * t + u).sqrt());
        return (least * c, most / c);
    }
    let u = most / ga;
    if u == 0.0 {
        return ((least * most) / ga, ga);
    }
    let (s, t) = (1.0 + least / most, (most - least) / most);
    let c = 1.0 / ((1.0 + (s * u).powi(2)).sqrt() + (1.0 + (t * u).powi(2)).sqrt());
    let small = (least * c) * u;
    (small + small, ga / (c + c))
}

/// The singular value decomposition of `[[f, g], [0, h]]`: the smaller and the larger value with signs, and the
/// right and left rotations (dlasv2).
pub struct TriangularSvd {
    /// The smaller value.
    pub small: f64,
    /// The larger value.
    pub large: f64,
    /// Right rotation.
    pub right: (f64, f64),
    /// Left rotation.
    pub left: (f64, f64),
}

/// See [`TriangularSvd`].
pub fn triangular_svd(f: f64, g: f64, h: f64) -> TriangularSvd {
    let (mut ft, mut fa, mut ht, mut ha) = (f, f.abs(), h, h.abs());
    let mut largest = 1;
    let swap = ha > fa;
    if swap {
        largest = 3;
        std::mem::swap(&mut ft, &mut ht);
        std::mem::swap(&mut fa, &mut ha);
    }
    let (gt, ga) = (g, g.abs());
    let (mut small, mut large, clt, crt, slt, srt);
    if ga == 0.0 {
        (small, large, clt, crt, slt, srt) = (ha, fa, 1.0, 1.0, 0.0, 0.0);
    } else {
        let mut is_normal = true;
        if ga > fa {
            largest = 2;
            is_normal = fa / ga >= f64::EPSILON / 2.0;
        }
        if !is_normal {
            large = ga;
            small = if ha > 1.0 { fa / (ga / ha) } else { (fa / ga) * ha };
            (clt, slt, srt, crt) = (1.0, ht / gt, 1.0, ft / gt);
        } else {
            let d = fa - ha;
            let mut l = if d == fa { 1.0 } else { d / fa };
            let m = gt / ft;
            let mut t = 2.0 - l;
            let (mm, tt) = (m * m, t * t);
            let s = (tt + mm).sqrt();
            let r = if l == 0.0 { m.abs() } else { (l * l + mm).sqrt() };
            let a = 0.5 * (s + r);
            small = ha / a;
            large = fa * a;
            if mm == 0.0 {
                t = if l == 0.0 { with_sign(2.0, ft) * with_sign(1.0, gt) } else { gt / with_sign(d, ft) + m / t };
            } else {
                t = (m / (s + t) + m / (r + l)) * (1.0 + a);
            }
            l = (t * t + 4.0).sqrt();
            crt = 2.0 / l;
            srt = t / l;
            clt = (crt + srt * m) / a;
            slt = (ht / ft) * srt / a;
        }
    }
    let (csl, snl, csr, snr) = if swap { (srt, crt, slt, clt) } else { (clt, slt, crt, srt) };
    let sign = match largest {
        1 => with_sign(1.0, csr) * with_sign(1.0, csl) * with_sign(1.0, f),
        2 => with_sign(1.0, snr) * with_sign(1.0, csl) * with_sign(1.0, g),
        _ => with_sign(1.0, snr) * with_sign(1.0, snl) * with_sign(1.0, h),
    };
    large = with_sign(large, sign);
    small = with_sign(small, sign * with_sign(1.0, f) * with_sign(1.0, h));
    TriangularSvd { small, large, right: (csr, snr), left: (csl, snl) }
}
