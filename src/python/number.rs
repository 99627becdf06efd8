//! What do Python's operators compute on numbers: int, float and complex, each with the others?
//!
//! The rules are CPython's (`longobject.c`, `floatobject.c`, `complexobject.c`): the operands rise to the wider of the
//! two kinds, and each kind has its own division, modulo, power and messages.

use super::integer;
use crate::error::{Result, overflow_error, zero_division_error};
use crate::syntax::ast::BinaryOp;
use crate::value::{Int, Value};
use num_complex::Complex64;

/// A value as a number of Python.
#[derive(Clone, Debug)]
pub enum Number {
    /// An int, or a bool.
    Int(Int),
    /// A float.
    Float(f64),
    /// A complex.
    Complex(Complex64),
}

impl Number {
    /// The number that a value of Python's own is. NumPy's scalars are left to NumPy.
    pub fn of(value: &Value) -> Option<Number> {
        Some(match value {
            Value::Int(v) => Number::Int(v.clone()),
            Value::Bool(v) => Number::Int(Int::from(*v)),
            Value::Float(v) => Number::Float(*v),
            Value::Complex(v) => Number::Complex(*v),
            _ => return None,
        })
    }

    /// As a float; of a complex, its real part.
    ///
    /// # Errors
    /// `OverflowError: int too large to convert to float`.
    pub fn to_float(&self) -> Result<f64> {
        match self {
            Number::Int(v) => integer::to_float(v),
            Number::Float(v) => Ok(*v),
            Number::Complex(v) => Ok(v.re),
        }
    }

    fn to_complex(&self) -> Result<Complex64> {
        match self {
            Number::Complex(v) => Ok(*v),
            real => Ok(Complex64::new(real.to_float()?, 0.0)),
        }
    }
}

/// `a op b`; nothing where numbers of these kinds have no such operator.
///
/// # Errors
/// `ZeroDivisionError`, `OverflowError`, `ValueError`, as CPython words them.
pub fn binary(op: BinaryOp, a: &Number, b: &Number) -> Result<Option<Value>> {
    match (a, b) {
        (Number::Int(x), Number::Int(y)) => int_op(op, x, y),
        (Number::Complex(_), _) | (_, Number::Complex(_)) => complex_op(op, a.to_complex()?, b.to_complex()?),
        _ => {
            if matches!(
                op,
                BinaryOp::MatMul
                    | BinaryOp::LeftShift
                    | BinaryOp::RightShift
                    | BinaryOp::And
                    | BinaryOp::Or
                    | BinaryOp::Xor
            ) {
                return Ok(None);
            }
            float_op(op, a.to_float()?, b.to_float()?)
        }
    }
}

fn int_op(op: BinaryOp, a: &Int, b: &Int) -> Result<Option<Value>> {
    Ok(Some(Value::Int(match op {
        BinaryOp::Add => integer::add(a, b),
        BinaryOp::Subtract => integer::subtract(a, b),
        BinaryOp::Multiply => integer::multiply(a, b)?,
        BinaryOp::FloorDivide => integer::divmod(a, b)?.0,
        BinaryOp::Remainder => integer::remainder(a, b)?,
        BinaryOp::LeftShift => integer::left_shift(a, b)?,
        BinaryOp::RightShift => integer::right_shift(a, b)?,
        BinaryOp::And => integer::combine(a, b, |x, y| x & y, |x, y| x & y),
        BinaryOp::Or => integer::combine(a, b, |x, y| x | y, |x, y| x | y),
        BinaryOp::Xor => integer::combine(a, b, |x, y| x ^ y, |x, y| x ^ y),
        BinaryOp::TrueDivide => return integer::true_divide(a, b).map(|v| Some(Value::Float(v))),
        BinaryOp::Power if b.signum() < 0 => {
            return float_op(op, integer::to_float(a)?, integer::to_float(b)?);
        }
        BinaryOp::Power => integer::power(a, b)?,
        BinaryOp::MatMul => return Ok(None),
    })))
}

