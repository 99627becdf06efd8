//! NumPy's functions, one literal each, and what the literals need of Python values.

mod apply;
pub mod attributes;
mod averages;
mod bits;
mod business_days;
mod calculus;
mod calls;
pub mod coercion;
pub mod compound;
mod covariance;
pub mod creation;
mod dates;
pub mod dtypes;
mod error_state;
mod fft;
pub mod fields;
mod files;
mod hash_order;
mod histograms;
mod index_grids;
mod info;
mod iteration;
mod limits;
mod linear;
mod logic;
pub mod manipulation;
mod math;
mod modules;
mod named_tuple;
mod nan_reductions;
mod nditer;
pub mod objects;
mod operators;
mod polynomials;
mod printing;
mod promotion;
mod quantiles;
mod random;
mod recfunctions;
mod records;
mod reductions;
mod removed;
mod running;
mod searching;
mod sets;
mod sharing;
mod signals;
mod sorting;
mod strings;
pub mod subscript;
mod ufunc_object;
mod ufuncs;
mod weighted_quantiles;

pub use calls::outcome;
pub use operators::{absolute, all_unlike, fast_power, filled_comparison, matmul, matmul_into};
pub use random::shared_replica as shared_random_state;
pub use records::RecArray;

use crate::registry::{Catalog, Hooks, Operators, Section};
use std::rc::Rc;

/// The sections of NumPy's entries.
pub const SECTIONS: &[Section] = &[
    modules::SECTION,
    reductions::SECTION,
    averages::SECTION,
    quantiles::SECTION,
    nan_reductions::SECTION,
    apply::SECTION,
    running::SECTION,
    sorting::SECTION,
    sets::SECTION,
    histograms::SECTION,
    error_state::SECTION,
    ufunc_object::SECTION,
    covariance::SECTION,
    calculus::SECTION,
    signals::SECTION,
    math::SECTION,
    searching::SECTION,
    index_grids::SECTION,
    logic::SECTION,
];

/// Everything that can be called: Python's and NumPy's. `operators` is what the evaluator does for operators.
pub fn catalog(operators: Operators) -> Rc<Catalog> {
    let sections = [
        crate::python::SECTIONS,
        crate::python::files::SECTIONS,
        SECTIONS,
        files::SECTIONS,
        attributes::SECTIONS,
        creation::SECTIONS,
        manipulation::SECTIONS,
        &[
            sharing::SECTION,
            promotion::SECTION,
            limits::SECTION,
            printing::SECTION,
            iteration::SECTION,
            bits::SECTION,
            compound::SECTION,
            records::SECTION,
            recfunctions::SECTION,
            strings::SECTION,
            strings::chararray::SECTION,
            objects::python_functions::SECTION,
            nditer::SECTION,
            info::SECTION,
            dates::SECTION,
            business_days::SECTION,
        ],
        linear::SECTIONS,
        random::SECTIONS,
        fft::SECTIONS,
        polynomials::SECTIONS,
        &ufuncs::SECTIONS,
    ];
    let sections = sections.concat();
    Rc::new(Catalog::new(sections, Hooks { ufunc: ufuncs::call, removed: removed::find, operators }))
}
