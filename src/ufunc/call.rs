//! A call, from operands to results: types, shapes, outputs, and the loop over all elements.

use super::execute::Execution;
use super::float_status::{self, Status};
use super::resolve::{Resolved, resolve};
use super::scratch::{BLOCK, Scratch};
use super::visit::{Place, Places, for_each_run, traverse};
use super::{Operand, Options, Outcome, Outcomes, Ufunc, elide, flexible, overlap, scalar, trivial};
use crate::array::assign::copy_into;
use crate::array::cast::{Casting, warn_discards_imaginary};
use crate::array::copy::astype;
use crate::array::index::Chosen;
use crate::array::layout::Shape;
use crate::array::layout::broadcast::{broadcast_operands, non_broadcastable_output};
use crate::array::layout::k_order::{allocate_output, trivial_output};
use crate::array::{ArrayRef, CopyReason, DType, Layout, NdArray, Order, Runtime, Type};
use crate::error::{Error, ErrorClass, Result};
use crate::memory::{AlignedBytes, Buffer};
use smallvec::SmallVec;
use std::rc::Rc;

/// Calls a ufunc. The operands are taken: one that nobody else holds may be overwritten with the result, where
/// [`Options::elide`] is set.
///
/// # Errors
/// NumPy's: no loop for the types, a cast that is not allowed, shapes that do not fit, an output that is read-only,
/// no memory, and floating-point errors where the session raises them.
pub fn call(runtime: &Runtime, ufunc: &'static Ufunc, operands: &mut [Operand], options: &Options) -> Result<Outcomes> {
    if operands.len() != ufunc.nin {
        let message = format!("{}() takes {} inputs but {} were given", ufunc.name, ufunc.nin, operands.len());
        return Err(Error::new(ErrorClass::TypeError, message));
    }
    if operands.iter().any(flexible::is_flexible) || ufunc.loops.is_empty() {
        return flexible::call(runtime, ufunc, operands, options);
    }
    if options.elide
        && let Some(error) = scalar::unsupported(ufunc, operands)
    {
        return Err(error);
    }
    let resolved = resolve(ufunc, operands, options)?;
    let has_out = options.out.iter().any(Option::is_some);
    if options.where_.is_some() && !has_out {
        let message = "'where' used without 'out', expect unitialized memory in output. If this is intentional, use \
                       out=None.";
        runtime.warn(ErrorClass::UserWarning, message);
    }
    let is_scalar = |operand: &Operand| !matches!(operand, Operand::Array(array) if array.ndim() > 0);
    if !has_out && options.where_.is_none() && operands.iter().all(is_scalar) {
        return scalar::call(runtime, ufunc, operands, &resolved, options);
    }
    if !has_out
        && options.where_.is_none()
        && ufunc.nout == 1
        && options.order != Order::F
        && let Some(result) = trivial::try_trivial(runtime, ufunc, operands, &resolved)?
    {
        return Ok(smallvec::smallvec![Outcome::Array(result)]);
    }
    let mut outputs: SmallVec<[Option<ArrayRef>; 2]> = options.out.clone();
    outputs.resize(ufunc.nout, None);
    if options.elide && !has_out {
        outputs[0] = elide::find_temporary(ufunc, operands);
        if let Some(temporary) = &outputs[0] {
            runtime.ledger.note_reused(&temporary.buffer_ref());
        }
    }
    Call { runtime, ufunc, operands, options, resolved, has_out }.run(outputs)
}

/// A call of which the loop is known.
struct Call<'a> {
    runtime: &'a Runtime,
    ufunc: &'static Ufunc,
    operands: &'a mut [Operand],
    options: &'a Options,
    resolved: Resolved,
    has_out: bool,
}

