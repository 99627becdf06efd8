//! Several arrays as one: `concatenate`, `stack`, `block`, ... Always new memory, since views cannot be glued.

use crate::array::arrange::concatenate;
use crate::array::cast::Casting;
use crate::array::layout::transpose::{expand_dims, normalize_axis_index, transpose};
use crate::array::{ArrayRef, DType, NdArray};
use crate::error::{Result, type_error, value_error};
use crate::numpy::calls::{axis_argument, out_argument};
use crate::numpy::coercion::array_from;
use crate::numpy::creation::dtype_argument;
use crate::numpy::dtypes::as_casting;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Value, as_index, iterate};

/// `dtype`, `casting` and `out` of a call that joins.
struct Target {
    dtype: Option<DType>,
    casting: Casting,
    out: Option<ArrayRef>,
}

impl Target {
    fn of(context: &mut Context, arguments: &Arguments) -> Result<Target> {
        let casting = arguments.some("casting").map_or(Ok(Casting::SameKind), as_casting)?;
        Ok(Target { dtype: dtype_argument(context, arguments)?, casting, out: out_argument(arguments)? })
    }

    fn join(&self, context: &mut Context, arrays: &[ArrayRef], axis: Option<isize>) -> Result<ArrayRef> {
        if self.dtype.is_some() && self.out.is_some() {
            return Err(type_error(
                "concatenate() only takes `out` or `dtype` as an argument, but both were provided.",
            ));
        }
        concatenate(&context.runtime, arrays, axis, self.dtype.as_ref(), self.casting, self.out.as_ref())
    }
}

/// The arrays of a sequence argument.
fn sequence(context: &mut Context, value: &Value, refusal: &str) -> Result<Vec<ArrayRef>> {
    let items: Vec<Value> = match value {
        Value::Tuple(_) | Value::List(_) | Value::Range(_) => iterate(value)?.collect::<Result<_>>()?,
        Value::Array(array) if array.ndim() > 0 => iterate(value)?.collect::<Result<_>>()?,
        _ => return Err(type_error(refusal)),
    };
    items.iter().map(|item| array_from(context, item, None)).collect()
}

const NOT_A_SEQUENCE: &str = "arrays to stack must be passed as a \"sequence\" type such as list or tuple.";

/// Views of the arrays with new axes of length 1, which `new_axes` tells of a number of axes; the arrays themselves where
/// it tells none.
///
/// # Errors
/// `AxisError`.
pub fn widened(arrays: Vec<ArrayRef>, new_axes: impl Fn(usize) -> Vec<isize>) -> Result<Vec<ArrayRef>> {
    arrays
        .into_iter()
        .map(|array| {
            let axes = new_axes(array.ndim());
            if axes.is_empty() {
                return Ok(array);
            }
            let layout = expand_dims(&array.layout(), &axes)?;
            Ok(NdArray::view(&array, layout))
        })
        .collect()
}

fn run_concatenate(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let refusal = "dispatcher for __array_function__ did not return an iterable";
    let arrays = sequence(context, &arguments.get("arrays"), refusal).map_err(|e| e.at_argument("arrays"))?;
    let target = Target::of(context, arguments)?;
    let axis = axis_argument(arguments, "axis")?;
    target.join(context, &arrays, axis).map(Value::Array).map_err(|e| e.at_argument("arrays"))
}

fn run_stack(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let arrays = sequence(context, &arguments.get("arrays"), NOT_A_SEQUENCE).map_err(|e| e.at_argument("arrays"))?;
    let Some(first) = arrays.first() else {
        return Err(value_error("need at least one array to stack").at_argument("arrays"));
    };
    if arrays.iter().any(|array| array.shape() != first.shape()) {
        return Err(value_error("all input arrays must have the same shape").at_argument("arrays"));
    }
    let axis = as_index(&arguments.get("axis")).map_err(|e| e.at_argument("axis"))?;
    let axis = normalize_axis_index(axis, first.ndim() + 1, None).map_err(|e| e.at_argument("axis"))? as isize;
    let views = widened(arrays, |_| vec![axis])?;
    let target = Target::of(context, arguments)?;
    target.join(context, &views, Some(axis)).map(Value::Array)
}

/// `vstack`, `hstack`, `dstack`: axes added, then joined along one.
fn stacked(
    context: &mut Context,
    arguments: &mut Arguments,
    new_axes: fn(usize) -> Vec<isize>,
    axis: fn(&[ArrayRef]) -> isize,
) -> Result<Value> {
    let arrays = sequence(context, &arguments.get("tup"), NOT_A_SEQUENCE).map_err(|e| e.at_argument("tup"))?;
    let views = widened(arrays, new_axes)?;
    let target = Target::of(context, arguments)?;
    target.join(context, &views, Some(axis(&views))).map(Value::Array).map_err(|e| e.at_argument("tup"))
}

