//! Running text in lines that fit.

use unicode_width::UnicodeWidthStr;

/// The lines of `text`, none wider than `width` unless a word is. An empty line in the text stays one.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.width() + 1 + word.width() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

/// What separates the facts of a line.
const BETWEEN: &str = " · ";

/// The lines of a line of facts: where it is wider than `width` it is broken between facts, then between words, and
/// goes on behind `indent` blanks.
pub fn fold(line: &str, indent: usize, width: usize) -> Vec<String> {
    if line.width() <= width {
        return vec![line.to_string()];
    }
    let mut lines: Vec<String> = Vec::new();
    let blanks = " ".repeat(indent);
    for fact in line.split(BETWEEN) {
        match lines.last_mut() {
            Some(last) if last.width() + BETWEEN.width() + fact.width() <= width => {
                last.push_str(BETWEEN);
                last.push_str(fact);
            }
            _ => {
                let before = if lines.is_empty() { "" } else { &blanks };
                let start = &fact[..fact.len() - fact.trim_start().len()];
                let mut words = wrap(fact, width.saturating_sub(indent.max(start.len())).max(10)).into_iter();
                lines.extend(words.next().map(|first| format!("{before}{start}{first}")));
                lines.extend(words.map(|more| format!("{blanks}{more}")));
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit() {
        assert_eq!(wrap("one two three\n\nfour", 8), ["one two", "three", "", "four"]);
        assert_eq!(wrap("unbreakable a", 4), ["unbreakable", "a"]);
    }

    #[test]
    fn facts_stay_together() {
        assert_eq!(fold("one · two", 2, 80), ["one · two"]);
        assert_eq!(fold("one two · three · four", 2, 16), ["one two · three", "  four"]);
        assert_eq!(
            fold("  a · many long words and more", 4, 16),
            ["  a", "    many long", "    words and", "    more"]
        );
    }
}
