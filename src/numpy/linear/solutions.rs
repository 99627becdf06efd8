//! What follows from factorisations: least squares, pseudo-inverses, ranks and conditions.

use super::super::calls;
use super::factors::{matrices, singular_values, svd_parts};
use super::matrices::{common_type, linalg_error, require_square, result};
use crate::array::index::Index;
use crate::array::layout::transpose::swapaxes;
use crate::array::{ArrayRef, NdArray, Order, Scalar, Type};
use crate::error::{Result, value_error};
use crate::matrix::Number;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::syntax::ast::CompareOp;
use crate::ufunc::{Options, ReduceOptions};
use crate::value::{Value, as_f64, as_index, iterate};
use num_complex::Complex64;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.linalg.lstsq",
        signature: "(a, b, rcond=None)",
        method: None,
        summary: "The x for which `a @ x` comes nearest to `b`; the rest, the rank and the singular values.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> x, rest, rank, s = np.linalg.lstsq([[0., 1], [1, 1], [2, 1], [3, 1]], [-1, 0.2, 0.9, 2.1])
>>> x
array([ 1.  , -0.95])
>>> rank
np.int32(2)
",
        see_also: &["np.linalg.solve", "np.linalg.pinv", "np.polyfit"],
        run: Run::Call(lstsq),
    },
    Function {
        name: "np.linalg.pinv",
        signature: "(a, rcond=None, hermitian=False, *, rtol=<no value>)",
        method: None,
        summary: "The pseudo-inverse of a matrix, through its singular values.",
        memory: MemoryRule::New,
        notes: "Those below `rcond` times the largest count as zero.",
        example: r"
>>> np.linalg.pinv([[2., 0], [0, 4], [0, 0]]).round(2) + 0.0
array([[0.5 , 0.  , 0.  ],
       [0.  , 0.25, 0.  ]])
",
        see_also: &["np.linalg.inv", "np.linalg.lstsq"],
        run: Run::Call(pinv),
    },
    Function {
        name: "np.linalg.matrix_rank",
        signature: "(A, tol=None, hermitian=False, *, rtol=None)",
        method: None,
        summary: "How many singular values of a matrix are not as good as zero.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: r"
>>> np.linalg.matrix_rank([[1, 2], [2, 4]])
np.int64(1)
>>> np.linalg.matrix_rank(np.eye(4))
np.int64(4)
",
        see_also: &["np.linalg.svd"],
        run: Run::Call(matrix_rank),
    },
    Function {
        name: "np.linalg.cond",
        signature: "(x, p=None)",
        method: None,
        summary: "The condition of a matrix: how much it enlarges relative errors.",
        memory: MemoryRule::NoArray,
        notes: "Without `p` the ratio of the largest to the smallest singular value.",
        example: r"
>>> np.linalg.cond([[2., 0], [0, 4]])
np.float64(2.0)
>>> np.linalg.cond([[1., 0], [0, 0]])
np.float64(inf)
",
        see_also: &["np.linalg.norm"],
        run: Run::Call(cond),
    },
    Function {
        name: "np.linalg.tensorsolve",
        signature: "(a, b, axes=None)",
        method: None,
        summary: "The x for which `np.tensordot(a, x, x.ndim)` is `b`.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.linalg.tensorsolve(np.eye(4).reshape(2, 2, 4), [[1, 2], [3, 4]])
array([1., 2., 3., 4.])
",
        see_also: &["np.linalg.solve", "np.linalg.tensorinv"],
        run: Run::Call(tensorsolve),
    },
    Function {
        name: "np.linalg.tensorinv",
        signature: "(a, ind=2)",
        method: None,
        summary: "The inverse of an array for `np.tensordot`.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.linalg.tensorinv(np.eye(4).reshape(2, 2, 4), ind=2).shape
(4, 2, 2)
",
        see_also: &["np.linalg.inv", "np.linalg.tensorsolve"],
        run: Run::Call(tensorinv),
    },
];

