//! Builtins that make a number or a text of a value.

use crate::array::Scalar;
use crate::error::{ErrorClass, Result, type_error};
use crate::python::number::Number;
use crate::python::{bytes, codec, format, integer};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::text;
use crate::text::number::{float_to_int, read_complex, read_float, read_int};
use crate::value::{self, Int, Value, as_int, classes, is_true, plain, unwrap_scalar};
use num_complex::Complex64;
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: FUNCTIONS,
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[
        ("int", &classes::INT),
        ("float", &classes::FLOAT),
        ("complex", &classes::COMPLEX),
        ("bool", &classes::BOOL),
        ("str", &classes::STR),
    ],
};

const FUNCTIONS: &[Function] = &[
    Function {
        name: "int",
        signature: "(x=<no value>, /, base=<no value>)",
        method: None,
        summary: "An int of a number (cut towards zero) or of a text.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> int(-1.9)\n\
                  -1\n\
                  >>> int('ff', 16)\n\
                  255\n",
        see_also: &["float", "round"],
        run: Run::Call(int),
    },
    Function {
        name: "float",
        signature: "(x=0.0, /)",
        method: None,
        summary: "A float of a number or of a text.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> float('1e-3')\n\
                  0.001\n\
                  >>> float(np.float32(0.1))\n\
                  0.10000000149011612\n",
        see_also: &["int"],
        run: Run::Call(float),
    },
    Function {
        name: "complex",
        signature: "(real=<no value>, imag=<no value>)",
        method: None,
        summary: "A complex number of its parts, or of a text.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> complex(1, 2)\n\
                  (1+2j)\n\
                  >>> complex('1-2j')\n\
                  (1-2j)\n",
        see_also: &["float"],
        run: Run::Call(complex),
    },
    Function {
        name: "bool",
        signature: "(x=False, /)",
        method: None,
        summary: "The truth of an object.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bool(0), bool('a'), bool([])\n\
                  (False, True, False)\n",
        see_also: &[],
        run: Run::Call(bool),
    },
    Function {
        name: "str",
        signature: "(object=<no value>, encoding=<no value>, errors=<no value>)",
        method: None,
        summary: "The text of an object as print shows it, or the text that bytes encode.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> str(1.5)\n\
                  '1.5'\n\
                  >>> str(b'abc', 'ascii')\n\
                  'abc'\n",
        see_also: &["repr"],
        run: Run::Call(str),
    },
    Function {
        name: "repr",
        signature: "(obj, /)",
        method: None,
        summary: "The text of an object as the prompt shows it.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> repr('a')\n\
                  \"'a'\"\n\
                  >>> repr(np.float32(0.5))\n\
                  'np.float32(0.5)'\n",
        see_also: &["str", "ascii"],
        run: Run::Call(repr),
    },
    Function {
        name: "ascii",
        signature: "(obj, /)",
        method: None,
        summary: "As repr, with everything beyond ASCII escaped.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> ascii('λ')\n\
                  \"'\\\\u03bb'\"\n",
        see_also: &["repr"],
        run: Run::Call(ascii),
    },
    Function {
        name: "format",
        signature: "(value, format_spec='', /)",
        method: None,
        summary: "The text of a value laid out by a format specification.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> format(3.14159, '.2f')\n\
                  '3.14'\n\
                  >>> format(255, '#06x')\n\
                  '0x00ff'\n",
        see_also: &["str.format"],
        run: Run::Call(format_of),
    },
];

/// The one element of what stands for a NumPy number: a scalar, or an array of no axes.
fn element(value: &Value) -> Option<Result<Scalar>> {
    match value {
        Value::Scalar(scalar) => Some(Ok(*scalar)),
        Value::Array(array) if array.ndim() == 0 && array.layout().dtype.is_number() => {
            Some(Ok(array.read(array.layout().offset)))
        }
        Value::Array(array) if array.ndim() == 0 => None,
        Value::Array(_) => Some(Err(type_error("only 0-dimensional arrays can be converted to Python scalars"))),
        _ => None,
    }
}

/// The real part, with NumPy's warning that the other is lost.
fn real_part(context: &Context, scalar: Scalar) -> f64 {
    if scalar.ty().is_complex() {
        let message = "Casting complex values to real discards the imaginary part";
        context.runtime.warn(ErrorClass::ComplexWarning, message);
    }
    scalar.as_f64()
}

/// The text of a str, or the bytes of a bytes-like object as text, for reading a number.
fn number_text(value: &Value) -> Option<String> {
    let scalar = match value {
        Value::Array(array) => unwrap_scalar(Rc::clone(array)),
        other => plain(other).clone(),
    };
    match plain(&scalar) {
        Value::Str(text) => Some(text.to_string()),
        other => bytes::of(other).map(|bytes| bytes.iter().map(|&b| b as char).collect()),
    }
}

fn int(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let value = args.given("x").cloned();
    if let Some(base) = args.given("base").cloned() {
        let Some(value) = value else { return Err(type_error("int() missing string argument")) };
        let base = as_int(&base)?.to_i64().unwrap_or(-1);
        let Some(text) = number_text(&value) else {
            return Err(type_error("int() can't convert non-string with explicit base"));
        };
        return Ok(Value::Int(Int::from(read_int(&text, base)?)));
    }
    to_int(context, &value.unwrap_or(Value::int(0))).map(Value::Int)
}

