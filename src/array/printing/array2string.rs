//! How are the elements of an array laid out in brackets and lines?

use super::formatter::{Formatter, numpy_formatter};
use super::options::{Legacy, PrintOptions};
use super::shown::{element_offset, is_summarised};
use crate::array::{Item, Layout, NdArray, ObjectId, Type};
use crate::error::{Error, ErrorClass, Result, value_error};
use crate::interrupt;
use crate::memory::Buffer;
use std::cell::RefCell;

thread_local! {
    static OPEN: RefCell<Vec<ObjectId>> = const { RefCell::new(Vec::new()) };
}

/// An array of objects that is being written: where one of its elements leads back to it, it is not written again.
struct Open(bool);

impl Open {
    fn enter(array: &NdArray) -> Option<Open> {
        if array.layout().dtype.ty() != Type::Object {
            return Some(Open(false));
        }
        const DEEPEST: usize = 100;
        OPEN.with_borrow_mut(|open| {
            if open.contains(&array.id()) || open.len() >= DEEPEST {
                return None;
            }
            open.push(array.id());
            Some(Open(true))
        })
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if self.0 {
            OPEN.with_borrow_mut(|open| open.pop());
        }
    }
}

/// `np.array2string`: the elements in nested brackets, without any `array(...)` around them.
///
/// The text is meant to stand between `prefix` and `suffix`, which are only measured: lines after the first are
/// indented by the one, and lines leave room for the other. `formatter` writes an element; `None` is NumPy's.
///
/// # Errors
/// Those of the formatter; `KeyboardInterrupt`; `MemoryError` where the text would not fit.
pub fn array2string(
    array: &NdArray,
    options: &PrintOptions,
    separator: &str,
    prefix: &str,
    suffix: &str,
    formatter: Option<&Formatter<'_>>,
) -> Result<String> {
    let mut line_width = isize::try_from(options.linewidth).unwrap_or(isize::MAX);
    if options.legacy > Legacy::V1_13 {
        line_width -= width(suffix) as isize;
    } else if array.ndim() == 0 {
        return Ok(super::scalar_repr::item_repr(&first_item(array)));
    }
    if array.size() == 0 {
        return Ok("[]".to_string());
    }
    let Some(_open) = Open::enter(array) else { return Ok("...".to_string()) };
    let layout = array.layout();
    let buffer = array.buffer_ref();
    let summary = is_summarised(&layout, options);
    if !summary && layout.size() > MOST_ELEMENTS {
        return Err(Error::new(ErrorClass::MemoryError, ""));
    }
    let numpy;
    let formatter = match formatter {
        Some(formatter) => formatter,
        None => {
            numpy = numpy_formatter(array, options)?;
            &*numpy
        }
    };
    let text = Nested { layout: &layout, buffer: &buffer, formatter, separator, summary, options };
    text.write(0, layout.offset, 1 + width(prefix), line_width)
}

/// The only element of a 0-d array.
pub(super) fn first_item(array: &NdArray) -> Item {
    let layout = array.layout();
    Item::read(&array.buffer_ref(), layout.offset, &layout.dtype)
}

/// The text of more elements than this would fill the memory: a broadcast array may have any number of them.
const MOST_ELEMENTS: usize = 1 << 30;

/// What all levels of brackets share.
struct Nested<'a> {
    layout: &'a Layout,
    buffer: &'a Buffer,
    formatter: &'a Formatter<'a>,
    separator: &'a str,
    summary: bool,
    options: &'a PrintOptions,
}

