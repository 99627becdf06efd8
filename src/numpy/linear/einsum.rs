//! `np.einsum`: sums of products, spelled out by a letter for each axis.

use super::super::calls;
use super::super::coercion::sequence;
use super::super::dtypes::as_dtype;
use super::super::objects;
use crate::array::layout::k_order::allocate_output;
use crate::array::layout::{Shape, Strides};
use crate::array::{ArrayRef, Layout, NdArray, Order, Scalar, Type};
use crate::error::{Result, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Value, as_index, object_item};
use num_complex::Complex64;
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[Function {
    name: "np.einsum",
    signature: "(*operands, out=None, optimize=False, **kwargs)",
    method: None,
    summary: "Sums of products, with a letter for each axis: a letter that is not in the result is summed over.",
    memory: MemoryRule::ViewIfPossible,
    notes: "With one operand and nothing to sum the result is a view that can be written to: `ii->i` is the diagonal. \
            Else only the result is allocated; the products are never an array.",
    example: r"
>>> a = np.array([[1, 2], [3, 4]])
>>> np.einsum('ij,jk->ik', a, a)
array([[ 7, 10],
       [15, 22]])
>>> np.einsum('ii', a)
np.int64(5)
>>> np.einsum('ii->i', a).base is a
True
",
    see_also: &["np.dot", "np.tensordot", "np.trace", "np.transpose"],
    run: Run::Call(einsum),
}];

/// A letter, or an axis of the ellipsis, counted from the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Letter(char),
    Ellipsis(usize),
}

/// What stands for one operand, or for the result: letters, and where the ellipsis is.
#[derive(Clone, Debug, Default)]
struct Term {
    letters: Vec<char>,
    ellipsis: Option<usize>,
}

impl Term {
    fn labels(&self, width: usize) -> Vec<Label> {
        let mut labels: Vec<Label> = self.letters.iter().map(|&letter| Label::Letter(letter)).collect();
        if let Some(at) = self.ellipsis {
            labels.splice(at..at, (0..width).rev().map(Label::Ellipsis));
        }
        labels
    }
}

fn parse_term(text: &str, what: &str) -> Result<Term> {
    let mut term = Term::default();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '.' {
            if !rest.starts_with("...") || term.ellipsis.is_some() {
                return Err(value_error(format!(
                    "einstein sum subscripts string contains a '.' that is not part of an ellipsis ('...') in {what}"
                )));
            }
            term.ellipsis = Some(term.letters.len());
            rest = &rest[3..];
            continue;
        }
        if c.is_ascii_alphabetic() {
            term.letters.push(c);
        } else if c != ' ' {
            return Err(value_error(format!(
                "invalid subscript '{c}' in einstein sum subscripts string, subscripts must be letters"
            )));
        }
        rest = &rest[c.len_utf8()..];
    }
    Ok(term)
}

/// The inputs' terms and the result's, where it is written.
fn parse(text: &str, operands: usize) -> Result<(Vec<Term>, Option<Term>)> {
    let (inputs, output) = match text.split_once("->") {
        Some((inputs, output)) => (inputs, Some(output)),
        None => (text, None),
    };
    let parts: Vec<&str> = inputs.split(',').collect();
    let what = |relation: &str| {
        let message =
            format!("{relation} operands provided to einstein sum function than specified in the subscripts string");
        let label = format!("{} for {operands} operands", parts.len());
        Err(value_error(message).at_argument("operands").label(label))
    };
    let mut terms = Vec::with_capacity(parts.len());
    for (i, part) in parts.iter().enumerate() {
        terms.push(parse_term(part, &format!("operand {i}"))?);
    }
    match parts.len() {
        n if n > operands => return what("more"),
        n if n < operands => return what("fewer"),
        _ => {}
    }
    Ok((terms, output.map(|output| parse_term(output, "the output")).transpose()?))
}

/// A term from a list of numbers: `[0, Ellipsis, 1]`.
fn term_of_list(value: &Value) -> Result<Term> {
    let mut term = Term::default();
    for item in sequence(value).map_err(|_| type_error("subscripts for each operand must be a list or a tuple"))? {
        if matches!(item, Value::Ellipsis) {
            if term.ellipsis.is_some() {
                return Err(value_error("each subscripts list may have only one ellipsis"));
            }
            term.ellipsis = Some(term.letters.len());
            continue;
        }
        let number =
            as_index(&item).map_err(|_| type_error("each subscript must be either an integer or an ellipsis"))?;
        let letter = match number {
            0..=25 => (b'A' + number as u8) as char,
            26..=51 => (b'a' + (number - 26) as u8) as char,
            _ => return Err(value_error("subscript is not within the valid range [0, 52)")),
        };
        term.letters.push(letter);
    }
    Ok(term)
}

