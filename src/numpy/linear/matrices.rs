//! Determinants, inverses, solutions and powers of matrices, by elimination with partial pivoting.

use super::super::calls;
use super::super::named_tuple::NamedTuple;
use crate::array::layout::Shape;
use crate::array::layout::broadcast::broadcast_operands;
use crate::array::{ArrayRef, Scalar, Type};
use crate::error::{Error, ErrorClass, Result, type_error, value_error};
use crate::numpy::objects;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Class, Value, as_index, classes};
use num_complex::Complex64;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static SLOGDET: Class = Class {
    name: "SlogdetResult",
    module: "numpy.linalg._linalg",
    bases: &[&classes::TUPLE],
    scalar: None,
    constructor: "",
};

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.linalg.det",
        signature: "(a)",
        method: None,
        summary: "The determinant of a square matrix, or of each of a stack.",
        memory: MemoryRule::New,
        notes: "Integers are computed as float64, so the determinant is seldom exact.",
        example: r"
>>> np.linalg.det([[2, 0], [0, 3]])
np.float64(6.0)
",
        see_also: &["np.linalg.slogdet", "np.linalg.inv"],
        run: Run::Call(det),
    },
    Function {
        name: "np.linalg.slogdet",
        signature: "(a)",
        method: None,
        summary: "The sign of the determinant and the logarithm of its size.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.linalg.slogdet([[1, 0], [0, -1]])
SlogdetResult(sign=np.float64(-1.0), logabsdet=np.float64(0.0))
",
        see_also: &["np.linalg.det"],
        run: Run::Call(slogdet),
    },
    Function {
        name: "np.linalg.inv",
        signature: "(a)",
        method: None,
        summary: "The inverse of a square matrix, or of each of a stack.",
        memory: MemoryRule::New,
        notes: "To solve equations `np.linalg.solve` is quicker and more exact.",
        example: r"
>>> np.linalg.inv([[2, 0], [0, 4]])
array([[0.5 , 0.  ],
       [0.  , 0.25]])
",
        see_also: &["np.linalg.solve", "np.linalg.det"],
        run: Run::Call(inv),
    },
    Function {
        name: "np.linalg.solve",
        signature: "(a, b)",
        method: None,
        summary: "The x for which `a @ x` is `b`.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.linalg.solve([[2, 0], [0, 4]], [6, 8])
array([3., 2.])
",
        see_also: &["np.linalg.inv"],
        run: Run::Call(solve),
    },
    Function {
        name: "np.linalg.matrix_power",
        signature: "(a, n)",
        method: None,
        summary: "A square matrix multiplied by itself, n times; the inverse for a negative n.",
        memory: MemoryRule::New,
        notes: "By squaring, so only as many products are made as `n` has digits in base 2.",
        example: r"
>>> np.linalg.matrix_power([[1, 1], [1, 0]], 5)
array([[8, 5],
       [5, 3]])
",
        see_also: &["np.matmul"],
        run: Run::Call(matrix_power),
    },
];

/// A `LinAlgError`.
pub(super) fn linalg_error(message: impl Into<String>) -> Error {
    Error::new(ErrorClass::LinAlgError, message)
}

/// Refuses what is no stack of square matrices (`_assert_stacked_square`).
fn require_square(array: &ArrayRef) -> Result<usize> {
    let shape = array.shape();
    let [.., n, m] = shape[..] else {
        let message = format!("{}-dimensional array given. Array must be at least two-dimensional", shape.len());
        return Err(linalg_error(message).at_argument("a"));
    };
    if n != m {
        return Err(linalg_error("Last 2 dimensions of the array must be square")
            .at_argument("a")
            .label(format!("they are {n} and {m}")));
    }
    Ok(n)
}