fn float_op(op: BinaryOp, a: f64, b: f64) -> Result<Option<Value>> {
    Ok(Some(Value::Float(match op {
        BinaryOp::Add => a + b,
        BinaryOp::Subtract => a - b,
        BinaryOp::Multiply => a * b,
        BinaryOp::TrueDivide if b == 0.0 => return Err(zero_division_error("float division by zero")),
        BinaryOp::TrueDivide => a / b,
        BinaryOp::FloorDivide if b == 0.0 => return Err(zero_division_error("float floor division by zero")),
        BinaryOp::FloorDivide => float_divmod(a, b).0,
        BinaryOp::Remainder if b == 0.0 => return Err(zero_division_error("float modulo")),
        BinaryOp::Remainder => float_remainder(a, b),
        BinaryOp::Power => return float_power(a, b).map(Some),
        _ => return Ok(None),
    })))
}

/// `a % b` for `b` that is not 0 (`float_rem`).
fn float_remainder(a: f64, b: f64) -> f64 {
    let rest = a % b;
    if rest == 0.0 {
        0.0f64.copysign(b)
    } else if (b < 0.0) != (rest < 0.0) {
        rest + b
    } else {
        rest
    }
}

/// `divmod(a, b)` for `b` that is not 0 (`_float_div_mod`).
pub fn float_divmod(a: f64, b: f64) -> (f64, f64) {
    let mut rest = a % b;
    let mut quotient = (a - rest) / b;
    if rest == 0.0 {
        rest = 0.0f64.copysign(b);
    } else if (b < 0.0) != (rest < 0.0) {
        rest += b;
        quotient -= 1.0;
    }
    let whole = if quotient == 0.0 {
        0.0f64.copysign(a / b)
    } else {
        let floor = quotient.floor();
        if quotient - floor > 0.5 { floor + 1.0 } else { floor }
    };
    (whole, rest)
}

