//! An open file as a value: one on the disk, or bytes or a text in memory.

use super::path::path_of;
use crate::array::printing::PrintOptions;
use crate::error::{Error, ErrorClass, Result, type_error, value_error};
use crate::files::{Stream, Whence, open_existing, os_error, write_whole};
use crate::python::codec;
use crate::registry::Context;
use crate::text::quote::repr_str;
use crate::value::{Class, Items, Object, Twins, Value, classes, repr, shown_address};
use std::any::Any;
use std::fs::{self, OpenOptions};
use std::rc::Rc;

/// An open file.
pub struct OpenFile {
    class: &'static Class,
    /// Where its bytes are.
    pub stream: Rc<Stream>,
    /// What it is called: a str, the number of a file without a name; None of memory.
    pub name: Value,
    mode: String,
    /// Whether it reads and writes text, not bytes.
    pub is_text: bool,
    /// The file that goes when this does.
    deletes: Option<String>,
}

/// What a mode such as `'rb+'` asks for.
struct Mode {
    /// `r`, `w`, `x` or `a`.
    kind: char,
    updates: bool,
    is_text: bool,
}

impl Mode {
    fn parse(mode: &str) -> Result<Mode> {
        let invalid = || value_error(format!("invalid mode: {}", repr_str(mode))).at_argument("mode");
        let is_known = |(at, c): (usize, char)| "rwxabt+".contains(c) && !mode[..at].contains(c);
        if !mode.char_indices().all(is_known) {
            return Err(invalid());
        }
        if mode.contains('t') && mode.contains('b') {
            return Err(value_error("can't have text and binary mode at once").at_argument("mode"));
        }
        let mut kinds = mode.chars().filter(|c| "rwxa".contains(*c));
        match (kinds.next(), kinds.next()) {
            (Some(kind), None) => Ok(Mode { kind, updates: mode.contains('+'), is_text: !mode.contains('b') }),
            (None, _) => {
                Err(value_error("Must have exactly one of create/read/write/append mode and at most one plus")
                    .at_argument("mode"))
            }
            _ => Err(value_error("must have exactly one of create/read/write/append mode").at_argument("mode")),
        }
    }
}

/// `open(path, mode)`. In a plan no file is made or changed.
///
/// # Errors
/// `ValueError` for a mode that is none; `OSError`.
pub fn open(context: &Context, path: &str, mode: &str) -> Result<Value> {
    let parsed = Mode::parse(mode)?;
    let planning = context.runtime.ledger.is_planning();
    let class = match (parsed.is_text, parsed.updates, parsed.kind) {
        (true, ..) => &classes::TEXT_IO_WRAPPER,
        (_, true, _) => &classes::BUFFERED_RANDOM,
        (_, _, 'r') => &classes::BUFFERED_READER,
        _ => &classes::BUFFERED_WRITER,
    };
    let exists = fs::metadata(path).is_ok();
    let stream = match parsed.kind {
        'r' => Stream::file(open_existing(path, parsed.updates && !planning)?, false),
        'x' if exists => {
            let error = std::io::Error::from_raw_os_error(17);
            return Err(os_error(&error, Some(path)));
        }
        _ if planning => Stream::memory(Vec::new()),
        'a' => {
            let file = OpenOptions::new().read(true).append(true).create(true).open(path);
            Stream::file(file.map_err(|error| os_error(&error, Some(path)))?, true)
        }
        _ => Stream::file(write_whole(path, |_| Ok(()))?, false),
    };
    let stream = if planning { stream.twin() } else { stream };
    if parsed.kind == 'a' {
        stream.seek(0, Whence::End)?;
    }
    let mode = mode.to_string();
    Ok(Value::object(OpenFile {
        class,
        stream: Rc::new(stream),
        name: Value::str(path),
        mode,
        is_text: parsed.is_text,
        deletes: None,
    }))
}

impl OpenFile {
    /// `io.BytesIO(bytes)` or `io.StringIO(text)`: it stands at the start.
    pub fn memory(bytes: Vec<u8>, is_text: bool) -> OpenFile {
        OpenFile {
            class: if is_text { &classes::STRING_IO } else { &classes::BYTES_IO },
            stream: Rc::new(Stream::memory(bytes)),
            name: Value::None,
            mode: String::new(),
            is_text,
            deletes: None,
        }
    }

