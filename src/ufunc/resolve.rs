//! Which loop does a call use? NumPy's type resolution, with weak Python numbers (NEP 50).
//!
//! First the loop whose types are exactly the operands'; else the ufunc's [`Resolver`] decides: the common type
//! of all operands, or the first loop to which each can be cast safely (`PyUFunc_DefaultTypeResolver`,
//! ufunc_type_resolution.c). Then the casts of inputs and outputs are checked against `casting=`.

use super::float_status::Status;
use super::loops::{Kernel, Loop};
use super::{Operand, Options, Resolver, Ufunc};
use crate::array::cast::{self, Casting, can_cast, dtype_class, is_safe, result_type};
use crate::array::{DType, Kind, Scalar, Type};
use crate::error::{Error, ErrorClass, Result, overflow_error, type_error};
use crate::memory::Bool;
use num_bigint::BigInt;
use num_complex::Complex;
use num_traits::{Signed, ToPrimitive};
use smallvec::SmallVec;

/// The loop of a call: what its operands are cast to, and the kernel.
#[derive(Clone, Copy)]
pub struct Resolved {
    /// The types of inputs, then outputs.
    pub types: [Type; 4],
    /// The inner loop.
    pub kernel: Kernel,
    /// Inputs are cast whatever the casting rule says (the truth of a value).
    pub forced: bool,
    /// The answer is known without looking at Python's number, which the types may not hold.
    pub known: bool,
}

impl Resolved {
    fn of(row: &Loop) -> Resolved {
        Resolved { types: row.types, kernel: row.kernel, forced: false, known: false }
    }

    /// A scalar operand in the loop's type, and what its cast met.
    ///
    /// # Errors
    /// As [`weak_scalar`].
    pub fn scalar(&self, k: usize, operand: &Operand) -> Result<(Scalar, Status)> {
        if self.known { Ok((Scalar::zero(self.types[k]), Status::NONE)) } else { weak_scalar(operand, self.types[k]) }
    }
}

/// Types of inputs and outputs that the call fixes by `dtype=` or `signature=`.
type Fixed = SmallVec<[Option<Type>; 4]>;

/// Finds the loop of a call.
///
/// # Errors
/// `TypeError` (or one of NumPy's subclasses of `UFuncTypeError`) where there is none, or a cast is not allowed.
pub fn resolve(ufunc: &Ufunc, operands: &[Operand], options: &Options) -> Result<Resolved> {
    let nin = ufunc.nin;
    // No ufunc has more than three inputs.
    let mut weak = [cast::Operand::Int; 3];
    let mut types = [Type::Bool; 3];
    let mut any_weak = false;
    for (k, operand) in operands.iter().enumerate().take(3) {
        weak[k] = weaken(ufunc, operand);
        types[k] = weak[k].default_type();
        any_weak |= !matches!(weak[k], cast::Operand::Strong(_));
    }
    let (weak, types) = (&weak[..operands.len().min(3)], &types[..operands.len().min(3)]);
    let fixed = fixed_types(ufunc, options)?;
    let resolved = match fixed {
        Some(fixed) => resolve_fixed(ufunc, weak, types, &fixed)?,
        None => {
            let exact = if any_weak { None } else { ufunc.loops.iter().find(|row| row.types[..nin] == *types) };
            match exact {
                Some(row) if !refuses_bool(ufunc, types) => Resolved::of(row),
                _ => resolve_free(ufunc, operands, weak, types)?,
            }
        }
    };
    require_casts(ufunc, operands, &resolved, options)?;
    Ok(resolved)
}

/// What an operand is to promotion. With a single input nothing is promoted, and Python's numbers are what
/// `np.array` makes of them.
fn weaken(ufunc: &Ufunc, operand: &Operand) -> cast::Operand {
    match operand {
        Operand::Array(array) => cast::Operand::Strong(array.layout().dtype.ty()),
        Operand::Scalar(value) => cast::Operand::Strong(value.ty()),
        Operand::Int(value) if ufunc.nin == 1 => {
            let fits = value.to_i64().is_some() || value.to_u64().is_none();
            cast::Operand::Strong(if fits { Type::Int64 } else { Type::UInt64 })
        }
        Operand::Float(_) if ufunc.nin == 1 => cast::Operand::Strong(Type::Float64),
        Operand::Complex(_) if ufunc.nin == 1 => cast::Operand::Strong(Type::Complex128),
        Operand::Int(_) => cast::Operand::Int,
        Operand::Float(_) => cast::Operand::Float,
        Operand::Complex(_) => cast::Operand::Complex,
    }
}

