//! `format(value, spec)`, which f-strings and `str.format` share, and `'...' % values`.

use crate::error::Result;
use crate::registry::Context;
use crate::value::Value;

/// `format(value, spec)`.
pub fn format_value(cx: &mut Context, value: &Value, spec: &str) -> Result<String> {
    let _ = spec;
    Ok(crate::value::str(value, &cx.print_options))
}

/// `template % values`.
pub fn percent(_: &mut Context, a: &Value, b: &Value) -> Result<Value> {
    Err(super::operators::unsupported("%", a, b))
}