/// The letters of the result where it is not written: those that occur once, in order of the alphabet.
fn implicit(terms: &[Term]) -> Term {
    let all: Vec<char> = terms.iter().flat_map(|term| term.letters.iter().copied()).collect();
    let mut letters: Vec<char> =
        all.iter().copied().filter(|letter| all.iter().filter(|other| *other == letter).count() == 1).collect();
    letters.sort_unstable();
    let ellipsis = terms.iter().any(|term| term.ellipsis.is_some()).then_some(0);
    Term { letters, ellipsis }
}

fn einsum(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let given = arguments.rest("operands");
    let (values, terms, output) = match given.as_slice() {
        [Value::Str(text), operands @ ..] if !operands.is_empty() => {
            let (terms, output) = parse(text, operands.len()).map_err(|e| e.at_argument("operands"))?;
            (operands.to_vec(), terms, output)
        }
        [first, _, ..] if !matches!(first, Value::Str(_)) => {
            let pairs = given.chunks_exact(2);
            let output = pairs.remainder().first().map(term_of_list).transpose()?;
            let values = pairs.clone().map(|pair| pair[0].clone()).collect();
            let terms = pairs.map(|pair| term_of_list(&pair[1])).collect::<Result<Vec<_>>>()?;
            (values, terms, output)
        }
        _ => {
            return Err(value_error(
                "must specify the einstein sum subscripts string and at least one operand, or at least one operand and its corresponding subscripts list",
            ));
        }
    };
    let mut operands = Vec::with_capacity(values.len());
    for value in &values {
        operands.push(calls::as_array(context, value).map_err(|e| e.at_argument("operands"))?);
    }
    let output = output.unwrap_or_else(|| implicit(&terms));
    for (i, letter) in output.letters.iter().enumerate() {
        let message = if output.letters[..i].contains(letter) {
            format!("einstein sum subscripts string includes output subscript '{letter}' multiple times")
        } else if !terms.iter().any(|term| term.letters.contains(letter)) {
            format!(
                "einstein sum subscripts string included output subscript '{letter}' which never appeared in an input"
            )
        } else {
            continue;
        };
        return Err(value_error(message).at_argument("operands"));
    }
    let sum = Sum::new(&operands, &terms, &output).map_err(|e| e.at_argument("operands"))?;
    let out = calls::out_argument(arguments)?;
    let (mut dtype, mut order) = (None, Order::K);
    if let Value::Dict(keywords) = arguments.get("kwargs") {
        for (name, value) in keywords.entries() {
            match crate::value::str(&name, &context.print_options).as_str() {
                "dtype" if value.is_none() => {}
                "dtype" => dtype = Some(as_dtype(context, &value)?.ty()),
                "order" => order = super::super::dtypes::as_order(&value)?,
                "casting" => {
                    super::super::dtypes::as_casting(&value)?;
                }
                other => {
                    let message = format!("Did not understand the following kwargs: ['{other}']");
                    return Err(type_error(message));
                }
            }
        }
    }
    if let (None, None, [operand], true) = (&out, &dtype, operands.as_slice(), sum.summed == 0) {
        let width = operand.ndim() - terms[0].letters.len();
        let layout = sum.view(operand, &terms[0].labels(width), &output.labels(width));
        return Ok(calls::unwrapped(Value::Array(calls::view(operand, layout))));
    }
    let ty = match dtype {
        Some(ty) => ty,
        None => {
            let values: Vec<Value> = operands.iter().cloned().map(Value::Array).collect();
            calls::result_type(&values.iter().collect::<Vec<_>>())?
        }
    };
    let result = match &out {
        Some(out) => Rc::clone(out),
        None => NdArray::allocate(&context.runtime, sum.result_layout(ty, order))?,
    };
    if !calls::is_planning(context) {
        match ty {
            Type::Object => sum.run_objects(context, &operands, &result)?,
            _ => sum.run(&operands, &result, ty)?,
        }
    }
    if let Some(out) = out {
        context.runtime.record_write(&out, None);
        return Ok(Value::Array(out));
    }
    Ok(calls::unwrapped(Value::Array(result)))
}

/// Every operand seen over the axes of the result and, behind them, those that are summed.
struct Sum {
    shape: Shape,
    summed: usize,
    layouts: Vec<Layout>,
}

