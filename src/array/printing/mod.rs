//! How arrays are printed: NumPy's `arrayprint.py`, to the letter.

mod options;

pub use options::PrintOptions;
