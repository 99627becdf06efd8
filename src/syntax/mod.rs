//! Text to syntax tree: lexical rules, expressions, statements, and what to say when the text is wrong.
//!
//! The grammar is normative in `grammar/ndsh.ebnf`: one rule a parser function, of the same name.
//! This layer knows no arrays and no names' values.

pub mod ast;
