//! The workspace by its buffers, and the account of copies.

use super::array::file;
use super::markup::{Markup, Role};
use super::memory::held;
use super::paragraph::{fold, wrap};
use super::size::{bytes, tuple};
use super::table::{self, Row};
use crate::session::{BufferUse, CopyAccount};

/// The table of these buffers; `resident` tells of each how many bytes are in memory, where that is known.
pub fn buffer_table(uses: &[BufferUse], resident: &[Option<usize>], width: usize) -> Markup {
    let is_known = resident.iter().any(Option::is_some);
    let row = |(used, resident): (&BufferUse, &Option<usize>)| {
        let mut cells = vec![format!("#{}", used.id), bytes(used.bytes)];
        if is_known {
            cells.push(resident.map(bytes).unwrap_or_default());
        }
        cells.extend([
            match &used.owner {
                Some(owner) => owner.clone(),
                None if used.file.is_some() => used.file.as_ref().map(file).unwrap_or_default(),
                None if used.is_borrowed => "borrowed".to_string(),
                None => "no name".to_string(),
            },
            used.dtype.clone(),
            tuple(&used.shape),
            held(&used.held_by),
        ]);
        Row { cells, buffer: Some(used.id) }
    };
    let rows = uses.iter().zip(resident).map(row).collect();
    let mut header = vec!["buffer", "bytes"];
    header.extend(is_known.then_some("resident"));
    header.extend(["owner", "dtype", "shape", "held by"]);
    table::draw(&header, rows, width)
}

/// The copies so far, and those that could have been views.
pub fn copy_account(account: &CopyAccount, width: usize) -> Markup {
    let mut out = Markup::new();
    let plural = |n: usize| if n == 1 { "copy" } else { "copies" };
    if account.count == 0 {
        return out;
    }
    let mut line = format!("{} {} so far, {}", account.count, plural(account.count), bytes(account.bytes));
    let sums = [("could have been views", account.avoidable), ("in another order of values", account.reordered)];
    if sums.iter().all(|(_, (count, _))| *count == 0) {
        line.push_str(" · none of a kind that could have been a view");
    }
    for (what, (count, size)) in sums.into_iter().filter(|(_, (count, _))| *count > 0) {
        line.push_str(&match account.avoidable.0 {
            0 => format!(" · could have been views {what}: {count}, {}", bytes(size)),
            _ => format!(" · {what}: {count}, {}", bytes(size)),
        });
    }
    fold(&line, 2, width).iter().for_each(|line| {
        out.line(line);
    });
    for known in &account.statements {
        let source = known.source.lines().next().unwrap_or_default();
        let times = if known.count > 1 { format!("{} times, ", known.count) } else { String::new() };
        let head = format!("  {source} · {times}{}", bytes(known.bytes));
        fold(&head, 4, width).iter().for_each(|line| {
            out.line(line);
        });
        for (role, word, text) in [(Role::Dim, "why: ", &known.reason), (Role::Help, "help: ", &known.cure)] {
            let mut lines = wrap(text, width.saturating_sub(4 + word.len()).max(20)).into_iter();
            out.add(Role::Plain, "    ").add(role, word).line(&lines.next().unwrap_or_default());
            lines.for_each(|line| {
                out.line(&format!("{}{line}", " ".repeat(4 + word.len())));
            });
        }
    }
    out
}
