//! Mean, variance, extremes and truth along axes, built from ufuncs as numpy/_core/_methods.py builds them: the same
//! types, the same warnings, and the same temporaries in the ledger.

use super::reduce::{Axes, ReduceOptions, reduce, reduced_axes};
use super::{Operand, Options, Outcome, call_one, find, overlap};
use crate::array::arrange::texts::Elements;
use crate::array::assign::copy_into;
use crate::array::cast::Casting;
use crate::array::cast::Strided;
use crate::array::copy::astype;
use crate::array::layout::Shape;
use crate::array::layout::broadcast::stretch;
use crate::array::layout::transpose::normalize_axis_index;
use crate::array::{ArrayRef, DType, Element, Kind, Layout, NdArray, Order, Runtime, Scalar, Type};
use crate::error::{Error, ErrorClass, Result, type_error, value_error};
use crate::interrupt;
use crate::memory::Bool;
use crate::with_element;
use num_bigint::BigInt;
use num_complex::{Complex32, Complex64};
use smallvec::SmallVec;
use std::rc::Rc;

/// The keywords of `mean`, `var` and `std`.
#[derive(Clone, Default)]
pub struct StatisticsOptions {
    /// `axis=`
    pub axes: Axes,
    /// `dtype=`
    pub dtype: Option<DType>,
    /// `out=`
    pub out: Option<ArrayRef>,
    /// `keepdims=`
    pub keepdims: bool,
    /// `where=`
    pub where_: Option<ArrayRef>,
    /// `mean=` of `var` and `std`: the mean, where the caller knows it.
    pub mean: Option<Operand>,
}

fn apply(runtime: &Runtime, name: &str, operands: &[Operand], options: &Options) -> Result<Outcome> {
    let ufunc = find(name).ok_or_else(|| value_error(format!("no ufunc {name}")))?;
    call_one(runtime, ufunc, &mut operands.to_vec(), options)
}

fn fold(runtime: &Runtime, name: &str, array: &ArrayRef, options: &ReduceOptions) -> Result<Outcome> {
    let ufunc = find(name).ok_or_else(|| value_error(format!("no ufunc {name}")))?;
    reduce(runtime, ufunc, array, options)
}

fn operand(outcome: &Outcome) -> Operand {
    match outcome {
        Outcome::Array(array) => Operand::Array(Rc::clone(array)),
        Outcome::Scalar(value) => Operand::Scalar(*value),
    }
}

fn into(out: &ArrayRef) -> Options {
    Options { out: smallvec::smallvec![Some(Rc::clone(out))], casting: Casting::Unsafe, ..Options::default() }
}

/// Runs `work`, and of all its writes records that to `out` alone: the others go to arrays that nobody else sees.
fn recording<T>(runtime: &Runtime, out: Option<&ArrayRef>, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let before = runtime.writes.borrow().len();
    let result = work();
    runtime.writes.borrow_mut().truncate(before);
    if let (Some(out), Ok(_)) = (out, &result) {
        runtime.record_write(out, None);
    }
    result
}

/// As an array, also where it is a scalar.
fn as_array(runtime: &Runtime, outcome: Outcome) -> Result<ArrayRef> {
    match outcome {
        Outcome::Array(array) => Ok(array),
        Outcome::Scalar(value) => NdArray::from_scalar(runtime, value),
    }
}

/// `ret / count`, in place for an array, and with the type of `ret` for a scalar.
fn divide(runtime: &Runtime, value: Outcome, count: &Operand, ty: Option<Type>) -> Result<Outcome> {
    match value {
        Outcome::Array(array) => {
            apply(runtime, "divide", &[Operand::Array(Rc::clone(&array)), count.clone()], &into(&array))
        }
        Outcome::Scalar(value) => {
            let options = Options { elide: true, ..Options::default() };
            let quotient = apply(runtime, "divide", &[Operand::Scalar(value), count.clone()], &options)?;
            Ok(match quotient {
                Outcome::Scalar(quotient) => Outcome::Scalar(quotient.cast(ty.unwrap_or(value.ty()))),
                array => array,
            })
        }
    }
}

