//! One array in words: the cells of a table row, or one line.

use super::size::{bytes, tuple};
use crate::memory::MappedFile;
use crate::session::{ArrayFacts, Origin};
use crate::text::quote::repr_str;

/// The flags that are set, in short: `C F OWNDATA W A`.
pub fn flags(facts: &ArrayFacts) -> String {
    let all = [
        (facts.c_contiguous, "C"),
        (facts.f_contiguous, "F"),
        (facts.owndata, "OWNDATA"),
        (facts.writeable, "W"),
        (facts.aligned, "A"),
    ];
    let set: Vec<&str> = all.into_iter().filter(|(set, _)| *set).map(|(_, name)| name).collect();
    set.join(" ")
}

/// The longest name that is shown whole.
const LONGEST_NAME: usize = 12;

/// What it is called. The value of a long expression is called by the start of that.
pub fn name(facts: &ArrayFacts) -> String {
    short(&facts.name)
}

/// A name that is not too long; of a long expression the start.
pub fn short(name: &str) -> String {
    let line = name.lines().next().unwrap_or("");
    let is_whole = line.len() == name.len() && line.chars().count() <= LONGEST_NAME;
    if is_whole { line.to_string() } else { line.chars().take(LONGEST_NAME - 1).chain(['…']).collect() }
}

/// Whose memory it uses: `owns #1`, `view of a (#1)`, `view of a through b (#1)`, `view of unnamed #1`.
pub fn memory(facts: &ArrayFacts) -> String {
    let via = facts.via.as_ref().map(|via| format!(" through {via}")).unwrap_or_default();
    match &facts.origin {
        Origin::Owns => format!("owns #{}", facts.buffer),
        Origin::ViewOf(Some(owner)) => format!("view of {owner}{via} (#{})", facts.buffer),
        Origin::ViewOf(None) => format!("view of unnamed #{}{via}", facts.buffer),
        Origin::Within(Some(owner), _) => format!("view of {owner}{via} (#{})", facts.buffer),
        Origin::Within(None, _) => format!("view of unnamed #{}{via}", facts.buffer),
        Origin::Maps(of) => format!("maps {} (#{})", file(of), facts.buffer),
        Origin::Borrows(class) => format!("borrows a {class} object (#{})", facts.buffer),
    }
}

/// The file that a buffer is a part of: `'data.npy', mode r`.
pub fn file(file: &MappedFile) -> String {
    format!("{}, mode {}", repr_str(&file.path), file.mode)
}

/// What is visible, and what there really is where that differs: `80 B of 80 MB`, `80 TB over 8 B`.
pub fn extent(facts: &ArrayFacts) -> String {
    let sizes = facts.sizes;
    match sizes.reached {
        Some(reached) if reached < sizes.visible => format!("{} over {}", bytes(sizes.visible), bytes(reached)),
        _ if sizes.visible < sizes.pinned => format!("{} of {}", bytes(sizes.visible), bytes(sizes.pinned)),
        _ => bytes(sizes.visible),
    }
}

/// The array in one line.
pub fn line(facts: &ArrayFacts) -> String {
    format!(
        "{}: {} {} strides {} {} · {} · {}",
        name(facts),
        facts.dtype.summary(),
        tuple(&facts.shape),
        tuple(&facts.strides),
        bytes(facts.nbytes),
        flags(facts),
        memory(facts)
    )
}