fn refuses_bool(ufunc: &Ufunc, types: &[Type]) -> bool {
    matches!(ufunc.resolver, Resolver::Subtract | Resolver::Negative) && types.iter().all(|&ty| ty == Type::Bool)
}

fn fixed_types(ufunc: &Ufunc, options: &Options) -> Result<Option<Fixed>> {
    if let Some(signature) = &options.signature {
        if signature.len() != ufunc.nargs() && signature.len() != 1 {
            let words = "a type-tuple containing ";
            return Err(Error::new(
                ErrorClass::ValueError,
                format!("{words}{} dtypes is required for ufunc '{}'", ufunc.nargs(), ufunc.name),
            ));
        }
        let ty = |dtype: &Option<DType>| dtype.as_ref().map(DType::ty);
        if signature.len() == 1 {
            let mut fixed: Fixed = SmallVec::from_elem(None, ufunc.nargs());
            fixed[ufunc.nin..].fill(ty(&signature[0]));
            return Ok(Some(fixed));
        }
        return Ok(Some(signature.iter().map(ty).collect()));
    }
    Ok(options.dtype.as_ref().map(|dtype| {
        let mut fixed: Fixed = SmallVec::from_elem(None, ufunc.nargs());
        fixed[ufunc.nin..].fill(Some(dtype.ty()));
        fixed
    }))
}

/// The loop where nothing is fixed.
fn resolve_free(ufunc: &Ufunc, operands: &[Operand], weak: &[cast::Operand], types: &[Type]) -> Result<Resolved> {
    let uniform = || -> Result<Type> { if weak.len() == 1 { Ok(types[0]) } else { result_type(weak) } };
    match ufunc.resolver {
        Resolver::Default => search(ufunc, weak, types),
        Resolver::Absolute if types[0].is_complex() => search(ufunc, weak, types),
        Resolver::Uniform | Resolver::Absolute => find_uniform(ufunc, uniform()?, weak),
        Resolver::Subtract | Resolver::Negative => {
            let ty = uniform()?;
            if ty == Type::Bool { Err(bool_error(ufunc)) } else { find_uniform(ufunc, ty, weak) }
        }
        Resolver::TrueDivide => {
            let whole = |ty: &Type| ty.is_integer() || *ty == Type::Bool;
            if types.iter().all(whole) {
                return find_uniform(ufunc, Type::Float64, weak);
            }
            search(ufunc, weak, types)
        }
        Resolver::Logical => {
            let row = find_row(ufunc, &[Type::Bool; 2]).ok_or_else(|| no_loop(ufunc, weak, None))?;
            Ok(Resolved { forced: true, ..Resolved::of(row) })
        }
        Resolver::Comparison => resolve_comparison(ufunc, operands, weak, types, uniform()?),
    }
}

#[cold]
fn bool_error(ufunc: &Ufunc) -> Error {
    type_error(if ufunc.resolver == Resolver::Negative {
        "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not \
         function instead."
    } else {
        "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the \
         logical_xor function instead."
    })
}

fn find_row(ufunc: &Ufunc, inputs: &[Type]) -> Option<&'static Loop> {
    ufunc.loops.iter().find(|row| row.types[..inputs.len()] == *inputs)
}

fn find_uniform(ufunc: &Ufunc, ty: Type, weak: &[cast::Operand]) -> Result<Resolved> {
    let row = find_row(ufunc, &[ty; 4][..ufunc.nin]);
    row.map(Resolved::of).ok_or_else(|| no_loop(ufunc, weak, None))
}

