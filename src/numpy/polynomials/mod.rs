//! Simple polynomials: `np.poly1d`, and arrays of coefficients.

mod arithmetic;
mod fitting;
mod poly1d;
mod roots;

use crate::registry::Section;

/// The sections of polynomials.
pub const SECTIONS: &[Section] = &[poly1d::SECTION, arithmetic::SECTION, roots::SECTION, fitting::SECTION];
