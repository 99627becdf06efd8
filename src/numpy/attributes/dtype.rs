//! What a dtype tells of itself: `d.itemsize`, `d.byteorder`, ...

use crate::array::compound::Struct;
use crate::array::layout::Shape;
use crate::array::{DType, Type};
use crate::error::{Result, type_error, value_error};
use crate::numpy::compound::{descr, fields_of, set_names};
use crate::registry::{Attribute, Function, MemoryRule, Run, Section};
use crate::value::{Value, as_str, classes};

fn dtype_of(value: &Value) -> Result<&DType> {
    match value {
        Value::DType(dtype) => Ok(dtype),
        other => Err(type_error(format!("expected a dtype, got '{}'", other.type_name()))),
    }
}

/// The shape of the array inside each element.
fn shape_of(dtype: &DType) -> Shape {
    dtype.sub_array().map(|(_, shape)| shape.clone()).unwrap_or_default()
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
            Ok(Value::dtype(dtype_of(&receiver)?.with_byteorder(change)))
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
            summary: "'b' bool, 'i' signed, 'u' unsigned, 'f' float, 'c' complex, 'S' bytes, 'U' text, 'V' void, 'O' object.",
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
>>> np.dtype([('a', 'i1'), ('b', 'f8')]).fields['b']
(dtype('float64'), 1)
",
            get: |_, value| dtype_of(value)?.structure().map_or(Ok(Value::None), fields_of),
            set: None,
        },
        Attribute {
            name: "dtype.names",
            summary: "The names of the fields of a structured dtype; None for the others.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.dtype('f4').names is None
True
>>> np.dtype([('a', 'i1'), ('b', 'f8')]).names
('a', 'b')
",
            get: |_, value| {
                let names = |whole: &Struct| Value::tuple(whole.fields.iter().map(|field| Value::Str(field.name())));
                Ok(dtype_of(value)?.structure().map_or(Value::None, names))
            },
            set: Some(|_, value, names| set_names(dtype_of(value)?, names)),
        },
        Attribute {
            name: "dtype.subdtype",
            summary: "Item dtype and shape of a dtype that describes a sub-array; None for the others.",
            memory: MemoryRule::NoArray,
            example: "\
>>> print(np.dtype('f4').subdtype)
None
",
            get: |_, value| {
                let parts = |(base, shape): (&DType, &Shape)| {
                    Value::tuple([Value::dtype(base.clone()), Value::ints(shape.iter().copied())])
                };
                Ok(dtype_of(value)?.sub_array().map_or(Value::None, parts))
            },
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
            get: |_, value| Ok(Value::ints(shape_of(dtype_of(value)?))),
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
            get: |_, value| Ok(shape_of(dtype_of(value)?).len().into()),
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
            get: |_, value| Ok(dtype_of(value)?.has_object().into()),
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
            get: |_, value| Ok(dtype_of(value)?.structure().is_some_and(|whole| whole.aligned).into()),
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
            get: |_, value| {
                let dtype = dtype_of(value)?;
                let is_whole = dtype.is_number() || dtype.ty() == Type::Object;
                Ok(Value::int((is_whole && dtype.compound().is_none() && dtype.is_native()) as i64))
            },
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
            get: |_, value| Ok(Value::int(dtype_of(value)?.flags())),
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
            get: |_, value| {
                Ok(dtype_of(value)?.sub_array().map_or_else(|| value.clone(), |(base, _)| Value::dtype(base.clone())))
            },
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
            get: |_, value| {
                let dtype = dtype_of(value)?;
                let descr = descr(dtype)?;
                Ok(match dtype.structure() {
                    Some(_) => descr,
                    None => Value::list([Value::tuple(["".into(), descr])]),
                })
            },
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
