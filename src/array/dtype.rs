//! What a dtype is: a type of element and the byte order it is kept in.
//!
//! Kernels are written for the numeric [`Type`]s in native order; every other dtype is cast to one of those first, or
//! has kernels of its own ([`super::item`]). The others are variants of [`Type`] too, after the numbers:
//!
//! - texts and raw bytes (`S`, `U`, `V`) have no size of their own; the [`DType`] knows it;
//! - structures and sub-arrays are of type [`Type::Void`] with a [`Compound`] that tells their parts;
//! - references ([`Type::Object`]) are eight bytes that [`super::reference`] understands; they are moved as an
//!   `int64`, and what they refer to is reckoned after each statement;
//! - dates and spans of time ([`Type::DateTime64`], [`Type::TimeDelta64`]) are eight bytes, a count of the unit that
//!   [`Compound::Time`] names; without a unit there is no [`Compound`]. Their casts and loops are their own too
//!   ([`super::calendar`], `ufunc::dates`).
//!
//! A number has no [`Compound`], so that to clone its dtype is to copy two words.

use super::calendar::Resolution;
use super::compound::Compound;
use super::scalar::Scalar;
use std::rc::Rc;

/// The types of elements: numbers first, in the order of NumPy's type numbers (`np.dtype(...).num`), then the others.
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
    Object,
    Bytes,
    Str,
    Void,
    DateTime64,
    TimeDelta64,
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
    /// `'O'`
    Object,
    /// `'S'`
    Bytes,
    /// `'U'`
    Str,
    /// `'V'`
    Void,
    /// `'M'`
    DateTime,
    /// `'m'`
    TimeDelta,
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
            Kind::Object => 'O',
            Kind::Bytes => 'S',
            Kind::Str => 'U',
            Kind::Void => 'V',
            Kind::DateTime => 'M',
            Kind::TimeDelta => 'm',
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

/// The facts of each type, in the order of the variants. Texts and raw bytes have no size of their own.
static FACTS: [Facts; 20] = {
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
        facts("object", 'O', Kind::Object, 8, 8, 17),
        facts("bytes", 'S', Kind::Bytes, 0, 1, 18),
        facts("str", 'U', Kind::Str, 0, 4, 19),
        facts("void", 'V', Kind::Void, 0, 1, 20),
        facts("datetime64", 'M', Kind::DateTime, 8, 8, 21),
        facts("timedelta64", 'm', Kind::TimeDelta, 8, 8, 22),
    ]
};

