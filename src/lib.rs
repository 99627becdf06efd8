//! ndsh, the nd-array shell: NumPy's expression language, and what every statement did to memory.
//!
//! NumPy prints facts when asked. ndsh says, after each statement, what no tool says by itself: which array is a
//! view and which a copy and why, who else sees a write, who keeps a buffer alive.
//!
//! # The way of a statement
//!
//! ```text
//! text -> syntax::ast::Stmt -> session::Step -> report::Markup -> terminal
//!                                            \> report::json  -> programs
//! ```
//!
//! [`session::Session`] is the one door: the prompt, scripts, tests and lessons give it text and get a
//! [`session::Step`] for each statement. A step is plain data; all that a user sees is drawn from it.
//!
//! # The layers
//!
//! Each may use those above it in this list, never those below.
//!
//! | module | answers | knows nothing of |
//! |---|---|---|
//! | [`error`], [`interrupt`], [`half`], [`text`] | what went wrong; whether to stop; 16-bit floats; Python's text of numbers | all the rest |
//! | [`random`], [`fourier`], [`matrix`] | which random number comes next? what is a line of numbers transformed? how does a matrix factor? | arrays |
//! | [`syntax`] | what does the text say? A tree with spans; the grammar is `grammar/ndsh.ebnf` | arrays |
//! | [`memory`] | where are the bytes? Buffers, the ledger, the only `unsafe` code | dtypes, names, text |
//! | [`mod@array`] | what is an array? Dtypes, layouts, views, casting, indexing, overlap, printing | names, sessions |
//! | [`ufunc`] | what is computed? Loops, type resolution, reductions, products | Python's values |
//! | [`files`] | what do `.npy`, `.npz` and tables of text say? Open files, files written whole or not at all | Python's values, the registry |
//! | [`value`], [`registry`] | what can an expression be, and what can be called? | where names are kept |
//! | [`python`], [`numpy`] | the entries of the registry: one literal a function | sessions |
//! | [`eval`] | what does the tree mean? Names, calls, operators | printing |
//! | [`session`] | what did a statement do? Steps | how it looks |
//! | [`report`] | how does a step look? Markup and JSON; changes nothing | terminals |
//! | [`shell`] | the prompt, the command line, the `%` commands | |
//!
//! Nothing from [`syntax`] to [`report`] needs a terminal, a thread or a socket, and only [`files`] opens a file.
//!
//! # Three decisions
//!
//! **Cells, not slices.** NumPy's arrays alias freely, so no `&[T]` or `&mut [T]` to array data is ever made.
//! Kernels work on [`memory::Run`]s: bounds-checked when they are made, read and written value by value or as
//! `&[Cell<T>]`, which the compiler vectorises and which may alias. That keeps `unsafe` in one file,
//! `src/memory/typed.rs`, and lets `a[1:] += a[::-1][1:]` be ordinary code.
//!
//! **Layouts decide, and say why.** Every view operation is a pure function from [`array::Layout`] to a layout or
//! a [`array::layout::Reason`] in numbers. Error help and reports print that same reason.
//!
//! **One literal a function.** [`registry::Function`] holds NumPy's own signature text, which binds the
//! arguments, shows in help and drives completion; and an example, which the tests run.

// The documentation is for those who work on ndsh, and is built with its private items.
#![allow(rustdoc::private_intra_doc_links)]

pub mod array;
pub mod error;
pub mod eval;
pub mod files;
pub mod fourier;
pub mod half;
pub mod interrupt;
pub mod matrix;
pub mod memory;
pub mod numpy;
pub mod python;
pub mod random;
pub mod registry;
pub mod report;
pub mod session;
pub mod shell;
pub mod syntax;
pub mod text;
pub mod ufunc;
pub mod value;
