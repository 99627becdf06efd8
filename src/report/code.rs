//! Code in colours.

use super::markup::{Markup, Role};
use crate::syntax::highlight::{Token, tokens};

/// The text, character for character, with a role for each token.
pub fn code(text: &str) -> Markup {
    let mut out = Markup::new();
    let mut at = 0;
    for (span, token) in tokens(text) {
        let role = match token {
            Token::Keyword => Role::Keyword,
            Token::Number => Role::Number,
            Token::String => Role::String,
            Token::Comment | Token::Prompt => Role::Dim,
            Token::Command => Role::Command,
            Token::Name | Token::Operator | Token::Bracket | Token::Unknown => continue,
        };
        out.add(Role::Plain, text.get(at..span.start).unwrap_or(""));
        out.add(role, span.of(text));
        at = span.end;
    }
    out.add(Role::Plain, text.get(at..).unwrap_or(""));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_stays() {
        for text in ["", "a = 'x' # b", "%who a\n>>> 1 +", "é = np.π(", "'''open\n", "if 0x: \t$"] {
            assert_eq!(code(text).plain(), text);
        }
        assert!(code("x if 1 else 'y'").parts().iter().any(|(role, part)| *role == Role::Keyword && part == "else"));
    }
}
