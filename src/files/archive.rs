//! A `.npz` file: a zip archive of `.npy` files.

use super::error::os_error;
use super::stream::Stream;
use crate::error::{Error, ErrorClass, Result};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rawzip::{CompressionMethod, ReaderAt, ZipArchive, ZipArchiveEntryWayfinder, ZipArchiveWriter, ZipLocator};
use std::io::{self, Read, Write};
use std::rc::Rc;

/// No deflated byte stands for more bytes than this.
const MOST_DEFLATED: u64 = 1032;
/// An archive has at most so many members here.
const MOST_MEMBERS: usize = 1_000_000;

/// The bytes of a stream at any place.
struct Bytes(Rc<Stream>);

impl ReaderAt for Bytes {
    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        self.0.read_at(at, into)
    }
}

/// One file of an archive.
struct Member {
    name: String,
    place: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    /// What the directory says of its bytes.
    len: u64,
}

/// An open archive.
pub struct Archive {
    archive: ZipArchive<Bytes>,
    members: Vec<Member>,
}

fn bad(message: impl Into<String>) -> Error {
    Error::new(ErrorClass::BadZipFile, message)
}

impl Archive {
    /// Reads the directory of the archive that a stream holds.
    ///
    /// # Errors
    /// `zipfile.BadZipFile: File is not a zip file`; `OSError`.
    pub fn open(stream: Rc<Stream>) -> Result<Archive> {
        let mut buffer = vec![0; 1 << 16];
        let end = stream.size()?;
        let located = ZipLocator::new().locate_in_reader(Bytes(stream), &mut buffer, end);
        let archive = located.map_err(|_| bad("File is not a zip file"))?;
        let mut members = Vec::new();
        let mut entries = archive.entries(&mut buffer);
        while let Some(entry) = entries.next_entry().map_err(|_| bad("Bad magic number for central directory"))? {
            if members.len() >= MOST_MEMBERS {
                return Err(bad(format!("the archive has more than {MOST_MEMBERS} files")));
            }
            members.push(Member {
                name: String::from_utf8_lossy(entry.file_path().as_ref()).into_owned(),
                place: entry.wayfinder(),
                method: entry.compression_method(),
                len: entry.uncompressed_size_hint(),
            });
        }
        Ok(Archive { archive, members })
    }

    /// The names of its files, as they stand in the directory.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|member| member.name.as_str())
    }

    /// Reads a file by a function of its bytes and of how many there are: never more than its part of the archive can
    /// hold.
    ///
    /// # Errors
    /// `KeyError: "There is no item named 'x' in the archive"`, `zipfile.BadZipFile`; those of `read`.
    pub fn read<T>(&self, name: &str, read: impl FnOnce(&mut dyn Read, u64) -> Result<T>) -> Result<T> {
        // Of files of one name the last counts, as in Python.
        let member = self.members.iter().rev().find(|member| member.name == name).ok_or_else(|| {
            let message = format!("There is no item named '{name}' in the archive");
            Error::new(ErrorClass::KeyError, crate::text::quote::repr_str(&message))
        })?;
        let entry = self.archive.get_entry(member.place).map_err(|_| bad("Bad magic number for file header"))?;
        let (start, end) = entry.compressed_data_range();
        let stored = end.saturating_sub(start);
        let most =
            if member.method == CompressionMethod::STORE { stored } else { stored.saturating_mul(MOST_DEFLATED) };
        if member.len > most {
            return Err(bad(format!("'{name}' cannot have {} bytes: the archive has {stored} for it", member.len)));
        }
        let crc = |error: Error| match error.class() {
            ErrorClass::OSError if error.message().starts_with("zip") => bad(format!("Bad CRC-32 for file '{name}'")),
            _ => error,
        };
        match member.method {
            CompressionMethod::STORE => read(&mut Checked(entry.verifying_reader(entry.reader())), member.len),
            CompressionMethod::DEFLATE => {
                read(&mut Checked(entry.verifying_reader(DeflateDecoder::new(entry.reader()))), member.len)
            }
            _ => Err(Error::new(ErrorClass::NotImplementedError, "That compression method is not supported")),
        }
        .map_err(crc)
    }
}

/// A reader whose own errors are told from those of the operating system.
struct Checked<R>(R);

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into).map_err(|error| match error.raw_os_error() {
            Some(_) => error,
            None => io::Error::other(Error::new(ErrorClass::OSError, format!("zip: {error}"))),
        })
    }
}

/// Writes one file of an archive.
pub type WriteMember<'a> = Box<dyn Fn(&mut dyn Write) -> Result<()> + 'a>;

/// Writes an archive of these files, deflated or as they are.
///
/// # Errors
/// `OSError`; those of the writers.
pub fn write_archive(out: &mut dyn Write, deflate: bool, members: &[(String, WriteMember<'_>)]) -> Result<()> {
    fn told(error: rawzip::Error) -> Error {
        Error::new(ErrorClass::OSError, error.to_string())
    }
    fn refused(error: io::Error) -> Error {
        os_error(&error, None)
    }
    let mut archive = ZipArchiveWriter::new(out);
    for (name, write) in members {
        let method = if deflate { CompressionMethod::DEFLATE } else { CompressionMethod::STORE };
        let (mut entry, config) =
            archive.new_file(name.as_str()).compression_method(method).unix_permissions(0o600).start().map_err(told)?;
        let descriptor = if deflate {
            let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
            write(&mut writer)?;
            let (encoder, descriptor) = writer.finish().map_err(told)?;
            encoder.finish().map_err(refused)?;
            descriptor
        } else {
            let mut writer = config.wrap(&mut entry);
            write(&mut writer)?;
            writer.finish().map_err(told)?.1
        };
        entry.finish(descriptor).map_err(told)?;
    }
    archive.finish().map_err(told)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_comes_back() {
        for deflate in [false, true] {
            let mut bytes = Vec::new();
            let write: WriteMember<'_> =
                Box::new(|out| out.write_all(&[7; 1000]).map_err(|error| os_error(&error, None)));
            write_archive(&mut bytes, deflate, &[("a.npy".to_string(), write)]).unwrap();
            let archive = Archive::open(Rc::new(Stream::memory(bytes.clone()))).unwrap();
            assert_eq!(archive.names().collect::<Vec<_>>(), ["a.npy"]);
            let read = |archive: &Archive| {
                archive.read("a.npy", |source, len| {
                    let mut all = Vec::new();
                    source.read_to_end(&mut all).map_err(|error| os_error(&error, None))?;
                    Ok((all, len))
                })
            };
            assert_eq!(read(&archive).unwrap(), (vec![7; 1000], 1000));
            assert_eq!(archive.read("b", |_, _| Ok(())).unwrap_err().class(), ErrorClass::KeyError);
            // a byte of the data, behind the header and the name
            bytes[36] ^= 1;
            let broken = Archive::open(Rc::new(Stream::memory(bytes.clone()))).unwrap();
            assert_eq!(read(&broken).unwrap_err().class(), ErrorClass::BadZipFile);
            bytes.truncate(bytes.len() / 2);
            assert!(Archive::open(Rc::new(Stream::memory(bytes))).is_err());
        }
    }
}
