//! Arrays: what an element is, how elements lie in a buffer, and everything that follows from that.
//!
//! [`Layout`] is pure data (dtype, shape, strides, offset) and decides by itself what is contiguous, which
//! reshape needs no copy, what broadcasts, what overlaps. [`NdArray`] is a layout over a buffer, with Python's
//! identity and NumPy's base. This layer knows no names and no session.

pub mod arrange;
pub mod assign;
pub mod calendar;
pub mod cast;
mod changed;
pub mod compound;
mod copied;
pub mod copy;
mod cure;
mod derived;
mod dtype;
pub mod elements;
mod float_status;
pub mod index;
pub mod item;
pub mod layout;
mod ndarray;
mod planned;
pub mod printing;
pub mod reference;
mod runtime;
mod scalar;
pub mod select;
mod subclass;
mod write;

pub use changed::Changed;
pub use copied::{Asked, Copied, CopyReason, Rearranged};
pub use cure::{Cure, Gives};
pub use derived::{Derived, Seen};
pub use dtype::{DType, Kind, Type};
pub use float_status::FloatStatus;
pub use item::{Item, Time};
pub use layout::{Layout, Order, Shape, Strides};
pub use ndarray::{
    ArrayRef, Base, NdArray, ObjectId, exchange_count, next_id, renumber_from, take_changes, watch_changes,
};
pub use planned::Bounds;
pub use reference::{Reference, Referent};
pub use runtime::{ErrorState, Reaction, Runtime, Warning};
pub use scalar::{Element, Scalar};
pub use subclass::{Mapped, Subclass};
pub use write::{Repeats, Write};
