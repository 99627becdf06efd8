//! How evenly spaced elements of one dtype become elements of another: strided casting loops.
//!
//! A [`Caster`] is made once for an operation and then moves run after run. Elements of the same dtype are copied
//! as they are; native, aligned ones go through one loop per pair of types; swapped or unaligned ones go through
//! two aligned blocks on the side, as in NumPy's wrapped transfer functions (`get_wrapped_transfer`,
//! dtype_transfer.c).

use super::super::dtype::{DType, Type};
use super::super::float_status::FloatStatus;
use super::super::item::Item;
use super::super::runtime::Runtime;
use super::super::scalar::{Element, Scalar};
use super::convert::CastTo;
use crate::error::{Error, ErrorClass, Result, runtime_error, value_error};
use crate::memory::{AlignedBytes, Buffer, OutOfBounds, Plain, Run};
use crate::{with_element, with_unit};
use std::cell::{Cell, OnceCell};

/// Where evenly spaced elements stand: the first at byte `offset`, each `stride` bytes after the one before.
#[derive(Clone, Copy)]
pub struct Strided<'a> {
    /// The bytes.
    pub bytes: &'a AlignedBytes,
    /// Byte of the first element.
    pub offset: usize,
    /// Bytes from one element to the next; may be negative or zero.
    pub stride: isize,
}

impl<'a> Strided<'a> {
    /// Elements of a buffer; `None` where it is only planned.
    #[inline]
    pub fn of(buffer: &'a Buffer, offset: usize, stride: isize) -> Option<Strided<'a>> {
        Some(Strided { bytes: buffer.bytes()?, offset, stride })
    }

    /// The elements as a typed run.
    ///
    /// # Errors
    /// As [`AlignedBytes::run`].
    #[inline]
    pub fn run<T: Plain>(&self, count: usize) -> Result<Run<'a, T>, OutOfBounds> {
        self.bytes.run(self.offset, self.stride, count)
    }

    /// The elements from number `first` on.
    #[inline]
    pub fn from(&self, first: usize) -> Strided<'a> {
        let offset = self.offset.wrapping_add_signed((first as isize).wrapping_mul(self.stride));
        Strided { offset, ..*self }
    }
}

impl From<OutOfBounds> for Error {
    /// A layout that reaches outside its buffer: nothing is read or written there.
    fn from(_: OutOfBounds) -> Error {
        runtime_error("array reaches outside its buffer")
    }
}

/// Moves `count` elements; `Err` where one is outside the bytes or not aligned, before anything was written.
type Loop = fn(Strided<'_>, Strided<'_>, usize) -> Result<FloatStatus, OutOfBounds>;

/// Elements that pass through the side blocks at once.
const BLOCK: usize = 1024;
/// Elements that are looked at before they are cast.
const GLANCE: usize = 256;

/// Casts runs of elements from one dtype to another, and gathers the floating-point errors.
pub struct Caster {
    from: DType,
    to: DType,
    /// The loop for native, aligned elements; `None` where these dtypes are swapped.
    direct: Option<Loop>,
    /// The same dtype on both sides: bytes are moved as they are.
    same: bool,
    same_value: bool,
    status: Cell<FloatStatus>,
    sides: OnceCell<(AlignedBytes, AlignedBytes)>,
}

impl Caster {
    /// A caster between two dtypes, for any pair: the rules were checked before ([`super::can_cast`]).
    pub fn new(from: &DType, to: &DType) -> Caster {
        let same = from == to;
        let direct = if !(from.is_number() && to.is_number()) {
            None
        } else if same {
            Some(copy_loop(from.ty()))
        } else if from.is_native() && to.is_native() {
            Some(cast_loop(from.ty(), to.ty()))
        } else {
            None
        };
        Caster {
            from: from.clone(),
            to: to.clone(),
            direct,
            same,
            same_value: false,
            status: Cell::default(),
            sides: OnceCell::new(),
        }
    }

    /// The same, but values that the target type does not hold are refused: `casting='same_value'`.
    pub fn keeping_values(self) -> Caster {
        let numbers = self.from.is_number() && self.to.is_number();
        Caster { same_value: numbers && self.from.ty() != self.to.ty(), ..self }
    }

