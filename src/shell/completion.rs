//! What Tab offers, and what the hint says. Looks at names and attributes only: nothing is called, nothing allocated.

use super::Shell;
use super::commands::{COMMANDS, find};
use super::cursor::{Call, Cursor, Part, Place, cursor};
use crate::registry::{Function, Kind, MODULES, Member, MemoryRule, get_attribute, split_at_commas};
use crate::value::{Class, Value, classes};
use std::path::Path;
use std::rc::Rc;

/// Words of the language that start or join expressions and statements.
const WORDS: [&str; 15] =
    ["and", "as", "del", "else", "False", "from", "if", "import", "in", "is", "None", "not", "or", "pass", "True"];

/// What strings a keyword takes, where they are few.
const CHOICES: [(&str, &[&str]); 5] = [
    ("order", &["C", "F", "A", "K"]),
    ("casting", &["no", "equiv", "safe", "same_kind", "unsafe"]),
    ("kind", &["quicksort", "stable", "mergesort", "heapsort"]),
    ("mode", &["raise", "wrap", "clip"]),
    (
        "dtype",
        &[
            "bool",
            "int8",
            "int16",
            "int32",
            "int64",
            "uint8",
            "uint16",
            "uint32",
            "uint64",
            "float16",
            "float32",
            "float64",
            "complex64",
            "complex128",
        ],
    ),
];

/// What Tab offers: the words that could replace the text from `start` to the cursor.
pub struct Completion {
    /// Where the word being completed starts.
    pub start: usize,
    /// What it could be.
    pub words: Vec<String>,
}

/// What is known of an expression without evaluating calls.
enum Known {
    /// Its value.
    Value(Value),
    /// Only its class.
    Class(&'static Class),
    /// A method of a value that is not known.
    Method(&'static Function),
}

/// What could stand at the end of `text`.
pub fn complete(shell: &mut Shell, text: &str) -> Completion {
    let Cursor { start, word, place, call } = cursor(text);
    let names = match place {
        Place::Nothing => Vec::new(),
        Place::Command => COMMANDS.iter().flat_map(|c| c.aliases.iter().chain([&c.name])).map(owned).collect(),
        Place::File => return paths(start, word, None),
        Place::Argument(name) => match find(name) {
            Ok(command) if command.argument == "FILE" => return paths(start, word, None),
            found => found.iter().flat_map(|command| command.words()).map(str::to_string).collect(),
        },
        Place::Text => {
            let keyword = call.as_ref().and_then(|call| call.keyword);
            match CHOICES.iter().find(|(name, _)| keyword == Some(*name)) {
                Some((_, choices)) => choices.iter().map(owned).collect(),
                None => return paths(start, word, text[..start].chars().next_back()),
            }
        }
        Place::Member(parts) => known(shell, &parts).map_or_else(Vec::new, |known| members(shell, &known)),
        Place::Module => modules(word),
        Place::Imported(module) => {
            let path = module.replacen("numpy", "np", 1);
            shell.session.context().catalog.names_in(&path).into_iter().map(str::to_string).collect()
        }
        Place::Name => {
            let mut names = call.map_or_else(Vec::new, |call| keywords(shell, &call));
            names.extend(shell.session.workspace().entries().iter().map(|(name, _)| name.to_string()));
            names.push("np".into());
            if !word.is_empty() {
                names.extend(shell.session.context().catalog.names_in("").into_iter().map(str::to_string));
                names.extend(WORDS.iter().map(owned));
            }
            names
        }
    };
    // Names with an underscore in front are for those who ask for them.
    let fits = |name: &String| name.starts_with(word) && (word.starts_with('_') || !name.starts_with('_'));
    let mut words: Vec<String> = names.into_iter().filter(fits).collect();
    words.sort_by(|a, b| (!a.ends_with('=')).cmp(&!b.ends_with('=')).then_with(|| a.cmp(b)));
    words.dedup();
    Completion { start, words }
}

fn owned(text: &&str) -> String {
    text.to_string()
}

/// The modules as Python calls them; of the dotted name being typed, the last part.
fn modules(word: &str) -> Vec<String> {
    let all = MODULES.iter().map(|path| match path.strip_prefix("np") {
        Some(rest) => format!("numpy{rest}"),
        None => path.to_string(),
    });
    all.filter(|name| !name.contains('.') && name.starts_with(word)).collect()
}

/// The files and folders whose path starts with `word`. Folders end with a slash. In a string, its own quote is
/// left out.
fn paths(start: usize, word: &str, quote: Option<char>) -> Completion {
    let (folder, name) = match word.rfind('/') {
        Some(at) => word.split_at(at + 1),
        None => ("", word),
    };
    let listed = std::fs::read_dir(if folder.is_empty() { Path::new(".") } else { Path::new(folder) });
    let mut words: Vec<String> = listed
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let found = entry.file_name().into_string().ok()?;
            let is_shown = found.starts_with(name) && (name.starts_with('.') || !found.starts_with('.'));
            let is_plain = !quote.is_some_and(|quote| found.contains(quote)) && !found.contains(['\\', '\n']);
            let slash = if entry.path().is_dir() { "/" } else { "" };
            (is_shown && is_plain).then(|| format!("{folder}{found}{slash}"))
        })
        .collect();
    words.sort();
    Completion { start, words }
}

