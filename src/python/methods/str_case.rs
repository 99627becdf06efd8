//! The methods of str about kinds of characters: upper and lower case, digits, letters.

use super::text;
use crate::error::Result;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::text::unicode::{decimal_value, is_printable, is_space};
use crate::value::Value;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

const FUNCTIONS: &[Function] = &[
    Function {
        name: "str.upper",
        signature: "()",
        method: None,
        summary: "The string in upper case.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'shape'.upper()\n\
                  'SHAPE'\n",
        see_also: &["str.lower"],
        run: Run::Call(upper),
    },
    Function {
        name: "str.lower",
        signature: "()",
        method: None,
        summary: "The string in lower case.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'NumPy'.lower()\n\
                  'numpy'\n",
        see_also: &["str.upper", "str.casefold"],
        run: Run::Call(lower),
    },
    Function {
        name: "str.casefold",
        signature: "()",
        method: None,
        summary: "The string for comparing without regard to case.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'Straße'.casefold()\n\
                  'strasse'\n",
        see_also: &["str.lower"],
        run: Run::Call(casefold),
    },
    Function {
        name: "str.capitalize",
        signature: "()",
        method: None,
        summary: "The string with its first character in upper case and the rest in lower.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'numPy array'.capitalize()\n\
                  'Numpy array'\n",
        see_also: &["str.title"],
        run: Run::Call(capitalize),
    },
    Function {
        name: "str.title",
        signature: "()",
        method: None,
        summary: "The string with every word starting in upper case.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'numPy array'.title()\n\
                  'Numpy Array'\n",
        see_also: &["str.capitalize"],
        run: Run::Call(title),
    },
    Function {
        name: "str.swapcase",
        signature: "()",
        method: None,
        summary: "The string with upper and lower case exchanged.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'NumPy'.swapcase()\n\
                  'nUMpY'\n",
        see_also: &["str.upper", "str.lower"],
        run: Run::Call(swapcase),
    },
    Function {
        name: "str.isalpha",
        signature: "()",
        method: None,
        summary: "Whether all characters are letters.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'abc'.isalpha()\n\
                  True\n",
        see_also: &["str.isalnum"],
        run: Run::Call(isalpha),
    },
    Function {
        name: "str.isalnum",
        signature: "()",
        method: None,
        summary: "Whether all characters are letters or digits.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'abc1'.isalnum()\n\
                  True\n",
        see_also: &["str.isalpha", "str.isdigit"],
        run: Run::Call(isalnum),
    },
    Function {
        name: "str.isdecimal",
        signature: "()",
        method: None,
        summary: "Whether all characters are decimal digits.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> '12'.isdecimal()\n\
                  True\n",
        see_also: &["str.isdigit"],
        run: Run::Call(isdecimal),
    },
    Function {
        name: "str.isdigit",
        signature: "()",
        method: None,
        summary: "Whether all characters are digits.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> '12²'.isdigit()\n\
                  True\n",
        see_also: &["str.isdecimal", "str.isnumeric"],
        run: Run::Call(isdigit),
    },
    Function {
        name: "str.isnumeric",
        signature: "()",
        method: None,
        summary: "Whether all characters are numbers.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> '½'.isnumeric()\n\
                  True\n",
        see_also: &["str.isdigit"],
        run: Run::Call(isnumeric),
    },
    Function {
        name: "str.isspace",
        signature: "()",
        method: None,
        summary: "Whether all characters are white space.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> ' \\t'.isspace()\n\
                  True\n",
        see_also: &["str.strip"],
        run: Run::Call(isspace),
    },
    Function {
        name: "str.isascii",
        signature: "()",
        method: None,
        summary: "Whether all characters are ASCII.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'é'.isascii()\n\
                  False\n",
        see_also: &[],
        run: Run::Call(isascii),
    },
    Function {
        name: "str.isprintable",
        signature: "()",
        method: None,
        summary: "Whether repr shows all characters as they are.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'a\\n'.isprintable()\n\
                  False\n",
        see_also: &[],
        run: Run::Call(isprintable),
    },
    Function {
        name: "str.isidentifier",
        signature: "()",
        method: None,
        summary: "Whether the string could be a name.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'x1'.isidentifier()\n\
                  True\n",
        see_also: &[],
        run: Run::Call(isidentifier),
    },
    Function {
        name: "str.isupper",
        signature: "()",
        method: None,
        summary: "Whether all cased characters are in upper case.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'ABC 1'.isupper()\n\
                  True\n",
        see_also: &["str.islower"],
        run: Run::Call(isupper),
    },
    Function {
        name: "str.islower",
        signature: "()",
        method: None,
        summary: "Whether all cased characters are in lower case.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'abc 1'.islower()\n\
                  True\n",
        see_also: &["str.isupper"],
        run: Run::Call(islower),
    },
    Function {
        name: "str.istitle",
        signature: "()",
        method: None,
        summary: "Whether every word starts in upper case.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'Num Py'.istitle()\n\
                  True\n",
        see_also: &["str.title"],
        run: Run::Call(istitle),
    },
];

