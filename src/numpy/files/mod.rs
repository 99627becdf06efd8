//! Arrays in files: `np.save`, `np.load`, `np.memmap`, `np.fromfile`, `np.loadtxt` and their kin.
//!
//! A plan reads headers, and neither writes a file nor reads the elements of one.

mod binary;
mod format;
mod genfromtxt;
mod loadtxt;
mod memmap;
mod names;
mod npy;
mod npz;
mod savetxt;
mod source;
mod text;

use crate::registry::Section;

/// The sections of this folder.
pub const SECTIONS: &[Section] = &[
    npy::SECTION,
    npz::SECTION,
    memmap::SECTION,
    binary::SECTION,
    format::SECTION,
    genfromtxt::SECTION,
    loadtxt::SECTION,
    savetxt::SECTION,
];
