//! A call on scalars alone: no array is made. As an operator it follows NumPy's scalarmath, which speaks of
//! `scalar add` and tells of integers that overflow.

use super::float_status::{self, Rule, Status};
use super::resolve::Resolved;
use super::scratch::Scratch;
use super::{Operand, Options, Outcome, Outcomes, Ufunc};
use crate::array::cast::Strided;
use crate::array::{Runtime, Scalar};
use crate::error::Result;
use smallvec::SmallVec;

/// Calls a ufunc on operands without axes.
///
/// # Errors
/// As [`super::call`].
pub fn call(
    runtime: &Runtime,
    ufunc: &'static Ufunc,
    operands: &[Operand],
    resolved: &Resolved,
    options: &Options,
) -> Result<Outcomes> {
    let planned = |operand: &Operand| matches!(operand, Operand::Array(array) if array.buffer_ref().is_planned());
    if operands.iter().any(planned) {
        let outputs = &resolved.types[ufunc.nin..ufunc.nargs()];
        return Ok(outputs.iter().map(|&ty| Outcome::Scalar(Scalar::zero(ty))).collect());
    }
    let scratch = Scratch::take()?;
    let bytes = scratch.bytes();
    let mut inputs: SmallVec<[Scalar; 4]> = SmallVec::new();
    let mut casts = Status::NONE;
    for (k, operand) in operands.iter().enumerate() {
        let ty = resolved.types[k];
        let value = match operand {
            Operand::Array(array) => array.read(array.layout().offset).cast(ty),
            other => {
                let (value, status) = resolved.scalar(k, other)?;
                casts |= status;
                value
            }
        };
        scratch.put(k, value);
        inputs.push(value);
    }
    float_status::report(runtime, casts, "cast")?;
    let pieces: SmallVec<[Strided<'_>; 4]> =
        (0..ufunc.nargs()).map(|k| Strided { bytes, offset: Scratch::scalar(k), stride: 0 }).collect();
    let mut status = (resolved.kernel)(&pieces, 1);
    let outputs = &resolved.types[ufunc.nin..ufunc.nargs()];
    if ufunc.rule != Rule::Unchecked && outputs.iter().any(|ty| ty.is_inexact()) {
        let underflow = float_status::watches_underflow(runtime);
        status |= float_status::check(&resolved.types, ufunc.nin, &pieces, 1, ufunc.rule, underflow);
    }
    let results: SmallVec<[Scalar; 2]> =
        outputs.iter().enumerate().map(|(k, &ty)| scratch.get(ufunc.nin + k, ty)).collect();
    let is_operator = options.elide && !operands.iter().any(|operand| matches!(operand, Operand::Array(_)));
    if is_operator {
        status |= integer_overflow(ufunc.name, &inputs, results.first().copied());
    }
    if !status.is_empty() {
        let name = if is_operator { format!("scalar {}", ufunc.name) } else { ufunc.name.to_string() };
        float_status::report(runtime, status, &name)?;
    }
    Ok(results.into_iter().map(Outcome::Scalar).collect())
}

/// Whether an operator on integer scalars left its type's range.
fn integer_overflow(name: &str, inputs: &[Scalar], result: Option<Scalar>) -> Status {
    let Some(result) = result.filter(|value| value.ty().is_integer()).and_then(|value| value.as_i128()) else {
        return Status::NONE;
    };
    let value = |k: usize| inputs.get(k).and_then(Scalar::as_i128);
    let exact = match (name, value(0), value(1)) {
        ("add", Some(a), Some(b)) => Some(a + b),
        ("subtract", Some(a), Some(b)) => Some(a - b),
        ("multiply", Some(a), Some(b)) => a.checked_mul(b),
        ("negative", Some(a), None) => Some(-a),
        ("absolute", Some(a), None) => Some(a.abs()),
        ("power", Some(a), Some(b)) => match u32::try_from(b) {
            Ok(exponent) => a.checked_pow(exponent),
            Err(_) if b > 0 && (-1..=1).contains(&a) => Some(result),
            Err(_) => None,
        },
        _ => return Status::NONE,
    };
    Status::when(exact != Some(result), Status::OVER)
}
