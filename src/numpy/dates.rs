//! Dates and spans of time: `np.datetime64`, `np.timedelta64`, and what asks them for their unit and their text.

use super::calls::array_argument;
use super::coercion::{time_item, warn_timezone};
use super::dtypes::{as_casting, as_dtype};
use crate::array::calendar::{Fields, NAT, Resolution, Unit, write, written_length};
use crate::array::cast::Casting;
use crate::array::elements::items;
use crate::array::{DType, Item, Layout, NdArray, Order, Time, Type};
use crate::error::{Result, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{TimeScalar, Value, as_index, as_str, classes, element_at, time_of, unwrap_scalar};

/// The unit that an argument names: `'D'`, `'25s'`, `('ms', 10)`; nothing for `None`.
///
/// # Errors
/// `TypeError: Invalid datetime unit "X" in metadata`.
fn unit_argument(arguments: &Arguments, parameter: &str) -> Result<Option<Resolution>> {
    let at = |error: crate::error::Error| error.at_argument(parameter);
    let resolution = match arguments.some(parameter) {
        None => return Ok(None),
        Some(Value::Tuple(parts)) => {
            let (Some(unit), Some(multiple)) = (parts.first(), parts.get(1)) else {
                return Err(at(type_error(
                    "Require tuple of size 2 to 4 in tuple to Numpy datetime metadata conversion",
                )));
            };
            let unit = as_str(unit, "unit").map_err(at)?;
            let unit = Resolution::parse(unit, unit, 0).map_err(at)?.unit;
            let multiple = i32::try_from(as_index(multiple).map_err(at)?);
            let multiple = multiple.ok().filter(|&multiple| multiple > 0).ok_or_else(|| {
                at(value_error("Invalid tuple values (num <= 0) in tuple to NumPy datetime metadata conversion"))
            })?;
            let whole = Resolution { unit, multiple };
            match parts.get(2) {
                Some(divisor) => {
                    let divisor = i32::try_from(as_index(divisor).map_err(at)?).unwrap_or(0);
                    if divisor == 1 {
                        whole
                    } else {
                        whole.divided(divisor, &format!("[{whole}/{divisor}]")).map_err(at)?
                    }
                }
                None => whole,
            }
        }
        Some(value) => {
            let text = as_str(value, "unit").map_err(|_| {
                at(type_error(format!("Invalid object for specifying NumPy datetime metadata: {}", value.type_name())))
            })?;
            match text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
                Some(inner) => Resolution::parse(inner, text, 1).map_err(at)?,
                None => Resolution::parse(text, text, 0).map_err(at)?,
            }
        }
    };
    Ok(Some(resolution))
}

/// `np.datetime64(value, unit)` or `np.timedelta64(value, unit)`.
fn construct(context: &mut Context, arguments: &mut Arguments, is_span: bool) -> Result<Value> {
    let unit = unit_argument(arguments, "unit")?;
    let resolution = unit.unwrap_or(Resolution::GENERIC);
    let what = if is_span { "timedelta" } else { "datetime" };
    let refused = || value_error(format!("Could not convert object to NumPy {what}"));
    let value = match arguments.take("value") {
        Value::Array(array) if array.ndim() == 0 => element_at(&array, array.layout().offset),
        other => other,
    };
    if let Some(time) = time_of(&value) {
        if time.is_span != is_span {
            return Err(refused());
        }
        let Some(to) = unit else { return Ok(Value::object(TimeScalar(time))) };
        // Python's dates fit every unit
        let is_python = value.downcast::<TimeScalar>().is_none();
        if !is_python && time.count != NAT && !time.resolution.can_cast(to, Casting::SameKind, is_span) {
            return Err(time.resolution.refuse_cast(to, Casting::SameKind, is_span));
        }
        let count = time.resolution.convert(time.count, to, is_span)?;
        return Ok(Value::object(TimeScalar(Time { count, is_span, resolution: to })));
    }
    warn_timezone(context, &value);
    let time = time_item(&value, &DType::time(is_span, resolution))?.ok_or_else(refused)?;
    if !is_span && time.count != NAT && unit.is_some_and(Resolution::is_generic) {
        return Err(value_error("Cannot create a NumPy datetime other than NaT with generic units"));
    }
    Ok(Value::object(TimeScalar(time)))
}

/// How `datetime_as_string` writes.
struct Writing {
    /// The unit; nothing for the longest that keeps a date whole.
    unit: Option<Unit>,
    /// What stands behind a time of day.
    zone: &'static str,
}

impl Writing {
    fn text(&self, time: &Time) -> String {
        if time.count == NAT {
            return "NaT".into();
        }
        let fields = Fields::of_count(time.count, time.resolution);
        write(fields, self.unit.unwrap_or_else(|| fields.lossless_unit()), self.zone)
    }
}

