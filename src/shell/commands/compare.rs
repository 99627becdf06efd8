//! `%compare STATEMENTS`: the same statements under three rules for who sees a write.

use super::Answer;
use crate::report::compare::draw;
use crate::report::{Markup, Role, wrap};
use crate::session::compare::compare;
use crate::shell::{Shell, Sink};

/// The rules in words.
const HELP: [(&str, &str); 3] = [
    ("aliasing", "NumPy's rule. A view shares its bytes with what it is a view of; a write is seen by all."),
    (
        "copy-on-write",
        "pandas' rule since version 3. A view shares until it, or what it is a view of, is written; whoever is written \
         gets a copy first, so no other array changes. Two names of one array (b = a) are no view: both see a write. R \
         treats values so too, but there b <- a is also a copy as soon as one of the two is written.",
    ),
    (
        "always-copy",
        "JAX' rule. What would be a view is a copy at once, and arrays never change: x[0] = 1 stands for x = \
         x.at[0].set(1), which binds the name to a new array.",
    ),
];

/// Runs the statements under each rule on copies of what they name; the workspace stays as it is. Without statements
/// it tells the rules.
pub fn run(shell: &mut Shell, argument: &str, _: Sink) -> Answer {
    let width = shell.manner.view.width;
    if argument.is_empty() {
        return Ok(rules(width).into());
    }
    Ok(draw(&compare(&shell.session, argument)?, width).into())
}

fn rules(width: usize) -> Markup {
    const NAMES: usize = 15;
    let mut out = Markup::new();
    out.add(Role::Heading, "%compare a = np.arange(4); b = a[1:3]; b[0] = 99; a").add(Role::Plain, "\n");
    for (name, text) in HELP {
        let mut name = name;
        for line in wrap(text, width.saturating_sub(NAMES).max(20)) {
            out.add(Role::Heading, format!("{name:<NAMES$}")).line(&line);
            name = "";
        }
    }
    out
}
