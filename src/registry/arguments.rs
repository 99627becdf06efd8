//! Arguments bound to parameters, by Python's rules and with its complaints.

use super::complaint::{Complaint, Mistake};
use super::form::{Form, Receiver};
use super::function::Function;
use super::signature::{Default, Kind, Parameter};
use crate::error::{Result, type_error};
use crate::value::{Dict, Value, shape_from, shape_of};
use smallvec::SmallVec;
use std::cell::OnceCell;
use std::rc::Rc;

/// The arguments of a call that are given by place.
pub type Positional = SmallVec<[Value; 4]>;

/// The arguments of one call. Asked by the parameter's name.
pub struct Arguments {
    form: Rc<Form>,
    /// The arguments that were given, by the place of their parameter.
    slots: Slots,
    /// The values for `*args`.
    rest: Positional,
    /// These values as the tuple that Python makes of them, once somebody asks for it.
    gathered: OnceCell<Value>,
    receiver: Value,
    by_place: usize,
    is_method: bool,
}

const SLOTS: usize = 8;
type Slots = SmallVec<[Option<Value>; SLOTS]>;

/// So many slots without an argument.
#[inline]
fn slots(count: usize) -> Slots {
    match count {
        0..=SLOTS => SmallVec::from_buf_and_len([const { None }; SLOTS], count),
        _ => std::iter::repeat_with(|| None).take(count).collect(),
    }
}

/// Values that come one by one, or as one sequence.
pub enum Sequence<'a> {
    /// One value, which may be a sequence.
    One(&'a Value),
    /// None, or several, or a single int.
    Several(&'a [Value]),
}

impl Sequence<'_> {
    /// They as a shape: [`shape_of`] one value, [`shape_from`] several.
    ///
    /// # Errors
    /// As there.
    #[inline]
    pub fn shape(&self) -> Result<SmallVec<[isize; 4]>> {
        match self {
            Sequence::One(value) => shape_of(value),
            Sequence::Several(values) => shape_from(values),
        }
    }
}

impl Arguments {
    /// Binds the arguments of a call of `function` in one of its forms.
    ///
    /// # Errors
    /// Python's `TypeError`s: missing, unexpected, given twice, too many.
    pub fn bind(
        function: &Function,
        form: &Rc<Form>,
        receiver: Value,
        positional: &mut Positional,
        keywords: Vec<(Rc<str>, Value)>,
    ) -> Result<Arguments> {
        let signature = &*form.accepts;
        let (given, named) = (positional.len(), keywords.len());
        let reader = form.reader;
        let complaint = Complaint { name: form.name, function, signature, reader, positional: given, keywords: named };
        let refuse = |mistake: &Mistake| Err(complaint.error(mistake));
        let mut slots = slots(form.fills.parameters.len());
        if let Some((keyword, _)) = keywords.first().filter(|_| complaint.takes_no_names()) {
            return refuse(&Mistake::Unexpected(keyword));
        }
        if signature.positional > 0 {
            let by_place = positional.drain(..given.min(signature.positional));
            for (place, value) in form.places.iter().zip(by_place) {
                slots[*place] = Some(value);
            }
        }
        let mut rest = Positional::new();
        match form.rest {
            Some(_) => rest = std::mem::take(positional),
            None if given > signature.positional && !reader.looks_at_names_first() => {
                return refuse(&Mistake::TooMany(given));
            }
            None => {}
        }
        let mut by_place = given.min(signature.positional);
        let receiver = match (form.receiver, slots.first_mut()) {
            (Receiver::First, Some(first)) => {
                *first = Some(receiver);
                by_place += 1;
                Value::None
            }
            _ => receiver,
        };
        let (mut others, mut unexpected, mut twice) = (Vec::new(), None, None);
        for (keyword, value) in keywords {
            let takes = |p: &Parameter| matches!(p.kind, Kind::Either | Kind::KeywordOnly) && *p.name == *keyword;
            match signature.parameters.iter().position(takes).map(|at| form.places[at]) {
                Some(place) if slots[place].is_some() && complaint.names_missing_first() => {
                    twice = twice.or(Some(keyword));
                }
                Some(place) if slots[place].is_some() => return refuse(&Mistake::Twice(&keyword)),
                Some(place) => slots[place] = Some(value),
                None if form.keywords.is_some() => others.push((Value::Str(keyword), value)),
                None if complaint.names_missing_first() => unexpected = unexpected.or(Some(keyword)),
                None => return refuse(&Mistake::Unexpected(&keyword)),
            }
        }
        if form.rest.is_none() && given > signature.positional {
            return refuse(&Mistake::TooMany(given));
        }
        if let Some(place) = form.keywords {
            slots[place] = Some(Value::Dict(Rc::new(Dict::new(others)?)));
        }
        if form.required.iter().any(|&place| slots[place].is_none()) {
            let is_missing = |(parameter, place): &(&Parameter, &usize)| {
                matches!(parameter.default, Default::Required) && slots[**place].is_none()
            };
            let missing = signature.parameters.iter().zip(&form.places).filter(is_missing);
            return refuse(&Mistake::Missing(missing.map(|(parameter, _)| &*parameter.name).collect()));
        }
        if let Some(keyword) = twice {
            return refuse(&Mistake::Twice(&keyword));
        }
        if let Some(keyword) = unexpected {
            return refuse(&Mistake::Unexpected(&keyword));
        }
        let is_method = form.receiver == Receiver::First;
        let gathered = OnceCell::new();
        Ok(Arguments { form: Rc::clone(form), slots, rest, gathered, receiver, by_place, is_method })
    }

