//! The order in which NumPy's hash table gives distinct elements back: that of C++'s `std::unordered_set` over FNV-1a
//! hashes (`unique.cpp`), with the bucket counts of its usual implementation.

use crate::array::Scalar;
use rustc_hash::FxHashMap;

/// The table starts with room for at most this many elements.
const MOST_AT_FIRST: usize = 1024;

/// Bucket counts below 14 elements.
const SMALL: [usize; 14] = [1, 2, 2, 3, 5, 5, 7, 7, 11, 11, 11, 11, 13, 13];

/// The bucket counts that the table grows through.
const PRIMES: [usize; 141] = [
    17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 103, 109, 113, 127, 137, 139, 149, 157,
    167, 179, 193, 199, 211, 227, 241, 257, 277, 293, 313, 337, 359, 383, 409, 439, 467, 503, 541, 577, 619, 661, 709,
    761, 823, 887, 953, 1031, 1109, 1193, 1289, 1381, 1493, 1613, 1741, 1879, 2029, 2179, 2357, 2549, 2753, 2971, 3209,
    3469, 3739, 4027, 4349, 4703, 5087, 5503, 5953, 6427, 6949, 7517, 8123, 8783, 9497, 10273, 11113, 12011, 12983,
    14033, 15173, 16411, 17749, 19183, 20753, 22447, 24281, 26267, 28411, 30727, 33223, 35933, 38873, 42043, 45481,
    49201, 53201, 57557, 62233, 67307, 72817, 78779, 85229, 92203, 99733, 107897, 116731, 126271, 136607, 147793,
    159871, 172933, 187091, 202409, 218971, 236897, 256279, 277261, 299951, 324503, 351061, 379787, 410857, 444487,
    480881, 520241, 562841, 608903, 658753, 712697, 771049, 834181,
];

fn bucket_count(wanted: usize) -> usize {
    match SMALL.get(wanted) {
        Some(&count) => count,
        None => PRIMES.iter().copied().find(|&prime| prime >= wanted).unwrap_or(wanted),
    }
}

/// FNV-1a over the element's bytes.
fn hash(key: &Scalar, size: usize) -> u64 {
    let bytes = key.to_bytes(&key.dtype());
    bytes[..size]
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// One singly linked list through all buckets; a bucket knows the node before its first.
struct Table {
    hashes: Vec<u64>,
    /// The node behind node `i - 1`; entry 0 is the list's head.
    next: Vec<Option<usize>>,
    /// For each bucket that is not empty the entry of `next` that leads to its first node.
    before: FxHashMap<usize, usize>,
    buckets: usize,
}

impl Table {
    fn insert(&mut self, node: usize) {
        let bucket = (self.hashes[node] % self.buckets as u64) as usize;
        if let Some(&before) = self.before.get(&bucket) {
            self.next[node + 1] = self.next[before];
            self.next[before] = Some(node);
            return;
        }
        self.next[node + 1] = self.next[0];
        if let Some(second) = self.next[0] {
            let bucket = (self.hashes[second] % self.buckets as u64) as usize;
            self.before.insert(bucket, node + 1);
        }
        self.next[0] = Some(node);
        self.before.insert(bucket, 0);
    }

    fn nodes(&self) -> Vec<usize> {
        std::iter::successors(self.next[0], |&node| self.next[node + 1]).collect()
    }
}

/// The order in which the table of an array of `len` elements gives the distinct `keys`, which stand in the order of
/// their first occurrence; `size` is their size in bytes.
pub fn order(keys: &[Scalar], len: usize, size: usize) -> Vec<usize> {
    let mut table = Table {
        hashes: keys.iter().map(|key| hash(key, size)).collect(),
        next: vec![None; keys.len() + 1],
        before: FxHashMap::default(),
        buckets: bucket_count(len.min(MOST_AT_FIRST)),
    };
    for node in 0..keys.len() {
        if node + 1 > table.buckets {
            table.buckets = bucket_count((node + 1).max(2 * table.buckets));
            let nodes = table.nodes();
            table.next.fill(None);
            table.before.clear();
            nodes.into_iter().for_each(|node| table.insert(node));
        }
        table.insert(node);
    }
    table.nodes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_as_numpy_does() {
        let order_of = |values: &[i64], len| -> Vec<i64> {
            let keys: Vec<_> = values.iter().map(|&v| Scalar::Int64(v)).collect();
            order(&keys, len, 8).into_iter().map(|i| values[i]).collect()
        };
        assert_eq!(order_of(&[3, 1, 2], 4), [2, 1, 3]);
        assert_eq!(order_of(&[3, 1, 2, 7, 5, 100, -4], 8), [5, 7, 2, -4, 1, 100, 3]);
        assert_eq!(order_of(&[3, 1, 0, 7, 5, 100, 12, 33, 21, 55], 11), [21, 33, 5, 7, 55, 12, 0, 1, 100, 3]);
    }
}
