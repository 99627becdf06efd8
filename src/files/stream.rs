//! An open file, or bytes in memory that behave as one: a place to read and write at, one after the other.

use super::error::os_error;
use crate::error::{Error, ErrorClass, Result, value_error};
use crate::interrupt;
use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::rc::Rc;

/// So many bytes are read or written between two looks at Ctrl-C.
const CHUNK: usize = 1 << 20;

enum Content {
    Memory(Rc<Vec<u8>>),
    File(Rc<File>),
    Closed,
}

/// Where a seek counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whence {
    /// The first byte.
    Start,
    /// Where it stands.
    Here,
    /// The byte behind the last.
    End,
}

/// An open file, or bytes in memory.
pub struct Stream {
    content: RefCell<Content>,
    at: Cell<u64>,
    /// Whether every write goes to the end.
    appends: bool,
    /// Whether it is a plan's: a file's bytes do not change.
    planned: bool,
}

impl Stream {
    fn new(content: Content, appends: bool) -> Stream {
        Stream { content: RefCell::new(content), at: Cell::new(0), appends, planned: false }
    }

    /// Bytes in memory.
    pub fn memory(bytes: Vec<u8>) -> Stream {
        Stream::new(Content::Memory(Rc::new(bytes)), false)
    }

    /// An open file.
    pub fn file(file: File, appends: bool) -> Stream {
        Stream::new(Content::File(Rc::new(file)), appends)
    }

    /// What stands for it in a plan: it has a place of its own, and what is written to it changes no file.
    pub fn twin(&self) -> Stream {
        let content = match &*self.content.borrow() {
            Content::Memory(bytes) => Content::Memory(Rc::clone(bytes)),
            Content::File(file) => Content::File(Rc::clone(file)),
            Content::Closed => Content::Closed,
        };
        Stream { content: RefCell::new(content), at: self.at.clone(), appends: self.appends, planned: true }
    }

    /// Whether it is closed.
    pub fn is_closed(&self) -> bool {
        matches!(*self.content.borrow(), Content::Closed)
    }

    /// Closes it; again is nothing.
    pub fn close(&self) {
        self.content.replace(Content::Closed);
    }

    /// Runs `with` on the content, which must be open.
    fn open<T>(&self, with: impl FnOnce(&mut Content) -> Result<T>) -> Result<T> {
        match &mut *self.content.borrow_mut() {
            Content::Closed => Err(closed()),
            content => with(content),
        }
    }

    /// The number of bytes.
    ///
    /// # Errors
    /// `ValueError: I/O operation on closed file.`; `OSError`.
    pub fn size(&self) -> Result<u64> {
        self.open(|content| match content {
            Content::Memory(bytes) => Ok(bytes.len() as u64),
            Content::File(file) => file.metadata().map(|data| data.len()).map_err(|error| os_error(&error, None)),
            Content::Closed => Err(closed()),
        })
    }

    /// The number of bytes behind the place where it stands.
    ///
    /// # Errors
    /// As [`Stream::size`].
    pub fn left(&self) -> Result<u64> {
        Ok(self.size()?.saturating_sub(self.at.get()))
    }

    /// Where it stands: a byte, from 0.
    pub fn tell(&self) -> u64 {
        self.at.get()
    }

    /// Goes to another place, also behind the end; gives that.
    ///
    /// # Errors
    /// As [`Stream::size`]; `ValueError` before the start.
    pub fn seek(&self, to: i64, whence: Whence) -> Result<u64> {
        let from = match whence {
            Whence::Start => 0,
            Whence::Here => self.at.get(),
            Whence::End => self.size()?,
        };
        self.size()?;
        let place = from.checked_add_signed(to).filter(|place| *place <= i64::MAX as u64);
        let place = place.ok_or_else(|| value_error(format!("negative seek value {to}")))?;
        self.at.set(place);
        Ok(place)
    }

    /// Reads from byte `at` on, wherever it stands; gives how many bytes.
    ///
    /// # Errors
    /// Those of the operating system; that it is closed.
    pub fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<usize> {
        match &*self.content.borrow() {
            Content::Memory(bytes) => {
                let piece = usize::try_from(at).ok().and_then(|at| bytes.get(at..)).unwrap_or(&[]);
                let size = into.len().min(piece.len());
                into[..size].copy_from_slice(&piece[..size]);
                Ok(size)
            }
            Content::File(file) => read_at(file, at, into),
            Content::Closed => Err(io::Error::other(closed())),
        }
    }

