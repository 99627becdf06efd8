//! Which function writes the elements of an array?

use super::complex::ComplexFloatingFormat;
use super::floating::FloatingFormat;
use super::integer::IntegerFormat;
use super::options::PrintOptions;
use super::shown::shown_values;
use crate::array::{Element, Kind, NdArray, Scalar, Type};
use crate::error::Result;
use crate::half::F16;
use crate::with_element;
use num_complex::{Complex32, Complex64};

/// Writes one element. May fail, where a user's function fails.
pub type Formatter<'a> = dyn Fn(Scalar) -> Result<String> + 'a;

/// The function with which NumPy writes the elements of `array` (`_get_format_function`): it has measured those
/// that are shown.
///
/// # Errors
/// NumPy's `RuntimeError` where a precision asks for too long a text; `KeyboardInterrupt`.
pub fn numpy_formatter(array: &NdArray, options: &PrintOptions) -> Result<Box<Formatter<'static>>> {
    let ty = array.layout().dtype.ty();
    let shape = if array.ndim() == 0 { Shape::Scalar } else { Shape::Array };
    Ok(match ty.kind() {
        Kind::Bool => {
            let width = if shape == Shape::Scalar { 0 } else { "False".len() };
            Box::new(move |element| Ok(format!("{:>width$}", if element.is_true() { "True" } else { "False" })))
        }
        Kind::Signed | Kind::Unsigned => {
            let values: Vec<i128> = with_element!(ty, T => {
                shown_values::<T>(array, options)?.into_iter().filter_map(|v| v.scalar().as_i128()).collect()
            });
            let format = IntegerFormat::new(&values, options.sign);
            Box::new(move |element| Ok(format.write(element)))
        }
        Kind::Float => {
            let format = match ty {
                Type::Float16 => FloatingFormat::new(&shown_values::<F16>(array, options)?, ty, options, shape),
                Type::Float32 => FloatingFormat::new(&shown_values::<f32>(array, options)?, ty, options, shape),
                _ => FloatingFormat::new(&shown_values::<f64>(array, options)?, ty, options, shape),
            }?;
            Box::new(move |element| format.write(element))
        }
        Kind::Complex => {
            let format = match ty {
                Type::Complex64 => {
                    ComplexFloatingFormat::new(&shown_values::<Complex32>(array, options)?, ty, options, shape)
                }
                _ => ComplexFloatingFormat::new(&shown_values::<Complex64>(array, options)?, ty, options, shape),
            }?;
            Box::new(move |element| format.write(element))
        }
    })
}

/// Whether an array has axes: some formatters pad only then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// 0-d.
    Scalar,
    /// One axis or more.
    Array,
}
