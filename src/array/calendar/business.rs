//! Which days are business days? Counting and stepping over a week's mask and holidays (datetime_busday.c).

use super::fields::Fields;
use super::{NAT, Unit};
use crate::error::{Result, value_error};

/// Which days of the week are business days, Monday first, and which days are not although they would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusinessDays {
    week: [bool; 7],
    holidays: Vec<i64>,
}

/// What to do with a date that is no business day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Roll {
    /// Refuse it.
    Raise,
    /// It is not a time.
    Nat,
    /// To the next business day.
    Forward,
    /// To the one before.
    Backward,
    /// To the next, unless that is in another month.
    ModifiedFollowing,
    /// To the one before, unless that is in another month.
    ModifiedPreceding,
}

impl Roll {
    /// The mode of this name.
    ///
    /// # Errors
    /// `ValueError: Invalid business day roll parameter "x"`.
    pub fn parse(name: &str) -> Result<Roll> {
        Ok(match name {
            "raise" => Roll::Raise,
            "nat" => Roll::Nat,
            "forward" | "following" => Roll::Forward,
            "backward" | "preceding" => Roll::Backward,
            "modifiedfollowing" => Roll::ModifiedFollowing,
            "modifiedpreceding" => Roll::ModifiedPreceding,
            _ => return Err(value_error(format!("Invalid business day roll parameter \"{name}\""))),
        })
    }
}

/// The day of the week, Monday 0.
fn weekday(day: i64) -> usize {
    (day.rem_euclid(7) + 3) as usize % 7
}

fn month_of(day: i64) -> i64 {
    Fields::of_count(day, Unit::Day.into()).month
}

/// The mask that a text spells: `1111100`, `Mon Tue Wed`, `MonTue`.
///
/// # Errors
/// `ValueError: Invalid business day weekmask string "..."`.
pub fn parse_week(text: &str) -> Result<[bool; 7]> {
    let refused = || value_error(format!("Invalid business day weekmask string \"{text}\""));
    if text.len() == 7 && text.bytes().all(|byte| matches!(byte, b'0' | b'1')) {
        let bytes = text.as_bytes();
        return Ok(std::array::from_fn(|day| bytes[day] == b'1'));
    }
    const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let mut week = [false; 7];
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let day = NAMES.iter().position(|name| rest.starts_with(name)).ok_or_else(refused)?;
        week[day] = true;
        rest = rest[3..].trim_start();
    }
    Ok(week)
}

impl BusinessDays {
    /// With these days of the week, without these holidays.
    ///
    /// # Errors
    /// `ValueError` where no day is left.
    pub fn new(week: [bool; 7], holidays: impl IntoIterator<Item = i64>) -> Result<BusinessDays> {
        if week == [false; 7] {
            return Err(value_error("Cannot construct a numpy.busdaycal with a weekmask of all zeros"));
        }
        let mut holidays: Vec<i64> = holidays.into_iter().filter(|&day| day != NAT && week[weekday(day)]).collect();
        holidays.sort_unstable();
        holidays.dedup();
        Ok(BusinessDays { week, holidays })
    }

    /// The days of the week, Monday first.
    pub fn week(&self) -> [bool; 7] {
        self.week
    }

    /// The holidays that would be business days, sorted.
    pub fn holidays(&self) -> &[i64] {
        &self.holidays
    }

    fn days_a_week(&self) -> i64 {
        self.week.iter().filter(|&&day| day).count() as i64
    }

    /// Whether a day is one.
    pub fn contains(&self, day: i64) -> bool {
        day != NAT && self.week[weekday(day)] && self.holidays.binary_search(&day).is_err()
    }

    fn next(&self, from: i64, step: i64) -> i64 {
        let mut day = from;
        while !self.contains(day) {
            day = day.wrapping_add(step);
        }
        day
    }

