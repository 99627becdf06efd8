//! Why array data was copied: every copy of a statement, with the reason that decided it.
//!
//! Who makes a copy records it ([`Runtime::record_copy`]) where it knows why no view would do. What is told of a
//! result (`%why`, `%plan`, the prompt's hint, lost writes, the avoidable copies of `%mem`) is read from these records
//! and from buffers and layouts, never guessed from the name of a function. What to write instead of an avoidable copy
//! is in [`Copied::cure`].

use super::dtype::DType;
use super::index::Gathered;
use super::layout::{Layout, Order, Reason, Shape};
use super::ndarray::{NdArray, ObjectId};
use super::runtime::Runtime;
use crate::memory::{Buffer, BufferId};
use crate::syntax::ast::Span;
use std::fmt;

/// Why there is new memory where there were bytes already.
#[derive(Clone, Debug, PartialEq)]
pub enum CopyReason {
    /// No layout over the same bytes has this shape, with the elements in this order.
    NoView {
        /// What stands in the way.
        reason: Reason,
        /// The shape that was asked for.
        shape: Shape,
        /// The order in which the elements are taken.
        order: Order,
    },
    /// A copy was asked for.
    Asked(Asked),
    /// Another order in memory was asked for.
    OutOfOrder(Reason),
    /// The items become items of another dtype.
    Cast {
        /// What they were.
        from: DType,
        /// What they become.
        to: DType,
    },
    /// Aligned items were asked for, and these are not.
    NotAligned {
        /// The alignment, in bytes.
        align: usize,
    },
    /// A writeable array was asked for, and this one is read-only.
    ReadOnly,
    /// An array that owns its memory was asked for, and this one is a view.
    NotOwned,
    /// An array in the index, so that the elements are gathered.
    Gathered(Gathered),
    /// Several arrays become one.
    Joined {
        /// How many.
        count: usize,
    },
    /// Each element is picked from one of several arrays.
    Picked {
        /// From how many.
        count: usize,
    },
    /// The elements stand in another order, which no strides follow.
    Rearranged(Rearranged),
    /// What is read would be overwritten before it is read.
    Overlap,
}

/// How a copy was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Just so: `copy()`, `np.copy`.
    Copy,
    /// `np.array` of an array, with `copy=True`, which is its default.
    Array,
    /// An index of `flat`, which always copies.
    Flat,
    /// `flatten`, which always copies, with the elements in this order.
    Flatten(Order),
    /// `astype` to the dtype that the array has, with its default `copy=True`.
    Astype,
    /// `reshape` to this shape with `copy=True`, though there is a view.
    Reshape(Shape, Order),
}

/// What happens to elements that no strides could follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rearranged {
    /// They are sorted, or partly.
    Sorted,
    /// Each value is kept once.
    Distinct,
    /// Some stand there several times.
    Repeated,
    /// Those that leave at one end come in at the other.
    Rolled,
    /// More are put among or around them.
    Grown,
    /// Some are left out.
    Thinned,
    /// The bytes of each change places.
    Swapped,
}

impl CopyReason {
    /// Whether none might have been expected: the copy was neither asked for by name, nor are its values others, nor
    /// does it join or rearrange what a view could never show. One might expect a buffer to grow, as Python's lists do.
    pub fn surprises(&self) -> bool {
        match self {
            CopyReason::NoView { .. }
            | CopyReason::OutOfOrder(_)
            | CopyReason::NotAligned { .. }
            | CopyReason::ReadOnly
            | CopyReason::NotOwned
            | CopyReason::Gathered(_)
            | CopyReason::Overlap
            | CopyReason::Rearranged(Rearranged::Grown)
            | CopyReason::Asked(Asked::Array | Asked::Flat | Asked::Flatten(_) | Asked::Astype) => true,
            CopyReason::Asked(Asked::Copy | Asked::Reshape(..))
            | CopyReason::Cast { .. }
            | CopyReason::Joined { .. }
            | CopyReason::Picked { .. }
            | CopyReason::Rearranged(_) => false,
        }
    }

    /// From how many arrays the elements come.
    pub fn sources(&self) -> usize {
        match self {
            CopyReason::Joined { count } | CopyReason::Picked { count } => *count,
            _ => 1,
        }
    }

    /// There is no view of all elements of `array` as one axis in this order.
    pub fn no_flat_view(reason: Reason, array: &NdArray, order: Order) -> CopyReason {
        CopyReason::NoView { reason, shape: Shape::from_slice(&[array.size()]), order }
    }
}

