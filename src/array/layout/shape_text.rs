//! How is a shape written in a message? Two ways, because NumPy's C code and Python's `repr` differ.

/// NumPy's C spelling (`convert_shape_to_string`, common.c): `(2,3)`, `(4,)`, `()`. Negative lengths at the front
/// are left out, and are `newaxis` behind.
pub fn shape_text(shape: &[isize]) -> String {
    let front = shape.iter().take_while(|&&length| length < 0).count();
    let lengths: Vec<String> = (shape[front..].iter())
        .map(|&length| if length < 0 { "newaxis".to_string() } else { length.to_string() })
        .collect();
    let comma = if shape.len() == 1 && lengths.len() == 1 { "," } else { "" };
    format!("({}{comma})", lengths.join(","))
}

/// [`shape_text`] of a shape that an array has.
pub fn array_shape_text(shape: &[usize]) -> String {
    let shape: Vec<isize> = shape.iter().map(|&length| length as isize).collect();
    shape_text(&shape)
}

/// Python's spelling of a tuple of numbers: `(2, 3)`, `(4,)`, `()`.
pub fn tuple_text<T: std::fmt::Display>(values: &[T]) -> String {
    let comma = if values.len() == 1 { "," } else { "" };
    let values: Vec<String> = values.iter().map(T::to_string).collect();
    format!("({}{comma})", values.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_numpy_and_python_write_them() {
        assert_eq!(shape_text(&[-1, 4]), "(4)");
        assert_eq!(shape_text(&[0, -1, 0]), "(0,newaxis,0)");
        assert_eq!(shape_text(&[-1]), "()");
        assert_eq!(array_shape_text(&[4]), "(4,)");
        assert_eq!(array_shape_text(&[2, 3]), "(2,3)");
        assert_eq!((tuple_text::<usize>(&[]), tuple_text(&[4]), tuple_text(&[2, 3])).2, "(2, 3)");
    }
}