    /// A temporary file, which goes with the object where `deletes` names it.
    pub fn temporary(stream: Stream, name: Value, mode: &str, deletes: Option<String>) -> OpenFile {
        let is_text = !mode.contains('b');
        let class = match (&name, is_text) {
            (Value::Str(_), _) => &classes::TEMPORARY_FILE_WRAPPER,
            (_, true) => &classes::TEXT_IO_WRAPPER,
            _ => &classes::BUFFERED_RANDOM,
        };
        OpenFile { class, stream: Rc::new(stream), name, mode: mode.to_string(), is_text, deletes }
    }

    fn is_memory(&self) -> bool {
        std::ptr::eq(self.class, &classes::BYTES_IO) || std::ptr::eq(self.class, &classes::STRING_IO)
    }

    /// Whether it may be read; else written.
    pub fn may(&self, read: bool) -> bool {
        let updates = self.is_memory() || self.mode.contains('+');
        updates || (self.mode.contains('r') == read)
    }

    fn require(&self, read: bool) -> Result<()> {
        if self.may(read) {
            return Ok(());
        }
        let word = if read { "read" } else { "write" };
        let message =
            if self.is_text { format!("not {word}able").replace("writeable", "writable") } else { word.into() };
        Err(Error::new(ErrorClass::UnsupportedOperation, message))
    }

    /// What bytes of the file are as a value.
    fn value(&self, bytes: Vec<u8>) -> Result<Value> {
        if !self.is_text {
            return Ok(Value::Bytes(bytes.into()));
        }
        let text = codec::decode(&bytes, None, None, "decode()")?;
        Ok(Value::str(if self.is_memory() { text } else { text.replace("\r\n", "\n") }))
    }

    /// `f.read(size)`; of text so many characters.
    ///
    /// # Errors
    /// `io.UnsupportedOperation: not readable`; `ValueError` where it is closed; `OSError`.
    pub fn read(&self, size: Option<u64>) -> Result<Value> {
        self.stream.size()?;
        self.require(true)?;
        match size {
            Some(count) if self.is_text => {
                let start = self.stream.tell();
                let bytes = self.stream.read(Some(count.saturating_mul(4)))?;
                let valid = String::from_utf8_lossy(&bytes);
                let taken = valid.char_indices().nth(count as usize).map_or(bytes.len(), |(at, _)| at);
                self.stream.seek((start + taken as u64) as i64, Whence::Start)?;
                self.value(bytes[..taken].to_vec())
            }
            size => self.value(self.stream.read(size)?),
        }
    }

    /// `f.readline()`.
    ///
    /// # Errors
    /// As [`OpenFile::read`].
    pub fn read_line(&self) -> Result<Value> {
        self.stream.size()?;
        self.require(true)?;
        self.value(self.stream.read_line()?)
    }

    /// `f.write(data)`: how many bytes or characters that are.
    ///
    /// # Errors
    /// `TypeError: a bytes-like object is required, not 'str'`; as [`OpenFile::read`].
    pub fn write(&self, data: &Value) -> Result<usize> {
        self.stream.size()?;
        self.require(false)?;
        match (self.is_text, data) {
            (true, Value::Str(text)) => {
                self.stream.write(text.as_bytes())?;
                Ok(text.chars().count())
            }
            (true, other) if self.is_memory() => {
                Err(type_error(format!("string argument expected, got '{}'", other.type_name())))
            }
            (true, other) => Err(type_error(format!("write() argument must be str, not {}", other.type_name()))),
            (false, data) => {
                let bytes = crate::python::bytes::required(data)?;
                self.stream.write(&bytes)?;
                Ok(bytes.len())
            }
        }
    }

    /// `f.getvalue()` of memory.
    ///
    /// # Errors
    /// `ValueError` where it is closed.
    pub fn contents(&self) -> Result<Value> {
        let bytes = self.stream.contents()?;
        self.value(bytes.to_vec())
    }

    /// `f.tell()`: a byte; of a text in memory a character.
    ///
    /// # Errors
    /// `ValueError` where it is closed.
    pub fn tell(&self) -> Result<u64> {
        self.stream.size()?;
        let at = self.stream.tell();
        if !(self.is_text && self.is_memory()) {
            return Ok(at);
        }
        let bytes = self.stream.contents()?;
        let before = bytes.get(..at as usize).unwrap_or(&bytes);
        Ok(String::from_utf8_lossy(before).chars().count() as u64)
    }