    /// The dtype it casts from.
    pub fn from_dtype(&self) -> &DType {
        &self.from
    }

    /// The dtype it casts to.
    pub fn to_dtype(&self) -> &DType {
        &self.to
    }

    /// Casts `count` elements. Where the two sides overlap, elements are taken in turn from the first on.
    ///
    /// # Errors
    /// `RuntimeError` where an element is outside its bytes; NumPy's `ValueError` where a value must stay and does
    /// not.
    #[inline]
    pub fn cast(&self, src: Strided<'_>, dst: Strided<'_>, count: usize) -> Result<()> {
        if self.same_value {
            self.check_values(src, count)?;
        }
        if let Some(direct) = self.direct
            && let Ok(status) = direct(src, dst, count)
        {
            self.note(status);
            return Ok(());
        }
        self.cast_by_blocks(src, dst, count)
    }

    #[inline]
    fn note(&self, status: FloatStatus) {
        if !status.is_empty() {
            self.status.set(self.status.get() | status);
        }
    }

    /// The errors met so far.
    pub fn status(&self) -> FloatStatus {
        self.status.get()
    }

    /// Reacts to the errors met: "invalid value encountered in cast".
    ///
    /// # Errors
    /// As [`Runtime::react`].
    pub fn finish(&self, runtime: &Runtime) -> Result<()> {
        runtime.react(self.status.take(), "cast")
    }

    #[cold]
    fn cast_by_blocks(&self, src: Strided<'_>, dst: Strided<'_>, count: usize) -> Result<()> {
        if self.same {
            return Ok(move_bytes(src, dst, count, self.from.itemsize())?);
        }
        if !(self.from.is_number() && self.to.is_number()) {
            return self.cast_items(src, dst, count);
        }
        let (from, to) = self.sides()?;
        let from = Strided { bytes: from, offset: 0, stride: self.from.itemsize() as isize };
        let to = Strided { bytes: to, offset: 0, stride: self.to.itemsize() as isize };
        let same_type = self.from.ty() == self.to.ty();
        let convert = if same_type { copy_loop(self.from.ty()) } else { cast_loop(self.from.ty(), self.to.ty()) };
        let mut first = 0;
        while first < count {
            let n = (count - first).min(BLOCK);
            load(src.from(first), from, n, &self.from)?;
            self.note(convert(from, to, n)?);
            swap_bytes(to, n, &self.to)?;
            move_bytes(to, dst.from(first), n, self.to.itemsize())?;
            first += n;
        }
        Ok(())
    }

    /// Casts elements of which one side or both are no numbers: bytes cut or filled up where the types are the same, else
    /// each as an [`Item`].
    fn cast_items(&self, src: Strided<'_>, dst: Strided<'_>, count: usize) -> Result<()> {
        let (from, to) = (self.from.itemsize(), self.to.itemsize());
        let unit = if self.from.ty() == Type::Str { 4 } else { 1 };
        let turned = unit > 1 && self.from.is_swapped() != self.to.is_swapped();
        let same_type = self.from.ty() == self.to.ty();
        let resized =
            same_type && !self.from.ty().is_time() && self.from.compound().is_none() && self.to.compound().is_none();
        let mut bytes = vec![0u8; from];
        let mut made = vec![0u8; to];
        for i in 0..count {
            let source = cells_of(src.from(i), from)?;
            bytes.iter_mut().zip(source).for_each(|(byte, cell)| *byte = cell.get());
            let target = cells_of(dst.from(i), to)?;
            if resized {
                if turned {
                    bytes.chunks_exact_mut(unit).for_each(|unit| unit.reverse());
                }
                let filled = bytes.iter().copied().chain(std::iter::repeat(0));
                made.iter_mut().zip(filled).for_each(|(to, byte)| *to = byte);
            } else {
                if self.to.compound().is_some() {
                    // what lies between the fields stays as it is
                    made.iter_mut().zip(target).for_each(|(byte, cell)| *byte = cell.get());
                }
                Item::from_bytes(&bytes, &self.from).put(&mut made, &self.to)?;
            }
            target.iter().zip(&made).for_each(|(cell, byte)| cell.set(*byte));
            if i % (1 << 14) == 0 {
                crate::interrupt::check()?;
            }
        }
        super::super::reference::raise_failure()
    }

