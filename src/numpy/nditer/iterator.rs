//! The iterator as a value: what it stands at, how it moves on, its attributes.

use super::axes::Walk;
use crate::array::cast::Casting;
use crate::array::layout::Shape;
use crate::array::printing::PrintOptions;
use crate::array::{ArrayRef, DType, Layout, NdArray, Order};
use crate::error::{Error, ErrorClass, Result, attribute_error, type_error, value_error};
use crate::registry::Context;
use crate::value::{Class, Object, Twins, Value, Way, as_index, classes, shape_of, shown_address};
use smallvec::SmallVec;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// How an iterator goes: what `flags=` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// Gives runs instead of single elements.
    pub external_loop: bool,
    /// Takes elements through a buffer.
    pub buffered: bool,
    /// Knows the index in all axes.
    pub multi_index: bool,
    /// Knows the number of the element in C order.
    pub c_index: bool,
    /// Knows the number of the element in F order.
    pub f_index: bool,
}

/// An operand: the array, and what its elements are converted to on the way.
#[derive(Clone)]
pub struct Operand {
    /// The array.
    pub array: ArrayRef,
    /// The dtype that the iterator shows.
    pub dtype: DType,
    /// Whether it may be written.
    pub writes: bool,
}

/// What `np.nditer(...)` gives.
pub struct NdIter {
    operands: Vec<Operand>,
    shape: Shape,
    walk: RefCell<Walk>,
    flags: Cell<Flags>,
    /// Elements that a buffer takes.
    buffersize: usize,
    at: Cell<usize>,
    /// Whether `next` was called: the first call stays where the iterator stands.
    is_started: Cell<bool>,
    is_closed: Cell<bool>,
}

fn index_error(message: String) -> Error {
    Error::new(ErrorClass::IndexError, message)
}

impl NdIter {
    /// An iterator at its start.
    pub fn new(operands: Vec<Operand>, shape: Shape, walk: Walk, flags: Flags, buffersize: usize) -> NdIter {
        NdIter {
            operands,
            shape,
            walk: RefCell::new(walk),
            flags: Cell::new(flags),
            buffersize,
            at: Cell::new(0),
            is_started: Cell::new(false),
            is_closed: Cell::new(false),
        }
    }

    /// A second one that stands where this one stands.
    pub fn duplicate(&self) -> NdIter {
        NdIter {
            walk: RefCell::new(self.walk.borrow().clone()),
            at: Cell::new(self.at.get()),
            is_started: Cell::new(self.is_started.get()),
            ..NdIter::new(
                self.operands.clone(),
                self.shape.clone(),
                self.walk.borrow().clone(),
                self.flags.get(),
                self.buffersize,
            )
        }
    }

    /// Its first operand and its walk, for one that goes on within.
    pub fn size(&self) -> usize {
        self.walk.borrow().size()
    }

    /// Whether all places were visited.
    pub fn is_finished(&self) -> bool {
        self.at.get() >= self.size()
    }

    /// How many places are given at a time where this one stands.
    fn run(&self) -> usize {
        let flags = self.flags.get();
        if !flags.external_loop {
            return 1;
        }
        let left = self.size().saturating_sub(self.at.get());
        if flags.buffered {
            return left.min(self.buffersize);
        }
        self.walk.borrow().axes.last().map_or(1, |axis| axis.length).min(left)
    }

    /// Moves on; whether there is still something.
    pub fn advance(&self) -> bool {
        self.at.set(self.at.get().saturating_add(self.run().max(1)).min(self.size()));
        self.is_started.set(true);
        !self.is_finished()
    }

    /// Back to the start.
    pub fn reset(&self) {
        self.at.set(0);
        self.is_started.set(false);
    }

    /// Ends it: nothing can be asked of it any more.
    pub fn close(&self) {
        self.is_closed.set(true);
    }

    /// From here on it gives runs.
    ///
    /// # Errors
    /// `ValueError` where an index is followed.
    pub fn enable_external_loop(&self) -> Result<()> {
        let flags = self.flags.get();
        if flags.multi_index || flags.c_index || flags.f_index {
            return Err(value_error(
                "Iterator flag EXTERNAL_LOOP cannot be used if an index or multi-index is being tracked",
            ));
        }
        self.flags.set(Flags { external_loop: true, ..flags });
        self.walk.borrow_mut().coalesce();
        self.reset();
        Ok(())
    }

