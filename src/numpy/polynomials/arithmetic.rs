//! Arithmetic of polynomials as arrays of coefficients: `polyadd`, `polyval`, `polyder` and their kin.

use super::super::calls;
use super::poly1d::{Poly1d, is_polynomial};
use crate::array::index::Index;
use crate::array::{ArrayRef, Type};
use crate::error::{Result, value_error};
use crate::registry::{Context, Function, MemoryRule, Run, Section};
use crate::value::{Value, as_index, entry};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.polyval",
        signature: "(p, x)",
        method: None,
        summary: "The value of a polynomial at x, by Horner's rule.",
        memory: MemoryRule::New,
        notes: "`p` are coefficients, the highest power first. Each power makes temporaries as large as x.",
        example: r"
>>> np.polyval([3, 0, 1], 5)
np.int64(76)
>>> np.polyval([1, 2], np.array([0, 1, 2]))
array([2, 3, 4])
",
        see_also: &["np.poly1d", "np.polyfit"],
        run: Run::Call(|context, arguments| {
            let (p, x) = (arguments.get("p"), arguments.get("x"));
            value_at(context, &p, &x)
        }),
    },
    Function {
        name: "np.polyadd",
        signature: "(a1, a2)",
        method: None,
        summary: "The sum of two polynomials.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.polyadd([1, 2], [9, 5, 4])
array([9, 6, 6])
",
        see_also: &["np.polysub", "np.polymul"],
        run: Run::Call(|context, arguments| added(context, &arguments.get("a1"), &arguments.get("a2"))),
    },
    Function {
        name: "np.polysub",
        signature: "(a1, a2)",
        method: None,
        summary: "The difference of two polynomials.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.polysub([2, 10, -2], [3, 10, -4])
array([-1,  0,  2])
",
        see_also: &["np.polyadd"],
        run: Run::Call(|context, arguments| subtracted(context, &arguments.get("a1"), &arguments.get("a2"))),
    },
    Function {
        name: "np.polymul",
        signature: "(a1, a2)",
        method: None,
        summary: "The product of two polynomials.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.polymul([1, 2, 3], [9, 5, 1])
array([ 9, 23, 38, 17,  3])
",
        see_also: &["np.polydiv", "np.convolve"],
        run: Run::Call(|context, arguments| multiplied(context, &arguments.get("a1"), &arguments.get("a2"))),
    },
    Function {
        name: "np.polydiv",
        signature: "(u, v)",
        method: None,
        summary: "The quotient of two polynomials and the remainder.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.polydiv([3.0, 5.0, 2.0], [2.0, 1.0])
(array([1.5 , 1.75]), array([0.25]))
",
        see_also: &["np.polymul"],
        run: Run::Call(|context, arguments| divided(context, &arguments.get("u"), &arguments.get("v"))),
    },
    Function {
        name: "np.polyder",
        signature: "(p, m=1)",
        method: None,
        summary: "The derivative of a polynomial, or a higher one.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.polyder([1, 1, 1, 1])
array([3, 2, 1])
>>> np.polyder(np.poly1d([1, 1, 1]), 2)
poly1d([2])
",
        see_also: &["np.polyint"],
        run: Run::Call(|context, arguments| {
            let p = arguments.get("p");
            let derived = derived(context, &p, &arguments.get("m"))?;
            as_given(context, &[&p], derived)
        }),
    },
    Function {
        name: "np.polyint",
        signature: "(p, m=1, k=None)",
        method: None,
        summary: "The antiderivative of a polynomial, with constants of integration.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.polyint([2, 2], k=3)
array([1., 2., 3.])
",
        see_also: &["np.polyder"],
        run: Run::Call(|context, arguments| {
            let p = arguments.get("p");
            let integrated = integrated(context, &p, &arguments.get("m"), &arguments.get("k"))?;
            as_given(context, &[&p], integrated)
        }),
    },
];

/// A polynomial where one of the operands was.
fn as_given(context: &mut Context, given: &[&Value], value: Value) -> Result<Value> {
    if given.iter().any(|value| is_polynomial(value)) { Poly1d::of(context, &value, None) } else { Ok(value) }
}

