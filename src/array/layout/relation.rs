//! How does one layout follow from another over the same bytes? The arithmetic of a view, in words.
//!
//! What [`Reason`](super::Reason) is for a copy this is for a view: the numbers that made it possible.

use super::reshape::reshape;
use super::shape_text::tuple_text;
use super::{BasicIndex, Layout, Order, field_layout};
use crate::text::quote::repr_str;
use smallvec::SmallVec;

/// The arithmetic of the view `to` of `from`, one fact a line. At least one line.
pub fn relate(from: &Layout, to: &Layout) -> Vec<String> {
    if from == to {
        return vec!["the same dtype, shape, strides and offset".to_string()];
    }
    if from.dtype != to.dtype {
        return field_of(from, to).unwrap_or_else(|| recast(from, to));
    }
    permuted(from, to)
        .or_else(|| diagonal(from, to))
        .or_else(|| broadcast(from, to))
        .or_else(|| reshaped(from, to))
        .unwrap_or_else(|| vec![place(from, to)])
}

/// The arithmetic of an index of integers and slices, one fact for each item that changes something.
pub fn relate_index(from: &Layout, items: &[BasicIndex]) -> Vec<String> {
    let used = items.iter().filter(|item| matches!(item, BasicIndex::Int(_) | BasicIndex::Slice(_))).count();
    let kept = from.ndim().saturating_sub(used);
    let (mut axis, mut offset, mut facts) = (0, from.offset as isize, Vec::new());
    for item in items {
        let (length, stride) = match (from.shape.get(axis), from.strides.get(axis)) {
            (Some(&length), Some(&stride)) => (length, stride),
            _ => (0, 0),
        };
        match *item {
            BasicIndex::Int(index) => {
                let place = if index < 0 { index.saturating_add_unsigned(length) } else { index };
                let moved = offset.wrapping_add(place.wrapping_mul(stride));
                facts.push(format!("axis {axis} goes: offset {offset} + {place} * {} = {moved}", factor(stride)));
                offset = moved;
                axis += 1;
            }
            BasicIndex::Slice(slice) => {
                if let Ok(indices) = slice.indices(length).map(|i| if i.count == 0 { None } else { Some(i) }) {
                    facts.extend(match indices {
                        None => Some(format!("axis {axis} keeps 0 of {length}")),
                        Some(i) => {
                            let mut parts = Vec::new();
                            if i.start != 0 {
                                let moved = offset.wrapping_add(i.start.wrapping_mul(stride));
                                parts.push(format!("offset {offset} + {} * {} = {moved}", i.start, factor(stride)));
                                offset = moved;
                            }
                            if i.step != 1 {
                                let step = stride.wrapping_mul(i.step);
                                parts.push(format!("stride {stride} * {} = {step}", factor(i.step)));
                            }
                            let whole = parts.is_empty() && i.count == length;
                            (!whole).then(|| {
                                let start = format!("axis {axis} keeps {} of {length}", i.count);
                                std::iter::once(start).chain(parts).collect::<Vec<_>>().join(", ")
                            })
                        }
                    });
                }
                axis += 1;
            }
            BasicIndex::NewAxis => facts.push("a new axis of length 1: stride 0".to_string()),
            BasicIndex::Ellipsis => axis += kept,
        }
    }
    if facts.is_empty() {
        facts.push("the same shape, strides and offset".to_string());
    }
    facts
}

/// A field of the structures that the elements are, or several of them.
fn field_of(from: &Layout, to: &Layout) -> Option<Vec<String>> {
    let whole = from.dtype.structure()?;
    if let Some(field) = whole.fields.iter().find(|field| field_layout(from, field) == *to) {
        let (start, size) = (field.offset, field.dtype.itemsize());
        let mut facts = vec![format!(
            "field {} is bytes {start} to {} of each record of {} B: offset {} + {start} = {}",
            repr_str(&field.name()),
            start + size.max(1) - 1,
            whole.itemsize,
            from.offset,
            to.offset
        )];
        facts.push(format!("from record to record it is as far as before: strides {}", tuple_text(&from.strides)));
        if to.ndim() > from.ndim() {
            facts.push(format!("the array inside adds its axes: {}", tuple(&to.shape[from.ndim()..])));
        }
        return Some(facts);
    }
    let some = to.dtype.structure()?;
    let same_place = from.shape == to.shape && from.strides == to.strides && from.offset == to.offset;
    let is_part = some.fields.iter().all(|field| whole.fields.contains(field)) && some.itemsize == whole.itemsize;
    (same_place && is_part).then(|| {
        let shown: usize = some.fields.iter().map(|field| field.dtype.itemsize()).sum();
        vec![format!(
            "{} of {} fields, where they stand: {shown} B of each record of {} B are shown, the others are gaps",
            some.fields.len(),
            whole.fields.len(),
            whole.itemsize
        )]
    })
}

