//! The scripts in `examples/` print what their golden files say.
//!
//! `NDSH_UPDATE=1 cargo test` writes the golden files anew; read the difference.

use std::path::Path;
use std::process::Command;

#[test]
fn examples_print_their_golden_output() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut scripts: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "py"))
        .collect();
    scripts.sort();
    assert!(scripts.len() >= 6, "the examples are gone");
    let mut wrong = Vec::new();
    for script in scripts {
        let run = Command::new(env!("CARGO_BIN_EXE_ndsh"))
            .args(["run", "--color", "never"])
            .arg(script.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap())
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("COLUMNS", "80")
            .output()
            .unwrap();
        let printed = String::from_utf8(run.stdout).unwrap() + &String::from_utf8(run.stderr).unwrap();
        let golden = script.with_extension("out");
        if std::env::var_os("NDSH_UPDATE").is_some() {
            std::fs::write(&golden, &printed).unwrap();
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default();
        if printed != expected {
            wrong.push(format!("{}\n--- golden\n{expected}\n--- printed\n{printed}", script.display()));
        }
        assert!(run.status.success(), "{}: {}\n{printed}", script.display(), run.status);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
