//! Chains of products, and the forms of products and norms that the array standard names.

use super::super::calls;
use super::super::coercion::sequence;
use super::matrices::linalg_error;
use crate::array::ArrayRef;
use crate::array::layout::transpose::{normalize_axis_tuple, permute};
use crate::error::{Result, index_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::ufunc;
use crate::value::{Value, as_index};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.linalg.multi_dot",
        signature: "(arrays, *, out=None)",
        method: None,
        summary: "The product of several matrices, in the order that multiplies least.",
        memory: MemoryRule::New,
        notes: "Which order that is follows from the shapes alone.",
        example: r"
>>> a, b, c = np.ones((2, 9)), np.ones((9, 3)), np.ones((3, 2))
>>> np.linalg.multi_dot([a, b, c])
array([[27., 27.],
       [27., 27.]])
",
        see_also: &["np.dot", "np.matmul"],
        run: Run::Call(multi_dot),
    },
    Function {
        name: "np.linalg.outer",
        signature: "(x1, x2, /)",
        method: None,
        summary: "The products of every pair of elements of two vectors.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.linalg.outer([1, 2], [1, 10])
array([[ 1, 10],
       [ 2, 20]])
",
        see_also: &["np.outer"],
        run: Run::Call(outer),
    },
    Function {
        name: "np.linalg.cross",
        signature: "(x1, x2, /, *, axis=-1)",
        method: None,
        summary: "The cross product of vectors of three elements.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.linalg.cross([1, 0, 0], [0, 1, 0])
array([0, 0, 1])
",
        see_also: &["np.cross"],
        run: Run::Call(cross),
    },
    Function {
        name: "np.linalg.diagonal",
        signature: "(x, /, *, offset=0)",
        method: None,
        summary: "The diagonal of each matrix of a stack: a view that cannot be written to.",
        memory: MemoryRule::View,
        notes: "",
        example: r"
>>> a = np.arange(4).reshape(2, 2)
>>> np.linalg.diagonal(a)
array([0, 3])
>>> np.shares_memory(a, np.linalg.diagonal(a))
True
",
        see_also: &["np.diagonal"],
        run: Run::Call(|context, arguments| {
            let x = calls::array_argument(context, arguments, "x")?;
            let keywords = [("axis1", Value::int(-2)), ("axis2", Value::int(-1))];
            calls::call(context, "np.diagonal", vec![Value::Array(x), arguments.get("offset")], keywords)
        }),
    },
    Function {
        name: "np.linalg.trace",
        signature: "(x, /, *, offset=0, dtype=None)",
        method: None,
        summary: "The sum of the diagonal of each matrix of a stack.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.linalg.trace(np.eye(3))
np.float64(3.0)
",
        see_also: &["np.trace"],
        run: Run::Call(|context, arguments| {
            let x = calls::array_argument(context, arguments, "x")?;
            let keywords = [("axis1", Value::int(-2)), ("axis2", Value::int(-1)), ("dtype", arguments.get("dtype"))];
            calls::call(context, "np.trace", vec![Value::Array(x), arguments.get("offset")], keywords)
        }),
    },
    Function {
        name: "np.linalg.vecdot",
        signature: "(x1, x2, /, *, axis=-1)",
        method: None,
        summary: "The sum of products of two vectors, or of those of stacks.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.linalg.vecdot([1, 2], [3, 4])
np.int64(11)
",
        see_also: &["np.vecdot"],
        run: Run::Call(|context, arguments| {
            let positional = vec![arguments.get("x1"), arguments.get("x2")];
            calls::call(context, "np.vecdot", positional, [("axis", arguments.get("axis"))])
        }),
    },
    Function {
        name: "np.linalg.matmul",
        signature: "(x1, x2, /)",
        method: None,
        summary: "The product of two matrices, or of those of stacks.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.linalg.matmul([[1, 2], [3, 4]], [[1], [1]])
array([[3],
       [7]])
",
        see_also: &["np.matmul"],
        run: Run::Call(|context, arguments| {
            calls::call(context, "np.matmul", vec![arguments.get("x1"), arguments.get("x2")], [])
        }),
    },
    Function {
        name: "np.linalg.tensordot",
        signature: "(x1, x2, /, *, axes=2)",
        method: None,
        summary: "Sums of products over chosen axes of two arrays.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.linalg.tensordot(np.eye(2), np.eye(2))
array(2.)
",
        see_also: &["np.tensordot"],
        run: Run::Call(|context, arguments| {
            let positional = vec![arguments.get("x1"), arguments.get("x2")];
            calls::call(context, "np.tensordot", positional, [("axes", arguments.get("axes"))])
        }),
    },
    Function {
        name: "np.linalg.matrix_transpose",
        signature: "(x, /)",
        method: None,
        summary: "The last two axes exchanged.",
        memory: MemoryRule::View,
        notes: "",
        example: r"
>>> a = np.arange(4).reshape(2, 2)
>>> np.linalg.matrix_transpose(a)
array([[0, 2],
       [1, 3]])
>>> np.shares_memory(a, np.linalg.matrix_transpose(a))
True
",
        see_also: &["np.matrix_transpose"],
        run: Run::Call(|context, arguments| calls::call(context, "np.matrix_transpose", vec![arguments.get("x")], [])),
    },
    Function {
        name: "np.linalg.matrix_norm",
        signature: "(x, /, *, keepdims=False, ord='fro')",
        method: None,
        summary: "The size of each matrix of a stack.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.linalg.matrix_norm([[3., 0], [0, 4]])
np.float64(5.0)
",
        see_also: &["np.linalg.norm"],
        run: Run::Call(|context, arguments| {
            let x = calls::array_argument(context, arguments, "x")?;
            let keywords = [
                ("axis", Value::ints([-2isize, -1])),
                ("keepdims", arguments.get("keepdims")),
                ("ord", arguments.get("ord")),
            ];
            calls::call(context, "np.linalg.norm", vec![Value::Array(x)], keywords)
        }),
    },
    Function {
        name: "np.linalg.vector_norm",
        signature: "(x, /, *, axis=None, keepdims=False, ord=2)",
        method: None,
        summary: "The length of all elements as one vector, or along axes.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.linalg.vector_norm([[3., 0], [0, 4]])
np.float64(5.0)
>>> np.linalg.vector_norm([[3., 4], [6, 8]], axis=1)
array([ 5., 10.])
",
        see_also: &["np.linalg.norm"],
        run: Run::Call(vector_norm),
    },
];

