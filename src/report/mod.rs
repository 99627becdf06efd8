//! Drawing a step: as JSON, as text. Changes nothing and decides nothing: all facts come from the [`Step`].
//!
//! [`Step`]: crate::session::Step

pub mod array;
mod code;
pub mod compare;
mod failure;
mod full;
mod json;
mod level;
mod markup;
mod memory;
pub mod order;
mod paragraph;
pub mod recover;
pub mod size;
mod step;
pub mod table;

pub use code::code;
pub use full::{flag_reasons, lines as full_lines};
pub use json::json;
pub use level::Level;
pub use markup::{Markup, Role};
pub use paragraph::{fold, wrap};
pub use step::{View, complaints, echoed, printed, report};
