//! Functions of single elements that are more than one universal function: limits, rounding, parts of numbers.

use super::calls;
use crate::array::cast::Casting;
use crate::array::copy::copy;
use crate::array::index::Index;
use crate::array::layout::k_order::like;
use crate::array::{ArrayRef, Kind, NdArray, Order, Scalar, Type};
use crate::error::{Result, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Method, Reader, Run, Section};
use crate::syntax::ast::{BinaryOp, CompareOp};
use crate::ufunc::Options;
use crate::value::{Value, as_index};
use std::f64::consts::PI;

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: FUNCTIONS,
    attributes: &[],
    constants: &[],
    aliases: &[("np.around", "np.round")],
    classes: &[],
};

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.clip",
        signature: "(a, a_min=<no value>, a_max=<no value>, out=None, *, min=<no value>, max=<no value>, **kwargs)",
        method: None,
        summary: "Elements brought between a least and a largest value.",
        memory: MemoryRule::New,
        notes: "`out=a` clips in place.",
        example: r"
>>> np.clip([1, 5, 9], 2, 6)
array([2, 5, 6])
>>> a = np.array([1, 5, 9])
>>> np.clip(a, 2, 6, out=a) is a
True
",
        see_also: &["np.minimum", "np.maximum", "ndarray.clip"],
        run: Run::Call(clip),
    },
    Function {
        name: "ndarray.clip",
        signature: "(min=None, max=None, out=None, **kwargs)",
        method: None,
        summary: "Elements brought between a least and a largest value.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.array([1, 5, 9]).clip(max=6)
array([1, 5, 6])
",
        see_also: &["np.clip"],
        run: Run::Read(Reader::Helper("_clip"), |context, arguments| {
            let array = calls::as_array(context, arguments.receiver())?;
            let (least, most) = (arguments.get("min"), arguments.get("max"));
            clipped(context, arguments, array, least, most)
        }),
    },
    Function {
        name: "np.round",
        signature: "(a, decimals=0, out=None)",
        method: Some(Method { name: "ndarray.round", signature: "(decimals=0, out=None)", reader: Reader::Keywords }),
        summary: "Elements rounded to a number of decimals, halves to the even neighbour.",
        memory: MemoryRule::New,
        notes: "Decimals are rounded by multiplying, rounding and dividing in the one new array.",
        example: r"
>>> np.round([0.5, 1.5, 2.5])
array([0., 2., 2.])
>>> np.round(1.2345, 2)
np.float64(1.23)
>>> np.round([1234, 5678], -2)
array([1200, 5700])
",
        see_also: &["np.rint", "np.floor", "np.ceil", "np.trunc"],
        run: Run::Call(round),
    },
    Function {
        name: "np.fix",
        signature: "(x, out=None)",
        method: None,
        summary: "Rounds towards zero; the same as `np.trunc`.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fix([2.7, -2.7])
array([ 2., -2.])
",
        see_also: &["np.trunc", "np.round"],
        run: Run::Call(|context, arguments| {
            let out = calls::out_argument(arguments)?;
            let options = Options { out: out.into_iter().map(Some).collect(), ..Options::default() };
            calls::ufunc_with(context, "trunc", [arguments.get("x")], &options).map_err(|e| e.at_argument("x"))
        }),
    },
    Function {
        name: "np.nan_to_num",
        signature: "(x, copy=True, nan=0.0, posinf=None, neginf=None)",
        method: None,
        summary: "Numbers in the place of nan and infinities.",
        memory: MemoryRule::New,
        notes: "`copy=False` writes into `x` itself. A mask of one byte an element is made for each of the three.",
        example: r"
>>> np.nan_to_num([1.5, np.nan, np.inf], posinf=99)
array([ 1.5,  0. , 99. ])
",
        see_also: &["np.isnan", "np.isinf"],
        run: Run::Call(nan_to_num),
    },
    Function {
        name: "np.real",
        signature: "(val)",
        method: None,
        summary: "The real parts.",
        memory: MemoryRule::SameIfPossible,
        notes: "Of a complex array a view, half of whose bytes it passes by; of a real array the array itself.",
        example: r"
>>> z = np.array([1 + 2j, 3 + 4j])
>>> np.real(z)
array([1., 3.])
>>> np.real(z)[0] = 9
>>> z
array([9.+2.j, 3.+4.j])
",
        see_also: &["np.imag", "np.angle", "np.isreal"],
        run: Run::Call(|context, arguments| part(context, arguments, "real")),
    },
    Function {
        name: "np.imag",
        signature: "(val)",
        method: None,
        summary: "The imaginary parts.",
        memory: MemoryRule::ViewIfPossible,
        notes: "Of a complex array a view; of a real array new zeros that cannot be written to.",
        example: r"
>>> z = np.array([1 + 2j, 3 + 4j])
>>> np.imag(z)
array([2., 4.])
>>> np.imag(z).base is z
True
>>> x = np.array([1.0, 2.0])
>>> np.imag(x)
array([0., 0.])
",
        see_also: &["np.real", "np.iscomplex"],
        run: Run::Call(|context, arguments| part(context, arguments, "imag")),
    },
    Function {
        name: "np.angle",
        signature: "(z, deg=False)",
        method: None,
        summary: "The angle of complex numbers, from -pi to pi.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.angle([1, 1j, -1], deg=True)
array([  0.,  90., 180.])
",
        see_also: &["np.absolute", "np.arctan2"],
        run: Run::Call(angle),
    },
    Function {
        name: "np.real_if_close",
        signature: "(a, tol=100)",
        method: None,
        summary: "The real parts, where all imaginary parts are next to nothing; else the array itself.",
        memory: MemoryRule::View,
        notes: "`tol` counts the spacing of the dtype at 1; below 1 it is the largest imaginary part allowed.",
        example: r"
>>> z = np.array([2 + 1e-15j, 3])
>>> np.real_if_close(z)
array([2., 3.])
>>> np.real_if_close(z).base is z
True
>>> w = np.array([2 + 1j, 3])
>>> np.real_if_close(w) is w
True
",
        see_also: &["np.real", "np.isreal"],
        run: Run::Call(real_if_close),
    },
    Function {
        name: "np.sinc",
        signature: "(x)",
        method: None,
        summary: "`sin(pi * x) / (pi * x)`, and 1 at 0.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.sinc([0.0, 0.5])
array([1.        , 0.63661977])
",
        see_also: &["np.sin"],
        run: Run::Call(sinc),
    },
    Function {
        name: "np.i0",
        signature: "(x)",
        method: None,
        summary: "The modified Bessel function of the first kind, of order 0.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.i0([0.0, 1.0])
array([1.        , 1.26606588])
",
        see_also: &["np.kaiser"],
        run: Run::Call(|context, arguments| {
            let array = calls::array_argument(context, arguments, "x")?;
            bessel_i0(context, array).map(Value::Array)
        }),
    },
];

