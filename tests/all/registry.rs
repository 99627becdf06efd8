//! The registry tells the truth: its examples print what they say, its memory rules hold on them, its names resolve.
//!
//! `NDSH_UPDATE=1 cargo test` writes what the examples print today into the sources; read the difference, and ask
//! NumPy.

use crate::transcripts::{difference, is_update};
use ndsh::array::ArrayRef;
use ndsh::registry::{Catalog, Default, Function, Kind, MemoryRule, Signature};
use ndsh::report::Level;
use ndsh::session::Session;
use ndsh::shell::{Manner, Shell};
use ndsh::syntax::ast::{Argument, Expr, ExprKind, StmtKind};
use ndsh::value::Value;
use std::path::{Path, PathBuf};
use std::rc::Rc;

fn catalog() -> Rc<Catalog> {
    Rc::clone(&Session::new().context().catalog)
}

/// Every example by the name of its entry.
fn examples() -> Vec<(&'static str, &'static str)> {
    let catalog = catalog();
    let functions = catalog.functions().map(|function| (function.name, function.example));
    let attributes = catalog.attributes().map(|attribute| (attribute.name, attribute.example));
    functions.chain(attributes).filter(|(_, example)| !example.trim().is_empty()).collect()
}

/// The entries of an example: what stands behind `>>> ` and `... `.
pub fn entries(example: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in example.lines() {
        match (line.strip_prefix(">>> "), line.strip_prefix("... "), entries.last_mut()) {
            (Some(entry), ..) => entries.push(entry.to_string()),
            (None, Some(more), Some(entry)) => entry.push_str(&format!("\n{more}")),
            _ => {}
        }
    }
    entries
}

/// The example as it prints today: values and printed text as at Python's prompt, of errors and warnings the line.
fn transcript(example: &str) -> String {
    let mut manner = Manner::prompt(80);
    manner.view.level = Level::Off;
    let mut shell = Shell::new(manner);
    let mut out = String::new();
    for entry in entries(example) {
        out.push_str(&format!(">>> {}\n", entry.replace('\n', "\n... ")));
        for step in shell.session.run(&entry) {
            out.push_str(&ndsh::report::printed(&step).plain());
            for warning in &step.warnings {
                out.push_str(&format!("{}: {}\n", warning.class.qualified(), warning.message));
            }
            out.push_str(&ndsh::report::echoed(&step).plain());
            if let Some(failure) = &step.failure {
                let colon = if failure.message.is_empty() { "" } else { ": " };
                out.push_str(&format!("{}{colon}{}\n", failure.qualified, failure.message));
            }
        }
    }
    out.trim_end().to_string()
}

/// The source files of the crate.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Writes `new` for `old` into the one source that has it as a string literal. Whether it was found.
fn rewrite(old: &str, new: &str) -> bool {
    let escaped = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        if text.matches(&escaped(old)).count() == 1 {
            std::fs::write(&file, text.replace(&escaped(old), &escaped(new))).unwrap();
            return true;
        }
    }
    false
}

#[test]
fn examples_of_the_registry_print_what_they_say() {
    let mut wrong = Vec::new();
    for (name, example) in examples() {
        let printed = transcript(example);
        if printed == example.trim() || (is_update() && rewrite(example.trim(), &printed)) {
            continue;
        }
        wrong.push(format!("{name}\n{}", difference(example.trim(), &printed)));
    }
    report(wrong);
}

