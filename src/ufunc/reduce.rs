//! Reductions: a ufunc of two inputs applied along axes until they are gone.
//!
//! The accumulator is the result itself: it takes part in the visit with stride 0 on the axes that are reduced, so
//! that the loop sees either one accumulator and a run of items, or a row of accumulators and a row of items
//! (`PyUFunc_Reduce`, ufunc_object.c, and reduction.c).

use super::buffering::{find_core, fold_cores};
use super::dates;
use super::execute::Execution;
use super::flexible;
use super::float_status::{self, Rule, Status};
use super::loops::Loop;
use super::overlap;
use super::resolve::weak_scalar;
use super::scratch::Scratch;
use super::visit::for_each_run;
use super::{Identity, Operand, Options, Outcome, Resolver, Ufunc, resolve};
use crate::array::assign::copy_into;
use crate::array::cast::{Caster, Casting};
use crate::array::layout::k_order::best_axis_order;
use crate::array::layout::shape_text::array_shape_text;
use crate::array::layout::transpose::normalize_axis_index;
use crate::array::layout::{Shape, Strides, Traversal};
use crate::array::{ArrayRef, CopyReason, DType, Kind, Layout, NdArray, Order, Runtime, Scalar, Type};
use crate::error::{Error, ErrorClass, Result, type_error, value_error};
use crate::memory::Buffer;
use smallvec::SmallVec;
use std::rc::Rc;

/// Which axes are reduced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Axes {
    /// `axis=None`.
    #[default]
    All,
    /// `axis=1` or `axis=(0, -1)`: as given, negative ones from the end.
    Some(SmallVec<[isize; 4]>),
}

/// The keywords of a reduction.
#[derive(Clone, Default)]
pub struct ReduceOptions {
    /// `axis=`
    pub axes: Axes,
    /// `dtype=`: the type that is computed in and that results have.
    pub dtype: Option<DType>,
    /// `out=`
    pub out: Option<ArrayRef>,
    /// `keepdims=`
    pub keepdims: bool,
    /// `initial=`: what the reduction starts from. `Some(None)` is Python's `None`: from the first element.
    pub initial: Option<Option<Operand>>,
    /// `where=`
    pub where_: Option<ArrayRef>,
}

impl ReduceOptions {
    /// Over all axes.
    pub fn all() -> ReduceOptions {
        ReduceOptions::default()
    }

    /// Over one axis.
    pub fn axis(axis: isize) -> ReduceOptions {
        ReduceOptions { axes: Axes::Some(SmallVec::from_slice(&[axis])), ..ReduceOptions::default() }
    }
}

/// Which axes of `ndim` are reduced.
///
/// # Errors
/// `AxisError`; `ValueError: duplicate value in 'axis'`.
pub fn reduced_axes(axes: &Axes, ndim: usize) -> Result<SmallVec<[bool; 8]>> {
    let mut reduced: SmallVec<[bool; 8]> = SmallVec::from_elem(false, ndim);
    match axes {
        Axes::All => reduced.fill(true),
        // A 0-d array may be reduced over the axis it has not.
        Axes::Some(axes) if ndim == 0 && axes.len() == 1 && matches!(axes[0], 0 | -1) => {}
        Axes::Some(axes) => {
            for &axis in axes {
                let axis = normalize_axis_index(axis, ndim, None)?;
                if reduced[axis] {
                    return Err(value_error("duplicate value in 'axis'"));
                }
                reduced[axis] = true;
            }
        }
    }
    Ok(reduced)
}

/// The type a reduction is computed in (`reducelike_promote_and_resolve`): sums and products of small integers
/// are taken in the machine's word.
pub(super) fn reduction_type(
    ufunc: &Ufunc,
    array: &ArrayRef,
    dtype: Option<&DType>,
    out: Option<&ArrayRef>,
) -> Option<Type> {
    if let Some(dtype) = dtype {
        return Some(dtype.ty());
    }
    let ty = array.layout().dtype.ty();
    if !matches!(ufunc.name, "add" | "multiply") || out.is_some() {
        return None;
    }
    match ty.kind() {
        Kind::Bool => Some(Type::Int64),
        Kind::Signed if ty.size() < 8 => Some(Type::Int64),
        Kind::Unsigned if ty.size() < 8 => Some(Type::UInt64),
        _ => None,
    }
}

