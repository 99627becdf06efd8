//! `ndsh timeit` and `%timeit`: how long a statement takes, as `python -m timeit` measures and prints it.

use crate::error::{Result, value_error};
use crate::session::Session;
use crate::text::float::{Style, write_float};
use std::time::Duration;

/// What to time, and how.
pub struct Timing {
    /// The statements to time.
    pub statement: String,
    /// What to run once before each repetition.
    pub setup: String,
    /// How many times the statement runs in a repetition; found where it is not given.
    pub loops: Option<u64>,
    /// How many repetitions.
    pub repeat: usize,
    /// `nsec`, `usec`, `msec` or `sec`; the fitting one where it is not given.
    pub unit: Option<String>,
}

/// The units, by name, in nanoseconds.
pub const UNITS: [(&str, f64); 4] = [("sec", 1e9), ("msec", 1e6), ("usec", 1e3), ("nsec", 1.0)];

/// The best of the repetitions.
pub struct Timed {
    /// How many times the statement ran in each repetition.
    pub loops: u64,
    /// The time of each repetition.
    pub times: Vec<Duration>,
}

/// Times in a session: `setup` runs in it once before the repetitions, as it stands.
///
/// # Errors
/// What the setup or the statement raises.
pub fn time(session: &mut Session, timing: &Timing) -> Result<Timed> {
    session.execute(&timing.setup)?;
    let ledger = std::rc::Rc::clone(&session.context().runtime.ledger);
    ledger.set_recording(false);
    let result = repeat(session, timing);
    ledger.set_recording(true);
    result
}

fn repeat(session: &mut Session, timing: &Timing) -> Result<Timed> {
    let loops = match timing.loops {
        Some(0) | None => autorange(session, &timing.statement)?,
        Some(loops) => loops,
    };
    let times = (0..timing.repeat.max(1)).map(|_| session.repeat(&timing.statement, loops)).collect::<Result<_>>()?;
    Ok(Timed { loops, times })
}

/// The first of 1, 2, 5, 10, 20, ... loops that take at least a fifth of a second.
fn autorange(session: &mut Session, statement: &str) -> Result<u64> {
    let mut power = 1u64;
    loop {
        for digit in [1, 2, 5] {
            let loops = power.saturating_mul(digit);
            if session.repeat(statement, loops)? >= Duration::from_millis(200) {
                return Ok(loops);
            }
        }
        power = power.checked_mul(10).ok_or_else(|| value_error("the statement takes no time"))?;
    }
}

impl Timed {
    /// The line that `python -m timeit` prints.
    pub fn line(&self, unit: Option<&str>) -> String {
        let best = self.times.iter().min().copied().unwrap_or_default();
        let nanoseconds = best.as_nanos() as f64 / self.loops as f64;
        let given = unit.and_then(|unit| UNITS.iter().find(|(name, _)| *name == unit));
        let fitting = UNITS.iter().find(|(_, scale)| nanoseconds >= *scale);
        let (name, scale) = given.or(fitting).copied().unwrap_or(("nsec", 1.0));
        let plural = if self.loops == 1 { "" } else { "s" };
        format!(
            "{} loop{plural}, best of {}: {} {name} per loop",
            self.loops,
            self.times.len(),
            write_float(nanoseconds / scale, Style::General(3), false, false)
        )
    }
}
