//! What went wrong while formatting or reading text?

use std::fmt;

/// A Python exception about text: class and message as CPython or NumPy word them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatError {
    /// The exception's class, such as `ValueError`.
    pub class: &'static str,
    /// The exception's message.
    pub message: String,
}

impl FormatError {
    /// An exception of this class.
    pub fn new(class: &'static str, message: impl Into<String>) -> FormatError {
        FormatError { class, message: message.into() }
    }

    /// A `ValueError`.
    pub fn value(message: impl Into<String>) -> FormatError {
        FormatError::new("ValueError", message)
    }

    /// A `TypeError`.
    pub fn type_(message: impl Into<String>) -> FormatError {
        FormatError::new("TypeError", message)
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.class, self.message)
    }
}

impl std::error::Error for FormatError {}
