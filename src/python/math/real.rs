//! Functions of `math` on real numbers: roots, powers, logarithms, angles, rounding, parts of floats.

use super::special::{erf, erfc, gamma, log_gamma};
use super::{domain_error, range_error, to_real};
use crate::error::{Result, type_error, value_error};
use crate::python::integer;
use crate::registry::{Arguments, Constant, Context, Function, MemoryRule, Run, Section};
use crate::text::float::round_to_f64;
use crate::text::number::float_to_int;
use crate::value::{Int, Value, as_int};

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: FUNCTIONS,
    attributes: &[],
    constants: &[
        Constant {
            name: "math.pi",
            summary: "The ratio of a circle's circumference to its diameter.",
            value: || Value::Float(std::f64::consts::PI),
        },
        Constant { name: "math.e", summary: "Euler's number.", value: || Value::Float(std::f64::consts::E) },
        Constant { name: "math.tau", summary: "Twice pi.", value: || Value::Float(std::f64::consts::TAU) },
        Constant { name: "math.inf", summary: "Positive infinity.", value: || Value::Float(f64::INFINITY) },
        Constant { name: "math.nan", summary: "Not a number.", value: || Value::Float(f64::NAN) },
    ],
    aliases: &[],
    classes: &[],
};

const FUNCTIONS: &[Function] = &[
    Function {
        name: "math.sqrt",
        signature: "(x, /)",
        method: None,
        summary: "The square root.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.sqrt(2)\n\
                  1.4142135623730951\n",
        see_also: &["np.sqrt", "math.isqrt"],
        run: Run::Call(sqrt),
    },
    Function {
        name: "math.cbrt",
        signature: "(x, /)",
        method: None,
        summary: "The cube root.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.cbrt(-8)\n\
                  -2.0\n",
        see_also: &["np.cbrt"],
        run: Run::Call(cbrt),
    },
    Function {
        name: "math.exp",
        signature: "(x, /)",
        method: None,
        summary: "e to the power x.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.exp(1)\n\
                  2.718281828459045\n",
        see_also: &["np.exp", "math.expm1"],
        run: Run::Call(exp),
    },
    Function {
        name: "math.exp2",
        signature: "(x, /)",
        method: None,
        summary: "2 to the power x.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.exp2(0.5)\n\
                  1.4142135623730951\n",
        see_also: &["np.exp2"],
        run: Run::Call(exp2),
    },
    Function {
        name: "math.expm1",
        signature: "(x, /)",
        method: None,
        summary: "e to the power x, minus 1, precise for small x.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.expm1(1e-10)\n\
                  1.00000000005e-10\n",
        see_also: &["np.expm1"],
        run: Run::Call(expm1),
    },
    Function {
        name: "math.pow",
        signature: "(x, y, /)",
        method: None,
        summary: "x to the power y, as floats.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.pow(2, 0.5)\n\
                  1.4142135623730951\n",
        see_also: &["pow", "np.power"],
        run: Run::Call(pow),
    },
    Function {
        name: "math.log",
        signature: "(*args)",
        method: None,
        summary: "The natural logarithm, or that to a base.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.log(8), math.log(8, 2)\n\
                  (2.0794415416798357, 3.0)\n",
        see_also: &["math.log2", "np.log"],
        run: Run::Call(log),
    },
    Function {
        name: "math.log2",
        signature: "(x, /)",
        method: None,
        summary: "The logarithm to the base 2.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.log2(8)\n\
                  3.0\n",
        see_also: &["np.log2"],
        run: Run::Call(log2),
    },
    Function {
        name: "math.log10",
        signature: "(x, /)",
        method: None,
        summary: "The logarithm to the base 10.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.log10(1000)\n\
                  3.0\n",
        see_also: &["np.log10"],
        run: Run::Call(log10),
    },
    Function {
        name: "math.log1p",
        signature: "(x, /)",
        method: None,
        summary: "The natural logarithm of 1 + x, precise for small x.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.log1p(1e-10)\n\
                  9.999999999500001e-11\n",
        see_also: &["np.log1p"],
        run: Run::Call(log1p),
    },
    Function {
        name: "math.sin",
        signature: "(x, /)",
        method: None,
        summary: "The sine of an angle in radians.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.sin(math.pi / 6)\n\
                  0.49999999999999994\n",
        see_also: &["np.sin"],
        run: Run::Call(sin),
    },
    Function {
        name: "math.cos",
        signature: "(x, /)",
        method: None,
        summary: "The cosine of an angle in radians.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.cos(math.pi)\n\
                  -1.0\n",
        see_also: &["np.cos"],
        run: Run::Call(cos),
    },
    Function {
        name: "math.tan",
        signature: "(x, /)",
        method: None,
        summary: "The tangent of an angle in radians.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.tan(math.pi / 4)\n\
                  0.9999999999999999\n",
        see_also: &["np.tan"],
        run: Run::Call(tan),
    },
    Function {
        name: "math.asin",
        signature: "(x, /)",
        method: None,
        summary: "The angle whose sine is x.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.asin(1)\n\
                  1.5707963267948966\n",
        see_also: &["np.arcsin"],
        run: Run::Call(asin),
    },
    Function {
        name: "math.acos",
        signature: "(x, /)",
        method: None,
        summary: "The angle whose cosine is x.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.acos(1)\n\
                  0.0\n",
        see_also: &["np.arccos"],
        run: Run::Call(acos),
    },
    Function {
        name: "math.atan",
        signature: "(x, /)",
        method: None,
        summary: "The angle whose tangent is x.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.atan(1)\n\
                  0.7853981633974483\n",
        see_also: &["math.atan2", "np.arctan"],
        run: Run::Call(atan),
    },
    Function {
        name: "math.atan2",
        signature: "(y, x, /)",
        method: None,
        summary: "The angle of the point (x, y), in its quadrant.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.atan2(1, -1)\n\
                  2.356194490192345\n",
        see_also: &["math.atan", "np.arctan2"],
        run: Run::Call(atan2),
    },
    Function {
        name: "math.sinh",
        signature: "(x, /)",
        method: None,
        summary: "The hyperbolic sine.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.sinh(1)\n\
                  1.1752011936438014\n",
        see_also: &["np.sinh"],
        run: Run::Call(sinh),
    },
    Function {
        name: "math.cosh",
        signature: "(x, /)",
        method: None,
        summary: "The hyperbolic cosine.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.cosh(0)\n\
                  1.0\n",
        see_also: &["np.cosh"],
        run: Run::Call(cosh),
    },
    Function {
        name: "math.tanh",
        signature: "(x, /)",
        method: None,
        summary: "The hyperbolic tangent.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.tanh(1)\n\
                  0.7615941559557649\n",
        see_also: &["np.tanh"],
        run: Run::Call(tanh),
    },
    Function {
        name: "math.asinh",
        signature: "(x, /)",
        method: None,
        summary: "The inverse of the hyperbolic sine.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.asinh(1)\n\
                  0.881373587019543\n",
        see_also: &["np.arcsinh"],
        run: Run::Call(asinh),
    },
    Function {
        name: "math.acosh",
        signature: "(x, /)",
        method: None,
        summary: "The inverse of the hyperbolic cosine.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.acosh(2)\n\
                  1.3169578969248166\n",
        see_also: &["np.arccosh"],
        run: Run::Call(acosh),
    },
    Function {
        name: "math.atanh",
        signature: "(x, /)",
        method: None,
        summary: "The inverse of the hyperbolic tangent.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.atanh(0.5)\n\
                  0.5493061443340548\n",
        see_also: &["np.arctanh"],
        run: Run::Call(atanh),
    },
    Function {
        name: "math.degrees",
        signature: "(x, /)",
        method: None,
        summary: "An angle in radians as degrees.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.degrees(math.pi)\n\
                  180.0\n",
        see_also: &["math.radians", "np.degrees"],
        run: Run::Call(degrees),
    },
    Function {
        name: "math.radians",
        signature: "(x, /)",
        method: None,
        summary: "An angle in degrees as radians.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.radians(180)\n\
                  3.141592653589793\n",
        see_also: &["math.degrees", "np.radians"],
        run: Run::Call(radians),
    },
    Function {
        name: "math.floor",
        signature: "(x, /)",
        method: None,
        summary: "The largest int that is not above x.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.floor(-2.5)\n\
                  -3\n",
        see_also: &["math.ceil", "np.floor"],
        run: Run::Call(floor),
    },
    Function {
        name: "math.ceil",
        signature: "(x, /)",
        method: None,
        summary: "The smallest int that is not below x.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.ceil(-2.5)\n\
                  -2\n",
        see_also: &["math.floor", "np.ceil"],
        run: Run::Call(ceil),
    },
    Function {
        name: "math.trunc",
        signature: "(x, /)",
        method: None,
        summary: "x cut towards zero, as an int.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.trunc(-2.5)\n\
                  -2\n",
        see_also: &["int", "np.trunc"],
        run: Run::Call(trunc),
    },
    Function {
        name: "math.fabs",
        signature: "(x, /)",
        method: None,
        summary: "The absolute value, as a float.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.fabs(-3)\n\
                  3.0\n",
        see_also: &["abs", "np.fabs"],
        run: Run::Call(fabs),
    },
    Function {
        name: "math.fmod",
        signature: "(x, y, /)",
        method: None,
        summary: "The remainder of x / y with the sign of x.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.fmod(-7, 3)\n\
                  -1.0\n",
        see_also: &["math.remainder", "np.fmod"],
        run: Run::Call(fmod),
    },
    Function {
        name: "math.remainder",
        signature: "(x, y, /)",
        method: None,
        summary: "x minus the nearest multiple of y.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.remainder(5, 3)\n\
                  -1.0\n",
        see_also: &["math.fmod"],
        run: Run::Call(remainder),
    },
    Function {
        name: "math.modf",
        signature: "(x, /)",
        method: None,
        summary: "The part behind the point, and the part before it.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.modf(3.25)\n\
                  (0.25, 3.0)\n",
        see_also: &["np.modf"],
        run: Run::Call(modf),
    },
    Function {
        name: "math.frexp",
        signature: "(x, /)",
        method: None,
        summary: "Mantissa and exponent: x is m * 2**e, m from 0.5 up to 1.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.frexp(8.0)\n\
                  (0.5, 4)\n",
        see_also: &["math.ldexp", "np.frexp"],
        run: Run::Call(frexp),
    },
    Function {
        name: "math.ldexp",
        signature: "(x, i, /)",
        method: None,
        summary: "x * 2**i.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.ldexp(0.5, 4)\n\
                  8.0\n",
        see_also: &["math.frexp", "np.ldexp"],
        run: Run::Call(ldexp),
    },
    Function {
        name: "math.copysign",
        signature: "(x, y, /)",
        method: None,
        summary: "The size of x with the sign of y.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.copysign(3, -0.0)\n\
                  -3.0\n",
        see_also: &["np.copysign"],
        run: Run::Call(copysign),
    },
    Function {
        name: "math.nextafter",
        signature: "(x, y, /)",
        method: None,
        summary: "The float next to x in the direction of y.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.nextafter(1, 2)\n\
                  1.0000000000000002\n",
        see_also: &["math.ulp", "np.nextafter"],
        run: Run::Call(nextafter),
    },
    Function {
        name: "math.ulp",
        signature: "(x, /)",
        method: None,
        summary: "The distance from x to the next larger float.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.ulp(1.0)\n\
                  2.220446049250313e-16\n",
        see_also: &["math.nextafter", "np.spacing"],
        run: Run::Call(ulp),
    },
    Function {
        name: "math.isnan",
        signature: "(x, /)",
        method: None,
        summary: "Whether x is nan.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.isnan(math.nan)\n\
                  True\n",
        see_also: &["np.isnan"],
        run: Run::Call(isnan),
    },
    Function {
        name: "math.isinf",
        signature: "(x, /)",
        method: None,
        summary: "Whether x is an infinity.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.isinf(math.inf)\n\
                  True\n",
        see_also: &["np.isinf"],
        run: Run::Call(isinf),
    },
    Function {
        name: "math.isfinite",
        signature: "(x, /)",
        method: None,
        summary: "Whether x is neither nan nor an infinity.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.isfinite(1.5)\n\
                  True\n",
        see_also: &["np.isfinite"],
        run: Run::Call(isfinite),
    },
    Function {
        name: "math.isclose",
        signature: "(a, b, *, rel_tol=1e-09, abs_tol=0.0)",
        method: None,
        summary: "Whether two numbers differ by no more than a tolerance.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.isclose(0.1 + 0.2, 0.3)\n\
                  True\n",
        see_also: &["np.isclose"],
        run: Run::Call(isclose),
    },
    Function {
        name: "math.gamma",
        signature: "(x, /)",
        method: None,
        summary: "The gamma function: of n, the factorial of n - 1.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.gamma(5)\n\
                  24.0\n",
        see_also: &["math.lgamma", "math.factorial"],
        run: Run::Call(gamma_of),
    },
    Function {
        name: "math.lgamma",
        signature: "(x, /)",
        method: None,
        summary: "The natural logarithm of the absolute value of the gamma function.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.lgamma(100)\n\
                  359.1342053695754\n",
        see_also: &["math.gamma"],
        run: Run::Call(lgamma),
    },
    Function {
        name: "math.erf",
        signature: "(x, /)",
        method: None,
        summary: "The error function.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.erf(1)\n\
                  0.8427007929497149\n",
        see_also: &["math.erfc"],
        run: Run::Call(erf_of),
    },
    Function {
        name: "math.erfc",
        signature: "(x, /)",
        method: None,
        summary: "One minus the error function, precise for large x.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.erfc(5)\n\
                  1.5374597944280351e-12\n",
        see_also: &["math.erf"],
        run: Run::Call(erfc_of),
    },
];

