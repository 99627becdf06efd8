//! Arguments bound to parameters, by Python's rules and with its complaints.

use super::complaint::{Complaint, Mistake};
use super::form::{Form, Receiver, Source};
use super::function::Function;
use super::signature::{Default, Kind, Parameter};
use crate::error::{Result, type_error};
use crate::value::{Dict, Value, shape_from, shape_of};
use smallvec::SmallVec;
use std::cell::OnceCell;
use std::rc::Rc;

/// The arguments of a call that are given by place.
pub type Positional = SmallVec<[Value; 4]>;

/// The arguments of one call. Asked by the parameter's name, and looked up where they stand: a call whose arguments
/// all come by place moves none of them.
pub struct Arguments {
    form: Rc<Form>,
    /// The arguments that came by place, with those for `*args` at their end.
    positional: Positional,
    /// The arguments that came by name, each with the place of its parameter.
    named: Vec<(usize, Value)>,
    /// The values for `*args` as the tuple that Python makes of them, once somebody asks for it.
    gathered: OnceCell<Value>,
    receiver: Value,
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
    /// The arguments of a call in a form of its function, not yet looked at: [`Arguments::bind`] does that.
    #[inline(always)]
    pub fn new(form: Rc<Form>, receiver: Value, positional: &mut Positional) -> Arguments {
        let positional = std::mem::take(positional);
        Arguments { form, positional, named: Vec::new(), gathered: OnceCell::new(), receiver }
    }

    /// Binds the arguments to the parameters of `function`, with those by name.
    ///
    /// # Errors
    /// Python's `TypeError`s: missing, unexpected, given twice, too many.
    #[inline]
    pub fn bind(&mut self, function: &Function, keywords: Vec<(Rc<str>, Value)>) -> Result<()> {
        let form = &*self.form;
        let given = self.positional.len();
        let fits = form.rest.is_some() || given <= form.accepts.positional;
        let is_simple = keywords.is_empty() && form.keywords.is_none();
        if is_simple && fits && given >= form.enough {
            return Ok(());
        }
        self.bind_names(function, keywords)
    }

