//! What Tab offers at a place in a line. Looks at names and attributes only: nothing is called.

use super::commands::COMMANDS;
use super::{Shell, editor};
use crate::registry::{Function, get_attribute};
use crate::report::Level;
use crate::value::Value;

/// What Tab offers.
pub enum Completion {
    /// Files and folders.
    Files,
    /// Words that replace the text from `start` to the cursor.
    Words {
        /// Where the word being completed starts.
        start: usize,
        /// What it could be.
        words: Vec<String>,
    },
}

/// What could stand at byte `pos` of `line`.
pub fn complete(shell: &mut Shell, line: &str, pos: usize) -> Completion {
    let before = line.get(..pos).unwrap_or(line);
    let start =
        before.rfind(|c: char| !is_word(c)).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let word = &before[start..];
    let trimmed = before.trim_start();
    if let Some(command) = trimmed.strip_prefix('%') {
        match command.split_once(char::is_whitespace) {
            None => return words(start, COMMANDS.iter().map(|c| c.name.to_string()), word),
            Some(("run", _)) => return Completion::Files,
            Some(("report", _)) => return words(start, Level::ALL.map(|(name, _)| name.to_string()), word),
            Some(_) => {}
        }
    }
    if in_string(before) {
        return Completion::Files;
    }
    let head = &before[..start];
    if let Some(path) = head.strip_suffix('.') {
        let from = path.rfind(|c: char| !is_word(c) && c != '.').map_or(0, |at| at + 1);
        let names = match value_of(shell, path.get(from..).unwrap_or("")) {
            Some(value) => members(shell, &value),
            None => Vec::new(),
        };
        return words(start, names, word);
    }
    let mut names = match open_call(head).and_then(|callee| value_of(shell, &callee)) {
        Some(callee) => editor::keywords(shell, &callee),
        None => Vec::new(),
    };
    names.extend(shell.session.workspace().entries().iter().map(|(name, _)| name.to_string()));
    names.push("np".into());
    if !word.is_empty() {
        names.extend(shell.session.context().catalog.names_in("").into_iter().map(str::to_string));
    }
    words(start, names, word)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn words(start: usize, names: impl IntoIterator<Item = String>, word: &str) -> Completion {
    let private = word.starts_with('_');
    let fits = |name: &String| name.starts_with(word) && (private || !name.starts_with('_'));
    let mut words: Vec<String> = names.into_iter().filter(fits).collect();
    words.sort();
    words.dedup();
    Completion::Words { start, words }
}

/// Whether the end of the text is inside a string literal.
fn in_string(text: &str) -> bool {
    let mut quote = None;
    let mut escaped = false;
    for c in text.chars() {
        match quote {
            _ if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '\'' || c == '"' => quote = Some(c),
            None => {}
        }
    }
    quote.is_some()
}

/// The dotted name before the innermost bracket that is still open, where that is a call.
pub fn open_call(text: &str) -> Option<String> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '[' | '{') => open.push((c, at)),
            (None, ')' | ']' | '}') => {
                open.pop();
            }
            _ => {}
        }
    }
    let (_, at) = open.into_iter().rev().find(|(c, _)| *c == '(')?;
    let head = text[..at].trim_end();
    let from = head
        .rfind(|c: char| !is_word(c) && c != '.')
        .map_or(0, |i| i + head[i..].chars().next().map_or(1, char::len_utf8));
    let name = &head[from..];
    (!name.is_empty() && !name.starts_with('.')).then(|| name.to_string())
}

/// The value of a dotted name, without calling anything.
pub fn value_of(shell: &mut Shell, path: &str) -> Option<Value> {
    let mut parts = path.split('.');
    let first = parts.next().filter(|part| !part.is_empty())?;
    let session = &mut shell.session;
    let mut value = match session.workspace().get(first) {
        Some(value) => value.clone(),
        None => session.context().catalog.builtin(first)?,
    };
    for part in parts {
        value = get_attribute(session.context_mut(), &value, part).ok()?;
    }
    Some(value)
}

/// The function that a dotted name stands for.
pub fn function_of(shell: &mut Shell, path: &str) -> Option<&'static Function> {
    match value_of(shell, path)? {
        Value::Function(function) => Some(function),
        Value::Method(method) => Some(method.1),
        Value::Class(class) => shell.session.context().catalog.function(class.constructor),
        _ => None,
    }
}

/// The names that may follow a value and a dot.
fn members(shell: &Shell, value: &Value) -> Vec<String> {
    let catalog = &shell.session.context().catalog;
    let mut names: Vec<String> = match value {
        Value::Module(module) => catalog.names_in(module.path).into_iter().map(str::to_string).collect(),
        Value::Object(object) => object.attributes().iter().map(|name| name.to_string()).collect(),
        _ => Vec::new(),
    };
    let mut classes = vec![match value {
        Value::Class(class) => *class,
        other => other.class(),
    }];
    while let Some(class) = classes.pop() {
        names.extend(catalog.members_of(class.name).into_iter().map(str::to_string));
        classes.extend(class.bases);
    }
    if matches!(value, Value::Scalar(_)) {
        names.extend(catalog.members_of("ndarray").into_iter().map(str::to_string));
    }
    names
}
