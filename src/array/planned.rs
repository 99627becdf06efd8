//! What a plan cannot know: how many elements the data selects.

use super::index::count_true;
use super::ndarray::NdArray;
use super::runtime::Runtime;
use crate::error::Result;

/// A number of elements that only the data decides. A plan goes on with the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// At least so many.
    pub least: usize,
    /// At most so many.
    pub most: usize,
}

impl Runtime {
    /// Where a plan cannot know how many elements of `array` are selected: all of them, which is recorded. `None`
    /// where the values are there to be looked at.
    pub fn planned_count(&self, array: &NdArray, least: usize) -> Option<usize> {
        array.buffer_ref().is_planned().then(|| {
            let most = array.size();
            self.record_bounds(least, most);
            most
        })
    }

    /// Records that the data decides how many elements a result has.
    pub fn record_bounds(&self, least: usize, most: usize) {
        if least < most {
            self.bounds.borrow_mut().push(Bounds { least, most });
        }
    }

    /// How many elements of a mask are true; all of them, where it is only planned.
    ///
    /// # Errors
    /// As [`count_true`].
    pub fn count_selected(&self, mask: &NdArray) -> Result<usize> {
        self.planned_count(mask, 0).map_or_else(|| count_true(mask), Ok)
    }
}