    fn bind_names(&mut self, function: &Function, keywords: Vec<(Rc<str>, Value)>) -> Result<()> {
        let form = Rc::clone(&self.form);
        let signature = &*form.accepts;
        let (given, named) = (self.positional.len(), keywords.len());
        let reader = form.reader;
        let complaint = Complaint { name: form.name, function, signature, reader, positional: given, keywords: named };
        let refuse = |mistake: &Mistake| Err(complaint.error(mistake));
        if let Some((keyword, _)) = keywords.first().filter(|_| complaint.takes_no_names()) {
            return refuse(&Mistake::Unexpected(keyword));
        }
        let is_too_many = form.rest.is_none() && given > signature.positional;
        if is_too_many && !reader.looks_at_names_first() {
            return refuse(&Mistake::TooMany(given));
        }
        let (mut others, mut unexpected, mut twice) = (Vec::new(), None, None);
        for (keyword, value) in keywords {
            let takes = |p: &Parameter| matches!(p.kind, Kind::Either | Kind::KeywordOnly) && *p.name == *keyword;
            match signature.parameters.iter().position(takes).map(|at| form.places[at]) {
                Some(place) if self.is_given(place) && complaint.names_missing_first() => {
                    twice = twice.or(Some(keyword));
                }
                Some(place) if self.is_given(place) => return refuse(&Mistake::Twice(&keyword)),
                Some(place) => self.named.push((place, value)),
                None if form.keywords.is_some() => others.push((Value::Str(keyword), value)),
                None if complaint.names_missing_first() => unexpected = unexpected.or(Some(keyword)),
                None => return refuse(&Mistake::Unexpected(&keyword)),
            }
        }
        if is_too_many {
            return refuse(&Mistake::TooMany(given));
        }
        if let Some(place) = form.keywords {
            self.named.push((place, Value::Dict(Rc::new(Dict::new(others)?))));
        }
        if form.required.iter().any(|&place| !self.is_given(place)) {
            let is_missing = |(parameter, place): &(&Parameter, &usize)| {
                matches!(parameter.default, Default::Required) && !self.is_given(**place)
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
        Ok(())
    }

    /// Whether the parameter at a place of the plain form got an argument.
    fn is_given(&self, place: usize) -> bool {
        self.slot(place).is_some()
    }

    /// The argument that the parameter at a place of the plain form got.
    #[inline(always)]
    fn slot(&self, place: usize) -> Option<&Value> {
        match self.form.sources.get(place)? {
            Source::Receiver => return Some(&self.receiver),
            Source::Position(at) if *at < self.positional.len() => return Some(&self.positional[*at]),
            _ if self.named.is_empty() => return None,
            _ => {}
        }
        self.named.iter().find(|(of, _)| *of == place).map(|(_, value)| value)
    }

    /// The values for `*args`.
    #[inline(always)]
    fn behind(&self) -> &[Value] {
        self.positional.get(self.form.accepts.positional..).unwrap_or(&[])
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
    #[inline(always)]
    fn at(&self, place: usize) -> Option<&Value> {
        if let Some(value) = self.slot(place) {
            return Some(value);
        }
        if self.form.rest == Some(place) {
            return Some(self.gathered.get_or_init(|| Value::tuple(self.behind().iter().cloned())));
        }
        match self.form.defaults.get(place) {
            Some(Default::Value(value)) => Some(value),
            _ => None,
        }
    }

    /// Whether a function was called in its method form.
    pub fn is_method(&self) -> bool {
        self.form.receiver == Receiver::First
    }

    /// Whether the argument for `parameter` came by place, not by name.
    pub fn is_by_place(&self, parameter: &str) -> bool {
        let source = self.form.fills.position(parameter).and_then(|place| self.form.sources.get(place));
        match source {
            Some(Source::Receiver) => true,
            Some(Source::Position(at)) => *at < self.positional.len(),
            _ => false,
        }
    }

    /// The argument for `parameter`, unless it is Python's `None` or was left out.
    pub fn some(&self, parameter: &str) -> Option<&Value> {
        self.given(parameter).filter(|value| !value.is_none())
    }

    /// The argument for `parameter`, moved out.
    pub fn take(&mut self, parameter: &str) -> Value {
        let Some(place) = self.form.fills.position(parameter) else { return Value::None };
        let given = match self.form.sources.get(place) {
            Some(Source::Receiver) => Some(&mut self.receiver),
            Some(Source::Position(at)) if *at < self.positional.len() => self.positional.get_mut(*at),
            _ => self.named.iter_mut().find(|(of, _)| *of == place).map(|(_, value)| value),
        };
        match given {
            Some(value) => std::mem::replace(value, Value::None),
            None => self.get(parameter),
        }
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
            Some(_) if place == self.form.rest => Sequence::Several(self.behind()),
            _ => Sequence::One(place.and_then(|place| self.at(place)).unwrap_or(&Value::None)),
        }
    }

    /// As [`Arguments::rest_or_sequence`], for a method that must get something for its `*args`, which it says in the
    /// words of CPython's reader of one argument.
    ///
    /// # Errors
    /// `TypeError: reshape() takes exactly 1 argument (0 given)`.
    #[inline(always)]
    pub fn some_or_sequence(&self, method: &str, parameter: &str) -> Result<Sequence<'_>> {
        match self.rest_or_sequence(parameter) {
            Sequence::Several([]) if self.is_method() => {
                Err(type_error(format!("{method}() takes exactly 1 argument (0 given)")))
            }
            values => Ok(values),
        }
    }

    /// The values of a `*args` parameter that may also come as one sequence: `a.reshape(2, 3)`, `a.reshape((2, 3))`.
    #[inline(always)]
    pub fn rest_or_sequence(&self, parameter: &str) -> Sequence<'_> {
        match self.sequence(parameter) {
            Sequence::Several([single]) if !matches!(single, Value::Int(_)) => Sequence::One(single),
            other => other,
        }
    }
}
