//! Values: what an expression can evaluate to. Python's own objects, arrays, and whatever joins them as an [`Object`].
//!
//! Values behave as Python's: lists and dicts are shared and mutable, everything has an identity, `1 == 1.0`.
//! This layer and [`crate::registry`] belong together: a value can be a function, and functions take values.

mod address;
mod class;
mod compare;
mod containers;
mod convert;
mod element;
mod hash;
mod held;
mod int;
mod iterate;
mod object;
mod record;
mod reference;
mod repr;
mod set;
mod time;
mod twin;

pub use address::shown_address;
pub use class::{Class, classes};
pub use compare::{equal, is_true, order};
pub use containers::{Dict, List, ListMut, Range, Slice, require_room};
pub use convert::{as_bool, as_f64, as_index, as_int, as_str, as_usize, lengths, python_number, shape_from, shape_of};
pub use element::{
    TextScalar, array_of_item, element_at, item_scalar, number_of, plain, python_at, python_item, scalar_array,
    text_item, unwrap_scalar,
};
pub use hash::{hash, of_bytes as hash_of_bytes, of_frozenset as hash_of_frozenset};
pub use held::Way;
pub use int::Int;
pub use iterate::{Cursor, Items, collect, entry, iterate, length};
pub use object::Object;
pub use record::{Record, no_field};
pub use reference::{object_item, reference_to, referred};
pub use repr::{repr, str};
pub use set::Set;
pub use time::{PythonTime, TimeScalar, is_time_scalar, time_of};
pub use twin::Twins;

use crate::array::{ArrayRef, DType, Scalar};
use crate::registry::{Function, Module};
use num_complex::Complex64;
use std::rc::Rc;

