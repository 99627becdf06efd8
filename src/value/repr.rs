//! `repr(x)` and `str(x)` of any value.

use super::Value;
use crate::array::printing::{self, PrintOptions};
use crate::text;

/// Containers are written at most this deep, so that no nesting overflows the stack.
const MAX_DEPTH: usize = 400;

/// Python's `repr`.
pub fn repr(value: &Value, options: &PrintOptions) -> String {
    let mut out = String::new();
    write(&mut out, value, options, &mut Vec::new());
    out
}

/// Python's `str`.
pub fn str(value: &Value, options: &PrintOptions) -> String {
    match value {
        Value::Str(text) => text.to_string(),
        Value::Array(array) => printing::array_str(array, options),
        Value::Scalar(scalar) => printing::scalar_str(*scalar, options),
        Value::DType(dtype) => dtype.to_string(),
        Value::Object(object) => object.str(options),
        other => repr(other, options),
    }
}

fn write_items<'v>(
    out: &mut String,
    items: impl IntoIterator<Item = &'v Value>,
    options: &PrintOptions,
    open: &mut Vec<usize>,
) {
    for (i, item) in items.into_iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        write(out, item, options, open);
    }
}

fn write(out: &mut String, value: &Value, options: &PrintOptions, open: &mut Vec<usize>) {
    // A list or dict that holds itself is not written again inside itself.
    let place = match value {
        Value::List(_) | Value::Dict(_) | Value::Tuple(_) => value.address(),
        _ => None,
    };
    if let Some(place) = place {
        if open.contains(&place) || open.len() >= MAX_DEPTH {
            out.push_str(match value {
                Value::Dict(_) => "{...}",
                Value::Tuple(_) => "(...)",
                _ => "[...]",
            });
            return;
        }
        open.push(place);
    }
    write_open(out, value, options, open);
    if place.is_some() {
        open.pop();
    }
}

fn write_open(out: &mut String, value: &Value, options: &PrintOptions, open: &mut Vec<usize>) {
    match value {
        Value::None => out.push_str("None"),
        Value::Ellipsis => out.push_str("Ellipsis"),
        Value::NotImplemented => out.push_str("NotImplemented"),
        Value::Bool(v) => out.push_str(if *v { "True" } else { "False" }),
        Value::Int(v) => out.push_str(&v.to_string()),
        Value::Float(v) => out.push_str(&text::float::repr_float(*v)),
        Value::Complex(v) => out.push_str(&text::float::repr_complex(v.re, v.im)),
        Value::Str(v) => out.push_str(&text::quote::repr_str(v)),
        Value::Bytes(v) => out.push_str(&text::quote::repr_bytes(v)),
        Value::Tuple(items) => {
            out.push('(');
            write_items(out, items.iter(), options, open);
            out.push_str(if items.len() == 1 { ",)" } else { ")" });
        }
        Value::List(list) => {
            out.push('[');
            write_items(out, list.items().iter(), options, open);
            out.push(']');
        }
        Value::Dict(dict) => {
            out.push('{');
            for (i, (key, value)) in dict.entries().iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                write(out, key, options, open);
                out.push_str(": ");
                write(out, value, options, open);
            }
            out.push('}');
        }
        Value::Set(set) => {
            let keys = set.keys();
            if keys.is_empty() {
                out.push_str("set()");
            } else {
                out.push('{');
                write_items(out, keys.iter(), options, open);
                out.push('}');
            }
        }
        Value::Slice(slice) => {
            out.push_str("slice(");
            write_items(out, [&slice.start, &slice.stop, &slice.step], options, open);
            out.push(')');
        }
        Value::Range(range) => {
            out.push_str(&format!("range({}, {}", range.start, range.stop));
            if range.step != 1 {
                out.push_str(&format!(", {}", range.step));
            }
            out.push(')');
        }
        Value::Array(array) => out.push_str(&printing::array_repr(array, options)),
        Value::Scalar(scalar) => out.push_str(&printing::scalar_repr(*scalar, options)),
        Value::DType(dtype) => out.push_str(&printing::dtype_repr(dtype)),
        Value::Class(class) => out.push_str(&class.repr()),
        Value::Function(function) => out.push_str(&function.repr()),
        Value::Method(method) => {
            let (receiver, function) = &**method;
            let name = function.method_name();
            out.push_str(&format!("<built-in method {name} of {} object at 0x", receiver.class().qualified()));
            out.push_str(&format!("{:x}>", super::shown_address(receiver.address().unwrap_or(0))));
        }
        Value::Module(module) => out.push_str(&format!("<module '{}'>", module.name)),
        Value::Object(object) => out.push_str(&object.repr(options)),
    }
}