/// What is known of a primary expression.
fn known(shell: &mut Shell, parts: &[Part]) -> Option<Known> {
    let (first, rest) = parts.split_first()?;
    let session = &mut shell.session;
    let mut known = match first {
        Part::Name(name) => Known::Value(match session.workspace().get(name) {
            Some(value) => value.clone(),
            None => session.context().catalog.builtin(name)?,
        }),
        Part::Literal(name) => Known::Class(classes::ALL.iter().find(|class| class.name == *name)?),
        Part::Attribute(_) | Part::Call | Part::Item => return None,
    };
    for part in rest {
        known = match (part, known) {
            (Part::Attribute(name), Known::Value(value)) => {
                let catalog = Rc::clone(&session.context().catalog);
                match catalog.attribute(value.class().name, name).map(|attribute| attribute.memory) {
                    Some(MemoryRule::New | MemoryRule::ViewIfPossible) => Known::Class(&classes::NDARRAY),
                    _ => Known::Value(get_attribute(session.context_mut(), &value, name).ok()?),
                }
            }
            (Part::Attribute(name), Known::Class(class)) => {
                let catalog = &session.context().catalog;
                match catalog.find_member(class, name)? {
                    Member::Method(function) => Known::Method(function),
                    Member::Attribute(attribute) if attribute.memory == MemoryRule::NoArray => return None,
                    Member::Attribute(_) => Known::Class(&classes::NDARRAY),
                }
            }
            (Part::Call, Known::Value(Value::Class(class))) => Known::Class(match class.name {
                "dtype" => &classes::DTYPE,
                _ => class,
            }),
            (Part::Call, Known::Value(Value::Function(function))) => result(function)?,
            (Part::Call, Known::Value(Value::Method(method))) => result(method.1)?,
            (Part::Call, Known::Method(function)) => result(function)?,
            (Part::Item, Known::Value(Value::Array(_))) => Known::Class(&classes::NDARRAY),
            (Part::Item, Known::Class(class)) if std::ptr::eq(class, &classes::NDARRAY) => Known::Class(class),
            (Part::Item, Known::Value(Value::Str(_))) => Known::Class(&classes::STR),
            _ => return None,
        };
    }
    Some(known)
}

/// What a call gives, as far as the function's memory rule tells.
fn result(function: &'static Function) -> Option<Known> {
    (function.memory != MemoryRule::NoArray && function.memory != MemoryRule::InPlace)
        .then_some(Known::Class(&classes::NDARRAY))
}

/// The value of a dotted name, without calling anything.
pub fn value_of(shell: &mut Shell, path: &str) -> Option<Value> {
    let mut names = path.split('.');
    let mut parts = vec![Part::Name(names.next().filter(|name| !name.is_empty())?)];
    parts.extend(names.map(Part::Attribute));
    match known(shell, &parts)? {
        Known::Value(value) => Some(value),
        Known::Class(_) | Known::Method(_) => None,
    }
}

