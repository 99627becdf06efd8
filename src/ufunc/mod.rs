//! NumPy's universal functions: element by element, over any shapes, with type resolution, casting, reductions.
//!
//! A [`Ufunc`] is one line of the op table ([`table`]): names, counts, identity, how its types are resolved, and
//! its loops. [`call()`] resolves the types ([`resolve`]), brings the shapes together, finds or allocates the
//! outputs, and runs the loop block by block ([`execute`]); [`reduce()`] and its kin do the same along axes.
//! This layer knows arrays and the ledger, and no Python values, names or registry.

mod accumulate;
mod buffering;
mod call;
mod dates;
mod elide;
mod execute;
mod flexible;
pub mod float_status;
mod loops;
mod matmul;
mod outer;
mod overlap;
mod pairwise;
mod reduce;
mod resolve;
mod scalar;
mod scratch;
pub mod statistics;
mod table;
mod trivial;
mod visit;

use crate::array::cast::Casting;
use crate::array::{ArrayRef, DType, Order, Runtime, Scalar, Type};
use crate::error::Result;
use float_status::Rule;
use loops::Loop;
use num_bigint::BigInt;
use num_complex::Complex64;
use smallvec::SmallVec;

pub use accumulate::{accumulate, reduceat};
pub use call::call;
pub use matmul::{dot, matmul};
pub use outer::{at, outer};
pub use reduce::{Axes, ReduceOptions, reduce, reduced_axes};
pub use table::{TABLE, find, named};

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

/// The dtypes that a call computes in: those of its inputs, then those of its results.
///
/// # Errors
/// As [`call()`], for the types.
pub fn resolve_dtypes(ufunc: &Ufunc, operands: &[Operand], options: &Options) -> Result<Vec<DType>> {
    let resolved = resolve::resolve(ufunc, operands, options)?;
    Ok(resolved.types[..ufunc.nargs()].iter().map(|&ty| ty.into()).collect())
}

