//! What `np.set_printoptions` sets.

/// How floats are written (`floatmode`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum FloatMode {
    Fixed,
    Unique,
    MaxPrec,
    MaxPrecEqual,
}

/// How the sign of positive floats is written (`sign`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Sign {
    Minus,
    Plus,
    Space,
}

/// NumPy's print options, with its defaults.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintOptions {
    /// Digits after the point, at most or exactly (see [`FloatMode`]).
    pub precision: usize,
    /// More elements than this are summarised.
    pub threshold: usize,
    /// Elements shown at each end of a summarised axis.
    pub edgeitems: usize,
    /// Columns a line.
    pub linewidth: usize,
    /// Never scientific.
    pub suppress: bool,
    /// How a nan is written.
    pub nanstr: String,
    /// How an infinity is written.
    pub infstr: String,
    /// The sign of positive floats.
    pub sign: Sign,
    /// How floats are written.
    pub floatmode: FloatMode,
    /// `legacy`: `None` or a version such as `'1.13'`.
    pub legacy: Option<String>,
}

impl Default for PrintOptions {
    fn default() -> PrintOptions {
        PrintOptions {
            precision: 8,
            threshold: 1000,
            edgeitems: 3,
            linewidth: 75,
            suppress: false,
            nanstr: "nan".into(),
            infstr: "inf".into(),
            sign: Sign::Minus,
            floatmode: FloatMode::MaxPrec,
            legacy: None,
        }
    }
}
