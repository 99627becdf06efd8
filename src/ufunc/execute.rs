//! How one straight run of elements is computed: cast in by blocks, loop, check, cast out.

use super::Ufunc;
use super::float_status::{self, Rule, Status};
use super::loops::Kernel;
use super::scratch::{BLOCK, Scratch};
use crate::array::cast::{Caster, Strided};
use crate::array::{DType, Runtime, Scalar, Type};
use crate::error::Result;
use crate::interrupt;
use crate::memory::{AlignedBytes, Bool};
use smallvec::SmallVec;

/// Elements computed at once where results are checked, so that they are still at hand.
const CHECKED: usize = 1024;
/// Elements between two looks at the interrupt flag.
const PATIENCE: usize = 1 << 20;

/// Where an operand's bytes are and what must happen on the way to the loop.
struct Slot<'a> {
    bytes: &'a AlignedBytes,
    /// From the array's dtype to the loop's type (inputs) or back (outputs).
    caster: Option<Caster>,
    /// It is an input and the output itself: what was there is overwritten before the results are checked.
    overwritten: bool,
}

/// A loop with its operands, ready to run over run after run.
pub struct Execution<'a> {
    types: [Type; 4],
    kernel: Kernel,
    nin: usize,
    rule: Rule,
    underflow: bool,
    block: usize,
    slots: SmallVec<[Slot<'a>; 4]>,
    mask: Option<&'a AlignedBytes>,
    scratch: &'a Scratch,
    /// What was met so far.
    pub status: Status,
}