/// The loop of a reduction: its first input and its output are of one type.
pub(super) fn reduction_loop(
    ufunc: &'static Ufunc,
    array: &ArrayRef,
    dtype: Option<&DType>,
    out: Option<&ArrayRef>,
    what: &str,
) -> Result<&'static Loop> {
    if ufunc.nin != 2 || ufunc.nout != 1 {
        let why = if ufunc.nin != 2 {
            "only supported for binary functions"
        } else {
            "only supported for functions returning a single value"
        };
        return Err(value_error(format!("{what} {why}")));
    }
    let wanted = reduction_type(ufunc, array, dtype, out);
    if ufunc.resolver == Resolver::Logical && wanted.is_none_or(|ty| ty == Type::Bool) {
        return Ok(&ufunc.loops[0]);
    }
    let input = Operand::Array(Rc::clone(array));
    let options = Options { dtype: wanted.map(DType::from), casting: Casting::Unsafe, ..Options::default() };
    let resolved = resolve::resolve(ufunc, &[input.clone(), input], &options).map_err(|error| {
        // NumPy does not count the accumulator as an operand here.
        let class = crate::array::cast::dtype_class(array.dtype().ty());
        let pair = format!("({class}, {class})");
        match error.class() {
            ErrorClass::UFuncNoLoopError => {
                Error::new(error.class(), error.message().replace(&pair, &format!("(None, {class})")))
            }
            _ => error,
        }
    })?;
    let row = ufunc.loops.iter().find(|row| row.types == resolved.types && row.types[0] == row.types[2]);
    row.ok_or_else(|| {
        type_error(format!("No loop matching the specified signature and casting was found for ufunc {}", ufunc.name))
    })
}

/// What a ufunc's reduction starts from, in the loop's type; `None` where it must start from the first elements.
fn start_value(ufunc: &Ufunc, ty: Type, initial: &Option<Option<Operand>>) -> Result<(Option<Scalar>, Status)> {
    if let Some(initial) = initial {
        return match initial {
            None => Ok((None, Status::NONE)),
            Some(operand) => weak_scalar(operand, ty).map(|(value, status)| (Some(value), status)),
        };
    }
    Ok((identity(ufunc.identity, ty), Status::NONE))
}

fn identity(identity: Identity, ty: Type) -> Option<Scalar> {
    let value = match identity {
        Identity::None | Identity::Reorderable => return None,
        Identity::Zero => Scalar::Int64(0),
        Identity::One => Scalar::Int64(1),
        Identity::MinusOne => Scalar::Int64(-1),
        Identity::MinusInfinity => Scalar::Float64(f64::NEG_INFINITY),
    };
    Some(value.cast(ty))
}

/// Reduces an array along axes.
///
/// # Errors
/// NumPy's: axes that are not there, no loop for the types, no identity for no elements, an output of another
/// shape, floating-point errors where the session raises them.
pub fn reduce(runtime: &Runtime, ufunc: &'static Ufunc, array: &ArrayRef, options: &ReduceOptions) -> Result<Outcome> {
    if array.layout().dtype.ty().is_time() && ufunc.resolver != Resolver::Logical {
        return dates::reduce(runtime, ufunc, array, options);
    }
    if !array.layout().dtype.is_number() {
        let array = flexible::reduced(runtime, ufunc, array, "reduce")?;
        return reduce(runtime, ufunc, &array, options);
    }
    let reduced = reduced_axes(&options.axes, array.ndim())?;
    let row = reduction_loop(ufunc, array, options.dtype.as_ref(), options.out.as_ref(), "reduce")?;
    let count = reduced.iter().filter(|&&reduced| reduced).count();
    if ufunc.identity == Identity::None && count > 1 {
        return Err(value_error(format!(
            "reduction operation '{}' is not reorderable, so at most one axis may be specified",
            ufunc.name
        )));
    }
    let (start, status) = start_value(ufunc, row.types[0], &options.initial)?;
    float_status::report(runtime, status, "cast")?;
    Reduction { runtime, ufunc, array, options, row, reduced, start }.run()
}

