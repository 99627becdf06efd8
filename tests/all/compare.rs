//! What must hold of every comparison, whatever the statements.

use ndsh::session::Session;
use ndsh::session::compare::{Outcome, compare};
use proptest::prelude::*;

/// Statements in which no array has two names: there copy-on-write and always-copy differ on purpose.
const STATEMENTS: &[&str] = &[
    "b = a[1:3]",
    "b = a[::-1]",
    "c = a.reshape(2, 3)",
    "c = a.reshape(2, 3).T",
    "d = c.T",
    "d = np.split(a, 2)",
    "d, e = c[:2]",
    "e = a[[0, 1]]",
    "e = np.broadcast_to(a[:1], (2, 3)) + 1",
    "b[0] = 9",
    "b += 1",
    "a[1:] += a[:-1]",
    "a[:] = 0",
    "a[2:4][0] = 7",
    "c[0] *= 2",
    "c.T[0] = 4",
    "d[0][0] = 5",
    "a.sort()",
    "c.fill(3)",
    "b.T.fill(2)",
    "np.negative(a, out=a)",
    "np.copyto(c, 1)",
    "del b",
    "a = a + 1",
    "a = a * 2; c[1, 1] = 6",
    "a",
    "nowhere",
];

/// What a user sees of an outcome, but for its costs.
fn seen(outcome: &Outcome) -> String {
    format!("{:?} {:?} {}", outcome.names, outcome.shown, outcome.error.is_some())
}

fn looks(session: &mut Session) -> (Vec<String>, usize, u64) {
    let names: Vec<String> = session.workspace().entries().iter().map(|(name, _)| name.to_string()).collect();
    let text = |name: &String| format!("{name}.tolist(), {name}.strides");
    let values =
        names.iter().flat_map(|name| session.run(&text(name))).map(|step| format!("{:?}", step.value)).collect();
    let ledger = &session.context().runtime.ledger;
    (values, ledger.live(), ledger.newest())
}

proptest! {
    #[test]
    fn no_rule_leaves_a_trace_and_the_two_others_agree(
        chosen in proptest::collection::vec(proptest::sample::select(STATEMENTS), 1..8),
        has_views in any::<bool>(),
    ) {
        let mut session = Session::new();
        session.run("a = np.arange(6)");
        if has_views {
            session.run("b = a[::2]\nc = a.reshape(3, 2)");
        }
        let before = looks(&mut session);
        let text = chosen.join("; ");
        let comparison = compare(&session, &text).map_err(|failure| failure.message).unwrap();
        prop_assert_eq!(before, looks(&mut session));
        for row in &comparison.rows {
            let [aliasing, lazy, eager] = &row.outcomes;
            prop_assert_eq!(seen(lazy), seen(eager), "{} in {}", row.source, text);
            prop_assert_eq!(aliasing.copied, 0);
            prop_assert!(lazy.copied <= eager.copied, "{} in {}", row.source, text);
        }
        let first = comparison.rows.iter().position(|row| row.outcomes.iter().any(|o| seen(o) != seen(&row.outcomes[0])));
        prop_assert_eq!(first, comparison.first.map(|first| first.row));
    }
}
