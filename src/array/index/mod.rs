//! Placeholder until indexing lands.
#![allow(missing_docs)]
use crate::array::{ArrayRef, Runtime, Scalar};
use crate::error::{Result, index_error};
pub enum Index {
    Int(isize),
    Slice { start: Option<isize>, stop: Option<isize>, step: Option<isize> },
    NewAxis,
    Ellipsis,
    Integers(ArrayRef),
    Mask(ArrayRef),
    MaskScalar(bool),
}
pub enum Selected {
    View(ArrayRef),
    Copy(ArrayRef),
    Element(Scalar),
}
pub fn get(_: &Runtime, _: &ArrayRef, _: &[Index]) -> Result<Selected> {
    Err(index_error("no indexing yet"))
}
pub fn set(_: &Runtime, _: &ArrayRef, _: &[Index], _: &ArrayRef) -> Result<()> {
    Err(index_error("no indexing yet"))
}