/// A function of one float (`math_1`): nan from a number is outside the domain; infinity from a finite number is too
/// large where the function grows without bound, else outside the domain too.
fn of_one(args: &Arguments, f: fn(f64) -> f64, grows: bool) -> Result<Value> {
    let x = to_real(&args.get("x"))?;
    let y = f(x);
    if y.is_nan() && !x.is_nan() {
        return Err(domain_error());
    }
    if y.is_infinite() && x.is_finite() {
        return Err(if grows { range_error() } else { domain_error() });
    }
    Ok(Value::Float(y))
}

/// A function of two floats (`math_2`).
fn of_two(args: &Arguments, f: fn(f64, f64) -> f64) -> Result<Value> {
    let (x, y) = (to_real(&args.get("x"))?, to_real(&args.get("y"))?);
    let z = f(x, y);
    if z.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(domain_error());
    }
    if z.is_infinite() && x.is_finite() && y.is_finite() {
        return Err(range_error());
    }
    Ok(Value::Float(z))
}

fn sqrt(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, f64::sqrt, false)
}

fn exp(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, f64::exp, true)
}

fn exp2(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, f64::exp2, true)
}

fn expm1(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, f64::exp_m1, true)
}

fn log1p(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, f64::ln_1p, false)
}

fn cbrt(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, f64::cbrt, false)
}

