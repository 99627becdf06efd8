//! The registry: what can be called, written down once.
//!
//! Each function is one struct literal ([`Function`]): its signature text binds the arguments, shows in help and
//! drives completion; its memory rule is proved by a test; its example is run by one. The literals live in
//! [`crate::python`] and [`crate::numpy`]; here is what a literal is and what is done with all of them.

mod arguments;
mod attribute;
mod call;
mod catalog;
mod complaint;
mod context;
mod form;
mod function;
mod reader;
mod signature;

pub use arguments::{Arguments, Positional, Sequence};
pub use attribute::{Attribute, get_attribute, set_attribute};
pub use call::{call, call_bound, call_method};
pub use catalog::{Catalog, Constant, Hooks, MODULES, Member, Module, Operators, Section};
pub use context::Context;
pub use function::{Function, MemoryRule, Method, Run};
pub use reader::Reader;
pub use signature::{Default, Kind, Parameter, Signature, split_at_commas};