    /// `f.seek(offset, whence)`.
    ///
    /// # Errors
    /// `ValueError` for a place before the start or where it is closed.
    pub fn seek(&self, offset: i64, whence: i64) -> Result<u64> {
        let whence = match whence {
            0 => Whence::Start,
            1 => Whence::Here,
            2 => Whence::End,
            other => return Err(value_error(format!("invalid whence ({other}, should be 0, 1 or 2)"))),
        };
        if self.is_text && whence != Whence::Start && offset != 0 {
            let message = "can't do nonzero cur-relative seeks";
            return Err(Error::new(ErrorClass::UnsupportedOperation, message));
        }
        let is_chars = self.is_text && self.is_memory() && whence == Whence::Start;
        let offset = match is_chars {
            true => {
                let bytes = self.stream.contents()?;
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let place = usize::try_from(offset).ok().map(|n| text.char_indices().nth(n));
                place.map_or(offset, |found| found.map_or(text.len() as i64, |(at, _)| at as i64))
            }
            false => offset,
        };
        self.stream.seek(offset, whence)?;
        self.tell()
    }

    /// `f.truncate(size)`: to where it stands, or to a size.
    ///
    /// # Errors
    /// As [`OpenFile::write`].
    pub fn truncate(&self, size: Option<u64>) -> Result<u64> {
        self.require(false)?;
        let size = size.unwrap_or(self.stream.tell());
        self.stream.truncate(size)?;
        Ok(size)
    }

    /// `f.close()`: a temporary file goes.
    pub fn close(&self) {
        self.stream.close();
        if let Some(path) = &self.deletes {
            let _ = fs::remove_file(path);
        }
    }
}

impl Drop for OpenFile {
    fn drop(&mut self) {
        if let Some(path) = &self.deletes {
            let _ = fs::remove_file(path);
        }
    }
}

impl Object for OpenFile {
    fn class(&self) -> &'static Class {
        self.class
    }

    fn repr(&self, options: &PrintOptions) -> String {
        let at = shown_address(self as *const OpenFile as usize);
        let name = repr(&self.name, options);
        match self.class.name {
            "BytesIO" | "StringIO" => format!("<_io.{} object at 0x{at:x}>", self.class.name),
            "TextIOWrapper" => {
                format!("<_io.TextIOWrapper name={name} mode={} encoding='UTF-8'>", repr_str(&self.mode))
            }
            "_TemporaryFileWrapper" => format!("<tempfile._TemporaryFileWrapper object at 0x{at:x}>"),
            class => format!("<_io.{class} name={name}>"),
        }
    }

    fn attribute(&self, _: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        Some(Ok(match name {
            "closed" => Value::Bool(self.stream.is_closed()),
            "name" if !self.is_memory() => self.name.clone(),
            "mode" if !self.is_memory() => Value::str(&self.mode),
            "encoding" if self.is_text && !self.is_memory() => Value::str("UTF-8"),
            _ => return None,
        }))
    }

    fn attributes(&self) -> &'static [&'static str] {
        &["closed", "name", "mode"]
    }

    fn iterate(&self, this: &Value) -> Option<Items> {
        let this = this.clone();
        Some(Box::new(std::iter::from_fn(move || this.downcast::<OpenFile>()?.next_line())))
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn next(&self, _: &mut Context) -> Option<Result<Value>> {
        self.next_line()
    }

    fn twin(&self, _: &Value, _: &mut Twins) -> Result<Value> {
        Ok(Value::object(OpenFile {
            class: self.class,
            stream: Rc::new(self.stream.twin()),
            name: self.name.clone(),
            mode: self.mode.clone(),
            is_text: self.is_text,
            deletes: None,
        }))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl OpenFile {
    fn next_line(&self) -> Option<Result<Value>> {
        let line = self.read_line();
        let is_end = match &line {
            Ok(Value::Str(text)) => text.is_empty(),
            Ok(Value::Bytes(bytes)) => bytes.is_empty(),
            _ => false,
        };
        (!is_end).then_some(line)
    }
}

/// `open(file, mode)` with the file as a value.
///
/// # Errors
/// `TypeError: expected str, bytes or os.PathLike object, not float`; those of [`open`].
pub fn open_value(context: &Context, file: &Value, mode: &str) -> Result<Value> {
    match path_of(file) {
        Some(path) => open(context, &path, mode),
        None => {
            let class = file.type_name();
            Err(type_error(format!("expected str, bytes or os.PathLike object, not {class}")).at_argument("file"))
        }
    }
}
