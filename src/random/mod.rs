//! Streams of random numbers, bit for bit NumPy's: generators of bits and the distributions made of them.
//!
//! [`Bits`] gives 32 or 64 random bits at a time; a [`Source`] is bits with what the distributions remember between
//! draws. Each distribution asks for as many bits, in the same order and with the same arithmetic, as NumPy's C code
//! does, so that a seed gives the same numbers.

mod bits;
pub mod bounded;
pub mod continuous;
pub mod discrete;
pub mod legacy;
mod mt19937;
mod pcg64;
mod philox;
mod seed;
mod sfc64;
pub mod single;
mod ziggurat_tables;

pub use bits::{Bits, Kind};
pub use mt19937::Mt19937;
pub use pcg64::Pcg64;
pub use philox::Philox;
pub use seed::{generate_state, halves, pool, system_entropy};
pub use sfc64::Sfc64;

/// Random bits, and what the distributions remember between draws.
pub struct Source {
    /// Where the bits come from.
    pub bits: Bits,
    /// The second value of a pair of normal ones, which the legacy generator keeps for the next draw.
    pub gauss: Option<f64>,
    /// The last binomial distribution that was drawn from.
    pub binomial: Option<discrete::Binomial>,
}

impl Source {
    /// A source of these bits that remembers nothing.
    pub fn new(bits: Bits) -> Source {
        Source { bits, gauss: None, binomial: None }
    }

    /// A double in [0, 1).
    #[inline]
    pub fn double(&mut self) -> f64 {
        self.bits.next_double()
    }
}
