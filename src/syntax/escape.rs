//! What the backslashes of a string literal mean.

use super::trivia::tail;

/// Why an escape does not decode: Python's message, and the byte range of the escape in the literal's body.
#[derive(Debug, PartialEq)]
pub(super) struct EscapeFault {
    pub(super) message: String,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) help: Option<&'static str>,
}

/// What one escape stands for.
enum Escaped {
    /// A backslash and a newline: nothing.
    Nothing,
    /// A code point (a byte, in a bytes literal).
    Code(u32),
    /// No escape: the backslash stands for itself.
    Backslash,
}

/// The text of the body of a `'...'` literal. Line ends become `\n`, in raw literals too.
pub(super) fn decode_text(body: &str, raw: bool) -> Result<String, EscapeFault> {
    let mut text = String::with_capacity(body.len());
    // CPython counts the place of a bad escape with ten bytes for every character that is not ASCII.
    let mut widened = 0;
    let mut rest = body;
    while let Some(stop) = rest.find(|c: char| c == '\r' || (c == '\\' && !raw)) {
        let (plain, special) = rest.split_at(stop);
        text.push_str(plain);
        widened += plain.chars().filter(|c| !c.is_ascii()).map(|c| 10 - c.len_utf8()).sum::<usize>();
        let start = body.len() - special.len();
        if let Some(after) = special.strip_prefix('\r') {
            text.push('\n');
            rest = after.strip_prefix('\n').unwrap_or(after);
            continue;
        }
        let fault = |length: usize, reason: &str, help| EscapeFault {
            message: unicode_error(start + widened, length, reason),
            start,
            end: start + length,
            help,
        };
        let (escaped, length) = match special.as_bytes().get(1) {
            Some(b'x') => hexadecimal(special, 2).map_err(|length| fault(length, "truncated \\xXX escape", None))?,
            Some(b'u') => hexadecimal(special, 4).map_err(|length| fault(length, "truncated \\uXXXX escape", None))?,
            Some(b'U') => {
                hexadecimal(special, 8).map_err(|length| fault(length, "truncated \\UXXXXXXXX escape", None))?
            }
            Some(b'N') => {
                let length = special.find('}').map_or(2, |end| end + 1);
                return Err(if tail(special, 2).starts_with('{') && length > 4 {
                    let help = "ndsh does not know the names of characters: write the character itself, or \\uXXXX";
                    fault(length, "unknown Unicode character name", Some(help))
                } else {
                    fault(2, "malformed \\N character escape", None)
                });
            }
            _ => simple(special),
        };
        match escaped {
            Escaped::Nothing => {}
            Escaped::Backslash => text.push('\\'),
            Escaped::Code(code) => match char::from_u32(code) {
                Some(c) => text.push(c),
                None if code > 0x0010_ffff => return Err(fault(length, "illegal Unicode character", None)),
                None => {
                    let help = "half of a surrogate pair is not text in ndsh: write the whole character as \\UXXXXXXXX";
                    return Err(fault(length, "surrogates not allowed", Some(help)));
                }
            },
        }
        rest = tail(special, length);
    }
    text.push_str(rest);
    Ok(text)
}

/// The bytes of the body of a `b'...'` literal, which is ASCII.
pub(super) fn decode_bytes(body: &str, raw: bool) -> Result<Vec<u8>, EscapeFault> {
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(stop) = rest.find(|c: char| c == '\r' || (c == '\\' && !raw)) {
        let (plain, special) = rest.split_at(stop);
        bytes.extend_from_slice(plain.as_bytes());
        if let Some(after) = special.strip_prefix('\r') {
            bytes.push(b'\n');
            rest = after.strip_prefix('\n').unwrap_or(after);
            continue;
        }
        let start = body.len() - special.len();
        let (escaped, length) = match special.as_bytes().get(1) {
            Some(b'x') => hexadecimal(special, 2).map_err(|length| EscapeFault {
                message: format!("(value error) invalid \\x escape at position {start}"),
                start,
                end: start + length,
                help: None,
            })?,
            _ => simple(special),
        };
        match escaped {
            Escaped::Nothing => {}
            Escaped::Backslash => bytes.push(b'\\'),
            Escaped::Code(code) => bytes.push(code.to_le_bytes()[0]),
        }
        rest = tail(special, length);
    }
    bytes.extend_from_slice(rest.as_bytes());
    Ok(bytes)
}