    /// Forgets the index in all axes, so that axes may become one.
    ///
    /// # Errors
    /// `ValueError` where none is followed.
    pub fn remove_multi_index(&self) -> Result<()> {
        let flags = self.flags.get();
        if !flags.multi_index {
            return Err(value_error("Iterator is not tracking a multi-index"));
        }
        self.flags.set(Flags { multi_index: false, ..flags });
        self.walk.borrow_mut().coalesce();
        self.reset();
        Ok(())
    }

    /// Takes an axis out: it stays at its first place.
    ///
    /// # Errors
    /// `ValueError` where no index is followed, or there is no such axis.
    pub fn remove_axis(&self, axis: isize) -> Result<()> {
        if !self.flags.get().multi_index {
            return Err(value_error("Iterator RemoveAxis may only be called if a multi-index is being tracked"));
        }
        let mut walk = self.walk.borrow_mut();
        let ndim = walk.axes.len() as isize;
        let wanted = if axis < 0 { axis + ndim } else { axis };
        let numbers: SmallVec<[usize; 8]> = {
            let mut numbers: SmallVec<[usize; 8]> = walk.axes.iter().map(|axis| axis.number).collect();
            numbers.sort_unstable();
            numbers
        };
        let Some(number) = usize::try_from(wanted).ok().and_then(|at| numbers.get(at)) else {
            return Err(value_error("axis out of bounds in iterator RemoveAxis"));
        };
        walk.axes.retain(|axis| axis.number != *number);
        drop(walk);
        self.reset();
        Ok(())
    }

    fn require_place(&self) -> Result<()> {
        if self.is_closed.get() {
            return Err(value_error("Iterator is invalid"));
        }
        if self.is_finished() { Err(value_error("Iterator is past the end")) } else { Ok(()) }
    }

    /// The array that shows operand `k` where the iterator stands.
    fn value(&self, context: &Context, k: usize) -> Result<Value> {
        self.require_place()?;
        let operand =
            self.operands.get(k).ok_or_else(|| index_error(format!("Iterator operand index {k} is out of bounds")))?;
        let walk = self.walk.borrow();
        let (flags, run, at) = (self.flags.get(), self.run(), self.at.get());
        let offset = walk.offset(k, at);
        let stride = walk.axes.last().map_or(0, |axis| axis.strides[k]);
        let even =
            (1..run).all(|i| walk.offset(k, at + i) == offset.wrapping_add_signed(stride.wrapping_mul(i as isize)));
        let dtype = operand.array.dtype();
        let is_cast = operand.dtype != dtype;
        let layout = |len: usize| Layout {
            dtype: dtype.clone(),
            shape: if flags.external_loop { SmallVec::from_slice(&[len]) } else { SmallVec::new() },
            strides: if flags.external_loop { SmallVec::from_slice(&[stride]) } else { SmallVec::new() },
            offset,
        };
        if even {
            let view = NdArray::view(&operand.array, layout(run));
            view.set_writeable(operand.writes && operand.array.is_writeable() && !is_cast);
            if !is_cast {
                return Ok(Value::Array(view));
            }
            let copy =
                crate::array::copy::astype(&context.runtime, &view, &operand.dtype, Order::K, Casting::Unsafe, true)?;
            return Ok(Value::Array(copy));
        }
        // the buffer gathers what does not lie evenly
        let buffer = NdArray::zeros(&context.runtime, operand.dtype.clone(), &[run], Order::C)?;
        let itemsize = operand.dtype.itemsize();
        for i in 0..run {
            let place = Layout { shape: SmallVec::new(), strides: SmallVec::new(), ..layout(1) };
            let from = NdArray::view(&operand.array, Layout { offset: walk.offset(k, at + i), ..place.clone() });
            let to = NdArray::view(&buffer, Layout { dtype: operand.dtype.clone(), offset: i * itemsize, ..place });
            crate::array::assign::copy_into(&context.runtime, &to, &from, None, Casting::Unsafe)?;
        }
        buffer.set_writeable(operand.writes);
        Ok(Value::Array(buffer))
    }

