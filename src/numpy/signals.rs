//! Sums of products of shifted sequences, and window functions.

use super::calls;
use super::math::bessel_i0;
use super::objects;
use crate::array::arrange::require_1d;
use crate::array::index::Index;
use crate::array::{ArrayRef, Order, Scalar, Type};
use crate::error::{Result, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::syntax::ast::{BinaryOp, CompareOp};
use crate::value::{Value, as_f64, as_index, object_item};
use num_complex::Complex64;
use std::f64::consts::PI;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.convolve",
        signature: "(a, v, mode='full')",
        method: None,
        summary: "The convolution of two sequences: the products of polynomials have such coefficients.",
        memory: MemoryRule::New,
        notes: "`v` is turned round by a view.",
        example: r"
>>> np.convolve([1, 2], [3, 4])
array([ 3, 10,  8])
>>> np.convolve([1, 2, 3, 4], [1, 1], mode='valid')
array([3, 5, 7])
",
        see_also: &["np.correlate"],
        run: Run::Call(convolve),
    },
    Function {
        name: "np.correlate",
        signature: "(a, v, mode='valid')",
        method: None,
        summary: "The sums of products of a sequence with another one moved along it.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.correlate([1, 2, 3], [0, 1])
array([2, 3])
>>> np.correlate([1, 2, 3], [0, 1], mode='full')
array([1, 2, 3, 0])
",
        see_also: &["np.convolve"],
        run: Run::Call(correlate),
    },
    Function {
        name: "np.hamming",
        signature: "(M)",
        method: None,
        summary: "The Hamming window of M points.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.hamming(4)
array([0.08, 0.77, 0.77, 0.08])
",
        see_also: &["np.hanning", "np.blackman"],
        run: Run::Call(|context, arguments| {
            window(context, arguments, |context, n, last| raised_cosine(context, n, last, 0.54, 0.46))
        }),
    },
    Function {
        name: "np.hanning",
        signature: "(M)",
        method: None,
        summary: "The Hann window of M points.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.hanning(4)
array([0.  , 0.75, 0.75, 0.  ])
",
        see_also: &["np.hamming"],
        run: Run::Call(|context, arguments| {
            window(context, arguments, |context, n, last| raised_cosine(context, n, last, 0.5, 0.5))
        }),
    },
    Function {
        name: "np.blackman",
        signature: "(M)",
        method: None,
        summary: "The Blackman window of M points.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.blackman(4).round(2)
array([-0.  ,  0.63,  0.63, -0.  ])
",
        see_also: &["np.hamming"],
        run: Run::Call(|context, arguments| {
            window(context, arguments, |context, n, last| {
                let first = raised_cosine(context, n.clone(), last.clone(), 0.42, 0.5)?;
                let second = scaled_cosine(context, n, last, 2.0 * PI, 0.08)?;
                calls::add(context, first, second)
            })
        }),
    },
    Function {
        name: "np.bartlett",
        signature: "(M)",
        method: None,
        summary: "The Bartlett window of M points: a triangle.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.bartlett(5)
array([0. , 0.5, 1. , 0.5, 0. ])
",
        see_also: &["np.hamming"],
        run: Run::Call(|context, arguments| {
            window(context, arguments, |context, n, last| {
                let rising = calls::compare(context, CompareOp::LessEqual, &n, &Value::int(0))?;
                let slope = calls::divide(context, n.clone(), last.clone())?;
                let up = calls::add(context, Value::int(1), slope)?;
                let slope = calls::divide(context, n, last)?;
                let down = calls::subtract(context, Value::int(1), slope)?;
                calls::call(context, "np.where", vec![rising, up, down], [])
            })
        }),
    },
    Function {
        name: "np.kaiser",
        signature: "(M, beta)",
        method: None,
        summary: "The Kaiser window of M points.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.kaiser(3, 2.0).round(3)
array([0.439, 1.   , 0.439])
",
        see_also: &["np.i0", "np.hamming"],
        run: Run::Call(kaiser),
    },
];

/// `mode=`: 0 valid, 1 same, 2 full (`PyArray_CorrelatemodeConverter`).
fn correlate_mode(arguments: &Arguments) -> Result<u8> {
    let inexact =
        || value_error("Use one of 'valid', 'same', or 'full' for convolve/correlate mode").at_argument("mode");
    match arguments.get("mode") {
        Value::Str(name) => match (&*name, name.chars().next()) {
            ("valid", _) => Ok(0),
            ("same", _) => Ok(1),
            ("full", _) => Ok(2),
            (_, Some('v' | 'V' | 's' | 'S' | 'f' | 'F')) => Err(inexact()),
            (other, _) => {
                let message = format!("mode must be one of 'valid', 'same', or 'full' (got '{other}')");
                Err(value_error(message).at_argument("mode"))
            }
        },
        other => match as_index(&other).map_err(|e| e.at_argument("mode"))? {
            mode @ 0..=2 => Ok(mode as u8),
            mode => Err(value_error(format!("integer mode value must be 0, 1, or 2 (got {mode})")).at_argument("mode")),
        },
    }
}

