//! Builtins that compute with numbers.

use crate::array::Type;
use crate::error::{Error, ErrorClass, Result, overflow_error, type_error, value_error};
use crate::python::number::{self, Number};
use crate::python::{integer, operators};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section, call};
use crate::syntax::ast::BinaryOp;
use crate::text::number::{Radix, float_to_int, write_radix};
use crate::value::{Cursor, Int, Value, as_int, is_time_scalar};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

const FUNCTIONS: &[Function] = &[
    Function {
        name: "abs",
        signature: "(x, /)",
        method: None,
        summary: "The absolute value of a number; of an array, element by element.",
        memory: MemoryRule::New,
        notes: "",
        example: ">>> abs(-3), abs(3+4j)\n\
                  (3, 5.0)\n\
                  >>> abs(np.array([-1, 2]))\n\
                  array([1, 2])\n",
        see_also: &["np.absolute"],
        run: Run::Call(abs),
    },
    Function {
        name: "round",
        signature: "(number, ndigits=None)",
        method: None,
        summary: "The number rounded to so many decimals, half to even; without ndigits, an int.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> round(2.5), round(3.5)\n\
                  (2, 4)\n\
                  >>> round(1234.5678, -2)\n\
                  1200.0\n",
        see_also: &["np.round"],
        run: Run::Call(round),
    },
    Function {
        name: "divmod",
        signature: "(x, y, /)",
        method: None,
        summary: "Quotient and remainder of floor division.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> divmod(-7, 2)\n\
                  (-4, 1)\n\
                  >>> divmod(7.5, 2)\n\
                  (3.0, 1.5)\n",
        see_also: &["np.divmod"],
        run: Run::Call(divmod),
    },
    Function {
        name: "pow",
        signature: "(base, exp, mod=None)",
        method: None,
        summary: "base ** exp; of ints, also modulo a third.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> pow(2, 10)\n\
                  1024\n\
                  >>> pow(3, -1, 7)\n\
                  5\n",
        see_also: &["np.power"],
        run: Run::Call(pow),
    },
    Function {
        name: "sum",
        signature: "(iterable, /, start=0)",
        method: None,
        summary: "The sum of the items, added one by one to start.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> sum([1, 2, 3])\n\
                  6\n\
                  >>> sum([[1], [2]], [])\n\
                  [1, 2]\n",
        see_also: &["np.sum"],
        run: Run::Call(sum),
    },
    Function {
        name: "hex",
        signature: "(number, /)",
        method: None,
        summary: "An int in base 16.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> hex(255)\n\
                  '0xff'\n",
        see_also: &["bin", "oct", "int"],
        run: Run::Call(hex),
    },
    Function {
        name: "oct",
        signature: "(number, /)",
        method: None,
        summary: "An int in base 8.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> oct(8)\n\
                  '0o10'\n",
        see_also: &["bin", "hex"],
        run: Run::Call(oct),
    },
    Function {
        name: "bin",
        signature: "(number, /)",
        method: None,
        summary: "An int in base 2.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bin(10)\n\
                  '0b1010'\n",
        see_also: &["hex", "np.binary_repr"],
        run: Run::Call(bin),
    },
    Function {
        name: "chr",
        signature: "(i, /)",
        method: None,
        summary: "The character with this code.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> chr(955)\n\
                  'λ'\n",
        see_also: &["ord"],
        run: Run::Call(chr),
    },
    Function {
        name: "ord",
        signature: "(c, /)",
        method: None,
        summary: "The code of a character.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> ord('a')\n\
                  97\n",
        see_also: &["chr"],
        run: Run::Call(ord),
    },
];

/// Calls NumPy's function of this name.
fn call_numpy(context: &mut Context, name: &str, arguments: Vec<Value>) -> Result<Value> {
    match context.catalog.resolve(name) {
        Some(function) => call(context, &function, arguments, Vec::new()),
        None => Err(type_error(format!("{name} is not there"))),
    }
}

fn abs(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let value = args.take("x");
    Ok(match Number::of(&value) {
        Some(Number::Int(v)) => Value::Int(integer::absolute(&v)),
        Some(Number::Float(v)) => Value::Float(v.abs()),
        Some(Number::Complex(v)) => Value::Float(number::absolute(v)?),
        None if matches!(value, Value::Array(_) | Value::Scalar(_)) || is_time_scalar(&value) => {
            return crate::numpy::absolute(context, value);
        }
        None => return Err(type_error(format!("bad operand type for abs(): '{}'", value.class().qualified()))),
    })
}