fn sin(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, f64::sin, false)
}

fn cos(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, f64::cos, false)
}

fn tan(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, f64::tan, false)
}

fn asin(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, f64::asin, false)
}

fn acos(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, f64::acos, false)
}

fn atan(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, f64::atan, false)
}

fn sinh(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, f64::sinh, true)
}

fn cosh(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, f64::cosh, true)
}

fn tanh(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, f64::tanh, false)
}

fn asinh(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, inverse_sinh, false)
}

fn acosh(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, inverse_cosh, false)
}

fn atanh(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, inverse_tanh, false)
}

fn fabs(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, f64::abs, false)
}

fn erf_of(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, erf, false)
}

fn erfc_of(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, erfc, false)
}

fn gamma_of(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, gamma, true)
}

fn lgamma(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_one(args, log_gamma, true)
}

/// The inverse of the hyperbolic sine, as fdlibm computes it.
fn inverse_sinh(x: f64) -> f64 {
    let size = x.abs();
    if !x.is_finite() || size < 1.0 / (1u64 << 28) as f64 {
        return x;
    }
    let result = if size > (1u64 << 28) as f64 {
        size.ln() + std::f64::consts::LN_2
    } else if size > 2.0 {
        (2.0 * size + 1.0 / ((x * x + 1.0).sqrt() + size)).ln()
    } else {
        let square = x * x;
        (size + square / (1.0 + (1.0 + square).sqrt())).ln_1p()
    };
    result.copysign(x)
}

