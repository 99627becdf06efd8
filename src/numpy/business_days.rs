//! Business days: `np.is_busday`, `np.busday_offset`, `np.busday_count`, `np.busdaycalendar`.

use super::calls::{self, out_argument};
use super::coercion::array_from;
use crate::array::assign::copy_into;
use crate::array::calendar::{BusinessDays, Roll, Unit, parse_week};
use crate::array::cast::{Casting, can_cast};
use crate::array::elements::items;
use crate::array::layout::Shape;
use crate::array::layout::broadcast::{broadcast_operands, stretch};
use crate::array::printing::PrintOptions;
use crate::array::{ArrayRef, DType, Item, Layout, NdArray, Order, Scalar, Time, Type, copy};
use crate::error::{Result, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Class, Object, Value, as_str, classes, is_true, iterate, shown_address, unwrap_scalar};
use std::any::Any;

/// `np.busdaycalendar`: a week's mask and holidays, made ready once.
struct Calendar(BusinessDays);

impl Object for Calendar {
    fn class(&self) -> &'static Class {
        &classes::BUSDAYCALENDAR
    }

    fn repr(&self, _: &PrintOptions) -> String {
        let address = shown_address(self as *const Calendar as usize);
        format!("<numpy.busdaycalendar object at {address:#x}>")
    }

    fn attribute(&self, context: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        match name {
            "weekmask" => {
                let week = self.0.week().map(Scalar::Bool);
                Some(line(context, Type::Bool.into(), week.into_iter().map(Item::Number)))
            }
            "holidays" => {
                let days: Vec<Item> = self.0.holidays().iter().map(|&day| Item::Time(day_time(day))).collect();
                Some(line(context, day_dtype(), days.into_iter()))
            }
            _ => None,
        }
    }

    fn attributes(&self) -> &'static [&'static str] {
        &["holidays", "weekmask"]
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn day_dtype() -> DType {
    DType::time(false, Unit::Day.into())
}

fn day_time(count: i64) -> Time {
    Time { count, is_span: false, resolution: Unit::Day.into() }
}

/// A new array with one axis of these elements.
fn line(context: &Context, dtype: DType, elements: impl ExactSizeIterator<Item = Item>) -> Result<Value> {
    let array = NdArray::zeros(&context.runtime, dtype.clone(), &[elements.len()], Order::C)?;
    let buffer = array.buffer();
    for (number, element) in elements.enumerate() {
        element.write(&buffer, number * dtype.itemsize(), &dtype)?;
    }
    Ok(Value::Array(array))
}

/// The mask that an argument spells: a text, or seven truths.
fn week_argument(value: &Value) -> Result<[bool; 7]> {
    let at = |error: crate::error::Error| error.at_argument("weekmask");
    if let Ok(text) = as_str(value, "weekmask") {
        return parse_week(text).map_err(at);
    }
    let length = || at(value_error("A business day weekmask array must have length 7"));
    match value {
        Value::Array(array) if array.ndim() == 1 => {
            let truths: Vec<bool> = items(array, Order::C).map(|item| item.is_true()).collect();
            truths.try_into().map_err(|_| length())
        }
        Value::List(_) | Value::Tuple(_) => {
            let days = iterate(value)?.collect::<Result<Vec<Value>>>()?;
            let truths = days.iter().map(is_true).collect::<Result<Vec<bool>>>()?;
            truths.try_into().map_err(|_| length())
        }
        _ => Err(at(value_error("Couldn't convert object into a business day weekmask"))),
    }
}

/// The days that an argument is: dates that fit whole days.
fn days_argument(context: &mut Context, arguments: &Arguments, parameter: &str, place: usize) -> Result<ArrayRef> {
    let value = arguments.get(parameter);
    let dates = array_from_dates(context, &value).map_err(|error| error.at_argument(parameter))?;
    let from = dates.dtype();
    if !can_cast(&from, &day_dtype(), Casting::Safe) {
        return Err(type_error(format!(
            "Iterator operand {place} dtype could not be cast from {} to {} according to the rule 'safe'",
            from.repr(),
            day_dtype().repr()
        ))
        .at_argument(parameter));
    }
    Ok(dates)
}

fn array_from_dates(context: &mut Context, value: &Value) -> Result<ArrayRef> {
    match value {
        Value::Array(array) if array.dtype().ty() == Type::DateTime64 => Ok(array.clone()),
        other => array_from(context, other, Some(&Type::DateTime64.into())),
    }
}

/// The calendar of a call: `busdaycal`, or what `weekmask` and `holidays` make.
fn calendar_of(context: &mut Context, arguments: &Arguments, function: &str, place: usize) -> Result<BusinessDays> {
    let (week, holidays) = (arguments.some("weekmask").cloned(), arguments.some("holidays").cloned());
    if let Some(given) = arguments.some("busdaycal") {
        let calendar = given.downcast::<Calendar>().ok_or_else(|| {
            let class = given.type_name();
            type_error(format!("{function}() argument {place} must be numpy.busdaycalendar, not {class}"))
                .at_argument("busdaycal")
        })?;
        if week.is_some() || holidays.is_some() {
            return Err(value_error(format!(
                "Cannot supply both the weekmask/holidays and the busdaycal parameters to {function}()"
            )));
        }
        return Ok(calendar.0.clone());
    }
    let week = match &week {
        Some(week) => week_argument(week)?,
        None => [true, true, true, true, true, false, false],
    };
    BusinessDays::new(week, holidays_of(context, holidays.as_ref())?)
}

fn holidays_of(context: &mut Context, value: Option<&Value>) -> Result<Vec<i64>> {
    let Some(value) = value else { return Ok(Vec::new()) };
    let at = |error: crate::error::Error| error.at_argument("holidays");
    let dates = array_from_dates(context, value).map_err(at)?;
    if dates.ndim() != 1 {
        return Err(at(value_error("holidays must be a provided as a one-dimensional array")));
    }
    counts(&dates)
}

/// The days of an array of dates.
fn counts(dates: &ArrayRef) -> Result<Vec<i64>> {
    items(dates, Order::C).map(|item| item.to_count(false, Unit::Day.into())).collect()
}

/// What `work` makes of each place of the operands, which are stretched to one shape, in an array of `dtype`.
fn each(
    context: &mut Context,
    operands: &[ArrayRef],
    dtype: DType,
    out: Option<ArrayRef>,
    work: impl Fn(&[Item]) -> Result<Item>,
) -> Result<Value> {
    let shapes: Vec<Shape> = operands.iter().chain(&out).map(|operand| operand.shape()).collect();
    let shape = broadcast_operands(&shapes.iter().map(|shape| shape.as_slice()).collect::<Vec<_>>())?;
    let result = NdArray::allocate(&context.runtime, Layout::contiguous(dtype.clone(), &shape, Order::C))?;
    let mut views = Vec::new();
    for operand in operands {
        let wide = stretch(&operand.layout(), &shape).ok_or_else(|| value_error("operands do not fit"))?;
        views.push(NdArray::view(operand, wide));
    }
    let mut sources: Vec<_> = views.iter().map(|view| items(view, Order::C)).collect();
    let is_planned = |array: &ArrayRef| array.buffer_ref().is_planned();
    if !operands.iter().any(is_planned) && !is_planned(&result) {
        let buffer = result.buffer();
        let mut place = Vec::new();
        for number in 0..result.size() {
            if number % (1 << 12) == 0 {
                crate::interrupt::check()?;
            }
            place.clear();
            place.extend(sources.iter_mut().filter_map(Iterator::next));
            work(&place)?.write(&buffer, number * dtype.itemsize(), &dtype)?;
        }
    }
    match out {
        Some(out) => {
            out.require_writeable("output array")?;
            copy_into(&context.runtime, &out, &result, None, Casting::Unsafe)?;
            context.runtime.record_write(&out, None);
            Ok(Value::Array(out))
        }
        None if result.ndim() == 0 && dtype.is_number() => Ok(Value::Scalar(result.read(0))),
        None => Ok(unwrap_scalar(result)),
    }
}

fn day_of(place: &[Item], number: usize) -> Result<i64> {
    place.get(number).map_or(Ok(0), |item| item.to_count(false, Unit::Day.into()))
}

fn run_is_busday(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let days = calendar_of(context, arguments, "is_busday", 4)?;
    let dates = days_argument(context, arguments, "dates", 0)?;
    let out = out_argument(arguments)?;
    each(context, &[dates], Type::Bool.into(), out, |place| {
        Ok(Item::Number(Scalar::Bool(days.contains(day_of(place, 0)?))))
    })
}

fn run_offset(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let days = calendar_of(context, arguments, "busday_offset", 6)?;
    let roll = arguments.get("roll");
    let roll = Roll::parse(as_str(&roll, "roll")?).map_err(|error| error.at_argument("roll"))?;
    let dates = days_argument(context, arguments, "dates", 0)?;
    let offsets = calls::array_argument(context, arguments, "offsets")?;
    let whole = Type::Int64.into();
    let offsets = copy::astype(&context.runtime, &offsets, &whole, Order::K, Casting::Unsafe, false)?;
    let out = out_argument(arguments)?;
    each(context, &[dates, offsets], day_dtype(), out, |place| {
        let offset = match place.get(1) {
            Some(Item::Number(scalar)) => scalar.as_i128().unwrap_or(0) as i64,
            _ => 0,
        };
        Ok(Item::Time(day_time(days.offset(day_of(place, 0)?, offset, roll)?)))
    })
}

fn run_count(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let days = calendar_of(context, arguments, "busday_count", 5)?;
    let begin = days_argument(context, arguments, "begindates", 0)?;
    let end = days_argument(context, arguments, "enddates", 1)?;
    let out = out_argument(arguments)?;
    each(context, &[begin, end], Type::Int64.into(), out, |place| {
        Ok(Item::Number(Scalar::Int64(days.count(day_of(place, 0)?, day_of(place, 1)?)?)))
    })
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.is_busday",
            signature: "(dates, weekmask=None, holidays=None, busdaycal=None, out=None)",
            method: None,
            summary: "Whether each date is a business day.",
            memory: MemoryRule::New,
            notes: "weekmask is seven 0s and 1s from Monday on, or names of days: '1111100', 'Mon Tue Wed Thu Fri'.",
            example: "\
>>> np.is_busday(np.array(['2011-07-01', '2011-07-02'], dtype='M8[D]'))
array([ True, False])
>>> np.is_busday('2011-07-04', holidays=['2011-07-04'])
np.False_
",
            see_also: &["np.busday_offset", "np.busday_count", "np.busdaycalendar"],
            run: Run::Read(Reader::Keywords, run_is_busday),
        },
        Function {
            name: "np.busday_offset",
            signature: "(dates, offsets, roll='raise', weekmask=None, holidays=None, busdaycal=None, out=None)",
            method: None,
            summary: "The date so many business days after each date.",
            memory: MemoryRule::New,
            notes: "roll says what becomes of a date that is no business day: 'raise', 'nat', 'forward' ('following'), \
                    'backward' ('preceding'), 'modifiedfollowing', 'modifiedpreceding'.",
            example: "\
>>> np.busday_offset('2011-10', 0, roll='forward')
np.datetime64('2011-10-03')
>>> np.busday_offset(np.array(['2012-05-01', '2012-06-01'], dtype='M8[D]'), 2)
array(['2012-05-03', '2012-06-05'], dtype='datetime64[D]')
",
            see_also: &["np.is_busday", "np.busday_count", "np.busdaycalendar"],
            run: Run::Read(Reader::Keywords, run_offset),
        },
        Function {
            name: "np.busday_count",
            signature: "(begindates, enddates, weekmask='1111100', holidays=None, busdaycal=None, out=None)",
            method: None,
            summary: "How many business days there are from a date to the day before another.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> np.busday_count('2011-01', '2011-02')
np.int64(21)
>>> np.busday_count(np.array(['2011', '2012'], dtype='M8[Y]'), '2013', weekmask='Sat')
array([105,  52])
",
            see_also: &["np.is_busday", "np.busday_offset", "np.busdaycalendar"],
            run: Run::Read(Reader::Keywords, run_count),
        },
        Function {
            name: "np.busdaycalendar",
            signature: "(weekmask='1111100', holidays=None)",
            method: None,
            summary: "A week's mask and holidays, made ready for functions of business days.",
            memory: MemoryRule::NoArray,
            notes: "Its holidays are sorted, and those that are no business days anyway are left out.",
            example: "\
>>> c = np.busdaycalendar(holidays=['2011-07-04', '2011-07-01', '2011-07-17'])
>>> c.holidays
array(['2011-07-01', '2011-07-04'], dtype='datetime64[D]')
>>> c.weekmask
array([ True,  True,  True,  True,  True, False, False])
",
            see_also: &["np.is_busday", "np.busday_offset", "np.busday_count"],
            run: Run::Read(Reader::Keywords, |context, arguments| {
                let week = arguments.get("weekmask");
                let week = week_argument(&week)?;
                let holidays = holidays_of(context, arguments.some("holidays"))?;
                Ok(Value::object(Calendar(BusinessDays::new(week, holidays)?)))
            }),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
