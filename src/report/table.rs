//! Tables: of arrays, and of anything else that has rows.

use super::array::{flags, memory, name};
use super::markup::{Markup, Role};
use super::size::{bytes, tuple};
use crate::memory::BufferId;
use crate::session::ArrayFacts;
use comfy_table::{ContentArrangement, Table};
use std::borrow::Cow;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

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
    let widths = widths(header, &rows, width.clamp(20, u16::MAX as usize));
    let mut out = Markup::new();
    let frame = |out: &mut Markup, [left, middle, right]: [char; 3]| {
        let lines: Vec<String> = widths.iter().map(|width| "─".repeat(width + 2)).collect();
        out.add(Role::Dim, format!("{left}{}{right}", lines.join(&middle.to_string()))).add(Role::Plain, "\n");
    };
    frame(&mut out, ['┌', '┬', '┐']);
    line(&mut out, &widths, header, |out, _, cell| {
        out.add(Role::Heading, cell);
    });
    frame(&mut out, ['├', '┼', '┤']);
    for row in &rows {
        line(&mut out, &widths, &row.cells, |out, column, cell| {
            match row.buffer {
                Some(buffer) if column == 0 => out.add(Role::Buffer(buffer), cell),
                _ => out.scan(Role::Plain, cell),
            };
        });
    }
    frame(&mut out, ['└', '┴', '┘']);
    out
}

/// One row of cells, in as many lines as the highest takes. `add` adds a part of a cell of this column.
fn line<T: AsRef<str>>(out: &mut Markup, widths: &[usize], cells: &[T], add: impl Fn(&mut Markup, usize, &str)) {
    let folded = |(column, width): (usize, &usize)| match cells.get(column) {
        Some(cell) => fold_cell(cell.as_ref(), *width),
        None => Vec::new(),
    };
    let columns: Vec<Vec<Cow<str>>> = widths.iter().enumerate().map(folded).collect();
    let height = columns.iter().map(Vec::len).max().unwrap_or(0).max(1);
    for n in 0..height {
        for (column, (lines, width)) in columns.iter().zip(widths).enumerate() {
            let text = lines.get(n).map_or("", |text| text);
            let blanks = width.saturating_sub(text.width());
            out.add(Role::Dim, BAR);
            add(out, column, &format!(" {text}{:blanks$} ", ""));
        }
        out.add(Role::Dim, BAR).add(Role::Plain, "\n");
    }
}

/// The lines of a cell: broken between words, and within a word that is wider than the cell.
fn fold_cell(cell: &str, width: usize) -> Vec<Cow<'_, str>> {
    let mut lines = Vec::new();
    for line in cell.lines() {
        if line.width() <= width {
            lines.push(Cow::Borrowed(line));
            continue;
        }
        let mut folded = String::new();
        for word in line.split(' ') {
            if !folded.is_empty() && folded.width() + 1 + word.width() > width {
                lines.push(Cow::Owned(std::mem::take(&mut folded)));
            } else if !folded.is_empty() {
                folded.push(' ');
            }
            for c in word.chars() {
                if folded.width() + c.width().unwrap_or(0) > width {
                    lines.push(Cow::Owned(std::mem::take(&mut folded)));
                }
                folded.push(c);
            }
        }
        lines.push(Cow::Owned(folded));
    }
    lines
}

/// The widths of the columns, without the blanks beside the text, so that a line takes `width` at most. Where there
/// are very many rows, those decide that have the widest cells, and the first.
fn widths(header: &[&str], rows: &[Row], width: usize) -> Vec<usize> {
    const MANY: usize = 200;
    const WIDEST: usize = 3;
    const LONGEST_WORD: usize = 30;
    let mut table = Table::new();
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width as u16);
    table.set_header(header.iter().copied());
    let mut words: Vec<usize> = header.iter().map(|name| longest_word(name)).collect();
    let mut widest: Vec<Vec<(usize, usize)>> = vec![Vec::new(); header.len()];
    for (n, row) in rows.iter().enumerate() {
        for ((cell, word), widest) in row.cells.iter().zip(&mut words).zip(&mut widest) {
            *word = (*word).max(longest_word(cell));
            let size = cell.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
            if widest.len() < WIDEST || widest.iter().any(|(other, _)| *other < size) {
                widest.push((size, n));
                widest.sort_unstable_by_key(|(size, _)| std::cmp::Reverse(*size));
                widest.truncate(WIDEST);
            }
        }
    }
    let mut deciding: Vec<usize> = widest.into_iter().flatten().map(|(_, n)| n).collect();
    deciding.extend(0..rows.len().min(MANY));
    deciding.sort_unstable();
    deciding.dedup();
    for row in deciding.into_iter().filter_map(|n| rows.get(n)) {
        table.add_row(&row.cells);
    }
    let drawn = table.to_string();
    let top = drawn.lines().next().unwrap_or("").trim_matches('+');
    let mut widths: Vec<usize> = top.split('+').map(|column| column.chars().count().saturating_sub(2)).collect();
    // no word is broken where another column has room
    let wanted = |column: usize| words.get(column).copied().unwrap_or(0).min(LONGEST_WORD);
    while let Some(narrow) = (0..widths.len()).find(|&column| widths[column] < wanted(column)) {
        let room = |column: &usize| widths[*column].saturating_sub(wanted(*column));
        match (0..widths.len()).max_by_key(room).filter(|column| room(column) > 0) {
            Some(wide) => (widths[wide], widths[narrow]) = (widths[wide] - 1, widths[narrow] + 1),
            None => break,
        }
    }
    widths
}

/// The width of the longest word of a cell.
fn longest_word(cell: &str) -> usize {
    cell.split([' ', '\n']).map(UnicodeWidthStr::width).max().unwrap_or(0)
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
