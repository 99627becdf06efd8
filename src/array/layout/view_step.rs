//! What is one step from an array to a view of it? As a layout, and as one writes it.
//!
//! A list of steps is an expression: `[::2, ::-1]`, then `.T`. Applying it gives the layout that NumPy would give, so
//! whoever finds an expression can prove it.

use super::as_strided::{as_strided, sliding_window_view};
use super::broadcast::broadcast_to;
use super::shape_text::tuple_text;
use super::transpose::{Axes, permute};
use super::{BasicIndex, Layout, Order, Shape, Slice, Strides, basic_index, field_layout, newshape, view_cast};
use crate::array::DType;
use crate::text::quote::repr_str;

/// One step from an array to a view of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ViewStep {
    /// `a[1:, ::-1]`
    Index(Vec<BasicIndex>),
    /// `a.T`, `a.swapaxes(0, 1)`, `a.transpose(1, 0, 2)`: axis `n` of the view is axis `axes[n]`.
    Transpose(Axes),
    /// `a.reshape(2, 3)`
    Reshape(Shape),
    /// `a.view('int16')`
    Cast(DType),
    /// `a['name']`
    Field(String),
    /// `a.real`; `a.imag` where it is set.
    Part(bool),
    /// `np.lib.stride_tricks.sliding_window_view(a, length, axis)`
    Windows {
        /// The elements of a window.
        length: usize,
        /// The axis along which it slides.
        axis: usize,
    },
    /// `np.broadcast_to(a, shape)`
    Broadcast(Shape),
    /// `np.lib.stride_tricks.as_strided(a, shape, strides)`
    Strided(Shape, Strides),
}

impl ViewStep {
    /// The layout after the step; `None` where NumPy would copy or refuse.
    pub fn apply(&self, layout: &Layout) -> Option<Layout> {
        let signed = |shape: &Shape| shape.iter().map(|&length| length as isize).collect::<Strides>();
        match self {
            ViewStep::Index(items) => basic_index(layout, items).ok(),
            ViewStep::Transpose(axes) => {
                let is_permutation = axes.len() == layout.ndim() && (0..axes.len()).all(|axis| axes.contains(&axis));
                is_permutation.then(|| permute(layout, axes))
            }
            ViewStep::Reshape(shape) => newshape(layout, &signed(shape), Order::C).ok()?.ok(),
            ViewStep::Cast(dtype) => view_cast(layout, dtype).ok(),
            ViewStep::Field(name) => Some(field_layout(layout, layout.dtype.structure()?.field(name)?)),
            ViewStep::Part(imaginary) => {
                let part = layout.dtype.ty().part();
                if !layout.dtype.ty().is_complex() {
                    return None;
                }
                let dtype = DType::new(part).with_swapped(layout.dtype.is_swapped());
                let offset = layout.offset + if *imaginary { part.size() } else { 0 };
                Some(Layout { dtype, offset, ..layout.clone() })
            }
            ViewStep::Windows { length, axis } => {
                sliding_window_view(layout, &[*length as isize], Some(&[*axis as isize])).ok()
            }
            ViewStep::Broadcast(shape) => broadcast_to(layout, &signed(shape)).ok(),
            ViewStep::Strided(shape, strides) => {
                as_strided(layout, Some(&signed(shape)), Some(strides), isize::MAX as usize).ok()
            }
        }
    }

    /// The expression of the step on the array `of`: a name, or anything that may stand before a dot.
    pub fn text(&self, of: &str) -> String {
        match self {
            ViewStep::Index(items) => format!("{of}{}", index_text(items)),
            ViewStep::Transpose(axes) => format!("{of}{}", transpose_text(axes)),
            ViewStep::Reshape(shape) => match shape.as_slice() {
                [_] => format!("{of}.reshape(-1)"),
                [] => format!("{of}.reshape(())"),
                lengths => format!("{of}.reshape({})", list_text(lengths)),
            },
            ViewStep::Cast(dtype) => format!("{of}.view('{dtype}')"),
            ViewStep::Field(name) => format!("{of}[{}]", repr_str(name)),
            ViewStep::Part(false) => format!("{of}.real"),
            ViewStep::Part(true) => format!("{of}.imag"),
            ViewStep::Windows { length, axis } => {
                format!("np.lib.stride_tricks.sliding_window_view({of}, {length}, axis={axis})")
            }
            ViewStep::Broadcast(shape) => format!("np.broadcast_to({of}, {})", tuple_text(shape)),
            ViewStep::Strided(shape, strides) => {
                format!("np.lib.stride_tricks.as_strided({of}, {}, {})", tuple_text(shape), tuple_text(strides))
            }
        }
    }
}

