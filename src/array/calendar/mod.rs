//! Dates and spans of time: which unit a count is in, what day it is, and how that is written.
//!
//! A date is a count of units since 1970, a span a count of units; the smallest count stands for "not a time". The
//! rules are those of datetime.c and datetime_strings.c: the proleptic Gregorian calendar, no leap seconds.

mod business;
mod fields;
mod text;

pub use business::{BusinessDays, Roll, parse_week};
pub use fields::{Fields, days_in_month};
pub use text::{Parsed, parse, parse_span, write, written_length};

use super::cast::Casting;
use crate::error::{Error, ErrorClass, Result, overflow_error, type_error, value_error};

/// Not a time.
pub const NAT: i64 = i64::MIN;

/// A unit of time, from the longest to the shortest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Unit {
    Year,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
    Microsecond,
    Nanosecond,
    Picosecond,
    Femtosecond,
    Attosecond,
    /// No unit: a bare count, which takes the unit of what it meets.
    Generic,
}

impl Unit {
    /// All units but the generic one, the longest first.
    pub const ALL: [Unit; 13] = [
        Unit::Year,
        Unit::Month,
        Unit::Week,
        Unit::Day,
        Unit::Hour,
        Unit::Minute,
        Unit::Second,
        Unit::Millisecond,
        Unit::Microsecond,
        Unit::Nanosecond,
        Unit::Picosecond,
        Unit::Femtosecond,
        Unit::Attosecond,
    ];

    /// NumPy's code: `"D"`, `"ns"`, `"generic"`.
    pub fn code(self) -> &'static str {
        match self {
            Unit::Year => "Y",
            Unit::Month => "M",
            Unit::Week => "W",
            Unit::Day => "D",
            Unit::Hour => "h",
            Unit::Minute => "m",
            Unit::Second => "s",
            Unit::Millisecond => "ms",
            Unit::Microsecond => "us",
            Unit::Nanosecond => "ns",
            Unit::Picosecond => "ps",
            Unit::Femtosecond => "fs",
            Unit::Attosecond => "as",
            Unit::Generic => "generic",
        }
    }

    /// The unit as a word: `"days"`.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Year => "years",
            Unit::Month => "months",
            Unit::Week => "weeks",
            Unit::Day => "days",
            Unit::Hour => "hours",
            Unit::Minute => "minutes",
            Unit::Second => "seconds",
            Unit::Millisecond => "milliseconds",
            Unit::Microsecond => "microseconds",
            Unit::Nanosecond => "nanoseconds",
            Unit::Picosecond => "picoseconds",
            Unit::Femtosecond => "femtoseconds",
            Unit::Attosecond => "attoseconds",
            Unit::Generic => "generic time units",
        }
    }

    /// The unit of this code.
    pub fn of_code(code: &str) -> Option<Unit> {
        match code {
            "μs" => Some(Unit::Microsecond),
            "generic" => Some(Unit::Generic),
            _ => Unit::ALL.into_iter().find(|unit| unit.code() == code),
        }
    }

    /// Whether its length depends on the date: years and months.
    fn is_nonlinear(self) -> bool {
        self <= Unit::Month
    }

    /// How many of the next shorter unit it has; of a month that is no number.
    fn step(self) -> i64 {
        match self {
            Unit::Year => 12,
            Unit::Week => 7,
            Unit::Day => 24,
            Unit::Hour | Unit::Minute => 60,
            Unit::Month | Unit::Attosecond | Unit::Generic => 1,
            _ => 1000,
        }
    }

    /// How many of the shorter unit `small` it has, for units of a fixed length; nothing where NumPy finds that too many.
    fn factor(self, small: Unit) -> Option<i64> {
        let steps = Unit::ALL.into_iter().filter(|unit| *unit >= self && *unit < small);
        let factor = steps.map(Unit::step).try_fold(1i64, i64::checked_mul)?;
        (factor < 1 << 56).then_some(factor)
    }
}

/// What one count stands for: so many of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Resolution {
    /// The unit.
    pub unit: Unit,
    /// How many of it one count is.
    pub multiple: i32,
}

impl From<Unit> for Resolution {
    fn from(unit: Unit) -> Resolution {
        Resolution { unit, multiple: 1 }
    }
}

