//! What happened while a statement was evaluated, expression by expression: what a plan is drawn from.
//!
//! A trace holds no array, so that a temporary stays one, and only copies what the ledger and the runtime recorded.

use super::Evaluator;
use crate::array::{Bounds, Copied, Layout, NdArray, ObjectId, Type, Write, next_id};
use crate::error::{Result, runtime_error};
use crate::memory::{BufferId, Event, MappedFile};
use crate::registry::Context;
use crate::syntax::ast::{BinaryOp, Expr, ExprKind, Span};
use crate::value::{Int, Value};
use rustc_hash::FxHashSet;
use std::rc::Rc;

/// An array, as a trace saw it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sight {
    /// Its number.
    pub id: ObjectId,
    /// Its layout.
    pub layout: Layout,
    /// Its buffer.
    pub buffer: BufferId,
    /// The file that the buffer is a part of.
    pub file: Option<MappedFile>,
}

impl Sight {
    fn of(array: &NdArray) -> Sight {
        let buffer = array.buffer_ref();
        let file = buffer.mapped_file().cloned();
        Sight { id: array.id(), layout: array.layout().clone(), buffer: buffer.id(), file }
    }
}

/// A value, as a trace saw it.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// An array.
    Array(Box<Sight>),
    /// A tuple or list, or another object, that holds arrays: its class, and the arrays.
    Holder(&'static str, Vec<Sight>),
    /// A NumPy scalar.
    Scalar(Type),
    /// Anything else: its class.
    Other(&'static str),
}

/// So many arrays in a container are looked at.
const MOST_HELD: usize = 64;

impl Seen {
    fn of(value: &Value) -> Seen {
        let held: Vec<Sight> = match value {
            Value::Array(array) => return Seen::Array(Box::new(Sight::of(array))),
            Value::Scalar(scalar) => return Seen::Scalar(scalar.ty()),
            Value::Tuple(items) => {
                items.iter().flat_map(Value::held_arrays).take(MOST_HELD).map(|array| Sight::of(&array)).collect()
            }
            Value::List(list) => {
                let items = list.items();
                items.iter().flat_map(Value::held_arrays).take(MOST_HELD).map(|array| Sight::of(&array)).collect()
            }
            other => other.held_arrays().iter().map(|array| Sight::of(array)).collect(),
        };
        if held.is_empty() { Seen::Other(value.type_name()) } else { Seen::Holder(value.type_name(), held) }
    }

    /// The arrays in it.
    pub fn arrays(&self) -> &[Sight] {
        match self {
            Seen::Array(sight) => std::slice::from_ref(sight),
            Seen::Holder(_, sights) => sights,
            Seen::Scalar(_) | Seen::Other(_) => &[],
        }
    }
}

/// What kind of expression a node is, as far as it matters for showing it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// A name.
    Name,
    /// A constant of the text.
    Constant,
    /// A tuple, list, dict or slice as written: its parts matter, itself it computes nothing.
    Display,
    /// An operator.
    Operator,
    /// An operator that decides by the truth of its first part what is evaluated.
    Choice,
    /// A call, an attribute, a subscript, or the whole statement.
    #[default]
    Other,
}

impl Shape {
    fn of(expr: &Expr) -> Shape {
        match &expr.kind {
            ExprKind::Name(_) => Shape::Name,
            _ if expr.is_literal() => Shape::Constant,
            ExprKind::Unary(_, operand) if Shape::of(operand) == Shape::Constant => Shape::Constant,
            ExprKind::Tuple(_)
            | ExprKind::List(_)
            | ExprKind::Dict(_)
            | ExprKind::Set(_)
            | ExprKind::Slice(..)
            | ExprKind::Starred(_)
            | ExprKind::FString(_) => Shape::Display,
            ExprKind::Unary(..) | ExprKind::Binary(..) | ExprKind::Compare(..) => Shape::Operator,
            ExprKind::And(..) | ExprKind::Or(..) | ExprKind::Conditional(..) => Shape::Choice,
            _ => Shape::Other,
        }
    }
}

/// One expression: its value, and what happened while it was evaluated, apart from what happened in its parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// Its place in the text.
    pub span: Span,
    /// What kind of expression it is.
    pub shape: Shape,
    /// Its value; nothing where it failed.
    pub seen: Option<Seen>,
    /// The expressions in it that were evaluated, in order.
    pub parts: Vec<Node>,
    /// What the ledger recorded.
    pub events: Vec<Event>,
    /// The copies.
    pub copies: Vec<Copied>,
    /// The writes in place.
    pub writes: Vec<Write>,
    /// What only the data decides of its size.
    pub bounds: Vec<Bounds>,
    /// How many values it guessed.
    pub guesses: usize,
    /// The number that the next array had when it began.
    pub next_id: ObjectId,
}

impl Node {
    /// The first node for which `is_it`, inner ones before outer ones.
    pub fn find(&self, is_it: &dyn Fn(&Node) -> bool) -> Option<&Node> {
        self.parts.iter().find_map(|part| part.find(is_it)).or_else(|| is_it(self).then_some(self))
    }

    /// Whether the truth of its first part decides what else is evaluated.
    pub fn is_choice(&self) -> bool {
        self.shape == Shape::Choice
    }
}