/// The type that LAPACK computes in, and the type of the result (`_commonType`).
pub(super) fn common_type(arrays: &[&ArrayRef]) -> Result<(Type, Type)> {
    let (mut complex, mut double) = (false, false);
    for array in arrays {
        let ty = array.dtype().ty();
        complex |= ty.is_complex();
        match ty {
            Type::Float16 => {
                let message = "array type float16 is unsupported in linalg";
                return Err(type_error(message).at_argument("a"));
            }
            Type::Float32 | Type::Complex64 => {}
            _ => double = true,
        }
    }
    Ok(match (complex, double) {
        (false, false) => (Type::Float64, Type::Float32),
        (false, true) => (Type::Float64, Type::Float64),
        (true, false) => (Type::Complex128, Type::Complex64),
        (true, true) => (Type::Complex128, Type::Complex128),
    })
}

/// A factorised matrix: L below the diagonal, U from it on; the rows' order; -1 for an odd number of swaps.
struct Factors {
    n: usize,
    rows: Vec<Complex64>,
    order: Vec<usize>,
    odd: bool,
    singular: bool,
}

/// Gauss's elimination with the largest pivot of each column (LAPACK's getrf). Real matrices keep imaginary zeros.
fn factorise(n: usize, mut rows: Vec<Complex64>) -> Factors {
    let size = |z: Complex64| z.re.abs() + z.im.abs();
    let (mut order, mut odd, mut singular) = ((0..n).collect::<Vec<_>>(), false, false);
    for k in 0..n {
        let mut pivot = k;
        for i in k + 1..n {
            if size(rows[i * n + k]) > size(rows[pivot * n + k]) {
                pivot = i;
            }
        }
        if pivot != k {
            for j in 0..n {
                rows.swap(k * n + j, pivot * n + j);
            }
            order.swap(k, pivot);
            odd = !odd;
        }
        let head = rows[k * n + k];
        if head == Complex64::new(0.0, 0.0) {
            singular = true;
            continue;
        }
        let inverse = reciprocal(head);
        for i in k + 1..n {
            let factor = product(rows[i * n + k], inverse);
            rows[i * n + k] = factor;
            for j in k + 1..n {
                let part = product(factor, rows[k * n + j]);
                rows[i * n + j] -= part;
            }
        }
    }
    Factors { n, rows, order, odd, singular }
}

/// `1 / z`, without rounding through the imaginary part where there is none.
fn reciprocal(z: Complex64) -> Complex64 {
    if z.im == 0.0 { Complex64::new(1.0 / z.re, 0.0) } else { Complex64::new(1.0, 0.0) / z }
}

/// A product that keeps real numbers real: no nan of an infinite part times an imaginary zero.
fn product(a: Complex64, b: Complex64) -> Complex64 {
    if a.im == 0.0 && b.im == 0.0 { Complex64::new(a.re * b.re, 0.0) } else { a * b }
}

impl Factors {
    /// Solves for one column (getrs).
    fn solve(&self, column: &[Complex64]) -> Vec<Complex64> {
        let n = self.n;
        let mut x: Vec<Complex64> = self.order.iter().map(|&row| column[row]).collect();
        for j in 0..n {
            for i in j + 1..n {
                let part = product(self.rows[i * n + j], x[j]);
                x[i] -= part;
            }
        }
        for j in (0..n).rev() {
            let head = self.rows[j * n + j];
            x[j] = if head.im == 0.0 && x[j].im == 0.0 {
                Complex64::new(x[j].re / head.re, 0.0)
            } else {
                product(x[j], reciprocal(head))
            };
            for i in 0..j {
                let part = product(self.rows[i * n + j], x[j]);
                x[i] -= part;
            }
        }
        x
    }

    fn diagonal(&self) -> impl Iterator<Item = Complex64> + '_ {
        (0..self.n).map(|i| self.rows[i * self.n + i])
    }
}

/// The matrices of a stack one after the other, each with its rows one after the other.
fn stack(array: &ArrayRef) -> Vec<Complex64> {
    calls::elements(array).map(|element| element.as_complex()).collect()
}

