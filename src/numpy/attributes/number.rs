//! What numbers of NumPy are asked as Python's numbers are: `is_integer`, `bit_count`, `numerator`; and conjugates.

use super::array_of;
use crate::array::{ArrayRef, Scalar, Type};
use crate::error::{Error, ErrorClass, Result, type_error};
use crate::numpy::calls;
use crate::numpy::coercion::array_from;
use crate::registry::{Arguments, Attribute, Context, Function, MemoryRule, Run, Section};
use crate::value::{Int, Value, unwrap_scalar};

fn scalar(value: &Value) -> Result<Scalar> {
    match value {
        Value::Scalar(scalar) => Ok(*scalar),
        other => Err(type_error(format!("'{}' object is no number of NumPy", other.type_name()))),
    }
}

/// `a.conjugate()`: the array itself where its elements are real.
fn conjugate(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array: ArrayRef = array_of(arguments.receiver())?.clone();
    let out = calls::out_argument(arguments)?;
    let ty = array.dtype().ty();
    if !ty.is_complex() && ty != Type::Object {
        return match out {
            None => Ok(Value::Array(array)),
            Some(out) => {
                calls::copyto(context, &out, &Value::Array(array), None)?;
                Ok(Value::Array(out))
            }
        };
    }
    match out {
        None => calls::ufunc(context, "conjugate", [Value::Array(array)]),
        Some(out) => {
            let rule = crate::array::cast::Casting::SameKind;
            calls::ufunc_into(context, "conjugate", [Value::Array(array)], &out, rule)
        }
    }
}

/// The ratio of two ints that a float is.
fn integer_ratio(value: f64) -> Result<Value> {
    if value.is_nan() {
        return Err(Error::new(ErrorClass::ValueError, "cannot convert NaN to integer ratio"));
    }
    if value.is_infinite() {
        return Err(Error::new(ErrorClass::OverflowError, "cannot convert Infinity to integer ratio"));
    }
    let (mut top, mut bottom) = (value, num_bigint::BigInt::from(1));
    while top.fract() != 0.0 {
        top *= 2.0;
        bottom *= 2;
    }
    let top = Int::from_f64(top).unwrap_or(Int::Small(0));
    Ok(Value::tuple([Value::Int(top), Value::Int(Int::from(bottom))]))
}

const CONJUGATE: Function = Function {
    name: "ndarray.conjugate",
    signature: "(out=None, /)",
    method: None,
    summary: "The complex conjugate of every element; the array itself where its elements are real.",
    memory: MemoryRule::SameIfPossible,
    notes: "",
    example: "\
>>> a = np.array([1 + 2j, 3])
>>> a.conjugate()
array([1.-2.j, 3.-0.j])
>>> b = np.arange(3)
>>> b.conjugate() is b
True
",
    see_also: &["np.conjugate"],
    run: Run::Call(conjugate),
};

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.object_",
            signature: "(value=None, /)",
            method: None,
            summary: "The object itself; a sequence gives an array of objects.",
            memory: MemoryRule::New,
            notes: "Arrays of objects give the objects themselves: there is no scalar of this class.",
            example: ">>> np.object_(5)\n5\n>>> np.object_([1, 'a'])\narray([1, 'a'], dtype=object)\n",
            see_also: &["np.array"],
            run: Run::Call(|context, arguments| {
                let dtype = Type::Object.into();
                let array = array_from(context, &arguments.get("value"), Some(&dtype))?;
                Ok(unwrap_scalar(array))
            }),
        },
        CONJUGATE,
        Function {
            name: "ndarray.conj",
            example: "\
>>> np.array([1 + 2j, 3]).conj()
array([1.-2.j, 3.-0.j])
>>> b = np.arange(3)
>>> b.conj() is b
True
",
            ..CONJUGATE
        },
        Function {
            name: "integer.is_integer",
            signature: "()",
            method: None,
            summary: "True: an integer is one.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: ">>> np.int64(5).is_integer()\nTrue\n",
            see_also: &["floating.is_integer"],
            run: Run::Call(|_, _| Ok(Value::Bool(true))),
        },
        Function {
            name: "integer.bit_count",
            signature: "()",
            method: None,
            summary: "How many bits of its size are set.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: ">>> np.int8(7).bit_count(), np.int8(-7).bit_count()\n(3, 3)\n",
            see_also: &["np.bitwise_count"],
            run: Run::Call(|_, arguments| {
                let whole = scalar(arguments.receiver())?.as_i128().unwrap_or(0);
                Ok(Value::int(whole.unsigned_abs().count_ones() as i64))
            }),
        },
        Function {
            name: "floating.is_integer",
            signature: "()",
            method: None,
            summary: "Whether it is finite and whole.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: ">>> np.float32(2).is_integer(), np.float32(2.5).is_integer()\n(True, False)\n",
            see_also: &["integer.is_integer"],
            run: Run::Call(|_, arguments| {
                let value = scalar(arguments.receiver())?.as_f64();
                Ok(Value::Bool(value.is_finite() && value.fract() == 0.0))
            }),
        },
        Function {
            name: "floating.as_integer_ratio",
            signature: "()",
            method: None,
            summary: "The ratio of two ints that it is.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: ">>> np.float32(-.25).as_integer_ratio()\n(-1, 4)\n",
            see_also: &["floating.is_integer"],
            run: Run::Call(|_, arguments| integer_ratio(scalar(arguments.receiver())?.as_f64())),
        },
    ],
    attributes: &[
        Attribute {
            name: "integer.numerator",
            summary: "The integer itself.",
            memory: MemoryRule::NoArray,
            example: ">>> np.int64(5).numerator\nnp.int64(5)\n",
            get: |_, value| Ok(value.clone()),
            set: None,
        },
        Attribute {
            name: "integer.denominator",
            summary: "1, below every integer.",
            memory: MemoryRule::NoArray,
            example: ">>> np.int64(5).denominator\n1\n",
            get: |_, _| Ok(Value::int(1)),
            set: None,
        },
    ],
    constants: &[],
    aliases: &[],
    classes: &[],
};