/// A factor of a product: in parentheses where it is negative.
fn factor(n: isize) -> String {
    if n < 0 { format!("({n})") } else { n.to_string() }
}

/// `(2, 3)`, as Python writes it.
fn tuple(lengths: &[usize]) -> String {
    tuple_text(&lengths.iter().map(|&length| length as isize).collect::<Vec<_>>())
}

fn permuted(from: &Layout, to: &Layout) -> Option<Vec<String>> {
    if from.ndim() != to.ndim() || from.offset != to.offset {
        return None;
    }
    let mut axes: SmallVec<[usize; 4]> = SmallVec::new();
    for axis in 0..to.ndim() {
        let same = |&old: &usize| {
            !axes.contains(&old) && from.shape[old] == to.shape[axis] && from.strides[old] == to.strides[axis]
        };
        axes.push((0..from.ndim()).rev().find(same)?);
    }
    let what = if axes.iter().rev().copied().eq(0..axes.len()) {
        "the axes change places".to_string()
    } else {
        format!("the axes stand in the order {}", tuple(&axes))
    };
    Some(vec![format!("{what}: strides {} become {}", tuple_text(&from.strides), tuple_text(&to.strides))])
}

/// Two axes walked at once, as the last axis.
fn diagonal(from: &Layout, to: &Layout) -> Option<Vec<String>> {
    let stride = *to.strides.last()?;
    let kept = to.ndim() - 1;
    if from.ndim() != kept + 2 {
        return None;
    }
    for a in 0..from.ndim() {
        for b in a + 1..from.ndim() {
            let others = (0..from.ndim()).filter(|&axis| axis != a && axis != b);
            let same = others
                .zip(0..kept)
                .all(|(old, new)| (from.shape[old], from.strides[old]) == (to.shape[new], to.strides[new]));
            if same && from.strides[a].checked_add(from.strides[b]) == Some(stride) {
                let step = format!(
                    "axes {a} and {b} at once: stride {} + {} = {stride}",
                    from.strides[a],
                    factor(from.strides[b])
                );
                let moved = (to.offset as isize).wrapping_sub(from.offset as isize);
                return Some(match moved {
                    0 => vec![step],
                    _ => vec![step, format!("offset {} + {} = {}", from.offset, factor(moved), to.offset)],
                });
            }
        }
    }
    None
}

fn broadcast(from: &Layout, to: &Layout) -> Option<Vec<String>> {
    let more = to.ndim().checked_sub(from.ndim())?;
    let mut facts = Vec::new();
    for axis in 0..to.ndim() {
        let old = axis.checked_sub(more).map(|axis| (from.shape[axis], from.strides[axis]));
        let (length, stride) = (to.shape[axis], to.strides[axis]);
        match old {
            Some(old) if old == (length, stride) => {}
            Some((1, _)) | None if stride == 0 => {
                facts.push(format!("axis {axis} shows the same bytes {length} times: stride 0"));
            }
            _ => return None,
        }
    }
    (from.offset == to.offset).then_some(facts)
}

fn recast(from: &Layout, to: &Layout) -> Vec<String> {
    let (old, new) = (from.itemsize(), to.itemsize());
    if old == new {
        return vec![format!("the {new} bytes of every item, read as {} and not as {}", to.dtype, from.dtype)];
    }
    if from.shape == to.shape && from.strides == to.strides {
        let first = to.offset.wrapping_sub(from.offset);
        let last = first.wrapping_add(new).wrapping_sub(1);
        return vec![format!("bytes {first} to {last} of every item of {old} bytes")];
    }
    match (from.shape.last(), to.shape.last()) {
        (Some(&length), Some(&cut)) => {
            let items = if cut == 1 { "item" } else { "items" };
            vec![format!("the last axis: {length} * {old} = {} bytes are {cut} {items} of {new}", length * old)]
        }
        _ => vec![place(from, to)],
    }
}

