//! Indices made from shapes: of diagonals and triangles, from flat places to indices and back.

use super::calls;
use super::coercion::{array_like, sequence};
use super::searching::array_only;
use crate::array::index::Index;
use crate::array::layout::Shape;
use crate::array::select::ClipMode;
use crate::array::{ArrayRef, Repeats, Scalar, Type};
use crate::error::{Error, Result, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Value, as_index, lengths, shape_of};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.unravel_index",
        signature: "(indices, shape, order='C')",
        method: None,
        summary: "From places in the flattened array to an index for each axis.",
        memory: MemoryRule::New,
        notes: "The arrays of the axes are views of one hidden array.",
        example: r"
>>> np.unravel_index(7, (3, 4))
(np.int64(1), np.int64(3))
>>> a = np.array([[1, 8], [9, 2]])
>>> a[np.unravel_index(a.argmax(), a.shape)]
np.int64(9)
",
        see_also: &["np.ravel_multi_index", "np.argmax"],
        run: Run::Call(unravel_index),
    },
    Function {
        name: "np.ravel_multi_index",
        signature: "(multi_index, dims, mode='raise', order='C')",
        method: None,
        summary: "From an index for each axis to places in the flattened array.",
        memory: MemoryRule::New,
        notes: "This is the arithmetic of strides: each index times the product of the lengths behind it.",
        example: r"
>>> np.ravel_multi_index((1, 3), (3, 4))
np.int64(7)
>>> np.ravel_multi_index(([0, 1], [2, 3]), (3, 4), order='F')
array([ 6, 10])
",
        see_also: &["np.unravel_index"],
        run: Run::Call(ravel_multi_index),
    },
    Function {
        name: "np.diag_indices",
        signature: "(n, ndim=2)",
        method: None,
        summary: "The indices of the diagonal of a square array.",
        memory: MemoryRule::New,
        notes: "The result names the same array once for each axis.",
        example: r"
>>> np.diag_indices(3)
(array([0, 1, 2]), array([0, 1, 2]))
",
        see_also: &["np.diag_indices_from", "np.fill_diagonal", "np.diagonal"],
        run: Run::Call(|context, arguments| {
            let n = as_index(&arguments.get("n")).map_err(|e| e.at_argument("n"))?;
            let ndim = as_index(&arguments.get("ndim")).map_err(|e| e.at_argument("ndim"))?;
            diagonal(context, n.max(0) as usize, ndim.max(0) as usize)
        }),
    },
    Function {
        name: "np.diag_indices_from",
        signature: "(arr)",
        method: None,
        summary: "The indices of the diagonal of this array, whose axes are of one length.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> a = np.array([[1, 2], [3, 4]])
>>> a[np.diag_indices_from(a)]
array([1, 4])
",
        see_also: &["np.diag_indices"],
        run: Run::Call(|context, arguments| {
            let array = array_only(context, arguments, "arr", "ndim")?;
            if array.ndim() < 2 {
                return Err(value_error("input array must be at least 2-d").at_argument("arr"));
            }
            require_equal_axes(&array).map_err(|e| e.at_argument("arr"))?;
            diagonal(context, array.shape()[0], array.ndim())
        }),
    },
    Function {
        name: "np.tril_indices",
        signature: "(n, k=0, m=None)",
        method: None,
        summary: "The indices of the lower triangle of an (n, m) array.",
        memory: MemoryRule::New,
        notes: "A mask of one byte an element of the whole (n, m) array is made on the way.",
        example: r"
>>> np.tril_indices(2)
(array([0, 1, 1]), array([0, 0, 1]))
",
        see_also: &["np.triu_indices", "np.tril_indices_from"],
        run: Run::Call(|context, arguments| {
            let (n, k, m) = triangle_arguments(arguments)?;
            triangle(context, n, m, |i, j| j <= i + k)
        }),
    },
    Function {
        name: "np.triu_indices",
        signature: "(n, k=0, m=None)",
        method: None,
        summary: "The indices of the upper triangle of an (n, m) array.",
        memory: MemoryRule::New,
        notes: "A mask of one byte an element of the whole (n, m) array is made on the way.",
        example: r"
>>> np.triu_indices(2)
(array([0, 0, 1]), array([0, 1, 1]))
",
        see_also: &["np.tril_indices", "np.triu_indices_from"],
        run: Run::Call(|context, arguments| {
            let (n, k, m) = triangle_arguments(arguments)?;
            triangle(context, n, m, |i, j| j >= i + k)
        }),
    },
    Function {
        name: "np.tril_indices_from",
        signature: "(arr, k=0)",
        method: None,
        summary: "The indices of the lower triangle of this array.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> a = np.array([[1, 2], [3, 4]])
>>> a[np.tril_indices_from(a)]
array([1, 3, 4])
",
        see_also: &["np.tril_indices"],
        run: Run::Call(|context, arguments| {
            let (n, m, k) = triangle_of(context, arguments)?;
            triangle(context, n, m, |i, j| j <= i + k)
        }),
    },
    Function {
        name: "np.triu_indices_from",
        signature: "(arr, k=0)",
        method: None,
        summary: "The indices of the upper triangle of this array.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> a = np.array([[1, 2], [3, 4]])
>>> a[np.triu_indices_from(a, k=1)]
array([2])
",
        see_also: &["np.triu_indices"],
        run: Run::Call(|context, arguments| {
            let (n, m, k) = triangle_of(context, arguments)?;
            triangle(context, n, m, |i, j| j >= i + k)
        }),
    },
    Function {
        name: "np.mask_indices",
        signature: "(n, mask_func, k=0)",
        method: None,
        summary: "The indices of an (n, n) array at which a function such as `np.triu` leaves something.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.mask_indices(2, np.triu)
(array([0, 0, 1]), array([0, 1, 1]))
",
        see_also: &["np.triu_indices", "np.nonzero"],
        run: Run::Call(mask_indices),
    },
    Function {
        name: "np.fill_diagonal",
        signature: "(a, val, wrap=False)",
        method: None,
        summary: "Writes the diagonal of an array in place.",
        memory: MemoryRule::InPlace,
        notes: "`np.diagonal(a)` is a read-only view: this is the way to write there.",
        example: r"
>>> a = np.zeros((3, 3), int)
>>> np.fill_diagonal(a, [1, 2, 3])
>>> a
array([[1, 0, 0],
       [0, 2, 0],
       [0, 0, 3]])
",
        see_also: &["np.diag_indices", "np.diagonal"],
        run: Run::Call(fill_diagonal),
    },
];

