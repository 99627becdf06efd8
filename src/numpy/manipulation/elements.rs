//! Some elements by their places: `take`, `put`, `choose`, `compress`, and writing by a mask.

use super::receiver;

use crate::array::select::{self, ClipMode};
use crate::array::{ArrayRef, assign};
use crate::error::{Result, type_error};
use crate::numpy::calls::{array_argument, axis_argument, out_argument};
use crate::numpy::coercion::{array_from, array_like, default_scalar, element_of};
use crate::numpy::dtypes::{as_casting, as_clipmode};
use crate::registry::{Arguments, Context, Function, MemoryRule, Method, Reader, Run, Section};
use crate::value::{Value, iterate, unwrap_scalar};

fn mode_argument(arguments: &Arguments) -> Result<ClipMode> {
    as_clipmode(&arguments.get("mode"))
}

/// The argument `name`, which must be an array already, since it is written to.
fn target(arguments: &Arguments, name: &str, refusal: impl Fn(&Value) -> String) -> Result<ArrayRef> {
    match arguments.get(name) {
        Value::Array(array) => Ok(array),
        other => Err(type_error(refusal(&other)).at_argument(name)),
    }
}

fn run_copyto(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let refusal = |value: &Value| format!("copyto() argument 1 must be a numpy.ndarray, not {}", value.type_name());
    let dst = target(arguments, "dst", refusal)?;
    let casting = as_casting(&arguments.get("casting"))?;
    let mask = match arguments.get("where") {
        Value::Bool(true) => None,
        other => Some(
            array_from(context, &other, Some(&crate::array::Type::Bool.into())).map_err(|e| e.at_argument("where"))?,
        ),
    };
    let value = arguments.get("src");
    let src = match &value {
        // Python's numbers are weak: they take the array's dtype, if the kinds allow it
        Value::Int(_) if !matches!(dst.dtype().ty(), crate::array::Type::Bool) => {
            array_like(context, &value, &dst.dtype())
        }
        Value::Float(_) if dst.dtype().ty().is_inexact() => array_like(context, &value, &dst.dtype()),
        other => array_from(context, other, None),
    }
    .map_err(|e| e.at_argument("src"))?;
    assign::copyto(&context.runtime, &dst, &src, casting, mask.as_ref())?;
    Ok(Value::None)
}

fn run_fill(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = receiver(arguments)?;
    let value = arguments.get("value");
    let dtype = array.dtype();
    if !dtype.is_number() {
        let source = array_like(context, &value, &dtype).map_err(|e| e.at_argument("value"))?;
        assign::assign(&context.runtime, &array, &source)?;
        return Ok(Value::None);
    }
    let element = match &value {
        Value::Array(one) if one.ndim() == 0 => Ok(one.read(one.layout().offset)),
        other => match element_of(context, other, dtype.ty()) {
            Some(element) => element,
            None => {
                let class = value.type_name();
                Err(type_error(match dtype.ty().is_integer() {
                    true => {
                        format!("int() argument must be a string, a bytes-like object or a real number, not '{class}'")
                    }
                    false => format!("float() argument must be a string or a real number, not '{class}'"),
                }))
            }
        },
    }
    .map_err(|e| e.at_argument("value"))?;
    if let Some(given) = default_scalar(&value) {
        context.runtime.record_change(given, &dtype);
    }
    assign::fill(&context.runtime, &array, element)?;
    Ok(Value::None)
}

