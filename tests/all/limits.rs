//! No text makes the parser overflow its stack or take long, however deep or long it is.

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
    let operators = "too many nested operators: an expression has at most 500";
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
        ("a + ", "a", operators),
        ("a ** ", "a", operators),
        ("a ** -", "a", operators),
        ("a < ", "a", operators),
        ("a and ", "a", operators),
        ("a or not ", "a", operators),
        ("a if b else ", "c", operators),
        ("a.", "a", operators),
        ("a\\\n.", "a", operators),
    ];
    for (part, end, expected) in deep {
        assert_eq!(message(part.repeat(10_000) + end).as_deref(), Some(expected), "{part}");
    }
    for (part, open) in [("()", "a"), ("[0]", "a"), (".b", "a"), (" + a", "a")] {
        assert_eq!(message(open.to_owned() + &part.repeat(10_000)).as_deref(), Some(operators), "{part}");
    }
}

#[test]
fn deepest_texts_parse() {
    for (open, close) in [("(", ")"), ("[", "]"), ("f(a=", ")"), ("a[b:", "]"), ("{1: ", "}"), ("-(1 + 2 * 3 ** ", ")")]
    {
        let text = open.repeat(80) + "a" + &close.repeat(80);
        assert_eq!(message(text), None, "{open}");
    }
    let chain = "a".to_owned() + &" + a".repeat(499);
    assert_eq!(message(chain.clone()), None);
    // The items of a list count each for itself, so a long list of long sums is fine.
    assert_eq!(message(format!("[{}]", [chain.replacen(" + a", "", 1).as_str(); 100].join(", "))), None);
    // What stands on the way to the deepest part counts together.
    assert!(message(format!("(({chain}))")).is_some());
    assert!(message(format!("f'{{{chain}}}' + a")).is_some());
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
