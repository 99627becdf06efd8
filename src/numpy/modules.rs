//! The constants of the `np` namespace.

use crate::registry::{Constant, Section};
use crate::value::{Value, classes};

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[],
    attributes: &[],
    constants: &[
        Constant { name: "np.pi", summary: "The ratio of a circle's circumference to its diameter.", value: || Value::Float(std::f64::consts::PI) },
        Constant { name: "np.e", summary: "Euler's number.", value: || Value::Float(std::f64::consts::E) },
        Constant { name: "np.euler_gamma", summary: "Euler's constant.", value: || Value::Float(0.577_215_664_901_532_9) },
        Constant { name: "np.inf", summary: "Positive infinity.", value: || Value::Float(f64::INFINITY) },
        Constant { name: "np.nan", summary: "Not a number.", value: || Value::Float(f64::NAN) },
        Constant { name: "np.newaxis", summary: "None, as an index: a new axis of length 1.", value: || Value::None },
        Constant { name: "np.little_endian", summary: "Whether the machine is little-endian.", value: || Value::Bool(cfg!(target_endian = "little")) },
        Constant { name: "np.__version__", summary: "The NumPy version that ndsh follows.", value: || Value::str("2.4.6") },
        Constant { name: "np.True_", summary: "The true scalar.", value: || Value::Scalar(crate::array::Scalar::Bool(true)) },
        Constant { name: "np.False_", summary: "The false scalar.", value: || Value::Scalar(crate::array::Scalar::Bool(false)) },
    ],
    aliases: &[],
    classes: &[
        ("np.ndarray", &classes::NDARRAY), ("np.dtype", &classes::DTYPE), ("np.ufunc", &classes::UFUNC), ("np.flatiter", &classes::FLATITER),
        ("np.generic", &classes::GENERIC), ("np.number", &classes::NUMBER), ("np.integer", &classes::INTEGER),
        ("np.signedinteger", &classes::SIGNED_INTEGER), ("np.unsignedinteger", &classes::UNSIGNED_INTEGER), ("np.inexact", &classes::INEXACT),
        ("np.floating", &classes::FLOATING), ("np.complexfloating", &classes::COMPLEX_FLOATING), ("np.flexible", &classes::FLEXIBLE), ("np.character", &classes::CHARACTER),
        ("np.bool", &classes::BOOL_), ("np.bool_", &classes::BOOL_), ("np.int8", &classes::INT8), ("np.int16", &classes::INT16), ("np.int32", &classes::INT32),
        ("np.int64", &classes::INT64), ("np.uint8", &classes::UINT8), ("np.uint16", &classes::UINT16), ("np.uint32", &classes::UINT32), ("np.uint64", &classes::UINT64),
        ("np.float16", &classes::FLOAT16), ("np.float32", &classes::FLOAT32), ("np.float64", &classes::FLOAT64), ("np.complex64", &classes::COMPLEX64),
        ("np.complex128", &classes::COMPLEX128), ("np.byte", &classes::INT8), ("np.ubyte", &classes::UINT8), ("np.short", &classes::INT16), ("np.ushort", &classes::UINT16),
        ("np.intc", &classes::INT32), ("np.uintc", &classes::UINT32), ("np.int_", &classes::INT64), ("np.uint", &classes::UINT64), ("np.long", &classes::INT64), ("np.ulong", &classes::UINT64),
        ("np.longlong", &classes::INT64), ("np.ulonglong", &classes::UINT64), ("np.intp", &classes::INT64), ("np.uintp", &classes::UINT64), ("np.half", &classes::FLOAT16),
        ("np.single", &classes::FLOAT32), ("np.double", &classes::FLOAT64), ("np.csingle", &classes::COMPLEX64), ("np.cdouble", &classes::COMPLEX128),
    ],
};
