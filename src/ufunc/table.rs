//! The op table: every ufunc, one line each.

use super::float_status::Rule::{self, Divide, Overflow, Pole, Power, Unchecked};
use super::loops::{Loop, arithmetic::*, bits::*, compare::*, math::*};
use super::{Identity, Resolver, Ufunc};
use Identity::{MinusInfinity, MinusOne, One, Reorderable, Zero};
use Resolver::{Comparison, Default, Logical, Uniform};

const fn row(
    name: &'static str,
    counts: (usize, usize),
    identity: Identity,
    resolver: Resolver,
    rule: Rule,
    loops: &'static [Loop],
) -> Ufunc {
    Ufunc { name, nin: counts.0, nout: counts.1, identity, resolver, rule, loops }
}

/// Every ufunc, sorted by name.
pub static TABLE: &[Ufunc] = &[
    row("absolute", (1, 1), Identity::None, Resolver::Absolute, Overflow, ABSOLUTE),
    row("add", (2, 1), Zero, Uniform, Overflow, ADD),
    row("arccos", (1, 1), Identity::None, Default, Overflow, ARCCOS),
    row("arccosh", (1, 1), Identity::None, Default, Overflow, ARCCOSH),
    row("arcsin", (1, 1), Identity::None, Default, Overflow, ARCSIN),
    row("arcsinh", (1, 1), Identity::None, Default, Overflow, ARCSINH),
    row("arctan", (1, 1), Identity::None, Default, Overflow, ARCTAN),
    row("arctan2", (2, 1), Identity::None, Default, Unchecked, ARCTAN2),
    row("arctanh", (1, 1), Identity::None, Default, Pole, ARCTANH),
    row("bitwise_and", (2, 1), MinusOne, Default, Unchecked, BITWISE_AND),
    row("bitwise_count", (1, 1), Identity::None, Default, Unchecked, BITWISE_COUNT),
    row("bitwise_or", (2, 1), Zero, Default, Unchecked, BITWISE_OR),
    row("bitwise_xor", (2, 1), Zero, Default, Unchecked, BITWISE_XOR),
    row("cbrt", (1, 1), Identity::None, Default, Overflow, CBRT),
    row("ceil", (1, 1), Identity::None, Default, Unchecked, CEIL),
    row("clip", (3, 1), Reorderable, Uniform, Unchecked, CLIP),
    row("conjugate", (1, 1), Identity::None, Default, Unchecked, CONJUGATE),
    row("copysign", (2, 1), Identity::None, Default, Unchecked, COPYSIGN),
    row("cos", (1, 1), Identity::None, Default, Overflow, COS),
    row("cosh", (1, 1), Identity::None, Default, Overflow, COSH),
    row("deg2rad", (1, 1), Identity::None, Default, Unchecked, RADIANS),
    row("degrees", (1, 1), Identity::None, Default, Overflow, DEGREES),
    row("divide", (2, 1), Identity::None, Resolver::TrueDivide, Divide, DIVIDE),
    row("divmod", (2, 2), Identity::None, Default, Divide, DIVMOD),
    row("equal", (2, 1), Identity::None, Comparison, Unchecked, EQUAL),
    row("exp", (1, 1), Identity::None, Default, Overflow, EXP),
    row("exp2", (1, 1), Identity::None, Default, Overflow, EXP2),
    row("expm1", (1, 1), Identity::None, Default, Overflow, EXPM1),
    row("fabs", (1, 1), Identity::None, Default, Unchecked, FABS),
    row("float_power", (2, 1), Identity::None, Default, Power, FLOAT_POWER),
    row("floor", (1, 1), Identity::None, Default, Unchecked, FLOOR),
    row("floor_divide", (2, 1), Identity::None, Default, Divide, FLOOR_DIVIDE),
    row("fmax", (2, 1), Reorderable, Uniform, Unchecked, FMAX),
    row("fmin", (2, 1), Reorderable, Uniform, Unchecked, FMIN),
    row("fmod", (2, 1), Identity::None, Default, Divide, FMOD),
    row("frexp", (1, 2), Identity::None, Default, Unchecked, FREXP),
    row("gcd", (2, 1), Zero, Uniform, Unchecked, GCD),
    row("greater", (2, 1), Identity::None, Comparison, Unchecked, GREATER),
    row("greater_equal", (2, 1), Identity::None, Comparison, Unchecked, GREATER_EQUAL),
    row("heaviside", (2, 1), Identity::None, Default, Unchecked, HEAVISIDE),
    row("hypot", (2, 1), Zero, Default, Overflow, HYPOT),
    row("invert", (1, 1), Identity::None, Default, Unchecked, INVERT),
    row("isfinite", (1, 1), Identity::None, Default, Unchecked, ISFINITE),
    row("isinf", (1, 1), Identity::None, Default, Unchecked, ISINF),
    row("isnan", (1, 1), Identity::None, Default, Unchecked, ISNAN),
    row("isnat", (1, 1), Identity::None, Default, Unchecked, &[]),
    row("lcm", (2, 1), Identity::None, Uniform, Unchecked, LCM),
    row("ldexp", (2, 1), Identity::None, Default, Overflow, LDEXP),
    row("left_shift", (2, 1), Identity::None, Default, Unchecked, LEFT_SHIFT),
    row("less", (2, 1), Identity::None, Comparison, Unchecked, LESS),
    row("less_equal", (2, 1), Identity::None, Comparison, Unchecked, LESS_EQUAL),
    row("log", (1, 1), Identity::None, Default, Pole, LOG),
    row("log10", (1, 1), Identity::None, Default, Pole, LOG10),
    row("log1p", (1, 1), Identity::None, Default, Pole, LOG1P),
    row("log2", (1, 1), Identity::None, Default, Pole, LOG2),
    row("logaddexp", (2, 1), MinusInfinity, Default, Overflow, LOGADDEXP),
    row("logaddexp2", (2, 1), MinusInfinity, Default, Overflow, LOGADDEXP2),
    row("logical_and", (2, 1), One, Logical, Unchecked, LOGICAL_AND),
    row("logical_not", (1, 1), Identity::None, Default, Unchecked, LOGICAL_NOT),
    row("logical_or", (2, 1), Zero, Logical, Unchecked, LOGICAL_OR),
    row("logical_xor", (2, 1), Zero, Logical, Unchecked, LOGICAL_XOR),
    row("maximum", (2, 1), Reorderable, Uniform, Unchecked, MAXIMUM),
    row("minimum", (2, 1), Reorderable, Uniform, Unchecked, MINIMUM),
    row("modf", (1, 2), Identity::None, Default, Unchecked, MODF),
    row("multiply", (2, 1), One, Uniform, Overflow, MULTIPLY),
    row("negative", (1, 1), Identity::None, Resolver::Negative, Unchecked, NEGATIVE),
    row("nextafter", (2, 1), Identity::None, Default, Overflow, NEXTAFTER),
    row("not_equal", (2, 1), Identity::None, Comparison, Unchecked, NOT_EQUAL),
    row("positive", (1, 1), Identity::None, Uniform, Unchecked, POSITIVE),
    row("power", (2, 1), Identity::None, Default, Power, POWER),
    row("rad2deg", (1, 1), Identity::None, Default, Overflow, DEGREES),
    row("radians", (1, 1), Identity::None, Default, Unchecked, RADIANS),
    row("reciprocal", (1, 1), Identity::None, Default, Power, RECIPROCAL),
    row("remainder", (2, 1), Identity::None, Default, Divide, REMAINDER),
    row("right_shift", (2, 1), Identity::None, Default, Unchecked, RIGHT_SHIFT),
    row("rint", (1, 1), Identity::None, Default, Unchecked, RINT),
    row("sign", (1, 1), Identity::None, Uniform, Unchecked, SIGN),
    row("signbit", (1, 1), Identity::None, Default, Unchecked, SIGNBIT),
    row("sin", (1, 1), Identity::None, Default, Overflow, SIN),
    row("sinh", (1, 1), Identity::None, Default, Overflow, SINH),
    row("spacing", (1, 1), Identity::None, Default, Unchecked, SPACING),
    row("sqrt", (1, 1), Identity::None, Default, Overflow, SQRT),
    row("square", (1, 1), Identity::None, Default, Overflow, SQUARE),
    row("subtract", (2, 1), Identity::None, Resolver::Subtract, Overflow, SUBTRACT),
    row("tan", (1, 1), Identity::None, Default, Overflow, TAN),
    row("tanh", (1, 1), Identity::None, Default, Overflow, TANH),
    row("trunc", (1, 1), Identity::None, Default, Unchecked, TRUNC),
];

