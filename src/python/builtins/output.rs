//! Builtins that write: `print` and `help`.

use crate::error::{Result, attribute_error, type_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{self, Value};
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

const FUNCTIONS: &[Function] = &[
    Function {
        name: "print",
        signature: "(*args, sep=' ', end='\\n', file=None, flush=False)",
        method: None,
        summary: "Writes the texts of its arguments, with sep between them and end after them.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> print(1, 'a', sep='-')\n\
                  1-a\n",
        see_also: &["str"],
        run: Run::Call(print),
    },
    Function {
        name: "help",
        signature: "(object, /)",
        method: None,
        summary: "Writes what a function does.",
        memory: MemoryRule::NoArray,
        notes: "At the prompt, name? shows more.",
        example: "\n",
        see_also: &["dir"],
        run: Run::Call(help),
    },
];

fn print(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let part = |name: &str, default: &str| match args.get(name) {
        Value::None => Ok(Rc::from(default)),
        Value::Str(text) => Ok(text),
        other => Err(type_error(format!("{name} must be None or a string, not {}", other.class().qualified()))),
    };
    let (sep, end) = (part("sep", " ")?, part("end", "\n")?);
    let file = args.get("file");
    if !file.is_none() && file.class().name != "TextIOWrapper" {
        return Err(attribute_error(format!("'{}' object has no attribute 'write'", file.class().qualified())));
    }
    let texts: Vec<String> = args.rest("args").iter().map(|v| value::str(v, &context.print_options)).collect();
    context.stdout.push_str(&texts.join(&sep));
    context.stdout.push_str(&end);
    Ok(Value::None)
}

fn help(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let value = args.get("object");
    let function = match &value {
        Value::Function(function) => Some(*function),
        Value::Method(method) => Some(method.1),
        Value::Class(class) => context.catalog.function(class.constructor),
        _ => context.catalog.function(value.class().constructor),
    };
    let text = match function {
        Some(function) => format!("{}{}\n    {}\n", function.name, function.signature, function.summary),
        None => format!("{}\n", value::repr(&value, &context.print_options)),
    };
    context.stdout.push_str(&text);
    Ok(Value::None)
}