/// An input of a call. Python's numbers are weak: they take the type of the arrays they meet (NEP 50).
#[derive(Clone)]
pub enum Operand {
    /// An array.
    Array(ArrayRef),
    /// A NumPy scalar, or a Python bool.
    Scalar(Scalar),
    /// A Python int.
    Int(BigInt),
    /// A Python float.
    Float(f64),
    /// A Python complex.
    Complex(Complex64),
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
    pub elide: bool,
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
            elide: false,
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
/// As [`call()`].
pub fn call_one(
    runtime: &Runtime,
    ufunc: &'static Ufunc,
    operands: &mut [Operand],
    options: &Options,
) -> Result<Outcome> {
    let outcomes = call(runtime, ufunc, operands, options)?;
    Ok(outcomes.into_iter().next().unwrap_or(Outcome::Scalar(Scalar::Bool(false))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::{Layout, NdArray};

    fn array(runtime: &Runtime, shape: &[usize], values: &[f64]) -> ArrayRef {
        let array = NdArray::zeros(runtime, Type::Float64.into(), shape, Order::C).unwrap();
        for (i, &value) in values.iter().enumerate() {
            array.write(8 * i, &Scalar::Float64(value));
        }
        array
    }

    fn values(outcome: &Outcome) -> Vec<f64> {
        match outcome {
            Outcome::Scalar(value) => vec![value.as_f64()],
            Outcome::Array(array) => {
                let layout = array.layout();
                let mut all = Vec::new();
                let c_order = crate::array::layout::Traversal::new(&layout.shape, &[&layout], Order::C, false);
                visit::for_each_run(&c_order, |offsets, strides, count| {
                    let at = |i: isize| offsets[0].wrapping_add_signed(i * strides[0]);
                    all.extend((0..count as isize).map(|i| array.read(at(i)).as_f64()));
                    Ok(())
                })
                .unwrap();
                all
            }
        }
    }

    fn run(runtime: &Runtime, name: &str, operands: &[Operand], options: &Options) -> Result<Outcome> {
        call_one(runtime, find(name).unwrap(), &mut operands.to_vec(), options)
    }

    fn warnings(runtime: &Runtime) -> Vec<String> {
        runtime.warnings.take().into_iter().map(|warning| warning.message).collect()
    }

    #[test]
    fn broadcasts_and_warns() {
        let runtime = Runtime::default();
        let a = array(&runtime, &[2, 3], &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        let b = array(&runtime, &[3], &[10.0, 0.0, 20.0]);
        let sum = run(&runtime, "add", &[Operand::Array(a.clone()), Operand::Array(b.clone())], &Options::default());
        assert_eq!(values(&sum.unwrap()), [10.0, 1.0, 22.0, 13.0, 4.0, 25.0]);
        let ratio = run(&runtime, "divide", &[Operand::Array(a.clone()), Operand::Array(b)], &Options::default());
        assert_eq!(values(&ratio.unwrap())[1], f64::INFINITY);
        assert_eq!(warnings(&runtime), ["divide by zero encountered in divide"]);
        let total = reduce(&runtime, find("add").unwrap(), &a, &ReduceOptions::axis(0)).unwrap();
        assert_eq!(values(&total), [3.0, 5.0, 7.0]);
        let total = reduce(&runtime, find("add").unwrap(), &a, &ReduceOptions::all()).unwrap();
        assert_eq!(values(&total), [15.0]);
        let most = reduce(&runtime, find("maximum").unwrap(), &a, &ReduceOptions::axis(-1)).unwrap();
        assert_eq!(values(&most), [2.0, 5.0]);
    }

    #[test]
    fn an_operand_that_overlaps_the_output_is_read_first() {
        let runtime = Runtime::default();
        let a = array(&runtime, &[6], &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        let part = |offset, stride, len| {
            let layout = Layout {
                shape: SmallVec::from_slice(&[len]),
                strides: SmallVec::from_slice(&[stride]),
                offset,
                ..a.layout().clone()
            };
            NdArray::view(&a, layout)
        };
        let (tail, head) = (part(8, 8, 5), part(0, 8, 5));
        let options = Options { out: smallvec::smallvec![Some(tail.clone())], ..Options::default() };
        runtime.ledger.start_step();
        run(&runtime, "add", &[Operand::Array(tail.clone()), Operand::Array(head)], &options).unwrap();
        assert_eq!(values(&Outcome::Array(a.clone())), [0.0, 1.0, 3.0, 5.0, 7.0, 9.0]);
        assert_eq!(runtime.ledger.allocated(), 40);
        let (even, odd) = (part(0, 16, 3), part(8, 16, 3));
        let options = Options { out: smallvec::smallvec![Some(even.clone())], ..Options::default() };
        runtime.ledger.start_step();
        run(&runtime, "add", &[Operand::Array(even), Operand::Array(odd)], &options).unwrap();
        assert_eq!(runtime.ledger.allocated(), 0);
    }

    #[test]
    fn weak_numbers_take_the_type_they_meet() {
        let runtime = Runtime::default();
        let small = Operand::Scalar(Scalar::UInt8(5));
        let error = run(&runtime, "add", &[small.clone(), Operand::Int(300.into())], &Options::default()).unwrap_err();
        assert_eq!(error.to_string(), "OverflowError: Python integer 300 out of bounds for uint8");
        let less = run(&runtime, "less", &[small, Operand::Int(300.into())], &Options::default()).unwrap();
        assert!(matches!(less, Outcome::Scalar(Scalar::Bool(true))));
    }

    #[test]
    fn a_plan_has_shapes_and_sizes_and_touches_nothing() {
        let runtime = Runtime::default();
        let a = array(&runtime, &[3], &[1.0, 2.0, 3.0]);
        runtime.ledger.set_planning(true);
        runtime.ledger.start_step();
        let options = Options { out: smallvec::smallvec![Some(a.clone())], ..Options::default() };
        run(&runtime, "add", &[Operand::Array(a.clone()), Operand::Float(1.0)], &options).unwrap();
        let huge = NdArray::zeros(&runtime, Type::Float64.into(), &[1 << 20, 1 << 20], Order::C).unwrap();
        let double = run(&runtime, "add", &[Operand::Array(huge.clone()), Operand::Array(huge)], &Options::default());
        let Ok(Outcome::Array(double)) = double else { panic!() };
        assert_eq!((double.size(), runtime.ledger.peak()), (1 << 40, (2 << 43) + 24));
        let sum = reduce(&runtime, find("add").unwrap(), &double, &ReduceOptions::axis(0)).unwrap();
        assert!(matches!(sum, Outcome::Array(ref sum) if sum.shape().as_slice() == [1 << 20]));
        runtime.ledger.set_planning(false);
        assert_eq!(values(&Outcome::Array(a)), [1.0, 2.0, 3.0]);
    }

    #[test]
    fn a_large_temporary_is_reused() {
        let runtime = Runtime::default();
        let make = || NdArray::zeros(&runtime, Type::Float64.into(), &[40_000], Order::C).unwrap();
        let (temporary, kept) = (make(), make());
        let id = temporary.id();
        let options = Options { elide: true, ..Options::default() };
        let mut operands = [Operand::Array(kept.clone()), Operand::Array(temporary)];
        runtime.ledger.start_step();
        let sum = call_one(&runtime, find("add").unwrap(), &mut operands, &options).unwrap();
        assert!(matches!(sum, Outcome::Array(ref array) if array.id() == id));
        assert_eq!(runtime.ledger.allocated(), 0);
    }
}
