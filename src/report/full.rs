//! One array in full: every flag with its reason, every size.

use super::array::{file, memory, name};
use super::paragraph::{fold, wrap};
use super::size::{bytes, tuple};
use crate::array::layout::{Order, contiguous_strides};
use crate::session::{ArrayFacts, Origin};
use unicode_width::UnicodeWidthStr;

/// Each flag of an array, whether it is set, and why.
pub fn flag_reasons(facts: &ArrayFacts) -> Vec<(&'static str, bool, String)> {
    vec![
        ("C_CONTIGUOUS", facts.c_contiguous, contiguity(facts, Order::C)),
        ("F_CONTIGUOUS", facts.f_contiguous, contiguity(facts, Order::F)),
        ("OWNDATA", facts.owndata, owndata(facts)),
        ("WRITEABLE", facts.writeable, facts.why_writeable()),
        ("ALIGNED", facts.aligned, aligned(facts)),
        ("WRITEBACKIFCOPY", false, "no copy waits to be written back".into()),
    ]
}

fn contiguity(facts: &ArrayFacts, order: Order) -> String {
    if facts.shape.contains(&0) {
        return "an axis of length 0: no element is out of place".into();
    }
    let wanted = contiguous_strides(&facts.shape, facts.itemsize, order);
    let long: Vec<usize> = (0..facts.ndim).filter(|&axis| facts.shape[axis] > 1).collect();
    match long.iter().find(|&&axis| facts.strides[axis] != wanted[axis]) {
        Some(&axis) => format!(
            "axis {axis} would need stride {} for {} order, and has {}",
            wanted[axis],
            if order == Order::F { "F" } else { "C" },
            facts.strides[axis]
        ),
        None if long.is_empty() => "a single element has no order".into(),
        None if long.len() == 1 && facts.ndim > 1 => {
            format!("only axis {} is longer than 1: stride {} = itemsize", long[0], facts.strides[long[0]])
        }
        None if facts.ndim == 1 => format!("one axis, with stride {} = itemsize", facts.strides[0]),
        None => format!(
            "strides are {}, one after the other from axis {}",
            tuple(&wanted),
            if order == Order::F { 0 } else { facts.ndim - 1 }
        ),
    }
}

fn owndata(facts: &ArrayFacts) -> String {
    let via = facts.via.as_ref().map(|via| format!(", through {via}")).unwrap_or_default();
    match &facts.origin {
        Origin::Owns => format!("#{} was allocated for this array", facts.buffer),
        Origin::ViewOf(Some(owner)) => format!("#{} belongs to {owner}{via}", facts.buffer),
        Origin::ViewOf(None) => format!("#{} belongs to an array without a name{via}", facts.buffer),
        Origin::Within(owner, class) => {
            let owner = owner.as_deref().unwrap_or("an array without a name");
            format!("#{} belongs to {owner}{via}; the base is a {class} object, which holds that", facts.buffer)
        }
        Origin::Maps(of) => format!("the bytes are those of the file {}", file(of)),
        Origin::Borrows(class) => format!("the bytes belong to a {class} object"),
    }
}

fn aligned(facts: &ArrayFacts) -> String {
    let align = facts.dtype.align();
    if facts.aligned {
        return match align {
            1 => "an item of one byte stands anywhere".into(),
            _ => format!("offset {} and the strides are multiples of {align}", facts.offset),
        };
    }
    if !facts.offset.is_multiple_of(align) {
        return format!("offset {} is no multiple of {align}", facts.offset);
    }
    let crooked = (0..facts.ndim).find(|&axis| facts.shape[axis] > 1 && facts.strides[axis] % align as isize != 0);
    match crooked {
        Some(axis) => format!("axis {axis}: stride {} is no multiple of {align}", facts.strides[axis]),
        None => format!("the bytes it borrows start at no multiple of {align}"),
    }
}

/// The sizes of an array: what one sees, from the first byte to the last, what it keeps alive.
fn sizes(facts: &ArrayFacts) -> String {
    let sizes = facts.sizes;
    format!(
        "visible {} = {} * {} · span {} · owned {} · pinned {}",
        bytes(sizes.visible),
        facts.size,
        facts.itemsize,
        bytes(sizes.span),
        bytes(sizes.owned),
        bytes(sizes.pinned)
    )
}

/// The lines on one array, folded to `width` columns.
pub fn lines(facts: &ArrayFacts, width: usize) -> Vec<String> {
    const REASON: usize = 25;
    let head = format!(
        "{}: {} {} strides {} offset {} · {}",
        name(facts),
        facts.dtype,
        tuple(&facts.shape),
        tuple(&facts.strides),
        facts.offset,
        memory(facts)
    );
    let mut lines = fold(&head, 2, width);
    lines.extend(fold(&format!("  {}", sizes(facts)), 4, width));
    for (name, set, reason) in flag_reasons(facts) {
        let line = format!("  {name:<15} {:<5}  {reason}", if set { "True" } else { "False" });
        match line.width() <= width {
            true => lines.push(line),
            false => {
                let mut reason = wrap(&reason, width.saturating_sub(REASON).max(20)).into_iter();
                let first = reason.next().unwrap_or_default();
                lines.push(format!("  {name:<15} {:<5}  {first}", if set { "True" } else { "False" }));
                lines.extend(reason.map(|more| format!("{}{more}", " ".repeat(REASON))));
            }
        }
    }
    lines
}
