//! Comparison and logic: universal functions, element by element.

use crate::registry::{Function, MemoryRule, Run, Section};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.greater",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each is above: `a > b`.",
        memory: MemoryRule::New,
        notes: "The result is a new array of bools, one byte an element.",
        example: r"
>>> np.greater([1, 5], 3)
array([False,  True])
",
        see_also: &["np.less", "np.greater_equal"],
        run: Run::Ufunc("greater"),
    },
    Function {
        name: "np.greater_equal",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each is above or equal: `a >= b`.",
        memory: MemoryRule::New,
        notes: "The result is a new array of bools, one byte an element.",
        example: r"
>>> np.greater_equal([1, 3], 3)
array([False,  True])
",
        see_also: &["np.greater"],
        run: Run::Ufunc("greater_equal"),
    },
    Function {
        name: "np.less",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each is below: `a < b`.",
        memory: MemoryRule::New,
        notes: "The result is a new array of bools, one byte an element.",
        example: r"
>>> np.less([1, 5], 3)
array([ True, False])
",
        see_also: &["np.greater", "np.less_equal"],
        run: Run::Ufunc("less"),
    },
    Function {
        name: "np.less_equal",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each is below or equal: `a <= b`.",
        memory: MemoryRule::New,
        notes: "The result is a new array of bools, one byte an element.",
        example: r"
>>> np.less_equal([1, 3], 3)
array([ True,  True])
",
        see_also: &["np.less"],
        run: Run::Ufunc("less_equal"),
    },
    Function {
        name: "np.equal",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each is equal: `a == b`.",
        memory: MemoryRule::New,
        notes: "The result is a new array of bools, one byte an element.",
        example: r"
>>> np.equal([1, 3], 3)
array([False,  True])
",
        see_also: &["np.not_equal"],
        run: Run::Ufunc("equal"),
    },
    Function {
        name: "np.not_equal",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each differs: `a != b`.",
        memory: MemoryRule::New,
        notes: "The result is a new array of bools, one byte an element.",
        example: r"
>>> np.not_equal([1, 3], 3)
array([ True, False])
",
        see_also: &["np.equal"],
        run: Run::Ufunc("not_equal"),
    },
    Function {
        name: "np.logical_and",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether both are true, element by element.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.logical_and([True, True], [True, False])
array([ True, False])
",
        see_also: &["np.logical_or", "np.bitwise_and"],
        run: Run::Ufunc("logical_and"),
    },
    Function {
        name: "np.logical_or",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether one is true, element by element.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.logical_or([True, False], [False, False])
array([ True, False])
",
        see_also: &["np.logical_and", "np.bitwise_or"],
        run: Run::Ufunc("logical_or"),
    },
    Function {
        name: "np.logical_xor",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether exactly one is true, element by element.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.logical_xor([True, True], [True, False])
array([False,  True])
",
        see_also: &["np.logical_or", "np.bitwise_xor"],
        run: Run::Ufunc("logical_xor"),
    },
    Function {
        name: "np.logical_not",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each is false.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.logical_not([0, 1, 2])
array([ True, False, False])
",
        see_also: &["np.invert"],
        run: Run::Ufunc("logical_not"),
    },
    Function {
        name: "np.maximum",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The larger of each two; nan wins.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.maximum([1, 5, 3], 2)
array([2, 5, 3])
",
        see_also: &["np.minimum", "np.fmax"],
        run: Run::Ufunc("maximum"),
    },
    Function {
        name: "np.minimum",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The smaller of each two; nan wins.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.minimum([1, 5, 3], 2)
array([1, 2, 2])
",
        see_also: &["np.maximum", "np.fmin"],
        run: Run::Ufunc("minimum"),
    },
    Function {
        name: "np.fmax",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The larger of each two; a number wins over nan.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fmax([1.0, np.nan], 0.5)
array([1. , 0.5])
",
        see_also: &["np.maximum", "np.fmin"],
        run: Run::Ufunc("fmax"),
    },
    Function {
        name: "np.fmin",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The smaller of each two; a number wins over nan.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fmin([1.0, np.nan], 0.5)
array([0.5, 0.5])
",
        see_also: &["np.minimum", "np.fmax"],
        run: Run::Ufunc("fmin"),
    },
    Function {
        name: "np.isfinite",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each is neither infinite nor nan.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.isfinite([1.0, np.inf, np.nan])
array([ True, False, False])
",
        see_also: &["np.isinf", "np.isnan"],
        run: Run::Ufunc("isfinite"),
    },
    Function {
        name: "np.isinf",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each is infinite.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.isinf([1.0, np.inf])
array([False,  True])
",
        see_also: &["np.isfinite", "np.isnan"],
        run: Run::Ufunc("isinf"),
    },
    Function {
        name: "np.isnat",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each is not a time (NaT).",
        memory: MemoryRule::New,
        notes: "Only for dates and spans of time. The result is a new array of bools, one byte an element.",
        example: r"
>>> np.isnat(np.array(['2016-01-01', 'NaT'], dtype='datetime64[ns]'))
array([False,  True])
",
        see_also: &["np.isnan", "np.datetime64"],
        run: Run::Ufunc("isnat"),
    },
    Function {
        name: "np.isnan",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each is not a number.",
        memory: MemoryRule::New,
        notes: "nan equals nothing, not even itself: this is the way to find it.",
        example: r"
>>> np.isnan([1.0, np.nan])
array([False,  True])
",
        see_also: &["np.isfinite", "np.isinf"],
        run: Run::Ufunc("isnan"),
    },
    Function {
        name: "np.signbit",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether the sign bit is set, also of -0.0.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.signbit([-0.0, 0.0, -1.0])
array([ True, False,  True])
",
        see_also: &["np.sign", "np.copysign"],
        run: Run::Ufunc("signbit"),
    },
];
