//! How elements are put in another order: sorting, partitioning, searching, joining, repeating, rolling.

mod introselect;
mod lines;
mod order;
mod partition;
mod quicksort;
mod search;
mod sort;

pub use lines::Lines;
pub use order::Sortable;
pub use partition::{argpartition, partition};
pub use search::{Side, bincount, require_1d, searchsorted};
pub use sort::{SortKind, argsort, lexsort, sort};
