//! Rounding, and the parts of a number: universal functions, element by element.

use crate::registry::{Function, MemoryRule, Run, Section};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.rint",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The nearest whole number, halves to even.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.rint([0.5, 1.5, 2.6])
array([0., 2., 3.])
",
        see_also: &["np.floor", "np.ceil", "np.trunc"],
        run: Run::Ufunc("rint"),
    },
    Function {
        name: "np.floor",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The largest whole number not above.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.floor([-1.5, 1.5])
array([-2.,  1.])
",
        see_also: &["np.ceil", "np.trunc", "np.rint"],
        run: Run::Ufunc("floor"),
    },
    Function {
        name: "np.ceil",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The smallest whole number not below.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.ceil([-1.5, 1.5])
array([-1.,  2.])
",
        see_also: &["np.floor", "np.trunc", "np.rint"],
        run: Run::Ufunc("ceil"),
    },
    Function {
        name: "np.trunc",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The whole part: cut towards zero.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.trunc([-1.5, 1.5])
array([-1.,  1.])
",
        see_also: &["np.floor", "np.ceil"],
        run: Run::Ufunc("trunc"),
    },
    Function {
        name: "np.modf",
        signature: "(x, /, out=(None, None), *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The fractional and the whole part: two results.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.modf([1.5, -2.25])
(array([ 0.5 , -0.25]), array([ 1., -2.]))
",
        see_also: &["np.trunc", "np.frexp"],
        run: Run::Ufunc("modf"),
    },
    Function {
        name: "np.frexp",
        signature: "(x, /, out=(None, None), *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Mantissa and exponent: `x == m * 2**e` with m in [0.5, 1).",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.frexp([1.0, 10.0])
(array([0.5  , 0.625]), array([1, 4], dtype=int32))
",
        see_also: &["np.ldexp"],
        run: Run::Ufunc("frexp"),
    },
    Function {
        name: "np.ldexp",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "`x * 2**e`, exactly.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.ldexp([1.0, 0.75], [3, 2])
array([8., 3.])
",
        see_also: &["np.frexp"],
        run: Run::Ufunc("ldexp"),
    },
    Function {
        name: "np.copysign",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The size of the first with the sign of the second.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.copysign([1.0, 2.0], [-0.0, 3])
array([-1.,  2.])
",
        see_also: &["np.signbit"],
        run: Run::Ufunc("copysign"),
    },
    Function {
        name: "np.nextafter",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The next number that the type can hold, towards the second.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.nextafter(1.0, 2.0) - 1.0
np.float64(2.220446049250313e-16)
",
        see_also: &["np.spacing"],
        run: Run::Ufunc("nextafter"),
    },
    Function {
        name: "np.spacing",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The distance to the next number that the type can hold.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.spacing(1.0)
np.float64(2.220446049250313e-16)
",
        see_also: &["np.nextafter"],
        run: Run::Ufunc("spacing"),
    },
    Function {
        name: "np.heaviside",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "0 below zero, 1 above, the second argument at zero.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.heaviside([-1.0, 0.0, 2.0], 0.5)
array([0. , 0.5, 1. ])
",
        see_also: &["np.sign"],
        run: Run::Ufunc("heaviside"),
    },
];
