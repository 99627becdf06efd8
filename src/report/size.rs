//! Sizes in words: bytes with decimal units, as memory is counted in lessons.

/// `48 B`, `80 MB`, `7.99 MB`, `1.5 kB`: exact below 10,000 bytes, else three digits.
pub fn bytes(n: usize) -> String {
    const UNITS: [&str; 7] = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];
    if n < 10_000 {
        return format!("{n} B");
    }
    let mut value = n as f64;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    let decimals = if value < 9.995 {
        2
    } else if value < 99.95 {
        1
    } else {
        0
    };
    let digits = format!("{value:.decimals$}");
    let digits = if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { &digits };
    format!("{digits} {}", UNITS[unit])
}

/// A count with its digits in threes: `1,000,000`.
pub fn count(n: u128) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A tuple of lengths or strides as Python writes it: `(6,)`, `(2, 3)`, `()`.
pub fn tuple<T: ToString>(items: &[T]) -> String {
    let items: Vec<String> = items.iter().map(T::to_string).collect();
    match items.as_slice() {
        [one] => format!("({one},)"),
        all => format!("({})", all.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_in_words() {
        let cases = [(0, "0 B"), (9999, "9999 B"), (10_000, "10 kB"), (7_992_008, "7.99 MB"), (80_000_000, "80 MB")];
        for (n, text) in cases {
            assert_eq!(bytes(n), text);
        }
        assert_eq!(bytes(80_000_000_000_000), "80 TB");
        assert_eq!(bytes(999_999), "1 MB");
        assert_eq!((count(999), count(1000), count(12_345_678)), ("999".into(), "1,000".into(), "12,345,678".into()));
        assert_eq!((tuple(&[6]), tuple(&[2, 3]), tuple::<usize>(&[])), ("(6,)".into(), "(2, 3)".into(), "()".into()));
    }
}
