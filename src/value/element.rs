//! An element of an array as a value: NumPy's scalars of texts, which are Python's `str` and `bytes` too.

use super::record::{Record, record_at};
use super::{Class, Int, Items, PythonTime, TimeScalar, Value, classes, equal, hash, iterate, length};
use crate::array::layout::field_layout;
use crate::array::printing::{Legacy, PrintOptions};
use crate::array::{ArrayRef, DType, Item, Layout, NdArray, Order, Scalar, Type};
use crate::error::Result;
use crate::memory::AlignedBytes;
use crate::registry::Context;
use crate::text::quote::{repr_bytes, repr_str};
use crate::value::Object;
use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;

/// The element of `array` at byte `offset` of its buffer, as NumPy gives it: a scalar.
#[inline]
pub fn element_at(array: &ArrayRef, offset: usize) -> Value {
    if array.layout().dtype.is_number() { Value::Scalar(array.read(offset)) } else { other_element(array, offset) }
}

#[cold]
fn other_element(array: &ArrayRef, offset: usize) -> Value {
    let dtype = array.dtype();
    if dtype.structure().is_some() {
        return record_at(array, offset);
    }
    if dtype.ty() == Type::Void {
        // raw bytes are copied
        let buffer = array.buffer_ref();
        let bytes: Vec<u8> = buffer.cells().iter().skip(offset).take(dtype.itemsize()).map(Cell::get).collect();
        if let Some(bytes) = AlignedBytes::copied(&bytes) {
            let bytes = Rc::new(bytes);
            let scratch = buffer.ledger().scratch(Rc::clone(&bytes));
            return Record::of(NdArray::over(Layout::contiguous(dtype, &[], Order::C), scratch, bytes, false), false);
        }
    }
    item_scalar(&Item::read(&array.buffer_ref(), offset, &dtype))
}

/// An array of no axes as its scalar; another as itself.
#[inline]
pub fn unwrap_scalar(array: ArrayRef) -> Value {
    if array.ndim() > 0 {
        return Value::Array(array);
    }
    let offset = array.layout().offset;
    element_at(&array, offset)
}

/// NumPy's scalar of one element.
pub fn item_scalar(item: &Item) -> Value {
    match item {
        Item::Number(scalar) => Value::Scalar(*scalar),
        Item::Time(time) => Value::object(TimeScalar(*time)),
        Item::Str(text) => Value::object(TextScalar(Value::str(text))),
        Item::Bytes(bytes) => Value::object(TextScalar(Value::Bytes(bytes.as_slice().into()))),
        other => python_item(other),
    }
}

/// Python's value of the element of `array` at byte `offset`: of a structure the tuple of its fields, where the arrays
/// inside are arrays.
pub fn python_at(array: &ArrayRef, offset: usize) -> Value {
    let dtype = array.dtype();
    let Some(whole) = dtype.structure() else {
        return python_item(&Item::read(&array.buffer_ref(), offset, &dtype));
    };
    let element = Layout { dtype: dtype.clone(), shape: Default::default(), strides: Default::default(), offset };
    Value::tuple(whole.fields.iter().map(|field| {
        let part = field_layout(&element, field);
        let offset = part.offset;
        let part = NdArray::view(array, part);
        if part.ndim() == 0 { python_at(&part, offset) } else { Value::Array(part) }
    }))
}

/// Python's value of one element, as `a.item()` and `a.tolist()` give it.
pub fn python_item(item: &Item) -> Value {
    match item {
        Item::Number(scalar) => super::python_number(*scalar),
        Item::Time(time) => PythonTime::of(time),
        Item::Str(text) => Value::str(text),
        Item::Bytes(bytes) | Item::Raw(bytes) => Value::Bytes(bytes.as_slice().into()),
        Item::Fields(items) => Value::tuple(items.iter().map(python_item)),
        Item::Array(shape, items) => nested_list(shape, items),
        Item::Object(reference) => super::referred(reference),
    }
}

fn nested_list(shape: &[usize], items: &[Item]) -> Value {
    let Some((&len, rest)) = shape.split_first() else { return items.first().map_or(Value::None, python_item) };
    let each: usize = rest.iter().product();
    Value::list((0..len).map(|n| nested_list(rest, items.get(n * each..(n + 1) * each).unwrap_or_default())))
}

/// `np.str_('a')` or `np.bytes_(b'a')`: a [`Value::Str`] or a [`Value::Bytes`] that is NumPy's too.
pub struct TextScalar(Value);

