//! `%map NAME...`: where the elements of arrays stand in their buffers; as bytes, with cache lines, as a picture.

use super::Answer;
use super::targets::{arrays, words};
use crate::error::{Error, value_error};
use crate::report::map::{self, Extras, hex, reach};
use crate::session::tapes;
use crate::shell::{Shell, Sink};

/// Arrays on one map.
const MANY: usize = 16;

/// What a map is to show, and of what.
#[derive(Debug, Default, PartialEq, Eq)]
struct Request {
    hex: bool,
    lines: bool,
    save: Option<String>,
    targets: Vec<String>,
}

/// Draws the map of the arrays that the argument names.
pub fn run(shell: &mut Shell, argument: &str, _: Sink) -> Answer {
    let request = Request::read(argument)?;
    if request.targets.is_empty() {
        return Err(value_error("%map takes arrays").help("%map a b.T").help("%map --hex a").into());
    }
    if request.targets.len() > MANY {
        let message = format!("%map draws up to {MANY} arrays, not {}", request.targets.len());
        return Err(value_error(message).into());
    }
    let arrays = arrays(shell, "%map", &request.targets)?;
    let width = shell.manner.view.width;
    let options = &shell.session.context().print_options;
    let tapes = tapes(&arrays, reach(width), options);
    Ok(match request.hex {
        true => hex::draw(&tapes, width),
        false => map::draw(&tapes, Extras { lines: request.lines }, width),
    }
    .into())
}

impl Request {
    /// Reads options, in any order, and targets.
    fn read(argument: &str) -> Result<Request, Error> {
        let mut request = Request::default();
        let mut words = words(argument).into_iter();
        while let Some(word) = words.next() {
            match word {
                "--hex" => request.hex = true,
                "--lines" => request.lines = true,
                "--save" => match words.next() {
                    Some(file) => request.save = Some(file.trim_matches(['"', '\'']).to_string()),
                    None => return Err(value_error("--save takes a file").help("%map --save map.svg a")),
                },
                option if option.starts_with("--") => {
                    return Err(value_error(format!("%map has no option {option}")).help("--hex, --lines, --save FILE"));
                }
                target => request.targets.push(target.to_string()),
            }
        }
        Ok(request)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_stand_anywhere() {
        let request = Request::read("a[1, 2] --hex b.T").unwrap();
        assert_eq!((request.hex, request.targets), (true, vec!["a[1, 2]".to_string(), "b.T".to_string()]));
        assert_eq!(Request::read("--save 'my map.svg' a").unwrap().save.as_deref(), Some("my map.svg"));
        assert!(Request::read("a --save").is_err() && Request::read("--ruler a").is_err());
    }
}
