//! Angles: trigonometric and hyperbolic functions: universal functions, element by element.

use crate::registry::{Function, MemoryRule, Run, Section};

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: FUNCTIONS,
    attributes: &[],
    constants: &[],
    aliases: &[
        ("np.asin", "np.arcsin"),
        ("np.acos", "np.arccos"),
        ("np.atan", "np.arctan"),
        ("np.atan2", "np.arctan2"),
        ("np.asinh", "np.arcsinh"),
        ("np.acosh", "np.arccosh"),
        ("np.atanh", "np.arctanh"),
    ],
    classes: &[],
};

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.sin",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The sine of radians.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.sin([0, np.pi / 2])
array([0., 1.])
",
        see_also: &["np.cos", "np.arcsin"],
        run: Run::Ufunc("sin"),
    },
    Function {
        name: "np.cos",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The cosine of radians.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.cos([0, np.pi])
array([ 1., -1.])
",
        see_also: &["np.sin", "np.arccos"],
        run: Run::Ufunc("cos"),
    },
    Function {
        name: "np.tan",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The tangent of radians.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.tan([0, np.pi / 4])
array([0., 1.])
",
        see_also: &["np.arctan"],
        run: Run::Ufunc("tan"),
    },
    Function {
        name: "np.arcsin",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The angle in radians whose sine this is.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.arcsin([0, 1])
array([0.        , 1.57079633])
",
        see_also: &["np.sin"],
        run: Run::Ufunc("arcsin"),
    },
    Function {
        name: "np.arccos",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The angle in radians whose cosine this is.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.arccos([1, 0])
array([0.        , 1.57079633])
",
        see_also: &["np.cos"],
        run: Run::Ufunc("arccos"),
    },
    Function {
        name: "np.arctan",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The angle in radians whose tangent this is.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.arctan([0, 1])
array([0.        , 0.78539816])
",
        see_also: &["np.tan", "np.arctan2"],
        run: Run::Ufunc("arctan"),
    },
    Function {
        name: "np.arctan2",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The angle in radians of the point (x2, x1), in the right quadrant.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.arctan2([1, -1], [1, -1])
array([ 0.78539816, -2.35619449])
",
        see_also: &["np.arctan", "np.hypot"],
        run: Run::Ufunc("arctan2"),
    },
    Function {
        name: "np.hypot",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The long side of a right triangle.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.hypot([3, 5], [4, 12])
array([ 5., 13.])
",
        see_also: &["np.arctan2"],
        run: Run::Ufunc("hypot"),
    },
    Function {
        name: "np.sinh",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The hyperbolic sine.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.sinh([0, 1])
array([0.        , 1.17520119])
",
        see_also: &["np.arcsinh"],
        run: Run::Ufunc("sinh"),
    },
    Function {
        name: "np.cosh",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The hyperbolic cosine.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.cosh([0, 1])
array([1.        , 1.54308063])
",
        see_also: &["np.arccosh"],
        run: Run::Ufunc("cosh"),
    },
    Function {
        name: "np.tanh",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The hyperbolic tangent.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.tanh([0, 1])
array([0.        , 0.76159416])
",
        see_also: &["np.arctanh"],
        run: Run::Ufunc("tanh"),
    },
    Function {
        name: "np.arcsinh",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The number whose hyperbolic sine this is.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.arcsinh([0, 1])
array([0.        , 0.88137359])
",
        see_also: &["np.sinh"],
        run: Run::Ufunc("arcsinh"),
    },
    Function {
        name: "np.arccosh",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The number whose hyperbolic cosine this is.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.arccosh([1, 2])
array([0.       , 1.3169579])
",
        see_also: &["np.cosh"],
        run: Run::Ufunc("arccosh"),
    },
    Function {
        name: "np.arctanh",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The number whose hyperbolic tangent this is.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.arctanh([0, 0.5])
array([0.        , 0.54930614])
",
        see_also: &["np.tanh"],
        run: Run::Ufunc("arctanh"),
    },
    Function {
        name: "np.degrees",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Radians as degrees.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.degrees([0, np.pi])
array([  0., 180.])
",
        see_also: &["np.radians"],
        run: Run::Ufunc("degrees"),
    },
    Function {
        name: "np.radians",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Degrees as radians.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.radians([0, 180])
array([0.        , 3.14159265])
",
        see_also: &["np.degrees"],
        run: Run::Ufunc("radians"),
    },
    Function {
        name: "np.deg2rad",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Degrees as radians.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.deg2rad(90)
np.float64(1.5707963267948966)
",
        see_also: &["np.radians"],
        run: Run::Ufunc("deg2rad"),
    },
    Function {
        name: "np.rad2deg",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Radians as degrees.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.rad2deg(np.pi)
np.float64(180.0)
",
        see_also: &["np.degrees"],
        run: Run::Ufunc("rad2deg"),
    },
];