/// The loop of a comparison: integers are compared exactly, also where no type holds both.
fn resolve_comparison(
    ufunc: &Ufunc,
    operands: &[Operand],
    weak: &[cast::Operand],
    types: &[Type],
    common: Type,
) -> Result<Resolved> {
    // An array of integers and a Python int: where the int is out of the type's range, the answer is known.
    for (at, other) in [(0, 1), (1, 0)] {
        if let Operand::Int(value) = &operands[at]
            && let cast::Operand::Strong(ty) = weak[other]
            && ty.is_integer()
        {
            let row = find_row(ufunc, &[ty; 2]).ok_or_else(|| no_loop(ufunc, weak, None))?;
            if fits(value, ty) {
                return Ok(Resolved::of(row));
            }
            let first_is_less = value.is_negative() == (at == 0);
            let answer = match ufunc.name {
                "equal" => false,
                "not_equal" => true,
                "less" | "less_equal" => first_is_less,
                _ => !first_is_less,
            };
            let kernel: Kernel = if answer { |o, n| fill(o, n, true) } else { |o, n| fill(o, n, false) };
            return Ok(Resolved { types: row.types, kernel, forced: false, known: true });
        }
    }
    if types.iter().all(|ty| ty.is_integer()) && !common.is_integer() {
        // int64 with uint64
        let pair =
            if types[0].kind() == Kind::Signed { [Type::Int64, Type::UInt64] } else { [Type::UInt64, Type::Int64] };
        return find_row(ufunc, &pair).map(Resolved::of).ok_or_else(|| no_loop(ufunc, weak, None));
    }
    find_uniform(ufunc, common, weak)
}

