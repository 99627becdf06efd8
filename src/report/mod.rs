//! Drawing a step: as JSON, as text. Changes nothing and decides nothing: all facts come from the [`Step`].
//!
//! [`Step`]: crate::session::Step

pub mod array;
mod code;
pub mod compare;
mod failure;
mod full;
mod holders;
mod json;
mod level;
pub mod map;
mod markup;
mod memory;
pub mod order;
mod paragraph;
pub mod picture;
pub mod place;
mod plan;
pub mod recover;
pub mod size;
mod step;
pub mod table;
mod usage;
mod why;

pub use code::code;
pub use full::{flag_reasons, lines as full_lines};
pub use holders::{deletion, holder_tree};
pub use json::json;
pub use level::Level;
pub use markup::{Markup, Role};
pub use memory::{lines as memory_lines, names};
pub use paragraph::{fold, wrap};
pub use plan::{plan, plan_line, preview, preview_failure, shorten};
pub use step::{View, complaints, echoed, printed, report};
pub use usage::{buffer_table, copy_account};
pub use why::why;
