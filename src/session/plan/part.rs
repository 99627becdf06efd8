//! The tree of a plan, from the trace of the evaluator. Every verdict follows from buffers and records.

use crate::array::{DType, Write};
use crate::eval::{Node, Seen, Shape, Sight};
use crate::memory::{BufferId, Event, EventKind, MappedFile};
use crate::syntax::ast::{Expr, ExprKind, Stmt, StmtKind};
use crate::text::lines::one_line;

/// What came of an expression, by the buffers of its value and the allocations on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Another header over a buffer that was there.
    View,
    /// An array that was there.
    Same,
    /// Bytes that were there, again in new memory.
    Copy,
    /// New memory.
    New,
    /// Written over memory that was there.
    InPlace,
    /// A NumPy scalar, without an array.
    Scalar,
    /// What a name or the text holds already.
    Given,
    /// Something else.
    Other,
}

/// How much data decides the size of an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Not at all.
    Known,
    /// So many items at least; at most as many as the array has.
    AtLeast(usize),
    /// At most as many as the array has.
    AtMost,
}

/// One expression of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its text.
    pub text: String,
    /// What came of it.
    pub verdict: Verdict,
    /// Its value.
    pub value: Seen,
    /// Where it has no array for a value: the array it writes through.
    pub written: Option<Box<Sight>>,
    /// How far the data decides the size of that.
    pub size: Size,
    /// The bytes allocated for it.
    pub bytes: usize,
    /// Why it is a copy, and what else it does.
    pub remarks: Vec<Remark>,
    /// The expressions in it.
    pub parts: Vec<Part>,
}

impl Part {
    /// The arrays to show: those of the value, or the one it writes through.
    pub fn arrays(&self) -> &[Sight] {
        match &self.written {
            Some(written) => std::slice::from_ref(written),
            None => self.value.arrays(),
        }
    }

    /// Whether the same happens in both, whatever the numbers of arrays and buffers are.
    pub(super) fn is_like(&self, other: &Part) -> bool {
        let layouts = |part: &Part| part.arrays().iter().map(|sight| sight.layout.clone()).collect::<Vec<_>>();
        let is_same = (&self.text, self.verdict, self.size, self.bytes, &self.remarks)
            == (&other.text, other.verdict, other.size, other.bytes, &other.remarks);
        let parts = || self.parts.iter().zip(&other.parts);
        is_same
            && self.parts.len() == other.parts.len()
            && layouts(self) == layouts(other)
            && parts().all(|(part, other)| part.is_like(other))
    }
}

/// What else there is to say of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Remark {
    /// Why it is a copy.
    Because(String),
    /// It is a part of a file in memory.
    Maps(MappedFile),
    /// It is computed in the buffer of a temporary.
    Reuses(BufferId),
    /// It writes cells of a buffer.
    Writes {
        /// How many bytes.
        bytes: usize,
        /// Of which buffer.
        buffer: BufferId,
        /// Whether the data decides how many of them.
        at_most: bool,
        /// The dtypes of the values and of the cells, where the cast may change values.
        cast: Option<(DType, DType)>,
    },
    /// It copies something else on the way.
    Copies {
        /// How many bytes.
        bytes: usize,
        /// Why.
        because: String,
    },
    /// It allocates something that goes again.
    ComesAndGoes(usize),
    /// It allocates something else that stays.
    Stays {
        /// How many bytes.
        bytes: usize,
        /// In which buffer.
        buffer: BufferId,
    },
}

/// Whether an assignment to it only binds names.
fn binds_names(target: &Expr) -> bool {
    match &target.kind {
        ExprKind::Name(_) => true,
        ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().all(binds_names),
        ExprKind::Starred(inner) => binds_names(inner),
        _ => false,
    }
}

/// The tree of a statement: that of its expression, or the statement's own over those of its expressions.
pub(super) fn root(statement: &Stmt, node: &Node, text: &str) -> Part {
    let is_value = match &statement.kind {
        StmtKind::Expr(_) => true,
        StmtKind::Assign(targets, _) => targets.iter().all(binds_names),
        _ => false,
    };
    match node.parts.first() {
        Some(expression) if is_value => part(expression, text),
        _ => part(node, text),
    }
}

/// What is shown of an expression.
fn part(node: &Node, text: &str) -> Part {
    let value = node.seen.clone().unwrap_or(Seen::Other("NoneType"));
    let written = writes(node).last().filter(|_| value.arrays().is_empty()).and_then(|write| {
        Some(Box::new(Sight { id: 0, layout: write.layout()?.clone(), buffer: write.buffer, file: None }))
    });
    let inner: Vec<Part> = node.parts.iter().flat_map(|inner| shown(inner, text)).collect();
    let is_bounded = inner.iter().any(|part| part.size != Size::Known);
    let size = match (&value, node.bounds.last()) {
        (Seen::Array(_) | Seen::Holder(..), Some(bounds)) => {
            let items = value.arrays().first().map_or(0, |sight| sight.layout.size());
            Size::AtLeast(items.saturating_mul(bounds.least).checked_div(bounds.most).unwrap_or(0))
        }
        _ if is_bounded && !value.arrays().is_empty() => Size::AtMost,
        _ => Size::Known,
    };
    let (verdict, bytes) = verdict(node, &value, written.as_deref());
    let mut part = Part {
        text: one_line(node.span.of(text)),
        verdict,
        value,
        written,
        size,
        bytes,
        remarks: Vec::new(),
        parts: Vec::new(),
    };
    part.remarks = remarks(node, &part, &inner);
    let is_branching = inner.iter().any(|part| part.verdict != Verdict::Given);
    let is_useful = |inner: &Part| {
        let is_constant = inner.value.arrays().is_empty();
        inner.verdict != Verdict::Given
            || (is_branching && (matches!(node.shape, Shape::Operator | Shape::Choice) || !is_constant))
    };
    part.parts = inner.into_iter().filter(is_useful).collect();
    part
}