struct Reduction<'a> {
    runtime: &'a Runtime,
    ufunc: &'static Ufunc,
    array: &'a ArrayRef,
    options: &'a ReduceOptions,
    row: &'static Loop,
    reduced: SmallVec<[bool; 8]>,
    start: Option<Scalar>,
}

impl Reduction<'_> {
    fn run(mut self) -> Result<Outcome> {
        let shape = self.array.shape();
        let empty = shape.iter().zip(&self.reduced).any(|(&len, &reduced)| reduced && len == 0);
        let no_results = shape.iter().zip(&self.reduced).any(|(&len, &reduced)| !reduced && len == 0);
        if self.start.is_none() && empty && !no_results {
            return Err(value_error(format!(
                "zero-size array to reduction operation {} which has no identity",
                self.ufunc.name
            )));
        }
        if self.start.is_none() && self.options.where_.is_some() {
            return Err(value_error(format!(
                "reduction operation '{}' does not have an identity, so to use a where mask one has to specify \
                 'initial'",
                self.ufunc.name
            )));
        }
        let ty = self.row.types[0];
        let result_shape = self.result_shape(&shape);
        let result = match &self.options.out {
            Some(out) => {
                self.require_out(out, &result_shape)?;
                let apart = !overlap::may_share(self.array, out)?;
                let same = out.dtype() == DType::new(ty) && out.is_aligned() && apart;
                if same {
                    Rc::clone(out)
                } else {
                    let result = NdArray::zeros(self.runtime, ty.into(), &result_shape, Order::C)?;
                    if !apart {
                        self.runtime.record_copy(out, &result, CopyReason::Overlap);
                    }
                    result
                }
            }
            None => {
                // A plan knows the reduction of what it knows.
                let is_planned = |array: &ArrayRef| array.buffer_ref().is_planned();
                let is_known = !is_planned(self.array) && !self.options.where_.as_ref().is_some_and(is_planned);
                let layout = self.result_layout(ty, &result_shape);
                let new = || NdArray::allocate(self.runtime, layout);
                self.runtime.ledger.with_constants(is_known, new)?
            }
        };
        let accumulator = self.accumulator_layout(&result, shape.len());
        self.initialise(&result, &accumulator)?;
        self.accumulate(&result, &accumulator)?;
        if let Some(out) = &self.options.out {
            if !Rc::ptr_eq(out, &result) {
                copy_into(self.runtime, out, &result, None, Casting::Unsafe)?;
            }
            self.runtime.record_write(out, None);
            return Ok(Outcome::Array(Rc::clone(out)));
        }
        if result_shape.is_empty() {
            return Ok(Outcome::Scalar(result.read(0)));
        }
        Ok(Outcome::Array(result))
    }

    fn result_shape(&self, shape: &[usize]) -> Shape {
        let kept = shape.iter().zip(&self.reduced);
        if self.options.keepdims {
            kept.map(|(&len, &reduced)| if reduced { 1 } else { len }).collect()
        } else {
            kept.filter(|(_, reduced)| !**reduced).map(|(&len, _)| len).collect()
        }
    }

    /// The layout of a new result: the kept axes in the order they have in the array.
    fn result_layout(&self, ty: Type, result_shape: &[usize]) -> Layout {
        let layout = self.array.layout();
        let votes = layout.shape.iter().zip(&layout.strides).map(|(&len, &stride)| if len == 1 { 0 } else { stride });
        let order = best_axis_order(layout.ndim(), 1, &votes.collect::<Strides>());
        let mut strides: Strides = SmallVec::from_elem(0, result_shape.len());
        let mut step = ty.size();
        let mut place = 0;
        let places: SmallVec<[Option<usize>; 8]> = self
            .reduced
            .iter()
            .map(|&reduced| {
                let at = (!reduced || self.options.keepdims).then_some(place);
                place += at.is_some() as usize;
                at
            })
            .collect();
        for axis in order {
            if let Some(at) = places[axis] {
                strides[at] = step as isize;
                step = step.saturating_mul(result_shape[at].max(1));
            }
        }
        Layout { dtype: ty.into(), shape: result_shape.into(), strides, offset: 0 }
    }

    fn require_out(&self, out: &ArrayRef, shape: &[usize]) -> Result<()> {
        out.require_writeable("output array")?;
        let layout = out.layout();
        if layout.ndim() != shape.len() {
            return Err(value_error(format!(
                "output parameter for reduction operation {} has the wrong number of dimensions: Found {} but \
                 expected {}{}",
                self.ufunc.name,
                layout.ndim(),
                shape.len(),
                if self.options.keepdims { " (must match the operand's when keepdims=True)" } else { "" }
            )));
        }
        if layout.shape.as_slice() != shape {
            let mut lengths = layout.shape.iter().map(usize::to_string);
            let mut remapped = Vec::new();
            for &reduced in &self.reduced {
                let kept = !reduced || self.options.keepdims;
                remapped.push(if kept { lengths.next().unwrap_or_default() } else { "newaxis".to_string() });
            }
            return Err(value_error(format!(
                "operands could not be broadcast together with remapped shapes [original->remapped]: {}->({}) {} ",
                array_shape_text(&layout.shape),
                remapped.join(","),
                array_shape_text(&self.array.layout().shape)
            )));
        }
        Ok(())
    }

    /// The result as the visit sees it: as many axes as the array, stride 0 on the reduced ones.
    fn accumulator_layout(&self, result: &ArrayRef, ndim: usize) -> Layout {
        let layout = result.layout();
        let mut strides: Strides = SmallVec::from_elem(0, ndim);
        let mut shape: Shape = SmallVec::from_elem(1, ndim);
        let mut at = 0;
        for (axis, &reduced) in self.reduced.iter().enumerate() {
            if !reduced {
                strides[axis] = layout.strides[at];
                shape[axis] = layout.shape[at];
            }
            at += (!reduced || self.options.keepdims) as usize;
        }
        Layout { dtype: layout.dtype.clone(), shape, strides, offset: layout.offset }
    }

    /// Puts the start value, or the first elements along the reduced axes, into the result.
    fn initialise(&mut self, result: &ArrayRef, accumulator: &Layout) -> Result<()> {
        let buffer = result.buffer();
        if buffer.is_planned() || self.array.buffer_ref().is_planned() {
            return Ok(());
        }
        if let Some(start) = self.start {
            return overlap::fill_elements(start, &buffer, accumulator);
        }
        // The first element along each reduced axis; where the order matters the axis starts at the second.
        let mut first = self.array.layout().clone();
        for (axis, &reduced) in self.reduced.iter().enumerate() {
            if reduced {
                first.shape[axis] = 1;
            }
        }
        overlap::copy_between(self.runtime, &self.array.buffer(), &first, &buffer, accumulator)
    }

    /// Runs the loop over all elements.
    fn accumulate(&self, result: &ArrayRef, accumulator: &Layout) -> Result<()> {
        let mut items = self.array.layout().clone();
        let idempotent = self.ufunc.identity == Identity::Reorderable
            || matches!(self.ufunc.name, "logical_and" | "logical_or" | "bitwise_and" | "bitwise_or" | "gcd");
        if self.start.is_none() {
            // What the result was initialised with is left out, where it would count twice.
            match self.reduced.iter().position(|&reduced| reduced) {
                None => return Ok(()),
                Some(_) if idempotent => {}
                Some(axis) => {
                    items.shape[axis] -= 1;
                    items.offset = items.offset.wrapping_add_signed(items.strides[axis]);
                }
            }
        }
        let folding = Folding {
            runtime: self.runtime,
            ufunc: self.ufunc,
            row: self.row,
            source: &self.array.buffer(),
            target: &result.buffer(),
            mask: self.options.where_.as_ref(),
        };
        let status = folding.run(&items, accumulator)?;
        let status = status | check_results(self.ufunc, self.row.types[2], self.array, result);
        float_status::report(self.runtime, status, "reduce")
    }
}

