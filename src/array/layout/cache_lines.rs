//! How many cache lines does a walk over an array load?
//!
//! The rule: lines of 64 bytes, the first at the start of the buffer. A line is loaded when an element lies on it and
//! the element before it did not. So a walk along one axis loads each line once that it meets. A walk over the whole
//! array may come back to a line again and again: the rule counts it each time, as a cache would that keeps one
//! element's lines. A cache that keeps more loads less, but never less than the lines that the array lies on
//! ([`lines_reached`]). What a machine does lies between the two.
//!
//! Only the place of an element within its line decides, and there are 64. So the elements are counted by place:
//! an axis moves places round in at most 64 steps, however long it is, and the sum is exact for any size.

use super::Layout;
use super::footprint::Footprint;
use smallvec::SmallVec;

/// Bytes of a cache line.
pub const LINE: usize = 64;

/// A loop: bytes from one element to the next, and how many there are.
type Loop = (i128, u128);
/// How many elements stand at each byte of a line.
type Places = [u128; LINE];

/// The lines that a walk along `axis` from the first element loads.
pub fn lines_of_walk(layout: &Layout, axis: usize) -> u128 {
    match (layout.shape.get(axis), layout.strides.get(axis)) {
        (Some(&length), Some(&stride)) if layout.size() > 0 => loads(layout, &[(stride as i128, length as u128)]),
        _ => 0,
    }
}

/// The lines that a walk over all elements loads, with `axis` as the fastest and the others in C order around it.
pub fn lines_of_traversal(layout: &Layout, axis: usize) -> u128 {
    let outer = (0..layout.ndim()).filter(|&other| other != axis);
    let order = outer.chain((axis < layout.ndim()).then_some(axis));
    let loops: SmallVec<[Loop; 4]> =
        order.map(|axis| (layout.strides[axis] as i128, layout.shape[axis] as u128)).collect();
    loads(layout, &loops)
}

/// The different lines that the elements lie on; `None` where elements interlock and only a search could count them.
pub fn lines_reached(layout: &Layout) -> Option<u128> {
    let Some(footprint) = Footprint::of(layout) else { return Some(0) };
    // disjoint blocks, from the first byte to the last: no line is left and met again
    footprint.is_nested().then(|| {
        let loops: SmallVec<[Loop; 4]> =
            footprint.repeats.iter().map(|repeat| (repeat.stride as i128, repeat.count as u128)).collect();
        count_loads(footprint.start as i128, footprint.run as i128, &loops)
    })
}

fn loads(layout: &Layout, loops: &[Loop]) -> u128 {
    count_loads(layout.offset as i128, layout.itemsize() as i128, loops)
}

/// The lines loaded by items of `size` bytes, the first at byte `start`; loops from the slowest to the fastest.
fn count_loads(start: i128, size: i128, loops: &[Loop]) -> u128 {
    if size == 0 || loops.iter().any(|&(_, count)| count == 0) {
        return 0;
    }
    // how far all faster loops have moved at their ends
    let mut moved: SmallVec<[i128; 4]> = SmallVec::from_elem(0, loops.len());
    for at in (1..loops.len()).rev() {
        moved[at - 1] = moved[at] + loops[at].0 * (loops[at].1 as i128 - 1);
    }
    let first = place(start);
    let mut places: Places = [0; LINE];
    places[first] = 1;
    let mut total = lines_from(first as i128, size) as u128;
    for (&(stride, count), &moved) in loops.iter().zip(&moved) {
        // each step of this loop goes from an element at the end of the faster loops to one at their start
        for (at, &elements) in repeat(&places, stride, count - 1).iter().enumerate().filter(|(_, n)| **n > 0) {
            let before = (at as i128 + moved).rem_euclid(LINE as i128);
            total = total.saturating_add(elements.saturating_mul(new_lines(before, stride - moved, size)));
        }
        places = repeat(&places, stride, count);
    }
    total
}

/// The byte of its line.
fn place(byte: i128) -> usize {
    byte.rem_euclid(LINE as i128) as usize
}

/// The lines of an item that starts at this byte of a line.
fn lines_from(place: i128, size: i128) -> i128 {
    (place + size - 1) / LINE as i128 + 1
}

/// The lines of an item that those of the item before it, which starts at byte `before` of a line and `step` bytes
/// earlier, are not.
fn new_lines(before: i128, step: i128, size: i128) -> u128 {
    let line = |byte: i128| byte.div_euclid(LINE as i128);
    let (old_first, old_last) = (line(before), line(before + size - 1));
    let (first, last) = (line(before + step), line(before + step + size - 1));
    let common = (old_last.min(last) - old_first.max(first) + 1).max(0);
    (last - first + 1 - common) as u128
}

/// The places of all elements when each is repeated `count` times, `stride` bytes apart.
fn repeat(places: &Places, stride: i128, count: u128) -> Places {
    let step = place(stride);
    // after so many steps the places come again
    let period = (1..=LINE).find(|n| (step * n).is_multiple_of(LINE)).unwrap_or(LINE) as u128;
    let mut out: Places = [0; LINE];
    for turn in 0..period.min(count) {
        let times = (count - turn).div_ceil(period);
        let shift = step * turn as usize;
        for (at, &elements) in places.iter().enumerate().filter(|(_, n)| **n > 0) {
            let to = &mut out[(at + shift) % LINE];
            *to = to.saturating_add(elements.saturating_mul(times));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Order;
    use super::super::transpose::transpose;
    use super::*;
    use crate::array::Type;

    #[test]
    fn the_short_step_loads_each_line_once() {
        let matrix = Layout::contiguous(Type::Float64.into(), &[1000, 1000], Order::C);
        let walks: Vec<u128> = (0..2).map(|axis| lines_of_walk(&matrix, axis)).collect();
        assert_eq!(walks, [1000, 125]);
        let all: Vec<u128> = (0..2).map(|axis| lines_of_traversal(&matrix, axis)).collect();
        assert_eq!(all, [1_000_000, 125_000]);
        assert_eq!(lines_reached(&transpose(&matrix, None).unwrap()), Some(125_000));
    }

    #[test]
    fn nothing_and_one() {
        let none = Layout::contiguous(Type::Float64.into(), &[3, 0], Order::C);
        assert_eq!((lines_of_walk(&none, 1), lines_of_traversal(&none, 0), lines_reached(&none)), (0, 0, Some(0)));
        let one = Layout { offset: 60, ..Layout::contiguous(Type::Float64.into(), &[], Order::C) };
        assert_eq!((lines_of_traversal(&one, 0), lines_reached(&one)), (2, Some(2)));
    }
}