fn clip(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let (least, most) = (arguments.given("a_min").cloned(), arguments.given("a_max").cloned());
    let (min, max) = (arguments.given("min").cloned(), arguments.given("max").cloned());
    let missing = |name: &str| type_error(format!("clip() missing 1 required positional argument: '{name}'"));
    let (least, most) = match (least, most) {
        (None, None) => (min.unwrap_or(Value::None), max.unwrap_or(Value::None)),
        (None, _) => return Err(missing("a_min")),
        (_, None) => return Err(missing("a_max").help("None for a bound that is not wanted")),
        (Some(_), Some(_)) if min.is_some() || max.is_some() => {
            return Err(value_error(
                "Passing `min` or `max` keyword argument when `a_min` and `a_max` are provided is forbidden.",
            ));
        }
        (Some(least), Some(most)) => (least, most),
    };
    clipped(context, arguments, array, least, most)
}

/// `_clip` (_methods.py): a Python int beyond the array's type bounds nothing.
fn clipped(
    context: &mut Context,
    arguments: &Arguments,
    array: ArrayRef,
    mut least: Value,
    mut most: Value,
) -> Result<Value> {
    let ty = array.dtype().ty();
    if ty.is_integer() {
        let bits = 8 * ty.size() as u32;
        let (low, high) = match ty.kind() {
            Kind::Unsigned => (0, (1i128 << bits) - 1),
            _ => (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
        };
        if matches!(&least, Value::Int(v) if v.to_i128().map_or(v.signum() < 0, |v| v <= low)) {
            least = Value::None;
        }
        if matches!(&most, Value::Int(v) if v.to_i128().map_or(v.signum() > 0, |v| v >= high)) {
            most = Value::None;
        }
    }
    let out = calls::out_argument(arguments)?;
    let mut options = Options { out: out.into_iter().map(Some).collect(), ..Options::default() };
    if let Value::Dict(keywords) = arguments.get("kwargs") {
        for (name, value) in keywords.entries() {
            match &name {
                Value::Str(name) if &**name == "casting" => options.casting = super::dtypes::as_casting(&value)?,
                Value::Str(name) if &**name == "dtype" => {
                    options.dtype = Some(super::dtypes::as_dtype(context, &value)?);
                }
                Value::Str(name) if &**name == "where" => options.where_ = Some(calls::as_array(context, &value)?),
                other => {
                    let name = crate::value::str(other, &context.print_options);
                    return Err(type_error(format!("clip() got an unexpected keyword argument '{name}'")));
                }
            }
        }
    }
    let array = Value::Array(array);
    match (least, most) {
        (Value::None, Value::None) => calls::ufunc_with(context, "positive", [array], &options),
        (Value::None, most) => calls::ufunc_with(context, "minimum", [array, most], &options),
        (least, Value::None) => calls::ufunc_with(context, "maximum", [array, least], &options),
        (least, most) => calls::ufunc_with(context, "clip", [array, least, most], &options),
    }
}

/// `PyArray_Round` (calculation.c).
fn round(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let decimals = as_index(&arguments.get("decimals")).map_err(|e| e.at_argument("decimals"))?;
    let out = calls::out_argument(arguments)?;
    rounded(context, &array, decimals, out).map(calls::unwrapped)
}

fn rounded(context: &mut Context, array: &ArrayRef, decimals: isize, out: Option<ArrayRef>) -> Result<Value> {
    let ty = array.dtype().ty();
    if ty.is_complex() {
        let target = match out {
            Some(out) => {
                calls::copyto(context, &out, &Value::Array(array.clone()), None)?;
                out
            }
            None => copy(&context.runtime, array, Order::K)?,
        };
        for name in ["real", "imag"] {
            let half = calls::attribute(context, &Value::Array(target.clone()), name)?;
            let half = calls::as_array(context, &half)?;
            let result = rounded(context, &half, decimals, None)?;
            calls::copyto(context, &half, &result, None)?;
        }
        return Ok(Value::Array(target));
    }
    let value = Value::Array(array.clone());
    if decimals >= 0 && ty.is_integer() {
        return match out {
            Some(out) => {
                calls::copyto(context, &out, &value, None)?;
                Ok(Value::Array(out))
            }
            None => copy(&context.runtime, array, Order::K).map(Value::Array),
        };
    }
    if decimals == 0 {
        let options = Options { out: out.into_iter().map(Some).collect(), ..Options::default() };
        return calls::ufunc_with(context, "rint", [value], &options);
    }
    let (first, last) = if decimals > 0 { ("multiply", "divide") } else { ("divide", "multiply") };
    let back_to_integers = out.is_none() && ty.is_integer();
    let target = match out {
        Some(out) => out,
        None => {
            let order =
                if array.layout().is_f_contiguous() && !array.layout().is_c_contiguous() { Order::F } else { Order::C };
            let ty = if ty.is_integer() { Type::Float64 } else { ty };
            NdArray::zeros(&context.runtime, ty.into(), &array.shape(), order)?
        }
    };
    let factor = Value::Float(10f64.powi(decimals.unsigned_abs().min(400) as i32));
    let same = Casting::SameKind;
    let result = Value::Array(target.clone());
    calls::ufunc_into(context, first, [value, factor.clone()], &target, same)?;
    calls::ufunc_into(context, "rint", [result.clone()], &target, same)?;
    calls::ufunc_into(context, last, [result.clone(), factor], &target, same)?;
    if back_to_integers {
        return calls::astype(context, &target, ty, true).map(Value::Array);
    }
    Ok(result)
}

/// The largest finite number of a real type.
fn largest(ty: Type) -> f64 {
    match ty {
        Type::Float16 => 65504.0,
        Type::Float32 => f32::MAX as f64,
        _ => f64::MAX,
    }
}

fn nan_to_num(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let value = arguments.get("x");
    let array = if calls::flag(arguments, "copy")? {
        let array = calls::array_argument(context, arguments, "x")?;
        copy(&context.runtime, &array, Order::K)?
    } else {
        match &value {
            Value::Array(array) => array.clone(),
            _ => calls::call_array(context, "np.array", vec![value], [("copy", Value::Bool(false))])?,
        }
    };
    let ty = array.dtype().ty();
    if ty.is_inexact() {
        let whole = Value::Array(array.clone());
        let parts = if ty.is_complex() {
            vec![calls::attribute(context, &whole, "real")?, calls::attribute(context, &whole, "imag")?]
        } else {
            vec![whole]
        };
        let most = largest(ty.part());
        let nan = arguments.get("nan");
        let above = arguments.some("posinf").cloned().unwrap_or(Value::Float(most));
        let below = arguments.some("neginf").cloned().unwrap_or(Value::Float(-most));
        for part in parts {
            let target = calls::as_array(context, &part)?;
            let mut masks = vec![calls::ufunc(context, "isnan", [part.clone()])?];
            for name in ["np.isposinf", "np.isneginf"] {
                masks.push(calls::call(context, name, vec![part.clone()], [])?);
            }
            for (mask, value) in masks.into_iter().zip([&nan, &above, &below]) {
                let mask = calls::as_array(context, &mask)?;
                calls::copyto(context, &target, value, Some(&mask))?;
            }
        }
    }
    Ok(if array.ndim() == 0 { calls::unwrapped(Value::Array(array)) } else { Value::Array(array) })
}

/// `val.real` and `val.imag`, of Python's numbers too.
fn part(context: &mut Context, arguments: &mut Arguments, name: &str) -> Result<Value> {
    let value = arguments.get("val");
    let real = name == "real";
    match &value {
        Value::Bool(truth) => return Ok(Value::int(if real { *truth as i64 } else { 0 })),
        Value::Int(_) => return Ok(if real { value } else { Value::int(0) }),
        Value::Float(_) => return Ok(if real { value } else { Value::Float(0.0) }),
        Value::Complex(complex) => return Ok(Value::Float(if real { complex.re } else { complex.im })),
        Value::Array(_) | Value::Scalar(_) => return calls::attribute(context, &value, name),
        _ => {}
    }
    let array = calls::array_argument(context, arguments, "val")?;
    calls::attribute(context, &Value::Array(array), name)
}

fn angle(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "z")?;
    let complex = array.dtype().ty().is_complex();
    let value = Value::Array(array);
    let (y, x) = if complex {
        (calls::attribute(context, &value, "imag")?, calls::attribute(context, &value, "real")?)
    } else {
        (Value::int(0), value)
    };
    let angle = calls::ufunc(context, "arctan2", [y, x])?;
    if !calls::flag(arguments, "deg")? {
        return Ok(angle);
    }
    let factor = Value::Float(180.0 / PI);
    match &angle {
        Value::Array(target) => {
            let target = target.clone();
            calls::ufunc_into(context, "multiply", [angle, factor], &target, Casting::SameKind)
        }
        _ => calls::multiply(context, angle, factor),
    }
}

