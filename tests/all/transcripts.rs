//! The transcripts print what they say: sessions in Markdown, run and compared.
//!
//! `README.md`, `tests/transcripts/*.md` and `lessons/**/*.md` may hold these fenced blocks:
//!
//! - `ndsh`: entries behind `nd> ` and `... `, each with what the prompt prints, 80 columns wide and without colour.
//!   All blocks of a file share one session; the word `fresh` behind `ndsh` starts a new one, `report=line` sets the
//!   level of the report from there on, `width=120` the columns of the block.
//! - `sh`: lines behind `$ `, each with what the command prints (both streams), and `[exit 1]` where it fails. They
//!   run in a folder of their own, with the built `ndsh` first on the path.
//! - any block with `file=NAME` behind its language: its text is written to that file for the commands behind it.
//!
//! `NDSH_UPDATE=1 cargo test` writes what the program prints today into the files; read the difference.

use ndsh::report::Level;
use ndsh::shell::markdown::{Block, blocks};
use ndsh::shell::{Manner, Shell};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The columns of a transcript.
const WIDTH: usize = 80;

/// The environment of shell commands: nothing of the machine's own.
const ENVIRONMENT: [(&str, &str); 4] = [("COLUMNS", "80"), ("TERM", "dumb"), ("LC_ALL", "C.UTF-8"), ("TMPDIR", "/tmp")];

/// Whether expected output is rewritten instead of compared.
pub fn is_update() -> bool {
    std::env::var_os("NDSH_UPDATE").is_some()
}

/// One file under test.
struct Transcript {
    path: PathBuf,
    shell: Shell,
    folder: PathBuf,
}

fn new_shell() -> Shell {
    let mut shell = Shell::new(Manner::prompt(WIDTH));
    shell.session.keep_last(true);
    shell
}

impl Transcript {
    fn new(path: &Path) -> Transcript {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("transcript-{name}"));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Transcript { path: path.to_path_buf(), shell: new_shell(), folder }
    }

    /// What the block's text should be; `None` where it is not run.
    fn run(&mut self, block: &Block) -> Option<String> {
        let words: Vec<&str> = block.info.split_whitespace().collect();
        let option = |name: &str| words.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        if let Some(file) = option("file") {
            std::fs::write(self.folder.join(file), block.text).unwrap();
            return None;
        }
        match block.language().as_str() {
            "ndsh" => {
                if words.contains(&"fresh") {
                    self.shell = new_shell();
                }
                if let Some(level) = option("report") {
                    let known =
                        Level::parse(level).unwrap_or_else(|| panic!("{}: no level {level}", self.path.display()));
                    self.shell.manner.view.level = known;
                }
                let width = option("width").map_or(WIDTH, |width| width.parse().unwrap());
                self.shell.manner.view.width = width;
                Some(session(&mut self.shell, block.text))
            }
            "sh" => Some(commands(&self.folder, block.text)),
            _ => None,
        }
    }
}

/// The entries of a transcript's text, each with its lines as they stand there.
fn entries(text: &str, first: &str, next: &str) -> Vec<(String, String)> {
    let mut entries: Vec<(String, String)> = Vec::new();
    let mut is_entry = false;
    for line in text.lines() {
        let starts = line.strip_prefix(first).or_else(|| (line == first.trim_end()).then_some(""));
        let goes_on = line.strip_prefix(next).or_else(|| (line == next.trim_end()).then_some(""));
        match (starts, goes_on, entries.last_mut()) {
            (Some(entry), ..) => entries.push((entry.to_string(), format!("{line}\n"))),
            (None, Some(entry), Some((text, shown))) if is_entry => {
                write!(text, "\n{entry}").unwrap();
                writeln!(shown, "{line}").unwrap();
            }
            _ => {
                is_entry = false;
                continue;
            }
        }
        is_entry = true;
    }
    entries
}

/// The transcript of the session's answers to the entries in `text`.
fn session(shell: &mut Shell, text: &str) -> String {
    let mut out = String::new();
    for (entry, shown) in entries(text, "nd> ", "... ") {
        out.push_str(&shown);
        shell.entries.push(entry.clone());
        out.push_str(&shell.enter_plain(&entry));
    }
    finished(out)
}