    fn sides(&self) -> Result<&(AlignedBytes, AlignedBytes)> {
        if let Some(sides) = self.sides.get() {
            return Ok(sides);
        }
        let block = |dtype: &DType| AlignedBytes::zeroed(BLOCK * dtype.itemsize());
        let refused = || Error::new(ErrorClass::MemoryError, "Unable to allocate a casting buffer");
        let sides = (block(&self.from).ok_or_else(refused)?, block(&self.to).ok_or_else(refused)?);
        Ok(self.sides.get_or_init(|| sides))
    }

    #[cold]
    fn check_values(&self, src: Strided<'_>, count: usize) -> Result<()> {
        let (from, _) = self.sides()?;
        let side = Strided { bytes: from, offset: 0, stride: self.from.itemsize() as isize };
        let mut first = 0;
        while first < count {
            let n = (count - first).min(BLOCK);
            load(src.from(first), side, n, &self.from)?;
            with_element!(self.from.ty(), T => {
                let run = side.run::<T>(n)?;
                for i in 0..n {
                    require_same_value(run.get(i).scalar(), self.to.ty())?;
                }
            });
            first += n;
        }
        Ok(())
    }
}

/// Refuses a value that `ty` does not hold exactly.
///
/// # Errors
/// NumPy's `ValueError: could not cast 'same_value' double to long`.
pub fn require_same_value(value: Scalar, ty: Type) -> Result<()> {
    if ty == Type::Bool || value.ty() == ty {
        return Ok(());
    }
    let refuse = |end: &str| {
        Err(value_error(format!("could not cast 'same_value' {} to {}{end}", c_name(value.ty()), c_name(ty))))
    };
    let real_fits = |x: f64| match Scalar::Float64(x).cast(ty).as_i128() {
        // a float that is whole and in range survives the way to a wide integer and back
        Some(whole) => x.is_finite() && whole as f64 == x && (x as i128) == whole,
        None => !x.is_finite() || Scalar::Float64(x).cast(ty).as_f64() == x,
    };
    let fits = match value.as_i128() {
        Some(whole) => match value.cast(ty).as_i128() {
            Some(found) => found == whole,
            None => {
                let found = value.cast(ty).as_f64();
                found.is_finite() && found as i128 == whole
            }
        },
        None => {
            let complex = value.as_complex();
            let real = real_fits(complex.re);
            if !ty.is_complex() && real && complex.im != 0.0 {
                return refuse(": imag is not 0");
            }
            real && (!ty.is_complex() || real_fits(complex.im))
        }
    };
    if fits { Ok(()) } else { refuse("") }
}

/// The C name of a type, as NumPy's messages about values have it.
fn c_name(ty: Type) -> &'static str {
    match ty {
        Type::Bool => "bool",
        Type::Int8 => "byte",
        Type::UInt8 => "ubyte",
        Type::Int16 => "short",
        Type::UInt16 => "ushort",
        Type::Int32 => "int",
        Type::UInt32 => "uint",
        Type::Int64 => "long",
        Type::UInt64 => "ulong",
        Type::Float16 => "half",
        Type::Float32 => "float",
        Type::Float64 => "double",
        Type::Complex64 => "cfloat",
        Type::Complex128 => "cdouble",
        Type::Object => "object",
        Type::Bytes => "bytes",
        Type::Str => "str",
        Type::Void => "void",
        Type::DateTime64 => "datetime64",
        Type::TimeDelta64 => "timedelta64",
    }
}

/// Warns where complex values lose their imaginary parts (`emit_complexwarning`): once an operation, whatever the
/// values, even for no elements.
pub fn warn_discards_imaginary(runtime: &Runtime, from: &DType, to: &DType) {
    if from.ty().is_complex() && !to.ty().is_complex() && to.ty() != Type::Bool && to.is_number() {
        runtime.warn(ErrorClass::ComplexWarning, "Casting complex values to real discards the imaginary part");
    }
}

