//! Typed windows into a buffer's bytes: the only `unsafe` code of the crate.
//!
//! # Why this is sound
//!
//! NumPy's arrays alias freely: two views may write the same cell. Rust's `&mut [T]` may not. So no reference
//! to array data is ever made: [`AlignedBytes`] owns raw memory, and a [`Run`] is a pointer, a count and a
//! stride that reads and writes whole values through the pointer, as `Cell` does. What makes that safe:
//!
//! 1. A `Run` is made only by [`AlignedBytes::run`], which proves that every element lies inside the
//!    allocation and is aligned for `T`; the `Run` borrows the bytes, so they outlive it.
//! 2. `T` is [`Plain`]: every bit pattern is a value (a `bool` is kept as a `u8`), no padding, no drop.
//! 3. The bytes are initialised when they are allocated or are those of a mapped file, so a read never sees
//!    uninitialised memory. Another process may write a mapped file meanwhile, so that a value changes between two
//!    reads, as a cell's may. Where it makes the file shorter, the operating system ends the program (`SIGBUS`), as
//!    it does with NumPy's `memmap`.
//! 4. `AlignedBytes` holds a raw pointer and is therefore neither `Send` nor `Sync`: no other thread looks.
//! 5. Contiguous runs are handed out as `&[Cell<T>]`, never as `&[T]` or `&mut [T]`: shared cells may alias.

use crate::half::F16;
use memmap2::{MmapOptions, MmapRaw};
use num_complex::Complex;
use std::alloc::{Layout, alloc, alloc_zeroed, dealloc};
use std::cell::Cell;
use std::fs::File;
use std::io;
use std::marker::PhantomData;
use std::ptr::NonNull;

/// Types whose values are their bytes: any bit pattern is a value, there is no padding and nothing to drop.
///
/// # Safety
/// The implementor must be `Copy`, inhabited by every bit pattern of its size and free of padding.
pub unsafe trait Plain: Copy + 'static {}

macro_rules! plain {
    ($($type:ty),*) => { $(
        // SAFETY: integers, IEEE floats and pairs of them have no padding and no invalid bit pattern; F16 and
        // Bool are transparent wrappers of a u16 and a u8.
        unsafe impl Plain for $type {}
    )* };
}
plain!(u8, i8, u16, i16, u32, i32, u64, i64, f32, f64, F16, Bool, Complex<f32>, Complex<f64>);

/// Bytes are aligned to this many bytes, as NumPy's are. More would make the allocator zero large blocks by
/// hand, where `calloc` leaves them to the operating system until they are written.
const ALIGNMENT: usize = 16;

/// A truth value as an array keeps it: a byte, where everything but 0 counts as true.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[repr(transparent)]
pub struct Bool(pub u8);

impl Bool {
    /// Its truth.
    #[inline(always)]
    pub fn is_true(self) -> bool {
        self.0 != 0
    }
}

impl From<bool> for Bool {
    #[inline(always)]
    fn from(truth: bool) -> Bool {
        Bool(truth as u8)
    }
}

/// Owned, initialised bytes that never move: an allocation, or a part of a file in memory.
pub struct AlignedBytes {
    start: NonNull<u8>,
    len: usize,
    /// The part of a file; an allocation where there is none.
    file: Option<MmapRaw>,
}

/// Who sees what is written to a file in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mapping {
    /// The file changes.
    Shared,
    /// Only this process: a page is copied when it is first written.
    Private,
}

/// A window that would leave its buffer, or stand at an address that is not aligned for its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfBounds;

impl AlignedBytes {
    fn layout(len: usize) -> Option<Layout> {
        Layout::from_size_align(len.max(1), ALIGNMENT).ok()
    }

    /// `len` zero bytes, which the operating system need not provide before they are written; `None` where the
    /// machine refuses.
    pub fn zeroed(len: usize) -> Option<AlignedBytes> {
        let layout = Self::layout(len)?;
        // SAFETY: the layout has a size of at least one byte.
        let start = NonNull::new(unsafe { alloc_zeroed(layout) })?;
        advise_huge_pages(start, len);
        Some(AlignedBytes { start, len, file: None })
    }

