//! Which function writes the elements of an array?

use super::complex::ComplexFloatingFormat;
use super::floating::FloatingFormat;
use super::integer::IntegerFormat;
use super::options::PrintOptions;
use super::shown::{shown_items, shown_values};
use crate::array::calendar::NAT;
use crate::array::compound::Struct;
use crate::array::layout::field_layout;
use crate::array::{Element, Item, Kind, Layout, NdArray, Scalar, Time, Type};
use crate::error::Result;
use crate::half::F16;
use crate::memory::Buffer;
use crate::with_element;
use num_complex::{Complex32, Complex64};

/// Writes one element. May fail, where a user's function fails.
pub type Formatter<'a> = dyn Fn(&Item) -> Result<String> + 'a;

/// The function with which NumPy writes the elements of `array` (`_get_format_function`): it has measured those
/// that are shown.
///
/// # Errors
/// NumPy's `RuntimeError` where a precision asks for too long a text; `KeyboardInterrupt`.
pub fn numpy_formatter(array: &NdArray, options: &PrintOptions) -> Result<Box<Formatter<'static>>> {
    formatter_of(&array.layout(), &array.buffer_ref(), options)
}

/// [`numpy_formatter`] for the elements of `layout`: those of an array, or one of their fields.
fn formatter_of(layout: &Layout, buffer: &Buffer, options: &PrintOptions) -> Result<Box<Formatter<'static>>> {
    let dtype = &layout.dtype;
    let ty = dtype.ty();
    let number = |item: &Item| match item {
        Item::Number(scalar) => *scalar,
        _ => Scalar::Bool(false),
    };
    let shape = if layout.ndim() == 0 { Shape::Scalar } else { Shape::Array };
    Ok(match ty.kind() {
        Kind::Bool => {
            let width = if shape == Shape::Scalar { 0 } else { "False".len() };
            Box::new(move |element: &Item| Ok(format!("{:>width$}", if element.is_true() { "True" } else { "False" })))
        }
        Kind::Signed | Kind::Unsigned => {
            let values: Vec<i128> = with_element!(ty, T => {
                shown_values::<T>(layout, buffer, options)?.into_iter().filter_map(|v| v.scalar().as_i128()).collect()
            });
            let format = IntegerFormat::new(&values, options.sign);
            Box::new(move |element: &Item| Ok(format.write(number(element))))
        }
        Kind::Float => {
            let format = match ty {
                Type::Float16 => {
                    FloatingFormat::new(&shown_values::<F16>(layout, buffer, options)?, ty, options, shape)
                }
                Type::Float32 => {
                    FloatingFormat::new(&shown_values::<f32>(layout, buffer, options)?, ty, options, shape)
                }
                _ => FloatingFormat::new(&shown_values::<f64>(layout, buffer, options)?, ty, options, shape),
            }?;
            Box::new(move |element: &Item| format.write(number(element)))
        }
        Kind::Complex => {
            let format = match ty {
                Type::Complex64 => {
                    ComplexFloatingFormat::new(&shown_values::<Complex32>(layout, buffer, options)?, ty, options, shape)
                }
                _ => {
                    ComplexFloatingFormat::new(&shown_values::<Complex64>(layout, buffer, options)?, ty, options, shape)
                }
            }?;
            Box::new(move |element: &Item| format.write(number(element)))
        }
        Kind::DateTime | Kind::TimeDelta => time_formatter(layout, buffer, options)?,
        Kind::Void if let Some(whole) = dtype.structure() => structure_formatter(layout, buffer, whole, options)?,
        Kind::Object => {
            let options = options.clone();
            Box::new(move |element: &Item| match element {
                Item::Object(reference) => Ok(reference.repr(&options)),
                other => Ok(other.repr()),
            })
        }
        Kind::Bytes | Kind::Str | Kind::Void => Box::new(|element: &Item| Ok(element.repr())),
    })
}

/// The function that writes dates, in quotes, and spans, as bare counts; "not a time" stands at the right, in quotes
/// (`DatetimeFormat`, `TimedeltaFormat`).
fn time_formatter(layout: &Layout, buffer: &Buffer, options: &PrintOptions) -> Result<Box<Formatter<'static>>> {
    let write = |time: &Time| match time {
        Time { count: NAT, .. } => "'NaT'".to_string(),
        Time { is_span: true, count, .. } => count.to_string(),
        date => format!("'{}'", date.text()),
    };
    let shown = shown_items(layout, buffer, options)?;
    let width = shown.iter().map(|item| match item {
        Item::Time(time) => write(time).chars().count(),
        _ => 0,
    });
    let width = width.max().unwrap_or(0);
    Ok(Box::new(move |element: &Item| match element {
        Item::Time(time) => Ok(format!("{:>width$}", write(time))),
        other => Ok(other.repr()),
    }))
}

/// The function that writes structures: each field as an array of its values would be (`StructuredVoidFormat`).
fn structure_formatter(
    layout: &Layout,
    buffer: &Buffer,
    whole: &Struct,
    options: &PrintOptions,
) -> Result<Box<Formatter<'static>>> {
    let mut formatters = Vec::new();
    for field in &whole.fields {
        let write = formatter_of(&field_layout(layout, field), buffer, options)?;
        let options = options.clone();
        formatters.push((write, field.dtype.sub_array().map(|(_, shape)| shape.clone()), options));
    }
    Ok(Box::new(move |element: &Item| {
        let Item::Fields(items) = element else { return Ok(element.repr()) };
        let mut parts = Vec::new();
        for ((write, shape, options), item) in formatters.iter().zip(items) {
            parts.push(match (shape, item) {
                (Some(shape), Item::Array(_, items)) => sub_array_text(write, shape, items, options)?,
                _ => write(item)?,
            });
        }
        Ok(format!("({}{})", parts.join(", "), if parts.len() == 1 { "," } else { "" }))
    }))
}

/// A sub-array inside a structure: in brackets, its edges alone where it has too many elements (`SubArrayFormat`).
fn sub_array_text(write: &Formatter<'_>, shape: &[usize], items: &[Item], options: &PrintOptions) -> Result<String> {
    let Some((&len, rest)) = shape.split_first() else { return items.first().map_or(Ok(String::new()), write) };
    let each: usize = rest.iter().product();
    let edge = options.edgeitems;
    let is_long = items.len() > options.threshold && len > 2 * edge;
    let mut parts = Vec::new();
    for number in 0..len {
        if is_long && number >= edge && number < len - edge {
            if number == edge {
                parts.push("...".to_string());
            }
            continue;
        }
        let part = items.get(number * each..(number + 1) * each).unwrap_or_default();
        parts.push(sub_array_text(write, rest, part, options)?);
    }
    Ok(format!("[{}]", parts.join(", ")))
}

/// Whether an array has axes: some formatters pad only then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// 0-d.
    Scalar,
    /// One axis or more.
    Array,
}
