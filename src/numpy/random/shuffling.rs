//! Orders at random: `shuffle` in place, `permutation` and `permuted` as copies.

use super::super::calls;
use super::generator::{parts, receiver};
use crate::array::arrange::Lines;
use crate::array::assign::copyto;
use crate::array::cast::Casting;
use crate::array::copy::{copy, ravel};
use crate::array::index::Index;
use crate::array::layout::{self, Layout};
use crate::array::{ArrayRef, Order, Type};
use crate::error::{ErrorClass, Result, index_error, not_implemented_error, type_error, value_error};
use crate::random::legacy::exchanges;
use crate::registry::{Arguments, Context, Function, MemoryRule, Method, Reader, Run, Section};
use crate::value::{Value, as_index, length};
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "Generator.shuffle",
        signature: "(x, axis=0)",
        method: None,
        summary: "Puts the entries along an axis into a random order, in place.",
        memory: MemoryRule::InPlace,
        notes: "Views of the same memory change too. Lists can be shuffled as well.",
        example: r"
>>> a = np.arange(6)
>>> np.random.default_rng(42).shuffle(a)
>>> a
array([3, 2, 5, 4, 1, 0])
",
        see_also: &["Generator.permutation", "Generator.permuted"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            let axis = as_index(&arguments.get("axis")).map_err(|e| e.at_argument("axis"))?;
            let this = receiver(context, arguments)?;
            shuffle(context, &this, &arguments.get("x"), axis).map(|()| Value::None)
        }),
    },
    Function {
        name: "np.random.shuffle",
        signature: "(x)",
        method: Some(Method { name: "RandomState.shuffle", signature: "(x)", reader: Reader::Cython }),
        summary: "Puts the entries along the first axis into a random order, in place; legacy.",
        memory: MemoryRule::InPlace,
        notes: "",
        example: r"
>>> a = np.arange(6)
>>> np.random.seed(42)
>>> np.random.shuffle(a)
>>> a
array([0, 1, 5, 2, 4, 3])
",
        see_also: &["Generator.shuffle"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            let this = receiver(context, arguments)?;
            shuffle(context, &this, &arguments.get("x"), 0).map(|()| Value::None)
        }),
    },
    Function {
        name: "Generator.permutation",
        signature: "(x, axis=0)",
        method: None,
        summary: "A copy with the entries along an axis in a random order; of an int, the numbers below it.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> rng = np.random.default_rng(42)
>>> rng.permutation(5)
array([4, 2, 3, 1, 0])
>>> rng.permutation([[1, 2], [3, 4], [5, 6]])
array([[3, 4],
       [5, 6],
       [1, 2]])
",
        see_also: &["Generator.shuffle", "Generator.permuted"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            let axis = as_index(&arguments.get("axis")).map_err(|e| e.at_argument("axis"))?;
            permutation(context, arguments, Some(axis))
        }),
    },
    Function {
        name: "np.random.permutation",
        signature: "(x)",
        method: Some(Method { name: "RandomState.permutation", signature: "(x)", reader: Reader::Cython }),
        summary: "A copy with the entries along the first axis in a random order; legacy.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.permutation(5)
array([1, 4, 2, 0, 3])
",
        see_also: &["Generator.permutation"],
        run: Run::Read(Reader::Cython, |context, arguments| permutation(context, arguments, None)),
    },
    Function {
        name: "Generator.permuted",
        signature: "(x, *, axis=None, out=None)",
        method: None,
        summary: "A copy with each line along an axis in a random order of its own.",
        memory: MemoryRule::New,
        notes: "Without `axis` all elements change places. `out=x` shuffles in place.",
        example: r"
>>> a = np.arange(6).reshape(2, 3)
>>> np.random.default_rng(42).permuted(a, axis=1)
array([[2, 1, 0],
       [3, 5, 4]])
",
        see_also: &["Generator.shuffle", "Generator.permutation"],
        run: Run::Read(Reader::Cython, permuted),
    },
];