/// The inverse of the hyperbolic cosine, as fdlibm computes it.
fn inverse_cosh(x: f64) -> f64 {
    if x < 1.0 {
        return f64::NAN;
    }
    if x > (1u64 << 28) as f64 {
        return x.ln() + std::f64::consts::LN_2;
    }
    if x > 2.0 {
        return (2.0 * x - 1.0 / (x + (x * x - 1.0).sqrt())).ln();
    }
    let t = x - 1.0;
    (t + (2.0 * t + t * t).sqrt()).ln_1p()
}

/// The inverse of the hyperbolic tangent, as fdlibm computes it.
fn inverse_tanh(x: f64) -> f64 {
    let size = x.abs();
    if size >= 1.0 {
        return if size == 1.0 { f64::INFINITY.copysign(x) } else { f64::NAN };
    }
    if size < 1.0 / (1u64 << 28) as f64 {
        return x;
    }
    let result = if size < 0.5 {
        let twice = size + size;
        0.5 * (twice + twice * size / (1.0 - size)).ln_1p()
    } else {
        0.5 * ((size + size) / (1.0 - size)).ln_1p()
    };
    result.copysign(x)
}

fn pow(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (x, y) = (to_real(&args.get("x"))?, to_real(&args.get("y"))?);
    let z = x.powf(y);
    if x.is_finite() && y.is_finite() && !z.is_finite() {
        return Err(if z.is_nan() || x == 0.0 { domain_error() } else { range_error() });
    }
    Ok(Value::Float(z))
}

