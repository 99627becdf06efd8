//! Linear algebra: products of arrays, and `np.linalg`.

mod chains;
mod einsum;
mod factors;
mod matrices;
mod norms;
mod products;
mod solutions;
mod tensors;

pub use products::{call_generalized, generalized_signature};

use crate::registry::Section;

/// The sections of linear algebra.
pub const SECTIONS: &[Section] = &[
    products::SECTION,
    tensors::SECTION,
    einsum::SECTION,
    matrices::SECTION,
    norms::SECTION,
    factors::SECTION,
    solutions::SECTION,
    chains::SECTION,
];
