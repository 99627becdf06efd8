//! What happens at floating-point errors, and the size of NumPy's buffers.

use crate::array::{ErrorState, Reaction};
use crate::error::{Result, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Dict, Value, as_index, repr};
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.seterr",
        signature: "(all=None, divide=None, over=None, under=None, invalid=None)",
        method: None,
        summary: "Says what happens at floating-point errors; gives what was said before.",
        memory: MemoryRule::NoArray,
        notes: "One of `'ignore'`, `'warn'`, `'raise'`, `'call'`, `'print'`, `'log'` for each kind of error.",
        example: r"
>>> old = np.seterr(divide='ignore')
>>> np.array([1.0]) / 0
array([inf])
>>> np.seterr(**old)['divide']
'ignore'
",
        see_also: &["np.geterr"],
        run: Run::Call(seterr),
    },
    Function {
        name: "np.geterr",
        signature: "()",
        method: None,
        summary: "What happens at floating-point errors.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: r"
>>> np.geterr()
{'divide': 'warn', 'over': 'warn', 'under': 'ignore', 'invalid': 'warn'}
",
        see_also: &["np.seterr"],
        run: Run::Call(|context, _| state(context)),
    },
    Function {
        name: "np.setbufsize",
        signature: "(size)",
        method: None,
        summary: "Gives the number of elements that NumPy converts at a time; ndsh keeps its own.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: r"
>>> np.setbufsize(8192)
8192
",
        see_also: &["np.getbufsize"],
        run: Run::Call(|_, arguments| {
            let size = as_index(&arguments.get("size")).map_err(|e| e.at_argument("size"))?;
            if size < 0 {
                return Err(value_error("buffer size must be non-negative").at_argument("size"));
            }
            if size % 16 != 0 {
                return Err(value_error("Buffer size must be a multiple of 16").at_argument("size"));
            }
            Ok(Value::int(8192))
        }),
    },
    Function {
        name: "np.geterrcall",
        signature: "()",
        method: None,
        summary: "The function that is called at floating-point errors, where `np.seterr` says 'call'; None here.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: r"
>>> np.geterrcall() is None
True
",
        see_also: &["np.seterr"],
        run: Run::Call(|_, _| Ok(Value::None)),
    },
    Function {
        name: "np.getbufsize",
        signature: "()",
        method: None,
        summary: "The number of elements that NumPy converts at a time.",
        memory: MemoryRule::NoArray,
        notes: "It is why `np.sum(a, dtype=float)` needs no copy of `a`: elements are converted in pieces of this size.",
        example: r"
>>> np.getbufsize()
8192
",
        see_also: &["np.sum"],
        run: Run::Call(|_, _| Ok(Value::int(8192))),
    },
];

const NAMES: [(&str, Reaction); 6] = [
    ("ignore", Reaction::Ignore),
    ("warn", Reaction::Warn),
    ("raise", Reaction::Raise),
    ("call", Reaction::Call),
    ("print", Reaction::Print),
    ("log", Reaction::Log),
];

fn name(reaction: Reaction) -> Value {
    let found = NAMES.iter().find(|(_, known)| *known == reaction);
    Value::from(found.map_or("", |(name, _)| *name))
}

/// The reactions as NumPy's dict.
fn state(context: &Context) -> Result<Value> {
    let state = context.runtime.error_state.get();
    let entries = [("divide", state.divide), ("over", state.over), ("under", state.under), ("invalid", state.invalid)];
    let entries = entries.map(|(kind, reaction)| (Value::from(kind), name(reaction)));
    Ok(Value::Dict(Rc::new(Dict::new(entries)?)))
}

/// The reaction that an argument names, unless it is `None`.
fn reaction(arguments: &Arguments, parameter: &str) -> Result<Option<Reaction>> {
    let Some(value) = arguments.some(parameter) else { return Ok(None) };
    let found = match value {
        Value::Str(text) => NAMES.iter().find(|(name, _)| **name == **text),
        _ => None,
    };
    match found {
        Some((_, reaction)) => Ok(Some(*reaction)),
        None => {
            let message = format!("invalid error mode {}", repr(value, &Default::default()));
            Err(value_error(message).at_argument(parameter).help("'ignore', 'warn', 'raise', 'print', 'call' or 'log'"))
        }
    }
}

fn seterr(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let old = state(context)?;
    let before = context.runtime.error_state.get();
    let all = reaction(arguments, "all")?;
    let one = |parameter: &str, before: Reaction| -> Result<Reaction> {
        Ok(reaction(arguments, parameter)?.or(all).unwrap_or(before))
    };
    let after = ErrorState {
        divide: one("divide", before.divide)?,
        over: one("over", before.over)?,
        under: one("under", before.under)?,
        invalid: one("invalid", before.invalid)?,
    };
    context.runtime.error_state.set(after);
    Ok(old)
}
