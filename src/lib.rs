//! ndsh, the nd-array shell: NumPy's expression language, and what every statement did to memory.

pub mod array;
pub mod error;
pub mod eval;
pub mod half;
pub mod interrupt;
pub mod memory;
pub mod numpy;
pub mod python;
pub mod registry;
pub mod report;
pub mod session;
pub mod shell;
pub mod syntax;
pub mod text;
pub mod ufunc;
pub mod value;