fn real_if_close(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let ty = array.dtype().ty();
    if !ty.is_complex() {
        return Ok(Value::Array(array));
    }
    let epsilon = if ty == Type::Complex64 { f32::EPSILON as f64 } else { f64::EPSILON };
    let tolerance = crate::value::as_f64(&arguments.get("tol")).map_err(|e| e.at_argument("tol"))?;
    let tolerance = if tolerance > 1.0 { epsilon * tolerance } else { tolerance };
    let value = Value::Array(array);
    let imaginary = calls::attribute(context, &value, "imag")?;
    let size = calls::ufunc(context, "absolute", [imaginary])?;
    let close = calls::compare(context, CompareOp::Less, &size, &Value::Float(tolerance))?;
    if calls::all_true(context, &close)? { calls::attribute(context, &value, "real") } else { Ok(value) }
}

fn sinc(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "x")?;
    let x = calls::multiply(context, Value::Float(PI), Value::Array(array))?;
    let epsilon = match calls::type_of(&x) {
        Type::Float16 => Scalar::Float64(2f64.powi(-10)).cast(Type::Float16),
        Type::Float32 => Scalar::Float32(f32::EPSILON),
        Type::Float64 => Scalar::Float64(f64::EPSILON),
        _ => return quotient_of_sine(context, x, Value::Float(1e-20)),
    };
    quotient_of_sine(context, x, Value::Scalar(epsilon))
}

