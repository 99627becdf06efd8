//! Which expression makes this view of that array?
//!
//! Ways are tried from the shortest to the longest, and the first that leads there is the answer:
//!
//! 1. a basic index and a transpose ([`super::selection`]),
//! 2. a reshape before them: axes that run on into each other are one line, which is cut where the strides of the view
//!    say, for a piece of the line too,
//! 3. another dtype, before or after: the parts of complex numbers, smaller items, larger items,
//! 4. sliding windows and broadcasting, where cells share their places,
//! 5. `as_strided`, which takes any strides.
//!
//! No way is told before it was walked: the steps are applied, and must give the view's layout.

use super::cut::reshaped;
use super::selection::{Patience, select, starts_of};
use super::shape_text::tuple_text;
use super::transpose::Axes;
use super::view_step::{ViewStep, apply_all, shortest_slice};
use super::{BasicIndex, Layout, k_order::sorted_stride_order};
use crate::array::Type;
use smallvec::smallvec;
use std::fmt;

/// Steps from an array to a view of it.
pub type Steps = Vec<ViewStep>;

/// The expression that makes a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// What to do, one after the other; nothing where the layouts are the same.
    pub steps: Steps,
    /// Why no index and no reshape does it, where only `as_strided` does.
    pub reason: Option<Obstacle>,
}

/// What stands in the way. Numbers are bytes, counted from the start of the buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The view reaches bytes that the base does not.
    Outside {
        /// The view's first byte and the one past its last.
        view: (isize, isize),
        /// The base's.
        base: (isize, isize),
    },
    /// No element of the base starts where the view starts.
    NoStart {
        /// The view's first element.
        view: usize,
        /// The base's.
        base: usize,
        /// The base's strides.
        strides: Vec<isize>,
    },
    /// An axis of the view steps in a way that no axis of the base does.
    Stride {
        /// The axis of the view.
        axis: usize,
        /// Its stride.
        stride: isize,
        /// The base's strides.
        strides: Vec<isize>,
    },
    /// Every axis would go by itself, but not all together.
    Together,
    /// The item sizes do not fit the strides.
    Items {
        /// An item of the view.
        view: usize,
        /// An item of the base.
        base: usize,
    },
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Obstacle::Outside { view, base } if base.0 == base.1 => {
                write!(f, "it reaches bytes {} to {}, and the array has no elements", view.0, view.1 - 1)
            }
            Obstacle::Outside { view, base } => {
                write!(f, "it reaches bytes {} to {}, the array only {} to {}", view.0, view.1 - 1, base.0, base.1 - 1)
            }
            Obstacle::NoStart { view, base, strides } => write!(
                f,
                "it starts {} B from the array's first element, and steps of {} B do not lead there",
                *view as i128 - *base as i128,
                tuple_text(strides)
            ),
            Obstacle::Stride { axis, stride, strides } => {
                write!(f, "axis {axis} steps {stride} B, which is no multiple of a stride in {}", tuple_text(strides))
            }
            Obstacle::Together => {
                write!(f, "each stride is a multiple of one of the array's, but no slices give all of them at once")
            }
            Obstacle::Items { view, base } => {
                write!(f, "items of {view} B do not lie in whole items of {base} B where its strides lead")
            }
        }
    }
}

/// How many places a search may look at for one recovery.
const PATIENCE: usize = 60_000;
/// What it costs to try all ways, beside the places that are looked at.
const WAY: usize = 200;
/// Windows within windows within windows are as deep as it goes.
const DEPTH: usize = 4;

/// The expression that makes `view` of `base`, both over the same buffer.
///
/// # Errors
/// Why there is none.
pub fn recover(view: &Layout, base: &Layout) -> Result<Recovery, Obstacle> {
    if view.size() > 0
        && let (Some(seen), Some(there)) = (view.byte_range(), base.byte_range())
        && (base.size() == 0 || seen.0 < there.0 || seen.1 > there.1)
    {
        return Err(Obstacle::Outside { view: seen, base: there });
    }
    let mut patience = Patience(PATIENCE);
    if let Some(steps) = simple(view, base, DEPTH, &mut patience) {
        return Ok(Recovery { steps, reason: None });
    }
    let reason = obstacle(view, base);
    let mut patience = Patience(PATIENCE);
    match through_dtypes(view, base, &mut |view, base| proved(strided(view, base, &mut patience)?, view, base)) {
        Some(steps) => Ok(Recovery { steps, reason: Some(reason) }),
        None => Err(reason),
    }
}

