//! What texts mean and what is wrong with them: trees, places, messages, recovery, prompts, colours.

use crate::sexpr::Sexpr;
use ndsh::syntax::ast::{Expr, ExprKind, Span, StmtKind};
use ndsh::syntax::highlight::{Token, tokens};
use ndsh::syntax::{SyntaxError, parse, parse_each, strip_prompts};

/// The trees of `syntax_trees.txt` are those of CPython's own parser: a text (`⏎` is a newline), and below it
/// the tree, with the place of every expression behind `@` where it says so.
#[test]
fn trees_are_cpythons() {
    let mut cases = 0;
    let mut lines = include_str!("syntax_trees.txt").lines().filter(|line| !line.is_empty());
    while let (Some(text), Some(tree)) = (lines.next(), lines.next()) {
        let text = text.replace('⏎', "\n");
        let tree = tree.trim_start();
        let statements = parse(&text).unwrap_or_else(|error| panic!("{error} in: {text}"));
        let with_spans = tree.split('@').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let shown = Sexpr { with_spans }.script(&statements).replace('\n', " ; ");
        assert_eq!(shown, tree, "{text}");
        cases += 1;
    }
    assert!(cases > 150, "only {cases} cases");
}

/// An error as the golden file shows it: the text behind `> `, carets below their line, the message, and
/// what stands beside it.
fn show(text: &str, error: &SyntaxError) -> String {
    let mut shown = String::new();
    let mut at = 0;
    for (index, line) in text.split('\n').enumerate() {
        shown += format!("> {line}").trim_end();
        shown += "\n";
        let span = error.span;
        if (at..=at + line.len()).contains(&span.start) {
            assert_eq!(error.line, index + 1, "{text}");
            let column = text[at..span.start].chars().count();
            let width = text[span.start..span.end.min(at + line.len())].chars().count().max(1);
            shown += &format!("  {}{}\n", " ".repeat(column), "^".repeat(width));
        }
        at += line.len() + 1;
    }
    shown += &format!("{error}\n");
    shown.extend(error.expectation().map(|expectation| format!("{expectation}\n")));
    shown.extend(error.help.as_ref().map(|help| format!("help: {help}\n")));
    shown.extend(error.incomplete.then_some("more could follow\n"));
    shown
}

/// The messages of `syntax_errors.txt` are CPython 3.11's, but for what ndsh leaves out of Python.
#[test]
fn errors_are_cpythons() {
    let mut cases = 0;
    for block in include_str!("syntax_errors.txt").split("\n\n") {
        let text: Vec<&str> = block.lines().filter_map(|line| line.strip_prefix('>')).collect();
        let text = text.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n");
        let error = parse(&text).expect_err(&text);
        assert_eq!(show(&text, &error).trim_end(), block.trim_end());
        cases += 1;
    }
    assert!(cases > 150, "only {cases} cases");
}

#[test]
fn unfinished_is_not_wrong() {
    let unfinished = [
        "f(",
        "f(1,",
        "f(1, ",
        "f(a",
        "f(a=",
        "f(*",
        "f(a.",
        "[1, 2",
        "[",
        "{",
        "{1",
        "{1:",
        "{1: 2,",
        "a[",
        "a[1:",
        "a[1:2,",
        "(1 +",
        "(1 if",
        "(1 if a",
        "(1 if a else",
        "(not",
        "(a is",
        "(a not",
        "x = (1,\n\n",
        "(1, # note",
        "f(\n  a,\n  'b)'",
        "'''",
        "'''a\n",
        "\"\"\"a''",
        "f'''{a}",
        "x = '''a'",
        "rb'''a\\'''",
        "a + \\",
        "a \\",
        "\\",
        "'a\\",
        "f(a)(b",
        "[(1, 2), (3",
        "from a import (b,",
        "del (a,",
        "a = b = (",
        "a += [",
        "f(a, 'b', \"\"\"c",
        "f(a, # (\n",
    ];
    for text in unfinished {
        let error = parse(text).expect_err(text);
        assert!(error.incomplete, "{text}: {error}");
        assert_eq!(parse_each(text).first(), Some(&Err(error)), "{text}");
    }
    let wrong = [
        "f(1 2",
        "f(]",
        "f(1,, 2",
        "[1, 2)",
        "'abc",
        "f('abc",
        "a b",
        "a =",
        "a +",
        "(a = 1",
        "(for",
        "[x for x in",
        "f(a=1, 2",
        "a.",
        "x = (1\ny = 2",
        "f(a, = ",
        "if a:",
        "def f(",
        "class A(",
        "(lambda",
        "f'{a'",
        "f'{'",
        "0x",
        "(0x",
        "import",
        "from a import",
        "a + \\\n",
        "1 2 '''",
        "a ? (",
        ")",
        "(a))(",
        "'\\x'",
        "{1: 2, 3}",
        "(1 if a b",
        "del f(",
        "a[1 2",
    ];
    for text in wrong {
        let error = parse(text).expect_err(text);
        // A call that is not closed may still be a target.
        let is_open_call = text == "del f(" || text == "f(a=1, 2";
        assert!(!error.incomplete || is_open_call, "{text}: {error}");
    }
}

