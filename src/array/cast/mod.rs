//! How a value of one type becomes a value of another.

mod scalar;

pub use scalar::cast_scalar;
