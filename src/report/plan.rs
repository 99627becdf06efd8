//! A plan as a user sees it: the tree, the sums, the advice; one line of it; the hint behind a line being typed.

use super::array::file;
use super::markup::{Markup, Role};
use super::memory;
use super::paragraph::{fold, wrap};
use super::size::{bytes, tuple};
use super::step::labelled;
use crate::eval::{Seen, Sight};
use crate::session::{Failure, Part, Plan, Remark, Size, Unknown, Verdict};
use unicode_width::UnicodeWidthStr;

/// One line of the tree, cell by cell.
struct Line {
    /// What joins it to the lines above, and its text.
    head: String,
    /// What joins the lines below it to the tree.
    below: String,
    verdict: &'static str,
    value: String,
    bytes: String,
    buffer: String,
    remarks: String,
}

/// The verdict as it is shown.
fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::View => "view",
        Verdict::Same => "same",
        Verdict::Copy => "COPY",
        Verdict::New => "new",
        Verdict::InPlace => "in place",
        Verdict::Scalar => "scalar",
        Verdict::Given | Verdict::Other => "",
    }
}

/// Shape and dtype of an array.
fn array(sight: &Sight) -> String {
    format!("{} {}", tuple(&sight.layout.shape), sight.layout.dtype)
}

/// What is said of a value.
fn value(part: &Part) -> String {
    let most = if part.size == Size::Known { "" } else { "at most " };
    if let Some(written) = &part.written {
        return array(written);
    }
    match &part.value {
        Seen::Array(sight) => format!("{most}{}", array(sight)),
        Seen::Holder(class, sights) => match sights.as_slice() {
            [one] => format!("{class}: {most}{}", array(one)),
            [first, rest @ ..] if rest.iter().all(|sight| array(sight) == array(first)) => {
                format!("{class}: {} x {most}{}", sights.len(), array(first))
            }
            _ => format!("{class} of {} arrays", sights.len()),
        },
        Seen::Scalar(ty) => ty.name().to_string(),
        Seen::Other(_) => String::new(),
    }
}

/// The buffers of a value: `#1`, `#1, #2`.
fn buffers(part: &Part) -> String {
    const SHOWN: usize = 3;
    let mut ids: Vec<u64> = part.arrays().iter().map(|sight| sight.buffer).collect();
    ids.dedup();
    let more = if ids.len() > SHOWN { ", ..." } else { "" };
    let shown: Vec<String> = ids.iter().take(SHOWN).map(|id| format!("#{id}")).collect();
    format!("{}{more}", shown.join(", "))
}

/// The bounds of a size that the data decides.
fn bounds(part: &Part) -> Option<String> {
    let (Size::AtLeast(least), Some(sight)) = (part.size, part.arrays().first()) else { return None };
    let (items, most) = (sight.layout.size(), bytes(sight.layout.nbytes()));
    let fewest = match least.saturating_mul(sight.layout.itemsize()) {
        0 => "0".to_string(),
        fewest => bytes(fewest),
    };
    let each = if part.arrays().len() > 1 { " each" } else { "" };
    Some(format!("{least} to {items} items{each}, {fewest} to {most}{each}"))
}

fn remark(remark: &Remark) -> String {
    match remark {
        Remark::Because(reason) => reason.clone(),
        Remark::Maps(of) => format!("maps {}", file(of)),
        Remark::Reuses(buffer) => format!("in place in #{buffer} (temporary reused)"),
        Remark::Writes { bytes: n, buffer, at_most, cast } => {
            let cast = cast.as_ref().map(|(from, to)| format!(" · cast from {from} to {to}")).unwrap_or_default();
            format!("writes {}{} of #{buffer}{cast}", if *at_most { "at most " } else { "" }, bytes(*n))
        }
        Remark::Copies { bytes: n, because } => format!("copies {} on the way: {because}", bytes(*n)),
        Remark::ComesAndGoes(n) => format!("{} more on the way", bytes(*n)),
        Remark::Stays { bytes: n, buffer } => format!("+{} in #{buffer}", bytes(*n)),
    }
}

fn remarks(part: &Part) -> String {
    let said = bounds(part).into_iter().chain(part.remarks.iter().map(remark));
    said.collect::<Vec<_>>().join(" · ")
}

/// The text, no wider than `room`: `…` stands for its end where that does not fit.
pub fn shorten(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_string();
    }
    let mut short: String = text.chars().take(room.saturating_sub(1)).collect();
    short.push('…');
    short
}

