//! Samples: `rng.choice`, with and without putting back, with and without probabilities.

use super::super::calls;
use super::drawing::{fill, new_array};
use super::generator::{Drawer, parts, receiver};
use crate::array::cast::Casting;
use crate::array::copy::{Requirements, from_array};
use crate::array::{ArrayRef, NdArray, Order, Scalar, Type};
use crate::error::{Error, Result, value_error};
use crate::random::bounded::{Bounded, Width, bounded, mask_of};
use crate::random::{Source, continuous};
use crate::registry::{Arguments, Context, Function, MemoryRule, Method, Reader, Run, Section};
use crate::value::{Value, as_bool, as_int, shape_of};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "Generator.choice",
        signature: "(a, size=None, replace=True, p=None, axis=0, shuffle=True)",
        method: None,
        summary: "A random sample of the entries of an array, or of the numbers below an int.",
        memory: MemoryRule::New,
        notes: "With `replace=False` no entry comes twice. `p` are the probabilities.",
        example: r"
>>> rng = np.random.default_rng(42)
>>> rng.choice([10, 20, 30])
np.int64(10)
>>> rng.choice(5, size=3, replace=False)
array([2, 4, 3])
>>> rng.choice([1, 2, 3], size=4, p=[0.7, 0.2, 0.1])
array([1, 1, 3, 2])
",
        see_also: &["Generator.integers", "Generator.permutation"],
        run: Run::Read(Reader::Cython, |context, arguments| choice(context, arguments, false)),
    },
    Function {
        name: "np.random.choice",
        signature: "(a, size=None, replace=True, p=None)",
        method: Some(Method {
            name: "RandomState.choice",
            signature: "(a, size=None, replace=True, p=None)",
            reader: Reader::Cython,
        }),
        summary: "A random sample of the elements of a 1-d array, or of the numbers below an int; legacy.",
        memory: MemoryRule::New,
        notes: "Without putting back, all numbers are shuffled first.",
        example: r"
>>> np.random.seed(42)
>>> np.random.choice(5, 3)
array([3, 4, 2])
>>> np.random.choice([10, 20, 30], 2, replace=False)
array([20, 30])
",
        see_also: &["Generator.choice"],
        run: Run::Read(Reader::Cython, |context, arguments| choice(context, arguments, true)),
    },
];

/// What is sampled, and how.
struct Sample {
    population: usize,
    size: Value,
    count: usize,
    is_legacy: bool,
}

fn choice(context: &mut Context, arguments: &mut Arguments, is_legacy: bool) -> Result<Value> {
    let this = receiver(context, arguments)?;
    let drawer = parts(&this)?;
    let a = calls::array_argument(context, arguments, "a")?;
    let size = arguments.get("size");
    let axis = if is_legacy { 0 } else { crate::value::as_index(&arguments.get("axis"))? };
    let takes_none = !size.is_none() && shape_of(&size).is_ok_and(|shape| shape.contains(&0));
    let population = population(&a, arguments, axis, takes_none, is_legacy)?;
    let p = match arguments.some("p").cloned() {
        Some(p) => Some(probabilities(context, &p, population, is_legacy).map_err(|e| e.at_argument("p"))?),
        None => None,
    };
    let count = match &size {
        Value::None => 1,
        size => {
            let shape = shape_of(size).map_err(|e| e.at_argument("size"))?;
            let count: isize = shape.iter().fold(1, |count: isize, &n| count.saturating_mul(n));
            if count < 0 {
                let word = if is_legacy && !as_bool(&arguments.get("replace"))? { "Negative" } else { "negative" };
                return Err(value_error(format!("{word} dimensions are not allowed")).at_argument("size"));
            }
            count as usize
        }
    };
    let sample = Sample { population, size, count, is_legacy };
    let places = if as_bool(&arguments.get("replace"))? {
        sample.with_replacement(context, drawer, p.as_ref())?
    } else {
        if sample.count > population {
            let word = if is_legacy { "'replace=False'" } else { "replace is False" };
            let message = format!("Cannot take a larger sample than population when {word}");
            return Err(value_error(message)
                .at_argument("size")
                .label(format!("{} wanted, there are {population}", sample.count)));
        }
        match p {
            Some(p) => sample.without_replacement_by(context, drawer, &p)?,
            None => {
                let shuffles = is_legacy || as_bool(&arguments.get("shuffle"))?;
                sample.without_replacement(context, drawer, shuffles)?
            }
        }
    };
    taken(context, &a, places, sample.size.is_none(), axis)
}

