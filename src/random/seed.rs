//! NumPy's `SeedSequence`: few bits of entropy, mixed into as many words of state as a generator needs.

const INIT_A: u32 = 0x43b0_d7e5;
const MULT_A: u32 = 0x931e_8875;
const INIT_B: u32 = 0x8b51_f9dd;
const MULT_B: u32 = 0x58f3_8ded;
const MIX_LEFT: u32 = 0xca01_f9dd;
const MIX_RIGHT: u32 = 0x4973_f715;
const SHIFT: u32 = 16;

fn hash(value: u32, constant: &mut u32) -> u32 {
    let value = value ^ *constant;
    *constant = constant.wrapping_mul(MULT_A);
    let value = value.wrapping_mul(*constant);
    value ^ (value >> SHIFT)
}

fn mix(x: u32, y: u32) -> u32 {
    let mixed = MIX_LEFT.wrapping_mul(x).wrapping_sub(MIX_RIGHT.wrapping_mul(y));
    mixed ^ (mixed >> SHIFT)
}

/// The pool of `size` words that entropy and a spawn key are mixed into.
pub fn pool(entropy: &[u32], spawn_key: &[u32], size: usize) -> Vec<u32> {
    let mut words = entropy.to_vec();
    if !spawn_key.is_empty() {
        words.resize(words.len().max(size), 0);
        words.extend_from_slice(spawn_key);
    }
    let mut constant = INIT_A;
    let mut pool: Vec<u32> = (0..size).map(|i| hash(words.get(i).copied().unwrap_or(0), &mut constant)).collect();
    for source in 0..size {
        for target in (0..size).filter(|&target| target != source) {
            pool[target] = mix(pool[target], hash(pool[source], &mut constant));
        }
    }
    for &word in words.iter().skip(size) {
        for target in &mut pool {
            *target = mix(*target, hash(word, &mut constant));
        }
    }
    pool
}

/// `count` words of state out of a pool.
pub fn generate_state(pool: &[u32], count: usize) -> Vec<u32> {
    let mut constant = INIT_B;
    let word = |&word: &u32| {
        let word = word ^ constant;
        constant = constant.wrapping_mul(MULT_B);
        let word = word.wrapping_mul(constant);
        word ^ (word >> SHIFT)
    };
    pool.iter().cycle().take(count).map(word).collect()
}

/// Words of 64 bits out of twice as many halves, the lower half first.
pub fn halves(words: &[u32]) -> Vec<u64> {
    words.chunks_exact(2).map(|pair| u64::from(pair[0]) | u64::from(pair[1]) << 32).collect()
}

/// 128 bits that nobody can foretell, from the operating system: the keys of the standard library's hash tables are
/// made of it.
pub fn system_entropy() -> [u32; 4] {
    use std::hash::{BuildHasher, Hasher};
    let word = || std::collections::hash_map::RandomState::new().build_hasher().finish();
    let clock = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let (a, b) = (word(), word() ^ clock.map_or(0, |since| since.as_nanos() as u64));
    [a as u32, (a >> 32) as u32, b as u32, (b >> 32) as u32]
}
