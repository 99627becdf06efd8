//! What one statement did: plain data, from which everything a user sees is drawn.

use super::facts::ArrayFacts;
use super::failure::Failure;
use super::holders::{Holders, Paths};
use super::lost::LostWrite;
use super::ripple::Ripple;
use crate::array::{Copied, CopyReason, Gives, Warning};
use crate::eval::{Rebinding, Workspace};
use crate::memory::{BufferId, Event, EventKind, Ledger, MappedFile};
use crate::value::Value;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;
use std::rc::Rc;

/// What one statement did.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// The line it starts on, from 1.
    pub line: usize,
    /// Its text.
    pub source: String,
    /// Whether a `;` after it hides its value at the prompt.
    pub hidden: bool,
    /// What it printed.
    pub stdout: String,
    /// The value of an expression statement, unless it is `None`.
    pub value: Option<Shown>,
    /// The facts of that value, where it is an array.
    pub value_array: Option<ArrayFacts>,
    /// Why it failed, if it did.
    pub failure: Option<Failure>,
    /// The warnings it gave.
    pub warnings: Vec<Warning>,
    /// Remarks on what it did.
    pub notes: Vec<String>,
    /// The named arrays it bound, or changed in shape, strides, flags or buffer.
    pub arrays: Vec<ArrayFacts>,
    /// The named arrays whose cells it wrote in place, themselves unchanged otherwise; where they are very many, the
    /// first.
    pub written: Vec<ArrayFacts>,
    /// What it did to memory.
    pub memory: Memory,
    /// The array data that it copied, and why.
    pub copies: Vec<CopyFacts>,
    /// What it wrote in place, and which names see it.
    pub ripples: Vec<Ripple>,
    /// What it wrote that nobody will see.
    pub lost: Vec<LostWrite>,
    /// What became of the buffers of names it deleted or bound anew.
    pub releases: Vec<Release>,
}

/// One copy of array data.
#[derive(Clone, Debug, PartialEq)]
pub struct CopyFacts {
    /// The expression whose value was copied into the result, where it stands in the statement.
    pub of: Option<String>,
    /// The new buffer.
    pub buffer: BufferId,
    /// Its bytes.
    pub bytes: usize,
    /// Why.
    pub reason: CopyReason,
    /// What to write instead, and what that gives: `a[1:3]`, `is a view`.
    pub cure: Option<(String, Gives)>,
}

impl CopyFacts {
    /// The facts of a copy that a statement of `text` made.
    pub(super) fn of(copied: &Copied, text: &str) -> CopyFacts {
        let of = copied.expression.map(|span| crate::text::lines::one_line(span.of(text)));
        let cure = of.as_ref().and_then(|of| {
            let cure = copied.cure()?;
            let source = if cure.is_method() { super::why::as_primary(of) } else { of.clone() };
            Some((cure.spelling(&source), cure.gives))
        });
        CopyFacts { of, buffer: copied.copy, bytes: copied.bytes, reason: copied.reason.clone(), cure }
    }
}

/// A value as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its `repr`.
    pub repr: String,
}

/// Bytes of array data during and after a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// Allocated during the step.
    pub allocated: usize,
    /// Freed during the step.
    pub freed: usize,
    /// Alive after it.
    pub live: usize,
    /// Alive at once during it, at most.
    pub peak: usize,
    /// What happened, in order.
    pub events: Vec<Event>,
}

impl Memory {
    /// The account of the current step.
    pub fn of(ledger: &Ledger) -> Memory {
        Memory {
            allocated: ledger.allocated(),
            freed: ledger.freed(),
            live: ledger.live(),
            peak: ledger.peak(),
            events: ledger.events(),
        }
    }
}

/// What became of the buffer of a name that was deleted or bound anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// The name.
    pub name: String,
    /// The buffer its array used.
    pub buffer: BufferId,
    /// The buffer's bytes.
    pub bytes: usize,
    /// The file that the buffer is a part of.
    pub file: Option<MappedFile>,
    /// Whether the buffer was freed.
    pub freed: bool,
    /// What holds it, where it was not.
    pub held_by: Paths,
}

/// A release before it is known what became of it.
pub(super) struct Pending {
    name: Rc<str>,
    buffer: BufferId,
    bytes: usize,
    file: Option<MappedFile>,
}

/// The buffers of the arrays that these names were bound to before; lets go of them.
pub(super) fn released(rebindings: SmallVec<[Rebinding; 1]>) -> Vec<Pending> {
    let mut pending = Vec::new();
    for rebinding in rebindings {
        if let Some(Value::Array(array)) = &rebinding.old {
            let buffer = array.buffer();
            pending.push(Pending {
                name: Rc::clone(&rebinding.name),
                buffer: buffer.id(),
                bytes: buffer.len(),
                file: buffer.mapped_file().cloned(),
            });
        }
        drop(rebinding);
    }
    pending
}

impl Pending {
    /// Whether the name is bound to the same buffer again (`a += 1`), so that there is nothing to tell.
    pub(super) fn is_bound_again(&self, workspace: &Workspace) -> bool {
        matches!(workspace.get(&self.name), Some(Value::Array(array)) if array.buffer_ref().id() == self.buffer)
    }

    /// The buffer.
    pub(super) fn buffer(&self) -> BufferId {
        self.buffer
    }

    /// The buffer's bytes.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The name, and the buffer it let go of.
    pub(super) fn was(&self) -> (&str, BufferId) {
        (&self.name, self.buffer)
    }

    /// What became of it. `freed` are the buffers that the step freed.
    pub(super) fn finish(self, holders: &Holders, freed: &FxHashSet<BufferId>) -> Release {
        let freed = freed.contains(&self.buffer);
        let held_by = if freed { Paths::default() } else { holders.paths(self.buffer) };
        Release {
            name: self.name.to_string(),
            buffer: self.buffer,
            bytes: self.bytes,
            file: self.file.clone(),
            freed,
            held_by,
        }
    }
}

/// The buffers that a step freed.
pub(super) fn freed_buffers(events: &[Event]) -> FxHashSet<BufferId> {
    events.iter().filter(|event| event.kind == EventKind::Freed).map(|event| event.buffer).collect()
}
