//! One value cast to another type, as C casts it: NumPy's `casting='unsafe'`.

use super::super::dtype::Type;
use super::super::scalar::Scalar;
use crate::half::F16;
use num_complex::Complex;

/// `value` as type `ty`: integers wrap, floats are cut towards zero, an imaginary part is dropped, and what is
/// out of an integer's range becomes what x86-64 makes of it. For a type that is no number, the value's truth.
pub fn cast_scalar(value: Scalar, ty: Type) -> Scalar {
    if let Some(whole) = value.as_i128() {
        return match ty {
            Type::Bool => Scalar::Bool(whole != 0),
            Type::Int8 => Scalar::Int8(whole as i8),
            Type::UInt8 => Scalar::UInt8(whole as u8),
            Type::Int16 => Scalar::Int16(whole as i16),
            Type::UInt16 => Scalar::UInt16(whole as u16),
            Type::Int32 => Scalar::Int32(whole as i32),
            Type::UInt32 => Scalar::UInt32(whole as u32),
            Type::Int64 => Scalar::Int64(whole as i64),
            Type::UInt64 => Scalar::UInt64(whole as u64),
            Type::Float16 => Scalar::Float16(F16::from_f64(whole as f64)),
            Type::Float32 => Scalar::Float32(whole as f32),
            Type::Float64 => Scalar::Float64(whole as f64),
            Type::Complex64 => Scalar::Complex64(Complex::new(whole as f32, 0.0)),
            Type::Complex128 => Scalar::Complex128(Complex::new(whole as f64, 0.0)),
            Type::Object | Type::Bytes | Type::Str | Type::Void | Type::DateTime64 | Type::TimeDelta64 => {
                Scalar::Bool(whole != 0)
            }
        };
    }
    let (re, im) = match value {
        Scalar::Complex64(v) => (v.re as f64, v.im as f64),
        Scalar::Complex128(v) => (v.re, v.im),
        ref real => (real.as_f64(), 0.0),
    };
    match ty {
        Type::Bool => Scalar::Bool(re != 0.0 || im != 0.0),
        Type::Int8 => Scalar::Int8(truncate_i32(re) as i8),
        Type::UInt8 => Scalar::UInt8(truncate_i32(re) as u8),
        Type::Int16 => Scalar::Int16(truncate_i32(re) as i16),
        Type::UInt16 => Scalar::UInt16(truncate_i32(re) as u16),
        Type::Int32 => Scalar::Int32(truncate_i32(re)),
        Type::UInt32 => Scalar::UInt32(truncate_i64(re) as u32),
        Type::Int64 => Scalar::Int64(truncate_i64(re)),
        Type::UInt64 => Scalar::UInt64(truncate_u64(re)),
        Type::Float16 => Scalar::Float16(F16::from_f64(re)),
        Type::Float32 => Scalar::Float32(re as f32),
        Type::Float64 => Scalar::Float64(re),
        Type::Complex64 => Scalar::Complex64(Complex::new(re as f32, im as f32)),
        Type::Complex128 => Scalar::Complex128(Complex::new(re, im)),
        Type::Object | Type::Bytes | Type::Str | Type::Void | Type::DateTime64 | Type::TimeDelta64 => {
            Scalar::Bool(re != 0.0 || im != 0.0)
        }
    }
}

/// `cvttsd2si` with a 32-bit result: out of range gives the smallest int.
#[inline(always)]
pub fn truncate_i32(x: f64) -> i32 {
    if x > -2147483649.0 && x < 2147483648.0 { x as i32 } else { i32::MIN }
}

/// `cvttsd2si` with a 64-bit result: out of range gives the smallest int.
#[inline(always)]
pub fn truncate_i64(x: f64) -> i64 {
    if (-9223372036854775808.0..9223372036854775808.0).contains(&x) { x as i64 } else { i64::MIN }
}

/// What compilers make of a double to an unsigned 64-bit int on x86-64.
#[inline(always)]
pub fn truncate_u64(x: f64) -> u64 {
    if x >= 9223372036854775808.0 {
        (truncate_i64(x - 9223372036854775808.0) as u64) ^ (1 << 63)
    } else {
        truncate_i64(x) as u64
    }
}
