//! Comparing whole arrays, and asking what kind of numbers they hold.

use super::calls;
use crate::array::{Scalar, Type};
use crate::error::{Result, type_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::syntax::ast::{BinaryOp, CompareOp};
use crate::ufunc::Options;
use crate::value::Value;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.isclose",
        signature: "(a, b, rtol=1e-05, atol=1e-08, equal_nan=False)",
        method: None,
        summary: "Whether elements are equal but for small errors: `abs(a - b) <= atol + rtol * abs(b)`.",
        memory: MemoryRule::New,
        notes: "Several arrays as large as the result are made on the way.",
        example: r"
>>> np.isclose([1.0, 2.0], [1.0 + 1e-9, 2.1])
array([ True, False])
>>> np.isclose(0.1 + 0.2, 0.3)
np.True_
",
        see_also: &["np.allclose", "np.equal"],
        run: Run::Call(|context, arguments| is_close(context, arguments)),
    },
    Function {
        name: "np.allclose",
        signature: "(a, b, rtol=1e-05, atol=1e-08, equal_nan=False)",
        method: None,
        summary: "Whether all elements are equal but for small errors.",
        memory: MemoryRule::NoArray,
        notes: "All of `np.isclose` is computed first, even where the first pair already differs.",
        example: r"
>>> np.allclose([1.0, 2.0], [1.0, 2.0 + 1e-9])
True
",
        see_also: &["np.isclose", "np.array_equal"],
        run: Run::Call(|context, arguments| {
            let close = is_close(context, arguments)?;
            calls::all_true(context, &close).map(Value::Bool)
        }),
    },
    Function {
        name: "np.array_equal",
        signature: "(a1, a2, equal_nan=False)",
        method: None,
        summary: "Whether two arrays have the same shape and equal elements.",
        memory: MemoryRule::NoArray,
        notes: "An array of bools as large as the arrays is made on the way.",
        example: r"
>>> np.array_equal([1, 2], [1, 2])
True
>>> np.array_equal([1, 2], [[1, 2]])
False
",
        see_also: &["np.array_equiv", "np.allclose"],
        run: Run::Call(array_equal),
    },
    Function {
        name: "np.array_equiv",
        signature: "(a1, a2)",
        method: None,
        summary: "Whether two arrays are equal once they are broadcast together.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: r"
>>> np.array_equiv([1, 2], [[1, 2], [1, 2]])
True
",
        see_also: &["np.array_equal"],
        run: Run::Call(array_equiv),
    },
    Function {
        name: "np.isreal",
        signature: "(x)",
        method: None,
        summary: "Whether each element has an imaginary part of 0.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.isreal([1 + 1j, 2, 3 + 0j])
array([False,  True,  True])
",
        see_also: &["np.iscomplex", "np.isrealobj"],
        run: Run::Call(|context, arguments| {
            let imaginary = calls::call(context, "np.imag", vec![arguments.get("x")], [])?;
            calls::compare(context, CompareOp::Equal, &imaginary, &Value::int(0))
        }),
    },
    Function {
        name: "np.iscomplex",
        signature: "(x)",
        method: None,
        summary: "Whether each element has an imaginary part that is not 0.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.iscomplex([1 + 1j, 2, 3 + 0j])
array([ True, False, False])
",
        see_also: &["np.isreal", "np.iscomplexobj"],
        run: Run::Call(|context, arguments| {
            let array = calls::array_argument(context, arguments, "x")?;
            if array.dtype().ty().is_complex() {
                let imaginary = calls::attribute(context, &Value::Array(array), "imag")?;
                return calls::compare(context, CompareOp::NotEqual, &imaginary, &Value::int(0));
            }
            let none = calls::empty(context, Type::Bool, &array.shape())?;
            Ok(calls::unwrapped(Value::Array(none)))
        }),
    },
    Function {
        name: "np.isposinf",
        signature: "(x, out=None)",
        method: None,
        summary: "Whether each element is positive infinity.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.isposinf([np.inf, -np.inf, 1])
array([ True, False, False])
",
        see_also: &["np.isneginf", "np.isinf"],
        run: Run::Call(|context, arguments| infinite(context, arguments, false)),
    },
    Function {
        name: "np.isneginf",
        signature: "(x, out=None)",
        method: None,
        summary: "Whether each element is negative infinity.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.isneginf([np.inf, -np.inf, 1])
array([False,  True, False])
",
        see_also: &["np.isposinf", "np.isinf"],
        run: Run::Call(|context, arguments| infinite(context, arguments, true)),
    },
];

/// Python's numbers as they are, all else as an array.
fn number_or_array(context: &mut Context, arguments: &Arguments, name: &str) -> Result<Value> {
    match arguments.get(name) {
        number @ (Value::Int(_) | Value::Float(_) | Value::Complex(_) | Value::Bool(_)) => Ok(number),
        number @ Value::Scalar(Scalar::Float64(_) | Scalar::Complex128(_)) => Ok(number),
        _ => calls::array_argument(context, arguments, name).map(Value::Array),
    }
}

