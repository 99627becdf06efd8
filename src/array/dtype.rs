//! What a dtype is: a type of element and the byte order it is kept in.
//!
//! Kernels are written for [`Type`]s in native order; every other dtype is cast to one of those first. So a
//! type that joins later (strings, structures, dates, objects) is a variant here and its own casts, and no
//! arithmetic loop learns of it.

use super::scalar::Scalar;

/// The types of elements. The order is NumPy's type numbers' (`np.dtype(...).num`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Type {
    Bool,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Float16,
    Float32,
    Float64,
    Complex64,
    Complex128,
}

/// The kinds of types: NumPy's `dtype.kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `'b'`
    Bool,
    /// `'u'`
    Unsigned,
    /// `'i'`
    Signed,
    /// `'f'`
    Float,
    /// `'c'`
    Complex,
}

impl Kind {
    /// NumPy's letter.
    #[inline]
    pub fn letter(self) -> char {
        match self {
            Kind::Bool => 'b',
            Kind::Unsigned => 'u',
            Kind::Signed => 'i',
            Kind::Float => 'f',
            Kind::Complex => 'c',
        }
    }
}

/// What NumPy knows of each type: name, letter, kind, size and alignment in bytes, number.
struct Facts {
    name: &'static str,
    letter: char,
    kind: Kind,
    size: usize,
    align: usize,
    number: u8,
}

/// The facts of each type, in the order of [`Type::ALL`].
static FACTS: [Facts; 14] = {
    const fn facts(name: &'static str, letter: char, kind: Kind, size: usize, align: usize, number: u8) -> Facts {
        Facts { name, letter, kind, size, align, number }
    }
    [
        facts("bool", '?', Kind::Bool, 1, 1, 0),
        facts("int8", 'b', Kind::Signed, 1, 1, 1),
        facts("uint8", 'B', Kind::Unsigned, 1, 1, 2),
        facts("int16", 'h', Kind::Signed, 2, 2, 3),
        facts("uint16", 'H', Kind::Unsigned, 2, 2, 4),
        facts("int32", 'i', Kind::Signed, 4, 4, 5),
        facts("uint32", 'I', Kind::Unsigned, 4, 4, 6),
        facts("int64", 'l', Kind::Signed, 8, 8, 7),
        facts("uint64", 'L', Kind::Unsigned, 8, 8, 8),
        facts("float16", 'e', Kind::Float, 2, 2, 23),
        facts("float32", 'f', Kind::Float, 4, 4, 11),
        facts("float64", 'd', Kind::Float, 8, 8, 12),
        facts("complex64", 'F', Kind::Complex, 8, 4, 14),
        facts("complex128", 'D', Kind::Complex, 16, 8, 15),
    ]
};

impl Type {
    /// Every type, in the order of NumPy's numbers.
    pub const ALL: [Type; 14] = [
        Type::Bool,
        Type::Int8,
        Type::UInt8,
        Type::Int16,
        Type::UInt16,
        Type::Int32,
        Type::UInt32,
        Type::Int64,
        Type::UInt64,
        Type::Float16,
        Type::Float32,
        Type::Float64,
        Type::Complex64,
        Type::Complex128,
    ];

