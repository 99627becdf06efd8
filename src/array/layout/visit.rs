//! In which order does memory hold the elements of a view?
//!
//! Walk memory from low to high: each place where an element starts gets the next number, however many elements start
//! there. The places of all axes together are sums of multiples of the strides. Axes whose steps overlap or run on into
//! each other make one evenly spaced line; what is left is usually *nested*: each stride steps over all places within
//! it, and a place's number is digits in a mixed base. No element is looked at, so the size does not matter.

use super::Layout;
use smallvec::SmallVec;

/// Views up to this many elements are listed where their strides interlock.
const SMALL: usize = 4096;

/// Evenly spaced places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Line {
    stride: i128,
    count: i128,
}

/// How places are numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Places {
    /// Lines within lines, the widest stride first.
    Nested(SmallVec<[Line; 4]>),
    /// Every place, in bytes from the lowest.
    Listed(Vec<i128>),
    /// The places interlock and are too many to list: they are numbered in steps of so many bytes.
    Slots(i128),
}

/// The numbers of a view's elements in the order of memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitOrder {
    shape: Vec<usize>,
    strides: Vec<isize>,
    /// From the lowest place to the element with all indices 0, in bytes.
    first: i128,
    places: Places,
}

impl VisitOrder {
    /// The order of a layout's elements.
    pub fn of(layout: &Layout) -> VisitOrder {
        let moving: SmallVec<[(usize, isize); 4]> = (layout.shape.iter().copied())
            .zip(layout.strides.iter().copied())
            .filter(|&(length, stride)| length > 1 && stride != 0)
            .collect();
        let back = moving.iter().filter(|(_, stride)| *stride < 0);
        let first = back.map(|&(length, stride)| (length as i128 - 1) * -(stride as i128)).sum();
        let places = match nested(&moving) {
            Some(lines) => Places::Nested(lines),
            None if layout.size() <= SMALL => Places::Listed(listed(&moving)),
            None => Places::Slots(moving.iter().fold(0, |n, &(_, stride)| gcd(n, (stride as i128).abs())).max(1)),
        };
        VisitOrder { shape: layout.shape.to_vec(), strides: layout.strides.to_vec(), first, places }
    }

    /// The number of the element at `index`: how many places lie lower in memory.
    pub fn number(&self, index: &[usize]) -> i128 {
        let moved = index.iter().zip(&self.strides).map(|(&n, &stride)| n as i128 * stride as i128);
        let mut place = self.first + moved.sum::<i128>();
        match &self.places {
            Places::Nested(lines) => lines.iter().fold(0, |number, line| {
                let steps = place / line.stride;
                place %= line.stride;
                number * line.count + steps
            }),
            Places::Listed(all) => all.partition_point(|&other| other < place) as i128,
            Places::Slots(step) => place / step,
        }
    }

    /// How many places there are; `None` where the strides interlock and they are too many to count.
    pub fn places(&self) -> Option<i128> {
        if self.shape.contains(&0) {
            return Some(0);
        }
        match &self.places {
            Places::Nested(lines) => lines.iter().try_fold(1i128, |n, line| n.checked_mul(line.count)),
            Places::Listed(all) => Some(all.len() as i128),
            Places::Slots(_) => None,
        }
    }

    /// Bytes from one number to the next, where numbers do not count places but steps of so many bytes.
    pub fn slot(&self) -> Option<i128> {
        match self.places {
            Places::Slots(step) => Some(step),
            _ => None,
        }
    }

    /// Whether the elements lie in memory as they are counted in C order.
    pub fn is_logical(&self) -> bool {
        let mut reach = 0;
        self.moving().into_iter().rev().all(|axis| {
            let stride = self.strides[axis] as i128;
            let is_outside = stride > reach;
            reach += stride * (self.shape[axis] as i128 - 1);
            is_outside
        }) && (0..self.shape.len()).all(|axis| self.shape[axis] == 1 || self.strides[axis] != 0)
    }

    /// The axes that move, from the smallest step in memory to the largest.
    pub fn fastest_first(&self) -> SmallVec<[usize; 4]> {
        let mut axes = self.moving();
        axes.reverse();
        axes.sort_by_key(|&axis| self.strides[axis].unsigned_abs());
        axes
    }

    /// The axes longer than 1 whose stride is not 0.
    fn moving(&self) -> SmallVec<[usize; 4]> {
        (0..self.shape.len()).filter(|&axis| self.shape[axis] > 1 && self.strides[axis] != 0).collect()
    }

    /// The bytes from an element to the next in C order, where that is one step along `axis` and the axes behind
    /// start anew.
    pub fn jump(&self, axis: usize) -> i128 {
        let behind = self.shape.iter().zip(&self.strides).skip(axis + 1);
        let back: i128 = behind.map(|(&length, &stride)| (length as i128 - 1) * stride as i128).sum();
        self.strides.get(axis).map_or(0, |&stride| stride as i128) - back
    }
}

