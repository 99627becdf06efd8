//! A step as a user sees it.

use super::level::Level;
use super::markup::{Markup, Role};
use super::paragraph::{fold, wrap};
use super::{array, failure, full, memory, table};
use crate::session::{ArrayFacts, Step};

/// How a step is drawn.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// How much the report says.
    pub level: Level,
    /// The columns there are.
    pub width: usize,
}

/// What the step printed.
pub fn printed(step: &Step) -> Markup {
    let mut out = Markup::new();
    out.add(Role::Plain, step.stdout.clone());
    out
}

/// The value of an expression statement, as Python's prompt echoes it.
pub fn echoed(step: &Step) -> Markup {
    let mut out = Markup::new();
    if let Some(value) = step.value.as_ref().filter(|_| !step.hidden) {
        out.add(Role::Plain, format!("{}\n", value.repr));
    }
    out
}

/// What Python would print to standard error, and the advice with it: warnings and the failure. `place` says where
/// in a file.
pub fn complaints(step: &Step, place: Option<&str>, width: usize) -> Markup {
    let mut out = Markup::new();
    for warning in &step.warnings {
        if let Some(place) = place {
            out.add(Role::Dim, format!("{place}: "));
        }
        out.add(Role::Warning, warning.class.qualified()).add(Role::Plain, format!(": {}\n", warning.message));
    }
    if let Some(failed) = &step.failure {
        out.extend(failure::draw(failed, place, width));
    }
    out
}

/// The report after a step: its arrays and its memory.
pub fn report(step: &Step, view: View) -> Markup {
    let mut out = Markup::new();
    if view.level == Level::Off || step.failure.is_some() {
        return out;
    }
    let arrays: Vec<&ArrayFacts> = step.arrays.iter().chain(&step.value_array).collect();
    if !arrays.is_empty() {
        match view.level {
            Level::Table => {
                out.extend(table::arrays(&arrays, view.width));
            }
            Level::Line => arrays.iter().flat_map(|facts| fold(&array::line(facts), 2, view.width)).for_each(|line| {
                out.line(&line);
            }),
            Level::Full => arrays.iter().flat_map(|facts| full::lines(facts, view.width)).for_each(|line| {
                out.line(&line);
            }),
            Level::Off => {}
        }
    }
    for lost in &step.lost {
        const LABEL: &str = "lost write: ";
        const HELP: &str = "  help: ";
        labelled(&mut out, (Role::Warning, LABEL), &memory::lost(lost, "went"), view.width);
        if let Some((statement, what)) = &lost.help {
            labelled(&mut out, (Role::Help, HELP), &format!("{statement} {what}"), view.width);
        }
    }
    for line in memory::lines(step).iter().flat_map(|line| fold(line, 2, view.width)) {
        out.line(&line);
    }
    for note in &step.notes {
        labelled(&mut out, (Role::Help, "note: "), note, view.width);
    }
    out
}

/// A text behind a label, its further lines below it.
pub(super) fn labelled(out: &mut Markup, (role, label): (Role, &str), text: &str, width: usize) {
    let mut lines = wrap(text, width.saturating_sub(label.len()).max(20)).into_iter();
    out.add(role, label).line(&lines.next().unwrap_or_default());
    lines.for_each(|line| {
        out.line(&format!("{}{line}", " ".repeat(label.len())));
    });
}
