//! Roots and coefficients: `np.roots`, `np.poly`.

use super::super::calls;
use crate::array::{ArrayRef, Scalar, Type};
use crate::error::{Result, value_error};
use crate::registry::{Context, Function, MemoryRule, Run, Section};
use crate::value::{Value, entry};
use num_complex::Complex64;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.roots",
        signature: "(p)",
        method: None,
        summary: "The roots of a polynomial: the eigenvalues of its companion matrix.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.roots([1, -3, 2])
array([2., 1.])
>>> np.roots([1, 0, 1])
array([-0.+1.j,  0.-1.j])
",
        see_also: &["np.poly", "np.poly1d"],
        run: Run::Call(|context, arguments| roots_of(context, &arguments.get("p"))),
    },
    Function {
        name: "np.poly",
        signature: "(seq_of_zeros)",
        method: None,
        summary: "The coefficients of the polynomial with these roots, or of the characteristic one of a matrix.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.poly([1, 2])
array([ 1., -3.,  2.])
>>> np.poly([[0, 1], [-2, -3]])
array([1., 3., 2.])
",
        see_also: &["np.roots"],
        run: Run::Call(|context, arguments| coefficients_of(context, &arguments.get("seq_of_zeros"))),
    },
];

/// `np.roots` of coefficients.
///
/// # Errors
/// `ValueError: Input must be a rank-1 array.`
pub fn roots_of(context: &mut Context, p: &Value) -> Result<Value> {
    let p = calls::call_array(context, "np.atleast_1d", vec![p.clone()], []).map_err(|e| e.at_argument("p"))?;
    if p.ndim() != 1 {
        return Err(value_error("Input must be a rank-1 array.").at_argument("p"));
    }
    let none = |context: &mut Context| calls::empty(context, Type::Float64, &[0]);
    let places: Vec<usize> = match p.buffer_ref().is_planned() {
        true => (0..p.size()).collect(),
        false => calls::elements(&p).enumerate().filter(|(_, c)| c.is_true()).map(|(i, _)| i).collect(),
    };
    let (Some(&first), Some(&last)) = (places.first(), places.last()) else {
        return none(context).map(Value::Array);
    };
    let trailing = p.size() - last - 1;
    let mut p = calls::get_array(context, &p, &[calls::slice(first as isize, last as isize + 1)])?;
    if !p.dtype().ty().is_inexact() {
        p = calls::astype(context, &p, Type::Float64, true)?;
    }
    let roots = if p.size() > 1 {
        let companion = companion(context, &p)?;
        calls::call_array(context, "np.linalg.eigvals", vec![Value::Array(companion)], [])?
    } else {
        none(context)?
    };
    let zeros = calls::empty(context, roots.dtype().ty(), &[trailing])?;
    let all = Value::tuple([Value::Array(roots), Value::Array(zeros)]);
    calls::call(context, "np.hstack", vec![all], [])
}

/// The companion matrix: ones below the diagonal, the coefficients in the first row.
fn companion(context: &mut Context, p: &ArrayRef) -> Result<ArrayRef> {
    let dtype = Value::dtype(p.dtype());
    let ones = calls::call(context, "np.ones", vec![Value::int(p.size() - 2)], [("dtype", dtype)])?;
    let matrix = calls::call_array(context, "np.diag", vec![ones, Value::int(-1)], [])?;
    let rest = calls::get(context, p, &[calls::slice(1, None)])?;
    let rest = calls::negative(context, rest)?;
    let row = calls::divide(context, rest, entry(p, 0))?;
    calls::set(context, &matrix, &[crate::array::index::Index::Int(0), calls::slice(None, None)], &row)?;
    Ok(matrix)
}

/// `np.poly` of roots or of a matrix.
///
/// # Errors
/// `ValueError: input must be 1d or non-empty square 2d array.`
pub fn coefficients_of(context: &mut Context, zeros: &Value) -> Result<Value> {
    let zeros = calls::call_array(context, "np.atleast_1d", vec![zeros.clone()], [])
        .map_err(|e| e.at_argument("seq_of_zeros"))?;
    let zeros = match zeros.shape()[..] {
        [n, m] if n == m && n != 0 => calls::call_array(context, "np.linalg.eigvals", vec![Value::Array(zeros)], [])?,
        [_] => {
            let ty = zeros.dtype().ty();
            let kept = matches!(ty, Type::Float32 | Type::Float64 | Type::Complex64 | Type::Complex128);
            calls::astype(context, &zeros, if kept { ty } else { Type::Float64 }, true)?
        }
        _ => {
            let message = "input must be 1d or non-empty square 2d array.";
            return Err(value_error(message).at_argument("seq_of_zeros"));
        }
    };
    if zeros.size() == 0 {
        return Ok(Value::Float(1.0));
    }
    let ty = zeros.dtype().ty();
    let dtype = || Value::dtype(ty);
    let mut a = calls::call(context, "np.ones", vec![Value::ints([1])], [("dtype", dtype())])?;
    for i in 0..zeros.size() {
        crate::interrupt::check()?;
        let negative = calls::negative(context, entry(&zeros, i))?;
        let pair = Value::list([Value::int(1), negative]);
        let pair = calls::call(context, "np.array", vec![pair], [("dtype", dtype())])?;
        a = calls::call(context, "np.convolve", vec![a, pair], [("mode", Value::str("full"))])?;
    }
    if ty.is_complex() && is_conjugate(&zeros) {
        let real = calls::attribute(context, &a, "real")?;
        let real = calls::as_array(context, &real)?;
        return crate::array::copy::copy(&context.runtime, &real, crate::array::Order::C).map(Value::Array);
    }
    Ok(a)
}

/// Whether the conjugates of the roots are the roots.
fn is_conjugate(zeros: &ArrayRef) -> bool {
    // zeros of both signs are equal here
    let place = |x: f64| x + 0.0;
    let order =
        |a: &Complex64, b: &Complex64| place(a.re).total_cmp(&place(b.re)).then(place(a.im).total_cmp(&place(b.im)));
    let sorted = |of: fn(Scalar) -> Complex64| {
        let mut all: Vec<Complex64> = calls::elements(zeros).map(of).collect();
        all.sort_by(order);
        all
    };
    sorted(|z| z.as_complex()) == sorted(|z| z.as_complex().conj())
}
