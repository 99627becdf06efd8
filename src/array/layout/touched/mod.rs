//! Which elements of one view lie on the bytes that were written through another?
//!
//! After `b[0] = 9` the report says `a[0:3] changed too`. The answer is a list of boxes: for each axis of `a` evenly
//! spaced indices, as one would write them.
//!
//! 1. A small view is gone through element by element, and the marks are folded into boxes (`elements`).
//! 2. For large ones the arithmetic of the strides is enough (`strides`).
//! 3. Where the boxes are very many, it is told how many elements they have and within which indices; where not even
//!    that is known, within which indices some changed.

mod boxes;
mod elements;
mod strides;
mod text;
mod written;

pub use boxes::{IndexBox, Span};
pub use text::box_text;
pub use written::Written;

use super::Layout;
use super::region::Region;

/// Lists longer than this are counted, not listed.
const MANY: usize = 64;

/// The elements of a view that a write touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// None of them.
    None,
    /// All of them.
    All,
    /// Those in the boxes, which together are exactly the touched ones.
    Boxes(Vec<IndexBox>),
    /// So many, all of them in the box.
    Many {
        /// How many.
        count: usize,
        /// A box that holds them.
        within: IndexBox,
    },
    /// Some of those in the box; which is not known.
    Some {
        /// The box.
        within: IndexBox,
        /// Whether it is known that there is one.
        sure: bool,
    },
}

/// Which elements of `view` lie on bytes that `written` reaches. Both are layouts over the same buffer.
pub fn cells_touched(view: &Layout, written: &Layout) -> Touched {
    Written::new(&Region::whole(written.clone())).cells(view)
}

impl Touched {
    /// The elements in these boxes of a view of this shape.
    fn of_boxes(found: Vec<IndexBox>, shape: &[usize]) -> Touched {
        let boxes = boxes::merge(found);
        if boxes.iter().any(|spans| boxes::is_whole(spans, shape)) {
            return Touched::All;
        }
        let Some(within) = boxes::cover(&boxes) else { return Touched::None };
        let count = boxes::count_all(&boxes);
        match count {
            Some(count) if count == shape.iter().product::<usize>() => Touched::All,
            _ if boxes.len() <= MANY => Touched::Boxes(boxes),
            Some(count) => Touched::Many { count, within },
            None => Touched::Some { within, sure: true },
        }
    }