/// Text without blank lines and blanks at its ends.
fn finished(text: String) -> String {
    let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}

/// The transcript of these shell commands.
fn commands(folder: &Path, text: &str) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_ndsh"));
    let path = format!("{}:{}", binary.parent().unwrap().display(), std::env::var("PATH").unwrap_or_default());
    let mut out = String::new();
    for (command, shown) in entries(text, "$ ", "> ") {
        out.push_str(&shown);
        let run = Command::new("sh")
            .args(["-c", &format!("{{ {command}\n}} 2>&1")])
            .current_dir(folder)
            .env_clear()
            .envs(ENVIRONMENT)
            .env("PATH", &path)
            .env("HOME", folder)
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        let printed = String::from_utf8_lossy(&run.stdout);
        out.push_str(&printed);
        if !printed.is_empty() && !printed.ends_with('\n') {
            out.push('\n');
        }
        match run.status.code() {
            Some(0) => {}
            Some(code) => writeln!(out, "[exit {code}]").unwrap(),
            None => writeln!(out, "[{}]", run.status).unwrap(),
        }
    }
    finished(out)
}

/// Runs the transcripts of one file; what differs, as text.
fn check(path: &Path) -> Option<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut transcript = Transcript::new(path);
    let mut updated = String::with_capacity(text.len());
    let mut wrong = String::new();
    let mut at = 0;
    for block in blocks(&text) {
        let Some(printed) = transcript.run(&block) else { continue };
        if finished(block.text.to_string()) != printed {
            let difference = difference(block.text, &printed);
            write!(wrong, "{}:{}\n{difference}\n", path.display(), block.line).unwrap();
        }
        updated.push_str(&text[at..block.start]);
        updated.push_str(&printed);
        at = block.start + block.text.len();
    }
    updated.push_str(&text[at..]);
    let _ = std::fs::remove_dir_all(&transcript.folder);
    if is_update() {
        if updated != text {
            std::fs::write(path, updated).unwrap();
        }
        return None;
    }
    (!wrong.is_empty()).then_some(wrong)
}

/// The lines that differ: those of the file behind `-`, those that are printed behind `+`.
pub fn difference(expected: &str, printed: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), printed.lines().collect());
    let same = |(a, b): (&&str, &&str)| a == b;
    let head = old.iter().zip(&new).take_while(|pair| same(*pair)).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|pair| same(*pair)).count();
    let mut out = String::new();
    let before = old[..head].iter().rev().find(|line| line.starts_with("nd> ") || line.starts_with("$ "));
    before.into_iter().for_each(|line| writeln!(out, "  {line}").unwrap());
    old[head..old.len() - tail].iter().for_each(|line| writeln!(out, "- {line}").unwrap());
    new[head..new.len() - tail].iter().for_each(|line| writeln!(out, "+ {line}").unwrap());
    out
}

/// The Markdown files below a folder.
fn markdown(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        match path.extension() {
            _ if path.is_dir() => markdown(&path, found),
            Some(extension) if extension == "md" => found.push(path),
            _ => {}
        }
    }
}

#[test]
fn transcripts_print_what_they_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("README.md")];
    markdown(&root.join("tests/transcripts"), &mut files);
    markdown(&root.join("lessons"), &mut files);
    files.sort();
    let wrong: Vec<String> = files.iter().filter_map(|path| check(path)).collect();
    assert!(wrong.is_empty(), "NDSH_UPDATE=1 cargo test writes these anew:\n\n{}", wrong.join("\n"));
}

#[test]
fn the_difference_names_the_entry() {
    assert_eq!(difference("nd> a\n1\nnd> b\n2\n", "nd> a\n1\nnd> b\n3\n"), "  nd> b\n- 2\n+ 3\n");
    assert_eq!(difference("nd> a\n", "nd> a\n1\n"), "  nd> a\n+ 1\n");
}
