//! Lost writes: values that went into memory which nobody holds when the statement is done.
//!
//! `a[[0, 1]][0] = 9` writes into the copy that advanced indexing made, and the copy dies with the statement. What
//! was probably meant follows from the statement's tree and from what its expressions gave: which of them made the
//! memory, from what, and what was done with it.

use super::ripple::Group;
use super::step::Pending;
use crate::array::{Copied, CopyReason, Rearranged, Seen};
use crate::eval::{Workspace, ufunc_of};
use crate::memory::{BufferId, Event, EventKind};
use crate::syntax::ast::{Argument, Expr, ExprKind, Span, Stmt, StmtKind};
use crate::value::Value;

/// A write that nobody will see.
#[derive(Clone, Debug, PartialEq)]
pub struct LostWrite {
    /// The buffer it went into.
    pub buffer: BufferId,
    /// The bytes that were written.
    pub bytes: usize,
    /// What memory that is, and why it is not someone's.
    pub into: Lost,
    /// What was probably meant: a statement, and what it does.
    pub help: Option<(String, String)>,
}

/// Memory that nobody holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Lost {
    /// A copy of what an expression names, with the reason where it is known.
    Copy(String, Option<CopyReason>),
    /// Memory that the statement made.
    New,
    /// Memory that the statement let go of: when this name was bound anew, where that was it.
    Dropped(Option<String>),
}

/// What a statement did, as far as it matters here.
pub(super) struct Scene<'a> {
    pub statement: &'a Stmt,
    pub text: &'a str,
    /// The arrays that the expressions of the statement gave, in the order of evaluation: what is inside comes first.
    pub seen: &'a [(Span, Seen)],
    pub copies: &'a [Copied],
    pub events: &'a [Event],
    pub workspace: &'a Workspace,
    /// More names that are taken: the session's, where the workspace is a plan's.
    pub others: Option<&'a Workspace>,
    /// What was let go of when names were bound anew.
    pub released: &'a [Pending],
    /// The buffer of the statement's value, where it is shown.
    pub shown: Option<BufferId>,
    /// The name of the last value, where the statement has bound it.
    pub hidden: Option<&'a str>,
}

