//! Making scalars: `np.int8(5)`, `np.float64('1.5')`. A sequence gives an array, as in NumPy.

use crate::array::cast::Casting;
use crate::array::{DType, Item, Kind, NdArray, Order, Scalar, Type, copy};
use crate::error::{Error, ErrorClass, Result, type_error};
use crate::numpy::coercion::{array_from, element_of};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section, call};
use crate::text::error::FormatError;
use crate::text::number::{read_complex, read_float, read_int};
use crate::value::{Int, TextScalar, Value, plain};
use num_complex::Complex;

fn raise(error: FormatError) -> Error {
    let class = if error.class == "TypeError" { ErrorClass::TypeError } else { ErrorClass::ValueError };
    Error::new(class, error.message)
}

/// The scalar that a text spells, read as Python's `int`, `float` or `complex` reads it.
///
/// # Errors
/// `ValueError` where it spells none; `OverflowError` where that does not fit.
pub fn scalar_from_text(text: &str, ty: Type) -> Result<Scalar> {
    match ty.kind() {
        Kind::Bool => Ok(Scalar::Bool(!text.is_empty())),
        Kind::Signed | Kind::Unsigned => {
            crate::numpy::coercion::python_int(&Int::from(read_int(text, 10).map_err(raise)?), ty)
        }
        Kind::Float => Ok(Scalar::Float64(read_float(text).map_err(raise)?).cast(ty)),
        Kind::Complex => {
            let (re, im) = read_complex(text).map_err(raise)?;
            Ok(Scalar::Complex128(Complex::new(re, im)).cast(ty))
        }
        Kind::Object | Kind::Bytes | Kind::Str | Kind::Void | Kind::DateTime | Kind::TimeDelta => {
            Err(type_error("no number"))
        }
    }
}

fn construct(context: &mut Context, arguments: &mut Arguments, ty: Type) -> Result<Value> {
    let value = arguments.take("x");
    let scalar = match &value {
        Value::None if ty.kind() == Kind::Float => Scalar::Float64(f64::NAN).cast(ty),
        Value::None if ty == Type::Bool => Scalar::Bool(false),
        Value::Scalar(scalar) => {
            let array = NdArray::from_scalar(&context.runtime, *scalar)?;
            copy::astype(&context.runtime, &array, &ty.into(), Order::K, Casting::Unsafe, false)?.read(0)
        }
        Value::Str(text) => scalar_from_text(text, ty)?,
        Value::Bytes(bytes) => scalar_from_text(&String::from_utf8_lossy(bytes), ty)?,
        Value::None | Value::Dict(_) | Value::Set(_) | Value::Class(_) | Value::Function(_) => {
            return Err(type_error(match ty.kind() {
                Kind::Float => {
                    format!("float() argument must be a string or a real number, not '{}'", value.type_name())
                }
                Kind::Complex => format!("must be real number, not {}", value.type_name()),
                _ => format!(
                    "int() argument must be a string, a bytes-like object or a real number, not '{}'",
                    value.type_name()
                ),
            }));
        }
        other => match element_of(context, other, ty) {
            Some(element) => {
                let imaginary = arguments.get("imag");
                let scalar = element?.cast(ty);
                if imaginary.is_none() {
                    scalar
                } else {
                    let part = crate::value::as_f64(&imaginary)?;
                    Scalar::Complex128(scalar.as_complex() + Complex::new(0.0, part)).cast(ty)
                }
            }
            None => {
                let array = array_from(context, other, None)?;
                let array = if array.dtype() == ty.into() {
                    array
                } else {
                    array_from(context, &Value::Array(array), Some(&ty.into()))?
                };
                return Ok(if array.ndim() == 0 {
                    Value::Scalar(array.read(array.layout().offset))
                } else {
                    array.into()
                });
            }
        },
    };
    Ok(Value::Scalar(scalar))
}

/// What Python's class `name` makes of the arguments, as NumPy's scalar.
fn text_scalar(context: &mut Context, arguments: &mut Arguments, name: &str, parameters: &[&str]) -> Result<Value> {
    let Some(function) = context.catalog.function(name) else { return Ok(Value::None) };
    let given: Vec<Value> = parameters.iter().map_while(|name| arguments.given(name).cloned()).collect();
    call(context, &Value::Function(function), given, Vec::new()).map(TextScalar::of)
}

type Constructor = fn(&mut Context, &mut Arguments) -> Result<Value>;

/// The entry of one class of scalars; they differ in nothing but these four.
const fn constructor(name: &'static str, summary: &'static str, example: &'static str, run: Constructor) -> Function {
    Function {
        name,
        signature: "(x=0, /)",
        method: None,
        summary,
        memory: MemoryRule::NoArray,
        notes: "A Python int that does not fit is refused; a NumPy scalar is cast as C casts. A sequence gives an array.",
        example,
        see_also: &["np.dtype", "np.iinfo", "np.finfo", "ndarray.astype"],
        run: Run::Call(run),
    }
}

