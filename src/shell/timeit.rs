//! `ndsh timeit` and `%timeit`: how long statements take, measured and told as `python -m timeit` does it.
//!
//! The statements are parsed once and run many times, without steps and without a record of their events, so
//! that what is measured is the work itself.

use crate::error::Error;
use crate::interrupt;
use crate::session::{Failure, Script, Session};
use crate::syntax::ast::{Expr, ExprKind, Stmt, StmtKind};
use crate::text::float::{Style, write_float};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// A measured total of this long is enough (`Timer.autorange`).
const LONG_ENOUGH: Duration = Duration::from_millis(200);

/// The units of time by name, longest first, in seconds.
pub const UNITS: [(&str, f64); 4] = [("sec", 1.0), ("msec", 1e-3), ("usec", 1e-6), ("nsec", 1e-9)];

/// A parsed text that can be run.
pub struct Program {
    text: String,
    statements: Vec<Stmt>,
}

impl Program {
    /// Parses `text`.
    ///
    /// # Errors
    /// Its first syntax error.
    pub fn parse(text: &str) -> Result<Program, Box<Failure>> {
        let Script { text, statements, .. } = Script::read(text);
        let statements = statements.into_iter().collect::<Result<_, _>>();
        match statements {
            Ok(statements) => Ok(Program { text, statements }),
            Err(error) => Err(Box::new(Failure::of_syntax(&error, &text))),
        }
    }

    /// The names it binds by assignment.
    pub fn bound_names(&self) -> Vec<Rc<str>> {
        fn gather(target: &Expr, names: &mut Vec<Rc<str>>) {
            match &target.kind {
                ExprKind::Name(name) => names.push(Rc::clone(name)),
                ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().for_each(|item| gather(item, names)),
                ExprKind::Starred(inner) => gather(inner, names),
                _ => {}
            }
        }
        let mut names = Vec::new();
        for statement in &self.statements {
            match &statement.kind {
                StmtKind::Assign(targets, _) => targets.iter().for_each(|target| gather(target, &mut names)),
                StmtKind::AugAssign(target, ..) => gather(target, &mut names),
                _ => {}
            }
        }
        names
    }

    /// Runs it once.
    ///
    /// # Errors
    /// What its first statement that fails raises.
    pub fn run(&self, session: &mut Session) -> Result<(), Box<Failure>> {
        session.execute(&self.statements).map_err(|error| self.failure(&error))
    }

    /// How long it takes to run it `count` times.
    ///
    /// # Errors
    /// As [`Program::run`]; `KeyboardInterrupt`.
    pub fn time(&self, session: &mut Session, count: u64) -> Result<Duration, Box<Failure>> {
        let ledger = Rc::clone(&session.context().runtime.ledger);
        ledger.set_recording(false);
        let newest = ledger.newest();
        let start = Instant::now();
        let mut result = Ok(());
        for _ in 0..count {
            result = session.execute(&self.statements).and_then(|()| interrupt::check());
            if result.is_err() {
                break;
            }
        }
        let taken = start.elapsed();
        ledger.set_recording(true);
        // How often it ran must not show in the numbers of the buffers that come after.
        let living = session.holders().newest_buffer();
        ledger.renumber_from(newest.max(living));
        result.map(|()| taken).map_err(|error| self.failure(&error))
    }

    fn failure(&self, error: &Error) -> Box<Failure> {
        Box::new(Failure::of(error, &self.text, 1))
    }
}

/// The first of 1, 2, 5, 10, 20, 50, ... loops that take long enough (`Timer.autorange`). `time` gives how long a
/// number of loops takes.
///
/// # Errors
/// Those of `time`.
pub fn autorange<E>(mut time: impl FnMut(u64) -> Result<Duration, E>) -> Result<u64, E> {
    let mut power = 1u64;
    loop {
        for digit in [1, 2, 5] {
            let loops = power.saturating_mul(digit);
            if time(loops)? >= LONG_ENOUGH || loops == u64::MAX {
                return Ok(loops);
            }
        }
        power = power.saturating_mul(10);
    }
}

/// Seconds in this unit, or in the longest that makes at least 1 of them (`format_time` of `timeit.main`).
pub fn format_time(seconds: f64, unit: Option<&str>, digits: usize) -> String {
    let found = match unit {
        Some(unit) => UNITS.into_iter().find(|(name, _)| *name == unit),
        None => UNITS.into_iter().find(|(_, scale)| seconds >= *scale),
    };
    let (name, scale) = found.unwrap_or(("nsec", 1e-9));
    format!("{} {name}", significant(seconds / scale, digits))
}

