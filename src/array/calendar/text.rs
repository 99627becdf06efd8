//! Dates in texts, as ISO 8601 writes them, and spans.

use super::fields::days_in_month;
use super::{Fields, NAT, Resolution, Unit};
use crate::error::{Result, value_error};

/// What a text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parsed {
    /// Not a time.
    Nat,
    /// `today`
    Today,
    /// `now`
    Now,
    /// A date, the shortest unit that the text names, and whether it names a timezone.
    Date(Fields, Unit, bool),
}

/// A text that is read from the left.
struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn digit(&mut self) -> Option<i64> {
        let digit = self.peek().filter(u8::is_ascii_digit)?;
        self.at += 1;
        Some(i64::from(digit - b'0'))
    }

    /// Two digits below `limit` and not below `least`.
    fn two(&mut self, least: i64, limit: i64, what: &str) -> Result<i64> {
        let bytes = self.text.as_bytes();
        let both = bytes.get(self.at..self.at + 2).filter(|two| two.iter().all(u8::is_ascii_digit));
        let Some(&[tens, ones]) = both else { return self.refuse() };
        let value = i64::from(tens - b'0') * 10 + i64::from(ones - b'0');
        if value < least || value >= limit {
            return Err(value_error(format!("{what} out of range in datetime string \"{}\"", self.text)));
        }
        self.at += 2;
        Ok(value)
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn refuse<T>(&self) -> Result<T> {
        Err(value_error(format!("Error parsing datetime string \"{}\" at position {}", self.text, self.at)))
    }
}

/// What a text says: `2005`, `2005-02`, `2005-02-25`, `2005-02-25T03:30:15.123Z`, `NaT`, `now`, `today`.
///
/// # Errors
/// `ValueError` that names the place, or the part that is out of range.
pub fn parse(text: &str) -> Result<Parsed> {
    match text.to_ascii_lowercase().as_str() {
        "" | "nat" => return Ok(Parsed::Nat),
        "today" => return Ok(Parsed::Today),
        "now" => return Ok(Parsed::Now),
        _ => {}
    }
    let mut reader = Reader { text, at: 0 };
    reader.skip_space();
    let negative = reader.take(b'-');
    if !negative {
        reader.take(b'+');
    }
    let mut year = 0i64;
    let start = reader.at;
    while let Some(digit) = reader.digit() {
        year = year.wrapping_mul(10).wrapping_add(digit);
    }
    if reader.at == start {
        return reader.refuse();
    }
    let mut date = Fields::of_year(if negative { year.wrapping_neg() } else { year });
    let found = |date, unit| Ok(Parsed::Date(date, unit, false));
    if reader.peek().is_none() {
        return found(date, Unit::Year);
    }
    if !reader.take(b'-') {
        return reader.refuse();
    }
    date.month = reader.two(1, 13, "Month")?;
    if reader.peek().is_none() {
        return found(date, Unit::Month);
    }
    if !reader.take(b'-') {
        return reader.refuse();
    }
    date.day = reader.two(1, days_in_month(date.year, date.month) + 1, "Day")?;
    if reader.peek().is_none() {
        return found(date, Unit::Day);
    }
    if !matches!(reader.peek(), Some(b'T' | b' ')) || reader.at + 1 == text.len() {
        return reader.refuse();
    }
    reader.at += 1;
    let unit = parse_clock(&mut reader, &mut date)?;
    reader.skip_space();
    if reader.peek().is_none() {
        return found(date, unit);
    }
    let date = parse_zone(&mut reader, date)?;
    Ok(Parsed::Date(date, unit, true))
}

/// Hours, and what follows them but the timezone.
fn parse_clock(reader: &mut Reader<'_>, date: &mut Fields) -> Result<Unit> {
    date.hour = reader.two(0, 24, "Hours")?;
    if !reader.take(b':') {
        return Ok(Unit::Hour);
    }
    date.minute = reader.two(0, 60, "Minutes")?;
    if !reader.take(b':') {
        return Ok(Unit::Minute);
    }
    date.second = reader.two(0, 60, "Seconds")?;
    if !reader.take(b'.') {
        return Ok(Unit::Second);
    }
    let mut digits = 0;
    while digits < 18
        && let Some(digit) = reader.digit()
    {
        date.attosecond = date.attosecond * 10 + digit;
        digits += 1;
    }
    date.attosecond *= 10i64.pow(18 - digits);
    Ok(match digits {
        0..=3 => Unit::Millisecond,
        4..=6 => Unit::Microsecond,
        7..=9 => Unit::Nanosecond,
        10..=12 => Unit::Picosecond,
        13..=15 => Unit::Femtosecond,
        _ => Unit::Attosecond,
    })
}

