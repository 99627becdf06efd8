//! How is a scalar written: `np.float64(0.1)`, `0.1`?
//!
//! Scalars have rules of their own, in C (`scalartypes.c.src`): always the shortest digits, and an exponent by
//! the size of the one number. Print options do not count, but for `legacy`.

use super::options::{Legacy, PrintOptions};
use crate::array::{Item, Scalar, Type};
use crate::text::digits::{Float, Parts};
use crate::text::dragon4::{Positional, Scientific, Trim, format_positional, format_scientific};
use crate::text::float::{Style, repr_complex, repr_float, write_float};
use num_complex::Complex;

/// `repr` of a NumPy scalar: `np.float64(0.1)`, `np.True_`.
pub fn scalar_repr(scalar: Scalar, options: &PrintOptions) -> String {
    let text = write(scalar, Purpose::Repr, options);
    if options.legacy <= Legacy::V1_25 {
        return text;
    }
    match scalar {
        Scalar::Bool(_) => format!("np.{text}_"),
        // The call's parentheses stand for those of a complex number.
        _ => format!("np.{}({})", scalar.ty().name(), text.trim_start_matches('(').trim_end_matches(')')),
    }
}

/// `str` of a NumPy scalar: `0.1`, `True`, `(1+2j)`.
pub fn scalar_str(scalar: Scalar, options: &PrintOptions) -> String {
    write(scalar, Purpose::Str, options)
}

/// An element as maps and lists of cells show it: a number as its `str`, anything else as its `repr`.
pub fn item_text(item: &Item, options: &PrintOptions) -> String {
    match item {
        Item::Number(scalar) => scalar_str(*scalar, options),
        other => other.repr(),
    }
}

/// `repr(a.item())`: the `repr` of the Python number that the scalar stands for.
pub(super) fn item_repr(item: &Item) -> String {
    let Item::Number(scalar) = item else { return item.repr() };
    match *scalar {
        Scalar::Float16(_) | Scalar::Float32(_) | Scalar::Float64(_) => repr_float(scalar.as_f64()),
        Scalar::Complex64(_) | Scalar::Complex128(_) => {
            let value = scalar.as_complex();
            repr_complex(value.re, value.im)
        }
        whole => write_whole(whole),
    }
}

/// What a text is for; 1.13 wrote fewer digits for `str`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Repr,
    Str,
}

fn write(scalar: Scalar, purpose: Purpose, options: &PrintOptions) -> String {
    let form = Form { ty: scalar.ty().part(), purpose, legacy: options.legacy };
    match scalar {
        Scalar::Float16(value) => form.write_real(value),
        Scalar::Float32(value) => form.write_real(value),
        Scalar::Float64(value) => form.write_real(value),
        Scalar::Complex64(value) => form.write_complex(value),
        Scalar::Complex128(value) => form.write_complex(value),
        whole => write_whole(whole),
    }
}

fn write_whole(scalar: Scalar) -> String {
    match scalar {
        Scalar::Bool(truth) => if truth { "True" } else { "False" }.to_string(),
        whole => whole.as_i128().unwrap_or(0).to_string(),
    }
}

/// How the floats of one scalar are written.
struct Form {
    /// The type of the float.
    ty: Type,
    purpose: Purpose,
    legacy: Legacy,
}

impl Form {
    /// A float that stands alone: `1.0`, `1e+16`.
    fn write_real<F: Float>(&self, value: F) -> String {
        if self.legacy <= Legacy::V1_13 {
            let mut text = self.write_old(value);
            if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
                text.push_str(".0");
            }
            return text;
        }
        self.write_part(value, Trim::LeaveOneZero, false)
    }

    /// A complex number: `2j`, `(1+2j)`.
    fn write_complex<F: Float>(&self, value: Complex<F>) -> String {
        let old = self.legacy <= Legacy::V1_13;
        let part = |part: F, sign: bool| {
            if !old {
                return self.write_part(part, Trim::PointAndZeros, sign);
            }
            let text = self.write_old(part);
            if sign && !text.starts_with('-') { format!("+{text}") } else { text }
        };
        let real = value.re.to_f64();
        let bare = real == 0.0 && real.is_sign_positive();
        // A nan is never negative here, and gets its plus.
        let imag = match value.im.take_apart() {
            Parts::Nan { .. } if !bare => "+nan".to_string(),
            _ => part(value.im, !bare),
        };
        let j = if old && !matches!(value.im.take_apart(), Parts::Finite { .. }) { "*j" } else { "j" };
        if bare { format!("{imag}{j}") } else { format!("({}{imag}{j})", part(value.re, false)) }
    }

    /// The shortest digits, with an exponent for large and small numbers.
    fn write_part<F: Float>(&self, value: F, trim: Trim, sign: bool) -> String {
        let size = value.to_f64().abs();
        let text = if size.is_nan() || size == 0.0 || (1e-4..self.positional_limit()).contains(&size) {
            format_positional(value, &Positional { trim, sign, ..Positional::default() })
        } else {
            format_scientific(value, &Scientific { trim: Trim::PointAndZeros, sign, ..Scientific::default() })
        };
        // Without a precision or a padding neither layout can fail.
        text.unwrap_or_default()
    }

    /// From here on scalars are written with exponents.
    fn positional_limit(&self) -> f64 {
        match self.ty {
            Type::Float16 if self.legacy > Legacy::V2_2 => 1e3,
            Type::Float32 if self.legacy > Legacy::V2_2 => 1e6,
            _ => 1e16,
        }
    }

    /// The digits of 1.13: C's `%.17g`, or of fewer digits.
    fn write_old<F: Float>(&self, value: F) -> String {
        let digits = match (self.ty, self.purpose) {
            (Type::Float64, Purpose::Repr) => 17,
            (Type::Float64, Purpose::Str) => 12,
            (_, Purpose::Repr) => 8,
            (_, Purpose::Str) => 6,
        };
        write_float(value.to_f64(), Style::General(digits), false, false)
    }
}