/// A value.
#[derive(Clone)]
pub enum Value {
    /// `None`
    None,
    /// `...`
    Ellipsis,
    /// `NotImplemented`
    NotImplemented,
    /// `True`, `False`
    Bool(bool),
    /// An int of any size.
    Int(Int),
    /// A Python float.
    Float(f64),
    /// A Python complex.
    Complex(Complex64),
    /// A str.
    Str(Rc<str>),
    /// A bytes.
    Bytes(Rc<[u8]>),
    /// A tuple.
    Tuple(Rc<[Value]>),
    /// A list: shared and mutable.
    List(Rc<List>),
    /// A dict: shared, mutable, in order of insertion.
    Dict(Rc<Dict>),
    /// A set: shared and mutable.
    Set(Rc<Set>),
    /// A slice.
    Slice(Rc<Slice>),
    /// A range.
    Range(Rc<Range>),
    /// An array.
    Array(ArrayRef),
    /// A NumPy scalar.
    Scalar(Scalar),
    /// A dtype.
    DType(Rc<DType>),
    /// A class: `int`, `np.float64`, `np.ndarray`.
    Class(&'static Class),
    /// A function.
    Function(&'static Function),
    /// A function with its first argument: `a.reshape`.
    Method(Rc<(Value, &'static Function)>),
    /// A module.
    Module(Rc<Module>),
    /// Anything else: flags, iterators, `finfo`, ...
    Object(Rc<dyn Object>),
}

impl Value {
    /// A str.
    pub fn str(text: impl AsRef<str>) -> Value {
        Value::Str(text.as_ref().into())
    }

    /// An int.
    pub fn int(value: impl Into<Int>) -> Value {
        Value::Int(value.into())
    }

    /// A tuple.
    pub fn tuple(items: impl IntoIterator<Item = Value>) -> Value {
        Value::Tuple(items.into_iter().collect())
    }

    /// A list.
    pub fn list(items: impl IntoIterator<Item = Value>) -> Value {
        Value::List(Rc::new(List::new(items.into_iter().collect())))
    }

    /// A tuple of ints: a shape or strides.
    pub fn ints<T: Into<Int>>(items: impl IntoIterator<Item = T>) -> Value {
        Value::tuple(items.into_iter().map(Value::int))
    }

    /// A dtype.
    pub fn dtype(dtype: impl Into<DType>) -> Value {
        Value::DType(Rc::new(dtype.into()))
    }

    /// Any other object.
    pub fn object(object: impl Object) -> Value {
        Value::Object(Rc::new(object))
    }

    /// Whether it is `None`.
    pub fn is_none(&self) -> bool {
        matches!(self, Value::None)
    }

    /// The class, as `type(x)` gives it.
    pub fn class(&self) -> &'static Class {
        match self {
            Value::None => &classes::NONE_TYPE,
            Value::Ellipsis => &classes::ELLIPSIS,
            Value::NotImplemented => &classes::NOT_IMPLEMENTED,
            Value::Bool(_) => &classes::BOOL,
            Value::Int(_) => &classes::INT,
            Value::Float(_) => &classes::FLOAT,
            Value::Complex(_) => &classes::COMPLEX,
            Value::Str(_) => &classes::STR,
            Value::Bytes(_) => &classes::BYTES,
            Value::Tuple(_) => &classes::TUPLE,
            Value::List(_) => &classes::LIST,
            Value::Dict(_) => &classes::DICT,
            Value::Set(_) => &classes::SET,
            Value::Slice(_) => &classes::SLICE,
            Value::Range(_) => &classes::RANGE,
            Value::Array(array) => classes::of_array(array),
            Value::Scalar(scalar) => classes::of_scalar(scalar.ty()),
            Value::DType(dtype) => classes::of_dtype(dtype.ty()),
            Value::Class(_) => &classes::TYPE,
            Value::Function(function) => function.class(),
            Value::Method(_) => &classes::BUILTIN_METHOD,
            Value::Module(_) => &classes::MODULE,
            Value::Object(object) => object.class(),
        }
    }

    /// `type(x).__name__`, as error messages say it.
    pub fn type_name(&self) -> &'static str {
        self.class().name
    }

    /// Python's `is`.
    pub fn is(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::None, Value::None)
            | (Value::Ellipsis, Value::Ellipsis)
            | (Value::NotImplemented, Value::NotImplemented) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Scalar(Scalar::Bool(a)), Value::Scalar(Scalar::Bool(b))) => a == b,
            (Value::Class(a), Value::Class(b)) => std::ptr::eq(*a, *b),
            (Value::Function(a), Value::Function(b)) => std::ptr::eq(*a, *b),
            // CPython keeps one object for each of these ints; larger ones are one only by chance.
            (Value::Int(a), Value::Int(b)) => a == b && a.to_i64().is_some_and(|n| (-5..=256).contains(&n)),
            // Floats have no identity of their own here; CPython's `x is x` is what people ask.
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            (Value::Complex(a), Value::Complex(b)) => {
                a.re.to_bits() == b.re.to_bits() && a.im.to_bits() == b.im.to_bits()
            }
            (Value::DType(a), Value::DType(b)) => Rc::ptr_eq(a, b) || (a == b && a.is_native()),
            _ => match (self.address(), other.address()) {
                (Some(a), Some(b)) => a == b,
                _ => false,
            },
        }
    }

    /// Where a shared object stands in the host's memory: its identity. `None` for what has no identity of its own.
    pub fn address(&self) -> Option<usize> {
        fn at<T: ?Sized>(shared: &Rc<T>) -> Option<usize> {
            Some(Rc::as_ptr(shared) as *const u8 as usize)
        }
        match self {
            Value::Str(x) => at(x),
            Value::Bytes(x) => at(x),
            Value::Tuple(x) => at(x),
            Value::List(x) => at(x),
            Value::Dict(x) => at(x),
            Value::Set(x) => at(x),
            Value::Slice(x) => at(x),
            Value::Range(x) => at(x),
            Value::Array(x) => at(x),
            Value::DType(x) => at(x),
            Value::Method(x) => at(x),
            Value::Module(x) => at(x),
            Value::Object(x) => at(x),
            Value::Class(x) => Some(*x as *const Class as usize),
            Value::Function(x) => Some(*x as *const Function as usize),
            _ => None,
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Bool(value)
    }
}
impl From<f64> for Value {
    fn from(value: f64) -> Value {
        Value::Float(value)
    }
}
impl From<&str> for Value {
    fn from(value: &str) -> Value {
        Value::str(value)
    }
}
impl From<String> for Value {
    fn from(value: String) -> Value {
        Value::str(value)
    }
}
impl From<ArrayRef> for Value {
    fn from(value: ArrayRef) -> Value {
        Value::Array(value)
    }
}
impl From<Scalar> for Value {
    fn from(value: Scalar) -> Value {
        Value::Scalar(value)
    }
}
impl From<Complex64> for Value {
    fn from(value: Complex64) -> Value {
        Value::Complex(value)
    }
}
impl From<usize> for Value {
    fn from(value: usize) -> Value {
        Value::int(value)
    }
}
impl From<isize> for Value {
    fn from(value: isize) -> Value {
        Value::int(value)
    }
}