/// The samples of the array; the places themselves where an int was given.
fn taken(context: &mut Context, a: &ArrayRef, places: ArrayRef, is_single: bool, axis: isize) -> Result<Value> {
    if a.ndim() == 0 {
        if !is_single {
            return Ok(Value::Array(places));
        }
        let place = calls::scalar(context, &Value::Array(places))?;
        return Ok(Value::int(place.as_i128().unwrap_or(0) as i64));
    }
    let is_0d = places.ndim() == 0 && !is_single;
    let places = match is_single {
        true => calls::reshape(context, &places, &[])?,
        false => places,
    };
    let sampled = calls::take(context, a, &places, Some(axis))?;
    Ok(match sampled {
        Value::Scalar(scalar) if is_0d => Value::Array(NdArray::from_scalar(&context.runtime, scalar)?),
        other => other,
    })
}

fn population(a: &ArrayRef, arguments: &Arguments, axis: isize, takes_none: bool, is_legacy: bool) -> Result<usize> {
    let refuse = |message: &str| -> Error { value_error(message).at_argument("a") };
    if a.ndim() == 0 {
        let item = Value::Scalar(a.read(a.layout().offset));
        let number = as_int(&item).map_err(|_| match is_legacy {
            true => refuse("a must be 1-dimensional or an integer"),
            false => {
                let class = arguments.get("a").class().repr();
                refuse(&format!("a must be a sequence or an integer, not {class}"))
            }
        })?;
        let number = number.to_i64().unwrap_or(i64::MAX);
        if number <= 0 && !takes_none {
            let word = if is_legacy { "greater than 0" } else { "a positive integer" };
            return Err(refuse(&format!("a must be {word} unless no samples are taken")));
        }
        return Ok(usize::try_from(number).unwrap_or(0));
    }
    if is_legacy && a.ndim() != 1 {
        return Err(refuse("a must be 1-dimensional"));
    }
    let ndim = a.ndim() as isize;
    let place = if axis < 0 { axis + ndim } else { axis };
    let Some(&length) = usize::try_from(place).ok().and_then(|place| a.layout().shape.get(place).copied()).as_ref()
    else {
        return Err(crate::error::index_error("tuple index out of range").at_argument("axis"));
    };
    if length == 0 && !takes_none {
        let name = if is_legacy { "'a'" } else { "a" };
        return Err(refuse(&format!("{name} cannot be empty unless no samples are taken")));
    }
    Ok(length)
}

/// Kahan's sum.
pub fn kahan_sum(mut numbers: impl Iterator<Item = f64>) -> f64 {
    let Some(mut sum) = numbers.next() else { return 0.0 };
    let mut rest = 0.0;
    for number in numbers {
        let y = number - rest;
        let total = sum + y;
        rest = (total - sum) - y;
        sum = total;
    }
    sum
}