/// `sin(x) / x`, with `epsilon` in the place of 0.
fn quotient_of_sine(context: &mut Context, x: Value, epsilon: Value) -> Result<Value> {
    let y = calls::call(context, "np.where", vec![x.clone(), x, epsilon], [])?;
    let sine = calls::ufunc(context, "sin", [y.clone()])?;
    calls::divide(context, sine, y)
}

/// Chebyshev coefficients of `exp(-x) * I0(x)` for x up to 8 (Cephes).
const I0_NEAR: [f64; 30] = [
    -4.415_341_646_479_339_5e-18,
    3.330_794_518_822_238_4e-17,
    -2.431_279_846_547_955e-16,
    1.715_391_285_555_133e-15,
    -1.168_533_287_799_345_1e-14,
    7.676_185_498_604_936e-14,
    -4.856_446_783_111_929e-13,
    2.955_052_663_129_64e-12,
    -1.726_826_291_441_556e-11,
    9.675_809_035_373_237e-11,
    -5.189_795_601_635_263e-10,
    2.659_823_724_682_386_6e-9,
    -1.300_025_009_986_248e-8,
    6.046_995_022_541_919e-8,
    -2.670_793_853_940_612e-7,
    1.117_387_539_120_103_7e-6,
    -4.416_738_358_458_750_5e-6,
    1.644_844_807_072_889_6e-5,
    -5.754_195_010_082_104e-5,
    1.885_028_850_958_416_5e-4,
    -5.763_755_745_385_824e-4,
    1.639_475_616_941_335_7e-3,
    -4.324_309_995_050_576e-3,
    1.054_646_039_459_499_8e-2,
    -2.373_741_480_589_947e-2,
    4.930_528_423_967_071e-2,
    -9.490_109_704_804_764e-2,
    1.716_209_015_222_087_7e-1,
    -3.046_826_723_431_984e-1,
    6.767_952_744_094_761e-1,
];