impl Nested<'_> {
    /// The text of the sub-array at byte `offset` whose first axis is `axis`, without indentation of its first
    /// line. Other lines are indented by `indent` columns; a line ends before column `line_width`
    /// (`_formatArray`).
    fn write(&self, axis: usize, offset: usize, indent: usize, line_width: isize) -> Result<String> {
        interrupt::check()?;
        let Some((&len, &stride)) = self.layout.shape.get(axis).zip(self.layout.strides.get(axis)) else {
            return (self.formatter)(&Item::read(self.buffer, offset, &self.layout.dtype));
        };
        let old = self.options.legacy <= Legacy::V1_13;
        let edge = self.options.edgeitems;
        let summary = self.summary && len > edge.saturating_mul(2);
        let (leading, trailing) = if summary { (edge, edge) } else { (0, len) };
        // NumPy writes the last element of an axis even where it shows no edges.
        let trailing = len - trailing.max(1)..len;
        let item = |index| {
            let inner_width = if old { line_width } else { line_width - 1 };
            self.write(axis + 1, element_offset(offset, stride, index), indent + 1, inner_width)
        };
        let axes_left = self.layout.ndim() - axis;
        let separator = rstrip(self.separator);
        let mut text = String::new();
        if axes_left == 1 {
            let mark = if old { width(separator) } else { width(separator).max(1) };
            let mut lines = Lines::new(indent, line_width - mark as isize, self.options.legacy);
            for index in 0..leading {
                lines.push(&item(index)?)?;
                lines.separate(self.separator);
            }
            if summary {
                lines.push_word("...");
                lines.separate(if old { ", " } else { self.separator });
            }
            let last = trailing.end - 1;
            for index in trailing {
                if index == last && old {
                    lines.limit = line_width;
                }
                lines.push(&item(index)?)?;
                if index != last {
                    lines.separate(self.separator);
                }
            }
            text = lines.finish();
        } else {
            let line_separator = format!("{separator}{}", "\n".repeat(axes_left - 1));
            let mut push = |row: &str, end: &str| {
                text.extend(std::iter::repeat_n(' ', indent));
                text.push_str(row);
                text.push_str(end);
            };
            for index in 0..leading {
                push(&item(index)?, &line_separator);
            }
            if summary {
                push("...", if old { ", \n" } else { &line_separator });
            }
            let last = trailing.end - 1;
            for index in trailing {
                push(&item(index)?, if index == last { "" } else { &line_separator });
            }
        }
        let first = text.char_indices().nth(indent).map_or(text.len(), |(at, _)| at);
        text.replace_range(..first, "[");
        text.push(']');
        Ok(text)
    }
}

/// Words set into lines of limited width (`_extendLine`).
struct Lines {
    /// The lines that are done, then the one in work, which starts at byte `start` and has `columns` characters.
    text: String,
    start: usize,
    columns: usize,
    indent: usize,
    limit: isize,
    legacy: Legacy,
}

impl Lines {
    fn new(indent: usize, limit: isize, legacy: Legacy) -> Lines {
        Lines { text: " ".repeat(indent), start: 0, columns: indent, indent, limit, legacy }
    }

    /// Adds an element's text, which may have lines of its own; those are set below each other
    /// (`_extendLine_pretty`).
    ///
    /// # Errors
    /// The `ValueError` that NumPy gives for an empty text.
    fn push(&mut self, word: &str) -> Result<()> {
        if self.legacy <= Legacy::V1_13 || is_plain(word) {
            self.push_word(word);
            return Ok(());
        }
        let words = split_lines(word);
        let (first, widest) = match (words.first(), words.iter().map(|word| width(word)).max()) {
            (Some(first), Some(widest)) => (first, widest),
            _ => return Err(value_error("max() arg is an empty sequence")),
        };
        if words.len() == 1 {
            self.push_word(word);
            return Ok(());
        }
        if self.is_over(widest) && self.columns > self.indent {
            self.wrap(self.indent);
        }
        let indent = self.columns;
        self.append(first);
        let mut last = width(first);
        for word in &words[1..] {
            self.wrap(indent);
            self.append(word);
            last = width(word);
        }
        self.append(&" ".repeat(widest - last));
        Ok(())
    }

    /// Adds a word, on a new line where it does not fit and a new line would help.
    fn push_word(&mut self, word: &str) {
        let helps = self.columns > self.indent || self.legacy <= Legacy::V1_13;
        if helps && self.is_over(width(word)) {
            self.wrap(self.indent);
        }
        self.append(word);
    }

    /// Adds what stands between two words, on the same line.
    fn separate(&mut self, separator: &str) {
        self.append(separator);
    }

    fn is_over(&self, more: usize) -> bool {
        isize::try_from(self.columns + more).is_ok_and(|columns| columns > self.limit)
    }

    fn append(&mut self, text: &str) {
        self.text.push_str(text);
        self.columns += width(text);
    }

    fn wrap(&mut self, indent: usize) {
        let end = self.start + rstrip(&self.text[self.start..]).len();
        self.text.truncate(end);
        self.text.push('\n');
        self.start = self.text.len();
        self.text.extend(std::iter::repeat_n(' ', indent));
        self.columns = indent;
    }

    fn finish(self) -> String {
        self.text
    }
}

/// Characters of a text.
fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// Whether a text is one line, and not empty, without any doubt.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// Python's `str.rstrip()`.
fn rstrip(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || ('\x1c'..='\x1f').contains(&c))
}

/// Python's `str.splitlines()`.
fn split_lines(text: &str) -> Vec<&str> {
    let ends = ['\n', '\r', '\x0b', '\x0c', '\x1c', '\x1d', '\x1e', '\u{85}', '\u{2028}', '\u{2029}'];
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(ends) {
        lines.push(&rest[..at]);
        let end = if rest[at..].starts_with("\r\n") { 2 } else { rest[at..].chars().next().map_or(1, char::len_utf8) };
        rest = &rest[at + end..];
    }
    if !rest.is_empty() {
        lines.push(rest);
    }
    lines
}