fn outer(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let x1 = calls::array_argument(context, arguments, "x1")?;
    let x2 = calls::array_argument(context, arguments, "x2")?;
    if x1.ndim() != 1 || x2.ndim() != 1 {
        return Err(value_error(format!(
            "Input arrays must be one-dimensional, but they are x1.ndim={} and x2.ndim={}.",
            x1.ndim(),
            x2.ndim()
        ))
        .at_argument(if x1.ndim() == 1 { "x2" } else { "x1" }));
    }
    calls::call(context, "np.outer", vec![Value::Array(x1), Value::Array(x2)], [])
}

fn cross(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let x1 = calls::array_argument(context, arguments, "x1")?;
    let x2 = calls::array_argument(context, arguments, "x2")?;
    let axis = as_index(&arguments.get("axis")).map_err(|e| e.at_argument("axis"))?;
    let length = |x: &ArrayRef| -> Result<usize> {
        let place = if axis < 0 { axis + x.ndim() as isize } else { axis };
        let length = usize::try_from(place).ok().and_then(|place| x.layout().shape.get(place).copied());
        length.ok_or_else(|| index_error("tuple index out of range").at_argument("axis"))
    };
    let (n1, n2) = (length(&x1)?, length(&x2)?);
    if n1 != 3 || n2 != 3 {
        return Err(value_error(format!(
            "Both input arrays must be (arrays of) 3-dimensional vectors, but they are {n1} and {n2} dimensional instead."
        ))
        .at_argument(if n1 == 3 { "x2" } else { "x1" }));
    }
    let keywords = [("axis", Value::int(axis))];
    calls::call(context, "np.cross", vec![Value::Array(x1), Value::Array(x2)], keywords)
}

fn vector_norm(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let x = calls::array_argument(context, arguments, "x")?;
    let ndim = x.ndim();
    let given = arguments.get("axis");
    let (flat, axis, removed): (ArrayRef, isize, Vec<usize>) = match &given {
        Value::None => (crate::array::copy::ravel(&context.runtime, &x)?, 0, (0..ndim).collect()),
        Value::Tuple(items) => {
            let axes = items.iter().map(as_index).collect::<Result<Vec<_>>>().map_err(|e| e.at_argument("axis"))?;
            let axes = normalize_axis_tuple(&axes, ndim, None, false).map_err(|e| calls::blame_axis(e, ndim))?;
            let rest: Vec<usize> = (0..ndim).filter(|axis| !axes.contains(axis)).collect();
            let order: Vec<usize> = axes.iter().copied().chain(rest.iter().copied()).collect();
            let shape = x.shape();
            let mut lengths = vec![axes.iter().map(|&axis| shape[axis]).product::<usize>() as isize];
            lengths.extend(rest.iter().map(|&axis| shape[axis] as isize));
            let turned = calls::view(&x, permute(&x.layout(), &order));
            (calls::reshape(context, &turned, &lengths)?, 0, axes.to_vec())
        }
        single => {
            let axis = as_index(single).map_err(|e| e.at_argument("axis"))?;
            (x.clone(), axis, vec![calls::normalize_axis(axis, ndim)?])
        }
    };
    let keywords = [("axis", Value::int(axis)), ("ord", arguments.get("ord"))];
    let norm = calls::call(context, "np.linalg.norm", vec![Value::Array(flat)], keywords)?;
    if !calls::flag(arguments, "keepdims")? {
        return Ok(norm);
    }
    let mut shape: Vec<isize> = x.shape().iter().map(|&n| n as isize).collect();
    removed.iter().for_each(|&axis| shape[axis] = 1);
    let norm = calls::as_array(context, &norm)?;
    calls::reshape(context, &norm, &shape).map(Value::Array)
}

