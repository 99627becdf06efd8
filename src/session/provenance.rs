//! How the named arrays came about: the statement, and the steps from the array it began with.

use super::step::CopyFacts;
use crate::array::layout::BasicIndex;
use crate::array::{Copied, Derived, NdArray, ObjectId, Runtime, Seen};
use crate::eval::Workspace;
use crate::memory::EventKind;
use crate::syntax::ast::Span;
use crate::text::lines::one_line;
use crate::value::Value;
use std::collections::HashMap;
use std::rc::Rc;

/// One step on the way to an array.
#[derive(Clone, Debug)]
pub struct Link {
    /// The expression whose value is the result; nothing where a copy is all that is known.
    pub expression: Option<String>,
    /// The expression whose value is the source; nothing where the evaluator did not see it.
    pub of: Option<String>,
    /// What it was made of.
    pub source: Option<Seen>,
    /// What came of it.
    pub result: Seen,
    /// The index, where it was made by integers and slices.
    pub index: Option<Vec<BasicIndex>>,
    /// The copy, where it is one, or a view of one that was made on the way.
    pub copied: Option<CopyFacts>,
}

/// How one array came about.
#[derive(Clone, Debug, Default)]
pub struct Provenance {
    /// The statement.
    pub statement: String,
    /// The steps, the last first.
    pub links: Vec<Link>,
    /// What allocated the memory at the beginning of the steps, if the statement did: `np.arange`, `add`.
    pub made_by: Option<&'static str>,
    /// The array as it was then.
    pub made: Option<Seen>,
    /// Other copies of the statement, of which a view might have been expected.
    pub others: Vec<CopyFacts>,
}

/// Names in the text of a statement: the parentheses around a parenthesised expression are not in its span.
fn text_of(span: Span, text: &str) -> String {
    one_line(span.of(text))
}

impl Provenance {
    /// How `array` came about in the statement that ran last, which stands in `text`.
    pub fn of(array: &NdArray, statement: &str, text: &str, runtime: &Runtime, workspace: &Workspace) -> Provenance {
        let (derived, copies) = (runtime.derived.borrow(), runtime.copies.borrow());
        let mut wanted = Seen::of(array);
        let mut links = Vec::new();
        let is_copy = |source: &Seen, result: &Seen| {
            let same = |copied: &&Copied| copied.copy == result.buffer && copied.source == source.buffer;
            copies.iter().rev().find(same).filter(|_| source.buffer != result.buffer)
        };
        for Derived { source, result, index, places } in derived.iter().rev() {
            if result.id != wanted.id {
                continue;
            }
            let place = |pick: fn(&(Span, Span)) -> Span| places.as_ref().map(|places| text_of(pick(places), text));
            let copied = is_copy(source, result).map(|copied| CopyFacts::of(copied, text));
            if copied.is_none() && source.buffer != result.buffer {
                break;
            }
            links.push(Link {
                expression: place(|(whole, _)| *whole),
                of: place(|(_, of)| *of),
                source: Some(source.clone()),
                result: result.clone(),
                index: index.clone(),
                copied,
            });
            wanted = source.clone();
        }
        // a copy of an array that was no operand by itself: one of a list, or one that a function made
        if let Some(copied) = copies.iter().rev().find(|copied| copied.copy == wanted.buffer) {
            let known = links.iter().any(|link: &Link| link.copied.as_ref().is_some_and(|c| c.buffer == copied.copy));
            if !known {
                let (expression, source, index) = (None, None, None);
                let of = workspace.names_of(&[copied.array]).first().map(|name| name.to_string());
                links.push(Link {
                    expression,
                    of,
                    source,
                    result: wanted.clone(),
                    index,
                    copied: Some(CopyFacts::of(copied, text)),
                });
            }
        }
        let allocated = |e: &&crate::memory::Event| e.kind == EventKind::Allocated && e.buffer == wanted.buffer;
        let made_by = runtime.ledger.events().iter().find(allocated).map(|event| event.cause);
        let is_other = |copied: &&Copied| {
            let known = |link: &Link| link.copied.as_ref().is_some_and(|known| known.buffer == copied.copy);
            copied.expression.is_some() && copied.reason.surprises() && !links.iter().any(known)
        };
        let others = copies.iter().filter(is_other).map(|copied| CopyFacts::of(copied, text)).collect();
        let made = Some(Seen::of(array));
        Provenance { statement: statement.to_string(), links, made_by, made, others }
    }
}

impl Provenance {
    /// The expression that made the array read-only, where its source was not and no one asked.
    pub fn lock_at_birth(&self) -> Option<String> {
        let link = self.links.first()?;
        let source = link.source.as_ref()?;
        (source.writeable && !link.result.writeable).then(|| link.expression.clone())?
    }
}

/// What is remembered of the arrays of a workspace.
#[derive(Default)]
pub(super) struct Provenances {
    known: HashMap<ObjectId, Rc<Provenance>>,
}

impl Provenances {
    /// How an array came about, if a statement of this session bound it to a name.
    pub fn get(&self, id: ObjectId) -> Option<Rc<Provenance>> {
        self.known.get(&id).cloned()
    }

    /// Remembers how an array came about, unless that is known; forgets those that no name holds, now and then.
    pub fn add(&mut self, id: ObjectId, workspace: &Workspace, provenance: impl FnOnce() -> Provenance) {
        const FEW: usize = 64;
        if self.known.contains_key(&id) {
            return;
        }
        if self.known.len() >= FEW && self.known.len() / 2 > workspace.len() {
            let mut living = HashMap::new();
            for (_, value) in workspace.entries() {
                if let Value::Array(array) = value
                    && let Some(known) = self.known.remove(&array.id())
                {
                    living.insert(array.id(), known);
                }
            }
            self.known = living;
        }
        self.known.insert(id, Rc::new(provenance()));
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.known.clear();
    }
}
