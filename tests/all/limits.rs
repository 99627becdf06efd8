//! No text makes the parser overflow its stack or take long, however deep or long it is.

use ndsh::interrupt::Budget;
use ndsh::session::Session;
use ndsh::syntax::highlight::tokens;
use ndsh::syntax::{parse, parse_each};
use std::time::{Duration, Instant};

/// Parses `text` on a stack of two MiB, which is what a thread has by default, and gives the message, if it fails.
/// The bound on the time is generous, for an unoptimised build on a busy
/// machine; what grows with the square of the length or faster breaks it all the same.
fn message(text: String) -> Option<String> {
    let start = Instant::now();
    let shown: String = text.chars().take(20).collect();
    let run = move || {
        let parsed = parse_each(&text);
        let message = parsed.iter().find_map(|parsed| parsed.as_ref().err()).map(|error| error.message.clone());
        drop(parsed);
        tokens(&text);
        message
    };
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap();
    let message = thread.join().unwrap();
    assert!(start.elapsed() < Duration::from_secs(20), "{shown}... took {:?}", start.elapsed());
    message
}

#[test]
fn deep_texts_fail() {
    let parentheses = "too many nested parentheses";
    let operators = "too many nested operators: they nest at most 500 deep";
    let deep = [
        ("(", "", parentheses),
        ("[", "", parentheses),
        ("{", "", parentheses),
        ("a(", "", parentheses),
        ("a[", "", parentheses),
        ("a[b:", "", parentheses),
        ("{1:", "", parentheses),
        ("[1, ", "", parentheses),
        ("f(*", "", parentheses),
        ("f(a=", "", parentheses),
        ("(\n", "", parentheses),
        ("-", "1", operators),
        ("not ", "1", operators),
        ("a ** ", "a", operators),
        ("a ** -", "a", operators),
        ("a or (not ", "a", parentheses),
        ("a if b else ", "c", operators),
    ];
    for (part, end, expected) in deep {
        assert_eq!(message(part.repeat(10_000) + end).as_deref(), Some(expected), "{part}");
    }
}

#[test]
fn flat_chains_are_of_any_length() {
    let parts = [
        "()",
        "[0]",
        ".b",
        "\\\n.b",
        " + a",
        " - b * c",
        " < a",
        " and a",
        " or not a",
        " + -a ** -b",
        ".f(a)[b: c].d",
    ];
    for part in parts {
        assert_eq!(message("a".to_owned() + &part.repeat(20_000)), None, "{part}");
    }
    // What stands around a chain nests, not what stands in it.
    let chain = "a".to_owned() + &" + a".repeat(10_000);
    assert_eq!(message("(".repeat(90) + &chain + &")".repeat(90)), None);
    assert_eq!(message("-".repeat(450) + &chain), None);
    assert!(message("-".repeat(501) + &chain).is_some());
}