impl Scene<'_> {
    /// The lost write in this group, if it is one.
    pub(super) fn lost(&self, group: &Group<'_>) -> Option<LostWrite> {
        let of_this = |event: &&Event| event.buffer == group.buffer;
        let is_freed = self.events.iter().filter(of_this).any(|event| event.kind == EventKind::Freed);
        let is_new = self.events.iter().filter(of_this).any(|event| event.kind == EventKind::Allocated);
        let is_held = group.reached.iter().any(|reached| self.hidden != Some(&*reached.name));
        let is_shown = self.shown == Some(group.buffer);
        if is_held || !(is_freed || is_shown) {
            return None;
        }
        let lost = |into, help| Some(LostWrite { buffer: group.buffer, bytes: group.bytes(), into, help });
        if !is_new && is_shown {
            return None;
        }
        if !is_new {
            let name = self.released.iter().map(Pending::was).find(|was| was.1 == group.buffer).map(|was| was.0);
            let help = name.and_then(|name| self.without_target(name));
            return lost(Lost::Dropped(name.map(str::to_string)), help);
        }
        let (span, maker) = self.seen.iter().find(|(_, seen)| seen.buffer == group.buffer)?;
        let expr = self.statement.find(*span)?;
        let copied = self.copies.iter().rev().find(|copied| copied.copy == group.buffer);
        let is_indexing = matches!(expr.kind, ExprKind::Subscript(..));
        let source =
            self.source(expr).filter(|source| is_indexing || copied.is_some_and(|c| c.source == source.1.buffer));
        let Some((from, seen)) = source else {
            // a result that is shown is what was asked for
            return if is_shown { None } else { lost(Lost::New, self.named_first(expr)) };
        };
        let reason = copied.map(|copied| copied.reason.clone());
        // what is shown was asked for, unless it was to be a view
        if is_shown && !is_indexing && !matches!(reason, Some(CopyReason::NoView { .. })) {
            return None;
        }
        let meant = Meant { scene: self, expr, maker, from, seen, reason: reason.as_ref() };
        let is_living = group.buffer != seen.buffer && !self.is_freed(seen.buffer);
        let help = if is_living { meant.help() } else { self.named_first(expr) };
        lost(Lost::Copy(self.of(from.span).to_string(), reason), help)
    }

    /// The array that the expression at `span` gave.
    fn at(&self, span: Span) -> Option<&Seen> {
        self.seen.iter().rev().find(|(place, _)| *place == span).map(|(_, seen)| seen)
    }

    fn of(&self, span: Span) -> &str {
        span.of(self.text)
    }

    fn is_freed(&self, buffer: BufferId) -> bool {
        self.events.iter().any(|event| event.kind == EventKind::Freed && event.buffer == buffer)
    }

    /// The array that `expr` was made from: what it indexes, the receiver of the method, the first array it is given.
    fn source<'e>(&self, expr: &'e Expr) -> Option<(&'e Expr, &Seen)> {
        let given: Vec<&Expr> = match &expr.kind {
            ExprKind::Subscript(of, _) | ExprKind::Attribute(of, ..) => vec![of],
            ExprKind::Call(callee, arguments) => {
                let receiver = match &callee.kind {
                    ExprKind::Attribute(of, ..) => Some(&**of),
                    _ => None,
                };
                receiver.into_iter().chain(arguments.iter().map(Argument::value)).collect()
            }
            _ => return None,
        };
        given.into_iter().find_map(|given| Some((given, self.at(given.span)?)))
    }

    /// The statement's text with other text in some places.
    fn with(&self, mut edits: Vec<(Span, String)>) -> String {
        edits.sort_by_key(|(span, _)| span.start);
        let mut text = String::new();
        let mut at = self.statement.span.start;
        for (span, new) in edits {
            let span = self.with_parentheses(span);
            text.push_str(self.of(Span::new(at, span.start)));
            text.push_str(&new);
            at = span.end;
        }
        text + self.of(Span::new(at, self.statement.span.end))
    }

    /// A span with the parentheses that stand around it for themselves: those of no call.
    fn with_parentheses(&self, span: Span) -> Span {
        let before = self.of(Span::new(self.statement.span.start, span.start)).trim_end();
        let after = self.of(Span::new(span.end, self.statement.span.end));
        let opened = before.strip_suffix('(');
        let is_call = |text: &str| text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ')' | ']'));
        match (opened, after.trim_start().strip_prefix(')')) {
            (Some(opened), Some(rest)) if !is_call(opened.trim_end()) => {
                let start = self.statement.span.start + opened.len();
                self.with_parentheses(Span::new(start, self.statement.span.end - rest.len()))
            }
            _ => span,
        }
    }

    /// A name that is free.
    fn free_name(&self) -> String {
        let names = ["t".to_string()].into_iter().chain((1..).map(|n| format!("t{n}")));
        let mut free = names.filter(|name| {
            self.workspace.get(name).is_none() && self.others.is_none_or(|others| others.get(name).is_none())
        });
        free.next().unwrap_or_default()
    }

    /// `t = np.zeros(3); t[0] = 1`
    fn named_first(&self, expr: &Expr) -> Option<(String, String)> {
        let name = self.free_name();
        let made = self.of(expr.span);
        Some((format!("{name} = {made}; {}", self.with(vec![(expr.span, name.clone())])), "keeps it".to_string()))
    }

    /// `a.sort()` for `a = a.sort()`, where the value was `None`.
    fn without_target(&self, name: &str) -> Option<(String, String)> {
        let StmtKind::Assign(_, value) = &self.statement.kind else { return None };
        let is_none = self.workspace.get(name).is_some_and(Value::is_none);
        is_none.then(|| (self.of(value.span).to_string(), format!("changes {name} in place, and gives None")))
    }
}