/// Exchanges parts of an array pairwise: those that start at `starts` + i * `stride` bytes and have this layout.
fn shuffle_lines(
    context: &mut Context,
    this: &Value,
    array: &ArrayRef,
    (length, stride): (usize, isize),
    starts: &[usize],
    first: usize,
) -> Result<()> {
    let drawer = parts(this)?;
    if calls::is_planning(context) {
        drawer.bits()?.is_unknown.set(true);
        return Ok(());
    }
    let buffer = array.buffer();
    let outside = || crate::error::runtime_error("the array reaches outside its buffer");
    let bytes = buffer.bytes().ok_or_else(outside)?.cells();
    let itemsize = array.dtype().itemsize();
    drawer.draw(context, |source| {
        for &start in starts {
            crate::interrupt::check()?;
            exchanges(source, first, length, |i, j| {
                let [i, j] = [i, j].map(|i| start.wrapping_add_signed(stride.wrapping_mul(i as isize)));
                for k in 0..itemsize {
                    if let (Some(a), Some(b)) = (bytes.get(i.wrapping_add(k)), bytes.get(j.wrapping_add(k))) {
                        a.swap(b);
                    }
                }
            });
        }
        Ok(())
    })?
}

/// Shuffles the one axis of a 1-d array.
fn shuffle_1d(context: &mut Context, this: &Value, array: &ArrayRef) -> Result<()> {
    let layout = array.layout().clone();
    shuffle_lines(context, this, array, (layout.shape[0], layout.strides[0]), &[layout.offset], 1)
}