/// `int(value)`.
fn to_int(context: &Context, value: &Value) -> Result<Int> {
    if let Some(scalar) = element(value) {
        let scalar = scalar?;
        return match scalar.as_i128() {
            Some(whole) => Ok(Int::from(whole)),
            None => Ok(Int::from(float_to_int(real_part(context, scalar))?)),
        };
    }
    match Number::of(value) {
        Some(Number::Int(v)) => return Ok(v),
        Some(Number::Float(v)) => return Ok(Int::from(float_to_int(v)?)),
        _ => {}
    }
    match number_text(value) {
        Some(text) => Ok(Int::from(read_int(&text, 10).map_err(|error| named(error, value))?)),
        None => Err(type_error(format!(
            "int() argument must be a string, a bytes-like object or a real number, not '{}'",
            value.class().qualified()
        ))),
    }
}

/// The message about a text that is no number shows bytes as bytes.
fn named(error: text::error::FormatError, value: &Value) -> text::error::FormatError {
    match (error.message.rsplit_once(": '"), bytes::of(value)) {
        (Some((start, _)), Some(bytes)) => {
            text::error::FormatError::value(format!("{start}: {}", text::quote::repr_bytes(&bytes)))
        }
        _ => error,
    }
}

fn float(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let value = args.get("x");
    if let Some(scalar) = element(&value) {
        return Ok(Value::Float(real_part(context, scalar?)));
    }
    match Number::of(&value) {
        Some(Number::Int(v)) => return integer::to_float(&v).map(Value::Float),
        Some(Number::Float(v)) => return Ok(Value::Float(v)),
        _ => {}
    }
    match number_text(&value) {
        Some(text) => Ok(Value::Float(read_float(&text).map_err(|error| named(error, &value))?)),
        None => Err(type_error(format!(
            "float() argument must be a string or a real number, not '{}'",
            value.class().qualified()
        ))),
    }
}

fn complex(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (real, imag) = (args.given("real").cloned(), args.given("imag").cloned());
    if let Some(Value::Str(text)) = &real {
        if imag.is_some() {
            return Err(type_error("complex() can't take second arg if first is a string"));
        }
        let (re, im) = read_complex(text)?;
        return Ok(Value::Complex(Complex64::new(re, im)));
    }
    if let Some(Value::Str(_)) = &imag {
        return Err(type_error("complex() second arg can't be a string"));
    }
    let part = |value: &Value, which: &str| -> Result<Complex64> {
        if let Some(scalar) = element(value) {
            return Ok(scalar?.as_complex());
        }
        let class = || value.class().qualified();
        match Number::of(value) {
            Some(Number::Complex(v)) => Ok(v),
            Some(real) => Ok(Complex64::new(real.to_float()?, 0.0)),
            None if which == "first" => {
                Err(type_error(format!("complex() first argument must be a string or a number, not '{}'", class())))
            }
            None => Err(type_error(format!("complex() second argument must be a number, not '{}'", class()))),
        }
    };
    let re = real.as_ref().map_or(Ok(Complex64::new(0.0, 0.0)), |value| part(value, "first"))?;
    let Some(imag) = imag else { return Ok(Value::Complex(re)) };
    let im = part(&imag, "second")?;
    // Only what is complex is added: `0.0 + -0.0` would lose the sign.
    let is_complex = |value: &Value| match element(value) {
        Some(Ok(scalar)) => scalar.ty().is_complex(),
        _ => matches!(value, Value::Complex(_)),
    };
    let real_part = if is_complex(&imag) { re.re - im.im } else { re.re };
    let imaginary = if real.as_ref().is_some_and(is_complex) { re.im + im.re } else { im.re };
    Ok(Value::Complex(Complex64::new(real_part, imaginary)))
}

fn bool(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    is_true(&args.get("x")).map(Value::Bool)
}

fn str(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let Some(value) = args.given("object").cloned() else { return Ok(Value::str("")) };
    let (encoding, errors) = (args.given("encoding").cloned(), args.given("errors").cloned());
    if encoding.is_none() && errors.is_none() {
        return Ok(Value::str(value::str(&value, &context.print_options)));
    }
    codec::check_names(encoding.as_ref(), errors.as_ref(), "str()")?;
    match (&value, bytes::of(&value)) {
        (Value::Str(_), _) => Err(type_error("decoding str is not supported")),
        (_, Some(bytes)) => codec::decode(&bytes, encoding, errors, "str()").map(Value::from),
        _ => {
            let class = value.class().qualified();
            Err(type_error(format!("decoding to str: need a bytes-like object, {class} found")))
        }
    }
}

fn repr(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(value::repr(&args.get("obj"), &context.print_options).into())
}

fn ascii(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(text::quote::escape_non_ascii(&value::repr(&args.get("obj"), &context.print_options)).into())
}

fn format_of(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    match args.get("format_spec") {
        Value::Str(spec) => format::format_value(context, &args.get("value"), &spec).map(Value::from),
        other => Err(type_error(format!("format() argument 2 must be str, not {}", other.class().qualified()))),
    }
}
