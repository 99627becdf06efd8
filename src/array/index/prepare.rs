//! What an index with arrays means for an array: which axes are taken where, and what is left of the array beside them.
//!
//! Follows `prepare_index` and `get_view_from_index` (mapping.c). A mask that does not cover the array on its own
//! becomes one integer array an axis.

use super::super::cast::Casting;
use super::super::copy::{Requirements, from_array};
use super::super::dtype::Type;
use super::super::layout::basic_index::{normalize_index, too_many_indices};
use super::super::layout::{Layout, MAX_DIMS, Order, Shape, Slice, Strides};
use super::super::ndarray::{ArrayRef, NdArray};
use super::super::runtime::Runtime;
use super::Index;
use super::fancy::{Fancy, IndexArray};
use crate::error::{Result, index_error};
use smallvec::SmallVec;
use std::rc::Rc;

/// What an index selects from an array.
pub(super) enum Selection {
    /// One element.
    Element(Layout),
    /// A view, which is `copied` where a 0-d integer array took part.
    View { layout: Layout, copied: bool },
    /// The elements where a mask of the array's own shape is true.
    Mask(ArrayRef),
    /// Elements, or parts of the array, at the places that arrays name.
    Fancy(Fancy),
}

/// An item with its place in the index as it was written, for the caret.
struct Item {
    kind: ItemKind,
    written: usize,
}

enum ItemKind {
    Int(isize),
    Slice(Slice),
    NewAxis,
    /// With the number of axes it stands for.
    Ellipsis(usize),
    /// With the length of the mask's axis it comes from.
    Array(ArrayRef, Option<usize>),
    /// A lone bool, as the index array that NumPy makes of it.
    Bool(ArrayRef),
}

impl ItemKind {
    /// The axes of the array that it takes.
    fn used(&self) -> usize {
        match self {
            ItemKind::NewAxis | ItemKind::Bool(_) => 0,
            ItemKind::Ellipsis(axes) => *axes,
            _ => 1,
        }
    }
}

/// Understands `index` for `array`.
///
/// # Errors
/// NumPy's `IndexError`s.
pub(super) fn prepare(runtime: &Runtime, array: &ArrayRef, index: &[Index]) -> Result<Selection> {
    let layout = array.layout().clone();
    if let [single] = index {
        match single {
            Index::Mask(mask) if mask.shape() == layout.shape => {
                return Ok(Selection::Mask(Rc::clone(mask)));
            }
            Index::MaskScalar(truth) if layout.ndim() == 0 => {
                let mask = NdArray::from_scalar(runtime, super::Scalar::Bool(*truth))?;
                return Ok(Selection::Mask(mask));
            }
            _ => {}
        }
    }
    let mut items: SmallVec<[Item; 4]> = SmallVec::new();
    let (mut used, mut ellipsis, mut scalar_array, mut fancy_ndim) = (0, None, false, None);
    for (written, item) in index.iter().enumerate() {
        let mut push = |kind: ItemKind| items.push(Item { kind, written });
        match item {
            Index::Ellipsis => {
                if ellipsis.is_some() {
                    return Err(index_error("an index can only have a single ellipsis ('...')").at_index(written));
                }
                push(ItemKind::Ellipsis(0));
                ellipsis = Some(items.len() - 1);
            }
            Index::NewAxis => push(ItemKind::NewAxis),
            Index::Slice { start, stop, step } => {
                push(ItemKind::Slice(Slice { start: *start, stop: *stop, step: *step }));
                used += 1;
            }
            Index::Int(place) => {
                push(ItemKind::Int(*place));
                used += 1;
            }
            Index::Integers(array) if array.ndim() == 0 => {
                let place = array.read(array.layout().offset).as_i128().unwrap_or(0);
                push(ItemKind::Int(
                    isize::try_from(place)
                        .map_err(|_| index_error("cannot fit 'int' into an index-sized integer").at_index(written))?,
                ));
                scalar_array = true;
                used += 1;
            }
            Index::Integers(array) => {
                fancy_ndim = fancy_ndim.max(Some(array.ndim()));
                push(ItemKind::Array(Rc::clone(array), None));
                used += 1;
            }
            Index::MaskScalar(truth) => {
                let array = NdArray::zeros(runtime, Type::Int64.into(), &[*truth as usize], Order::C)?;
                fancy_ndim = fancy_ndim.max(Some(1));
                push(ItemKind::Bool(array));
            }
            Index::Mask(mask) if mask.ndim() == 0 => {
                let truth = mask.read(mask.layout().offset).is_true();
                let array = NdArray::zeros(runtime, Type::Int64.into(), &[truth as usize], Order::C)?;
                fancy_ndim = fancy_ndim.max(Some(1));
                push(ItemKind::Bool(array));
            }
            Index::Mask(mask) => {
                let shape = mask.shape();
                let places = nonzero_indices(runtime, mask)?;
                if items.len() + places.len() >= 2 * MAX_DIMS {
                    return Err(index_error("too many indices for array").at_index(written));
                }
                fancy_ndim = fancy_ndim.max(Some(1));
                used += places.len();
                for (places, &len) in places.into_iter().zip(&shape) {
                    items.push(Item { kind: ItemKind::Array(places, Some(len)), written });
                }
            }
        }
    }
    let ndim = layout.ndim();
    let Some(left) = ndim.checked_sub(used) else {
        return Err(too_many_indices(ndim, used).at_index(index.len().saturating_sub(1)));
    };
    match ellipsis {
        Some(at) => items[at].kind = ItemKind::Ellipsis(left),
        None if left > 0 => items.push(Item { kind: ItemKind::Ellipsis(left), written: index.len().saturating_sub(1) }),
        None => {}
    }
    let added: usize = items
        .iter()
        .map(|item| match &item.kind {
            ItemKind::Slice(_) | ItemKind::NewAxis => 1,
            ItemKind::Ellipsis(axes) => *axes,
            _ => 0,
        })
        .sum();
    let total = added + fancy_ndim.unwrap_or(0);
    if total > MAX_DIMS {
        return Err(index_error(format!(
            "number of dimensions must be within [0, {MAX_DIMS}], indexing result would have {total}"
        )));
    }
    check_masks(&layout, &items)?;
    let rest = subspace(&layout, &items)?;
    let Some(fancy_ndim) = fancy_ndim else {
        let whole = items.iter().all(|item| matches!(item.kind, ItemKind::Int(_)));
        let kind =
            if whole { Selection::Element(rest) } else { Selection::View { layout: rest, copied: scalar_array } };
        return Ok(kind);
    };
    Ok(Selection::Fancy(fancy(&layout, &items, rest, fancy_ndim)?))
}

