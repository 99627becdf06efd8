//! Which items does a slice or an int pick from a sequence of known length?

use crate::array::layout::{self, SliceIndices};
use crate::error::{Result, index_error, type_error};
use crate::value::{Int, Slice, Value, as_int};

/// A part of a slice as a machine word, the too large ones cut to the nearest.
fn part(value: &Value) -> Result<Option<isize>> {
    if value.is_none() {
        return Ok(None);
    }
    let int =
        as_int(value).map_err(|_| type_error("slice indices must be integers or None or have an __index__ method"))?;
    Ok(Some(match int {
        Int::Small(n) => n as isize,
        Int::Big(_) if int.signum() < 0 => isize::MIN,
        Int::Big(_) => isize::MAX,
    }))
}

/// What `slice` picks of `len` items.
///
/// # Errors
/// `TypeError` for parts that are no ints, `ValueError: slice step cannot be zero`.
pub fn pick(slice: &Slice, len: usize) -> Result<SliceIndices> {
    parts(slice)?.indices(len)
}

/// The parts of a slice as machine words.
///
/// # Errors
/// `TypeError` for parts that are no ints.
pub fn parts(slice: &Slice) -> Result<layout::Slice> {
    Ok(layout::Slice { start: part(&slice.start)?, stop: part(&slice.stop)?, step: part(&slice.step)? })
}

/// The places that a slice picks, in order.
pub fn places(picked: SliceIndices) -> impl Iterator<Item = usize> {
    (0..picked.count).map(move |i| picked.start.wrapping_add(picked.step.wrapping_mul(i as isize)) as usize)
}

/// The item an index means, counted from the end where it is negative; nothing where there is no such item.
pub fn place(index: isize, len: usize) -> Option<usize> {
    let from_start = if index < 0 { index.checked_add(isize::try_from(len).ok()?)? } else { index };
    usize::try_from(from_start).ok().filter(|&i| i < len)
}

/// The machine word of an index, where the value can be one (`__index__`).
///
/// # Errors
/// `IndexError` for an int too large; for what is no int the caller's message about the kind of indices.
pub fn index(value: &Value, no_index: impl FnOnce(&str) -> String) -> Result<isize> {
    let int = match value {
        Value::Array(_) => as_int(value)?,
        other => as_int(other).map_err(|_| type_error(no_index(&other.class().qualified())))?,
    };
    int.to_i64()
        .map(|n| n as isize)
        .ok_or_else(|| index_error(format!("cannot fit '{}' into an index-sized integer", value.class().qualified())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picked(start: Option<i64>, stop: Option<i64>, step: Option<i64>, len: usize) -> Vec<usize> {
        let part = |n: Option<i64>| n.map_or(Value::None, Value::int);
        places(pick(&Slice { start: part(start), stop: part(stop), step: part(step) }, len).unwrap()).collect()
    }

    #[test]
    fn slices_pick_what_python_picks() {
        assert_eq!(picked(None, None, Some(-1), 3), [2, 1, 0]);
        assert_eq!(picked(Some(-2), None, None, 5), [3, 4]);
        assert_eq!(picked(Some(10), Some(-10), Some(-2), 5), [4, 2, 0]);
        assert_eq!(picked(Some(i64::MIN), Some(i64::MAX), Some(i64::MAX), 5), [0]);
        assert_eq!(picked(Some(4), Some(1), None, 5), [0usize; 0]);
        assert_eq!(picked(None, None, Some(i64::MIN), 5), [4]);
    }

    #[test]
    fn places_count_from_both_ends() {
        assert_eq!(place(-1, 3), Some(2));
        assert_eq!(place(3, 3), None);
        assert_eq!(place(-4, 3), None);
        assert_eq!(place(isize::MIN, 3), None);
    }
}
