//! The visit of several operands at once: arrays as they are laid out, and scalars that stay where they are.

use super::scratch::Scratch;
use crate::array::layout::{Runs, Traversal};
use crate::array::{ArrayRef, Layout, Order, Scalar};
use crate::error::Result;
use crate::interrupt;
use smallvec::SmallVec;
use std::cell::Ref;
use std::ops::Deref;

/// The layout of an operand: an array's, or a place of its own.
pub enum Place<'a> {
    /// An array's.
    Array(Ref<'a, Layout>),
    /// Made for this visit.
    Own(Layout),
}

impl Deref for Place<'_> {
    type Target = Layout;
    #[inline]
    fn deref(&self) -> &Layout {
        match self {
            Place::Array(layout) => layout,
            Place::Own(layout) => layout,
        }
    }
}

impl<'a> Place<'a> {
    /// Where an array's elements are.
    #[inline]
    pub fn of(array: &'a ArrayRef) -> Place<'a> {
        Place::Array(array.layout())
    }

    /// Where the scratch keeps the scalar of operand `k`.
    #[inline]
    pub fn of_scalar(k: usize, value: Scalar) -> Place<'a> {
        let offset = Scratch::scalar(k);
        Place::Own(Layout { dtype: value.dtype(), shape: SmallVec::new(), strides: SmallVec::new(), offset })
    }
}

/// Places of a call's operands.
pub type Places<'a> = SmallVec<[Place<'a>; 5]>;

/// The most elements between two looks at the interrupt flag.
const PATIENCE: usize = 1 << 20;

/// The traversal of operands broadcast to `shape`.
#[inline]
pub fn traverse(shape: &[usize], places: &[Place<'_>], order: Order) -> Traversal {
    let layouts: SmallVec<[&Layout; 5]> = places.iter().map(|place| &**place).collect();
    Traversal::new(shape, &layouts, order, true)
}

/// Calls `run` for each inner run: the byte where each operand starts, their strides, the number of elements. Looks
/// at the interrupt flag now and then.
///
/// # Errors
/// What `run` gives, and `KeyboardInterrupt`.
#[inline]
pub fn for_each_run(traversal: &Traversal, mut run: impl FnMut(&[usize], &[isize], usize) -> Result<()>) -> Result<()> {
    if traversal.count == 0 {
        return Ok(());
    }
    if traversal.shape.is_empty() {
        return run(&traversal.offsets, &traversal.inner, traversal.count);
    }
    let mut runs: Runs<'_> = traversal.runs();
    let mut since = 0usize;
    while let Some(offsets) = runs.next_run() {
        run(offsets, &traversal.inner, traversal.count)?;
        since = since.saturating_add(traversal.count);
        if since >= PATIENCE {
            interrupt::check()?;
            since = 0;
        }
    }
    Ok(())
}
