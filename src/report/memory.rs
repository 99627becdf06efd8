//! What a step did to memory, in one line each: allocations, releases, writes.

use super::size::bytes;
use crate::array::CopyReason;
use crate::memory::{BufferId, EventKind};
use crate::session::{CopyFacts, Lost, LostWrite, Paths, Release, Ripple, Step};
use crate::text::quote::repr_str;
use rustc_hash::FxHashSet;

/// So many names are written out.
const SHOWN: usize = 6;

/// Joins names, the last few as a number where there are many: `a, b, c and 4 more`.
pub fn names<T: AsRef<str>>(names: &[T]) -> String {
    let shown: Vec<&str> = names.iter().take(SHOWN).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Who holds a buffer: as [`names`], of the first and their number.
pub(super) fn held(paths: &Paths) -> String {
    let shown = &paths.first[..paths.first.len().min(SHOWN)];
    match paths.count.saturating_sub(shown.len()) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Buffers and their bytes.
type Buffers = Vec<(BufferId, usize)>;

/// The buffers allocated by the step: those that stay, and the bytes and buffers that came and went.
fn allocations(step: &Step) -> (Buffers, Buffers) {
    let freed = numbers_of(step, EventKind::Freed);
    let made = step.memory.events.iter().filter(|e| e.kind == EventKind::Allocated && e.bytes > 0);
    made.map(|e| (e.buffer, e.bytes)).partition(|(buffer, _)| !freed.contains(buffer))
}

/// The buffers to which this happened during the step.
fn numbers_of(step: &Step, kind: EventKind) -> FxHashSet<BufferId> {
    step.memory.events.iter().filter(|event| event.kind == kind).map(|event| event.buffer).collect()
}

fn total(buffers: &[(BufferId, usize)]) -> usize {
    buffers.iter().map(|(_, bytes)| bytes).sum()
}

fn numbers(buffers: &[(BufferId, usize)]) -> String {
    names(&buffers.iter().map(|(id, _)| format!("#{id}")).collect::<Vec<_>>())
}

/// Why one of these buffers was filled by a copy where a view might have been expected: the first such. It is numbered
/// where there are several buffers.
fn copy_told(step: &Step, buffers: &[(BufferId, usize)]) -> Option<String> {
    let is_told = |copy: &&CopyFacts| {
        let direct = copy.of.is_some() || copy.reason == CopyReason::Overlap;
        let is_lost = step.lost.iter().any(|lost| lost.buffer == copy.buffer);
        copy.reason.surprises() && direct && !is_lost && buffers.iter().any(|(id, _)| *id == copy.buffer)
    };
    let copy = step.copies.iter().find(is_told)?;
    let number = if buffers.len() > 1 { format!("#{}: ", copy.buffer) } else { String::new() };
    let of = copy.of.as_ref().map(|of| format!("copy of {of}: ")).unwrap_or_default();
    Some(format!("{number}{of}{}", copy.reason))
}

/// What is told of these buffers: `head` with their numbers, and why one is a copy, beside the number if it is the
/// only one, else as a fact of its own.
fn told(step: &Step, buffers: &[(BufferId, usize)], head: impl Fn(&str, &str) -> String) -> Vec<String> {
    let numbers = numbers(buffers);
    match copy_told(step, buffers) {
        Some(why) if buffers.len() == 1 => vec![head(&numbers, &why)],
        why => std::iter::once(head(&numbers, "")).chain(why).collect(),
    }
}

/// The temporaries that became results, each told once however often it did.
fn reused(step: &Step) -> Option<String> {
    let mut buffers: Vec<(BufferId, usize)> = Vec::new();
    for event in step.memory.events.iter().filter(|event| event.kind == EventKind::Reused) {
        if !buffers.iter().any(|(known, _)| *known == event.buffer) {
            buffers.push((event.buffer, event.bytes));
        }
    }
    let plural = if buffers.len() == 1 { "y" } else { "ies" };
    (!buffers.is_empty()).then(|| format!("temporar{plural} reused: {}", numbers(&buffers)))
}

/// The line on what was allocated and who holds what; nothing for a step that has nothing to do with arrays.
fn allocated(step: &Step) -> Option<String> {
    let (stays, gone) = allocations(step);
    if step.arrays.is_empty() && step.value_array.is_none() && stays.is_empty() && gone.is_empty() {
        return None;
    }
    let mut parts = Vec::new();
    if stays.is_empty() && gone.is_empty() {
        parts.push("nothing allocated".to_string());
    }
    if !stays.is_empty() {
        parts.extend(told(step, &stays, |numbers, why| {
            let why = if why.is_empty() { String::new() } else { format!(" ({why})") };
            format!("+{} in {numbers}{why}", bytes(total(&stays)))
        }));
    }
    if !gone.is_empty() {
        parts.extend(told(step, &gone, |numbers, why| {
            let why = if why.is_empty() { String::new() } else { format!(": {why}") };
            format!("{} came and went ({numbers}{why})", bytes(total(&gone)))
        }));
        parts.push(format!("peak {}", bytes(step.memory.peak)));
    }
    parts.extend(reused(step));
    parts.push(format!("live {}", bytes(step.memory.live)));
    let mut told = FxHashSet::default();
    for facts in &step.arrays {
        if facts.sharers.count > 1 && told.insert(facts.buffer) {
            parts.push(format!("#{} is held by {}", facts.buffer, held(&facts.sharers)));
        }
    }
    Some(parts.join(" · "))
}

/// The line on one name's old buffer.
pub(super) fn released(release: &Release) -> String {
    let Release { name, buffer, bytes: n, file, freed, held_by } = release;
    match (freed, held_by.count) {
        (true, _) if let Some(file) = file => {
            format!("unmapped {} of the file {} (#{buffer})", bytes(*n), repr_str(&file.path))
        }
        (true, _) => format!("freed {} (#{buffer})", bytes(*n)),
        (false, 0) => format!("nothing freed: #{buffer} ({}) is still held, though by no name", bytes(*n)),
        (false, _) if *n == 0 => format!("{name} let go of #{buffer}, which has no bytes"),
        (false, _) => format!("nothing freed: #{buffer} is held by {}", held(held_by)),
    }
}

/// The line on older buffers that went without a name being deleted or bound anew: a list was cleared, `_` moved on.
fn dropped(step: &Step) -> Option<String> {
    let events = &step.memory.events;
    let newer = numbers_of(step, EventKind::Allocated);
    let told: FxHashSet<BufferId> = step.releases.iter().map(|release| release.buffer).collect();
    let went: Vec<(BufferId, usize)> = events
        .iter()
        .filter(|e| {
            e.kind == EventKind::Freed && e.bytes > 0 && !newer.contains(&e.buffer) && !told.contains(&e.buffer)
        })
        .map(|e| (e.buffer, e.bytes))
        .collect();
    (!went.is_empty()).then(|| format!("freed {} ({})", bytes(total(&went)), numbers(&went)))
}

/// The line on one buffer that was written in place.
fn written(ripple: &Ripple) -> String {
    let mut line = format!("wrote {} of #{}", bytes(ripple.bytes), ripple.buffer);
    if let Some(values) = ripple.repeated {
        line.push_str(&format!(" in {} writes", grouped(values)));
    }
    if let Some(cells) = &ripple.at {
        line.push_str(&format!(": {cells}"));
    }
    if let Some(file) = &ripple.file {
        let what = if file.is_shared() { "changes" } else { "stays as it is" };
        line.push_str(&format!(" · the file {} {what}", repr_str(&file.path)));
    }
    if let Some((from, to)) = &ripple.cast {
        line.push_str(&format!(" · cast from {from} to {to}"));
    }
    if let Some(others) = changed(ripple) {
        line.push_str(&format!(" · {others} changed too"));
    }
    line
}

/// The other names that see a write, and which of their cells: `a[0:3], b[5] and 9,990 more names`.
fn changed(ripple: &Ripple) -> Option<String> {
    const SHOWN: usize = 6;
    let cells: Vec<&str> = ripple.names.iter().map(|(_, cells)| cells.as_str()).take(SHOWN).collect();
    let more = (ripple.names.len() - cells.len()).saturating_add(ripple.more);
    let count = |n: usize| if n == 1 { "1 more name".to_string() } else { format!("{} more names", grouped(n)) };
    let mut parts = Vec::new();
    match (cells.is_empty(), more) {
        (true, 0) => {}
        (true, more) => parts.push(count(more)),
        (false, 0) => parts.push(cells.join(", ")),
        (false, more) => parts.push(format!("{} and {}", cells.join(", "), count(more))),
    }
    if ripple.perhaps > 0 {
        parts.push(format!("perhaps {}", count(ripple.perhaps)));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// A number with commas: `9,990`.
fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// What a lost write went into (`goes`: will go into), and why nobody holds that.
pub fn lost(write: &LostWrite, went: &str) -> String {
    let reason = match &write.into {
        Lost::Copy(_, Some(reason)) => format!(" ({reason})"),
        _ => String::new(),
    };
    format!("{} {went} into #{}, {}{reason}", bytes(write.bytes), write.buffer, nobodys(write))
}

/// What the memory of a lost write is.
pub(super) fn nobodys(write: &LostWrite) -> String {
    match &write.into {
        Lost::Copy(of, _) => format!("a copy of {of} that nobody holds"),
        Lost::New => "a new array that nobody holds".to_string(),
        Lost::Dropped(None) => "which nobody holds any more".to_string(),
        Lost::Dropped(Some(name)) => format!("which was let go of when {name} was bound anew"),
    }
}

/// Every line there is to say of the step's memory.
pub fn lines(step: &Step) -> Vec<String> {
    let mut lines: Vec<String> = step.ripples.iter().map(written).collect();
    lines.extend(allocated(step));
    lines.extend(step.releases.iter().map(released));
    lines.extend(dropped(step));
    // Two names over one buffer say the same.
    let mut told = FxHashSet::default();
    lines.retain(|line| told.insert(line.clone()));
    lines
}