impl Type {
    /// Every type of numbers, in the order of NumPy's type numbers.
    pub const NUMBERS: [Type; 14] = [
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

    /// Bytes an element; 0 where the dtype decides.
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

    /// Whether it is a type of numbers (or bools), for which there are loops.
    #[inline(always)]
    pub fn is_number(self) -> bool {
        (self as u8) < Type::Object as u8
    }

    /// Whether its elements are texts: `S` or `U`.
    #[inline]
    pub fn is_text(self) -> bool {
        matches!(self, Type::Bytes | Type::Str)
    }

    /// Whether its elements are dates or spans of time.
    #[inline]
    pub fn is_time(self) -> bool {
        matches!(self, Type::DateTime64 | Type::TimeDelta64)
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

    /// The type of numbers of this kind with `size` bytes.
    pub fn of(kind: Kind, size: usize) -> Option<Type> {
        Type::NUMBERS.into_iter().find(|t| t.kind() == kind && t.size() == size)
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

/// A dtype: the type of the elements, their size, whether their bytes stand in the other order than the machine's, and
/// what they are made of where that is more than one value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DType {
    ty: Type,
    swapped: bool,
    size: u32,
    compound: Option<Rc<Compound>>,
}

impl From<Type> for DType {
    #[inline]
    fn from(ty: Type) -> DType {
        DType { ty, swapped: false, size: ty.size() as u32, compound: None }
    }
}

impl DType {
    /// NumPy keeps the size of an element as a C int.
    pub const MAX_SIZE: usize = i32::MAX as usize;

    /// The dtype in native byte order. Texts and raw bytes have length 0, which stands for one that is not known yet.
    pub fn new(ty: Type) -> DType {
        DType::from(ty)
    }

    /// Elements of `size` bytes without a structure: texts (`S`, `U`) or raw bytes. Other types have their own size. A
    /// size above [`DType::MAX_SIZE`] is cut.
    pub fn sized(ty: Type, size: usize) -> DType {
        let size = if ty.size() == 0 { size.min(DType::MAX_SIZE) as u32 } else { ty.size() as u32 };
        DType { size, ..DType::from(ty) }
    }

    /// `S<length>`.
    pub fn bytes(length: usize) -> DType {
        DType::sized(Type::Bytes, length)
    }

    /// `U<length>`: so many characters of four bytes each.
    pub fn text(length: usize) -> DType {
        DType::sized(Type::Str, length.min(DType::MAX_SIZE / 4) * 4)
    }

    /// Dates, or spans of time where `is_span`, that count in `resolution`.
    pub fn time(is_span: bool, resolution: Resolution) -> DType {
        if resolution.is_generic() {
            return if is_span { Type::TimeDelta64 } else { Type::DateTime64 }.into();
        }
        DType::of_parts(Compound::Time { is_span, resolution, swapped: false })
    }

    /// What one count of a date or a span stands for; no unit elsewhere.
    pub fn resolution(&self) -> Resolution {
        match self.compound() {
            Some(Compound::Time { resolution, .. }) => *resolution,
            _ => Resolution::GENERIC,
        }
    }

    /// Elements of several parts, or dates with a unit.
    pub fn of_parts(compound: Compound) -> DType {
        let size = compound.itemsize().min(DType::MAX_SIZE) as u32;
        let swapped = !compound.is_native();
        DType { ty: compound.ty(), swapped, size, compound: Some(Rc::new(compound)) }
    }

    /// What the elements are made of, where that is more than one value.
    #[inline]
    pub fn compound(&self) -> Option<&Compound> {
        self.compound.as_deref()
    }

    /// The same type with its bytes in the order `swapped` says; types of one byte have only one order.
    pub fn with_swapped(&self, swapped: bool) -> DType {
        self.with_byteorder(|_| swapped)
    }

    /// The same with other byte orders: `change` tells whether a part is swapped from whether it was.
    pub fn with_byteorder(&self, change: impl Fn(bool) -> bool + Copy) -> DType {
        match &self.compound {
            Some(compound) => DType::of_parts(compound.with_byteorder(change)),
            None => {
                let swapped = self.ty.align() > 1 && self.ty != Type::Object && change(self.swapped);
                DType { ty: self.ty, swapped, size: self.size, compound: None }
            }
        }
    }

    /// The type of an element.
    #[inline]
    pub fn ty(&self) -> Type {
        self.ty
    }

    /// Whether the elements are numbers (or bools), for which there are loops.
    #[inline(always)]
    pub fn is_number(&self) -> bool {
        self.ty.is_number()
    }

    /// Whether the bytes stand in the other order than the machine's; of several parts, whether those of any do.
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
        if self.swapped { self.with_swapped(false) } else { self.clone() }
    }

    /// Bytes an element.
    #[inline]
    pub fn itemsize(&self) -> usize {
        self.size as usize
    }

    /// The number of characters (of bytes) of a text.
    pub fn length(&self) -> usize {
        if self.ty == Type::Str { self.itemsize() / 4 } else { self.itemsize() }
    }

    /// The alignment of an element in bytes.
    #[inline]
    pub fn align(&self) -> usize {
        match &self.compound {
            None => self.ty.align(),
            Some(compound) => compound.align(),
        }
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.ty.kind()
    }

    /// `dtype.byteorder`: `=` native, `>` big-endian, `|` not applicable.
    pub fn byteorder(&self) -> char {
        match self.ty.align() {
            _ if self.ty == Type::Object || (self.compound.is_some() && !self.ty.is_time()) => '|',
            1 => '|',
            _ if self.swapped => '>',
            _ => '=',
        }
    }

    /// The zero of this dtype, where its elements are numbers; `False` elsewhere.
    pub fn zero(&self) -> Scalar {
        Scalar::zero(self.ty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelled_as_numpy_spells_them() {
        let swapped = DType::new(Type::Int32).with_swapped(true);
        assert_eq!((swapped.to_string().as_str(), swapped.str().as_str(), &*swapped.name()), (">i4", ">i4", "int32"));
        assert_eq!(DType::new(Type::Int8).with_swapped(true).str(), "|i1");
        assert_eq!(DType::new(Type::Complex128).str(), "<c16");
    }
}
