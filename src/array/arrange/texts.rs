//! Lines of elements that are no numbers, taken out as bytes: to be ordered and put back.

use super::super::calendar::NAT;
use super::super::cast::{Strided, cells_of};
use super::super::dtype::DType;
use super::super::item::{Item, Time, order_elements};
use super::super::layout::{Order, Traversal};
use super::super::ndarray::NdArray;
use super::super::reference;
use crate::error::Result;
use crate::interrupt;
use std::cell::Cell;
use std::cmp::Ordering;

/// Elements side by side, as bytes.
pub struct Elements {
    dtype: DType,
    bytes: Vec<u8>,
    len: usize,
}

impl Elements {
    /// The `len` elements of a run.
    ///
    /// # Errors
    /// `RuntimeError` where one is outside its bytes.
    pub fn load(run: Strided<'_>, len: usize, dtype: &DType) -> Result<Elements> {
        let size = dtype.itemsize();
        let mut bytes = Vec::with_capacity(len.saturating_mul(size));
        for i in 0..len {
            bytes.extend(cells_of(run.from(i), size)?.iter().map(Cell::get));
        }
        Ok(Elements { dtype: dtype.clone(), bytes, len })
    }

    /// All elements of an array in C order; none where it is only planned.
    ///
    /// # Errors
    /// As [`Elements::load`]; `KeyboardInterrupt`.
    pub fn of(array: &NdArray) -> Result<Elements> {
        let layout = array.layout().clone();
        let buffer = array.buffer();
        let mut all = Elements { dtype: layout.dtype.clone(), bytes: Vec::new(), len: 0 };
        let Some(source) = buffer.bytes() else { return Ok(all) };
        Traversal::new(&layout.shape, &[&layout], Order::C, false).for_each_run(|starts, steps, count| {
            let run = Strided { bytes: source, offset: starts[0], stride: steps[0] };
            let part = Elements::load(run, count, &layout.dtype)?;
            all.bytes.extend(part.bytes);
            all.len += count;
            Ok(())
        })?;
        Ok(all)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The bytes of element `i`.
    pub fn get(&self, i: usize) -> &[u8] {
        let size = self.dtype.itemsize();
        self.bytes.get(i * size..(i + 1) * size).unwrap_or_default()
    }

    /// Whether element `i` is a date or a span that is not a time.
    pub fn is_nat(&self, i: usize) -> bool {
        let nat = |item| matches!(item, Item::Time(Time { count: NAT, .. }));
        self.dtype.ty().is_time() && nat(Item::from_bytes(self.get(i), &self.dtype))
    }

    /// Which of the elements `i` and `j` comes first.
    pub fn order(&self, i: usize, j: usize) -> Ordering {
        self.order_bytes(self.get(i), self.get(j))
    }

    /// Which of two elements of this dtype comes first.
    pub fn order_bytes(&self, a: &[u8], b: &[u8]) -> Ordering {
        order_elements((&self.dtype, a), (&self.dtype, b))
    }

    /// The indices that sort them; equal elements keep their order.
    ///
    /// # Errors
    /// `KeyboardInterrupt`.
    pub fn argsort(&self) -> Result<Vec<i64>> {
        interrupt::check()?;
        let mut order: Vec<i64> = (0..self.len as i64).collect();
        if self.dtype.has_object() {
            self.merge_sort(&mut order)?;
            return Ok(order);
        }
        order.sort_by(|&i, &j| self.order(i as usize, j as usize));
        Ok(order)
    }

    /// Sorts indices of objects, whose order may be none: that stops it.
    fn merge_sort(&self, order: &mut [i64]) -> Result<()> {
        let middle = order.len() / 2;
        if middle == 0 {
            return Ok(());
        }
        let (left, right) = order.split_at_mut(middle);
        self.merge_sort(left)?;
        self.merge_sort(right)?;
        let (left, right) = (left.to_vec(), right.to_vec());
        let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
        for to in order.iter_mut() {
            let from_right = match (left.peek(), right.peek()) {
                (Some(&&a), Some(&&b)) => self.order(b as usize, a as usize).is_lt(),
                (None, _) => true,
                _ => false,
            };
            reference::raise_failure()?;
            if let Some(&next) = if from_right { right.next() } else { left.next() } {
                *to = next;
            }
        }
        interrupt::check()
    }

    /// Puts the elements of these indices, one after the other, into a run.
    ///
    /// # Errors
    /// As [`Elements::load`].
    pub fn store(&self, order: &[i64], run: Strided<'_>) -> Result<()> {
        for (i, &from) in order.iter().enumerate() {
            let cells = cells_of(run.from(i), self.dtype.itemsize())?;
            cells.iter().zip(self.get(from as usize)).for_each(|(cell, byte)| cell.set(*byte));
        }
        Ok(())
    }
}