/// `\x`, `\u` or `\U` with `count` digits: the code and the length of the whole, or the length of what is there.
fn hexadecimal(escape: &str, count: usize) -> Result<(Escaped, usize), usize> {
    let digits = escape.bytes().skip(2).take(count).take_while(u8::is_ascii_hexdigit).count();
    match escape.get(2..2 + digits).map(|digits| u32::from_str_radix(digits, 16)) {
        Some(Ok(code)) if digits == count => Ok((Escaped::Code(code), 2 + count)),
        _ => Err(2 + digits),
    }
}

/// The escapes that text and bytes share, and how long each is.
fn simple(escape: &str) -> (Escaped, usize) {
    let code = match escape.as_bytes().get(1) {
        Some(b'\r') => return (Escaped::Nothing, if escape.as_bytes().get(2) == Some(&b'\n') { 3 } else { 2 }),
        Some(b'\n') => return (Escaped::Nothing, 2),
        Some(c @ (b'\\' | b'\'' | b'"')) => u32::from(*c),
        Some(b'a') => 7,
        Some(b'b') => 8,
        Some(b't') => 9,
        Some(b'n') => 10,
        Some(b'v') => 11,
        Some(b'f') => 12,
        Some(b'r') => 13,
        Some(b'0'..=b'7') => {
            let digits = escape.bytes().skip(1).take(3).take_while(|c| matches!(c, b'0'..=b'7'));
            let (code, length) = digits.fold((0, 1), |(code, length), c| (code * 8 + u32::from(c - b'0'), length + 1));
            return (Escaped::Code(code), length);
        }
        _ => return (Escaped::Backslash, 1),
    };
    (Escaped::Code(code), 2)
}

/// CPython's text for an escape that does not decode.
fn unicode_error(start: usize, length: usize, reason: &str) -> String {
    format!(
        "(unicode error) 'unicodeescape' codec can't decode bytes in position {start}-{}: {reason}",
        start + length - 1
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_escapes() {
        let text = |body| decode_text(body, false).unwrap();
        assert_eq!(text(r"a\n\t\\\'\x41\u00e9\U0001F600\101\0\d"), "a\n\t\\'Aé😀A\0\\d");
        assert_eq!(text("a\\\nb\\\r\nc"), "abc");
        assert_eq!(text("a\r\nb\rc"), "a\nb\nc");
        assert_eq!(text(r"\777\1234"), "\u{1ff}S4");
        assert_eq!(decode_text(r"a\n\x", true).unwrap(), r"a\n\x");
    }

    #[test]
    fn bytes_escapes() {
        assert_eq!(decode_bytes(r"\x00\xff\u0041\777\q", false).unwrap(), b"\x00\xff\\u0041\xff\\q");
        assert_eq!(decode_bytes(r"a\x1", false).unwrap_err().message, "(value error) invalid \\x escape at position 1");
    }

    #[test]
    fn faults_count_as_cpython_counts() {
        let message = |body| decode_text(body, false).unwrap_err().message;
        let codec = "(unicode error) 'unicodeescape' codec can't decode bytes in position";
        assert_eq!(message(r"\x4"), format!("{codec} 0-2: truncated \\xXX escape"));
        assert_eq!(message(r"é\u12"), format!("{codec} 10-13: truncated \\uXXXX escape"));
        assert_eq!(message(r"\U00110000"), format!("{codec} 0-9: illegal Unicode character"));
        assert_eq!(message(r"\N{foo}"), format!("{codec} 0-6: unknown Unicode character name"));
        assert_eq!(message(r"\N"), format!("{codec} 0-1: malformed \\N character escape"));
    }
}