/// Sums of products in the domain that the result's type computes in.
enum Domain {
    Whole(Vec<i64>, Vec<i64>),
    Truth(Vec<bool>, Vec<bool>),
    Single(Vec<f32>, Vec<f32>),
    Double(Vec<f64>, Vec<f64>),
    Complex(Vec<Complex64>, Vec<Complex64>),
}

impl Domain {
    fn new(ty: Type, a: &ArrayRef, v: &ArrayRef) -> Domain {
        fn all<T>(array: &ArrayRef, convert: impl Fn(Scalar) -> T) -> Vec<T> {
            calls::elements(array).map(convert).collect()
        }
        let whole = |scalar: Scalar| scalar.as_i128().unwrap_or(0) as i64;
        match ty {
            Type::Bool => Domain::Truth(all(a, |x| x.is_true()), all(v, |x| x.is_true())),
            Type::Float16 | Type::Float32 => {
                Domain::Single(all(a, |x| x.as_f64() as f32), all(v, |x| x.as_f64() as f32))
            }
            Type::Float64 => Domain::Double(all(a, |x| x.as_f64()), all(v, |x| x.as_f64())),
            ty if ty.is_complex() => Domain::Complex(all(a, |x| x.as_complex()), all(v, |x| x.as_complex())),
            _ => Domain::Whole(all(a, whole), all(v, whole)),
        }
    }

    /// `sum(a[i + k] * v[j + k] for k in range(count))`
    fn dot(&self, i: usize, j: usize, count: usize) -> Scalar {
        macro_rules! pairs {
            ($a:ident, $v:ident) => {
                $a[i..i + count].iter().zip(&$v[j..j + count])
            };
        }
        match self {
            Domain::Whole(a, v) => {
                let sum = pairs!(a, v).fold(0i64, |sum, (x, y)| sum.wrapping_add(x.wrapping_mul(*y)));
                Scalar::Int64(sum)
            }
            Domain::Truth(a, v) => Scalar::Bool(pairs!(a, v).any(|(x, y)| *x && *y)),
            Domain::Single(a, v) => Scalar::Float32(pairs!(a, v).fold(0.0, |sum, (x, y)| sum + x * y)),
            Domain::Double(a, v) => Scalar::Float64(pairs!(a, v).fold(0.0, |sum, (x, y)| sum + x * y)),
            Domain::Complex(a, v) => Scalar::Complex128(pairs!(a, v).map(|(x, y)| x * y).sum()),
        }
    }
}

/// `_pyarray_correlate` (multiarraymodule.c): the result, and whether the operands were swapped.
fn products(context: &mut Context, a: &ArrayRef, v: &ArrayRef, mode: u8) -> Result<(ArrayRef, bool)> {
    require_1d(a)?;
    require_1d(v)?;
    if a.size() == 0 {
        return Err(value_error("first array argument cannot be empty").at_argument("a"));
    }
    if v.size() == 0 {
        return Err(value_error("second array argument cannot be empty").at_argument("v"));
    }
    let ty = calls::result_type(&[&Value::Array(a.clone()), &Value::Array(v.clone())])?;
    let swapped = a.size() < v.size();
    let (a, v) = if swapped { (v, a) } else { (a, v) };
    let (long, short) = (a.size(), v.size());
    let (left, right) = match mode {
        0 => (0, 0),
        1 => (short / 2, short - short / 2 - 1),
        _ => (short - 1, short - 1),
    };
    let result = calls::empty(context, ty, &[long + 1 - short + left + right])?;
    if result.buffer_ref().is_planned() || a.buffer_ref().is_planned() || v.buffer_ref().is_planned() {
        return Ok((result, swapped));
    }
    if ty == Type::Object {
        // each stretch of the one with as long a stretch of the other
        let before = (0..left).map(|i| (0, left - i, short - left + i));
        let middle = (0..=long - short).map(|i| (i, 0, short));
        let after = (0..right).map(|i| (long - short + 1 + i, 0, short - 1 - i));
        for (place, (i, j, count)) in before.chain(middle).chain(after).enumerate() {
            let sum = objects::sum_of_products(context, [a, v], count, &|k| a.layout().offset_of(i + k), &|k| {
                v.layout().offset_of(j + k)
            })?;
            let offset = result.layout().offset_of(place);
            object_item(&sum).write(&result.buffer_ref(), offset, &result.dtype())?;
        }
        return Ok((result, swapped));
    }
    let domain = Domain::new(ty, a, v);
    let step = ty.size();
    let mut place = 0;
    let mut put = |value: Scalar| {
        result.write(place * step, &value);
        place += 1;
    };
    for i in 0..left {
        put(domain.dot(0, left - i, short - left + i));
    }
    for i in 0..=long - short {
        if i % 4096 == 0 {
            crate::interrupt::check()?;
        }
        put(domain.dot(i, 0, short));
    }
    for i in 0..right {
        put(domain.dot(long - short + 1 + i, 0, short - 1 - i));
    }
    Ok((result, swapped))
}