/// The inner work of a reduction: items folded into accumulators.
pub(super) struct Folding<'a> {
    pub runtime: &'a Runtime,
    pub ufunc: &'static Ufunc,
    pub row: &'static Loop,
    pub source: &'a Rc<Buffer>,
    pub target: &'a Rc<Buffer>,
    pub mask: Option<&'a ArrayRef>,
}

impl Folding<'_> {
    /// Folds the elements of `items` into those of `accumulator`, which stands still on the reduced axes.
    pub fn run(&self, items: &Layout, accumulator: &Layout) -> Result<Status> {
        let (Some(source), Some(target)) = (self.source.bytes(), self.target.bytes()) else {
            return Ok(Status::NONE);
        };
        let scratch = Scratch::take()?;
        let mask_buffer = self.mask.map(|mask| mask.buffer());
        let mut execution =
            Execution::new(self.runtime, self.ufunc, self.row.types, self.row.kernel, &scratch).unchecked();
        execution.add(target);
        if items.dtype.ty() != self.row.types[1] || !items.dtype.is_native() || !items.is_aligned(source.address()) {
            execution.add_cast(source, &items.dtype);
        } else {
            execution.add(source);
        }
        execution.add(target);
        let mask = self.mask.map(|mask| mask.layout());
        let mut layouts: SmallVec<[&Layout; 4]> = SmallVec::from_slice(&[accumulator, items, accumulator]);
        if let (Some(mask), Some(bytes)) = (&mask, mask_buffer.as_ref().and_then(|buffer| buffer.bytes())) {
            if mask.ndim() > items.ndim() {
                return Err(value_error("input operand has more dimensions than allowed by the axis remapping"));
            }
            layouts.push(mask);
            execution.set_mask(bytes);
        }
        let traversal = Traversal::new(&items.shape, &layouts, Order::K, false);
        let ty = self.row.types[1];
        let cast = items.dtype != DType::new(ty) || !items.is_aligned(source.address());
        if ty.is_inexact()
            && let Some(core) = find_core(&traversal, cast)
        {
            let caster = Caster::new(&items.dtype, &ty.into());
            let mask = mask_buffer.as_ref().and_then(|buffer| buffer.bytes());
            return fold_cores(&traversal, core, (target, source, mask), (self.row.kernel, ty), &caster, &scratch);
        }
        for_each_run(&traversal, |offsets, strides, count| execution.run(offsets, strides, count))?;
        Ok(execution.finish())
    }
}

/// What the results of a reduction met: infinite or NaN results of finite elements.
pub(super) fn check_results(ufunc: &Ufunc, ty: Type, array: &ArrayRef, result: &ArrayRef) -> Status {
    if ufunc.rule == Rule::Unchecked || !ty.is_inexact() || result.buffer_ref().is_planned() {
        return Status::NONE;
    }
    let (mut nan, mut infinite) = (false, false);
    float_status::scan(result, &mut nan, &mut infinite);
    if !nan && !infinite {
        return Status::NONE;
    }
    let (mut nan_before, mut infinite_before) = (false, false);
    float_status::scan(array, &mut nan_before, &mut infinite_before);
    Status::when(nan && !nan_before, Status::INVALID)
        | Status::when(infinite && !infinite_before && !nan_before, Status::OVER)
}