impl Sum {
    fn new(operands: &[ArrayRef], terms: &[Term], output: &Term) -> Result<Sum> {
        let mut width = 0;
        for (i, (operand, term)) in operands.iter().zip(terms).enumerate() {
            let (ndim, named) = (operand.ndim(), term.letters.len());
            if named > ndim {
                return Err(value_error(format!(
                    "einstein sum subscripts string contains too many subscripts for operand {i}"
                ))
                .label(format!("operand {i} has {ndim} axes")));
            }
            if term.ellipsis.is_none() && named < ndim {
                return Err(value_error(
                    "operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to broadcast the extra dimensions.",
                )
                .label(format!("operand {i} has {ndim} axes")));
            }
            if term.ellipsis.is_some() {
                width = width.max(ndim - named);
            }
        }
        if width > 0 && output.ellipsis.is_none() {
            return Err(value_error(
                "output has no ellipsis in einstein sum, but the operands have broadcast dimensions",
            ));
        }
        let mut labels = output.labels(width);
        let kept = labels.len();
        let of_term = |operand: &ArrayRef, term: &Term| term.labels(operand.ndim() - term.letters.len());
        for (operand, term) in operands.iter().zip(terms) {
            for label in of_term(operand, term) {
                if !labels.contains(&label) {
                    labels.push(label);
                }
            }
        }
        let mut shape: Shape = smallvec::smallvec![1; labels.len()];
        let mut layouts = Vec::with_capacity(operands.len());
        for (i, (operand, term)) in operands.iter().zip(terms).enumerate() {
            let layout = operand.layout();
            let mut strides: Strides = smallvec::smallvec![0; labels.len()];
            let mut lengths: Shape = smallvec::smallvec![1; labels.len()];
            for (axis, label) in of_term(operand, term).into_iter().enumerate() {
                let Some(at) = labels.iter().position(|known| *known == label) else { continue };
                let len = layout.shape[axis];
                if lengths[at] != 1 && len != 1 && lengths[at] != len {
                    let name = match label {
                        Label::Letter(letter) => letter,
                        Label::Ellipsis(_) => '.',
                    };
                    return Err(value_error(format!(
                        "dimensions in operand {i} for collapsing index '{name}' don't match ({} != {len})",
                        lengths[at]
                    )));
                }
                if len != 1 {
                    lengths[at] = len;
                    strides[at] += layout.strides[axis];
                }
            }
            for (whole, &len) in shape.iter_mut().zip(&lengths) {
                if *whole == 1 {
                    *whole = len;
                } else if len != 1 && len != *whole {
                    return Err(remapped(operands, &labels, terms));
                }
            }
            layouts.push(Layout { dtype: layout.dtype.clone(), shape: lengths, strides, offset: layout.offset });
        }
        Ok(Sum { summed: labels.len() - kept, shape, layouts })
    }

    /// The one operand over the axes of the result. An axis of length 1 keeps the stride it has there.
    fn view(&self, operand: &ArrayRef, labels: &[Label], output: &[Label]) -> Layout {
        let mut layout = self.layouts[0].clone();
        layout.shape = self.shape.clone();
        for (at, label) in output.iter().enumerate().filter(|&(at, _)| self.shape[at] == 1) {
            let strides = operand.layout().strides.clone();
            layout.strides[at] =
                labels.iter().zip(strides).filter(|(own, _)| *own == label).map(|(_, stride)| stride).sum();
        }
        layout
    }

    /// The layout of a new result: its axes in the order in which they are visited together with those that are
    /// summed.
    fn result_layout(&self, ty: Type, order: Order) -> Layout {
        let operands: Vec<&Layout> = self.layouts.iter().collect();
        let visited = allocate_output(&operands, &self.shape, &ty.into(), order);
        let kept = self.shape.len() - self.summed;
        let mut axes: Vec<usize> = (0..kept).collect();
        axes.sort_by_key(|&axis| (visited.strides[axis], std::cmp::Reverse(axis)));
        let mut strides: Strides = smallvec::smallvec![0; kept];
        let mut step = ty.size();
        for axis in axes {
            strides[axis] = step as isize;
            step = step.saturating_mul(self.shape[axis].max(1));
        }
        Layout::fresh(ty.into(), self.shape[..kept].into(), strides)
    }

    /// As [`Sum::run`], by Python's operators.
    fn run_objects(&self, context: &mut Context, operands: &[ArrayRef], result: &ArrayRef) -> Result<()> {
        let kept = self.shape.len() - self.summed;
        let count: usize = self.shape[..kept].iter().product();
        let terms: usize = self.shape[kept..].iter().product();
        let (to, dtype) = (result.layout().clone(), result.dtype());
        for place in 0..count {
            let mut total: Option<Value> = None;
            for term in 0..terms {
                crate::interrupt::check()?;
                let mut product: Option<Value> = None;
                for (operand, layout) in operands.iter().zip(&self.layouts) {
                    let factor = objects::object_at(operand, layout.offset_of(place * terms + term));
                    product = Some(match product {
                        None => factor,
                        Some(before) => calls::multiply(context, before, factor)?,
                    });
                }
                let product = product.unwrap_or(Value::int(1));
                total = Some(match total {
                    None => product,
                    Some(before) => calls::add(context, before, product)?,
                });
            }
            let total = total.unwrap_or(Value::int(0));
            object_item(&total).write(&result.buffer_ref(), to.offset_of(place), &dtype)?;
        }
        Ok(())
    }

