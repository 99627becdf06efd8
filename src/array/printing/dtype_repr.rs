//! How is a dtype written?

use super::options::{Legacy, PrintOptions};
use crate::array::{DType, Type};

/// `repr(dtype)`: `dtype('int64')`, `dtype('>i4')`.
pub fn dtype_repr(dtype: &DType) -> String {
    dtype.repr()
}

/// The dtype as the repr of an array names it: `int8`, `'>i4'` (`dtype_short_repr`).
pub fn dtype_short_repr(dtype: &DType) -> String {
    if dtype.structure().is_some() {
        return dtype.to_string();
    }
    let is_named = dtype.is_native() && (dtype.is_number() || dtype.ty() == Type::Object);
    let is_generic = dtype.ty().is_time() && dtype.compound().is_none();
    if is_named || is_generic { dtype.name() } else { format!("'{dtype}'") }
}

/// Whether elements of this dtype, written in a list, make an array of this dtype again (`dtype_is_implied`).
pub fn dtype_is_implied(dtype: &DType, options: &PrintOptions) -> bool {
    let implied = match dtype.ty() {
        Type::Int64 | Type::Float64 | Type::Complex128 => true,
        Type::Bool => options.legacy > Legacy::V1_13,
        _ => false,
    };
    implied && dtype.is_native()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dtypes_as_numpy_writes_them() {
        let swapped = DType::new(Type::Int32).with_swapped(true);
        assert_eq!(dtype_repr(&Type::Bool.into()), "dtype('bool')");
        assert_eq!(dtype_repr(&swapped), "dtype('>i4')");
        assert_eq!(dtype_short_repr(&swapped), "'>i4'");
        assert_eq!(dtype_short_repr(&Type::Float16.into()), "float16");
        assert!(!dtype_is_implied(&DType::new(Type::Int64).with_swapped(true), &PrintOptions::default()));
    }
}