/// The loop that copies elements of `ty` without looking at them; one for each size and alignment.
fn copy_loop(ty: Type) -> Loop {
    with_unit!(ty, T => copy::<T>)
}

fn copy<T: Plain>(src: Strided<'_>, dst: Strided<'_>, count: usize) -> Result<FloatStatus, OutOfBounds> {
    let (src, dst) = (src.run::<T>(count)?, dst.run::<T>(count)?);
    if src.stride() == 0 && count > 0 {
        fill_run(dst, src.get(0));
        return Ok(FloatStatus::NONE);
    }
    match (src.cells(), dst.cells()) {
        (Some(src), Some(dst)) => {
            for (from, to) in src.iter().zip(dst) {
                to.set(from.get());
            }
        }
        _ => {
            for i in 0..count {
                dst.set(i, src.get(i));
            }
        }
    }
    Ok(FloatStatus::NONE)
}

/// Puts one value into every element of a run.
#[inline]
pub fn fill_run<T: Plain>(run: Run<'_, T>, value: T) {
    match run.cells() {
        Some(cells) => cells.iter().for_each(|cell| cell.set(value)),
        None => (0..run.len()).for_each(|i| run.set(i, value)),
    }
}

/// The loop that casts native, aligned elements of `from` to `to`.
fn cast_loop(from: Type, to: Type) -> Loop {
    with_element!(from, S => with_element!(to, D => cast::<S, D>))
}

fn cast<S: Element + CastTo<D>, D: Element>(
    src: Strided<'_>,
    dst: Strided<'_>,
    count: usize,
) -> Result<FloatStatus, OutOfBounds> {
    let (src, dst) = (src.run::<S>(count)?, dst.run::<D>(count)?);
    let mut all = FloatStatus::NONE;
    if src.stride() == 0 && count > 0 {
        let (value, status) = src.get(0).cast_to();
        fill_run(dst, value);
        return Ok(status);
    }
    match (src.cells(), dst.cells()) {
        (Some(src), Some(dst)) if S::GLANCE => {
            for (src, dst) in src.chunks(GLANCE).zip(dst.chunks(GLANCE)) {
                let plain: u64 = src.iter().map(|from| from.get().is_plain() as u64).sum();
                if plain == src.len() as u64 {
                    src.iter().zip(dst).for_each(|(from, to)| to.set(from.get().cast_plain()));
                } else {
                    all |= cast_cells(src, dst);
                }
            }
        }
        (Some(src), Some(dst)) => all = cast_cells(src, dst),
        _ => {
            for i in 0..count {
                let (value, status) = src.get(i).cast_to();
                dst.set(i, value);
                all |= status;
            }
        }
    }
    Ok(all)
}

fn cast_cells<S: CastTo<D>, D: Copy>(src: &[Cell<S>], dst: &[Cell<D>]) -> FloatStatus {
    let mut all = FloatStatus::NONE;
    for (from, to) in src.iter().zip(dst) {
        let (value, status) = from.get().cast_to();
        to.set(value);
        all |= status;
    }
    all
}

/// Fills a native, aligned block with elements that need be neither.
fn load(src: Strided<'_>, block: Strided<'_>, count: usize, dtype: &DType) -> Result<(), OutOfBounds> {
    move_bytes(src, block, count, dtype.itemsize())?;
    swap_bytes(block, count, dtype)
}

/// Swaps the bytes of aligned elements where `dtype` says they stand in the other order.
fn swap_bytes(block: Strided<'_>, count: usize, dtype: &DType) -> Result<(), OutOfBounds> {
    if dtype.is_swapped() {
        with_element!(dtype.ty(), T => {
            let run = block.run::<T>(count)?;
            for i in 0..count {
                run.set(i, Element::swap_bytes(run.get(i)));
            }
        });
    }
    Ok(())
}