/// The steps, if they lead there.
pub(super) fn proved(steps: Steps, view: &Layout, base: &Layout) -> Option<Steps> {
    let made = apply_all(&steps, base)?;
    let is_same = made.shape == view.shape && made.strides == view.strides && made.offset == view.offset;
    (is_same && made.dtype == view.dtype).then_some(steps)
}

/// The ways from 1 to 4.
fn simple(view: &Layout, base: &Layout, depth: usize, patience: &mut Patience) -> Option<Steps> {
    if !patience.spends(WAY) {
        return None;
    }
    if let Some(steps) = through_dtypes(view, base, &mut |view, base| of_same_dtype(view, base, patience)) {
        return Some(steps);
    }
    if depth == 0 {
        return None;
    }
    windows(view, base, depth, patience).or_else(|| broadcast(view, base, depth, patience))
}

/// The ways 1 and 2, for layouts of one dtype.
fn of_same_dtype(view: &Layout, base: &Layout, patience: &mut Patience) -> Option<Steps> {
    let direct = select(view, base, patience).and_then(|steps| proved(steps, view, base));
    direct.or_else(|| {
        let sorted: Axes = sorted_stride_order(&base.strides);
        let is_sorted = sorted.iter().enumerate().all(|(n, &axis)| n == axis);
        let as_it_is = reshaped(view, base, patience);
        as_it_is.or_else(|| {
            if is_sorted {
                return None;
            }
            let step = ViewStep::Transpose(sorted);
            let steps = reshaped(view, &step.apply(base)?, patience)?;
            proved([vec![step], steps].concat(), view, base)
        })
    })
}

/// Calls `make` with view and base of one dtype, and adds the steps that change it: way 3.
fn through_dtypes(
    view: &Layout,
    base: &Layout,
    make: &mut dyn FnMut(&Layout, &Layout) -> Option<Steps>,
) -> Option<Steps> {
    if view.dtype == base.dtype {
        return make(view, base);
    }
    let mut after = |step: ViewStep| -> Option<Steps> {
        let changed = step.apply(base)?;
        (changed.dtype == view.dtype).then(|| make(view, &changed))?.map(|steps| [vec![step], steps].concat())
    };
    let parts = after(ViewStep::Part(false)).or_else(|| after(ViewStep::Part(true)));
    let fields = base.dtype.structure().map(|whole| whole.fields.iter().map(|f| f.name().to_string()).collect());
    let named = |name| after(ViewStep::Field(name));
    let parts = parts.or_else(|| Vec::into_iter(fields.unwrap_or_default()).find_map(named));
    let (items, wanted) = (base.itemsize(), view.itemsize());
    if parts.is_some() || items == 0 || wanted == 0 {
        return parts;
    }
    if items == wanted {
        let same = Layout { dtype: base.dtype.clone(), ..view.clone() };
        let steps = make(&same, base)?;
        return proved([steps, vec![ViewStep::Cast(view.dtype.clone())]].concat(), view, base);
    }
    if wanted < items {
        return smaller(view, base, make).or_else(|| larger_through(view, base, make));
    }
    larger(view, base, make).or_else(|| larger_through(view, base, make))
}

/// Smaller items than the base has: its last axis is cut. Another axis can be the last, and all can be one.
fn smaller(view: &Layout, base: &Layout, make: &mut dyn FnMut(&Layout, &Layout) -> Option<Steps>) -> Option<Steps> {
    let sorted = ViewStep::Transpose(sorted_stride_order(&base.strides));
    let line = ViewStep::Reshape(smallvec![base.size()]);
    for before in [vec![], vec![sorted.clone()], vec![line.clone()], vec![sorted, line]] {
        let steps = [before, vec![ViewStep::Cast(view.dtype.clone())]].concat();
        let Some(cast) = apply_all(&steps, base) else { continue };
        if let Some(more) = make(view, &cast) {
            return proved([steps, more].concat(), view, base);
        }
    }
    None
}