impl TextScalar {
    /// NumPy's scalar of Python's text or bytes; other values as they are.
    pub fn of(value: Value) -> Value {
        match value {
            Value::Str(_) | Value::Bytes(_) => Value::object(TextScalar(value)),
            other => other,
        }
    }
}

/// Python's `str` or `bytes` of NumPy's scalar of a text; any other value as it is.
#[inline]
pub fn plain(value: &Value) -> &Value {
    match value {
        Value::Object(object) => object.as_any().downcast_ref::<TextScalar>().map_or(value, |scalar| &scalar.0),
        other => other,
    }
}

/// The element that a text or NumPy's scalar of one is, and the dtype that has room for it; nothing for other values.
pub fn text_item(value: &Value) -> Option<(Item, DType)> {
    match plain(value) {
        Value::Str(text) => Some((Item::Str(text.to_string()), DType::text(text.chars().count()))),
        Value::Bytes(bytes) => Some((Item::Bytes(bytes.to_vec()), DType::bytes(bytes.len()))),
        _ => None,
    }
}

impl Object for TextScalar {
    fn class(&self) -> &'static Class {
        if matches!(self.0, Value::Str(_)) { &classes::STR_ } else { &classes::BYTES_ }
    }

    fn repr(&self, options: &PrintOptions) -> String {
        let (name, text) = match &self.0 {
            Value::Str(text) => ("str_", repr_str(text)),
            Value::Bytes(bytes) => ("bytes_", repr_bytes(bytes)),
            other => return super::repr(other, options),
        };
        if options.legacy <= Legacy::V1_25 { text } else { format!("np.{name}({text})") }
    }

    fn str(&self, options: &PrintOptions) -> String {
        super::str(&self.0, options)
    }

    fn item(&self, context: &mut Context, _: &Value, index: &Value) -> Result<Value> {
        if matches!(index, Value::Tuple(items) if items.is_empty()) {
            return Ok(TextScalar::of(self.0.clone()));
        }
        (context.catalog.hooks.operators.get_item)(context, &self.0, index)
    }

    fn length(&self) -> Option<usize> {
        length(&self.0)
    }

    fn iterate(&self, _: &Value) -> Option<Items> {
        iterate(&self.0).ok()
    }

    fn contains(&self, item: &Value) -> Option<Result<bool>> {
        match (&self.0, plain(item)) {
            (Value::Str(text), Value::Str(part)) => Some(Ok(text.contains(&**part))),
            (Value::Bytes(bytes), Value::Int(Int::Small(byte))) => {
                Some(Ok(bytes.iter().any(|&own| i64::from(own) == *byte)))
            }
            (Value::Bytes(bytes), Value::Bytes(part)) => {
                Some(Ok(part.is_empty() || bytes.windows(part.len()).any(|window| window == &**part)))
            }
            _ => None,
        }
    }

    fn equal(&self, other: &Value) -> Option<bool> {
        equal(&self.0, plain(other)).ok()
    }

    fn hash(&self) -> Option<Result<i64>> {
        Some(hash(&self.0))
    }

    fn as_array(&self, context: &mut Context) -> Option<Result<ArrayRef>> {
        let (item, dtype) = text_item(&self.0)?;
        Some(array_of_item(context, &item, dtype))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A new array of no axes with this element, which nobody may write.
///
/// # Errors
/// `MemoryError`; what the element cannot be in `dtype`.
pub fn array_of_item(context: &Context, item: &Item, dtype: DType) -> Result<ArrayRef> {
    let zero = || NdArray::allocate(&context.runtime, Layout::contiguous(dtype.clone(), &[], Order::C));
    let array = context.runtime.ledger.with_constants(true, zero)?;
    item.write(&array.buffer(), 0, &dtype)?;
    array.set_writeable(false);
    Ok(array)
}

/// The array of no axes that NumPy's scalar is asked as, when it is asked what arrays are asked.
///
/// # Errors
/// `MemoryError`.
pub fn scalar_array(context: &mut Context, value: &Value) -> Option<Result<ArrayRef>> {
    match value {
        Value::Scalar(scalar) => Some(NdArray::from_scalar(&context.runtime, *scalar)),
        Value::Object(object) if object.class().is_subclass(&classes::GENERIC) => Rc::clone(object).as_array(context),
        _ => None,
    }
}

/// The number that a value's element is, where it is one.
pub fn number_of(item: &Item) -> Option<Scalar> {
    match item {
        Item::Number(scalar) => Some(*scalar),
        _ => None,
    }
}