fn integer_array(context: &mut Context, value: &Value, name: &str) -> Result<ArrayRef> {
    let array = calls::as_array(context, value).map_err(|e| e.at_argument(name))?;
    if array.dtype().ty().is_integer() {
        return Ok(array);
    }
    let empty = array.size() == 0 && !matches!(value, Value::Array(_));
    let message = if empty {
        "indices must be integral: the provided empty sequence was inferred as float. Wrap it with 'np.array(indices, dtype=np.intp)'"
    } else {
        "only int indices permitted"
    };
    Err(type_error(message).at_argument(name))
}

fn dims(arguments: &Arguments, name: &str) -> Result<(Shape, Vec<usize>)> {
    let shape = shape_of(&arguments.get(name)).and_then(|shape| lengths(&shape)).map_err(|e| e.at_argument(name))?;
    let fortran = match arguments.get("order") {
        Value::Str(order) if matches!(&*order, "C" | "c") => false,
        Value::Str(order) if matches!(&*order, "F" | "f") => true,
        _ => return Err(value_error("only 'C' or 'F' order is permitted").at_argument("order")),
    };
    let mut axes: Vec<usize> = (0..shape.len()).collect();
    if !fortran {
        axes.reverse();
    }
    Ok((shape, axes))
}

fn unravel_index(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let places = integer_array(context, &arguments.get("indices"), "indices")?;
    let (shape, axes) = dims(arguments, "shape")?;
    if shape.is_empty() && places.ndim() > 0 {
        return Err(value_error("multiple indices are not supported for 0d arrays").at_argument("indices"));
    }
    let ndim = shape.len();
    let size = crate::array::layout::element_count(&shape).ok_or_else(|| {
        value_error(
            "dimensions are too large; arrays and shapes with a total size greater than 'intp' are not supported.",
        )
    })?;
    let full: Shape = places.shape().iter().copied().chain([ndim]).collect();
    let hidden = calls::empty(context, Type::Int64, &full)?;
    for (number, place) in calls::elements(&places).enumerate() {
        let place = place.as_i128().unwrap_or(0);
        let mut rest = match usize::try_from(place) {
            Ok(rest) if rest < size => rest,
            _ => {
                let message = format!("index {place} is out of bounds for array with size {size}");
                return Err(value_error(message).at_argument("indices"));
            }
        };
        for &axis in &axes {
            let index = Scalar::Int64((rest % shape[axis]) as i64);
            hidden.write((number * ndim + axis) * 8, &index);
            rest /= shape[axis];
        }
    }
    let parts = (0..ndim).map(|axis| {
        let index = [Index::Ellipsis, Index::Int(axis as isize)];
        calls::get(context, &hidden, &index).map(calls::unwrapped)
    });
    Ok(Value::tuple(parts.collect::<Result<Vec<_>>>()?))
}

