//! `%help`, `name?`: what a command, a function, an attribute or a name is.

use super::{Answer, COMMANDS};
use crate::registry::{Attribute, Constant, Function, Member, MemoryRule};
use crate::report::{Markup, Role, code, full_lines, wrap};
use crate::session::Failure;
use crate::shell::{Shell, Sink};
use crate::value::{Value, repr};
use std::rc::Rc;

/// The commands; or help on what the argument names.
pub fn run(shell: &mut Shell, argument: &str, _: Sink) -> Answer {
    let width = shell.manner.view.width;
    let name = argument.trim_end_matches(['?', '(', ')']).trim();
    if name.is_empty() {
        return Ok(commands(width).into());
    }
    let mut page = Page { out: Markup::new(), width };
    if let Some(name) = name.strip_prefix('%') {
        // `%del??`, and `%del?`, whose name ends in a question mark itself
        let command = super::find(&format!("{name}?")).or_else(|_| super::find(name))?;
        page.heading(format!("%{} {}", command.name, command.argument).trim_end());
        page.text(command.summary);
        if !command.aliases.is_empty() {
            page.section("aliases", &format!("%{}", command.aliases.join(", %")));
        }
        return Ok(page.out.into());
    }
    // A bare name that means nothing by itself may be NumPy's, or an array's.
    let is_known = find(shell, name).is_some() || crate::shell::completion::value_of(shell, name).is_some();
    let guesses = if is_known { vec![] } else { vec![format!("np.{name}"), format!("ndarray.{name}")] };
    let found = guesses.iter().find_map(|guess| find(shell, guess));
    match found.or_else(|| find(shell, name)) {
        Some(Entry::Function(function)) => page.function(function),
        Some(Entry::Attribute(attribute)) => page.attribute(attribute),
        Some(Entry::Constant(constant)) => {
            page.heading(constant.name);
            page.text(constant.summary);
        }
        None => page.value(shell, name)?,
    }
    Ok(page.out.into())
}