impl std::fmt::Display for Resolution {
    /// `25s`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.multiple != 1 {
            write!(f, "{}", self.multiple)?;
        }
        f.write_str(self.unit.code())
    }
}

impl Resolution {
    /// No unit.
    pub const GENERIC: Resolution = Resolution { unit: Unit::Generic, multiple: 1 };

    /// Whether there is no unit.
    pub fn is_generic(self) -> bool {
        self.unit == Unit::Generic
    }

    /// In brackets, as dtypes have it; nothing for no unit.
    pub fn bracketed(self) -> String {
        if self.is_generic() { String::new() } else { format!("[{self}]") }
    }

    /// As [`Resolution::bracketed`], in messages.
    fn shown(self) -> String {
        if self.is_generic() { "generic".into() } else { format!("[{self}]") }
    }

    /// The resolution that `D`, `25s` or `D/24` spells; `whole` is the text around it, where `text` starts at `start`.
    ///
    /// # Errors
    /// NumPy's `TypeError` for what spells none; `ValueError` for a divisor that no shorter unit has.
    pub fn parse(text: &str, whole: &str, start: usize) -> Result<Resolution> {
        let invalid =
            |at: usize| type_error(format!("Invalid datetime metadata string \"{whole}\" at position {}", start + at));
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let multiple = if digits == 0 { 1 } else { text[..digits].parse::<i32>().map_err(|_| invalid(0))? };
        let (code, divisor) = match text[digits..].split_once('/') {
            Some((code, divisor)) => (code, Some((digits + code.len() + 1, divisor))),
            None => (&text[digits..], None),
        };
        if code.is_empty() {
            return Err(invalid(digits));
        }
        let unit = Unit::of_code(code).ok_or_else(|| {
            type_error(if whole == text {
                format!("Invalid datetime unit \"{code}\" in metadata")
            } else if code.contains(|c: char| !c.is_ascii_alphabetic()) {
                invalid(digits).message().to_string()
            } else {
                format!("Invalid datetime unit in metadata string \"{whole}\"")
            })
        })?;
        let Some((at, divisor)) = divisor else { return Ok(Resolution { unit, multiple }) };
        let divisor: i32 = divisor.parse().map_err(|_| invalid(at))?;
        Resolution { unit, multiple }.divided(divisor, whole)
    }

    /// The same in a shorter unit that `divisor` divides (`convert_datetime_divisor_to_multiple`).
    ///
    /// # Errors
    /// `ValueError: divisor (7) is not a multiple of a lower-unit in datetime metadata "[D/7]"`.
    pub fn divided(self, divisor: i32, whole: &str) -> Result<Resolution> {
        use Unit::*;
        let shorter: &[(i64, Unit)] = match self.unit {
            Year => &[(12, Month), (52, Week), (365, Day)],
            Month => &[(4, Week), (30, Day), (720, Hour)],
            Week => &[(7, Day), (168, Hour), (10_080, Minute)],
            Day => &[(24, Hour), (1440, Minute), (86_400, Second)],
            Hour => &[(60, Minute), (3600, Second)],
            Minute => &[(60, Second), (60_000, Millisecond)],
            Second => &[(1000, Millisecond), (1_000_000, Microsecond)],
            Millisecond => &[(1000, Microsecond), (1_000_000, Nanosecond)],
            Microsecond => &[(1000, Nanosecond), (1_000_000, Picosecond)],
            Nanosecond => &[(1000, Picosecond), (1_000_000, Femtosecond)],
            Picosecond => &[(1000, Femtosecond), (1_000_000, Attosecond)],
            Femtosecond => &[(1000, Attosecond)],
            Attosecond => &[],
            Generic => return Err(value_error("Can't use 'den' divisor with generic units")),
        };
        let refused = || {
            value_error(format!(
                "divisor ({divisor}) is not a multiple of a lower-unit in datetime metadata \"{whole}\""
            ))
        };
        let divisor = i64::from(divisor);
        let found = shorter.iter().find(|(count, _)| divisor > 0 && count % divisor == 0);
        let &(count, unit) = found.ok_or_else(refused)?;
        let multiple = i64::from(self.multiple).checked_mul(count / divisor).and_then(|n| i32::try_from(n).ok());
        Ok(Resolution { unit, multiple: multiple.ok_or_else(refused)? })
    }