fn lstsq(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let a = calls::array_argument(context, arguments, "a")?;
    let mut b = calls::array_argument(context, arguments, "b")?;
    let is_1d = b.ndim() == 1;
    if is_1d {
        b = calls::get_array(context, &b, &[calls::slice(None, None), Index::NewAxis])?;
    }
    for (array, name) in [(&a, "a"), (&b, "b")] {
        if array.ndim() != 2 {
            let message = format!("{}-dimensional array given. Array must be two-dimensional", array.ndim());
            return Err(linalg_error(message).at_argument(name));
        }
    }
    let (m, n) = (a.shape()[0], a.shape()[1]);
    let (rows, sides) = (b.shape()[0], b.shape()[1]);
    if rows != m {
        let label = format!("a has {m} rows, b has {rows}");
        return Err(linalg_error("Incompatible dimensions").at_argument("b").label(label));
    }
    let types = common_type(&[&a, &b])?;
    let reals = (Type::Float64, types.1.part());
    let cutoff = match arguments.some("rcond") {
        Some(cutoff) => as_f64(cutoff).map_err(|e| e.at_argument("rcond"))?,
        None => f64::EPSILON * m.max(n) as f64,
    };
    let fitted = if types.0.is_complex() {
        fit::<Complex64>(&a, &b, cutoff)?
    } else if m >= n && n > 0 && sides > 0 {
        fit_tall(&a, &b, cutoff)?
    } else {
        fit::<f64>(&a, &b, cutoff)?
    };
    let few = m.min(n);
    let shape = if is_1d { vec![n] } else { vec![n, sides] };
    let x = result(context, types, &shape, fitted.x.into_iter())?;
    let rank = if calls::is_planning(context) { few } else { fitted.rank };
    let rests = if rank != n || m <= n { Vec::new() } else { fitted.rests };
    let count = if rank != n || m <= n { 0 } else { sides };
    let rests = result(context, reals, &[count], rests.into_iter())?;
    let s = result(context, reals, &[few], fitted.s.into_iter().map(|x| Complex64::new(x, 0.0)))?;
    let rank = Value::Scalar(Scalar::Int32(rank as i32));
    Ok(Value::tuple([Value::Array(x), Value::Array(rests), rank, Value::Array(s)]))
}

/// What least squares give.
#[derive(Default)]
struct Fit {
    x: Vec<Complex64>,
    rests: Vec<Complex64>,
    rank: usize,
    s: Vec<f64>,
}

/// Of a real matrix that is at least as long as wide.
fn fit_tall(a: &ArrayRef, b: &ArrayRef, cutoff: f64) -> Result<Fit> {
    let (m, n, sides) = (a.shape()[0], a.shape()[1], b.shape()[1]);
    let (left, right) = (matrices::<f64>(a, m, n).pop(), matrices::<f64>(b, m, sides).pop());
    let (Some(left), Some(right)) = (left, right) else { return Ok(Fit::default()) };
    let failed = || linalg_error("SVD did not converge in Linear Least Squares").at_argument("a");
    if !left.elements.iter().chain(&right.elements).all(|x| x.is_finite()) {
        return Err(failed());
    }
    let fitted = crate::matrix::least_squares(&left, &right, cutoff).ok_or_else(failed)?;
    let wide = |x: f64| Complex64::new(x, 0.0);
    Ok(Fit {
        x: fitted.x.elements.into_iter().map(wide).collect(),
        rests: fitted.rests.into_iter().map(wide).collect(),
        rank: fitted.rank,
        s: fitted.s,
    })
}