#[test]
fn statements_know_their_place() {
    let text = "a = 1; b = (2,\n 3) ;\n\n# note\n  \nc;d\r\ne = '''\n'''\r%time f( x\n  g";
    let found = parse_each(text);
    let places: Vec<_> = found
        .iter()
        .map(|item| match item {
            Ok(statement) => (statement.line, statement.span.of(text), statement.semicolon),
            Err(error) => (error.line, error.span.of(text), false),
        })
        .collect();
    let expected = [
        (1, "a = 1", true),
        (1, "b = (2,\n 3)", true),
        (6, "c", true),
        (6, "d", false),
        (7, "e = '''\n'''", false),
        (9, "%time f( x", false),
        (10, "  ", false),
    ];
    assert_eq!(places, expected);
}

/// What `parse_each` makes of a text: the source of each statement, or the line and the message of each error.
fn each(text: &str) -> Vec<String> {
    parse_each(text)
        .into_iter()
        .map(|item| match item {
            Ok(statement) => format!("{} {}", statement.line, statement.span.of(text)),
            Err(error) => format!("{} ! {}", error.line, error.message),
        })
        .collect()
}

#[test]
fn goes_on_after_an_error() {
    assert_eq!(each("a = 1\nb = = 2\nc = 3"), ["1 a = 1", "2 ! invalid syntax", "3 c = 3"]);
    assert_eq!(each("a; b b; c\nd"), ["1 ! invalid syntax", "2 d"]);
    assert_eq!(
        each("f(1 2,\n  3)\na"),
        ["1 ! invalid syntax. Perhaps you forgot a comma?", "3 a"],
        "the brackets of the bad line are respected"
    );
    assert_eq!(each("a b '''\nc\n'''\nd"), ["1 ! invalid syntax", "4 d"], "and its triple quotes");
    assert_eq!(each("x = [1,\n  2\ny = 3\nz"), ["1 ! '[' was never closed", "3 y = 3", "4 z"]);
    assert_eq!(
        each("x = (\n  1,\n]\ny"),
        ["3 ! closing parenthesis ']' does not match opening parenthesis '(' on line 1", "4 y"]
    );
    assert_eq!(each("'''a\nb"), ["1 ! unterminated triple-quoted string literal (detected at line 2)", "2 b"]);
    assert_eq!(each("'a\nb)\nc"), ["1 ! unterminated string literal (detected at line 1)", "2 ! unmatched ')'", "3 c"]);
    let block = "if a:\n    b\n\n    c\nelse:\n    d\ne\ntry:\n  f\nexcept E:\n  g\nh";
    let shown = each(block);
    assert_eq!(shown.len(), 4, "{shown:?}");
    assert!(shown[0].starts_with("1 ! invalid syntax: 'if' is Python's"), "a block is one error: {shown:?}");
    assert_eq!(shown[1], "7 e");
    assert_eq!(shown[3], "12 h");
    assert_eq!(each(""), Vec::<String>::new());
}

#[test]
fn pasted_sessions_parse() {
    let pasted = ">>> a = np.zeros((2,\n...               3))\n>>> a\narray([[0., 0., 0.],\n       [0., 0., 0.]])\n>>> b = a.T\n";
    let shown = parse_each(pasted);
    let lines: Vec<_> = shown.iter().map(|item| item.as_ref().map(|statement| statement.line)).collect();
    assert_eq!(lines, [Ok(1), Ok(3), Ok(6)]);
    let stripped = strip_prompts(pasted);
    assert_eq!(shown[2].as_ref().unwrap().span.of(&stripped), "b = a.T");
    assert_eq!(parse("    a = 1\n    b = 2\n").unwrap().len(), 2);
}