    /// A copy of `bytes`; `None` where the machine refuses.
    pub fn copied(bytes: &[u8]) -> Option<AlignedBytes> {
        let layout = Self::layout(bytes.len())?;
        // SAFETY: the layout has a size of at least one byte.
        let start = NonNull::new(unsafe { alloc(layout) })?;
        advise_huge_pages(start, bytes.len());
        // SAFETY: the allocation is new, at least as long as `bytes`, and so does not overlap it. Where `bytes`
        // is empty the one allocated byte stays uninitialised, but `len` is 0 and nothing reads it.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), start.as_ptr(), bytes.len()) };
        Some(AlignedBytes { start, len: bytes.len(), file: None })
    }

    /// The `len` bytes of `file` from byte `offset` on, which the operating system reads when they are first looked
    /// at. A shared mapping needs a file that is open for writing.
    ///
    /// # Errors
    /// Those of the operating system; `InvalidInput` where the file is shorter.
    pub fn mapped(file: &File, offset: u64, len: usize, mapping: Mapping) -> io::Result<AlignedBytes> {
        let end = offset.checked_add(len as u64);
        if end.is_none_or(|end| file.metadata().map_or(0, |data| data.len()) < end) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the file is shorter than what is to be mapped"));
        }
        let mut options = MmapOptions::new();
        options.offset(offset).len(len);
        let map = match mapping {
            Mapping::Shared => options.map_raw(file)?,
            // SAFETY: no reference to the mapped bytes is made, only the pointer is kept (see 3. above for what
            // others may do to the file).
            Mapping::Private => unsafe { options.no_reserve_swap().map_copy(file)? }.into(),
        };
        let start = NonNull::new(map.as_mut_ptr()).ok_or(io::ErrorKind::OutOfMemory)?;
        Ok(AlignedBytes { start, len, file: Some(map) })
    }

    /// Writes what changed in a shared mapping to its file; an allocation has none.
    ///
    /// # Errors
    /// Those of the operating system.
    pub fn flush(&self) -> io::Result<()> {
        self.file.as_ref().map_or(Ok(()), MmapRaw::flush)
    }

    /// The number of bytes.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no bytes.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The address of the first byte, for those who ask for it (`a.ctypes.data`).
    pub fn address(&self) -> usize {
        self.start.as_ptr() as usize
    }

    /// All bytes, as cells.
    pub fn cells(&self) -> &[Cell<u8>] {
        // SAFETY: the allocation has `len` initialised bytes, lives as long as `self`, and no `&mut` to them exists.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr() as *const Cell<u8>, self.len) }
    }

    /// `count` elements of type `T`, the first at byte `offset`, each `stride` bytes after the one before
    /// (which may be negative or zero).
    ///
    /// # Errors
    /// [`OutOfBounds`] where an element would leave the bytes or is not aligned for `T`.
    pub fn run<T: Plain>(&self, offset: usize, stride: isize, count: usize) -> Result<Run<'_, T>, OutOfBounds> {
        let size = size_of::<T>();
        if count > 0 {
            let reach = (count - 1).checked_mul(stride.unsigned_abs()).ok_or(OutOfBounds)?;
            let (first, last) = if stride < 0 {
                (offset.checked_sub(reach).ok_or(OutOfBounds)?, offset)
            } else {
                (offset, offset.checked_add(reach).ok_or(OutOfBounds)?)
            };
            if last.checked_add(size).is_none_or(|end| end > self.len) {
                return Err(OutOfBounds);
            }
            let align = align_of::<T>();
            if !(self.address() + first).is_multiple_of(align)
                || (count > 1 && !stride.unsigned_abs().is_multiple_of(align))
            {
                return Err(OutOfBounds);
            }
        } else if offset > self.len {
            return Err(OutOfBounds);
        }
        // SAFETY: `offset` is at most `len`, so the pointer stays inside (or one past the end of) the allocation.
        let start = unsafe { self.start.as_ptr().add(offset) } as *mut T;
        Ok(Run { start, stride, count, bytes: PhantomData })
    }
}

