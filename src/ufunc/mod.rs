//! NumPy's universal functions: element by element, over any shapes, with type resolution, casting, reductions.
//!
//! A [`Ufunc`] is one line of the op table ([`table`]): names, counts, identity, how its types are resolved, and
//! its loops. [`call`] resolves the types ([`resolve`]), brings the shapes together, finds or allocates the
//! outputs, and runs the loop block by block ([`execute`]); [`reduce`] and its kin do the same along axes.
//! This layer knows arrays and the ledger, and no Python values, names or registry.

mod accumulate;
mod call;
mod elide;
mod execute;
pub mod float_status;
mod loops;
mod outer;
pub mod pairwise;
mod reduce;
mod resolve;
mod scratch;
mod table;
mod traversal;

use crate::array::cast::Casting;
use crate::array::{ArrayRef, DType, Order, Runtime, Scalar, Type};
use crate::error::Result;
use float_status::Rule;
use loops::Loop;
use num_bigint::BigInt;
use num_complex::Complex64;
use smallvec::SmallVec;

pub use call::call;
pub use reduce::{Axes, ReduceOptions, reduce};
pub use table::{TABLE, find};

/// The value a reduction starts from, and what it gives for no elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// There is none, and the order matters: only one axis may be reduced at a time.
    None,
    /// There is none, but any order will do: `maximum`.
    Reorderable,
    /// 0 (`False`).
    Zero,
    /// 1 (`True`).
    One,
    /// -1: all bits set.
    MinusOne,
    /// Minus infinity.
    MinusInfinity,
}

/// How the types of a call are chosen: NumPy's type resolvers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolver {
    /// The first loop to which every operand can be cast safely (`PyUFunc_DefaultTypeResolver`).
    Default,
    /// The common type of all operands (`PyUFunc_SimpleUniformOperationTypeResolver`).
    Uniform,
    /// As `Uniform`, and bools are refused with NumPy's advice.
    Subtract,
    /// As `Subtract`, for one operand.
    Negative,
    /// As `Default` for complex types, else `Uniform`.
    Absolute,
    /// Two bools or integers are divided as float64, else `Default` (`PyUFunc_TrueDivisionTypeResolver`).
    TrueDivide,
    /// The common type, exact for int64 with uint64 (`PyUFunc_SimpleBinaryComparisonTypeResolver`).
    Comparison,
    /// The truth of each operand, whatever its type (`logical_ufunc_promoter`).
    Logical,
}

/// A universal function.
pub struct Ufunc {
    /// NumPy's name.
    pub name: &'static str,
    /// How many inputs.
    pub nin: usize,
    /// How many outputs.
    pub nout: usize,
    /// What a reduction starts from.
    pub identity: Identity,
    /// How types are chosen.
    pub resolver: Resolver,
    /// What an infinite result means.
    pub rule: Rule,
    /// Inner loops in NumPy's order.
    pub loops: &'static [Loop],
}

impl std::fmt::Debug for Ufunc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<ufunc '{}'>", self.name)
    }
}

impl Ufunc {
    /// Inputs and outputs together.
    pub fn nargs(&self) -> usize {
        self.nin + self.nout
    }

    /// NumPy's `ufunc.types`: `["bb->b", ...]`.
    pub fn types(&self) -> Vec<String> {
        let letters = |types: &[Type]| types.iter().map(|ty| ty.letter()).collect::<String>();
        let spell = |row: &Loop| {
            format!("{}->{}", letters(&row.types[..self.nin]), letters(&row.types[self.nin..self.nargs()]))
        };
        self.loops.iter().map(spell).collect()
    }
}

/// An input of a call. Python's numbers are weak: they take the type of the arrays they meet (NEP 50).
#[derive(Clone)]
pub enum Operand {
    /// An array.
    Array(ArrayRef),
    /// A NumPy scalar, or a Python bool.
    Scalar(Scalar),
    /// A Python int that fits a machine word.
    Int(i64),
    /// A Python int that does not.
    BigInt(Box<BigInt>),
    /// A Python float.
    Float(f64),
    /// A Python complex.
    Complex(Complex64),
}

impl Operand {
    /// A Python int of any size.
    pub fn int(value: BigInt) -> Operand {
        i64::try_from(&value).map_or_else(|_| Operand::BigInt(Box::new(value)), Operand::Int)
    }
}

/// The keywords of a call.
#[derive(Clone)]
pub struct Options {
    /// `out=`: where results go; empty for none.
    pub out: SmallVec<[Option<ArrayRef>; 2]>,
    /// `where=`: a mask of any dtype that is cast to bool; elements where it is false are not computed.
    pub where_: Option<ArrayRef>,
    /// `dtype=`: the type of the outputs.
    pub dtype: Option<DType>,
    /// `signature=`: the types of inputs and outputs, where given.
    pub signature: Option<SmallVec<[Option<DType>; 4]>>,
    /// `casting=`.
    pub casting: Casting,
    /// `order=`.
    pub order: Order,
    /// The call is an operator of the language (`a + b`): large temporaries are reused for the result as NumPy
    /// elides them, and errors of scalars speak of `scalar add`.
    pub operator: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            out: SmallVec::new(),
            where_: None,
            dtype: None,
            signature: None,
            casting: Casting::SameKind,
            order: Order::K,
            operator: false,
        }
    }
}

/// A result: an array, or a scalar where every input had no axes and no output was given.
#[derive(Clone)]
pub enum Outcome {
    /// An array: the one given as `out`, or a new one.
    Array(ArrayRef),
    /// A scalar.
    Scalar(Scalar),
}

impl std::fmt::Debug for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Outcome::Array(array) => write!(f, "Array({:?})", array.layout()),
            Outcome::Scalar(value) => write!(f, "{value:?}"),
        }
    }
}

/// The results of a call.
pub type Outcomes = SmallVec<[Outcome; 2]>;

/// As an operand with one result.
///
/// # Errors
/// As [`call`].
pub fn call_one(runtime: &Runtime, ufunc: &'static Ufunc, operands: &mut [Operand], options: &Options) -> Result<Outcome> {
    let outcomes = call(runtime, ufunc, operands, options)?;
    Ok(outcomes.into_iter().next().unwrap_or(Outcome::Scalar(Scalar::Bool(false))))
}
