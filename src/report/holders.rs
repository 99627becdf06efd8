//! Who keeps a buffer alive, as a tree; what deleting would free.

use super::array::file;
use super::markup::{Markup, Role};
use super::memory::names;
use super::paragraph::fold;
use super::size::{bytes, tuple};
use crate::session::{Branch, Deletion, Handle, Kept, Pin, Tree, WayOut};
use crate::text::article::with_article;
use unicode_width::UnicodeWidthStr;

/// The most lines of a tree; the rest is counted.
const MOST_LINES: usize = 40;
/// The most levels of a tree.
const MOST_LEVELS: usize = 10;
/// The widest first column.
const WIDEST: usize = 34;

/// One line of a tree before it is drawn.
struct Line {
    /// The branches of the tree before the label.
    lead: String,
    /// The branches of the tree below the label.
    below: String,
    label: String,
    kind: String,
    what: String,
}

/// A node that waits to be drawn.
enum Node<'t> {
    Array(&'t Branch),
    Alias(&'t Handle),
    Inside(&'t Handle),
}

fn container(handle: &Handle) -> String {
    handle.container.map_or(String::new(), |(class, length)| format!(" · item of {} of {length}", with_article(class)))
}

/// The sizes of an array; what it pins stands above the tree.
fn sizes(branch: &Branch) -> String {
    let sizes = branch.sizes;
    let mut text = match branch.owns {
        true if sizes.visible == sizes.owned => format!("owned {}", bytes(sizes.owned)),
        true => format!("owned {} · visible {}", bytes(sizes.owned), bytes(sizes.visible)),
        false => format!("visible {}", bytes(sizes.visible)),
    };
    if sizes.span != sizes.visible {
        text.push_str(&format!(" · span {}", bytes(sizes.span)));
    }
    text
}

/// The nodes below an array: other references to it, objects that hold it, the views that were made from it.
fn below<'t>(tree: &'t Tree, branch: &'t Branch) -> Vec<Node<'t>> {
    let (inside, named): (Vec<&Handle>, Vec<&Handle>) =
        branch.handles.iter().partition(|handle| handle.through.is_some());
    let aliases = named.into_iter().skip(1).map(Node::Alias);
    let views = branch.children.iter().filter_map(|&child| tree.branches.get(child)).map(Node::Array);
    aliases.chain(inside.into_iter().map(Node::Inside)).chain(views).collect()
}

/// The lines of a tree, and how many more there would be.
fn lines(tree: &Tree) -> (Vec<Line>, usize) {
    let mut lines: Vec<Line> = Vec::new();
    let mut more = 0;
    let mut pending: Vec<(Node, String, bool, usize)> = Vec::new();
    let push = |pending: &mut Vec<_>, nodes: Vec<_>, lead: &str, level: usize| {
        let last = nodes.len();
        let nodes = nodes.into_iter().enumerate().rev();
        pending.extend(nodes.map(|(n, node)| (node, lead.to_string(), n + 1 == last, level)));
    };
    let roots = tree.roots.iter().filter_map(|&root| tree.branches.get(root)).map(Node::Array).collect();
    push(&mut pending, roots, "", 0);
    while let Some((node, lead, is_last, level)) = pending.pop() {
        if lines.len() >= MOST_LINES || level >= MOST_LEVELS {
            more += 1;
            if let Node::Array(branch) = node {
                push(&mut pending, below(tree, branch), "", level + 1);
            }
            continue;
        }
        let next = format!("{lead}{}", if is_last { "   " } else { "│  " });
        let (label, kind, what, nodes) = match node {
            Node::Alias(handle) => {
                (handle.path.clone(), "alias".to_string(), format!("the same array{}", container(handle)), Vec::new())
            }
            Node::Inside(handle) => {
                let what = format!("{}, which holds the array", with_article(handle.through.unwrap_or_default()));
                (handle.path.clone(), "object".to_string(), what, Vec::new())
            }
            Node::Array(branch) => {
                let handle = branch.handles.iter().find(|handle| handle.through.is_none());
                let item = handle.map(container).unwrap_or_default();
                let label = handle.map_or("(no name)".to_string(), |handle| handle.path.clone());
                let what = format!("{} {} · {}{item}", branch.dtype, tuple(&branch.shape), sizes(branch));
                let kind = if branch.owns { "owner" } else { "view" };
                (label, kind.to_string(), what, below(tree, branch))
            }
        };
        let bar = if nodes.is_empty() { "   " } else { "│  " };
        let below = format!("{next}{bar}");
        lines.push(Line {
            lead: format!("{lead}{}", if is_last { "└─ " } else { "├─ " }), below, label, kind, what
        });
        push(&mut pending, nodes, &next, level + 1);
    }
    (lines, more)
}

/// The tree of one buffer.
pub fn holder_tree(tree: &Tree, width: usize) -> Markup {
    let mut out = Markup::new();
    let borrowed = tree.borrowed.map(|class| format!(" · borrowed from a {class} object")).unwrap_or_default();
    let holders: usize = tree.branches.iter().map(|branch| branch.handles.len()).sum();
    let plural = if holders == 1 { "" } else { "s" };
    let of = tree.file.as_ref().map(|of| format!(" of {}", file(of))).unwrap_or_default();
    out.line(&format!("#{} · {}{of}{borrowed} · {holders} holder{plural}", tree.buffer, bytes(tree.bytes)));
    let (lines, more) = lines(tree);
    let column = |text: fn(&Line) -> usize| lines.iter().map(text).max().unwrap_or(0);
    let first = column(|line| line.lead.width() + line.label.width()).min(WIDEST);
    let second = column(|line| line.kind.width());
    for line in &lines {
        let label = short(&line.label, first.saturating_sub(line.lead.width()).max(8));
        let pad = " ".repeat(first.saturating_sub(line.lead.width() + label.width()));
        out.add(Role::Dim, line.lead.as_str()).add(Role::Buffer(tree.buffer), label);
        out.add(Role::Plain, format!("{pad}  {:<second$}  ", line.kind));
        let indent = first + second + 4;
        let mut parts = fold(&line.what, 0, width.saturating_sub(indent).max(20)).into_iter();
        out.line(&parts.next().unwrap_or_default());
        for part in parts {
            let pad = " ".repeat(indent.saturating_sub(line.below.width()));
            out.add(Role::Dim, line.below.as_str()).line(&format!("{pad}{part}"));
        }
    }
    if more > 0 {
        out.line(&format!("… and {more} more"));
    }
    out
}

/// A label cut in the middle where it is wider than `width`.
fn short(label: &str, width: usize) -> String {
    let count = label.chars().count();
    if label.width() <= width {
        return label.to_string();
    }
    let (head, tail) = (width / 2, width.saturating_sub(width / 2 + 1));
    let start: String = label.chars().take(head).collect();
    let end: String = label.chars().skip(count.saturating_sub(tail)).collect();
    format!("{start}…{end}")
}

/// `s (80 B)`, `b (all of it)`, `it (flatiter)`.
fn pin(pin: &Pin) -> String {
    match (pin.through, pin.is_part) {
        (Some(class), _) => format!("{} (a {class})", pin.path),
        (None, true) => format!("{} ({})", pin.path, bytes(pin.needs)),
        (None, false) => format!("{} (all of it)", pin.path),
    }
}

fn pins(kept: &Kept) -> String {
    match kept.pins.as_slice() {
        [] => "is held by a container that holds itself".to_string(),
        [one] if one.through.is_none() => match one.is_part {
            true => format!("is pinned by {}, which needs {}", one.path, bytes(one.needs)),
            false => format!("is pinned by {}, which is all of it", one.path),
        },
        many => format!("is pinned by {}", names(&many.iter().map(pin).collect::<Vec<_>>())),
    }
}

fn statement(way: &WayOut) -> String {
    let mut statements = few(&way.copies, "; ");
    if !way.deletions.is_empty() {
        let before = if statements.is_empty() { "" } else { "; " };
        statements.push_str(&format!("{before}del {}", few(&way.deletions, ", ")));
    }
    statements
}

/// So many parts as one can read at once, with `between` between them; the others as a number.
fn few(parts: &[String], between: &str) -> String {
    const SHOWN: usize = 20;
    let shown = parts.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(between);
    match parts.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// What deleting would free, what pins the rest, and what would free that.
pub fn deletion(deletion: &Deletion, width: usize) -> Markup {
    let mut out = Markup::new();
    let freed: usize = deletion.freed.iter().map(|(_, bytes)| bytes).sum();
    let kept: usize = deletion.kept.iter().map(|kept| kept.bytes).sum();
    let what = format!("del {}", few(&deletion.targets, ", "));
    let numbers = || names(&deletion.freed.iter().map(|(id, _)| format!("#{id}")).collect::<Vec<_>>());
    let mut lines = Vec::new();
    match (deletion.freed.is_empty(), deletion.kept.as_slice()) {
        (true, []) => lines.push(format!("{what} frees nothing: no array is there")),
        (false, []) => lines.push(format!("{what} frees {} ({})", bytes(freed), numbers())),
        (true, [one]) => lines.push(format!("{what} frees 0 of {}: #{} {}", bytes(kept), one.buffer, pins(one))),
        (is_none, many) => {
            let numbers = if is_none { String::new() } else { format!(" ({})", numbers()) };
            let freed_text = if is_none { "0".to_string() } else { bytes(freed) };
            lines.push(format!("{what} frees {freed_text} of {}{numbers}", bytes(freed.saturating_add(kept))));
            lines.extend(many.iter().map(|one| format!("#{} ({}) {}", one.buffer, bytes(one.bytes), pins(one))));
        }
    }
    for line in lines.iter().flat_map(|line| fold(line, 2, width)) {
        out.line(&line);
    }
    let ways: Vec<(String, String)> = deletion.kept.iter().flat_map(|kept| &kept.ways).map(way).collect();
    let fits = |(statement, effect): &&(String, String)| statement.width() + effect.width() + 4 <= width;
    let column = ways.iter().filter(fits).map(|(statement, _)| statement.width()).max().unwrap_or(0);
    for (statement, effect) in ways {
        if statement.width() <= column && column + effect.width() + 4 <= width {
            out.line(&format!("  {statement}{}  {effect}", " ".repeat(column - statement.width())));
        } else {
            super::wrap(&statement, width.saturating_sub(2).max(20)).iter().for_each(|line| {
                out.line(&format!("  {line}"));
            });
            out.line(&format!("    {effect}"));
        }
    }
    out
}

fn way(way: &WayOut) -> (String, String) {
    let takes = if way.takes > 0 { format!(", takes {}", bytes(way.takes)) } else { String::new() };
    (statement(way), format!("frees {}{takes}", bytes(way.frees)))
}