fn vector(context: &mut Context, value: &Value, name: &str) -> Result<ArrayRef> {
    calls::call_array(context, "np.atleast_1d", vec![value.clone()], []).map_err(|e| e.at_argument(name))
}

/// The length of the first axis.
fn length(array: &ArrayRef) -> usize {
    array.layout().shape.first().copied().unwrap_or(0)
}

/// The value of the polynomial with these coefficients at `x`.
///
/// # Errors
/// Those of the arithmetic.
pub fn value_at(context: &mut Context, p: &Value, x: &Value) -> Result<Value> {
    let p = calls::as_array(context, p).map_err(|e| e.at_argument("p"))?;
    if p.ndim() == 0 {
        return Err(crate::error::type_error("iteration over a 0-d array").at_argument("p"));
    }
    let (x, mut y) = if is_polynomial(x) {
        (x.clone(), Value::int(0))
    } else {
        let x = calls::as_array(context, x).map_err(|e| e.at_argument("x"))?;
        let zeros = calls::empty_like(context, &x, x.dtype().ty())?;
        (Value::Array(x), Value::Array(zeros))
    };
    for i in 0..length(&p) {
        crate::interrupt::check()?;
        let product = calls::multiply(context, y, x.clone())?;
        y = calls::add(context, product, entry(&p, i))?;
    }
    Ok(y)
}

/// Both arrays with zeros before the shorter one.
fn aligned(context: &mut Context, a1: &Value, a2: &Value) -> Result<[Value; 2]> {
    let (a, b) = (vector(context, a1, "a1")?, vector(context, a2, "a2")?);
    let (n, m) = (length(&a), length(&b));
    let mut longer = |array: ArrayRef, by: usize| -> Result<Value> {
        if by == 0 {
            return Ok(Value::Array(array));
        }
        let zeros = calls::empty(context, array.dtype().ty(), &[by])?;
        calls::concatenate(context, vec![Value::Array(zeros), Value::Array(array)], Some(0)).map(Value::Array)
    };
    Ok([longer(a, m.saturating_sub(n))?, longer(b, n.saturating_sub(m))?])
}

/// `np.polyadd`.
///
/// # Errors
/// Those of the arithmetic.
pub fn added(context: &mut Context, a1: &Value, a2: &Value) -> Result<Value> {
    let [a, b] = aligned(context, a1, a2)?;
    let sum = calls::add(context, a, b)?;
    as_given(context, &[a1, a2], sum)
}

/// `np.polysub`.
///
/// # Errors
/// Those of the arithmetic.
pub fn subtracted(context: &mut Context, a1: &Value, a2: &Value) -> Result<Value> {
    let [a, b] = aligned(context, a1, a2)?;
    let difference = calls::subtract(context, a, b)?;
    as_given(context, &[a1, a2], difference)
}

/// `np.polymul`.
///
/// # Errors
/// `ValueError` for what has several axes.
pub fn multiplied(context: &mut Context, a1: &Value, a2: &Value) -> Result<Value> {
    let a = Poly1d::of(context, a1, None).map_err(|e| e.at_argument("a1"))?;
    let b = Poly1d::of(context, a2, None).map_err(|e| e.at_argument("a2"))?;
    let product = calls::call(context, "np.convolve", vec![a, b], [])?;
    as_given(context, &[a1, a2], product)
}

