//! What went wrong, in Python's terms: an exception's class and message, and in ours: what to blame and what helps.
//!
//! The class and the message are NumPy's (or CPython's) to the letter. The blame says which part of the
//! statement the caret goes under; the evaluator turns it into a place in the text.

use crate::memory::OutOfMemory;
use crate::syntax::ast::Span;
use crate::text::error::FormatError;
use std::fmt;

/// The exception classes that a statement can end with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum ErrorClass {
    ArithmeticError,
    ArrayMemoryError,
    AssertionError,
    AttributeError,
    AxisError,
    BadZipFile,
    BufferError,
    ComplexWarning,
    ConversionWarning,
    DTypePromotionError,
    DeprecationWarning,
    EOFError,
    FileExistsError,
    FileNotFoundError,
    FloatingPointError,
    ImportError,
    IndexError,
    IsADirectoryError,
    KeyError,
    KeyboardInterrupt,
    LinAlgError,
    LookupError,
    MemoryError,
    ModuleNotFoundError,
    NameError,
    NotADirectoryError,
    NotImplementedError,
    OSError,
    OverflowError,
    PermissionError,
    RankWarning,
    RecursionError,
    RuntimeError,
    RuntimeWarning,
    StopIteration,
    SyntaxError,
    TooHardError,
    TypeError,
    UFuncBinaryResolutionError,
    UFuncInputCastingError,
    UFuncNoLoopError,
    UFuncOutputCastingError,
    UFuncTypeError,
    UnicodeDecodeError,
    UnicodeEncodeError,
    UnsupportedOperation,
    UserWarning,
    ValueError,
    VisibleDeprecationWarning,
    ZeroDivisionError,
}

impl ErrorClass {
    /// Python's `type(error).__name__`. NumPy's private classes bear the name of the class they derive from.
    pub fn name(self) -> String {
        use ErrorClass::*;
        match self {
            ArrayMemoryError => "MemoryError".into(),
            UFuncBinaryResolutionError | UFuncInputCastingError | UFuncNoLoopError | UFuncOutputCastingError => {
                "UFuncTypeError".into()
            }
            other => format!("{other:?}"),
        }
    }

    /// The class as the last line of a traceback names it: with its module, where that is not `builtins`.
    pub fn qualified(self) -> String {
        use ErrorClass::*;
        match self {
            AxisError
            | ComplexWarning
            | DTypePromotionError
            | RankWarning
            | TooHardError
            | VisibleDeprecationWarning => {
                format!("numpy.exceptions.{}", self.name())
            }
            UFuncTypeError => "numpy._core._exceptions.UFuncTypeError".into(),
            ArrayMemoryError
            | UFuncBinaryResolutionError
            | UFuncInputCastingError
            | UFuncNoLoopError
            | UFuncOutputCastingError => format!("numpy._core._exceptions._{self:?}"),
            ConversionWarning => "numpy.lib._iotools.ConversionWarning".into(),
            BadZipFile => "zipfile.BadZipFile".into(),
            UnsupportedOperation => "io.UnsupportedOperation".into(),
            LinAlgError => "numpy.linalg.LinAlgError".into(),
            _ => self.name(),
        }
    }
}

/// Which part of the failing expression the caret goes under.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Blame {
    /// The whole expression that failed.
    #[default]
    Whole,
    /// The argument of a call, by its parameter's name.
    Argument(String),
    /// Item `n` of a subscript.
    Index(usize),
    /// A place that is known.
    Place(Span),
}

/// An exception on its way out. One pointer wide, so that results stay small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Details>);

/// What an [`Error`] carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// The exception's class.
    pub class: ErrorClass,
    /// Python's `str(error)`.
    pub message: String,
    /// What to underline.
    pub blame: Blame,
    /// What stands beside the caret: the numbers that decided it.
    pub label: Option<String>,
    /// What to write instead, one suggestion each.
    pub help: Vec<String>,
}

/// The result of whatever a statement can do.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An exception of `class` that says `message`.
    #[cold]
    pub fn new(class: ErrorClass, message: impl Into<String>) -> Error {
        Error(Box::new(Details { class, message: message.into(), blame: Blame::Whole, label: None, help: Vec::new() }))
    }

    /// The caret goes under the argument for `parameter`.
    pub fn at_argument(mut self, parameter: &str) -> Error {
        self.0.blame = Blame::Argument(parameter.to_string());
        self
    }

    /// The caret goes under item `n` of the subscript.
    pub fn at_index(mut self, n: usize) -> Error {
        self.0.blame = Blame::Index(n);
        self
    }

    /// The caret goes under `span`.
    pub fn at(mut self, span: Span) -> Error {
        self.0.blame = Blame::Place(span);
        self
    }

    /// What to say beside the caret.
    pub fn label(mut self, label: impl Into<String>) -> Error {
        self.0.label = Some(label.into());
        self
    }

    /// What to write instead.
    pub fn help(mut self, help: impl Into<String>) -> Error {
        self.0.help.push(help.into());
        self
    }

    /// The exception's class.
    pub fn class(&self) -> ErrorClass {
        self.0.class
    }

    /// Python's `str(error)`.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// All it carries.
    pub fn details(&self) -> &Details {
        &self.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let class = self.0.class.qualified();
        if self.0.message.is_empty() { f.write_str(&class) } else { write!(f, "{class}: {}", self.0.message) }
    }
}

impl std::error::Error for Error {}

impl From<OutOfMemory> for Error {
    /// Where the shape is not known; arrays say it with shape and dtype.
    fn from(refused: OutOfMemory) -> Error {
        Error::new(ErrorClass::ArrayMemoryError, format!("Unable to allocate {} bytes", refused.bytes))
    }
}

impl From<FormatError> for Error {
    fn from(error: FormatError) -> Error {
        let class = match error.class {
            "IndexError" => ErrorClass::IndexError,
            "KeyError" => ErrorClass::KeyError,
            "MemoryError" => ErrorClass::MemoryError,
            "OverflowError" => ErrorClass::OverflowError,
            "TypeError" => ErrorClass::TypeError,
            _ => ErrorClass::ValueError,
        };
        Error::new(class, error.message)
    }
}

macro_rules! shorthand {
    ($($name:ident => $class:ident),* $(,)?) => { $(
        #[doc = concat!("A `", stringify!($class), "`.")]
        #[cold]
        pub fn $name(message: impl Into<String>) -> Error {
            Error::new(ErrorClass::$class, message)
        }
    )* };
}
shorthand! {
    attribute_error => AttributeError, axis_error => AxisError, index_error => IndexError, key_error => KeyError,
    name_error => NameError, not_implemented_error => NotImplementedError, overflow_error => OverflowError,
    runtime_error => RuntimeError, type_error => TypeError, value_error => ValueError,
    zero_division_error => ZeroDivisionError,
}
