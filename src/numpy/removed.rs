//! Names that NumPy 2 took out: NumPy's error, and what to write today.

use crate::error::{Error, attribute_error};

/// The name, and what NumPy says of it after "`np.name` was removed in the NumPy 2.0 release. ".
const REMOVED: &[(&str, &str, &str)] = &[
    ("product", "", "np.prod"),
    ("cumproduct", "", "np.cumprod"),
    ("sometrue", "", "np.any"),
    ("alltrue", "", "np.all"),
];

/// The error for a name that NumPy took out of the module with this path.
pub fn find(module: &str, name: &str) -> Option<Error> {
    if module != "np" {
        return None;
    }
    let (_, advice, today) = REMOVED.iter().find(|(removed, ..)| *removed == name)?;
    let message = if advice.is_empty() {
        format!("module 'numpy' has no attribute '{name}'")
    } else {
        format!("`np.{name}` was removed in the NumPy 2.0 release. {advice}")
    };
    Some(attribute_error(message).help(format!("NumPy 2 removed it; {today} does the same")))
}
