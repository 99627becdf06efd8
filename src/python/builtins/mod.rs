//! Python's builtin functions and classes.

pub mod classes;
pub mod containers;
pub mod conversion;
pub mod iteration;
pub mod numbers;
pub mod output;