fn fit<T: Number>(a: &ArrayRef, b: &ArrayRef, cutoff: f64) -> Result<Fit> {
    let (m, n) = (a.shape()[0], a.shape()[1]);
    let sides = b.shape()[1];
    let mut left = matrices::<T>(a, m, n);
    let mut right = matrices::<T>(b, m, sides);
    let (Some(left), Some(right)) = (left.pop(), right.pop()) else { return Ok(Fit::default()) };
    let failed = || linalg_error("SVD did not converge in Linear Least Squares").at_argument("a");
    let parts = super::factors::decomposed(&left, true).map_err(|_| failed())?;
    let few = m.min(n);
    let largest = parts.s.first().copied().unwrap_or(0.0);
    let cutoff = if cutoff < 0.0 { f64::EPSILON } else { cutoff };
    let rank = parts.s.iter().filter(|&&s| s > cutoff * largest).count();
    let turned = parts.u.adjoint().times(&right);
    let mut x = vec![T::real(0.0); n * sides];
    for k in 0..few.min(rank) {
        for j in 0..sides {
            let part = turned[(k, j)].scale(1.0 / parts.s[k]);
            for i in 0..n {
                x[i * sides + j] = x[i * sides + j] + parts.vh[(k, i)].conj() * part;
            }
        }
    }
    let rest = |j: usize| (n..m).fold(0.0, |sum, i| sum + turned[(i, j)].complex().norm_sqr());
    let rests = (0..sides).map(|j| Complex64::new(if m > n { rest(j) } else { 0.0 }, 0.0)).collect();
    Ok(Fit { x: x.into_iter().map(Number::complex).collect(), rests, rank, s: parts.s })
}

/// The largest along the last axis, which stays with length 1.
fn largest(context: &mut Context, s: &ArrayRef, from_zero: bool) -> Result<Value> {
    let initial = from_zero.then_some(Some(crate::ufunc::Operand::Int(0.into())));
    let options = ReduceOptions { keepdims: true, initial, ..ReduceOptions::axis(-1) };
    calls::reduce(context, "maximum", s, &options)
}

/// A tolerance with a new last axis.
fn with_axis(context: &mut Context, value: &Value, name: &str) -> Result<Value> {
    let array = calls::as_array(context, value).map_err(|e| e.at_argument(name))?;
    calls::get(context, &array, &[Index::Ellipsis, Index::NewAxis])
}

fn transposed(array: &ArrayRef) -> Result<ArrayRef> {
    let ndim = array.ndim() as isize;
    Ok(calls::view(array, swapaxes(&array.layout(), ndim - 2, ndim - 1)?))
}

fn epsilon(ty: Type) -> f64 {
    match ty {
        Type::Float32 | Type::Complex64 => f32::EPSILON.into(),
        _ => f64::EPSILON,
    }
}

fn pinv(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let a = calls::array_argument(context, arguments, "a")?;
    let shape = a.shape();
    let size = shape.iter().rev().take(2).copied().max().unwrap_or(0) as f64;
    let rtol = arguments.given("rtol").cloned();
    let cutoff = match (arguments.some("rcond").cloned(), rtol) {
        (None, None) => Value::Float(1e-15),
        (None, Some(Value::None)) => Value::Float(size * epsilon(a.dtype().ty())),
        (None, Some(rtol)) => rtol,
        (Some(_), Some(_)) => return Err(value_error("`rtol` and `rcond` can't be both set.").at_argument("rtol")),
        (Some(rcond), None) => rcond,
    };
    if a.size() == 0 && a.ndim() >= 2 && shape.iter().rev().take(2).any(|&n| n == 0) {
        let ndim = shape.len();
        let mut turned = shape.clone();
        turned.swap(ndim - 2, ndim - 1);
        return NdArray::zeros(&context.runtime, a.dtype(), &turned, Order::C).map(Value::Array);
    }
    let conjugate = calls::ufunc(context, "conjugate", [Value::Array(a)])?;
    let conjugate = calls::as_array(context, &conjugate)?;
    let [u, s, vt] = match calls::flag(arguments, "hermitian")? {
        false => <[ArrayRef; 3]>::try_from(svd_parts(context, &conjugate, false)?),
        true => {
            let keywords = [("hermitian", Value::Bool(true))];
            let parts = calls::call(context, "np.linalg.svd", vec![Value::Array(conjugate)], keywords)?;
            let mut arrays = Vec::new();
            for part in iterate(&parts)? {
                arrays.push(calls::as_array(context, &part?)?);
            }
            <[ArrayRef; 3]>::try_from(arrays)
        }
    }
    .map_err(|_| linalg_error("SVD did not converge"))?;
    let cutoff = with_axis(context, &cutoff, "rcond")?;
    let most = largest(context, &s, false)?;
    let cutoff = calls::multiply(context, cutoff, most)?;
    let large = calls::compare(context, CompareOp::Greater, &Value::Array(s.clone()), &cutoff)?;
    let large = calls::as_array(context, &large)?;
    let options =
        Options { out: smallvec::smallvec![Some(s.clone())], where_: Some(large.clone()), ..Options::default() };
    calls::ufunc_with(context, "divide", [Value::int(1), Value::Array(s.clone())], &options)?;
    let small = calls::ufunc(context, "invert", [Value::Array(large)])?;
    let small = calls::as_array(context, &small)?;
    calls::set(context, &s, &[Index::Mask(small)], &Value::int(0))?;
    let column = calls::get(context, &s, &[Index::Ellipsis, Index::NewAxis])?;
    let scaled = calls::multiply(context, column, Value::Array(transposed(&u)?))?;
    let scaled = calls::as_array(context, &scaled)?;
    let product = crate::ufunc::matmul(&context.runtime, &transposed(&vt)?, &scaled, None)?;
    Ok(calls::outcome(product))
}

