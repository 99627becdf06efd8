//! Why is a value a view or a copy? The facts, from the array back to where it came from: plain data.

use super::facts::{ArrayFacts, Locked};
use super::provenance::{Link, Provenance};
use super::shared::Sharing;
use super::step::CopyFacts;
use super::{Failure, Session};
use crate::array::layout::relation::{relate, relate_index};
use crate::array::layout::{BasicIndex, Layout};
use crate::array::{Gives, NdArray, Seen};
use crate::error::{Result, value_error};
use crate::memory::BufferId;
use crate::syntax;
use crate::syntax::ast::{Expr, ExprKind, Stmt, StmtKind};
use crate::value::Value;
use std::rc::Rc;

/// What a step on the way to an array does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doing {
    /// It gives the array itself.
    Same,
    /// It gives a view, by this arithmetic.
    Views(Vec<String>),
    /// It copies, for this reason.
    Copies(String),
}

/// One step on the way to an array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyStep {
    /// The expression; nothing where a function made the copy on its way.
    pub expression: Option<String>,
    /// What it was made of; nothing where that has no expression.
    pub of: Option<String>,
    /// What it does.
    pub doing: Doing,
    /// The buffer of what comes of it.
    pub buffer: BufferId,
    /// The bytes of that buffer.
    pub bytes: usize,
    /// What to write instead, and what that gives.
    pub cure: Option<(String, Gives)>,
}

/// An array, and how it came about.
#[derive(Clone, Debug)]
pub struct WhyArray {
    /// The facts of the array.
    pub facts: ArrayFacts,
    /// The steps that led to it, the last first.
    pub steps: Vec<WhyStep>,
    /// The statement that made it, where it is the value of a name.
    pub statement: Option<String>,
    /// What allocated its memory, if no step copied.
    pub made_by: Option<&'static str>,
    /// Copies that the statement made on the way to it, which might have been views.
    pub others: Vec<WhyStep>,
    /// Whether its layout or its buffer was set in place since.
    pub changed: bool,
}

impl WhyArray {
    fn of(facts: ArrayFacts, provenance: Option<&Provenance>) -> WhyArray {
        WhyArray {
            facts,
            steps: provenance.map_or_else(Vec::new, |known| known.links.iter().map(step_of).collect()),
            statement: provenance.map(|known| known.statement.clone()),
            made_by: provenance.and_then(|known| known.made_by),
            others: provenance.map_or_else(Vec::new, |known| known.others.iter().map(step_aside).collect()),
            changed: false,
        }
    }
}

/// What there is to say.
#[derive(Clone, Debug)]
pub enum Why {
    /// Of an array.
    Array(Box<WhyArray>),
    /// Of one element of an array, which an index of integers read.
    Element {
        /// The expression.
        subject: String,
        /// The array it was read from.
        of: String,
        /// The class of the value, and its bytes.
        class: String,
        /// The bytes of the value.
        bytes: usize,
        /// Where it was read: `offset 0 + 0 * 32 + 0 * 8 = 0`.
        place: String,
        /// The view of the same element, where the index can be written so.
        view: String,
    },
    /// Of a NumPy scalar, wherever it came from.
    Scalar {
        /// The expression.
        subject: String,
        /// The class of the value.
        class: String,
        /// The bytes of the value.
        bytes: usize,
    },
    /// Of an answer whether two arrays share memory.
    Sharing(Box<Sharing>),
    /// Of another value: its class.
    Other {
        /// The expression.
        subject: String,
        /// The class.
        class: String,
    },
}

