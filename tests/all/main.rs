//! The integration tests: one binary, so that the library is linked once.

mod allocations;
mod arrays;
mod compare;
mod ebnf;
mod examples;
mod fuzz;
mod grammar;
mod holders;
mod index;
mod layout;
mod limits;
mod map;
mod plans;
mod printing;
mod pty;
mod python;
mod recover;
mod registry;
mod ripples;
mod sexpr;
mod syntax;
mod syntax_random;
mod tokens;
mod transcripts;
mod ufunc;
mod why;