/// Asks the operating system to provide a large allocation in huge pages, so that the first touch of its bytes
/// faults once every 2 MiB instead of once every 4 KiB (`indicate_hugepages`, alloc.c). A refusal changes nothing.
#[cfg(target_os = "linux")]
fn advise_huge_pages(start: NonNull<u8>, len: usize) {
    const LARGE: usize = 4 << 20;
    const PAGE: usize = 4096;
    if len < LARGE {
        return;
    }
    let before = start.as_ptr().align_offset(PAGE).min(len);
    // SAFETY: the range from the first whole page to the end lies inside the allocation, which the caller owns; the
    // advice decides in what pages it is mapped and changes none of its bytes.
    unsafe { libc::madvise(start.as_ptr().add(before).cast(), len - before, libc::MADV_HUGEPAGE) };
}

/// Only Linux takes this advice.
#[cfg(not(target_os = "linux"))]
fn advise_huge_pages(_: NonNull<u8>, _: usize) {}

impl Drop for AlignedBytes {
    fn drop(&mut self) {
        if let (None, Some(layout)) = (&self.file, Self::layout(self.len)) {
            // SAFETY: no file is mapped, so it was allocated in `zeroed` or `copied` with this very layout, and freed once.
            unsafe { dealloc(self.start.as_ptr(), layout) }
        }
    }
}

/// A one-dimensional run of elements in a buffer, evenly spaced: what an inner loop reads and writes.
/// Runs may alias, also with themselves (stride 0).
#[derive(Clone, Copy)]
pub struct Run<'a, T> {
    start: *mut T,
    stride: isize,
    count: usize,
    bytes: PhantomData<&'a [Cell<u8>]>,
}

impl<'a, T: Plain> Run<'a, T> {
    /// The number of elements.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are no elements.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The distance between neighbours, in bytes.
    #[inline(always)]
    pub fn stride(&self) -> isize {
        self.stride
    }

    /// Element `i`.
    ///
    /// # Panics
    /// Where `i` is not below [`Run::len`].
    #[inline(always)]
    pub fn get(&self, i: usize) -> T {
        assert!(i < self.count);
        // SAFETY: `i < count`, and `AlignedBytes::run` proved that element to lie inside the bytes and to be
        // aligned; every bit pattern is a `T`.
        unsafe { self.start.byte_offset(i as isize * self.stride).read() }
    }

    /// Puts `value` into element `i`.
    ///
    /// # Panics
    /// Where `i` is not below [`Run::len`].
    #[inline(always)]
    pub fn set(&self, i: usize, value: T) {
        assert!(i < self.count);
        // SAFETY: as in `get`; the memory is only ever looked at through cells and runs, so no reference is
        // invalidated by the write.
        unsafe { self.start.byte_offset(i as isize * self.stride).write(value) }
    }

    /// The elements as a slice of cells, where they are neighbours in memory.
    #[inline(always)]
    pub fn cells(&self) -> Option<&'a [Cell<T>]> {
        if self.stride != size_of::<T>() as isize && self.count > 1 {
            return None;
        }
        // SAFETY: `count` elements side by side inside the bytes, aligned (proved in `AlignedBytes::run`); `Cell`
        // lets them alias, and the bytes are not shared between threads.
        Some(unsafe { std::slice::from_raw_parts(self.start as *const Cell<T>, self.count) })
    }

    /// The `count` elements from `first` on.
    ///
    /// # Panics
    /// Where they are not all in the run.
    #[inline(always)]
    pub fn part(&self, first: usize, count: usize) -> Run<'a, T> {
        assert!(first <= self.count && count <= self.count - first);
        let start = if count == 0 { self.start } else { self.start.wrapping_byte_offset(first as isize * self.stride) };
        Run { start, stride: self.stride, count, bytes: PhantomData }
    }
}