/// Refuses masks whose lengths are not those of the axes they stand on.
fn check_masks(layout: &Layout, items: &[Item]) -> Result<()> {
    let mut axis = 0;
    for item in items {
        if let ItemKind::Array(_, Some(len)) = item.kind
            && len > 0
            && len != layout.shape[axis]
        {
            return Err(index_error(format!(
                "boolean index did not match indexed array along axis {axis}; size of axis is {} but size of \
                 corresponding boolean axis is {len}",
                layout.shape[axis]
            ))
            .at_index(item.written));
        }
        axis += item.kind.used();
    }
    Ok(())
}

/// What is left of the array beside the index arrays, whose axes are dropped.
fn subspace(layout: &Layout, items: &[Item]) -> Result<Layout> {
    let (mut shape, mut strides, mut offset) = (Shape::new(), Strides::new(), layout.offset);
    let mut axis = 0;
    for item in items {
        match &item.kind {
            ItemKind::Int(place) => {
                let place =
                    normalize_index(*place, layout.shape[axis], axis).map_err(|error| error.at_index(item.written))?;
                offset = offset.wrapping_add_signed(layout.strides[axis].wrapping_mul(place as isize));
            }
            ItemKind::Slice(slice) => {
                let indices = slice.indices(layout.shape[axis]).map_err(|error| error.at_index(item.written))?;
                let (start, step) = if indices.count == 0 { (0, 1) } else { (indices.start, indices.step) };
                offset = offset.wrapping_add_signed(layout.strides[axis].wrapping_mul(start));
                shape.push(indices.count);
                strides.push(layout.strides[axis].wrapping_mul(step));
            }
            ItemKind::NewAxis => {
                shape.push(1);
                strides.push(0);
            }
            ItemKind::Ellipsis(axes) => {
                shape.extend_from_slice(&layout.shape[axis..axis + axes]);
                strides.extend_from_slice(&layout.strides[axis..axis + axes]);
            }
            ItemKind::Array(..) | ItemKind::Bool(_) => {}
        }
        axis += item.kind.used();
    }
    Ok(Layout { dtype: layout.dtype.clone(), shape, strides, offset })
}

