//! Factorisations: `qr`, `cholesky`, `svd`, `eig`, `eigh` and the values alone.

use super::super::calls;
use super::super::named_tuple::NamedTuple;
use super::matrices::{common_type, linalg_error, require_square, result};
use crate::array::{ArrayRef, Scalar, Type};
use crate::error::{ErrorClass, Result, value_error};
use crate::matrix::{self, Matrix, Number};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Class, Value, as_str, classes};
use num_complex::Complex64;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

macro_rules! result_class {
    ($id:ident, $name:literal) => {
        static $id: Class = Class {
            name: $name,
            module: "numpy.linalg._linalg",
            bases: &[&classes::TUPLE],
            scalar: None,
            constructor: "",
        };
    };
}
result_class!(EIG, "EigResult");
result_class!(EIGH, "EighResult");
result_class!(QR, "QRResult");
result_class!(SVD, "SVDResult");

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.linalg.qr",
        signature: "(a, mode='reduced')",
        method: None,
        summary: "A matrix as the product of one with orthonormal columns and an upper triangular one.",
        memory: MemoryRule::New,
        notes: "By reflections, as LAPACK makes them.",
        example: r"
>>> Q, R = np.linalg.qr([[3., 4.], [4., 3.]])
>>> R
array([[-5. , -4.8],
       [ 0. , -1.4]])
>>> np.allclose(Q @ R, [[3, 4], [4, 3]])
True
",
        see_also: &["np.linalg.svd", "np.linalg.cholesky"],
        run: Run::Call(qr),
    },
    Function {
        name: "np.linalg.cholesky",
        signature: "(a, /, *, upper=False)",
        method: None,
        summary: "The lower triangular L for which `L @ L.T.conj()` is the matrix.",
        memory: MemoryRule::New,
        notes: "Only one triangle of the matrix is looked at.",
        example: r"
>>> np.linalg.cholesky([[4., 2.], [2., 5.]])
array([[2., 0.],
       [1., 2.]])
>>> np.linalg.cholesky([[1., 2.], [2., 1.]])
numpy.linalg.LinAlgError: Matrix is not positive definite
",
        see_also: &["np.linalg.qr"],
        run: Run::Call(cholesky),
    },
    Function {
        name: "np.linalg.svd",
        signature: "(a, full_matrices=True, compute_uv=True, hermitian=False)",
        method: None,
        summary: "The singular value decomposition: `(U * S) @ Vh` is the matrix.",
        memory: MemoryRule::New,
        notes: "With `full_matrices=False` U and Vh are no larger than they need be.",
        example: r"
>>> U, S, Vh = np.linalg.svd([[3., 0.], [0., -2.]])
>>> S
array([3., 2.])
>>> np.allclose((U * S) @ Vh, [[3, 0], [0, -2]])
True
",
        see_also: &["np.linalg.svdvals", "np.linalg.eigh"],
        run: Run::Call(svd),
    },
    Function {
        name: "np.linalg.svdvals",
        signature: "(x, /)",
        method: None,
        summary: "The singular values alone, the largest first.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.linalg.svdvals([[3., 0.], [0., -2.]])
array([3., 2.])
",
        see_also: &["np.linalg.svd"],
        run: Run::Call(|context, arguments| {
            let x = calls::array_argument(context, arguments, "x")?;
            singular_values(context, &x).map(Value::Array)
        }),
    },
    Function {
        name: "np.linalg.eig",
        signature: "(a)",
        method: None,
        summary: "The eigenvalues of a square matrix, and its eigenvectors as columns.",
        memory: MemoryRule::New,
        notes: "Where all of a real matrix are real, they are views of the real parts of complex arrays.",
        example: r"
>>> np.linalg.eig(np.diag((1, 2, 3)))
EigResult(eigenvalues=array([1., 2., 3.]), eigenvectors=array([[1., 0., 0.],
       [0., 1., 0.],
       [0., 0., 1.]]))
>>> np.linalg.eig([[1, -1], [1, 1]]).eigenvalues
array([1.+1.j, 1.-1.j])
",
        see_also: &["np.linalg.eigh", "np.linalg.eigvals"],
        run: Run::Call(eig),
    },
    Function {
        name: "np.linalg.eigvals",
        signature: "(a)",
        method: None,
        summary: "The eigenvalues of a square matrix.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.linalg.eigvals([[2, 0], [0, -3]])
array([ 2., -3.])
",
        see_also: &["np.linalg.eig", "np.linalg.eigvalsh"],
        run: Run::Call(eigvals),
    },
    Function {
        name: "np.linalg.eigh",
        signature: "(a, UPLO='L')",
        method: None,
        summary: "The eigenvalues of a symmetric or Hermitian matrix in ascending order, and its eigenvectors.",
        memory: MemoryRule::New,
        notes: "Only the triangle that `UPLO` names is looked at.",
        example: r"
>>> values, vectors = np.linalg.eigh([[2., 1.], [1., 2.]])
>>> values
array([1., 3.])
>>> np.allclose(vectors @ vectors.T, np.eye(2))
True
",
        see_also: &["np.linalg.eig", "np.linalg.eigvalsh"],
        run: Run::Call(eigh),
    },
    Function {
        name: "np.linalg.eigvalsh",
        signature: "(a, UPLO='L')",
        method: None,
        summary: "The eigenvalues of a symmetric or Hermitian matrix in ascending order.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.linalg.eigvalsh([[2., 1.], [1., 2.]])
array([1., 3.])
",
        see_also: &["np.linalg.eigh"],
        run: Run::Call(eigvalsh),
    },
];

