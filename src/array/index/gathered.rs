//! What made an index advanced: item by item, as far as a slice could stand in its place.

use super::super::layout::basic_index::Slice;
use super::super::layout::{BasicIndex, Layout, basic_index};
use super::super::ndarray::NdArray;
use super::Index;
use std::fmt;

/// Integer arrays are looked at for evenly spaced values up to this many elements.
const LOOKED_AT: usize = 1000;

/// One item of an index with arrays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// No array.
    Basic(BasicIndex),
    /// A 0-d array of integers.
    Place(isize),
    /// An array of integers; the slice that names the same places of the axis, if they are evenly spaced.
    Places(Option<Slice>),
    /// A mask over this many axes.
    Mask(usize),
    /// A bool, or a 0-d mask.
    Bool,
}

/// An index with arrays in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gathered {
    /// Its items, in order.
    pub items: Vec<Item>,
}

impl Gathered {
    /// That of `index` for an array of this layout.
    pub fn of(index: &[Index], layout: &Layout) -> Gathered {
        let used = |item: &Index| match item {
            Index::Int(_) | Index::Slice { .. } | Index::Integers(_) => 1,
            Index::Mask(mask) => mask.ndim(),
            Index::NewAxis | Index::Ellipsis | Index::MaskScalar(_) => 0,
        };
        let left = layout.ndim().saturating_sub(index.iter().map(used).sum());
        let mut axis = 0;
        let items = index
            .iter()
            .map(|item| {
                let here = layout.shape.get(axis).copied().unwrap_or(0);
                axis += if matches!(item, Index::Ellipsis) { left } else { used(item) };
                match item {
                    Index::Int(place) => Item::Basic(BasicIndex::Int(*place)),
                    Index::Slice { start, stop, step } => {
                        Item::Basic(BasicIndex::Slice(Slice { start: *start, stop: *stop, step: *step }))
                    }
                    Index::NewAxis => Item::Basic(BasicIndex::NewAxis),
                    Index::Ellipsis => Item::Basic(BasicIndex::Ellipsis),
                    Index::Integers(array) => places(array, here),
                    Index::Mask(mask) if mask.ndim() > 0 => Item::Mask(mask.ndim()),
                    Index::Mask(_) | Index::MaskScalar(_) => Item::Bool,
                }
            })
            .collect();
        Gathered { items }
    }

    /// That of `take`: integers on one axis of an array of this layout.
    pub fn along(axis: usize, indices: &NdArray, layout: &Layout) -> Gathered {
        let all = Item::Basic(BasicIndex::Slice(Slice::default()));
        let length = layout.shape.get(axis).copied().unwrap_or(0);
        let mut items = vec![all; axis];
        items.push(places(indices, length));
        Gathered { items }
    }

    /// That of `compress`: a mask on one axis.
    pub fn by_mask(axis: usize) -> Gathered {
        let all = Item::Basic(BasicIndex::Slice(Slice::default()));
        let mut items = vec![all; axis];
        items.push(Item::Mask(1));
        Gathered { items }
    }

    /// The first item that is no slice and no number, and which it is.
    fn advanced(&self) -> Option<(usize, &Item)> {
        self.items.iter().enumerate().find(|(_, item)| !matches!(item, Item::Basic(_)))
    }

    /// The index of slices and numbers that selects the same elements of `layout`, in the same shape, where there is
    /// one.
    pub fn as_basic(&self, layout: &Layout) -> Option<Vec<BasicIndex>> {
        let basic: Vec<BasicIndex> = self
            .items
            .iter()
            .map(|item| match item {
                Item::Basic(basic) => Some(*basic),
                Item::Place(place) => Some(BasicIndex::Int(*place)),
                Item::Places(slice) => slice.map(BasicIndex::Slice),
                Item::Mask(_) | Item::Bool => None,
            })
            .collect::<Option<_>>()?;
        // Arrays and numbers that do not stand together put the axes of the arrays in front; two arrays go in step.
        let arrays = self.items.iter().filter(|item| matches!(item, Item::Places(_))).count();
        let is_fancy = |item: &Item| matches!(item, Item::Places(_) | Item::Place(_) | Item::Basic(BasicIndex::Int(_)));
        let runs = self.items.split(|item| !is_fancy(item)).filter(|run| !run.is_empty()).count();
        let fits = arrays == 0 || (arrays == 1 && runs == 1);
        (fits && basic_index(layout, &basic).is_ok()).then_some(basic)
    }
}

/// What an array of integers is for an axis of this length.
fn places(array: &NdArray, length: usize) -> Item {
    let layout = array.layout();
    let value = |i: usize| {
        let place = isize::try_from(array.read(layout.offset_of(i)).as_i128()?).ok()?;
        usize::try_from(if place < 0 { place.checked_add_unsigned(length)? } else { place })
            .ok()
            .filter(|&place| place < length)
    };
    let planned = array.buffer_ref().is_planned();
    match layout.ndim() {
        0 => match value(0) {
            Some(place) if !planned => Item::Place(place as isize),
            _ => Item::Places(None),
        },
        1 if !planned && layout.size() <= LOOKED_AT => {
            let values: Option<Vec<usize>> = (0..layout.size()).map(value).collect();
            Item::Places(values.and_then(|values| evenly_spaced(&values)))
        }
        _ => Item::Places(None),
    }
}

/// The slice that names exactly these places, in this order.
fn evenly_spaced(places: &[usize]) -> Option<Slice> {
    let (first, last) = match places {
        [] => return Some(Slice { start: Some(0), stop: Some(0), step: None }),
        [one] => return Some(Slice { start: Some(*one as isize), stop: Some(*one as isize + 1), step: None }),
        [first, .., last] => (*first as isize, *last as isize),
    };
    let step = places[1] as isize - first;
    let even = step != 0 && places.windows(2).all(|pair| pair[1] as isize - pair[0] as isize == step);
    even.then(|| {
        let end = last + step.signum();
        Slice { start: Some(first), stop: (end >= 0).then_some(end), step: (step != 1).then_some(step) }
    })
}

impl fmt::Display for Gathered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((at, item)) = self.advanced() else { return f.write_str("an array in the index") };
        let (what, so) = match item {
            Item::Mask(_) => ("a mask", "gathers"),
            Item::Bool => ("a bool", "counts as a mask"),
            Item::Place(_) => ("a 0-d integer array", "copies"),
            _ => ("an integer array", "gathers"),
        };
        match self.items.len() {
            1 => write!(f, "the index is {what}, which {so}"),
            _ => write!(f, "index item {at} is {what}, which {so}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evenly_spaced_places_are_slices() {
        let slice = |start, stop, step| Some(Slice { start: Some(start), stop, step });
        assert_eq!(evenly_spaced(&[1, 2]), slice(1, Some(3), None));
        assert_eq!(evenly_spaced(&[1, 3, 5]), slice(1, Some(6), Some(2)));
        assert_eq!(evenly_spaced(&[2, 1, 0]), slice(2, None, Some(-1)));
        assert_eq!(evenly_spaced(&[4]), slice(4, Some(5), None));
        assert_eq!(evenly_spaced(&[]), slice(0, Some(0), None));
        assert_eq!((evenly_spaced(&[1, 1]), evenly_spaced(&[0, 1, 3])), (None, None));
    }
}