/// `mode=`: one for all axes, or one for each.
fn clip_modes(value: &Value, count: usize) -> Result<Vec<ClipMode>> {
    let one = |value: &Value| match value {
        Value::Str(name) => ClipMode::parse(name),
        other => Err(type_error(format!("clipmode must be str, not {}", other.type_name()))),
    };
    match value {
        Value::Tuple(items) if items.len() == count => items.iter().map(one).collect(),
        Value::Tuple(_) | Value::List(_) => {
            let items = sequence(value)?;
            if items.len() != count {
                return Err(value_error(format!(
                    "list of clipmodes has wrong length ({} instead of {count})",
                    items.len()
                )));
            }
            items.iter().map(one).collect()
        }
        single => Ok(vec![one(single)?; count]),
    }
}

fn ravel_multi_index(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let items = sequence(&arguments.get("multi_index")).map_err(|e| e.at_argument("multi_index"))?;
    let (shape, axes) = dims(arguments, "dims")?;
    let blame = |error: Error| error.at_argument("multi_index");
    if items.len() != shape.len() {
        let message = format!("parameter multi_index must be a sequence of length {}", shape.len());
        return Err(blame(value_error(message)));
    }
    let modes = clip_modes(&arguments.get("mode"), shape.len()).map_err(|e| e.at_argument("mode"))?;
    let mut parts = Vec::with_capacity(items.len());
    for item in &items {
        parts.push(integer_array(context, item, "multi_index")?);
    }
    let parts = calls::broadcast_arrays(&parts).map_err(blame)?;
    let result_shape = parts.first().map(|part| part.shape()).unwrap_or_default();
    let result = calls::empty(context, Type::Int64, &result_shape)?;
    let mut places = vec![0i64; if result.buffer_ref().is_planned() { 0 } else { result.size() }];
    let mut step = 1i64;
    for &axis in &axes {
        for (place, index) in places.iter_mut().zip(calls::elements(&parts[axis])) {
            let index = index.as_i128().unwrap_or(0) as i64;
            let len = shape[axis];
            let index = match modes[axis] {
                ClipMode::Raise => usize::try_from(index).ok().filter(|&index| index < len),
                mode => mode.adjust(index, len),
            };
            let index = index.ok_or_else(|| blame(value_error("invalid entry in coordinates array")))?;
            *place = place.wrapping_add(step.wrapping_mul(index as i64));
        }
        step = step.wrapping_mul(shape[axis] as i64);
    }
    for (i, place) in places.into_iter().enumerate() {
        result.write(8 * i, &Scalar::Int64(place));
    }
    Ok(calls::unwrapped(Value::Array(result)))
}

fn diagonal(context: &mut Context, n: usize, ndim: usize) -> Result<Value> {
    let places = Value::Array(calls::arange(context, n)?);
    Ok(Value::tuple(std::iter::repeat_n(places, ndim)))
}

fn require_equal_axes(array: &ArrayRef) -> Result<()> {
    let shape = array.shape();
    if shape.windows(2).all(|pair| pair[0] == pair[1]) {
        return Ok(());
    }
    let text = crate::array::layout::shape_text::array_shape_text(&shape);
    Err(value_error("All dimensions of input must be of equal length").label(format!("shape {text}")))
}