impl Session {
    /// Why the value of a name or an expression is a view or a copy. The expression is evaluated, but nothing changes:
    /// a write is refused, and the numbers of the session are as before.
    ///
    /// # Errors
    /// What parsing or evaluating raises; `ValueError` for a statement.
    pub fn why(&mut self, text: &str) -> Result<Why, Box<Failure>> {
        let text = text.trim();
        let statements = syntax::parse(text).map_err(|e| Box::new(Failure::of_syntax(&e, text)))?;
        let [statement] = statements.as_slice() else {
            return Err(value_error("%why takes one name or one expression").help("%why a.T.reshape(-1)").into());
        };
        let StmtKind::Expr(expr) = &statement.kind else {
            let error = value_error("%why takes a name or an expression, not a statement: it changes nothing");
            return Err(error.help("%why a.T.reshape(-1)").into());
        };
        if let ExprKind::Name(name) = &expr.kind
            && let Some(value) = self.workspace().get(name).cloned()
        {
            return Ok(self.why_named(name, &value));
        }
        self.look_at_parsed("%why", &[(statement.clone(), text)], |session, values| {
            let value = values.first().unwrap_or(&Value::None);
            let tried = match value {
                Value::Array(array) => {
                    let tried = Provenance::of(array, text, text, &session.context().runtime, session.workspace());
                    match session.provenances.get(array.id()).filter(|_| tried.links.is_empty()) {
                        // an item of a container, which the expression did not make
                        Some(known) => Provenance::clone(&known),
                        None => tried,
                    }
                }
                _ => Provenance::default(),
            };
            Ok(session.why_value(text, expr, value, &tried))
        })
    }

    fn why_named(&self, name: &str, value: &Value) -> Why {
        let class = || value.class().name.to_string();
        let array = match value {
            Value::Array(array) => array,
            Value::Scalar(scalar) => {
                let bytes = scalar.dtype().itemsize();
                return Why::Scalar { subject: name.to_string(), class: class(), bytes };
            }
            _ => return Why::Other { subject: name.to_string(), class: class() },
        };
        let facts = self.facts(name, array);
        let provenance = self.provenances.get(array.id());
        let now = Seen::of(array);
        let mut why = WhyArray::of(facts, provenance.as_deref());
        if let Some(made) = provenance.as_ref().and_then(|known| known.made.as_ref())
            && (made.layout != now.layout || made.buffer != now.buffer)
        {
            (why.steps, why.others, why.made_by, why.changed) = (Vec::new(), Vec::new(), None, true);
        }
        if why.steps.is_empty() {
            why.steps.extend(self.step_from_base(array));
        }
        Why::Array(Box::new(why))
    }

    /// What layouts tell of a view of which no statement is known: how it lies in the array it was made from, or else
    /// in its owner.
    fn step_from_base(&self, array: &Rc<NdArray>) -> Option<WhyStep> {
        let base = array.parent().or_else(|| array.base_array())?;
        let buffer = array.buffer();
        Some(WhyStep {
            expression: None,
            of: self.name_of(&base),
            doing: Doing::Views(relate(&base.layout(), &array.layout())),
            buffer: buffer.id(),
            bytes: buffer.len(),
            cure: None,
        })
    }

    fn why_value(&self, subject: &str, expr: &Expr, value: &Value, tried: &Provenance) -> Why {
        match value {
            Value::Array(array) => {
                let mut facts = self.facts(subject, array);
                if let (Some(Locked::Itself), Some(birth)) = (&facts.locked, tried.lock_at_birth()) {
                    facts.locked = Some(Locked::AtBirth(birth));
                }
                let mut why = WhyArray { statement: None, ..WhyArray::of(facts, Some(tried)) };
                if why.steps.is_empty() {
                    why.steps.extend(self.step_from_base(array));
                }
                Why::Array(Box::new(why))
            }
            Value::Scalar(scalar) => {
                let class = value.class().name.to_string();
                let bytes = scalar.dtype().itemsize();
                match self.element_of(subject, expr) {
                    Some((of, place, view)) => {
                        Why::Element { subject: subject.to_string(), of, class, bytes, place, view }
                    }
                    None => Why::Scalar { subject: subject.to_string(), class, bytes },
                }
            }
            other => {
                let sharing = match other {
                    Value::Bool(answer) => self.sharing(subject, expr, *answer),
                    _ => None,
                };
                let other = || Why::Other { subject: subject.to_string(), class: other.class().name.to_string() };
                sharing.map_or_else(other, |sharing| Why::Sharing(Box::new(sharing)))
            }
        }
    }