    /// Reads up to `most` bytes, handing them on piece by piece: never more than there are.
    ///
    /// # Errors
    /// As [`Stream::size`], those of `take`, and `KeyboardInterrupt`.
    pub fn read_pieces(&self, most: u64, mut take: impl FnMut(&[u8]) -> Result<()>) -> Result<u64> {
        let wanted = self.left()?.min(most);
        let mut left = wanted;
        let mut chunk = vec![0; CHUNK.min(wanted as usize)];
        while left > 0 {
            interrupt::check()?;
            let size = (left as usize).min(chunk.len());
            let at = self.at.get();
            let count = self.read_at(at, &mut chunk[..size]).map_err(|error| os_error(&error, None))?;
            if count == 0 {
                break;
            }
            self.at.set(at + count as u64);
            left -= count as u64;
            take(&chunk[..count])?;
        }
        Ok(wanted - left)
    }

    /// Up to `most` bytes, or all that are left.
    ///
    /// # Errors
    /// As [`Stream::read_pieces`]; `MemoryError`.
    pub fn read(&self, most: Option<u64>) -> Result<Vec<u8>> {
        let wanted = self.left()?.min(most.unwrap_or(u64::MAX));
        let mut bytes = Vec::new();
        bytes.try_reserve_exact(wanted as usize).map_err(|_| Error::new(ErrorClass::MemoryError, ""))?;
        self.read_pieces(wanted, |piece| {
            bytes.extend_from_slice(piece);
            Ok(())
        })?;
        Ok(bytes)
    }

    /// The bytes to the end of the line, with that.
    ///
    /// # Errors
    /// As [`Stream::read`].
    pub fn read_line(&self) -> Result<Vec<u8>> {
        const PIECE: u64 = 4096;
        let mut line: Vec<u8> = Vec::new();
        loop {
            let piece = self.read(Some(PIECE))?;
            let end = piece.iter().position(|byte| *byte == b'\n');
            let taken = end.map_or(piece.len(), |end| end + 1);
            line.extend(&piece[..taken]);
            self.at.set(self.at.get() - (piece.len() - taken) as u64);
            if end.is_some() || piece.is_empty() {
                return Ok(line);
            }
        }
    }

    /// Writes bytes where it stands.
    ///
    /// # Errors
    /// As [`Stream::size`]; `MemoryError`.
    pub fn write(&self, new: &[u8]) -> Result<()> {
        if self.appends {
            self.at.set(self.size()?);
        }
        let at = self.at.get();
        let planned = self.planned;
        self.open(|content| match content {
            Content::Memory(bytes) => {
                let bytes = Rc::make_mut(bytes);
                let (at, end) = (at as usize, at as usize + new.len());
                if end > bytes.len() {
                    bytes.try_reserve(end - bytes.len()).map_err(|_| Error::new(ErrorClass::MemoryError, ""))?;
                    bytes.resize(end, 0);
                }
                bytes[at..end].copy_from_slice(new);
                Ok(())
            }
            Content::File(_) if planned => Ok(()),
            Content::File(file) => write_at(file, at, new).map_err(|error| os_error(&error, None)),
            Content::Closed => Err(closed()),
        })?;
        self.at.set(at + new.len() as u64);
        Ok(())
    }

    /// Cuts it off, or fills it up with zeros, at `len` bytes.
    ///
    /// # Errors
    /// As [`Stream::write`].
    pub fn truncate(&self, len: u64) -> Result<()> {
        let planned = self.planned;
        self.open(|content| match content {
            Content::Memory(bytes) => {
                let bytes = Rc::make_mut(bytes);
                bytes.truncate(len as usize);
                Ok(())
            }
            Content::File(_) if planned => Ok(()),
            Content::File(file) => file.set_len(len).map_err(|error| os_error(&error, None)),
            Content::Closed => Err(closed()),
        })
    }

    /// All the bytes, wherever it stands: those of memory only.
    ///
    /// # Errors
    /// `ValueError: I/O operation on closed file.`
    pub fn contents(&self) -> Result<Rc<Vec<u8>>> {
        match &*self.content.borrow() {
            Content::Memory(bytes) => Ok(Rc::clone(bytes)),
            Content::File(_) => Ok(Rc::default()),
            Content::Closed => Err(closed()),
        }
    }

    /// The open file; nothing where it is memory or closed.
    pub fn as_file(&self) -> Option<Rc<File>> {
        match &*self.content.borrow() {
            Content::File(file) => Some(Rc::clone(file)),
            _ => None,
        }
    }
}

/// For those who read and write as Rust does; [`os_error`] gives the error back.
impl Read for &Stream {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.read_at(self.at.get(), into)?;
        self.at.set(self.at.get() + count as u64);
        Ok(count)
    }
}

impl Write for &Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Stream::write(self, bytes).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn closed() -> Error {
    value_error("I/O operation on closed file.")
}

fn read_at(mut file: &File, at: u64, into: &mut [u8]) -> io::Result<usize> {
    file.seek(SeekFrom::Start(at))?;
    file.read(into)
}

fn write_at(mut file: &File, at: u64, bytes: &[u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    file.write_all(bytes)
}
