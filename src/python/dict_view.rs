//! `d.keys()`, `d.values()` and `d.items()`: windows on a dict that show its changes.

use super::set_algebra::as_set;
use crate::array::printing::PrintOptions;
use crate::error::{Result, type_error};
use crate::value::{Class, Dict, Items, Object, Twins, Value, Way, classes, equal, repr};
use std::any::Any;
use std::rc::Rc;

/// What of the entries a view shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The keys.
    Keys,
    /// The values.
    Values,
    /// Pairs of both.
    Items,
}

/// A window on a dict.
pub struct DictView {
    dict: Rc<Dict>,
    shown: Shown,
}

impl DictView {
    /// As a value.
    pub fn value(dict: Rc<Dict>, shown: Shown) -> Value {
        Value::object(DictView { dict, shown })
    }

    /// What it shows, in order.
    pub fn items(&self) -> Vec<Value> {
        let entries = self.dict.entries().into_iter();
        match self.shown {
            Shown::Keys => entries.map(|(key, _)| key).collect(),
            Shown::Values => entries.map(|(_, value)| value).collect(),
            Shown::Items => entries.map(|(key, value)| Value::tuple([key, value])).collect(),
        }
    }

    /// Whether it has the operators of a set: the values have not.
    pub fn is_set(&self) -> bool {
        self.shown != Shown::Values
    }
}

impl Object for DictView {
    fn class(&self) -> &'static Class {
        match self.shown {
            Shown::Keys => &classes::DICT_KEYS,
            Shown::Values => &classes::DICT_VALUES,
            Shown::Items => &classes::DICT_ITEMS,
        }
    }

    fn repr(&self, options: &PrintOptions) -> String {
        let items = Value::list(self.items());
        format!("{}({})", self.class().name, repr(&items, options))
    }

    fn twin(&self, _: &Value, twins: &mut Twins) -> Result<Value> {
        let dict = twins.of(&Value::Dict(Rc::clone(&self.dict)))?;
        Ok(match dict {
            Value::Dict(dict) => DictView::value(dict, self.shown),
            other => other,
        })
    }

    fn length(&self) -> Option<usize> {
        Some(self.dict.len())
    }

    fn iterate(&self, _: &Value) -> Option<Items> {
        Some(Box::new(self.items().into_iter().map(Ok)))
    }

    fn contains(&self, item: &Value) -> Option<Result<bool>> {
        match (self.shown, item) {
            (Shown::Keys, key) => Some(self.dict.get(key).map(|found| found.is_some())),
            (Shown::Items, Value::Tuple(pair)) if pair.len() == 2 => Some(match self.dict.get(&pair[0]) {
                Ok(Some(value)) if value.is(&pair[1]) => Ok(true),
                Ok(Some(value)) => equal(&value, &pair[1]),
                Ok(None) => Ok(false),
                Err(error) => Err(error),
            }),
            (Shown::Items, _) => Some(Ok(false)),
            (Shown::Values, _) => None,
        }
    }

    fn equal(&self, other: &Value) -> Option<bool> {
        if !self.is_set() {
            return None;
        }
        let others = match (as_set(other), other.downcast::<DictView>()) {
            (Some(set), _) => set.keys(),
            (_, Some(view)) if view.is_set() => view.items(),
            _ => return Some(false),
        };
        let inside = |item: &Value| self.contains(item).and_then(Result::ok).unwrap_or(false);
        Some(others.len() == self.dict.len() && others.iter().all(inside))
    }

    fn hash(&self) -> Option<Result<i64>> {
        let class = self.class().name;
        self.is_set().then(|| Err(type_error(format!("unhashable type: '{class}'"))))
    }

    fn held(&self) -> Vec<(Way, Value)> {
        vec![(Way::Inside, Value::Dict(Rc::clone(&self.dict)))]
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