fn round(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (value, digits) = (args.get("number"), args.some("ndigits").cloned());
    let no_round = || type_error(format!("type {} doesn't define __round__ method", value.class().qualified()));
    match &value {
        Value::Int(_) | Value::Bool(_) => round_int(&as_int(&value)?, digits),
        Value::Float(v) => match digits {
            None => Ok(Value::Int(Int::from(float_to_int(round_half_even(*v))?))),
            Some(digits) => {
                let digits = as_int(&digits)?;
                let far = if digits.signum() < 0 { i64::MIN } else { i64::MAX };
                round_float(*v, digits.to_i64().unwrap_or(far)).map(Value::Float)
            }
        },
        Value::Scalar(scalar) if scalar.ty() != Type::Bool && !scalar.ty().is_complex() => match digits {
            Some(digits) => call_numpy(context, "np.round", vec![value, digits]),
            None => match scalar.as_i128() {
                Some(whole) => Ok(Value::int(whole)),
                None => Ok(Value::Int(Int::from(float_to_int(round_half_even(scalar.as_f64()))?))),
            },
        },
        _ => Err(no_round()),
    }
}

fn round_half_even(value: f64) -> f64 {
    value.round_ties_even()
}

fn round_int(value: &Int, digits: Option<Value>) -> Result<Value> {
    let Some(digits) = digits else { return Ok(Value::Int(value.clone())) };
    let digits = as_int(&digits)?;
    if digits.signum() >= 0 {
        return Ok(Value::Int(value.clone()));
    }
    let places = integer::negative(&digits).to_i64().and_then(|n| u32::try_from(n).ok()).unwrap_or(u32::MAX);
    integer::round_to_power_of_ten(value, places).map(Value::Int)
}

/// A float rounded to `digits` decimals, half to even on its exact value (`double_round`).
fn round_float(value: f64, digits: i64) -> Result<f64> {
    // Beyond these bounds every digit stays, and none.
    if !value.is_finite() || digits > 323 {
        return Ok(value);
    }
    if digits < -308 {
        return Ok(0.0f64.copysign(value));
    }
    let rounded = if digits >= 0 {
        format!("{value:.*}", digits as usize).parse().unwrap_or(value)
    } else {
        // What stands behind the point decides only whether exactly half is exceeded: a last odd digit says that.
        let whole = Int::from(float_to_int(value)?);
        let doubled = integer::multiply(&whole, &Int::Small(2))?;
        let more = (value.fract() != 0.0) as i64 * value.signum() as i64;
        let rounded = round_doubled(&integer::add(&doubled, &Int::Small(more)), -digits as u32)?;
        integer::to_float(&rounded).map_err(|_| overflow_error("rounded value too large to represent"))?
    };
    if rounded.is_infinite() {
        return Err(overflow_error("rounded value too large to represent"));
    }
    Ok(if rounded == 0.0 { 0.0f64.copysign(value) } else { rounded })
}

/// Half of `twice`, rounded to a multiple of `10**places`, half to even.
fn round_doubled(twice: &Int, places: u32) -> Result<Int> {
    let unit = integer::power(&Int::Small(10), &Int::from(places as i64))?;
    let (quotient, rest) = integer::divmod(twice, &integer::multiply(&unit, &Int::Small(2))?)?;
    let odd = !integer::remainder(&quotient, &Int::Small(2))?.is_zero();
    let up = match rest.cmp(&unit) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => odd,
        std::cmp::Ordering::Greater => true,
    };
    integer::multiply(&integer::add(&quotient, &Int::Small(up as i64)), &unit)
}

fn divmod(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (a, b) = (args.take("x"), args.take("y"));
    let is_numpy = |value: &Value| matches!(value, Value::Array(_) | Value::Scalar(_)) || is_time_scalar(value);
    if is_numpy(&a) || is_numpy(&b) {
        return call_numpy(context, "np.divmod", vec![a, b]);
    }
    match (Number::of(&a), Number::of(&b)) {
        (Some(Number::Int(x)), Some(Number::Int(y))) => {
            let (quotient, rest) = integer::divmod(&x, &y)?;
            Ok(Value::tuple([Value::Int(quotient), Value::Int(rest)]))
        }
        (Some(x), Some(y)) if !matches!(x, Number::Complex(_)) && !matches!(y, Number::Complex(_)) => {
            let (x, y) = (x.to_float()?, y.to_float()?);
            if y == 0.0 {
                return Err(crate::error::zero_division_error("float divmod()"));
            }
            let (quotient, rest) = number::float_divmod(x, y);
            Ok(Value::tuple([Value::Float(quotient), Value::Float(rest)]))
        }
        _ => Err(operators::unsupported("divmod()", &a, &b)),
    }
}

