//! Where the bytes are: numbered buffers, the ledger that counts them, and the one place with `unsafe`.
//!
//! A [`Buffer`] is a run of bytes with a small number (`#1`). A [`Ledger`] hands buffers out, is told when
//! they go, and can say at any time how many bytes live, how many lived at most, and why each was made.
//! [`typed`] turns a part of a buffer into a typed [`Run`] that kernels read and write; it is the only
//! module of the crate with `unsafe` code. This layer knows no dtypes, no names and no text.

mod buffer;
mod ledger;
#[allow(unsafe_code)]
mod typed;

pub use buffer::{Buffer, BufferId, MappedFile, Source};
pub use ledger::{Event, EventKind, Ledger, OutOfMemory, Teller};
pub use typed::{AlignedBytes, Bool, Mapping, OutOfBounds, Plain, Run, with_wide_vectors};