/// What runs as the last statement on a stack of two MiB, after `a = 1`; the class of its failure, if it fails.
fn run(text: String) -> String {
    let run = move || {
        let mut session = Session::new();
        session.run("a = 1; l = [1]; l[0] = l");
        let steps = session.run(&text);
        let last = steps.last().unwrap();
        match &last.failure {
            Some(failure) => format!("{}: {}", failure.class, failure.message),
            None => last.value.as_ref().map_or(String::new(), |value| value.repr.clone()),
        }
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap()
}

#[test]
fn long_chains_run() {
    let chain = |first: &str, part: &str| run(first.to_owned() + &part.repeat(20_000));
    assert_eq!(chain("a", " + a"), "20001");
    assert_eq!(chain("a", ".real"), "1");
    assert_eq!(chain("a", ".conjugate()"), "1");
    assert_eq!(chain("l", "[0]"), "[[...]]");
    assert_eq!(chain("a", " and a"), "1");
    assert_eq!(chain("a", " or b"), "1");
    assert_eq!(chain("a", " == a"), "True");
    assert_eq!(chain("a", " - a * a + a"), "1");
    assert_eq!(run(format!("[{}, 2, 3][0]", "1".to_owned() + &" + 1".repeat(20_000))), "20001");
    assert_eq!(chain("a", ".imaginary"), "AttributeError: 'int' object has no attribute 'imaginary'");
}

#[test]
fn the_deepest_expressions_run() {
    assert_eq!(run("-".repeat(500) + "a"), "1");
    assert_eq!(run("not ".repeat(500) + "a"), "True");
    assert_eq!(run("a ** ".repeat(500) + "a"), "1");
    assert_eq!(run("a if a else ".repeat(500) + "a"), "1");
    assert_eq!(run("(".repeat(99) + "a" + &")".repeat(99)), "1");
    assert_eq!(run("-(".repeat(90) + &"-".repeat(300) + "a" + &")".repeat(90)), "1");
    assert_eq!(run("(a if (a < ".repeat(49) + "a" + &") else a)".repeat(49)), "1");
    assert_eq!(run("[".repeat(99) + "a" + &"][0]".repeat(99)), "1");
    assert_eq!(run("max(0, ".repeat(99) + "a" + &")".repeat(99)), "1");
}

#[test]
fn deepest_texts_parse() {
    for (open, close) in [("(", ")"), ("[", "]"), ("f(a=", ")"), ("a[b:", "]"), ("{1: ", "}"), ("-(1 + 2 * 3 ** ", ")")]
    {
        let text = open.repeat(80) + "a" + &close.repeat(80);
        assert_eq!(message(text), None, "{open}");
    }
    let tower = "-".repeat(499) + "a";
    assert_eq!(message(tower.clone()), None);
    // The items of a list count each for itself, so a long list of deep items is fine.
    assert_eq!(message(format!("[{}]", [tower.as_str(); 100].join(", "))), None);
    // What stands around the deepest part counts together.
    assert!(message(format!("(({tower}))")).is_some());
    assert!(message(format!("f'{{(-{tower})}}'")).is_some());
}

#[test]
fn long_texts_parse() {
    assert_eq!(message(format!("[{}]", "1, ".repeat(10_000))), None);
    assert_eq!(message("a = b[1:2]\n".repeat(10_000)), None);
    assert_eq!(message("a;".repeat(10_000)), None);
    assert_eq!(message("a = ".repeat(10_000) + "1"), None);
    assert_eq!(message("'x' ".repeat(10_000)), None);
    assert_eq!(message("f'{a}' ".repeat(10_000)), None);
    assert_eq!(message(format!("f'{}'", "{a!r:>{w}} ".repeat(10_000))), None);
    assert_eq!(message(format!("f'{}'", "{{}}".repeat(10_000))), None);
    assert_eq!(message(format!("0x{}", "f".repeat(100_000))), None);
    assert_eq!(message(format!("'''{}'''", "a\n".repeat(10_000))), None);
    assert_eq!(message("(\n".to_owned() + &"# note\n".repeat(10_000) + "1)"), None);
    assert_eq!(message("a = 1 # note\n".repeat(10_000)), None);
    assert_eq!(message(format!("f({})", (0..10_000).map(|k| format!("k{k}={k},")).collect::<String>())), None);
}

#[test]
fn wrong_texts_fail_fast() {
    for text in [
        "(1 ".repeat(10_000),
        "{1 ".repeat(10_000),
        "[1 [".repeat(10_000),
        "a b\n".repeat(2_000),
        "a = 'b\n".repeat(2_000),
        "(\n".repeat(2_000),
        "f(a b\n".repeat(2_000),
        "'''\n\"\"\"\n".repeat(2_000),
        "f'{".repeat(10_000),
        "f'{f\"{".repeat(10_000),
        "if a:\n  b\n".repeat(2_000),
        "\\\n".repeat(10_000),
        "1".repeat(100_000),
        "1_".repeat(10_000),
        "\\".repeat(10_000),
        "{".repeat(99) + &"1:{".repeat(1_000),
        "x = {1 ".to_owned() + &"{2 ".repeat(90),
        "[a for ".repeat(10_000),
        "print a ".repeat(10_000),
        "a = = ".repeat(10_000),
        ">>> (\n".repeat(2_000),
        "f'{a:{".repeat(10_000),
        "''''".repeat(10_000) + "'",
    ] {
        let shown: String = text.chars().take(20).collect();
        assert!(message(text).is_some(), "{shown}");
    }
}

#[test]
fn a_page_is_highlighted_at_once() {
    let page =
        "a = np.arange(12).reshape(3, 4)[::2, ...] + 1.5e3  # the note\n%timeit f'{a!r:>10}' if a else [1, 'b']\n"
            .repeat(25);
    // The least of many runs: the machine may be busy. A release build is some twenty times faster.
    let least = (0..50)
        .map(|_| {
            let start = Instant::now();
            assert!(tokens(&page).len() > 500);
            start.elapsed()
        })
        .min()
        .unwrap();
    assert!(least < Duration::from_millis(20), "{least:?}");
    assert!(parse(&page).is_ok());
}

#[test]
fn what_puts_elements_in_order_polls_in_between() {
    let mut session = Session::new();
    session.run("a = np.arange(1 << 19, dtype='i2')[::-1].copy(); b = a.astype('f8'); c = np.zeros(1 << 19)");
    for text in [
        "a.sort()",
        "np.sort(b)",
        "c.sort()",
        "np.argsort(a)",
        "np.argsort(b)",
        "np.argsort(b, kind='stable')",
        "np.lexsort([b])",
        "np.partition(a, 1000)",
        "np.partition(c, [2, 1000])",
        "np.argpartition(b, 1000)",
        "np.unique(b)",
    ] {
        // so many polls that only those in between can use them up
        let budget = Budget::new(7);
        let failed = session.run(text).iter().any(|step| step.failure.is_some());
        drop(budget);
        assert!(failed, "{text}");
    }
}
