//! One element, outside any array: what `a[0]` gives and what a fill value is.

use super::dtype::{DType, Kind, Type};
use super::item::Item;
use crate::half::F16;
use crate::memory::{Bool, Buffer, Ledger, Plain};
use num_complex::{Complex, Complex32, Complex64};

/// A value of one of the element types: NumPy's scalar (`np.int64(5)`).
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Scalar {
    Bool(bool),
    Int8(i8),
    UInt8(u8),
    Int16(i16),
    UInt16(u16),
    Int32(i32),
    UInt32(u32),
    Int64(i64),
    UInt64(u64),
    Float16(F16),
    Float32(f32),
    Float64(f64),
    Complex64(Complex32),
    Complex128(Complex64),
}

/// A Rust type that is the element of an array of [`Type`] `TYPE`.
pub trait Element: Plain + PartialEq + std::fmt::Debug {
    /// The element type it stands for.
    const TYPE: Type;
    /// As a scalar.
    fn scalar(self) -> Scalar;
    /// From a scalar of this very type; `None` for the others.
    fn from_scalar(scalar: Scalar) -> Option<Self>;
    /// With its bytes (of each part, where it is complex) in the other order.
    fn swap_bytes(self) -> Self;
}

macro_rules! elements {
    ($($rust:ty, $name:ident, $self_:ident => $swap:expr;)*) => { $(
        impl Element for $rust {
            const TYPE: Type = Type::$name;
            #[inline(always)]
            fn scalar(self) -> Scalar { Scalar::$name(self) }
            #[inline(always)]
            fn from_scalar(scalar: Scalar) -> Option<Self> {
                if let Scalar::$name(value) = scalar { Some(value) } else { None }
            }
            #[inline(always)]
            fn swap_bytes($self_) -> Self { $swap }
        }
    )* };
}
elements! {
    i8, Int8, self => self; u8, UInt8, self => self;
    i16, Int16, self => i16::swap_bytes(self); u16, UInt16, self => u16::swap_bytes(self);
    i32, Int32, self => i32::swap_bytes(self); u32, UInt32, self => u32::swap_bytes(self);
    i64, Int64, self => i64::swap_bytes(self); u64, UInt64, self => u64::swap_bytes(self);
    F16, Float16, self => F16::from_bits(self.to_bits().swap_bytes());
    f32, Float32, self => f32::from_bits(self.to_bits().swap_bytes());
    f64, Float64, self => f64::from_bits(self.to_bits().swap_bytes());
    Complex32, Complex64, self => Complex::new(Element::swap_bytes(self.re), Element::swap_bytes(self.im));
    Complex64, Complex128, self => Complex::new(Element::swap_bytes(self.re), Element::swap_bytes(self.im));
}

impl Element for Bool {
    const TYPE: Type = Type::Bool;
    #[inline(always)]
    fn scalar(self) -> Scalar {
        Scalar::Bool(self.is_true())
    }
    #[inline(always)]
    fn from_scalar(scalar: Scalar) -> Option<Self> {
        if let Scalar::Bool(value) = scalar { Some(value.into()) } else { None }
    }
    #[inline(always)]
    fn swap_bytes(self) -> Self {
        self
    }
}

/// Runs `$body` with the type alias `$T` bound to the Rust type of `$ty`: the one place where an element type
/// becomes a Rust type.
#[macro_export]
macro_rules! with_element {
    ($ty:expr, $T:ident => $body:expr) => {{
        use $crate::array::Type;
        match $ty {
            Type::Bool => {
                type $T = $crate::memory::Bool;
                $body
            }
            Type::Int8 => {
                type $T = i8;
                $body
            }
            Type::UInt8 => {
                type $T = u8;
                $body
            }
            Type::Int16 => {
                type $T = i16;
                $body
            }
            Type::UInt16 => {
                type $T = u16;
                $body
            }
            Type::Int32 => {
                type $T = i32;
                $body
            }
            Type::UInt32 => {
                type $T = u32;
                $body
            }
            Type::Int64 => {
                type $T = i64;
                $body
            }
            Type::UInt64 => {
                type $T = u64;
                $body
            }
            Type::Float16 => {
                type $T = $crate::half::F16;
                $body
            }
            Type::Float32 => {
                type $T = f32;
                $body
            }
            Type::Float64 => {
                type $T = f64;
                $body
            }
            Type::Complex64 => {
                type $T = num_complex::Complex32;
                $body
            }
            Type::Complex128 => {
                type $T = num_complex::Complex64;
                $body
            }
            // No number: whoever can meet these asks `is_number` before and has loops of its own for them.
            Type::Object | Type::Bytes | Type::Str | Type::Void | Type::DateTime64 | Type::TimeDelta64 => {
                type $T = u8;
                $body
            }
        }
    }};
}