/// The logarithm of a number by `log`, also of an int that is too large for a float; `log2` is the logarithm of 2.
fn logarithm(value: &Value, log: fn(f64) -> f64) -> Result<f64> {
    if let Value::Int(Int::Big(large)) = value {
        if large.sign() == num_bigint::Sign::Minus {
            return Err(domain_error());
        }
        if integer::to_float(&Int::Big(large.clone())).is_err() {
            let exponent = large.bits();
            let mantissa = round_to_f64(large.magnitude(), -(exponent as i64)).unwrap_or(1.0);
            return Ok(log(mantissa) + log(2.0) * exponent as f64);
        }
    }
    let x = to_real(value)?;
    if x <= 0.0 {
        return Err(domain_error());
    }
    Ok(log(x))
}

fn log(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    match args.rest("args").as_slice() {
        [x] => logarithm(x, f64::ln).map(Value::Float),
        [x, base] => {
            let (x, base) = (logarithm(x, f64::ln)?, logarithm(base, f64::ln)?);
            if base == 0.0 {
                return Err(crate::error::zero_division_error("float division by zero"));
            }
            Ok(Value::Float(x / base))
        }
        _ => Err(type_error("math.log requires 1 to 2 arguments")),
    }
}

fn log2(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    logarithm(&args.get("x"), f64::log2).map(Value::Float)
}

fn log10(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    logarithm(&args.get("x"), f64::log10).map(Value::Float)
}

fn degrees(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(Value::Float(to_real(&args.get("x"))? * (180.0 / std::f64::consts::PI)))
}

fn radians(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(Value::Float(to_real(&args.get("x"))? * (std::f64::consts::PI / 180.0)))
}

/// A float rounded to an int by `f`; an int is itself.
fn rounded(args: &Arguments, f: fn(f64) -> f64) -> Result<Value> {
    let value = args.get("x");
    if let Value::Int(_) | Value::Bool(_) = value {
        return as_int(&value).map(Value::Int);
    }
    Ok(Value::Int(Int::from(float_to_int(f(to_real(&value)?))?)))
}

fn floor(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    rounded(args, f64::floor)
}

fn ceil(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    rounded(args, f64::ceil)
}

fn trunc(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let value = args.get("x");
    match value {
        Value::Int(_) | Value::Bool(_) | Value::Float(_) | Value::Scalar(crate::array::Scalar::Float64(_)) => {
            rounded(args, f64::trunc)
        }
        other => Err(type_error(format!("type {} doesn't define __trunc__ method", other.class().qualified()))),
    }
}

fn isnan(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(Value::Bool(to_real(&args.get("x"))?.is_nan()))
}

fn isinf(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(Value::Bool(to_real(&args.get("x"))?.is_infinite()))
}

fn isfinite(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(Value::Bool(to_real(&args.get("x"))?.is_finite()))
}

fn isclose(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let number = |name: &str| to_real(&args.get(name));
    let (a, b, relative, absolute) = (number("a")?, number("b")?, number("rel_tol")?, number("abs_tol")?);
    if relative < 0.0 || absolute < 0.0 {
        return Err(value_error("tolerances must be non-negative"));
    }
    if a == b {
        return Ok(Value::Bool(true));
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(Value::Bool(false));
    }
    let distance = (b - a).abs();
    Ok(Value::Bool(distance <= (relative * b).abs() || distance <= (relative * a).abs() || distance <= absolute))
}

fn modf(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let x = to_real(&args.get("x"))?;
    let fraction = if x.is_infinite() { 0.0 } else { x.fract() };
    Ok(Value::tuple([Value::Float(fraction.copysign(x)), Value::Float(x.trunc())]))
}