impl<'a> Execution<'a> {
    /// An execution without operands.
    pub fn new(
        runtime: &Runtime,
        ufunc: &Ufunc,
        types: [Type; 4],
        kernel: Kernel,
        scratch: &'a Scratch,
    ) -> Execution<'a> {
        let inexact = types[ufunc.nin..ufunc.nargs()].iter().any(|ty| ty.is_inexact());
        let rule = if inexact { ufunc.rule } else { Rule::Unchecked };
        Execution {
            types,
            kernel,
            nin: ufunc.nin,
            rule,
            underflow: rule != Rule::Unchecked && float_status::watches_underflow(runtime),
            block: if rule == Rule::Unchecked { usize::MAX } else { CHECKED },
            slots: SmallVec::new(),
            mask: None,
            scratch,
            status: Status::NONE,
        }
    }

    /// Leaves the results unchecked; who reduces checks the end result.
    pub fn unchecked(mut self) -> Self {
        self.rule = Rule::Unchecked;
        self.block = usize::MAX;
        self
    }

    /// Adds an operand that the loop uses where it stands.
    #[inline]
    pub fn add(&mut self, bytes: &'a AlignedBytes) {
        self.slots.push(Slot { bytes, caster: None, overwritten: false });
    }

    /// Adds an operand that is cast between its dtype and the loop's type.
    pub fn add_cast(&mut self, bytes: &'a AlignedBytes, dtype: &DType) {
        let ty = DType::new(self.types[self.slots.len()]);
        let caster = if self.slots.len() < self.nin { Caster::new(dtype, &ty) } else { Caster::new(&ty, dtype) };
        self.block = self.block.min(BLOCK);
        self.slots.push(Slot { bytes, caster: Some(caster), overwritten: false });
    }

    /// Adds an input that is the output itself.
    pub fn add_in_place(&mut self, bytes: &'a AlignedBytes) {
        self.slots.push(Slot { bytes, caster: None, overwritten: true });
    }

    /// Computes only where the bytes of a mask are not 0; the mask is the operand after all others.
    pub fn set_mask(&mut self, bytes: &'a AlignedBytes) {
        self.mask = Some(bytes);
    }

    /// Computes `count` elements.
    ///
    /// # Errors
    /// Where an operand leaves its buffer, and `KeyboardInterrupt`.
    #[inline]
    pub fn run(&mut self, offsets: &[usize], strides: &[isize], count: usize) -> Result<()> {
        match self.mask {
            None => self.run_blocks(offsets, strides, count),
            Some(mask) => self.run_masked(mask, offsets, strides, count),
        }
    }

    #[cold]
    fn run_masked(&mut self, mask: &AlignedBytes, offsets: &[usize], strides: &[isize], count: usize) -> Result<()> {
        let operands = self.slots.len();
        let mask = mask.run::<Bool>(offsets[operands], strides[operands], count)?;
        let mut first = 0;
        while first < count {
            let wanted = mask.get(first).is_true();
            let mut end = first + 1;
            while end < count && mask.get(end).is_true() == wanted {
                end += 1;
            }
            if wanted {
                let at = |(&offset, &stride): (&usize, &isize)| offset.wrapping_add_signed(first as isize * stride);
                let from: SmallVec<[usize; 6]> = offsets.iter().zip(strides).map(at).collect();
                self.run_blocks(&from, strides, end - first)?;
            }
            first = end;
        }
        Ok(())
    }

    fn run_blocks(&mut self, offsets: &[usize], strides: &[isize], count: usize) -> Result<()> {
        let mut operands: SmallVec<[Strided<'a>; 4]> = SmallVec::new();
        for (slot, (&offset, &stride)) in self.slots.iter().zip(offsets.iter().zip(strides)) {
            operands.push(Strided { bytes: slot.bytes, offset, stride });
        }
        if self.block == usize::MAX {
            if count <= PATIENCE || self.is_reduction(&operands) {
                self.status |= (self.kernel)(&operands, count);
                return Ok(());
            }
        } else if count <= self.block {
            return self.run_block(&operands, count);
        }
        let block = self.block.min(PATIENCE);
        let mut first = 0;
        while first < count {
            let n = block.min(count - first);
            let part: SmallVec<[Strided<'a>; 4]> = operands.iter().map(|operand| operand.from(first)).collect();
            self.run_block(&part, n)?;
            first += n;
            if first & (PATIENCE - 1) == 0 {
                interrupt::check()?;
            }
        }
        Ok(())
    }

    /// Whether the output stays where it is, so that the loop must see the whole run at once.
    fn is_reduction(&self, operands: &[Strided<'_>]) -> bool {
        operands[self.nin..].iter().any(|output| output.stride == 0)
    }

    fn run_block(&mut self, operands: &[Strided<'a>], count: usize) -> Result<()> {
        if self.block == usize::MAX {
            self.status |= (self.kernel)(operands, count);
            return Ok(());
        }
        let mut ready: SmallVec<[Strided<'a>; 4]> = operands.into();
        let mut seen: Option<SmallVec<[Strided<'a>; 4]>> = None;
        for (k, slot) in self.slots.iter().enumerate() {
            let Some(caster) = &slot.caster else { continue };
            let mut block = self.scratch.block(k, self.types[k].size());
            if k < self.nin {
                let fixed = operands[k].stride == 0;
                caster.cast(operands[k], block, if fixed { count.min(1) } else { count })?;
                if fixed {
                    block.stride = 0;
                }
            }
            ready[k] = block;
        }
        if self.rule != Rule::Unchecked {
            for k in (0..self.nin).filter(|&k| self.slots[k].overwritten) {
                // Finite values need not be remembered one by one, unless a pole depends on them.
                let decides = self.rule == Rule::Power || (self.rule == Rule::Divide && k + 1 == self.nin);
                if !decides && !self.underflow && float_status::is_finite(self.types[k], &ready[k], count) {
                    self.scratch.put(k, Scalar::Int64(1).cast(self.types[k]));
                    let one = Strided { bytes: self.scratch.bytes(), offset: Scratch::scalar(k), stride: 0 };
                    seen.get_or_insert_with(|| ready.clone())[k] = one;
                } else {
                    let dtype = DType::new(self.types[k]);
                    let block = self.scratch.block(k, self.types[k].size());
                    Caster::new(&dtype, &dtype).cast(ready[k], block, count)?;
                    ready[k] = block;
                    if let Some(seen) = &mut seen {
                        seen[k] = block;
                    }
                }
            }
        }
        self.status |= (self.kernel)(&ready, count);
        if self.rule != Rule::Unchecked {
            let seen = seen.as_ref().unwrap_or(&ready);
            self.status |= float_status::check(&self.types, self.nin, seen, count, self.rule, self.underflow);
        }
        for (k, slot) in self.slots.iter().enumerate().skip(self.nin) {
            if let Some(caster) = &slot.caster {
                caster.cast(ready[k], operands[k], count)?;
            }
        }
        Ok(())
    }

    /// What was met in the loop and in the casts.
    pub fn finish(&self) -> Status {
        let casts = self.slots.iter().filter_map(|slot| slot.caster.as_ref());
        casts.fold(self.status, |status, caster| status | caster.status())
    }
}
