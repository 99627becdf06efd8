//! Pictures for slides and pages: maps as SVG and HTML, the graph of names, arrays and buffers as DOT.
//!
//! The same facts give the same bytes, so that a saved picture can be compared.

mod dot;
mod html;
mod svg;
mod xml;

pub use dot::dot;
pub use html::html;
pub use svg::svg;

use crate::session::Tape;

/// The endings of files that pictures can be saved as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A map, as a drawing.
    Svg,
    /// A map, as a page.
    Html,
    /// The graph, for Graphviz.
    Dot,
}

impl Format {
    /// Every format with its ending.
    pub const ALL: [(&'static str, Format); 3] = [("svg", Format::Svg), ("html", Format::Html), ("dot", Format::Dot)];

    /// The format of a file's ending, in any case.
    pub fn of_ending(ending: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(ending)).map(|(_, format)| format)
    }
}

/// What a picture is called: the arrays on it.
fn title(tapes: &[Tape]) -> String {
    let names: Vec<&str> = tapes.iter().flat_map(|tape| &tape.lanes).map(|lane| lane.name.as_str()).collect();
    format!("Memory map of {}", names.join(", "))
}
