//! Two orders of an array's elements side by side: as they are counted, and as memory holds them.

use super::markup::Markup;
use super::paragraph::fold;
use super::size::tuple;
use super::table::{self, Row};
use crate::array::Layout;
use crate::array::layout::visit::VisitOrder;
use crate::memory::BufferId;

/// An axis with more places than this is folded.
const WHOLE: usize = 10;
/// Places at either end of a folded axis, at most.
const EDGE: usize = 3;
/// Slices that are drawn, of an array with more than two axes.
const SLICES: usize = 4;
/// Columns that the frame of the table takes beside its cells: for one cell, and for each further one.
const FRAME: (usize, usize) = (4, 3);
/// The longest name that is said again and again.
const LONGEST_NAME: usize = 24;
/// What stands for places that are left out.
const FOLD: &str = "…";

/// Draws the orders of an array. Memory's is the number each element has when memory is walked from low to high.
pub fn draw(name: &str, layout: &Layout, buffer: BufferId, width: usize) -> Markup {
    let order = VisitOrder::of(layout);
    let mut out = Markup::new();
    let head = format!(
        "{name}: {} {} · strides {} · first element at byte {} of #{buffer}",
        layout.dtype,
        tuple(&layout.shape),
        tuple(&layout.strides),
        layout.offset
    );
    fold(&head, 2, width).iter().for_each(|line| {
        out.line(line);
    });
    let is_short = name.chars().count() <= LONGEST_NAME;
    if layout.size() > 0 {
        out.extend(grids(if is_short { name } else { "" }, layout, &order, width));
    }
    let name = if is_short { name } else { "it" };
    for line in sentences(name, layout, &order).iter().flat_map(|line| fold(line, 2, width)) {
        out.line(&line);
    }
    out
}

/// The places of an axis that are shown, `None` for those left out; `most` of them.
fn shown(length: usize, most: usize) -> Vec<Option<usize>> {
    if length <= most.max(3) {
        return (0..length).map(Some).collect();
    }
    let edge = (most.saturating_sub(1) / 2).clamp(1, EDGE);
    let (head, tail) = ((0..edge).map(Some), (length - edge..length).map(Some));
    head.chain([None]).chain(tail).collect()
}

/// The index that C order counts as `number` in this shape.
fn index_of(mut number: usize, shape: &[usize]) -> Vec<usize> {
    let mut index = vec![0; shape.len()];
    for (place, &length) in index.iter_mut().zip(shape).rev() {
        *place = number % length.max(1);
        number /= length.max(1);
    }
    index
}