fn pow(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (base, exponent) = (args.take("base"), args.take("exp"));
    let Some(modulus) = args.some("mod").cloned() else {
        let binary = context.catalog.hooks.operators.binary;
        return binary(context, BinaryOp::Power, base, exponent);
    };
    match (Number::of(&base), Number::of(&exponent), Number::of(&modulus)) {
        (Some(Number::Int(a)), Some(Number::Int(b)), Some(Number::Int(m))) => {
            integer::power_modulo(&a, &b, &m).map(Value::Int)
        }
        (Some(Number::Complex(_)), Some(_), Some(_)) | (Some(_), Some(Number::Complex(_)), Some(_)) => {
            Err(value_error("complex modulo"))
        }
        (Some(_), Some(_), Some(_)) => {
            Err(type_error("pow() 3rd argument not allowed unless all arguments are integers"))
        }
        _ => {
            let class = |value: &Value| value.class().qualified();
            let (a, b, m) = (class(&base), class(&exponent), class(&modulus));
            Err(type_error(format!("unsupported operand type(s) for ** or pow(): '{a}', '{b}', '{m}'")))
        }
    }
}

fn sum(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let mut total = args.take("start");
    match &total {
        Value::Str(_) => return Err(type_error("sum() can't sum strings [use ''.join(seq) instead]")),
        Value::Bytes(_) => return Err(type_error("sum() can't sum bytes [use b''.join(seq) instead]")),
        _ => {}
    }
    let binary = context.catalog.hooks.operators.binary;
    let mut cursor = Cursor::over(&args.get("iterable"))?;
    while let Some(item) = cursor.next(context) {
        crate::interrupt::check()?;
        total = binary(context, BinaryOp::Add, total, item?)?;
    }
    Ok(total)
}

fn hex(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(write_radix(&as_int(&args.get("number"))?.to_big(), Radix::Hexadecimal).into())
}

fn oct(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(write_radix(&as_int(&args.get("number"))?.to_big(), Radix::Octal).into())
}

fn bin(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(write_radix(&as_int(&args.get("number"))?.to_big(), Radix::Binary).into())
}

fn chr(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let code = as_int(&args.get("i"))?;
    let code = code.to_i64().and_then(|n| i32::try_from(n).ok());
    let code = code.ok_or_else(|| overflow_error("Python int too large to convert to C int"))?;
    match u32::try_from(code).ok().filter(|code| *code <= 0x10ffff) {
        Some(code) => match char::from_u32(code) {
            Some(c) => Ok(Value::str(c.to_string())),
            None => Err(value_error(format!("a lone surrogate (U+{code:04X}) cannot stand in a str"))),
        },
        None => Err(value_error("chr() arg not in range(0x110000)")),
    }
}

fn ord(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let value = args.get("c");
    let count = match &value {
        Value::Str(text) => {
            let mut chars = text.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => return Ok(Value::int(c as i64)),
                _ => text.chars().count(),
            }
        }
        Value::Bytes(bytes) => match **bytes {
            [byte] => return Ok(Value::int(byte)),
            _ => bytes.len(),
        },
        other => {
            let class = other.class().qualified();
            return Err(type_error(format!("ord() expected string of length 1, but {class} found")));
        }
    };
    Err(Error::new(ErrorClass::TypeError, format!("ord() expected a character, but string of length {count} found")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_round_half_to_even_on_their_exact_value() {
        for (value, digits, expected) in [
            (2.675, 2, 2.67),
            (5.55, 1, 5.5),
            (1234.5678, -2, 1200.0),
            (12355.0, -1, 12360.0),
            (12345.0, -1, 12340.0),
            (12345.1, -1, 12350.0),
            (-12345.1, -1, -12350.0),
            (1.5, 400, 1.5),
            (1e22, 2, 1e22),
        ] {
            assert_eq!(round_float(value, digits).unwrap(), expected, "round({value}, {digits})");
        }
        assert!(round_float(-1.5, -400).unwrap().is_sign_negative());
    }
}
