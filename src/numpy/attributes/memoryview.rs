//! `a.data` and `memoryview(...)`: the bytes of an object, lent out through Python's buffer protocol.

use super::{array_of, write_value};
use crate::array::elements::tobytes;
use crate::array::index::{self, Index, Selected};
use crate::array::printing::PrintOptions;
use crate::array::{ArrayRef, Kind, Layout, NdArray, Order, Type};
use crate::error::{Result, index_error, not_implemented_error, type_error, value_error};
use crate::memory::AlignedBytes;
use crate::numpy::coercion::array_like;
use crate::numpy::manipulation::conversion::to_list;
use crate::numpy::subscript::indices;
use crate::registry::{Attribute, Context, Function, MemoryRule, Run, Section};
use crate::value::{Class, Items, Object, Value, classes, python_number};
use std::any::Any;
use std::rc::Rc;

/// A memoryview: an array's layout over the memory of `object`, which it keeps alive.
pub struct MemoryView {
    array: ArrayRef,
    object: Value,
}

impl MemoryView {
    /// The memory of an array.
    pub fn of_array(array: &ArrayRef) -> MemoryView {
        MemoryView { array: Rc::clone(array), object: Value::Array(Rc::clone(array)) }
    }

    /// The memory of a bytes, which is read-only.
    ///
    /// # Errors
    /// `MemoryError` where the machine refuses.
    pub fn of_bytes(context: &mut Context, bytes: &Rc<[u8]>) -> Result<MemoryView> {
        let object = Value::Bytes(Rc::clone(bytes));
        let array = lend_bytes(context, bytes, object.clone())?;
        Ok(MemoryView { array, object })
    }

    /// The array whose layout it has.
    pub fn array(&self) -> &ArrayRef {
        &self.array
    }

    fn format(&self) -> String {
        let dtype = self.array.dtype();
        let order = if dtype.is_swapped() { ">" } else { "" };
        let letter = match dtype.ty() {
            Type::Complex64 => "Zf".to_string(),
            Type::Complex128 => "Zd".to_string(),
            other if dtype.is_swapped() && other.size() == 8 && dtype.kind() == Kind::Signed => "q".to_string(),
            other if dtype.is_swapped() && other.size() == 8 && dtype.kind() == Kind::Unsigned => "Q".to_string(),
            other => other.letter().to_string(),
        };
        format!("{order}{letter}")
    }

    fn require_format(&self) -> Result<()> {
        let format = self.format();
        if format == "e" {
            return Err(not_implemented_error("memoryview: format e not supported"));
        }
        if format.len() > 1 {
            return Err(not_implemented_error(format!("memoryview: unsupported format {format}")));
        }
        Ok(())
    }
}

/// An array of bytes over the contents of a bytes, which it keeps alive as its base.
///
/// # Errors
/// `MemoryError` where the machine refuses.
pub fn lend_bytes(context: &mut Context, bytes: &[u8], object: Value) -> Result<ArrayRef> {
    let lent = AlignedBytes::copied(bytes).ok_or(crate::memory::OutOfMemory { bytes: bytes.len() })?;
    let buffer = context.runtime.ledger.borrow(Rc::new(lent));
    let layout = Layout::contiguous(Type::UInt8.into(), &[bytes.len()], Order::C);
    Ok(NdArray::over(layout, buffer, Rc::new(object), false))
}