/// Copies elements of `size` bytes that need not be aligned on either side.
///
/// # Errors
/// [`OutOfBounds`] where an element is outside its bytes; those before it were copied.
pub fn move_bytes(src: Strided<'_>, dst: Strided<'_>, count: usize, size: usize) -> Result<(), OutOfBounds> {
    match size {
        1 => move_bytes_of::<1>(src, dst, count),
        2 => move_bytes_of::<2>(src, dst, count),
        4 => move_bytes_of::<4>(src, dst, count),
        8 => move_bytes_of::<8>(src, dst, count),
        16 => move_bytes_of::<16>(src, dst, count),
        0 => Ok(()),
        _ => move_long(src, dst, count, size),
    }
}

/// Copies elements of any size: texts, structures.
fn move_long(src: Strided<'_>, dst: Strided<'_>, count: usize, size: usize) -> Result<(), OutOfBounds> {
    let side_by_side = |elements: &Strided<'_>| elements.stride == size as isize;
    let (each, count) = match count.checked_mul(size) {
        Some(all) if side_by_side(&src) && side_by_side(&dst) => (all, 1.min(count)),
        _ => (size, count),
    };
    for i in 0..count {
        let (from, to) = (cells_of(src.from(i), each)?, cells_of(dst.from(i), each)?);
        from.iter().zip(to).for_each(|(from, to)| to.set(from.get()));
    }
    Ok(())
}

/// The `size` bytes at the first of some elements.
///
/// # Errors
/// [`OutOfBounds`] where they are not all there.
pub fn cells_of(element: Strided<'_>, size: usize) -> Result<&[Cell<u8>], OutOfBounds> {
    let end = element.offset.checked_add(size).ok_or(OutOfBounds)?;
    element.bytes.cells().get(element.offset..end).ok_or(OutOfBounds)
}

fn move_bytes_of<const SIZE: usize>(src: Strided<'_>, dst: Strided<'_>, count: usize) -> Result<(), OutOfBounds> {
    for i in 0..count {
        let from = element_cells::<SIZE>(src.from(i))?;
        let value: [u8; SIZE] = std::array::from_fn(|k| from[k].get());
        for (to, byte) in element_cells::<SIZE>(dst.from(i))?.iter().zip(value) {
            to.set(byte);
        }
    }
    Ok(())
}

