//! ndsh, the nd-array shell: NumPy's expression language, and what every statement did to memory.

pub mod half;
pub mod syntax;
pub mod text;