impl Object for MemoryView {
    fn class(&self) -> &'static Class {
        &classes::MEMORYVIEW
    }

    fn repr(&self, _: &PrintOptions) -> String {
        format!("<memory at 0x{:x}>", Rc::as_ptr(&self.array) as usize)
    }

    fn attribute(&self, _: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        let layout = self.array.layout();
        Some(Ok(match name {
            "obj" => self.object.clone(),
            "shape" => Value::ints(layout.shape.iter().copied()),
            "strides" => Value::ints(layout.strides.iter().copied()),
            "suboffsets" => Value::tuple([]),
            "format" => self.format().into(),
            "itemsize" => layout.itemsize().into(),
            "nbytes" => layout.nbytes().into(),
            "ndim" => layout.ndim().into(),
            "readonly" => Value::Bool(!self.array.is_writeable()),
            "c_contiguous" => layout.is_c_contiguous().into(),
            "f_contiguous" => layout.is_f_contiguous().into(),
            "contiguous" => Value::Bool(layout.is_c_contiguous() || layout.is_f_contiguous()),
            _ => return None,
        }))
    }

    fn attributes(&self) -> &'static [&'static str] {
        &[
            "c_contiguous",
            "contiguous",
            "f_contiguous",
            "format",
            "itemsize",
            "nbytes",
            "ndim",
            "obj",
            "readonly",
            "shape",
            "strides",
            "suboffsets",
        ]
    }

    fn item(&self, context: &mut Context, _: &Value, index: &Value) -> Result<Value> {
        let items = indices(context, index).map_err(|_| type_error("memoryview: invalid slice key"))?;
        let ints = items.iter().filter(|item| matches!(item, Index::Int(_))).count();
        if ints > 0 && ints < self.array.ndim() {
            let what = if ints == items.len() { "sub-views are" } else { "slicing is" };
            return Err(not_implemented_error(format!("multi-dimensional {what} not implemented")));
        }
        match index::get(&context.runtime, &self.array, &items).map_err(outside)? {
            Selected::Element(scalar) => self.require_format().map(|()| python_number(scalar)),
            Selected::View(array) if ints < self.array.ndim() => {
                Ok(Value::object(MemoryView { array, object: self.object.clone() }))
            }
            Selected::View(array) | Selected::Copy(array) => Ok(python_number(array.read(array.layout().offset))),
        }
    }

    fn set_item(&self, context: &mut Context, index: &Value, value: &Value) -> Result<()> {
        if !self.array.is_writeable() {
            return Err(type_error("cannot modify read-only memory"));
        }
        self.require_format()?;
        let kind = self.array.dtype().kind();
        let fits = match value {
            Value::Bool(_) | Value::Int(_) => true,
            Value::Float(_) => kind == Kind::Float,
            _ => false,
        };
        let items = indices(context, index).map_err(|_| type_error("memoryview: invalid slice key"))?;
        match index::get(&context.runtime, &self.array, &items).map_err(outside)? {
            Selected::View(part) => write_value(context, &part, value),
            _ if !fits => Err(type_error(format!("memoryview: invalid type for format '{}'", self.format()))),
            _ => {
                let source = array_like(context, value, &self.array.dtype())
                    .map_err(|_| value_error(format!("memoryview: invalid value for format '{}'", self.format())))?;
                index::set(&context.runtime, &self.array, &items, &source)
            }
        }
    }

    fn length(&self) -> Option<usize> {
        Some(self.array.layout().shape.first().copied().unwrap_or(1))
    }

    fn iterate(&self, _: &Value) -> Option<Items> {
        let array = Rc::clone(&self.array);
        if array.ndim() != 1 {
            let message = "multi-dimensional sub-views are not implemented";
            return Some(Box::new(std::iter::once(Err(not_implemented_error(message)))));
        }
        let len = array.layout().shape[0];
        Some(Box::new((0..len).map(move |i| match crate::value::entry(&array, i) {
            Value::Scalar(scalar) => Ok(python_number(scalar)),
            other => Ok(other),
        })))
    }

    fn equal(&self, other: &Value) -> Option<bool> {
        let other = match other {
            Value::Array(array) => Rc::clone(array),
            Value::Bytes(bytes) => {
                return Some(
                    self.array.dtype().itemsize() == 1
                        && tobytes(&self.array, Order::C).is_ok_and(|own| own == **bytes),
                );
            }
            object => Rc::clone(&object.downcast::<MemoryView>()?.array),
        };
        if self.array.shape() != other.shape() {
            return Some(false);
        }
        crate::value::equal(&to_list(&self.array), &to_list(&other)).ok()
    }

    fn as_array(&self, _: &mut Context) -> Option<Result<ArrayRef>> {
        let layout = self.array.layout().clone();
        let base = Value::object(MemoryView { array: Rc::clone(&self.array), object: self.object.clone() });
        Some(Ok(NdArray::over(layout, self.array.buffer(), Rc::new(base), self.array.is_writeable())))
    }

    fn held_arrays(&self) -> Vec<ArrayRef> {
        vec![Rc::clone(&self.array)]
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn outside(error: crate::error::Error) -> crate::error::Error {
    match error.message().split_once("axis ").and_then(|(_, rest)| rest.split(' ').next()) {
        Some(axis) if error.class() == crate::error::ErrorClass::IndexError => {
            let axis = axis.parse::<usize>().unwrap_or(0) + 1;
            index_error(format!("index out of bounds on dimension {axis}"))
        }
        _ => error,
    }
}

fn view_of(value: &Value) -> Result<&MemoryView> {
    value.downcast::<MemoryView>().ok_or_else(|| type_error("expected a memoryview"))
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "memoryview",
            signature: "(object)",
            method: None,
            summary: "The memory of an array or of a bytes, to look at and to write without a copy.",
            memory: MemoryRule::NoArray,
            notes: "It keeps the object alive, as a view does. np.asarray(memoryview) is an array over the same memory.",
            example: "\
>>> a = np.arange(3)
>>> m = memoryview(a)
>>> m[0] = 7
>>> a
array([7, 1, 2])
>>> m.nbytes, m.readonly
(24, False)
>>> memoryview(b'abc').tolist()
[97, 98, 99]
",
            see_also: &["np.frombuffer", "np.asarray"],
            run: Run::Call(|context, arguments| {
                let object = arguments.get("object");
                Ok(Value::object(match &object {
                    Value::Array(array) => MemoryView::of_array(array),
                    Value::Bytes(bytes) => MemoryView::of_bytes(context, bytes)?,
                    other => match other.downcast::<MemoryView>() {
                        Some(view) => MemoryView { array: Rc::clone(&view.array), object: view.object.clone() },
                        None => {
                            let message = "memoryview: a bytes-like object is required, not";
                            return Err(type_error(format!("{message} '{}'", other.type_name())));
                        }
                    },
                }))
            }),
        },
        Function {
            name: "memoryview.tolist",
            signature: "()",
            method: None,
            summary: "The elements as (nested) lists of Python numbers.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.arange(4).reshape(2, 2).data.tolist()
[[0, 1], [2, 3]]
",
            see_also: &["ndarray.tolist"],
            run: Run::Call(|_, arguments| {
                let receiver = arguments.take_receiver();
                let view = view_of(&receiver)?;
                view.require_format()?;
                Ok(to_list(&view.array))
            }),
        },
        Function {
            name: "memoryview.tobytes",
            signature: "(order='C')",
            method: None,
            summary: "A copy of the elements' bytes, in C order.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.array([1, 2], dtype=np.int8).data.tobytes()
b'\\x01\\x02'
",
            see_also: &["ndarray.tobytes"],
            run: Run::Call(|_, arguments| {
                let receiver = arguments.take_receiver();
                let order = crate::numpy::dtypes::as_order(&arguments.get("order"))?;
                Ok(Value::Bytes(tobytes(view_of(&receiver)?.array(), order)?.into()))
            }),
        },
        Function {
            name: "memoryview.hex",
            signature: "()",
            method: None,
            summary: "The elements' bytes, two hexadecimal digits each.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.array([1, 255], dtype='>i2').data.hex()
'000100ff'
",
            see_also: &["ndarray.tobytes"],
            run: Run::Call(|_, arguments| {
                let receiver = arguments.take_receiver();
                let bytes = tobytes(view_of(&receiver)?.array(), Order::C)?;
                Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into())
            }),
        },
        Function {
            name: "memoryview.toreadonly",
            signature: "()",
            method: None,
            summary: "A memoryview of the same memory through which nothing can be written.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.arange(2).data.toreadonly().readonly
True
",
            see_also: &["ndarray.setflags"],
            run: Run::Call(|_, arguments| {
                let receiver = arguments.take_receiver();
                let view = view_of(&receiver)?;
                let layout = view.array.layout().clone();
                let array = NdArray::view(&view.array, layout);
                array.set_writeable(false);
                Ok(Value::object(MemoryView { array, object: view.object.clone() }))
            }),
        },
    ],
    attributes: &[Attribute {
        name: "ndarray.data",
        summary: "The array's memory as a memoryview. Its address says nothing of the array's: two views of one array print differently.",
        memory: MemoryRule::NoArray,
        example: "\
>>> a = np.arange(6).reshape(2, 3)
>>> a.data.shape, a.data.format, a.data.nbytes
((2, 3), 'l', 48)
>>> a.data[0, 1] = 9
>>> a
array([[0, 9, 2],
       [3, 4, 5]])
>>> a.data.obj is a
True
",
        get: |_, value| Ok(Value::object(MemoryView::of_array(array_of(value)?))),
        set: None,
    }],
    constants: &[],
    aliases: &[],
    classes: &[("memoryview", &classes::MEMORYVIEW)],
};
