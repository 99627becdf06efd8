//! Which elements does a printed array show?

use super::options::PrintOptions;
use crate::array::{Element, Item, Layout, Scalar};
use crate::error::Result;
use crate::interrupt;
use crate::memory::Buffer;

/// Whether an array of this layout is summarised: printed with `...` for most of its elements.
pub(super) fn is_summarised(layout: &Layout, options: &PrintOptions) -> bool {
    layout.size() > options.threshold
}

/// The values of the elements that are shown, for the formatters to measure (`_leading_trailing`): all of a
/// small array, the corners of a summarised one. An element that a stride of 0 repeats is given once. With
/// `edgeitems` 0 NumPy measures the whole array, and so does this.
///
/// # Errors
/// `KeyboardInterrupt`.
pub(super) fn shown_values<T: Element>(layout: &Layout, buffer: &Buffer, options: &PrintOptions) -> Result<Vec<T>> {
    let edgeitems = is_summarised(layout, options).then_some(options.edgeitems);
    let mut values = Vec::new();
    visit(layout, edgeitems, 0, layout.offset, &mut |offset| {
        values.extend(T::from_scalar(Scalar::read(buffer, offset, &layout.dtype)));
    })?;
    Ok(values)
}

/// As [`shown_values`], whatever the elements are.
///
/// # Errors
/// `KeyboardInterrupt`.
pub(super) fn shown_items(layout: &Layout, buffer: &Buffer, options: &PrintOptions) -> Result<Vec<Item>> {
    let edgeitems = is_summarised(layout, options).then_some(options.edgeitems);
    let mut items = Vec::new();
    visit(layout, edgeitems, 0, layout.offset, &mut |offset| {
        items.push(Item::read(buffer, offset, &layout.dtype));
    })?;
    Ok(items)
}

/// Calls `see` with the byte offset of every shown element whose first indices led to byte `offset`.
fn visit(
    layout: &Layout,
    edgeitems: Option<usize>,
    axis: usize,
    offset: usize,
    see: &mut impl FnMut(usize),
) -> Result<()> {
    interrupt::check()?;
    let Some((&len, &stride)) = layout.shape.get(axis).zip(layout.strides.get(axis)) else {
        see(offset);
        return Ok(());
    };
    let len = if stride == 0 { len.min(1) } else { len };
    let (head, tail) = match edgeitems {
        Some(edge) if edge > 0 && len > edge.saturating_mul(2) => (edge, len - edge),
        _ => (len, len),
    };
    for index in (0..head).chain(tail..len) {
        visit(layout, edgeitems, axis + 1, element_offset(offset, stride, index), see)?;
    }
    Ok(())
}

/// The byte where index `index` of an axis starts.
pub(super) fn element_offset(offset: usize, stride: isize, index: usize) -> usize {
    offset.wrapping_add_signed(stride.wrapping_mul(index as isize))
}
