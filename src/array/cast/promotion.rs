//! Which type holds the values of several: NumPy's promotion (NEP 50), `result_type`, `min_scalar_type`.

use super::super::compound::{Compound, Struct};
use super::super::dtype::{DType, Kind, Type};
use super::super::item::text_length;
use super::super::scalar::Scalar;
use crate::error::{Error, ErrorClass, Result, value_error};
use crate::text::quote::repr_str;
use smallvec::SmallVec;

/// NumPy's `np.promote_types` for types of numbers: the smallest type both can be cast to safely. Of others, the later;
/// [`promote_dtypes`] knows their lengths.
pub fn promote_types(a: Type, b: Type) -> Type {
    if a == b {
        return a;
    }
    let (low, high) = if rank(a.kind()) <= rank(b.kind()) { (a, b) } else { (b, a) };
    match (low.kind(), high.kind()) {
        (Kind::Bool, _) => high,
        (Kind::Signed, Kind::Unsigned) | (Kind::Unsigned, Kind::Signed) => {
            let (signed, unsigned) = if low.kind() == Kind::Signed { (low, high) } else { (high, low) };
            if signed.size() > unsigned.size() {
                return signed;
            }
            // no integer holds the values of uint64 and of a signed type
            Type::of(Kind::Signed, unsigned.size() * 2).unwrap_or(Type::Float64)
        }
        (Kind::Signed | Kind::Unsigned, Kind::Float) => larger(high, Kind::Float, float_size(low)),
        (Kind::Signed | Kind::Unsigned, Kind::Complex) => larger(high, Kind::Complex, 2 * float_size(low)),
        (Kind::Float, Kind::Complex) => larger(high, Kind::Complex, 2 * low.size()),
        _ => {
            if low.size() > high.size() {
                low
            } else {
                high
            }
        }
    }
}

fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Bool => 0,
        Kind::Signed | Kind::Unsigned => 1,
        Kind::Float => 2,
        Kind::Complex => 3,
        Kind::Object | Kind::Bytes | Kind::Str | Kind::Void | Kind::DateTime | Kind::TimeDelta => 4,
    }
}

/// The bytes of the float that NumPy holds to be large enough for an integer type.
fn float_size(integer: Type) -> usize {
    (2 * integer.size()).min(8)
}

fn larger(ty: Type, kind: Kind, size: usize) -> Type {
    if size > ty.size() { Type::of(kind, size).unwrap_or(ty) } else { ty }
}

/// One operand of a promotion: an array's or a NumPy scalar's type, or a Python number, which is weak. (A Python
/// `bool` counts as the type `Bool`.)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// An array or a NumPy scalar.
    Strong(Type),
    /// A Python `int`.
    Int,
    /// A Python `float`.
    Float,
    /// A Python `complex`.
    Complex,
}

impl From<Type> for Operand {
    fn from(ty: Type) -> Operand {
        Operand::Strong(ty)
    }
}

impl Operand {
    /// The type it has where nothing else decides.
    pub fn default_type(self) -> Type {
        match self {
            Operand::Strong(ty) => ty,
            Operand::Int => Type::Int64,
            Operand::Float => Type::Float64,
            Operand::Complex => Type::Complex128,
        }
    }

    /// What this operand knows of its common type with another; `None` where it leaves that to the other
    /// (`default_builtin_common_dtype`, dtypemeta.c, and the abstract dtypes of abstractdtypes.c).
    fn common(self, other: Operand) -> Option<Operand> {
        use Operand::*;
        let number = |ty: Type| ty.kind() == Kind::Bool || ty.is_integer();
        match (self, other) {
            (Strong(a), Complex) => match a {
                Type::Complex64 | Type::Complex128 => Some(self),
                Type::Float16 | Type::Float32 => Some(Strong(Type::Complex64)),
                Type::Float64 => Some(Strong(Type::Complex128)),
                _ => None,
            },
            (Strong(a), Float) => a.is_inexact().then_some(self),
            (Strong(a), Int) => (a.is_inexact() || a.is_integer()).then_some(self),
            (Strong(a), Strong(b)) => (b.number() <= a.number()).then(|| Strong(promote_types(a, b))),
            (Int, Strong(Type::Bool)) => Some(Strong(Type::Int64)),
            (Float, Strong(b)) if number(b) => Some(Strong(Type::Float64)),
            (Complex, Strong(b)) if number(b) => Some(Strong(Type::Complex128)),
            (Float, Int) | (Complex, Int | Float) => Some(self),
            (a, b) if a == b => Some(a),
            _ => None,
        }
    }

