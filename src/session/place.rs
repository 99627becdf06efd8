//! Where one element of an array stands, as a sum; and who else has a cell on its bytes.

use super::reach::{self, Reached};
use super::tape::{TapeCell, tape_cell};
use crate::array::layout::cells::CellIndex;
use crate::array::layout::{Layout, cells_within};
use crate::array::printing::PrintOptions;
use crate::array::{ArrayRef, DType};
use crate::error::{Result, index_error};
use crate::eval::Workspace;
use crate::memory::BufferId;

/// Steps that are spent on finding the elements of one name.
const EFFORT: usize = 2000;
/// Names whose elements are listed.
const NAMES: usize = 6;

/// One element in its buffer.
#[derive(Clone, Debug)]
pub struct Place {
    /// The array's offset.
    pub offset: usize,
    /// Each index with its stride in bytes: indices from the end are counted from the start.
    pub terms: Vec<(usize, isize)>,
    /// The element, or the first of those that the indices select.
    pub cell: TapeCell,
    /// The shape of what the indices select; empty for one element.
    pub rest: Vec<usize>,
    /// Its dtype.
    pub dtype: DType,
    /// The buffer.
    pub buffer: BufferId,
    /// Names with cells on the same bytes; the element that was asked for is left out.
    pub others: Vec<Sharer>,
    /// How many more names have cells there.
    pub more: usize,
}

/// A name with cells on the bytes of an element.
#[derive(Clone, Debug)]
pub struct Sharer {
    /// The name.
    pub name: String,
    /// The indices of those cells.
    pub indices: Vec<CellIndex>,
    /// Whether these are all; a search that takes too long is given up.
    pub is_complete: bool,
}

/// The place of the element of `array`, which is called `spelled`, at `index`, which may leave out later axes.
///
/// # Errors
/// NumPy's `IndexError` for too many indices and those that are out of bounds, and for an array without elements.
pub fn place(
    array: &ArrayRef,
    spelled: &str,
    index: &[i64],
    workspace: &Workspace,
    options: &PrintOptions,
) -> Result<Place> {
    let layout = array.layout().clone();
    let mut start = layout.offset;
    let mut terms = Vec::with_capacity(index.len());
    if index.len() > layout.ndim() {
        let message = format!(
            "too many indices for array: array is {}-dimensional, but {} were indexed",
            layout.ndim(),
            index.len()
        );
        return Err(index_error(message));
    }
    for (axis, (&n, (&length, &stride))) in index.iter().zip(layout.shape.iter().zip(&layout.strides)).enumerate() {
        let from_start = if n < 0 { n.checked_add_unsigned(length as u64) } else { Some(n) };
        let Some(n) = from_start.and_then(|n| usize::try_from(n).ok()).filter(|&n| n < length) else {
            return Err(
                index_error(format!("index {n} is out of bounds for axis {axis} with size {length}")).at_index(axis)
            );
        };
        start = start.wrapping_add_signed(stride.wrapping_mul(n as isize));
        terms.push((n, stride));
    }
    let rest: Vec<usize> = layout.shape.iter().skip(index.len()).copied().collect();
    if rest.contains(&0) {
        return Err(index_error("there is no element: an axis has length 0"));
    }
    let buffer = array.buffer();
    let own: CellIndex = (0..layout.ndim()).map(|axis| Some(terms.get(axis).map_or(0, |term| term.0))).collect();
    let (others, more) = others(array, (spelled, &own), start, workspace);
    Ok(Place {
        offset: layout.offset,
        terms,
        cell: tape_cell(start, own, &layout, &buffer, options),
        rest,
        dtype: layout.dtype.clone(),
        buffer: buffer.id(),
        others,
        more,
    })
}

/// The names with cells on the bytes of the element that starts at `start`, and how many more there are.
fn others(
    array: &ArrayRef,
    (spelled, own): (&str, &CellIndex),
    start: usize,
    workspace: &Workspace,
) -> (Vec<Sharer>, usize) {
    let id = array.buffer_ref().id();
    let bytes = start..start + array.layout().itemsize();
    let mut found = Vec::new();
    let mut more = 0;
    let reached = reach::arrays(workspace.users(&[id], &[]), |other| other.buffer_ref().id() == id);
    for Reached { path, array: other, .. } in reached.iter().filter(|reached| reached.is_value) {
        let layout: Layout = other.layout().clone();
        let cells = cells_within(&layout, bytes.clone(), EFFORT);
        let is_own = |index: &CellIndex| path == spelled && index == own;
        let indices: Vec<CellIndex> =
            cells.found.into_iter().map(|cell| cell.index).filter(|index| !is_own(index)).collect();
        match indices.is_empty() {
            true => {}
            false if found.len() < NAMES => {
                found.push(Sharer { name: path.clone(), indices, is_complete: cells.is_complete });
            }
            false => more += 1,
        }
    }
    (found, more)
}