/// How many elements each result is made of (`_count_reduce_items`), and whether some is made of at most `least`.
fn count_items(
    runtime: &Runtime,
    array: &ArrayRef,
    options: &StatisticsOptions,
    least: f64,
) -> Result<(Operand, bool)> {
    let Some(mask) = &options.where_ else {
        let reduced = reduced_axes(&options.axes, array.ndim())?;
        let shape = array.shape();
        let count: usize = shape.iter().zip(&reduced).filter(|(_, reduced)| **reduced).map(|(&len, _)| len).product();
        return Ok((Operand::Scalar(Scalar::Int64(count as i64)), count as f64 <= least));
    };
    let truth = astype(runtime, mask, &Type::Bool.into(), Order::K, Casting::Unsafe, false)?;
    let wide = stretch(&truth.layout(), &array.layout().shape)
        .ok_or_else(|| value_error("operands could not be broadcast together with the mask"))?;
    let wide = NdArray::view(&truth, wide);
    let count = ReduceOptions {
        axes: options.axes.clone(),
        dtype: Some(Type::Int64.into()),
        keepdims: options.keepdims,
        ..ReduceOptions::default()
    };
    let counts = fold(runtime, "add", &wide, &count)?;
    let few = apply(runtime, "less_equal", &[operand(&counts), Operand::Float(least)], &Options::default())?;
    let few = match few {
        Outcome::Scalar(value) => value.is_true(),
        Outcome::Array(few) => match fold(runtime, "logical_or", &few, &ReduceOptions::all())? {
            Outcome::Scalar(value) => value.is_true(),
            Outcome::Array(_) => false,
        },
    };
    Ok((operand(&counts), few))
}

fn is_whole(ty: Type) -> bool {
    ty.is_integer() || ty == Type::Bool
}

/// `np.mean`: integers are summed as float64, float16 as float32.
///
/// # Errors
/// As [`reduce`].
pub fn mean(runtime: &Runtime, array: &ArrayRef, options: &StatisticsOptions) -> Result<Outcome> {
    recording(runtime, options.out.as_ref(), || mean_of(runtime, array, options))
}

fn mean_of(runtime: &Runtime, array: &ArrayRef, options: &StatisticsOptions) -> Result<Outcome> {
    let ty = array.dtype().ty();
    let (count, empty) = count_items(runtime, array, options, 0.0)?;
    if empty && !runtime.ledger.is_planning() {
        runtime.warn(ErrorClass::RuntimeWarning, "Mean of empty slice");
    }
    let narrow = options.dtype.is_none() && ty == Type::Float16;
    let dtype = match &options.dtype {
        Some(dtype) => Some(dtype.clone()),
        None if is_whole(ty) => Some(Type::Float64.into()),
        None if narrow => Some(Type::Float32.into()),
        None => None,
    };
    let sum = ReduceOptions {
        axes: options.axes.clone(),
        dtype,
        out: options.out.clone(),
        keepdims: options.keepdims,
        initial: None,
        where_: options.where_.clone(),
    };
    let total = fold(runtime, "add", array, &sum)?;
    let mean = divide(runtime, total, &count, narrow.then_some(Type::Float16))?;
    match mean {
        Outcome::Array(mean) if narrow && options.out.is_none() => {
            let half = astype(runtime, &mean, &Type::Float16.into(), Order::K, Casting::Unsafe, true)?;
            Ok(Outcome::Array(half))
        }
        mean => Ok(mean),
    }
}

/// `np.var`: the mean of the squared distances from the mean; `ddof` is taken from the count.
///
/// # Errors
/// As [`reduce`].
pub fn var(runtime: &Runtime, array: &ArrayRef, options: &StatisticsOptions, ddof: &Operand) -> Result<Outcome> {
    recording(runtime, options.out.as_ref(), || var_of(runtime, array, options, ddof))
}

fn var_of(runtime: &Runtime, array: &ArrayRef, options: &StatisticsOptions, ddof: &Operand) -> Result<Outcome> {
    let ty = array.dtype().ty();
    let (count, few) = count_items(runtime, array, options, value_of(ddof))?;
    if few && !runtime.ledger.is_planning() {
        runtime.warn(ErrorClass::RuntimeWarning, "Degrees of freedom <= 0 for slice");
    }
    let dtype = match &options.dtype {
        None if is_whole(ty) => Some(Type::Float64.into()),
        given => given.clone(),
    };
    let mean = match &options.mean {
        Some(mean) => mean.clone(),
        None => mean_before(runtime, array, options, dtype.clone(), &count)?,
    };
    let distances = apply(runtime, "subtract", &[Operand::Array(Rc::clone(array)), mean], &Options::default())?;
    let distances = squares(runtime, ty, as_array(runtime, distances)?)?;
    let sum = ReduceOptions {
        axes: options.axes.clone(),
        dtype,
        out: options.out.clone(),
        keepdims: options.keepdims,
        initial: None,
        where_: options.where_.clone(),
    };
    let total = fold(runtime, "add", &distances, &sum)?;
    let scalar = Options { elide: true, ..Options::default() };
    let free = apply(runtime, "subtract", &[count, ddof.clone()], &scalar)?;
    let free = apply(runtime, "maximum", &[operand(&free), Operand::Int(BigInt::ZERO)], &Options::default())?;
    divide(runtime, total, &operand(&free), None)
}

