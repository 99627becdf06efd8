//! Drawing a step: as JSON, as text. Changes nothing and decides nothing: all facts come from the [`Step`].
//!
//! [`Step`]: crate::session::Step

mod json;

pub use json::json;
