//! The same statements under three rules, side by side.

use super::markup::{Markup, Role};
use super::paragraph::wrap;
use super::size::bytes;
use super::table::{self, Row};
use crate::session::compare::{Comparison, Difference, Outcome, RULES};

/// What stands before the first statement after which the rules differ. The blank does not break.
const MARK: &str = "≠\u{a0}";

/// Draws a comparison.
pub fn draw(comparison: &Comparison, width: usize) -> Markup {
    let mut out = Markup::new();
    let first = comparison.first.as_ref().map(|first| first.row);
    let mut rows: Vec<Row> = Vec::new();
    for (n, row) in comparison.rows.iter().enumerate() {
        let mark = if first == Some(n) { MARK } else { "" };
        let mut cells = vec![format!("{mark}{}", row.source)];
        cells.extend(row.outcomes.iter().map(cell));
        rows.push(Row { cells, buffer: None });
    }
    let copied = |rule: usize| comparison.rows.iter().map(|row| row.outcomes[rule].copied).sum::<usize>();
    let totals = [("live at the end", comparison.live), ("copied in all", [0, 1, 2].map(copied))];
    for (what, sizes) in totals {
        let cells = std::iter::once(what.to_string()).chain(sizes.iter().map(|&n| bytes(n))).collect();
        rows.push(Row { cells, buffer: None });
    }
    let [aliasing, lazy, eager] = RULES.map(|(name, _)| name);
    out.extend(table::draw(&["statement", aliasing, lazy, eager], rows, width));
    let mut say = |text: &str| {
        for line in wrap(text, width) {
            out.line(&line);
        }
    };
    match &comparison.first {
        None => say("the rules never differ here"),
        Some(first) => sentences(comparison, first).iter().for_each(|text| say(text)),
    }
    if !comparison.left_out.is_empty() {
        let names = comparison.left_out.join(", ");
        out.add(Role::Help, "note: ").line(&format!("left out, since it cannot be copied: {names}"));
    }
    out
}

/// The longest text of one value or message in a cell, in characters, and the most printed lines.
const LONGEST: usize = 160;
const MOST_LINES: usize = 6;

/// What an outcome says, in the lines of a cell.
fn cell(outcome: &Outcome) -> String {
    let mut lines: Vec<String> = Vec::new();
    lines.extend(outcome.names.iter().map(|(name, value)| match value {
        Some(value) => format!("{name} = {value}"),
        None => format!("no {name}"),
    }));
    lines.extend(outcome.shown.iter().take(MOST_LINES).cloned());
    lines.extend((outcome.shown.len() > MOST_LINES).then(|| "…".to_string()));
    lines.extend(outcome.error.clone());
    for line in &mut lines {
        if let Some((at, _)) = line.char_indices().nth(LONGEST) {
            line.truncate(at);
            line.push('…');
        }
    }
    if outcome.copied > 0 {
        lines.push(format!("copied {}", bytes(outcome.copied)));
    }
    lines.join("\n")
}

/// The most names that a sentence lists.
const NAMES: usize = 6;

/// The names, the many folded.
fn listed(names: &[String]) -> String {
    match names.split_at_checked(NAMES) {
        Some((first, rest)) if !rest.is_empty() => format!("{} and {} more", first.join(", "), rest.len()),
        _ => names.join(", "),
    }
}

/// What differs, and why.
fn sentences(comparison: &Comparison, first: &Difference) -> Vec<String> {
    let Some(row) = comparison.rows.get(first.row) else { return Vec::new() };
    let source = &row.source;
    let what = match first.names.as_slice() {
        [] => "what it says".to_string(),
        names => listed(names),
    };
    let mut said = vec![format!("{MARK}`{source}` is the first after which the rules differ: {what}")];
    let [aliasing, lazy, eager] = &row.outcomes;
    if first.sharers.len() > 1 {
        said.push(format!("aliasing: {} use the same bytes, so all of them see the write", listed(&first.sharers)));
    } else if let [name] = first.sharers.as_slice() {
        said.push(format!("aliasing: the write goes to the bytes of {name}"));
    } else if let Some(error) = &aliasing.error {
        said.push(format!("aliasing: {error}"));
    }
    let earlier = |rule: usize| -> Vec<String> {
        let copies = comparison.rows.iter().take(first.row).filter(|row| row.outcomes[rule].copied > 0);
        copies.map(|row| format!("`{}`", row.source)).collect()
    };
    if lazy.copied > 0 {
        said.push(format!(
            "copy-on-write: what was written got a copy of its own first, {}, since its bytes were shared",
            bytes(lazy.copied)
        ));
    } else if let copies = earlier(1)
        && !copies.is_empty()
    {
        said.push(format!("copy-on-write: {} made a copy", copies.join(" and ")));
    } else if first.same.len() > 1 && lazy.names == aliasing.names {
        said.push(format!(
            "copy-on-write: {} are names of one array, not views, and see the write as in pandas; R would copy here",
            listed(&first.same)
        ));
    }
    let mut copies = earlier(2);
    if eager.copied > 0 {
        copies.push("the statement itself".into());
    }
    if !copies.is_empty() {
        said.push(format!("always-copy: {} made a copy", copies.join(" and ")));
    }
    said
}
