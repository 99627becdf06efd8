//! The names of the fields that `np.genfromtxt` makes of the columns of a text (`NameValidator`).

use crate::error::Result;
use crate::registry::{Arguments, Context};
use crate::value::{Value, as_bool, as_str, collect, is_true};

/// Characters that no name keeps.
const DELETED: &str = "~!@#$%^&*()-=+~\\|]}[{';: /?.>,<\"";
/// Names that get an underscore.
const EXCLUDED: [&str; 3] = ["return", "file", "print"];

/// The names that the argument `names` asks for: of the first line, of a text or of a sequence; nothing where none are
/// asked for.
///
/// # Errors
/// `TypeError` for what is no name.
pub fn names_of(context: &mut Context, arguments: &Arguments, first: &[String]) -> Result<Option<Vec<String>>> {
    let text = |value: &Value| crate::value::str(value, &Default::default());
    let names: Vec<String> = match arguments.some("names").cloned() {
        None => return Ok(None),
        Some(Value::Bool(true)) => first.iter().map(|name| name.trim().to_string()).collect(),
        Some(Value::Str(names)) => names.split(',').map(|name| name.trim().to_string()).collect(),
        Some(other) if !is_true(&other)? => return Ok(None),
        Some(other) => collect(context, &other)?.iter().map(text).collect(),
    };
    let deleted = match arguments.some("deletechars") {
        Some(Value::Str(deleted)) => format!("{deleted}\""),
        _ => DELETED.to_string(),
    };
    let mut excluded: Vec<String> = EXCLUDED.map(str::to_string).to_vec();
    if let Some(more) = arguments.some("excludelist").cloned() {
        excluded.extend(collect(context, &more)?.iter().map(text));
    }
    let space = arguments.get("replace_space");
    let space = as_str(&space, "replace_space")?;
    let case = match arguments.get("case_sensitive") {
        Value::Str(word) if word.starts_with('u') => str::to_uppercase,
        Value::Str(word) if word.starts_with('l') => str::to_lowercase,
        other if as_bool(&other)? => str::to_string,
        _ => str::to_uppercase,
    };
    let format = arguments.get("defaultfmt");
    let format = as_str(&format, "defaultfmt")?;
    let mut valid: Vec<String> = Vec::new();
    let mut seen: Vec<(String, usize)> = Vec::new();
    let mut unnamed = 0;
    for name in names {
        let name = case(&name).trim().replace(' ', space);
        let mut name: String = name.chars().filter(|c| !deleted.contains(*c)).collect();
        if name.is_empty() {
            name = format.replace("%i", &unnamed.to_string());
            while seen.iter().any(|(known, _)| *known == name) {
                unnamed += 1;
                name = format.replace("%i", &unnamed.to_string());
            }
            unnamed += 1;
        } else if excluded.contains(&name) {
            name.push('_');
        }
        match seen.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => {
                valid.push(format!("{name}_{count}"));
                *count += 1;
            }
            None => {
                seen.push((name.clone(), 1));
                valid.push(name);
            }
        }
    }
    Ok(Some(valid))
}