/// The mean from which the distances are taken. It keeps the axes.
fn mean_before(
    runtime: &Runtime,
    array: &ArrayRef,
    options: &StatisticsOptions,
    dtype: Option<DType>,
    count: &Operand,
) -> Result<Operand> {
    let sum = ReduceOptions {
        axes: options.axes.clone(),
        dtype,
        keepdims: true,
        where_: options.where_.clone(),
        ..ReduceOptions::default()
    };
    let total = fold(runtime, "add", array, &sum)?;
    // Where the counts are an array, they get the shape of the sums.
    let kept = match (count, &total) {
        (Operand::Array(counts), Outcome::Array(total)) => {
            let layout = Layout::contiguous(counts.dtype(), &total.layout().shape, Order::C);
            Operand::Array(NdArray::view(counts, Layout { offset: counts.layout().offset, ..layout }))
        }
        _ => count.clone(),
    };
    Ok(operand(&divide(runtime, total, &kept, None)?))
}

fn value_of(number: &Operand) -> f64 {
    match number {
        Operand::Scalar(value) => value.as_f64(),
        Operand::Int(value) => num_traits::ToPrimitive::to_f64(value).unwrap_or(f64::NAN),
        Operand::Float(value) => *value,
        Operand::Complex(value) => value.re,
        Operand::Array(array) => array.read(array.layout().offset).as_f64(),
    }
}

/// The squared magnitudes of an array's elements, in its place.
fn squares(runtime: &Runtime, ty: Type, array: ArrayRef) -> Result<ArrayRef> {
    if ty.kind() != Kind::Bool && !array.dtype().ty().is_complex() {
        apply(runtime, "square", &[Operand::Array(Rc::clone(&array))], &into(&array))?;
        return Ok(array);
    }
    if !array.dtype().ty().is_complex() {
        let conjugate = apply(runtime, "conjugate", &[Operand::Array(Rc::clone(&array))], &Options::default())?;
        let operands = [Operand::Array(Rc::clone(&array)), operand(&conjugate)];
        apply(runtime, "multiply", &operands, &into(&array))?;
        return Ok(array);
    }
    // The parts of complex numbers as floats, with one axis more.
    let layout = array.layout().clone();
    let part = layout.dtype.ty().part();
    let real = Layout { dtype: part.into(), ..layout };
    let imaginary = Layout { offset: real.offset + part.size(), ..real.clone() };
    let mut both = real.clone();
    both.shape.push(2);
    both.strides.push(part.size() as isize);
    let both = NdArray::view(&array, both);
    apply(runtime, "square", &[Operand::Array(Rc::clone(&both))], &into(&both))?;
    let (real, imaginary) = (NdArray::view(&array, real), NdArray::view(&array, imaginary));
    let operands = [Operand::Array(Rc::clone(&real)), Operand::Array(imaginary)];
    apply(runtime, "add", &operands, &into(&real))?;
    Ok(real)
}

/// `np.std`: the square root of [`var`].
///
/// # Errors
/// As [`reduce`].
pub fn std(runtime: &Runtime, array: &ArrayRef, options: &StatisticsOptions, ddof: &Operand) -> Result<Outcome> {
    recording(runtime, options.out.as_ref(), || std_of(runtime, array, options, ddof))
}

fn std_of(runtime: &Runtime, array: &ArrayRef, options: &StatisticsOptions, ddof: &Operand) -> Result<Outcome> {
    match var_of(runtime, array, options, ddof)? {
        Outcome::Array(variance) => {
            let root = Options { casting: Casting::SameKind, ..into(&variance) };
            apply(runtime, "sqrt", &[Operand::Array(Rc::clone(&variance))], &root)
        }
        Outcome::Scalar(variance) => {
            let root = apply(runtime, "sqrt", &[Operand::Scalar(variance)], &Options::default())?;
            Ok(match root {
                Outcome::Scalar(root) => Outcome::Scalar(root.cast(variance.ty())),
                array => array,
            })
        }
    }
}

