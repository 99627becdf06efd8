//! How elements are put in another order: sorting, partitioning, searching, joining, repeating, rolling.

mod bitonic;
mod blocks;
mod concatenate;
mod introselect;
mod lines;
mod order;
mod partition;
mod quicksort;
mod repeat;
mod search;
mod sort;
pub mod texts;
mod unique;

pub use concatenate::{concatenate, roll};
pub use lines::Lines;
pub use order::Sortable;
pub use partition::{argpartition, partition};
pub use repeat::repeat;
pub use search::{Side, bincount, require_1d, searchsorted};
pub(super) use sort::check_axis;
pub use sort::{SortKind, argsort, lexsort, sort};
pub use unique::{Unique, UniqueParts, unique};
