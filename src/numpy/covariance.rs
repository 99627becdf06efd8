//! How variables vary together: covariance and correlation.

use super::calls;
use super::coercion::array_from;
use crate::array::cast::Casting;
use crate::array::copy::copy;
use crate::array::index::Index;
use crate::array::layout::transpose::transpose;
use crate::array::{ArrayRef, Order, Type};
use crate::error::{Result, runtime_error, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::syntax::ast::CompareOp;
use crate::ufunc::ReduceOptions;
use crate::value::{Value, as_bool, as_f64};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.cov",
        signature: "(m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None)",
        method: None,
        summary: "The covariances of variables, one a row.",
        memory: MemoryRule::New,
        notes: "The observations are copied, and the means are taken from the copy in place. The result has as many rows \
                and columns as there are variables.",
        example: r"
>>> np.cov([[0, 1, 2], [2, 1, 0]])
array([[ 1., -1.],
       [-1.,  1.]])
",
        see_also: &["np.corrcoef", "np.var"],
        run: Run::Call(cov),
    },
    Function {
        name: "np.corrcoef",
        signature: "(x, y=None, rowvar=True, *, dtype=None)",
        method: None,
        summary: "The correlations of variables, one a row: covariances between -1 and 1.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.corrcoef([[0, 1, 2], [2, 1, 0]])
array([[ 1., -1.],
       [-1.,  1.]])
",
        see_also: &["np.cov"],
        run: Run::Call(corrcoef),
    },
];

fn turned(array: &ArrayRef) -> Result<ArrayRef> {
    let layout = transpose(&array.layout(), None)?;
    Ok(calls::view(array, layout))
}

/// `np.array(value, ndmin=2)` with one row for one variable.
fn two_axes(context: &mut Context, array: &ArrayRef) -> Result<ArrayRef> {
    match array.ndim() {
        0 => calls::reshape(context, array, &[1, 1]),
        1 => calls::reshape(context, array, &[1, array.size() as isize]),
        _ => Ok(array.clone()),
    }
}

fn weights(context: &mut Context, arguments: &Arguments, name: &str, samples: usize) -> Result<Option<ArrayRef>> {
    let Some(value) = arguments.some(name).cloned() else { return Ok(None) };
    let float: crate::array::DType = Type::Float64.into();
    let weights = array_from(context, &value, Some(&float)).map_err(|e| e.at_argument(name))?;
    let refused = |message: String| Err(runtime_error(message).at_argument(name));
    if name == "fweights" && calls::elements(&weights).any(|weight| weight.as_f64() != weight.as_f64().round()) {
        return Err(type_error("fweights must be integer").at_argument(name));
    }
    if weights.ndim() > 1 {
        return refused(format!("cannot handle multidimensional {name}"));
    }
    if weights.size() != samples {
        return refused(format!("incompatible numbers of samples and {name}"));
    }
    if calls::elements(&weights).any(|weight| weight.as_f64() < 0.0) {
        return Err(value_error(format!("{name} cannot be negative")).at_argument(name));
    }
    Ok(Some(weights))
}

