//! Distributions of several numbers at a time: multinomial, Dirichlet.

use super::super::calls;
use super::choice::kahan_sum;
use super::generator::{parts, receiver};
use super::parameters::{Constraint, Parameter, parameter_of, require};
use crate::array::{NdArray, Order, Scalar, Type};
use crate::error::{Result, type_error, value_error};
use crate::random::{continuous, discrete, legacy};
use crate::registry::{Arguments, Context, Function, MemoryRule, Method, Reader, Run, Section};
use crate::value::{Value, lengths, shape_of};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "Generator.multinomial",
        signature: "(n, pvals, size=None)",
        method: None,
        summary: "How many of n trials end in each outcome of these probabilities.",
        memory: MemoryRule::New,
        notes: "The outcomes are the last axis of the result.",
        example: r"
>>> np.random.default_rng(42).multinomial(20, [1/6.]*6)
array([5, 3, 5, 3, 1, 3])
",
        see_also: &["Generator.binomial"],
        run: Run::Read(Reader::Cython, |context, arguments| multinomial(context, arguments, false)),
    },
    Function {
        name: "np.random.multinomial",
        signature: "(n, pvals, size=None)",
        method: Some(Method {
            name: "RandomState.multinomial",
            signature: "(n, pvals, size=None)",
            reader: Reader::Cython,
        }),
        summary: "How many of n trials end in each outcome, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.multinomial(20, [1/6.]*6)
array([3, 6, 4, 3, 1, 3])
",
        see_also: &["Generator.multinomial"],
        run: Run::Read(Reader::Cython, |context, arguments| multinomial(context, arguments, true)),
    },
    Function {
        name: "Generator.dirichlet",
        signature: "(alpha, size=None)",
        method: None,
        summary: "Vectors of the Dirichlet distribution, each of sum 1.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).dirichlet((10, 5, 3))
array([0.53202636, 0.3239928 , 0.14398084])
",
        see_also: &["Generator.beta", "Generator.gamma"],
        run: Run::Read(Reader::Cython, |context, arguments| dirichlet(context, arguments, false)),
    },
    Function {
        name: "np.random.dirichlet",
        signature: "(alpha, size=None)",
        method: Some(Method { name: "RandomState.dirichlet", signature: "(alpha, size=None)", reader: Reader::Cython }),
        summary: "Vectors of the Dirichlet distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.dirichlet((10, 5, 3))
array([0.62848611, 0.24340518, 0.12810871])
",
        see_also: &["Generator.dirichlet"],
        run: Run::Read(Reader::Cython, |context, arguments| dirichlet(context, arguments, true)),
    },
];

/// The shape of the result: that of `size`, and an axis of `last` behind it.
fn result_shape(arguments: &Arguments, last: usize) -> Result<Vec<usize>> {
    let mut shape = match arguments.some("size") {
        None => Vec::new(),
        Some(size) => {
            let shape = shape_of(size).and_then(|shape| lengths(&shape)).map_err(|e| e.at_argument("size"))?;
            shape.to_vec()
        }
    };
    shape.push(last);
    Ok(shape)
}

fn multinomial(context: &mut Context, arguments: &mut Arguments, is_legacy: bool) -> Result<Value> {
    let this = receiver(context, arguments)?;
    let drawer = parts(&this)?;
    let n = parameter_of(context, arguments, "n", Type::Int64)?;
    let Parameter::Array(pvals) = parameter_of(context, arguments, "pvals", Type::Float64)? else {
        return Err(match is_legacy {
            true => type_error("pvals must be a 1-d sequence"),
            false => value_error(
                "pvals must have at least 1 dimension and the last dimension of pvals must be greater than 0.",
            ),
        }
        .at_argument("pvals"));
    };
    let shape = pvals.shape();
    let outcomes = shape.last().copied().unwrap_or(0);
    if outcomes == 0 && !is_legacy {
        let message = "pvals must have at least 1 dimension and the last dimension of pvals must be greater than 0.";
        return Err(value_error(message).at_argument("pvals"));
    }
    if is_legacy && pvals.ndim() != 1 {
        return Err(value_error("object too deep for desired array").at_argument("pvals"));
    }
    let rows: Vec<f64> = calls::elements(&pvals).map(|p| p.as_f64()).collect();
    let several = pvals.ndim() > 1;
    let pvals = Parameter::Array(pvals);
    require(&pvals, "pvals", Constraint::Probability)?;
    for row in rows.chunks(outcomes.max(1)) {
        if kahan_sum(row.iter().copied().take(outcomes.saturating_sub(1))) > 1.0 + 1e-12 {
            let part = if several { "[...,:-1]" } else { "[:-1]" };
            return Err(value_error(format!("sum(pvals{part}) > 1.0")).at_argument("pvals"));
        }
    }
    require(&n, "n", Constraint::NonNegative)?;
    // one row of probabilities and one n for each vector of the result
    let leading = crate::array::layout::Shape::from_slice(&shape[..shape.len() - 1]);
    let common = crate::array::layout::broadcast::broadcast_shapes(&[&n.shape(), &leading])?;
    let whole = match arguments.some("size") {
        None => common.iter().copied().chain([outcomes]).collect(),
        Some(_) => {
            let whole = result_shape(arguments, outcomes)?;
            let size = &whole[..whole.len() - 1];
            let reached = crate::array::layout::broadcast::broadcast_shapes(&[&common, size])?;
            if reached[..] != *size {
                let text = crate::array::layout::shape_text::tuple_text;
                return Err(value_error(format!(
                    "Output size {} is not compatible with broadcast dimensions of inputs {}.",
                    text(size),
                    text(&reached)
                ))
                .at_argument("size"));
            }
            whole
        }
    };
    let is_single = leading.is_empty() && matches!(n, Parameter::Number(_));
    let places = if is_single {
        Parameter::Number(0.0)
    } else {
        let places = calls::integers(context, (0..rows.len() / outcomes.max(1)).map(|row| row as i64))?;
        let shape: Vec<isize> = leading.iter().map(|&n| n as isize).collect();
        Parameter::Array(calls::reshape(context, &places, &shape)?)
    };
    let array = NdArray::zeros(&context.runtime, Type::Int64.into(), &whole, Order::C)?;
    if calls::is_planning(context) {
        drawer.bits()?.is_unknown.set(true);
        return Ok(Value::Array(array));
    }
    let draws = super::drawing::rows::<2>(&[n, places], &whole[..whole.len() - 1])?;
    let drawn = drawer.draw(context, |source| {
        for (number, [n, row]) in draws.iter().enumerate() {
            crate::interrupt::check()?;
            let mut counts = vec![0; outcomes];
            let start = *row as usize * outcomes;
            discrete::multinomial(source, *n as i64, &mut counts, &rows[start..start + outcomes]);
            for (i, count) in counts.iter().enumerate() {
                array.write(8 * (number * outcomes + i), &Scalar::Int64(*count));
            }
        }
        Ok(())
    })?;
    drawn.map(|()| Value::Array(array))
}

