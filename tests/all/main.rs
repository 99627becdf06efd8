//! The integration tests: one binary, so that the library is linked once.

mod allocations;
mod arrays;
mod compare;
mod ebnf;
mod examples;
mod fuzz;
mod grammar;
mod index;
mod layout;
mod limits;
mod printing;
mod pty;
mod python;
mod recover;
mod registry;
mod sexpr;
mod syntax;
mod syntax_random;
mod transcripts;
mod ufunc;
