//! Products of vectors and matrices: `dot`, `matmul` and their kin.

use super::super::calls;
use super::super::coercion::array_from;
use super::super::dtypes::as_dtype;
use crate::array::copy::ravel;
use crate::array::index::Index;
use crate::array::layout::Shape;
use crate::array::layout::transpose::{normalize_axis_index, swapaxes};
use crate::array::{ArrayRef, NdArray, Order};
use crate::error::{Error, Result, not_implemented_error, type_error, value_error};
use crate::numpy::objects;
use crate::registry::{Arguments, Context, Function, MemoryRule, Method, Reader, Run, Section};
use crate::ufunc::Options;
use crate::value::{Value, as_bool, as_index};
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.dot",
        signature: "(a, b, out=None)",
        method: Some(Method { name: "ndarray.dot", signature: "(b, out=None)", reader: Reader::NumPy }),
        summary: "The product of vectors or matrices: sums over the last axis of `a` and the last but one of `b`.",
        memory: MemoryRule::New,
        notes: "Operands of two dtypes are converted to their common one first, which makes a copy. For matrices `a @ b` \
                says the same.",
        example: r"
>>> np.dot([1, 2, 3], [4, 5, 6])
np.int64(32)
>>> np.array([[1, 2], [3, 4]]).dot([1, 1])
array([3, 7])
",
        see_also: &["np.matmul", "np.vdot", "np.inner", "np.einsum"],
        run: Run::Call(dot),
    },
    Function {
        name: "np.vdot",
        signature: "(a, b, /)",
        method: None,
        summary: "The product of two flattened arrays, the first one conjugated.",
        memory: MemoryRule::NoArray,
        notes: "An array that is not contiguous is copied to be flattened; a complex one is copied to be conjugated.",
        example: r"
>>> np.vdot([1 + 2j, 3], [1, 1])
np.complex128(4-2j)
",
        see_also: &["np.dot", "np.inner"],
        run: Run::Call(vdot),
    },
    Function {
        name: "np.inner",
        signature: "(a, b, /)",
        method: None,
        summary: "Sums of products over the last axes of both arrays.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.inner([1, 2], [3, 4])
np.int64(11)
>>> np.inner([[1, 2], [3, 4]], [1, 0])
array([1, 3])
",
        see_also: &["np.dot", "np.outer"],
        run: Run::Call(inner),
    },
    Function {
        name: "np.outer",
        signature: "(a, b, out=None)",
        method: None,
        summary: "Every element of one flattened array times every element of another.",
        memory: MemoryRule::New,
        notes: "The result is as large as both sizes multiplied: the outer product of two vectors of 8 kB takes 8 MB.",
        example: r"
>>> np.outer([1, 2, 3], [1, 10])
array([[ 1, 10],
       [ 2, 20],
       [ 3, 30]])
",
        see_also: &["np.inner", "np.kron", "np.multiply"],
        run: Run::Call(outer),
    },
    Function {
        name: "np.matmul",
        signature: "(x1, x2, /, out=None, *, axes=<no value>, axis=<no value>, keepdims=False, casting='same_kind', order='K', dtype=None, subok=True, signature=None)",
        method: None,
        summary: "The product of matrices: `a @ b`. Further axes are stacks of matrices.",
        memory: MemoryRule::New,
        notes: "A vector counts as one row on the left and one column on the right. Scalars are refused.",
        example: r"
>>> np.matmul([[1, 2], [3, 4]], [[1, 0], [0, 2]])
array([[1, 4],
       [3, 8]])
>>> np.matmul([1, 2], [3, 4])
np.int64(11)
",
        see_also: &["np.dot", "np.vecdot", "np.einsum"],
        run: Run::Ufunc("matmul"),
    },
    Function {
        name: "np.vecdot",
        signature: "(x1, x2, /, out=None, *, axes=<no value>, axis=<no value>, keepdims=False, casting='same_kind', order='K', dtype=None, subok=True, signature=None)",
        method: None,
        summary: "The products of the vectors in the last axes, the first ones conjugated.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.vecdot([[1, 2], [3, 4]], [10, 1])
array([12, 34])
",
        see_also: &["np.vdot", "np.matvec"],
        run: Run::Ufunc("vecdot"),
    },
    Function {
        name: "np.matvec",
        signature: "(x1, x2, /, out=None, *, axes=<no value>, axis=<no value>, keepdims=False, casting='same_kind', order='K', dtype=None, subok=True, signature=None)",
        method: None,
        summary: "Matrices times vectors.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.matvec([[1, 2], [3, 4]], [10, 1])
array([12, 34])
",
        see_also: &["np.matmul", "np.vecmat"],
        run: Run::Ufunc("matvec"),
    },
    Function {
        name: "np.vecmat",
        signature: "(x1, x2, /, out=None, *, axes=<no value>, axis=<no value>, keepdims=False, casting='same_kind', order='K', dtype=None, subok=True, signature=None)",
        method: None,
        summary: "Vectors, conjugated, times matrices.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.vecmat([10, 1], [[1, 2], [3, 4]])
array([13, 24])
",
        see_also: &["np.matmul", "np.matvec"],
        run: Run::Ufunc("vecmat"),
    },
];

