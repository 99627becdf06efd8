//! In which order NumPy leaves indices of equal 32- and 64-bit numbers: a bitonic network.
//!
//! On every x86-64 machine with AVX2 NumPy sorts the indices of up to 256 such numbers with a sorting network
//! (x86-simd-sort's `argsort_n`). A network compares the same places whatever the width of the vector registers, so the
//! order of ties is the same everywhere, though it is not the order in which they stood. Longer runs are partitioned first, in a way that
//! depends on the machine.

use super::order::Sortable;

/// The longest run that goes through the network at once.
pub const MAX_NETWORK: usize = 256;

/// The indices that sort `values`, of which there are at most [`MAX_NETWORK`] and none is NaN.
pub fn argsort_network<T: Sortable>(values: &[T]) -> Vec<i64> {
    let len = values.len();
    let mut network = Network { values, indices: (0..len.next_power_of_two()).collect() };
    let full = network.indices.len();
    let mut block = 2;
    while block <= full {
        // the second half of a block is sorted the same way, so it is looked at from its end
        for base in (0..full).step_by(block) {
            (0..block / 2).for_each(|i| network.compare(base + i, base + block - 1 - i));
        }
        let mut distance = block / 4;
        while distance > 0 {
            for base in (0..full).step_by(2 * distance) {
                (base..base + distance).for_each(|i| network.compare(i, i + distance));
            }
            distance /= 2;
        }
        block *= 2;
    }
    network.indices.into_iter().take(len).map(|i| i as i64).collect()
}

struct Network<'a, T> {
    values: &'a [T],
    /// Those beyond the values stand for something greater than all of them.
    indices: Vec<usize>,
}

impl<T: Sortable> Network<'_, T> {
    /// Puts the smaller of two first; equal ones stay.
    fn compare(&mut self, a: usize, b: usize) {
        let value = |place: usize| self.values.get(self.indices[place]).copied();
        let swap = match (value(a), value(b)) {
            (Some(a), Some(b)) => b.less(a),
            (None, Some(_)) => true,
            _ => false,
        };
        if swap {
            self.indices.swap(a, b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_left_as_numpy_leaves_them() {
        assert_eq!(
            argsort_network(&[7i64, 1, 7, 7, 1, 5, 7, 2, 3, 2, 6, 2, 3, 0]),
            [13, 1, 4, 7, 9, 11, 8, 12, 5, 10, 2, 3, 6, 0]
        );
        assert!(argsort_network::<f64>(&[]).is_empty());
        for n in 1..=MAX_NETWORK {
            let values: Vec<f64> = (0..n).map(|i| (i * 7919 % 53) as f64).collect();
            let order = argsort_network(&values);
            assert!(order.windows(2).all(|w| values[w[0] as usize] <= values[w[1] as usize]));
            let mut all = order;
            all.sort();
            assert!(all.into_iter().eq(0..n as i64));
        }
    }
}