    /// The business day that a date is rolled to.
    ///
    /// # Errors
    /// `ValueError: Non-business day date in busday_offset`.
    pub fn roll(&self, day: i64, roll: Roll) -> Result<i64> {
        if day == NAT {
            return match roll {
                Roll::Raise => Err(value_error("NaT input in busday_offset")),
                _ => Ok(NAT),
            };
        }
        if self.contains(day) {
            return Ok(day);
        }
        let same_month = |found: i64| month_of(found) == month_of(day);
        match roll {
            Roll::Raise => Err(value_error("Non-business day date in busday_offset")),
            Roll::Nat => Ok(NAT),
            Roll::Forward => Ok(self.next(day, 1)),
            Roll::Backward => Ok(self.next(day, -1)),
            Roll::ModifiedFollowing => {
                Ok(Some(self.next(day, 1)).filter(|&day| same_month(day)).unwrap_or_else(|| self.next(day, -1)))
            }
            Roll::ModifiedPreceding => {
                Ok(Some(self.next(day, -1)).filter(|&day| same_month(day)).unwrap_or_else(|| self.next(day, 1)))
            }
        }
    }

    /// The business day so many business days from a date, which is rolled first.
    ///
    /// # Errors
    /// As [`BusinessDays::roll`].
    pub fn offset(&self, day: i64, offset: i64, roll: Roll) -> Result<i64> {
        let mut day = self.roll(day, roll)?;
        if day == NAT {
            return Ok(NAT);
        }
        let step = offset.signum();
        let mut left = offset.unsigned_abs();
        while left > 0 {
            let start = day;
            let each = self.days_a_week() as u64;
            day = day.wrapping_add(step.wrapping_mul((left / each) as i64).wrapping_mul(7));
            left %= each;
            while left > 0 {
                day = day.wrapping_add(step);
                left -= u64::from(self.week[weekday(day)]);
            }
            // each holiday that was passed is one more to go
            let passed = if step > 0 { start.saturating_add(1)..day.saturating_add(1) } else { day..start };
            left = self.holidays_in(passed) as u64;
        }
        Ok(day)
    }

    fn holidays_in(&self, days: std::ops::Range<i64>) -> usize {
        let before = |end: i64| self.holidays.partition_point(|&day| day < end);
        before(days.end).saturating_sub(before(days.start))
    }

    /// How many business days there are from `begin` to the day before `end`; negative where `end` comes first.
    ///
    /// # Errors
    /// `ValueError` for what is not a time.
    pub fn count(&self, begin: i64, end: i64) -> Result<i64> {
        if begin == NAT || end == NAT {
            return Err(value_error("Cannot compute a business day count with a NaT (not-a-time) date"));
        }
        if begin > end {
            return Ok(-self.count_up(end.saturating_add(1), begin.saturating_add(1)));
        }
        Ok(self.count_up(begin, end))
    }

    fn count_up(&self, begin: i64, end: i64) -> i64 {
        let length = end.wrapping_sub(begin);
        let weeks = length / 7;
        let rest = (begin.wrapping_add(weeks.wrapping_mul(7))..end).filter(|&day| self.week[weekday(day)]).count();
        weeks.wrapping_mul(self.days_a_week()) + rest as i64 - self.holidays_in(begin..end) as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn stepping_and_counting_agree(
            week in proptest::array::uniform7(any::<bool>()),
            holidays in proptest::collection::vec(0i64..60, 0..20),
            from in -30i64..60,
            offset in -40i64..40,
        ) {
            let Ok(days) = BusinessDays::new(week, holidays) else { return Ok(()) };
            let start = days.roll(from, Roll::Forward).unwrap();
            let end = days.offset(from, offset, Roll::Forward).unwrap();
            prop_assert!(days.contains(end));
            prop_assert_eq!(days.count(start, end).unwrap(), offset);
            let slowly = (start.min(end)..start.max(end)).filter(|&day| days.contains(day)).count() as i64;
            prop_assert_eq!(slowly, offset.abs());
        }
    }
}