fn dirichlet(context: &mut Context, arguments: &mut Arguments, is_legacy: bool) -> Result<Value> {
    let this = receiver(context, arguments)?;
    let drawer = parts(&this)?;
    let alpha = match parameter_of(context, arguments, "alpha", Type::Float64)? {
        Parameter::Array(alpha) if alpha.ndim() == 1 => alpha,
        Parameter::Array(_) => return Err(value_error("object too deep for desired array").at_argument("alpha")),
        Parameter::Number(_) => {
            let name = arguments.get("alpha").class().qualified();
            return Err(type_error(format!("object of type '{name}' has no len()")).at_argument("alpha"));
        }
    };
    let weights: Vec<f64> = calls::elements(&alpha).map(|alpha| alpha.as_f64()).collect();
    if is_legacy && weights.iter().any(|&weight| weight <= 0.0) {
        return Err(value_error("alpha <= 0").at_argument("alpha"));
    }
    if weights.iter().any(|&weight| weight < 0.0) {
        return Err(value_error("alpha < 0").at_argument("alpha"));
    }
    let shape = result_shape(arguments, alpha.size())?;
    let array = NdArray::zeros(&context.runtime, Type::Float64.into(), &shape, Order::C)?;
    if calls::is_planning(context) {
        drawer.bits()?.is_unknown.set(true);
        return Ok(Value::Array(array));
    }
    let vectors: usize = if weights.is_empty() { 0 } else { array.size() / weights.len() };
    let breaks_sticks = !is_legacy && weights.iter().all(|&weight| weight < 0.1);
    let gamma = if is_legacy { legacy::standard_gamma } else { continuous::standard_gamma };
    let drawn = drawer.draw(context, |source| {
        for number in 0..vectors {
            crate::interrupt::check()?;
            let vector = if breaks_sticks {
                broken_stick(source, &weights)
            } else {
                let vector: Vec<f64> = weights.iter().map(|&weight| gamma(source, weight)).collect();
                let inverse = 1.0 / vector.iter().fold(0.0, |sum, part| sum + part);
                vector.iter().map(|part| part * inverse).collect()
            };
            for (i, part) in vector.iter().enumerate() {
                array.write(8 * (number * weights.len() + i), &Scalar::Float64(*part));
            }
        }
        Ok(())
    })?;
    drawn.map(|()| Value::Array(array))
}

/// A stick of length 1 broken with beta numbers: where all weights are small.
fn broken_stick(source: &mut crate::random::Source, weights: &[f64]) -> Vec<f64> {
    let mut sums = weights.to_vec();
    let mut sum = 0.0;
    for (total, weight) in sums.iter_mut().zip(weights).rev() {
        sum += weight;
        *total = sum;
    }
    let mut vector = vec![0.0; weights.len()];
    if sum <= 0.0 {
        return vector;
    }
    let mut left = 1.0;
    for (i, weight) in weights.iter().enumerate().take(weights.len() - 1) {
        let rest = sums[i + 1];
        let v = continuous::beta(source, *weight, rest);
        vector[i] = left * v;
        left *= 1.0 - v;
        if rest == 0.0 {
            break;
        }
    }
    if let Some(last) = vector.last_mut() {
        *last = left;
    }
    vector
}
