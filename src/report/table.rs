//! Arrays as a table.

use super::array::{flags, memory};
use super::size::{bytes, tuple};
use crate::session::ArrayFacts;
use comfy_table::{ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle};

/// Thin solid lines, and none between rows.
const STYLE: TableStyle = TableStyle::new()
    .top_border(LineStyle::new('┌', '─', '┬', '┐'))
    .header_lines(ContentLineStyle::new('│', '│', '│'))
    .header_separator(LineStyle::new('├', '─', '┼', '┤'))
    .content_lines(ContentLineStyle::new('│', '│', '│'))
    .bottom_border(LineStyle::new('└', '─', '┴', '┘'));

/// A table that fits `width` columns: wider cells are folded. The text has no colour; it ends without a newline.
pub fn draw(header: &[&str], rows: Vec<Vec<String>>, width: usize) -> String {
    let mut table = Table::new();
    table.load_style(STYLE);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width.clamp(20, u16::MAX as usize) as u16);
    table.set_header(header.iter().copied());
    for row in rows {
        table.add_row(row);
    }
    table.to_string()
}

/// The table of these arrays.
pub fn arrays(arrays: &[&ArrayFacts], width: usize) -> String {
    let rows = arrays.iter().map(|facts| {
        vec![
            facts.name.clone(),
            facts.dtype.to_string(),
            tuple(&facts.shape),
            tuple(&facts.strides),
            bytes(facts.nbytes),
            flags(facts),
            memory(facts),
        ]
    });
    draw(&["name", "dtype", "shape", "strides", "nbytes", "flags", "memory"], rows.collect(), width)
}
