//! Where in its whole buffer does each lane have bytes? A strip of shades, drawn from the strides alone.

use super::label;
use crate::array::layout::{Part, density};
use crate::report::markup::{Markup, Role};
use crate::report::paragraph::fold;
use crate::report::size::bytes;
use crate::session::Tape;
use unicode_width::UnicodeWidthStr;

/// The shades, from none to all of the bytes.
pub const SHADES: [char; 5] = [' ', '░', '▒', '▓', '█'];

/// The shade of a part: 0 where the lane has none of its bytes, 4 where it has all, 1 to 3 for thirds between; `None`
/// where that is not known.
pub fn shade(part: &Part) -> Option<usize> {
    let (reached, all) = (part.reached?, part.bytes.len());
    Some(match reached {
        0 => 0,
        _ if reached >= all => 4,
        _ => 1 + (reached as u128 * 3 / all as u128) as usize,
    })
}

/// A strip for each lane of the tape, behind names `names` columns wide.
pub(super) fn draw(out: &mut Markup, tape: &Tape, names: usize, width: usize) {
    let columns = width.saturating_sub(names + 2).max(8).min(tape.buffer_bytes);
    let each = tape.buffer_bytes as f64 / columns.max(1) as f64;
    let scale = if each < 10_000.0 { format!("{each:.0} B") } else { bytes(each as usize) };
    let mut head = format!("{:<names$}", format!("#{}", tape.buffer));
    let legend = "█ all · ▓ ▒ ░ some";
    let facts = format!("the whole buffer: {} · a column is {scale} · {legend}", bytes(tape.buffer_bytes));
    for line in fold(&facts, 0, width.saturating_sub(names)) {
        out.add(Role::Buffer(tape.buffer), std::mem::replace(&mut head, " ".repeat(names)));
        out.add(Role::Dim, line).add(Role::Plain, "\n");
    }
    for lane in &tape.lanes {
        let name = label(&lane.name);
        let blanks = " ".repeat(names.saturating_sub(name.width()));
        out.add(Role::Buffer(tape.buffer), name).add(Role::Plain, blanks);
        let parts = density(&lane.layout, 0..tape.buffer_bytes, columns);
        let shades: String = parts.iter().map(|part| shade(part).map_or('?', |n| SHADES[n.min(4)])).collect();
        out.add(Role::Dim, "▕").add(Role::Buffer(tape.buffer), shades).add(Role::Dim, "▏").add(Role::Plain, "\n");
    }
}
