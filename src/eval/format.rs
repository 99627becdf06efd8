//! f-strings.

use super::Evaluator;
use super::place::locate;
use crate::error::Result;
use crate::python::format_value;
use crate::syntax::ast::FPart;
use crate::text;
use crate::value::{Value, repr, str};

impl Evaluator {
    /// The text of an f-string.
    pub(super) fn join_parts(&mut self, parts: &[FPart]) -> Result<String> {
        let mut out = String::new();
        for part in parts {
            match part {
                FPart::Text(text) => out.push_str(text),
                FPart::Value(expr, conversion, spec) => {
                    let value = self.value(expr)?;
                    let options = &self.context.print_options;
                    let value = match conversion {
                        Some('r') => Value::str(repr(&value, options)),
                        Some('s') => Value::str(str(&value, options)),
                        Some('a') => Value::str(text::quote::escape_non_ascii(&repr(&value, options))),
                        _ => value,
                    };
                    let spec = self.join_parts(spec)?;
                    out.push_str(&format_value(&mut self.context, &value, &spec).map_err(|e| locate(e, expr))?);
                }
            }
        }
        Ok(out)
    }
}