    /// The common operand of two, whoever of them knows it (`PyArray_CommonDType`).
    fn promote(self, other: Operand) -> Operand {
        if self == other {
            return self;
        }
        self.common(other).or_else(|| other.common(self)).unwrap_or(other)
    }
}

/// NumPy's `np.result_type` over types and weak Python numbers, whatever their order
/// (`PyArray_PromoteDTypeSequence`, common_dtype.c): `int8, uint8, float16` is `float16`, though pairs taken from
/// the left would end at `float32`.
///
/// # Errors
/// `ValueError: at least one array or dtype is required` for no operand.
pub fn result_type(operands: &[Operand]) -> Result<Type> {
    let (&first, rest) =
        operands.split_first().ok_or_else(|| value_error("at least one array or dtype is required"))?;
    match rest {
        [] => Ok(first.default_type()),
        [second] => Ok(first.promote(*second).default_type()),
        _ => Ok(promote_sequence(operands).default_type()),
    }
}

fn promote_sequence(operands: &[Operand]) -> Operand {
    let mut all: SmallVec<[Option<Operand>; 8]> = operands.iter().copied().map(Some).collect();
    let last = bring_most_knowledgeable_first(&mut all);
    let Some(Some(main)) = all.first().copied() else { return operands[0] };
    let (mut result, start) = match last {
        Some(result) => (Some(result), 2),
        None => (None, 1),
    };
    for &operand in all.iter().skip(start).flatten() {
        let promotion = main.promote(operand);
        result = Some(result.map_or(promotion, |result| result.promote(promotion)));
    }
    result.unwrap_or(main)
}

/// `reduce_dtypes_to_most_knowledgeable`: swaps the operand that knows the others to the front, clears those that
/// cannot matter, and gives what the last pair promotes to, where its first knew.
fn bring_most_knowledgeable_first(all: &mut [Option<Operand>]) -> Option<Operand> {
    let mut length = all.len();
    let mut result = None;
    while length >= 2 {
        for low in 0..length / 2 {
            let high = length - 1 - low;
            let (Some(a), Some(b)) = (all[low], all[high]) else { continue };
            result = if a == b { Some(a) } else { a.common(b) };
            match result {
                None => all.swap(low, high),
                Some(common) if common == a => all[high] = None,
                Some(_) => {}
            }
        }
        if length == 2 {
            break;
        }
        length -= length / 2;
    }
    result
}

/// NumPy's `np.promote_types` for dtypes: in native byte order, but for structures that are the same. A text with a
/// number has room for both.
///
/// # Errors
/// `DTypePromotionError` where no dtype holds both.
pub fn promote_dtypes(a: &DType, b: &DType) -> Result<DType> {
    if a.is_number() && b.is_number() {
        return Ok(promote_types(a.ty(), b.ty()).into());
    }
    if a.ty() == Type::Object || b.ty() == Type::Object {
        return Ok(Type::Object.into());
    }
    if a.ty().is_time() || b.ty().is_time() {
        return promote_times(a, b);
    }
    let length = |dtype: &DType| if dtype.is_number() { text_length(dtype.ty()) } else { dtype.length() };
    let longest = length(a).max(length(b));
    match (a.kind(), b.kind()) {
        (Kind::Void, Kind::Void) => promote_structures(a, b),
        (Kind::Void, _) | (_, Kind::Void) => Err(no_common_dtype(&[a, b])),
        (Kind::Str, _) | (_, Kind::Str) => Ok(DType::text(longest)),
        _ => Ok(DType::bytes(longest)),
    }
}

