//! Universal functions as Python calls them: `np.add(a, b, out=..., where=..., dtype=...)`.

mod arithmetic;
mod bits;
mod comparison;
mod exponential;
mod rounding;
mod trigonometry;

use super::calls::outcome;
use super::coercion::{array_from, operand};
use crate::error::{Result, type_error};
use crate::registry::Context;
use crate::registry::Section;
use crate::ufunc::{self, Operand, Options};
use crate::value::Value;
use std::rc::Rc;

/// The sections of the universal functions.
pub const SECTIONS: [Section; 6] = [
    arithmetic::SECTION,
    rounding::SECTION,
    exponential::SECTION,
    trigonometry::SECTION,
    comparison::SECTION,
    bits::SECTION,
];

/// Calls the universal function called `name` with Python's arguments.
///
/// # Errors
/// NumPy's, for the arguments and for the work.
pub fn call(
    context: &mut Context,
    name: &'static str,
    positional: Vec<Value>,
    keywords: Vec<(Rc<str>, Value)>,
) -> Result<Value> {
    if let Some(result) = super::linear::call_generalized(context, name, &positional, &keywords) {
        return result;
    }
    let ufunc = ufunc::find(name).ok_or_else(|| type_error(format!("np.{name} is not there")))?;
    let (nin, nout) = (ufunc.nin, ufunc.nout);
    let given = positional.len();
    if given < nin || given > nin + nout {
        let takes = if nout == 0 { format!("{nin}") } else { format!("from {nin} to {}", nin + nout) };
        return Err(type_error(format!("{name}() takes {takes} positional arguments but {given} were given")));
    }
    let mut options = Options::default();
    options.out.resize(nout, None);
    let mut operands: Vec<Operand> = Vec::with_capacity(nin);
    for (i, value) in positional.into_iter().enumerate() {
        if i < nin {
            operands.push(operand(context, value).map_err(|e| e.at_argument("x"))?);
        } else {
            options.out[i - nin] = out_array(value)?;
        }
    }
    for (keyword, value) in keywords {
        match &*keyword {
            "out" => match value {
                Value::Tuple(items) => {
                    if items.len() != nout {
                        return Err(type_error("The 'out' tuple must have exactly one entry per ufunc output"));
                    }
                    for (slot, item) in options.out.iter_mut().zip(items.iter()) {
                        *slot = out_array(item.clone())?;
                    }
                }
                single => {
                    if let Some(slot) = options.out.first_mut() {
                        *slot = out_array(single)?;
                    }
                }
            },
            "where" if matches!(value, Value::Bool(true)) => {}
            "where" => options.where_ = Some(array_from(context, &value, None)?),
            "dtype" if value.is_none() => {}
            "dtype" => options.dtype = Some(super::dtypes::as_dtype(context, &value)?),
            "casting" => options.casting = super::dtypes::as_casting(&value)?,
            "order" => options.order = super::dtypes::as_order(&value)?,
            "subok" => {}
            other => {
                return Err(
                    type_error(format!("{name}() got an unexpected keyword argument '{other}'")).at_argument(other)
                );
            }
        }
    }
    let outcomes = super::objects::call(context, ufunc, &mut operands, &options)?;
    let mut values = outcomes.into_iter().map(outcome);
    Ok(if nout == 1 { values.next().unwrap_or(Value::None) } else { Value::tuple(values) })
}

fn out_array(value: Value) -> Result<Option<crate::array::ArrayRef>> {
    match value {
        Value::None => Ok(None),
        Value::Array(array) => Ok(Some(array)),
        _ => Err(type_error("return arrays must be of ArrayType")),
    }
}