    /// Some of the elements of a view of this shape, perhaps.
    fn some(shape: &[usize]) -> Touched {
        Touched::Some { within: boxes::whole(shape), sure: false }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Places;
    use super::super::basic_index::{BasicIndex, Slice, basic_index};
    use super::super::footprint::Footprint;
    use super::super::{Order, reshape, transpose::transpose};
    use super::*;
    use crate::array::Type;
    use proptest::prelude::*;
    use smallvec::SmallVec;

    fn arange(shape: &[usize]) -> Layout {
        Layout::contiguous(Type::Int64.into(), shape, Order::C)
    }

    fn at(layout: &Layout, items: &[BasicIndex]) -> Layout {
        basic_index(layout, items).unwrap()
    }

    fn slice(start: isize, stop: isize, step: isize) -> BasicIndex {
        BasicIndex::Slice(Slice { start: Some(start), stop: Some(stop), step: Some(step) })
    }

    fn text(view: &Layout, written: &Layout) -> String {
        cells_touched(view, written).text("a", &view.shape).unwrap_or_default()
    }

    #[test]
    fn small_views() {
        use BasicIndex::Int;
        let a = arange(&[6]);
        let b = reshape(&a, &[2, 3], Order::C).unwrap();
        assert_eq!(text(&a, &at(&b, &[Int(0)])), "a[0:3]");
        assert_eq!(text(&b, &at(&a, &[Int(5)])), "a[1, 2]");
        assert_eq!(text(&b, &at(&a, &[slice(0, 6, 2)])), "a[0, ::2] and a[1, 1]");
        assert_eq!(text(&a, &at(&b, &[slice(0, 2, 1), Int(1)])), "a[1::3]");
        assert_eq!(text(&a, &b), "all of a");
        assert_eq!(text(&at(&a, &[slice(0, 2, 1)]), &at(&a, &[slice(3, 5, 1)])), "");
        let t = transpose(&b, None).unwrap();
        assert_eq!(text(&t, &at(&b, &[Int(0)])), "a[:, 0]");
        assert_eq!(text(&arange(&[4, 4]), &at(&arange(&[4, 4]), &[slice(0, 4, 2), Int(0)])), "a[::2, 0]");
    }

    #[test]
    fn large_views() {
        use BasicIndex::Int;
        let a = arange(&[1_000_000]);
        let m = reshape(&a, &[1000, 1000], Order::C).unwrap();
        assert_eq!(text(&a, &at(&m, &[Int(3)])), "a[3000:4000]");
        assert_eq!(text(&a, &at(&m, &[slice(0, 1000, 1), Int(7)])), "a[7::1000]");
        assert_eq!(text(&m, &at(&a, &[slice(500, 2500, 1)])), "a[0, 500:1000], a[1] and a[2, 0:500]");
        assert_eq!(text(&m, &at(&a, &[slice(0, 1_000_000, 2)])), "a[:, ::2]");
        assert_eq!(text(&transpose(&m, None).unwrap(), &at(&m, &[slice(0, 10, 1)])), "a[:, 0:10]");
        assert_eq!(text(&at(&a, &[slice(-1, -1_000_001, -1)]), &at(&a, &[slice(0, 10, 1)])), "a[999990:1000000]");
        assert_eq!(text(&a, &m), "all of a");
        assert_eq!(text(&a, &at(&a, &[slice(0, 1_000_000, 7)])), "a[::7]");
        // strides of which neither is a multiple of the other
        let thirds = at(&a, &[slice(0, 1_000_000, 3)]);
        assert_eq!(text(&thirds, &at(&a, &[slice(0, 1_000_000, 2)])), "a[::2]");
        assert_eq!(text(&thirds, &at(&a, &[slice(1, 1_000_000, 4)])), "a[3::4]");
    }

    #[test]
    fn windows_and_repeats() {
        use BasicIndex::Int;
        let a = arange(&[1_000_000]);
        let windows =
            Layout { shape: SmallVec::from_slice(&[999_997, 4]), strides: SmallVec::from_slice(&[8, 8]), ..a.clone() };
        assert_eq!(text(&windows, &at(&a, &[Int(1)])), "a[0, 1] and a[1, 0]");
        assert_eq!(text(&windows, &at(&a, &[slice(0, 1_000_000, 1)])), "all of a");
        let wide = Layout { shape: SmallVec::from_slice(&[999_001, 1000]), ..windows };
        assert_eq!(text(&wide, &at(&a, &[Int(5000)])), "some of a[4001:5001]");
        let spread = Layout {
            shape: SmallVec::from_slice(&[1_000_000_000, 1_000_000]),
            strides: SmallVec::from_slice(&[0, 8]),
            ..a.clone()
        };
        assert_eq!(text(&spread, &at(&a, &[Int(7)])), "a[:, 7]");
    }

    #[test]
    fn many_cells_are_counted() {
        let a = arange(&[1_000_000]);
        let told = |places: Places, view: &Layout| {
            Written::new(&places.finish().0).cells(view).text("a", &view.shape).unwrap_or_default()
        };
        let squares = || {
            let mut places = Places::new(arange(&[]));
            (0..100usize).for_each(|n| places.add(&[8 * n * n]));
            places
        };
        assert_eq!(told(squares(), &a), "100 cells of a[0:9802]");
        assert_eq!(told(squares(), &at(&a, &[slice(0, 1000, 1)])), "32 cells of a[0:962]");
        assert_eq!(told(squares(), &at(&a, &[slice(2, 4, 1)])), "");
        let scattered = || {
            let mut places = Places::new(arange(&[]));
            (0..100_000usize).for_each(|n| places.add(&[16 * (n * n % 99_991)]));
            places
        };
        assert_eq!(told(scattered(), &a), "some of a[:199977:2]");
        assert_eq!(told(scattered(), &at(&a, &[slice(1, 1_000_000, 2)])), "");
        assert_eq!(told(scattered(), &at(&a, &[slice(0, 100_000, 2)])), "some of a");
    }

    fn brute(view: &Layout, written: &Layout) -> Vec<Vec<i64>> {
        let places = |layout: &Layout| {
            let mut places = vec![(Vec::new(), layout.offset as i64)];
            for (&length, &stride) in layout.shape.iter().zip(&layout.strides) {
                places = (places.into_iter())
                    .flat_map(|(index, at)| {
                        (0..length as i64).map(move |n| {
                            let mut index = index.clone();
                            index.push(n);
                            (index, at + n * stride as i64)
                        })
                    })
                    .collect();
            }
            places
        };
        let starts: Vec<i64> = places(written).into_iter().map(|place| place.1).collect();
        let (size, width) = (view.itemsize() as i64, written.itemsize() as i64);
        (places(view).into_iter())
            .filter(|(_, at)| starts.iter().any(|start| start < &(at + size) && at < &(start + width)))
            .map(|(index, _)| index)
            .collect()
    }

    fn unfolded(boxes: &[IndexBox]) -> Vec<Vec<i64>> {
        let mut all = Vec::new();
        for spans in boxes {
            let mut indices = vec![Vec::new()];
            for span in spans {
                indices = (indices.into_iter())
                    .flat_map(|index: Vec<i64>| {
                        (0..span.count).map(move |n| [&index[..], &[span.start + n * span.step]].concat())
                    })
                    .collect();
            }
            all.extend(indices);
        }
        all.sort();
        all.dedup();
        all
    }

    prop_compose! {
        /// A view of a contiguous parent: sliced, transposed, cut up, in windows, broadcast.
        fn any_view()(ty in 0usize..14, lengths in prop::collection::vec(1usize..5, 3),
                      cuts in prop::collection::vec((0isize..3, 1isize..6, -3isize..4), 3),
                      turn in 0usize..3, merge in any::<bool>(), window in 0usize..8, bytes in prop::sample::select(vec![48, 96, 240])) -> Layout {
            let ty = Type::NUMBERS[ty];
            let last = bytes / ty.size() / lengths[0] / lengths[1];
            let mut view = Layout::contiguous(ty.into(), &[lengths[0], lengths[1], last], Order::C);
            if merge {
                view = reshape(&view, &[lengths[0] * lengths[1] * last], Order::C).unwrap();
            }
            let items: Vec<BasicIndex> = cuts.iter().take(view.ndim()).map(|&(start, stop, step)| {
                let (start, stop) = (Some(start), Some(if merge { stop * bytes as isize / 12 } else { stop }));
                let (start, stop) = if step < 0 { (stop, start) } else { (start, stop) };
                BasicIndex::Slice(Slice { start, stop, step: (step != 0).then_some(step) })
            }).collect();
            view = basic_index(&view, &items).unwrap();
            let turn = turn % view.ndim();
            view.shape.rotate_left(turn);
            view.strides.rotate_left(turn);
            match (window, view.shape.first().copied()) {
                // overlapping windows along the first axis
                (1..=3, Some(length)) if length >= window => {
                    view.shape[0] = length - window + 1;
                    view.shape.push(window);
                    view.strides.push(view.strides[0]);
                }
                // every element three times
                (4, _) => {
                    view.shape.insert(0, 3);
                    view.strides.insert(0, 0);
                }
                _ => {}
            }
            view
        }
    }

    /// Whether a box has an index.
    fn holds(within: &IndexBox, index: &[i64]) -> bool {
        within
            .iter()
            .zip(index)
            .all(|(span, n)| (span.start..=span.last()).contains(n) && (n - span.start) % span.step == 0)
    }

    fn region(pieces: &[Layout]) -> Region {
        Region { pieces: pieces.iter().filter(|piece| piece.size() > 0).cloned().collect(), cover: None }
    }

    fn brute_all(view: &Layout, pieces: &[Layout]) -> Vec<Vec<i64>> {
        let mut all: Vec<Vec<i64>> = pieces.iter().flat_map(|piece| brute(view, piece)).collect();
        all.sort();
        all.dedup();
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn the_told_cells_are_the_elements_on_written_bytes(
            view in any_view(),
            pieces in prop::collection::vec(any_view(), 1..5),
        ) {
            let truth = brute_all(&view, &pieces);
            let written = Written::new(&region(&pieces));
            match written.cells(&view) {
                Touched::None => prop_assert!(truth.is_empty()),
                Touched::All => prop_assert_eq!(truth.len(), view.size()),
                Touched::Boxes(boxes) => {
                    if let Some(count) = boxes::count_all(&boxes) {
                        prop_assert_eq!(count, truth.len());
                    }
                    prop_assert_eq!(unfolded(&boxes), truth.clone());
                }
                Touched::Many { count, within } => {
                    prop_assert_eq!(count, truth.len());
                    prop_assert!(truth.iter().all(|index| holds(&within, index)));
                }
                Touched::Some { .. } => prop_assert!(false, "small views are known exactly"),
            }
            prop_assert_eq!(written.touches(&view, &mut 100_000), Some(!truth.is_empty()));
        }

        #[test]
        fn the_strides_tell_the_same_as_the_elements(view in any_view(), written in any_view()) {
            if let (Some(footprint), true) = (Footprint::of(&written), view.size() > 0) {
                let truth = brute_all(&view, std::slice::from_ref(&written));
                if let Some(boxes) = strides::touched(&view, &footprint) {
                    prop_assert_eq!(unfolded(&boxes), truth.clone());
                }
                let (low, high) = (footprint.start, footprint.start + footprint.span());
                match strides::within(&view, low, high) {
                    Some(within) => prop_assert!(truth.iter().all(|index| holds(&within, index))),
                    None => prop_assert!(truth.is_empty()),
                }
            }
        }

        #[test]
        fn a_cover_has_all_that_changed(view in any_view(), pieces in prop::collection::vec(any_view(), 1..4), cover in any_view()) {
            let all: Vec<Layout> = pieces.iter().chain([&cover]).cloned().collect();
            let known = region(&pieces);
            let told = Written::new(&Region { cover: Some(cover.clone()), ..known }).cells(&view);
            let truth = brute_all(&view, std::slice::from_ref(&cover));
            match told {
                Touched::None => prop_assert!(truth.is_empty()),
                Touched::Some { within, sure } => {
                    prop_assert!(truth.iter().all(|index| holds(&within, index)));
                    prop_assert_eq!(sure, !brute_all(&view, &pieces).is_empty());
                }
                other => prop_assert!(false, "{other:?} of {}", all.len()),
            }
        }
    }
}
