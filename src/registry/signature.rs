//! A signature text, read once: parameters, their kinds and defaults.

use crate::syntax::ast::{Expr, ExprKind, StmtKind, UnaryOp};
use crate::value::Value;
use std::rc::Rc;

/// How an argument reaches a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Before `/`.
    PositionalOnly,
    /// By place or by name.
    Either,
    /// After `*`.
    KeywordOnly,
    /// `*args`: a tuple of the rest.
    Rest,
    /// `**kwargs`: a dict of the rest.
    Keywords,
}

/// What a parameter is without an argument.
#[derive(Clone)]
pub enum Default {
    /// An argument must be given.
    Required,
    /// It may be left out, and the function sees that it was (`<no value>`).
    NoValue,
    /// This value.
    Value(Value),
}

impl Default {
    /// The default of a parameter that the caller may not be able to give.
    pub(super) fn or_no_value(self) -> Default {
        if let Default::Required = self { Default::NoValue } else { self }
    }
}

/// One parameter.
#[derive(Clone)]
pub struct Parameter {
    /// Its name.
    pub name: Rc<str>,
    /// How an argument reaches it.
    pub kind: Kind,
    /// What it is without one.
    pub default: Default,
}

/// The parameters of a function, in order.
#[derive(Clone)]
pub struct Signature {
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// How many arguments may come by place.
    pub positional: usize,
    /// [`start_of`] the name of each parameter.
    starts: Vec<u64>,
}

impl Signature {
    /// Reads a signature text such as `(a, /, shape, order='C', *, copy=None, keepdims=<no value>)`. Optional
    /// parameters in NumPy's old brackets (`arange([start,] stop[, step])`) are to be written with `=<no value>`.
    /// A leading `$type` says, as in CPython's own texts, that the method belongs to the class: see
    /// [`Function::is_class_method`](super::Function::is_class_method).
    pub fn parse(text: &str) -> Signature {
        let inner = text.trim().strip_prefix('(').and_then(|t| t.strip_suffix(')')).unwrap_or(text);
        let mut parameters: Vec<Parameter> = Vec::new();
        let mut keyword_only = false;
        for part in split_at_commas(inner) {
            let part = part.trim();
            match part {
                "" | "$type" => {}
                "/" => parameters.iter_mut().for_each(|p| p.kind = Kind::PositionalOnly),
                "*" => keyword_only = true,
                _ => {
                    let (name, default) = match part.split_once('=') {
                        Some((name, default)) => (name.trim(), default_value(default.trim())),
                        None => (part, Default::Required),
                    };
                    let (name, kind, default) = if let Some(name) = name.strip_prefix("**") {
                        (name, Kind::Keywords, Default::NoValue)
                    } else if let Some(name) = name.strip_prefix('*') {
                        keyword_only = true;
                        (name, Kind::Rest, Default::NoValue)
                    } else if keyword_only {
                        (name, Kind::KeywordOnly, default)
                    } else {
                        (name, Kind::Either, default)
                    };
                    parameters.push(Parameter { name: name.into(), kind, default });
                }
            }
        }
        let positional =
            parameters.iter().take_while(|p| matches!(p.kind, Kind::PositionalOnly | Kind::Either)).count();
        let starts = parameters.iter().map(|p| start_of(&p.name)).collect();
        Signature { parameters, positional, starts }
    }

    /// The place of the parameter called `name`.
    #[inline(always)]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.position_of(start_of(name), name)
    }

    #[inline]
    fn position_of(&self, start: u64, name: &str) -> Option<usize> {
        let is_whole = name.len() <= START;
        let is_it =
            |place: &usize| self.starts[*place] == start && (is_whole || *self.parameters[*place].name == *name);
        (0..self.starts.len()).find(is_it)
    }
}

/// How many bytes of a name [`start_of`] holds.
const START: usize = 7;

/// The first bytes of a name and its length as one number, so that names are told apart by one comparison: short
/// names for certain.
#[inline(always)]
const fn start_of(name: &str) -> u64 {
    let (bytes, mut start, mut i) = (name.as_bytes(), name.len() as u64 & 0xff, 0);
    while i < START && i < bytes.len() {
        start = start << 8 | bytes[i] as u64;
        i += 1;
    }
    start
}

/// Splits at the commas that stand outside brackets and quotes.
pub fn split_at_commas(text: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start, mut quote) = (Vec::new(), 0i32, 0, None);
    for (i, c) in text.char_indices() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth -= 1,
            (None, ',') if depth == 0 => {
                parts.push(&text[start..i]);
                start = i + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn default_value(text: &str) -> Default {
    if let Some(class) =
        crate::value::classes::ALL.iter().find(|class| text == class.name || text == format!("np.{}", class.name))
    {
        return Default::Value(Value::Class(class));
    }
    match text {
        "np.inf" => return Default::Value(Value::Float(f64::INFINITY)),
        "np.nan" => return Default::Value(Value::Float(f64::NAN)),
        _ => {}
    }
    let value = crate::syntax::parse(text).ok().and_then(|statements| match statements.first() {
        Some(statement) => match &statement.kind {
            StmtKind::Expr(expr) => constant(expr),
            _ => None,
        },
        None => None,
    });
    value.map_or(Default::NoValue, Default::Value)
}

/// The value of a literal.
fn constant(expr: &Expr) -> Option<Value> {
    Some(match &expr.kind {
        ExprKind::None => Value::None,
        ExprKind::Bool(v) => Value::Bool(*v),
        ExprKind::Ellipsis => Value::Ellipsis,
        ExprKind::Int(v) => Value::int(*v),
        ExprKind::Float(v) => Value::Float(*v),
        ExprKind::Str(v) => Value::Str(Rc::clone(v)),
        ExprKind::Tuple(items) => Value::Tuple(items.iter().map(constant).collect::<Option<_>>()?),
        ExprKind::List(items) => Value::list(items.iter().map(constant).collect::<Option<Vec<_>>>()?),
        ExprKind::Unary(UnaryOp::Negative, operand) => match constant(operand)? {
            Value::Int(v) => Value::int(-v.to_i128()?),
            Value::Float(v) => Value::Float(-v),
            _ => return None,
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numpys_texts() {
        let signature = Signature::parse("(a, /, shape, order='C', *, copy=None, keepdims=<no value>, **kw)");
        let kinds: Vec<_> = signature.parameters.iter().map(|p| p.kind).collect();
        use Kind::*;
        assert_eq!(kinds, [PositionalOnly, Either, Either, KeywordOnly, KeywordOnly, Keywords]);
        assert_eq!(signature.positional, 3);
        assert!(matches!(&signature.parameters[2].default, Default::Value(Value::Str(c)) if &**c == "C"));
        assert!(matches!(signature.parameters[4].default, Default::NoValue));
        assert_eq!(Signature::parse("(*arrays, axis=(-1, 0))").parameters.len(), 2);
    }
}
