//! How are the flags of an array written?

use crate::array::NdArray;

/// `str(a.flags)`, which is also its repr: one flag a line, each line with its end.
pub fn flags_str(array: &NdArray) -> String {
    let layout = array.layout();
    let flags = [
        ("C_CONTIGUOUS", layout.is_c_contiguous()),
        ("F_CONTIGUOUS", layout.is_f_contiguous()),
        ("OWNDATA", array.owns_data()),
        ("WRITEABLE", array.is_writeable()),
        ("ALIGNED", array.is_aligned()),
        ("WRITEBACKIFCOPY", false),
    ];
    flags.iter().map(|(name, set)| format!("  {name} : {}\n", if *set { "True" } else { "False" })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::{Order, Runtime, Type};

    #[test]
    fn six_flags_one_a_line() {
        let array = NdArray::zeros(&Runtime::default(), Type::Int8.into(), &[2, 3], Order::F).unwrap();
        array.set_writeable(false);
        assert_eq!(
            flags_str(&array),
            "  C_CONTIGUOUS : False\n  F_CONTIGUOUS : True\n  OWNDATA : True\n  WRITEABLE : False\n  \
             ALIGNED : True\n  WRITEBACKIFCOPY : False\n"
        );
    }
}
