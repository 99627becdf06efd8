//! Generators of random bits.

use super::{Mt19937, Pcg64, Philox, Sfc64};

/// Which algorithm gives the bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `PCG64` and `PCG64DXSM`.
    Pcg64(Pcg64),
    /// `Philox`.
    Philox(Box<Philox>),
    /// `SFC64`.
    Sfc64(Sfc64),
    /// `MT19937`.
    Mt19937(Box<Mt19937>),
}

/// A generator of random bits. Where one step gives 64 bits, the upper half of a step of which 32 bits were asked is
/// kept for the next time 32 are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bits {
    /// The algorithm and its state.
    pub kind: Kind,
    /// The upper half of the last step of which 32 bits were asked.
    pub half: u32,
    /// Whether it is still to be given out.
    pub has_half: bool,
}

impl Bits {
    /// A generator with no half kept.
    pub fn new(kind: Kind) -> Bits {
        Bits { kind, half: 0, has_half: false }
    }

    /// NumPy's name of the algorithm.
    pub fn name(&self) -> &'static str {
        match &self.kind {
            Kind::Pcg64(pcg) if pcg.is_dxsm() => "PCG64DXSM",
            Kind::Pcg64(_) => "PCG64",
            Kind::Philox(_) => "Philox",
            Kind::Sfc64(_) => "SFC64",
            Kind::Mt19937(_) => "MT19937",
        }
    }

    /// 64 random bits.
    #[inline]
    pub fn next_u64(&mut self) -> u64 {
        match &mut self.kind {
            Kind::Pcg64(pcg) => pcg.draw(),
            Kind::Philox(philox) => philox.draw(),
            Kind::Sfc64(sfc) => sfc.draw(),
            Kind::Mt19937(mt) => u64::from(mt.draw()) << 32 | u64::from(mt.draw()),
        }
    }

    /// 32 random bits.
    #[inline]
    pub fn next_u32(&mut self) -> u32 {
        if let Kind::Mt19937(mt) = &mut self.kind {
            return mt.draw();
        }
        if self.has_half {
            self.has_half = false;
            return self.half;
        }
        let next = self.next_u64();
        (self.half, self.has_half) = ((next >> 32) as u32, true);
        next as u32
    }

    /// One step of the algorithm: 64 bits, or the 32 that it gives at a time.
    pub fn next_raw(&mut self) -> u64 {
        match &mut self.kind {
            Kind::Mt19937(mt) => mt.draw().into(),
            _ => self.next_u64(),
        }
    }

    /// A double in [0, 1), of 53 random bits.
    #[inline]
    pub fn next_double(&mut self) -> f64 {
        if let Kind::Mt19937(mt) = &mut self.kind {
            let (a, b) = (mt.draw() >> 5, mt.draw() >> 6);
            return (f64::from(a) * 67_108_864.0 + f64::from(b)) / 9_007_199_254_740_992.0;
        }
        (self.next_u64() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// A float in [0, 1), of 24 random bits.
    #[inline]
    pub fn next_float(&mut self) -> f32 {
        (self.next_u32() >> 8) as f32 * (1.0 / 16_777_216.0)
    }
}
