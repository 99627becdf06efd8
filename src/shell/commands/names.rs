//! `%who`, `%whos`, `%reset`: the names.

use super::Answer;
use crate::error::value_error;
use crate::report::array::{extent, memory};
use crate::report::size::{bytes, tuple};
use crate::report::table::{self, Row};
use crate::report::{Markup, wrap};
use crate::session::ArrayFacts;
use crate::shell::{Shell, Sink};
use crate::value::{Value, repr};

/// The names alone.
pub fn who(shell: &mut Shell, _: &str, _: Sink) -> Answer {
    let names: Vec<String> = shell.session.workspace().entries().iter().map(|(name, _)| name.to_string()).collect();
    let mut out = Markup::new();
    let text = if names.is_empty() { "no names yet".to_string() } else { names.join(" ") };
    for line in wrap(&text, shell.manner.view.width) {
        out.line(&line);
    }
    Ok(out.into())
}

/// The names with their facts, and how many bytes they hold together: every buffer counts once.
pub fn whos(shell: &mut Shell, argument: &str, _: Sink) -> Answer {
    const LONGEST: usize = 40;
    /// So many names are shown, the newest, where not all are asked for.
    const MOST: usize = 100;
    let most = match argument {
        "" => MOST,
        "all" => usize::MAX,
        other => return Err(value_error(format!("%whos takes nothing or all, not {other}")).into()),
    };
    let session = &shell.session;
    let holders = session.holders();
    let workspace = session.workspace();
    let mut out = Markup::new();
    let older = workspace.len().saturating_sub(most);
    if older > 0 {
        out.line(&format!("the newest {most} of {} names · %whos all shows the others too", workspace.len()));
    }
    let rows: Vec<Row> = workspace
        .entries()
        .into_iter()
        .skip(older)
        .map(|(name, value)| match value {
            Value::Array(array) => {
                let facts = ArrayFacts::of(name, array, &holders);
                let (shape, dtype) = (tuple(&facts.shape), facts.dtype.to_string());
                let cells = vec![
                    name.to_string(),
                    value.type_name().into(),
                    format!("{dtype} {shape}"),
                    extent(&facts),
                    memory(&facts),
                ];
                Row { cells, buffer: Some(facts.buffer) }
            }
            other => {
                let text = repr(other, &session.context().print_options);
                let text = crate::text::lines::one_line(&text);
                let short: String = text.chars().take(LONGEST).collect();
                let text = if short.len() < text.len() { format!("{short}...") } else { short };
                let cells = vec![name.to_string(), other.type_name().into(), text, String::new(), String::new()];
                Row { cells, buffer: None }
            }
        })
        .collect();
    if rows.is_empty() {
        out.line("no names yet");
        return Ok(out.into());
    }
    out.extend(table::draw(&["name", "type", "value", "nbytes", "memory"], rows, shell.manner.view.width));
    let held = holders.buffers();
    let total: usize = held.iter().map(|array| array.buffer_ref().len()).sum();
    let plural = if held.len() == 1 { "" } else { "s" };
    out.line(&format!("{} in {} buffer{plural}, each counted once", bytes(total), held.len()));
    Ok(out.into())
}

/// Forgets every name.
pub fn reset(shell: &mut Shell, _: &str, _: Sink) -> Answer {
    let count = shell.session.workspace().len();
    let live = |shell: &Shell| shell.session.context().runtime.ledger.live();
    let before = live(shell);
    shell.session.reset();
    let freed = before.saturating_sub(live(shell));
    let mut out = Markup::new();
    let plural = if count == 1 { "" } else { "s" };
    out.line(&format!("forgot {count} name{plural} · freed {}", bytes(freed)));
    Ok(out.into())
}
