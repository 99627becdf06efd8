//! The loops of comparison, logic and the tests of floats.

use super::half;
use super::{Loop, Status, binary, binary_status, fold_any_order, signature, table, unary};
use crate::array::Element;
use crate::array::Type;
use crate::memory::Bool;
use num_complex::{Complex, Complex32, Complex64};
use num_traits::Float;

/// NumPy's order of complex numbers: by the real parts, then by the imaginary ones; false where a part that
/// decides is NaN (`CGT` and its kin, loops_utils).
#[inline(always)]
pub fn compare_complex<P: Float>(
    a: Complex<P>,
    b: Complex<P>,
    strictly: impl Fn(P, P) -> bool,
    loosely: impl Fn(P, P) -> bool,
) -> bool {
    (strictly(a.re, b.re) && !a.im.is_nan() && !b.im.is_nan()) || (a.re == b.re && loosely(a.im, b.im))
}

/// Whether C's comparison of the parts that decide meets a NaN.
fn cannot_compare<P: Float>(a: Complex<P>, b: Complex<P>) -> bool {
    a.re.is_nan() || b.re.is_nan() || (a.re == b.re && (a.im.is_nan() || b.im.is_nan()))
}

macro_rules! comparison {
    ($name:ident, $op:tt, $strict:tt) => {
        pub static $name: &[Loop] = table!([]
            bool "??->?" binary(|a: Bool, b: Bool| Bool::from(a.is_true() $op b.is_true()));
            ints "xx->?" binary(|a: T, b: T| Bool::from(a $op b));
            signed_unsigned "lL->?" binary(|a: i64, b: u64| Bool::from((a as i128) $op (b as i128)));
            unsigned_signed "Ll->?" binary(|a: u64, b: i64| Bool::from((a as i128) $op (b as i128)));
            floats "xx->?" binary(|a: T, b: T| Bool::from(a $op b));
            complexes "xx->?" binary_status(|a: T, b: T| {
                let holds = compare_complex(a, b, |x, y| x $strict y, |x, y| x $op y);
                (Bool::from(holds), Status::when(cannot_compare(a, b), Status::INVALID))
            });
        );
    };
}
comparison!(GREATER, >, >);
comparison!(GREATER_EQUAL, >=, >);
comparison!(LESS, <, <);
comparison!(LESS_EQUAL, <=, <);

macro_rules! equality {
    ($name:ident, $op:tt) => {
        pub static $name: &[Loop] = table!([]
            bool "??->?" binary(|a: Bool, b: Bool| Bool::from(a.is_true() $op b.is_true()));
            ints "xx->?" binary(|a: T, b: T| Bool::from(a $op b));
            signed_unsigned "lL->?" binary(|a: i64, b: u64| Bool::from((a as i128) $op (b as i128)));
            unsigned_signed "Ll->?" binary(|a: u64, b: i64| Bool::from((a as i128) $op (b as i128)));
            floats "xx->?" binary(|a: T, b: T| Bool::from(a $op b));
            complexes "xx->?" binary(|a: T, b: T| Bool::from(a $op b));
        );
    };
}
equality!(EQUAL, ==);
equality!(NOT_EQUAL, !=);

macro_rules! logic {
    ($name:ident, $op:tt) => {
        pub static $name: &[Loop] = table!([]
            bool "??->?" fold_any_order(|a: Bool, b: Bool| Bool::from(a.is_true() $op b.is_true()));
            ints "xx->?" binary(|a: T, b: T| Bool::from((a != 0) $op (b != 0)));
            floats "xx->?" binary(|a: T, b: T| Bool::from((a != 0.0) $op (b != 0.0)));
            complexes "xx->?" binary(|a: T, b: T| {
                Bool::from((a.re != 0.0 || a.im != 0.0) $op (b.re != 0.0 || b.im != 0.0))
            });
        );
    };
}
logic!(LOGICAL_AND, &);
logic!(LOGICAL_OR, |);
logic!(LOGICAL_XOR, ^);

pub static LOGICAL_NOT: &[Loop] = table!([]
    bool "?->?" unary(|a: Bool| Bool::from(!a.is_true()));
    ints "x->?" unary(|a: T| Bool::from(a == 0));
    floats "x->?" unary(|a: T| Bool::from(a == 0.0));
    complexes "x->?" unary(|a: T| Bool::from(a.re == 0.0 && a.im == 0.0));
);

pub static ISNAN: &[Loop] = table!([]
    bool "?->?" unary(|_: Bool| Bool(0));
    ints "x->?" unary(|_: T| Bool(0));
    floats "x->?" unary(|a: T| Bool::from(a.is_nan()));
    complexes "x->?" unary(|a: T| Bool::from(a.re.is_nan() || a.im.is_nan()));
);

pub static ISINF: &[Loop] = table!([]
    bool "?->?" unary(|_: Bool| Bool(0));
    ints "x->?" unary(|_: T| Bool(0));
    floats "x->?" unary(|a: T| Bool::from(a.is_infinite()));
    complexes "x->?" unary(|a: T| Bool::from(a.re.is_infinite() || a.im.is_infinite()));
);

pub static ISFINITE: &[Loop] = table!([]
    bool "?->?" unary(|_: Bool| Bool(1));
    ints "x->?" unary(|_: T| Bool(1));
    floats "x->?" unary(|a: T| Bool::from(a.is_finite()));
    complexes "x->?" unary(|a: T| Bool::from(a.re.is_finite() && a.im.is_finite()));
);

pub static SIGNBIT: &[Loop] = table!([]
    floats "x->?" unary(|a: T| Bool::from(a.is_sign_negative()));
);