/// The names that may follow it and a dot.
fn members(shell: &Shell, known: &Known) -> Vec<String> {
    let catalog = &shell.session.context().catalog;
    let mut names: Vec<&str> = Vec::new();
    let mut pending: Vec<&'static Class> = Vec::new();
    match known {
        Known::Class(class) => pending.push(class),
        Known::Method(_) => {}
        Known::Value(value) => {
            match value {
                Value::Module(module) => names.extend(catalog.names_in(module.path)),
                Value::Object(object) => names.extend(object.attributes()),
                Value::Class(class) => pending.push(class),
                Value::Scalar(_) => pending.push(&classes::NDARRAY),
                _ => {}
            }
            if !matches!(value, Value::Module(_) | Value::Class(_)) {
                pending.push(value.class());
            }
        }
    }
    while let Some(class) = pending.pop() {
        names.extend(catalog.members_of(class.name));
        pending.extend(class.bases);
    }
    names.into_iter().map(str::to_string).collect()
}

/// What is called, and its signature text there.
fn callee(shell: &mut Shell, parts: &[Part]) -> Option<&'static str> {
    let method =
        |function: &'static Function| function.method.as_ref().map_or(function.signature, |method| method.signature);
    match known(shell, parts)? {
        Known::Value(Value::Function(function)) => Some(function.signature),
        Known::Value(Value::Method(bound)) => Some(method(bound.1)),
        Known::Method(function) => Some(method(function)),
        Known::Value(Value::Class(class)) => {
            shell.session.context().catalog.function(class.constructor).map(|function| function.signature)
        }
        _ => None,
    }
}

/// The keywords that the call still takes, each with `=`.
fn keywords(shell: &mut Shell, call: &Call) -> Vec<String> {
    if call.keyword.is_some() {
        return Vec::new();
    }
    let Some(text) = callee(shell, &call.callee) else { return Vec::new() };
    let signature = shell.session.context().catalog.signature(text);
    let open = signature.parameters.iter().enumerate().filter(|(place, parameter)| match parameter.kind {
        Kind::Either => *place >= call.by_place && !call.keywords.contains(&&*parameter.name),
        Kind::KeywordOnly => !call.keywords.contains(&&*parameter.name),
        Kind::PositionalOnly | Kind::Rest | Kind::Keywords => false,
    });
    open.map(|(_, parameter)| format!("{}=", parameter.name)).collect()
}

/// What may still follow at the end of `text`: the rest of the signature of the call it stands in, or the whole
/// signature behind the name of a function.
pub fn signature_hint(shell: &mut Shell, text: &str) -> Option<String> {
    let Cursor { word, place, call, .. } = cursor(text);
    let name = match place {
        _ if word.is_empty() => None,
        Place::Name => Some(vec![Part::Name(word)]),
        Place::Member(mut parts) if !parts.is_empty() => {
            parts.push(Part::Attribute(word));
            Some(parts)
        }
        _ => None,
    };
    if let Some(signature) = name.and_then(|parts| callee(shell, &parts)) {
        return Some(signature.to_string());
    }
    let call = call?;
    let signature = callee(shell, &call.callee)?;
    Some(rest_of(signature, &call))
}