    /// The coarsest resolution in which both count whole numbers. Spans of years and months have no days in common.
    ///
    /// # Errors
    /// `TypeError` for such units, `OverflowError` where the units are too far apart
    /// (`compute_datetime_metadata_greatest_common_divisor`).
    pub fn common(self, other: Resolution, (strict, other_strict): (bool, bool)) -> Result<Resolution> {
        if self.is_generic() || self == other {
            return Ok(other);
        }
        if other.is_generic() {
            return Ok(self);
        }
        let overflow = || {
            overflow_error(format!(
                "Integer overflow getting a common metadata divisor for NumPy datetime metadata {} and {}.",
                self.shown(),
                other.shown()
            ))
        };
        let (mut one, mut two) = (i64::from(self.multiple), i64::from(other.multiple));
        let unit = self.unit.max(other.unit);
        for (own, multiple, strict) in [(self.unit, &mut one, strict), (other.unit, &mut two, other_strict)] {
            if own == unit {
                continue;
            }
            let is_mixed = own.is_nonlinear() && !unit.is_nonlinear();
            if is_mixed && strict {
                return Err(type_error(format!(
                    "Cannot get a common metadata divisor for Numpy datetime metadata {} and {} because they have \
                     incompatible nonlinear base time units.",
                    self.shown(),
                    other.shown()
                )));
            }
            // of years and months NumPy takes as many as if they were weeks
            let counted = if is_mixed { Unit::Week } else { own };
            let factor = counted.factor(unit).ok_or_else(overflow)?;
            *multiple = multiple.checked_mul(factor).ok_or_else(overflow)?;
        }
        let multiple = i32::try_from(gcd(one, two)).map_err(|_| overflow())?;
        Ok(Resolution { unit, multiple })
    }

    /// Whether counts of this can become counts of `to` by the rule `casting`. Spans of years and months are no days.
    pub fn can_cast(self, to: Resolution, casting: Casting, is_span: bool) -> bool {
        let mixed = is_span && self.unit.is_nonlinear() != to.unit.is_nonlinear();
        let any_generic = self.is_generic() || to.is_generic();
        match casting {
            Casting::Unsafe | Casting::SameValue => true,
            Casting::SameKind if any_generic => self.is_generic(),
            Casting::SameKind => !mixed,
            Casting::Safe if any_generic => self.is_generic(),
            Casting::Safe => !mixed && self.unit <= to.unit && self.is_multiple_of(to, is_span),
            Casting::No | Casting::Equiv => self == to,
        }
    }

    /// Whether each count of this is a whole number of counts of `other` (`datetime_metadata_divides`).
    fn is_multiple_of(self, other: Resolution, strict: bool) -> bool {
        let (mut one, mut two) = (i64::from(self.multiple), i64::from(other.multiple));
        let unit = self.unit.max(other.unit);
        for (own, multiple) in [(self.unit, &mut one), (other.unit, &mut two)] {
            if own.is_nonlinear() && !unit.is_nonlinear() {
                return !strict;
            }
            let Some(scaled) = own.factor(unit).and_then(|factor| multiple.checked_mul(factor)) else { return false };
            *multiple = scaled;
        }
        two != 0 && one % two == 0
    }