/// Runs `$body` with the type alias `$T` bound to a Rust type of the size and alignment of `$ty`, for elements that are
/// moved without being looked at: fewer loops than [`with_element`] makes. `$ty` is a type of numbers; other elements are
/// moved as bytes.
#[macro_export]
macro_rules! with_unit {
    ($ty:expr, $T:ident => $body:expr) => {
        match ($ty.size(), $ty.align()) {
            (1, _) => {
                type $T = u8;
                $body
            }
            (2, _) => {
                type $T = u16;
                $body
            }
            (4, _) => {
                type $T = u32;
                $body
            }
            (8, 4) => {
                type $T = num_complex::Complex32;
                $body
            }
            (8, _) => {
                type $T = u64;
                $body
            }
            _ => {
                type $T = num_complex::Complex64;
                $body
            }
        }
    };
}

impl Scalar {
    /// Its element type.
    pub fn ty(&self) -> Type {
        match self {
            Scalar::Bool(_) => Type::Bool,
            Scalar::Int8(_) => Type::Int8,
            Scalar::UInt8(_) => Type::UInt8,
            Scalar::Int16(_) => Type::Int16,
            Scalar::UInt16(_) => Type::UInt16,
            Scalar::Int32(_) => Type::Int32,
            Scalar::UInt32(_) => Type::UInt32,
            Scalar::Int64(_) => Type::Int64,
            Scalar::UInt64(_) => Type::UInt64,
            Scalar::Float16(_) => Type::Float16,
            Scalar::Float32(_) => Type::Float32,
            Scalar::Float64(_) => Type::Float64,
            Scalar::Complex64(_) => Type::Complex64,
            Scalar::Complex128(_) => Type::Complex128,
        }
    }

    /// Its dtype, in native order.
    pub fn dtype(&self) -> DType {
        self.ty().into()
    }

    /// The zero (`False`, `0`, `0.0`, `0j`) of a type.
    pub fn zero(ty: Type) -> Scalar {
        Scalar::Bool(false).cast(ty)
    }

    /// A value that a plan cannot know, of type `ty`.
    pub fn guess(ledger: &Ledger, ty: Type) -> Scalar {
        Scalar::UInt8(ledger.guess()).cast(ty)
    }

    /// The value as an integer, where it is a bool or an integer.
    pub fn as_i128(&self) -> Option<i128> {
        Some(match *self {
            Scalar::Bool(v) => v as i128,
            Scalar::Int8(v) => v as i128,
            Scalar::UInt8(v) => v as i128,
            Scalar::Int16(v) => v as i128,
            Scalar::UInt16(v) => v as i128,
            Scalar::Int32(v) => v as i128,
            Scalar::UInt32(v) => v as i128,
            Scalar::Int64(v) => v as i128,
            Scalar::UInt64(v) => v as i128,
            _ => return None,
        })
    }