    /// The value a method was called on, where the function is only a method.
    pub fn receiver(&self) -> &Value {
        &self.receiver
    }

    /// The receiver, moved out, so that it counts as held no more than the caller holds it.
    pub fn take_receiver(&mut self) -> Value {
        std::mem::replace(&mut self.receiver, Value::None)
    }

    /// As [`Arguments::get`], where it stands.
    #[inline(always)]
    pub fn look_at(&self, parameter: &str) -> &Value {
        self.given(parameter).unwrap_or(&Value::None)
    }

    /// The argument for `parameter`, or its default; `None` (Python's) where it was left out and has no default.
    #[inline(always)]
    pub fn get(&self, parameter: &str) -> Value {
        self.given(parameter).cloned().unwrap_or(Value::None)
    }

    /// The argument for `parameter` or its default; nothing where it was left out and has no default.
    #[inline(always)]
    pub fn given(&self, parameter: &str) -> Option<&Value> {
        self.at(self.form.fills.position(parameter)?)
    }

    /// The argument at a place of the plain form or its default.
    fn at(&self, place: usize) -> Option<&Value> {
        if self.form.rest == Some(place) {
            return Some(self.gathered.get_or_init(|| Value::tuple(self.rest.iter().cloned())));
        }
        match (self.slots.get(place), self.form.defaults.get(place)) {
            (Some(Some(value)), _) | (_, Some(Default::Value(value))) => Some(value),
            _ => None,
        }
    }

    /// Whether a function was called in its method form.
    pub fn is_method(&self) -> bool {
        self.is_method
    }

    /// Whether the argument for `parameter` came by place, not by name.
    pub fn is_by_place(&self, parameter: &str) -> bool {
        self.form.fills.position(parameter).is_some_and(|place| place < self.by_place)
    }

    /// The argument for `parameter`, unless it is Python's `None` or was left out.
    pub fn some(&self, parameter: &str) -> Option<&Value> {
        self.given(parameter).filter(|value| !value.is_none())
    }

    /// The argument for `parameter`, moved out.
    pub fn take(&mut self, parameter: &str) -> Value {
        let place = self.form.fills.position(parameter);
        let given = place.and_then(|place| self.slots.get_mut(place)?.take());
        given.unwrap_or_else(|| self.get(parameter))
    }

    /// The values of a `*args` parameter.
    pub fn rest(&self, parameter: &str) -> Vec<Value> {
        match self.sequence(parameter) {
            Sequence::Several(items) => items.to_vec(),
            Sequence::One(Value::Tuple(items)) => items.to_vec(),
            Sequence::One(_) => Vec::new(),
        }
    }

    /// All values of a `*args` parameter; the one value of any other.
    #[inline(always)]
    fn sequence(&self, parameter: &str) -> Sequence<'_> {
        let place = self.form.fills.position(parameter);
        match place {
            Some(_) if place == self.form.rest => Sequence::Several(&self.rest),
            _ => Sequence::One(place.and_then(|place| self.at(place)).unwrap_or(&Value::None)),
        }
    }

    /// Refuses the call of a method that got nothing for its `*args`, in the words of CPython's reader of one argument.
    ///
    /// # Errors
    /// `TypeError: reshape() takes exactly 1 argument (0 given)`.
    pub fn require_rest(&self, method: &str, parameter: &str) -> Result<()> {
        match self.sequence(parameter) {
            Sequence::Several([]) if self.is_method => {
                Err(type_error(format!("{method}() takes exactly 1 argument (0 given)")))
            }
            _ => Ok(()),
        }
    }

    /// The values of a `*args` parameter that may also come as one sequence: `a.reshape(2, 3)`, `a.reshape((2, 3))`.
    pub fn rest_or_sequence(&self, parameter: &str) -> Sequence<'_> {
        match self.sequence(parameter) {
            Sequence::Several([single]) if !matches!(single, Value::Int(_)) => Sequence::One(single),
            other => other,
        }
    }
}