/// The parameters of a signature text that a call has not given yet, with the bracket that ends it.
fn rest_of(signature: &str, call: &Call) -> String {
    let inner = signature.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(signature);
    let mut skipped = call.by_place + usize::from(call.is_started && call.keyword.is_none());
    let mut rest: Vec<&str> = Vec::new();
    for part in split_at_commas(inner).into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        let name = part.split('=').next().unwrap_or(part).trim();
        let is_variadic = name.len() > 1 && name.starts_with('*');
        match name {
            // What was given so far may not come by name.
            "/" if rest.is_empty() => continue,
            "/" | "*" => skipped = 0,
            _ if is_variadic => skipped = 0,
            _ if call.keywords.contains(&name) || call.keyword == Some(name) => continue,
            _ if skipped > 0 => {
                skipped -= 1;
                continue;
            }
            _ => {}
        }
        rest.push(part);
    }
    if rest.last() == Some(&"*") {
        rest.pop();
    }
    let comma = if call.is_started && !rest.is_empty() { ", " } else { "" };
    format!("{comma}{})", rest.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::Manner;

    fn shell() -> Shell {
        let mut shell = Shell::new(Manner::prompt(80));
        shell.enter_plain("alpha = 1; alphabet = np.arange(6.0); words = ['a']; text = 'a'");
        shell
    }

    fn words(text: &str) -> Vec<String> {
        complete(&mut shell(), text).words
    }

    #[test]
    fn names_members_and_keywords() {
        assert_eq!(words("alp"), ["alpha", "alphabet"]);
        assert!(words("np.resh").contains(&"reshape".to_string()));
        assert_eq!(words("alphabet.resh"), ["reshape"]);
        assert_eq!(words("alphabet[1:].stri"), ["strides"]);
        assert_eq!(words("np.zeros(3).T.nby"), ["nbytes"]);
        assert_eq!(words("text.upp"), ["upper"]);
        assert_eq!(words("'a'.upp"), ["upper"]);
        assert_eq!(words("np.zeros(3, dt"), ["dtype="]);
        assert_eq!(words("np.zeros(3, dtype=f, orde"), ["order="]);
        assert_eq!(words("np.zeros(3, order='"), ["A", "C", "F", "K"].map(String::from).to_vec());
        assert_eq!(words("%timei"), ["timeit"]);
        assert_eq!(words("%report l"), ["line"]);
        assert_eq!(words("%whos "), ["all"]);
        assert_eq!(words("%map --"), ["--hex", "--lines", "--save"]);
        assert_eq!(words("%map alphab"), ["alphabet"]);
        assert_eq!(words("import nu"), ["numpy"]);
        assert!(words("from numpy import arang").contains(&"arange".to_string()));
        assert!(words("nowhere.").is_empty() && words("# alp").is_empty());
    }

    #[test]
    fn nothing_is_allocated() {
        let mut shell = shell();
        let live = |shell: &Shell| shell.session.context().runtime.ledger.allocated();
        let before = live(&shell);
        for text in ["alphabet.imag.", "alphabet.copy().", "np.zeros(9).", "alphabet.T.", "alphabet.imag("] {
            complete(&mut shell, text);
            signature_hint(&mut shell, text);
        }
        assert_eq!(live(&shell), before);
    }

    #[test]
    fn hints_are_the_rest_of_the_signature() {
        let hint = |text: &str| signature_hint(&mut shell(), text).unwrap_or_default();
        let whole = hint("np.zeros");
        assert!(whole.starts_with("(shape, dtype="), "{whole}");
        assert_eq!(hint("np.zeros("), whole[1..]);
        assert!(hint("np.zeros(3").starts_with(", dtype="));
        assert!(hint("np.zeros(3, ").starts_with("dtype="));
        let rest = hint("np.zeros(3, dtype='f4', ");
        assert!(rest.starts_with("order='C'") && !rest.contains("dtype"), "{rest}");
        assert_eq!(hint("alpha + 1"), "");
    }

    #[test]
    fn rests_of_signatures() {
        let call = |by_place, keywords: &[&'static str], is_started| Call {
            callee: Vec::new(),
            by_place,
            keywords: keywords.to_vec(),
            keyword: None,
            is_started,
        };
        let text = "(a, /, shape=None, order='C', *, copy=(1, 2))";
        assert_eq!(rest_of(text, &call(0, &[], false)), "a, /, shape=None, order='C', *, copy=(1, 2))");
        assert_eq!(rest_of(text, &call(1, &[], false)), "shape=None, order='C', *, copy=(1, 2))");
        assert_eq!(rest_of(text, &call(1, &[], true)), ", order='C', *, copy=(1, 2))");
        assert_eq!(rest_of(text, &call(1, &["copy"], false)), "shape=None, order='C')");
        assert_eq!(rest_of("(*shape, order='C')", &call(2, &[], false)), "*shape, order='C')");
        assert_eq!(rest_of("()", &call(0, &[], false)), ")");
    }
}
