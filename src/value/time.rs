//! Dates and spans of time as values: NumPy's scalars, and the `date`, `datetime` and `timedelta` of Python's module.

use super::{Class, Value, classes, hash};
use crate::array::calendar::{Fields, NAT, Resolution, Unit, write};
use crate::array::printing::PrintOptions;
use crate::array::{ArrayRef, Item, Time};
use crate::error::{Result, type_error};
use crate::registry::Context;
use crate::value::{Object, array_of_item};
use std::any::Any;

/// `np.datetime64('2005-02-25')` or `np.timedelta64(5,'D')`.
pub struct TimeScalar(pub Time);

impl Object for TimeScalar {
    fn class(&self) -> &'static Class {
        if self.0.is_span { &classes::TIMEDELTA64 } else { &classes::DATETIME64 }
    }

    fn repr(&self, _: &PrintOptions) -> String {
        let Time { count, is_span, resolution } = self.0;
        let value = match (count, is_span) {
            (NAT, _) => "'NaT'".to_string(),
            (count, true) => count.to_string(),
            _ => format!("'{}'", self.0.text()),
        };
        let name = if is_span { "timedelta64" } else { "datetime64" };
        // the text of a date tells most units by itself
        let is_told = match is_span {
            true => resolution.is_generic(),
            false => count != NAT && resolution.multiple == 1 && resolution.unit != Unit::Hour,
        };
        if is_told { format!("np.{name}({value})") } else { format!("np.{name}({value},'{resolution}')") }
    }

    fn str(&self, _: &PrintOptions) -> String {
        self.0.text()
    }

    fn item(&self, _: &mut Context, this: &Value, index: &Value) -> Result<Value> {
        if matches!(index, Value::Tuple(items) if items.is_empty()) {
            return Ok(this.clone());
        }
        Err(type_error(format!("'numpy.{}' object is not subscriptable", self.class().name)))
    }

    fn truth(&self) -> Option<bool> {
        Some(self.0.count != 0)
    }

    fn equal(&self, other: &Value) -> Option<bool> {
        let (a, b) = (self.0, time_of(other)?);
        let is_span = a.is_span;
        if a.is_span != b.is_span || a.count == NAT || b.count == NAT {
            return Some(false);
        }
        let common = a.resolution.common(b.resolution, (is_span, is_span)).ok()?;
        let count = |time: Time| time.resolution.convert(time.count, common, is_span).ok();
        Some(count(a)? == count(b)?)
    }

    fn hash(&self) -> Option<Result<i64>> {
        let Time { count, resolution, .. } = self.0;
        Some(hash(&Value::tuple([Value::int(count), Value::str(resolution.to_string())])))
    }

    fn as_array(&self, context: &mut Context) -> Option<Result<ArrayRef>> {
        Some(array_of_item(context, &Item::Time(self.0), self.0.dtype()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A `date`, `datetime` or `timedelta` of Python's module `datetime`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PythonTime {
    /// A day: days since 1970.
    Date(i64),
    /// A moment: microseconds since 1970.
    DateTime(i64),
    /// A span: microseconds.
    Delta(i64),
}

const DAY: i64 = 86_400_000_000;

impl PythonTime {
    /// Year, month, day, and the time of the day.
    fn fields(self) -> Fields {
        match self {
            PythonTime::Date(days) => Fields::of_count(days, Unit::Day.into()),
            PythonTime::DateTime(us) | PythonTime::Delta(us) => Fields::of_count(us, Unit::Microsecond.into()),
        }
    }

    /// As a date or span of NumPy's.
    pub fn time(self) -> Time {
        let time = |count, is_span, unit: Unit| Time { count, is_span, resolution: unit.into() };
        match self {
            PythonTime::Date(days) => time(days, false, Unit::Day),
            PythonTime::DateTime(us) => time(us, false, Unit::Microsecond),
            PythonTime::Delta(us) => time(us, true, Unit::Microsecond),
        }
    }

    /// What Python has for one of NumPy's: nothing for "not a time", an int for what Python's classes do not hold
    /// (`convert_datetime_to_pyobject`, `convert_timedelta_to_pyobject`).
    pub fn of(time: &Time) -> Value {
        let Time { count, is_span, resolution } = *time;
        let (unit, number) = (resolution.unit, || Value::int(count));
        if count == NAT {
            return Value::None;
        }
        let to = |unit: Unit| resolution.convert(count, Resolution::from(unit), is_span).ok();
        if is_span {
            return match to(Unit::Microsecond) {
                Some(us) if (Unit::Week..=Unit::Microsecond).contains(&unit) => Value::object(PythonTime::Delta(us)),
                _ => number(),
            };
        }
        if unit > Unit::Microsecond || !(1..=9999).contains(&Fields::of_count(count, resolution).year) {
            return number();
        }
        let made = if unit > Unit::Day {
            to(Unit::Microsecond).map(PythonTime::DateTime)
        } else {
            to(Unit::Day).map(PythonTime::Date)
        };
        made.map_or_else(number, Value::object)
    }
}

impl Object for PythonTime {
    fn class(&self) -> &'static Class {
        match self {
            PythonTime::Date(_) => &classes::DATE,
            PythonTime::DateTime(_) => &classes::DATETIME,
            PythonTime::Delta(_) => &classes::TIMEDELTA,
        }
    }

    fn repr(&self, _: &PrintOptions) -> String {
        let at = self.fields();
        match *self {
            PythonTime::Date(_) => format!("datetime.date({}, {}, {})", at.year, at.month, at.day),
            PythonTime::DateTime(us) => {
                let micro = us.rem_euclid(1_000_000);
                let end = match (at.second, micro) {
                    (0, 0) => String::new(),
                    (second, 0) => format!(", {second}"),
                    (second, micro) => format!(", {second}, {micro}"),
                };
                format!("datetime.datetime({}, {}, {}, {}, {}{end})", at.year, at.month, at.day, at.hour, at.minute)
            }
            PythonTime::Delta(us) => {
                let parts =
                    [("days", us.div_euclid(DAY)), ("seconds", self.seconds()), ("microseconds", self.micros())];
                let shown = parts.iter().filter(|(_, value)| *value != 0);
                let shown: Vec<String> = shown.map(|(name, value)| format!("{name}={value}")).collect();
                format!("datetime.timedelta({})", if shown.is_empty() { "0".into() } else { shown.join(", ") })
            }
        }
    }

    fn str(&self, _: &PrintOptions) -> String {
        match *self {
            PythonTime::Date(_) => self.text('T'),
            PythonTime::DateTime(_) => self.text(' '),
            PythonTime::Delta(us) => {
                let (days, seconds, micro) = (us.div_euclid(DAY), self.seconds(), self.micros());
                let day = match days {
                    0 => String::new(),
                    1 | -1 => format!("{days} day, "),
                    _ => format!("{days} days, "),
                };
                let fraction = if micro == 0 { String::new() } else { format!(".{micro:06}") };
                format!("{day}{}:{:02}:{:02}{fraction}", seconds / 3600, seconds / 60 % 60, seconds % 60)
            }
        }
    }

    fn attribute(&self, _: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        let at = self.fields();
        let is_delta = matches!(self, PythonTime::Delta(_));
        let value = match (name, self) {
            ("days", PythonTime::Delta(us)) => us.div_euclid(DAY),
            ("seconds", PythonTime::Delta(_)) => self.seconds(),
            ("microseconds", PythonTime::Delta(_)) => self.micros(),
            ("year", _) if !is_delta => at.year,
            ("month", _) if !is_delta => at.month,
            ("day", _) if !is_delta => at.day,
            ("hour", PythonTime::DateTime(_)) => at.hour,
            ("minute", PythonTime::DateTime(_)) => at.minute,
            ("second", PythonTime::DateTime(_)) => at.second,
            ("microsecond", PythonTime::DateTime(_)) => self.micros(),
            _ => return None,
        };
        Some(Ok(Value::int(value)))
    }

    fn attributes(&self) -> &'static [&'static str] {
        match self {
            PythonTime::Date(_) => &["day", "month", "year"],
            PythonTime::DateTime(_) => &["day", "hour", "microsecond", "minute", "month", "second", "year"],
            PythonTime::Delta(_) => &["days", "microseconds", "seconds"],
        }
    }

    fn truth(&self) -> Option<bool> {
        Some(*self != PythonTime::Delta(0))
    }

    fn equal(&self, other: &Value) -> Option<bool> {
        other.downcast::<PythonTime>().map(|other| self == other)
    }

    fn hash(&self) -> Option<Result<i64>> {
        let (PythonTime::Date(n) | PythonTime::DateTime(n) | PythonTime::Delta(n)) = *self;
        Some(hash(&Value::tuple([Value::int(n), Value::str(self.class().name)])))
    }

    fn as_array(&self, context: &mut Context) -> Option<Result<ArrayRef>> {
        let time = self.time();
        Some(array_of_item(context, &Item::Time(time), time.dtype()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl PythonTime {
    /// The seconds of the day.
    fn seconds(self) -> i64 {
        let (PythonTime::Date(us) | PythonTime::DateTime(us) | PythonTime::Delta(us)) = self;
        us.rem_euclid(DAY) / 1_000_000
    }

    /// The microseconds of the second.
    fn micros(self) -> i64 {
        let (PythonTime::Date(us) | PythonTime::DateTime(us) | PythonTime::Delta(us)) = self;
        us.rem_euclid(1_000_000)
    }

    /// As ISO 8601 writes it, with `separator` between day and time.
    pub fn text(self, separator: char) -> String {
        let unit = match self {
            PythonTime::Date(_) => Unit::Day,
            _ if self.micros() == 0 => Unit::Second,
            _ => Unit::Microsecond,
        };
        write(self.fields(), unit, "").replacen('T', &separator.to_string(), 1)
    }
}

/// The date or span that a value is, NumPy's or Python's.
pub fn time_of(value: &Value) -> Option<Time> {
    match value.downcast::<TimeScalar>() {
        Some(scalar) => Some(scalar.0),
        None => value.downcast::<PythonTime>().map(|time| time.time()),
    }
}

/// Whether a value is one of NumPy's dates or spans.
#[inline]
pub fn is_time_scalar(value: &Value) -> bool {
    matches!(value, Value::Object(_)) && value.downcast::<TimeScalar>().is_some()
}
