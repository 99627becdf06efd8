//! The grammar file and the parser say the same: each rule has a parser function of its name and the other
//! way round, and sentences derived from the file parse.

use crate::ebnf::{Derivation, Grammar, Random};
use ndsh::syntax::parse;
use std::collections::BTreeSet;
use std::path::Path;

fn grammar() -> Grammar {
    Grammar::read(include_str!("../../grammar/ndsh.ebnf"))
}

/// The parser functions in `source`: those that take an `Input`, and nothing else, and give a `Parsed`.
fn parser_functions(source: &str) -> impl Iterator<Item = String> {
    let one_line = source.split_whitespace().collect::<Vec<_>>().join(" ");
    let functions: Vec<String> = one_line
        .split("fn ")
        .skip(1)
        .filter_map(|function| {
            let (name, rest) = function.split_once('(')?;
            let (parameters, rest) = rest.split_once(") -> ")?;
            let (_, parameter) = parameters.trim_end_matches(", ").split_once(": ")?;
            let is_input = parameter.starts_with("Input<") && parameter.matches(':').count() == 0;
            let name = name.split('<').next()?;
            (is_input && rest.starts_with("Parsed<")).then(|| name.to_owned())
        })
        .collect();
    functions.into_iter()
}

#[test]
fn rules_are_parser_functions() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/syntax");
    let mut functions = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let source = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for function in parser_functions(&source) {
            assert!(functions.insert(function.clone()), "two parser functions have the name {function}");
        }
    }
    let rules = grammar().names();
    let missing: Vec<_> = rules.difference(&functions).collect();
    let extra: Vec<_> = functions.difference(&rules).collect();
    assert!(missing.is_empty(), "rules without a parser function: {missing:?}");
    assert!(extra.is_empty(), "parser functions without a rule: {extra:?}");
}

#[test]
fn finds_parser_functions_only() {
    let source =
        "fn a(input: Input<'_>) -> Parsed<'_, ()> {} pub(super) fn b<'a>(input: Input<'a>)\n -> Parsed<'a, T> {}
        fn c(input: Input<'_>, least: u8) -> Parsed<'_, ()> {} fn d(text: &str) -> Parsed<'_, ()> {}
        fn e(input: Input<'_>) -> Option<u8> {}";
    assert_eq!(parser_functions(source).collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn sentences_parse() {
    let grammar = grammar();
    let mut random = Random(20_26);
    let mut used = BTreeSet::new();
    let mut parsed = 0;
    for round in 0..3_000 {
        let depth = 12 + round % 14;
        let start = if round % 10 == 0 { "script" } else { "line" };
        let sentence = Derivation::sentence(&grammar, start, depth, &mut random, &mut used);
        match parse(&sentence) {
            Ok(_) => parsed += 1,
            // The one rule of the language that no grammar can state.
            Err(error) if error.message.starts_with("keyword argument repeated") => {}
            Err(error) => panic!("{error} at {:?} in:\n{sentence}\n{sentence:?}", error.span),
        }
    }
    assert!(parsed >= 2_900, "only {parsed} sentences parsed");
    let unused: Vec<_> = grammar.names().difference(&used).cloned().collect();
    // Space is everywhere, but stands in no rule.
    assert_eq!(unused, ["blanks", "continuation", "space"], "rules that no sentence uses");
}