/// The entry of a class of complex scalars, which may take real and imaginary part.
const fn complex(name: &'static str, summary: &'static str, example: &'static str, run: Constructor) -> Function {
    Function { signature: "(x=0, imag=None, /)", ..constructor(name, summary, example, run) }
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        constructor(
            "np.bool",
            "A truth value of one byte.",
            "\
>>> np.bool(3), np.bool(0)
(np.True_, np.False_)
",
            |context, arguments| construct(context, arguments, Type::Bool),
        ),
        constructor(
            "np.int8",
            "A signed integer of 1 byte.",
            "\
>>> np.int8(-5)
np.int8(-5)
>>> np.int8(300)
OverflowError: Python integer 300 out of bounds for int8
",
            |context, arguments| construct(context, arguments, Type::Int8),
        ),
        constructor(
            "np.int16",
            "A signed integer of 2 bytes.",
            "\
>>> np.int16('12')
np.int16(12)
",
            |context, arguments| construct(context, arguments, Type::Int16),
        ),
        constructor(
            "np.int32",
            "A signed integer of 4 bytes.",
            "\
>>> np.int32(7.9)
np.int32(7)
",
            |context, arguments| construct(context, arguments, Type::Int32),
        ),
        constructor(
            "np.int64",
            "A signed integer of 8 bytes.",
            "\
>>> np.int64(5).nbytes
8
",
            |context, arguments| construct(context, arguments, Type::Int64),
        ),
        constructor(
            "np.uint8",
            "An unsigned integer of 1 byte.",
            "\
>>> np.uint8(250) + np.uint8(5)
np.uint8(255)
>>> np.uint8(-1)
OverflowError: Python integer -1 out of bounds for uint8
",
            |context, arguments| construct(context, arguments, Type::UInt8),
        ),
        constructor(
            "np.uint16",
            "An unsigned integer of 2 bytes.",
            "\
>>> np.uint16(65535)
np.uint16(65535)
",
            |context, arguments| construct(context, arguments, Type::UInt16),
        ),
        constructor(
            "np.uint32",
            "An unsigned integer of 4 bytes.",
            "\
>>> np.uint32(5)
np.uint32(5)
",
            |context, arguments| construct(context, arguments, Type::UInt32),
        ),
        constructor(
            "np.uint64",
            "An unsigned integer of 8 bytes.",
            "\
>>> np.uint64(2**64 - 1)
np.uint64(18446744073709551615)
",
            |context, arguments| construct(context, arguments, Type::UInt64),
        ),
        constructor(
            "np.float16",
            "A float of 2 bytes: 11 bits of precision.",
            "\
>>> np.float16(0.1)
np.float16(0.1)
",
            |context, arguments| construct(context, arguments, Type::Float16),
        ),
        constructor(
            "np.float32",
            "A float of 4 bytes: 24 bits of precision.",
            "\
>>> np.float32('1.5')
np.float32(1.5)
",
            |context, arguments| construct(context, arguments, Type::Float32),
        ),
        constructor(
            "np.float64",
            "A float of 8 bytes: Python's float, as NumPy's scalar.",
            "\
>>> np.float64(1) / 3
np.float64(0.3333333333333333)
",
            |context, arguments| construct(context, arguments, Type::Float64),
        ),
        complex(
            "np.complex64",
            "A complex number of two floats of 4 bytes.",
            "\
>>> np.complex64(1, 2)
np.complex64(1+2j)
",
            |context, arguments| construct(context, arguments, Type::Complex64),
        ),
        complex(
            "np.complex128",
            "A complex number of two floats of 8 bytes.",
            "\
>>> np.complex128('1+2j')
np.complex128(1+2j)
",
            |context, arguments| construct(context, arguments, Type::Complex128),
        ),
        Function {
            name: "np.str_",
            signature: "(object='', encoding=<no value>, errors=<no value>)",
            method: None,
            summary: "A text: Python's str, as NumPy's scalar.",
            memory: MemoryRule::NoArray,
            notes: "Has the methods of str, which give a str, and the attributes of arrays: each character takes 4 bytes.",
            example: "\
>>> s = np.str_('abc')
>>> s, s.upper(), s.nbytes
(np.str_('abc'), 'ABC', 12)
>>> isinstance(s, str), s == 'abc'
(True, True)
",
            see_also: &["np.bytes_", "np.array"],
            run: Run::Call(|context, arguments| {
                text_scalar(context, arguments, "str", &["object", "encoding", "errors"])
            }),
        },
        Function {
            name: "np.bytes_",
            signature: "(source='', encoding=<no value>, errors=<no value>)",
            method: None,
            summary: "Bytes: Python's bytes, as NumPy's scalar.",
            memory: MemoryRule::NoArray,
            notes: "Zeros at the end are filling: they do not count.",
            example: "\
>>> np.bytes_(b'abc'), np.bytes_('abc').itemsize
(np.bytes_(b'abc'), 3)
",
            see_also: &["np.str_", "np.array"],
            run: Run::Call(|context, arguments| {
                if let Value::Str(text) = plain(&arguments.get("source"))
                    && arguments.given("encoding").is_none()
                {
                    let mut bytes = vec![0; text.len()];
                    Item::Str(text.to_string()).put(&mut bytes, &DType::bytes(text.len()))?;
                    return Ok(TextScalar::of(Value::Bytes(bytes.into())));
                }
                text_scalar(context, arguments, "bytes", &["source", "encoding", "errors"])
            }),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
