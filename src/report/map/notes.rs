//! What a lane's numbers say in words: offset and strides, how much of the buffer it reaches, the order in which its
//! elements are visited, and which other lanes lie on its bytes.

use super::label;
use crate::array::compound::{Field, Struct};
use crate::array::layout::sizes::sizes;
use crate::report::size::{bytes, tuple};
use crate::session::{Lane, Tape};

/// So many places of a visit are listed.
const VISITS: usize = 6;

/// A line for each lane.
pub fn lines(tape: &Tape) -> Vec<String> {
    tape.lanes.iter().map(|lane| line(tape, lane)).collect()
}

/// The line of one lane.
pub fn line(tape: &Tape, lane: &Lane) -> String {
    let mut facts =
        vec![format!("{}: {} {}", label(&lane.name), lane.layout.dtype.summary(), tuple(&lane.layout.shape))];
    if lane.range.is_empty() {
        // where its first element would be means nothing
        facts.push("no bytes".into());
        return facts.join(" · ");
    }
    facts.push(format!("offset {}", lane.layout.offset));
    facts.push(format!("strides {}", tuple(&lane.layout.strides)));
    facts.push(share(tape, lane));
    facts.extend(lane.layout.dtype.structure().map(fields));
    facts.extend(tape.is_planned.then(|| "planned, so there are no values".to_string()));
    facts.extend(shown_often(lane));
    facts.extend(visits(lane));
    facts.extend(overlaps(lane));
    if !lane.is_complete {
        facts.push("not every element is listed".into());
    }
    facts.join(" · ")
}

/// Where the fields of a structure stand in each element, and what lies between them.
fn fields(whole: &Struct) -> String {
    let range = |start: usize, size: usize| match size {
        0 | 1 => format!("{start}"),
        _ => format!("{start}-{}", start + size - 1),
    };
    let part = |field: &Field| format!("{} {}", field.name(), range(field.offset, field.dtype.itemsize()));
    let mut text = format!("bytes of an item: {}", whole.fields.iter().map(part).collect::<Vec<_>>().join(", "));
    let gaps = whole.gaps();
    if !gaps.is_empty() {
        let gaps: Vec<String> = gaps.iter().map(|gap| range(gap.start, gap.len())).collect();
        text += &format!(", padding {}", gaps.join(", "));
    }
    text
}

/// How much of the buffer the lane reaches, and what it leaves out between its first and last byte.
fn share(tape: &Tape, lane: &Lane) -> String {
    let sizes = sizes(&lane.layout, tape.buffer_bytes, lane.is_owner);
    match sizes.reached {
        Some(reached) if reached == tape.buffer_bytes => format!("all {} of #{}", bytes(reached), tape.buffer),
        Some(reached) if reached < sizes.span => {
            format!(
                "{} of {} in #{}, gaps of {} between",
                bytes(reached),
                bytes(tape.buffer_bytes),
                tape.buffer,
                bytes(sizes.span - reached)
            )
        }
        Some(reached) => format!("{} of {} in #{}", bytes(reached), bytes(tape.buffer_bytes), tape.buffer),
        None => format!("at most {} of {} in #{}", bytes(sizes.span), bytes(tape.buffer_bytes), tape.buffer),
    }
}

/// That cells show several elements.
fn shown_often(lane: &Lane) -> Option<String> {
    let still =
        lane.layout.shape.iter().zip(&lane.layout.strides).filter(|&(&length, &stride)| length > 1 && stride == 0);
    let times: usize = still.map(|(&length, _)| length).fold(1, usize::saturating_mul);
    (times > 1).then(|| format!("each cell shows {times} elements"))
}

/// The offsets in the order in which the elements are visited, unless that is the order of the bytes.
fn visits(lane: &Lane) -> Option<String> {
    let count = lane.layout.size();
    let shown = count.min(VISITS + usize::from(count == VISITS + 1));
    // the steps between neighbours tell whether any goes back
    let rising = lane.layout.shape.iter().zip(&lane.layout.strides).filter(|&(&length, _)| length > 1);
    let mut reach = 0i128;
    let mut is_rising = true;
    for (&length, &stride) in rising.rev() {
        is_rising &= stride as i128 > reach;
        reach += stride as i128 * (length as i128 - 1);
    }
    if is_rising || lane.range.len() == lane.itemsize() {
        return None;
    }
    let offsets: Vec<String> = (0..shown).map(|n| lane.layout.offset_of(n).to_string()).collect();
    let more = if shown < count { ", …" } else { "" };
    Some(format!("visits {}{more}", offsets.join(", ")))
}

/// Which elements of other lanes lie on its bytes.
fn overlaps(lane: &Lane) -> Option<String> {
    let met: Vec<&str> = lane.touches.iter().filter_map(|(_, cells)| cells.as_deref()).collect();
    let missed: Vec<String> =
        lane.touches.iter().filter(|(_, cells)| cells.is_none()).map(|(name, _)| label(name)).collect();
    let mut parts = Vec::new();
    if !met.is_empty() {
        parts.push(format!("on {}", met.join(", ")));
    }
    if !missed.is_empty() {
        parts.push(format!("on no byte of {}", missed.join(", ")));
    }
    (!parts.is_empty()).then(|| parts.join(" · "))
}