/// Chebyshev coefficients of `exp(-x) * sqrt(x) * I0(x)` for x from 8 on (Cephes).
const I0_FAR: [f64; 25] = [
    -7.233_180_487_874_754e-18,
    -4.830_504_485_944_182e-18,
    4.465_621_420_296_76e-17,
    3.461_222_867_697_461e-17,
    -2.827_623_980_516_583_6e-16,
    -3.425_485_619_677_219e-16,
    1.772_560_133_056_526_3e-15,
    3.811_680_669_352_622_4e-15,
    -9.554_846_698_828_307e-15,
    -4.150_569_347_287_222e-14,
    1.540_086_217_521_41e-14,
    3.852_778_382_742_142_6e-13,
    7.180_124_451_383_666e-13,
    -1.794_178_531_506_806_2e-12,
    -1.321_581_184_044_771_3e-11,
    -3.149_916_527_963_241_6e-11,
    1.188_914_710_784_643_9e-11,
    4.940_602_388_224_97e-10,
    3.396_232_025_708_386_5e-9,
    2.266_668_990_498_178e-8,
    2.048_918_589_469_063_8e-7,
    2.891_370_520_834_756_7e-6,
    6.889_758_346_916_825e-5,
    3.369_116_478_255_694_3e-3,
    8.044_904_110_141_088e-1,
];

