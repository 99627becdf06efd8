//! One element of an array of structures, or of raw bytes, as a value: `np.void`. It looks at the array's memory.

use super::{Class, Items, Twins, Value, Way, classes, element_at, python_item};
use crate::array::layout::field_layout;
use crate::array::printing::PrintOptions;
use crate::array::{ArrayRef, Base, Item, NdArray};
use crate::error::{Result, type_error};
use crate::registry::Context;
use crate::text::quote::repr_str;
use crate::value::Object;
use std::any::Any;
use std::rc::Rc;

/// `np.void`: a view of one element, of no axes. Writing to its fields writes to the array it was taken from.
pub struct Record {
    array: ArrayRef,
    is_record: bool,
}

impl Record {
    /// The element that an array of no axes has; `is_record` makes an `np.record` of it, whose fields are attributes.
    pub fn of(array: ArrayRef, is_record: bool) -> Value {
        Value::object(Record { array, is_record })
    }

    /// The array of no axes that shows the element.
    pub fn array(&self) -> &ArrayRef {
        &self.array
    }

    fn read(&self) -> Item {
        let layout = self.array.layout();
        Item::read(&self.array.buffer_ref(), layout.offset, &layout.dtype)
    }

    /// Whether a byte of a field is not zero.
    pub fn is_true(&self) -> bool {
        self.read().is_true()
    }

    /// The values of the fields, in order.
    fn fields(&self) -> Vec<Value> {
        let layout = self.array.layout().clone();
        let Some(whole) = layout.dtype.structure() else { return Vec::new() };
        whole
            .fields
            .iter()
            .map(|field| {
                let part = field_layout(&layout, field);
                let offset = part.offset;
                let view = NdArray::view(&self.array, part);
                if view.ndim() == 0 { element_at(&view, offset) } else { Value::Array(view) }
            })
            .collect()
    }
}

/// The element of an array of structures or raw bytes at byte `offset`: a view of it where it has fields.
pub(super) fn record_at(array: &ArrayRef, offset: usize) -> Value {
    let layout =
        crate::array::Layout { shape: Default::default(), strides: Default::default(), offset, dtype: array.dtype() };
    Record::of(NdArray::view(array, layout), false)
}

impl Object for Record {
    fn class(&self) -> &'static Class {
        if self.is_record { &classes::RECORD } else { &classes::VOID }
    }

    fn repr(&self, options: &PrintOptions) -> String {
        let text = self.str(options);
        let name = self.class().name;
        match self.array.layout().dtype.structure() {
            Some(_) => format!("np.{name}({text}, dtype={})", self.array.dtype()),
            None => format!("np.{name}({text})"),
        }
    }

    fn str(&self, _: &PrintOptions) -> String {
        self.read().repr()
    }

    fn attribute(&self, context: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        let fields = self.array.layout().dtype.structure().is_some_and(|whole| whole.field(name).is_some());
        match name {
            _ if self.is_record && fields => {
                let index = Value::str(name);
                Some((context.catalog.hooks.operators.get_item)(context, &Value::Array(Rc::clone(&self.array)), &index))
            }
            "base" => Some(Ok(match self.array.base() {
                Some(Base::Array(base)) => Value::Array(base),
                _ => Value::None,
            })),
            _ => None,
        }
    }

    fn item(&self, context: &mut Context, _: &Value, index: &Value) -> Result<Value> {
        let array = Value::Array(Rc::clone(&self.array));
        let name = self.field_name(index)?;
        (context.catalog.hooks.operators.get_item)(context, &array, name.as_ref().unwrap_or(index))
    }

    fn set_item(&self, context: &mut Context, index: &Value, value: &Value) -> Result<()> {
        let array = Value::Array(Rc::clone(&self.array));
        let name = self.field_name(index)?;
        let index = name.unwrap_or_else(|| index.clone());
        (context.catalog.hooks.operators.set_item)(context, &array, &index, value.clone())
    }

    fn length(&self) -> Option<usize> {
        self.array.layout().dtype.structure().map(|whole| whole.fields.len())
    }

    fn iterate(&self, _: &Value) -> Option<Items> {
        self.length()?;
        Some(Box::new(self.fields().into_iter().map(Ok)))
    }

    fn equal(&self, other: &Value) -> Option<bool> {
        let other = other.downcast::<Record>()?;
        Some(self.read().equals(&other.read()))
    }

    fn hash(&self) -> Option<Result<i64>> {
        if self.array.is_writeable() && self.length().is_some() {
            return Some(Err(type_error("unhashable type: 'writeable void-scalar'")));
        }
        Some(super::hash(&python_item(&self.read())))
    }

    fn as_array(&self, _: &mut Context) -> Option<Result<ArrayRef>> {
        Some(Ok(Rc::clone(&self.array)))
    }

    fn held(&self) -> Vec<(Way, Value)> {
        vec![(Way::Inside, Value::Array(Rc::clone(&self.array)))]
    }

    fn twin(&self, _: &Value, twins: &mut Twins) -> Result<Value> {
        Ok(Record::of(twins.array(&self.array), self.is_record))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Record {
    /// The name of the field that an integer means.
    fn field_name(&self, index: &Value) -> Result<Option<Value>> {
        let layout = self.array.layout();
        let Some(whole) = layout.dtype.structure() else { return Ok(None) };
        let Ok(place) = super::as_index(index) else { return Ok(None) };
        let count = whole.fields.len();
        let number = if place < 0 { place.checked_add_unsigned(count) } else { Some(place) };
        match number.and_then(|number| usize::try_from(number).ok()).and_then(|number| whole.fields.get(number)) {
            Some(field) => Ok(Some(Value::Str(field.name()))),
            None => Err(crate::error::index_error(format!("invalid index ({place})"))),
        }
    }
}

/// The text of a name in NumPy's message about a field that is missing.
pub fn no_field(name: &str) -> crate::error::Error {
    let shown = if name.is_empty() { repr_str(name) } else { name.to_string() };
    crate::error::value_error(format!("no field of name {shown}"))
}
