//! The bytes of arrays in hexadecimal, with the values they mean.
//!
//! The most significant byte of each number stands in brackets: at the end in `<i8`, in front in `>i8`.

use super::grid::cut;
use super::label;
use crate::array::DType;
use crate::array::Item;
use crate::array::compound::{Field, Struct};
use crate::array::elements::ordered_parts;
use crate::array::layout::cells::index_text;
use crate::array::printing::{PrintOptions, item_text};
use crate::report::markup::{Markup, Role};
use crate::report::paragraph::fold;
use crate::report::size::{bytes, tuple};
use crate::session::{Lane, Tape, TapeCell};

/// Lines at each end of a lane that is too long to be listed whole.
const HEAD: usize = 12;
const TAIL: usize = 4;
/// Bytes a line; items that are longer have a line for themselves.
const BYTES: usize = 8;

/// What a byte of an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteRole {
    /// Part of a number.
    Plain,
    /// The byte of a number that weighs most: with the sign, where there is one.
    MostSignificant,
}

/// What each byte of an item is. Where items get fields and padding, they are told here.
pub fn roles(dtype: &DType) -> Vec<ByteRole> {
    let mut roles = vec![ByteRole::Plain; dtype.itemsize()];
    for part in ordered_parts(dtype) {
        let weighty = if part.swapped { part.offset } else { part.offset + part.size - 1 };
        if let Some(role) = roles.get_mut(weighty).filter(|_| part.size > 1) {
            *role = ByteRole::MostSignificant;
        }
    }
    roles
}

/// The order of an item's bytes in words.
fn order(dtype: &DType) -> &'static str {
    if dtype.structure().is_some() {
        return "fields, each with its most significant byte in brackets";
    }
    match dtype.byteorder() {
        '|' => "single bytes",
        '>' => "big-endian, most significant byte [first]",
        _ => "little-endian, most significant byte [last]",
    }
}

/// A line of a dump.
enum Entry<'t> {
    /// Cells that follow each other without a gap.
    Cells(&'t [TapeCell]),
    /// Bytes that are not the lane's.
    Gap(usize, usize),
}

/// Draws the bytes of every lane of these tapes.
pub fn draw(tapes: &[Tape], width: usize) -> Markup {
    let mut out = Markup::new();
    let mut is_first = true;
    for tape in tapes {
        for lane in &tape.lanes {
            if !std::mem::take(&mut is_first) {
                out.add(Role::Plain, "\n");
            }
            draw_lane(&mut out, tape, lane, width);
        }
    }
    out
}

fn draw_lane(out: &mut Markup, tape: &Tape, lane: &Lane, width: usize) {
    let dtype = &lane.layout.dtype;
    let shape = tuple(&lane.layout.shape);
    let facts = format!("{}: {shape} in #{} · {} {}", label(&lane.name), tape.buffer, dtype.str(), order(dtype));
    fold(&facts, 2, width).iter().for_each(|line| {
        out.line(line);
    });
    if tape.is_planned || lane.range.is_empty() {
        let why = if tape.is_planned { "planned: no bytes yet" } else { "no elements" };
        out.add(Role::Dim, format!("  {why}")).add(Role::Plain, "\n");
        return;
    }
    let entries = entries(lane);
    let digits = lane.range.end.to_string().len().max(6);
    let cut_out = (entries.len() > HEAD + TAIL + 1).then(|| HEAD..entries.len() - TAIL);
    for (at, entry) in entries.iter().enumerate() {
        match &cut_out {
            Some(range) if at == range.start => {
                let from = entries.get(at).map_or(0, Entry::start);
                let to = entries.get(range.end).map_or(lane.range.end, Entry::start);
                gap(out, digits, from, to, "more");
            }
            Some(range) if range.contains(&at) => {}
            _ => match entry {
                Entry::Gap(start, end) => gap(out, digits, *start, *end, "not of this array"),
                Entry::Cells(cells) => match dtype.structure() {
                    Some(whole) => draw_records(out, whole, cells, digits, width),
                    None => draw_cells(out, lane, cells, digits, width),
                },
            },
        }
    }
}

impl Entry<'_> {
    fn start(&self) -> usize {
        match self {
            Entry::Cells(cells) => cells.first().map_or(0, |cell| cell.start),
            Entry::Gap(start, _) => *start,
        }
    }
}

/// The lane's listed cells, in lines of a few bytes, and what lies between them.
fn entries(lane: &Lane) -> Vec<Entry<'_>> {
    let size = lane.itemsize();
    let most = (BYTES / size.max(1)).max(1);
    let mut entries = Vec::new();
    let mut end = lane.range.start;
    let mut rest = lane.cells.as_slice();
    while let Some(first) = rest.first() {
        if first.start > end {
            entries.push(Entry::Gap(end, first.start));
        }
        let runs_on = |pair: &&[TapeCell]| pair[1].start == pair[0].start + size;
        let count = (rest.windows(2).take_while(runs_on).count() + 1).min(most);
        let (cells, more) = rest.split_at(count);
        end = cells.last().map_or(end, |cell| end.max(cell.start + size));
        entries.push(Entry::Cells(cells));
        rest = more;
    }
    entries
}

