//! The graph of names, arrays and buffers, in the language of Graphviz.

use crate::report::size::{bytes, tuple};
use crate::session::Graph;
use std::fmt::Write;

/// The fill colours of the buffers, by number, in the order of the terminal's.
const COLOURS: [&str; 6] = ["#cdeef1", "#f0d9f5", "#f8e6bf", "#d3f0dc", "#d8e4fd", "#fbdad7"];

const HEAD: &str = "\
digraph memory {
  rankdir=LR; bgcolor=\"white\"; pad=0.3; nodesep=0.25; ranksep=0.9;
  node [fontname=\"DejaVu Sans Mono\", fontsize=18, penwidth=1.5];
  edge [fontname=\"DejaVu Sans\", fontsize=14, penwidth=1.5];
";

/// The graph as a DOT file: names point to arrays, arrays to their bases and to their buffers.
pub fn dot(graph: &Graph) -> String {
    let mut out = String::from(HEAD);
    for (n, (name, _)) in graph.names.iter().enumerate() {
        let _ = writeln!(out, "  name{n} [shape=plaintext, label={}];", quote(name));
    }
    for (n, array) in graph.arrays.iter().enumerate() {
        let label = format!("{} {}\nstrides {}", array.dtype, tuple(&array.shape), tuple(&array.strides));
        let style = if array.owns { "rounded,filled,bold" } else { "rounded,filled" };
        let fill = colour(array.buffer);
        let _ =
            writeln!(out, "  array{n} [shape=box, style=\"{style}\", fillcolor=\"{fill}\", label={}];", quote(&label));
        if let Some(class) = &array.object {
            let _ = writeln!(out, "  object{n} [shape=box, label={}];", quote(&format!("{class} object")));
        }
    }
    for buffer in &graph.buffers {
        let planned = if buffer.is_planned { "\nplanned" } else { "" };
        let label = quote(&format!("#{}\n{}{planned}", buffer.id, bytes(buffer.bytes)));
        let fill = colour(buffer.id);
        let _ =
            writeln!(out, "  buffer{} [shape=cylinder, style=filled, fillcolor=\"{fill}\", label={label}];", buffer.id);
    }
    let rank = |out: &mut String, rank: &str, nodes: Vec<String>| {
        let _ = writeln!(out, "  {{rank={rank}; {}}}", nodes.join("; "));
    };
    rank(&mut out, "source", (0..graph.names.len()).map(|n| format!("name{n}")).collect());
    rank(&mut out, "sink", graph.buffers.iter().map(|buffer| format!("buffer{}", buffer.id)).collect());
    for (n, (_, array)) in graph.names.iter().enumerate() {
        let _ = writeln!(out, "  name{n} -> array{array};");
    }
    for (n, array) in graph.arrays.iter().enumerate() {
        if let Some(base) = array.base {
            let _ = writeln!(out, "  array{n} -> array{base} [label=\"base\", style=dashed];");
        }
        if array.object.is_some() {
            let _ = writeln!(out, "  array{n} -> object{n} [label=\"base\", style=dashed];");
        }
        let what = if array.owns { "owns".to_string() } else { format!("from byte {}", array.offset) };
        let _ = writeln!(out, "  array{n} -> buffer{} [label=\"{what}\"];", array.buffer);
    }
    out.push_str("}\n");
    out
}

fn colour(buffer: u64) -> &'static str {
    COLOURS[(buffer as usize).wrapping_sub(1) % COLOURS.len()]
}

/// A text in quotes: a newline becomes a line break, and nothing in it means anything to Graphviz.
fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_names() {
        assert_eq!(quote("d[\"x\\n\"]\n<b>"), "\"d[\\\"x\\\\n\\\"]\\n<b>\"");
    }
}
