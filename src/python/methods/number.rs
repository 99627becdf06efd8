//! The methods and attributes of ints, floats and complex numbers.

use crate::array::Scalar;
use crate::error::{Result, type_error, value_error};
use crate::python::number::Number;
use crate::python::{bytes, integer};
use crate::registry::{Arguments, Attribute, Context, Function, MemoryRule, Run, Section};
use crate::text::float::{as_integer_ratio, read_hex, write_hex};
use crate::value::{Int, Value, as_f64, as_index, as_int, as_str, is_true};
use num_complex::Complex64;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: ATTRIBUTES, constants: &[], aliases: &[], classes: &[] };

const FUNCTIONS: &[Function] = &[
    Function {
        name: "int.bit_length",
        signature: "()",
        method: None,
        summary: "The number of bits of the int without its sign.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> (255).bit_length()\n\
                  8\n",
        see_also: &["int.bit_count"],
        run: Run::Call(bit_length),
    },
    Function {
        name: "int.bit_count",
        signature: "()",
        method: None,
        summary: "The number of ones among the bits.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> (255).bit_count()\n\
                  8\n",
        see_also: &["int.bit_length", "np.bitwise_count"],
        run: Run::Call(bit_count),
    },
    Function {
        name: "int.to_bytes",
        signature: "(length=1, byteorder='big', *, signed=False)",
        method: None,
        summary: "The int as so many bytes.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> (1000).to_bytes(2, 'little')\n\
                  b'\\xe8\\x03'\n",
        see_also: &["int.from_bytes"],
        run: Run::Call(to_bytes),
    },
    Function {
        name: "int.from_bytes",
        signature: "($type, bytes, byteorder='big', *, signed=False)",
        method: None,
        summary: "The int that bytes are.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> int.from_bytes(b'\\xe8\\x03', 'little')\n\
                  1000\n",
        see_also: &["int.to_bytes"],
        run: Run::Call(from_bytes),
    },
    Function {
        name: "int.as_integer_ratio",
        signature: "()",
        method: None,
        summary: "The int and 1.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> (3).as_integer_ratio()\n\
                  (3, 1)\n",
        see_also: &["float.as_integer_ratio"],
        run: Run::Call(int_ratio),
    },
    Function {
        name: "int.conjugate",
        signature: "()",
        method: None,
        summary: "The int itself.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> (3).conjugate()\n\
                  3\n",
        see_also: &["complex.conjugate"],
        run: Run::Call(conjugate),
    },
    Function {
        name: "float.as_integer_ratio",
        signature: "()",
        method: None,
        summary: "Two ints whose quotient is the float, exactly.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> (0.75).as_integer_ratio()\n\
                  (3, 4)\n",
        see_also: &["float.hex"],
        run: Run::Call(float_ratio),
    },
    Function {
        name: "float.is_integer",
        signature: "()",
        method: None,
        summary: "Whether the float is a whole number.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> (2.0).is_integer()\n\
                  True\n",
        see_also: &["round"],
        run: Run::Call(is_integer),
    },
    Function {
        name: "float.hex",
        signature: "()",
        method: None,
        summary: "The float's exact value in base 16.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> (0.1).hex()\n\
                  '0x1.999999999999ap-4'\n",
        see_also: &["float.fromhex"],
        run: Run::Call(hex),
    },
    Function {
        name: "float.fromhex",
        signature: "($type, string, /)",
        method: None,
        summary: "The float that a text in base 16 says.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> float.fromhex('0x1.8p+1')\n\
                  3.0\n",
        see_also: &["float.hex"],
        run: Run::Call(fromhex),
    },
    Function {
        name: "float.conjugate",
        signature: "()",
        method: None,
        summary: "The float itself.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> (1.5).conjugate()\n\
                  1.5\n",
        see_also: &["complex.conjugate"],
        run: Run::Call(conjugate),
    },
    Function {
        name: "complex.conjugate",
        signature: "()",
        method: None,
        summary: "The number with the imaginary part negated.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> (1+2j).conjugate()\n\
                  (1-2j)\n",
        see_also: &["np.conjugate"],
        run: Run::Call(conjugate),
    },
];