/// Dates and spans in the coarsest unit that holds both; a span with an integer is a span.
fn promote_times(a: &DType, b: &DType) -> Result<DType> {
    let is_span = |dtype: &DType| dtype.ty() == Type::TimeDelta64;
    let counts = |dtype: &DType| {
        let unsigned = dtype.kind() == Kind::Unsigned && dtype.itemsize() == 8;
        dtype.ty() == Type::Bool || (dtype.ty().is_integer() && !unsigned)
    };
    match (a, b) {
        _ if a.ty().is_time() && b.ty().is_time() => {
            let resolution = a.resolution().common(b.resolution(), (is_span(a), is_span(b)))?;
            Ok(DType::time(is_span(a) && is_span(b), resolution))
        }
        (span, other) | (other, span) if is_span(span) && counts(other) => Ok(span.native()),
        _ => Err(Error::new(
            ErrorClass::DTypePromotionError,
            format!(
                "The DTypes {} and {} do not have a common DType. For example they cannot be stored in a single array \
                 unless the dtype is `object`.",
                dtype_class(a.ty()),
                dtype_class(b.ty())
            ),
        )),
    }
}

fn promote_structures(a: &DType, b: &DType) -> Result<DType> {
    let refused = || {
        let message = "invalid type promotion with structured or void datatype(s). All inputs must have the same \
                       structure, and the names of their fields must agree.";
        Error::new(ErrorClass::DTypePromotionError, message)
    };
    match (a.structure(), b.structure()) {
        (Some(one), Some(other)) => {
            if a == b && a.is_native() {
                return Ok(a.clone());
            }
            let names = |whole: &Struct| {
                let names: Vec<String> = whole.fields.iter().map(|field| repr_str(&field.name())).collect();
                format!("({}{})", names.join(", "), if names.len() == 1 { "," } else { "" })
            };
            let (first, second) = (names(one), names(other));
            if first != second {
                let message = format!("field names `{first}` and `{second}` mismatch.");
                return Err(Error::new(ErrorClass::DTypePromotionError, message));
            }
            let mut fields = Vec::new();
            for (one, other) in one.fields.iter().zip(&other.fields) {
                if one.title != other.title {
                    return Err(refused());
                }
                fields.push((one.name().to_string(), one.title.clone(), promote_dtypes(&one.dtype, &other.dtype)?));
            }
            Ok(DType::of_parts(Compound::Struct(Struct::packed(fields, one.aligned || other.aligned))))
        }
        (None, None) if a == b => Ok(a.clone()),
        (None, None) if a.compound().is_none() && b.compound().is_none() => {
            Ok(DType::sized(Type::Void, a.itemsize().max(b.itemsize())))
        }
        _ => Err(refused()),
    }
}

/// The error for dtypes that have no common one (`PyArray_PromoteDTypeSequence`).
fn no_common_dtype(dtypes: &[&DType]) -> Error {
    let class = |dtype: &&DType| dtype_class(dtype.ty());
    let [first, second] = [dtypes.first(), dtypes.last()].map(|dtype| dtype.map_or("", class));
    let all = dtypes.iter().map(class).collect::<Vec<_>>().join(", ");
    Error::new(
        ErrorClass::DTypePromotionError,
        format!(
            "The DType {first} could not be promoted by {second}. This means that no common DType exists for the given \
             inputs. For example they cannot be stored in a single array unless the dtype is `object`. The full list \
             of DTypes is: ({all})"
        ),
    )
}