/// Both grids of every slice that is shown.
fn grids(name: &str, layout: &Layout, order: &VisitOrder, width: usize) -> Markup {
    let shape = &layout.shape;
    let (leading, matrix) = shape.split_at(shape.len().saturating_sub(2));
    let (rows, columns) = match *matrix {
        [] => (1, 1),
        [columns] => (1, columns),
        [rows, columns, ..] => (rows, columns),
    };
    let count = leading.iter().product::<usize>();
    let slices: Vec<Option<usize>> = match count {
        0..=SLICES => (0..count).map(Some).collect(),
        _ => vec![Some(0), Some(1), None, Some(count - 1)],
    };
    let slice_name = |slice: usize| {
        let text = format!("{name}[{}]", tuple_items(&index_of(slice, leading)));
        if text.len() <= LONGEST_NAME + 8 { text } else { format!("number {slice}") }
    };
    let logical = |slice: usize, row: usize, column: usize| ((slice * rows + row) * columns + column) as i128;
    let in_memory = |slice: usize, row: usize, column: usize| {
        let mut index = index_of(slice, leading);
        index.extend([row, column].iter().skip(2 - matrix.len()));
        order.number(&index)
    };
    let digits = [logical(count - 1, rows - 1, columns - 1), highest(layout, order)];
    let cell = digits.iter().map(|number| number.to_string().len()).max().unwrap_or(1);
    let slice_width = slices.iter().flatten().map(|&slice| slice_name(slice).chars().count()).max().unwrap_or(0);
    let taken = FRAME.0 + if leading.is_empty() { 0 } else { slice_width + FRAME.1 };
    let fits = |grids: usize| {
        let room = width.saturating_sub(taken + (grids - 1) * FRAME.1) / grids;
        (room + 1) / (cell + 1)
    };
    let beside = fits(2) >= columns.min(3);
    let most = if beside { fits(2) } else { width.saturating_sub(taken + FRAME.1 + "logical".len() + 1) / (cell + 1) };
    let across = shown(columns, most.min(WHOLE));
    let down = shown(rows, WHOLE);
    let grid = |of: &dyn Fn(usize, usize) -> i128| -> String {
        let line = |row: &Option<usize>| {
            let text = |column: &Option<usize>| match (row, column) {
                (Some(row), Some(column)) => of(*row, *column).to_string(),
                _ => FOLD.to_string(),
            };
            across.iter().map(|column| format!("{:>cell$}", text(column))).collect::<Vec<_>>().join(" ")
        };
        down.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    let mut table_rows = Vec::new();
    for slice in &slices {
        let Some(slice) = *slice else {
            let cells = if beside { 2 } else { 2 + usize::from(leading.is_empty()) };
            let blank = vec![FOLD.to_string(); if leading.is_empty() { cells } else { 3 }];
            table_rows.push(Row { cells: blank, buffer: None });
            continue;
        };
        let counted = grid(&|row, column| logical(slice, row, column));
        let numbered = grid(&|row, column| in_memory(slice, row, column));
        let named = |mut cells: Vec<String>| {
            if !leading.is_empty() {
                cells.insert(0, slice_name(slice));
            }
            Row { cells, buffer: None }
        };
        if beside {
            table_rows.push(named(vec![counted, numbered]));
        } else {
            table_rows.push(named(vec!["logical".into(), counted]));
            table_rows.push(named(vec!["memory".into(), numbered]));
        }
    }
    let memory = if order.slot().is_some() { "in memory, by steps" } else { "in memory" };
    let mut header = if beside { vec!["logical (C order)", memory] } else { vec!["order", "numbers"] };
    if !leading.is_empty() {
        header.insert(0, "slice");
    }
    table::draw(&header, table_rows, width)
}

fn tuple_items(index: &[usize]) -> String {
    index.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

/// The number of the highest element in memory.
fn highest(layout: &Layout, order: &VisitOrder) -> i128 {
    let corner: Vec<usize> = (layout.shape.iter().zip(&layout.strides))
        .map(|(&length, &stride)| if stride > 0 { length.saturating_sub(1) } else { 0 })
        .collect();
    order.number(&corner)
}

/// `steps 8 B`, `steps back 8 B`, `stays in place`.
fn step_text(bytes: i128) -> String {
    match bytes {
        0 => "stays in place".to_string(),
        1.. => format!("steps {bytes} B"),
        _ => format!("steps back {} B", -bytes),
    }
}

/// `jumps ahead 8 B`, `jumps back 8 B`, `stays in place`.
fn jump_text(bytes: i128) -> String {
    match bytes {
        0 => "stays in place".to_string(),
        1.. => format!("jumps ahead {bytes} B"),
        _ => format!("jumps back {} B", -bytes),
    }
}

/// What the numbers mean, in words.
fn sentences(name: &str, layout: &Layout, order: &VisitOrder) -> Vec<String> {
    if layout.size() == 0 {
        return vec!["an axis of length 0: there is nothing to walk".into()];
    }
    if layout.size() == 1 {
        return vec!["a single element: every order is the same".into()];
    }
    let mut lines = vec![walk(name, layout, order)];
    let steps = |&axis: &usize| {
        let back = if layout.strides[axis] < 0 { ", backwards" } else { "" };
        format!("axis {axis} ({} B{back})", layout.strides[axis].unsigned_abs())
    };
    let axes: Vec<String> = order.fastest_first().iter().map(steps).collect();
    lines.push(match axes.as_slice() {
        _ if order.is_logical() => "memory holds the elements in the order in which they are counted".into(),
        [] => "no axis moves".into(),
        [one] => format!("low to high, memory runs along {one}"),
        [first, others @ ..] => {
            format!("low to high, memory runs along {first} first, then {}", others.join(", then "))
        }
    });
    match order.places() {
        Some(places) if places < layout.size() as i128 => {
            let plural = if places == 1 { "" } else { "s" };
            lines.push(format!("{} elements share {places} place{plural}: equal numbers are one place", layout.size()));
        }
        _ => {}
    }
    if let Some(step) = order.slot() {
        lines.push(format!("the strides interlock: numbers count steps of {step} B from the lowest place"));
    }
    lines
}

/// How far apart in memory the elements are when one walks in C order.
fn walk(name: &str, layout: &Layout, order: &VisitOrder) -> String {
    // the axes that are walked, the fastest first
    let long: Vec<usize> = (0..layout.ndim()).rev().filter(|&axis| layout.shape[axis] > 1).collect();
    let Some((&fastest, slower)) = long.split_first() else { return String::new() };
    let step = order.jump(fastest);
    let way = if slower.is_empty() { "from first to last" } else { "row by row" };
    let start = format!("walking {name} {way} {}", step_text(step));
    if !slower.is_empty() && slower.iter().all(|&axis| order.jump(axis) == step) {
        return format!("{start} each time, from row to row too");
    }
    let jumps = slower.iter().enumerate().map(|(n, &axis)| {
        let behind = if n == 0 { "to the next row".to_string() } else { format!("where axis {axis} moves on") };
        format!("then {} {behind}", jump_text(order.jump(axis)))
    });
    std::iter::once(start).chain(jumps).collect::<Vec<_>>().join(", ")
}