fn run_choose(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let mode = mode_argument(arguments)?;
    let out = out_argument(arguments)?;
    let selector = array_argument(context, arguments, "a")?;
    arguments.some_or_sequence("choose", "choices")?;
    let given = arguments.get("choices");
    // a.choose(x, y, z) and a.choose([x, y, z])
    let given = match &given {
        Value::Tuple(items) if items.len() == 1 && arguments.is_method() => items[0].clone(),
        other => other.clone(),
    };
    let choices = iterate(&given)
        .and_then(|items| items.map(|item| array_from(context, &item?, None)).collect::<Result<Vec<_>>>())
        .map_err(|e| e.at_argument("choices"))?;
    select::choose(&context.runtime, &selector, &choices, out.as_ref(), mode).map(Value::Array)
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.take",
            signature: "(a, indices, axis=None, out=None, mode='raise')",
            method: Some(Method {
                name: "ndarray.take",
                signature: "(indices, axis=None, out=None, mode='raise')",
                reader: Reader::NumPy,
            }),
            summary: "The elements, or the slices along an axis, at these places.",
            memory: MemoryRule::New,
            notes: "As a[indices] along one axis: always a copy, even of neighbours. mode='clip' or 'wrap' makes something of \
                    places outside.",
            example: "\
>>> a = np.array([10, 20, 30])
>>> np.take(a, [2, 0])
array([30, 10])
>>> np.take(a, 5, mode='clip')
np.int64(30)
>>> a.reshape(1, 3).take([0, 1], axis=1)
array([[10, 20]])
>>> np.shares_memory(a, a.take([0, 1])), np.shares_memory(a, a[0:2])
(False, True)
",
            see_also: &["np.put", "np.compress", "np.choose"],
            run: Run::Call(|context, arguments| {
                let mode = mode_argument(arguments)?;
                let out = out_argument(arguments)?;
                let array = array_argument(context, arguments, "a")?;
                let indices = array_argument(context, arguments, "indices")?;
                let axis = axis_argument(arguments, "axis")?;
                let scalar = out.is_none() && indices.ndim() == 0;
                let taken = select::take(&context.runtime, &array, &indices, axis, out.as_ref(), mode)
                    .map_err(|e| e.at_argument("indices"))?;
                Ok(if scalar && taken.ndim() == 0 { unwrap_scalar(taken) } else { taken.into() })
            }),
        },
        Function {
            name: "np.put",
            signature: "(a, ind, v, mode='raise')",
            method: Some(Method {
                name: "ndarray.put",
                signature: "(indices, values, mode='raise')",
                reader: Reader::Keywords,
            }),
            summary: "Writes values to these places of the flattened array; too few values are repeated.",
            memory: MemoryRule::InPlace,
            notes: "As a.flat[ind] = v.",
            example: "\
>>> a = np.zeros((2, 2), dtype=int)
>>> np.put(a, [0, 3], [7, 8])
>>> a
array([[7, 0],
       [0, 8]])
>>> a.put(9, 1)
IndexError: index 9 is out of bounds for axis 0 with size 4
",
            see_also: &["np.take", "np.place", "np.putmask", "ndarray.flat"],
            run: Run::Call(|context, arguments| {
                let refusal = |value: &Value| {
                    let class = value.class().repr();
                    format!("argument 1 must be numpy.ndarray, not {class}")
                };
                let array = target(arguments, "a", refusal)?;
                let mode = mode_argument(arguments)?;
                let indices = array_argument(context, arguments, "ind")?;
                let indices = if indices.dtype().ty().is_inexact() {
                    let int64 = crate::array::Type::Int64.into();
                    array_from(context, &Value::Array(indices), Some(&int64))?
                } else {
                    indices
                };
                let values =
                    array_like(context, &arguments.get("v"), &array.dtype()).map_err(|e| e.at_argument("v"))?;
                select::put(&context.runtime, &array, &indices, &values, mode).map_err(|e| e.at_argument("ind"))?;
                Ok(Value::None)
            }),
        },
        Function {
            name: "np.choose",
            signature: "(a, choices, out=None, mode='raise')",
            method: Some(Method {
                name: "ndarray.choose",
                signature: "(*choices, out=None, mode='raise')",
                reader: Reader::Keywords,
            }),
            summary: "For each place the element of the choice that the array names there.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> a = np.array([1, 0, 2])
>>> np.choose(a, [[10, 11, 12], [20, 21, 22], [30, 31, 32]])
array([20, 11, 32])
>>> a.choose([0, 10, 20])
array([10,  0, 20])
>>> np.choose([3], [1, 2], mode='wrap')
array([2])
",
            see_also: &["np.take", "np.where", "np.select"],
            run: Run::Call(run_choose),
        },
        Function {
            name: "np.compress",
            signature: "(condition, a, axis=None, out=None)",
            method: None,
            summary: "The slices along an axis for which the condition is true.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> a = np.array([[1, 2], [3, 4], [5, 6]])
>>> np.compress([False, True, True], a, axis=0)
array([[3, 4],
       [5, 6]])
>>> np.compress([True, False, True], a)
array([1, 3])
",
            see_also: &["np.take", "np.extract", "ndarray.compress"],
            run: Run::Call(|context, arguments| {
                let array = array_argument(context, arguments, "a")?;
                compress(context, arguments, &array)
            }),
        },
        Function {
            name: "ndarray.compress",
            signature: "(condition, axis=None, out=None)",
            method: None,
            summary: "The slices along an axis for which the condition is true.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> a = np.array([1, 2, 3])
>>> a.compress(a > 1)
array([2, 3])
>>> np.shares_memory(a, a.compress([True]))
False
",
            see_also: &["np.compress"],
            run: Run::Read(Reader::Keywords, |context, arguments| {
                let array = receiver(arguments)?;
                compress(context, arguments, &array)
            }),
        },
        Function {
            name: "ndarray.fill",
            signature: "(value, /)",
            method: None,
            summary: "Writes one value into every element.",
            memory: MemoryRule::InPlace,
            notes: "As a[...] = value. Filling with zeros releases no memory.",
            example: "\
>>> a = np.zeros(3, dtype=int)
>>> v = a[1:]
>>> v.fill(7)
>>> a
array([0, 7, 7])
>>> a.fill(float('nan'))
ValueError: cannot convert float NaN to integer
",
            see_also: &["np.full", "np.copyto"],
            run: Run::Read(Reader::Tuple, run_fill),
        },
        Function {
            name: "np.copyto",
            signature: "(dst, src, casting='same_kind', where=True)",
            method: None,
            summary: "Writes the values of one array into another, broadcast and cast, where a mask is true.",
            memory: MemoryRule::InPlace,
            notes: "",
            example: "\
>>> a = np.zeros(3, dtype=int)
>>> np.copyto(a, [1, 2, 3], where=[True, False, True])
>>> a
array([1, 0, 3])
>>> np.copyto(a, [0.5, 1.5, 2.5])
TypeError: Cannot cast array data from dtype('float64') to dtype('int64') according to the rule 'same_kind'
",
            see_also: &["np.copy", "np.putmask", "np.place"],
            run: Run::Call(run_copyto),
        },
        Function {
            name: "np.putmask",
            signature: "(a, mask, values)",
            method: None,
            summary: "Where the mask is true, writes the value with the same number; too few values are repeated.",
            memory: MemoryRule::InPlace,
            notes: "np.place takes the values one after the other instead.",
            example: "\
>>> a = np.arange(5)
>>> np.putmask(a, a > 2, [-33, -44])
>>> a
array([  0,   1,   2, -44, -33])
",
            see_also: &["np.place", "np.copyto", "np.put"],
            run: Run::Call(|context, arguments| {
                let array = target(arguments, "a", |_| "putmask: first argument must be an array".into())?;
                let mask = array_argument(context, arguments, "mask")?;
                let values = values_for(context, arguments, "values", &array)?;
                select::putmask(&context.runtime, &array, &mask, &values)?;
                Ok(Value::None)
            }),
        },
        Function {
            name: "np.place",
            signature: "(arr, mask, vals)",
            method: None,
            summary: "Where the mask is true, writes the next value; after the last comes the first again.",
            memory: MemoryRule::InPlace,
            notes: "",
            example: "\
>>> a = np.arange(5)
>>> np.place(a, a > 2, [-33, -44])
>>> a
array([  0,   1,   2, -33, -44])
",
            see_also: &["np.putmask", "np.copyto", "np.extract"],
            run: Run::Call(|context, arguments| {
                let refusal =
                    |value: &Value| format!("place() argument 1 must be numpy.ndarray, not {}", value.type_name());
                let array = target(arguments, "arr", refusal)?;
                let mask = array_argument(context, arguments, "mask")?;
                let values = values_for(context, arguments, "vals", &array)?;
                select::place(&context.runtime, &array, &mask, &values)?;
                Ok(Value::None)
            }),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};

/// Values to be written into `array`: NumPy casts them to its dtype, whatever they are.
fn values_for(context: &mut Context, arguments: &Arguments, name: &str, array: &ArrayRef) -> Result<ArrayRef> {
    let dtype = array.dtype();
    array_from(context, &arguments.get(name), Some(&dtype)).map_err(|e| e.at_argument(name))
}

fn compress(context: &mut Context, arguments: &Arguments, array: &ArrayRef) -> Result<Value> {
    let condition = array_argument(context, arguments, "condition")?;
    let axis = axis_argument(arguments, "axis")?;
    let out = out_argument(arguments)?;
    select::compress(&context.runtime, array, &condition, axis, out.as_ref()).map(Value::Array)
}