    /// The fraction that turns counts of this into counts of `to`; years and months as long as they are on average.
    ///
    /// # Errors
    /// `OverflowError: Integer overflow while computing the conversion factor between NumPy datetime units D and as`.
    fn ratio(self, to: Resolution) -> Result<(i64, i64)> {
        const DAYS: i64 = 97 + 400 * 365;
        if self.is_generic() || to.is_generic() {
            return Ok((1, 1));
        }
        let overflow = || {
            overflow_error(format!(
                "Integer overflow while computing the conversion factor between NumPy datetime units {} and {}",
                self.unit.code(),
                to.unit.code()
            ))
        };
        let turned = self.unit > to.unit;
        let (long, short) = if turned { (to.unit, self.unit) } else { (self.unit, to.unit) };
        let (mut num, mut denom) = (1i64, 1i64);
        if long.is_nonlinear() && !short.is_nonlinear() {
            denom = if long == Unit::Year { 400 } else { 400 * 12 };
            if short == Unit::Week {
                (num, denom) = (DAYS, denom * 7);
            } else {
                let factor = Unit::Day.factor(short).ok_or_else(overflow)?;
                num = DAYS.checked_mul(factor).ok_or_else(overflow)?;
            }
        } else {
            num = num.checked_mul(long.factor(short).ok_or_else(overflow)?).ok_or_else(overflow)?;
        }
        if turned {
            (num, denom) = (denom, num);
        }
        num = num.checked_mul(i64::from(self.multiple)).ok_or_else(overflow)?;
        denom = denom.checked_mul(i64::from(to.multiple)).ok_or_else(overflow)?;
        let common = gcd(num, denom).max(1);
        Ok((num / common, denom / common))
    }

    /// A count of this as a count of `to`, rounded down.
    ///
    /// # Errors
    /// `OverflowError` where the units are too far apart; `ValueError` for a date without a unit that shall have none.
    pub fn convert(self, count: i64, to: Resolution, is_span: bool) -> Result<i64> {
        if count == NAT || self == to {
            return Ok(count);
        }
        if !is_span {
            if self.is_generic() {
                return Ok(count);
            }
            if to.is_generic() {
                let message = "Cannot create a NumPy datetime other than NaT with generic units";
                return Err(value_error(message));
            }
            if self.unit.is_nonlinear() != to.unit.is_nonlinear() {
                return Fields::of_count(count, self).count(to);
            }
        }
        let (num, denom) = self.ratio(to)?;
        Ok(divide_down(count.wrapping_mul(num), denom))
    }

    /// The error for a scalar that cannot become one of `to`.
    pub fn refuse_cast(self, to: Resolution, casting: Casting, is_span: bool) -> Error {
        let what = if is_span { "timedelta64" } else { "datetime64" };
        let bracket = |resolution: Resolution| {
            if resolution.is_generic() { "[generic]".to_string() } else { resolution.bracketed() }
        };
        let message = format!(
            "Cannot cast NumPy {what} scalar from metadata {} to {} according to the rule '{}'",
            bracket(self),
            bracket(to),
            casting.name()
        );
        Error::new(ErrorClass::TypeError, message)
    }
}

/// The greatest common divisor.
fn gcd(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a as i64
}

/// A quotient rounded down, as C computes it where numbers are large: wrapping.
fn divide_down(count: i64, denom: i64) -> i64 {
    match denom {
        0 => 0,
        1 => count,
        _ if count < 0 => count.wrapping_sub(denom - 1).wrapping_div(denom),
        _ => count / denom,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolution(text: &str) -> Resolution {
        Resolution::parse(text, text, 0).unwrap()
    }

    #[test]
    fn common_resolutions() {
        let common = |a: &str, b: &str, spans| {
            let found = resolution(a).common(resolution(b), (spans, spans));
            found.map(|found| found.to_string()).map_err(|error| error.to_string())
        };
        assert_eq!(common("25s", "m", true), Ok("5s".into()));
        assert_eq!(common("2D", "3D", false), Ok("D".into()));
        assert_eq!(common("Y", "D", false), Ok("D".into()));
        assert_eq!(common("as", "7fs", false), Ok("as".into()));
        assert!(common("Y", "D", true).unwrap_err().contains("[Y] and [D] because they have incompatible"));
        assert!(common("W", "as", true).unwrap_err().starts_with("OverflowError"));
    }

    #[test]
    fn counts_are_rounded_down() {
        let cast = |count, from: &str, to: &str, span| resolution(from).convert(count, resolution(to), span).unwrap();
        assert_eq!(cast(-1, "s", "D", false), -1);
        assert_eq!(cast(-7, "D", "W", true), -1);
        assert_eq!(cast(35, "Y", "M", false), 420);
        assert_eq!(cast(35, "Y", "D", false), 12784);
        assert_eq!(cast(1, "Y", "D", true), 365);
        assert_eq!(cast(12784, "D", "M", false), 420);
        assert_eq!(resolution("D/24").to_string(), "h");
    }
}