fn gap(out: &mut Markup, digits: usize, start: usize, end: usize, what: &str) {
    let text = format!("{start:>digits$}  ⋮ {} {what}", bytes(end.saturating_sub(start)));
    out.add(Role::Dim, text).add(Role::Plain, "\n");
}

/// The cells of structures: a line for each field, and one for the bytes between fields.
fn draw_records(out: &mut Markup, whole: &Struct, cells: &[TapeCell], digits: usize, width: usize) {
    for cell in cells {
        let index = index_text(&cell.index, ", ");
        let of_field = |field: &Field| {
            let text = format!("{index} {} = {}", field.name(), part_text(&cell.bytes, field));
            (field.offset, field.dtype.itemsize(), text, roles(&field.dtype))
        };
        let of_gap = |gap: &std::ops::Range<usize>| (gap.start, gap.len(), format!("{index} padding"), Vec::new());
        let mut parts: Vec<_> = whole.fields.iter().map(of_field).chain(whole.gaps().iter().map(of_gap)).collect();
        parts.sort_by_key(|part| part.0);
        for (start, size, text, roles) in parts {
            let bytes = cell.bytes.get(start..start.saturating_add(size)).unwrap_or_default();
            let (shown, rest) = bytes.split_at(bytes.len().min(BYTES));
            out.add(Role::Dim, format!("{:>digits$} ", cell.start + start));
            let plain = std::iter::repeat(ByteRole::Plain);
            let drawn = add_bytes(out, roles.into_iter().chain(plain), shown);
            out.add(Role::Dim, if rest.is_empty() { " " } else { "…" });
            out.add(Role::Plain, " ".repeat((BYTES * 3 + 1).saturating_sub(drawn)));
            let left = width.saturating_sub(digits + 3 + BYTES * 3 + 1);
            out.add(Role::Plain, cut(&text, left)).add(Role::Plain, "\n");
        }
    }
}

/// The value of a field of an element with these bytes.
fn part_text(bytes: &[u8], field: &Field) -> String {
    let end = field.offset.saturating_add(field.dtype.itemsize());
    match bytes.get(field.offset..end) {
        Some(part) => item_text(&Item::from_bytes(part, &field.dtype), &PrintOptions::default()),
        None => "?".to_string(),
    }
}

/// Offset, bytes, letters, and the values with the index of the first; in more lines where they are wide.
fn draw_cells(out: &mut Markup, lane: &Lane, cells: &[TapeCell], digits: usize, width: usize) {
    const VALUE: usize = 12;
    let Some(first) = cells.first() else { return };
    let bytes: Vec<u8> = cells.iter().flat_map(|cell| cell.bytes.iter().copied()).collect();
    let values: Vec<&str> = cells.iter().map(|cell| cell.value.as_deref().unwrap_or("?")).collect();
    let times = if first.count > 1 { format!("×{}", first.count) } else { String::new() };
    let text = format!("{}{times} = {}", index_text(&first.index, ", "), values.join(", "));
    let roles = roles(&lane.layout.dtype);
    let room = width.saturating_sub(digits + 2) / 3;
    let most = if room >= lane.itemsize() { lane.itemsize().max(BYTES) } else { BYTES };
    let letters_fit = width >= digits + 3 + 4 * most + VALUE;
    let mut left = 0;
    for (n, line) in bytes.chunks(most).enumerate() {
        if n > 0 {
            out.add(Role::Plain, "\n");
        }
        out.add(Role::Dim, format!("{:>digits$} ", first.start + n * most));
        let drawn = add_bytes(out, roles.iter().cycle().skip(n * most).copied(), line);
        let mut blanks = (most * 3 + 1).saturating_sub(drawn);
        left = width.saturating_sub(digits + 2 + most * 3);
        if letters_fit {
            let letters: String = line.iter().copied().map(letter).collect();
            out.add(Role::Plain, " ".repeat(blanks + 1)).add(Role::Dim, letters);
            blanks = most - line.len();
            left = left.saturating_sub(most + 1);
        }
        out.add(Role::Plain, " ".repeat(blanks));
    }
    if left < VALUE {
        out.add(Role::Plain, format!("\n{}", " ".repeat(digits)));
        left = width.saturating_sub(digits);
    }
    out.add(Role::Plain, "  ").add(Role::Plain, cut(&text, left.saturating_sub(2))).add(Role::Plain, "\n");
}

/// The bytes, three columns each and a bracket behind, with the most significant ones in brackets. How many columns
/// they take.
pub fn add_bytes(out: &mut Markup, roles: impl Iterator<Item = ByteRole>, bytes: &[u8]) -> usize {
    let mut closes = false;
    for (byte, role) in bytes.iter().zip(roles) {
        let opens = role == ByteRole::MostSignificant;
        // one column between two bytes: a blank, or a bracket of either
        let between = match (closes, opens) {
            (true, true) => "│",
            (false, true) => "[",
            (true, false) => "]",
            (false, false) => " ",
        };
        out.add(Role::Dim, between).add(if opens { Role::Heading } else { Role::Plain }, format!("{byte:02x}"));
        closes = opens;
    }
    out.add(Role::Dim, if closes { "]" } else { "" });
    bytes.len() * 3 + usize::from(closes)
}

/// A byte as ASCII, a dot for all that cannot be seen.
fn letter(byte: u8) -> char {
    if byte.is_ascii_graphic() { byte as char } else { '.' }
}
