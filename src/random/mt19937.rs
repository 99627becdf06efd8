//! Matsumoto and Nishimura's MT19937, the generator behind `np.random.seed`.

const N: usize = 624;
const M: usize = 397;
const UPPER: u32 = 0x8000_0000;
const LOWER: u32 = 0x7fff_ffff;
const TWIST: u32 = 0x9908_b0df;

/// 624 words of state, and the place of the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mt19937 {
    /// The words.
    pub key: [u32; N],
    /// The place of the next word; 624 where all are used up.
    pub place: usize,
}

impl Mt19937 {
    /// How many words the state has.
    pub const WORDS: usize = N;

    /// A generator with these words of state; the first is set to what keeps the state from being all zeros.
    pub fn from_words(words: &[u32]) -> Mt19937 {
        let mut key = [0; N];
        for (to, from) in key.iter_mut().zip(words) {
            *to = *from;
        }
        key[0] = UPPER;
        // NumPy leaves the place of the last word that was set, not the one after it
        Mt19937 { key, place: N - 1 }
    }

    /// A generator seeded with one number, as `np.random.seed(5)` does.
    pub fn from_seed(seed: u32) -> Mt19937 {
        let mut key = [0; N];
        let mut word = seed;
        for (i, place) in key.iter_mut().enumerate() {
            *place = word;
            word = 1_812_433_253u32.wrapping_mul(word ^ (word >> 30)).wrapping_add(i as u32 + 1);
        }
        Mt19937 { key, place: N }
    }

    /// A generator seeded with several numbers (`init_by_array`). Without numbers it is as seeded with 0.
    pub fn from_array(seeds: &[u32]) -> Mt19937 {
        if seeds.is_empty() {
            return Mt19937::from_seed(0);
        }
        let Mt19937 { mut key, place } = Mt19937::from_seed(19_650_218);
        let (mut i, mut j) = (1, 0);
        for _ in 0..N.max(seeds.len()) {
            let before = key[i - 1] ^ (key[i - 1] >> 30);
            key[i] = (key[i] ^ before.wrapping_mul(1_664_525)).wrapping_add(seeds[j]).wrapping_add(j as u32);
            i += 1;
            j = (j + 1) % seeds.len();
            if i >= N {
                key[0] = key[N - 1];
                i = 1;
            }
        }
        for _ in 1..N {
            let before = key[i - 1] ^ (key[i - 1] >> 30);
            key[i] = (key[i] ^ before.wrapping_mul(1_566_083_941)).wrapping_sub(i as u32);
            i += 1;
            if i >= N {
                key[0] = key[N - 1];
                i = 1;
            }
        }
        key[0] = UPPER;
        Mt19937 { key, place }
    }

    /// All words anew.
    fn generate(&mut self) {
        let key = &mut self.key;
        for i in 0..N {
            let y = (key[i] & UPPER) | (key[(i + 1) % N] & LOWER);
            key[i] = key[(i + M) % N] ^ (y >> 1) ^ ((y & 1).wrapping_neg() & TWIST);
        }
        self.place = 0;
    }

    /// The next 32 bits.
    #[inline]
    pub fn draw(&mut self) -> u32 {
        if self.place >= N {
            self.generate();
        }
        let mut y = self.key[self.place];
        self.place += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }
}
