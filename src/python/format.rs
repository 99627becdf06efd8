//! `format(value, spec)`, which f-strings and `str.format` share, and `'...' % values`.

use crate::array::{Scalar, Type};
use crate::error::{Error, Result, type_error};
use crate::python::subscript::{get_item, no_key};
use crate::registry::{Context, get_attribute};
use crate::text::error::FormatError;
use crate::text::format_spec::{format_bool, format_complex, format_float, format_int, format_str};
use crate::text::percent::{self, Operand, format_percent};
use crate::text::quote::escape_non_ascii;
use crate::text::str_format::{self, Accessor, format_template, parse_template};
use crate::value::{Value, is_time_scalar, plain, repr, str, unwrap_scalar};
use num_bigint::BigInt;
use std::rc::Rc;

/// `format(value, spec)`. NumPy's scalars are laid out as the Python numbers they are, an array without axes as its
/// element.
///
/// # Errors
/// `ValueError` for a specification that does not fit, `TypeError: unsupported format string passed to
/// list.__format__`.
pub fn format_value(context: &mut Context, value: &Value, spec: &str) -> Result<String> {
    let element = match value {
        Value::Array(array) => unwrap_scalar(std::rc::Rc::clone(array)),
        other => plain(other).clone(),
    };
    Ok(match plain(&element) {
        Value::Str(text) => format_str(text, spec, "str")?,
        Value::Int(int) => format_int(&int.to_big(), spec, "int")?,
        Value::Bool(truth) => format_bool(*truth, spec)?,
        Value::Float(float) => format_float(*float, spec)?,
        Value::Complex(complex) => format_complex(complex.re, complex.im, spec)?,
        Value::Scalar(scalar) => format_scalar(*scalar, spec)?,
        other if is_time_scalar(other) => format_str(&str(other, &context.print_options), spec, "str")?,
        other if spec.is_empty() => str(other, &context.print_options),
        other => {
            let class = other.class().qualified();
            return Err(type_error(format!("unsupported format string passed to {class}.__format__")));
        }
    })
}

fn format_scalar(scalar: Scalar, spec: &str) -> Result<String, FormatError> {
    match scalar.as_i128() {
        Some(whole) if scalar.ty() == Type::Bool => format_bool(whole != 0, spec),
        Some(whole) => format_int(&BigInt::from(whole), spec, "int"),
        None if scalar.ty().is_complex() => {
            let complex = scalar.as_complex();
            format_complex(complex.re, complex.im, spec)
        }
        None => format_float(scalar.as_f64(), spec),
    }
}

/// What the right side of `%` means.
struct Percent<'c>(&'c mut Context);

impl percent::Source for Percent<'_> {
    type Value = Value;
    type Error = Error;

    fn items(&mut self, value: &Value) -> Option<Vec<Value>> {
        match value {
            Value::Tuple(items) => Some(items.to_vec()),
            _ => None,
        }
    }

    fn is_mapping(&mut self, value: &Value) -> bool {
        matches!(value, Value::Dict(_) | Value::List(_) | Value::Array(_) | Value::Bytes(_) | Value::Range(_))
    }

    fn look_up(&mut self, value: &Value, key: &str) -> Result<Value> {
        (self.0.catalog.hooks.operators.get_item)(self.0, value, &Value::str(key))
    }

    fn operand(&mut self, value: &Value) -> Result<Operand> {
        Ok(match plain(value) {
            Value::Int(int) => Operand::Int(int.to_big()),
            Value::Bool(truth) => Operand::Int(BigInt::from(u8::from(*truth))),
            Value::Float(float) => Operand::Float(*float),
            Value::Str(text) => Operand::Str(text.to_string()),
            Value::Scalar(scalar) => of_scalar(*scalar),
            Value::Array(array) if array.ndim() == 0 => of_scalar(array.read(array.layout().offset)),
            _ => Operand::Other,
        })
    }

    fn type_name(&mut self, value: &Value) -> String {
        value.class().qualified()
    }

    fn write(&mut self, value: &Value, conversion: percent::Conversion) -> Result<String> {
        let options = &self.0.print_options;
        Ok(match conversion {
            percent::Conversion::Str => str(value, options),
            percent::Conversion::Repr => repr(value, options),
            percent::Conversion::Ascii => escape_non_ascii(&repr(value, options)),
        })
    }
}

fn of_scalar(scalar: Scalar) -> Operand {
    match scalar.as_i128() {
        Some(whole) => Operand::Int(BigInt::from(whole)),
        None if scalar.ty().is_complex() => Operand::Other,
        None => Operand::Float(scalar.as_f64()),
    }
}

