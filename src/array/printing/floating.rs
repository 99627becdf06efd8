//! How are the floats of an array written?
//!
//! All elements that are shown are written once to learn how wide the parts before and after the point become;
//! then each is written again, padded, so that points stand below each other.

use super::formatter::Shape;
use super::options::{FloatMode, Legacy, PrintOptions, Sign};
use crate::array::{Scalar, Type};
use crate::error::{Error, ErrorClass, Result, runtime_error};
use crate::text::digits::{Float, Parts};
use crate::text::dragon4::{Positional, Scientific, Trim, format_positional, format_scientific};
use crate::text::error::FormatError;

/// NumPy's `FloatingFormat`.
pub(super) struct FloatingFormat {
    notation: Notation,
    sign: Sign,
    /// Columns before and after the point.
    pad_left: usize,
    pad_right: usize,
    nanstr: String,
    infstr: String,
}

enum Notation {
    Positional(Positional),
    Scientific(Scientific),
}

impl FloatingFormat {
    /// Measures `values`, which are of type `ty`.
    ///
    /// # Errors
    /// `RuntimeError` where the precision asks for too long a text.
    pub(super) fn new<F: Float>(
        values: &[F],
        ty: Type,
        options: &PrintOptions,
        shape: Shape,
    ) -> Result<FloatingFormat> {
        FloatingFormat::with_mode(values, ty, options, shape, options.sign, options.floatmode)
    }

    /// As [`FloatingFormat::new`], with another sign and mode than the options'.
    pub(super) fn with_mode<F: Float>(
        values: &[F],
        ty: Type,
        options: &PrintOptions,
        shape: Shape,
        sign: Sign,
        mode: FloatMode,
    ) -> Result<FloatingFormat> {
        let old = options.legacy <= Legacy::V1_13;
        let sign = if old && sign == Sign::Minus && shape == Shape::Array { Sign::Space } else { sign };
        let plus = sign == Sign::Plus;
        let finite: Vec<F> =
            values.iter().copied().filter(|value| matches!(value.take_apart(), Parts::Finite { .. })).collect();
        let precision = (mode != FloatMode::Unique).then(|| u32::try_from(options.precision).unwrap_or(u32::MAX));

        let mut widths = Widths::default();
        let notation = if finite.is_empty() {
            Notation::Positional(Positional { trim: Trim::Zeros, sign: plus, ..Positional::default() })
        } else if needs_exponent(&finite, ty, options) {
            let exact = mode == FloatMode::Fixed || old;
            let trim = if exact { Trim::Keep } else { Trim::Zeros };
            let first = Scientific { precision, unique: !exact, trim, sign: plus, ..Scientific::default() };
            for &value in &finite {
                widths.see(&format_scientific(value, &first).map_err(raise)?);
            }
            let pad_left = if old { 3 } else { widths.whole };
            let digits = widths.fraction;
            // Only the width of nan and inf needs this.
            (widths.whole, widths.fraction) = (pad_left, widths.exponent + 2 + digits);
            Notation::Scientific(Scientific {
                precision: Some(digits as u32),
                min_digits: Some(digits as u32),
                trim: Trim::Keep,
                exp_digits: Some(widths.exponent as u32),
                ..first
            })
        } else {
            let fixed = mode == FloatMode::Fixed;
            let trim = if fixed { Trim::Keep } else { Trim::Zeros };
            let first = Positional { precision, unique: !fixed, trim, sign: plus, ..Positional::default() };
            for &value in &finite {
                let text = format_positional(value, &first).map_err(raise)?;
                widths.see(if old { text.trim_start_matches(['-', '+']) } else { &text });
            }
            widths.whole += old as usize;
            Notation::Positional(match mode {
                FloatMode::Fixed | FloatMode::MaxPrecEqual => {
                    let digits = Some(widths.fraction as u32);
                    Positional { precision: digits, min_digits: digits, trim: Trim::Keep, ..first }
                }
                FloatMode::Unique | FloatMode::MaxPrec => {
                    Positional { min_digits: Some(0), trim: Trim::Zeros, ..first }
                }
            })
        };

        let (mut pad_left, pad_right) = (widths.whole, widths.fraction);
        if !old && sign == Sign::Space && !finite.iter().any(|&value| is_negative(value)) {
            pad_left += 1;
        }
        if finite.len() < values.len() {
            let minus_inf = |&value: &F| value.take_apart() == Parts::Infinite { negative: true };
            let signed = (sign != Sign::Minus || values.iter().any(minus_inf)) as usize;
            let offset = pad_right + 1;
            pad_left = pad_left
                .max(width(&options.nanstr).saturating_sub(offset))
                .max((width(&options.infstr) + signed).saturating_sub(offset));
        }
        let notation = match notation {
            Notation::Scientific(layout) => {
                Notation::Scientific(Scientific { pad_left: Some(pad_left as u32), ..layout })
            }
            Notation::Positional(layout) => Notation::Positional(Positional {
                pad_left: Some(pad_left as u32),
                pad_right: Some(pad_right as u32),
                ..layout
            }),
        };
        let (nanstr, infstr) = (options.nanstr.clone(), options.infstr.clone());
        Ok(FloatingFormat { notation, sign, pad_left, pad_right, nanstr, infstr })
    }

