//! How a ufunc's inner loop is written: one row of an op table is a signature and a kernel, and a kernel is a
//! driver (how to walk) around a closure (what to compute).
//!
//! A driver walks one-dimensional runs: side by side in memory where they are, with a fixed operand where a
//! stride is 0, else stride by stride. Drivers ending in `_rare` have the strided walk alone, which keeps
//! seldom used functions small. The drivers in [`half`] have the same names and compute in `f32`, as NumPy does.

use super::float_status::{OUT_OF_BOUNDS, Status};
use crate::array::Type;
use crate::array::cast::Strided;
use crate::memory::{Plain, Run, with_wide_vectors};
use std::cell::Cell;

pub mod arithmetic;
pub mod bits;
pub mod compare;
pub mod complex;
pub mod complex_functions;
pub mod math;

/// An inner loop: inputs, then outputs, and how many elements of each.
pub type Kernel = fn(&[Strided<'_>], usize) -> Status;

/// One row of an op table: the types it is for and its kernel.
pub struct Loop {
    /// The types of inputs and outputs; only the first `nin + nout` count.
    pub types: [Type; 4],
    /// What runs.
    pub kernel: Kernel,
}

/// The types that a signature such as `"xx->?"` names, where `x` is `ty`, `p` the type of its parts, and the
/// other letters are NumPy's.
pub const fn signature(text: &str, ty: Type) -> [Type; 4] {
    let text = text.as_bytes();
    let mut types = [Type::Bool; 4];
    let (mut at, mut n) = (0, 0);
    while at < text.len() {
        let named = match text[at] {
            b'x' => ty,
            b'p' => match ty {
                Type::Complex64 => Type::Float32,
                Type::Complex128 => Type::Float64,
                other => other,
            },
            b'b' => Type::Int8,
            b'B' => Type::UInt8,
            b'h' => Type::Int16,
            b'H' => Type::UInt16,
            b'i' => Type::Int32,
            b'I' => Type::UInt32,
            b'l' => Type::Int64,
            b'L' => Type::UInt64,
            b'e' => Type::Float16,
            b'f' => Type::Float32,
            b'd' => Type::Float64,
            b'F' => Type::Complex64,
            b'D' => Type::Complex128,
            _ => Type::Bool,
        };
        if !matches!(text[at], b'-' | b'>') {
            types[n] = named;
            n += 1;
        }
        at += 1;
    }
    types
}

/// Makes the loops of one ufunc: groups of types with a signature, a driver and a closure. In the closure `T` is
/// the type of the row and `P` the type of its parts. In `floats`, half precision is computed in `f32`.
macro_rules! table {
    ([$($done:tt)*]) => { &[$($done)*] };
    ([$($done:tt)*] $group:ident $sig:literal $driver:ident($f:expr); $($rest:tt)*) => {
        $crate::ufunc::loops::group!($group [$($done)*] [$sig] [$driver] [$f] $($rest)*)
    };
}

/// The rows of one group of types.
macro_rules! group {
    (bool $done:tt $s:tt $d:tt $f:tt $($rest:tt)*) => {
        $crate::ufunc::loops::rows!($done $s $d $f [[Bool Bool]] $($rest)*)
    };
    (signed $done:tt $s:tt $d:tt $f:tt $($rest:tt)*) => {
        $crate::ufunc::loops::rows!($done $s $d $f [[i8 i8] [i16 i16] [i32 i32] [i64 i64]] $($rest)*)
    };
    (unsigned $done:tt $s:tt $d:tt $f:tt $($rest:tt)*) => {
        $crate::ufunc::loops::rows!($done $s $d $f [[u8 u8] [u16 u16] [u32 u32] [u64 u64]] $($rest)*)
    };
    (ints $done:tt $s:tt $d:tt $f:tt $($rest:tt)*) => {
        $crate::ufunc::loops::rows!($done $s $d $f
            [[i8 i8] [u8 u8] [i16 i16] [u16 u16] [i32 i32] [u32 u32] [i64 i64] [u64 u64]] $($rest)*)
    };
    (floats $done:tt $s:tt $d:tt $f:tt $($rest:tt)*) => {
        $crate::ufunc::loops::rows!(half $done $s $d $f [[f32 f32] [f64 f64]] $($rest)*)
    };
    (singles $done:tt $s:tt $d:tt $f:tt $($rest:tt)*) => {
        $crate::ufunc::loops::rows!($done $s $d $f [[f32 f32] [f64 f64]] $($rest)*)
    };
    (half $done:tt $s:tt $d:tt $f:tt $($rest:tt)*) => {
        $crate::ufunc::loops::rows!($done $s $d $f [[F16 F16]] $($rest)*)
    };
    (single $done:tt $s:tt $d:tt $f:tt $($rest:tt)*) => {
        $crate::ufunc::loops::rows!($done $s $d $f [[f32 f32]] $($rest)*)
    };
    (signed_unsigned $done:tt $s:tt $d:tt $f:tt $($rest:tt)*) => {
        $crate::ufunc::loops::rows!($done $s $d $f [[i64 u64]] $($rest)*)
    };
    (unsigned_signed $done:tt $s:tt $d:tt $f:tt $($rest:tt)*) => {
        $crate::ufunc::loops::rows!($done $s $d $f [[u64 i64]] $($rest)*)
    };
    (double $done:tt $s:tt $d:tt $f:tt $($rest:tt)*) => {
        $crate::ufunc::loops::rows!($done $s $d $f [[f64 f64]] $($rest)*)
    };
    (complexes $done:tt $s:tt $d:tt $f:tt $($rest:tt)*) => {
        $crate::ufunc::loops::rows!($done $s $d $f [[Complex32 f32] [Complex64 f64]] $($rest)*)
    };
    (complex_double $done:tt $s:tt $d:tt $f:tt $($rest:tt)*) => {
        $crate::ufunc::loops::rows!($done $s $d $f [[Complex64 f64]] $($rest)*)
    };
}

/// One row for each type of a group.
macro_rules! rows {
    (half [$($done:tt)*] [$sig:literal] [$driver:ident] [$f:expr] $types:tt $($rest:tt)*) => {
        $crate::ufunc::loops::rows!([$($done)* {
            #[allow(dead_code)]
            type T = f32;
            #[allow(dead_code)]
            type P = f32;
            Loop { types: signature($sig, Type::Float16), kernel: |operands, count| half::$driver(operands, count, $f) }
        },] [$sig] [$driver] [$f] $types $($rest)*)
    };
    ([$($done:tt)*] [$sig:literal] [$driver:ident] [$f:expr] [$([$t:ident $p:ident])*] $($rest:tt)*) => {
        $crate::ufunc::loops::table!([$($done)* $({
            #[allow(dead_code)]
            type T = $t;
            #[allow(dead_code)]
            type P = $p;
            Loop { types: signature($sig, <$t as Element>::TYPE), kernel: |operands, count| $driver(operands, count, $f) }
        },)*] $($rest)*)
    };
}
pub(super) use {group, rows, table};

/// The runs of a kernel's operands, or a return that says that one leaves its buffer.
macro_rules! runs {
    ($operands:ident, $count:ident, $($name:ident: $ty:ty),*) => {
        let [$($name),*] = $operands else { return OUT_OF_BOUNDS };
        let ($(Ok($name),)*) = ($($name.run::<$ty>($count),)*) else { return OUT_OF_BOUNDS };
    };
}

/// `r[i] = f(a[i])`.
#[inline(always)]
pub fn unary<A: Plain, R: Plain>(operands: &[Strided<'_>], count: usize, f: impl Fn(A) -> R) -> Status {
    runs!(operands, count, a: A, r: R);
    if let (Some(a), Some(r)) = (a.cells(), r.cells())
        && with_wide_vectors(|| {
            for (a, r) in a.iter().zip(r) {
                r.set(f(a.get()));
            }
        })
        .is_some()
    {
        return Status::NONE;
    }
    for i in 0..count {
        r.set(i, f(a.get(i)));
    }
    Status::NONE
}

/// As [`unary`], strided walk alone.
#[inline(always)]
pub fn unary_rare<A: Plain, R: Plain>(operands: &[Strided<'_>], count: usize, f: impl Fn(A) -> R) -> Status {
    runs!(operands, count, a: A, r: R);
    for i in 0..count {
        r.set(i, f(a.get(i)));
    }
    Status::NONE
}

/// `r[i] = f(a[i])` where `f` also says what went wrong.
#[inline(always)]
pub fn unary_status<A: Plain, R: Plain>(
    operands: &[Strided<'_>],
    count: usize,
    f: impl Fn(A) -> (R, Status),
) -> Status {
    runs!(operands, count, a: A, r: R);
    let mut status = Status::NONE;
    for i in 0..count {
        let (value, said) = f(a.get(i));
        r.set(i, value);
        status |= said;
    }
    status
}

/// `(r[i], s[i]) = f(a[i])`.
#[inline(always)]
pub fn unary_pair<A: Plain, R: Plain, S: Plain>(
    operands: &[Strided<'_>],
    count: usize,
    f: impl Fn(A) -> (R, S),
) -> Status {
    runs!(operands, count, a: A, r: R, s: S);
    for i in 0..count {
        let (first, second) = f(a.get(i));
        r.set(i, first);
        s.set(i, second);
    }
    Status::NONE
}

/// `r[i] = f(a[i], b[i])`.
#[inline(always)]
pub fn binary<A: Plain, B: Plain, R: Plain>(operands: &[Strided<'_>], count: usize, f: impl Fn(A, B) -> R) -> Status {
    runs!(operands, count, a: A, b: B, r: R);
    if count > 1
        && let Some(to) = r.cells()
    {
        let done = match (a.cells(), b.cells()) {
            (Some(a), Some(b)) => with_wide_vectors(|| {
                for ((a, b), r) in a.iter().zip(b).zip(to) {
                    r.set(f(a.get(), b.get()));
                }
            }),
            (Some(a), None) if b.stride() == 0 => {
                let b = b.get(0);
                with_wide_vectors(|| {
                    for (a, r) in a.iter().zip(to) {
                        r.set(f(a.get(), b));
                    }
                })
            }
            (None, Some(b)) if a.stride() == 0 => {
                let a = a.get(0);
                with_wide_vectors(|| {
                    for (b, r) in b.iter().zip(to) {
                        r.set(f(a, b.get()));
                    }
                })
            }
            _ => None,
        };
        if done.is_some() {
            return Status::NONE;
        }
    }
    for i in 0..count {
        r.set(i, f(a.get(i), b.get(i)));
    }
    Status::NONE
}

/// As [`binary`] where the output is the first operand (`a += b`): one pointer less, so that the compiler need not
/// fear that they overlap.
#[inline(always)]
pub fn in_place<T: Plain>(operands: &[Strided<'_>], count: usize, f: impl Fn(T, T) -> T) -> Option<Status> {
    let [a, b, r] = operands else { return None };
    if count < 2 || a.offset != r.offset || !std::ptr::eq(a.bytes, r.bytes) {
        return None;
    }
    let (to, other) = (r.run::<T>(count).ok()?, b.run::<T>(count).ok()?);
    if a.stride != to.stride() {
        return None;
    }
    let to = to.cells()?;
    match other.cells() {
        Some(other) => with_wide_vectors(|| {
            for (r, b) in to.iter().zip(other) {
                r.set(f(r.get(), b.get()));
            }
        })?,
        None if other.stride() == 0 => {
            let b = other.get(0);
            with_wide_vectors(|| {
                for r in to {
                    r.set(f(r.get(), b));
                }
            })?;
        }
        None => return None,
    }
    Some(Status::NONE)
}

/// As [`binary`], and where the output is the first operand and stays in place (a reduction), the value is kept
/// in a register.
#[inline(always)]
pub fn fold<T: Plain>(operands: &[Strided<'_>], count: usize, f: impl Fn(T, T) -> T) -> Status {
    if let Some((accumulator, items)) = reduction::<T>(operands, count) {
        let mut value = accumulator.get(0);
        if let Some(items) = items.cells() {
            for item in items {
                value = f(value, item.get());
            }
        } else {
            for i in 0..count {
                value = f(value, items.get(i));
            }
        }
        accumulator.set(0, value);
        return Status::NONE;
    }
    in_place(operands, count, &f).unwrap_or_else(|| binary(operands, count, f))
}

/// As [`fold`] for functions that may be applied in any order: many values side by side.
#[inline(always)]
pub fn fold_any_order<T: Plain>(operands: &[Strided<'_>], count: usize, f: impl Fn(T, T) -> T) -> Status {
    if let Some((accumulator, items)) = reduction::<T>(operands, count)
        && let Some(items) = items.cells()
        && count >= 64
    {
        let done = with_wide_vectors(|| match size_of::<T>() {
            1 => fold_lanes::<T, 64>(accumulator.get(0), items, &f),
            2 => fold_lanes::<T, 32>(accumulator.get(0), items, &f),
            _ => fold_lanes::<T, 16>(accumulator.get(0), items, &f),
        });
        if let Some(value) = done {
            accumulator.set(0, value);
            return Status::NONE;
        }
    }
    fold(operands, count, f)
}

#[inline(always)]
fn fold_lanes<T: Plain, const LANES: usize>(start: T, items: &[Cell<T>], f: &impl Fn(T, T) -> T) -> T {
    let (groups, rest) = items.as_chunks::<LANES>();
    let rest = rest.iter().map(Cell::get);
    let Some((first, groups)) = groups.split_first() else { return rest.fold(start, f) };
    let mut lanes: [T; LANES] = std::array::from_fn(|k| first[k].get());
    for group in groups {
        for (lane, item) in lanes.iter_mut().zip(group) {
            *lane = f(*lane, item.get());
        }
    }
    lanes.into_iter().chain(rest).fold(start, f)
}

/// The accumulator and the items, where the operands are those of a reduction's inner loop: the output is the
/// first operand and does not move.
#[inline(always)]
pub fn reduction<'a, T: Plain>(operands: &[Strided<'a>], count: usize) -> Option<(Run<'a, T>, Run<'a, T>)> {
    let [a, b, r] = operands else { return None };
    if a.stride != 0 || r.stride != 0 || a.offset != r.offset || !std::ptr::eq(a.bytes, r.bytes) {
        return None;
    }
    Some((r.run(count.min(1)).ok().filter(|r| !r.is_empty())?, b.run(count).ok()?))
}

/// As [`binary`], strided walk alone.
#[inline(always)]
pub fn binary_rare<A: Plain, B: Plain, R: Plain>(
    operands: &[Strided<'_>],
    count: usize,
    f: impl Fn(A, B) -> R,
) -> Status {
    runs!(operands, count, a: A, b: B, r: R);
    for i in 0..count {
        r.set(i, f(a.get(i), b.get(i)));
    }
    Status::NONE
}

/// `r[i] = f(a[i], b[i], c[i])`, all of one type.
#[inline(always)]
pub fn ternary<T: Plain>(operands: &[Strided<'_>], count: usize, f: impl Fn(T, T, T) -> T) -> Status {
    runs!(operands, count, a: T, b: T, c: T, r: T);
    if let (Some(a), Some(to)) = (a.cells(), r.cells())
        && b.stride() == 0
        && c.stride() == 0
        && count > 0
    {
        let (b, c) = (b.get(0), c.get(0));
        for (a, r) in a.iter().zip(to) {
            r.set(f(a.get(), b, c));
        }
        return Status::NONE;
    }
    for i in 0..count {
        r.set(i, f(a.get(i), b.get(i), c.get(i)));
    }
    Status::NONE
}

/// `r[i] = f(a[i], b[i])` where `f` also says what went wrong.
#[inline(always)]
pub fn binary_status<A: Plain, B: Plain, R: Plain>(
    operands: &[Strided<'_>],
    count: usize,
    f: impl Fn(A, B) -> (R, Status),
) -> Status {
    runs!(operands, count, a: A, b: B, r: R);
    let mut status = Status::NONE;
    for i in 0..count {
        let (value, said) = f(a.get(i), b.get(i));
        r.set(i, value);
        status |= said;
    }
    status
}

/// `(r[i], s[i]) = f(a[i], b[i])` where `f` also says what went wrong.
#[inline(always)]
pub fn binary_pair<A: Plain, B: Plain, R: Plain, S: Plain>(
    operands: &[Strided<'_>],
    count: usize,
    f: impl Fn(A, B) -> (R, S, Status),
) -> Status {
    runs!(operands, count, a: A, b: B, r: R, s: S);
    let mut status = Status::NONE;
    for i in 0..count {
        let (first, second, said) = f(a.get(i), b.get(i));
        r.set(i, first);
        s.set(i, second);
        status |= said;
    }
    status
}

/// The same drivers for half precision: up to `f32`, compute, round down.
pub mod half {
    use super::Status;
    use crate::array::cast::Strided;
    use crate::half::F16;
    use crate::memory::Plain;

    /// What a closure over `f32` may give, and what half precision makes of it.
    pub trait Narrow {
        /// The element kept.
        type Kept: Plain;
        /// Rounded to half, where it is a float.
        fn narrow(self) -> Self::Kept;
    }

    impl Narrow for f32 {
        type Kept = F16;
        #[inline(always)]
        fn narrow(self) -> F16 {
            F16::from_f32(self)
        }
    }

    impl Narrow for crate::memory::Bool {
        type Kept = Self;
        #[inline(always)]
        fn narrow(self) -> Self {
            self
        }
    }

    impl Narrow for i32 {
        type Kept = i32;
        #[inline(always)]
        fn narrow(self) -> i32 {
            self
        }
    }

    /// [`super::unary`]
    #[inline(always)]
    pub fn unary<R: Narrow>(operands: &[Strided<'_>], count: usize, f: impl Fn(f32) -> R) -> Status {
        super::unary_rare(operands, count, |a: F16| f(a.to_f32()).narrow())
    }

    /// [`super::unary_rare`]
    #[inline(always)]
    pub fn unary_rare<R: Narrow>(operands: &[Strided<'_>], count: usize, f: impl Fn(f32) -> R) -> Status {
        super::unary_rare(operands, count, |a: F16| f(a.to_f32()).narrow())
    }

    /// [`super::unary_pair`]
    #[inline(always)]
    pub fn unary_pair<R: Narrow, S: Narrow>(
        operands: &[Strided<'_>],
        count: usize,
        f: impl Fn(f32) -> (R, S),
    ) -> Status {
        super::unary_pair(operands, count, |a: F16| {
            let (first, second) = f(a.to_f32());
            (first.narrow(), second.narrow())
        })
    }

    /// [`super::binary`]
    #[inline(always)]
    pub fn binary<R: Narrow>(operands: &[Strided<'_>], count: usize, f: impl Fn(f32, f32) -> R) -> Status {
        super::binary_rare(operands, count, |a: F16, b: F16| f(a.to_f32(), b.to_f32()).narrow())
    }

    /// [`super::binary_status`]
    #[inline(always)]
    pub fn binary_status<R: Narrow>(
        operands: &[Strided<'_>],
        count: usize,
        f: impl Fn(f32, f32) -> (R, Status),
    ) -> Status {
        super::binary_status(operands, count, |a: F16, b: F16| {
            let (value, status) = f(a.to_f32(), b.to_f32());
            (value.narrow(), status)
        })
    }

    /// [`super::binary_rare`]
    #[inline(always)]
    pub fn binary_rare<R: Narrow>(operands: &[Strided<'_>], count: usize, f: impl Fn(f32, f32) -> R) -> Status {
        super::binary_rare(operands, count, |a: F16, b: F16| f(a.to_f32(), b.to_f32()).narrow())
    }

    /// [`super::fold`]: rounds after each step, as NumPy does.
    #[inline(always)]
    pub fn fold(operands: &[Strided<'_>], count: usize, f: impl Fn(f32, f32) -> f32) -> Status {
        super::binary_rare(operands, count, |a: F16, b: F16| F16::from_f32(f(a.to_f32(), b.to_f32())))
    }

    /// [`super::fold_any_order`]
    #[inline(always)]
    pub fn fold_any_order(operands: &[Strided<'_>], count: usize, f: impl Fn(f32, f32) -> f32) -> Status {
        fold(operands, count, f)
    }

    /// [`super::super::pairwise::sum`]
    #[inline(always)]
    pub fn sum(operands: &[Strided<'_>], count: usize, f: impl Fn(f32, f32) -> f32) -> Status {
        super::super::pairwise::sum_half(operands, count, f)
    }

    /// [`super::ternary`]
    #[inline(always)]
    pub fn ternary(operands: &[Strided<'_>], count: usize, f: impl Fn(f32, f32, f32) -> f32) -> Status {
        super::ternary(operands, count, |a: F16, b: F16, c: F16| F16::from_f32(f(a.to_f32(), b.to_f32(), c.to_f32())))
    }

    /// [`super::binary_pair`]
    #[inline(always)]
    pub fn binary_pair<R: Narrow, S: Narrow>(
        operands: &[Strided<'_>],
        count: usize,
        f: impl Fn(f32, f32) -> (R, S, Status),
    ) -> Status {
        super::binary_pair(operands, count, |a: F16, b: F16| {
            let (first, second, status) = f(a.to_f32(), b.to_f32());
            (first.narrow(), second.narrow(), status)
        })
    }
}
