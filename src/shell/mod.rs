//! The front ends on a terminal: the command line, scripts, the prompt.

mod command_line;
mod run;

pub use command_line::main;
