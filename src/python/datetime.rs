//! Python's module `datetime`, as far as NumPy's dates become its objects: `date`, `datetime`, `timedelta`.

use crate::array::calendar::{Fields, Unit, days_in_month};
use crate::error::{Result, overflow_error, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{PythonTime, Value, as_f64, as_index, classes};

/// An int in a range, as Python's constructors check it.
fn part(arguments: &Arguments, name: &str, least: i64, most: i64) -> Result<i64> {
    let value = as_index(&arguments.get(name)).map_err(|error| error.at_argument(name))? as i64;
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    Err(value_error(match name {
        "year" => format!("year {value} is out of range"),
        "day" => "day is out of range for month".to_string(),
        _ => format!("{name} must be in {least}..{most}"),
    })
    .at_argument(name))
}

fn day_of(arguments: &Arguments) -> Result<Fields> {
    let year = part(arguments, "year", 1, 9999)?;
    let month = part(arguments, "month", 1, 12)?;
    let day = part(arguments, "day", 1, days_in_month(year, month))?;
    Ok(Fields { month, day, ..Fields::of_year(year) })
}

fn run_date(_: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let days = day_of(arguments)?.count(Unit::Day.into())?;
    Ok(Value::object(PythonTime::Date(days)))
}

fn run_datetime(_: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let hour = part(arguments, "hour", 0, 23)?;
    let minute = part(arguments, "minute", 0, 59)?;
    let second = part(arguments, "second", 0, 59)?;
    let micro = part(arguments, "microsecond", 0, 999_999)?;
    let whole = Fields { hour, minute, second, ..day_of(arguments)? };
    let count = whole.count(Unit::Microsecond.into())?;
    Ok(Value::object(PythonTime::DateTime(count + micro)))
}

fn run_timedelta(_: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let parts: [(&str, f64); 7] = [
        ("weeks", 604_800e6),
        ("days", 86_400e6),
        ("hours", 3600e6),
        ("minutes", 60e6),
        ("seconds", 1e6),
        ("milliseconds", 1e3),
        ("microseconds", 1.0),
    ];
    let mut total = 0i128;
    for (name, each) in parts {
        let value = arguments.get(name);
        let part = match as_index(&value) {
            Ok(whole) => whole as i128 * each as i128,
            Err(_) => {
                let float = as_f64(&value).map_err(|_| {
                    let class = value.type_name();
                    type_error(format!("unsupported type for timedelta {name} component: {class}")).at_argument(name)
                })?;
                (float * each).round_ties_even() as i128
            }
        };
        total = total.saturating_add(part);
    }
    let limit = 1_000_000_000 * 86_400_000_000u128;
    if total.unsigned_abs() >= limit {
        return Err(overflow_error(format!("days={}; must have magnitude <= 999999999", total / 86_400_000_000)));
    }
    // a span of more than 292,000 years is one that only Python holds
    let count = i64::try_from(total).map_err(|_| overflow_error("Python int too large to convert to C int"))?;
    Ok(Value::object(PythonTime::Delta(count)))
}

fn run_isoformat(_: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    match arguments.receiver().downcast::<PythonTime>() {
        Some(time) => Ok(time.text('T').into()),
        None => Err(type_error("isoformat() needs a date")),
    }
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "datetime.date",
            signature: "(year, month, day)",
            method: None,
            summary: "A day.",
            memory: MemoryRule::NoArray,
            notes: "NumPy's dates of days and longer units give it with .item() and .tolist().",
            example: "\
>>> import datetime
>>> datetime.date(2005, 2, 25), np.datetime64(datetime.date(2005, 2, 25))
(datetime.date(2005, 2, 25), np.datetime64('2005-02-25'))
",
            see_also: &["datetime.datetime", "np.datetime64"],
            run: Run::Read(Reader::CPython, run_date),
        },
        Function {
            name: "datetime.datetime",
            signature: "(year, month, day, hour=0, minute=0, second=0, microsecond=0)",
            method: None,
            summary: "A day and a time.",
            memory: MemoryRule::NoArray,
            notes: "NumPy's dates of hours to microseconds give it with .item() and .tolist().",
            example: "\
>>> import datetime
>>> datetime.datetime(2005, 2, 25, 3, 30).isoformat()
'2005-02-25T03:30:00'
>>> np.datetime64('2005-02-25T03:30').item()
datetime.datetime(2005, 2, 25, 3, 30)
",
            see_also: &["datetime.date", "np.datetime64"],
            run: Run::Read(Reader::CPython, run_datetime),
        },
        Function {
            name: "datetime.timedelta",
            signature: "(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)",
            method: None,
            summary: "A span of time.",
            memory: MemoryRule::NoArray,
            notes: "NumPy's spans of weeks to microseconds give it with .item() and .tolist().",
            example: "\
>>> import datetime
>>> datetime.timedelta(hours=36)
datetime.timedelta(days=1, seconds=43200)
>>> np.timedelta64(datetime.timedelta(days=1), 'h')
np.timedelta64(24,'h')
",
            see_also: &["datetime.date", "np.timedelta64"],
            run: Run::Read(Reader::CPython, run_timedelta),
        },
        Function {
            name: "date.isoformat",
            signature: "()",
            method: None,
            summary: "The date as ISO 8601 writes it.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> import datetime
>>> datetime.date(2005, 2, 25).isoformat()
'2005-02-25'
",
            see_also: &["datetime.date"],
            run: Run::Read(Reader::CPython, run_isoformat),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[
        ("datetime.date", &classes::DATE),
        ("datetime.datetime", &classes::DATETIME),
        ("datetime.timedelta", &classes::TIMEDELTA),
    ],
};
