//! How a method of texts is done for every element of an array: the arguments are broadcast together, and the results
//! find a dtype that has room for them.

use crate::array::assign::copyto;
use crate::array::cast::{Casting, dtype_class};
use crate::array::elements::items;
use crate::array::layout::Shape;
use crate::array::layout::broadcast::{broadcast_operands, stretch};
use crate::array::{ArrayRef, DType, Item, Layout, NdArray, Order, Scalar, Type};
use crate::error::{Error, ErrorClass, Result, type_error, value_error};
use crate::interrupt;
use crate::numpy::coercion::array_from;
use crate::registry::{Arguments, Context, call_method};
use crate::syntax::ast::{BinaryOp, CompareOp};
use crate::value::{Slice, Value, as_bool, as_str, length, plain, python_item, text_item, unwrap_scalar};
use std::rc::Rc;

/// What the results of a job are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// Texts of the dtype of the first argument.
    Same,
    /// Texts with room for the longest.
    Longest,
    /// Texts with the room that NumPy makes for tabs.
    Expanded,
    /// Numbers.
    Whole,
    /// Truths.
    Truth,
}

/// A method that is called for every element.
pub struct Job {
    method: &'static str,
    parameters: &'static [&'static str],
    gives: Gives,
    unwraps: bool,
    is_ufunc: bool,
    for_texts: bool,
}