/// The matching of [`reshape`], told: which axes merge, which are cut.
fn reshaped(from: &Layout, to: &Layout) -> Option<Vec<String>> {
    let order = [Order::C, Order::F]
        .into_iter()
        .find(|&order| from.size() == to.size() && reshape(from, &to.shape, order).is_ok_and(|view| view == *to))?;
    if from.size() == 0 {
        return Some(vec!["no element is out of place in an array without elements".to_string()]);
    }
    let axes = |layout: &Layout| -> Vec<usize> { (0..layout.ndim()).filter(|&axis| layout.shape[axis] != 1).collect() };
    let (old, new) = (axes(from), axes(to));
    let mut facts = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        let (first, start) = (i, j);
        let (mut have, mut want) = (from.shape[old[i]], to.shape[new[j]]);
        (i, j) = (i + 1, j + 1);
        while have != want {
            if have < want {
                have *= from.shape[*old.get(i)?];
                i += 1;
            } else {
                want *= to.shape[*new.get(j)?];
                j += 1;
            }
        }
        for pair in old[first..i].windows(2) {
            let (outer, inner) = if order == Order::F { (pair[1], pair[0]) } else { (pair[0], pair[1]) };
            facts.push(format!(
                "axes {} and {} merge: stride {} is {} * {}",
                pair[0],
                pair[1],
                from.strides[outer],
                from.shape[inner],
                factor(from.strides[inner])
            ));
        }
        if j - start > 1 {
            let parts: Vec<usize> = new[start..j].iter().map(|&axis| to.shape[axis]).collect();
            let strides: Vec<isize> = new[start..j].iter().map(|&axis| to.strides[axis]).collect();
            let what = match i - first {
                1 => format!("axis {}, {have} items, is cut", old[first]),
                _ => format!("the {have} items are cut"),
            };
            facts.push(format!("{what} into {}: strides {}", tuple(&parts), tuple_text(&strides)));
        }
    }
    if facts.is_empty() {
        facts.push("only axes of length 1 come or go: they never move".to_string());
    }
    Some(facts)
}

/// Where a layout stands that follows from another in no way that has a name.
fn place(from: &Layout, to: &Layout) -> String {
    let moved = (to.offset as isize).wrapping_sub(from.offset as isize);
    let moved = if moved < 0 { format!("- {}", moved.unsigned_abs()) } else { format!("+ {moved}") };
    format!(
        "it starts at offset {} {moved} = {}, with strides {} in the same bytes",
        from.offset,
        to.offset,
        tuple_text(&to.strides)
    )
}

#[cfg(test)]
mod tests {
    use super::super::broadcast::broadcast_to;
    use super::super::transpose::{diagonal, transpose};
    use super::super::{Slice, basic_index, view_cast};
    use super::*;
    use crate::array::Type;

    fn arange(shape: &[usize]) -> Layout {
        Layout::contiguous(Type::Int64.into(), shape, Order::C)
    }

    #[test]
    fn views_show_their_arithmetic() {
        let a = arange(&[2, 3]);
        let t = transpose(&a, None).unwrap();
        assert_eq!(relate(&a, &t), ["the axes change places: strides (24, 8) become (8, 24)"]);
        assert_eq!(relate(&a, &reshape(&a, &[6], Order::C).unwrap()), ["axes 0 and 1 merge: stride 24 is 3 * 8"]);
        assert_eq!(relate(&t, &reshape(&t, &[6], Order::F).unwrap()), ["axes 0 and 1 merge: stride 24 is 3 * 8"]);
        let line = arange(&[6]);
        assert_eq!(
            relate(&line, &reshape(&line, &[2, 3], Order::C).unwrap()),
            ["axis 0, 6 items, is cut into (2, 3): strides (24, 8)"]
        );
        assert_eq!(
            relate(&a, &reshape(&a, &[3, 2], Order::C).unwrap()),
            ["axes 0 and 1 merge: stride 24 is 3 * 8", "the 6 items are cut into (3, 2): strides (16, 8)"]
        );
        let wide = broadcast_to(&line, &[4, 6]).unwrap();
        assert_eq!(relate(&line, &wide), ["axis 0 shows the same bytes 4 times: stride 0"]);
        let halves = view_cast(&a, &Type::Int32.into()).unwrap();
        assert_eq!(relate(&a, &halves), ["the last axis: 3 * 8 = 24 bytes are 6 items of 4"]);
        let square = arange(&[3, 3]);
        assert_eq!(
            relate(&square, &diagonal(&square, 1, 0, 1).unwrap()),
            ["axes 0 and 1 at once: stride 24 + 8 = 32", "offset 0 + 8 = 8"]
        );
    }

    #[test]
    fn an_index_moves_the_offset_and_multiplies_the_stride() {
        let a = arange(&[3, 4]);
        let items = [
            BasicIndex::Slice(Slice { start: Some(1), ..Slice::default() }),
            BasicIndex::NewAxis,
            BasicIndex::Slice(Slice { step: Some(-2), ..Slice::default() }),
        ];
        assert_eq!(
            relate_index(&a, &items),
            [
                "axis 0 keeps 2 of 3, offset 0 + 1 * 32 = 32",
                "a new axis of length 1: stride 0",
                "axis 1 keeps 2 of 4, offset 32 + 3 * 8 = 56, stride 8 * (-2) = -16"
            ]
        );
        assert_eq!(basic_index(&a, &items).unwrap().offset, 56);
        assert_eq!(
            relate_index(&a, &[BasicIndex::Ellipsis, BasicIndex::Int(-1)]),
            ["axis 1 goes: offset 0 + 3 * 8 = 24"]
        );
    }
}