/// The lines of an expression inside another: its own, or those of its parts where it computes nothing itself.
fn shown(node: &Node, text: &str) -> Vec<Part> {
    let inner = || node.parts.iter().flat_map(|inner| shown(inner, text)).collect();
    let has_arrays = node.seen.as_ref().is_some_and(|seen| !seen.arrays().is_empty());
    let is_array_work = has_arrays || !node.events.is_empty();
    match (node.shape, &node.seen) {
        (Shape::Display, _) => inner(),
        (Shape::Name | Shape::Constant, Some(Seen::Array(_) | Seen::Holder(..) | Seen::Scalar(_)))
        | (Shape::Constant, _) => vec![part(node, text)],
        (Shape::Name, _) => Vec::new(),
        (_, Some(Seen::Scalar(_))) => vec![part(node, text)],
        _ if is_array_work => vec![part(node, text)],
        _ => inner(),
    }
}

/// The writes to buffers that were there before it began.
fn writes(node: &Node) -> impl Iterator<Item = &Write> {
    let is_new = |buffer| events(node, EventKind::Allocated).any(|event| event.buffer == buffer);
    node.writes.iter().filter(move |write| write.buffer > 0 && !is_new(write.buffer))
}

/// The events of one kind.
fn events(node: &Node, kind: EventKind) -> impl Iterator<Item = &Event> + Clone {
    node.events.iter().filter(move |event| event.kind == kind)
}

/// What came of an expression, and the bytes allocated for it.
fn verdict(node: &Node, value: &Seen, written: Option<&Sight>) -> (Verdict, usize) {
    if matches!(node.shape, Shape::Name | Shape::Constant) {
        return (Verdict::Given, 0);
    }
    let arrays = value.arrays();
    let is_of_value = |buffer: BufferId| arrays.iter().any(|sight| sight.buffer == buffer);
    let made = events(node, EventKind::Allocated).filter(|event| is_of_value(event.buffer));
    let bytes: usize = made.clone().map(|event| event.bytes).sum();
    let is_reused = events(node, EventKind::Reused).any(|event| is_of_value(event.buffer));
    let is_known = |sight: &Sight| {
        let in_part = |part: &Node| part.seen.iter().flat_map(Seen::arrays).any(|other| other.id == sight.id);
        sight.id < node.next_id || node.parts.iter().any(in_part)
    };
    let verdict = match value {
        _ if made.count() > 0 => {
            let is_copy = node.copies.iter().any(|copied| is_of_value(copied.copy));
            if is_copy { Verdict::Copy } else { Verdict::New }
        }
        Seen::Scalar(_) => Verdict::Scalar,
        _ if written.is_some() => Verdict::InPlace,
        _ if is_reused || writes(node).any(|write| is_of_value(write.buffer)) => Verdict::InPlace,
        _ if arrays.is_empty() => Verdict::Other,
        _ if arrays.iter().all(is_known) => Verdict::Same,
        _ => Verdict::View,
    };
    (verdict, bytes)
}

/// Why it is a copy, and what else happens on the way to the value.
fn remarks(node: &Node, part: &Part, inner: &[Part]) -> Vec<Remark> {
    let mut remarks: Vec<Remark> = Vec::new();
    let mut add = |remark: Remark| {
        if !remarks.contains(&remark) {
            remarks.push(remark);
        }
    };
    let is_of_value = |buffer: BufferId| part.value.arrays().iter().any(|sight| sight.buffer == buffer);
    for copied in node.copies.iter().filter(|copied| is_of_value(copied.copy)) {
        add(Remark::Because(copied.reason.to_string()));
    }
    let is_of_parts = |buffer: BufferId| inner.iter().flat_map(Part::arrays).any(|sight| sight.buffer == buffer);
    let mapped = part.value.arrays().iter().filter(|sight| part.verdict == Verdict::View && !is_of_parts(sight.buffer));
    for file in mapped.filter_map(|sight| sight.file.clone()) {
        add(Remark::Maps(file));
    }
    for event in events(node, EventKind::Reused) {
        add(Remark::Reuses(event.buffer));
    }
    for write in writes(node) {
        add(Remark::Writes {
            bytes: write.bytes(),
            buffer: write.buffer,
            at_most: !node.bounds.is_empty(),
            cast: write.cast.clone(),
        });
    }
    for event in events(node, EventKind::Allocated).filter(|event| event.bytes > 0 && !is_of_value(event.buffer)) {
        let bytes = event.bytes;
        // A scalar is computed in an array of no axes, which is not worth a word.
        if matches!(&part.value, Seen::Scalar(ty) if ty.size() == bytes) {
            continue;
        }
        let goes = events(node, EventKind::Freed).any(|freed| freed.buffer == event.buffer);
        add(match node.copies.iter().find(|copied| copied.copy == event.buffer) {
            Some(copied) => Remark::Copies { bytes, because: copied.reason.to_string() },
            None if goes => Remark::ComesAndGoes(bytes),
            None => Remark::Stays { bytes, buffer: event.buffer },
        });
    }
    remarks
}
