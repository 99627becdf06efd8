//! How much memory arrays may take: what the user said, or what the machine has.

/// The bytes of memory and swap of this machine, where it tells.
pub fn machine() -> Option<usize> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let field = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse::<usize>().ok()?.checked_mul(1024)
    };
    Some(field("MemTotal:")?.saturating_add(field("SwapTotal:").unwrap_or(0)))
}

/// A size such as `500MB`, `2GiB`, `1e6`, in bytes.
///
/// # Errors
/// What is wrong with it.
pub fn parse(text: &str) -> Result<usize, String> {
    let at = text.find(|c: char| c.is_ascii_alphabetic() && c != 'e').unwrap_or(text.len());
    let (number, unit) = text.split_at(at);
    let scale: f64 = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1.0,
        "kb" | "k" => 1e3,
        "mb" | "m" => 1e6,
        "gb" | "g" => 1e9,
        "tb" | "t" => 1e12,
        "kib" => 1024.0,
        "mib" => 1024.0 * 1024.0,
        "gib" => 1024.0 * 1024.0 * 1024.0,
        "tib" => 1024.0 * 1024.0 * 1024.0 * 1024.0,
        other => return Err(format!("'{other}' is no unit of bytes: try kB, MB, GB, KiB, MiB or GiB")),
    };
    match number.trim().parse::<f64>() {
        Ok(number) if number.is_finite() && number >= 0.0 => Ok((number * scale) as usize),
        _ => Err(format!("'{text}' is no size: try 500MB or 2GiB")),
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn sizes() {
        assert_eq!(parse("500MB"), Ok(500_000_000));
        assert_eq!(parse("2GiB"), Ok(2 << 30));
        assert_eq!(parse("1e6"), Ok(1_000_000));
        assert!(parse("12 parsecs").is_err() && parse("MB").is_err() && parse("-1").is_err());
    }
}