/// Fails with all that is wrong, not with the first of it.
fn report(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn names_of_the_registry_resolve() {
    let catalog = catalog();
    let mut seen = std::collections::HashSet::new();
    let mut wrong = Vec::new();
    for function in catalog.functions() {
        if !seen.insert(function.name) {
            wrong.push(format!("{} is there twice", function.name));
        }
        for name in function.see_also {
            let member = name.split_once('.').is_some_and(|(class, member)| {
                catalog.attribute(class, member).is_some() || catalog.method(class, member).is_some()
            });
            if *name == function.name || !(member || catalog.resolve(name).is_some()) {
                wrong.push(format!("{}: see also {name}", function.name));
            }
        }
    }
    for (alias, target) in catalog.sections().iter().flat_map(|section| section.aliases) {
        if catalog.resolve(target).is_none() {
            wrong.push(format!("{alias} stands for {target}, which is not there"));
        }
    }
    report(wrong);
}

#[test]
fn summaries_are_one_line() {
    let catalog = catalog();
    let functions = catalog.functions().map(|entry| (entry.name, entry.summary));
    let attributes = catalog.attributes().map(|entry| (entry.name, entry.summary));
    let is_one_line =
        |summary: &str| summary.ends_with('.') && !summary.contains('\n') && summary.chars().count() <= 110;
    report(
        functions
            .chain(attributes)
            .filter(|(_, s)| !is_one_line(s))
            .map(|(name, s)| format!("{name}: {s:?}"))
            .collect(),
    );
}

#[test]
fn signatures_parse() {
    let catalog = catalog();
    let mut wrong = Vec::new();
    for function in catalog.functions() {
        let method = function.method.as_ref().map(|method| method.signature);
        for text in [Some(function.signature), method].into_iter().flatten() {
            let signature = Signature::parse(text);
            let mut names = std::collections::HashSet::new();
            for parameter in &signature.parameters {
                let name = &*parameter.name;
                let is_name = ndsh::syntax::parse(&format!("{name} = 1")).is_ok();
                let may_be_open = matches!(parameter.kind, Kind::Rest | Kind::Keywords);
                let is_open = matches!(parameter.default, Default::NoValue);
                let says_so = text.contains(&format!("{name}=<"));
                if !is_name || !names.insert(name) || (is_open && !may_be_open && !says_so) {
                    wrong.push(format!("{}{text}: {name}", function.name));
                }
            }
        }
    }
    report(wrong);
}

/// Every expression inside `expr` and itself, inner ones first.
fn walk<'e>(expr: &'e Expr, visit: &mut dyn FnMut(&'e Expr)) {
    match &expr.kind {
        ExprKind::Tuple(items) | ExprKind::List(items) | ExprKind::Set(items) => {
            items.iter().for_each(|item| walk(item, visit));
        }
        ExprKind::Starred(inner) | ExprKind::Unary(_, inner) => walk(inner, visit),
        ExprKind::Attribute(front, ..) => walk(front, visit),
        ExprKind::Subscript(front, right) | ExprKind::Binary(_, _, front, right) => {
            walk(front, visit);
            walk(right, visit);
        }
        ExprKind::Compare(first, rest) => {
            walk(first, visit);
            rest.iter().for_each(|(.., e)| walk(e, visit));
        }
        ExprKind::Call(callee, arguments) => {
            walk(callee, visit);
            for argument in arguments {
                walk(value_of(argument), visit);
            }
        }
        _ => {}
    }
    visit(expr);
}

fn value_of(argument: &Argument) -> &Expr {
    match argument {
        Argument::Positional(value)
        | Argument::Keyword(_, _, value)
        | Argument::Star(value)
        | Argument::StarStar(value) => value,
    }
}

/// The arrays in a value: itself, or the items of a tuple or list.
fn arrays(value: &Value, found: &mut Vec<ArrayRef>) {
    match value {
        Value::Array(array) => found.push(Rc::clone(array)),
        Value::Tuple(items) => items.iter().for_each(|item| arrays(item, found)),
        Value::List(list) => list.to_vec().iter().for_each(|item| arrays(item, found)),
        _ => {}
    }
}

/// One call in an example: whether each of its array results shares memory with an array it was given, and whether it
/// was given any.
struct Call {
    text: String,
    shares: Vec<bool>,
    has_arrays: bool,
}

/// Makes the call `text` in the session after its parts were named, and looks at what it gives.
fn watch(session: &mut Session, text: &str, parts: &[(String, String)]) -> Option<Call> {
    for (name, part) in parts {
        let went_well = session.run(&format!("{name} = {part}")).iter().all(|step| step.failure.is_none());
        if !went_well {
            return None;
        }
    }
    let mut given = Vec::new();
    for (name, _) in parts {
        arrays(session.workspace().get(name)?, &mut given);
    }
    let steps = session.run(&format!("_result = {text}"));
    steps.last().filter(|step| step.failure.is_none())?;
    let mut results = Vec::new();
    arrays(session.workspace().get("_result")?, &mut results);
    let shares = |result: &ArrayRef| given.iter().any(|array| array.buffer_ref().id() == result.buffer_ref().id());
    let shares = results.iter().map(shares).collect();
    Some(Call { text: text.to_string(), shares, has_arrays: !given.is_empty() })
}

/// The calls of `function` in its own example.
fn calls(function: &Function) -> Vec<Call> {
    let mut session = Session::new();
    let mut calls = Vec::new();
    for entry in entries(function.example) {
        for statement in ndsh::syntax::parse(&entry).unwrap_or_default() {
            let expr = match &statement.kind {
                StmtKind::Expr(expr) | StmtKind::Assign(_, expr) | StmtKind::AugAssign(.., expr) => expr,
                _ => continue,
            };
            let mut found = Vec::new();
            walk(expr, &mut |expr| found.push(expr));
            for expr in found {
                let ExprKind::Call(callee, arguments) = &expr.kind else { continue };
                // These keywords ask for another rule than the function's own.
                let asks = |argument: &Argument| match argument {
                    Argument::Keyword(name, ..) => ["out", "copy", "inplace"].contains(&&**name),
                    _ => false,
                };
                if arguments.iter().any(asks) {
                    continue;
                }
                let mut parts = Vec::new();
                let callee = match &callee.kind {
                    _ if callee.span.of(&entry) == function.name => function.name.to_string(),
                    ExprKind::Attribute(of, name, _) => {
                        let is_method = function.method_path().is_some_and(|(_, method)| method == &**name);
                        if !is_method || callee.span.of(&entry).starts_with("np.") {
                            continue;
                        }
                        parts.push(("_receiver".to_string(), format!("({})", of.span.of(&entry))));
                        format!("_receiver.{name}")
                    }
                    _ => continue,
                };
                let mut written = Vec::new();
                for (i, argument) in arguments.iter().enumerate() {
                    let name = format!("_argument{i}");
                    let prefix = match argument {
                        Argument::Positional(_) => String::new(),
                        Argument::Keyword(keyword, ..) => format!("{keyword}="),
                        Argument::Star(_) => "*".into(),
                        Argument::StarStar(_) => "**".into(),
                    };
                    parts.push((name.clone(), format!("({})", value_of(argument).span.of(&entry))));
                    written.push(prefix + &name);
                }
                calls.extend(watch(&mut session, &format!("{callee}({})", written.join(", ")), &parts));
            }
        }
        session.run(&entry);
    }
    calls
}

#[test]
fn memory_rules_hold_on_the_examples() {
    let mut wrong = Vec::new();
    for function in catalog().functions() {
        let calls = calls(function);
        // A view of a number or of bytes is one of an array that nobody was given.
        let judged = |call: &&Call| call.has_arrays || function.memory != MemoryRule::View;
        let results: Vec<bool> = calls.iter().filter(judged).flat_map(|call| call.shares.iter().copied()).collect();
        let texts =
            || calls.iter().map(|call| format!("{} {:?}", call.text, call.shares)).collect::<Vec<_>>().join("; ");
        let complaint = match function.memory {
            MemoryRule::View if results.contains(&false) => "a result shares no memory with an argument",
            MemoryRule::New if results.contains(&true) => "a result shares memory with an argument",
            MemoryRule::NoArray if !results.is_empty() => "it gives an array",
            MemoryRule::InPlace if results.contains(&false) => "it gives a new array",
            MemoryRule::ViewIfPossible if !(results.contains(&true) && results.contains(&false)) => {
                "the example has not both cases"
            }
            MemoryRule::SameIfPossible if !results.contains(&true) => "the example has not the same array",
            _ => continue,
        };
        wrong.push(format!("{} ({:?}): {complaint}: {}", function.name, function.memory, texts()));
    }
    report(wrong);
}