/// The sum of a Chebyshev series (`_chbevl`).
fn chebyshev(context: &mut Context, x: Value, coefficients: &[f64]) -> Result<Value> {
    let mut b0 = Value::Float(coefficients.first().copied().unwrap_or(0.0));
    let (mut b1, mut b2) = (Value::Float(0.0), Value::Float(0.0));
    for &coefficient in coefficients.iter().skip(1) {
        b2 = b1;
        b1 = b0;
        let product = calls::multiply(context, x.clone(), b1.clone())?;
        let difference = calls::subtract(context, product, b2.clone())?;
        b0 = calls::add(context, difference, Value::Float(coefficient))?;
    }
    let difference = calls::subtract(context, b0, b2)?;
    calls::multiply(context, Value::Float(0.5), difference)
}

/// `np.i0` (function_base.py).
///
/// # Errors
/// `TypeError` for complex numbers.
pub(super) fn bessel_i0(context: &mut Context, array: ArrayRef) -> Result<ArrayRef> {
    let ty = array.dtype().ty();
    if ty.is_complex() {
        return Err(type_error("i0 not supported for complex values").at_argument("x"));
    }
    let array = if ty.is_inexact() { array } else { calls::astype(context, &array, Type::Float64, true)? };
    let size = calls::ufunc(context, "absolute", [Value::Array(array)])?;
    let x = calls::as_array(context, &size)?;
    let layout = like(&x.layout(), x.dtype(), Order::K);
    let result = NdArray::allocate(&context.runtime, layout)?;
    let near = calls::compare(context, CompareOp::LessEqual, &size, &Value::Float(8.0))?;
    let far = calls::ufunc(context, "logical_not", [near.clone()])?;
    for (mask, is_near) in [(near, true), (far, false)] {
        if !calls::any_true(context, &mask)? {
            continue;
        }
        let mask = match calls::as_array(context, &mask)? {
            mask if mask.ndim() == 0 => Index::MaskScalar(true),
            mask => Index::Mask(mask),
        };
        let part = calls::get(context, &x, std::slice::from_ref(&mask))?;
        let exponential = calls::ufunc(context, "exp", [part.clone()])?;
        let value = if is_near {
            let half = calls::divide(context, part, Value::Float(2.0))?;
            let place = calls::subtract(context, half, Value::int(2))?;
            let series = chebyshev(context, place, &I0_NEAR)?;
            calls::multiply(context, exponential, series)?
        } else {
            let inverse = calls::divide(context, Value::Float(32.0), part.clone())?;
            let place = calls::subtract(context, inverse, Value::Float(2.0))?;
            let series = chebyshev(context, place, &I0_FAR)?;
            let product = calls::multiply(context, exponential, series)?;
            let root = calls::ufunc(context, "sqrt", [part])?;
            calls::binary(context, BinaryOp::TrueDivide, product, root)?
        };
        calls::set(context, &result, &[mask], &value)?;
    }
    Ok(result)
}