/// What a write to a copy was probably meant to do.
struct Meant<'a> {
    scene: &'a Scene<'a>,
    /// The expression that made the copy, and the array it gave.
    expr: &'a Expr,
    maker: &'a Seen,
    /// The expression that was copied, and the array it gave.
    from: &'a Expr,
    seen: &'a Seen,
    /// Why it was copied, where that is known.
    reason: Option<&'a CopyReason>,
}

impl Meant<'_> {
    fn help(&self) -> Option<(String, String)> {
        let scene = self.scene;
        let writes = |text: String| Some((text, format!("writes {}", scene.of(self.owner().span))));
        match &self.expr.kind {
            ExprKind::Subscript(_, index) => {
                if let Some(text) = self.one_subscript(index).or_else(|| self.stored()) {
                    return writes(text);
                }
                writes(self.written_back(scene.of(self.expr.span).to_string()))
            }
            // where the elements changed places, the index means others in the array they came from
            _ if matches!(self.reason, Some(CopyReason::Rearranged(_))) => match self.in_place_first() {
                Some(text) => writes(text),
                None => scene.named_first(self.expr),
            },
            _ if self.maker.layout.shape == self.seen.layout.shape => {
                writes(scene.with(vec![(self.expr.span, scene.of(self.from.span).to_string())]))
            }
            // the same elements in another shape: `.flat` counts them in C order, as the copy does
            _ if self.maker.layout.size() == self.seen.layout.size() && self.is_in_c_order() => {
                let from = scene.of(self.from.span);
                if let Some((_, index)) = self.target()
                    && self.maker.layout.ndim() == 1
                {
                    if is_all(index) && !self.value_is_array() {
                        return writes(self.assigned(format!("{from}[...]")));
                    }
                    return writes(self.assigned(format!("{from}.flat[{}]", scene.of(index.span))));
                }
                writes(self.written_back(format!("{from}.flat")))
            }
            _ => self.scene.named_first(self.expr),
        }
    }

    /// The first of the expressions in front of the copied one that gave an array over the same bytes.
    fn owner(&self) -> &Expr {
        let is_same = |expr: &Expr| match &expr.kind {
            ExprKind::Name(name) => match self.scene.workspace.get(name) {
                Some(Value::Array(array)) => array.buffer_ref().id() == self.seen.buffer,
                _ => false,
            },
            _ => self.scene.at(expr.span).is_some_and(|seen| seen.buffer == self.seen.buffer),
        };
        let fronts = std::iter::successors(Some(self.from), |expr| front(expr));
        fronts.filter(|expr| is_same(expr)).last().unwrap_or(self.from)
    }

    /// `a.sort(axis=0); a[0] = 3` for `np.sort(a, axis=0)[0] = 3`.
    fn in_place_first(&self) -> Option<String> {
        let scene = self.scene;
        let ExprKind::Call(callee, arguments) = &self.expr.kind else { return None };
        let (ExprKind::Attribute(_, name, ..), Some(CopyReason::Rearranged(Rearranged::Sorted))) =
            (&callee.kind, self.reason)
        else {
            return None;
        };
        let is_given = arguments.first().is_some_and(|first| first.value().span == self.from.span);
        if !is_given || self.maker.layout.shape != self.seen.layout.shape || !is_atom(self.from) {
            return None;
        }
        let (from, end) = (scene.of(self.from.span), self.expr.span.end.checked_sub(1)?);
        let rest = scene.of(Span::new(self.from.span.end, end)).trim_start().trim_start_matches(',').trim();
        Some(format!("{from}.{name}({rest}); {}", scene.with(vec![(self.expr.span, from.to_string())])))
    }

    /// Nothing asks for another order: every argument is a number or a shape.
    fn is_in_c_order(&self) -> bool {
        let ExprKind::Call(_, arguments) = &self.expr.kind else { return false };
        arguments.iter().all(|argument| match argument {
            Argument::Positional(value) => !matches!(value.kind, ExprKind::Str(_)),
            _ => false,
        })
    }

    /// The subscript that is assigned to and what stands in its brackets, where it is the copy that it indexes.
    fn target(&self) -> Option<(&Expr, &Expr)> {
        let targets = match &self.scene.statement.kind {
            StmtKind::Assign(targets, _) => targets.as_slice(),
            StmtKind::AugAssign(target, ..) => std::slice::from_ref(target),
            _ => return None,
        };
        targets.iter().find_map(|target| match &target.kind {
            ExprKind::Subscript(of, index) if of.span == self.expr.span => Some((target, &**index)),
            _ => None,
        })
    }

    /// The statement with another target.
    fn assigned(&self, target: String) -> String {
        match self.target() {
            Some((old, _)) => self.scene.with(vec![(old.span, target)]),
            None => target,
        }
    }

    fn value_is_array(&self) -> bool {
        let value = match &self.scene.statement.kind {
            StmtKind::Assign(_, value) | StmtKind::AugAssign(_, _, _, value) => value,
            _ => return false,
        };
        is_sequence(value) || self.scene.at(value.span).is_some_and(|traced| traced.layout.ndim() > 0)
    }

    /// `a[I][J] = v` as one subscript.
    fn one_subscript(&self, index: &Expr) -> Option<String> {
        let scene = self.scene;
        let (_, second) = self.target()?;
        let from = scene.of(self.from.span);
        if is_all(second) {
            return Some(self.assigned(format!("{from}[{}]", scene.of(index.span))));
        }
        if matches!(index.kind, ExprKind::Tuple(_) | ExprKind::Slice(..)) {
            return None;
        }
        let (first, rest) = match &second.kind {
            ExprKind::Tuple(items) => {
                let (first, last) = (items.first()?, items.last()?);
                (first, scene.of(Span::new(first.span.end, last.span.end)))
            }
            _ => (second, ""),
        };
        let place = scene.of(first.span);
        let literals = int_literals(index);
        if let (Some(places), Some(n)) = (&literals, int_literal(first)) {
            let n = if n < 0 { n + places.len() as i64 } else { n };
            let place = places.get(usize::try_from(n).ok()?)?;
            return Some(self.assigned(format!("{from}[{place}{rest}]")));
        }
        if literals.is_some() {
            return Some(self.assigned(format!("{from}[{}[{place}]{rest}]", scene.of(index.span))));
        }
        let chosen = scene.at(index.span)?;
        let (mask, text) = (&chosen.layout, scene.of(index.span));
        let text = if is_atom(index) { text.to_string() } else { format!("({text})") };
        let is_mask = mask.dtype.ty() == crate::array::Type::Bool;
        let found = || format!("np.flatnonzero({})[{place}]", scene.of(index.span));
        match (is_mask, mask.ndim()) {
            (false, 1) => Some(self.assigned(format!("{from}[{text}[{place}]{rest}]"))),
            (true, 1) => Some(self.assigned(format!("{from}[{}{rest}]", found()))),
            (true, n) if n == self.seen.layout.ndim() => Some(self.assigned(format!("{from}.flat[{}]", found()))),
            _ => None,
        }
    }

    /// `a[I] = f(...)` for `f(..., out=a[I])`: what the function gives is the copy it was to fill.
    fn stored(&self) -> Option<String> {
        let scene = self.scene;
        let StmtKind::Expr(call) = &scene.statement.kind else { return None };
        let ExprKind::Call(callee, arguments) = &call.kind else { return None };
        if scene.shown != Some(self.maker.buffer) {
            return None;
        }
        let n = arguments
            .iter()
            .position(|argument| matches!(argument, Argument::Keyword(_, _, value) if value.span == self.expr.span))?;
        let others: Vec<&str> = arguments
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != n)
            .map(|(_, argument)| {
                let start = match argument {
                    Argument::Keyword(_, name, _) => name.start,
                    other => other.value().span.start,
                };
                scene.of(Span::new(start, argument.value().span.end))
            })
            .collect();
        Some(format!("{} = {}({})", scene.of(self.expr.span), scene.of(callee.span), others.join(", ")))
    }

    /// `t = a[I]; t.sort(); a[I] = t`
    fn written_back(&self, place: String) -> String {
        let (name, made) = (self.scene.free_name(), self.scene.of(self.expr.span));
        format!("{name} = {made}; {}; {place} = {name}", self.scene.with(vec![(self.expr.span, name.clone())]))
    }
}

