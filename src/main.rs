//! The program.

fn main() -> std::process::ExitCode {
    ndsh::shell::main()
}