impl Job {
    /// The method of the first of these parameters, with the others as its arguments as far as they are given.
    pub const fn of(method: &'static str, parameters: &'static [&'static str], gives: Gives) -> Job {
        Job { method, parameters, gives, unwraps: false, is_ufunc: false, for_texts: false }
    }

    /// A result of no axes is a scalar.
    pub const fn unwrapped(self) -> Job {
        Job { unwraps: true, ..self }
    }

    /// The function is a universal one: it takes `out=` and `where=`.
    pub const fn ufunc(self) -> Job {
        Job { unwraps: true, is_ufunc: true, ..self }
    }

    /// Bytes have no such method.
    pub const fn of_texts(self) -> Job {
        Job { for_texts: true, ..self }
    }
}

/// The array of an argument.
fn array_of(context: &mut Context, arguments: &Arguments, parameter: &str) -> Result<ArrayRef> {
    array_from(context, &arguments.get(parameter), None).map_err(|e| e.at_argument(parameter))
}

/// Does a job.
///
/// # Errors
/// `TypeError: string operation on non-string array` and its kin; what the method raises; `ValueError` where shapes do
/// not fit.
pub fn run(context: &mut Context, arguments: &mut Arguments, job: &Job) -> Result<Value> {
    let mut operands = Vec::with_capacity(job.parameters.len());
    for parameter in job.parameters {
        if arguments.get(parameter).is_none() {
            break;
        }
        operands.push(array_of(context, arguments, parameter)?);
    }
    let first = operands.first().ok_or_else(|| type_error("a text is missing"))?.dtype();
    if !first.ty().is_text() || job.for_texts && first.ty() != Type::Str {
        let short = job.method.trim_matches('_').replace("len", "str_len");
        return Err(match job.is_ufunc || job.unwraps {
            true => {
                let class = dtype_class(first.ty());
                let message =
                    format!("ufunc '{short}' did not contain a loop with signature matching types {class} -> None");
                Error::new(ErrorClass::UFuncNoLoopError, message)
            }
            false => type_error("string operation on non-string array"),
        }
        .at_argument(job.parameters.first().copied().unwrap_or_default()));
    }
    let result = each(context, &operands, job.gives, &mut |context, values| apply(context, job.method, values))?;
    if job.is_ufunc
        && let Some(Value::Array(out)) = arguments.some("out")
    {
        let mask = match arguments.get("where") {
            Value::Bool(true) => None,
            other => Some(array_from(context, &other, Some(&Type::Bool.into()))?),
        };
        copyto(&context.runtime, out, &result, Casting::SameKind, mask.as_ref())?;
        return Ok(Value::Array(Rc::clone(out)));
    }
    Ok(if job.unwraps { unwrap_scalar(result) } else { Value::Array(result) })
}

/// The method of the first value, with the others as arguments.
fn apply(context: &mut Context, method: &str, values: &[Value]) -> Result<Value> {
    let [text, rest @ ..] = values else { return Ok(Value::None) };
    match (method, rest) {
        ("__len__", _) => Ok(length(text).unwrap_or(0).into()),
        ("__mod__", [value]) => {
            (context.catalog.hooks.operators.binary)(context, BinaryOp::Remainder, text.clone(), value.clone())
        }
        _ if matches!(text, Value::Bytes(_)) && context.catalog.method("bytes", method).is_none() => {
            let rest = rest.iter().map(as_characters).collect();
            call_method(context, &as_characters(text), method, rest).map(|result| as_bytes(&result))
        }
        _ => call_method(context, text, method, rest.to_vec()),
    }
}

/// Where the bytes that are no ASCII stand among the characters: in the private use area, where nothing is a letter.
const PRIVATE: u32 = 0xe000;

/// Bytes as a text of as many characters, for methods that bytes lack here: only ASCII letters are letters.
fn as_characters(value: &Value) -> Value {
    let character = |&byte: &u8| match byte.is_ascii() {
        true => byte as char,
        false => char::from_u32(PRIVATE + u32::from(byte)).unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    match value {
        Value::Bytes(bytes) => Value::str(bytes.iter().map(character).collect::<String>()),
        other => other.clone(),
    }
}

/// The bytes of what [`as_characters`] made.
fn as_bytes(value: &Value) -> Value {
    match value {
        Value::Str(text) => Value::Bytes(text.chars().map(|c| (c as u32 & 0xff) as u8).collect()),
        other => other.clone(),
    }
}

type Work<'w> = &'w mut dyn FnMut(&mut Context, &[Value]) -> Result<Value>;

/// As [`each_with_room`], for results that need no more room than their texts.
fn each(context: &mut Context, operands: &[ArrayRef], gives: Gives, work: Work<'_>) -> Result<ArrayRef> {
    each_with_room(context, operands, gives, 0, work)
}

/// Calls `work` for the elements of the operands, broadcast together, as Python's values. Gives an array of the results.
/// Texts have room for `least` characters, and for the longest. A plan, which knows none, reckons with room for `least`
/// and for the first operand.
fn each_with_room(
    context: &mut Context,
    operands: &[ArrayRef],
    gives: Gives,
    least: usize,
    work: Work<'_>,
) -> Result<ArrayRef> {
    let shapes: Vec<Shape> = operands.iter().map(|operand| operand.shape()).collect();
    let shape = broadcast_operands(&shapes.iter().map(|shape| shape.as_slice()).collect::<Vec<_>>())?;
    let dtype = operands.first().map_or(DType::text(1), |operand| operand.dtype());
    let count: usize = shape.iter().product();
    let is_planned = operands.iter().any(|operand| operand.buffer_ref().is_planned());
    let mut found: Vec<Item> = Vec::new();
    let mut room = least;
    if !is_planned {
        let stretched: Option<Vec<Layout>> = operands.iter().map(|array| stretch(&array.layout(), &shape)).collect();
        let layouts = stretched.unwrap_or_default();
        let views: Vec<ArrayRef> =
            operands.iter().zip(layouts).map(|(array, layout)| NdArray::view(array, layout)).collect();
        let mut columns: Vec<_> = views.iter().map(|view| items(view, Order::C)).collect();
        for number in 0..count {
            if number % 1024 == 0 {
                interrupt::check()?;
            }
            let values: Vec<Value> =
                columns.iter_mut().filter_map(Iterator::next).map(|item| python_item(&item)).collect();
            if gives == Gives::Expanded {
                room = room.max(expanded_room(&values));
            }
            let result = work(context, &values)?;
            found.push(item_of(&result)?);
        }
    }
    let dtype = match gives {
        Gives::Whole => Type::Int64.into(),
        Gives::Truth => Type::Bool.into(),
        Gives::Same => dtype.native(),
        Gives::Longest | Gives::Expanded => match found.first() {
            _ if is_planned && dtype.ty() == Type::Bytes => DType::bytes(dtype.length().max(least)),
            _ if is_planned => DType::text(dtype.length().max(least)),
            None if dtype.ty().is_text() => {
                return Err(value_error("zero-size array to reduction operation maximum which has no identity"));
            }
            Some(Item::Bytes(_)) => DType::bytes(longest(&found).max(room).max(1)),
            _ => DType::text(longest(&found).max(room).max(1)),
        },
    };
    let result = NdArray::zeros(&context.runtime, dtype, &shape, Order::C)?;
    let (buffer, dtype) = (result.buffer(), result.dtype());
    for (number, item) in found.iter().enumerate() {
        item.write(&buffer, number * dtype.itemsize(), &dtype)?;
    }
    Ok(result)
}

fn item_of(value: &Value) -> Result<Item> {
    match plain(value) {
        Value::Bool(truth) => Ok(Item::Number(Scalar::Bool(*truth))),
        Value::Int(int) => Ok(Item::Number(Scalar::Int64(int.to_i64().unwrap_or(0)))),
        other => match text_item(other) {
            Some((item, _)) => Ok(item),
            None => Err(type_error(format!("a text was expected, not {}", other.type_name()))),
        },
    }
}

fn longest(items: &[Item]) -> usize {
    let length = |item: &Item| match item {
        Item::Str(text) => text.chars().count(),
        Item::Bytes(bytes) => bytes.len(),
        _ => 0,
    };
    items.iter().map(length).max().unwrap_or(0)
}

/// The room that `string_expandtabs_length` makes: it counts the bytes of a character of a text as characters.
fn expanded_room(values: &[Value]) -> usize {
    let tabsize = values.get(1).and_then(|size| crate::value::as_usize(size).ok()).unwrap_or(8);
    let (unit, text): (usize, Vec<char>) = match values.first() {
        Some(Value::Str(text)) => (4, text.chars().collect()),
        Some(Value::Bytes(bytes)) => (1, bytes.iter().map(|&byte| byte as char).collect()),
        _ => return 0,
    };
    let (mut column, mut room) = (0usize, 0usize);
    for c in text {
        match c {
            '\t' if tabsize > 0 => {
                let step = tabsize - column % tabsize;
                column = column.saturating_add(step);
                room = room.saturating_add(step);
            }
            '\t' => {}
            _ => {
                column = if matches!(c, '\n' | '\r') { 0 } else { column + 1 };
                room += unit;
            }
        }
    }
    room
}

/// `center`, `ljust`, `rjust` and `zfill`: the result has the width that was asked for, or that of the longest text.
///
/// # Errors
/// As [`run`]; `TypeError: The fill character must be exactly one character long`.
pub fn pad(context: &mut Context, arguments: &mut Arguments, method: &'static str) -> Result<Value> {
    let mut operands = vec![array_of(context, arguments, "a")?, array_of(context, arguments, "width")?];
    if !operands[1].dtype().ty().is_integer() {
        let message = format!("unsupported type {} for operand 'width'", operands[1].dtype());
        return Err(type_error(message).at_argument("width"));
    }
    if !operands[0].dtype().ty().is_text() {
        return Err(type_error("string operation on non-string array").at_argument("a"));
    }
    if method != "zfill" {
        let fill = array_of(context, arguments, "fillchar")?;
        let wanted = operands[0].dtype().ty();
        let is_one = |item: Item| item.to_text().is_ok_and(|text| text.chars().count() == 1);
        if !items(&fill, Order::C).all(is_one) {
            return Err(type_error("The fill character must be exactly one character long").at_argument("fillchar"));
        }
        let dtype = DType::sized(wanted, if wanted == Type::Str { 4 } else { 1 });
        operands.push(array_from(context, &Value::Array(fill), Some(&dtype))?);
    }
    let widths = items(&operands[1], Order::C).filter_map(|item| item.to_number(Type::Int64).ok()?.as_i128());
    let widest = widths.max().and_then(|width| usize::try_from(width).ok()).unwrap_or(0);
    let work: Work<'_> = &mut |context, values| apply(context, method, values);
    each_with_room(context, &operands, Gives::Longest, widest, work).map(Value::Array)
}

/// `multiply(a, i)`.
///
/// # Errors
/// As [`run`]; `TypeError: unsupported type float64 for operand 'i'`.
pub fn multiply(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let operands = [array_of(context, arguments, "a")?, array_of(context, arguments, "i")?];
    if !operands[1].dtype().ty().is_integer() {
        let message = format!("unsupported type {} for operand 'i'", operands[1].dtype());
        return Err(type_error(message).at_argument("i"));
    }
    each(context, &operands, Gives::Longest, &mut |context, values| {
        let [text, count] = values else { return Ok(Value::None) };
        (context.catalog.hooks.operators.binary)(context, BinaryOp::Multiply, text.clone(), count.clone())
    })
    .map(Value::Array)
}

/// `translate(a, table, deletechars)`: the table is the same for all elements.
///
/// # Errors
/// As [`run`].
pub fn translate(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = array_of(context, arguments, "a")?;
    let mut fixed = vec![arguments.get("table")];
    if array.dtype().ty() == Type::Bytes {
        fixed.extend(arguments.some("deletechars").cloned());
    }
    each(context, &[array], Gives::Same, &mut |context, values| {
        let Some(text) = values.first() else { return Ok(Value::None) };
        call_method(context, text, "translate", fixed.clone())
    })
    .map(Value::Array)
}

/// `slice(a, start, stop, step)`.
///
/// # Errors
/// As [`run`]; `ValueError: slice step cannot be zero`.
pub fn slice(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let mut operands = vec![array_of(context, arguments, "a")?];
    // the places of start, stop and step among the operands; nothing for one that is not given
    let (start, stop) = match arguments.given("stop") {
        None => (Value::None, arguments.get("start")),
        Some(stop) => (arguments.get("start"), stop.clone()),
    };
    let mut places = [None; 3];
    for (place, value) in places.iter_mut().zip([start, stop, arguments.get("step")]) {
        if !value.is_none() {
            *place = Some(operands.len());
            operands.push(array_from(context, &value, None)?);
        }
    }
    let result = each(context, &operands, Gives::Same, &mut |context, values| {
        let Some(text) = values.first() else { return Ok(Value::None) };
        let part = |place: Option<usize>| place.and_then(|place| values.get(place).cloned()).unwrap_or(Value::None);
        let index =
            Value::Slice(Rc::new(Slice { start: part(places[0]), stop: part(places[1]), step: part(places[2]) }));
        (context.catalog.hooks.operators.get_item)(context, text, &index)
    })?;
    Ok(unwrap_scalar(result))
}

/// The three parts of each element.
///
/// # Errors
/// As [`run`].
pub fn partition(context: &mut Context, arguments: &mut Arguments, method: &'static str) -> Result<[ArrayRef; 3]> {
    let operands = [array_of(context, arguments, "a")?, array_of(context, arguments, "sep")?];
    let mut part = |number: usize| {
        each(context, &operands, Gives::Longest, &mut |context, values| match apply(context, method, values)? {
            Value::Tuple(parts) => Ok(parts.get(number).cloned().unwrap_or(Value::None)),
            other => Ok(other),
        })
    };
    Ok([part(0)?, part(1)?, part(2)?])
}

/// [`partition`] along a new last axis.
///
/// # Errors
/// As [`run`].
pub fn stacked_partition(context: &mut Context, arguments: &mut Arguments, method: &'static str) -> Result<Value> {
    let parts = partition(context, arguments, method)?;
    let dtype = parts.iter().map(|part| part.dtype()).max_by_key(DType::itemsize).unwrap_or(DType::text(1));
    let mut shape = parts[0].shape();
    shape.push(3);
    let whole = NdArray::zeros(&context.runtime, dtype, &shape, Order::C)?;
    for (number, part) in parts.iter().enumerate() {
        let mut layout = whole.layout().clone();
        layout.shape.pop();
        let stride = layout.strides.pop().unwrap_or(0);
        layout.offset = layout.offset.wrapping_add_signed(stride.wrapping_mul(number as isize));
        let column = NdArray::view(&whole, layout);
        crate::array::assign::copy_into(&context.runtime, &column, part, None, Casting::Unsafe)?;
    }
    Ok(Value::Array(whole))
}

/// A comparison of texts; `strips` leaves blanks at the end out.
///
/// # Errors
/// `TypeError: comparison of non-string arrays`; `ValueError` where shapes do not fit.
pub fn compare(
    context: &mut Context,
    arguments: &mut Arguments,
    names: [&str; 2],
    op: CompareOp,
    strips: bool,
) -> Result<Value> {
    let operands = [array_of(context, arguments, names[0])?, array_of(context, arguments, names[1])?];
    if operands.iter().any(|operand| !operand.dtype().ty().is_text()) {
        return Err(type_error("comparison of non-string arrays"));
    }
    each(context, &operands, Gives::Truth, &mut |context, values| {
        let [a, b] = values else { return Ok(Value::None) };
        let (a, b) = match strips {
            true => (call_method(context, a, "rstrip", Vec::new())?, call_method(context, b, "rstrip", Vec::new())?),
            false => (a.clone(), b.clone()),
        };
        (context.catalog.hooks.operators.compare)(context, op, &a, &b)
    })
    .map(Value::Array)
}

/// `compare_chararrays(a1, a2, cmp, rstrip)`.
///
/// # Errors
/// As [`compare`]; `ValueError: comparison must be '==', '!=', '<', '>', '<=', '>='`.
pub fn compare_chararrays(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let cmp = arguments.get("cmp");
    let op = match as_str(&cmp, "cmp")? {
        "==" => CompareOp::Equal,
        "!=" => CompareOp::NotEqual,
        "<" => CompareOp::Less,
        "<=" => CompareOp::LessEqual,
        ">" => CompareOp::Greater,
        ">=" => CompareOp::GreaterEqual,
        _ => {
            let message = "comparison must be '==', '!=', '<', '>', '<=', '>='";
            return Err(value_error(message).at_argument("cmp"));
        }
    };
    let strips = as_bool(&arguments.get("rstrip"))?;
    compare(context, arguments, ["a1", "a2"], op, strips)
}