    /// What it shows where it stands: one array, or one of each operand.
    fn values(&self, context: &Context) -> Result<Value> {
        if self.operands.len() == 1 {
            return self.value(context, 0);
        }
        Ok(Value::tuple((0..self.operands.len()).map(|k| self.value(context, k)).collect::<Result<Vec<_>>>()?))
    }

    fn flat_index(&self) -> Result<usize> {
        let flags = self.flags.get();
        if !flags.c_index && !flags.f_index {
            return Err(value_error("Iterator does not have an index"));
        }
        self.require_place()?;
        let index = self.walk.borrow().index(self.at.get(), self.shape.len());
        let digits = index.iter().zip(&self.shape);
        let add = |number: usize, (&place, &length): (&usize, &usize)| number * length + place;
        Ok(if flags.c_index { digits.fold(0, add) } else { digits.rev().fold(0, add) })
    }

    fn set_place(&self, number: usize) -> Result<()> {
        if number >= self.size() {
            return Err(index_error(format!(
                "Iterator GotoIterIndex called with an out-of-bounds iteration index {number}"
            )));
        }
        self.at.set(number);
        self.is_started.set(false);
        Ok(())
    }

    /// The array over all that operand `k` shows, in the order of the walk.
    fn whole(&self, k: usize) -> Value {
        let walk = self.walk.borrow();
        let operand = &self.operands[k];
        let layout = Layout {
            dtype: operand.array.dtype(),
            shape: walk.axes.iter().map(|axis| axis.length).collect(),
            strides: walk.axes.iter().map(|axis| axis.strides[k]).collect(),
            offset: walk.starts[k],
        };
        let view = NdArray::view(&operand.array, layout);
        view.set_writeable(operand.writes && operand.array.is_writeable());
        Value::Array(view)
    }
}

