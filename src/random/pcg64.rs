//! O'Neill's PCG64, NumPy's default generator, and its variant DXSM: a linear congruence of 128 bits whose high bits
//! are mixed into 64.

const MULTIPLIER: u128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645;
const CHEAP_MULTIPLIER: u64 = 0xda94_2042_e4dd_58b5;
/// How far a jump goes: the golden ratio of the period.
const JUMP: u128 = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835;

/// The state of the congruence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pcg64 {
    /// The state.
    pub state: u128,
    /// What each step adds; odd.
    pub increment: u128,
    is_cheap: bool,
}

impl Pcg64 {
    /// A generator seeded with four words, the high ones first; `is_dxsm` for the variant.
    pub fn new(seed: [u64; 4], is_dxsm: bool) -> Pcg64 {
        let wide = |high: u64, low: u64| u128::from(high) << 64 | u128::from(low);
        let increment = wide(seed[2], seed[3]) << 1 | 1;
        // the variant too is seeded with the steps of the original
        let mut pcg = Pcg64 { state: 0, increment, is_cheap: false };
        pcg.step();
        pcg.state = pcg.state.wrapping_add(wide(seed[0], seed[1]));
        pcg.step();
        Pcg64 { is_cheap: is_dxsm, ..pcg }
    }

    /// Whether it is the variant DXSM.
    pub fn is_dxsm(&self) -> bool {
        self.is_cheap
    }

    #[inline(always)]
    fn multiplier(&self) -> u128 {
        if self.is_cheap { CHEAP_MULTIPLIER.into() } else { MULTIPLIER }
    }

    #[inline(always)]
    fn step(&mut self) {
        self.state = self.state.wrapping_mul(self.multiplier()).wrapping_add(self.increment);
    }

    /// The next 64 bits.
    #[inline(always)]
    pub fn draw(&mut self) -> u64 {
        if self.is_cheap {
            let (mut high, low) = ((self.state >> 64) as u64, self.state as u64 | 1);
            high ^= high >> 32;
            high = high.wrapping_mul(CHEAP_MULTIPLIER);
            high ^= high >> 48;
            self.step();
            return high.wrapping_mul(low);
        }
        self.step();
        let folded = (self.state >> 64) as u64 ^ self.state as u64;
        folded.rotate_right((self.state >> 122) as u32)
    }

    /// Moves on by so many draws (modulo 2**128).
    pub fn advance(&mut self, mut count: u128) {
        let (mut multiplier, mut increment) = (self.multiplier(), self.increment);
        let (mut whole_multiplier, mut whole_increment) = (1u128, 0u128);
        while count > 0 {
            if count & 1 == 1 {
                whole_multiplier = whole_multiplier.wrapping_mul(multiplier);
                whole_increment = whole_increment.wrapping_mul(multiplier).wrapping_add(increment);
            }
            increment = multiplier.wrapping_add(1).wrapping_mul(increment);
            multiplier = multiplier.wrapping_mul(multiplier);
            count >>= 1;
        }
        self.state = whole_multiplier.wrapping_mul(self.state).wrapping_add(whole_increment);
    }

    /// Moves on as if by very many draws, `jumps` times.
    pub fn jump(&mut self, jumps: u128) {
        self.advance(JUMP.wrapping_mul(jumps));
    }
}