    #[inline(always)]
    fn facts(self) -> &'static Facts {
        &FACTS[self as usize]
    }

    /// NumPy's name: `"int64"`.
    #[inline]
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// NumPy's one-letter code, `dtype.char`: `'l'`.
    pub fn letter(self) -> char {
        self.facts().letter
    }

    /// Its kind.
    #[inline]
    pub fn kind(self) -> Kind {
        self.facts().kind
    }

    /// Bytes an element.
    #[inline]
    pub fn size(self) -> usize {
        self.facts().size
    }

    /// The alignment of an element in bytes.
    #[inline]
    pub fn align(self) -> usize {
        self.facts().align
    }

    /// NumPy's type number, `dtype.num`.
    #[inline]
    pub fn number(self) -> u8 {
        self.facts().number
    }

    /// Whether it is a signed or an unsigned integer (not a bool).
    #[inline]
    pub fn is_integer(self) -> bool {
        matches!(self.kind(), Kind::Signed | Kind::Unsigned)
    }

    /// Whether it is a float or a complex type.
    #[inline]
    pub fn is_inexact(self) -> bool {
        matches!(self.kind(), Kind::Float | Kind::Complex)
    }

    /// Whether it is complex.
    #[inline]
    pub fn is_complex(self) -> bool {
        self.kind() == Kind::Complex
    }

    /// The type of this kind with `size` bytes.
    pub fn of(kind: Kind, size: usize) -> Option<Type> {
        Type::ALL.into_iter().find(|t| t.kind() == kind && t.size() == size)
    }

    /// The type of a complex type's parts; itself for the others.
    pub fn part(self) -> Type {
        match self {
            Type::Complex64 => Type::Float32,
            Type::Complex128 => Type::Float64,
            other => other,
        }
    }
}

/// A dtype: the type of the elements and whether their bytes stand in the other order than the machine's.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DType {
    ty: Type,
    swapped: bool,
}

impl From<Type> for DType {
    fn from(ty: Type) -> DType {
        DType { ty, swapped: false }
    }
}

impl DType {
    /// The dtype in native byte order.
    pub fn new(ty: Type) -> DType {
        DType::from(ty)
    }

    /// The same type with its bytes in the order `swapped` says; types of one byte have only one order.
    pub fn with_swapped(&self, swapped: bool) -> DType {
        DType { ty: self.ty, swapped: swapped && self.ty.size() > 1 }
    }

    /// The type of an element.
    #[inline]
    pub fn ty(&self) -> Type {
        self.ty
    }

    /// Whether the bytes stand in the other order than the machine's.
    #[inline]
    pub fn is_swapped(&self) -> bool {
        self.swapped
    }

    /// Whether kernels can work on it as it is.
    #[inline]
    pub fn is_native(&self) -> bool {
        !self.swapped
    }

    /// The same type in native byte order.
    pub fn native(&self) -> DType {
        DType::from(self.ty)
    }

    /// Bytes an element.
    #[inline]
    pub fn itemsize(&self) -> usize {
        self.ty.size()
    }

    /// The alignment of an element in bytes.
    #[inline]
    pub fn align(&self) -> usize {
        self.ty.align()
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.ty.kind()
    }

    /// `dtype.name`: `"int64"`, whatever the byte order.
    pub fn name(&self) -> &'static str {
        self.ty.name()
    }

    /// `dtype.byteorder`: `=` native, `>` big-endian, `|` not applicable.
    pub fn byteorder(&self) -> char {
        match (self.itemsize(), self.swapped) {
            (1, _) => '|',
            (_, false) => '=',
            (_, true) => '>',
        }
    }

    /// `dtype.str`: `"<i8"`, `">f4"`, `"|b1"`.
    pub fn str(&self) -> String {
        let order = match self.byteorder() {
            '=' => '<',
            other => other,
        };
        format!("{order}{}{}", self.kind().letter(), self.itemsize())
    }

    /// The zero of this dtype.
    pub fn zero(&self) -> Scalar {
        Scalar::zero(self.ty)
    }
}

impl std::fmt::Display for DType {
    /// Python's `str(dtype)`: `int64`, `>i4`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.swapped { f.write_str(&self.str()) } else { f.write_str(self.name()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelled_as_numpy_spells_them() {
        let swapped = DType::new(Type::Int32).with_swapped(true);
        assert_eq!((swapped.to_string().as_str(), swapped.str().as_str(), swapped.name()), (">i4", ">i4", "int32"));
        assert_eq!(DType::new(Type::Int8).with_swapped(true).str(), "|i1");
        assert_eq!(DType::new(Type::Complex128).str(), "<c16");
    }
}
