//! Whose words does a `TypeError` about arguments use?
//!
//! Functions written in Python say `f() missing 1 required positional argument: 'x'`. CPython's own builtins and
//! methods are written in C and say `f expected 2 arguments, got 1` or `f() missing required argument 'x' (pos 1)`,
//! by rules that follow from the signature (`getargs.c`, `call.c`). NumPy has both kinds, and a reader of its own
//! (`npy_argparse.c`); which one reads a function's arguments is a fact of its entry.

use super::function::Function;
use super::reader::Reader;
use super::signature::{Default, Kind, Parameter, Signature};
use crate::error::{Error, type_error};
use crate::value::classes;
use std::borrow::Cow;

/// What is wrong with the arguments of a call.
pub(super) enum Mistake<'a> {
    /// These required parameters got nothing.
    Missing(Vec<&'a str>),
    /// So many came by place, and there are not so many parameters.
    TooMany(usize),
    /// No parameter has this name.
    Unexpected(&'a str),
    /// The parameter got a value by place and one by name.
    Twice(&'a str),
}

/// One call that went wrong.
pub(super) struct Complaint<'a> {
    /// The function's name in messages.
    pub name: &'a str,
    /// The function.
    pub function: &'a Function,
    /// The parameters.
    pub signature: &'a Signature,
    /// Who reads the arguments.
    pub reader: Reader,
    /// How many arguments came by place.
    pub positional: usize,
    /// How many arguments came by name.
    pub keywords: usize,
}

impl Complaint<'_> {
    /// The error in the function's own words.
    pub fn error(&self, mistake: &Mistake) -> Error {
        let error = type_error(match self.reader {
            Reader::Python => self.in_python(self.name, 0, mistake),
            Reader::Helper(name) => self.in_python(name, 1, mistake),
            _ if self.takes_no_names() && matches!(mistake, Mistake::Unexpected(_)) => {
                format!("{}() takes no keyword arguments", self.qualified())
            }
            Reader::NumPy => self.in_numpy(mistake),
            Reader::Cython => self.in_cython(mistake),
            Reader::Tuple => self.in_tuple(),
            Reader::CPython if self.is_by_place() => self.by_place(),
            Reader::Keywords | Reader::CPython => self.by_name(mistake),
        });
        match mistake {
            Mistake::Unexpected(keyword) => {
                let names = self.signature.parameters.iter().filter(|p| p.kind != Kind::PositionalOnly);
                let error = error.at_argument(keyword);
                match crate::text::closest::closest(keyword, names.map(|p| &*p.name)) {
                    Some(near) => error.help(format!("did you mean '{near}'?")),
                    None => error,
                }
            }
            _ => error,
        }
    }

    /// Whether what is missing is named before a keyword that nothing takes, or that came by place too.
    pub fn names_missing_first(&self) -> bool {
        match self.reader {
            Reader::Python | Reader::Helper(_) | Reader::NumPy | Reader::Cython | Reader::Tuple => false,
            Reader::Keywords => !self.signature.parameters.iter().any(|p| p.kind == Kind::Rest),
            Reader::CPython => !self.is_by_place(),
        }
    }

    /// Whether the function is called without names: the first one is refused before anything else is looked at.
    pub fn takes_no_names(&self) -> bool {
        matches!(self.reader, Reader::NumPy | Reader::Tuple | Reader::CPython) && self.is_by_place()
    }

    /// The name with its class, or with NumPy's module.
    fn qualified(&self) -> Cow<'_, str> {
        let function = self.function;
        if self.name == function.method_name()
            && let Some((class, method)) = function.method_path()
        {
            return Cow::Owned(format!("{class}.{method}"));
        }
        match function.name.split_once('.') {
            Some(("sys", name)) => Cow::Borrowed(name),
            Some(("np", name)) => Cow::Owned(format!("numpy.{name}")),
            _ => Cow::Borrowed(function.name),
        }
    }

    /// Whether all arguments come by place.
    fn is_by_place(&self) -> bool {
        self.signature.parameters.iter().all(|p| matches!(p.kind, Kind::PositionalOnly | Kind::Rest))
    }

    /// Of a function written in Python, which so many arguments reach that the caller does not give.
    fn in_python(&self, name: &str, own: usize, mistake: &Mistake) -> String {
        match mistake {
            Mistake::Missing(missing) => {
                let quoted: Vec<String> = missing.iter().map(|m| format!("'{m}'")).collect();
                let list = match quoted.as_slice() {
                    [one] => one.clone(),
                    [one, two] => format!("{one} and {two}"),
                    [all @ .., last] => format!("{}, and {last}", all.join(", ")),
                    [] => String::new(),
                };
                format!("{name}() missing {} required positional argument{}: {list}", missing.len(), s(missing.len()))
            }
            Mistake::TooMany(given) => {
                let given = *given + own;
                let most = self.signature.positional + own;
                let least = self.least() + own;
                let takes = if least == most { format!("{most}") } else { format!("from {least} to {most}") };
                let plural = if most == 1 && least == most { "" } else { "s" };
                let were = if given == 1 { "was" } else { "were" };
                format!("{name}() takes {takes} positional argument{plural} but {given} {were} given")
            }
            Mistake::Unexpected(keyword) => format!("{name}() got an unexpected keyword argument '{keyword}'"),
            Mistake::Twice(keyword) => format!("{name}() got multiple values for argument '{keyword}'"),
        }
    }

    /// How many arguments must come, of those that may come by place.
    fn least(&self) -> usize {
        self.signature.parameters[..self.signature.positional].iter().filter(|p| is_required(p)).count()
    }

    /// Of a function whose arguments NumPy's own reader takes. It counts from 0.
    fn in_numpy(&self, mistake: &Mistake) -> String {
        let name = self.name;
        match mistake {
            Mistake::Missing(missing) => {
                let first = missing.first().copied().unwrap_or_default();
                let place = self.signature.position(first).unwrap_or(0);
                match self.signature.parameters.get(place) {
                    Some(parameter) if parameter.kind == Kind::PositionalOnly => {
                        format!("{name}() missing required positional argument {place}")
                    }
                    _ => format!("{name}() missing required argument '{first}' (pos {place})"),
                }
            }
            Mistake::TooMany(given) => {
                let (least, most) = (self.least(), self.signature.positional);
                let takes = if least == most { format!("{most}") } else { format!("from {least} to {most}") };
                format!("{name}() takes {takes} positional arguments but {given} were given")
            }
            Mistake::Unexpected(keyword) => format!("{name}() got an unexpected keyword argument '{keyword}'"),
            Mistake::Twice(keyword) => {
                let place = self.signature.position(keyword).unwrap_or(0);
                format!("argument for {name}() given by name ('{keyword}') and position (position {place})")
            }
        }
    }

    /// Of a function in a Cython module.
    fn in_cython(&self, mistake: &Mistake) -> String {
        let name = self.name;
        match mistake {
            Mistake::Missing(_) | Mistake::TooMany(_) => {
                let (least, most, given) = (self.least(), self.signature.positional, self.positional);
                let is_missing = matches!(mistake, Mistake::Missing(_));
                let bound = match (least == most, is_missing) {
                    (true, _) => "exactly",
                    (false, true) => "at least",
                    (false, false) => "at most",
                };
                let count = if is_missing { least } else { most };
                format!("{name}() takes {bound} {count} positional argument{} ({given} given)", s(count))
            }
            Mistake::Unexpected(keyword) => format!("{name}() got an unexpected keyword argument '{keyword}'"),
            Mistake::Twice(keyword) => format!("{name}() got multiple values for keyword argument '{keyword}'"),
        }
    }

    /// Of a function whose arguments come in a tuple. One without parameters is not named.
    fn in_tuple(&self) -> String {
        let (least, most, given) = (self.least(), self.signature.positional, self.positional);
        let name = if most == 0 { "function".into() } else { format!("{}()", self.name) };
        let bound = match (least == most, given < least) {
            (true, _) => "exactly",
            (false, true) => "at least",
            (false, false) => "at most",
        };
        let count = if given < least { least } else { most };
        format!("{name} takes {bound} {count} argument{} ({given} given)", s(count))
    }

    /// Of one of CPython's own whose arguments all come by place.
    fn by_place(&self) -> String {
        let (name, given) = (self.name, self.positional);
        let qualified = self.qualified();
        let parameters = &self.signature.parameters;
        let least = parameters.iter().filter(|p| is_required(p)).count();
        let endless = parameters.iter().any(|p| p.kind == Kind::Rest);
        let most = parameters.len();
        match (least, most) {
            (0, 0) => format!("{qualified}() takes no arguments ({given} given)"),
            (1, 1) if !endless && !self.is_unpacked() => {
                format!("{qualified}() takes exactly one argument ({given} given)")
            }
            _ if !endless && least == most => format!("{name} expected {most} argument{}, got {given}", s(most)),
            _ if given < least => format!("{name} expected at least {least} argument{}, got {given}", s(least)),
            _ => format!("{name} expected at most {most} argument{}, got {given}", s(most)),
        }
    }

    /// Whether the one argument of the function arrives in a tuple, as for a class that is called.
    fn is_unpacked(&self) -> bool {
        classes::ALL.iter().any(|class| class.constructor == self.function.name)
    }

    /// Of a function with arguments that may come by name.
    fn by_name(&self, mistake: &Mistake) -> String {
        let (name, parameters) = (self.name, &self.signature.parameters);
        let (given, all) = (self.positional + self.keywords, parameters.len());
        let endless = parameters.iter().any(|p| matches!(p.kind, Kind::Rest | Kind::Keywords));
        if given > all && !endless {
            let at_most = if parameters.iter().all(is_required) { "exactly" } else { "at most" };
            let keyword = if self.positional == 0 { "keyword " } else { "" };
            return format!("{name}() takes {at_most} {all} {keyword}argument{} ({given} given)", s(all));
        }
        match mistake {
            Mistake::TooMany(_) if self.signature.positional == 0 => format!("{name}() takes no positional arguments"),
            Mistake::TooMany(given) => {
                let (least, most) = (self.least(), self.signature.positional);
                let bound = if least == most { "exactly" } else { "at most" };
                format!("{name}() takes {bound} {most} positional argument{} ({given} given)", s(most))
            }
            Mistake::Missing(missing) => {
                let first = missing.first().copied().unwrap_or_default();
                let only: Vec<&Parameter> = parameters.iter().filter(|p| p.kind == Kind::PositionalOnly).collect();
                let least = only.iter().filter(|p| is_required(p)).count();
                if self.positional < least {
                    let bound = if least < self.signature.positional { "at least" } else { "exactly" };
                    let given = self.positional;
                    return format!("{name}() takes {bound} {least} positional argument{} ({given} given)", s(least));
                }
                let place = self.signature.position(first).unwrap_or(0) + 1;
                format!("{name}() missing required argument '{first}' (pos {place})")
            }
            // The names alone are read apart from the arguments in a tuple of any length.
            Mistake::Unexpected(keyword) if self.reader == Reader::Keywords && endless => {
                format!("'{keyword}' is an invalid keyword argument for this function")
            }
            Mistake::Unexpected(keyword) => format!("'{keyword}' is an invalid keyword argument for {name}()"),
            Mistake::Twice(keyword) => {
                let place = self.signature.position(keyword).unwrap_or(0) + 1;
                format!("argument for {name}() given by name ('{keyword}') and position ({place})")
            }
        }
    }
}

fn is_required(parameter: &Parameter) -> bool {
    matches!(parameter.default, Default::Required) && !matches!(parameter.kind, Kind::Rest | Kind::Keywords)
}

fn s(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
