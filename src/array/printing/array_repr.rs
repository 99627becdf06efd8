//! What do `repr(a)` and `str(a)` of an array say?

use super::array2string::{array2string, first_item};
use super::dtype_repr::{dtype_is_implied, dtype_short_repr};
use super::formatter::{Formatter, numpy_formatter};
use super::options::{Legacy, PrintOptions};
use super::scalar_repr::{item_repr, scalar_str};
use super::shown::is_summarised;
use crate::array::{Item, NdArray};
use crate::error::{Error, ErrorClass, Result};
use crate::interrupt;

/// `repr(a)`: `array([1, 2], dtype=int8)`. Where [`array_repr_with`] fails, `<unprintable ndarray: message>`.
pub fn array_repr(array: &NdArray, options: &PrintOptions) -> String {
    array_repr_with(array, options, None).unwrap_or_else(unprintable)
}

/// `str(a)`: `[1 2]`. Where [`array_str_with`] fails, `<unprintable ndarray: message>`.
pub fn array_str(array: &NdArray, options: &PrintOptions) -> String {
    array_str_with(array, options, None).unwrap_or_else(unprintable)
}

fn unprintable(error: Error) -> String {
    if error.class() == ErrorClass::KeyboardInterrupt {
        // Whoever runs the statement learns of it at the next poll.
        interrupt::raise();
    }
    format!("<unprintable ndarray: {}>", error.message())
}

/// `np.array_repr(a)` with a function for the elements, or NumPy's own. The dtype is named where the elements
/// do not imply it, the shape where they do not show it (`_array_repr_implementation`).
///
/// # Errors
/// Those of [`array2string`].
pub fn array_repr_with(array: &NdArray, options: &PrintOptions, formatter: Option<&Formatter<'_>>) -> Result<String> {
    let prefix = format!("{}(", array.subclass().prefix());
    let prefix = prefix.as_str();
    let elements = array2string(array, options, ", ", prefix, ")", formatter)?;
    let layout = array.layout();
    let mut extras = Vec::new();
    let empty = layout.size() == 0;
    if empty && layout.shape.as_slice() != [0] || options.legacy > Legacy::V2_2 && is_summarised(&layout, options) {
        extras.push(format!("shape={}", shape_repr(&layout.shape)));
    }
    if empty || !dtype_is_implied(&layout.dtype, options) {
        extras.push(format!("dtype={}", dtype_short_repr(&layout.dtype)));
    }
    if extras.is_empty() {
        return Ok(format!("{prefix}{elements})"));
    }
    let text = format!("{prefix}{elements},");
    let extras = format!("{})", extras.join(", "));
    let last_line = text.rsplit('\n').next().unwrap_or("").chars().count();
    let fits = last_line + extras.chars().count() < options.linewidth;
    if fits || options.legacy <= Legacy::V1_13 {
        Ok(format!("{text} {extras}"))
    } else {
        Ok(format!("{text}\n{:indent$}{extras}", "", indent = prefix.len()))
    }
}

/// `np.array_str(a)` with a function for the elements, or NumPy's own. A 0-d array is written as its scalar.
///
/// # Errors
/// Those of [`array2string`].
pub fn array_str_with(array: &NdArray, options: &PrintOptions, formatter: Option<&Formatter<'_>>) -> Result<String> {
    if array.ndim() == 0 {
        let element = first_item(array);
        return Ok(match &element {
            item if options.legacy <= Legacy::V1_13 => item_repr(item),
            Item::Number(scalar) => scalar_str(*scalar, options),
            Item::Str(text) => text.clone(),
            Item::Object(reference) => reference.text(),
            Item::Fields(_) => numpy_formatter(array, options)?(&element)?,
            other => other.repr(),
        });
    }
    array2string(array, options, " ", "", "", formatter)
}

/// Python's `repr` of a tuple of ints.
fn shape_repr(shape: &[usize]) -> String {
    let lengths: Vec<String> = shape.iter().map(usize::to_string).collect();
    let comma = if shape.len() == 1 { "," } else { "" };
    format!("({}{comma})", lengths.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::printing::FloatMode;
    use crate::array::{Layout, NdArray, Order, Runtime, Type};

    /// A zero repeated `len` times.
    fn repeated(len: usize) -> crate::array::ArrayRef {
        let zero = NdArray::zeros(&Runtime::default(), Type::Float64.into(), &[], Order::C).unwrap();
        let layout = Layout { shape: [len].as_slice().into(), strides: [0].as_slice().into(), ..zero.layout().clone() };
        NdArray::view(&zero, layout)
    }

    #[test]
    fn only_shown_elements_are_read() {
        let array = repeated(1_000_000_000_000);
        let options = PrintOptions::default();
        let text = "array([0., 0., 0., ..., 0., 0., 0.], shape=(1000000000000,))";
        assert_eq!(array_repr(&array, &options), text);
        assert_eq!(array_str(&array, &PrintOptions { edgeitems: 0, ..options.clone() }), "[... 0.]");
        let all = PrintOptions { threshold: usize::MAX, ..options };
        assert_eq!(array_repr_with(&array, &all, None).unwrap_err().class(), ErrorClass::MemoryError);
    }

    #[test]
    fn a_text_that_numpy_refuses_is_an_error() {
        let options = PrintOptions { precision: 20_000, floatmode: FloatMode::Fixed, ..PrintOptions::default() };
        let error = array_repr_with(&repeated(2), &options, None).unwrap_err();
        assert_eq!(error.to_string(), "RuntimeError: Float formatting result too large");
        assert_eq!(array_repr(&repeated(2), &options), "<unprintable ndarray: Float formatting result too large>");
    }

    #[test]
    fn a_formatter_writes_the_elements() {
        let options = PrintOptions::default();
        let words = array_repr_with(&repeated(3), &options, Some(&|_| Ok("nil".to_string())));
        assert_eq!(words.unwrap(), "array([nil, nil, nil])");
    }
}