/// A result of the given shape, in the type of the result; none of its elements where it is only planned.
fn result(
    context: &mut Context,
    (computed, wanted): (Type, Type),
    shape: &[usize],
    values: impl Iterator<Item = Complex64>,
) -> Result<ArrayRef> {
    let array = calls::empty(context, computed, shape)?;
    for (i, value) in values.enumerate() {
        array.write(i * computed.size(), &Scalar::Complex128(value));
    }
    calls::astype(context, &array, wanted, false)
}

fn det(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let n = require_square(&array)?;
    let types = common_type(&[&array])?;
    let shape = array.shape();
    let matrices = stack(&array);
    let determinants = matrices.chunks(n * n.max(1)).map(|matrix| {
        let (sign, log) = sign_and_log(&factorise(n, matrix.to_vec()));
        product(sign, Complex64::new(log.exp(), 0.0))
    });
    let stacked: usize = shape[..shape.len() - 2].iter().product();
    let empty = std::iter::repeat_n(Complex64::new(1.0, 0.0), if n == 0 { stacked } else { 0 });
    let determinants = result(context, types, &shape[..shape.len() - 2], determinants.chain(empty))?;
    Ok(calls::unwrapped(Value::Array(determinants)))
}

/// The sign of a determinant and the logarithm of its size, which the determinant itself is made of
/// (`slogdet_from_factored_diagonal`, umath_linalg.cpp).
fn sign_and_log(factors: &Factors) -> (Complex64, f64) {
    if factors.singular {
        return (Complex64::new(0.0, 0.0), f64::NEG_INFINITY);
    }
    let start = Complex64::new(if factors.odd { -1.0 } else { 1.0 }, 0.0);
    factors.diagonal().fold((start, 0.0), |(sign, log), pivot| {
        let size = if pivot.im == 0.0 { pivot.re.abs() } else { pivot.norm() };
        (product(sign, pivot / size), log + size.ln())
    })
}

fn slogdet(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let n = require_square(&array)?;
    let (computed, wanted) = common_type(&[&array])?;
    let shape = array.shape();
    let (mut signs, mut logs) = (Vec::new(), Vec::new());
    for matrix in stack(&array).chunks(n * n.max(1)) {
        let factors = factorise(n, matrix.to_vec());
        let (sign, log) = sign_and_log(&factors);
        signs.push(sign);
        logs.push(Complex64::new(log, 0.0));
    }
    let shape = &shape[..shape.len() - 2];
    let signs = result(context, (computed, wanted), shape, signs.into_iter())?;
    let logs = result(context, (computed.part(), wanted.part()), shape, logs.into_iter())?;
    let items = [signs, logs].map(|part| calls::unwrapped(Value::Array(part)));
    Ok(Value::object(NamedTuple::new(&SLOGDET, &["sign", "logabsdet"], items.to_vec())))
}

fn singular(name: &str) -> Error {
    linalg_error("Singular matrix").at_argument(name).label("its rows depend on each other")
}

/// `np.linalg.inv`.
///
/// # Errors
/// `LinAlgError: Singular matrix`, and for what is not square.
fn inverse(context: &mut Context, array: &ArrayRef) -> Result<ArrayRef> {
    let n = require_square(array)?;
    let types = common_type(&[array])?;
    let mut values = Vec::with_capacity(array.size());
    for matrix in stack(array).chunks(n * n.max(1)) {
        crate::interrupt::check()?;
        let factors = factorise(n, matrix.to_vec());
        if factors.singular {
            return Err(singular("a"));
        }
        let columns: Vec<Vec<Complex64>> = (0..n)
            .map(|j| {
                let mut unit = vec![Complex64::new(0.0, 0.0); n];
                unit[j] = Complex64::new(1.0, 0.0);
                factors.solve(&unit)
            })
            .collect();
        for i in 0..n {
            values.extend(columns.iter().map(|column| column[i]));
        }
    }
    result(context, types, &array.shape(), values.into_iter())
}

fn inv(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    inverse(context, &array).map(Value::Array)
}