/// `np.ptp`: the largest less the smallest.
///
/// # Errors
/// As [`reduce`].
pub fn ptp(
    runtime: &Runtime,
    array: &ArrayRef,
    axes: &Axes,
    out: Option<&ArrayRef>,
    keepdims: bool,
) -> Result<Outcome> {
    let extreme = ReduceOptions { axes: axes.clone(), keepdims, ..ReduceOptions::default() };
    let most = fold(runtime, "maximum", array, &ReduceOptions { out: out.cloned(), ..extreme.clone() })?;
    let least = fold(runtime, "minimum", array, &extreme)?;
    let options = match out {
        Some(out) => Options { out: smallvec::smallvec![Some(Rc::clone(out))], ..Options::default() },
        None => Options::default(),
    };
    apply(runtime, "subtract", &[operand(&most), operand(&least)], &options)
}

/// `np.any` and `np.all`, as bools.
///
/// # Errors
/// As [`reduce`].
pub fn truth(runtime: &Runtime, array: &ArrayRef, all: bool, options: &ReduceOptions) -> Result<Outcome> {
    let dtype = options.dtype.clone().or(Some(Type::Bool.into()));
    let name = if all { "logical_and" } else { "logical_or" };
    fold(runtime, name, array, &ReduceOptions { dtype, ..options.clone() })
}

/// An element that has an order for [`arg_extreme`].
trait Ranked: Element {
    /// Whether it comes before `best`, for the largest (or smallest) of all; a NaN comes before all numbers.
    fn beats(self, best: Self, largest: bool) -> bool;
    /// Whether nothing can beat it.
    fn is_final(self, largest: bool) -> bool;
}

macro_rules! ranked {
    (whole $($ty:ty),*) => { $(
        impl Ranked for $ty {
            #[inline(always)]
            fn beats(self, best: $ty, largest: bool) -> bool {
                if largest { self > best } else { self < best }
            }
            #[inline(always)]
            fn is_final(self, _: bool) -> bool {
                false
            }
        }
    )* };
    (float $($ty:ty),*) => { $(
        impl Ranked for $ty {
            #[inline(always)]
            fn beats(self, best: $ty, largest: bool) -> bool {
                if largest { self > best || self.is_nan() } else { self < best || self.is_nan() }
            }
            #[inline(always)]
            fn is_final(self, _: bool) -> bool {
                self.is_nan()
            }
        }
    )* };
    (complex $($ty:ty),*) => { $(
        impl Ranked for $ty {
            fn beats(self, best: $ty, largest: bool) -> bool {
                if self.is_final(largest) {
                    return true;
                }
                let (a, b) = if largest { (self, best) } else { (best, self) };
                a.re > b.re || (a.re == b.re && a.im > b.im)
            }
            fn is_final(self, _: bool) -> bool {
                self.re.is_nan() || self.im.is_nan()
            }
        }
    )* };
}
ranked!(whole i8, u8, i16, u16, i32, u32, i64, u64);
ranked!(float f32, f64, crate::half::F16);
ranked!(complex Complex32, Complex64);

impl Ranked for Bool {
    fn beats(self, best: Bool, largest: bool) -> bool {
        if largest { self.is_true() & !best.is_true() } else { !self.is_true() & best.is_true() }
    }
    fn is_final(self, largest: bool) -> bool {
        self.is_true() == largest
    }
}