/// Larger items than the base has: a row of the base's items that becomes one.
fn larger(view: &Layout, base: &Layout, make: &mut dyn FnMut(&Layout, &Layout) -> Option<Steps>) -> Option<Steps> {
    let (items, wanted) = (base.itemsize(), view.itemsize());
    if !wanted.is_multiple_of(items) {
        return None;
    }
    let cast = ViewStep::Cast(view.dtype.clone());
    // the last axis is a run of items, and stays one
    if view.strides.last() == Some(&(wanted as isize)) {
        let mut run = Layout { dtype: base.dtype.clone(), ..view.clone() };
        if let (Some(length), Some(stride)) = (run.shape.last_mut(), run.strides.last_mut()) {
            *length = length.checked_mul(wanted / items)?;
            *stride = items as isize;
        }
        if let Some(steps) = make(&run, base).map(|steps| [steps, vec![cast.clone()]].concat()) {
            return proved(steps, view, base);
        }
    }
    let mut rows = Layout { dtype: base.dtype.clone(), ..view.clone() };
    rows.shape.push(wanted / items);
    rows.strides.push(items as isize);
    let steps = make(&rows, base)?;
    let first = ViewStep::Index(vec![BasicIndex::Ellipsis, BasicIndex::Int(0)]);
    proved([steps, vec![cast, first]].concat(), view, base)
}

/// Items that only bytes have in common.
fn larger_through(
    view: &Layout,
    base: &Layout,
    make: &mut dyn FnMut(&Layout, &Layout) -> Option<Steps>,
) -> Option<Steps> {
    let byte = ViewStep::Cast(Type::UInt8.into());
    if base.itemsize() == 1 {
        return None;
    }
    let bytes = byte.apply(base)?;
    let steps = larger(view, &bytes, make)?;
    proved([vec![byte], steps].concat(), view, base)
}

/// Two axes whose steps overlap are windows over one: `sliding_window_view`.
fn windows(view: &Layout, base: &Layout, depth: usize, patience: &mut Patience) -> Option<Steps> {
    let is_long = |axis: usize| view.shape[axis] > 1 && view.strides[axis] != 0;
    for inner in (0..view.ndim()).rev().filter(|&axis| is_long(axis)) {
        for outer in (0..view.ndim()).filter(|&axis| axis != inner && is_long(axis)) {
            let (length, stride) = (view.shape[inner], view.strides[inner]);
            let Some(0) = view.strides[outer].checked_rem(stride) else { continue };
            let Ok(step) = usize::try_from(view.strides[outer] / stride) else { continue };
            if step == 0 || step >= length {
                continue;
            }
            let mut line = view.clone();
            line.shape[outer] = (view.shape[outer] - 1).checked_mul(step)?.checked_add(length)?;
            line.strides[outer] = stride;
            line.shape.remove(inner);
            line.strides.remove(inner);
            let axis = outer - usize::from(inner < outer);
            let Some(mut steps) = simple(&line, base, depth - 1, patience) else { continue };
            steps.push(ViewStep::Windows { length, axis });
            if step > 1 {
                let mut items = vec![BasicIndex::Slice(Default::default()); axis];
                let there = line.shape[axis] + 1 - length;
                items.push(BasicIndex::Slice(shortest_slice(there, 0, view.shape[outer], step as isize)));
                steps.push(ViewStep::Index(items));
            }
            if inner + 1 != view.ndim() {
                let mut axes: Axes = (0..view.ndim() - 1).collect();
                axes.insert(inner, view.ndim() - 1);
                steps.push(ViewStep::Transpose(axes));
            }
            if let Some(steps) = proved(steps, view, base) {
                return Some(steps);
            }
        }
    }
    None
}

