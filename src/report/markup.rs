//! Text that knows what its parts mean, so that each front end can give them its own looks.

use crate::memory::BufferId;

/// What a part of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Nothing special.
    Plain,
    /// A buffer, or something that uses it: the same colour everywhere.
    Buffer(BufferId),
    /// An exception's class.
    Error,
    /// The caret under what is to blame.
    Caret,
    /// A warning.
    Warning,
    /// The word that introduces advice.
    Help,
    /// What stands back: frames, remarks.
    Dim,
    /// A heading.
    Heading,
    /// The prompt before a statement.
    Prompt,
    /// A keyword in code.
    Keyword,
    /// A number in code.
    Number,
    /// A string in code.
    String,
    /// A command of the shell in code.
    Command,
}

/// Marked-up text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup {
    parts: Vec<(Role, String)>,
}

impl Markup {
    /// No text.
    pub fn new() -> Markup {
        Markup::default()
    }

    /// Adds `text` in a role.
    pub fn add(&mut self, role: Role, text: impl Into<String>) -> &mut Markup {
        let text = text.into();
        if !text.is_empty() {
            self.parts.push((role, text));
        }
        self
    }

    /// Adds `text` and a newline; every `#1` in it has the colour of its buffer.
    pub fn line(&mut self, text: &str) -> &mut Markup {
        self.scan(Role::Plain, text);
        self.add(Role::Plain, "\n")
    }

    /// Adds `text` in a role, except that every `#1` in it has the colour of its buffer.
    pub fn scan(&mut self, role: Role, text: &str) -> &mut Markup {
        let mut rest = text;
        while let Some(at) = rest.find('#') {
            let digits = rest[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
            let end = at + 1 + digits;
            match rest[at + 1..end].parse() {
                Ok(id) => {
                    self.add(role, &rest[..at]);
                    self.add(Role::Buffer(id), &rest[at..end]);
                }
                Err(_) => {
                    self.add(role, &rest[..end]);
                }
            }
            rest = &rest[end..];
        }
        self.add(role, rest)
    }

    /// Adds all of `other`.
    pub fn extend(&mut self, other: Markup) -> &mut Markup {
        self.parts.extend(other.parts);
        self
    }

    /// The parts.
    pub fn parts(&self) -> &[(Role, String)] {
        &self.parts
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The text alone.
    pub fn plain(&self) -> String {
        self.parts.iter().map(|(_, text)| text.as_str()).collect()
    }

    /// The text with terminal colours.
    pub fn ansi(&self) -> String {
        let mut out = String::new();
        for (role, text) in &self.parts {
            let code = match role {
                Role::Plain => {
                    out.push_str(text);
                    continue;
                }
                Role::Buffer(id) => BUFFER_COLOURS[(*id as usize).wrapping_sub(1) % BUFFER_COLOURS.len()],
                Role::Error => "1;31",
                Role::Caret => "31",
                Role::Warning => "33",
                Role::Help => "1;36",
                Role::Dim => "2",
                Role::Heading => "1",
                Role::Prompt => "1;34",
                Role::Keyword => "35",
                Role::Number => "36",
                Role::String => "32",
                Role::Command => "1;33",
            };
            // The newline stays outside, so that no colour runs over the line's end.
            let (body, newline) = match text.strip_suffix('\n') {
                Some(body) => (body, "\n"),
                None => (text.as_str(), ""),
            };
            out.push_str(&format!("\x1b[{code}m{body}\x1b[0m{newline}"));
        }
        out
    }
}

/// One colour a buffer, by its number; readable on dark and light.
const BUFFER_COLOURS: [&str; 6] = ["36", "35", "33", "32", "34", "31"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_are_found_in_text() {
        let mut markup = Markup::new();
        markup.line("view of a (#12), # and #1");
        assert_eq!(markup.plain(), "view of a (#12), # and #1\n");
        let roles: Vec<Role> = markup.parts().iter().map(|(role, _)| *role).collect();
        assert_eq!(roles.iter().filter(|r| matches!(r, Role::Buffer(_))).count(), 2);
    }
}
