//! `np.random`: generators as values, and the functions that draw from them into arrays.

mod bit_generators;
mod bit_state;
mod choice;
mod continuous;
mod discrete;
mod drawing;
mod generator;
mod integers;
mod legacy;
mod legacy_distributions;
mod multivariate;
mod parameters;
mod seed_sequences;
mod shuffling;

pub use generator::shared_replica;

use crate::registry::Section;

/// The sections of random numbers.
pub const SECTIONS: &[Section] = &[
    bit_generators::SECTION,
    seed_sequences::SECTION,
    generator::SECTION,
    continuous::SECTION,
    discrete::SECTION,
    integers::SECTION,
    choice::SECTION,
    shuffling::SECTION,
    multivariate::SECTION,
    legacy::SECTION,
    legacy_distributions::SECTION,
];