/// The expression that a subscript, an attribute or a method reads.
fn front(expr: &Expr) -> Option<&Expr> {
    match &expr.kind {
        ExprKind::Subscript(of, _) | ExprKind::Attribute(of, ..) => Some(of),
        ExprKind::Call(callee, _) => match &callee.kind {
            ExprKind::Attribute(of, ..) => Some(of),
            _ => None,
        },
        _ => None,
    }
}

/// Whether an index selects everything: `:`, `...`.
fn is_all(index: &Expr) -> bool {
    matches!(index.kind, ExprKind::Slice(None, None, None) | ExprKind::Ellipsis)
}

/// Whether an expression can be indexed without parentheses.
fn is_atom(expr: &Expr) -> bool {
    use ExprKind::{Attribute, Call, List, Name, Subscript};
    matches!(expr.kind, Name(_) | Subscript(..) | Attribute(..) | Call(..) | List(_))
}

fn is_sequence(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::List(_) | ExprKind::Tuple(_))
}

fn int_literals(expr: &Expr) -> Option<Vec<i64>> {
    match &expr.kind {
        ExprKind::List(items) => items.iter().map(int_literal).collect(),
        _ => None,
    }
}

fn int_literal(expr: &Expr) -> Option<i64> {
    match &expr.kind {
        ExprKind::Int(n) => Some(*n),
        ExprKind::Unary(crate::syntax::ast::UnaryOp::Negative, inner) => match inner.kind {
            ExprKind::Int(n) => n.checked_neg(),
            _ => None,
        },
        _ => None,
    }
}