/// `a ** b` (`float_pow`); a negative base with a fraction as exponent gives a complex number.
fn float_power(a: f64, b: f64) -> Result<Value> {
    if a == 0.0 && b < 0.0 {
        return Err(zero_division_error("0.0 cannot be raised to a negative power"));
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && b.fract() != 0.0 {
        return complex_power(Complex64::new(a, 0.0), Complex64::new(b, 0.0)).map(Value::Complex);
    }
    let value = a.powf(b);
    if value.is_infinite() && a.is_finite() && b.is_finite() {
        return Err(overflow_error("(34, 'Numerical result out of range')"));
    }
    Ok(Value::Float(value))
}

fn complex_op(op: BinaryOp, a: Complex64, b: Complex64) -> Result<Option<Value>> {
    Ok(Some(Value::Complex(match op {
        BinaryOp::Add => Complex64::new(a.re + b.re, a.im + b.im),
        BinaryOp::Subtract => Complex64::new(a.re - b.re, a.im - b.im),
        BinaryOp::Multiply => product(a, b),
        BinaryOp::TrueDivide => quotient(a, b)?,
        BinaryOp::Power => complex_power(a, b)?,
        _ => return Ok(None),
    })))
}

fn product(a: Complex64, b: Complex64) -> Complex64 {
    Complex64::new(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)
}

/// `a / b` (`_Py_c_quot`): Smith's way, which keeps large parts from overflowing.
fn quotient(a: Complex64, b: Complex64) -> Result<Complex64> {
    let (real, imag) = (b.re.abs(), b.im.abs());
    if real >= imag {
        if real == 0.0 {
            return Err(zero_division_error("complex division by zero"));
        }
        let ratio = b.im / b.re;
        let divisor = b.re + b.im * ratio;
        return Ok(Complex64::new((a.re + a.im * ratio) / divisor, (a.im - a.re * ratio) / divisor));
    }
    if imag >= real {
        let ratio = b.re / b.im;
        let divisor = b.re * ratio + b.im;
        return Ok(Complex64::new((a.re * ratio + a.im) / divisor, (a.im * ratio - a.re) / divisor));
    }
    Ok(Complex64::new(f64::NAN, f64::NAN))
}

/// `a ** b` (`complex_pow`): small whole exponents by multiplication, others by logarithm.
fn complex_power(a: Complex64, b: Complex64) -> Result<Complex64> {
    let no_power = || zero_division_error("0.0 to a negative or complex power");
    let whole = b.im == 0.0 && b.re == b.re.floor() && b.re.abs() <= 100.0;
    let value = if whole && b.re > 0.0 {
        raise(a, b.re as u32)
    } else if whole && b.re < 0.0 {
        quotient(Complex64::new(1.0, 0.0), raise(a, -b.re as u32)).map_err(|_| no_power())?
    } else if b.re == 0.0 && b.im == 0.0 {
        Complex64::new(1.0, 0.0)
    } else if a.re == 0.0 && a.im == 0.0 {
        if b.im != 0.0 || b.re < 0.0 {
            return Err(no_power());
        }
        Complex64::new(0.0, 0.0)
    } else {
        let radius = a.re.hypot(a.im);
        let mut length = radius.powf(b.re);
        let angle = a.im.atan2(a.re);
        let mut phase = angle * b.re;
        if b.im != 0.0 {
            length /= (angle * b.im).exp();
            phase += b.im * radius.ln();
        }
        Complex64::new(length * phase.cos(), length * phase.sin())
    };
    if value.re.is_infinite() || value.im.is_infinite() {
        return Err(overflow_error("complex exponentiation"));
    }
    Ok(value)
}

fn raise(base: Complex64, exponent: u32) -> Complex64 {
    let (mut result, mut square, mut mask) = (Complex64::new(1.0, 0.0), base, 1u32);
    while exponent >= mask {
        if exponent & mask != 0 {
            result = product(result, square);
        }
        mask <<= 1;
        square = product(square, square);
    }
    result
}

/// `abs(value)` of a complex.
///
/// # Errors
/// `OverflowError: absolute value too large`.
pub fn absolute(value: Complex64) -> Result<f64> {
    let length = value.re.hypot(value.im);
    if length.is_infinite() && value.re.is_finite() && value.im.is_finite() {
        return Err(overflow_error("absolute value too large"));
    }
    Ok(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_divide_as_python_s() {
        assert_eq!(float_divmod(7.5, -2.0), (-4.0, -0.5));
        assert_eq!(float_divmod(5.0, 0.1).0, 49.0);
        assert_eq!(float_divmod(-1.0, 1e-300).0, -9.999999999999999e299);
        assert!(float_remainder(-0.0, 5.0).is_sign_positive());
        assert_eq!(float_remainder(-5.0, f64::INFINITY), f64::INFINITY);
    }

    #[test]
    fn complex_powers_and_quotients() {
        let power = |a: (f64, f64), b: (f64, f64)| {
            complex_power(Complex64::new(a.0, a.1), Complex64::new(b.0, b.1)).map(|z| (z.re, z.im))
        };
        assert_eq!(power((0.0, 1.0), (2.0, 0.0)).unwrap(), (-1.0, 0.0));
        assert_eq!(power((1.0, 2.0), (0.5, 0.0)).unwrap(), (1.272019649514069, 0.7861513777574233));
        assert_eq!(power((0.0, 0.0), (0.0, 0.0)).unwrap(), (1.0, 0.0));
        assert!(power((0.0, 0.0), (-1.0, 0.0)).is_err());
        let z = quotient(Complex64::new(1.0, 2.0), Complex64::new(3.0, -4.0)).unwrap();
        assert_eq!((z.re, z.im), (-0.2, 0.4));
    }
}
