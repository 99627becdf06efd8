//! A call on scalars alone: no array is made. As an operator it follows NumPy's scalarmath, which speaks of
//! `scalar add` and tells of integers that overflow.

use super::float_status::{self, Rule, Status};
use super::resolve::Resolved;
use super::scratch::Scratch;
use super::{Operand, Options, Outcome, Outcomes, Ufunc};
use crate::array::cast::{Strided, is_safe};
use crate::array::{Runtime, Scalar, Type};
use crate::error::{Error, Result, type_error};
use crate::half::F16;
use smallvec::SmallVec;

/// Calls a ufunc on operands without axes.
///
/// # Errors
/// As [`super::call()`].
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
        return Ok(outputs.iter().map(|&ty| Outcome::Scalar(Scalar::guess(&runtime.ledger, ty))).collect());
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
    let is_operator = options.elide && is_scalarmath(operands);
    if is_operator {
        status |= integer_overflow(ufunc.name, &inputs, results.first().copied());
        // The remainder of halves divides, too.
        let half_by_zero =
            ufunc.name == "remainder" && inputs.get(1) == Some(&Scalar::Float16(F16::ZERO)) && inputs[0].is_true();
        status |= Status::when(half_by_zero, Status::DIVIDE);
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
        _ => return Status::NONE,
    };
    Status::when(exact != Some(result), Status::OVER)
}

/// Whether NumPy's scalarmath computes an operator: one operand is a NumPy number to whose type all others can be
/// cast safely. Bools, and pairs of which neither type holds the other, are left to the ufunc.
fn is_scalarmath(operands: &[Operand]) -> bool {
    let holds = |ty: Type, operand: &Operand| match operand {
        Operand::Array(_) => false,
        Operand::Scalar(value) => is_safe(value.ty(), ty),
        Operand::Int(_) => true,
        Operand::Float(_) => ty.is_inexact(),
        Operand::Complex(_) => ty.is_complex(),
    };
    operands.iter().any(|operand| match operand {
        Operand::Scalar(value) if value.ty() != Type::Bool => operands.iter().all(|other| holds(value.ty(), other)),
        _ => false,
    })
}

/// Python's words where scalarmath has no such operator for complex numbers; nothing where it has.
pub fn unsupported(ufunc: &Ufunc, operands: &[Operand]) -> Option<Error> {
    let symbol = match ufunc.name {
        "floor_divide" => "//",
        "remainder" => "%",
        "divmod" => "divmod()",
        _ => return None,
    };
    let is_complex = |operand: &Operand| match operand {
        Operand::Scalar(value) => value.ty().is_complex(),
        Operand::Complex(_) => true,
        _ => false,
    };
    if !operands.iter().any(is_complex) || operands.iter().any(|operand| matches!(operand, Operand::Array(_))) {
        return None;
    }
    let name = |operand: &Operand| match operand {
        Operand::Scalar(value) => format!("numpy.{}", value.ty().name()),
        Operand::Int(_) => "int".into(),
        Operand::Float(_) => "float".into(),
        _ => "complex".into(),
    };
    let names: Vec<String> = operands.iter().map(|operand| format!("'{}'", name(operand))).collect();
    Some(type_error(format!("unsupported operand type(s) for {symbol}: {}", names.join(" and "))))
}
