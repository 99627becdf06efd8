//! Elements again and again, or moved round: `tile`, `repeat`, `roll`.

use super::axes_of;
use super::shape::reshape;
use crate::array::arrange::{repeat, roll};
use crate::array::layout::broadcast::broadcast_shapes;
use crate::array::{ArrayRef, Order, Type};
use crate::error::{Result, value_error};
use crate::numpy::calls::{array_argument, axis_argument};
use crate::numpy::coercion::array_from;
use crate::numpy::creation::{CopyMode, array};
use crate::registry::{Arguments, Context, Function, MemoryRule, Method, Reader, Run, Section};
use crate::value::{Value, as_f64, as_index, iterate};

/// The array of `repeats` counts; a single float is cut to an int, as NumPy cuts it.
fn counts(context: &mut Context, value: &Value) -> Result<ArrayRef> {
    let int64 = Type::Int64.into();
    match value {
        Value::Float(_) | Value::Int(_) => {
            let count = as_f64(value)?;
            if count < 0.0 {
                return Err(value_error("negative dimensions are not allowed"));
            }
            array_from(context, &Value::int(count as i64), Some(&int64))
        }
        other => array_from(context, other, None),
    }
}

fn run_repeat(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = array_argument(context, arguments, "a")?;
    let repeats = counts(context, &arguments.get("repeats")).map_err(|e| e.at_argument("repeats"))?;
    let axis = axis_argument(arguments, "axis")?;
    repeat(&context.runtime, &array, &repeats, axis).map(Value::Array)
}

fn run_tile(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let value = arguments.get("A");
    let mut reps: Vec<isize> = axes_of(&arguments.get("reps")).map_err(|e| e.at_argument("reps"))?.to_vec();
    let depth = reps.len();
    if matches!(value, Value::Array(_)) && reps.iter().all(|&n| n == 1) {
        return array(context, &value, None, CopyMode::Always, Order::K, depth).map(Value::Array);
    }
    let mut tiled =
        array(context, &value, None, CopyMode::IfNeeded, Order::K, depth).map_err(|e| e.at_argument("A"))?;
    while reps.len() < tiled.ndim() {
        reps.insert(0, 1);
    }
    let shape = tiled.shape();
    let shape_out: Vec<isize> =
        shape.iter().zip(&reps).map(|(&length, &n)| (length as isize).wrapping_mul(n)).collect();
    let mut block = tiled.size();
    if block > 0 {
        for (&length, &n) in shape.iter().zip(&reps) {
            if n < 0 {
                return Err(value_error("negative dimensions are not allowed").at_argument("reps"));
            }
            if n != 1 {
                let rows = reshape(context, &tiled, &[-1, block as isize], Order::C, CopyMode::IfNeeded)?;
                let count = array_from(context, &Value::int(n), None)?;
                tiled = repeat(&context.runtime, &rows, &count, Some(0))?;
            }
            block /= length;
        }
    }
    reshape(context, &tiled, &shape_out, Order::C, CopyMode::IfNeeded).map(Value::Array)
}

/// The shifts of `np.roll`, which may be floats: they are cut to ints.
fn shifts_of(value: &Value) -> Result<Vec<isize>> {
    let whole = |value: &Value| match value {
        Value::Float(shift) => Ok(*shift as isize),
        other => as_index(other),
    };
    match value {
        Value::List(_) | Value::Tuple(_) | Value::Range(_) => iterate(value)?.map(|item| whole(&item?)).collect(),
        Value::Array(array) if array.ndim() > 0 => iterate(value)?.map(|item| whole(&item?)).collect(),
        single => Ok(vec![whole(single)?]),
    }
}

fn run_roll(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = array_argument(context, arguments, "a")?;
    let shifts = shifts_of(&arguments.get("shift")).map_err(|e| e.at_argument("shift"))?;
    let pairs: Vec<(isize, Option<isize>)> = match arguments.some("axis") {
        None => vec![(shifts.iter().fold(0isize, |sum, &shift| sum.wrapping_add(shift)), None)],
        Some(axis) => {
            let axes = axes_of(axis).map_err(|e| e.at_argument("axis"))?;
            // np.broadcast(shift, axis)
            let shape = broadcast_shapes(&[&[shifts.len()][..], &[axes.len()][..]])?;
            let count = shape.first().copied().unwrap_or(0);
            (0..count).map(|i| (shifts[i % shifts.len()], Some(axes[i % axes.len()]))).collect()
        }
    };
    roll(&context.runtime, &array, &pairs).map(Value::Array).map_err(|e| e.at_argument("axis"))
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.repeat",
            signature: "(a, repeats, axis=None)",
            method: Some(Method {
                name: "ndarray.repeat",
                signature: "(repeats, axis=None)",
                reader: Reader::Keywords,
            }),
            summary: "Every element, or every slice along an axis, several times in a row.",
            memory: MemoryRule::New,
            notes: "np.broadcast_to shows repeated elements without storing them.",
            example: "\
>>> np.repeat([1, 2], 2)
array([1, 1, 2, 2])
>>> a = np.array([[1, 2], [3, 4]])
>>> np.repeat(a, [1, 2], axis=0)
array([[1, 2],
       [3, 4],
       [3, 4]])
>>> np.shares_memory(a, a.repeat(1))
False
",
            see_also: &["np.tile", "np.broadcast_to"],
            run: Run::Call(run_repeat),
        },
        Function {
            name: "np.tile",
            signature: "(A, reps)",
            method: None,
            summary: "The whole array several times along each axis.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> a = np.array([1, 2])
>>> np.tile(a, 2)
array([1, 2, 1, 2])
>>> np.tile(a, (2, 2))
array([[1, 2, 1, 2],
       [1, 2, 1, 2]])
>>> np.shares_memory(a, np.tile(a, 1))
False
",
            see_also: &["np.repeat", "np.broadcast_to"],
            run: Run::Call(run_tile),
        },
        Function {
            name: "np.roll",
            signature: "(a, shift, axis=None)",
            method: None,
            summary: "The elements moved on along an axis; what falls off the end comes in at the front.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> a = np.arange(5)
>>> np.roll(a, 2)
array([3, 4, 0, 1, 2])
>>> np.roll(a.reshape(1, 5), -1, axis=1)
array([[1, 2, 3, 4, 0]])
>>> np.shares_memory(a, np.roll(a, 0))
False
",
            see_also: &["np.rollaxis", "np.moveaxis"],
            run: Run::Call(run_roll),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