/// The places of these axes as lines within lines; `None` where they interlock.
fn nested(moving: &[(usize, isize)]) -> Option<SmallVec<[Line; 4]>> {
    let line = |&(length, stride): &(usize, isize)| Line { stride: (stride as i128).abs(), count: length as i128 };
    let mut axes: SmallVec<[Line; 4]> = moving.iter().map(line).collect();
    axes.sort_by_key(|line| line.stride);
    // from the closest together to the farthest apart
    let mut lines: SmallVec<[Line; 4]> = SmallVec::new();
    let mut reach = 0;
    for axis in axes {
        match lines.last_mut() {
            // steps that overlap, or run on into each other, are one line
            Some(last) if axis.stride % last.stride == 0 && axis.stride / last.stride <= last.count => {
                last.count += (axis.count - 1) * (axis.stride / last.stride);
            }
            _ if axis.stride > reach => lines.push(axis),
            _ => return None,
        }
        reach += (axis.count - 1) * axis.stride;
    }
    lines.reverse();
    Some(lines)
}

/// Every place of these axes once, lowest first, in bytes from the lowest.
fn listed(moving: &[(usize, isize)]) -> Vec<i128> {
    let mut places = vec![0i128];
    for &(length, stride) in moving {
        let step = (stride as i128).abs();
        places = places.iter().flat_map(|&place| (0..length as i128).map(move |n| place + n * step)).collect();
        places.sort_unstable();
        places.dedup();
    }
    places
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::super::{Order, Shape, Strides};
    use super::*;
    use crate::array::Type;
    use proptest::prelude::*;

    fn layout(shape: &[usize], strides: &[isize]) -> Layout {
        let contiguous = Layout::contiguous(Type::Int8.into(), &[], Order::C);
        Layout { shape: Shape::from_slice(shape), strides: Strides::from_slice(strides), ..contiguous }
    }

    fn indices(shape: &[usize]) -> Vec<Vec<usize>> {
        shape.iter().fold(vec![vec![]], |all, &length| {
            all.iter().flat_map(|index| (0..length).map(move |n| [index.as_slice(), &[n]].concat())).collect()
        })
    }

    fn numbers(layout: &Layout) -> Vec<i128> {
        let order = VisitOrder::of(layout);
        indices(&layout.shape).iter().map(|index| order.number(index)).collect()
    }

    #[test]
    fn a_transposed_array_is_walked_column_by_column() {
        assert_eq!(numbers(&layout(&[3, 2], &[8, 24])), [0, 3, 1, 4, 2, 5]);
        assert_eq!(numbers(&layout(&[4], &[-8])), [3, 2, 1, 0]);
        assert_eq!(numbers(&layout(&[2, 3], &[0, 8])), [0, 1, 2, 0, 1, 2]);
        assert_eq!(numbers(&layout(&[3, 2], &[8, 8])), [0, 1, 1, 2, 2, 3]);
        assert_eq!(numbers(&layout(&[], &[])), [0]);
        let t = VisitOrder::of(&layout(&[4, 3], &[8, 32]));
        assert_eq!((t.jump(1), t.jump(0), t.places()), (32, -56, Some(12)));
        assert!(!t.is_logical() && VisitOrder::of(&layout(&[3, 4], &[32, 8])).is_logical());
    }

    #[test]
    fn huge_views_are_numbered_by_arithmetic() {
        let n = 1 << 20;
        let order = VisitOrder::of(&layout(&[n, n], &[8, 8 << 20]));
        assert_eq!(order.number(&[1, 2]), 1 + 2 * (1 << 20));
        assert_eq!(order.places(), Some(1 << 40));
        let interlocked = VisitOrder::of(&layout(&[n, n], &[16, 24]));
        assert_eq!((interlocked.slot(), interlocked.places(), interlocked.number(&[1, 1])), (Some(8), None, 5));
    }

    proptest! {
        #[test]
        fn numbers_count_the_places_below(
            axes in proptest::collection::vec((1usize..5, -20isize..20), 0..4)
        ) {
            let (shape, strides): (Vec<usize>, Vec<isize>) = axes.into_iter().unzip();
            let layout = layout(&shape, &strides);
            let all = indices(&shape);
            let place = |index: &Vec<usize>| index.iter().zip(&strides).map(|(&n, &s)| n as isize * s).sum::<isize>();
            let mut places: Vec<isize> = all.iter().map(place).collect();
            places.sort_unstable();
            places.dedup();
            let order = VisitOrder::of(&layout);
            prop_assert_eq!(order.places(), Some(places.len() as i128));
            let mut logical = true;
            for (n, index) in all.iter().enumerate() {
                let number = places.binary_search(&place(index)).unwrap() as i128;
                prop_assert_eq!(order.number(index), number);
                logical &= number == n as i128;
            }
            prop_assert_eq!(order.is_logical(), logical);
        }
    }
}