    /// An integer as a scalar of type `ty`; `None` where an integer type cannot hold it.
    pub fn exact(whole: i128, ty: Type) -> Option<Scalar> {
        Some(match ty {
            Type::Int8 => Scalar::Int8(whole.try_into().ok()?),
            Type::UInt8 => Scalar::UInt8(whole.try_into().ok()?),
            Type::Int16 => Scalar::Int16(whole.try_into().ok()?),
            Type::UInt16 => Scalar::UInt16(whole.try_into().ok()?),
            Type::Int32 => Scalar::Int32(whole.try_into().ok()?),
            Type::UInt32 => Scalar::UInt32(whole.try_into().ok()?),
            Type::Int64 => Scalar::Int64(whole.try_into().ok()?),
            Type::UInt64 => Scalar::UInt64(whole.try_into().ok()?),
            Type::Bool => Scalar::Bool(whole != 0),
            inexact => Scalar::Float64(whole as f64).cast(inexact),
        })
    }

    /// The real part as a double (integers above 2**53 are rounded).
    pub fn as_f64(&self) -> f64 {
        match *self {
            Scalar::Float16(v) => v.to_f64(),
            Scalar::Float32(v) => v as f64,
            Scalar::Float64(v) => v,
            Scalar::Complex64(v) => v.re as f64,
            Scalar::Complex128(v) => v.re,
            ref whole => whole.as_i128().unwrap_or(0) as f64,
        }
    }

    /// The value as a complex double.
    pub fn as_complex(&self) -> Complex64 {
        match *self {
            Scalar::Complex64(v) => Complex::new(v.re as f64, v.im as f64),
            Scalar::Complex128(v) => v,
            ref real => Complex::new(real.as_f64(), 0.0),
        }
    }

    /// Python's truth of it.
    pub fn is_true(&self) -> bool {
        match self.as_i128() {
            Some(whole) => whole != 0,
            None => self.as_complex() != Complex::new(0.0, 0.0),
        }
    }

    /// Converted to another type as C converts (NumPy's `astype(casting='unsafe')`): integers wrap, floats are
    /// cut towards zero, the imaginary part is dropped.
    pub fn cast(&self, ty: Type) -> Scalar {
        super::cast::cast_scalar(*self, ty)
    }

    /// Whether its kind is `kind`.
    pub fn is(&self, kind: Kind) -> bool {
        self.ty().kind() == kind
    }

    /// The element of dtype `dtype` at byte `offset` of `buffer`, aligned or not, in either byte order. Of what is no
    /// number, its truth: who wants all of it reads an [`Item`]. A guess where the bytes are not there (a planned buffer).
    pub fn read(buffer: &Buffer, offset: usize, dtype: &DType) -> Scalar {
        let Some(source) = buffer.peek() else { return Scalar::guess(buffer.ledger(), dtype.ty()) };
        if !dtype.is_number() {
            return Scalar::Bool(Item::read(buffer, offset, dtype).is_true());
        }
        with_element!(dtype.ty(), T => {
            if let Ok(run) = source.run::<T>(offset, 0, 1) {
                let value = run.get(0);
                return (if dtype.is_swapped() { value.swap_bytes() } else { value }).scalar();
            }
        });
        let mut bytes = [0u8; 16];
        for (to, from) in bytes.iter_mut().zip(source.cells().iter().skip(offset).take(dtype.itemsize())) {
            *to = from.get();
        }
        Scalar::from_bytes(&bytes, dtype)
    }

    /// Puts the value, converted to `dtype`, at byte `offset` of `buffer`, aligned or not. Writes nothing where
    /// the bytes are not there (a planned buffer).
    pub fn write(&self, buffer: &Buffer, offset: usize, dtype: &DType) {
        if !dtype.is_number() {
            // A number always has a text.
            let written = Item::Number(*self).write(buffer, offset, dtype);
            debug_assert!(written.is_ok());
            return;
        }
        let value = if self.ty() == dtype.ty() { *self } else { self.cast(dtype.ty()) };
        with_element!(dtype.ty(), T => {
            if let (Ok(run), Some(value)) = (buffer.run::<T>(offset, 0, 1), T::from_scalar(value)) {
                run.set(0, if dtype.is_swapped() { Element::swap_bytes(value) } else { value });
                return;
            }
        });
        let bytes = value.to_bytes(dtype);
        for (to, from) in buffer.cells().iter().skip(offset).zip(&bytes[..dtype.itemsize()]) {
            to.set(*from);
        }
    }

