//! Salmon's Philox4x64: ten rounds of multiplications over a counter.

const ROUNDS: usize = 10;

/// The counter, the key, and what the last rounds gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Philox {
    /// The counter, the lowest word first.
    pub counter: [u64; 4],
    /// The key.
    pub key: [u64; 2],
    /// The last four words.
    pub buffer: [u64; 4],
    /// The place of the next of them; 4 where all are used up.
    pub place: usize,
}

impl Philox {
    /// A generator with this key and counter.
    pub fn new(key: [u64; 2], counter: [u64; 4]) -> Philox {
        Philox { counter, key, buffer: [0; 4], place: 4 }
    }

    /// Adds to the counter (modulo 2**256).
    pub fn add(&mut self, step: [u64; 4]) {
        let mut carry = false;
        for (word, step) in self.counter.iter_mut().zip(step) {
            let (sum, first) = word.overflowing_add(step);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            (*word, carry) = (sum, first || second);
        }
    }

    /// Moves on by so many blocks of four draws, and forgets what is left of the last.
    pub fn advance(&mut self, step: [u64; 4]) {
        self.add(step);
        (self.buffer, self.place) = ([0; 4], 4);
    }

    /// The next 64 bits.
    pub fn draw(&mut self) -> u64 {
        if self.place >= 4 {
            self.add([1, 0, 0, 0]);
            self.buffer = self.rounds();
            self.place = 0;
        }
        self.place += 1;
        self.buffer[self.place - 1]
    }

    fn rounds(&self) -> [u64; 4] {
        let product = |a: u64, b: u64| {
            let wide = u128::from(a) * u128::from(b);
            ((wide >> 64) as u64, wide as u64)
        };
        let (mut counter, mut key) = (self.counter, self.key);
        for round in 0..ROUNDS {
            if round > 0 {
                key[0] = key[0].wrapping_add(0x9e37_79b9_7f4a_7c15);
                key[1] = key[1].wrapping_add(0xbb67_ae85_84ca_a73b);
            }
            let (high0, low0) = product(0xd2e7_470e_e14c_6c93, counter[0]);
            let (high1, low1) = product(0xca5a_8263_9512_1157, counter[2]);
            counter = [high1 ^ counter[1] ^ key[0], low1, high0 ^ counter[3] ^ key[1], low0];
        }
        counter
    }
}
