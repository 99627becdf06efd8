//! Least-squares fits of polynomials: `np.polyfit`.

use super::super::calls;
use crate::array::cast::Casting;
use crate::array::index::Index;
use crate::array::{ArrayRef, Type};
use crate::error::{ErrorClass, Result, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::ufunc::ReduceOptions;
use crate::value::{Value, as_index, is_true, iterate};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[Function {
    name: "np.polyfit",
    signature: "(x, y, deg, rcond=None, full=False, w=None, cov=False)",
    method: None,
    summary: "The polynomial of a degree that comes nearest to points.",
    memory: MemoryRule::New,
    notes: "The matrix of powers is as large as the points times the degree.",
    example: r"
>>> np.polyfit([0, 1, 2, 3], [1, 3, 5, 7], 1).round(6)
array([2., 1.])
",
    see_also: &["np.polyval", "np.linalg.lstsq"],
    run: Run::Call(polyfit),
}];

/// `value + 0.0` as an array.
fn floats(context: &mut Context, arguments: &Arguments, name: &str) -> Result<ArrayRef> {
    let array = calls::array_argument(context, arguments, name)?;
    let sum = calls::add(context, Value::Array(array), Value::Float(0.0))?;
    calls::as_array(context, &sum)
}

/// `array op= other`.
fn in_place(context: &mut Context, name: &str, array: &ArrayRef, other: Value) -> Result<()> {
    calls::ufunc_into(context, name, [Value::Array(array.clone()), other], array, Casting::SameKind).map(drop)
}

fn transposed(array: &ArrayRef) -> ArrayRef {
    let order: Vec<usize> = (0..array.ndim()).rev().collect();
    let layout = crate::array::layout::transpose::permute(&array.layout(), &order);
    calls::view(array, layout)
}

fn polyfit(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let degree = as_index(&arguments.get("deg")).map_err(|e| e.at_argument("deg"))?;
    let x = floats(context, arguments, "x")?;
    let y = floats(context, arguments, "y")?;
    let wrong = |name: &str, message: &str| Err(type_error(message).at_argument(name));
    let Ok(degree) = usize::try_from(degree) else {
        return Err(value_error("expected deg >= 0").at_argument("deg"));
    };
    let order = degree + 1;
    if x.ndim() != 1 {
        return wrong("x", "expected 1D vector for x");
    }
    if x.size() == 0 {
        return wrong("x", "expected non-empty vector for x");
    }
    if y.ndim() < 1 || y.ndim() > 2 {
        return wrong("y", "expected 1D or 2D array for y");
    }
    let points = x.size();
    if y.shape()[0] != points {
        return Err(type_error("expected x and y to have same length")
            .at_argument("y")
            .label(format!("x has {points}, y has {}", y.shape()[0])));
    }
    let rcond = match arguments.some("rcond") {
        Some(rcond) => rcond.clone(),
        None => {
            let epsilon = match x.dtype().ty() {
                Type::Float32 | Type::Complex64 => f64::from(f32::EPSILON),
                _ => f64::EPSILON,
            };
            Value::Scalar(crate::array::Scalar::Float64(points as f64 * epsilon))
        }
    };
    let powers = vec![Value::Array(x.clone()), Value::int(order)];
    let lhs = calls::call_array(context, "np.vander", powers, [])?;
    if let Some(w) = arguments.some("w").cloned() {
        let w = calls::as_array(context, &w).map_err(|e| e.at_argument("w"))?;
        let w = calls::add(context, Value::Array(w), Value::Float(0.0))?;
        let w = calls::as_array(context, &w)?;
        if w.ndim() != 1 {
            return wrong("w", "expected a 1-d array for weights");
        }
        if w.size() != points {
            return wrong("w", "expected w and y to have the same length");
        }
        let column = calls::get(context, &w, &[calls::slice(None, None), Index::NewAxis])?;
        in_place(context, "multiply", &lhs, column.clone())?;
        in_place(context, "multiply", &y, if y.ndim() == 2 { column } else { Value::Array(w) })?;
    }
    let squares = calls::multiply(context, Value::Array(lhs.clone()), Value::Array(lhs.clone()))?;
    let squares = calls::as_array(context, &squares)?;
    let scale = calls::reduce(context, "add", &squares, &ReduceOptions::axis(0))?;
    let scale = calls::ufunc(context, "sqrt", [scale])?;
    drop(squares);
    in_place(context, "divide", &lhs, scale.clone())?;
    let equations = vec![Value::Array(lhs.clone()), Value::Array(y.clone()), rcond.clone()];
    let fitted = calls::call(context, "np.linalg.lstsq", equations, [])?;
    let fitted = iterate(&fitted)?.collect::<Result<Vec<_>>>()?;
    let [c, rests, rank, s] = fitted.as_slice() else { return Ok(Value::None) };
    let c = calls::as_array(context, c)?;
    let c = calls::divide(context, Value::Array(transposed(&c)), scale.clone())?;
    let c = calls::as_array(context, &c)?;
    let c = transposed(&c);
    let full = calls::flag(arguments, "full")?;
    if !full && as_index(rank)? != order as isize {
        context.runtime.warn(ErrorClass::RankWarning, "Polyfit may be poorly conditioned");
    }
    if full {
        return Ok(Value::tuple([Value::Array(c), rests.clone(), rank.clone(), s.clone(), rcond]));
    }
    let covariance = arguments.get("cov");
    if !is_true(&covariance)? {
        return Ok(Value::Array(c));
    }
    let product = crate::ufunc::dot(&context.runtime, &transposed(&lhs), &lhs, None)?;
    let base = calls::call_array(context, "np.linalg.inv", vec![calls::outcome(product)], [])?;
    let outer = calls::call(context, "np.outer", vec![scale.clone(), scale], [])?;
    in_place(context, "divide", &base, outer)?;
    let factor = match &covariance {
        Value::Str(name) if &**name == "unscaled" => Value::int(1),
        _ => {
            if points <= order {
                let message = "the number of data points must exceed order to scale the covariance matrix";
                return Err(value_error(message).at_argument("cov"));
            }
            calls::divide(context, rests.clone(), Value::int(points - order))?
        }
    };
    let base = match y.ndim() {
        1 => Value::Array(base),
        _ => calls::get(context, &base, &[calls::slice(None, None), calls::slice(None, None), Index::NewAxis])?,
    };
    let covariances = calls::multiply(context, base, factor)?;
    Ok(Value::tuple([Value::Array(c), covariances]))
}