/// `np.polydiv`: the quotient and the remainder.
///
/// # Errors
/// Those of the arithmetic.
pub fn divided(context: &mut Context, u: &Value, v: &Value) -> Result<Value> {
    let is_polynomial = is_polynomial(u) || is_polynomial(v);
    let mut float = |value: &Value, name: &str| -> Result<ArrayRef> {
        let array = vector(context, value, name)?;
        let sum = calls::add(context, Value::Array(array), Value::Float(0.0))?;
        calls::as_array(context, &sum)
    };
    let (u, v) = (float(u, "u")?, float(v, "v")?);
    if length(&u) == 0 || length(&v) == 0 {
        return Err(crate::error::index_error("index 0 is out of bounds for axis 0 with size 0"));
    }
    let w = calls::add(context, entry(&u, 0), entry(&v, 0))?;
    let ty = calls::type_of(&w);
    let (m, n) = (length(&u) - 1, length(&v) - 1);
    let scale = calls::divide(context, Value::Float(1.0), entry(&v, 0))?;
    let q = calls::empty(context, ty, &[(m + 1).saturating_sub(n).max(1)])?;
    let mut r = calls::astype(context, &u, ty, true)?;
    for k in 0..(m + 1).saturating_sub(n) {
        crate::interrupt::check()?;
        let head = calls::multiply(context, scale.clone(), entry(&r, k))?;
        calls::set(context, &q, &[Index::Int(k as isize)], &head)?;
        let part = calls::get_array(context, &r, &[calls::slice(k as isize, (k + n + 1) as isize)])?;
        let product = calls::multiply(context, head, Value::Array(v.clone()))?;
        calls::ufunc_into(
            context,
            "subtract",
            [Value::Array(part.clone()), product],
            &part,
            crate::array::cast::Casting::SameKind,
        )?;
    }
    while length(&r) > 1 {
        let tolerance = [("rtol", Value::Float(1e-14))];
        let near = calls::call(context, "np.allclose", vec![entry(&r, 0), Value::int(0)], tolerance)?;
        if !crate::value::is_true(&near)? {
            break;
        }
        r = calls::get_array(context, &r, &[calls::slice(1, None)])?;
    }
    let parts = [Value::Array(q), Value::Array(r)];
    if !is_polynomial {
        return Ok(Value::tuple(parts));
    }
    let [q, r] = parts;
    Ok(Value::tuple([Poly1d::of(context, &q, None)?, Poly1d::of(context, &r, None)?]))
}

/// `np.polyder` of coefficients.
///
/// # Errors
/// `ValueError: Order of derivative must be positive (see polyint)`.
pub fn derived(context: &mut Context, p: &Value, m: &Value) -> Result<Value> {
    let m = as_index(m).map_err(|e| e.at_argument("m"))?;
    if m < 0 {
        return Err(value_error("Order of derivative must be positive (see polyint)").at_argument("m"));
    }
    let mut p = calls::as_array(context, p).map_err(|e| e.at_argument("p"))?;
    for _ in 0..m {
        crate::interrupt::check()?;
        if length(&p) == 0 {
            break;
        }
        p = down(context, &p)?;
    }
    // one more is worked out for nothing
    if length(&p) > 0 {
        down(context, &p)?;
    }
    Ok(Value::Array(p))
}

/// One derivative.
fn down(context: &mut Context, p: &ArrayRef) -> Result<ArrayRef> {
    let n = length(p) - 1;
    let front = calls::get(context, p, &[calls::slice(None, -1)])?;
    let powers = calls::integers(context, (0..n).map(|i| (n - i) as i64))?;
    let product = calls::multiply(context, front, Value::Array(powers))?;
    calls::as_array(context, &product)
}

/// `np.polyint` of coefficients.
///
/// # Errors
/// `ValueError: Order of integral must be positive (see polyder)`, and for too few constants.
pub fn integrated(context: &mut Context, p: &Value, m: &Value, k: &Value) -> Result<Value> {
    let m = as_index(m).map_err(|e| e.at_argument("m"))?;
    let Ok(m) = usize::try_from(m) else {
        return Err(value_error("Order of integral must be positive (see polyder)").at_argument("m"));
    };
    let mut k = match k {
        Value::None => calls::empty(context, Type::Float64, &[m])?,
        k => vector(context, k, "k")?,
    };
    if length(&k) == 1 && m > 1 {
        let ones = calls::call(context, "np.ones", vec![Value::int(m)], [])?;
        let all = calls::multiply(context, entry(&k, 0), ones)?;
        k = calls::as_array(context, &all)?;
    }
    if length(&k) < m {
        let message = "k must be a scalar or a rank-1 array of length 1 or >m.";
        return Err(value_error(message).at_argument("k"));
    }
    let mut p = calls::as_array(context, p).map_err(|e| e.at_argument("p"))?;
    for i in 0..m {
        crate::interrupt::check()?;
        let n = length(&p);
        let powers = calls::integers(context, (0..n).map(|i| (n - i) as i64))?;
        let quotients = calls::divide(context, Value::Array(p), Value::Array(powers))?;
        p = calls::concatenate(context, vec![quotients, Value::list([entry(&k, i)])], Some(0))?;
    }
    Ok(Value::Array(p))
}
