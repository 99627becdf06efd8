//! A map as a page that needs nothing else: the drawing, and a table that says the same.

use super::svg::{drawing, style};
use super::title;
use super::xml::escape;
use crate::report::map::grid::{Content, Grid};
use crate::report::map::notes;
use crate::report::size::bytes;
use crate::session::{Lane, Tape};
use std::fmt::Write;

/// Columns of the grid that decides which cells the table lists.
const COLUMNS: usize = 60;

const RULES: &str = "\
body{margin:0;padding:1.5rem;background:var(--paper);color:var(--ink);font:1.25rem/1.5 system-ui,sans-serif}
main{max-width:80rem;margin:auto}
.map{display:block;width:100%;height:auto}
h1{font-size:1.6rem;margin:0 0 .5rem}
table{border-collapse:collapse;margin:.5rem 0 2rem;font:1.1rem ui-monospace,'DejaVu Sans Mono',monospace}
caption{text-align:left;font-weight:700;padding:.4rem 0}
th,td{border:1px solid var(--dim);padding:.35rem .8rem;text-align:right}
th{text-align:center;color:var(--c,var(--ink))}
li{margin:.3rem 0}
";

/// The maps of these tapes as one HTML file.
pub fn html(tapes: &[Tape]) -> String {
    let mut out = String::new();
    let title = escape(&title(tapes));
    out.push_str("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
    let _ = writeln!(out, "<title>{title}</title>\n<style>\n{}{RULES}</style>\n</head>", style());
    let _ = writeln!(out, "<body>\n<main>\n<h1>{title}</h1>\n{}", drawing(tapes, false));
    out.push_str("<details open>\n<summary>The same as text</summary>\n");
    for tape in tapes {
        out.push_str("<ul>\n");
        for line in notes::lines(tape) {
            let _ = writeln!(out, "<li>{}</li>", escape(&line));
        }
        out.push_str("</ul>\n");
        table(&mut out, tape);
    }
    out.push_str("</details>\n</main>\n</body>\n</html>\n");
    out
}

/// A row for each byte at which a cell starts that is drawn, a column for each lane.
fn table(out: &mut String, tape: &Tape) {
    let grid = Grid::of(tape, COLUMNS);
    let is_drawn = |byte: usize| grid.rows().any(|row| row.contains(&byte));
    let mut starts: Vec<usize> = tape
        .lanes
        .iter()
        .flat_map(|lane| lane.cells.iter().map(|cell| cell.start))
        .filter(|&at| is_drawn(at))
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let planned = if tape.is_planned { ", planned" } else { "" };
    let _ = writeln!(out, "<table>\n<caption>#{}: {}{planned}</caption>", tape.buffer, bytes(tape.buffer_bytes));
    out.push_str("<tr><th scope=\"col\">byte</th>");
    for lane in &tape.lanes {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escape(&lane.name));
    }
    out.push_str("</tr>\n");
    for start in starts {
        let _ = write!(out, "<tr><th scope=\"row\">{start}</th>");
        for lane in &tape.lanes {
            let _ = write!(out, "<td>{}</td>", escape(&cell(lane, start)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
}

/// What a lane has at a byte.
fn cell(lane: &Lane, start: usize) -> String {
    let found = lane.cells.binary_search_by_key(&start, |cell| cell.start).ok().and_then(|at| lane.cells.get(at));
    let texts = |cell| Content::of(lane).iter().map(|content| content.text(cell)).collect::<Vec<_>>().join(" ");
    found.map(texts).unwrap_or_default()
}