    /// The value that the first `dtype.itemsize()` bytes mean.
    pub fn from_bytes(bytes: &[u8; 16], dtype: &DType) -> Scalar {
        let mut native = *bytes;
        if dtype.is_swapped() {
            for part in native[..dtype.itemsize()].chunks_mut(dtype.ty().part().size()) {
                part.reverse();
            }
        }
        let eight = |at: usize| u64::from_le_bytes(std::array::from_fn(|i| native[at + i]));
        let four = |at: usize| u32::from_le_bytes(std::array::from_fn(|i| native[at + i]));
        let two = u16::from_le_bytes([native[0], native[1]]);
        match dtype.ty() {
            Type::Bool => Scalar::Bool(native[0] != 0),
            Type::Int8 => Scalar::Int8(native[0] as i8),
            Type::UInt8 => Scalar::UInt8(native[0]),
            Type::Int16 => Scalar::Int16(two as i16),
            Type::UInt16 => Scalar::UInt16(two),
            Type::Int32 => Scalar::Int32(four(0) as i32),
            Type::UInt32 => Scalar::UInt32(four(0)),
            Type::Int64 => Scalar::Int64(eight(0) as i64),
            Type::UInt64 => Scalar::UInt64(eight(0)),
            Type::Float16 => Scalar::Float16(F16::from_bits(two)),
            Type::Float32 => Scalar::Float32(f32::from_bits(four(0))),
            Type::Float64 => Scalar::Float64(f64::from_bits(eight(0))),
            Type::Complex64 => Scalar::Complex64(Complex::new(f32::from_bits(four(0)), f32::from_bits(four(4)))),
            Type::Complex128 => Scalar::Complex128(Complex::new(f64::from_bits(eight(0)), f64::from_bits(eight(8)))),
            // What is no number is one only as a truth.
            Type::Object | Type::Bytes | Type::Str | Type::Void | Type::DateTime64 | Type::TimeDelta64 => {
                Scalar::Bool(native.iter().any(|&byte| byte != 0))
            }
        }
    }

    /// The value's bytes as `dtype` keeps them; the first `dtype.itemsize()` count.
    pub fn to_bytes(&self, dtype: &DType) -> [u8; 16] {
        fn put(bytes: &mut [u8; 16], at: usize, from: &[u8]) {
            bytes[at..at + from.len()].copy_from_slice(from);
        }
        let mut bytes = [0u8; 16];
        match self.cast(dtype.ty()) {
            Scalar::Bool(v) => bytes[0] = v as u8,
            Scalar::Int8(v) => bytes[0] = v as u8,
            Scalar::UInt8(v) => bytes[0] = v,
            Scalar::Int16(v) => put(&mut bytes, 0, &v.to_le_bytes()),
            Scalar::UInt16(v) => put(&mut bytes, 0, &v.to_le_bytes()),
            Scalar::Int32(v) => put(&mut bytes, 0, &v.to_le_bytes()),
            Scalar::UInt32(v) => put(&mut bytes, 0, &v.to_le_bytes()),
            Scalar::Int64(v) => put(&mut bytes, 0, &v.to_le_bytes()),
            Scalar::UInt64(v) => put(&mut bytes, 0, &v.to_le_bytes()),
            Scalar::Float16(v) => put(&mut bytes, 0, &v.to_bits().to_le_bytes()),
            Scalar::Float32(v) => put(&mut bytes, 0, &v.to_le_bytes()),
            Scalar::Float64(v) => put(&mut bytes, 0, &v.to_le_bytes()),
            Scalar::Complex64(v) => {
                put(&mut bytes, 0, &v.re.to_le_bytes());
                put(&mut bytes, 4, &v.im.to_le_bytes());
            }
            Scalar::Complex128(v) => {
                put(&mut bytes, 0, &v.re.to_le_bytes());
                put(&mut bytes, 8, &v.im.to_le_bytes());
            }
        }
        if dtype.is_swapped() {
            for part in bytes[..dtype.itemsize()].chunks_mut(dtype.ty().part().size()) {
                part.reverse();
            }
        }
        bytes
    }
}