impl fmt::Display for CopyReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CopyReason::NoView { reason, .. } | CopyReason::OutOfOrder(reason) => reason.fmt(f),
            CopyReason::Asked(asked) => f.write_str(match asked {
                Asked::Copy => "a copy was asked for",
                Asked::Array => "np.array copies unless copy=None",
                Asked::Flat => "an index of flat always copies",
                Asked::Flatten(_) => "flatten always copies",
                Asked::Astype => "astype copies unless copy=False, though the dtype stays the same",
                Asked::Reshape(..) => "copy=True was asked for",
            }),
            CopyReason::Cast { from, to } => write!(f, "every item is converted from {from} to {to}"),
            CopyReason::NotAligned { align } => write!(f, "not aligned: an item starts at no multiple of {align}"),
            CopyReason::ReadOnly => f.write_str("a writeable array was asked for, and this one is read-only"),
            CopyReason::NotOwned => f.write_str("an array that owns its data was asked for, and this one is a view"),
            CopyReason::Gathered(gathered) => gathered.fmt(f),
            CopyReason::Joined { count: 1 } => f.write_str("joining always copies"),
            CopyReason::Joined { .. } => f.write_str("no strides run through several arrays"),
            CopyReason::Picked { count: 1 } => f.write_str("each element is picked by a condition"),
            CopyReason::Picked { count } => write!(f, "each element is picked from one of {count} arrays"),
            CopyReason::Rearranged(how) => f.write_str(match how {
                Rearranged::Sorted => "sorted elements follow no strides",
                Rearranged::Distinct => "the distinct values follow no strides",
                Rearranged::Repeated => "elements that repeat in a row follow no strides",
                Rearranged::Rolled => "no stride leads from the last element to the first",
                Rearranged::Grown => "a buffer cannot grow: there are more elements than before",
                Rearranged::Thinned => "what is left follows no strides",
                Rearranged::Swapped => "the bytes of every item change places",
            }),
            CopyReason::Overlap => f.write_str("source and target overlap"),
        }
    }
}

/// One copy of array data into a new buffer.
#[derive(Clone, Debug, PartialEq)]
pub struct Copied {
    /// The buffer it was copied from.
    pub source: BufferId,
    /// The array it was read through.
    pub array: ObjectId,
    /// What was copied, as the layout of that array.
    pub layout: Layout,
    /// The new buffer.
    pub copy: BufferId,
    /// The bytes of the new buffer.
    pub bytes: usize,
    /// Why.
    pub reason: CopyReason,
    /// The expression whose value was copied, where the evaluator saw it.
    pub expression: Option<Span>,
    /// Whether that very value was copied, and not a view which a function made of it first.
    pub direct: bool,
}

impl Runtime {
    /// Records that `copy` was made of `source`, and why.
    pub fn record_copy(&self, source: &NdArray, copy: &NdArray, reason: CopyReason) {
        if self.ledger.is_recording() {
            self.record_copied(source, &copy.buffer_ref(), reason);
        }
    }

    /// Records that elements of `source` were copied to the buffer `to`, and why.
    pub fn record_copied(&self, source: &NdArray, to: &Buffer, reason: CopyReason) {
        if self.ledger.is_recording() {
            self.copies.borrow_mut().push(Copied {
                source: source.buffer_ref().id(),
                array: source.id(),
                layout: source.layout().clone(),
                copy: to.id(),
                bytes: to.len(),
                reason,
                expression: None,
                direct: false,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Type;
    use super::super::copy::{Requirements, astype, copy, from_array, ravel};
    use super::super::layout::transpose::transpose;
    use super::*;
    use crate::array::cast::Casting;

    #[test]
    fn every_copy_says_why() {
        let runtime = Runtime::default();
        let a = NdArray::zeros(&runtime, Type::Int64.into(), &[2, 3], Order::C).unwrap();
        let t = NdArray::view(&a, transpose(&a.layout(), None).unwrap());
        copy(&runtime, &a, Order::C).unwrap();
        ravel(&runtime, &t).unwrap();
        astype(&runtime, &a, &Type::Int8.into(), Order::K, Casting::Unsafe, true).unwrap();
        astype(&runtime, &a, &Type::Int64.into(), Order::K, Casting::Unsafe, true).unwrap();
        astype(&runtime, &a, &Type::Int64.into(), Order::F, Casting::Unsafe, false).unwrap();
        from_array(&runtime, &t, &Type::Int64.into(), Requirements::CARRAY, Casting::Safe).unwrap();
        ravel(&runtime, &a).unwrap();
        let reasons: Vec<String> = runtime.copies.borrow().iter().map(|copied| copied.reason.to_string()).collect();
        assert_eq!(
            reasons,
            [
                "a copy was asked for",
                "not C-contiguous: axis 1 has stride 24, not 8",
                "every item is converted from int64 to int8",
                "astype copies unless copy=False, though the dtype stays the same",
                "not F-contiguous: axis 0 has stride 24, not 8",
                "not C-contiguous: axis 1 has stride 24, not 8",
            ]
        );
    }

    #[test]
    fn timing_loops_record_nothing() {
        let runtime = Runtime::default();
        runtime.ledger.set_recording(false);
        let a = NdArray::zeros(&runtime, Type::Int64.into(), &[2, 3], Order::C).unwrap();
        copy(&runtime, &a, Order::C).unwrap();
        assert!(runtime.copies.borrow().is_empty());
    }
}