/// Refuses what is no stack of matrices (`_assert_stacked_2d`).
fn require_matrices(array: &ArrayRef, name: &str) -> Result<(usize, usize)> {
    match array.shape()[..] {
        [.., m, n] => Ok((m, n)),
        ref few => {
            let n = few.len();
            let message = format!("{n}-dimensional array given. Array must be at least two-dimensional");
            Err(linalg_error(message).at_argument(name))
        }
    }
}

/// The matrices of a stack, each of `rows` by `columns`; none where it is only planned.
pub fn matrices<T: Number>(array: &ArrayRef, rows: usize, columns: usize) -> Vec<Matrix<T>> {
    let elements: Vec<T> = calls::elements(array).map(|element| T::from_complex(element.as_complex())).collect();
    if array.buffer_ref().is_planned() {
        return Vec::new();
    }
    let stacked: usize = array.shape()[..array.ndim() - 2].iter().product();
    let size = rows * columns;
    (0..stacked).map(|i| Matrix::new(rows, columns, elements[i * size..(i + 1) * size].to_vec())).collect()
}

/// The shape of the stack, and these axes behind it.
fn stacked(array: &ArrayRef, axes: &[usize]) -> Vec<usize> {
    let shape = array.shape();
    shape[..shape.len() - 2].iter().chain(axes).copied().collect()
}

/// The elements of matrices one after the other, for a result.
fn wide<T: Number>(matrices: Vec<Matrix<T>>) -> impl Iterator<Item = Complex64> {
    matrices.into_iter().flat_map(|matrix| matrix.elements).map(Number::complex)
}

fn real(values: Vec<Vec<f64>>) -> impl Iterator<Item = Complex64> {
    values.into_iter().flatten().map(|x| Complex64::new(x, 0.0))
}

