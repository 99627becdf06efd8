//! Matrix products: `matmul` and `dot`.

use super::Outcome;
use crate::array::{ArrayRef, Runtime};
use crate::error::{Result, type_error};

/// `a @ b`.
pub fn matmul(_: &Runtime, _: &ArrayRef, _: &ArrayRef, _: Option<&ArrayRef>) -> Result<Outcome> {
    Err(type_error("matmul is not there yet"))
}
