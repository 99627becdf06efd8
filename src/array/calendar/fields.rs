//! What day and time a count is: year, month, day, hour, ... and back.

use super::{NAT, Resolution, Unit, divide_down};
use crate::error::{Result, value_error};

/// A date and time, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fields {
    /// The year; 0 is the one before year 1.
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    /// 1 to 31.
    pub day: i64,
    /// 0 to 23.
    pub hour: i64,
    /// 0 to 59.
    pub minute: i64,
    /// 0 to 59.
    pub second: i64,
    /// Attoseconds of the second.
    pub attosecond: i64,
}

/// The days from 1970-01-01 to a date.
fn days_from(year: i64, month: i64, day: i64) -> i64 {
    // years start in March, so that the leap day is the last
    let year = if month <= 2 { year.wrapping_sub(1) } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    era.wrapping_mul(146_097).wrapping_add(days).wrapping_sub(719_468)
}

/// The date so many days from 1970-01-01.
fn date_of(days: i64) -> (i64, i64, i64) {
    let (mut era, mut of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    of_era += 719_468 % 146_097;
    era += 719_468 / 146_097 + of_era / 146_097;
    of_era %= 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// The days of a month.
pub fn days_in_month(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Attoseconds of one unit of a second or less.
fn attoseconds(unit: Unit) -> i64 {
    unit.factor(Unit::Attosecond).unwrap_or(1_000_000_000_000_000_000)
}

impl Fields {
    /// The first moment of a year.
    pub fn of_year(year: i64) -> Fields {
        Fields { year, month: 1, day: 1, hour: 0, minute: 0, second: 0, attosecond: 0 }
    }

    /// What a count is.
    pub fn of_count(count: i64, resolution: Resolution) -> Fields {
        let count = count.wrapping_mul(i64::from(resolution.multiple));
        let start = Fields::of_year(1970);
        let of_days = |days: i64| {
            let (year, month, day) = date_of(days);
            Fields { year, month, day, ..start }
        };
        let of_seconds = |seconds: i64| {
            let clock = seconds.rem_euclid(86_400);
            let date = of_days(seconds.div_euclid(86_400));
            Fields { hour: clock / 3600, minute: clock / 60 % 60, second: clock % 60, ..date }
        };
        match resolution.unit {
            Unit::Year => Fields::of_year(1970i64.wrapping_add(count)),
            Unit::Month => Fields { month: count.rem_euclid(12) + 1, ..Fields::of_year(1970 + count.div_euclid(12)) },
            Unit::Week => of_days(count.wrapping_mul(7)),
            Unit::Day => of_days(count),
            Unit::Hour => Fields { hour: count.rem_euclid(24), ..of_days(count.div_euclid(24)) },
            Unit::Minute => {
                let clock = count.rem_euclid(1440);
                Fields { hour: clock / 60, minute: clock % 60, ..of_days(count.div_euclid(1440)) }
            }
            Unit::Second | Unit::Generic => of_seconds(count),
            unit => {
                let each = attoseconds(unit);
                let in_second = 1_000_000_000_000_000_000 / each;
                let whole = of_seconds(count.div_euclid(in_second));
                Fields { attosecond: count.rem_euclid(in_second) * each, ..whole }
            }
        }
    }

    /// The count that it is, rounded down; it wraps around where it is too large.
    ///
    /// # Errors
    /// `ValueError` for no unit.
    pub fn count(&self, resolution: Resolution) -> Result<i64> {
        let days = || days_from(self.year, self.month, self.day);
        let hours = || days().wrapping_mul(24).wrapping_add(self.hour);
        let minutes = || hours().wrapping_mul(60).wrapping_add(self.minute);
        let seconds = || minutes().wrapping_mul(60).wrapping_add(self.second);
        let years = self.year.wrapping_sub(1970);
        let count = match resolution.unit {
            Unit::Year => years,
            Unit::Month => years.wrapping_mul(12).wrapping_add(self.month - 1),
            Unit::Week => days().div_euclid(7),
            Unit::Day => days(),
            Unit::Hour => hours(),
            Unit::Minute => minutes(),
            Unit::Second => seconds(),
            Unit::Generic => {
                return Err(value_error("Cannot create a NumPy datetime other than NaT with generic units"));
            }
            unit => {
                let each = attoseconds(unit);
                let in_second = 1_000_000_000_000_000_000 / each;
                seconds().wrapping_mul(in_second).wrapping_add(self.attosecond / each)
            }
        };
        Ok(if count == NAT { NAT } else { divide_down(count, i64::from(resolution.multiple)) })
    }

    /// The same so many minutes later.
    pub fn plus_minutes(self, minutes: i64) -> Fields {
        let resolution = Unit::Minute.into();
        let now = self.count(resolution).unwrap_or(0);
        let moved = Fields::of_count(now.wrapping_add(minutes), resolution);
        Fields { second: self.second, attosecond: self.attosecond, ..moved }
    }

    /// The longest unit of a day or less that keeps all of it (`lossless_unit_from_datetimestruct`).
    pub fn lossless_unit(&self) -> Unit {
        let fraction = [
            Unit::Millisecond,
            Unit::Microsecond,
            Unit::Nanosecond,
            Unit::Picosecond,
            Unit::Femtosecond,
            Unit::Attosecond,
        ];
        if self.attosecond != 0 {
            let found = fraction.into_iter().find(|unit| self.attosecond % attoseconds(*unit) == 0);
            return found.unwrap_or(Unit::Attosecond);
        }
        match (self.second, self.minute, self.hour) {
            (0, 0, 0) => Unit::Day,
            (0, 0, _) => Unit::Hour,
            (0, _, _) => Unit::Minute,
            _ => Unit::Second,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn counts_come_back(count in -1_000_000_000_000i64..1_000_000_000_000, at in 0usize..13, multiple in 1i32..50) {
            let resolution = Resolution { unit: Unit::ALL[at], multiple };
            prop_assert_eq!(Fields::of_count(count, resolution).count(resolution), Ok(count));
        }

        #[test]
        fn days_follow_each_other(days in -10_000_000i64..10_000_000) {
            let (one, next) = (Fields::of_count(days, Unit::Day.into()), Fields::of_count(days + 1, Unit::Day.into()));
            if next.day == 1 {
                prop_assert_eq!(one.day, days_in_month(one.year, one.month));
            } else {
                prop_assert_eq!((one.year, one.month, one.day + 1), (next.year, next.month, next.day));
            }
        }
    }
}
