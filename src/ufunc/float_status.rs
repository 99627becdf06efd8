//! Which floating-point errors did a loop meet? NumPy reads the processor's sticky flags; ndsh finds the same
//! errors in the results.
//!
//! A result that is neither infinite nor NaN met none of `divide`, `over` and `invalid`. So a block of results is
//! first probed as a whole, with integer operations that vectorise; only where something is not finite are the
//! elements compared with the operands they came from.

use super::visit::for_each_run;
use crate::array::cast::Strided;
use crate::array::layout::Traversal;
use crate::array::{ArrayRef, FloatStatus, Reaction, Runtime, Type};
use crate::error::{Result, value_error};
use crate::half::F16;
use crate::memory::{OutOfBounds, Plain, Run, with_wide_vectors};
use num_complex::Complex;
use std::cell::Cell;

/// What happened in a loop: the floating-point errors, and what is an error in any case.
pub type Status = FloatStatus;

/// An integer to a negative integer power.
pub const NEGATIVE_POWER: Status = FloatStatus(16);
/// An operand left its buffer; nothing was done.
pub const OUT_OF_BOUNDS: Status = FloatStatus(32);

/// How an infinite result of finite operands is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Nothing is checked: the loop cannot fail or says itself what happened.
    Unchecked,
    /// Overflow: `exp`, `+`, `*`.
    Overflow,
    /// A division by zero: `log(0)`, `arctanh(1)`.
    Pole,
    /// A division by zero where the last operand is 0, else overflow: `/`.
    Divide,
    /// A division by zero where the first operand is 0, else overflow: `power`, `reciprocal`.
    Power,
}

/// A float whose bits tell whether it is finite.
trait Probe: Plain {
    /// The magnitude's bits plus one unit of the exponent: the top bit is set exactly where it is not finite.
    type Bits: Copy + Default + std::ops::BitOr<Output = Self::Bits>;
    fn probe(self) -> Self::Bits;
    fn is_set(bits: Self::Bits) -> bool;
    /// Its parts as doubles.
    fn parts(self) -> Complex<f64>;
    /// Whether a part is smaller than the smallest normal value, and not 0.
    fn is_subnormal(self) -> bool;
}

macro_rules! probe {
    ($($ty:ty, $bits:ty, $magnitude:expr, $unit:expr, $to_f64:expr, $normal:expr;)*) => { $(
        impl Probe for $ty {
            type Bits = $bits;
            #[inline(always)]
            fn probe(self) -> $bits {
                (self.to_bits() & $magnitude).wrapping_add($unit)
            }
            #[inline(always)]
            fn is_set(bits: $bits) -> bool {
                bits & !$magnitude != 0
            }
            fn parts(self) -> Complex<f64> {
                Complex::new($to_f64(self), 0.0)
            }
            fn is_subnormal(self) -> bool {
                let bits = self.to_bits() & $magnitude;
                bits != 0 && bits < $normal
            }
        }
    )* };
}
macro_rules! probe_complex {
    ($($ty:ty, $bits:ty;)*) => { $(
        impl Probe for Complex<$ty> {
            type Bits = $bits;
            #[inline(always)]
            fn probe(self) -> $bits {
                self.re.probe() | self.im.probe()
            }
            #[inline(always)]
            fn is_set(bits: $bits) -> bool {
                <$ty>::is_set(bits)
            }
            fn parts(self) -> Complex<f64> {
                Complex::new(f64::from(self.re), f64::from(self.im))
            }
            fn is_subnormal(self) -> bool {
                self.re.is_subnormal() || self.im.is_subnormal()
            }
        }
    )* };
}
probe_complex! { f32, u32; f64, u64; }
probe! {
    F16, u16, 0x7fff, 0x0400, F16::to_f64, 0x0400;
    f32, u32, 0x7fff_ffff, 0x0080_0000, f64::from, 0x0080_0000;
    f64, u64, 0x7fff_ffff_ffff_ffff, 0x0010_0000_0000_0000, f64::from, 0x0010_0000_0000_0000;
}

/// Whether every element of a run is finite.
fn all_finite<T: Probe>(run: &Run<'_, T>) -> bool {
    let all = |values: &mut dyn Iterator<Item = T>| values.fold(T::Bits::default(), |bits, value| bits | value.probe());
    let wide = |cells: &[Cell<T>]| {
        with_wide_vectors(|| cells.iter().fold(T::Bits::default(), |bits, cell| bits | cell.get().probe()))
    };
    let bits = run.cells().and_then(wide).unwrap_or_else(|| all(&mut (0..run.len()).map(|i| run.get(i))));
    !T::is_set(bits)
}

macro_rules! with_float {
    ($ty:expr, $T:ident => $body:expr, $other:expr) => {
        match $ty {
            Type::Float16 => {
                type $T = F16;
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
                type $T = Complex<f32>;
                $body
            }
            Type::Complex128 => {
                type $T = Complex<f64>;
                $body
            }
            _ => $other,
        }
    };
}

