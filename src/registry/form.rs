//! A form in which a function is called: plainly, or on a value. Worked out once a function, so that a call only
//! puts its arguments into their slots.

use super::function::Function;
use super::reader::Reader;
use super::signature::{Default, Kind, Signature};
use std::rc::Rc;

/// Where the value goes that a method is called on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// There is none.
    None,
    /// Apart from the arguments: the function is only a method.
    Apart,
    /// It is the argument for the function's first parameter.
    First,
}

/// Where the argument for a parameter comes from, unless it comes by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// It is the value that a method is called on.
    Receiver,
    /// It is the one at this place among those given by place, where there are so many.
    Position(usize),
    /// It comes by name only.
    Name,
}

/// A form in which a function is called.
pub struct Form {
    /// The signature that arguments are bound by.
    pub accepts: Rc<Signature>,
    /// The signature whose parameters the function asks for: that of its plain form.
    pub fills: Rc<Signature>,
    /// For each parameter of `accepts`, its place in `fills`.
    pub places: Vec<usize>,
    /// For each parameter of `fills`, where its argument comes from.
    pub sources: Vec<Source>,
    /// What each parameter of `fills` is without an argument: as `accepts` says, and where that says nothing, as
    /// `fills` does.
    pub defaults: Vec<Default>,
    /// The places in `fills` that must get an argument.
    pub required: Vec<usize>,
    /// How many arguments by place give every one of these its argument; more than any call has, where some come by
    /// name only.
    pub enough: usize,
    /// The place in `fills` of `*args`.
    pub rest: Option<usize>,
    /// The place in `fills` of `**kwargs`.
    pub keywords: Option<usize>,
    /// Who reads the arguments.
    pub reader: Reader,
    /// Where the receiver goes.
    pub receiver: Receiver,
    /// What it is called in messages.
    pub name: &'static str,
    /// Whether it is a method of arrays, for which a NumPy scalar becomes an array of no axes.
    pub is_of_arrays: bool,
}

impl Form {
    /// The plain form, or the form of a method.
    pub fn new(function: &Function, is_method: bool) -> Form {
        let fills = Rc::new(Signature::parse(function.signature));
        let (accepts, receiver) = match &function.method {
            _ if !is_method => (Rc::clone(&fills), Receiver::None),
            // with the function's own signature the value is no argument: `np.random.rand` draws from a shared state
            Some(method) if method.signature == function.signature => (Rc::clone(&fills), Receiver::Apart),
            Some(method) => (Rc::new(Signature::parse(method.signature)), Receiver::First),
            None => (Rc::clone(&fills), Receiver::Apart),
        };
        let reader = match &function.method {
            Some(method) if is_method => method.reader,
            _ => function.reader(),
        };
        let place = |name: &str| fills.position(name);
        // A parameter that the method calls by another name than the function is the one at the same place behind
        // the array.
        let places = accepts.parameters.iter().enumerate();
        let places: Vec<usize> = places.map(|(at, p)| place(&p.name).unwrap_or(at + 1)).collect();
        let mut defaults: Vec<Default> = fills.parameters.iter().map(|p| p.default.clone().or_no_value()).collect();
        for (parameter, &place) in accepts.parameters.iter().zip(&places) {
            match (&parameter.default, defaults.get_mut(place)) {
                (Default::NoValue, _) | (_, None) => {}
                (default, Some(slot)) => *slot = default.clone(),
            }
        }
        let mut sources = vec![Source::Name; fills.parameters.len()];
        for (at, &place) in places.iter().enumerate().take(accepts.positional) {
            if let Some(source) = sources.get_mut(place) {
                *source = Source::Position(at);
            }
        }
        if let (Receiver::First, Some(first)) = (receiver, sources.first_mut()) {
            *first = Source::Receiver;
        }
        let required: Vec<usize> =
            (0..defaults.len()).filter(|&place| matches!(defaults[place], Default::Required)).collect();
        let enough = |place: &usize| match sources[*place] {
            Source::Receiver => 0,
            Source::Position(at) => at + 1,
            Source::Name => usize::MAX,
        };
        let enough = required.iter().map(enough).max().unwrap_or(0);
        let of_kind = |kind| accepts.parameters.iter().find(|p| p.kind == kind).and_then(|p| place(&p.name));
        let (rest, keywords) = (of_kind(Kind::Rest), of_kind(Kind::Keywords));
        let is_of_arrays = function.method_path().is_some_and(|(class, _)| class == "ndarray");
        let name = if receiver == Receiver::None { function.short_name() } else { function.method_name() };
        Form {
            accepts,
            fills,
            places,
            sources,
            defaults,
            required,
            enough,
            rest,
            keywords,
            reader,
            receiver,
            name,
            is_of_arrays,
        }
    }
}
