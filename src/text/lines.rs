//! Text on one line.

/// The words of a text with single blanks between them: no line breaks.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