/// NumPy's `np.result_type` over dtypes and weak Python numbers: [`result_type`] where all are numbers, else
/// [`promote_dtypes`] from the first on. `dtypes` has the dtype of each operand that is [`Operand::Strong`].
///
/// # Errors
/// As [`result_type`] and [`promote_dtypes`]; a Python number takes no part in texts.
pub fn result_dtype<'d>(operands: &[Operand], dtypes: impl IntoIterator<Item = &'d DType>) -> Result<DType> {
    let mut dtypes = dtypes.into_iter().peekable();
    if operands.iter().all(|operand| !matches!(operand, Operand::Strong(ty) if !ty.is_number())) {
        // the only operand keeps its dtype, but for the byte order
        return Ok(result_type(operands)?.into());
    }
    let Some(first) = dtypes.next() else { return Ok(result_type(operands)?.into()) };
    let whole = if dtypes.peek().is_none() { first.clone() } else { first.native() };
    let whole = dtypes.try_fold(whole, |whole, dtype| promote_dtypes(&whole, dtype))?;
    let weak = operands.iter().find(|operand| !matches!(operand, Operand::Strong(_)));
    match weak {
        Some(Operand::Int) if whole.ty() == Type::TimeDelta64 => Ok(whole),
        Some(weak) if !matches!(whole.ty(), Type::Object) => {
            let name = match weak {
                Operand::Int => "<class 'numpy.dtypes._PyLongDType'>",
                Operand::Float => "<class 'numpy.dtypes._PyFloatDType'>",
                _ => "<class 'numpy.dtypes._PyComplexDType'>",
            };
            let class = dtype_class(whole.ty());
            Err(Error::new(
                ErrorClass::DTypePromotionError,
                format!(
                    "The DType {class} could not be promoted by {name}. This means that no common DType exists for the \
                     given inputs. For example they cannot be stored in a single array unless the dtype is `object`. \
                     The full list of DTypes is: ({class}, {name})"
                ),
            ))
        }
        _ => Ok(whole),
    }
}

/// The repr of NumPy's class of a dtype.
pub fn dtype_class(ty: Type) -> &'static str {
    match ty {
        Type::Bool => "<class 'numpy.dtypes.BoolDType'>",
        Type::Int8 => "<class 'numpy.dtypes.Int8DType'>",
        Type::UInt8 => "<class 'numpy.dtypes.UInt8DType'>",
        Type::Int16 => "<class 'numpy.dtypes.Int16DType'>",
        Type::UInt16 => "<class 'numpy.dtypes.UInt16DType'>",
        Type::Int32 => "<class 'numpy.dtypes.Int32DType'>",
        Type::UInt32 => "<class 'numpy.dtypes.UInt32DType'>",
        Type::Int64 => "<class 'numpy.dtypes.Int64DType'>",
        Type::UInt64 => "<class 'numpy.dtypes.UInt64DType'>",
        Type::Float16 => "<class 'numpy.dtypes.Float16DType'>",
        Type::Float32 => "<class 'numpy.dtypes.Float32DType'>",
        Type::Float64 => "<class 'numpy.dtypes.Float64DType'>",
        Type::Complex64 => "<class 'numpy.dtypes.Complex64DType'>",
        Type::Complex128 => "<class 'numpy.dtypes.Complex128DType'>",
        Type::Object => "<class 'numpy.dtypes.ObjectDType'>",
        Type::Bytes => "<class 'numpy.dtypes.BytesDType'>",
        Type::Str => "<class 'numpy.dtypes.StrDType'>",
        Type::Void => "<class 'numpy.dtypes.VoidDType'>",
        Type::DateTime64 => "<class 'numpy.dtypes.DateTime64DType'>",
        Type::TimeDelta64 => "<class 'numpy.dtypes.TimeDelta64DType'>",
    }
}

