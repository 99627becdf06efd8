//! How touched elements are written: as subscripts.

use super::Touched;
use super::boxes::{self, IndexBox, Span};

/// The most boxes that [`Touched::text`] lists.
const LISTED: usize = 4;

impl Touched {
    /// The touched elements as one would index them: `a[0:3]`, `a[1, 2] and a[::2, 0]`, `all of a`; where they are
    /// many, `70 cells of a[3:960]` or `some of a[3:960]`; nothing where there are none. `shape` is the view's.
    pub fn text(&self, name: &str, shape: &[usize]) -> Option<String> {
        let within = |spans: &IndexBox| match boxes::is_whole(spans, shape) {
            true => name.to_string(),
            false => name.to_string() + &box_text(spans, shape),
        };
        Some(match self {
            Touched::None => return None,
            Touched::All => format!("all of {name}"),
            Touched::Boxes(boxes) if boxes.len() <= LISTED => {
                let apart = pairs_apart(boxes, shape);
                let boxes = if apart.len() <= LISTED { &apart } else { boxes };
                let texts: Vec<String> = boxes.iter().map(|spans| name.to_string() + &box_text(spans, shape)).collect();
                match texts.split_last() {
                    Some((last, [_, ..])) => format!("{} and {last}", texts[..texts.len() - 1].join(", ")),
                    _ => texts.concat(),
                }
            }
            Touched::Boxes(boxes) => {
                let cover = boxes::cover(boxes)?;
                match boxes::count_all(boxes) {
                    Some(count) => format!("{count} cells of {}", within(&cover)),
                    None => format!("some of {}", within(&cover)),
                }
            }
            Touched::Many { count, within: cover } => format!("{count} cells of {}", within(cover)),
            Touched::Some { within: cover, sure: true } => format!("some of {}", within(cover)),
            Touched::Some { within: cover, sure: false } => format!("perhaps some of {}", within(cover)),
        })
    }
}

/// The boxes, but two indices that lie far apart as two boxes: `a[0] and a[11]`, not `a[::11]`.
fn pairs_apart(boxes: &[IndexBox], shape: &[usize]) -> Vec<IndexBox> {
    const NEAR: i64 = 4;
    let mut apart: Vec<IndexBox> = Vec::new();
    for spans in boxes {
        let far = |(span, &length): (&Span, &usize)| span.count == 2 && span.step > NEAR && length > 2;
        match spans.iter().zip(shape).position(far) {
            None => apart.push(spans.clone()),
            Some(axis) => {
                for end in [spans[axis].start, spans[axis].last()] {
                    let mut one = spans.clone();
                    one[axis] = Span::one(end);
                    apart.extend(pairs_apart(&[one], shape));
                }
            }
        }
    }
    apart
}

/// The subscript that selects a box: `[0:3]`, `[1, 2]`, `[::2, 0]`.
pub fn box_text(spans: &[Span], shape: &[usize]) -> String {
    let mut items: Vec<String> =
        spans.iter().zip(shape).map(|(span, &length)| span_text(span, length as i64)).collect();
    while items.len() > 1 && items.last().is_some_and(|item| item == ":") {
        items.pop();
    }
    if items.is_empty() { "[()]".to_string() } else { format!("[{}]", items.join(", ")) }
}

fn span_text(span: &Span, length: i64) -> String {
    let Span { start, count, step } = *span;
    let stop = span.last() + 1;
    match (count, step) {
        _ if count == length => ":".to_string(),
        (1, _) => start.to_string(),
        (_, 1) => format!("{start}:{stop}"),
        _ => {
            let from = if start == 0 { String::new() } else { start.to_string() };
            let to = if stop + step > length { String::new() } else { stop.to_string() };
            format!("{from}:{to}:{step}")
        }
    }
}