fn dot(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let a = calls::array_argument(context, arguments, "a")?;
    let b = calls::array_argument(context, arguments, "b")?;
    let out = match arguments.some("out") {
        None => None,
        Some(Value::Array(out)) => Some(Rc::clone(out)),
        Some(_) => return Err(type_error("'out' must be an array").at_argument("out")),
    };
    objects::dot(context, &a, &b, out.as_ref()).map(|result| calls::unwrapped(calls::outcome(result)))
}

fn vdot(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let a = calls::array_argument(context, arguments, "a")?;
    let b = calls::array_argument(context, arguments, "b")?;
    let mut a = ravel(&context.runtime, &a)?;
    let b = ravel(&context.runtime, &b)?;
    if a.size() != b.size() {
        let message = format!("cannot reshape array of size {} into shape ({},)", b.size(), a.size());
        return Err(value_error(message).at_argument("b"));
    }
    if a.dtype().ty().is_complex() {
        let conjugate = calls::ufunc(context, "conjugate", [Value::Array(a)])?;
        a = calls::as_array(context, &conjugate)?;
    }
    objects::dot(context, &a, &b, None).map(calls::outcome)
}

/// `PyArray_InnerProduct`: the product with the last two axes of `b` turned.
fn inner(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let a = calls::array_argument(context, arguments, "a")?;
    let b = calls::array_argument(context, arguments, "b")?;
    if a.ndim() == 0 || b.ndim() == 0 {
        return calls::ufunc(context, "multiply", [Value::Array(a), Value::Array(b)]);
    }
    let b = if b.ndim() > 1 { calls::view(&b, swapaxes(&b.layout(), -1, -2)?) } else { b };
    objects::dot(context, &a, &b, None).map(calls::outcome)
}

fn outer(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let a = calls::array_argument(context, arguments, "a")?;
    let b = calls::array_argument(context, arguments, "b")?;
    let a = ravel(&context.runtime, &a)?;
    let b = ravel(&context.runtime, &b)?;
    let column = calls::get(context, &a, &[calls::slice(None, None), Index::NewAxis])?;
    let row = calls::get(context, &b, &[Index::NewAxis, calls::slice(None, None)])?;
    let out = calls::out_argument(arguments)?;
    let options = Options { out: out.into_iter().map(Some).collect(), ..Options::default() };
    calls::ufunc_with(context, "multiply", [column, row], &options)
}

/// How many axes of each operand a generalized ufunc works on, and how many its result has.
struct Core {
    signature: &'static str,
    first: usize,
    second: usize,
}

fn core(name: &str) -> Option<Core> {
    Some(match name {
        "matmul" => Core { signature: "(n?,k),(k,m?)->(n?,m?)", first: 1, second: 1 },
        "vecdot" => Core { signature: "(n),(n)->()", first: 1, second: 1 },
        "matvec" => Core { signature: "(m,n),(n)->(m)", first: 2, second: 1 },
        "vecmat" => Core { signature: "(n),(n,m)->(m)", first: 1, second: 2 },
        _ => return None,
    })
}

/// The signature of a generalized ufunc: which axes it works on; nothing where `name` is none.
pub fn generalized_signature(name: &str) -> Option<&'static str> {
    core(name).map(|core| core.signature)
}

/// Calls a generalized ufunc, which works on vectors and matrices, with Python's arguments; nothing where `name` is
/// none.
///
/// # Errors
/// NumPy's `ValueError` where the shapes do not fit; `TypeError` for the arguments.
pub fn call_generalized(
    context: &mut Context,
    name: &'static str,
    positional: &[Value],
    keywords: &[(Rc<str>, Value)],
) -> Option<Result<Value>> {
    let core = core(name)?;
    Some(generalized(context, name, &core, positional, keywords))
}