    fn run(&self, operands: &[ArrayRef], result: &ArrayRef, ty: Type) -> Result<()> {
        let kept = self.shape.len() - self.summed;
        let to = result.layout().clone();
        if to.shape[..] != self.shape[..kept] {
            let text = crate::array::layout::shape_text::array_shape_text;
            return Err(value_error(format!(
                "output parameter for einsum has the wrong shape: {} instead of {}",
                text(&to.shape),
                text(&self.shape[..kept])
            ))
            .at_argument("out"));
        }
        let count: usize = self.shape[..kept].iter().product();
        let terms: usize = self.shape[kept..].iter().product();
        let mut index = vec![0usize; self.shape.len()];
        for _ in 0..count {
            crate::interrupt::check()?;
            let offset_of = |layout: &Layout, index: &[usize]| {
                index.iter().zip(&layout.strides).fold(layout.offset, |offset, (&i, &stride)| {
                    offset.wrapping_add_signed(stride.wrapping_mul(i as isize))
                })
            };
            let mut total = Total::zero(ty);
            for _ in 0..terms {
                let factors = operands
                    .iter()
                    .zip(&self.layouts)
                    .map(|(operand, layout)| operand.read(offset_of(layout, &index)).cast(ty));
                total.add(factors);
                advance(&mut index, &self.shape, kept);
            }
            result.write(offset_of(&to, &index[..kept]), &total.value());
            advance(&mut index[..kept], &self.shape[..kept], 0);
        }
        Ok(())
    }
}

/// The next index in C order over the axes from `first` on.
fn advance(index: &mut [usize], shape: &[usize], first: usize) {
    for axis in (first..index.len()).rev() {
        index[axis] += 1;
        if index[axis] < shape[axis] {
            return;
        }
        index[axis] = 0;
    }
}

/// A sum of products in the arithmetic of the result's type.
enum Total {
    Truth(bool),
    Whole(i64),
    Single(f32),
    Double(f64),
    Complex(Complex64),
}

impl Total {
    fn zero(ty: Type) -> Total {
        match ty {
            Type::Bool => Total::Truth(false),
            Type::Float16 | Type::Float32 => Total::Single(0.0),
            Type::Float64 => Total::Double(0.0),
            ty if ty.is_complex() => Total::Complex(Complex64::new(0.0, 0.0)),
            _ => Total::Whole(0),
        }
    }

    fn add(&mut self, mut factors: impl Iterator<Item = Scalar>) {
        match self {
            Total::Truth(sum) => *sum |= factors.all(|factor| factor.is_true()),
            Total::Whole(sum) => {
                let product =
                    factors.fold(1i64, |product, factor| product.wrapping_mul(factor.as_i128().unwrap_or(0) as i64));
                *sum = sum.wrapping_add(product);
            }
            Total::Single(sum) => *sum += factors.map(|factor| factor.as_f64() as f32).product::<f32>(),
            Total::Double(sum) => *sum += factors.map(|factor| factor.as_f64()).product::<f64>(),
            Total::Complex(sum) => *sum += factors.map(|factor| factor.as_complex()).product::<Complex64>(),
        }
    }

    fn value(&self) -> Scalar {
        match *self {
            Total::Truth(sum) => Scalar::Bool(sum),
            Total::Whole(sum) => Scalar::Int64(sum),
            Total::Single(sum) => Scalar::Float32(sum),
            Total::Double(sum) => Scalar::Float64(sum),
            Total::Complex(sum) => Scalar::Complex128(sum),
        }
    }
}

/// NumPy's complaint about lengths that differ, which names every operand's shape as it is and as it is seen.
fn remapped(operands: &[ArrayRef], labels: &[Label], terms: &[Term]) -> crate::error::Error {
    let mut text = String::from("operands could not be broadcast together with remapped shapes [original->remapped]: ");
    for (operand, term) in operands.iter().zip(terms) {
        let shape = operand.shape();
        let own = term.labels(operand.ndim() - term.letters.len());
        let seen: Vec<String> = labels
            .iter()
            .map(|label| match own.iter().position(|known| known == label) {
                Some(axis) => shape[axis].to_string(),
                None => "newaxis".to_string(),
            })
            .collect();
        let comma = if seen.len() == 1 { "," } else { "" };
        let original = crate::array::layout::shape_text::array_shape_text(&shape);
        text.push_str(&format!("{original}->({}{comma}) ", seen.join(",")));
    }
    value_error(text)
}