impl Object for NdIter {
    fn class(&self) -> &'static Class {
        &classes::NDITER
    }

    fn repr(&self, _: &PrintOptions) -> String {
        format!("<numpy.nditer object at 0x{:x}>", shown_address(self as *const NdIter as usize))
    }

    fn attribute(&self, context: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        let flags = self.flags.get();
        let result = match name {
            "finished" => Ok(Value::Bool(self.is_finished())),
            "has_index" => Ok(Value::Bool(flags.c_index || flags.f_index)),
            "has_multi_index" => Ok(Value::Bool(flags.multi_index)),
            "has_delayed_bufalloc" => Ok(Value::Bool(false)),
            "iterationneedsapi" => Ok(Value::Bool(self.operands.iter().any(|operand| operand.dtype.has_object()))),
            "iterindex" => Ok(self.at.get().into()),
            "itersize" => Ok(self.size().into()),
            "iterrange" => Ok(Value::ints([0, self.size()])),
            "itviews" => Ok(Value::tuple((0..self.operands.len()).map(|k| self.whole(k)))),
            "ndim" => Ok(self.walk.borrow().axes.len().into()),
            "nop" => Ok(self.operands.len().into()),
            "dtypes" => Ok(Value::tuple(self.operands.iter().map(|operand| Value::dtype(operand.dtype.clone())))),
            "operands" => Ok(Value::tuple(self.operands.iter().map(|one| Value::Array(Rc::clone(&one.array))))),
            "shape" => {
                let walk = self.walk.borrow();
                let mut axes: Vec<_> = walk.axes.iter().map(|axis| (axis.number, axis.length)).collect();
                if flags.multi_index {
                    axes.sort_unstable();
                }
                Ok(Value::ints(axes.into_iter().map(|(_, length)| length)))
            }
            "multi_index" if !flags.multi_index => Err(value_error("Iterator is not tracking a multi-index")),
            "multi_index" => self.require_place().map(|()| {
                let walk = self.walk.borrow();
                let index = walk.index(self.at.get(), self.shape.len());
                let kept = (0..self.shape.len()).filter(|&axis| walk.axes.iter().any(|a| a.number == axis));
                Value::ints(kept.map(|axis| index[axis]))
            }),
            "index" => self.flat_index().map(Value::from),
            "value" => self.values(context),
            _ => return None,
        };
        Some(result)
    }

    fn set_attribute(&self, _: &mut Context, name: &str, value: &Value) -> Option<Result<()>> {
        let set = || -> Result<()> {
            match name {
                "iterindex" => {
                    let number = usize::try_from(as_index(value)?);
                    self.set_place(number.map_err(|_| index_error("the iteration index is negative".into()))?)
                }
                "multi_index" if self.flags.get().multi_index => {
                    let index = shape_of(value)?;
                    let fits = index.len() == self.shape.len()
                        && index.iter().zip(&self.shape).all(|(&i, &n)| i >= 0 && (i as usize) < n);
                    if !fits {
                        return Err(index_error(
                            "Iterator GotoMultiIndex called with an out-of-bounds multi-index".into(),
                        ));
                    }
                    let index: Vec<usize> = index.iter().map(|&i| i as usize).collect();
                    let number = self.walk.borrow().number(&index);
                    self.set_place(number)
                }
                "multi_index" => Err(value_error("Iterator is not tracking a multi-index")),
                "index" => {
                    let flags = self.flags.get();
                    if !flags.c_index && !flags.f_index {
                        return Err(value_error("Iterator does not have an index"));
                    }
                    let Ok(mut rest) = usize::try_from(as_index(value)?) else {
                        return Err(index_error("Iterator GotoIndex called with an out-of-bounds index".into()));
                    };
                    let mut index = self.shape.clone();
                    let mut digit = |place: &mut usize| {
                        let length = (*place).max(1);
                        *place = rest % length;
                        rest /= length;
                    };
                    if flags.c_index {
                        index.iter_mut().rev().for_each(&mut digit);
                    } else {
                        index.iter_mut().for_each(&mut digit);
                    }
                    if rest > 0 {
                        return Err(index_error("Iterator GotoIndex called with an out-of-bounds index".into()));
                    }
                    let number = self.walk.borrow().number(&index);
                    self.set_place(number)
                }
                other => Err(attribute_error(format!("attribute '{other}' of 'numpy.nditer' objects is not writable"))),
            }
        };
        self.attributes().contains(&name).then(set)
    }

    fn attributes(&self) -> &'static [&'static str] {
        &[
            "dtypes",
            "finished",
            "has_delayed_bufalloc",
            "has_index",
            "has_multi_index",
            "index",
            "iterationneedsapi",
            "iterindex",
            "iterrange",
            "itersize",
            "itviews",
            "multi_index",
            "ndim",
            "nop",
            "operands",
            "shape",
            "value",
        ]
    }

    fn length(&self) -> Option<usize> {
        Some(self.operands.len())
    }

    fn item(&self, context: &mut Context, _: &Value, index: &Value) -> Result<Value> {
        if let Value::Slice(_) = index {
            let values = (0..self.operands.len()).map(|k| self.value(context, k)).collect::<Result<Vec<_>>>()?;
            return (context.catalog.hooks.operators.get_item)(context, &Value::tuple(values), index);
        }
        let at = as_index(index).map_err(|_| type_error("invalid index type for iterator indexing"))?;
        let own = if at < 0 { at + self.operands.len() as isize } else { at };
        match usize::try_from(own) {
            Ok(k) if k < self.operands.len() => self.value(context, k),
            _ => Err(index_error(format!("Iterator operand index {at} is out of bounds"))),
        }
    }

    fn set_item(&self, context: &mut Context, index: &Value, value: &Value) -> Result<()> {
        let place = self.item(context, &Value::None, index)?;
        let Value::Array(place) = place else { return Ok(()) };
        if !place.is_writeable() {
            return Err(value_error("Iterator operand is not writeable"));
        }
        crate::numpy::calls::set(context, &place, &[crate::array::index::Index::Ellipsis], value)
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn next(&self, context: &mut Context) -> Option<Result<Value>> {
        if self.is_closed.get() {
            return Some(Err(value_error("Iterator is invalid")));
        }
        if self.is_started.replace(true) {
            self.advance();
        }
        (!self.is_finished()).then(|| self.values(context))
    }

    fn twin(&self, _: &Value, twins: &mut Twins) -> Result<Value> {
        let twin = self.duplicate();
        let operands =
            self.operands.iter().map(|one| Operand { array: twins.array(&one.array), ..one.clone() }).collect();
        Ok(Value::object(NdIter { operands, ..twin }))
    }

    fn held(&self) -> Vec<(Way, Value)> {
        self.operands.iter().map(|one| (Way::Inside, Value::Array(Rc::clone(&one.array)))).collect()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
