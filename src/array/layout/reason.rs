//! Why is there no view? One typed answer, with the numbers that decided it.
//!
//! A layout function that cannot answer with a layout answers with a [`Reason`]. `%why`, `%plan`, the help under
//! an error and the reports all print this one value, so they can never disagree. Where NumPy raises instead of
//! copying, [`Error`] is made from the reason: NumPy's message, and the reason as the label beside the caret.

use super::Order;
use crate::error::{Error, value_error};
use std::fmt;

/// Why no layout over the same bytes does what was asked. Strides and item sizes are in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// A reshape would merge `axis` and `next`, but `stride` is not `length * step`.
    AxesDoNotMerge {
        /// The first of the two axes (of the array that is reshaped).
        axis: usize,
        /// The second.
        next: usize,
        /// The stride of the axis that should step over the other as a whole.
        stride: isize,
        /// The length of the other axis.
        length: usize,
        /// The stride of the other axis.
        step: isize,
        /// `F` where elements are taken first axis fastest, else `C`.
        order: Order,
    },
    /// A flat view of all elements needs `wanted` as the stride of `axis`.
    NotContiguous {
        /// The first axis, from the fastest, that leaves the pattern.
        axis: usize,
        /// Its stride.
        stride: isize,
        /// The stride it needs.
        wanted: isize,
        /// The order in which the elements are taken.
        order: Order,
    },
    /// A dtype of another size needs the items of the last axis side by side.
    LastAxisNotContiguous {
        /// The stride of the last axis.
        stride: isize,
        /// The size of an item now.
        itemsize: usize,
    },
    /// An array without axes has nothing to stretch or shrink when the item size changes.
    NoAxisToResize {
        /// The size of an item now.
        itemsize: usize,
        /// The size asked for.
        wanted: usize,
    },
    /// An item of `itemsize` bytes does not split into items of `wanted` bytes.
    ItemDoesNotSplit {
        /// The size of an item now.
        itemsize: usize,
        /// The size asked for.
        wanted: usize,
    },
    /// The last axis, `length` items of `itemsize` bytes, does not divide into items of `wanted` bytes.
    AxisDoesNotDivide {
        /// The length of the last axis.
        length: usize,
        /// The size of an item now.
        itemsize: usize,
        /// The size asked for.
        wanted: usize,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Reason::AxesDoNotMerge { axis, next, stride, length, step, order } => {
                let order = if order == Order::F { " in F order" } else { "" };
                write!(f, "axes {axis} and {next} do not merge{order}: stride {stride} is not {length} * {step}")
            }
            Reason::NotContiguous { axis, stride, wanted, order } => match order {
                Order::K => write!(f, "the items leave gaps: axis {axis} has stride {stride}, not {wanted}"),
                _ => write!(f, "not {order:?}-contiguous: axis {axis} has stride {stride}, not {wanted}"),
            },
            Reason::LastAxisNotContiguous { stride, itemsize } => {
                write!(f, "the last axis has stride {stride}, not the item size {itemsize}")
            }
            Reason::NoAxisToResize { itemsize, wanted } => {
                write!(f, "a 0-d array of {itemsize} bytes has no axis for items of {wanted} bytes")
            }
            Reason::ItemDoesNotSplit { itemsize, wanted } => {
                write!(f, "{itemsize} bytes an item do not split into items of {wanted}")
            }
            Reason::AxisDoesNotDivide { length, itemsize, wanted } => {
                write!(
                    f,
                    "{length} * {itemsize} = {} bytes do not divide into items of {wanted}",
                    length.saturating_mul(itemsize)
                )
            }
        }
    }
}

impl Reason {
    /// What NumPy says where it refuses: `copy=False` for shapes, `array_descr_set` for dtypes.
    fn numpy_message(&self) -> &'static str {
        match self {
            Reason::AxesDoNotMerge { .. } | Reason::NotContiguous { .. } => {
                "Unable to avoid creating a copy while reshaping."
            }
            Reason::LastAxisNotContiguous { .. } => {
                "To change to a dtype of a different size, the last axis must be contiguous"
            }
            Reason::NoAxisToResize { .. } => {
                "Changing the dtype of a 0d array is only supported if the itemsize is unchanged"
            }
            Reason::ItemDoesNotSplit { .. } => {
                "When changing to a smaller dtype, its size must be a divisor of the size of original dtype"
            }
            Reason::AxisDoesNotDivide { .. } => {
                "When changing to a larger dtype, its size must be a divisor of the total size in bytes of the last \
                 axis of the array."
            }
        }
    }
}

impl From<Reason> for Error {
    /// NumPy's `ValueError`, with the reason as its label.
    fn from(reason: Reason) -> Error {
        value_error(reason.numpy_message()).label(reason.to_string())
    }
}
