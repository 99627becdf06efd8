//! How are the integers of an array written?

use super::options::Sign;
use crate::array::Scalar;

/// Right-aligned to the widest of the measured values (`IntegerFormat`).
pub(super) struct IntegerFormat {
    width: usize,
    sign: Sign,
}

impl IntegerFormat {
    pub(super) fn new(values: &[i128], sign: Sign) -> IntegerFormat {
        let least = values.iter().copied().min().unwrap_or(0);
        let most = values.iter().copied().max().unwrap_or(0);
        let sign = if sign == Sign::Space && least < 0 { Sign::Minus } else { sign };
        let signed = (most >= 0 && sign != Sign::Minus) as usize;
        IntegerFormat { width: (text_width(most) + signed).max(text_width(least)), sign }
    }

    pub(super) fn write(&self, element: Scalar) -> String {
        let value = element.as_i128().unwrap_or(0);
        let width = self.width;
        match self.sign {
            Sign::Minus => format!("{value:width$}"),
            Sign::Plus => format!("{value:+width$}"),
            Sign::Space if value < 0 => format!("{value:width$}"),
            Sign::Space => format!("{:>width$}", format!(" {value}")),
        }
    }
}

fn text_width(value: i128) -> usize {
    let digits = value.unsigned_abs().checked_ilog10().unwrap_or(0) as usize + 1;
    digits + (value < 0) as usize
}
