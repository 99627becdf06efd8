//! Files: what their bytes say, as pure functions on bytes and arrays.
//!
//! [`header`] is what stands in front of the elements of a `.npy` file, [`archive`] a `.npz` file of several,
//! [`Stream`] is an open file or bytes in memory, and [`write_whole`] makes a file
//! appear whole or not at all. Nothing that a file says is evaluated, and no size that it names is believed before the
//! bytes are there.

pub mod archive;
mod elements;
mod error;
pub mod header;
mod literal;
mod stream;
pub mod table;

mod whole;

pub use elements::{read_elements, write_elements};
pub use error::os_error;
pub use literal::Literal;
pub use stream::{Stream, Whence};
pub use whole::{open_existing, write_whole};
