//! How a value of one type becomes a value of another: the rules, the common types, and the loops.

mod caster;
mod casting;
mod convert;
mod promotion;
mod scalar;

pub use caster::{Caster, Strided, cells_of, fill_run, move_bytes, require_same_value, warn_discards_imaginary};
pub use casting::{Casting, adapted, can_cast, is_safe, require_cast};
pub use convert::CastTo;
pub use promotion::{Operand, dtype_class, min_scalar_type, promote_dtypes, promote_types, result_dtype, result_type};
pub use scalar::{cast_scalar, truncate_i64};
