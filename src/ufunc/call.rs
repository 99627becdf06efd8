//! A call, from operands to results: types, shapes, outputs, and the loop over all elements.

use super::execute::Execution;
use super::float_status::{self, Status};
use super::resolve::{Resolved, resolve};
use super::scratch::Scratch;
use super::traversal::Traversal;
use super::{Operand, Options, Outcome, Outcomes, Ufunc, elide, overlap, scalar};
use crate::array::index::count_chosen;
use crate::array::layout::Shape;
use crate::array::{ArrayRef, DType, Layout, NdArray, Order, Runtime, Type};
use crate::error::{Error, ErrorClass, Result, value_error};
use crate::memory::Buffer;
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
    let mut outputs: SmallVec<[Option<ArrayRef>; 2]> = options.out.clone();
    outputs.resize(ufunc.nout, None);
    if options.elide && !has_out {
        outputs[0] = elide::find_temporary(ufunc, operands);
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
        let shape = self.broadcast_shape(&outputs)?;
        let scratch = Scratch::take()?;
        let order = self.iteration_order();
        let mut traversal = Traversal::new(&shape);
        let mut status = Status::NONE;
        for (k, operand) in self.operands.iter().enumerate() {
            match operand {
                Operand::Array(array) => traversal.add(&array.layout()),
                other => {
                    let (value, met) = self.resolved.scalar(k, other)?;
                    status |= met;
                    scratch.put(k, value);
                    traversal.add_fixed(Scratch::scalar(k));
                }
            }
        }
        float_status::report(runtime, status, "cast")?;
        // The outputs: given ones, copies of those that overlap an input, new ones.
        let given = outputs.clone();
        let mut written_back: SmallVec<[Option<ArrayRef>; 2]> = SmallVec::from_elem(None, ufunc.nout);
        for out in given.iter().flatten() {
            out.require_writeable("output array")?;
        }
        let mut sorted = false;
        for k in 0..ufunc.nout {
            let dtype = DType::new(self.resolved.types[nin + k]);
            match &given[k] {
                Some(out) if !self.overlaps_input(out) => {}
                Some(out) => {
                    traversal.sort(order);
                    sorted = true;
                    let before = runtime.ledger.set_cause("operand overlaps the output");
                    let copy = NdArray::allocate(runtime, traversal.output_layout(dtype));
                    runtime.ledger.set_cause(before);
                    let copy = copy?;
                    if self.options.where_.is_some() {
                        overlap::copy_elements(runtime, out, &copy)?;
                    }
                    written_back[k] = Some(Rc::clone(out));
                    outputs[k] = Some(copy);
                }
                None => {}
            }
        }
        let plain_layout = if given.iter().all(Option::is_none) { self.plain_layout(&shape) } else { None };
        for k in 0..ufunc.nout {
            if given[k].is_some() {
                continue;
            }
            let dtype = DType::new(self.resolved.types[nin + k]);
            let layout = match plain_layout {
                Some(order) => Layout::contiguous(dtype, &shape, order),
                None => {
                    if !sorted {
                        self.sort_with_outputs(&mut traversal, &given, order);
                        sorted = true;
                    }
                    traversal.output_layout(dtype)
                }
            };
            outputs[k] = Some(NdArray::allocate(runtime, layout)?);
        }
        let outputs: SmallVec<[ArrayRef; 2]> = outputs.into_iter().flatten().collect();
        for output in &outputs {
            traversal.add(&output.layout());
        }
        self.execute(traversal, &outputs, &scratch, order)?;
        let mut results = Outcomes::new();
        for (k, output) in outputs.into_iter().enumerate() {
            let result = match written_back[k].take() {
                Some(out) => {
                    overlap::copy_elements(runtime, &output, &out)?;
                    out
                }
                None => output,
            };
            if self.has_out && given[k].is_some() {
                let cells = self.options.where_.as_ref().map(|mask| count_chosen(mask, result.size())).transpose()?;
                runtime.record_write(&result, cells);
            }
            results.push(Outcome::Array(result));
        }
        Ok(results)
    }

    /// Runs the loop over all elements and reports what it met.
    fn execute(&self, mut traversal: Traversal, outputs: &[ArrayRef], scratch: &Scratch, order: Order) -> Result<()> {
        let nin = self.ufunc.nin;
        let mask = self.options.where_.as_ref();
        let mask_copy;
        let mask = match mask {
            Some(mask) if mask.layout().dtype.ty() != Type::Bool => {
                mask_copy = NdArray::zeros(self.runtime, Type::Bool.into(), &mask.shape(), Order::C)?;
                overlap::copy_elements(self.runtime, mask, &mask_copy)?;
                Some(&mask_copy)
            }
            other => other,
        };
        if let Some(mask) = mask {
            traversal.add(&mask.layout());
        }
        let inputs = self.operands.iter().map(|operand| match operand {
            Operand::Array(array) => Some(array),
            _ => None,
        });
        let arrays: SmallVec<[Option<&ArrayRef>; 4]> = inputs.chain(outputs.iter().map(Some)).collect();
        let buffers: SmallVec<[Option<Rc<Buffer>>; 4]> =
            arrays.iter().map(|array| array.map(|array| array.buffer())).collect();
        let mask_buffer = mask.map(|mask| mask.buffer());
        if buffers.iter().chain([&mask_buffer]).flatten().any(|buffer| buffer.is_planned()) {
            return Ok(());
        }
        let Resolved { types, kernel, .. } = self.resolved;
        let mut execution = Execution::new(self.runtime, self.ufunc, types, kernel, scratch);
        for (k, (array, buffer)) in arrays.iter().zip(&buffers).enumerate() {
            let (Some(array), Some(bytes)) = (array, buffer.as_ref().and_then(|buffer| buffer.bytes())) else {
                execution.add(scratch.bytes());
                continue;
            };
            let layout = array.layout();
            if layout.dtype.ty() != types[k] || !layout.dtype.is_native() || !layout.is_aligned(bytes.address()) {
                execution.add_cast(bytes, &layout.dtype);
            } else if k < nin && outputs.iter().any(|output| Rc::ptr_eq(&output.buffer_ref(), &array.buffer_ref())) {
                execution.add_in_place(bytes);
            } else {
                execution.add(bytes);
            }
        }
        if let Some(bytes) = mask_buffer.as_ref().and_then(|buffer| buffer.bytes()) {
            execution.set_mask(bytes);
        }
        traversal.sort(order);
        traversal.coalesce(order == Order::K);
        traversal.for_each(|offsets, strides, count| execution.run(offsets, strides, count))?;
        float_status::report(self.runtime, execution.finish(), self.ufunc.name)
    }

    /// The order that all new outputs are simply contiguous in: where every array has the result's shape and the
    /// same contiguity (`try_trivial_single_output_loop`).
    fn plain_layout(&self, shape: &Shape) -> Option<Order> {
        let (mut c, mut f) = (true, true);
        for operand in self.operands.iter() {
            let Operand::Array(array) = operand else { continue };
            let layout = array.layout();
            if layout.ndim() == 0 {
                continue;
            }
            if layout.shape != *shape {
                return None;
            }
            c &= layout.is_c_contiguous();
            f &= layout.is_f_contiguous();
        }
        match self.options.order {
            Order::C => Some(Order::C),
            Order::F => Some(Order::F),
            _ if shape.len() < 2 || c => Some(Order::C),
            _ if f => Some(Order::F),
            _ => None,
        }
    }

    fn sort_with_outputs(&self, traversal: &mut Traversal, given: &[Option<ArrayRef>], order: Order) {
        // Outputs that are given have a say in the order of those that are not.
        let mut with_outputs = traversal.clone();
        for out in given.iter().flatten() {
            with_outputs.add(&out.layout());
        }
        with_outputs.sort(order);
        traversal.take_order(&with_outputs);
    }

    /// The order of the visit: `A` is F where every array is F-contiguous, else C.
    fn iteration_order(&self) -> Order {
        if self.options.order != Order::A {
            return self.options.order;
        }
        let is_f = |operand: &Operand| match operand {
            Operand::Array(array) => array.layout().is_f_contiguous(),
            _ => true,
        };
        if self.operands.iter().all(is_f) { Order::F } else { Order::C }
    }

    fn overlaps_input(&self, out: &ArrayRef) -> bool {
        let touches = |array: &ArrayRef| !overlap::is_same_elements(array, out) && overlap::may_share(array, out);
        self.operands.iter().any(|operand| matches!(operand, Operand::Array(array) if touches(array)))
            || self.options.where_.as_ref().is_some_and(touches)
    }

    /// The shape of the result. Outputs take part, but are not stretched.
    fn broadcast_shape(&self, outputs: &[Option<ArrayRef>]) -> Result<Shape> {
        let mut shape = Shape::new();
        let mut fits = true;
        {
            let mut join = |array: &ArrayRef| {
                let layout = array.layout();
                if layout.ndim() > shape.len() {
                    let missing = layout.ndim() - shape.len();
                    shape.insert_many(0, layout.shape[..missing].iter().copied());
                }
                let skipped = shape.len() - layout.ndim();
                for (len, &other) in shape[skipped..].iter_mut().zip(&layout.shape) {
                    if *len == 1 {
                        *len = other;
                    } else if other != 1 && other != *len {
                        fits = false;
                    }
                }
            };
            for operand in self.operands.iter() {
                if let Operand::Array(array) = operand {
                    join(array);
                }
            }
            outputs.iter().flatten().for_each(&mut join);
            self.options.where_.iter().for_each(&mut join);
        }
        if !fits {
            return Err(self.broadcast_error(outputs));
        }
        for out in outputs.iter().flatten() {
            if out.layout().shape != shape {
                return Err(value_error(format!(
                    "non-broadcastable output operand with shape {} doesn't match the broadcast shape {}",
                    shape_text(&out.layout().shape),
                    shape_text(&shape)
                )));
            }
        }
        Ok(shape)
    }

    #[cold]
    fn broadcast_error(&self, outputs: &[Option<ArrayRef>]) -> Error {
        let mut shapes = String::new();
        for operand in self.operands.iter() {
            match operand {
                Operand::Array(array) => shapes += &shape_text(&array.layout().shape),
                _ => shapes += "()",
            }
            shapes.push(' ');
        }
        for array in outputs.iter().flatten().chain(&self.options.where_) {
            shapes += &shape_text(&array.layout().shape);
            shapes.push(' ');
        }
        value_error(format!("operands could not be broadcast together with shapes {shapes}"))
    }
}

/// A shape as NumPy's C messages write it: `(2,3)`, `(3,)`, `()`.
pub fn shape_text(shape: &[usize]) -> String {
    match shape {
        [one] => format!("({one},)"),
        many => format!("({})", many.iter().map(usize::to_string).collect::<Vec<_>>().join(",")),
    }
}