    /// Where `a[i, j]`, written with plain integers behind a name, reads its element: the array, the arithmetic, and
    /// the spelling of the 0-d view.
    fn element_of(&self, subject: &str, expr: &Expr) -> Option<(String, String, String)> {
        let ExprKind::Subscript(of, index) = &expr.kind else { return None };
        let ExprKind::Name(name) = &of.kind else { return None };
        let Some(Value::Array(array)) = self.workspace().get(name) else { return None };
        let items = match &index.kind {
            ExprKind::Tuple(items) => items.as_slice(),
            _ => std::slice::from_ref(&**index),
        };
        let written: Vec<String> = items.iter().map(|item| item.span.of(subject).to_string()).collect();
        let layout = array.layout();
        let places: Option<Vec<isize>> = items.iter().map(|item| item.as_int()).collect();
        let places = places.filter(|places| places.len() == layout.ndim())?;
        let view = format!("{name}[{}, ...]", written.join(", "));
        Some((name.to_string(), element_place(&layout, &places), view))
    }

    fn name_of(&self, array: &Rc<NdArray>) -> Option<String> {
        super::Holders::among(self.workspace(), [array], &[]).name_of(array)
    }
}

/// `offset 0 + 1 * 32 + 2 * 8 = 48`
fn element_place(layout: &Layout, places: &[isize]) -> String {
    let mut text = format!("offset {}", layout.offset);
    let mut offset = layout.offset as isize;
    for (axis, &place) in places.iter().enumerate() {
        let (length, stride) = (layout.shape[axis], layout.strides[axis]);
        let place = if place < 0 { place.saturating_add_unsigned(length) } else { place };
        offset = offset.wrapping_add(place.wrapping_mul(stride));
        text.push_str(&match stride {
            0.. => format!(" + {place} * {stride}"),
            _ => format!(" + {place} * ({stride})"),
        });
    }
    format!("{text} = {offset}")
}

/// A copy beside the way, in words.
fn step_aside(copied: &CopyFacts) -> WhyStep {
    WhyStep {
        expression: None,
        of: copied.of.clone(),
        doing: Doing::Copies(copied.reason.to_string()),
        buffer: copied.buffer,
        bytes: copied.bytes,
        cure: copied.cure.clone(),
    }
}

fn step_of(link: &Link) -> WhyStep {
    let (doing, cure) = match (&link.copied, &link.source) {
        (Some(copied), _) => (Doing::Copies(copied.reason.to_string()), copied.cure.clone()),
        (None, Some(source)) if source.id != link.result.id => {
            (Doing::Views(arithmetic(source, &link.result, link.index.as_deref())), None)
        }
        _ => (Doing::Same, None),
    };
    let sources = link.copied.as_ref().map_or(1, |copied| copied.reason.sources());
    WhyStep {
        expression: link.expression.clone(),
        of: if sources > 1 { Some(format!("{sources} arrays")) } else { link.of.clone() },
        doing,
        buffer: link.result.buffer,
        bytes: link.copied.as_ref().map_or(0, |copied| copied.bytes),
        cure,
    }
}

fn arithmetic(source: &Seen, result: &Seen, index: Option<&[BasicIndex]>) -> Vec<String> {
    match index {
        Some(index) => relate_index(&source.layout, index),
        None => relate(&source.layout, &result.layout),
    }
}

/// The text of an expression that may stand before a dot: in parentheses where it has operators.
pub(super) fn as_primary(text: &str) -> String {
    let is_primary = match syntax::parse(text).as_deref() {
        Ok([Stmt { kind: StmtKind::Expr(expr), .. }]) => matches!(
            expr.kind,
            ExprKind::Name(_)
                | ExprKind::Call(..)
                | ExprKind::Attribute(..)
                | ExprKind::Subscript(..)
                | ExprKind::List(_)
        ),
        _ => false,
    };
    if is_primary { text.to_string() } else { format!("({text})") }
}
