//! `memoryview`: a window on the memory of a bytes, a bytearray or an array.
//!
//! Inside it is an array that is a view of the object's memory; what Python's memoryview cannot do that arrays can is
//! refused here in its words.

use super::bytearray::ByteArray;
use super::slicing::{index as as_place, parts};
use crate::array::layout::{BasicIndex, basic_index};
use crate::array::printing::PrintOptions;
use crate::array::{ArrayRef, Layout, NdArray, Order, Scalar, Type, elements};
use crate::error::{Error, ErrorClass, Result, index_error, not_implemented_error, type_error, value_error};
use crate::memory::AlignedBytes;
use crate::registry::Context;
use crate::value::{Class, Items, Object, Twins, Value, Way, classes, entry, hash_of_bytes};
use std::any::Any;
use std::rc::Rc;

/// A memoryview.
pub struct MemoryView {
    array: ArrayRef,
    /// The object whose memory it is.
    object: Value,
    readonly: bool,
}

/// The format letter of an element type in the `struct` module (`PEP 3118`).
fn format_letter(ty: Type) -> &'static str {
    match ty {
        Type::Bool => "?",
        Type::Int8 => "b",
        Type::UInt8 => "B",
        Type::Int16 => "h",
        Type::UInt16 => "H",
        Type::Int32 => "i",
        Type::UInt32 => "I",
        Type::Int64 => "l",
        Type::UInt64 => "L",
        Type::Float16 => "e",
        Type::Float32 => "f",
        Type::Float64 => "d",
        Type::Complex64 => "Zf",
        Type::Complex128 => "Zd",
        Type::Object => "O",
        Type::Bytes => "s",
        Type::Str => "w",
        Type::Void => "x",
        Type::DateTime64 => "M",
        Type::TimeDelta64 => "m",
    }
}

/// `memoryview(value)`.
///
/// # Errors
/// `TypeError: memoryview: a bytes-like object is required, not 'int'`.
pub fn of(context: &mut Context, value: &Value) -> Result<Value> {
    let over_bytes = |memory: Rc<AlignedBytes>, readonly: bool| {
        let layout = Layout::contiguous(Type::UInt8.into(), &[memory.len()], Order::C);
        let buffer = context.runtime.ledger.borrow(Rc::clone(&memory));
        (NdArray::over(layout, buffer, memory, !readonly), readonly)
    };
    let (array, readonly) = match value {
        Value::Array(array) => (Rc::clone(array), !array.is_writeable()),
        Value::Bytes(bytes) => {
            let memory = AlignedBytes::copied(bytes).ok_or_else(|| Error::new(ErrorClass::MemoryError, ""))?;
            over_bytes(Rc::new(memory), true)
        }
        other => match (other.downcast::<ByteArray>(), other.downcast::<MemoryView>()) {
            (Some(bytes), _) => over_bytes(bytes.memory(), false),
            (_, Some(view)) => return Ok(view.over(Rc::clone(&view.array))),
            _ => {
                let class = value.class().qualified();
                return Err(type_error(format!("memoryview: a bytes-like object is required, not '{class}'")));
            }
        },
    };
    // A layout of its own, so that what is set on the array does not show here.
    let layout = array.layout().clone();
    Ok(Value::object(MemoryView { array: NdArray::view(&array, layout), object: value.clone(), readonly }))
}

/// An element as Python's own number.
fn unpacked(scalar: Scalar) -> Result<Value> {
    match scalar {
        Scalar::Bool(truth) => Ok(Value::Bool(truth)),
        _ if scalar.ty().is_complex() => {
            let format = format_letter(scalar.ty());
            Err(not_implemented_error(format!("memoryview: format {format} not supported")))
        }
        _ => Ok(scalar.as_i128().map_or_else(|| Value::Float(scalar.as_f64()), Value::int)),
    }
}

impl MemoryView {
    fn over(&self, array: ArrayRef) -> Value {
        Value::object(MemoryView { array, object: self.object.clone(), readonly: self.readonly })
    }

    /// The number of axes.
    pub fn ndim(&self) -> usize {
        self.array.ndim()
    }