/// The layout after all steps; `None` where one of them gives no view.
pub fn apply_all(steps: &[ViewStep], layout: &Layout) -> Option<Layout> {
    steps.iter().try_fold(layout.clone(), |layout, step| step.apply(&layout))
}

fn list_text<T: ToString>(items: &[T]) -> String {
    items.iter().map(T::to_string).collect::<Vec<_>>().join(", ")
}

fn transpose_text(axes: &[usize]) -> String {
    let moved: Vec<usize> = (0..axes.len()).filter(|&axis| axes[axis] != axis).collect();
    let is_reversed = axes.iter().rev().enumerate().all(|(n, &axis)| n == axis);
    match moved.as_slice() {
        _ if is_reversed => ".T".to_string(),
        [first, second] => format!(".swapaxes({first}, {second})"),
        _ => format!(".transpose({})", list_text(axes)),
    }
}

/// A basic index as one writes it: `[1:, ::-1, 0]`, `[np.newaxis]`.
pub fn index_text(items: &[BasicIndex]) -> String {
    let text = |item: &BasicIndex| match item {
        BasicIndex::Int(index) => index.to_string(),
        BasicIndex::Slice(slice) => slice_text(slice),
        BasicIndex::NewAxis => "np.newaxis".to_string(),
        BasicIndex::Ellipsis => "...".to_string(),
    };
    format!("[{}]", items.iter().map(text).collect::<Vec<_>>().join(", "))
}

fn slice_text(slice: &Slice) -> String {
    let bound = |bound: Option<isize>| bound.map(|n| n.to_string()).unwrap_or_default();
    let step = slice.step.map(|step| format!(":{step}")).unwrap_or_default();
    format!("{}:{}{step}", bound(slice.start), bound(slice.stop))
}

/// The shortest slice of an axis of `length` that takes `count` places from `start` on, `step` apart. `step` is not 0.
pub fn shortest_slice(length: usize, start: usize, count: usize, step: isize) -> Slice {
    if count == 0 {
        return Slice { stop: Some(0), ..Slice::default() };
    }
    let (length, start) = (length as isize, start as isize);
    let last = start.saturating_add(step.saturating_mul(count as isize - 1));
    let next = last.saturating_add(step);
    let (first, is_at_end) = if step > 0 { (0, next >= length) } else { (length - 1, next < 0) };
    // a single place needs no step, unless the stride must tell of it
    Slice {
        start: (start != first).then_some(start),
        stop: (!is_at_end).then_some(if step > 0 { last + 1 } else { last - 1 }),
        step: (step != 1).then_some(step),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::Type;
    use smallvec::smallvec;

    #[test]
    fn steps_are_written_as_one_types_them() {
        let slices = |slice| ViewStep::Index(vec![BasicIndex::Int(1), BasicIndex::Slice(slice)]).text("a");
        assert_eq!(slices(shortest_slice(6, 1, 2, 2)), "a[1, 1:4:2]");
        assert_eq!(slices(shortest_slice(6, 5, 6, -1)), "a[1, ::-1]");
        assert_eq!(slices(shortest_slice(6, 3, 2, -1)), "a[1, 3:1:-1]");
        assert_eq!(slices(shortest_slice(6, 0, 0, 1)), "a[1, :0]");
        assert_eq!(ViewStep::Transpose(smallvec![1, 0]).text("a"), "a.T");
        assert_eq!(ViewStep::Transpose(smallvec![1, 0, 2]).text("a"), "a.swapaxes(0, 1)");
        assert_eq!(ViewStep::Transpose(smallvec![1, 2, 0]).text("a"), "a.transpose(1, 2, 0)");
        assert_eq!(ViewStep::Cast(Type::Int16.into()).text("a[:4]"), "a[:4].view('int16')");
        let strided = ViewStep::Strided(smallvec![2], smallvec![8]);
        assert_eq!(strided.text("a"), "np.lib.stride_tricks.as_strided(a, (2,), (8,))");
    }

    #[test]
    fn slices_take_what_they_say() {
        for length in 1..7usize {
            for start in 0..length {
                for step in [-3isize, -2, -1, 1, 2, 3] {
                    for count in 1..=length {
                        let last = start as isize + step * (count as isize - 1);
                        if last < 0 || last >= length as isize {
                            continue;
                        }
                        let taken = shortest_slice(length, start, count, step).indices(length).unwrap();
                        assert_eq!((taken.start, taken.count, taken.step), (start as isize, count, step));
                    }
                }
            }
        }
    }
}
