//! `frozenset`: a set that cannot change, and so has a hash.

use super::set_algebra::{as_key, as_set, is_subset};
use crate::array::printing::PrintOptions;
use crate::error::Result;
use crate::value::{Class, Items, Object, Set, Value, Way, classes, hash_of_frozenset, repr};
use std::any::Any;

/// A frozenset.
pub struct FrozenSet(pub Set);

impl FrozenSet {
    /// As a value.
    pub fn value(keys: Set) -> Value {
        Value::object(FrozenSet(keys))
    }
}

impl Object for FrozenSet {
    fn class(&self) -> &'static Class {
        &classes::FROZENSET
    }

    fn repr(&self, options: &PrintOptions) -> String {
        let keys: Vec<String> = self.0.keys().iter().map(|key| repr(key, options)).collect();
        if keys.is_empty() { "frozenset()".into() } else { format!("frozenset({{{}}})", keys.join(", ")) }
    }

    fn length(&self) -> Option<usize> {
        Some(self.0.len())
    }

    fn iterate(&self, _: &Value) -> Option<Items> {
        Some(Box::new(self.0.keys().into_iter().map(Ok)))
    }

    fn contains(&self, item: &Value) -> Option<Result<bool>> {
        Some(as_key(item).and_then(|key| self.0.contains(&key)))
    }

    fn equal(&self, other: &Value) -> Option<bool> {
        let other = as_set(other)?;
        Some(self.0.len() == other.len() && is_subset(&self.0, other).unwrap_or(false))
    }

    fn hash(&self) -> Option<Result<i64>> {
        Some(Ok(hash_of_frozenset(&self.0.hashes())))
    }

    fn held(&self) -> Vec<(Way, Value)> {
        self.0.keys().into_iter().map(|key| (Way::Inside, key)).collect()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