/// Axes that stand still are stretched from length 1: `np.broadcast_to`.
fn broadcast(view: &Layout, base: &Layout, depth: usize, patience: &mut Patience) -> Option<Steps> {
    let stands = |axis: usize| view.strides[axis] == 0;
    if !(0..view.ndim()).any(|axis| stands(axis) && view.shape[axis] > 1) {
        return None;
    }
    let leading = (0..view.ndim()).take_while(|&axis| stands(axis)).count();
    let mut narrow = view.clone();
    for axis in (0..view.ndim()).filter(|&axis| stands(axis)) {
        narrow.shape[axis] = narrow.shape[axis].min(1);
    }
    narrow.shape.drain(..leading);
    narrow.strides.drain(..leading);
    let steps = simple(&narrow, base, depth - 1, patience)?;
    proved([steps, vec![ViewStep::Broadcast(view.shape.clone())]].concat(), view, base)
}

/// The slice of the base, if one is needed, that starts where the view starts.
fn from_start(view: &Layout, base: &Layout, patience: &mut Patience) -> Option<Steps> {
    let ranges: Vec<(i128, i128)> = base.shape.iter().map(|&length| (0, (length as i128 - 1).max(0))).collect();
    let distance = view.offset as i128 - base.offset as i128;
    let starts = starts_of(&base.strides, &ranges, distance, patience)?;
    let mut items: Vec<BasicIndex> = (starts.iter().zip(&base.shape))
        .map(|(&start, &length)| BasicIndex::Slice(shortest_slice(length, start, length - start.min(length), 1)))
        .collect();
    while items.last() == Some(&BasicIndex::Slice(Default::default())) {
        items.pop();
    }
    Some(if items.is_empty() { Vec::new() } else { vec![ViewStep::Index(items)] })
}

/// Way 5.
fn strided(view: &Layout, base: &Layout, patience: &mut Patience) -> Option<Steps> {
    let mut steps = from_start(view, base, patience)?;
    steps.push(ViewStep::Strided(view.shape.clone(), view.strides.clone()));
    Some(steps)
}

