//! Arithmetic: universal functions, element by element.

use crate::registry::{Function, MemoryRule, Run, Section};

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: FUNCTIONS,
    attributes: &[],
    constants: &[],
    aliases: &[
        ("np.true_divide", "np.divide"),
        ("np.mod", "np.remainder"),
        ("np.abs", "np.absolute"),
        ("np.conj", "np.conjugate"),
    ],
    classes: &[],
};

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.add",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Adds element by element: `a + b`.",
        memory: MemoryRule::New,
        notes: "`a + b` allocates the result; `np.add(a, b, out=a)` and `a += b` allocate nothing.",
        example: r"
>>> a = np.arange(3)
>>> a + 10
array([10, 11, 12])
>>> np.add(a, 10, out=a) is a
True
",
        see_also: &["np.subtract", "np.sum"],
        run: Run::Ufunc("add"),
    },
    Function {
        name: "np.subtract",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Subtracts element by element: `a - b`.",
        memory: MemoryRule::New,
        notes: "Bools are refused: `^` and `~` say what is meant.",
        example: r"
>>> np.subtract([5, 7], 2)
array([3, 5])
",
        see_also: &["np.add", "np.negative"],
        run: Run::Ufunc("subtract"),
    },
    Function {
        name: "np.multiply",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Multiplies element by element: `a * b`.",
        memory: MemoryRule::New,
        notes: "Broadcasting makes the result as large as both shapes together: a column times a row is a whole table.",
        example: r"
>>> np.multiply([1, 2, 3], [[1], [10]])
array([[ 1,  2,  3],
       [10, 20, 30]])
",
        see_also: &["np.divide", "np.matmul"],
        run: Run::Ufunc("multiply"),
    },
    Function {
        name: "np.divide",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Divides element by element: `a / b`. Integers give floats.",
        memory: MemoryRule::New,
        notes: "The result of integers is float64, so `a /= 2` in an integer array is refused.",
        example: r"
>>> np.divide([1, 2, 3], 2)
array([0.5, 1. , 1.5])
",
        see_also: &["np.floor_divide", "np.multiply"],
        run: Run::Ufunc("divide"),
    },
    Function {
        name: "np.floor_divide",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The largest integer not above the quotient: `a // b`.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.floor_divide([7, -7], 2)
array([ 3, -4])
",
        see_also: &["np.divide", "np.remainder"],
        run: Run::Ufunc("floor_divide"),
    },
    Function {
        name: "np.remainder",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "What is left of a floor division, with the divisor's sign: `a % b`.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.remainder([7, -7], 3)
array([1, 2])
",
        see_also: &["np.fmod", "np.floor_divide"],
        run: Run::Ufunc("remainder"),
    },
    Function {
        name: "np.fmod",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "What is left of a division cut towards zero, with the dividend's sign, as in C.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fmod([7, -7], 3)
array([ 1, -1])
",
        see_also: &["np.remainder"],
        run: Run::Ufunc("fmod"),
    },
    Function {
        name: "np.divmod",
        signature: "(x1, x2, /, out=(None, None), *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Floor division and remainder in one pass: two results.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.divmod(np.arange(5), 3)
(array([0, 0, 0, 1, 1]), array([0, 1, 2, 0, 1]))
",
        see_also: &["np.floor_divide", "np.remainder"],
        run: Run::Ufunc("divmod"),
    },
    Function {
        name: "np.power",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Raises element by element: `a ** b`.",
        memory: MemoryRule::New,
        notes: "Integers to negative integer powers are refused: `np.float_power` gives floats.",
        example: r"
>>> np.power([1, 2, 3], 2)
array([1, 4, 9])
",
        see_also: &["np.square", "np.float_power"],
        run: Run::Ufunc("power"),
    },
    Function {
        name: "np.float_power",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Raises element by element, always in floating point.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.float_power([1, 2, 4], -1)
array([1.  , 0.5 , 0.25])
",
        see_also: &["np.power"],
        run: Run::Ufunc("float_power"),
    },
    Function {
        name: "np.negative",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The opposite: `-a`.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.negative([1, -2])
array([-1,  2])
",
        see_also: &["np.positive", "np.absolute"],
        run: Run::Ufunc("negative"),
    },
    Function {
        name: "np.positive",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The same values in a new array: `+a`.",
        memory: MemoryRule::New,
        notes: "A copy, although nothing changes.",
        example: r"
>>> a = np.array([1, -2])
>>> np.positive(a) is a
False
",
        see_also: &["np.negative"],
        run: Run::Ufunc("positive"),
    },
    Function {
        name: "np.absolute",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The size without the sign; of complex numbers the length.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.absolute([-1.5, 2])
array([1.5, 2. ])
>>> np.absolute(3 + 4j)
np.float64(5.0)
",
        see_also: &["np.fabs", "np.sign"],
        run: Run::Ufunc("absolute"),
    },
    Function {
        name: "np.fabs",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The size without the sign, always as a float.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fabs([-1, 2])
array([1., 2.])
",
        see_also: &["np.absolute"],
        run: Run::Ufunc("fabs"),
    },
    Function {
        name: "np.sign",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "-1, 0 or 1, by the sign.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.sign([-3.5, 0, 2])
array([-1.,  0.,  1.])
",
        see_also: &["np.signbit", "np.absolute"],
        run: Run::Ufunc("sign"),
    },
    Function {
        name: "np.reciprocal",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "1 divided by each element, in the element's own type.",
        memory: MemoryRule::New,
        notes: "Of integers it is 0 for all but 1 and -1: the type stays integer.",
        example: r"
>>> np.reciprocal([1., 2., 4.])
array([1.  , 0.5 , 0.25])
",
        see_also: &["np.divide"],
        run: Run::Ufunc("reciprocal"),
    },
    Function {
        name: "np.square",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Each element times itself.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.square([1, 2, -3])
array([1, 4, 9])
",
        see_also: &["np.sqrt", "np.power"],
        run: Run::Ufunc("square"),
    },
    Function {
        name: "np.sqrt",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The square root.",
        memory: MemoryRule::New,
        notes: "Negative floats give nan and a warning; complex input has no such gap.",
        example: r"
>>> np.sqrt([1, 4, 9])
array([1., 2., 3.])
",
        see_also: &["np.square", "np.cbrt"],
        run: Run::Ufunc("sqrt"),
    },
    Function {
        name: "np.cbrt",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The cube root.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.cbrt([1, 8, -27])
array([ 1.,  2., -3.])
",
        see_also: &["np.sqrt"],
        run: Run::Ufunc("cbrt"),
    },
    Function {
        name: "np.gcd",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The greatest common divisor.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.gcd([12, 18], 8)
array([4, 2])
",
        see_also: &["np.lcm"],
        run: Run::Ufunc("gcd"),
    },
    Function {
        name: "np.lcm",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The lowest common multiple.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.lcm([4, 6], 10)
array([20, 30])
",
        see_also: &["np.gcd"],
        run: Run::Ufunc("lcm"),
    },
    Function {
        name: "np.conjugate",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The complex conjugate.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.conjugate([1 + 2j, 3])
array([1.-2.j, 3.-0.j])
",
        see_also: &["np.absolute"],
        run: Run::Ufunc("conjugate"),
    },
];
