//! The elements of an array one by one, and its bytes: what `tolist`, `tobytes`, `flat` and `frombuffer` need.

use super::cast::{Caster, Strided};
use super::compound::Compound;
use super::dtype::{DType, Type};
use super::item::Item;
use super::layout::{Layout, Order, Traversal};
use super::ndarray::{ArrayRef, NdArray};
use super::runtime::Runtime;
use super::scalar::Scalar;
use crate::error::{Error, ErrorClass, Result, value_error};
use crate::memory::{AlignedBytes, Buffer};
use std::any::Any;
use std::rc::Rc;

/// The elements of an array in C or F order (or A, K), as scalars. Zeros where the array is only planned.
pub struct Elements {
    buffer: Rc<Buffer>,
    dtype: DType,
    traversal: Traversal,
    index: Vec<usize>,
    start: usize,
    done: usize,
    left: usize,
}

/// The elements of `array` in `order`.
pub fn elements(array: &NdArray, order: Order) -> Elements {
    let layout = array.layout();
    let order = if order == Order::A {
        if layout.is_f_contiguous() && !layout.is_c_contiguous() { Order::F } else { Order::C }
    } else {
        order
    };
    let traversal = Traversal::new(&layout.shape, &[&layout], order, false);
    Elements {
        buffer: array.buffer(),
        dtype: layout.dtype.clone(),
        index: vec![0; traversal.shape.len()],
        start: layout.offset,
        done: 0,
        left: layout.size(),
        traversal,
    }
}

/// As [`elements`], whatever they are.
pub fn items(array: &NdArray, order: Order) -> impl Iterator<Item = Item> {
    let mut elements = elements(array, order);
    std::iter::from_fn(move || {
        let offset = elements.next_offset()?;
        Some(Item::read(&elements.buffer, offset, &elements.dtype))
    })
}

impl Elements {
    /// The byte where the next element stands.
    fn next_offset(&mut self) -> Option<usize> {
        self.left = self.left.checked_sub(1)?;
        let step = self.traversal.inner.first().copied().unwrap_or(0);
        let offset = self.start.wrapping_add_signed(step.wrapping_mul(self.done as isize));
        self.done += 1;
        if self.done == self.traversal.count {
            self.done = 0;
            for axis in (0..self.index.len()).rev() {
                let stride = self.traversal.strides[axis];
                self.index[axis] += 1;
                if self.index[axis] < self.traversal.shape[axis] {
                    self.start = self.start.wrapping_add_signed(stride);
                    break;
                }
                self.index[axis] = 0;
                let back = stride.wrapping_mul(self.traversal.shape[axis] as isize - 1);
                self.start = self.start.wrapping_add_signed(back.wrapping_neg());
            }
        }
        Some(offset)
    }
}

impl Iterator for Elements {
    type Item = Scalar;