fn matrix_rank(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let (tol, rtol) = (arguments.some("tol").cloned(), arguments.some("rtol").cloned());
    if tol.is_some() && rtol.is_some() {
        return Err(value_error("`tol` and `rtol` can't be both set.").at_argument("rtol"));
    }
    let a = calls::array_argument(context, arguments, "A")?;
    if a.ndim() < 2 {
        let differs = calls::compare(context, CompareOp::NotEqual, &Value::Array(a), &Value::int(0))?;
        return Ok(Value::int(i64::from(calls::any_true(context, &differs)?)));
    }
    let s = match calls::flag(arguments, "hermitian")? {
        false => singular_values(context, &a)?,
        true => {
            let keywords = [("hermitian", Value::Bool(true)), ("compute_uv", Value::Bool(false))];
            calls::call_array(context, "np.linalg.svd", vec![Value::Array(a.clone())], keywords)?
        }
    };
    let tol = match tol {
        Some(tol) => with_axis(context, &tol, "tol")?,
        None => {
            let size = a.shape().iter().rev().take(2).copied().max().unwrap_or(0) as f64;
            let rtol = match rtol {
                Some(rtol) => with_axis(context, &rtol, "rtol")?,
                None => Value::Float(size * epsilon(s.dtype().ty())),
            };
            let most = largest(context, &s, true)?;
            calls::multiply(context, most, rtol)?
        }
    };
    let counts = calls::compare(context, CompareOp::Greater, &Value::Array(s), &tol)?;
    calls::call(context, "np.count_nonzero", vec![counts], [("axis", Value::int(-1))])
}