fn solve(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let a = calls::array_argument(context, arguments, "a")?;
    let n = require_square(&a)?;
    let b = calls::array_argument(context, arguments, "b")?;
    let types = common_type(&[&a, &b])?;
    let vector = b.ndim() == 1;
    let (name, signature) = if vector { ("solve1", "(m,m),(m)->(m)") } else { ("solve", "(m,m),(m,n)->(m,n)") };
    let (a_shape, b_shape) = (a.shape(), b.shape());
    if b.ndim() == 0 {
        return Err(value_error(format!(
            "{name}: Input operand 1 does not have enough dimensions (has 0, gufunc core with signature {signature} requires 2)"
        ))
        .at_argument("b"));
    }
    let (rows, columns) = if vector { (b_shape[0], 1) } else { (b_shape[b.ndim() - 2], b_shape[b.ndim() - 1]) };
    if rows != n {
        return Err(value_error(format!(
            "{name}: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature {signature} (size {rows} is different from {n})"
        ))
        .at_argument("b"));
    }
    let core = if vector { 1 } else { 2 };
    let stacks: Shape = broadcast_operands(&[&a_shape[..a.ndim() - 2], &b_shape[..b.ndim() - core]])?;
    let stretched = |array: &ArrayRef, core: usize| {
        let mut shape = stacks.clone();
        shape.extend_from_slice(&array.shape()[array.ndim() - core..]);
        let layout = crate::array::layout::broadcast::stretch(&array.layout(), &shape);
        layout.map_or_else(|| array.clone(), |layout| calls::view(array, layout))
    };
    let (matrices, sides) = (stack(&stretched(&a, 2)), stack(&stretched(&b, core)));
    let mut values = Vec::with_capacity(sides.len());
    let pairs = matrices.chunks((n * n).max(1)).zip(sides.chunks((n * columns).max(1)));
    for (matrix, side) in pairs {
        crate::interrupt::check()?;
        let factors = factorise(n, matrix.to_vec());
        if factors.singular {
            return Err(singular("a"));
        }
        let solutions: Vec<Vec<Complex64>> = (0..columns)
            .map(|j| factors.solve(&side.iter().skip(j).step_by(columns).copied().collect::<Vec<_>>()))
            .collect();
        for i in 0..n {
            values.extend(solutions.iter().map(|solution| solution[i]));
        }
    }
    let mut shape = stacks.clone();
    shape.extend_from_slice(&b_shape[b.ndim() - core..]);
    result(context, types, &shape, values.into_iter()).map(Value::Array)
}

fn matrix_power(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let mut array = calls::array_argument(context, arguments, "a")?;
    let size = require_square(&array)?;
    let n = as_index(&arguments.get("n")).map_err(|_| type_error("exponent must be an integer").at_argument("n"))?;
    if n == 0 {
        let result = calls::empty_like(context, &array, array.dtype().ty())?;
        let eye = calls::call(context, "np.eye", vec![Value::int(size)], [("dtype", Value::dtype(array.dtype()))])?;
        calls::copyto(context, &result, &eye, None)?;
        return Ok(Value::Array(result));
    }
    if n < 0 {
        array = inverse(context, &array)?;
    }
    let mut rest = n.unsigned_abs();
    let multiply = |context: &mut Context, a: &ArrayRef, b: &ArrayRef| -> Result<ArrayRef> {
        let product = calls::outcome(objects::matmul(context, a, b, None)?);
        calls::as_array(context, &product)
    };
    if rest == 3 {
        let square = multiply(context, &array, &array)?;
        return multiply(context, &square, &array).map(Value::Array);
    }
    let mut power: Option<ArrayRef> = None;
    let mut total: Option<ArrayRef> = None;
    while rest > 0 {
        let next = match &power {
            None => array.clone(),
            Some(power) => multiply(context, power, power)?,
        };
        if rest % 2 == 1 {
            total = Some(match &total {
                None => next.clone(),
                Some(total) => multiply(context, total, &next)?,
            });
        }
        power = Some(next);
        rest /= 2;
    }
    Ok(total.map_or(Value::None, Value::Array))
}
