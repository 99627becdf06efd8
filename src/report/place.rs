//! One element in its buffer: the sum that leads to it, its bytes, its value, and who else stands there.

use super::array::short;
use super::map::hex;
use super::markup::{Markup, Role};
use super::paragraph::fold;
use super::size::tuple;
use crate::array::layout::cells::index_text;
use crate::session::{Place, Sharer};

/// Indices that are listed for a name.
const LISTED: usize = 3;
/// The longest expression that is shown whole.
const LONGEST: usize = 24;

/// Draws the place of the element that `text` selects.
pub fn draw(place: &Place, text: &str, width: usize) -> Markup {
    let mut out = Markup::new();
    let mut line = |text: String| {
        fold(&text, 2, width).iter().for_each(|line| {
            out.line(line);
        });
    };
    let terms: String = place.terms.iter().map(|&(n, stride)| term(n, stride)).collect();
    let sum = if terms.is_empty() { String::new() } else { format!("{terms} = {}", place.cell.start) };
    let first = match place.rest.is_empty() {
        true => String::new(),
        false => format!(" · the first of {} elements", tuple(&place.rest)),
    };
    let name = if text.chars().count() > LONGEST { short(text) } else { text.to_string() };
    line(format!("{name}: offset {}{sum} · in #{}{first}", place.offset, place.buffer));
    let others: Vec<String> = place.others.iter().map(cells).collect();
    let also = match (others.is_empty(), place.more) {
        (true, _) => "no other name has a cell there".to_string(),
        (false, 0) => format!("also {}", others.join(" · ")),
        (false, 1) => format!("also {} · 1 more name", others.join(" · ")),
        (false, more) => format!("also {} · {more} more names", others.join(" · ")),
    };
    bytes(&mut out, place);
    fold(&format!("  {also}"), 4, width).iter().for_each(|line| {
        out.line(line);
    });
    out
}

/// ` + 1*24`, ` - 2*8`.
fn term(n: usize, stride: isize) -> String {
    let sign = if stride < 0 { '-' } else { '+' };
    format!(" {sign} {n}*{}", stride.unsigned_abs())
}

/// The line on the bytes and the value.
fn bytes(out: &mut Markup, place: &Place) {
    let start = place.cell.start;
    let range = match place.dtype.itemsize() {
        0 => format!("no byte at {start}"),
        1 => format!("byte {start}"),
        size => format!("bytes {start} to {}", start + size - 1),
    };
    out.add(Role::Plain, format!("  {range}:"));
    match &place.cell.value {
        Some(value) => {
            hex::add_bytes(out, hex::roles(&place.dtype).into_iter(), &place.cell.bytes);
            out.add(Role::Plain, format!(" = {value} ({})\n", place.dtype));
        }
        None => {
            out.add(Role::Plain, format!(" planned, no bytes yet ({})\n", place.dtype));
        }
    }
}

/// The cells of a name: `a[5]`, `c[0, 1] c[1, 0] and 4 more`.
fn cells(sharer: &Sharer) -> String {
    let Sharer { name, indices, is_complete } = sharer;
    let listed: Vec<String> =
        indices.iter().take(LISTED).map(|index| format!("{name}{}", index_text(index, ", "))).collect();
    match indices.len().saturating_sub(LISTED) {
        0 => listed.join(", "),
        more if *is_complete => format!("{} and {more} more", listed.join(", ")),
        more => format!("{} and at least {more} more", listed.join(", ")),
    }
}
