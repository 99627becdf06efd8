//! What `np.set_printoptions` sets.

/// How floats are written (`floatmode`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatMode {
    /// `'fixed'`: exactly `precision` digits after the point.
    Fixed,
    /// `'unique'`: as many digits as tell the value apart; `precision` does not count.
    Unique,
    /// `'maxprec'`: as many digits as tell the value apart, at most `precision`.
    MaxPrec,
    /// `'maxprec_equal'`: as `MaxPrec`, but all elements with the same number of digits.
    MaxPrecEqual,
}

impl FloatMode {
    /// Every mode, in the order of NumPy's error message.
    pub const ALL: [FloatMode; 4] = [FloatMode::Fixed, FloatMode::Unique, FloatMode::MaxPrec, FloatMode::MaxPrecEqual];

    /// NumPy's word for it.
    pub fn name(self) -> &'static str {
        match self {
            FloatMode::Fixed => "fixed",
            FloatMode::Unique => "unique",
            FloatMode::MaxPrec => "maxprec",
            FloatMode::MaxPrecEqual => "maxprec_equal",
        }
    }

    /// The mode with this name.
    pub fn from_name(name: &str) -> Option<FloatMode> {
        FloatMode::ALL.into_iter().find(|mode| mode.name() == name)
    }
}

/// How the sign of positive numbers is written (`sign`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `'-'`: nothing.
    Minus,
    /// `'+'`: a plus.
    Plus,
    /// `' '`: a space.
    Space,
}

impl Sign {
    /// NumPy's character for it.
    pub fn name(self) -> &'static str {
        match self {
            Sign::Minus => "-",
            Sign::Plus => "+",
            Sign::Space => " ",
        }
    }

    /// The sign with this character.
    pub fn from_name(name: &str) -> Option<Sign> {
        [Sign::Minus, Sign::Plus, Sign::Space].into_iter().find(|sign| sign.name() == name)
    }
}

/// The version of NumPy to print as (`legacy`). Ordered by age. Whoever sets 1.13 sets the sign to `-` with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Legacy {
    V1_13,
    V1_21,
    V1_25,
    V2_1,
    V2_2,
    /// `False`: as today.
    Off,
}

impl Legacy {
    const ALL: [Legacy; 6] = [Legacy::V1_13, Legacy::V1_21, Legacy::V1_25, Legacy::V2_1, Legacy::V2_2, Legacy::Off];

    /// The version's name; `None` for `Off`, which Python spells `False`.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Legacy::V1_13 => Some("1.13"),
            Legacy::V1_21 => Some("1.21"),
            Legacy::V1_25 => Some("1.25"),
            Legacy::V2_1 => Some("2.1"),
            Legacy::V2_2 => Some("2.2"),
            Legacy::Off => None,
        }
    }

    /// The version with this name.
    pub fn from_name(name: &str) -> Option<Legacy> {
        Legacy::ALL.into_iter().find(|legacy| legacy.name() == Some(name))
    }
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
    /// Never scientific only because numbers are small or far apart.
    pub suppress: bool,
    /// How a nan is written.
    pub nanstr: String,
    /// How an infinity is written.
    pub infstr: String,
    /// The sign of positive numbers.
    pub sign: Sign,
    /// How floats are written.
    pub floatmode: FloatMode,
    /// As which version of NumPy to print.
    pub legacy: Legacy,
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
            legacy: Legacy::Off,
        }
    }
}