fn named(class: &'static Class, names: &'static [&'static str], items: Vec<ArrayRef>) -> Value {
    Value::object(NamedTuple::new(class, names, items.into_iter().map(Value::Array).collect()))
}

fn qr(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let mode = arguments.get("mode");
    let mode = match &mode {
        Value::Str(mode) => match &**mode {
            "reduced" | "complete" | "r" | "raw" => mode.to_string(),
            "f" | "full" => {
                let message = "The 'full' option is deprecated in favor of 'reduced'.\nFor backward compatibility let mode default.";
                context.runtime.warn(ErrorClass::DeprecationWarning, message);
                "reduced".into()
            }
            "e" | "economic" => {
                context.runtime.warn(ErrorClass::DeprecationWarning, "The 'economic' option is deprecated.");
                "economic".into()
            }
            other => return Err(value_error(format!("Unrecognized mode '{other}'")).at_argument("mode")),
        },
        other => {
            let shown = crate::value::str(other, &context.print_options);
            return Err(value_error(format!("Unrecognized mode '{shown}'")).at_argument("mode"));
        }
    };
    let a = calls::array_argument(context, arguments, "a")?;
    let (m, n) = require_matrices(&a, "a")?;
    let types = common_type(&[&a])?;
    if types.0.is_complex() {
        qr_of::<Complex64>(context, &a, (m, n), types, &mode)
    } else {
        qr_of::<f64>(context, &a, (m, n), types, &mode)
    }
}

fn qr_of<T: Number>(
    context: &mut Context,
    a: &ArrayRef,
    (m, n): (usize, usize),
    types: (Type, Type),
    mode: &str,
) -> Result<Value> {
    let few = m.min(n);
    let mut factors = Vec::new();
    for matrix in matrices::<T>(a, m, n) {
        crate::interrupt::check()?;
        factors.push(matrix::qr(matrix));
    }
    let columns = if mode == "complete" && m > n { m } else { few };
    match mode {
        "r" => {
            let r = factors.iter().map(|f| f.r(few)).collect();
            result(context, types, &stacked(a, &[few, n]), wide::<T>(r)).map(Value::Array)
        }
        "raw" => {
            let packed = factors.iter().map(|f| f.packed.adjoint()).map(|mut h| {
                h.elements.iter_mut().for_each(|x| *x = x.conj());
                h
            });
            let packed = packed.collect();
            let h = result(context, types, &stacked(a, &[n, m]), wide::<T>(packed))?;
            let taus = factors.iter().flat_map(|f| f.taus.clone()).map(Number::complex).collect::<Vec<_>>();
            let taus = result(context, types, &stacked(a, &[few]), taus.into_iter())?;
            Ok(Value::tuple([Value::Array(h), Value::Array(taus)]))
        }
        "economic" => {
            let packed = factors.into_iter().map(|f| f.packed).collect();
            result(context, types, &stacked(a, &[m, n]), wide::<T>(packed)).map(Value::Array)
        }
        _ => {
            let q = factors.iter().map(|f| f.q(columns)).collect();
            let r = factors.iter().map(|f| f.r(columns)).collect();
            let q = result(context, types, &stacked(a, &[m, columns]), wide::<T>(q))?;
            let r = result(context, types, &stacked(a, &[columns, n]), wide::<T>(r))?;
            Ok(named(&QR, &["Q", "R"], vec![q, r]))
        }
    }
}

fn cholesky(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let upper = calls::flag(arguments, "upper")?;
    let a = calls::array_argument(context, arguments, "a")?;
    let n = require_square(&a)?;
    let types = common_type(&[&a])?;
    fn each<T: Number>(a: &ArrayRef, n: usize, upper: bool) -> Result<Vec<Complex64>> {
        let mut elements = Vec::new();
        for matrix in matrices::<T>(a, n, n) {
            crate::interrupt::check()?;
            let factor = matrix::cholesky(&matrix, upper);
            let factor = factor.ok_or_else(|| linalg_error("Matrix is not positive definite").at_argument("a"))?;
            elements.extend(factor.elements.into_iter().map(Number::complex));
        }
        Ok(elements)
    }
    let elements = if types.0.is_complex() { each::<Complex64>(&a, n, upper)? } else { each::<f64>(&a, n, upper)? };
    result(context, types, &a.shape(), elements.into_iter()).map(Value::Array)
}

fn svd(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let a = calls::array_argument(context, arguments, "a")?;
    let full = calls::flag(arguments, "full_matrices")?;
    let computes_vectors = calls::flag(arguments, "compute_uv")?;
    if calls::flag(arguments, "hermitian")? {
        return hermitian_svd(context, &a, computes_vectors);
    }
    if !computes_vectors {
        return singular_values(context, &a).map(Value::Array);
    }
    let parts = svd_parts(context, &a, full)?;
    Ok(named(&SVD, &["U", "S", "Vh"], parts))
}

/// U, S and Vh of each matrix of a stack.
///
/// # Errors
/// `LinAlgError` for fewer than two axes, and where it does not converge.
pub fn svd_parts(context: &mut Context, a: &ArrayRef, full: bool) -> Result<Vec<ArrayRef>> {
    fn each<T: Number>(a: &ArrayRef, m: usize, n: usize, full: bool) -> Result<[Vec<Complex64>; 3]> {
        let (mut u, mut s, mut vh) = (Vec::new(), Vec::new(), Vec::new());
        for matrix in matrices::<T>(a, m, n) {
            crate::interrupt::check()?;
            let parts = decomposed(&matrix, full)?;
            u.extend(parts.u.elements.into_iter().map(Number::complex));
            s.extend(parts.s.into_iter().map(|x| Complex64::new(x, 0.0)));
            vh.extend(parts.vh.elements.into_iter().map(Number::complex));
        }
        Ok([u, s, vh])
    }
    let (m, n) = require_matrices(a, "a")?;
    let types = common_type(&[a])?;
    let few = m.min(n);
    let (rows, columns) = if full { (m, n) } else { (few, few) };
    let [u, s, vh] = if types.0.is_complex() { each::<Complex64>(a, m, n, full)? } else { each::<f64>(a, m, n, full)? };
    let u = result(context, types, &stacked(a, &[m, rows]), u.into_iter())?;
    let s = result(context, (Type::Float64, types.1.part()), &stacked(a, &[few]), s.into_iter())?;
    let vh = result(context, types, &stacked(a, &[columns, n]), vh.into_iter())?;
    Ok(vec![u, s, vh])
}

/// The decomposition of one matrix; of one that has what is no number, no number.
///
/// # Errors
/// `LinAlgError: SVD did not converge`.
pub fn decomposed<T: Number>(matrix: &Matrix<T>, full: bool) -> Result<matrix::Svd<T>> {
    let is_finite = matrix.elements.iter().all(|x| x.re().is_finite() && x.im().is_finite());
    let failed = || linalg_error("SVD did not converge").at_argument("a");
    if !is_finite {
        return Err(failed());
    }
    matrix::svd(matrix, full).ok_or_else(failed)
}

/// The singular values of each matrix of a stack.
///
/// # Errors
/// As [`svd_parts`].
pub fn singular_values(context: &mut Context, a: &ArrayRef) -> Result<ArrayRef> {
    fn each<T: Number>(a: &ArrayRef, m: usize, n: usize) -> Result<Vec<Vec<f64>>> {
        let mut values = Vec::new();
        for matrix in matrices::<T>(a, m, n) {
            crate::interrupt::check()?;
            values.push(decomposed(&matrix, false)?.s);
        }
        Ok(values)
    }
    let (m, n) = require_matrices(a, "a")?;
    let types = common_type(&[a])?;
    let values = if types.0.is_complex() { each::<Complex64>(a, m, n)? } else { each::<f64>(a, m, n)? };
    result(context, (Type::Float64, types.1.part()), &stacked(a, &[m.min(n)]), real(values))
}

/// The decomposition of symmetric matrices through their eigenvalues.
fn hermitian_svd(context: &mut Context, a: &ArrayRef, computes_vectors: bool) -> Result<Value> {
    fn each<T: Number>(a: &ArrayRef, n: usize) -> Result<[Vec<Complex64>; 3]> {
        let (mut u, mut s, mut vh) = (Vec::new(), Vec::new(), Vec::new());
        for matrix in matrices::<T>(a, n, n) {
            crate::interrupt::check()?;
            let (values, vectors) = symmetric(&matrix, false)?;
            let mut order: Vec<usize> = (0..n).collect();
            order.sort_by(|&i, &j| values[i].abs().total_cmp(&values[j].abs()));
            order.reverse();
            let at = |i: usize, j: usize| vectors[(i, order[j])].complex();
            u.extend((0..n * n).map(|k| at(k / n, k % n)));
            s.extend(order.iter().map(|&i| Complex64::new(values[i].abs(), 0.0)));
            vh.extend((0..n * n).map(|k| (at(k % n, k / n) * 1f64.copysign(values[order[k / n]])).conj()));
        }
        Ok([u, s, vh])
    }
    let n = require_square(a)?;
    let types = common_type(&[a])?;
    let [u, s, vh] = if types.0.is_complex() { each::<Complex64>(a, n)? } else { each::<f64>(a, n)? };
    let s = result(context, (Type::Float64, types.1.part()), &stacked(a, &[n]), s.into_iter())?;
    if !computes_vectors {
        return Ok(Value::Array(s));
    }
    let u = result(context, types, &stacked(a, &[n, n]), u.into_iter())?;
    let vh = result(context, types, &stacked(a, &[n, n]), vh.into_iter())?;
    Ok(named(&SVD, &["U", "S", "Vh"], vec![u, s, vh]))
}

/// The eigenvalues and eigenvectors of one symmetric matrix.
fn symmetric<T: Number>(matrix: &Matrix<T>, upper: bool) -> Result<(Vec<f64>, Matrix<T>)> {
    let is_finite = matrix.elements.iter().all(|x| x.re().is_finite() && x.im().is_finite());
    let failed = || linalg_error("Eigenvalues did not converge").at_argument("a");
    if !is_finite {
        return Err(failed());
    }
    matrix::symmetric(matrix, upper).ok_or_else(failed)
}

/// `UPLO=`: whether the upper triangle is looked at.
fn triangle(arguments: &Arguments) -> Result<bool> {
    let name = arguments.get("UPLO");
    match as_str(&name, "UPLO")?.to_ascii_uppercase().as_str() {
        "L" => Ok(false),
        "U" => Ok(true),
        _ => Err(value_error("UPLO argument must be 'L' or 'U'").at_argument("UPLO")),
    }
}

fn eigh_parts(context: &mut Context, arguments: &Arguments) -> Result<[ArrayRef; 2]> {
    type Parts<T> = (Vec<Vec<f64>>, Vec<Matrix<T>>);
    fn each<T: Number>(a: &ArrayRef, n: usize, upper: bool) -> Result<Parts<T>> {
        let (mut values, mut vectors) = (Vec::new(), Vec::new());
        for matrix in matrices::<T>(a, n, n) {
            crate::interrupt::check()?;
            let (of, with) = symmetric(&matrix, upper)?;
            values.push(of);
            vectors.push(with);
        }
        Ok((values, vectors))
    }
    let upper = triangle(arguments)?;
    let a = calls::array_argument(context, arguments, "a")?;
    let n = require_square(&a)?;
    let types = common_type(&[&a])?;
    let shape = stacked(&a, &[n]);
    let reals = (Type::Float64, types.1.part());
    if types.0.is_complex() {
        let (values, vectors) = each::<Complex64>(&a, n, upper)?;
        let values = result(context, reals, &shape, real(values))?;
        return Ok([values, result(context, types, &a.shape(), wide(vectors))?]);
    }
    let (values, vectors) = each::<f64>(&a, n, upper)?;
    let values = result(context, reals, &shape, real(values))?;
    Ok([values, result(context, types, &a.shape(), wide(vectors))?])
}

fn eigh(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let parts = eigh_parts(context, arguments)?;
    Ok(named(&EIGH, &["eigenvalues", "eigenvectors"], parts.to_vec()))
}

fn eigvalsh(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let upper = triangle(arguments)?;
    let a = calls::array_argument(context, arguments, "a")?;
    let n = require_square(&a)?;
    let types = common_type(&[&a])?;
    let mut values = Vec::new();
    if types.0.is_complex() {
        for matrix in matrices::<Complex64>(&a, n, n) {
            values.push(symmetric(&matrix, upper)?.0);
        }
    } else {
        for matrix in matrices::<f64>(&a, n, n) {
            values.push(symmetric(&matrix, upper)?.0);
        }
    }
    result(context, (Type::Float64, types.1.part()), &stacked(&a, &[n]), real(values)).map(Value::Array)
}

/// The eigenvalues of each matrix, and its eigenvectors where they are wanted; real where all are.
fn eig_parts(context: &mut Context, a: &ArrayRef, wants_vectors: bool) -> Result<Vec<ArrayRef>> {
    let n = require_square(a)?;
    if calls::elements(a).any(|x| !(x.as_complex().re.is_finite() && x.as_complex().im.is_finite())) {
        return Err(linalg_error("Array must not contain infs or NaNs").at_argument("a"));
    }
    let types = common_type(&[a])?;
    let failed = || linalg_error("Eigenvalues did not converge").at_argument("a");
    let (mut values, mut vectors) = (Vec::new(), Vec::new());
    for matrix in matrices::<Complex64>(a, n, n) {
        crate::interrupt::check()?;
        let (of, with) = matrix::eigen(&matrix, !types.0.is_complex()).ok_or_else(failed)?;
        values.extend(of);
        vectors.push(with);
    }
    let is_real = !types.0.is_complex()
        && match calls::is_planning(context) {
            true => !Scalar::guess(&context.runtime.ledger, Type::Bool).is_true(),
            false => values.iter().all(|value| value.im == 0.0),
        };
    let complex = (Type::Complex128, Type::Complex128);
    let mut parts = vec![result(context, complex, &stacked(a, &[n]), values.into_iter())?];
    if wants_vectors {
        parts.push(result(context, complex, &a.shape(), wide(vectors))?);
    }
    let wanted = match types.1.part() {
        real if is_real => real,
        Type::Float32 => Type::Complex64,
        _ => Type::Complex128,
    };
    let mut finished = Vec::new();
    for part in parts {
        let part = match is_real {
            true => {
                let real = calls::attribute(context, &Value::Array(part), "real")?;
                calls::as_array(context, &real)?
            }
            false => part,
        };
        finished.push(calls::astype(context, &part, wanted, false)?);
    }
    Ok(finished)
}

fn eig(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let a = calls::array_argument(context, arguments, "a")?;
    let parts = eig_parts(context, &a, true)?;
    Ok(named(&EIG, &["eigenvalues", "eigenvectors"], parts))
}

fn eigvals(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let a = calls::array_argument(context, arguments, "a")?;
    let values = eig_parts(context, &a, false)?.into_iter().next();
    Ok(values.map_or(Value::None, Value::Array))
}