/// `np.argmax` and `np.argmin`: the index of the first largest or smallest element along an axis, or in the flat
/// array; a NaN counts as either. NumPy works on a contiguous copy where the axis is not the last, and so does this.
///
/// # Errors
/// `ValueError: attempt to get argmax of an empty sequence`, and for an `out` that does not fit.
pub fn arg_extreme(
    runtime: &Runtime,
    array: &ArrayRef,
    largest: bool,
    axis: Option<isize>,
    out: Option<&ArrayRef>,
    keepdims: bool,
) -> Result<Outcome> {
    let name = if largest { "argmax" } else { "argmin" };
    if array.layout().dtype.ty() == Type::Void {
        return Err(type_error("data type not ordered"));
    }
    let shape = array.shape();
    let axis = axis.map(|axis| normalize_axis_index(axis, shape.len().max(1), None)).transpose()?;
    let along = axis.filter(|_| !shape.is_empty());
    // The elements of each lane side by side.
    let mut layout = array.layout().clone();
    if let Some(axis) = along {
        let (len, stride) = (layout.shape.remove(axis), layout.strides.remove(axis));
        layout.shape.push(len);
        layout.strides.push(stride);
    }
    let lane = if along.is_some() { layout.shape.last().copied().unwrap_or(1) } else { layout.size() };
    let lanes: usize = if along.is_some() { layout.shape[..layout.ndim() - 1].iter().product() } else { 1 };
    if lane == 0 && lanes > 0 {
        return Err(value_error(format!("attempt to get {name} of an empty sequence")));
    }
    let mut result_shape: Shape = match along {
        Some(axis) => shape.iter().enumerate().filter(|&(at, _)| at != axis).map(|(_, &len)| len).collect(),
        None => Shape::new(),
    };
    if keepdims {
        match along {
            Some(axis) => result_shape.insert(axis, 1),
            None => result_shape = SmallVec::from_elem(1, shape.len()),
        }
    }
    if let Some(out) = out {
        let given = out.layout();
        if given.dtype.ty() != Type::Int64 {
            return Err(Error::new(
                ErrorClass::TypeError,
                format!(
                    "Cannot cast array data from dtype('{}') to dtype('int64') according to the rule 'safe'",
                    given.dtype
                ),
            ));
        }
        if given.shape != result_shape {
            return Err(value_error(format!("output array does not match result of np.{name}.")));
        }
        out.require_writeable("output array")?;
    }
    let plain = layout.dtype.is_native() && layout.is_c_contiguous() && array.is_aligned();
    let contiguous = if plain {
        NdArray::view(array, layout)
    } else {
        let copy = NdArray::zeros(runtime, layout.dtype.native(), &layout.shape, Order::C)?;
        overlap::copy_between(runtime, &array.buffer(), &layout, &copy.buffer(), &copy.layout())?;
        copy
    };
    let result = NdArray::zeros(runtime, Type::Int64.into(), &result_shape, Order::C)?;
    let (source, target) = (contiguous.buffer(), result.buffer());
    if let (Some(bytes), Some(target)) = (source.bytes(), target.bytes()) {
        let layout = contiguous.layout();
        let indices = target.run::<i64>(0, 8, lanes)?;
        let size = layout.itemsize();
        if !layout.dtype.is_number() {
            for at in 0..lanes {
                let run = Strided { bytes, offset: layout.offset + at * lane * size, stride: size as isize };
                let elements = Elements::load(run, lane, &layout.dtype)?;
                // what is not a time is found before all times
                let beats = |i: usize, best: usize| match (elements.is_nat(i), elements.is_nat(best)) {
                    (_, true) => false,
                    (true, false) => true,
                    _ if largest => elements.order(i, best).is_gt(),
                    _ => elements.order(i, best).is_lt(),
                };
                let best = (1..elements.len()).fold(0, |best, i| if beats(i, best) { i } else { best });
                indices.set(at, best as i64);
            }
        } else {
            with_element!(layout.dtype.ty(), T => {
                for at in 0..lanes {
                    let items = bytes.run::<T>(layout.offset + at * lane * size, size as isize, lane)?;
                    indices.set(at, first_best(&items, largest) as i64);
                    if at & 0xfff == 0xfff {
                        interrupt::check()?;
                    }
                }
            })
        }
    }
    if let Some(out) = out {
        copy_into(runtime, out, &result, None, Casting::Unsafe)?;
        return Ok(Outcome::Array(Rc::clone(out)));
    }
    if result_shape.is_empty() { Ok(Outcome::Scalar(result.read(0))) } else { Ok(Outcome::Array(result)) }
}

fn first_best<T: Ranked>(items: &crate::memory::Run<'_, T>, largest: bool) -> usize {
    let Some(cells) = items.cells() else { return 0 };
    let Some((first, rest)) = cells.split_first() else { return 0 };
    let (mut best, mut at) = (first.get(), 0);
    if best.is_final(largest) {
        return 0;
    }
    for (i, cell) in rest.iter().enumerate() {
        let item = cell.get();
        if item.beats(best, largest) {
            (best, at) = (item, i + 1);
            if best.is_final(largest) {
                break;
            }
        }
    }
    at
}