const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "int.real",
        summary: "The real part.",
        memory: MemoryRule::NoArray,
        example: ">>> (3).real\n\
                  3\n",
        get: real,
        set: None,
    },
    Attribute {
        name: "int.imag",
        summary: "The imaginary part.",
        memory: MemoryRule::NoArray,
        example: ">>> (3).imag\n\
                  0\n",
        get: imag,
        set: None,
    },
    Attribute {
        name: "float.real",
        summary: "The real part.",
        memory: MemoryRule::NoArray,
        example: ">>> (1.5).real\n\
                  1.5\n",
        get: real,
        set: None,
    },
    Attribute {
        name: "float.imag",
        summary: "The imaginary part.",
        memory: MemoryRule::NoArray,
        example: ">>> (1.5).imag\n\
                  0.0\n",
        get: imag,
        set: None,
    },
    Attribute {
        name: "complex.real",
        summary: "The real part.",
        memory: MemoryRule::NoArray,
        example: ">>> (1+2j).real\n\
                  1.0\n",
        get: real,
        set: None,
    },
    Attribute {
        name: "complex.imag",
        summary: "The imaginary part.",
        memory: MemoryRule::NoArray,
        example: ">>> (1+2j).imag\n\
                  2.0\n",
        get: imag,
        set: None,
    },
    Attribute {
        name: "int.numerator",
        summary: "The int itself.",
        memory: MemoryRule::NoArray,
        example: ">>> (3).numerator\n\
                  3\n",
        get: numerator,
        set: None,
    },
    Attribute {
        name: "int.denominator",
        summary: "1.",
        memory: MemoryRule::NoArray,
        example: ">>> (3).denominator\n\
                  1\n",
        get: denominator,
        set: None,
    },
];

fn bit_length(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(Value::int(integer::bit_length(&as_int(args.receiver())?)))
}

fn bit_count(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(match as_int(args.receiver())? {
        Int::Small(value) => Value::int(value.unsigned_abs().count_ones() as i64),
        Int::Big(value) => Value::int(value.magnitude().count_ones()),
    })
}

/// Whether the least significant byte comes first.
fn is_little(args: &Arguments) -> Result<bool> {
    let order = args.get("byteorder");
    match as_str(&order, "byteorder")? {
        "little" => Ok(true),
        "big" => Ok(false),
        _ => Err(value_error("byteorder must be either 'little' or 'big'")),
    }
}

fn to_bytes(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (little, signed) = (is_little(args)?, is_true(&args.get("signed"))?);
    let length = usize::try_from(as_index(&args.get("length"))?);
    let length = length.map_err(|_| value_error("length argument must be non-negative"))?;
    crate::python::sequence::repeated_length(1, length, 1 << 30)?;
    let bytes = integer::to_bytes(&as_int(args.receiver())?, length, little, signed)?;
    Ok(Value::Bytes(bytes.into()))
}

fn from_bytes(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (little, signed) = (is_little(args)?, is_true(&args.get("signed"))?);
    let source = args.get("bytes");
    let bytes = match bytes::of(&source) {
        Some(bytes) => bytes,
        None if matches!(source, Value::Str(_)) => return Err(type_error("cannot convert 'str' object to bytes")),
        None => bytes::from_ints(context, &source, "bytes")?,
    };
    Ok(Value::Int(integer::from_bytes(&bytes, little, signed)))
}

fn int_ratio(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(Value::tuple([Value::Int(as_int(args.receiver())?), Value::int(1)]))
}

fn float_ratio(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (numerator, denominator) = as_integer_ratio(as_f64(args.receiver())?)?;
    Ok(Value::tuple([Value::Int(Int::from(numerator)), Value::Int(Int::from(denominator))]))
}

fn is_integer(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let value = as_f64(args.receiver())?;
    Ok(Value::Bool(value.is_finite() && value.fract() == 0.0))
}

fn hex(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(write_hex(as_f64(args.receiver())?).into())
}

fn fromhex(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    match args.get("string") {
        Value::Str(text) => Ok(Value::Float(read_hex(&text)?)),
        _ => Err(type_error("bad argument type for built-in operation")),
    }
}

fn conjugate(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(match args.receiver() {
        Value::Complex(v) => Value::Complex(v.conj()),
        Value::Scalar(Scalar::Complex128(v)) => Value::Scalar(Scalar::Complex128(v.conj())),
        Value::Bool(v) => Value::int(*v),
        other => other.clone(),
    })
}

/// One part of a number: of NumPy's scalars again a scalar.
fn part(value: &Value, part: fn(Complex64) -> f64, of_int: fn(&Int) -> Int) -> Result<Value> {
    Ok(match (value, Number::of(value)) {
        (_, Some(Number::Int(v))) => Value::Int(of_int(&v)),
        (_, Some(Number::Float(v))) => Value::Float(part(Complex64::new(v, 0.0))),
        (_, Some(Number::Complex(v))) => Value::Float(part(v)),
        (Value::Scalar(scalar), None) => {
            Value::Scalar(Scalar::Float64(part(scalar.as_complex())).cast(scalar.ty().part()))
        }
        (other, None) => return Err(super::wrong_receiver("float", other)),
    })
}

fn real(_: &mut Context, value: &Value) -> Result<Value> {
    part(value, |z| z.re, Int::clone)
}

fn imag(_: &mut Context, value: &Value) -> Result<Value> {
    part(value, |z| z.im, |_| Int::Small(0))
}

fn numerator(_: &mut Context, value: &Value) -> Result<Value> {
    as_int(value).map(Value::Int)
}

fn denominator(_: &mut Context, _: &Value) -> Result<Value> {
    Ok(Value::int(1))
}