/// NumPy's `np.min_scalar_type` of one value: the smallest type of its kind that holds it
/// (`min_scalar_type_num`, convert_datatype.c). Floats are judged by range, not by precision.
pub fn min_scalar_type(value: Scalar) -> Type {
    if let Scalar::Bool(_) = value {
        return Type::Bool;
    }
    if let Some(whole) = value.as_i128() {
        let types = if whole >= 0 {
            [(Type::UInt8, u8::MAX as i128), (Type::UInt16, u16::MAX as i128), (Type::UInt32, u32::MAX as i128)]
        } else {
            [(Type::Int8, -(i8::MIN as i128) - 1), (Type::Int16, 32767), (Type::Int32, i32::MAX as i128)]
        };
        let reach = if whole >= 0 { whole } else { -whole - 1 };
        let fallback = if whole >= 0 { Type::UInt64 } else { Type::Int64 };
        return types.into_iter().find(|&(_, max)| reach <= max).map_or(fallback, |(ty, _)| ty);
    }
    let fits = |x: f64, limit: f64| x > -limit && x < limit;
    let complex = value.as_complex();
    match value {
        Scalar::Complex64(_) => Type::Complex64,
        Scalar::Complex128(_) => {
            if fits(complex.re, 3.4e38) && fits(complex.im, 3.4e38) {
                Type::Complex64
            } else {
                Type::Complex128
            }
        }
        _ if fits(complex.re, 65000.0) || !complex.re.is_finite() => Type::Float16,
        Scalar::Float64(x) if !fits(x, 3.4e38) => Type::Float64,
        Scalar::Float16(_) => Type::Float16,
        _ => Type::Float32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_promote_as_in_numpy() {
        // rows and columns: ? b B h H i I l L e f d F D
        let rows = [
            "?bBhHiIlLefdFD",
            "bbhhiilldefdFD",
            "BhBhHiIlLefdFD",
            "hhhhiilldffdFD",
            "HiHiHiIlLffdFD",
            "iiiiiillddddDD",
            "IlIlIlIlLdddDD",
            "llllllllddddDD",
            "LdLdLdLdLdddDD",
            "eeeffddddefdFD",
            "fffffddddffdFD",
            "ddddddddddddDD",
            "FFFFFDDDDFFDFD",
            "DDDDDDDDDDDDDD",
        ];
        for (a, row) in Type::NUMBERS.into_iter().zip(rows) {
            let found: String = Type::NUMBERS.into_iter().map(|b| promote_types(a, b).letter()).collect();
            assert_eq!(found, row, "{a:?}");
        }
    }

    #[test]
    fn weak_numbers_and_the_order_of_operands() {
        use Operand::{Complex, Float, Int};
        use Type::*;
        let strong = |types: &[Type]| types.iter().copied().map(Operand::Strong).collect::<Vec<_>>();
        let cases = [
            (vec![Int8.into(), Int], Int8),
            (vec![Int, Float], Float64),
            (vec![Int], Int64),
            (vec![Complex, Float16.into()], Complex64),
            (vec![Float, Int8.into()], Float64),
            (vec![Float, Bool.into()], Float64),
            (vec![Int, Bool.into()], Int64),
            (vec![Complex, Int8.into()], Complex128),
            (vec![Float16.into(), Complex, Float64.into()], Complex128),
            (strong(&[Int16, UInt16, Float32]), Float32),
            (strong(&[Int8, UInt8, Float16]), Float16),
            (strong(&[Int8, UInt16, Float16]), Float32),
            (strong(&[Float16, Int8, UInt16]), Float32),
            (strong(&[Int64, UInt64, Float16]), Float64),
        ];
        for (operands, expected) in cases {
            assert_eq!(result_type(&operands), Ok(expected), "{operands:?}");
        }
        assert!(result_type(&[]).is_err());
    }

    #[test]
    fn smallest_types_of_values() {
        let cases = [
            (Scalar::Bool(true), Type::Bool),
            (Scalar::Int64(0), Type::UInt8),
            (Scalar::Int64(-128), Type::Int8),
            (Scalar::Int64(-129), Type::Int16),
            (Scalar::Int64(65536), Type::UInt32),
            (Scalar::UInt64(1 << 63), Type::UInt64),
            (Scalar::Int64(-(1 << 31) - 1), Type::Int64),
            (Scalar::Float64(1e5), Type::Float32),
            (Scalar::Float64(65504.0), Type::Float32),
            (Scalar::Float64(1e39), Type::Float64),
            (Scalar::Float64(f64::NAN), Type::Float16),
            (Scalar::Complex128(num_complex::Complex::new(0.0, 1e39)), Type::Complex128),
            (Scalar::Complex128(num_complex::Complex::new(0.0, 1.0)), Type::Complex64),
        ];
        for (value, expected) in cases {
            assert_eq!(min_scalar_type(value), expected, "{value:?}");
        }
    }
}