/// `p=` as a 1-d array of doubles that sum to 1.
fn probabilities(context: &mut Context, value: &Value, population: usize, is_legacy: bool) -> Result<ArrayRef> {
    let mut tolerance = f64::EPSILON.sqrt();
    if let Value::Array(array) = value {
        let epsilon = match array.dtype().ty() {
            Type::Float16 => 0.000_976_562_5f64,
            Type::Float32 => f32::EPSILON.into(),
            _ => f64::EPSILON,
        };
        // NumPy takes the root in the array's own precision
        tolerance = match array.dtype().ty() {
            Type::Float16 => crate::half::F16::from_f64(epsilon.sqrt()).to_f64(),
            Type::Float32 => f64::from((epsilon as f32).sqrt()),
            _ => tolerance,
        };
    }
    let given = calls::as_array(context, value)?;
    let requirements = Requirements { c_contiguous: true, ..Requirements::default() };
    let p = from_array(&context.runtime, &given, &Type::Float64.into(), requirements, Casting::Safe)?;
    let [p_name, a_and_p] = if is_legacy { ["'p'", "'a' and 'p'"] } else { ["p", "a and p"] };
    if p.ndim() != 1 {
        return Err(value_error(format!("{p_name} must be 1-dimensional")));
    }
    if p.size() != population {
        return Err(value_error(format!("{a_and_p} must have same size"))
            .label(format!("p has {}, there are {population}", p.size())));
    }
    if p.buffer_ref().is_planned() {
        return Ok(p);
    }
    let word = if is_legacy { "probabilities" } else { "Probabilities" };
    let sum = kahan_sum(calls::elements(&p).map(|p| p.as_f64()));
    if sum.is_nan() {
        return Err(value_error(format!("{word} contain NaN")));
    }
    if calls::elements(&p).any(|p| p.as_f64() < 0.0) {
        return Err(value_error(format!("{word} are not non-negative")));
    }
    if (sum - 1.0).abs() > tolerance {
        let more = if is_legacy { "" } else { ". See Notes section of docstring for more information." };
        return Err(value_error(format!("{word} do not sum to 1{more}")).label(format!("they sum to {sum}")));
    }
    Ok(p)
}

/// The running sums of probabilities over their sum.
fn distribution(context: &mut Context, p: &ArrayRef) -> Result<ArrayRef> {
    let sums = calls::call_array(context, "np.cumsum", vec![Value::Array(p.clone())], [])?;
    if !calls::is_planning(context) && sums.size() > 0 {
        let last = sums.read(sums.layout().offset + 8 * (sums.size() - 1));
        calls::ufunc_into(
            context,
            "divide",
            [Value::Array(sums.clone()), Value::Scalar(last)],
            &sums,
            Casting::SameKind,
        )?;
    }
    Ok(sums)
}

fn placed(context: &mut Context, sums: &ArrayRef, uniform: &ArrayRef) -> Result<ArrayRef> {
    let values = vec![Value::Array(sums.clone()), Value::Array(uniform.clone())];
    calls::call_array(context, "np.searchsorted", values, [("side", Value::str("right"))])
}

impl Sample {
    /// The shape of the result, `()` for one.
    fn shape(&self) -> Value {
        if self.size.is_none() { Value::tuple([]) } else { self.size.clone() }
    }

    fn with_replacement(&self, context: &mut Context, drawer: &Drawer, p: Option<&ArrayRef>) -> Result<ArrayRef> {
        if let Some(p) = p {
            let sums = distribution(context, p)?;
            let uniform = new_array(context, &self.shape(), Type::Float64)?;
            fill(context, drawer, &uniform, continuous::standard_uniform)?;
            return placed(context, &sums, &uniform);
        }
        let places = new_array(context, &self.shape(), Type::Int64)?;
        if self.population > 0 {
            let largest = self.population as u64 - 1;
            let mut bounded = Bounded::new(Width::Bits64, self.is_legacy);
            fill(context, drawer, &places, |source: &mut Source| bounded.next(&mut source.bits, largest) as i64)?;
        }
        Ok(places)
    }

    fn without_replacement_by(&self, context: &mut Context, drawer: &Drawer, p: &ArrayRef) -> Result<ArrayRef> {
        let found = new_array(context, &self.shape(), Type::Int64)?;
        if calls::is_planning(context) {
            drawer.bits()?.is_unknown.set(true);
            return Ok(found);
        }
        if calls::elements(p).filter(|p| p.as_f64() > 0.0).count() < self.count {
            return Err(value_error("Fewer non-zero entries in p than size").at_argument("p"));
        }
        let p = crate::array::copy::copy(&context.runtime, p, Order::C)?;
        let mut places: Vec<i64> = Vec::with_capacity(self.count);
        while places.len() < self.count {
            crate::interrupt::check()?;
            let uniform =
                NdArray::zeros(&context.runtime, Type::Float64.into(), &[self.count - places.len()], Order::C)?;
            fill(context, drawer, &uniform, continuous::standard_uniform)?;
            for &place in &places {
                p.write(8 * place as usize, &Scalar::Float64(0.0));
            }
            let sums = distribution(context, &p)?;
            let mut seen = rustc_hash::FxHashSet::default();
            let new = placed(context, &sums, &uniform)?;
            let new = calls::elements(&new).map(|place| place.as_i128().unwrap_or(0) as i64);
            places.extend(new.filter(|&place| seen.insert(place)));
        }
        for (i, place) in places.iter().take(self.count).enumerate() {
            found.write(8 * i, &Scalar::Int64(*place));
        }
        Ok(found)
    }

