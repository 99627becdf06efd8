//! Which casts a rule allows: NumPy's `can_cast`.

use super::super::dtype::{DType, Kind, Type};
use super::super::item::{text_length, text_length_of};
use super::promotion::promote_types;
use crate::error::{Error, ErrorClass, Result, value_error};

/// NumPy's casting rules, from the strictest to the laxest; `SameValue` looks at the values instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Casting {
    /// No cast at all.
    No,
    /// Only a change of byte order.
    Equiv,
    /// Only casts that keep every value.
    Safe,
    /// Safe casts, and casts within a kind (`float64` to `float32`).
    SameKind,
    /// Any cast.
    Unsafe,
    /// Any cast that keeps the values that are there (`astype` since NumPy 2.4).
    SameValue,
}

impl Casting {
    /// The rule as Python writes it: `"same_kind"`.
    pub fn name(self) -> &'static str {
        match self {
            Casting::No => "no",
            Casting::Equiv => "equiv",
            Casting::Safe => "safe",
            Casting::SameKind => "same_kind",
            Casting::Unsafe => "unsafe",
            Casting::SameValue => "same_value",
        }
    }

    /// The rule of this name. `same_value` says whether the function knows that rule (only `astype` does).
    ///
    /// # Errors
    /// NumPy's `ValueError: casting must be one of ...`.
    pub fn parse(name: &str, same_value: bool) -> Result<Casting> {
        use Casting::*;
        let rules = [No, Equiv, Safe, SameKind, Unsafe, SameValue];
        let rules = if same_value { &rules[..] } else { &rules[..5] };
        rules.iter().copied().find(|rule| rule.name() == name).ok_or_else(|| {
            let known: Vec<String> = rules.iter().map(|rule| format!("'{}'", rule.name())).collect();
            value_error(format!("casting must be one of {} (got '{name}')", known.join(", ")))
        })
    }
}

/// NumPy's `np.can_cast`: whether `casting` allows casts from `from` to `to`.
pub fn can_cast(from: &DType, to: &DType, casting: Casting) -> bool {
    if !(from.is_number() && to.is_number()) {
        return can_cast_items(from, to, casting);
    }
    let same_type = from.ty() == to.ty();
    match casting {
        Casting::No => from == to,
        Casting::Equiv => same_type,
        Casting::Safe => is_safe(from.ty(), to.ty()),
        Casting::SameKind => is_safe(from.ty(), to.ty()) || rank(from.kind()) <= rank(to.kind()),
        Casting::Unsafe | Casting::SameValue => true,
    }
}

/// [`can_cast`] where one side or both are no numbers. A text holds the numbers whose longest text it has room for; a
/// length that is not known yet holds anything.
fn can_cast_items(from: &DType, to: &DType, casting: Casting) -> bool {
    let safe = || match (from.ty(), to.ty()) {
        (_, Type::Object) => true,
        (Type::Object, _) => false,
        (a, b) if a.is_time() || b.is_time() => can_cast_times(from, to, casting),
        _ if from.structure().is_some() || to.structure().is_some() => can_cast_fields(from, to, Casting::Safe),
        (Type::Bytes, Type::Bytes) | (Type::Str, Type::Str) | (Type::Bytes, Type::Str) => {
            to.itemsize() == 0 || from.length() <= to.length()
        }
        (Type::Void, Type::Void) => to.itemsize() == 0 || from.itemsize() == to.itemsize(),
        (_, Type::Bytes | Type::Str) if from.is_number() => to.itemsize() == 0 || text_length(from.ty()) <= to.length(),
        (_, Type::Void) => to.itemsize() == 0 || from.itemsize() <= to.itemsize(),
        _ => false,
    };
    match casting {
        Casting::No => from == to,
        Casting::Equiv => from.native() == to.native(),
        Casting::Safe => safe(),
        Casting::SameKind if from.structure().is_some() || to.structure().is_some() => {
            can_cast_fields(from, to, casting)
        }
        Casting::SameKind if from.ty().is_time() || to.ty().is_time() => safe(),
        Casting::SameKind => {
            safe() || rank(from.kind()) < rank(to.kind()) || (from.kind() == to.kind() && from.kind() != Kind::Void)
        }
        Casting::Unsafe | Casting::SameValue => match (from.structure(), to.structure()) {
            (Some(a), Some(b)) => a.fields.len() == b.fields.len(),
            // one field is what it holds; several are no one value
            (Some(fields), None) => matches!(to.ty(), Type::Void | Type::Object) || fields.fields.len() == 1,
            _ => true,
        },
    }
}

/// [`can_cast`] of dates and spans by a rule that is safe or of the same kind: between units that allow it, and from
/// integers to spans.
fn can_cast_times(from: &DType, to: &DType, casting: Casting) -> bool {
    let (a, b) = (from.ty(), to.ty());
    match b {
        _ if a == b => from.resolution().can_cast(to.resolution(), casting, a == Type::TimeDelta64),
        Type::TimeDelta64 if a == Type::Bool || a.kind() == Kind::Signed => true,
        Type::TimeDelta64 if a.kind() == Kind::Unsigned => a.size() < 8 || casting == Casting::SameKind,
        Type::Void => to.itemsize() == 0 || from.itemsize() <= to.itemsize(),
        _ => false,
    }
}

