//! Tables: of arrays, and of anything else that has rows.

use super::array::{flags, memory, name};
use super::markup::{Markup, Role};
use super::size::{bytes, tuple};
use crate::memory::BufferId;
use crate::session::ArrayFacts;
use comfy_table::{ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle};

/// Thin solid lines, and none between rows.
const STYLE: TableStyle = TableStyle::new()
    .top_border(LineStyle::new('┌', '─', '┬', '┐'))
    .header_lines(ContentLineStyle::new('│', '│', '│'))
    .header_separator(LineStyle::new('├', '─', '┼', '┤'))
    .content_lines(ContentLineStyle::new('│', '│', '│'))
    .bottom_border(LineStyle::new('└', '─', '┴', '┘'));

/// What stands between the cells of a line.
const BAR: char = '│';

/// One row.
pub struct Row {
    /// The text of each cell.
    pub cells: Vec<String>,
    /// The buffer that the first cell is about: the cell has its colour.
    pub buffer: Option<BufferId>,
}

/// A table that fits `width` columns: wider cells are folded.
pub fn draw(header: &[&str], rows: Vec<Row>, width: usize) -> Markup {
    let mut table = Table::new();
    table.load_style(STYLE);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width.clamp(20, u16::MAX as usize) as u16);
    table.set_header(header.iter().copied());
    let mut buffers = Vec::with_capacity(rows.len());
    for row in rows {
        buffers.push(row.buffer);
        table.add_row(row.cells);
    }
    paint(&table.to_string(), buffers)
}

/// The colours of a drawn table. A row starts where the first cell of a line is not blank; `buffers` are those of
/// the rows.
fn paint(drawn: &str, buffers: Vec<Option<BufferId>>) -> Markup {
    let mut out = Markup::new();
    let mut buffers = buffers.into_iter();
    let mut is_header = true;
    let mut buffer = None;
    for line in drawn.lines() {
        let Some(content) = line.strip_prefix(BAR) else {
            is_header = line.starts_with('┌');
            out.add(Role::Dim, line).add(Role::Plain, "\n");
            continue;
        };
        let mut cells = content.trim_end_matches(BAR).split(BAR);
        let first = cells.next().unwrap_or("");
        if !is_header && !first.trim().is_empty() {
            buffer = buffers.next().flatten();
        }
        out.add(Role::Dim, BAR);
        match (is_header, buffer) {
            (true, _) => out.add(Role::Heading, first),
            (false, Some(buffer)) => out.add(Role::Buffer(buffer), first),
            (false, None) => out.scan(Role::Plain, first),
        };
        for cell in cells {
            out.add(Role::Dim, BAR).scan(if is_header { Role::Heading } else { Role::Plain }, cell);
        }
        out.add(Role::Dim, BAR).add(Role::Plain, "\n");
    }
    out
}

/// The table of these arrays.
pub fn arrays(arrays: &[&ArrayFacts], width: usize) -> Markup {
    let row = |facts: &&ArrayFacts| Row {
        cells: vec![
            name(facts),
            facts.dtype.summary(),
            tuple(&facts.shape),
            tuple(&facts.strides),
            bytes(facts.nbytes),
            flags(facts),
            memory(facts),
        ],
        buffer: Some(facts.buffer),
    };
    let rows = arrays.iter().map(row).collect();
    draw(&["name", "dtype", "shape", "strides", "nbytes", "flags", "memory"], rows, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_the_colour_of_their_buffer() {
        let row = |name: &str, text: &str, buffer| Row { cells: vec![name.into(), text.into()], buffer };
        let rows = vec![row("a", "many words that are folded", Some(3)), row("b", "of #7", None)];
        let table = draw(&["name", "text"], rows, 24);
        let drawn = table.plain();
        assert!(drawn.lines().all(|line| line.chars().count() <= 24), "{drawn}");
        assert!(drawn.starts_with('┌') && drawn.ends_with("┘\n"), "{drawn}");
        let coloured: Vec<_> = table.parts().iter().filter(|(role, _)| matches!(role, Role::Buffer(_))).collect();
        assert_eq!(coloured[0], &(Role::Buffer(3), " a    ".to_string()));
        assert_eq!(coloured[coloured.len() - 1], &(Role::Buffer(7), "#7".to_string()));
    }
}