/// The array turned round, as a view.
fn turned(context: &mut Context, array: &ArrayRef) -> Result<ArrayRef> {
    calls::get_array(context, array, &[Index::Slice { start: None, stop: None, step: Some(-1) }])
}

fn convolve(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let mut arrays = Vec::with_capacity(2);
    for name in ["a", "v"] {
        let array = calls::array_argument(context, arguments, name)?;
        let array = if array.ndim() == 0 { calls::reshape(context, &array, &[1])? } else { array };
        if array.shape()[0] == 0 {
            return Err(value_error(format!("{name} cannot be empty")).at_argument(name));
        }
        arrays.push(array);
    }
    let mode = correlate_mode(arguments)?;
    if arrays[1].shape()[0] > arrays[0].shape()[0] {
        arrays.swap(0, 1);
    }
    require_1d(&arrays[1])?;
    let v = turned(context, &arrays[1])?;
    products(context, &arrays[0], &v, mode).map(|(result, _)| Value::Array(result))
}

fn correlate(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let a = calls::array_argument(context, arguments, "a")?;
    let mut v = calls::array_argument(context, arguments, "v")?;
    let mode = correlate_mode(arguments)?;
    if v.dtype().ty().is_complex() {
        let conjugate = calls::ufunc(context, "conjugate", [Value::Array(v)])?;
        v = calls::as_array(context, &conjugate)?;
    }
    let (result, swapped) = products(context, &a, &v, mode)?;
    if swapped {
        let reverse = turned(context, &result)?;
        let reverse = crate::array::copy::copy(&context.runtime, &reverse, Order::C)?;
        calls::copyto(context, &result, &Value::Array(reverse), None)?;
    }
    Ok(Value::Array(result))
}

type Shape = fn(&mut Context, Value, Value) -> Result<Value>;

/// A window from the places `1 - M, 3 - M, ... M - 1`, and `M - 1`.
fn window(context: &mut Context, arguments: &mut Arguments, shape: Shape) -> Result<Value> {
    let points = as_f64(&arguments.get("M")).map_err(|e| e.at_argument("M"))?;
    if points < 1.0 {
        return calls::empty(context, Type::Float64, &[0]).map(Value::Array);
    }
    if points == 1.0 {
        return ones(context);
    }
    let range = vec![Value::Float(1.0 - points), Value::Float(points), Value::int(2)];
    let places = calls::call(context, "np.arange", range, [])?;
    shape(context, places, Value::Float(points - 1.0))
}

fn ones(context: &mut Context) -> Result<Value> {
    let one = calls::empty(context, Type::Float64, &[1])?;
    calls::copyto(context, &one, &Value::int(1), None)?;
    Ok(Value::Array(one))
}

/// `weight * cos(frequency * n / last)`
fn scaled_cosine(context: &mut Context, n: Value, last: Value, frequency: f64, weight: f64) -> Result<Value> {
    let angle = calls::multiply(context, Value::Float(frequency), n)?;
    let angle = calls::divide(context, angle, last)?;
    let cosine = calls::ufunc(context, "cos", [angle])?;
    calls::multiply(context, Value::Float(weight), cosine)
}

/// `base + weight * cos(pi * n / last)`
fn raised_cosine(context: &mut Context, n: Value, last: Value, base: f64, weight: f64) -> Result<Value> {
    let wave = scaled_cosine(context, n, last, PI, weight)?;
    calls::add(context, Value::Float(base), wave)
}

fn kaiser(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let points = as_f64(&arguments.get("M")).map_err(|e| e.at_argument("M"))?;
    let beta = Value::Float(as_f64(&arguments.get("beta")).map_err(|e| e.at_argument("beta"))?);
    if points == 1.0 {
        return ones(context);
    }
    let n = calls::call(context, "np.arange", vec![Value::int(0), Value::Float(points)], [])?;
    let alpha = Value::Float((points - 1.0) / 2.0);
    let distance = calls::subtract(context, n, alpha.clone())?;
    let part = calls::divide(context, distance, alpha)?;
    let square = calls::binary(context, BinaryOp::Power, part, Value::Float(2.0))?;
    let rest = calls::subtract(context, Value::int(1), square)?;
    let root = calls::ufunc(context, "sqrt", [rest])?;
    let x = calls::multiply(context, beta.clone(), root)?;
    let x = calls::as_array(context, &x)?;
    let numerator = bessel_i0(context, x)?;
    let beta = calls::as_array(context, &beta)?;
    let denominator = bessel_i0(context, beta)?;
    calls::divide(context, Value::Array(numerator), Value::Array(denominator))
}