/// `np.cov` (function_base.py).
fn cov(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let m = calls::array_argument(context, arguments, "m")?;
    let y = match arguments.some("y").cloned() {
        Some(y) => Some(calls::as_array(context, &y).map_err(|e| e.at_argument("y"))?),
        None => None,
    };
    let ddof = arguments.some("ddof").map(as_f64).transpose().map_err(|e| e.at_argument("ddof"))?;
    if ddof.is_some_and(|ddof| ddof != ddof.trunc()) {
        return Err(value_error("ddof must be integer").at_argument("ddof"));
    }
    if m.ndim() > 2 {
        return Err(value_error("m has more than 2 dimensions").at_argument("m"));
    }
    if y.as_ref().is_some_and(|y| y.ndim() > 2) {
        return Err(value_error("y has more than 2 dimensions").at_argument("y"));
    }
    let rowvar = as_bool(&arguments.get("rowvar"))?;
    let ty = match arguments.some("dtype").cloned() {
        Some(dtype) => super::dtypes::as_dtype(context, &dtype)?.ty(),
        None => {
            let mut values = vec![Value::Array(m.clone())];
            values.extend(y.clone().map(Value::Array));
            values.push(Value::Scalar(crate::array::Scalar::Float64(0.0)));
            calls::result_type(&values.iter().collect::<Vec<_>>())?
        }
    };
    let copied = calls::astype(context, &m, ty, true)?;
    let mut x = two_axes(context, &copied)?;
    if !rowvar && m.ndim() != 1 {
        x = turned(&x)?;
    }
    if x.shape()[0] == 0 {
        return calls::empty(context, Type::Float64, &[0, 0]).map(Value::Array);
    }
    if let Some(y) = y {
        let y = calls::astype(context, &y, ty, false)?;
        let mut y = two_axes(context, &y)?;
        if !rowvar && y.shape()[0] != 1 {
            y = turned(&y)?;
        }
        x = calls::concatenate(context, vec![Value::Array(x), Value::Array(y)], Some(0))?;
    }
    let ddof = ddof.unwrap_or(if as_bool(&arguments.get("bias"))? { 0.0 } else { 1.0 });
    let samples = x.shape()[1];
    let frequency = weights(context, arguments, "fweights", samples)?;
    let importance = weights(context, arguments, "aweights", samples)?;
    let total_weights = match (&frequency, &importance) {
        (Some(a), Some(b)) => {
            let product = copy(&context.runtime, a, Order::K)?;
            let values = [Value::Array(product.clone()), Value::Array(b.clone())];
            calls::ufunc_into(context, "multiply", values, &product, Casting::SameKind)?;
            Some(product)
        }
        (one, other) => one.clone().or_else(|| other.clone()),
    };
    let weights_value = total_weights.clone().map_or(Value::None, Value::Array);
    let keywords = [("axis", Value::int(1)), ("weights", weights_value.clone()), ("returned", Value::Bool(true))];
    let averaged = calls::call(context, "np.average", vec![Value::Array(x.clone())], keywords)?;
    let Value::Tuple(parts) = &averaged else { return Ok(averaged) };
    let (mean, sums) = (calls::as_array(context, &parts[0])?, calls::as_array(context, &parts[1])?);
    let sum = calls::get(context, &sums, &[Index::Int(0)])?;
    let mut factor = match (&total_weights, &importance) {
        (None, _) => Value::Float(samples as f64 - ddof),
        (Some(_), _) if ddof == 0.0 => sum,
        (Some(_), None) => calls::subtract(context, sum, Value::Float(ddof))?,
        (Some(all), Some(importance)) => {
            let product = calls::multiply(context, Value::Array(all.clone()), Value::Array(importance.clone()))?;
            let product = calls::as_array(context, &product)?;
            let share = calls::reduce(context, "add", &product, &ReduceOptions::all())?;
            let share = calls::multiply(context, Value::Float(ddof), share)?;
            let share = calls::divide(context, share, sum.clone())?;
            calls::subtract(context, sum, share)?
        }
    };
    let few = calls::compare(context, CompareOp::LessEqual, &factor, &Value::int(0))?;
    if calls::any_true(context, &few)? {
        calls::warn(context, "Degrees of freedom <= 0 for slice");
        factor = Value::Float(0.0);
    }
    let mean = calls::get(context, &mean, &[calls::slice(None, None), Index::NewAxis])?;
    calls::ufunc_into(context, "subtract", [Value::Array(x.clone()), mean], &x, Casting::SameKind)?;
    let mut other = turned(&x)?;
    if total_weights.is_some() {
        let weighted = calls::multiply(context, Value::Array(x.clone()), weights_value)?;
        let weighted = calls::as_array(context, &weighted)?;
        other = turned(&weighted)?;
    }
    let other =
        if ty.is_complex() { calls::ufunc(context, "conjugate", [Value::Array(other)])? } else { Value::Array(other) };
    let other = calls::as_array(context, &other)?;
    let product = crate::ufunc::dot(&context.runtime, &x, &other, None)?;
    let product = calls::as_array(context, &calls::outcome(product))?;
    let scale = calls::ufunc(context, "divide", [Value::int(1), factor])?;
    calls::ufunc_into(context, "multiply", [Value::Array(product.clone()), scale], &product, Casting::SameKind)?;
    if !product.shape().contains(&1) {
        return Ok(Value::Array(product));
    }
    let layout = crate::array::layout::transpose::squeeze(&product.layout(), None)?;
    Ok(Value::Array(calls::view(&product, layout)))
}

/// `np.corrcoef` (function_base.py).
fn corrcoef(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let keywords = [("dtype", arguments.get("dtype"))];
    let positional = vec![arguments.get("x"), arguments.get("y"), arguments.get("rowvar")];
    let covariance = calls::call(context, "np.cov", positional, keywords)?;
    let array = calls::as_array(context, &covariance)?;
    if array.ndim() == 0 {
        return calls::divide(context, covariance.clone(), covariance);
    }
    let diagonal = calls::call(context, "np.diagonal", vec![covariance.clone()], [])?;
    let diagonal = calls::attribute(context, &diagonal, "real")?;
    let deviation = calls::ufunc(context, "sqrt", [diagonal])?;
    let deviation = calls::as_array(context, &deviation)?;
    let all = || calls::slice(None, None);
    for index in [[all(), Index::NewAxis], [Index::NewAxis, all()]] {
        let divisor = calls::get(context, &deviation, &index)?;
        calls::ufunc_into(context, "divide", [covariance.clone(), divisor], &array, Casting::SameKind)?;
    }
    let names: &[&str] = if array.dtype().ty().is_complex() { &["real", "imag"] } else { &["real"] };
    for name in names {
        let part = calls::attribute(context, &covariance, name)?;
        let target = calls::as_array(context, &part)?;
        let bounds = [part, Value::int(-1), Value::int(1)];
        calls::ufunc_into(context, "clip", bounds, &target, Casting::SameKind)?;
    }
    Ok(covariance)
}