enum Entry {
    Function(&'static Function),
    Attribute(&'static Attribute),
    Constant(&'static Constant),
}

/// The entry of the registry that a dotted name stands for: itself, or a member of a value's class. What the user
/// has bound goes before what the registry has.
fn find(shell: &mut Shell, name: &str) -> Option<Entry> {
    let catalog = Rc::clone(&shell.session.context().catalog);
    let first = name.split('.').next().unwrap_or(name);
    let is_bound = shell.session.workspace().get(first).is_some_and(|value| !matches!(value, Value::Module(_)));
    let path = match name.strip_prefix("numpy") {
        Some(rest) if rest.starts_with('.') => format!("np{rest}"),
        _ => name.to_string(),
    };
    if !is_bound {
        if let Some(function) = catalog.function(&path) {
            return Some(Entry::Function(function));
        }
        let constants = catalog.sections().iter().flat_map(|section| section.constants);
        if let Some(constant) = constants.into_iter().find(|constant| constant.name == path) {
            return Some(Entry::Constant(constant));
        }
    }
    let value = crate::shell::completion::value_of(shell, name);
    match &value {
        Some(Value::Function(function)) => return Some(Entry::Function(function)),
        Some(Value::Method(method)) => return Some(Entry::Function(method.1)),
        Some(Value::Class(class)) => return catalog.function(class.constructor).map(Entry::Function),
        _ => {}
    }
    let (before, member) = path.rsplit_once('.')?;
    let mut classes = Vec::new();
    if let Some(value) = crate::shell::completion::value_of(shell, before) {
        classes.push(value.class());
        classes.extend(matches!(value, Value::Scalar(_)).then_some(&crate::value::classes::NDARRAY));
        if let Value::Class(class) = value {
            classes.push(class);
        }
    } else {
        let short = before.strip_prefix("np.").unwrap_or(before);
        classes.extend(crate::value::classes::ALL.iter().find(|class| class.name == short).copied());
    }
    let found = classes.into_iter().find_map(|class| catalog.find_member(class, member))?;
    Some(match found {
        Member::Attribute(attribute) => Entry::Attribute(attribute),
        Member::Method(function) => Entry::Function(function),
    })
}

/// The list of commands, and how to get on.
fn commands(width: usize) -> Markup {
    let mut out = Markup::new();
    let usage = |command: &super::Command| format!("%{} {}", command.name, command.argument);
    let column = COMMANDS.iter().map(|command| usage(command).len()).max().unwrap_or(0) + 2;
    for command in COMMANDS {
        out.add(Role::Heading, format!("{:<column$}", usage(command)));
        let mut lines = wrap(command.summary, width.saturating_sub(column).max(20)).into_iter();
        out.line(&lines.next().unwrap_or_default());
        lines.for_each(|line| {
            out.line(&format!("{}{line}", " ".repeat(column)));
        });
    }
    let keys = "Tab completes. name? tells what a function, an attribute or a name is: np.reshape?, a.T?, a?. \
                _ is the last value; ; at the end hides it. Ctrl-C drops a line or stops a statement, Ctrl-D leaves.";
    out.line("");
    wrap(keys, width).iter().for_each(|line| {
        out.line(line);
    });
    out
}

/// A page of help.
struct Page {
    out: Markup,
    width: usize,
}

impl Page {
    fn heading(&mut self, text: &str) {
        self.out.add(Role::Heading, text).line("");
    }

    /// Running text.
    fn text(&mut self, text: &str) {
        for line in wrap(text, self.width.saturating_sub(4).max(20)) {
            self.out.line(format!("    {line}").trim_end());
        }
    }

    /// A title and running text below it; nothing where there is no text.
    fn section(&mut self, title: &str, text: &str) {
        if !text.trim().is_empty() {
            self.out.line("").add(Role::Heading, title).line("");
            self.text(text);
        }
    }

    fn example(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        self.out.line("").add(Role::Heading, "example").line("");
        for line in text.trim_matches('\n').lines() {
            self.out.add(Role::Plain, "    ");
            match line.starts_with(">>> ") || line.starts_with("... ") {
                true => self.out.add(Role::Prompt, &line[..4]).extend(code(&line[4..])).line(""),
                false => self.out.line(line),
            };
        }
    }

    fn memory(&mut self, rule: MemoryRule) {
        self.section("memory", rule.text());
    }

    fn function(&mut self, function: &Function) {
        self.heading(&format!("{}{}", function.name, function.signature));
        if let Some(method) = &function.method {
            self.heading(&format!("{}{}", method.name, method.signature));
        }
        self.out.line("");
        self.text(function.summary);
        self.memory(function.memory);
        self.section("notes", function.notes);
        self.example(function.example);
        self.section("see also", &function.see_also.join(", "));
    }

    fn attribute(&mut self, attribute: &Attribute) {
        self.heading(attribute.name);
        self.out.line("");
        self.text(attribute.summary);
        self.memory(attribute.memory);
        self.example(attribute.example);
    }

    /// What the user's own name is: its class and value, and of an array every fact.
    fn value(&mut self, shell: &mut Shell, name: &str) -> Result<(), Box<Failure>> {
        const LINES: usize = 10;
        let (class, text, facts) = shell.session.look_at("%help", &[name], |session, values| {
            let value = values.first().unwrap_or(&Value::None);
            let (text, facts) = match value {
                Value::Array(array) => {
                    let is_planned = array.buffer_ref().is_planned();
                    let text = (!is_planned).then(|| repr(value, &session.context().print_options));
                    (text.unwrap_or_default(), Some(session.facts(name, array)))
                }
                other => (repr(other, &session.context().print_options), None),
            };
            Ok((value.class().qualified(), text, facts))
        })?;
        self.heading(&format!("{name}: {class}"));
        let count = text.lines().count();
        for line in text.lines().take(if count > LINES { LINES - 1 } else { LINES }) {
            self.out.line(&format!("    {line}"));
        }
        if count > LINES {
            self.out.line(&format!("    ... {} more lines", count + 1 - LINES));
        }
        if let Some(facts) = facts {
            self.out.line("");
            full_lines(&facts, self.width).iter().for_each(|line| {
                self.out.line(line);
            });
        }
        Ok(())
    }
}
