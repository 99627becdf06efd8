//! `%help`, `name?`: what a command, a function, an attribute or a name is.

use super::COMMANDS;
use crate::error::{Result, name_error};
use crate::registry::{Attribute, Function};
use crate::report::{Markup, Role, array};
use crate::shell::{Shell, Sink};
use crate::value::{Value, repr};

/// The commands; or help on what the argument names.
pub fn run(shell: &mut Shell, argument: &str, _: Sink) -> Result<Markup> {
    let name = argument.trim().trim_start_matches('%').trim_end_matches(['?', '(', ')']);
    if name.is_empty() {
        return Ok(commands());
    }
    let mut out = Markup::new();
    if argument.trim().starts_with('%') {
        let command = super::find(name)?;
        out.add(Role::Heading, format!("%{} {}", command.name, command.argument)).line("");
        out.line(command.summary);
        return Ok(out);
    }
    if let Some(entry) = find(shell, name) {
        match entry {
            Entry::Function(function) => describe_function(&mut out, function),
            Entry::Attribute(attribute) => describe_attribute(&mut out, attribute),
        }
        return Ok(out);
    }
    match shell.session.evaluate(name)? {
        Some(Value::Array(array)) => {
            out.line(&array::line(&shell.session.facts(name, &array)));
        }
        Some(value) => {
            let text = repr(&value, &shell.session.context().print_options);
            out.line(&format!("{name}: {} = {text}", value.class().qualified()));
        }
        None => return Err(name_error(format!("there is no help on '{name}'"))),
    }
    Ok(out)
}

enum Entry {
    Function(&'static Function),
    Attribute(&'static Attribute),
}

/// The entry of the registry that a dotted name stands for: itself, or a member of a value's class.
fn find(shell: &mut Shell, name: &str) -> Option<Entry> {
    let catalog = std::rc::Rc::clone(&shell.session.context().catalog);
    let numpy = match name.strip_prefix("numpy.") {
        Some(rest) => format!("np.{rest}"),
        None => name.to_string(),
    };
    let is_bound = shell.session.workspace().get(name).is_some();
    if let Some(function) = catalog.function(&numpy).filter(|_| !is_bound) {
        return Some(Entry::Function(function));
    }
    if let Some(Value::Class(class)) = catalog.resolve(&numpy).filter(|_| !is_bound) {
        return catalog.function(class.constructor).map(Entry::Function);
    }
    let (before, member) = numpy.rsplit_once('.')?;
    let mut classes = vec![before.strip_prefix("np.").unwrap_or(before)];
    let value = shell.session.evaluate(before).ok().flatten();
    if let Some(value) = &value {
        classes.insert(0, value.class().name);
        if matches!(value, Value::Scalar(_)) {
            classes.push("ndarray");
        }
    }
    classes.into_iter().find_map(|class| {
        let method = catalog.method(class, member).map(Entry::Function);
        method.or_else(|| catalog.attribute(class, member).map(Entry::Attribute))
    })
}

fn commands() -> Markup {
    let mut out = Markup::new();
    let width = COMMANDS.iter().map(|c| c.name.len() + c.argument.len()).max().unwrap_or(0) + 3;
    for command in COMMANDS {
        let usage = format!("%{} {}", command.name, command.argument);
        out.add(Role::Heading, format!("{usage:<width$}")).line(command.summary);
    }
    out.line("");
    out.line("name? tells what a function, an attribute or a name is: np.reshape?, a.T?, a?");
    out
}

fn section(out: &mut Markup, title: &str, text: &str) {
    if !text.trim().is_empty() {
        out.line("");
        out.add(Role::Heading, title).line("");
        for line in text.trim_matches('\n').lines() {
            out.line(&format!("  {line}"));
        }
    }
}

fn describe_function(out: &mut Markup, function: &Function) {
    out.add(Role::Heading, format!("{}{}", function.name, function.signature)).line("");
    if let Some(method) = &function.method {
        out.add(Role::Heading, format!("{}{}", method.name, method.signature)).line("");
    }
    out.line("");
    out.line(&format!("  {}", function.summary));
    section(out, "memory", function.memory.text());
    section(out, "notes", function.notes);
    section(out, "example", function.example);
    section(out, "see also", &function.see_also.join(", "));
}

fn describe_attribute(out: &mut Markup, attribute: &Attribute) {
    out.add(Role::Heading, attribute.name).line("");
    out.line("");
    out.line(&format!("  {}", attribute.summary));
    section(out, "memory", attribute.memory.text());
    section(out, "example", attribute.example);
}