/// C's `%.*g`.
fn significant(value: f64, digits: usize) -> String {
    write_float(value, Style::General(digits), false, false)
}

fn plural(loops: u64) -> &'static str {
    if loops == 1 { "" } else { "s" }
}

/// What is timed, and how; the names of `python -m timeit`.
pub struct Timing {
    /// How many times the statement runs in a repetition; found where it is not given, or 0.
    pub loops: Option<u64>,
    /// How many repetitions.
    pub repeat: u64,
    /// The unit to print; the fitting one where none is given.
    pub unit: Option<String>,
    /// How much more is printed.
    pub verbose: u8,
}

impl Timing {
    fn digits(&self) -> usize {
        3 + usize::from(self.verbose.saturating_sub(1))
    }

    /// Times, where `time` tells how long a number of loops takes, and prints as `timeit.main`. What goes to
    /// standard error is given back.
    ///
    /// # Errors
    /// Those of `time`.
    pub fn measure<E>(
        &self,
        mut time: impl FnMut(u64) -> Result<Duration, E>,
        mut print: impl FnMut(String),
    ) -> Result<Option<String>, E> {
        let (unit, digits) = (self.unit.as_deref(), self.digits());
        let loops = match self.loops.filter(|loops| *loops > 0) {
            Some(loops) => loops,
            None => autorange(|loops| {
                let taken = time(loops)?;
                if self.verbose > 0 {
                    let seconds = significant(taken.as_secs_f64(), digits);
                    print(format!("{loops} loop{} -> {seconds} secs\n", plural(loops)));
                }
                Ok(taken)
            })?,
        };
        if self.verbose > 0 && self.loops.is_none_or(|loops| loops == 0) {
            print("\n".into());
        }
        let repeat = self.repeat.max(1);
        let seconds = (0..repeat).map(|_| Ok(time(loops)?.as_secs_f64())).collect::<Result<Vec<f64>, E>>()?;
        if self.verbose > 0 {
            let raw: Vec<String> = seconds.iter().map(|&s| format_time(s, unit, digits)).collect();
            print(format!("raw times: {}\n\n", raw.join(", ")));
        }
        let least = seconds.iter().copied().fold(f64::INFINITY, f64::min) / loops as f64;
        let most = seconds.iter().copied().fold(0.0, f64::max) / loops as f64;
        let (best, worst) = (format_time(least, unit, digits), format_time(most, unit, digits));
        print(format!("{loops} loop{}, best of {repeat}: {best} per loop\n", plural(loops)));
        Ok((most >= least * 4.0).then(|| {
            format!(
                "UserWarning: The test results are likely unreliable. The worst time ({worst}) was more than four \
                 times slower than the best time ({best}).\n"
            )
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_words() {
        // what format_time of CPython's timeit.main gives
        let cases =
            [(1.5, "1.5 sec"), (0.0123456, "12.3 msec"), (1e-6, "1 usec"), (2.5e-8, "25 nsec"), (0.0, "0 nsec")];
        for (seconds, text) in cases {
            assert_eq!(format_time(seconds, None, 3), text);
        }
        assert_eq!(format_time(1.234567, Some("usec"), 3), "1.23e+06 usec");
        assert_eq!(format_time(1.234567, Some("msec"), 5), "1234.6 msec");
    }

    #[test]
    fn loops_are_found_and_told_as_by_python() {
        let mut tried = Vec::new();
        let mut printed = String::new();
        let timing = Timing { loops: None, repeat: 2, unit: None, verbose: 0 };
        let time = |loops: u64| {
            tried.push(loops);
            Ok::<_, ()>(Duration::from_millis(7) * loops as u32)
        };
        assert_eq!(timing.measure(time, |text| printed.push_str(&text)), Ok(None));
        assert_eq!(printed, "50 loops, best of 2: 7 msec per loop\n");
        assert_eq!(tried, [1, 2, 5, 10, 20, 50, 50, 50]);
    }

    #[test]
    fn unreliable_results_are_told() {
        let timing = Timing { loops: Some(1), repeat: 2, unit: Some("msec".into()), verbose: 1 };
        let mut times = [4, 1].into_iter();
        let mut printed = String::new();
        let warning = timing
            .measure(|_| times.next().map(Duration::from_millis).ok_or(()), |text| printed.push_str(&text))
            .unwrap()
            .unwrap();
        assert_eq!(printed, "raw times: 4 msec, 1 msec\n\n1 loop, best of 2: 1 msec per loop\n");
        assert!(warning.contains("worst time (4 msec)") && warning.contains("best time (1 msec)"), "{warning}");
    }
}