fn multi_dot(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let arrays = sequence(&arguments.get("arrays")).map_err(|e| e.at_argument("arrays"))?;
    if arrays.len() < 2 {
        return Err(value_error("Expecting at least two arrays.").at_argument("arrays"));
    }
    let out = calls::out_argument(arguments)?;
    let mut chain = Vec::with_capacity(arrays.len());
    for array in &arrays {
        chain.push(calls::as_array(context, array).map_err(|e| e.at_argument("arrays"))?);
    }
    let last = chain.len() - 1;
    if last == 1 {
        return ufunc::dot(&context.runtime, &chain[0], &chain[1], out.as_ref()).map(calls::outcome);
    }
    let (is_row, is_column) = (chain[0].ndim() == 1, chain[last].ndim() == 1);
    if is_row {
        chain[0] = calls::reshape(context, &chain[0], &[1, -1])?;
    }
    if is_column {
        chain[last] = calls::reshape(context, &chain[last], &[-1, 1])?;
    }
    if let Some(array) = chain.iter().find(|array| array.ndim() != 2) {
        let message = format!("{}-dimensional array given. Array must be two-dimensional", array.ndim());
        return Err(linalg_error(message).at_argument("arrays"));
    }
    let sizes: Vec<f64> = chain.iter().map(|a| a.shape()[0] as f64).chain([chain[last].shape()[1] as f64]).collect();
    let order = Splits::of(&sizes);
    let product = order.product(context, &chain, (0, last), out.as_ref())?;
    match (is_row, is_column) {
        (true, true) => {
            let product = calls::as_array(context, &product)?;
            let offset = product.layout().offset;
            Ok(Value::Scalar(product.read(offset)))
        }
        (false, false) => Ok(product),
        _ => {
            let product = calls::as_array(context, &product)?;
            crate::array::copy::ravel(&context.runtime, &product).map(Value::Array)
        }
    }
}

/// Where each part of a chain is split so that least is multiplied.
struct Splits {
    splits: Vec<Vec<usize>>,
}

impl Splits {
    /// For matrices of `sizes[i]` by `sizes[i + 1]`.
    fn of(sizes: &[f64]) -> Splits {
        let n = sizes.len() - 1;
        let mut splits = vec![vec![0; n]; n];
        if n == 3 {
            let first = sizes[0] * sizes[2] * (sizes[1] + sizes[3]);
            let second = sizes[1] * sizes[3] * (sizes[0] + sizes[2]);
            splits[0][2] = usize::from(first < second);
            splits[1][2] = 1;
            return Splits { splits };
        }
        let mut costs = vec![vec![0.0; n]; n];
        for length in 1..n {
            for i in 0..n - length {
                let j = i + length;
                costs[i][j] = f64::INFINITY;
                for k in i..j {
                    let cost = costs[i][k] + costs[k + 1][j] + sizes[i] * sizes[k + 1] * sizes[j + 1];
                    if cost < costs[i][j] {
                        costs[i][j] = cost;
                        splits[i][j] = k;
                    }
                }
            }
        }
        Splits { splits }
    }

    fn product(
        &self,
        context: &mut Context,
        chain: &[ArrayRef],
        (i, j): (usize, usize),
        out: Option<&ArrayRef>,
    ) -> Result<Value> {
        if i == j {
            return Ok(Value::Array(chain[i].clone()));
        }
        let k = self.splits[i][j];
        let left = self.product(context, chain, (i, k), None)?;
        let right = self.product(context, chain, (k + 1, j), None)?;
        let (left, right) = (calls::as_array(context, &left)?, calls::as_array(context, &right)?);
        ufunc::dot(&context.runtime, &left, &right, out).map(calls::outcome)
    }
}
