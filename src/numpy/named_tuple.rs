//! Results whose parts have names: `np.unique_counts(x).counts`.

use crate::array::printing::PrintOptions;
use crate::error::{Result, index_error, type_error};
use crate::registry::Context;
use crate::value::{Class, Items, Object, Twins, Value, Way, as_index, repr};
use std::any::Any;
use std::rc::Rc;

/// Python's `namedtuple`: a tuple whose items are attributes too.
pub struct NamedTuple {
    class: &'static Class,
    names: &'static [&'static str],
    items: Rc<[Value]>,
}

impl NamedTuple {
    /// A tuple of class `class`, with a name for each item.
    pub fn new(class: &'static Class, names: &'static [&'static str], items: Vec<Value>) -> NamedTuple {
        NamedTuple { class, names, items: items.into() }
    }
}

impl Object for NamedTuple {
    fn class(&self) -> &'static Class {
        self.class
    }

    fn repr(&self, options: &PrintOptions) -> String {
        let parts: Vec<String> =
            self.names.iter().zip(&*self.items).map(|(name, item)| format!("{name}={}", repr(item, options))).collect();
        format!("{}({})", self.class.name, parts.join(", "))
    }

    fn attribute(&self, _: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        let place = self.names.iter().position(|known| *known == name)?;
        self.items.get(place).cloned().map(Ok)
    }

    fn attributes(&self) -> &'static [&'static str] {
        self.names
    }

    fn item(&self, context: &mut Context, _: &Value, index: &Value) -> Result<Value> {
        if let Value::Slice(_) = index {
            let tuple = Value::Tuple(Rc::clone(&self.items));
            return (context.catalog.hooks.operators.get_item)(context, &tuple, index);
        }
        let place = as_index(index)
            .map_err(|_| type_error(format!("tuple indices must be integers or slices, not {}", index.type_name())))?;
        let place = if place < 0 { place + self.items.len() as isize } else { place };
        let item = usize::try_from(place).ok().and_then(|place| self.items.get(place));
        item.cloned().ok_or_else(|| index_error("tuple index out of range"))
    }

    fn length(&self) -> Option<usize> {
        Some(self.items.len())
    }

    fn iterate(&self, _: &Value) -> Option<Items> {
        let items = Rc::clone(&self.items);
        Some(Box::new((0..items.len()).map(move |i| Ok(items[i].clone()))))
    }

    fn twin(&self, _: &Value, twins: &mut Twins) -> Result<Value> {
        let items = self.items.iter().map(|item| twins.of(item)).collect::<Result<_>>()?;
        Ok(Value::object(NamedTuple { items, ..*self }))
    }

    fn held(&self) -> Vec<(Way, Value)> {
        self.names.iter().map(|name| Way::Attribute(name)).zip(self.items.iter().cloned()).collect()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
