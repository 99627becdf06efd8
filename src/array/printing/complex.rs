//! How are the complex numbers of an array written?

use super::floating::FloatingFormat;
use super::formatter::Shape;
use super::options::{FloatMode, Legacy, PrintOptions, Sign};
use crate::array::{Scalar, Type};
use crate::error::Result;
use crate::text::digits::Float;
use num_complex::Complex;

/// Real and imaginary parts each in their own columns (`ComplexFloatingFormat`).
pub(super) struct ComplexFloatingFormat {
    real: FloatingFormat,
    imag: FloatingFormat,
}

impl ComplexFloatingFormat {
    /// Measures `values`, which are of type `ty`.
    ///
    /// # Errors
    /// `RuntimeError` where the precision asks for too long a text.
    pub(super) fn new<F: Float>(
        values: &[Complex<F>],
        ty: Type,
        options: &PrintOptions,
        shape: Shape,
    ) -> Result<ComplexFloatingFormat> {
        let real: Vec<F> = values.iter().map(|value| value.re).collect();
        let imag: Vec<F> = values.iter().map(|value| value.im).collect();
        let (real_mode, imag_mode) = if options.legacy <= Legacy::V1_13 {
            (FloatMode::MaxPrecEqual, FloatMode::MaxPrec)
        } else {
            (options.floatmode, options.floatmode)
        };
        Ok(ComplexFloatingFormat {
            real: FloatingFormat::with_mode(&real, ty.part(), options, shape, options.sign, real_mode)?,
            imag: FloatingFormat::with_mode(&imag, ty.part(), options, shape, Sign::Plus, imag_mode)?,
        })
    }

    /// The text of one element, which must be complex.
    ///
    /// # Errors
    /// `RuntimeError` where the padding asks for too long a text.
    pub(super) fn write(&self, element: Scalar) -> Result<String> {
        let (mut text, imag) = match element {
            Scalar::Complex64(value) => (self.real.write_float(value.re)?, self.imag.write_float(value.im)?),
            other => {
                let value = other.as_complex();
                (self.real.write_float(value.re)?, self.imag.write_float(value.im)?)
            }
        };
        // The j follows the digits at once, before the padding.
        let digits = imag.trim_end();
        text.push_str(digits);
        text.push('j');
        text.push_str(&imag[digits.len()..]);
        Ok(text)
    }
}