fn triangle_arguments(arguments: &Arguments) -> Result<(usize, isize, usize)> {
    let int = |name: &str| as_index(&arguments.get(name)).map_err(|e| e.at_argument(name));
    let n = int("n")?.max(0) as usize;
    let m = if arguments.some("m").is_some() { int("m")?.max(0) as usize } else { n };
    Ok((n, int("k")?, m))
}

fn triangle_of(context: &mut Context, arguments: &Arguments) -> Result<(usize, usize, isize)> {
    let array = array_only(context, arguments, "arr", "ndim")?;
    let [n, m] = array.shape()[..] else {
        return Err(value_error("input array must be 2-d").at_argument("arr"));
    };
    Ok((n, m, as_index(&arguments.get("k")).map_err(|e| e.at_argument("k"))?))
}

/// The indices of an (n, m) array that are inside, and the mask that NumPy finds them with.
fn triangle(context: &mut Context, n: usize, m: usize, inside: impl Fn(isize, isize) -> bool) -> Result<Value> {
    let _mask = calls::empty(context, Type::Bool, &[n, m])?;
    let (mut rows, mut columns) = (Vec::new(), Vec::new());
    for i in 0..n {
        crate::interrupt::check()?;
        for j in 0..m {
            if inside(i as isize, j as isize) {
                rows.push(i as i64);
                columns.push(j as i64);
            }
        }
    }
    let rows = calls::integers(context, rows.into_iter())?;
    let columns = calls::integers(context, columns.into_iter())?;
    Ok(Value::tuple([Value::Array(rows), Value::Array(columns)]))
}

fn mask_indices(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let n = as_index(&arguments.get("n")).map_err(|e| e.at_argument("n"))?;
    let ones = calls::call(
        context,
        "np.ones",
        vec![Value::ints([n, n])],
        [("dtype", Value::Class(&crate::value::classes::INT))],
    )?;
    let function = arguments.get("mask_func");
    let left = crate::registry::call(context, &function, vec![ones, arguments.get("k")], Vec::new())?;
    let differs = calls::compare(context, crate::syntax::ast::CompareOp::NotEqual, &left, &Value::int(0))?;
    let differs = calls::as_array(context, &differs)?;
    let places = calls::nonzero(context, &differs)?;
    Ok(Value::tuple(places.into_iter().map(Value::Array)))
}

/// `a.flat[:end:step] = val` (index_tricks.py).
fn fill_diagonal(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = array_only(context, arguments, "a", "ndim")?;
    if array.ndim() < 2 {
        return Err(value_error("array must be at least 2-d").at_argument("a"));
    }
    let shape = array.shape();
    let wrap = calls::flag(arguments, "wrap")?;
    let (step, end) = if shape.len() == 2 {
        let end = if wrap { array.size() } else { (shape[1] * shape[1]).min(array.size()) };
        (shape[1] + 1, end)
    } else {
        require_equal_axes(&array).map_err(|e| e.at_argument("a"))?;
        let products = shape[..shape.len() - 1].iter().scan(1, |product, &len| {
            *product *= len;
            Some(*product)
        });
        (1 + products.sum::<usize>(), array.size())
    };
    array.require_writeable("assignment destination").map_err(|e| e.at_argument("a"))?;
    let values = array_like(context, &arguments.get("val"), &array.dtype()).map_err(|e| e.at_argument("val"))?;
    let values: Vec<Scalar> = calls::elements(&values).collect();
    if values.is_empty() {
        return Ok(Value::None);
    }
    let layout = array.layout().clone();
    let mut written = context.runtime.places(&array);
    for (place, value) in (0..end).step_by(step).zip(values.iter().cycle()) {
        let mut rest = place;
        let mut offset = layout.offset;
        for axis in (0..shape.len()).rev() {
            let index = (rest % shape[axis]) as isize;
            offset = offset.wrapping_add_signed(layout.strides[axis].wrapping_mul(index));
            rest /= shape[axis];
        }
        array.write(offset, value);
        written.iter_mut().for_each(|written| written.add(&[offset]));
    }
    if let Some(written) = written {
        context.runtime.record_write_places(&array, written, Repeats::None);
    }
    Ok(Value::None)
}