/// `Z` or the hours and minutes from there; the date as it is in UTC.
fn parse_zone(reader: &mut Reader<'_>, date: Fields) -> Result<Fields> {
    let mut date = date;
    if !reader.take(b'Z') {
        let west = match reader.peek() {
            Some(b'-') => true,
            Some(b'+') => false,
            _ => return reader.refuse(),
        };
        reader.at += 1;
        let hours = reader.two(0, 24, "Timezone hours offset")?;
        let mut minutes = 0;
        if reader.peek().is_some() {
            reader.take(b':');
            minutes = reader.two(0, 60, "Timezone minutes offset")?;
        }
        let east = hours * 60 + minutes;
        date = date.plus_minutes(if west { east } else { -east });
    }
    reader.skip_space();
    if reader.peek().is_some() { reader.refuse() } else { Ok(date) }
}

/// The count that a text is as a span: an int or `NaT`.
pub fn parse_span(text: &str) -> Option<i64> {
    match text.to_ascii_lowercase().as_str() {
        "" | "nat" => Some(NAT),
        _ => text.trim().parse().ok(),
    }
}

/// A date as ISO 8601 writes it, as far as the unit goes; `zone` is written behind a time of day.
pub fn write(date: Fields, unit: Unit, zone: &str) -> String {
    let year = if date.year < 0 { format!("-{:03}", date.year.unsigned_abs()) } else { format!("{:04}", date.year) };
    let digits = match unit {
        Unit::Millisecond => 3,
        Unit::Microsecond => 6,
        Unit::Nanosecond => 9,
        Unit::Picosecond => 12,
        Unit::Femtosecond => 15,
        Unit::Attosecond => 18,
        _ => 0,
    };
    let mut text = year;
    if unit >= Unit::Month {
        text += &format!("-{:02}", date.month);
    }
    if unit >= Unit::Week {
        text += &format!("-{:02}", date.day);
    }
    if unit >= Unit::Hour {
        text += &format!("T{:02}", date.hour);
    }
    if unit >= Unit::Minute {
        text += &format!(":{:02}", date.minute);
    }
    if unit >= Unit::Second {
        text += &format!(":{:02}", date.second);
    }
    if digits > 0 {
        text += &format!(".{}", &format!("{:018}", date.attosecond)[..digits]);
    }
    if unit >= Unit::Hour {
        text += zone;
    }
    text
}

/// The characters that NumPy holds ready for a date in this unit (`get_datetime_iso_8601_strlen`).
pub fn written_length(unit: Unit, local: bool) -> usize {
    let parts = match unit {
        Unit::Generic => return 4,
        Unit::Year => 0,
        Unit::Month => 3,
        Unit::Week | Unit::Day => 6,
        Unit::Hour => 9,
        Unit::Minute => 12,
        Unit::Second => 15,
        Unit::Millisecond => 19,
        Unit::Microsecond => 22,
        Unit::Nanosecond => 25,
        Unit::Picosecond => 28,
        Unit::Femtosecond => 31,
        Unit::Attosecond => 34,
    };
    let zone = match unit >= Unit::Hour {
        true if local => 5,
        true => 1,
        false => 0,
    };
    21 + parts + zone + 1
}

impl Resolution {
    /// A date's text: `2005-02-25`, `NaT`.
    pub fn date_text(self, count: i64) -> String {
        if count == NAT { "NaT".into() } else { write(Fields::of_count(count, self), self.unit, "") }
    }

    /// A span's text: `5 days`, `NaT`.
    pub fn span_text(self, count: i64) -> String {
        if count == NAT {
            return "NaT".into();
        }
        format!("{} {}", count.wrapping_mul(i64::from(self.multiple)), self.unit.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(text: &str) -> String {
        match parse(text) {
            Ok(Parsed::Date(date, unit, _)) => write(date, unit, ""),
            Ok(other) => format!("{other:?}"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn texts_name_their_unit() {
        assert_eq!(again("2005"), "2005");
        assert_eq!(again("-5-01"), "-005-01");
        assert_eq!(again("2005-02-25 03:30:15.1234567"), "2005-02-25T03:30:15.123456700");
        assert_eq!(again("2005-02-25T03:30+0100"), "2005-02-25T02:30");
        assert_eq!(again("nat"), "Nat");
        assert_eq!(again("2005-13"), "ValueError: Month out of range in datetime string \"2005-13\"");
        assert_eq!(again("2005-02-30"), "ValueError: Day out of range in datetime string \"2005-02-30\"");
        assert_eq!(again("x"), "ValueError: Error parsing datetime string \"x\" at position 0");
    }
}