/// Runs a loop compiled for the processor's wide vectors; `None`, without running it, on an x86-64 processor that
/// has no AVX2, where the caller takes a simple loop instead. `f` must be inlined for this to matter.
#[inline(always)]
pub fn with_wide_vectors<R>(f: impl FnOnce() -> R) -> Option<R> {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx2,fma,bmi1,bmi2,lzcnt,popcnt")]
        fn wide<R>(f: impl FnOnce() -> R) -> R {
            f()
        }
        if !has_wide_vectors() {
            return None;
        }
        // SAFETY: the processor has every feature that `wide` is compiled for.
        Some(unsafe { wide(f) })
    }
    #[cfg(not(target_arch = "x86_64"))]
    Some(f())
}

#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn has_wide_vectors() -> bool {
    use std::sync::atomic::{AtomicU8, Ordering};
    const UNKNOWN: u8 = 0;
    static KNOWN: AtomicU8 = AtomicU8::new(UNKNOWN);
    #[cold]
    fn detect() -> u8 {
        let has = std::arch::is_x86_feature_detected!("avx2")
            && std::arch::is_x86_feature_detected!("fma")
            && std::arch::is_x86_feature_detected!("bmi1")
            && std::arch::is_x86_feature_detected!("bmi2")
            && std::arch::is_x86_feature_detected!("lzcnt")
            && std::arch::is_x86_feature_detected!("popcnt");
        let known = 1 + has as u8;
        KNOWN.store(known, Ordering::Relaxed);
        known
    }
    let known = KNOWN.load(Ordering::Relaxed);
    (if known == UNKNOWN { detect() } else { known }) == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_stays_inside_its_bytes() {
        let bytes = AlignedBytes::zeroed(48).unwrap();
        assert!(bytes.run::<i64>(0, 8, 6).is_ok());
        assert!(bytes.run::<i64>(0, 8, 7).is_err());
        assert!(bytes.run::<i64>(40, -8, 6).is_ok());
        assert!(bytes.run::<i64>(40, -8, 7).is_err());
        assert!(bytes.run::<i64>(4, 8, 1).is_err(), "not aligned");
        assert!(bytes.run::<i64>(0, 4, 2).is_err(), "not aligned at the second");
        assert!(bytes.run::<u8>(48, 1, 0).is_ok());
        assert!(bytes.run::<u8>(49, 1, 0).is_err());
        assert!(bytes.run::<u8>(usize::MAX, 1, 1).is_err());
        assert!(bytes.run::<u8>(0, isize::MAX, 3).is_err());
    }

    #[test]
    fn runs_alias_as_views_do() {
        let bytes = AlignedBytes::copied(&[1, 0, 0, 0, 2, 0, 0, 0]).unwrap();
        let forward = bytes.run::<u32>(0, 4, 2).unwrap();
        let back = bytes.run::<u32>(4, -4, 2).unwrap();
        back.set(0, 9);
        assert_eq!((forward.get(0), forward.get(1)), (1, 9));
        assert!(back.cells().is_none());
        forward.cells().unwrap()[0].set(7);
        assert_eq!(back.get(1), 7);
        assert_eq!(back.part(1, 1).get(0), 7);
    }

    #[test]
    fn a_shared_mapping_changes_its_file_and_a_private_one_does_not() {
        let path = std::env::temp_dir().join(format!("ndsh-mapped-{}", std::process::id()));
        std::fs::write(&path, [1, 0, 2, 0, 3, 0]).unwrap();
        let file = File::options().read(true).write(true).open(&path).unwrap();
        let private = AlignedBytes::mapped(&file, 2, 4, Mapping::Private).unwrap();
        private.run::<u16>(0, 2, 2).unwrap().set(0, 7);
        let shared = AlignedBytes::mapped(&file, 2, 4, Mapping::Shared).unwrap();
        let values = shared.run::<u16>(0, 2, 2).unwrap();
        assert_eq!((values.get(0), values.get(1)), (2, 3));
        values.set(1, 9);
        shared.flush().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), [1, 0, 2, 0, 9, 0]);
        assert!(AlignedBytes::mapped(&file, 4, 4, Mapping::Private).is_err());
        std::fs::remove_file(&path).unwrap();
    }
}
