//! `np.fft`: discrete Fourier transforms.

mod frequencies;
mod several_axes;
mod transform;

use crate::registry::Section;

/// The sections of Fourier transforms.
pub const SECTIONS: &[Section] = &[transform::SECTION, several_axes::SECTION, frequencies::SECTION];