fn cond(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let x = calls::array_argument(context, arguments, "x")?;
    let p = arguments.get("p");
    if x.size() == 0 && x.shape().iter().rev().take(2).any(|&n| n == 0) {
        return Err(linalg_error("cond is not defined on empty arrays").at_argument("x"));
    }
    let order = if p.is_none() { Some(2.0) } else { as_f64(&p).ok() };
    let ratio = match order {
        Some(order) if order == 2.0 || order == -2.0 => {
            let s = singular_values(context, &x).map_err(|e| e.at_argument("x"))?;
            let first = calls::get(context, &s, &[Index::Ellipsis, Index::Int(0)])?;
            let last = calls::get(context, &s, &[Index::Ellipsis, Index::Int(-1)])?;
            let (a, b) = if order < 0.0 { (last, first) } else { (first, last) };
            calls::quietly(context, |context| calls::divide(context, a, b))?
        }
        _ => {
            require_square(&x)?;
            let keywords = || [("axis", Value::ints([-2isize, -1]))];
            let positional = |array: &ArrayRef| vec![Value::Array(array.clone()), p.clone()];
            let first = calls::call(context, "np.linalg.norm", positional(&x), keywords())?;
            let inverse = super::matrices::inverse_or_nan(context, &x)?;
            let second = calls::call(context, "np.linalg.norm", positional(&inverse), keywords())?;
            calls::multiply(context, first, second)?
        }
    };
    if let Value::Scalar(number) = &ratio
        && !number.as_f64().is_nan()
    {
        return Ok(ratio);
    }
    // what is no number is infinite, unless the matrix has what is no number
    let nans = calls::ufunc(context, "isnan", [ratio.clone()])?;
    if calls::is_planning(context) || !calls::any_true(context, &nans)? {
        return Ok(calls::unwrapped(ratio));
    }
    let given = calls::ufunc(context, "isnan", [Value::Array(x.clone())])?;
    let given = calls::call(context, "np.any", vec![given], [("axis", Value::ints([-2isize, -1]))])?;
    let numbers = calls::ufunc(context, "logical_not", [nans])?;
    let keeps = calls::ufunc(context, "logical_or", [numbers, given])?;
    let choice = vec![keeps, ratio, Value::Float(f64::INFINITY)];
    let chosen = calls::call(context, "np.where", choice, [])?;
    Ok(calls::unwrapped(chosen))
}

fn tensorsolve(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let mut a = calls::array_argument(context, arguments, "a")?;
    let b = calls::array_argument(context, arguments, "b")?;
    let ndim = a.ndim();
    if let Some(axes) = arguments.some("axes").cloned() {
        let mut all: Vec<isize> = (0..ndim as isize).collect();
        for axis in iterate(&axes).map_err(|e| e.at_argument("axes"))? {
            let axis = as_index(&axis?).map_err(|e| e.at_argument("axes"))?;
            let place = all.iter().position(|&known| known == axis);
            let place = place.ok_or_else(|| value_error("list.remove(x): x not in list").at_argument("axes"))?;
            all.remove(place);
            all.push(axis);
        }
        let order: Vec<usize> = all.iter().map(|&axis| axis as usize).collect();
        let turned = crate::array::layout::transpose::permute(&a.layout(), &order);
        a = calls::view(&a, turned);
    }
    let shape = a.shape();
    let kept = ndim.saturating_sub(b.ndim());
    // a slice from -0 on is all of it
    let old: Vec<isize> = shape[if kept == 0 { 0 } else { ndim - kept }..].iter().map(|&n| n as isize).collect();
    let product: isize = old.iter().product();
    if a.size() as isize != product.saturating_mul(product) {
        return Err(linalg_error(
            "Input arrays must satisfy the requirement             prod(a.shape[b.ndim:]) == prod(a.shape[:b.ndim])",
        )
        .at_argument("a"));
    }
    let a = calls::reshape(context, &a, &[product, product])?;
    let b = calls::reshape(context, &b, &[-1])?;
    let x = calls::call_array(context, "np.linalg.solve", vec![Value::Array(a), Value::Array(b)], [])?;
    calls::reshape(context, &x, &old).map(Value::Array)
}

fn tensorinv(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let a = calls::array_argument(context, arguments, "a")?;
    let ind = as_index(&arguments.get("ind")).map_err(|e| e.at_argument("ind"))?;
    if ind <= 0 {
        return Err(value_error("Invalid ind argument.").at_argument("ind"));
    }
    let shape: Vec<isize> = a.shape().iter().map(|&n| n as isize).collect();
    let at = (ind as usize).min(shape.len());
    let (head, tail) = shape.split_at(at);
    let product: isize = tail.iter().product();
    let a = calls::reshape(context, &a, &[product, -1])?;
    let inverse = calls::call_array(context, "np.linalg.inv", vec![Value::Array(a)], [])?;
    let shape: Vec<isize> = tail.iter().chain(head).copied().collect();
    calls::reshape(context, &inverse, &shape).map(Value::Array)
}
