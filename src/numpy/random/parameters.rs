//! The parameters of distributions: what NumPy accepts, and its words for what it does not (`_common.pyx`).

use super::super::calls;
use super::super::coercion::{array_from, element_of};
use crate::array::cast::{Casting, require_cast};
use crate::array::{ArrayRef, Scalar, Type};
use crate::error::{Error, Result, value_error};
use crate::registry::{Arguments, Context};
use crate::value::Value;

/// What a parameter must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// Anything.
    None,
    /// Not below 0; -0 counts as below.
    NonNegative,
    /// Above 0.
    Positive,
    /// Above 0, and a number.
    PositiveNumber,
    /// From 0 to 1.
    Probability,
    /// Above 0, up to 1.
    PositiveProbability,
    /// From 0 to below 1.
    ProbabilityBelowOne,
    /// Above 1.
    AboveOne,
    /// From 1 on.
    FromOne,
    /// From 0 to what keeps a Poisson number within an int64.
    Poisson,
}

/// The largest mean of a Poisson distribution: the largest int64 less ten deviations.
const POISSON_MOST: f64 = 9.223_372_006_484_771e18;

impl Constraint {
    /// NumPy's complaint about a value; in its words for arrays or for single numbers.
    fn complaint(self, name: &str, value: f64, is_array: bool) -> Option<String> {
        let nan = if is_array { "contains NaNs" } else { "is NaN" };
        let below_zero = value.is_sign_negative() && !value.is_nan();
        match self {
            Constraint::None => None,
            Constraint::NonNegative => below_zero.then(|| format!("{name} < 0")),
            Constraint::PositiveNumber if value.is_nan() => Some(format!("{name} must not be NaN")),
            Constraint::Positive | Constraint::PositiveNumber => (value <= 0.0).then(|| format!("{name} <= 0")),
            Constraint::Probability => {
                let fits = (0.0..=1.0).contains(&value);
                (!fits).then(|| format!("{name} < 0, {name} > 1 or {name} {nan}"))
            }
            Constraint::PositiveProbability => {
                let fits = value > 0.0 && value <= 1.0;
                (!fits).then(|| format!("{name} <= 0, {name} > 1 or {name} contains NaNs"))
            }
            Constraint::ProbabilityBelowOne => {
                let fits = (0.0..1.0).contains(&value);
                (!fits).then(|| format!("{name} < 0, {name} >= 1 or {name} {nan}"))
            }
            Constraint::AboveOne => (value <= 1.0 || value.is_nan()).then(|| format!("{name} <= 1 or {name} {nan}")),
            Constraint::FromOne => (value < 1.0 || value.is_nan()).then(|| format!("{name} < 1 or {name} {nan}")),
            Constraint::Poisson if value > POISSON_MOST => Some(format!("{name} value too large")),
            Constraint::Poisson => {
                let fits = value >= 0.0;
                (!fits).then(|| format!("{name} < 0 or {name} {nan}"))
            }
        }
    }
}

/// A parameter of a distribution as a call gives it.
pub enum Parameter {
    /// One number.
    Number(f64),
    /// An array of doubles.
    Array(ArrayRef),
}

impl Parameter {
    /// The shape, where it is an array.
    pub fn shape(&self) -> crate::array::layout::Shape {
        match self {
            Parameter::Number(_) => Default::default(),
            Parameter::Array(array) => array.shape(),
        }
    }
}

/// The argument for `parameter` as numbers of type `ty`, float64 or int64, which NumPy asks to be a safe cast.
///
/// # Errors
/// `TypeError: Cannot cast array data from dtype('complex128') to dtype('float64') according to the rule 'safe'`.
pub fn parameter_of(context: &mut Context, arguments: &Arguments, parameter: &str, ty: Type) -> Result<Parameter> {
    let value = arguments.get(parameter);
    parameter_from(context, &value, ty).map_err(|e| e.at_argument(parameter))
}

/// As [`parameter_of`], of a value.
///
/// # Errors
/// As there.
pub fn parameter_from(context: &mut Context, value: &Value, ty: Type) -> Result<Parameter> {
    if let Some(element) = element_of(context, value, ty) {
        return Ok(Parameter::Number(element?.cast(ty).as_f64()));
    }
    let array = match value {
        Value::List(_) | Value::Tuple(_) => array_from(context, value, Some(&ty.into()))?,
        _ => array_from(context, value, None)?,
    };
    require_cast(&array.dtype(), &ty.into(), Casting::Safe, array.ndim() == 0)?;
    if array.ndim() == 0 {
        let offset = array.layout().offset;
        return Ok(Parameter::Number(array.read(offset).as_f64()));
    }
    calls::astype(context, &array, ty, false).map(Parameter::Array)
}

/// Whether a constraint does not allow it.
pub fn fails(parameter: &Parameter, constraint: Constraint) -> bool {
    require(parameter, "", constraint).is_err()
}

/// Refuses what the constraint does not allow.
///
/// # Errors
/// NumPy's `ValueError` with `name`, which the caret goes under too.
pub fn require(parameter: &Parameter, name: &str, constraint: Constraint) -> Result<()> {
    let refuse = |message: String| -> Error { value_error(message).at_argument(name) };
    match parameter {
        _ if constraint == Constraint::None => Ok(()),
        Parameter::Number(number) => constraint.complaint(name, *number, false).map_or(Ok(()), |m| Err(refuse(m))),
        Parameter::Array(array) => {
            let complain = |scalar: Scalar| constraint.complaint(name, scalar.as_f64(), true);
            calls::elements(array).find_map(complain).map_or(Ok(()), |m| Err(refuse(m)))
        }
    }
}