fn run_as_string(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = array_argument(context, arguments, "arr")?;
    let dtype = array.dtype();
    if dtype.ty() != Type::DateTime64 {
        return Err(type_error("input must have type NumPy datetime").at_argument("arr"));
    }
    let own = dtype.resolution().unit;
    let casting = as_casting(&arguments.get("casting"))?;
    let is_auto = matches!(arguments.some("unit"), Some(Value::Str(word)) if &**word == "auto");
    let unit = if is_auto { None } else { Some(unit_argument(arguments, "unit")?.map_or(own, |found| found.unit)) };
    let timezone = arguments.get("timezone");
    let zone = match as_str(&timezone, "timezone")? {
        "naive" => "",
        "UTC" => "Z",
        "local" => "+0000",
        other => {
            return Err(value_error(format!("Unsupported timezone input string \"{other}\"")).at_argument("timezone"));
        }
    };
    if let Some(unit) = unit
        && !Resolution::from(own).can_cast(unit.into(), casting, false)
    {
        return Err(type_error(format!(
            "Cannot create a datetime string as units '{}' from a NumPy datetime with units '{}' according to the rule \
             '{}'",
            unit.code(),
            own.code(),
            casting.name()
        ))
        .at_argument("unit"));
    }
    let writing = Writing { unit, zone };
    let is_local = zone == "+0000";
    let length = match unit {
        Some(unit) => written_length(unit, is_local),
        None => written_length(Unit::Attosecond, true) + 1,
    };
    let shape = array.shape();
    let texts = DType::text(length);
    let result = NdArray::allocate(&context.runtime, Layout::contiguous(texts.clone(), &shape, Order::C))?;
    if !array.buffer_ref().is_planned() && !result.buffer_ref().is_planned() {
        let buffer = result.buffer();
        for (number, item) in items(&array, Order::C).enumerate() {
            let Item::Time(time) = item else { continue };
            Item::Str(writing.text(&time)).write(&buffer, number * texts.itemsize(), &texts)?;
        }
    }
    Ok(unwrap_scalar(result))
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.datetime64",
            signature: "(value=None, unit=None, /)",
            method: None,
            summary: "A date: a count of a unit since 1970, in 8 bytes.",
            memory: MemoryRule::NoArray,
            notes: "The unit comes from the text unless it is given. 'now' and 'today' are dates too, and 'NaT' is not a \
                    time. An int is a count and needs a unit.",
            example: "\
>>> np.datetime64('2005-02-25')
np.datetime64('2005-02-25')
>>> np.datetime64('2005-02-25T03:30') - np.datetime64('2005-02-25')
np.timedelta64(210,'m')
>>> np.datetime64('2005-02', 'D'), np.datetime64(12839, 'D')
(np.datetime64('2005-02-01'), np.datetime64('2005-02-25'))
",
            see_also: &["np.timedelta64", "np.datetime_as_string", "np.datetime_data", "np.isnat"],
            run: Run::Read(Reader::Keywords, |context, arguments| construct(context, arguments, false)),
        },
        Function {
            name: "np.timedelta64",
            signature: "(value=0, unit=None, /)",
            method: None,
            summary: "A span of time: a count of a unit, in 8 bytes.",
            memory: MemoryRule::NoArray,
            notes: "Years and months have no fixed number of days, so that they only join each other.",
            example: "\
>>> np.timedelta64(5, 'D') + np.timedelta64(1, 'h')
np.timedelta64(121,'h')
>>> np.timedelta64(1, 'W') / np.timedelta64(1, 'D')
np.float64(7.0)
",
            see_also: &["np.datetime64", "np.datetime_data", "np.isnat"],
            run: Run::Read(Reader::Keywords, |context, arguments| construct(context, arguments, true)),
        },
        Function {
            name: "np.datetime_as_string",
            signature: "(arr, unit=None, timezone='naive', casting='same_kind')",
            method: None,
            summary: "The dates as texts.",
            memory: MemoryRule::New,
            notes: "unit='auto' writes each as shortly as its time of day allows.",
            example: "\
>>> a = np.array(['2005-02-25T03:30', '2005-02-26'], dtype='M8[m]')
>>> np.datetime_as_string(a, unit='h')
array(['2005-02-25T03', '2005-02-26T00'], dtype='<U32')
",
            see_also: &["np.datetime64", "np.array_str"],
            run: Run::Call(run_as_string),
        },
        Function {
            name: "np.datetime_data",
            signature: "(dtype, /)",
            method: None,
            summary: "The unit of a dtype of dates or spans, and how many of it one count is.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.datetime_data('M8[25s]')
('s', 25)
",
            see_also: &["np.datetime64", "np.dtype"],
            run: Run::Call(|context, arguments| {
                let dtype = as_dtype(context, &arguments.get("dtype"))?;
                if !dtype.ty().is_time() {
                    return Err(type_error("cannot get datetime metadata from non-datetime type").at_argument("dtype"));
                }
                let resolution = dtype.resolution();
                Ok(Value::tuple([resolution.unit.code().into(), Value::int(i64::from(resolution.multiple))]))
            }),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[
        ("np.datetime64", &classes::DATETIME64),
        ("np.timedelta64", &classes::TIMEDELTA64),
        ("np.busdaycalendar", &classes::BUSDAYCALENDAR),
        ("np.dtypes.DateTime64DType", &classes::DTYPE_DATETIME64),
        ("np.dtypes.TimeDelta64DType", &classes::DTYPE_TIMEDELTA64),
    ],
};