/// Whether each field of a structure can be cast to the field of the other that has its place.
fn can_cast_fields(from: &DType, to: &DType, casting: Casting) -> bool {
    match (from.structure(), to.structure()) {
        (Some(a), Some(b)) => {
            a.fields.len() == b.fields.len()
                && a.fields.iter().zip(&b.fields).all(|(a, b)| can_cast(&a.dtype, &b.dtype, casting))
        }
        (Some(one), None) => one.fields.len() == 1 && can_cast(&one.fields[0].dtype, to, casting),
        (None, Some(all)) => all.fields.iter().all(|field| can_cast(from, &field.dtype, casting)),
        (None, None) => false,
    }
}

/// Whether every value of `from` is a value of `to` (NumPy's table, in which `int64` fits `float64`).
pub fn is_safe(from: Type, to: Type) -> bool {
    promote_types(from, to) == to
}

/// The order of kinds in `same_kind` casts (`dtype_kind_to_ordering`, convert_datatype.c).
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Bool => 0,
        Kind::Unsigned => 1,
        Kind::Signed => 2,
        Kind::Float => 3,
        Kind::Complex => 4,
        Kind::Bytes => 5,
        Kind::Str => 6,
        Kind::Void => 7,
        Kind::Object => 8,
        Kind::DateTime => 9,
        Kind::TimeDelta => 10,
    }
}

/// A dtype of texts or raw bytes whose length is not known yet, with room for what elements of `from` become
/// (`PyArray_AdaptDescriptorToArray`); any other as it is.
pub fn adapted(to: &DType, from: &DType) -> DType {
    if to.ty().is_time() && to.ty() == from.ty() && to.resolution().is_generic() {
        return DType::time(to.ty() == Type::TimeDelta64, from.resolution()).with_swapped(to.is_swapped());
    }
    if to.itemsize() > 0 || to.is_number() || to.compound().is_some() {
        return to.clone();
    }
    match to.ty() {
        Type::Void => DType::sized(Type::Void, from.itemsize()),
        Type::Bytes | Type::Str => {
            let length = text_length_of(from).max(1);
            let sized = if to.ty() == Type::Str { DType::text(length) } else { DType::bytes(length) };
            if to.is_swapped() { sized.with_swapped(true) } else { sized }
        }
        _ => to.clone(),
    }
}

/// Refuses what `can_cast` refuses. `scalar`: the source is a scalar or a 0-d array, as NumPy's words tell.
///
/// # Errors
/// `TypeError: Cannot cast array data from dtype('float64') to dtype('int64') according to the rule 'safe'`
/// (`npy_set_invalid_cast_error`, convert_datatype.c).
pub fn require_cast(from: &DType, to: &DType, casting: Casting, scalar: bool) -> Result<()> {
    if can_cast(from, to, casting) {
        return Ok(());
    }
    let what = if scalar { "scalar" } else { "array data" };
    let message =
        format!("Cannot cast {what} from {} to {} according to the rule '{}'", from.repr(), to.repr(), casting.name());
    Err(Error::new(ErrorClass::TypeError, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(from: Type, casting: Casting) -> String {
        let bit = |to: Type| if can_cast(&from.into(), &to.into(), casting) { '1' } else { '0' };
        Type::NUMBERS.into_iter().map(bit).collect()
    }

    #[test]
    fn tables_are_numpys() {
        // Columns: ? b B h H i I l L e f d F D
        let safe = [
            "11111111111111",
            "01010101011111",
            "00111111111111",
            "00010101001111",
            "00001111101111",
            "00000101000101",
            "00000011100101",
            "00000001000101",
            "00000000100101",
            "00000000011111",
            "00000000001111",
            "00000000000101",
            "00000000000011",
            "00000000000001",
        ];
        let same_kind = [
            "11111111111111",
            "01010101011111",
            "01111111111111",
            "01010101011111",
            "01111111111111",
            "01010101011111",
            "01111111111111",
            "01010101011111",
            "01111111111111",
            "00000000011111",
            "00000000011111",
            "00000000011111",
            "00000000000011",
            "00000000000011",
        ];
        for (from, (safe, same_kind)) in Type::NUMBERS.into_iter().zip(safe.into_iter().zip(same_kind)) {
            assert_eq!(row(from, Casting::Safe), safe, "{from:?}");
            assert_eq!(row(from, Casting::SameKind), same_kind, "{from:?}");
        }
    }

    #[test]
    fn byte_order_counts_only_for_no() {
        let big = DType::new(Type::Int32).with_swapped(true);
        assert!(!can_cast(&big, &big.native(), Casting::No) && can_cast(&big, &big.native(), Casting::Equiv));
        let error = require_cast(&Type::Float64.into(), &big, Casting::SameKind, false).unwrap_err();
        assert_eq!(
            error.message(),
            "Cannot cast array data from dtype('float64') to dtype('>i4') according to the rule 'same_kind'"
        );
        assert!(Casting::parse("same_value", false).unwrap_err().message().ends_with("(got 'same_value')"));
        assert_eq!(Casting::parse("same_kind", false), Ok(Casting::SameKind));
    }
}