/// Whether the `count` elements of a piece of type `ty` are all finite; integers are.
pub fn is_finite(ty: Type, piece: &Strided<'_>, count: usize) -> bool {
    with_float!(ty, T => piece.run::<T>(count).is_ok_and(|run| all_finite(&run)), true)
}

/// Element `i` of a piece as a complex double.
fn element(ty: Type, piece: &Strided<'_>, i: usize) -> Complex<f64> {
    with_float!(ty, T => piece.from(i).run::<T>(1).map_or(Complex::default(), |run| run.get(0).parts()), {
        let offset = piece.from(i).offset;
        crate::with_element!(ty, T => piece.bytes.run::<T>(offset, 0, 1).map_or(Complex::default(), |run| {
            crate::array::Element::scalar(run.get(0)).as_complex()
        }))
    })
}

fn is_nan(z: Complex<f64>) -> bool {
    z.re.is_nan() || z.im.is_nan()
}

fn is_infinite(z: Complex<f64>) -> bool {
    z.re.is_infinite() || z.im.is_infinite()
}

/// What a block of `count` results met: `pieces` are the inputs and outputs of the loop.
pub fn check(types: &[Type], nin: usize, pieces: &[Strided<'_>], count: usize, rule: Rule, underflow: bool) -> Status {
    let mut status = Status::NONE;
    for (output, &ty) in pieces.iter().zip(types).skip(nin) {
        if !ty.is_inexact() || (!underflow && is_finite(ty, output, count)) {
            continue;
        }
        for i in 0..count {
            let result = element(ty, output, i);
            let small = underflow
                && with_float!(ty, T => output.from(i).run::<T>(1).is_ok_and(|r| r.get(0).is_subnormal()), false);
            if result.is_finite() && !underflow {
                continue;
            }
            let inputs = || pieces[..nin].iter().zip(types).map(|(piece, &ty)| element(ty, piece, i));
            status |= classify(result, small, ty.is_complex(), inputs, rule);
        }
    }
    status
}

/// What one result met.
fn classify<I: DoubleEndedIterator<Item = Complex<f64>>>(
    result: Complex<f64>,
    small: bool,
    complex: bool,
    inputs: impl Fn() -> I,
    rule: Rule,
) -> Status {
    let zero = Complex::new(0.0, 0.0);
    let by_zero = match rule {
        Rule::Unchecked => return Status::NONE,
        Rule::Overflow => false,
        Rule::Pole => true,
        Rule::Divide => inputs().next_back() == Some(zero),
        Rule::Power => inputs().next() == Some(zero),
    };
    if small {
        return Status::UNDER;
    }
    if inputs().any(is_nan) {
        return Status::NONE;
    }
    if complex && by_zero && rule == Rule::Divide {
        // The loop of complex quotients has told.
        return Status::NONE;
    }
    let mut status = Status::when(is_nan(result), Status::INVALID);
    if is_infinite(result) && !inputs().any(is_infinite) {
        status |= if by_zero { Status::DIVIDE } else { Status::OVER };
    }
    status
}

/// Whether the session wants to hear of underflow.
pub fn watches_underflow(runtime: &Runtime) -> bool {
    runtime.error_state.get().under != Reaction::Ignore
}

/// Reacts to the errors of `status` as the session asks, and raises what is always an error. `name` is what they
/// were met in: `"divide"`, `"scalar add"`, `"reduce"`.
///
/// # Errors
/// As [`Runtime::react`]; `ValueError` for a negative power of integers.
#[inline]
pub fn report(runtime: &Runtime, status: Status, name: &str) -> Result<()> {
    if status.is_empty() { Ok(()) } else { report_some(runtime, status, name) }
}

#[cold]
fn report_some(runtime: &Runtime, status: Status, name: &str) -> Result<()> {
    if status.contains(OUT_OF_BOUNDS) {
        return Err(OutOfBounds.into());
    }
    if status.contains(NEGATIVE_POWER) {
        return Err(value_error("Integers to negative integer powers are not allowed."));
    }
    runtime.react(status, name)
}

/// Whether an array holds a NaN or an infinity.
pub fn scan(array: &ArrayRef, nan: &mut bool, infinite: &mut bool) {
    let buffer = array.buffer();
    let Some(bytes) = buffer.bytes() else { return };
    let layout = array.layout();
    let ty = layout.dtype.ty();
    if !ty.is_inexact() {
        return;
    }
    let traversal = Traversal::new(&layout.shape, &[&layout], crate::array::Order::K, true);
    let found = for_each_run(&traversal, |offsets, strides, count| {
        let piece = Strided { bytes, offset: offsets[0], stride: strides[0] };
        if layout.dtype.is_native() && is_finite(ty, &piece, count) {
            return Ok(());
        }
        for i in 0..count {
            let offset = piece.from(i).offset;
            let value = crate::array::Scalar::read(&buffer, offset, &layout.dtype).as_complex();
            *nan |= is_nan(value);
            *infinite |= is_infinite(value);
        }
        Ok(())
    });
    // An interrupt comes again at the next look.
    if found.is_err() {
        crate::interrupt::raise();
    }
}