    /// The bytes of the elements side by side.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn to_bytes(&self, order: Order) -> Result<Vec<u8>> {
        elements::tobytes(&self.array, order)
    }

    /// The elements as nested lists of Python's numbers.
    ///
    /// # Errors
    /// `NotImplementedError` for complex elements.
    pub fn to_list(&self) -> Result<Value> {
        fn nested(array: &ArrayRef) -> Result<Value> {
            if array.ndim() == 0 {
                return unpacked(array.read(array.layout().offset));
            }
            let count = array.layout().shape[0];
            let items = (0..count).map(|i| match entry(array, i) {
                Value::Array(part) => nested(&part),
                Value::Scalar(scalar) => unpacked(scalar),
                other => Ok(other),
            });
            Ok(Value::list(items.collect::<Result<Vec<_>>>()?))
        }
        nested(&self.array)
    }

    /// The same memory, not to be written.
    pub fn to_readonly(&self) -> Value {
        Value::object(MemoryView { array: Rc::clone(&self.array), object: self.object.clone(), readonly: true })
    }

    /// The format of its elements: `'d'`, `'>i'`.
    pub fn format(&self) -> String {
        let dtype = self.array.dtype();
        format!("{}{}", if dtype.is_swapped() { ">" } else { "" }, format_letter(dtype.ty()))
    }

    /// The layout of what `index` picks, and whether that is one element.
    fn pick(&self, index: &Value) -> Result<(Layout, bool)> {
        let ndim = self.array.ndim();
        let place = |value: &Value| as_place(value, |_| "memoryview: invalid slice key".into());
        let items: Vec<BasicIndex> = match index {
            Value::Tuple(items) if items.len() == ndim => {
                items.iter().map(|item| place(item).map(BasicIndex::Int)).collect::<Result<_>>()?
            }
            Value::Tuple(items) if items.len() < ndim => {
                return Err(not_implemented_error("sub-views are not implemented"));
            }
            Value::Tuple(items) => {
                let message = format!("cannot index {ndim}-dimension view with {}-element tuple", items.len());
                return Err(type_error(message));
            }
            Value::Ellipsis if ndim == 0 => return Ok((self.array.layout().clone(), false)),
            _ if ndim == 0 => return Err(type_error("invalid indexing of 0-dim memory")),
            Value::Slice(slice) => vec![BasicIndex::Slice(parts(slice)?)],
            _ if ndim > 1 => {
                place(index)?;
                return Err(not_implemented_error("multi-dimensional sub-views are not implemented"));
            }
            _ => vec![BasicIndex::Int(place(index)?)],
        };
        let is_element = !matches!(items.first(), Some(BasicIndex::Slice(_)));
        let layout = basic_index(&self.array.layout(), &items).map_err(|error| match error.class() {
            ErrorClass::IndexError => {
                let shape = self.array.shape();
                let outside = |(axis, item): (usize, &BasicIndex)| match item {
                    BasicIndex::Int(i) => super::slicing::place(*i, *shape.get(axis)?).is_none().then_some(axis + 1),
                    _ => None,
                };
                let axis = items.iter().enumerate().find_map(outside).unwrap_or(1);
                index_error(format!("index out of bounds on dimension {axis}"))
            }
            _ => error,
        })?;
        Ok((layout, is_element))
    }
}