fn shuffle(context: &mut Context, this: &Value, x: &Value, axis: isize) -> Result<()> {
    let Value::Array(array) = x else { return shuffle_sequence(context, this, x, axis) };
    if array.ndim() == 0 {
        return Err(type_error("len() of unsized object").at_argument("x"));
    }
    if !array.is_writeable() {
        return Err(value_error("array is read-only").at_argument("x"));
    }
    array.require_unlocked()?;
    let axis = calls::normalize_axis(axis, array.ndim())?;
    if array.size() == 0 {
        return Ok(());
    }
    if array.ndim() == 1 {
        shuffle_1d(context, this, array)?;
        context.runtime.record_write(array, None);
        return Ok(());
    }
    let swapped = calls::view(array, layout::transpose::swapaxes(&array.layout(), 0, axis as isize)?);
    let layout = swapped.layout().clone();
    let part = Layout { shape: layout.shape[1..].into(), strides: layout.strides[1..].into(), ..layout.clone() };
    let entry = |i: usize| {
        let offset = layout.offset.wrapping_add_signed(layout.strides[0].wrapping_mul(i as isize));
        calls::view(&swapped, Layout { offset, ..part.clone() })
    };
    let kept = calls::empty_like(context, &entry(0), layout.dtype.ty())?;
    let drawer = parts(this)?;
    if calls::is_planning(context) {
        drawer.bits()?.is_unknown.set(true);
    } else {
        let runtime = &context.runtime;
        let mut failed = None;
        drawer.draw(context, |source| {
            exchanges(source, 1, layout.shape[0], |i, j| {
                if i == j || failed.is_some() {
                    return;
                }
                let [a, b] = [entry(i), entry(j)];
                let move_into = |to: &ArrayRef, from: &ArrayRef| {
                    crate::array::assign::copy_into(runtime, to, from, None, Casting::Unsafe)
                };
                let moved = move_into(&kept, &b).and_then(|()| move_into(&b, &a)).and_then(|()| move_into(&a, &kept));
                failed = moved.err();
            });
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
    }
    context.runtime.record_write(array, None);
    Ok(())
}

fn shuffle_sequence(context: &mut Context, this: &Value, x: &Value, axis: isize) -> Result<()> {
    let count = length(x).ok_or_else(|| {
        type_error(format!("object of type '{}' has no len()", x.class().qualified())).at_argument("x")
    })?;
    if !matches!(x, Value::List(_) | Value::Tuple(_) | Value::Str(_) | Value::Bytes(_) | Value::Range(_)) {
        let name = x.type_name();
        context.runtime.warn(
            ErrorClass::UserWarning,
            format!(
                "you are shuffling a '{name}' object which is not a subclass of 'Sequence'; `shuffle` is not guaranteed to behave correctly. E.g., non-numpy array/tensor objects with view semantics may contain duplicates after shuffling."
            ),
        );
    }
    if axis != 0 {
        return Err(not_implemented_error("Axis argument is only supported on ndarray objects").at_argument("axis"));
    }
    let Value::List(list) = x else {
        if count < 2 {
            return Ok(());
        }
        // the first exchange is drawn before it fails
        parts(this)?.draw(context, |source| exchanges(source, count - 1, count, |_, _| ()))?;
        let name = x.type_name();
        return Err(type_error(format!("'{name}' object does not support item assignment")).at_argument("x"));
    };
    if context.runtime.ledger.is_locking() {
        return Err(crate::error::runtime_error("this would change a list, and here nothing may change"));
    }
    let mut items = list.to_vec();
    let drawer = parts(this)?;
    drawer.draw(context, |source| exchanges(source, 1, items.len(), |i, j| items.swap(i, j)))?;
    *list.items_mut() = items;
    Ok(())
}

/// `axis` is none for the legacy generator, which knows the first only.
fn permutation(context: &mut Context, arguments: &mut Arguments, axis: Option<isize>) -> Result<Value> {
    let this = receiver(context, arguments)?;
    let x = arguments.get("x");
    if let Value::Int(_) | Value::Bool(_) | Value::Scalar(_) = &x
        && let Ok(count) = as_index(&x)
    {
        let ty = match (&x, axis) {
            (Value::Scalar(scalar), None) => {
                calls::result_type(&[&Value::Scalar(*scalar), &Value::dtype(Type::Int64)]).unwrap_or(Type::Int64)
            }
            _ => Type::Int64,
        };
        let count = usize::try_from(count).unwrap_or(0);
        let dtype = Value::dtype(if ty.is_integer() { ty } else { Type::Int64 });
        let array = calls::call_array(context, "np.arange", vec![Value::int(count)], [("dtype", dtype)])?;
        if count > 0 {
            shuffle_1d(context, &this, &array)?;
        }
        return Ok(Value::Array(array));
    }
    let array = calls::as_array(context, &x).map_err(|e| e.at_argument("x"))?;
    let axis = match axis {
        Some(axis) => calls::normalize_axis(axis, array.ndim())?,
        None if array.ndim() == 0 => {
            return Err(index_error("x must be an integer or at least 1-dimensional").at_argument("x"));
        }
        None => 0,
    };
    if array.ndim() == 1 {
        let array = if matches!(x, Value::Array(_)) { copy(&context.runtime, &array, Order::C)? } else { array };
        if array.size() > 0 {
            shuffle_1d(context, &this, &array)?;
        }
        return Ok(Value::Array(array));
    }
    let places = calls::arange(context, array.shape()[axis])?;
    if places.size() > 0 {
        shuffle_1d(context, &this, &places)?;
    }
    let index = calls::along(array.ndim(), axis, Index::Integers(places));
    calls::get(context, &array, &index)
}

fn permuted(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let this = receiver(context, arguments)?;
    let x = calls::array_argument(context, arguments, "x")?;
    let given = match arguments.get("out") {
        Value::None => None,
        Value::Array(out) => Some(out),
        _ => return Err(type_error("out must be a numpy array").at_argument("out")),
    };
    let out = match &given {
        None => copy(&context.runtime, &x, Order::K)?,
        Some(out) => {
            out.require_writeable("out").map_err(|e| e.at_argument("out"))?;
            if out.shape() != x.shape() {
                return Err(value_error("out must have the same shape as x").at_argument("out"));
            }
            copyto(&context.runtime, out, &x, Casting::Safe, None)?;
            Rc::clone(out)
        }
    };
    let layout = out.layout().clone();
    match calls::axis_argument(arguments, "axis")? {
        None if layout.ndim() == 0 => return Err(type_error("len() of unsized object").at_argument("x")),
        None if layout.size() == 0 => {}
        None if layout.ndim() == 1 => shuffle_1d(context, &this, &out)?,
        None => {
            match layout::ravel(&layout, Order::K).ok().filter(|_| layout.is_c_contiguous() || layout.is_f_contiguous())
            {
                Some(flat) => shuffle_1d(context, &this, &calls::view(&out, flat))?,
                None => {
                    let flat = ravel(&context.runtime, &out)?;
                    shuffle_1d(context, &this, &flat)?;
                    let shape: Vec<isize> = layout.shape.iter().map(|&n| n as isize).collect();
                    let shaped = calls::reshape(context, &flat, &shape)?;
                    crate::array::assign::copy_into(&context.runtime, &out, &shaped, None, Casting::Unsafe)?;
                }
            }
        }
        Some(axis) => {
            let axis = calls::normalize_axis(axis, layout.ndim())?;
            let line = (layout.shape[axis], layout.strides[axis]);
            let starts: Vec<usize> = Lines::new([&layout], axis).map(|[start]| start).collect();
            shuffle_lines(context, &this, &out, line, &starts, 0)?;
        }
    }
    if given.is_some() {
        context.runtime.record_write(&out, None);
    }
    Ok(Value::Array(out))
}