/// NumPy's other names of the same functions.
const ALIASES: &[(&str, &str)] = &[
    ("abs", "absolute"),
    ("acos", "arccos"),
    ("acosh", "arccosh"),
    ("asin", "arcsin"),
    ("asinh", "arcsinh"),
    ("atan", "arctan"),
    ("atan2", "arctan2"),
    ("atanh", "arctanh"),
    ("bitwise_invert", "invert"),
    ("bitwise_left_shift", "left_shift"),
    ("bitwise_not", "invert"),
    ("bitwise_right_shift", "right_shift"),
    ("conj", "conjugate"),
    ("mod", "remainder"),
    ("pow", "power"),
    ("true_divide", "divide"),
];

/// The ufunc of this name, for those who know it when the program is compiled; only to be called in constants, where
/// a name that is not in the table is an error of the compiler.
pub const fn named(name: &str) -> &'static Ufunc {
    let mut at = 0;
    while !is_same(TABLE[at].name, name) {
        at += 1;
    }
    &TABLE[at]
}

const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// The ufunc of this name or alias.
pub fn find(name: &str) -> Option<&'static Ufunc> {
    let by_name = |name: &str| TABLE.binary_search_by(|ufunc| ufunc.name.cmp(name)).ok().map(|at| &TABLE[at]);
    by_name(name).or_else(|| {
        let at = ALIASES.binary_search_by(|(alias, _)| (*alias).cmp(name)).ok()?;
        by_name(ALIASES[at].1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_and_found() {
        assert!(TABLE.is_sorted_by(|a, b| a.name < b.name));
        assert!(ALIASES.is_sorted());
        assert!(ALIASES.iter().all(|(alias, _)| find(alias).is_some()));
        assert_eq!(find("pow").map(|ufunc| ufunc.name), Some("power"));
        assert!(find("isnothing").is_none());
    }
}
