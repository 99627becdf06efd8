//! What `%del?` says is what `del` does: random workspaces, every deletion and every way out it names carried out.

use ndsh::session::{Deletion, Session, WayOut};
use ndsh::shell::{Manner, Shell};
use proptest::prelude::*;

const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// Statements over the names; `X`, `Y` and `Z` stand for any of them. Those that fail change nothing.
const STATEMENTS: [&str; 15] = [
    "X = np.zeros(100)",
    "X = Y",
    "X = Y[1:]",
    "X = Y[:1]",
    "X = Y[::2]",
    "X = [Y, Z]",
    "X = [Y, 1, Y]",
    "X = (Y, Z)",
    "X = {'k': Y, 'l': [Z]}",
    "X = Y.flat",
    "X = Y.sum",
    "X = iter(Y)",
    "X = slice(Y, Z)",
    "X = {Y.flat, 1}",
    "X = X.reshape(-1, 1).T",
];

fn statements() -> impl Strategy<Value = Vec<String>> {
    let name = || prop::sample::select(&NAMES[..]);
    let statement = (prop::sample::select(&STATEMENTS[..]), name(), name(), name());
    let statement = statement.prop_map(|(text, x, y, z)| text.replace('X', x).replace('Y', y).replace('Z', z));
    // Lists that come to hold themselves come last: bound anew they would stay, and nothing leads to them then.
    let append = (name(), name()).prop_map(|(x, y)| format!("{x}.append({y})"));
    let all = (prop::collection::vec(statement, 0..14), prop::collection::vec(append, 0..3));
    all.prop_map(|(statements, appends)| statements.into_iter().chain(appends).collect())
}

fn session(statements: &[String]) -> Session {
    let mut session = Session::new();
    session.run("a = np.zeros(100); b = a[:2]; c = [a]; d = np.zeros(10)");
    statements.iter().for_each(|statement| drop(session.run(statement)));
    session
}

fn deletion(session: &Session, names: &[&str]) -> Deletion {
    let holders = session.holders();
    let holds: Vec<_> = names.iter().filter_map(|name| holders.hold_of_name(name)).collect();
    holders.deletion(&holds)
}

/// The bytes that these statements free; they must not fail.
fn freed(session: &mut Session, text: &str) -> usize {
    let steps = session.run(text);
    if let Some(failure) = steps.iter().find_map(|step| step.failure.as_ref()) {
        panic!("{text}: {}", failure.message);
    }
    steps.iter().map(|step| step.memory.freed).sum()
}

fn text(way: &WayOut) -> String {
    let mut lines = way.copies.clone();
    if !way.deletions.is_empty() {
        lines.push(format!("del {}", way.deletions.join(", ")));
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn deleting_frees_what_is_foretold(
        statements in statements(),
        names in prop::sample::subsequence(&NAMES[..], 1..4),
    ) {
        let mut first = session(&statements);
        let before = first.context().runtime.ledger.live();
        let names: Vec<&str> = names.into_iter().filter(|name| first.holders().hold_of_name(name).is_some()).collect();
        let told = deletion(&first, &names);
        prop_assert_eq!(first.context().runtime.ledger.live(), before);
        for way in told.kept.iter().flat_map(|kept| &kept.ways) {
            let text = text(way);
            prop_assert_eq!(freed(&mut session(&statements), &text), way.frees, "{}\n{}", statements.join("\n"), text);
        }
        if !names.is_empty() {
            let sum: usize = told.freed.iter().map(|(_, bytes)| bytes).sum();
            let text = format!("del {}", names.join(", "));
            prop_assert_eq!(freed(&mut first, &text), sum, "{}\n{}", statements.join("\n"), text);
        }
    }
}

#[test]
fn the_newest_of_many_names_are_listed() {
    let mut shell = Shell::new(Manner::prompt(80));
    let names: Vec<String> = (0..150).map(|n| format!("name{n} = np.zeros({n})")).collect();
    shell.session.run(&names.join("\n"));
    let newest = shell.enter_plain("%whos");
    assert!(newest.starts_with("the newest 100 of 150 names · %whos all"), "{newest}");
    assert!(!newest.contains("name49 ") && newest.contains("name50 ") && newest.contains("name149 "));
    let all = shell.enter_plain("%whos all");
    assert!(all.contains("name0 ") && all.contains("name149 "));
}

#[test]
fn deep_containers_are_followed_to_their_end() {
    let mut shell = Shell::new(Manner::prompt(80));
    shell.session.run("a = np.zeros(4); x = [a, 'last']");
    (0..500).for_each(|_| drop(shell.session.run("x = [x]")));
    let tree = shell.enter_plain("%holders a");
    assert!(tree.contains("x[0][0][0]…[0]") && tree.contains("2 holders"), "{tree}");
    assert!(shell.enter_plain("%del? a x").starts_with("del a, x frees 32 B"));
}