    /// The text of one element, which must be a float.
    ///
    /// # Errors
    /// `RuntimeError` where the padding asks for too long a text.
    pub(super) fn write(&self, element: Scalar) -> Result<String> {
        match element {
            Scalar::Float16(value) => self.write_float(value),
            Scalar::Float32(value) => self.write_float(value),
            other => self.write_float(other.as_f64()),
        }
    }

    /// The text of one value.
    ///
    /// # Errors
    /// As [`FloatingFormat::write`].
    pub(super) fn write_float<F: Float>(&self, value: F) -> Result<String> {
        let plus = if self.sign == Sign::Plus { "+" } else { "" };
        let (sign, name) = match value.take_apart() {
            Parts::Finite { .. } => {
                return match &self.notation {
                    Notation::Positional(layout) => format_positional(value, layout),
                    Notation::Scientific(layout) => format_scientific(value, layout),
                }
                .map_err(raise);
            }
            Parts::Nan { .. } => (plus, &self.nanstr),
            Parts::Infinite { negative: false } => (plus, &self.infstr),
            Parts::Infinite { negative: true } => ("-", &self.infstr),
        };
        let pad = (self.pad_left + self.pad_right + 1).saturating_sub(sign.len() + width(name));
        Ok(format!("{:pad$}{sign}{name}", ""))
    }
}

/// The widest parts of texts like `-12.5` and `1.25e+10`.
#[derive(Default)]
struct Widths {
    whole: usize,
    fraction: usize,
    /// The digits of the exponent, without its sign.
    exponent: usize,
}

impl Widths {
    fn see(&mut self, text: &str) {
        let (number, exponent) = text.split_once('e').unwrap_or((text, ""));
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        self.whole = self.whole.max(whole.len());
        self.fraction = self.fraction.max(fraction.len());
        self.exponent = self.exponent.max(exponent.len().saturating_sub(1));
    }
}

/// Whether the numbers are so large, so small or so far apart that NumPy writes them with exponents. The
/// limits and the ratio are rounded to the type of the elements, as NumPy's scalars round them.
fn needs_exponent<F: Float>(finite: &[F], ty: Type, options: &PrintOptions) -> bool {
    let magnitudes = finite.iter().map(|value| value.to_f64().abs()).filter(|&value| value != 0.0);
    let Some((least, most)) = magnitudes.fold(None, |range: Option<(f64, f64)>, value| {
        Some(range.map_or((value, value), |(least, most)| (least.min(value), most.max(value))))
    }) else {
        return false;
    };
    let rounded = |value: f64| Scalar::Float64(value).cast(ty).as_f64();
    let limit = if options.legacy <= Legacy::V2_2 { 1e8 } else { positional_limit(ty) };
    most >= rounded(limit) || !options.suppress && (least < rounded(0.0001) || rounded(most / least) > 1000.0)
}

/// Arrays with numbers from here on are written with exponents: what the type's decimal precision
/// (`np.finfo(...).precision`) can tell apart, at most 1e8.
fn positional_limit(ty: Type) -> f64 {
    match ty {
        Type::Float16 => 1e3,
        Type::Float32 => 1e6,
        _ => 1e8,
    }
}

fn is_negative<F: Float>(value: F) -> bool {
    matches!(value.take_apart(), Parts::Finite { negative: true, .. })
}

/// Characters of a text.
fn width(text: &str) -> usize {
    text.chars().count()
}

fn raise(error: FormatError) -> Error {
    match error.class {
        "TypeError" => Error::new(ErrorClass::TypeError, error.message),
        "ValueError" => Error::new(ErrorClass::ValueError, error.message),
        _ => runtime_error(error.message),
    }
}