fn generalized(
    context: &mut Context,
    name: &'static str,
    core: &Core,
    positional: &[Value],
    keywords: &[(Rc<str>, Value)],
) -> Result<Value> {
    let [x1, x2, rest @ ..] = positional else {
        let given = positional.len();
        return Err(type_error(format!("{name}() takes from 2 to 3 positional arguments but {given} were given")));
    };
    if rest.len() > 1 {
        let given = positional.len();
        return Err(type_error(format!("{name}() takes from 2 to 3 positional arguments but {given} were given")));
    }
    let mut out = rest.first().cloned().unwrap_or(Value::None);
    let (mut dtype, mut axis, mut keepdims) = (None, None, false);
    for (keyword, value) in keywords {
        match &**keyword {
            "out" => {
                out = match value {
                    Value::Tuple(items) if items.len() == 1 => items[0].clone(),
                    other => other.clone(),
                }
            }
            "dtype" if value.is_none() => {}
            "dtype" => dtype = Some(as_dtype(context, value)?),
            "axis" => axis = Some(as_index(value).map_err(|e| e.at_argument("axis"))?),
            "keepdims" => keepdims = as_bool(value)?,
            "casting" | "order" | "subok" | "signature" => {}
            "axes" => return Err(not_implemented_error("ndsh has no axes= of products yet").at_argument("axes")),
            other => {
                return Err(
                    type_error(format!("{name}() got an unexpected keyword argument '{other}'")).at_argument(other)
                );
            }
        }
    }
    let out = match out {
        Value::None => None,
        Value::Array(out) => Some(out),
        _ => return Err(type_error("return arrays must be of ArrayType").at_argument("out")),
    };
    let mut operands = Vec::with_capacity(2);
    for (value, name) in [(x1, "x1"), (x2, "x2")] {
        let array = array_from(context, value, None).map_err(|e| e.at_argument(name))?;
        operands.push(match &dtype {
            Some(dtype) => calls::astype(context, &array, dtype.ty(), false)?,
            None => array,
        });
    }
    if name == "matmul" {
        let result = objects::matmul(context, &operands[0], &operands[1], out.as_ref());
        return result.map(calls::outcome);
    }
    check(name, core, &operands)?;
    if let Some(axis) = axis {
        for operand in &mut operands {
            let axis = normalize_axis_index(axis, operand.ndim(), None).map_err(|e| e.at_argument("axis"))?;
            *operand = calls::moveaxis(operand, axis as isize, -1)?;
        }
    }
    product(context, core, operands, out, keepdims)
}

/// Refuses operands of too few axes and vectors of different lengths.
fn check(name: &str, core: &Core, operands: &[ArrayRef]) -> Result<()> {
    for (k, (operand, needed)) in operands.iter().zip([core.first, core.second]).enumerate() {
        if operand.ndim() < needed {
            return Err(value_error(format!(
                "{name}: Input operand {k} does not have enough dimensions (has {}, gufunc core with signature {} requires {needed})",
                operand.ndim(),
                core.signature
            ))
            .at_argument(if k == 0 { "x1" } else { "x2" }));
        }
    }
    let (a, b) = (operands[0].shape(), operands[1].shape());
    let (n, found) = (a[a.len() - 1], b[b.len() - core.second]);
    if n != found {
        return Err(mismatch(name, core, found, n));
    }
    Ok(())
}

fn mismatch(name: &str, core: &Core, found: usize, wanted: usize) -> Error {
    value_error(format!(
        "{name}: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature {} (size {found} is different from {wanted})",
        core.signature
    ))
    .at_argument("x2")
}

/// A view with a new axis of length 1 at the end, or before the last.
fn with_axis(array: &ArrayRef, before_last: bool) -> ArrayRef {
    let layout = {
        let mut layout = array.layout().clone();
        let at = layout.ndim() - before_last as usize;
        layout.shape.insert(at, 1);
        layout.strides.insert(at, 0);
        layout
    };
    calls::view(array, layout)
}

/// A product of vectors, written by `matmul` into views of the result that have the axes it wants.
fn product(
    context: &mut Context,
    core: &Core,
    operands: Vec<ArrayRef>,
    out: Option<ArrayRef>,
    keepdims: bool,
) -> Result<Value> {
    let [mut a, mut b] = <[ArrayRef; 2]>::try_from(operands).map_err(|_| type_error("two operands are wanted"))?;
    if core.first == 1 && a.dtype().ty().is_complex() {
        let conjugate = calls::ufunc(context, "conjugate", [Value::Array(a)])?;
        a = calls::as_array(context, &conjugate)?;
    }
    let stacks = [&a, &b].map(|array| array.shape());
    let ends = [core.first, core.second];
    let stack_of = |i: usize| -> &[usize] { &stacks[i][..stacks[i].len() - ends[i]] };
    let mut shape: Shape = crate::array::layout::broadcast::broadcast_operands(&[stack_of(0), stack_of(1)])?;
    match (core.first, core.second) {
        (2, _) => shape.push(stacks[0][stacks[0].len() - 2]),
        (_, 2) => shape.push(stacks[1][stacks[1].len() - 1]),
        _ if keepdims => shape.push(1),
        _ => {}
    }
    let ty = calls::result_type(&[&Value::Array(a.clone()), &Value::Array(b.clone())])?;
    let result = match &out {
        Some(out) => Rc::clone(out),
        None => NdArray::zeros(&context.runtime, ty.into(), &shape, Order::C)?,
    };
    let target = match (core.first, core.second) {
        (2, _) => {
            b = with_axis(&b, false);
            with_axis(&result, false)
        }
        (_, 2) => {
            a = with_axis(&a, true);
            with_axis(&result, true)
        }
        _ => {
            a = with_axis(&a, true);
            b = with_axis(&b, false);
            let flat = if keepdims { Rc::clone(&result) } else { with_axis(&result, false) };
            with_axis(&flat, false)
        }
    };
    objects::matmul(context, &a, &b, Some(&target))?;
    Ok(if out.is_none() { calls::unwrapped(Value::Array(result)) } else { Value::Array(result) })
}
