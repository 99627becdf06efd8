//! `%why` against what the arrays themselves say: a copy shares nothing, a view shares, and a cure copies nothing.

use ndsh::session::{Doing, Session, Why, WhyArray};
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn value(session: &mut Session, text: &str) -> String {
    let steps = session.run(text);
    let last = steps.last().unwrap_or_else(|| panic!("{text}"));
    assert!(last.failure.is_none(), "{text}: {:?}", last.failure);
    last.value.as_ref().map(|shown| shown.repr.clone()).unwrap_or_default()
}

fn why(session: &mut Session, text: &str) -> WhyArray {
    match session.why(text) {
        Ok(Why::Array(array)) => *array,
        other => panic!("{text}: {other:?}"),
    }
}

fn slice() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(":".to_string()),
        Just("::2".to_string()),
        Just("::-1".to_string()),
        Just("1:".to_string()),
        Just("0:1".to_string()),
        Just("::-2".to_string()),
    ]
}

/// An array of three axes, some of them cut or turned, and something done to it.
fn cases() -> impl Strategy<Value = (String, String)> {
    let axes = prop_oneof![Just("0, 1, 2"), Just("2, 1, 0"), Just("1, 0, 2"), Just("0, 2, 1"), Just("1, 2, 0")];
    let base = (slice(), slice(), slice(), axes)
        .prop_map(|(a, b, c, axes)| format!("np.arange(60).reshape(3, 4, 5)[{a}, {b}, {c}].transpose({axes})"));
    let places = prop::collection::vec(-1i32..2, 0..4);
    let orders = prop_oneof![Just("'C'"), Just("'F'"), Just("'A'"), Just("'K'")];
    let done = prop_oneof![
        Just("x.reshape(-1)".to_string()),
        Just("x.reshape(x.shape[0], -1)".to_string()),
        Just("x.reshape(-1, x.shape[-1])".to_string()),
        Just("x.reshape(-1, order='F')".to_string()),
        orders.clone().prop_map(|order| format!("x.ravel(order={order})")),
        orders.prop_map(|order| format!("x.flatten(order={order})")),
        places.clone().prop_map(|places| format!("x[{places:?}]")),
        places.clone().prop_map(|places| format!("x[:, {places:?}]")),
        places.clone().prop_map(|places| format!("x[..., {places:?}]")),
        places.clone().prop_map(|places| format!("x[0, :, {places:?}]")),
        places.clone().prop_map(|places| format!("x[0, {places:?}]")),
        places.prop_map(|places| format!("x.take({places:?}, axis=1)")),
        Just("x[np.array(0)]".to_string()),
        Just("x[x > 3]".to_string()),
        Just("x.astype(int)".to_string()),
        Just("np.array(x)".to_string()),
        Just("np.ascontiguousarray(x)".to_string()),
        Just("np.sort(x, axis=None)".to_string()),
        Just("x.T".to_string()),
        Just("x[::-1, None]".to_string()),
        Just("np.roll(x, 1)".to_string()),
        Just("np.append(x, x)".to_string()),
    ];
    (base, done)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_verdict_is_what_shares_memory_says((base, done) in cases()) {
        let mut session = Session::new();
        // places out of bounds of an axis of length 1
        let made = session.run(&format!("x = {base}\ny = {done}"));
        if made.iter().any(|step| step.failure.is_some()) {
            prop_assert!(session.why(&done).is_err());
            return Ok(());
        }
        let (live, newest) = (session.context().runtime.ledger.live(), session.context().runtime.ledger.newest());
        let tried = why(&mut session, &done);
        let named = why(&mut session, "y");
        let ledger = &session.context().runtime.ledger;
        prop_assert_eq!((ledger.live(), ledger.newest()), (live, newest));
        let copies = |array: &WhyArray| array.steps.iter().any(|step| matches!(step.doing, Doing::Copies(_)));
        prop_assert_eq!(copies(&tried), copies(&named), "{} of {}", done, base);
        let empty = value(&mut session, "y.size") == "0";
        let shares = value(&mut session, &format!("np.shares_memory(x, {done})")) == "True";
        prop_assert!(empty || shares != copies(&tried), "{done} of {base}: {:?}", tried.steps);
        for (spelling, gives) in tried.steps.iter().filter_map(|step| step.cure.clone()) {
            if !empty {
                prop_assert_eq!(value(&mut session, &format!("np.shares_memory(x, {spelling})")), "True", "{}", spelling);
            }
            prop_assert_eq!(value(&mut session, &format!("({spelling}).shape == y.shape")), "True", "{} for {}", spelling, done);
            if gives.is_same() {
                let same = value(&mut session, &format!("np.array_equal(y, {spelling})"));
                prop_assert_eq!(same, "True", "{} for {} of {}", spelling, done, base);
            }
        }
    }
}

#[test]
fn nothing_changes_while_one_looks() {
    let mut session = Session::new();
    session.run("a = np.array([3, 1, 2])\nthings = [a]\nd = {'x': [a]}\ns = {1}\nb = a.astype('f8')");
    for text in [
        "a.sort()",
        "a.resize(30)",
        "np.add(a, 1, out=a)",
        "np.copyto(a, 0)",
        "a.put([0], 9)",
        "a.fill(0)",
        "things.append(np.zeros(3))",
        "d['x'].append(np.zeros(3))",
        "d.pop('x')",
        "s.add(2)",
        "list.append(things, 1)",
        "np.random.default_rng",
        "a.setflags(write=False)",
        "a.itemset(0, 0)",
        "np.put(a, [0], 9)",
        "np.negative.at(a, [0])",
    ] {
        let _ = session.why(text);
        assert_eq!(
            value(&mut session, "a, things, d, s, b"),
            value(
                &mut session,
                "(np.array([3, 1, 2]), [np.array([3, 1, 2])], {'x': [np.array([3, 1, 2])]}, {1}, np.array([3., 1., 2.]))"
            ),
            "{text}"
        );
        assert_eq!(value(&mut session, "a.flags.writeable"), "True", "{text}");
    }
}

#[test]
fn large_workspaces_and_large_arrays_are_looked_at_at_once() {
    let mut session = Session::new();
    let names: String = (0..10_000).map(|i| format!("a{i} = np.zeros(2)\n")).collect();
    session.execute(&ndsh::syntax::parse(&names).unwrap()).unwrap();
    session.run("big = np.zeros((10**5, 10**4))\nwide = np.broadcast_to(big, (10, 10**5, 10**4))\nt = big.T");
    for text in
        ["a9999", "big.T.reshape(-1)", "big.copy()", "wide", "t", "big[::2].ravel()", "big.astype('f4')", "a5[::-1]"]
    {
        let best = (0..3)
            .map(|_| {
                let start = Instant::now();
                why(&mut session, text);
                start.elapsed()
            })
            .min()
            .unwrap();
        assert!(best < Duration::from_millis(if cfg!(debug_assertions) { 500 } else { 50 }), "{text}: {best:?}");
    }
}