/// The expressions being evaluated, the whole statement first, and how much of the records is theirs already.
pub struct Trace {
    open: Vec<Node>,
    events: usize,
    copies: usize,
    writes: usize,
    bounds: usize,
    guesses: usize,
    /// The names whose values hang on a guess of an earlier statement.
    unsure: Rc<FxHashSet<Rc<str>>>,
    /// Whether what may take long without anybody looking is refused: powers and repetitions of a size.
    careful: bool,
}

impl Trace {
    /// A trace that begins where the records stand now.
    pub fn new(context: &Context, span: Span, unsure: Rc<FxHashSet<Rc<str>>>, careful: bool) -> Trace {
        let open = vec![Node { span, next_id: next_id(), ..Node::default() }];
        let mut trace = Trace { open, events: 0, copies: 0, writes: 0, bounds: 0, guesses: 0, unsure, careful };
        trace.note(context);
        trace.open[0] = Node { span, next_id: next_id(), ..Node::default() };
        trace
    }

    /// Gives what was recorded since the last time to the innermost expression.
    fn note(&mut self, context: &Context) {
        fn new<T: Clone>(all: &[T], from: &mut usize) -> Vec<T> {
            let new = all.get(*from..).unwrap_or_default().to_vec();
            *from = all.len();
            new
        }
        let runtime = &context.runtime;
        let Some(node) = self.open.last_mut() else { return };
        if runtime.ledger.event_count() > self.events {
            node.events.extend(new(&runtime.ledger.events(), &mut self.events));
        }
        node.copies.extend(new(&runtime.copies.borrow(), &mut self.copies));
        node.writes.extend(new(&runtime.writes.borrow(), &mut self.writes));
        node.bounds.extend(new(&runtime.bounds.borrow(), &mut self.bounds));
        let guesses = runtime.ledger.guesses();
        node.guesses += guesses - self.guesses;
        self.guesses = guesses;
    }

    fn enter(&mut self, context: &Context, expr: &Expr) {
        self.note(context);
        let (span, shape) = (expr.span, Shape::of(expr));
        let guesses = usize::from(matches!(&expr.kind, ExprKind::Name(name) if self.unsure.contains(name)));
        self.open.push(Node { span, shape, guesses, next_id: next_id(), ..Node::default() });
    }

    fn leave(&mut self, context: &Context, value: Option<&Value>) {
        self.note(context);
        let Some(mut node) = self.open.pop() else { return };
        node.seen = value.map(Seen::of);
        if let Some(parent) = self.open.last_mut() {
            parent.parts.push(node);
        }
    }

    /// Whether what `test` gave last hangs on a guess.
    fn is_guessed(&self, test: &Expr) -> bool {
        let mut parts = self.open.last().into_iter().flat_map(|node| &node.parts);
        let is_guess = |node: &Node| node.span == test.span && node.find(&|node| node.guesses > 0).is_some();
        parts.any(is_guess) || test.names().any(|name| self.unsure.contains(name))
    }

    /// The whole statement, at its end.
    pub fn finish(mut self, context: &Context, value: Option<&Value>) -> Node {
        self.note(context);
        let mut node = self.open.swap_remove(0);
        node.seen = value.map(Seen::of);
        node
    }
}

/// Refuses a number that makes an operator work long by itself.
fn require_small(op: BinaryOp, right: &Value) -> Result<()> {
    let most: i64 = match op {
        BinaryOp::Power | BinaryOp::LeftShift => 1000,
        BinaryOp::Multiply => 100_000_000,
        _ => return Ok(()),
    };
    match right {
        Value::Int(Int::Small(n)) if n.abs() <= most => Ok(()),
        Value::Int(_) => Err(runtime_error("that takes too many steps to plan")),
        _ => Ok(()),
    }
}

impl Evaluator {
    /// Notes in the trace, if there is one, that `expr` is evaluated from here on.
    #[inline]
    pub(super) fn enter(&mut self, expr: &Expr) {
        if let Some(trace) = &mut self.trace {
            trace.enter(&self.context, expr);
        }
    }

    /// Notes in the trace, if there is one, what the innermost expression gave; nothing where it failed.
    #[inline]
    pub(super) fn leave(&mut self, value: Option<&Value>) {
        if let Some(trace) = &mut self.trace {
            trace.leave(&self.context, value);
        }
    }

    /// The truth of what `test` gave. Where that hangs on a guess, the guess is which way it goes: not for 0, so for 1.
    pub(super) fn decided(&self, test: &Expr, truth: bool, guesses: usize) -> bool {
        let Some(trace) = &self.trace else { return truth };
        let ledger = &self.context.runtime.ledger;
        if ledger.is_planning() && (ledger.guesses() > guesses || trace.is_guessed(test)) {
            return ledger.guess() > 0;
        }
        truth
    }

    /// Refuses an operator that would work long by itself, where the trace is to be careful.
    #[inline]
    pub(super) fn require_quick(&self, expr: &Expr) -> Result<()> {
        match (&self.trace, &expr.kind) {
            (Some(trace), ExprKind::Binary(op, _, _, right)) if trace.careful => match &right.kind {
                ExprKind::Int(n) => require_small(*op, &Value::int(*n)),
                ExprKind::Name(name) => self.workspace.get(name).map_or(Ok(()), |value| require_small(*op, value)),
                ExprKind::Float(_) => Ok(()),
                _ if *op == BinaryOp::Power => Err(runtime_error("that takes too many steps to plan")),
                _ => Ok(()),
            },
            _ => Ok(()),
        }
    }
}