#[test]
fn commands_are_whole_lines() {
    let command = |text: &str| match parse(text).unwrap().remove(0).kind {
        StmtKind::Command(name, rest) => (name.to_string(), rest.to_string()),
        other => panic!("{text}: {other:?}"),
    };
    let pair = |name: &str, rest: &str| (name.to_owned(), rest.to_owned());
    assert_eq!(command("%whos"), pair("whos", ""));
    assert_eq!(command("%timeit -n 10 a + b; c # d"), pair("timeit", "-n 10 a + b; c # d"));
    assert_eq!(command("%run  'a b.py'  "), pair("run", "'a b.py'"));
    assert_eq!(command("np.reshape?"), pair("help", "np.reshape"));
    assert_eq!(command("a.reshape?? # why"), pair("help", "a.reshape"));
    assert_eq!(command("?np.linalg"), pair("help", "np.linalg"));
    assert_eq!(command("%map?"), pair("help", "%map"));
    assert!(parse("a % b\n").is_ok_and(|statements| matches!(statements[0].kind, StmtKind::Expr(_))));
    assert!(parse("(a\n% b)").is_ok(), "inside brackets a line may start with the operator");
    assert!(parse("a\\\n% b").is_ok());
    assert!(parse("a = 1; %whos").is_err());
    assert!(parse("a.b()?").is_err());
}

#[test]
fn operators_know_their_place() {
    let text = "a is  not b + c";
    let StmtKind::Expr(Expr { kind: ExprKind::Compare(_, links), .. }) = &parse(text).unwrap()[0].kind else {
        panic!("a comparison");
    };
    assert_eq!(links[0].1.of(text), "is  not");
    let ExprKind::Binary(_, span, ..) = links[0].2.kind else { panic!("a sum") };
    assert_eq!(span, Span::new(12, 13));
    let text = "a **= 2";
    let StmtKind::AugAssign(_, _, span, _) = &parse(text).unwrap()[0].kind else { panic!("an assignment") };
    assert_eq!(span.of(text), "**=");
    let text = "a . shape";
    let StmtKind::Expr(Expr { kind: ExprKind::Attribute(_, name, span), .. }) = &parse(text).unwrap()[0].kind else {
        panic!("an attribute");
    };
    assert_eq!((name.as_ref(), span.of(text)), ("shape", "shape"));
}

/// The tokens of a text, each as a letter and its source.
fn coloured(text: &str) -> Vec<(Token, &str)> {
    tokens(text).into_iter().map(|(span, token)| (token, span.of(text))).collect()
}

#[test]
fn highlights_every_kind() {
    use Token::*;
    assert_eq!(
        coloured(">>> a = [0x1f, rb'x'] if not b.c else 1.5e3 # note"),
        [
            (Prompt, ">>> "),
            (Name, "a"),
            (Operator, "="),
            (Bracket, "["),
            (Number, "0x1f"),
            (Operator, ","),
            (String, "rb'x'"),
            (Bracket, "]"),
            (Keyword, "if"),
            (Keyword, "not"),
            (Name, "b"),
            (Operator, "."),
            (Name, "c"),
            (Keyword, "else"),
            (Number, "1.5e3"),
            (Comment, "# note"),
        ]
    );
    assert_eq!(
        coloured("  %timeit a %b\n(\n%c)\nd?"),
        [
            (Command, "%timeit"),
            (Name, "a"),
            (Operator, "%"),
            (Name, "b"),
            (Bracket, "("),
            (Operator, "%"),
            (Name, "c"),
            (Bracket, ")"),
            (Name, "d"),
            (Command, "?"),
        ]
    );
    assert_eq!(
        coloured("In [3]: a\n   ...: b\n...\nOut"),
        [(Prompt, "In [3]: "), (Name, "a"), (Prompt, "...: "), (Name, "b"), (Prompt, "..."), (Name, "Out")]
    );
}

#[test]
fn highlights_what_is_not_finished() {
    use Token::*;
    assert_eq!(coloured("a = 'b c"), [(Name, "a"), (Operator, "="), (String, "'b c")]);
    assert_eq!(coloured("f\"\"\"b\nc"), [(String, "f\"\"\"b\nc")]);
    assert_eq!(coloured("'a\\\nb' c"), [(String, "'a\\\nb'"), (Name, "c")]);
    assert_eq!(coloured("1__0x ) $ …"), [(Number, "1__0x"), (Bracket, ")"), (Unknown, "$"), (Unknown, "…")]);
    assert_eq!(
        coloured("a **= b >>= c != d ... e"),
        [
            (Name, "a"),
            (Operator, "**="),
            (Name, "b"),
            (Operator, ">>="),
            (Name, "c"),
            (Operator, "!="),
            (Name, "d"),
            (Operator, "..."),
            (Name, "e")
        ]
    );
}