fn fill(operands: &[crate::array::cast::Strided<'_>], count: usize, answer: bool) -> Status {
    let Some(Ok(run)) = operands.last().map(|output| output.run::<Bool>(count)) else {
        return super::float_status::OUT_OF_BOUNDS;
    };
    cast::fill_run(run, Bool::from(answer));
    Status::NONE
}

/// The first loop to which each operand can be cast safely (`linear_search_type_resolver`).
fn search(ufunc: &Ufunc, weak: &[cast::Operand], types: &[Type]) -> Result<Resolved> {
    let rank = |kind: Kind| match kind {
        Kind::Bool => 0,
        Kind::Unsigned | Kind::Signed => 1,
        Kind::Float | Kind::Complex => 2,
        Kind::Object | Kind::Bytes | Kind::Str | Kind::Void | Kind::DateTime | Kind::TimeDelta => 3,
    };
    // Weak numbers are weak only beside a stronger kind (`should_use_min_scalar_weak_literals`).
    let (mut strong, mut light) = (None, None);
    for operand in weak {
        match operand {
            cast::Operand::Strong(ty) => strong = strong.max(Some(rank(ty.kind()))),
            cast::Operand::Int => light = light.max(Some(1)),
            cast::Operand::Float | cast::Operand::Complex => light = light.max(Some(2)),
        }
    }
    let lenient = strong.is_some() && strong >= light;
    let accepts = |operand: &cast::Operand, ty: Type, to: Type| match operand {
        cast::Operand::Strong(from) => is_safe(*from, to),
        weak if lenient => match to.kind() {
            Kind::Complex => true,
            Kind::Float => !matches!(weak, cast::Operand::Complex),
            Kind::Signed | Kind::Unsigned => matches!(weak, cast::Operand::Int),
            _ => is_safe(ty, to),
        },
        _ => is_safe(ty, to),
    };
    let row = ufunc
        .loops
        .iter()
        .find(|row| weak.iter().zip(types).zip(&row.types).all(|((operand, &ty), &to)| accepts(operand, ty, to)));
    row.map(Resolved::of).ok_or_else(|| not_supported(ufunc))
}

/// The loop where types of inputs or outputs are fixed (`type_tuple_type_resolver`).
fn resolve_fixed(ufunc: &Ufunc, weak: &[cast::Operand], types: &[Type], fixed: &Fixed) -> Result<Resolved> {
    let nin = ufunc.nin;
    // Where every fixed type is the same and all outputs are fixed, that is everybody's type.
    let mut named = fixed.iter().flatten();
    let uniform = match ufunc.resolver {
        Resolver::Uniform | Resolver::Subtract | Resolver::Negative => true,
        Resolver::Absolute => !types[0].is_complex(),
        _ => false,
    };
    if let Some(&first) = named.next()
        && uniform
        && fixed[nin..].iter().all(Option::is_some)
        && named.all(|&ty| ty == first)
    {
        if first == Type::Bool && matches!(ufunc.resolver, Resolver::Subtract | Resolver::Negative) {
            return Err(bool_error(ufunc));
        }
        let row = find_row(ufunc, &[first; 4][..ufunc.nargs()]);
        return row.map(Resolved::of).ok_or_else(|| no_loop(ufunc, weak, Some(first)));
    }
    let attempt = |fixed: &[Option<Type>]| {
        ufunc.loops.iter().find(|row| {
            row.types.iter().zip(fixed).enumerate().all(|(k, (&ty, wanted))| match wanted {
                Some(wanted) => *wanted == ty,
                None if k < nin => match weak[k] {
                    cast::Operand::Strong(from) => is_safe(from, ty),
                    _ => search_accepts(weak[k], types[k], ty),
                },
                None => true,
            })
        })
    };
    if let Some(row) = attempt(fixed) {
        return Ok(Resolved::of(row));
    }
    let mut wider = fixed.clone();
    let (inputs, outputs) = wider.split_at_mut(nin);
    if let Some(Some(first)) = outputs.first()
        && outputs.iter().all(|ty| *ty == Some(*first))
    {
        inputs.iter_mut().for_each(|input| *input = input.or(Some(*first)));
        if let Some(row) = attempt(&wider) {
            return Ok(Resolved::of(row));
        }
    }
    Err(type_error(format!("No loop matching the specified signature and casting was found for ufunc {}", ufunc.name)))
}

fn search_accepts(weak: cast::Operand, ty: Type, to: Type) -> bool {
    match to.kind() {
        Kind::Complex => true,
        Kind::Float => !matches!(weak, cast::Operand::Complex),
        Kind::Signed | Kind::Unsigned => matches!(weak, cast::Operand::Int),
        _ => is_safe(ty, to),
    }
}

/// Checks that inputs may be cast to the loop's types and results to the outputs' (`PyUFunc_ValidateCasting`).
fn require_casts(ufunc: &Ufunc, operands: &[Operand], resolved: &Resolved, options: &Options) -> Result<()> {
    if !resolved.forced {
        for (k, (operand, &ty)) in operands.iter().zip(&resolved.types).enumerate() {
            let from = match operand {
                Operand::Array(array) => {
                    let layout = array.layout();
                    if layout.dtype.ty() == ty && layout.dtype.is_native() {
                        continue;
                    }
                    layout.dtype.clone()
                }
                Operand::Scalar(value) => value.dtype(),
                // A weak number takes the loop's type, where that is of its kind or a later one.
                Operand::Int(_) => continue,
                Operand::Float(_) if ty.is_inexact() => continue,
                Operand::Complex(_) if ty.is_complex() => continue,
                Operand::Float(_) => Type::Float64.into(),
                Operand::Complex(_) => Type::Complex128.into(),
            };
            if !can_cast(&from, &ty.into(), options.casting) {
                return Err(casting_error(ufunc, true, k, &from, &ty.into(), options.casting));
            }
        }
    }
    for (k, out) in options.out.iter().enumerate() {
        let Some(out) = out else { continue };
        let ty = DType::new(resolved.types[ufunc.nin + k]);
        let layout = out.layout();
        if layout.dtype != ty && !can_cast(&ty, &layout.dtype, options.casting) {
            return Err(casting_error(ufunc, false, k, &ty, &layout.dtype, options.casting));
        }
    }
    Ok(())
}

#[cold]
fn casting_error(ufunc: &Ufunc, input: bool, k: usize, from: &DType, to: &DType, casting: Casting) -> Error {
    let (class, what, several) = if input {
        (ErrorClass::UFuncInputCastingError, "input", ufunc.nin != 1)
    } else {
        (ErrorClass::UFuncOutputCastingError, "output", ufunc.nout != 1)
    };
    let number = if several { format!("{k} ") } else { String::new() };
    let message = format!(
        "Cannot cast ufunc '{}' {what} {number}from dtype('{from}') to dtype('{to}') with casting rule '{}'",
        ufunc.name,
        casting.name()
    );
    Error::new(class, message)
}

#[cold]
fn not_supported(ufunc: &Ufunc) -> Error {
    type_error(format!(
        "ufunc '{}' not supported for the input types, and the inputs could not be safely coerced to any supported \
         types according to the casting rule ''safe''",
        ufunc.name
    ))
}

#[cold]
fn no_loop(ufunc: &Ufunc, weak: &[cast::Operand], output: Option<Type>) -> Error {
    let class = |operand: &cast::Operand| match operand {
        cast::Operand::Strong(ty) => dtype_class(*ty).to_string(),
        cast::Operand::Int => "<class 'numpy.dtypes._PyLongDType'>".into(),
        cast::Operand::Float => "<class 'numpy.dtypes._PyFloatDType'>".into(),
        cast::Operand::Complex => "<class 'numpy.dtypes._PyComplexDType'>".into(),
    };
    let tuple =
        |items: Vec<String>| if items.len() == 1 { items[0].clone() } else { format!("({})", items.join(", ")) };
    let message = format!(
        "ufunc '{}' did not contain a loop with signature matching types {} -> {}",
        ufunc.name,
        tuple(weak.iter().map(class).collect()),
        tuple(vec![output.map_or("None", dtype_class).to_string(); ufunc.nout])
    );
    Error::new(ErrorClass::UFuncNoLoopError, message)
}

/// Whether an integer type holds a Python int.
fn fits(value: &BigInt, ty: Type) -> bool {
    let Some(value) = value.to_i128() else { return false };
    let bits = 8 * ty.size() as u32;
    match ty.kind() {
        Kind::Unsigned => value >= 0 && value < 1i128 << bits,
        _ => value >= -(1i128 << (bits - 1)) && value < 1i128 << (bits - 1),
    }
}

/// A Python number as a scalar of the loop's type, and whether the cast met an error.
///
/// # Errors
/// `OverflowError` where an int is out of the type's range: `Python integer 300 out of bounds for uint8`.
pub fn weak_scalar(operand: &Operand, ty: Type) -> Result<(Scalar, Status)> {
    let (value, finite) = match operand {
        Operand::Array(_) => return Ok((Scalar::zero(ty), Status::NONE)),
        Operand::Scalar(value) => return Ok((value.cast(ty), Status::NONE)),
        Operand::Int(value) => return int_scalar(value, ty),
        Operand::Float(value) => (Scalar::Float64(*value), value.is_finite()),
        Operand::Complex(value) => (Scalar::Complex128(*value), value.re.is_finite() && value.im.is_finite()),
    };
    let cast = value.cast(ty);
    let over = ty.is_inexact() && finite && !is_finite(cast);
    Ok((cast, Status::when(over, Status::OVER)))
}

fn is_finite(value: Scalar) -> bool {
    let Complex { re, im } = value.as_complex();
    re.is_finite() && im.is_finite()
}

fn int_scalar(value: &BigInt, ty: Type) -> Result<(Scalar, Status)> {
    match ty.kind() {
        Kind::Bool => Ok((Scalar::Bool(*value != BigInt::ZERO), Status::NONE)),
        Kind::Signed | Kind::Unsigned => {
            let word = || value.to_i64().map(Scalar::Int64).or_else(|| value.to_u64().map(Scalar::UInt64));
            let wide = value.to_i64().is_none() && !(ty == Type::UInt64 && value.to_u64().is_some());
            match word() {
                Some(word) if fits(value, ty) => Ok((word.cast(ty), Status::NONE)),
                _ if wide => Err(overflow_error("Python int too large to convert to C long")),
                _ => Err(overflow_error(format!("Python integer {value} out of bounds for {}", ty.name()))),
            }
        }
        Kind::Float | Kind::Complex => {
            let float = value.to_f64().filter(|x| x.is_finite());
            let float = float.ok_or_else(|| overflow_error("int too large to convert to float"))?;
            let cast = Scalar::Float64(float).cast(ty);
            Ok((cast, Status::when(!is_finite(cast), Status::OVER)))
        }
        // no loop is of such a type
        Kind::Object | Kind::Bytes | Kind::Str | Kind::Void | Kind::DateTime | Kind::TimeDelta => {
            Ok((Scalar::Bool(*value != BigInt::ZERO), Status::NONE))
        }
    }
}
