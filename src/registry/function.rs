//! What is written down of a function.

use super::arguments::Arguments;
use super::context::Context;
use super::reader::Reader;
use crate::error::Result;
use crate::value::{Class, Value, classes};

/// What a function does to memory. Each rule is proved over the function's example by `shares_memory`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemoryRule {
    /// Always a view of its argument.
    View,
    /// A view where the layout allows it, else a copy.
    ViewIfPossible,
    /// Always new memory.
    New,
    /// The argument itself where it already fits, else new memory.
    SameIfPossible,
    /// Changes its argument in place, and allocates no result.
    InPlace,
    /// Gives no array.
    NoArray,
}

impl MemoryRule {
    /// As help says it.
    pub fn text(self) -> &'static str {
        match self {
            MemoryRule::View => "a view: nothing is allocated",
            MemoryRule::ViewIfPossible => "a view if possible, else a copy",
            MemoryRule::New => "new memory",
            MemoryRule::SameIfPossible => "the same array if it fits already, else new memory",
            MemoryRule::InPlace => "in place: its argument changes",
            MemoryRule::NoArray => "no array",
        }
    }
}

/// How a function runs.
pub enum Run {
    /// A function of its bound arguments. Who reads them follows from whose it is.
    Call(fn(&mut Context, &mut Arguments) -> Result<Value>),
    /// A function of its bound arguments, and who reads them.
    Read(Reader, fn(&mut Context, &mut Arguments) -> Result<Value>),
    /// The universal function of this name.
    Ufunc(&'static str),
}

/// The method form of a function: `a.reshape(...)` of `np.reshape(a, ...)`.
pub struct Method {
    /// The class and the method's name: `"ndarray.reshape"`.
    pub name: &'static str,
    /// Its signature, without the array: `"(*shape, order='C', copy=None)"`. Its parameters have the names of
    /// the function's; the array is bound to the function's first parameter. Where it is the function's own
    /// signature, what the method is called on is no argument: the function works on something of its own.
    pub signature: &'static str,
    /// Who reads its arguments.
    pub reader: Reader,
}

/// One function, as everybody knows it.
pub struct Function {
    /// The dotted name: `"np.reshape"`, `"len"`; a method that is no function too: `"ndarray.tobytes"`.
    pub name: &'static str,
    /// NumPy's own signature text: `"(a, /, shape, order='C', *, copy=None)"`. The only statement of arity,
    /// keywords and defaults.
    pub signature: &'static str,
    /// The method form, where there is one.
    pub method: Option<Method>,
    /// What it does, in one line.
    pub summary: &'static str,
    /// What it does to memory.
    pub memory: MemoryRule,
    /// What else one should know; may be empty.
    pub notes: &'static str,
    /// A transcript (`>>> ` and what is printed) with the view case and the copy case; run by the tests.
    pub example: &'static str,
    /// Names in the registry.
    pub see_also: &'static [&'static str],
    /// What runs it.
    pub run: Run,
}

impl Function {
    /// `__name__`: the last part of the dotted name.
    pub fn short_name(&self) -> &'static str {
        self.name.rsplit('.').next().unwrap_or(self.name)
    }

    /// The class and the method name of what is called on a value: of the method form, or of the function itself
    /// where it is only a method.
    pub fn method_path(&self) -> Option<(&'static str, &'static str)> {
        let name = self.method.as_ref().map_or(self.name, |method| method.name);
        let (class, method) = name.split_once('.')?;
        (class != "np" && !method.contains('.') && !super::catalog::is_module(class)).then_some((class, method))
    }

    /// The name it has as a method, or its short name.
    pub fn method_name(&self) -> &'static str {
        self.method_path().map_or(self.short_name(), |(_, name)| name)
    }

    /// Whether it is only a method, with no function form: then the receiver is bound apart from the arguments.
    pub fn is_only_method(&self) -> bool {
        self.method.is_none() && self.method_path().is_some()
    }

    /// Whether it is called on the class (`int.from_bytes`) and not on its instances.
    pub fn is_class_method(&self) -> bool {
        self.signature.starts_with("($type")
    }

    /// Who reads the arguments of its plain form; of the method, where it is only that.
    pub fn reader(&self) -> Reader {
        let is_builtin = match self.name.split_once('.') {
            None | Some(("math" | "sys" | "io" | "os" | "datetime", _)) => true,
            Some((owner, _)) => classes::ALL.iter().any(|class| class.name == owner && class.module == "builtins"),
        };
        match self.run {
            Run::Read(reader, _) => reader,
            _ if is_builtin => Reader::CPython,
            _ => Reader::Python,
        }
    }

    /// Whether the function as a value is one of Python: it is no universal function, and not written in C.
    fn is_python(&self) -> bool {
        self.name.starts_with("np.") && matches!(self.reader(), Reader::Python | Reader::Helper(_))
    }

    /// The class of the function as a value.
    pub fn class(&self) -> &'static Class {
        match self.run {
            Run::Ufunc(_) => &classes::UFUNC,
            _ if self.is_python() => &classes::FUNCTION,
            _ => &classes::BUILTIN,
        }
    }

    /// `repr(function)`.
    pub fn repr(&self) -> String {
        match self.run {
            Run::Ufunc(name) => format!("<ufunc '{name}'>"),
            _ if self.is_python() => format!("<function {}>", self.short_name()),
            _ => format!("<built-in function {}>", self.short_name()),
        }
    }
}
