//! Which subclass of ndarray an array is an instance of, and what that adds to it.
//!
//! A view is of its source's class, and a result of a ufunc is a plain array: each class says here what it makes of
//! that (`__array_finalize__`, `__array_wrap__`).

use std::rc::Rc;

/// The class of an array.
#[derive(Clone, Debug, Default)]
pub enum Subclass {
    /// `np.ndarray` itself.
    #[default]
    Plain,
    /// `np.memmap`; without a file where the array is a copy of one that has.
    Memmap(Option<Rc<Mapped>>),
}

/// What a memmap knows of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapped {
    /// The absolute path, where the file has one.
    pub filename: Option<String>,
    /// Whether the program named it by a `pathlib.Path`.
    pub is_path: bool,
    /// `r`, `r+`, `w+` or `c`.
    pub mode: &'static str,
    /// The byte of the file where the data starts.
    pub offset: u64,
}

impl Subclass {
    /// The class's name in front of the elements, as `repr` writes it.
    pub fn prefix(&self) -> &'static str {
        match self {
            Subclass::Plain => "array",
            Subclass::Memmap(_) => "memmap",
        }
    }

    /// The class of a copy that NumPy makes with `Py_TYPE(source)`: of the same class, but no longer of the file.
    pub fn of_copy(&self) -> Subclass {
        match self {
            Subclass::Plain => Subclass::Plain,
            Subclass::Memmap(_) => Subclass::Memmap(None),
        }
    }

    /// Whether two arrays are of one class.
    pub fn is_same(&self, other: &Subclass) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}
