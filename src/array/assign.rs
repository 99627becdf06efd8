//! Placeholder until assignment lands.
#![allow(missing_docs)]
use crate::array::{ArrayRef, Runtime};
use crate::error::{Result, index_error};
pub fn assign(_: &Runtime, _: &ArrayRef, _: &ArrayRef) -> Result<()> {
    Err(index_error("no assignment yet"))
}