/// Why no index gives the view.
fn obstacle(view: &Layout, base: &Layout) -> Obstacle {
    let strides = base.strides.to_vec();
    let is_multiple = |stride: isize| base.strides.iter().any(|&step| stride.checked_rem(step) == Some(0));
    let moves = |axis: &usize| view.shape[*axis] > 1 && view.strides[*axis] != 0;
    let odd = (0..view.ndim()).filter(moves).find(|&axis| !is_multiple(view.strides[axis]));
    match odd {
        Some(axis) => Obstacle::Stride { axis, stride: view.strides[axis], strides },
        None if from_start(view, base, &mut Patience(PATIENCE)).is_none() => {
            Obstacle::NoStart { view: view.offset, base: base.offset, strides }
        }
        None if view.itemsize() != base.itemsize() => Obstacle::Items { view: view.itemsize(), base: base.itemsize() },
        None => Obstacle::Together,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Order, Strides};
    use super::*;

    fn arange(shape: &[usize]) -> Layout {
        Layout::contiguous(Type::Int64.into(), shape, Order::C)
    }

    fn laid(shape: &[usize], strides: &[isize], offset: usize) -> Layout {
        Layout { shape: shape.into(), strides: Strides::from_slice(strides), offset, ..arange(&[]) }
    }

    fn text(view: &Layout, base: &Layout) -> String {
        match recover(view, base) {
            Ok(found) => {
                assert_eq!(apply_all(&found.steps, base).as_ref(), Some(view));
                found.steps.iter().fold("a".to_string(), |text, step| step.text(&text))
            }
            Err(obstacle) => obstacle.to_string(),
        }
    }

    #[test]
    fn indices_and_transposes_come_first() {
        let a = arange(&[3, 4]);
        assert_eq!(text(&a, &a), "a");
        assert_eq!(text(&laid(&[4, 2], &[-8, 64], 24), &a), "a[::2, ::-1].T");
        assert_eq!(text(&laid(&[], &[], 48), &a), "a[1, 2, ...]");
        assert_eq!(text(&laid(&[3], &[32], 8), &a), "a[:, 1]");
        assert_eq!(text(&laid(&[3, 1, 4], &[32, 0, 8], 0), &a), "a[:, np.newaxis]");
        assert_eq!(text(&laid(&[2, 0], &[32, 8], 32), &a), "a[1:, :0]");
        assert_eq!(text(&laid(&[2, 3], &[96, 32], 8), &arange(&[2, 3, 4])), "a[..., 1]");
        assert_eq!(text(&laid(&[2, 2], &[96, 32], 40), &arange(&[2, 3, 4])), "a[:, 1:, 1]");
    }

    #[test]
    fn lines_are_cut_where_the_strides_say() {
        assert_eq!(text(&laid(&[3, 4], &[32, 8], 0), &arange(&[12])), "a.reshape(3, 4)");
        assert_eq!(text(&laid(&[2, 2], &[64, 16], 8), &arange(&[12])), "a.reshape(3, 4)[::2, 1::2]");
        assert_eq!(text(&laid(&[3], &[40], 0), &arange(&[3, 4])), "a.reshape(-1)[::5]");
        assert_eq!(text(&laid(&[2, 3], &[24, 8], 8), &arange(&[10])), "a[1:7].reshape(2, 3)");
        assert_eq!(text(&laid(&[2, 2], &[32, 16], 0), &arange(&[7])), "a[::2].reshape(2, 2)");
        let t = laid(&[4, 3], &[8, 32], 0);
        assert_eq!(text(&laid(&[12], &[8], 0), &t), "a.T.reshape(-1)");
    }

    #[test]
    fn shared_places_are_windows_or_broadcasts() {
        let a = arange(&[6]);
        let windows = "np.lib.stride_tricks.sliding_window_view";
        assert_eq!(text(&laid(&[4, 3], &[8, 8], 0), &a), format!("{windows}(a, 3, axis=0)"));
        assert_eq!(text(&laid(&[2, 3], &[16, 8], 8), &a), format!("{windows}(a[1:], 3, axis=0)[::2]"));
        assert_eq!(text(&laid(&[3, 6], &[0, 8], 0), &a), "np.broadcast_to(a, (3, 6))");
        assert_eq!(text(&laid(&[6, 3], &[8, 0], 0), &a), "np.broadcast_to(a[:, np.newaxis], (6, 3))");
        assert_eq!(text(&laid(&[1 << 40], &[0], 16), &a), "np.broadcast_to(a[2, ...], (1099511627776,))");
    }

    #[test]
    fn dtypes_change_before_or_after() {
        let of = |dtype: Type, layout: Layout| Layout { dtype: dtype.into(), ..layout };
        let a = arange(&[6]);
        assert_eq!(text(&of(Type::Float64, laid(&[3], &[16], 0)), &a), "a[::2].view('float64')");
        assert_eq!(text(&of(Type::Int16, laid(&[6], &[8], 2)), &a), "a.view('int16')[1::4]");
        let small = of(Type::Int16, laid(&[8], &[2], 0));
        assert_eq!(text(&laid(&[1], &[8], 8), &small), "a[4:].view('int64')");
        let z = of(Type::Complex128, laid(&[4], &[16], 0));
        assert_eq!(text(&of(Type::Float64, laid(&[2], &[32], 8)), &z), "a.imag[::2]");
    }

    #[test]
    fn what_nothing_gives_is_told_in_numbers() {
        let a = arange(&[6]);
        let strided = "np.lib.stride_tricks.as_strided";
        assert_eq!(text(&laid(&[2, 2], &[12, 8], 0), &a), format!("{strided}(a, (2, 2), (12, 8))"));
        let reason = |view: &Layout, base: &Layout| recover(view, base).unwrap().reason.unwrap().to_string();
        assert_eq!(
            reason(&laid(&[2, 2], &[12, 8], 0), &a),
            "axis 0 steps 12 B, which is no multiple of a stride in (8,)"
        );
        let tail = laid(&[3], &[8], 24);
        assert_eq!(text(&a, &tail), "it reaches bytes 0 to 47, the array only 24 to 47");
        assert_eq!(
            text(&laid(&[1], &[8], 8), &laid(&[3], &[16], 0)),
            "it starts 8 B from the array's first element, and steps of (16,) B do not lead there"
        );
    }
}