/// Where the index arrays stand, and where their axes go in the result (`mapiter_fill_info`).
fn fancy(layout: &Layout, items: &[Item], rest: Layout, ndim: usize) -> Result<Fancy> {
    let mut shape: Shape = SmallVec::from_elem(1, ndim);
    let mut arrays: SmallVec<[IndexArray; 2]> = SmallVec::new();
    // whether the arrays and integers stand together, and the axis of the result where they begin
    let (mut together, mut ended, mut insert_at) = (None, false, 0);
    let (mut axis, mut result_axis, mut fits) = (0, 0, true);
    let only_arrays = items.iter().all(|item| matches!(item.kind, ItemKind::Array(..) | ItemKind::Bool(_)));
    let lone = items.len() == 1;
    for item in items {
        match &item.kind {
            ItemKind::Int(_) | ItemKind::Array(..) | ItemKind::Bool(_) => match together {
                None => {
                    insert_at = result_axis;
                    together = Some(true);
                }
                Some(true) if ended => {
                    together = Some(false);
                    insert_at = 0;
                }
                Some(_) => {}
            },
            _ => ended |= together.is_some(),
        }
        match &item.kind {
            ItemKind::Array(array, mask) => {
                for (&len, total) in array.shape().iter().rev().zip(shape.iter_mut().rev()) {
                    if len != 1 && len != *total {
                        fits &= *total == 1;
                        *total = len;
                    }
                }
                arrays.push(IndexArray {
                    array: Rc::clone(array),
                    stride: layout.strides[axis],
                    len: layout.shape[axis],
                    axis,
                    written: item.written,
                    mask: mask.is_some(),
                });
            }
            ItemKind::Bool(array) => {
                let truth = array.size();
                if let Some(last) = shape.last_mut() {
                    fits &= truth == 1 || *last <= 1;
                    *last *= truth;
                }
                let array = Rc::clone(array);
                arrays.push(IndexArray { array, stride: 0, len: 1, axis: 0, written: item.written, mask: false });
            }
            ItemKind::Slice(_) | ItemKind::NewAxis => result_axis += 1,
            ItemKind::Ellipsis(axes) => result_axis += axes,
            ItemKind::Int(_) => result_axis += 1,
        }
        axis += item.kind.used();
    }
    if !fits {
        use super::super::layout::shape_text::array_shape_text;
        let shapes: String = arrays.iter().map(|index| array_shape_text(&index.array.shape()) + " ").collect();
        return Err(index_error(format!(
            "shape mismatch: indexing arrays could not be broadcast together with shapes {shapes}"
        )));
    }
    Ok(Fancy { shape, arrays, rest: (!only_arrays).then_some(rest), offset: layout.offset, insert_at, lone })
}

/// The places where a mask is true, one array for each of its axes (`_nonzero_indices`).
fn nonzero_indices(runtime: &Runtime, mask: &ArrayRef) -> Result<SmallVec<[ArrayRef; 4]>> {
    let zeros = |count: usize| NdArray::zeros(runtime, Type::Int64.into(), &[count], Order::C);
    let writeable = Requirements { writeable: true, ..Requirements::CARRAY };
    let mask = from_array(runtime, mask, &Type::Bool.into(), writeable, Casting::Safe)?;
    if let Some(most) = runtime.planned_count(&mask, 0) {
        return (0..mask.ndim()).map(|_| zeros(most)).collect();
    }
    let (layout, buffer) = (mask.layout(), mask.buffer());
    let truths = buffer.run::<u8>(layout.offset, 1, layout.size())?;
    let truths = truths.cells().unwrap_or(&[]);
    let count = truths.iter().filter(|truth| truth.get() != 0).count();
    let arrays = layout.shape.iter().map(|_| zeros(count)).collect::<Result<SmallVec<[ArrayRef; 4]>>>()?;
    let mut step = layout.size();
    for (array, &len) in arrays.iter().zip(&layout.shape) {
        step = step.checked_div(len).unwrap_or(0);
        let buffer = array.buffer();
        let places = buffer.run::<i64>(0, 8, count)?;
        let found = truths.iter().enumerate().filter(|(_, truth)| truth.get() != 0);
        for (to, (i, _)) in found.enumerate() {
            places.set(to, (i / step % len) as i64);
        }
    }
    Ok(arrays)
}