/// The bytes of one element.
#[inline(always)]
fn element_cells<const SIZE: usize>(element: Strided<'_>) -> Result<&[Cell<u8>; SIZE], OutOfBounds> {
    let cells = element.bytes.cells().get(element.offset..).ok_or(OutOfBounds)?;
    cells.first_chunk::<SIZE>().ok_or(OutOfBounds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Ledger;

    const VALUES: [f64; 12] =
        [0.0, -0.0, 1.0, -1.5, 127.9, 300.0, -70000.0, 3e9, 1e19, 1e39, f64::NAN, f64::NEG_INFINITY];

    /// Every pair of types, in every byte order, aligned or not, forwards and backwards: as one value at a time.
    #[test]
    fn runs_agree_with_single_casts() {
        let ledger = Ledger::new();
        let (src, dst) = (ledger.allocate(1024).unwrap(), ledger.allocate(1024).unwrap());
        let n = VALUES.len();
        for (from, to) in Type::NUMBERS.into_iter().flat_map(|from| Type::NUMBERS.into_iter().map(move |to| (from, to)))
        {
            for variant in 0..16 {
                let from = DType::new(from).with_swapped(variant & 1 != 0);
                let to = DType::new(to).with_swapped(variant & 2 != 0);
                let (skew, gap) = ((variant & 4 != 0) as usize, if variant & 8 != 0 { 3 } else { 0 });
                let stride = from.itemsize() + gap;
                for (i, value) in VALUES.into_iter().enumerate() {
                    Scalar::Float64(value).write(&src, 16 + skew + i * stride, &from);
                }
                let caster = Caster::new(&from, &to);
                let last = 16 + skew + (n - 1) * stride;
                let at = |buffer, offset, stride| Strided::of(buffer, offset, stride).unwrap();
                caster
                    .cast(at(&src, last, -(stride as isize)), at(&dst, 5 - 5 * (1 - skew), to.itemsize() as isize), n)
                    .unwrap();
                for (i, value) in VALUES.into_iter().rev().enumerate() {
                    let expected = Scalar::Float64(value).cast(from.ty()).cast(to.ty());
                    let found = Scalar::read(&dst, 5 - 5 * (1 - skew) + i * to.itemsize(), &to);
                    assert_eq!(found.to_bytes(&to), expected.to_bytes(&to), "{value} {from} {to} {variant}");
                }
            }
        }
    }

    /// Long runs are looked at block by block: blocks without and with values that do not fit.
    #[test]
    fn long_runs_agree_with_single_casts() {
        let ledger = Ledger::new();
        let (src, dst) = (ledger.allocate(1000 * 16).unwrap(), ledger.allocate(1000 * 16).unwrap());
        let value = |i: usize| if i == 700 { 1e300 } else { i as f64 * 0.75 - 100.0 };
        for (from, to) in Type::NUMBERS.into_iter().flat_map(|from| Type::NUMBERS.into_iter().map(move |to| (from, to)))
        {
            let (from, to) = (DType::new(from), DType::new(to));
            (0..1000).for_each(|i| Scalar::Float64(value(i)).write(&src, i * from.itemsize(), &from));
            let at = |buffer, dtype: &DType| Strided::of(buffer, 0, dtype.itemsize() as isize).unwrap();
            Caster::new(&from, &to).cast(at(&src, &from), at(&dst, &to), 1000).unwrap();
            for i in 0..1000 {
                let expected = Scalar::Float64(value(i)).cast(from.ty()).cast(to.ty());
                assert_eq!(
                    Scalar::read(&dst, i * to.itemsize(), &to).to_bytes(&to),
                    expected.to_bytes(&to),
                    "{from} {to} {i}"
                );
            }
        }
    }

    #[test]
    fn same_value_refuses_what_would_change() {
        let refusal = |value: Scalar, ty| require_same_value(value, ty).err().map(|e| e.message().to_string());
        let lost = |from: &str, to: &str| Some(format!("could not cast 'same_value' {from} to {to}"));
        assert_eq!(refusal(Scalar::Float64(1.5), Type::Int64), lost("double", "long"));
        assert_eq!(refusal(Scalar::Float64(9.223372036854776e18), Type::Int64), lost("double", "long"));
        assert_eq!(refusal(Scalar::UInt64(u64::MAX), Type::Float64), lost("ulong", "double"));
        assert_eq!(refusal(Scalar::Int64(i64::MAX), Type::Float64), lost("long", "double"));
        assert_eq!(refusal(Scalar::UInt64(1 << 63), Type::Float64), None);
        assert_eq!(refusal(Scalar::Float64(f64::NAN), Type::Float32), None);
        assert_eq!(refusal(Scalar::Float64(0.1), Type::Float32), lost("double", "float"));
        assert_eq!(refusal(Scalar::Float64(f64::INFINITY), Type::Int32), lost("double", "int"));
        assert_eq!(refusal(Scalar::Float64(-0.0), Type::UInt8), None);
        assert_eq!(refusal(Scalar::Int64(-1), Type::UInt64), lost("long", "ulong"));
        assert_eq!(
            refusal(Scalar::Complex128(num_complex::Complex::new(1.0, 1.0)), Type::Float64),
            Some("could not cast 'same_value' cdouble to double: imag is not 0".into())
        );
    }

    #[test]
    fn nothing_is_touched_outside_the_bytes() {
        let ledger = Ledger::new();
        let (src, dst) = (ledger.allocate(16).unwrap(), ledger.allocate(16).unwrap());
        let caster = Caster::new(&Type::Int64.into(), &Type::Float64.into());
        let (src, dst) = (Strided::of(&src, 0, 8).unwrap(), Strided::of(&dst, 0, 8).unwrap());
        assert!(caster.cast(src, dst, 3).is_err());
        assert!(caster.cast(src, dst, 2).is_ok());
    }
}