/// The text of an expression, no wider than `room`: `…` stands for what is in its widest brackets, then for its middle.
fn label(text: &str, room: usize) -> String {
    let mut short = text.to_string();
    while short.width() > room {
        let mut open = Vec::new();
        let mut widest: Option<(usize, usize)> = None;
        for (at, c) in short.char_indices() {
            match c {
                '(' | '[' | '{' => open.push(at + 1),
                ')' | ']' | '}' => {
                    let Some(start) = open.pop() else { continue };
                    let is_wider = widest.is_none_or(|(from, to)| to - from < at - start);
                    if short.get(start..at).is_some_and(|inner| inner.width() > 1) && is_wider {
                        widest = Some((start, at));
                    }
                }
                _ => {}
            }
        }
        let Some((start, end)) = widest else { break };
        short.replace_range(start..end, "…");
    }
    if short.width() <= room {
        return short;
    }
    let (head, tail) = (room.saturating_sub(1) / 2, room.saturating_sub(1).div_ceil(2));
    let chars: Vec<char> = short.chars().collect();
    let behind = chars.iter().skip(chars.len().saturating_sub(tail));
    shorten(&chars.iter().take(head).chain(&['…']).chain(behind).collect::<String>(), room)
}

fn lines(part: &Part, before: &str, joint: &str, below: &str, room: usize, out: &mut Vec<Line>) {
    let head = format!("{before}{joint}");
    let inside = format!("{before}{below}");
    let is_given = part.verdict == Verdict::Given;
    let is_array = !part.arrays().is_empty();
    out.push(Line {
        head: format!("{head}{}", label(&part.text, room.saturating_sub(head.width()).max(8))),
        below: format!("{inside}{}", if part.parts.is_empty() { "" } else { "│" }),
        verdict: verdict(part.verdict),
        value: if is_given && !is_array { String::new() } else { value(part) },
        bytes: match part.verdict {
            Verdict::Given | Verdict::Other | Verdict::Scalar => String::new(),
            _ => bytes(part.bytes),
        },
        buffer: buffers(part),
        remarks: remarks(part),
    });
    for (n, inner) in part.parts.iter().enumerate() {
        let is_last = n + 1 == part.parts.len();
        let (joint, below) = if is_last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        lines(inner, &inside, joint, below, room, out);
    }
}

/// The tree of a plan, and its sums and advice.
pub fn plan(plan: &Plan, width: usize) -> Markup {
    let mut out = Markup::new();
    // A statement without an array for a value is told as a whole.
    let whole = match plan.root.verdict {
        Verdict::Given | Verdict::Other => Some(Part { text: plan.source.clone(), ..plan.root.clone() }),
        _ => None,
    };
    let root = whole.as_ref().unwrap_or(&plan.root);
    let mut tree = Vec::new();
    lines(root, "", "", "", usize::MAX, &mut tree);
    let widest = |of: fn(&Line) -> &str| tree.iter().map(|line| of(line).width()).max().unwrap_or(0);
    let (verdicts, values) = (widest(|line| line.verdict), widest(|line| &line.value));
    let (sizes, ids) = (widest(|line| &line.bytes), widest(|line| &line.buffer));
    let facts = 3 + verdicts + 2 + values + sizes + 2 + ids;
    let heads = widest(|line| &line.head).min(width.saturating_sub(facts).max(16));
    tree.clear();
    lines(root, "", "", "", heads, &mut tree);
    for line in &tree {
        let pad = |text: &str, to: usize| format!("{text}{}", " ".repeat(to.saturating_sub(text.width())));
        let facts = format!(
            "{}  {}  {}{}  {}",
            pad(line.verdict, verdicts),
            pad(&line.value, values),
            " ".repeat(sizes.saturating_sub(line.bytes.width())),
            line.bytes,
            pad(&line.buffer, ids)
        );
        let start = format!("{}   {facts}", pad(&line.head, heads));
        let fits = start.width() + 2 + line.remarks.width() <= width;
        let here = if fits { format!("{start}  {}", line.remarks) } else { start };
        out.line(here.trim_end());
        if !fits {
            for more in wrap(&line.remarks, width.saturating_sub(line.below.width() + 4).max(20)) {
                out.line(format!("{}    {more}", line.below).trim_end());
            }
        }
    }
    let mut said = vec![sums(plan)];
    said.extend(plan.unknown.as_ref().map(unknown));
    // What is said of a lost write goes before how its copy could be avoided.
    let mut cures = plan.cures.iter().take(if plan.lost.is_empty() { usize::MAX } else { 0 });
    if let Some((text, gives)) = cures.next() {
        said.push(format!("help: {text} {gives}"));
    }
    for lost in &plan.lost {
        labelled(&mut out, (Role::Warning, LOST), &memory::lost(lost, "goes"), width);
        if let Some((statement, what)) = &lost.help {
            labelled(&mut out, (Role::Help, "  help: "), &format!("{statement} {what}"), width);
        }
    }
    for line in fold(&said.join(" · "), 2, width) {
        out.line(&line);
    }
    for (text, gives) in cures {
        wrap(&format!("help: {text} {gives}"), width).iter().for_each(|line| {
            out.line(line);
        });
    }
    out
}

