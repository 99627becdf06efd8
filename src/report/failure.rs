//! An error as a user sees it: NumPy's words, the place, the numbers, the advice.

use super::markup::{Markup, Role};
use crate::session::Failure;
use unicode_width::UnicodeWidthStr;

/// Draws a failure. `place` comes before the class where the text is a file (`script.py:3:5`).
pub fn draw(failure: &Failure, place: Option<&str>) -> Markup {
    let mut out = Markup::new();
    if let Some(place) = place {
        out.add(Role::Dim, format!("{place}: "));
    }
    out.add(Role::Error, failure.qualified.clone());
    if !failure.message.is_empty() {
        out.add(Role::Plain, format!(": {}", failure.message));
    }
    out.add(Role::Plain, "\n");
    if let Some(caret) = failure.caret {
        out.add(Role::Plain, format!("  {}\n", failure.text));
        let before = failure.text.get(..caret.start).unwrap_or(&failure.text);
        let under = failure.text.get(caret.start..caret.end).unwrap_or("");
        let blanks: String = before.chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        let blanks = if before.is_ascii() { blanks } else { " ".repeat(before.width()) };
        out.add(Role::Plain, format!("  {blanks}"));
        out.add(Role::Caret, "^".repeat(under.width().max(1)));
        if let Some(label) = &failure.label {
            out.add(Role::Caret, format!(" {label}"));
        }
        out.add(Role::Plain, "\n");
    } else if let Some(label) = &failure.label {
        out.add(Role::Plain, format!("  {label}\n"));
    }
    for help in &failure.help {
        out.add(Role::Plain, "  ").add(Role::Help, "help: ").add(Role::Plain, format!("{help}\n"));
    }
    out
}
