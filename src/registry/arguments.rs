//! Arguments bound to parameters, by Python's rules and with its complaints.

use super::complaint::{Complaint, Mistake};
use super::function::Function;
use super::signature::{Default, Kind, Signature};
use crate::error::Result;
use crate::value::{Dict, Value};
use smallvec::SmallVec;
use std::rc::Rc;

/// The arguments of one call. Asked by the parameter's name.
pub struct Arguments {
    signature: Rc<Signature>,
    slots: SmallVec<[Option<Value>; 8]>,
    receiver: Value,
    by_place: usize,
    is_method: bool,
}

impl Arguments {
    /// Binds. `name` is the function's, for messages.
    ///
    /// # Errors
    /// Python's `TypeError`s: missing, unexpected, given twice, too many.
    pub fn bind(
        function: &Function,
        name: &str,
        signature: &Rc<Signature>,
        receiver: Value,
        positional: impl IntoIterator<Item = Value>,
        keywords: Vec<(Rc<str>, Value)>,
    ) -> Result<Arguments> {
        let parameters = &signature.parameters;
        let mut slots: SmallVec<[Option<Value>; 8]> = smallvec::smallvec![None; parameters.len()];
        let mut complaint = Complaint { name, function, signature, positional: 0, keywords: keywords.len() };
        let mut rest = Vec::new();
        let mut by_place = 0;
        for (i, value) in positional.into_iter().enumerate() {
            complaint.positional += 1;
            if i < signature.positional {
                by_place = i + 1;
                slots[i] = Some(value);
            } else {
                rest.push(value);
            }
        }
        match parameters.iter().position(|p| p.kind == Kind::Rest) {
            Some(place) => slots[place] = Some(Value::tuple(rest)),
            None if !rest.is_empty() => {
                return Err(complaint.error(&Mistake::TooMany(signature.positional + rest.len())));
            }
            None => {}
        }
        let mut others = Vec::new();
        for (keyword, value) in keywords {
            let place = parameters
                .iter()
                .position(|p| matches!(p.kind, Kind::Either | Kind::KeywordOnly) && *p.name == *keyword);
            match place {
                Some(place) if slots[place].is_some() => return Err(complaint.error(&Mistake::Twice(&keyword))),
                Some(place) => slots[place] = Some(value),
                None if parameters.iter().any(|p| p.kind == Kind::Keywords) => {
                    others.push((Value::Str(keyword), value));
                }
                None => return Err(complaint.error(&Mistake::Unexpected(&keyword))),
            }
        }
        if let Some(place) = parameters.iter().position(|p| p.kind == Kind::Keywords) {
            slots[place] = Some(Value::Dict(Rc::new(Dict::new(others)?)));
        }
        let mut missing = Vec::new();
        for (slot, parameter) in slots.iter_mut().zip(parameters) {
            if slot.is_none() {
                match &parameter.default {
                    Default::Required => missing.push(&*parameter.name),
                    Default::NoValue => {}
                    Default::Value(value) => *slot = Some(value.clone()),
                }
            }
        }
        if !missing.is_empty() {
            return Err(complaint.error(&Mistake::Missing(missing)));
        }
        Ok(Arguments { signature: Rc::clone(signature), slots, receiver, by_place, is_method: false })
    }

    /// The same arguments under another signature that has (at least) the same names: a method's arguments
    /// under its function's signature, with the receiver as the first.
    pub(super) fn under(mut self, signature: &Rc<Signature>) -> Arguments {
        let mut slots: SmallVec<[Option<Value>; 8]> = smallvec::smallvec![None; signature.parameters.len()];
        for (slot, parameter) in self.slots.iter_mut().zip(&self.signature.parameters) {
            if let Some(place) = signature.position(&parameter.name) {
                slots[place] = slot.take();
            }
        }
        let receiver = std::mem::replace(&mut self.receiver, Value::None);
        if let Some(first) = slots.first_mut() {
            *first = Some(receiver);
        }
        for (slot, parameter) in slots.iter_mut().zip(&signature.parameters) {
            if let (None, Default::Value(value)) = (&slot, &parameter.default) {
                *slot = Some(value.clone());
            }
        }
        Arguments {
            signature: Rc::clone(signature),
            slots,
            receiver: Value::None,
            by_place: self.by_place + 1,
            is_method: true,
        }
    }

    /// The value a method was called on, where the function is only a method.
    pub fn receiver(&self) -> &Value {
        &self.receiver
    }

    /// The receiver, moved out, so that it counts as held no more than the caller holds it.
    pub fn take_receiver(&mut self) -> Value {
        std::mem::replace(&mut self.receiver, Value::None)
    }

    /// The argument for `parameter`, or its default; `None` (Python's) where it was left out and has no default.
    pub fn get(&self, parameter: &str) -> Value {
        self.given(parameter).cloned().unwrap_or(Value::None)
    }

    /// The argument for `parameter` or its default; nothing where it was left out and has no default.
    pub fn given(&self, parameter: &str) -> Option<&Value> {
        self.slots.get(self.signature.position(parameter)?)?.as_ref()
    }

    /// Whether a function was called in its method form.
    pub fn is_method(&self) -> bool {
        self.is_method
    }

    /// Whether the argument for `parameter` came by place, not by name.
    pub fn is_by_place(&self, parameter: &str) -> bool {
        self.signature.position(parameter).is_some_and(|place| place < self.by_place)
    }

    /// The argument for `parameter`, unless it is Python's `None` or was left out.
    pub fn some(&self, parameter: &str) -> Option<&Value> {
        self.given(parameter).filter(|value| !value.is_none())
    }

    /// The argument for `parameter`, moved out.
    pub fn take(&mut self, parameter: &str) -> Value {
        let slot = self.signature.position(parameter).and_then(|place| self.slots.get_mut(place));
        slot.and_then(Option::take).unwrap_or(Value::None)
    }

    /// The values of a `*args` parameter.
    pub fn rest(&self, parameter: &str) -> Vec<Value> {
        match self.given(parameter) {
            Some(Value::Tuple(items)) => items.to_vec(),
            _ => Vec::new(),
        }
    }

    /// The values of a `*args` parameter that may also come as one sequence: `a.reshape(2, 3)`, `a.reshape((2, 3))`.
    pub fn rest_or_sequence(&self, parameter: &str) -> Value {
        match self.given(parameter) {
            Some(Value::Tuple(items)) if items.len() == 1 && !matches!(items[0], Value::Int(_)) => items[0].clone(),
            Some(other) => other.clone(),
            None => Value::None,
        }
    }
}