fn upper(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(text(args)?.to_uppercase().into())
}

fn lower(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(text(args)?.to_lowercase().into())
}

fn casefold(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let fold = |c: char| match c {
        '\u{131}' => c.to_string(),
        _ => c.to_uppercase().flat_map(char::to_lowercase).collect(),
    };
    Ok(text(args)?.chars().map(fold).collect::<String>().into())
}

/// A character as it starts a word: the first of what upper case makes of it, the rest in lower case.
fn title_case(c: char) -> String {
    let mut upper = c.to_uppercase();
    upper.next().into_iter().chain(upper.flat_map(char::to_lowercase)).collect()
}

fn capitalize(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let text = text(args)?;
    let mut chars = text.chars();
    let first = chars.next().map(title_case).unwrap_or_default();
    Ok(Value::str(first + &chars.as_str().to_lowercase()))
}

/// Whether upper and lower case differ for a character.
fn is_cased(c: char) -> bool {
    c.is_uppercase() || c.is_lowercase()
}

fn title(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let mut titled = String::new();
    let mut inside = false;
    for c in text(args)?.chars() {
        titled += &if inside { c.to_lowercase().collect() } else { title_case(c) };
        inside = is_cased(c);
    }
    Ok(titled.into())
}

fn swapcase(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let swap = |c: char| -> String {
        if c.is_uppercase() {
            c.to_lowercase().collect()
        } else if c.is_lowercase() {
            c.to_uppercase().collect()
        } else {
            c.to_string()
        }
    };
    Ok(text(args)?.chars().map(swap).collect::<String>().into())
}

/// Whether there is a character and all are of a kind.
fn all(args: &Arguments, kind: fn(char) -> bool) -> Result<Value> {
    let text = text(args)?;
    Ok(Value::Bool(!text.is_empty() && text.chars().all(kind)))
}

fn is_decimal(c: char) -> bool {
    decimal_value(c).is_some()
}

/// A decimal digit, or one that stands high, low or in a circle.
fn is_digit(c: char) -> bool {
    is_decimal(c)
        || matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '₀'..='₉' | '①'..='⑨' | '⑴'..='⑼' | '⒈'..='⒐' | '❶'..='❾')
}

fn is_numeric(c: char) -> bool {
    is_digit(c) || c.is_numeric()
}

fn isalpha(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    all(args, char::is_alphabetic)
}

fn isalnum(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    all(args, |c| c.is_alphabetic() || is_numeric(c))
}

fn isdecimal(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    all(args, is_decimal)
}

fn isdigit(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    all(args, is_digit)
}

fn isnumeric(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    all(args, is_numeric)
}

fn isspace(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    all(args, is_space)
}

fn isascii(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(Value::Bool(text(args)?.is_ascii()))
}

fn isprintable(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(Value::Bool(text(args)?.chars().all(is_printable)))
}

fn isidentifier(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let text = text(args)?;
    let starts = text.chars().next().is_some_and(|c| c == '_' || c.is_alphabetic());
    Ok(Value::Bool(starts && text.chars().all(|c| c == '_' || c.is_alphanumeric())))
}

/// Whether a cased character is there and none of the other case.
fn all_of_case(args: &Arguments, other: fn(char) -> bool) -> Result<Value> {
    let text = text(args)?;
    Ok(Value::Bool(text.chars().any(is_cased) && !text.chars().any(other)))
}

fn isupper(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    all_of_case(args, char::is_lowercase)
}

fn islower(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    all_of_case(args, char::is_uppercase)
}

fn istitle(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (mut inside, mut any) = (false, false);
    for c in text(args)?.chars() {
        if c.is_uppercase() && inside || c.is_lowercase() && !inside {
            return Ok(Value::Bool(false));
        }
        inside = is_cased(c);
        any |= inside;
    }
    Ok(Value::Bool(any))
}
