//! `a.ctypes`: the array as C sees it, and with it the address of its first element.

use super::array_of;
use crate::array::ArrayRef;
use crate::array::printing::PrintOptions;
use crate::error::{Result, not_implemented_error};
use crate::registry::{Attribute, Context, Function, MemoryRule, Run, Section};
use crate::value::{Class, Items, Object, Value, Way, as_index, classes};
use std::any::Any;
use std::rc::Rc;

/// What `a.ctypes` gives.
pub struct Ctypes(ArrayRef);

impl Object for Ctypes {
    fn class(&self) -> &'static Class {
        &classes::CTYPES
    }

    fn repr(&self, _: &PrintOptions) -> String {
        format!(
            "<numpy._core._internal._ctypes object at 0x{:x}>",
            crate::value::shown_address(Rc::as_ptr(&self.0) as usize)
        )
    }

    fn attribute(&self, _: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        Some(Ok(match name {
            "data" => self.0.address().into(),
            "shape" => longs(self.0.shape().iter().map(|&n| n as i64)),
            "strides" => longs(self.0.layout().strides.iter().map(|&n| n as i64)),
            "_arr" => Value::Array(Rc::clone(&self.0)),
            _ => return None,
        }))
    }

    fn attributes(&self) -> &'static [&'static str] {
        &["data", "shape", "strides"]
    }

    fn held(&self) -> Vec<(Way, Value)> {
        vec![(Way::Inside, Value::Array(Rc::clone(&self.0)))]
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A C array of longs, as `ctypes` has it.
struct Longs(Vec<i64>);

fn longs(items: impl Iterator<Item = i64>) -> Value {
    Value::object(Longs(items.collect()))
}

impl Object for Longs {
    fn class(&self) -> &'static Class {
        &classes::C_LONG_ARRAY
    }

    fn repr(&self, _: &PrintOptions) -> String {
        let address = crate::value::shown_address(self.0.as_ptr() as usize);
        format!("<numpy._core._internal.c_long_Array_{} object at 0x{address:x}>", self.0.len())
    }

    fn item(&self, context: &mut Context, _: &Value, index: &Value) -> Result<Value> {
        match index {
            Value::Slice(_) => {
                let list = Value::list(self.0.iter().map(|&n| Value::int(n)));
                crate::python::get_item(context, &list, index)
            }
            _ => {
                let index = as_index(index)?;
                let place = if index < 0 { index + self.0.len() as isize } else { index };
                let item = usize::try_from(place).ok().and_then(|i| self.0.get(i));
                item.map(|&n| Value::int(n)).ok_or_else(|| crate::error::index_error("invalid index"))
            }
        }
    }

    fn length(&self) -> Option<usize> {
        Some(self.0.len())
    }

    fn iterate(&self, _: &Value) -> Option<Items> {
        Some(Box::new(self.0.clone().into_iter().map(|n| Ok(Value::int(n)))))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "_ctypes.data_as",
            signature: "(obj)",
            method: None,
            summary: "The address as a C pointer; there is no C to hand it to here.",
            memory: MemoryRule::NoArray,
            notes: "a.ctypes.data is the address as an int.",
            example: "\
>>> a = np.arange(4)
>>> a[1:].ctypes.data - a.ctypes.data
8
",
            see_also: &["ndarray.view"],
            run: Run::Call(|_, _| no_pointers()),
        },
        Function {
            name: "_ctypes.shape_as",
            signature: "(obj)",
            method: None,
            summary: "The shape as a C array of another type; there is no C to hand it to here.",
            memory: MemoryRule::NoArray,
            notes: "a.ctypes.shape is an array of longs.",
            example: "\
>>> np.zeros((2, 3)).ctypes.shape[:]
[2, 3]
",
            see_also: &["ndarray.view"],
            run: Run::Call(|_, _| no_pointers()),
        },
        Function {
            name: "_ctypes.strides_as",
            signature: "(obj)",
            method: None,
            summary: "The strides as a C array of another type; there is no C to hand it to here.",
            memory: MemoryRule::NoArray,
            notes: "a.ctypes.strides is an array of longs.",
            example: "\
>>> np.zeros((2, 3)).ctypes.strides[:]
[24, 8]
",
            see_also: &["ndarray.view"],
            run: Run::Call(|_, _| no_pointers()),
        },
    ],
    attributes: &[Attribute {
        name: "ndarray.ctypes",
        summary: "The array as C sees it: a.ctypes.data is the address of its first element.",
        memory: MemoryRule::NoArray,
        example: "\
>>> a = np.arange(4)
>>> a[2:].ctypes.data - a.ctypes.data
16
>>> a.copy().ctypes.data == a.ctypes.data
False
",
        get: |_, value| Ok(Value::object(Ctypes(Rc::clone(array_of(value)?)))),
        set: None,
    }],
    constants: &[],
    aliases: &[],
    classes: &[],
};

fn no_pointers() -> Result<Value> {
    Err(not_implemented_error("ndsh has no C pointers").help("a.ctypes.data is the address as an int"))
}