impl Object for MemoryView {
    fn class(&self) -> &'static Class {
        &classes::MEMORYVIEW
    }

    fn repr(&self, _: &PrintOptions) -> String {
        format!("<memory at 0x{:x}>", crate::value::shown_address(std::ptr::from_ref(self) as usize))
    }

    fn attribute(&self, _: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        let layout = self.array.layout();
        Some(Ok(match name {
            "nbytes" => Value::int(layout.nbytes()),
            "itemsize" => Value::int(layout.itemsize()),
            "ndim" => Value::int(layout.ndim()),
            "shape" => Value::ints(layout.shape.iter().copied()),
            "strides" => Value::ints(layout.strides.iter().copied()),
            "suboffsets" => Value::tuple([]),
            "format" => Value::str(self.format()),
            "readonly" => Value::Bool(self.readonly),
            "obj" => self.object.clone(),
            "c_contiguous" => Value::Bool(layout.is_c_contiguous()),
            "f_contiguous" => Value::Bool(layout.is_f_contiguous()),
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

    fn item(&self, _: &mut Context, _: &Value, index: &Value) -> Result<Value> {
        let (layout, is_element) = self.pick(index)?;
        if is_element && layout.ndim() == 0 && !matches!(index, Value::Ellipsis) {
            return unpacked(self.array.read(layout.offset));
        }
        Ok(self.over(NdArray::view(&self.array, layout)))
    }

    fn set_item(&self, context: &mut Context, index: &Value, value: &Value) -> Result<()> {
        if self.readonly {
            return Err(type_error("cannot modify read-only memory"));
        }
        let (layout, is_element) = self.pick(index)?;
        if is_element {
            let scalar = packed(value, self.array.dtype().ty(), &self.format())?;
            self.array.write(layout.offset, &scalar);
            context.runtime.record_write_element(&self.array, layout.offset);
            return Ok(());
        }
        let different = || value_error("memoryview assignment: lvalue and rvalue have different structures");
        let source = super::bytes::required(value)?;
        let target = NdArray::view(&self.array, layout);
        if source.len() != target.layout().nbytes() || self.array.dtype().ty() != Type::UInt8 {
            return Err(different());
        }
        let (shape, stride, start) = {
            let layout = target.layout();
            (layout.shape.clone(), layout.strides.first().copied().unwrap_or(0), layout.offset)
        };
        for (i, byte) in source.iter().enumerate().take(shape.first().copied().unwrap_or(0)) {
            target.write(start.wrapping_add_signed(stride * i as isize), &Scalar::UInt8(*byte));
        }
        context.runtime.record_write(&target, None);
        Ok(())
    }

    fn length(&self) -> Option<usize> {
        Some(self.array.layout().shape.first().copied().unwrap_or(1))
    }

    fn iterate(&self, _: &Value) -> Option<Items> {
        match self.array.ndim() {
            0 => Some(Box::new(std::iter::once(Err(type_error("invalid indexing of 0-dim memory"))))),
            1 => Some(Box::new(elements::elements(&self.array, Order::C).map(unpacked))),
            _ => {
                let message = "multi-dimensional sub-views are not implemented";
                Some(Box::new(std::iter::once(Err(not_implemented_error(message)))))
            }
        }
    }

    fn equal(&self, other: &Value) -> Option<bool> {
        let other = match (other, other.downcast::<MemoryView>()) {
            (Value::Array(array), _) => Rc::clone(array),
            (_, Some(view)) => Rc::clone(&view.array),
            _ => {
                let one_axis = self.array.ndim() == 1 && self.array.dtype().ty() == Type::UInt8;
                let own = self.to_bytes(Order::C).ok();
                return Some(one_axis && super::bytes::of(other).is_some_and(|bytes| Some(bytes) == own));
            }
        };
        let own = elements::elements(&self.array, Order::C);
        let same_shape = self.array.shape() == other.shape();
        Some(same_shape && own.zip(elements::elements(&other, Order::C)).all(|(a, b)| a.as_complex() == b.as_complex()))
    }

    fn hash(&self) -> Option<Result<i64>> {
        Some(match self.readonly {
            true => self.to_bytes(Order::C).map(|bytes| hash_of_bytes(&bytes)),
            false => Err(value_error("cannot hash writable memoryview object")),
        })
    }

    fn as_array(&self, _: &mut Context) -> Option<Result<ArrayRef>> {
        let view = NdArray::view(&self.array, self.array.layout().clone());
        view.set_writeable(!self.readonly);
        Some(Ok(view))
    }

    fn twin(&self, _: &Value, twins: &mut Twins) -> Result<Value> {
        let (array, object) = (twins.array(&self.array), twins.of(&self.object)?);
        Ok(Value::object(MemoryView { array, object, readonly: self.readonly }))
    }

    fn held(&self) -> Vec<(Way, Value)> {
        vec![(Way::Inside, self.object.clone())]
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A Python number as an element (`pack_single`).
fn packed(value: &Value, ty: Type, format: &str) -> Result<Scalar> {
    use crate::value::{as_f64, as_int, is_true};
    let bad_type = |_| type_error(format!("memoryview: invalid type for format '{format}'"));
    if ty == Type::Bool {
        return Ok(Scalar::Bool(is_true(value)?));
    }
    if ty.is_integer() {
        let whole = as_int(value).map_err(bad_type)?;
        return whole
            .to_i128()
            .and_then(|whole| Scalar::exact(whole, ty))
            .ok_or_else(|| value_error(format!("memoryview: invalid value for format '{format}'")));
    }
    if ty.is_complex() {
        return Err(not_implemented_error(format!("memoryview: format {format} not supported")));
    }
    Ok(Scalar::Float64(as_f64(value).map_err(bad_type)?).cast(ty))
}