    fn without_replacement(&self, context: &mut Context, drawer: &Drawer, shuffles: bool) -> Result<ArrayRef> {
        let (population, count) = (self.population, self.count);
        let cutoff = if shuffles { 50 } else { 20 };
        let takes_tail = self.is_legacy || (population > 10_000 && count > population / cutoff);
        let places = if takes_tail {
            calls::call_array(context, "np.arange", vec![Value::int(population)], [])?
        } else {
            new_array(context, &Value::int(count), Type::Int64)?
        };
        if calls::is_planning(context) {
            drawer.bits()?.is_unknown.set(true);
        } else {
            let buffer = places.buffer();
            let outside = |_| crate::error::runtime_error("the array reaches outside its buffer");
            let cells = buffer.run::<i64>(places.layout().offset, 8, places.size()).map_err(outside)?;
            let cells = cells.cells().unwrap_or_default();
            drawer.draw(context, |source| {
                if self.is_legacy {
                    crate::random::legacy::exchanges(source, 1, population, |i, j| cells[i].swap(&cells[j]));
                } else if takes_tail {
                    shuffle(source, (population - count).max(1), population, |i, j| cells[i].swap(&cells[j]));
                } else {
                    floyd(source, population, count, |i, place| cells[i].set(place));
                    if shuffles {
                        shuffle(source, 1, count, |i, j| cells[i].swap(&cells[j]));
                    }
                }
            })?;
        }
        let places = match (takes_tail, self.is_legacy) {
            (true, true) => calls::get_array(context, &places, &[calls::slice(None, count as isize)])?,
            (true, false) => {
                let tail = calls::get_array(context, &places, &[calls::slice((population - count) as isize, None)])?;
                crate::array::copy::copy(&context.runtime, &tail, Order::C)?
            }
            _ => places,
        };
        let shape = shape_of(&self.shape())?;
        let layout = crate::array::Layout {
            offset: places.layout().offset,
            ..crate::array::Layout::contiguous(Type::Int64.into(), &crate::value::lengths(&shape)?, Order::C)
        };
        places.set_layout(layout);
        Ok(places)
    }
}

/// Shuffles the places from `first` on, as `_shuffle_int` does.
fn shuffle(source: &mut Source, first: usize, count: usize, mut exchange: impl FnMut(usize, usize)) {
    for i in (first..count).rev() {
        let j = bounded(&mut source.bits, i as u64) as usize;
        exchange(i, j);
    }
}

/// Floyd's algorithm: `count` different numbers below `population`.
fn floyd(source: &mut Source, population: usize, count: usize, mut set: impl FnMut(usize, i64)) {
    const FREE: u64 = u64::MAX;
    let mask = mask_of((1.2 * count as f64) as u64);
    let mut known = vec![FREE; mask as usize + 1];
    let place = |known: &[u64], value: u64, stops_at_value: bool| {
        let mut at = value & mask;
        while known[at as usize] != FREE && !(stops_at_value && known[at as usize] == value) {
            at = (at + 1) & mask;
        }
        at as usize
    };
    for (i, last) in (population - count..population).enumerate() {
        let value = bounded(&mut source.bits, last as u64);
        let at = place(&known, value, true);
        if known[at] == FREE {
            known[at] = value;
            set(i, value as i64);
        } else {
            let at = place(&known, last as u64, false);
            known[at] = last as u64;
            set(i, last as i64);
        }
    }
}
