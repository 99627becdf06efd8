//! A Python literal in a text, read without evaluating anything: what `ast.literal_eval` gives of the header of a
//! `.npy` file.

use crate::text::quote::repr_str;

/// A literal.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Literal {
    None,
    Bool(bool),
    Int(i128),
    Str(String),
    Tuple(Vec<Literal>),
    List(Vec<Literal>),
    Dict(Vec<(Literal, Literal)>),
}

/// Literals nest at most so deep.
const MAX_DEPTH: usize = 50;

impl Literal {
    /// The literal that a text is, with blanks around it. `python2` also takes the `L` behind an int and the `u`
    /// before a string. Nothing where it is none.
    pub fn parse(text: &str, python2: bool) -> Option<Literal> {
        let mut reader = Reader { rest: text, python2 };
        let literal = reader.literal(0)?;
        reader.skip();
        reader.rest.is_empty().then_some(literal)
    }

    /// Python's `repr`.
    pub fn repr(&self) -> String {
        let all = |items: &[Literal]| items.iter().map(Literal::repr).collect::<Vec<_>>().join(", ");
        match self {
            Literal::None => "None".into(),
            Literal::Bool(true) => "True".into(),
            Literal::Bool(false) => "False".into(),
            Literal::Int(int) => int.to_string(),
            Literal::Str(text) => repr_str(text),
            Literal::Tuple(items) => format!("({}{})", all(items), if items.len() == 1 { "," } else { "" }),
            Literal::List(items) => format!("[{}]", all(items)),
            Literal::Dict(entries) => {
                let entries = entries.iter().map(|(key, value)| format!("{}: {}", key.repr(), value.repr()));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

struct Reader<'t> {
    rest: &'t str,
    python2: bool,
}

impl Reader<'_> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Takes `word`, after blanks, if it stands there.
    fn take(&mut self, word: &str) -> bool {
        self.skip();
        match self.rest.strip_prefix(word) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn literal(&mut self, depth: usize) -> Option<Literal> {
        if depth > MAX_DEPTH {
            return None;
        }
        for (word, literal) in [("None", Literal::None), ("True", Literal::Bool(true)), ("False", Literal::Bool(false))]
        {
            if self.take(word) {
                return Some(literal);
            }
        }
        if self.take("(") {
            let (items, comma) = self.items(")", depth)?;
            let mut items = items;
            let is_tuple = comma || items.len() != 1;
            return if is_tuple { Some(Literal::Tuple(items)) } else { items.pop() };
        }
        if self.take("[") {
            return self.items("]", depth).map(|(items, _)| Literal::List(items));
        }
        if self.take("{") {
            let mut entries = Vec::new();
            while !self.take("}") {
                let key = self.literal(depth + 1)?;
                if !self.take(":") {
                    return None;
                }
                entries.push((key, self.literal(depth + 1)?));
                if !self.take(",") {
                    return self.take("}").then_some(Literal::Dict(entries));
                }
            }
            return Some(Literal::Dict(entries));
        }
        if self.python2 && self.rest.starts_with(['u', 'U']) {
            self.rest = &self.rest[1..];
        }
        match self.rest.chars().next()? {
            quote @ ('\'' | '"') => self.string(quote),
            _ => self.int(),
        }
    }

    /// The items up to `end`, and whether a comma stands behind the last.
    fn items(&mut self, end: &str, depth: usize) -> Option<(Vec<Literal>, bool)> {
        let mut items = Vec::new();
        let mut comma = false;
        while !self.take(end) {
            items.push(self.literal(depth + 1)?);
            comma = self.take(",");
            if !comma {
                return self.take(end).then_some((items, false));
            }
        }
        Some((items, comma))
    }

    fn string(&mut self, quote: char) -> Option<Literal> {
        let mut text = String::new();
        let mut chars = self.rest[1..].char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => {
                    let code = |chars: &mut std::str::CharIndices<'_>, digits: usize| {
                        let digits: String = chars.take(digits).map(|(_, c)| c).collect();
                        char::from_u32(u32::from_str_radix(&digits, 16).ok()?)
                    };
                    text.push(match chars.next()?.1 {
                        'n' => '\n',
                        't' => '\t',
                        'r' => '\r',
                        'x' => code(&mut chars, 2)?,
                        'u' => code(&mut chars, 4)?,
                        'U' => code(&mut chars, 8)?,
                        c @ ('\\' | '\'' | '"') => c,
                        _ => return None,
                    });
                }
                c if c == quote => {
                    self.rest = &self.rest[1 + at + c.len_utf8()..];
                    return Some(Literal::Str(text));
                }
                '\n' => return None,
                c => text.push(c),
            }
        }
        None
    }

    fn int(&mut self) -> Option<Literal> {
        let sign = usize::from(self.rest.starts_with(['-', '+']));
        let digits = self.rest[sign..].bytes().take_while(u8::is_ascii_digit).count();
        let int = self.rest[..sign + digits].parse().ok()?;
        self.rest = &self.rest[sign + digits..];
        if self.python2 {
            self.rest = self.rest.strip_prefix('L').unwrap_or(self.rest);
        }
        Some(Literal::Int(int))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_read_and_nothing_is_evaluated() {
        for text in ["{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4)}", "()", "(1,)", "[('a', '<i4', (2,))]"]
        {
            assert_eq!(Literal::parse(text, false).unwrap().repr(), text);
        }
        assert_eq!(Literal::parse(" (3) ", false), Some(Literal::Int(3)));
        assert_eq!(Literal::parse("(3L,)", true), Some(Literal::Tuple(vec![Literal::Int(3)])));
        assert_eq!(Literal::parse("'\\u00e9'", false), Some(Literal::Str("é".into())));
        for text in ["1+1", "f()", "{", "(1", "'a", "(3L,)", "", "a", "{'a' 1}", &"(".repeat(1000)] {
            assert_eq!(Literal::parse(text, false), None, "{text}");
        }
    }
}