fn run_column_stack(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let arrays = sequence(context, &arguments.get("tup"), NOT_A_SEQUENCE).map_err(|e| e.at_argument("tup"))?;
    let mut columns = Vec::new();
    for array in widened(arrays, |ndim| (0..2isize.saturating_sub(ndim as isize).max(0)).collect())? {
        columns.push(array);
    }
    // what had fewer than two axes became a row; it is to be a column
    let given: Vec<Value> = iterate(&arguments.get("tup"))?.collect::<Result<_>>()?;
    for (column, value) in columns.iter_mut().zip(&given) {
        let flat = match value {
            Value::Array(array) => array.ndim() < 2,
            other => crate::numpy::coercion::array_from(context, other, None)?.ndim() < 2,
        };
        if flat {
            let layout = transpose(&column.layout(), None)?;
            *column = NdArray::view(column, layout);
        }
    }
    let target = Target { dtype: None, casting: Casting::SameKind, out: None };
    target.join(context, &columns, Some(1)).map(Value::Array).map_err(|e| e.at_argument("tup"))
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.concatenate",
            signature: "(arrays, /, axis=0, out=None, *, dtype=None, casting='same_kind')",
            method: None,
            summary: "Arrays joined along an axis that they have.",
            memory: MemoryRule::New,
            notes: "Everything is copied once. In a loop that appends, each round copies all again: collect the parts in a \
                    list and concatenate once.",
            example: "\
>>> a = np.array([[1, 2], [3, 4]])
>>> np.concatenate([a, [[5, 6]]])
array([[1, 2],
       [3, 4],
       [5, 6]])
>>> np.concatenate([a, a], axis=1)
array([[1, 2, 1, 2],
       [3, 4, 3, 4]])
>>> np.concatenate([a, a], axis=None)
array([1, 2, 3, 4, 1, 2, 3, 4])
>>> np.shares_memory(a, np.concatenate([a]))
False
",
            see_also: &["np.stack", "np.vstack", "np.hstack", "np.block", "np.append"],
            run: Run::Call(run_concatenate),
        },
        Function {
            name: "np.stack",
            signature: "(arrays, axis=0, out=None, *, dtype=None, casting='same_kind')",
            method: None,
            summary: "Arrays of one shape joined along a new axis.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> a, b = np.array([1, 2]), np.array([3, 4])
>>> np.stack([a, b])
array([[1, 2],
       [3, 4]])
>>> np.stack([a, b], axis=1)
array([[1, 3],
       [2, 4]])
>>> np.shares_memory(a, np.stack([a, b]))
False
",
            see_also: &["np.concatenate", "np.unstack", "np.vstack", "np.column_stack"],
            run: Run::Call(run_stack),
        },
        Function {
            name: "np.vstack",
            signature: "(tup, *, dtype=None, casting='same_kind')",
            method: None,
            summary: "Arrays on top of each other: one-dimensional ones are rows.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> np.vstack([[1, 2], [3, 4]])
array([[1, 2],
       [3, 4]])
>>> a = np.zeros((1, 2))
>>> np.shares_memory(a, np.vstack([a, a]))
False
",
            see_also: &["np.hstack", "np.concatenate", "np.vsplit"],
            run: Run::Call(|context, arguments| {
                stacked(
                    context,
                    arguments,
                    |ndim| match ndim {
                        0 => vec![0, 1],
                        1 => vec![0],
                        _ => Vec::new(),
                    },
                    |_| 0,
                )
            }),
        },
        Function {
            name: "np.hstack",
            signature: "(tup, *, dtype=None, casting='same_kind')",
            method: None,
            summary: "Arrays side by side: along axis 1, one-dimensional ones along their only axis.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> np.hstack([[1, 2], [3]])
array([1, 2, 3])
>>> np.hstack([[[1], [2]], [[3], [4]]])
array([[1, 3],
       [2, 4]])
",
            see_also: &["np.vstack", "np.concatenate", "np.hsplit"],
            run: Run::Call(|context, arguments| {
                stacked(
                    context,
                    arguments,
                    |ndim| if ndim == 0 { vec![0] } else { Vec::new() },
                    |arrays| arrays.first().map_or(0, |array| isize::from(array.ndim() != 1)),
                )
            }),
        },
        Function {
            name: "np.dstack",
            signature: "(tup)",
            method: None,
            summary: "Arrays behind each other: along the third axis.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> np.dstack([[1, 2], [3, 4]])
array([[[1, 3],
        [2, 4]]])
",
            see_also: &["np.stack", "np.concatenate", "np.dsplit"],
            run: Run::Call(|context, arguments| {
                stacked(
                    context,
                    arguments,
                    |ndim| match ndim {
                        0 => vec![0, 1, 2],
                        1 => vec![0, 2],
                        2 => vec![2],
                        _ => Vec::new(),
                    },
                    |_| 2,
                )
            }),
        },
        Function {
            name: "np.column_stack",
            signature: "(tup)",
            method: None,
            summary: "One-dimensional arrays as the columns of one of two dimensions.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> np.column_stack([[1, 2], [3, 4]])
array([[1, 3],
       [2, 4]])
",
            see_also: &["np.stack", "np.hstack"],
            run: Run::Call(run_column_stack),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[("np.concat", "np.concatenate"), ("np.row_stack", "np.vstack")],
    classes: &[],
};
