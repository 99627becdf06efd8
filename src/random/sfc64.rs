//! Doty-Humphrey's SFC64: a small, fast, chaotic generator with a counter.

/// The state: three mixed words and the counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sfc64(pub [u64; 4]);

impl Sfc64 {
    /// A generator seeded with three words.
    pub fn new(seed: [u64; 3]) -> Sfc64 {
        let mut sfc = Sfc64([seed[0], seed[1], seed[2], 1]);
        for _ in 0..12 {
            sfc.draw();
        }
        sfc
    }

    /// The next 64 bits.
    #[inline(always)]
    pub fn draw(&mut self) -> u64 {
        let [a, b, c, counter] = self.0;
        let out = a.wrapping_add(b).wrapping_add(counter);
        self.0 = [b ^ (b >> 11), c.wrapping_add(c << 3), c.rotate_left(24).wrapping_add(out), counter.wrapping_add(1)];
        out
    }
}
