//! Random integers within bounds.

use super::Bits;

/// How wide the integers are that are drawn. Narrow ones are cut from 32 bits at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Width {
    Bool,
    Bits8,
    Bits16,
    Bits32,
    Bits64,
}

/// Draws integers between 0 and a largest one, which is among them.
pub struct Bounded {
    width: Width,
    /// Rejection under a mask, as the legacy generator does; else Lemire's multiplication.
    is_masked: bool,
    buffer: u32,
    left: u32,
}

/// The smallest 2**n - 1 that is not below `largest`.
pub fn mask_of(largest: u64) -> u64 {
    u64::MAX.checked_shr(largest.leading_zeros()).unwrap_or(0)
}

/// An integer from 0 to `largest`, by rejection under a mask.
pub fn interval(bits: &mut Bits, largest: u64) -> u64 {
    if largest == 0 {
        return 0;
    }
    let mask = mask_of(largest);
    loop {
        let value = if largest <= 0xffff_ffff { bits.next_u32().into() } else { bits.next_u64() } & mask;
        if value <= largest {
            return value;
        }
    }
}

impl Bounded {
    /// A drawer of integers of this width.
    pub fn new(width: Width, is_masked: bool) -> Bounded {
        Bounded { width, is_masked, buffer: 0, left: 0 }
    }

    /// `size` bits cut from the 32 that are kept.
    #[inline]
    fn cut(&mut self, bits: &mut Bits, size: u32) -> u32 {
        if self.left == 0 {
            self.buffer = bits.next_u32();
            self.left = 32 / size - 1;
        } else {
            self.buffer >>= size;
            self.left -= 1;
        }
        self.buffer & ((1 << size) - 1)
    }

    /// The next integer from 0 to `largest`, which the width holds.
    #[inline]
    pub fn next(&mut self, bits: &mut Bits, largest: u64) -> u64 {
        if largest == 0 {
            return 0;
        }
        match self.width {
            Width::Bool => self.cut(bits, 1).into(),
            Width::Bits8 => self.narrow(bits, largest, 8),
            Width::Bits16 => self.narrow(bits, largest, 16),
            Width::Bits64 if largest > 0xffff_ffff => self.wide(bits, largest),
            Width::Bits32 | Width::Bits64 => self.narrow(bits, largest, 32),
        }
    }

    #[inline]
    fn narrow(&mut self, bits: &mut Bits, largest: u64, size: u32) -> u64 {
        let all = (1u64 << size) - 1;
        let is_masked = self.is_masked;
        let mut draw = |bits: &mut Bits| u64::from(if size == 32 { bits.next_u32() } else { self.cut(bits, size) });
        if largest == all {
            return draw(bits);
        }
        if is_masked {
            let mask = mask_of(largest);
            loop {
                let value = draw(bits) & mask;
                if value <= largest {
                    return value;
                }
            }
        }
        let count = largest + 1;
        let mut product = draw(bits) * count;
        if (product & all) < count {
            let threshold = (all - largest) % count;
            while (product & all) < threshold {
                product = draw(bits) * count;
            }
        }
        product >> size
    }

    #[inline]
    fn wide(&mut self, bits: &mut Bits, largest: u64) -> u64 {
        if largest == u64::MAX {
            return bits.next_u64();
        }
        if self.is_masked {
            return interval(bits, largest);
        }
        let count = largest + 1;
        let mut product = u128::from(bits.next_u64()) * u128::from(count);
        if (product as u64) < count {
            let threshold = (u64::MAX - largest) % count;
            while (product as u64) < threshold {
                product = u128::from(bits.next_u64()) * u128::from(count);
            }
        }
        (product >> 64) as u64
    }
}

/// An integer from 0 to `largest` (`random_bounded_uint64`, unmasked).
#[inline]
pub fn bounded(bits: &mut Bits, largest: u64) -> u64 {
    Bounded::new(Width::Bits64, false).next(bits, largest)
}