    fn next(&mut self) -> Option<Scalar> {
        let offset = self.next_offset()?;
        Some(Scalar::read(&self.buffer, offset, &self.dtype))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Elements {}

/// `a.tobytes(order)`: the elements' bytes side by side, in the array's own byte order.
///
/// # Errors
/// `MemoryError`; `KeyboardInterrupt`.
pub fn tobytes(array: &NdArray, order: Order) -> Result<Vec<u8>> {
    bytes_of(&array.buffer(), &array.layout(), order)
}

/// As [`tobytes`], of the elements that a layout shows of a buffer. Zeros where the buffer is only planned.
///
/// # Errors
/// As [`tobytes`].
pub fn bytes_of(buffer: &Buffer, layout: &Layout, order: Order) -> Result<Vec<u8>> {
    let fortran = match order {
        Order::F => true,
        Order::A | Order::K => layout.is_f_contiguous() && !layout.is_c_contiguous(),
        Order::C => false,
    };
    let target = Layout::contiguous(layout.dtype.clone(), &layout.shape, if fortran { Order::F } else { Order::C });
    let len = layout.nbytes();
    let refused = || Error::new(ErrorClass::MemoryError, "");
    let side = AlignedBytes::zeroed(len).ok_or_else(refused)?;
    if let Some(bytes) = buffer.bytes() {
        let caster = Caster::new(&layout.dtype, &layout.dtype);
        let walk = Traversal::new(&layout.shape, &[&target, layout], Order::K, false);
        walk.for_each_run(|offsets, strides, count| {
            let to = Strided { bytes: &side, offset: offsets[0], stride: strides[0] };
            caster.cast(Strided { bytes, offset: offsets[1], stride: strides[1] }, to, count)
        })?;
    }
    Ok(side.cells().iter().map(|byte| byte.get()).collect())
}

/// `np.frombuffer(buffer, dtype, count, offset)`: a 1-d array over the bytes of another object, which becomes its
/// base. `count` -1 takes all that is there (`PyArray_FromBuffer`, ctors.c).
///
/// # Errors
/// NumPy's `ValueError`s: `buffer size must be a multiple of element size`, `buffer is smaller than requested size`,
/// `offset must be non-negative and no greater than buffer length (8)`.
pub fn frombuffer(
    runtime: &Runtime,
    bytes: Rc<AlignedBytes>,
    base: Rc<dyn Any>,
    writeable: bool,
    dtype: &DType,
    count: isize,
    offset: isize,
) -> Result<ArrayRef> {
    let (start, count) = buffer_extent(bytes.len(), dtype.itemsize(), count, offset)?;
    let layout = Layout { offset: start, ..Layout::contiguous(dtype.clone(), &[count], Order::C) };
    Ok(NdArray::over(layout, runtime.ledger.borrow(bytes), base, writeable))
}

/// Where [`frombuffer`] starts in a buffer of `len` bytes, and how many elements it takes.
///
/// # Errors
/// Its `ValueError`s.
pub fn buffer_extent(len: usize, itemsize: usize, count: isize, offset: isize) -> Result<(usize, usize)> {
    let start = usize::try_from(offset)
        .ok()
        .filter(|&start| start <= len)
        .ok_or_else(|| value_error(format!("offset must be non-negative and no greater than buffer length ({len})")))?;
    let left = len - start;
    let count = match usize::try_from(count) {
        Err(_) => {
            if !left.is_multiple_of(itemsize) {
                return Err(value_error("buffer size must be a multiple of element size"));
            }
            left / itemsize
        }
        Ok(count) => {
            if count.checked_mul(itemsize).is_none_or(|wanted| wanted > left) {
                return Err(value_error("buffer is smaller than requested size"));
            }
            count
        }
    };
    Ok((start, count))
}

/// `a.byteswap(inplace=True)`: swaps the bytes of every element (of each part of a complex number) where they are;
/// the values change (`PyArray_Byteswap`, methods.c).
///
/// # Errors
/// `ValueError: array to be byte-swapped is read-only`.
pub fn byteswap(runtime: &Runtime, array: &ArrayRef) -> Result<()> {
    array.require_writeable("array to be byte-swapped")?;
    byteswap_new(array)?;
    runtime.record_write(array, None);
    Ok(())
}

/// [`byteswap`] for an array that nobody has seen yet: nothing is recorded. `a.byteswap()` is a copy with this.
///
/// # Errors
/// `RuntimeError` where the array reaches outside its buffer.
pub fn byteswap_new(array: &NdArray) -> Result<()> {
    let layout = array.layout();
    let buffer = array.buffer();
    let Some(bytes) = buffer.bytes() else { return Ok(()) };
    let walk = Traversal::new(&layout.shape, &[&layout], Order::K, false);
    if !layout.dtype.is_number() || layout.dtype.compound().is_some() {
        let parts = ordered_parts(&layout.dtype);
        let size = layout.dtype.itemsize();
        return walk.for_each_run(|offsets, strides, count| {
            for i in 0..count {
                let start = offsets[0].wrapping_add_signed(strides[0].wrapping_mul(i as isize));
                let cells = bytes.cells().get(start..start.saturating_add(size)).unwrap_or_default();
                for part in &parts {
                    let part = cells.get(part.offset..part.offset + part.size).unwrap_or_default();
                    (0..part.len() / 2).for_each(|k| part[k].swap(&part[part.len() - 1 - k]));
                }
            }
            Ok(())
        });
    }
    let (native, swapped) = (layout.dtype.native(), layout.dtype.with_swapped(true));
    let caster = Caster::new(&native, &swapped);
    walk.for_each_run(|offsets, strides, count| {
        let run = Strided { bytes, offset: offsets[0], stride: strides[0] };
        caster.cast(run, run, count)
    })
}

/// A value in an element whose bytes have an order: a number, a part of a complex one, a character.
pub struct OrderedPart {
    /// The byte of the element where it starts.
    pub offset: usize,
    /// How many bytes it has.
    pub size: usize,
    /// Whether they stand in the other order than the machine's.
    pub swapped: bool,
}

/// The values in an element whose bytes have an order.
pub fn ordered_parts(dtype: &DType) -> Vec<OrderedPart> {
    let mut parts = Vec::new();
    add_parts(dtype, 0, &mut parts);
    parts
}

fn add_parts(dtype: &DType, offset: usize, parts: &mut Vec<OrderedPart>) {
    let mut add = |size: usize| {
        let count = dtype.itemsize() / size.max(1);
        let part = |i: usize| OrderedPart { offset: offset + i * size, size, swapped: dtype.is_swapped() };
        parts.extend((0..count).map(part));
    };
    match (dtype.compound(), dtype.ty()) {
        (Some(Compound::Struct(whole)), Type::Void) => {
            whole.fields.iter().for_each(|field| add_parts(&field.dtype, offset + field.offset, parts));
        }
        (Some(Compound::Array(base, shape)), _) => {
            let count: usize = shape.iter().product();
            (0..count).for_each(|i| add_parts(base, offset + i * base.itemsize(), parts));
        }
        (_, Type::Str) => add(4),
        (_, ty) if ty.is_number() => add(ty.part().size()),
        _ => {}
    }
}