/// What stands before a lost write.
const LOST: &str = "lost write: ";

/// What the data decides, and what the plan takes that for.
fn unknown(unknown: &Unknown) -> String {
    let Unknown { decides, of, guess, is_condition } = unknown;
    let what = if decides == of { "it" } else { of };
    let taken = match (is_condition, guess) {
        (true, 0) => "False".to_string(),
        (true, _) => "True".to_string(),
        (false, guess) => guess.to_string(),
    };
    format!("the data decides {decides}: planned as if {what} were {taken}")
}

/// An amount in the plan, and where a condition turns out the other way: `+1 B to +48 B`.
fn amount(here: usize, there: Option<usize>, most: &str) -> String {
    let there = there.unwrap_or(here);
    match (here.min(there), here.max(there)) {
        (low, high) if low == high => format!("{most}+{}", bytes(low)),
        (0, high) => format!("0 B to {most}+{}", bytes(high)),
        (low, high) => format!("+{} to {most}+{}", bytes(low), bytes(high)),
    }
}

/// What a plan comes to: `peak +96 B, +48 B stays`.
fn sums(plan: &Plan) -> String {
    let freed: usize = plan.freed.iter().map(|(_, bytes)| bytes).sum();
    let numbers: Vec<String> = plan.freed.iter().map(|(id, _)| format!("#{id}")).collect();
    let most = if plan.at_most { "at most " } else { "" };
    let (other_peak, other_stays) = plan.otherwise.unzip();
    let peak = amount(plan.peak, other_peak, most);
    let mut said = match (plan.peak.max(other_peak.unwrap_or(0)), plan.stays.max(other_stays.unwrap_or(0))) {
        (0, 0) => "nothing allocated".to_string(),
        (_, 0) => format!("peak {peak}, nothing stays"),
        _ => format!("peak {peak}, {} stays", amount(plan.stays, other_stays, most)),
    };
    if freed > 0 {
        said.push_str(&format!(", {} freed ({})", bytes(freed), numbers.join(", ")));
    }
    for release in &plan.held {
        said.push_str(&format!(", {}", memory::released(release)));
    }
    for (name, layout) in &plan.changed {
        said.push_str(&format!(", {name} becomes {} {}", tuple(&layout.shape), layout.dtype));
    }
    said
}

/// The plan of a statement in one line: its verdict, its sums, and the reason where it copies.
pub fn plan_line(plan: &Plan) -> String {
    let most = if plan.at_most { "at most " } else { "" };
    let mut said = Vec::new();
    let verdict = match plan.root.verdict {
        Verdict::Given => "same",
        other => verdict(other),
    };
    if !verdict.is_empty() {
        said.push(match &plan.root.value {
            Seen::Array(sight) => format!("{verdict} {}", array(sight)),
            _ => verdict.to_string(),
        });
    }
    said.push(sums(plan));
    said.push(format!("live {most}{}", bytes(plan.memory.live)));
    for lost in &plan.lost {
        said.push(format!("{LOST}{}", memory::lost(lost, "goes")));
        said.extend(lost.help.as_ref().map(|(statement, what)| format!("help: {statement} {what}")));
    }
    said.extend(plan.unknown.as_ref().map(unknown));
    said.extend(copies(&plan.root));
    said.join(" · ")
}

/// The reasons of the copies in a plan, inner ones first.
fn copies(part: &Part) -> Vec<String> {
    let mut found: Vec<String> = part.parts.iter().flat_map(copies).collect();
    for remark in &part.remarks {
        match remark {
            Remark::Because(reason) => found.push(format!("{} copies: {reason}", part.text)),
            Remark::Copies { because, .. } => found.push(format!("{} copies on the way: {because}", part.text)),
            _ => {}
        }
    }
    found
}

