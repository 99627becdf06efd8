//! What a dtype tells of itself: `d.itemsize`, `d.byteorder`, ...

use crate::array::DType;
use crate::error::{Result, type_error, value_error};
use crate::numpy::compound::reordered;
use crate::registry::{Attribute, Function, MemoryRule, Run, Section};
use crate::value::{Value, as_str, classes};

fn dtype_of(value: &Value) -> Result<&DType> {
    match value {
        Value::DType(dtype) => Ok(dtype),
        other => Err(type_error(format!("expected a dtype, got '{}'", other.type_name()))),
    }
}

/// What a word makes of a byte order: whether bytes are swapped, from whether they were (`PyArray_DescrNewByteorder`).
///
/// # Errors
/// `ValueError: byteorder not recognized (got 'x')`.
fn order_change(word: &str) -> Result<fn(bool) -> bool> {
    match word.chars().next() {
        Some('S' | 's') => Ok(|swapped| !swapped),
        Some('>' | 'B' | 'b') => Ok(|_| true),
        Some('<' | 'L' | 'l' | '=' | 'N' | 'n') => Ok(|_| false),
        Some('|' | 'I' | 'i') => Ok(|swapped| swapped),
        _ => Err(value_error(format!("byteorder not recognized (got '{word}')")).at_argument("new_order")),
    }
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[Function {
        name: "dtype.newbyteorder",
        signature: "(new_order='S', /)",
        method: None,
        summary: "The same type with its bytes in another order: 'S' swap, '<' little, '>' big, '=' native.",
        memory: MemoryRule::NoArray,
        notes: "Only says how bytes are read: no array changes. a.view(a.dtype.newbyteorder()) reads the same bytes \
                    as other numbers; a.astype(a.dtype.newbyteorder()) keeps the numbers and moves the bytes.",
        example: "\
>>> d = np.dtype('<i2')
>>> d.newbyteorder()
dtype('>i2')
>>> a = np.array([1, 256], dtype=d)
>>> a.view(d.newbyteorder())
array([256,   1], dtype='>i2')
>>> a.astype(d.newbyteorder())
array([  1, 256], dtype='>i2')
",
        see_also: &["np.dtype", "ndarray.byteswap", "ndarray.view"],
        run: Run::Call(|_, arguments| {
            let word = arguments.get("new_order");
            let change = order_change(as_str(&word, "byteorder")?)?;
            let receiver = arguments.take_receiver();
            reordered(&receiver, change).ok_or_else(|| type_error("expected a dtype"))
        }),
    }],
    attributes: &[
        Attribute {
            name: "dtype.name",
            summary: "The type's name, whatever the byte order.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype('>i4').name
'int32'
",
            get: |_, value| Ok(dtype_of(value)?.name().into()),
            set: None,
        },
        Attribute {
            name: "dtype.str",
            summary: "Byte order, kind and size: '<i8'.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype(float).str, np.dtype(bool).str
('<f8', '|b1')
",
            get: |_, value| Ok(dtype_of(value)?.str().into()),
            set: None,
        },
        Attribute {
            name: "dtype.char",
            summary: "NumPy's one-letter code for the type.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype('int64').char, np.dtype('float32').char
('l', 'f')
",
            get: |_, value| Ok(dtype_of(value)?.ty().letter().to_string().into()),
            set: None,
        },
        Attribute {
            name: "dtype.kind",
            summary: "'b' bool, 'i' signed, 'u' unsigned, 'f' float, 'c' complex.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype('u2').kind
'u'
",
            get: |_, value| Ok(dtype_of(value)?.kind().letter().to_string().into()),
            set: None,
        },
        Attribute {
            name: "dtype.num",
            summary: "NumPy's number for the type.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype(int).num, np.dtype(np.float16).num
(7, 23)
",
            get: |_, value| Ok(Value::int(dtype_of(value)?.ty().number())),
            set: None,
        },
        Attribute {
            name: "dtype.itemsize",
            summary: "Bytes an element takes.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype('complex64').itemsize
8
",
            get: |_, value| Ok(dtype_of(value)?.itemsize().into()),
            set: None,
        },
        Attribute {
            name: "dtype.alignment",
            summary: "Elements stand best at addresses that are multiples of this many bytes.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype('complex64').alignment
4
",
            get: |_, value| Ok(dtype_of(value)?.align().into()),
            set: None,
        },
        Attribute {
            name: "dtype.byteorder",
            summary: "'=' the machine's, '>' big-endian, '<' little-endian, '|' where one byte has no order.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype('i4').byteorder, np.dtype('>i4').byteorder, np.dtype('i1').byteorder
('=', '>', '|')
",
            get: |_, value| Ok(dtype_of(value)?.byteorder().to_string().into()),
            set: None,
        },
        Attribute {
            name: "dtype.isnative",
            summary: "Whether the byte order is the machine's.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype('<f8').isnative, np.dtype('>f8').isnative
(True, False)
",
            get: |_, value| Ok(dtype_of(value)?.is_native().into()),
            set: None,
        },
        Attribute {
            name: "dtype.type",
            summary: "The class of the scalars one takes out.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype('f4').type
<class 'numpy.float32'>
",
            get: |_, value| Ok(Value::Class(classes::of_scalar(dtype_of(value)?.ty()))),
            set: None,
        },
        Attribute {
            name: "dtype.fields",
            summary: "The fields of a structured dtype; None for the others.",
            memory: MemoryRule::NoArray,
            example: "\
>>> print(np.dtype('f4').fields)
None
",
            get: |_, value| dtype_of(value).map(|_| Value::None),
            set: None,
        },
        Attribute {
            name: "dtype.names",
            summary: "The names of the fields of a structured dtype; None for the others.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype('f4').names is None
True
",
            get: |_, value| dtype_of(value).map(|_| Value::None),
            set: Some(|_, value, _| dtype_of(value).and_then(|_| Err(value_error("there are no fields defined")))),
        },
        Attribute {
            name: "dtype.subdtype",
            summary: "Item dtype and shape of a dtype that describes a sub-array; None for the others.",
            memory: MemoryRule::NoArray,
            example: "\
>>> print(np.dtype('f4').subdtype)
None
",
            get: |_, value| dtype_of(value).map(|_| Value::None),
            set: None,
        },
        Attribute {
            name: "dtype.shape",
            summary: "The shape of the sub-array an element is; () for a plain element.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype('f4').shape
()
",
            get: |_, value| dtype_of(value).map(|_| Value::tuple([])),
            set: None,
        },
        Attribute {
            name: "dtype.ndim",
            summary: "The number of axes of the sub-array an element is.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype('f4').ndim
0
",
            get: |_, value| dtype_of(value).map(|_| Value::int(0)),
            set: None,
        },
        Attribute {
            name: "dtype.hasobject",
            summary: "Whether elements are references to Python objects.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype('f4').hasobject
False
",
            get: |_, value| dtype_of(value).map(|_| false.into()),
            set: None,
        },
        Attribute {
            name: "dtype.isalignedstruct",
            summary: "Whether it is a structure whose fields are aligned as C aligns them.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype('f4').isalignedstruct
False
",
            get: |_, value| dtype_of(value).map(|_| false.into()),
            set: None,
        },
        Attribute {
            name: "dtype.isbuiltin",
            summary: "1 for a type of NumPy's own in native byte order, else 0.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype('f4').isbuiltin, np.dtype('>f4').isbuiltin
(1, 0)
",
            get: |_, value| Ok(Value::int(dtype_of(value)?.is_native() as i64)),
            set: None,
        },
        Attribute {
            name: "dtype.flags",
            summary: "Bits that say how elements are to be handled; 0 for numbers.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype('f4').flags
0
",
            get: |_, value| dtype_of(value).map(|_| Value::int(0)),
            set: None,
        },
        Attribute {
            name: "dtype.base",
            summary: "The dtype of the items of a sub-array; the dtype itself for a plain element.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype('f4').base
dtype('float32')
",
            get: |_, value| dtype_of(value).map(|_| value.clone()),
            set: None,
        },
        Attribute {
            name: "dtype.descr",
            summary: "The dtype as the array interface describes it.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype('>f4').descr
[('', '>f4')]
",
            get: |_, value| Ok(Value::list([Value::tuple(["".into(), dtype_of(value)?.str().into()])])),
            set: None,
        },
        Attribute {
            name: "dtype.metadata",
            summary: "What someone noted down with the dtype; None here.",
            memory: MemoryRule::NoArray,
            example: "\
>>> print(np.dtype('f4').metadata)
None
",
            get: |_, value| dtype_of(value).map(|_| Value::None),
            set: None,
        },
    ],
    constants: &[],
    aliases: &[],
    classes: &[
        ("np.dtypes.BoolDType", &classes::DTYPE_BOOL),
        ("np.dtypes.Int8DType", &classes::DTYPE_INT8),
        ("np.dtypes.Int16DType", &classes::DTYPE_INT16),
        ("np.dtypes.Int32DType", &classes::DTYPE_INT32),
        ("np.dtypes.Int64DType", &classes::DTYPE_INT64),
        ("np.dtypes.UInt8DType", &classes::DTYPE_UINT8),
        ("np.dtypes.UInt16DType", &classes::DTYPE_UINT16),
        ("np.dtypes.UInt32DType", &classes::DTYPE_UINT32),
        ("np.dtypes.UInt64DType", &classes::DTYPE_UINT64),
        ("np.dtypes.Float16DType", &classes::DTYPE_FLOAT16),
        ("np.dtypes.Float32DType", &classes::DTYPE_FLOAT32),
        ("np.dtypes.Float64DType", &classes::DTYPE_FLOAT64),
        ("np.dtypes.Complex64DType", &classes::DTYPE_COMPLEX64),
        ("np.dtypes.Complex128DType", &classes::DTYPE_COMPLEX128),
    ],
};
