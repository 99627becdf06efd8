//! Arrays as a table.

use super::array::{flags, memory};
use super::size::{bytes, tuple};
use crate::session::ArrayFacts;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{ContentArrangement, LineStyle, Table};

/// A table that fits `width` columns: wider cells are folded. The text has no colour; it ends without a newline.
pub fn draw(header: &[&str], rows: Vec<Vec<String>>, width: usize) -> String {
    let mut table = Table::new();
    table.load_style(
        UTF8_FULL_CONDENSED.with_solid_inner_borders().header_separator(LineStyle::new('├', '─', '┼', '┤')),
    );
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