impl Call<'_> {
    fn run(self, mut outputs: SmallVec<[Option<ArrayRef>; 2]>) -> Result<Outcomes> {
        let (runtime, ufunc, nin) = (self.runtime, self.ufunc, self.ufunc.nin);
        let scratch = Scratch::take()?;
        let mask = match &self.options.where_ {
            Some(mask) => Some(astype(runtime, mask, &Type::Bool.into(), Order::K, Casting::Unsafe, false)?),
            None => None,
        };
        let mut places = Places::new();
        let mut status = Status::NONE;
        for (k, operand) in self.operands.iter().enumerate() {
            places.push(match operand {
                Operand::Array(array) => Place::of(array),
                other => {
                    let (value, met) = self.resolved.scalar(k, other)?;
                    status |= met;
                    scratch.put(k, value);
                    Place::of_scalar(k, value)
                }
            });
        }
        float_status::report(runtime, status, "cast")?;
        let shape = self.broadcast_shape(&places, &outputs)?;
        for out in outputs.iter().flatten() {
            out.require_writeable("output array")?;
        }
        // The outputs: given ones, copies of those that overlap an input, new ones.
        let given = outputs.clone();
        let mut written_back: SmallVec<[Option<ArrayRef>; 2]> = SmallVec::from_elem(None, ufunc.nout);
        for k in 0..ufunc.nout {
            let dtype = DType::new(self.resolved.types[nin + k]);
            match &given[k] {
                Some(out) if !self.overlaps_input(out)? => {}
                Some(out) => {
                    let layout = self.output_layout(&places, &[], &shape, &dtype);
                    let before = runtime.ledger.set_cause("operand overlaps the output");
                    let copy = NdArray::allocate(runtime, layout);
                    runtime.ledger.set_cause(before);
                    let copy = copy?;
                    runtime.record_copy(out, &copy, CopyReason::Overlap);
                    if self.options.where_.is_some() {
                        copy_into(runtime, &copy, out, None, Casting::Unsafe)?;
                    }
                    written_back[k] = Some(Rc::clone(out));
                    outputs[k] = Some(copy);
                }
                None => {
                    let layout = self.output_layout(&places, &given, &shape, &dtype);
                    outputs[k] = Some(NdArray::allocate(runtime, layout)?);
                }
            }
        }
        let mut chosen: SmallVec<[Option<Chosen>; 2]> = SmallVec::new();
        for out in &given {
            chosen.push(out.as_ref().map(|out| runtime.chosen(out, mask.as_ref())).transpose()?);
        }
        let outputs: SmallVec<[ArrayRef; 2]> = outputs.into_iter().flatten().collect();
        self.execute(places, &outputs, mask.as_ref(), &shape, &scratch)?;
        let mut results = Outcomes::new();
        for (k, output) in outputs.into_iter().enumerate() {
            let result = match written_back[k].take() {
                Some(out) => {
                    copy_into(runtime, &out, &output, None, Casting::Unsafe)?;
                    out
                }
                None => output,
            };
            if self.has_out && given[k].is_some() {
                let chosen = chosen[k].take();
                chosen.into_iter().for_each(|chosen| runtime.record_write_chosen(&result, chosen));
            }
            results.push(Outcome::Array(result));
        }
        Ok(results)
    }

    /// The layout of a new output, as NumPy's trivial loop or its iterator would allocate it.
    fn output_layout(
        &self,
        places: &[Place<'_>],
        given: &[Option<ArrayRef>],
        shape: &[usize],
        dtype: &DType,
    ) -> Layout {
        let order = self.options.order;
        let outputs: SmallVec<[Place<'_>; 2]> = given.iter().flatten().map(Place::of).collect();
        let mut layouts: SmallVec<[&Layout; 5]> = places.iter().map(|place| &**place).collect();
        if given.iter().all(Option::is_none) && self.options.where_.is_none() && self.ufunc.nout == 1 {
            let casts = places.iter().zip(&self.resolved.types).any(|(place, &ty)| {
                (place.dtype.ty() != ty || !place.dtype.is_native()) && (place.ndim() > 1 || place.size() > BLOCK)
            });
            if !casts && let Some(layout) = trivial_output(&layouts, dtype, order) {
                return layout;
            }
        }
        layouts.extend(outputs.iter().map(|place| &**place));
        allocate_output(&layouts, shape, dtype, order)
    }

    /// Runs the loop over all elements and reports what it met.
    fn execute<'p>(
        &self,
        mut places: Places<'p>,
        outputs: &'p [ArrayRef],
        mask: Option<&'p ArrayRef>,
        shape: &[usize],
        scratch: &Scratch,
    ) -> Result<()> {
        let nin = self.ufunc.nin;
        let arrays = self.operands.iter().map(|operand| match operand {
            Operand::Array(array) => Some(array),
            _ => None,
        });
        let buffers: SmallVec<[Option<Rc<Buffer>>; 4]> =
            arrays.chain(outputs.iter().map(Some)).map(|array| array.map(|array| array.buffer())).collect();
        let mask_buffer = mask.map(|mask| mask.buffer());
        let planned = buffers.iter().chain([&mask_buffer]).flatten().any(|buffer| buffer.is_planned());
        if planned || self.runtime.ledger.is_planning() {
            return Ok(());
        }
        places.extend(outputs.iter().map(Place::of));
        let Resolved { types, kernel, .. } = self.resolved;
        let mut execution = Execution::new(self.runtime, self.ufunc, types, kernel, scratch);
        for (k, (place, buffer)) in places.iter().zip(&buffers).enumerate() {
            let Some(bytes) = buffer.as_ref().and_then(|buffer| buffer.bytes()) else {
                execution.add(scratch.bytes());
                continue;
            };
            if place.dtype.ty() != types[k] || !place.dtype.is_native() || !place.is_aligned(bytes.address()) {
                let (from, to) = (place.dtype.clone(), DType::new(types[k]));
                let (from, to) = if k < nin { (from, to) } else { (to, from) };
                warn_discards_imaginary(self.runtime, &from, &to);
                execution.add_cast(bytes, &place.dtype);
            } else if k < nin && is_among(&buffers[nin..], bytes) {
                execution.add_in_place(bytes);
            } else {
                execution.add(bytes);
            }
        }
        if let (Some(mask), Some(bytes)) = (mask, mask_buffer.as_ref().and_then(|buffer| buffer.bytes())) {
            places.push(Place::of(mask));
            execution.set_mask(bytes);
        }
        let order = match self.options.order {
            Order::A if places.iter().all(|place| place.is_f_contiguous()) => Order::F,
            Order::A => Order::C,
            other => other,
        };
        let traversal = traverse(shape, &places, order);
        for_each_run(&traversal, |offsets, strides, count| execution.run(offsets, strides, count))?;
        float_status::report(self.runtime, execution.finish(), self.ufunc.name)
    }

    /// Whether the elements are computed one after the other, without a cast or a buffer in between: NumPy's trivial
    /// loop.
    fn is_trivial(&self, out: &ArrayRef) -> bool {
        let is_ready = |array: &ArrayRef, ty: Type| array.dtype() == DType::new(ty) && array.is_aligned();
        let shape = out.shape();
        let arrays = self.operands.iter().zip(&self.resolved.types).all(|(operand, &ty)| match operand {
            Operand::Array(array) => is_ready(array, ty) && (array.ndim() == 0 || array.layout().shape == shape),
            _ => true,
        });
        self.ufunc.nout == 1
            && self.options.where_.is_none()
            && arrays
            && is_ready(out, self.resolved.types[self.ufunc.nin])
    }

    /// Whether an input, or the mask, shares memory with an output otherwise than element by element.
    fn overlaps_input(&self, out: &ArrayRef) -> Result<bool> {
        let arrays = self.operands.iter().filter_map(|operand| match operand {
            Operand::Array(array) => Some(array),
            _ => None,
        });
        for array in arrays.chain(&self.options.where_) {
            if !overlap::is_same_elements(array, out)?
                && overlap::may_share(array, out)?
                && !(overlap::is_read_ahead(array, out) && self.is_trivial(out))
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The shape of the result. Outputs take part, but are not stretched.
    fn broadcast_shape(&self, places: &[Place<'_>], outputs: &[Option<ArrayRef>]) -> Result<Shape> {
        let more: SmallVec<[Place<'_>; 3]> =
            outputs.iter().flatten().chain(&self.options.where_).map(Place::of).collect();
        let shapes: SmallVec<[&[usize]; 5]> = places.iter().chain(&more).map(|place| &*place.shape).collect();
        let shape = broadcast_operands(&shapes)?;
        match outputs.iter().flatten().find(|out| out.layout().shape != shape) {
            Some(out) => Err(non_broadcastable_output(&out.layout().shape, &shape)),
            None => Ok(shape),
        }
    }
}

fn is_among(buffers: &[Option<Rc<Buffer>>], bytes: &AlignedBytes) -> bool {
    buffers.iter().flatten().any(|buffer| buffer.bytes().is_some_and(|other| std::ptr::eq(other, bytes)))
}
