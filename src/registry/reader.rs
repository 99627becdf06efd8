//! Who reads the arguments of a call? Their words differ.

/// Who reads the arguments of a call, and so in whose words and in which order they are complained of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Python itself: the function is written in Python, or is behind NumPy's dispatcher, which is.
    Python,
    /// Python, for the function of this name, to which the class or the method hands its own first argument: `_sum`,
    /// `iinfo.__init__`.
    Helper(&'static str),
    /// NumPy's reader in C, `npy_parse_arguments`.
    NumPy,
    /// CPython's reader in C of arguments by place and by name, `PyArg_ParseTupleAndKeywords`.
    Keywords,
    /// CPython's reader in C of arguments by place, `PyArg_ParseTuple`.
    Tuple,
    /// Cython's reader: the function is in one of NumPy's Cython modules, `np.random`.
    Cython,
    /// CPython's own builtins and methods, which are read by what `Argument Clinic` made of their signature.
    CPython,
}

impl Reader {
    /// Whether a keyword that nothing takes is found before one counts the arguments that came by place.
    pub(super) fn looks_at_names_first(self) -> bool {
        matches!(self, Reader::Python | Reader::Helper(_))
    }
}