/// `np.isclose` (numeric.py).
fn is_close(context: &mut Context, arguments: &Arguments) -> Result<Value> {
    let x = number_or_array(context, arguments, "a")?;
    let mut y = number_or_array(context, arguments, "b")?;
    let atol = number_or_array(context, arguments, "atol")?;
    let rtol = number_or_array(context, arguments, "rtol")?;
    match &y {
        Value::Array(array) => {
            let ty = calls::result_type(&[&y, &Value::Float(1.0)])?;
            y = Value::Array(calls::astype(context, array, ty, false)?);
        }
        Value::Int(int) => y = Value::Float(int.to_f64()),
        Value::Bool(truth) => y = Value::Float(*truth as u8 as f64),
        _ => {}
    }
    for tolerance in [&atol, &rtol] {
        let finite = calls::ufunc(context, "isfinite", [tolerance.clone()])?;
        if !calls::all_true(context, &finite)? {
            let show = |value: &Value| crate::value::str(value, &context.print_options);
            let message = format!("One of rtol or atol is not valid, atol: {}, rtol: {}", show(&atol), show(&rtol));
            calls::warn(context, &message);
            break;
        }
    }
    let equal_nan = calls::flag(arguments, "equal_nan")?;
    calls::quietly(context, |context| {
        let distance = calls::subtract(context, x.clone(), y.clone())?;
        let distance = calls::ufunc(context, "absolute", [distance])?;
        let size = calls::ufunc(context, "absolute", [y.clone()])?;
        let share = calls::multiply(context, rtol, size)?;
        let limit = calls::add(context, atol, share)?;
        let near = calls::ufunc(context, "less_equal", [distance, limit])?;
        let finite = calls::ufunc(context, "isfinite", [y.clone()])?;
        let near = calls::binary(context, BinaryOp::And, near, finite)?;
        let equal = calls::compare(context, CompareOp::Equal, &x, &y)?;
        let mut result = calls::binary(context, BinaryOp::Or, near, equal)?;
        if equal_nan {
            let a = calls::ufunc(context, "isnan", [x])?;
            let b = calls::ufunc(context, "isnan", [y])?;
            let both = calls::binary(context, BinaryOp::And, a, b)?;
            result = calls::binary(context, BinaryOp::Or, result, both)?;
        }
        match calls::unwrapped(result) {
            Value::Array(array) => calls::get(context, &array, &[]),
            scalar => Ok(scalar),
        }
    })
}

/// `np.array_equal` (numeric.py): what is no array of numbers equals nothing.
fn array_equal(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let (Ok(a), Ok(b)) =
        (calls::array_argument(context, arguments, "a1"), calls::array_argument(context, arguments, "a2"))
    else {
        return Ok(Value::Bool(false));
    };
    if a.shape() != b.shape() {
        return Ok(Value::Bool(false));
    }
    let has_nan = |ty: Type| ty.is_inexact() || ty.is_time();
    let inexact = has_nan(a.dtype().ty()) || has_nan(b.dtype().ty());
    let same = std::rc::Rc::ptr_eq(&a, &b);
    let (a, b) = (Value::Array(a), Value::Array(b));
    if !calls::flag(arguments, "equal_nan")? || !inexact {
        let equal = calls::compare(context, CompareOp::Equal, &a, &b)?;
        return calls::all_true(context, &equal).map(Value::Bool);
    }
    if same {
        return Ok(Value::Bool(true));
    }
    let a_nan = calls::ufunc(context, "isnan", [a.clone()])?;
    let b_nan = calls::ufunc(context, "isnan", [b.clone()])?;
    let agree = calls::compare(context, CompareOp::Equal, &a_nan, &b_nan)?;
    if !calls::all_true(context, &agree)? {
        return Ok(Value::Bool(false));
    }
    let equal = calls::compare(context, CompareOp::Equal, &a, &b)?;
    let equal = calls::binary(context, BinaryOp::Or, equal, a_nan)?;
    calls::all_true(context, &equal).map(Value::Bool)
}

fn array_equiv(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let (Ok(a), Ok(b)) =
        (calls::array_argument(context, arguments, "a1"), calls::array_argument(context, arguments, "a2"))
    else {
        return Ok(Value::Bool(false));
    };
    if calls::broadcast_arrays(&[a.clone(), b.clone()]).is_err() {
        return Ok(Value::Bool(false));
    }
    let equal = calls::compare(context, CompareOp::Equal, &Value::Array(a), &Value::Array(b))?;
    calls::all_true(context, &equal).map(Value::Bool)
}

fn infinite(context: &mut Context, arguments: &mut Arguments, negative: bool) -> Result<Value> {
    let value = arguments.get("x");
    let infinite = calls::ufunc(context, "isinf", [value.clone()]).map_err(|e| e.at_argument("x"))?;
    let array = calls::as_array(context, &value)?;
    if array.dtype().ty().is_complex() {
        let message =
            format!("This operation is not supported for {} values because it would be ambiguous.", array.dtype());
        return Err(type_error(message).at_argument("x"));
    }
    let mut sign = calls::ufunc(context, "signbit", [value])?;
    if !negative {
        sign = calls::ufunc(context, "invert", [sign])?;
    }
    let out = calls::out_argument(arguments)?;
    let options = Options { out: out.into_iter().map(Some).collect(), ..Options::default() };
    calls::ufunc_with(context, "logical_and", [infinite, sign], &options)
}
