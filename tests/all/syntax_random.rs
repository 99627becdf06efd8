//! No text at all makes the parser, the highlighter or the prompt stripper panic, hang or give a place that
//! is not in the text.

use ndsh::syntax::ast::Span;
use ndsh::syntax::highlight::tokens;
use ndsh::syntax::{parse, parse_each, strip_prompts};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// The parts random programs are made of: enough of the language to go deep, and of what breaks it.
const PARTS: [&str; 84] = [
    "a",
    "np",
    "x1",
    "é",
    "0",
    "1",
    "1.5",
    "2j",
    "0x",
    "1_",
    "9999999999999999999",
    "'",
    "\"",
    "'''",
    "\"\"\"",
    "f'",
    "rb\"",
    "f'''",
    "'s'",
    "f'{a}'",
    "{a!r:>{b}}",
    "{",
    "}",
    "{{",
    "}}",
    "(",
    ")",
    "[",
    "]",
    ",",
    ":",
    "::",
    ";",
    ".",
    "...",
    "=",
    "==",
    ":=",
    "!=",
    "<",
    "<=",
    ">>",
    "+",
    "-",
    "*",
    "**",
    "/",
    "//",
    "%",
    "@",
    "&",
    "|",
    "^",
    "~",
    "+=",
    "**=",
    "not",
    "and",
    "or",
    "in",
    "is",
    "if",
    "else",
    "for",
    "lambda",
    "del",
    "import",
    "from",
    "as",
    "pass",
    "None",
    "True",
    "print",
    "def",
    "\\",
    "\\\n",
    "\n",
    "\r\n",
    "#",
    "?",
    "!",
    "$",
    ">>> ",
    "... ",
];

fn in_text(text: &str, span: Span) -> bool {
    span.start <= span.end && text.get(span.start..span.end).is_some()
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let start = Instant::now();
    let stripped = strip_prompts(text);
    let breaks = |text: &str| text.replace("\r\n", "\n").matches(['\n', '\r']).count();
    prop_assert_eq!(breaks(&stripped), breaks(text), "lines keep their number");
    let mut line = 1;
    for item in parse_each(text) {
        match item {
            Ok(statement) => {
                prop_assert!(in_text(&stripped, statement.span), "{:?}", statement);
                prop_assert!(statement.line >= line);
                line = statement.line;
            }
            Err(error) => {
                prop_assert!(in_text(&stripped, error.span), "{:?}", error);
                prop_assert!(error.line >= line, "{:?}", error);
                prop_assert!(error.line <= breaks(text) + 1);
            }
        }
    }
    let mut at = 0;
    let found = tokens(text);
    for (span, _) in &found {
        prop_assert!(in_text(text, *span) && span.start >= at && span.start < span.end);
        let gap = text[at..span.start].replace("\\\n", "").replace("\\\r", "");
        prop_assert!(gap.trim_matches([' ', '\t', '\u{c}', '\n', '\r', '\\']).is_empty(), "{gap:?} has no token");
        at = span.end;
    }
    prop_assert!(start.elapsed() < Duration::from_secs(5), "took {:?}", start.elapsed());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn random_text(text in "\\PC{0,80}") {
        check(&text)?;
    }

    #[test]
    fn random_parts(parts in prop::collection::vec((prop::sample::select(&PARTS[..]), any::<bool>()), 0..60)) {
        let text: String = parts.iter().map(|(part, is_apart)| format!("{part}{}", if *is_apart { " " } else { "" })).collect();
        check(&text)?;
    }

    /// Text that only lacks its end parses once it has the end: what is called incomplete can be completed.
    #[test]
    fn cut_statements_are_incomplete(cut in 0usize..200) {
        let whole = "x = f(a, [1, {'k': (b, '''t\n'''), **c}][0:1], *d, key=not e if g else -h ** 2)";
        let cut = cut % whole.len();
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        prop_assume!(!(is_word(whole[..cut].chars().last()) && is_word(whole[cut..].chars().next())));
        prop_assume!(!(whole[..cut].ends_with('*') && whole[cut..].starts_with('*')));
        if let Err(error) = parse(&whole[..cut]) {
            // Outside brackets the beginning is wrong as it stands.
            let is_outside = cut <= "x = f".len();
            prop_assert!(error.incomplete || is_outside || error.message.starts_with("unterminated string"), "{}", error);
        }
    }
}
