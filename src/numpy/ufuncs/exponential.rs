//! Exponentials and logarithms: universal functions, element by element.

use crate::registry::{Function, MemoryRule, Run, Section};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.exp",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "e to the power of each element.",
        memory: MemoryRule::New,
        notes: "Too large an argument gives inf and an overflow warning.",
        example: r"
>>> np.exp([0, 1])
array([1.        , 2.71828183])
",
        see_also: &["np.log", "np.expm1", "np.exp2"],
        run: Run::Ufunc("exp"),
    },
    Function {
        name: "np.exp2",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "2 to the power of each element.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.exp2([0, 3, 0.5])
array([1.        , 8.        , 1.41421356])
",
        see_also: &["np.exp", "np.log2"],
        run: Run::Ufunc("exp2"),
    },
    Function {
        name: "np.expm1",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "`exp(x) - 1`, exact for small x.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.expm1([0, 1e-10])
array([0.e+00, 1.e-10])
",
        see_also: &["np.exp", "np.log1p"],
        run: Run::Ufunc("expm1"),
    },
    Function {
        name: "np.log",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The natural logarithm.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.log([1, np.e])
array([0., 1.])
",
        see_also: &["np.exp", "np.log1p", "np.log2", "np.log10"],
        run: Run::Ufunc("log"),
    },
    Function {
        name: "np.log2",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The logarithm to base 2.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.log2([1, 8])
array([0., 3.])
",
        see_also: &["np.exp2", "np.log"],
        run: Run::Ufunc("log2"),
    },
    Function {
        name: "np.log10",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The logarithm to base 10.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.log10([1, 1000])
array([0., 3.])
",
        see_also: &["np.log"],
        run: Run::Ufunc("log10"),
    },
    Function {
        name: "np.log1p",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "`log(1 + x)`, exact for small x.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.log1p([0, 1e-10])
array([0.e+00, 1.e-10])
",
        see_also: &["np.expm1", "np.log"],
        run: Run::Ufunc("log1p"),
    },
    Function {
        name: "np.logaddexp",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "`log(exp(a) + exp(b))`, without overflow.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.logaddexp(1000.0, 1000.0)
np.float64(1000.6931471805599)
",
        see_also: &["np.logaddexp2"],
        run: Run::Ufunc("logaddexp"),
    },
    Function {
        name: "np.logaddexp2",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "`log2(2**a + 2**b)`, without overflow.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.logaddexp2(3.0, 3.0)
np.float64(4.0)
",
        see_also: &["np.logaddexp"],
        run: Run::Ufunc("logaddexp2"),
    },
];
