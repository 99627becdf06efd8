//! Which floating-point errors a loop met, and what the session does about them (`np.seterr`).

use super::runtime::{Reaction, Runtime};
use crate::error::{Error, ErrorClass, Result, name_error};
use std::ops::{BitOr, BitOrAssign};

/// A set of the four floating-point errors: what the processor's status register is to NumPy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FloatStatus(pub u8);

impl FloatStatus {
    /// No error.
    pub const NONE: FloatStatus = FloatStatus(0);
    /// A finite number was divided by zero.
    pub const DIVIDE: FloatStatus = FloatStatus(1);
    /// A finite result was too large.
    pub const OVER: FloatStatus = FloatStatus(2);
    /// A result was too small to be exact.
    pub const UNDER: FloatStatus = FloatStatus(4);
    /// A result is no number.
    pub const INVALID: FloatStatus = FloatStatus(8);

    /// Whether no error was met.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether `error` was met.
    pub fn contains(self, error: FloatStatus) -> bool {
        self.0 & error.0 != 0
    }

    /// `error` where it `happened`.
    #[inline(always)]
    pub fn when(happened: bool, error: FloatStatus) -> FloatStatus {
        FloatStatus(if happened { error.0 } else { 0 })
    }
}

impl BitOr for FloatStatus {
    type Output = FloatStatus;
    #[inline(always)]
    fn bitor(self, other: FloatStatus) -> FloatStatus {
        FloatStatus(self.0 | other.0)
    }
}

impl BitOrAssign for FloatStatus {
    #[inline(always)]
    fn bitor_assign(&mut self, other: FloatStatus) {
        self.0 |= other.0;
    }
}

impl Runtime {
    /// Reacts to the errors met in `name` as `np.seterr` asks, in NumPy's order (`PyUFunc_handlefperr`, extobj.c).
    /// `'print'` is told as a warning; `'call'` and `'log'` have nothing to call, as in a fresh NumPy.
    ///
    /// # Errors
    /// `FloatingPointError` where the reaction is `'raise'`; NumPy's `NameError` where it is `'call'` or `'log'`.
    pub fn react(&self, status: FloatStatus, name: &str) -> Result<()> {
        if status.is_empty() {
            return Ok(());
        }
        let state = self.error_state.get();
        let kinds = [
            (FloatStatus::DIVIDE, state.divide, "divide by zero"),
            (FloatStatus::OVER, state.over, "overflow"),
            (FloatStatus::UNDER, state.under, "underflow"),
            (FloatStatus::INVALID, state.invalid, "invalid value"),
        ];
        for (error, reaction, what) in kinds {
            if !status.contains(error) {
                continue;
            }
            let message = format!("{what} encountered in {name}");
            match reaction {
                Reaction::Ignore => {}
                Reaction::Warn | Reaction::Print => self.warn(ErrorClass::RuntimeWarning, message),
                Reaction::Raise => return Err(Error::new(ErrorClass::FloatingPointError, message)),
                Reaction::Call => {
                    return Err(name_error(format!(
                        "python callback specified for {what} (in  {name}) but no function found."
                    )));
                }
                Reaction::Log => {
                    return Err(name_error(format!(
                        "log specified for {what} (in {name}) but no object with write method found."
                    )));
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reacts_in_numpys_order() {
        let runtime = Runtime::default();
        runtime.react(FloatStatus::INVALID | FloatStatus::OVER | FloatStatus::UNDER, "cast").unwrap();
        let messages: Vec<String> = runtime.warnings.borrow().iter().map(|w| w.message.clone()).collect();
        assert_eq!(messages, ["overflow encountered in cast", "invalid value encountered in cast"]);
        let mut state = runtime.error_state.get();
        state.under = Reaction::Raise;
        runtime.error_state.set(state);
        let error = runtime.react(FloatStatus::UNDER, "exp").unwrap_err();
        assert_eq!(error.to_string(), "FloatingPointError: underflow encountered in exp");
    }
}
