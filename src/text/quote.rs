//! How does Python write a string so that it reads back?
//!
//! `repr` of `str` and `bytes`, and `ascii` of `str`.

use super::unicode::is_printable;

/// The text of `repr(text)`.
pub fn repr_str(text: &str) -> String {
    quote(text, is_printable)
}

/// The text of `ascii(text)`: like `repr`, with everything beyond ASCII escaped.
pub fn ascii_str(text: &str) -> String {
    quote(text, |_| false)
}

/// `text` with everything beyond ASCII escaped: what `ascii(x)` makes of `repr(x)`.
pub fn escape_non_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c as u32 {
            0..=0x7f => out.push(c),
            code @ 0x80..=0xff => out.push_str(&format!("\\x{code:02x}")),
            code @ 0x100..=0xffff => out.push_str(&format!("\\u{code:04x}")),
            code => out.push_str(&format!("\\U{code:08x}")),
        }
    }
    out
}

/// The text of `repr(bytes)`.
pub fn repr_bytes(bytes: &[u8]) -> String {
    let quote = choose_quote(bytes.contains(&b'\''), bytes.contains(&b'"'));
    let mut out = format!("b{quote}");
    for &byte in bytes {
        match byte {
            b' '..=b'~' => push_ascii(&mut out, char::from(byte), quote),
            b'\t' | b'\n' | b'\r' => push_ascii(&mut out, char::from(byte), quote),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push(quote);
    out
}

/// Double quotes only where they save escaping a single one.
fn choose_quote(has_single: bool, has_double: bool) -> char {
    if has_single && !has_double { '"' } else { '\'' }
}

fn quote(text: &str, shows: impl Fn(char) -> bool) -> String {
    let quote = choose_quote(text.contains('\''), text.contains('"'));
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for c in text.chars() {
        match u32::from(c) {
            0..0x80 => push_ascii(&mut out, c, quote),
            _ if shows(c) => out.push(c),
            code @ 0x80..0x100 => out.push_str(&format!("\\x{code:02x}")),
            code @ 0x100..0x10000 => out.push_str(&format!("\\u{code:04x}")),
            code => out.push_str(&format!("\\U{code:08x}")),
        }
    }
    out.push(quote);
    out
}

fn push_ascii(out: &mut String, c: char, quote: char) {
    match c {
        '\\' => out.push_str("\\\\"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        _ if c == quote => out.extend(['\\', c]),
        ' '..='~' => out.push(c),
        _ => out.push_str(&format!("\\x{:02x}", u32::from(c))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chooses_the_quote() {
        assert_eq!(repr_str("it"), "'it'");
        assert_eq!(repr_str("it's"), "\"it's\"");
        assert_eq!(repr_str("\"it\""), "'\"it\"'");
        assert_eq!(repr_str("\"it's\""), "'\"it\\'s\"'");
        assert_eq!(repr_bytes(b"it's"), "b\"it's\"");
        assert_eq!(repr_bytes(b"\"it's\""), "b'\"it\\'s\"'");
        assert_eq!(repr_str(""), "''");
    }

    #[test]
    fn escapes_what_cannot_be_shown() {
        assert_eq!(repr_str("a\tb\nc\rd\\e\0f\x7f"), r"'a\tb\nc\rd\\e\x00f\x7f'");
        assert_eq!(repr_str("é\u{a0}\u{378}\u{200b}🦀\u{e0001}"), "'é\\xa0\\u0378\\u200b🦀\\U000e0001'");
        assert_eq!(ascii_str("é λ 🦀"), r"'\xe9 \u03bb \U0001f980'");
        assert_eq!(repr_bytes(b"\x00A\xff\t\x7f"), r"b'\x00A\xff\t\x7f'");
    }
}
