//! `%map NAME...`: where the elements of arrays stand in their buffers; as bytes, with cache lines, as a picture.

use super::targets::{look_at_arrays, words};
use super::{Answer, Outcome};
use crate::error::{Error, value_error};
use crate::report::Markup;
use crate::report::map::{self, Extras, hex, reach};
use crate::report::picture::{self, Format};
use crate::report::size::bytes;
use crate::session::{Failure, Graph, Tape, named_arrays, tapes};
use crate::shell::{Shell, Sink, picture_file};
use crate::syntax::ast::Span;

/// Arrays on one map.
const MANY: usize = 16;
/// The columns of a picture, at most.
const PICTURE: usize = 100;

/// What a map is to show, and of what.
#[derive(Debug, Default, PartialEq, Eq)]
struct Request<'a> {
    hex: bool,
    lines: bool,
    save: Option<&'a str>,
    targets: Vec<&'a str>,
}

/// Draws the map of the arrays that the argument names.
pub fn run(shell: &mut Shell, argument: &str, _: Sink) -> Answer {
    let request = Request::read(argument)?;
    if let Some(file) = &request.save {
        return save(shell, argument, file, &request.targets).map(Outcome::from);
    }
    if request.targets.is_empty() {
        return Err(value_error("%map takes arrays").help("%map a b.T").help("%map --hex a").into());
    }
    let width = shell.manner.view.width;
    let tapes = tapes_of(shell, &request.targets, width)?;
    Ok(match request.hex {
        true => hex::draw(&tapes, width),
        false => map::draw(&tapes, Extras { lines: request.lines }, width),
    }
    .into())
}

/// The tapes of these expressions, with all that a picture of so many columns can show.
fn tapes_of(shell: &mut Shell, targets: &[&str], width: usize) -> Result<Vec<Tape>, Box<Failure>> {
    if targets.len() > MANY {
        let message = format!("%map draws up to {MANY} arrays, not {}", targets.len());
        return Err(value_error(message).into());
    }
    look_at_arrays(shell, "%map", targets, |session, arrays| {
        tapes(arrays, reach(width), &session.context().print_options)
    })
}

/// Saves the picture that the file's ending asks for; a graph without targets is that of all names.
fn save(shell: &mut Shell, argument: &str, file: &str, targets: &[&str]) -> Result<Markup, Box<Failure>> {
    // the caret goes under the file
    let start = (file.as_ptr() as usize).saturating_sub(argument.as_ptr() as usize);
    let at_file = |error: Error| {
        let span = Span::new(start, start + file.len());
        Box::new(Failure::of(&error.at(span), argument, 1))
    };
    let path = file.trim_matches(['"', '\'']);
    let format = picture_file::format_of(path).map_err(at_file)?;
    let text = match format {
        Format::Dot if targets.is_empty() => picture::dot(&Graph::of(&named_arrays(shell.session.workspace()))),
        Format::Dot => picture::dot(&look_at_arrays(shell, "%map", targets, |_, arrays| Graph::of(arrays))?),
        _ if targets.is_empty() => {
            return Err(value_error("a picture of no array").help(format!("%map --save {path} a")).into());
        }
        Format::Svg => picture::svg(&tapes_of(shell, targets, PICTURE)?),
        Format::Html => picture::html(&tapes_of(shell, targets, PICTURE)?),
    };
    picture_file::write(path, &text).map_err(at_file)?;
    let mut out = Markup::new();
    out.line(&format!("saved {path} ({})", bytes(text.len())));
    Ok(out)
}

impl<'a> Request<'a> {
    /// Reads options, in any order, and targets.
    fn read(argument: &'a str) -> Result<Request<'a>, Error> {
        let mut request = Request::default();
        let mut words = words(argument).into_iter();
        while let Some(word) = words.next() {
            match word {
                "--hex" => request.hex = true,
                "--lines" => request.lines = true,
                "--save" => match words.next() {
                    Some(file) => request.save = Some(file),
                    None => return Err(value_error("--save takes a file").help("%map --save map.svg a")),
                },
                option if option.starts_with("--save=") => request.save = option.split_once('=').map(|(_, file)| file),
                option if option.starts_with("--") => {
                    return Err(value_error(format!("%map has no option {option}")).help("--hex, --lines, --save FILE"));
                }
                target => request.targets.push(target),
            }
        }
        let shown = [(request.hex, "--hex"), (request.lines, "--lines"), (request.save.is_some(), "--save")];
        let shown: Vec<&str> = shown.iter().filter(|(is_set, _)| *is_set).map(|(_, option)| *option).collect();
        match shown.as_slice() {
            [one, other, ..] => Err(value_error(format!("%map shows one of {one} and {other} at a time"))),
            _ => Ok(request),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_stand_anywhere() {
        let request = Request::read("a[1, 2] --hex b.T").unwrap();
        assert_eq!((request.hex, request.targets), (true, vec!["a[1, 2]", "b.T"]));
        assert_eq!(Request::read("--save 'my map.svg' a").unwrap().save, Some("'my map.svg'"));
        assert_eq!(Request::read("a --save=map.svg").unwrap().save, Some("map.svg"));
        assert!(Request::read("--hex --lines a").is_err() && Request::read("--save map.svg a --hex").is_err());
        assert!(Request::read("a --save").is_err() && Request::read("--ruler a").is_err());
    }
}
