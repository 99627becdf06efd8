//! Placeholder until the universal functions land.
#![allow(missing_docs)]
use crate::array::{ArrayRef, DType, Order, Runtime, Scalar, cast::Casting};
use crate::error::{Result, type_error};
use num_bigint::BigInt;
use num_complex::Complex64;
use smallvec::SmallVec;
pub struct Ufunc {
    pub name: &'static str,
    pub nin: usize,
    pub nout: usize,
}
#[derive(Clone)]
pub enum Operand {
    Array(ArrayRef),
    Scalar(Scalar),
    Int(BigInt),
    Float(f64),
    Complex(Complex64),
}
pub struct Options {
    pub out: SmallVec<[Option<ArrayRef>; 2]>,
    pub where_: Option<ArrayRef>,
    pub dtype: Option<DType>,
    pub casting: Casting,
    pub order: Order,
    pub elide: bool,
}
impl Default for Options {
    fn default() -> Self {
        Options {
            out: SmallVec::new(),
            where_: None,
            dtype: None,
            casting: Casting::SameKind,
            order: Order::K,
            elide: false,
        }
    }
}
pub struct ReduceOptions {}
impl ReduceOptions {
    pub fn all() -> Self {
        ReduceOptions {}
    }
}
pub enum Outcome {
    Array(ArrayRef),
    Scalar(Scalar),
}
pub fn find(_: &str) -> Option<&'static Ufunc> {
    None
}
pub fn call(_: &Runtime, _: &'static Ufunc, _: &mut [Operand], _: &Options) -> Result<SmallVec<[Outcome; 2]>> {
    Err(type_error("no ufuncs yet"))
}
pub fn reduce(_: &Runtime, _: &'static Ufunc, _: &ArrayRef, _: &ReduceOptions) -> Result<Outcome> {
    Err(type_error("no ufuncs yet"))
}
pub fn matmul(_: &Runtime, _: &ArrayRef, _: &ArrayRef, _: Option<&ArrayRef>) -> Result<Outcome> {
    Err(type_error("no ufuncs yet"))
}
