//! Bits: universal functions, element by element.

use crate::registry::{Function, MemoryRule, Run, Section};

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: FUNCTIONS,
    attributes: &[],
    constants: &[],
    aliases: &[
        ("np.bitwise_not", "np.invert"),
        ("np.bitwise_invert", "np.invert"),
        ("np.bitwise_left_shift", "np.left_shift"),
        ("np.bitwise_right_shift", "np.right_shift"),
    ],
    classes: &[],
};

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.bitwise_and",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The bits set in both: `a & b`.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.bitwise_and([12, 10], 6)
array([4, 2])
",
        see_also: &["np.bitwise_or", "np.logical_and"],
        run: Run::Ufunc("bitwise_and"),
    },
    Function {
        name: "np.bitwise_or",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The bits set in either: `a | b`.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.bitwise_or([12, 10], 6)
array([14, 14])
",
        see_also: &["np.bitwise_and", "np.logical_or"],
        run: Run::Ufunc("bitwise_or"),
    },
    Function {
        name: "np.bitwise_xor",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The bits set in exactly one: `a ^ b`.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.bitwise_xor([12, 10], 6)
array([10, 12])
",
        see_also: &["np.bitwise_or", "np.logical_xor"],
        run: Run::Ufunc("bitwise_xor"),
    },
    Function {
        name: "np.invert",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "All bits turned over: `~a`; of bools, not.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.invert([0, 5])
array([-1, -6])
>>> ~np.array([True, False])
array([False,  True])
",
        see_also: &["np.logical_not"],
        run: Run::Ufunc("invert"),
    },
    Function {
        name: "np.left_shift",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Moves bits to the left: `a << b`.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.left_shift([1, 3], 2)
array([ 4, 12])
",
        see_also: &["np.right_shift"],
        run: Run::Ufunc("left_shift"),
    },
    Function {
        name: "np.right_shift",
        signature: "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Moves bits to the right: `a >> b`.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.right_shift([16, 5], 2)
array([4, 1])
",
        see_also: &["np.left_shift"],
        run: Run::Ufunc("right_shift"),
    },
    Function {
        name: "np.bitwise_count",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The number of bits set in each.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.bitwise_count([0, 7, 255])
array([0, 3, 8], dtype=uint8)
",
        see_also: &["np.bitwise_and"],
        run: Run::Ufunc("bitwise_count"),
    },
];