/// What there is to say where a write named places more than once, so that values were lost: `z[[0, 0]] += 1` gathers,
/// adds, and puts both sums into the same place.
pub(super) fn repeated_places(group: &Group<'_>, statement: &Stmt, text: &str) -> Option<String> {
    let write = group.writes.iter().find(|write| write.lost > 0)?;
    let kept = write.cells - write.lost;
    let values = |n: usize| if n == 1 { "1 value".to_string() } else { format!("{n} values") };
    let cells = |n: usize| if n == 1 { "1 cell".to_string() } else { format!("{n} cells") };
    let said = format!("{} went into {}: the last for a cell stays", values(write.cells), cells(kept));
    match &statement.kind {
        StmtKind::AugAssign(target, op, _, value) => {
            let ExprKind::Subscript(of, index) = &target.kind else { return None };
            let (of, index, value) = (of.span.of(text), index_text(index, text), value.span.of(text));
            Some(match ufunc_of(*op) {
                Some(ufunc) => format!(
                    "{said}. All were computed from what was there before; np.{}.at({of}, {index}, {value}) counts each.",
                    ufunc.name
                ),
                None => said,
            })
        }
        StmtKind::Assign(_, value) if !is_scalar(value) => Some(said),
        _ => None,
    }
}

fn is_scalar(value: &Expr) -> bool {
    use ExprKind::{Bool, Float, Imaginary, Int, Unary};
    match &value.kind {
        Int(_) | Float(_) | Imaginary(_) | Bool(_) => true,
        Unary(_, inner) => is_scalar(inner),
        _ => false,
    }
}

/// An index as an argument: a tuple without parentheses gets them.
fn index_text(index: &Expr, text: &str) -> String {
    let own = index.span.of(text);
    match index.kind {
        ExprKind::Tuple(_) if !own.starts_with('(') => format!("({own})"),
        _ => own.to_string(),
    }
}
