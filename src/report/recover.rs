//! How a view comes from an array: the expression, and every step with its layout.

use super::markup::{Markup, Role};
use super::paragraph::wrap;
use super::size::tuple;
use super::table::{self, Row};
use crate::array::Layout;
use crate::array::layout::recover::{Obstacle, Recovery};
use crate::memory::BufferId;

/// A view, an array over the same buffer, and what they are called. `base_name` may stand before a dot.
pub struct Related<'r> {
    /// What the view is called.
    pub view_name: &'r str,
    /// The view.
    pub view: &'r Layout,
    /// What the array is called.
    pub base_name: &'r str,
    /// The array.
    pub base: &'r Layout,
    /// Their buffer.
    pub buffer: BufferId,
}

/// Stands for the expression so far.
const BEFORE: &str = "…";

/// Draws what was found.
pub fn draw(related: &Related, found: &Result<Recovery, Obstacle>, width: usize) -> Markup {
    let Related { view_name, base_name, .. } = related;
    let mut out = Markup::new();
    let recovery = match found {
        Ok(recovery) => recovery,
        Err(obstacle) => {
            for line in wrap(&format!("no expression of {base_name} makes {view_name}: {obstacle}"), width) {
                out.line(&line);
            }
            return out;
        }
    };
    let has_dtypes = related.base.dtype != related.view.dtype;
    let row = |step: String, layout: &Layout| {
        let mut cells = vec![step, tuple(&layout.shape), tuple(&layout.strides), format!("{} B", layout.offset)];
        if has_dtypes {
            cells.insert(1, layout.dtype.to_string());
        }
        Row { cells, buffer: Some(related.buffer) }
    };
    let mut rows = vec![row(base_name.to_string(), related.base)];
    let mut text = base_name.to_string();
    let mut layout = related.base.clone();
    for step in &recovery.steps {
        text = step.text(&text);
        if let Some(next) = step.apply(&layout) {
            layout = next;
        }
        let shown = step.text(BEFORE);
        rows.push(row(shown.strip_prefix(BEFORE).map_or_else(|| shown.clone(), str::to_string), &layout));
    }
    if recovery.steps.is_empty() {
        text = format!("{base_name}[...]");
    }
    let is_name = view_name.chars().all(|c| c.is_alphanumeric() || c == '_');
    let whole = if is_name { format!("{view_name} = {text}") } else { text };
    for line in wrap(&whole, width) {
        out.add(Role::Heading, line).add(Role::Plain, "\n");
    }
    let mut header = vec!["step", "shape", "strides", "offset"];
    if has_dtypes {
        header.insert(1, "dtype");
    }
    out.extend(table::draw(&header, rows, width));
    let said = match &recovery.reason {
        Some(reason) => format!("only as_strided does it: {reason}"),
        None => format!("the last row is the layout of {view_name}"),
    };
    for line in wrap(&said, width) {
        out.line(&line);
    }
    out
}