/// Mantissa from 0.5 up to 1, and exponent.
pub(super) fn frexp_of(x: f64) -> (f64, i32) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    // A subnormal number is made normal first.
    let (x, shift) = if x.abs() < f64::MIN_POSITIVE { (x * 2f64.powi(54), -54) } else { (x, 0) };
    let exponent = (x.to_bits() >> 52 & 0x7ff) as i32 - 1022;
    (f64::from_bits(x.to_bits() & !(0x7ff << 52) | 1022 << 52), exponent + shift)
}

/// `x * 2**exponent`, rounded once.
pub(super) fn ldexp_of(x: f64, exponent: i64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return x;
    }
    let (mantissa, own) = frexp_of(x);
    let exponent = exponent.saturating_add(own as i64).clamp(-1200, 1100) as i32;
    match exponent {
        // Halved twice where the result is subnormal: only the last step may round.
        ..=-1022 => mantissa * 2f64.powi(-1000) * 2f64.powi(exponent + 1000),
        1024.. => mantissa * 2.0 * 2f64.powi(1023) * 2f64.powi((exponent - 1024).min(1000)),
        _ => mantissa * 2f64.powi(exponent),
    }
}

fn frexp(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (mantissa, exponent) = frexp_of(to_real(&args.get("x"))?);
    Ok(Value::tuple([Value::Float(mantissa), Value::int(exponent)]))
}

fn ldexp(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (x, exponent) = (to_real(&args.get("x"))?, args.get("i"));
    let (Value::Int(_) | Value::Bool(_)) = exponent else {
        return Err(type_error("Expected an int as second argument to ldexp."));
    };
    let exponent = as_int(&exponent)?;
    let far = if exponent.signum() < 0 { i64::MIN } else { i64::MAX };
    let y = ldexp_of(x, exponent.to_i64().unwrap_or(far));
    if y.is_infinite() && x.is_finite() {
        return Err(range_error());
    }
    Ok(Value::Float(y))
}

/// The neighbour of `x` towards `y`.
fn neighbour(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        f64::NAN
    } else if x == y {
        y
    } else if x < y {
        x.next_up()
    } else {
        x.next_down()
    }
}

fn nextafter(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (x, y) = (to_real(&args.get("x"))?, to_real(&args.get("y"))?);
    Ok(Value::Float(neighbour(x, y)))
}

fn ulp(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let x = to_real(&args.get("x"))?.abs();
    if !x.is_finite() {
        return Ok(Value::Float(x));
    }
    let above = x.next_up();
    Ok(Value::Float(if above.is_infinite() { x - x.next_down() } else { above - x }))
}

/// What is left of `x` when the multiple of `y` that is nearest is taken away (`m_remainder`).
fn nearest_remainder(x: f64, y: f64) -> f64 {
    if !x.is_finite() || !y.is_finite() {
        return if x.is_finite() && !y.is_nan() { x } else { f64::NAN };
    }
    if y == 0.0 {
        return f64::NAN;
    }
    let (a, b) = (x.abs(), y.abs());
    let m = a % b;
    let c = b - m;
    let r = if m < c {
        m
    } else if m > c {
        -c
    } else {
        m - 2.0 * ((0.5 * (a - m)) % b)
    };
    1f64.copysign(x) * r
}

fn remainder(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_two(args, nearest_remainder)
}

fn fmod(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_two(args, |x, y| x % y)
}

fn atan2(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (y, x) = (to_real(&args.get("y"))?, to_real(&args.get("x"))?);
    Ok(Value::Float(y.atan2(x)))
}

fn copysign(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    of_two(args, f64::copysign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_come_apart_and_together() {
        for x in [1.0, -0.1, 5e-324, 2.2e-308, f64::MAX, -0.0, 1e-310] {
            let (mantissa, exponent) = frexp_of(x);
            assert_eq!(ldexp_of(mantissa, exponent as i64).to_bits(), x.to_bits(), "{x}");
        }
        assert_eq!(frexp_of(8.0), (0.5, 4));
        assert_eq!(frexp_of(5e-324), (0.5, -1073));
        assert!(ldexp_of(1.0, 1024).is_infinite());
        assert_eq!(ldexp_of(1.0, -1075), 0.0);
        assert_eq!(ldexp_of(1.5, -1074), 1e-323);
    }
}
