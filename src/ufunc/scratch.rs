//! Where do scalars and blocks of casted elements stand while a loop runs? In one allocation that is kept from
//! call to call, and that the ledger does not count, as NumPy's iterator buffers are no arrays.

use crate::array::cast::Strided;
use crate::array::{Element, Scalar, Type};
use crate::error::{Error, ErrorClass, Result};
use crate::memory::AlignedBytes;
use crate::with_element;
use std::cell::Cell;

/// Elements that are cast at once: NumPy's default buffer size.
pub const BLOCK: usize = 8192;
/// Bytes of the largest element.
const LARGEST: usize = 16;
/// The most operands of a call: inputs, outputs, and two spare for a reduction.
pub const MAX_OPERANDS: usize = 6;

thread_local! {
    static KEPT: Cell<Option<AlignedBytes>> = const { Cell::new(None) };
}

/// The scratch, while a call uses it. A call within a call gets another.
pub struct Scratch(Option<AlignedBytes>);

impl Scratch {
    /// Takes the kept allocation, or makes one. The operating system provides only what is written.
    ///
    /// # Errors
    /// `MemoryError` where the machine refuses.
    #[inline]
    pub fn take() -> Result<Scratch> {
        match KEPT.take() {
            Some(bytes) => Ok(Scratch(Some(bytes))),
            None => Scratch::make(),
        }
    }

    #[cold]
    fn make() -> Result<Scratch> {
        let bytes = AlignedBytes::zeroed(MAX_OPERANDS * LARGEST * (BLOCK + 1));
        bytes.map(|bytes| Scratch(Some(bytes))).ok_or_else(|| Error::new(ErrorClass::MemoryError, ""))
    }

    /// Its bytes.
    #[inline]
    pub fn bytes(&self) -> &AlignedBytes {
        self.0.as_ref().unwrap_or_else(|| unreachable!("the scratch is given back only when it is dropped"))
    }

    /// The byte where the scalar of operand `k` stands.
    #[inline]
    pub fn scalar(k: usize) -> usize {
        k * LARGEST
    }

    /// Puts a scalar where operand `k` finds it.
    #[inline]
    pub fn put(&self, k: usize, value: Scalar) {
        with_element!(value.ty(), T => {
            if let (Ok(run), Some(value)) = (self.bytes().run::<T>(Scratch::scalar(k), 0, 1), T::from_scalar(value)) {
                run.set(0, value);
            }
        });
    }

    /// The scalar of operand `k`.
    #[inline]
    pub fn get(&self, k: usize, ty: Type) -> Scalar {
        with_element!(ty, T => {
            let run = self.bytes().run::<T>(Scratch::scalar(k), 0, 1);
            run.map_or_else(|_| Scalar::zero(ty), |run| run.get(0).scalar())
        })
    }

    /// The block of operand `k`, for elements of `size` bytes.
    #[inline]
    pub fn block(&self, k: usize, size: usize) -> Strided<'_> {
        Strided { bytes: self.bytes(), offset: MAX_OPERANDS * LARGEST + k * BLOCK * LARGEST, stride: size as isize }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        KEPT.set(self.0.take());
    }
}