/// `template % values`.
///
/// # Errors
/// `TypeError`, `ValueError`, `KeyError`, as CPython words them.
pub fn percent(context: &mut Context, template: &str, values: &Value) -> Result<Value> {
    format_percent(template, values, &mut Percent(context)).map(Value::from)
}

/// What the right side of `%` means where the template is bytes. Bytes are taken for the characters of the same codes.
struct PercentBytes<'c>(Percent<'c>);

impl percent::Source for PercentBytes<'_> {
    type Value = Value;
    type Error = Error;

    fn items(&mut self, value: &Value) -> Option<Vec<Value>> {
        self.0.items(value)
    }

    fn is_mapping(&mut self, value: &Value) -> bool {
        self.0.is_mapping(value) && !matches!(value, Value::Bytes(_))
    }

    fn look_up(&mut self, value: &Value, key: &str) -> Result<Value> {
        let key = Value::Bytes(key.chars().map(|c| c as u8).collect());
        (self.0.0.catalog.hooks.operators.get_item)(self.0.0, value, &key)
    }

    fn operand(&mut self, value: &Value) -> Result<Operand> {
        match super::bytes::of(value) {
            Some(bytes) => Ok(Operand::Str(bytes.iter().map(|&b| b as char).collect())),
            None => self.0.operand(value),
        }
    }

    fn type_name(&mut self, value: &Value) -> String {
        self.0.type_name(value)
    }

    fn write(&mut self, value: &Value, conversion: percent::Conversion) -> Result<String> {
        if conversion != percent::Conversion::Str {
            return self.0.write(value, percent::Conversion::Ascii);
        }
        let bytes = super::bytes::of(value).ok_or_else(|| {
            let class = value.class().qualified();
            type_error(format!(
                "%b requires a bytes-like object, or an object that implements __bytes__, not '{class}'"
            ))
        })?;
        Ok(bytes.iter().map(|&b| b as char).collect())
    }
}

/// `template % values` of bytes.
///
/// # Errors
/// As [`percent()`].
pub fn percent_bytes(context: &mut Context, template: &[u8], values: &Value) -> Result<Value> {
    let template: String = template.iter().map(|&b| b as char).collect();
    let text = format_percent(&template, values, &mut PercentBytes(Percent(context))).map_err(|error| {
        let message = error.message().replace("string formatting", "bytes formatting");
        Error::new(error.class(), message)
    })?;
    Ok(Value::Bytes(text.chars().map(|c| c as u8).collect()))
}

/// The arguments of `str.format`.
struct Arguments<'c> {
    context: &'c mut Context,
    positional: Vec<Value>,
    keywords: Value,
}

impl str_format::Source for Arguments<'_> {
    type Value = Value;
    type Error = Error;

    fn positional(&mut self, index: usize) -> Option<Value> {
        self.positional.get(index).cloned()
    }

    fn keyword(&mut self, name: &str) -> Result<Value> {
        let key = Value::str(name);
        match &self.keywords {
            Value::Dict(dict) => dict.get(&key)?.ok_or_else(|| no_key(self.context, &key)),
            other => get_item(self.context, other, &key),
        }
    }

    fn access(&mut self, value: Value, accessor: &Accessor) -> Result<Value> {
        let index = match accessor {
            Accessor::Attribute(name) => return get_attribute(self.context, &value, name),
            Accessor::Index(index) => Value::int(*index),
            Accessor::Key(key) => Value::str(key),
        };
        (self.context.catalog.hooks.operators.get_item)(self.context, &value, &index)
    }

    fn convert(&mut self, value: Value, conversion: str_format::Conversion) -> Result<Value> {
        let options = &self.context.print_options;
        Ok(Value::str(match conversion {
            str_format::Conversion::Str => str(&value, options),
            str_format::Conversion::Repr => repr(&value, options),
            str_format::Conversion::Ascii => escape_non_ascii(&repr(&value, options)),
        }))
    }

    fn format(&mut self, value: Value, spec: &str) -> Result<String> {
        format_value(self.context, &value, spec)
    }
}

/// `template.format(*positional, **keywords)`; the keywords are a dict.
///
/// # Errors
/// `ValueError` for a template with a mistake, `KeyError` or `IndexError` for an argument that is not there.
pub fn fill(context: &mut Context, template: &Rc<str>, positional: Vec<Value>, keywords: Value) -> Result<String> {
    format_template(&parse_template(template), &mut Arguments { context, positional, keywords })
}