/// What a line being typed would do: `view of a, nothing allocated`, `copy, +48 B: axes 0 and 1 do not merge`.
/// Nothing where it has nothing to do with arrays. `name_of` tells the name of a buffer's owner.
pub fn preview(plan: &Plan, name_of: impl Fn(u64) -> Option<String>) -> Option<String> {
    let root = &plan.root;
    if let Some(lost) = plan.lost.first() {
        let help = lost.help.as_ref().map(|(text, what)| format!(" · {text} {what}")).unwrap_or_default();
        return Some(format!("{LOST}goes into {}{help}", memory::nobodys(lost)));
    }
    let most = if plan.at_most { "at most " } else { "" };
    let whose = |sight: &Sight| name_of(sight.buffer).unwrap_or_else(|| format!("#{}", sight.buffer));
    let reason = root.remarks.iter().find_map(|remark| match remark {
        Remark::Because(reason) => Some(reason.split(": ").next().unwrap_or(reason)),
        _ => None,
    });
    let first = root.arrays().first();
    let made = root.bytes.max(if root.written.is_none() { plan.stays } else { 0 });
    let other = plan.otherwise.map(|(peak, _)| peak);
    let is_higher = plan.peak > made && bytes(plan.peak) != bytes(made);
    let peak = match is_higher || other.is_some_and(|other| other != plan.peak) {
        true => format!(", peak {}", amount(plan.peak, other, most)),
        false => String::new(),
    };
    let cast = root.remarks.iter().find_map(|remark| match remark {
        Remark::Writes { cast, .. } => cast.as_ref(),
        _ => None,
    });
    let cast = cast.map(|(from, to)| format!(", cast from {from} to {to}")).unwrap_or_default();
    let is_telling = !plan.freed.is_empty() || !plan.held.is_empty() || !plan.changed.is_empty();
    Some(match (root.verdict, first) {
        (Verdict::View, Some(sight)) if plan.peak == 0 && peak.is_empty() => {
            format!("view of {}, nothing allocated", whose(sight))
        }
        (Verdict::View, Some(sight)) => format!("view of #{}{peak}", sight.buffer),
        (Verdict::Same, Some(sight)) if plan.peak == 0 && peak.is_empty() => {
            format!("{} itself, nothing allocated", whose(sight))
        }
        (Verdict::Same, Some(sight)) => format!("{} itself{peak}", whose(sight)),
        (Verdict::Copy, _) => {
            format!("copy, {most}+{}{peak}{}", bytes(root.bytes), reason.map(|r| format!(": {r}")).unwrap_or_default())
        }
        (Verdict::New | Verdict::InPlace, Some(sight)) if made > 0 => {
            format!("new, {most}+{}{peak} · {}", bytes(made), array(sight))
        }
        (Verdict::InPlace, Some(sight)) => format!("in place in {}{peak}{cast}", whose(sight)),
        (Verdict::Scalar, _) if !peak.is_empty() => format!("scalar{peak}"),
        _ if is_telling => {
            let said = sums(plan);
            let is_nothing = plan.peak == 0 && plan.freed.is_empty() && !plan.held.is_empty();
            said.strip_prefix("nothing allocated, ").filter(|_| is_nothing).unwrap_or(&said).to_string()
        }
        _ => return None,
    })
}

/// Why a line being typed would fail, in a line; nothing where a name at its end may still become another, or the plan
/// itself gives up.
pub fn preview_failure(failure: &Failure) -> Option<String> {
    let end = failure.text.trim_end().len();
    let is_at_end = failure.caret.is_none_or(|caret| caret.end >= end);
    match failure.class.as_str() {
        "SyntaxError" | "IndentationError" | "KeyboardInterrupt" | "RuntimeError" => None,
        "NameError" | "AttributeError" | "ImportError" | "ModuleNotFoundError" if is_at_end => None,
        class => Some(format!("{class}: {}", failure.message.lines().next().unwrap_or_default())),
    }
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn labels_keep_head_and_tail() {
        let text = "np.zeros((10**6, 10**6)).T.reshape(-1) + 1";
        assert_eq!(label(text, 80), text);
        assert_eq!(label(text, 30), "np.zeros(…).T.reshape(-1) + 1");
        assert_eq!(label(text, 20), "np.zeros(…ape(…) + 1");
        assert_eq!(label("abcdefghijklmnop", 9), "abcd…mnop");
    }
}
