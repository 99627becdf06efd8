//! The header of a `.npy` file: magic, version, length, and a Python literal of dtype, order and shape.

use super::error::os_error;
use super::literal::Literal;
use crate::error::{Result, value_error};
use crate::text::quote::repr_bytes;
use std::io::Read;

/// What every `.npy` file starts with.
pub const MAGIC: &[u8] = b"\x93NUMPY";
/// The magic and the two bytes of the version.
pub const MAGIC_LEN: usize = 8;
/// Headers that are longer are not read unless one says so (`_MAX_HEADER_SIZE`).
pub const MAX_HEADER_SIZE: usize = 10_000;

/// A version of the format: major and minor.
pub type Version = (u8, u8);

/// What a header says.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// The dtype as `np.dtype` takes it.
    pub descr: Literal,
    /// Whether the elements are in F order.
    pub fortran_order: bool,
    /// The shape, not yet known to be possible.
    pub shape: Vec<i128>,
}

fn prefix_len(version: Version) -> usize {
    MAGIC_LEN + if version == (1, 0) { 2 } else { 4 }
}

/// Refuses versions that NumPy does not know.
///
/// # Errors
/// `ValueError: we only support format version (1,0), (2,0), and (3,0), not (4, 0)`.
pub fn check_version((major, minor): Version) -> Result<()> {
    match (major, minor) {
        (1..=3, 0) => Ok(()),
        _ => {
            Err(value_error(format!("we only support format version (1,0), (2,0), and (3,0), not ({major}, {minor})")))
        }
    }
}

impl Header {
    /// The text of the header, in NumPy's order of keys, with room for the shape to grow (`_write_array_header`).
    fn text(&self) -> String {
        const GROWTH: usize = 21;
        let shape = Literal::Tuple(self.shape.iter().copied().map(Literal::Int).collect());
        let order = Literal::Bool(self.fortran_order);
        let (descr, order, tuple) = (self.descr.repr(), order.repr(), shape.repr());
        let grows = if self.fortran_order { self.shape.last() } else { self.shape.first() };
        let room = grows.map_or(0, |length| GROWTH.saturating_sub(length.to_string().len()));
        format!("{{'descr': {descr}, 'fortran_order': {order}, 'shape': {tuple}, }}{}", " ".repeat(room))
    }

    /// All that stands before the elements, a multiple of 64 bytes, and the version: the given one, or the oldest that
    /// can hold it.
    ///
    /// # Errors
    /// `ValueError` where the given version cannot hold it, or is none.
    pub fn to_bytes(&self, version: Option<Version>) -> Result<(Vec<u8>, Version)> {
        let text = self.text();
        let wrapped = |version: Version| wrap(&text, version);
        if let Some(version) = version {
            check_version(version)?;
            let bytes = wrapped(version);
            let message = || format!("Header length {} too big for version={version:?}", text.len() + 1);
            return bytes.map(|bytes| (bytes, version)).ok_or_else(|| value_error(message()));
        }
        let fits = [(1, 0), (2, 0), (3, 0)].into_iter().find_map(|version| Some((wrapped(version)?, version)));
        fits.ok_or_else(|| value_error(format!("Header length {} too big for version=(3, 0)", text.len() + 1)))
    }

    /// Reads the header at which a source stands, and goes behind it. `most` is the longest that is read.
    ///
    /// # Errors
    /// NumPy's `ValueError`s.
    pub fn read(source: &mut dyn Read, most: usize) -> Result<Header> {
        let version = read_magic(source)?;
        check_version(version)?;
        Header::read_version(source, version, most)
    }

    /// Reads what stands behind magic and version.
    ///
    /// # Errors
    /// NumPy's `ValueError`s.
    pub fn read_version(source: &mut dyn Read, version: Version, most: usize) -> Result<Header> {
        check_version(version)?;
        let size = prefix_len(version) - MAGIC_LEN;
        let length = read_exactly(source, size, "array header length")?;
        let length = length.iter().rev().fold(0usize, |n, byte| n << 8 | *byte as usize);
        let text = read_exactly(source, length, "array header")?;
        let text = match version {
            (3, 0) => String::from_utf8(text)
                .map_err(|_| value_error(format!("'utf-8' codec can't decode the header of {length} bytes")))?,
            _ => text.iter().map(|byte| *byte as char).collect(),
        };
        let count = text.chars().count();
        if count > most {
            return Err(value_error(format!(
                "Header info length ({count}) is large and may not be safe to load securely.\nTo allow loading, adjust \
                 `max_header_size` or fully trust the `.npy` file using `allow_pickle=True`.\nFor safety against large \
                 resource use or crashes, sandboxing may be necessary."
            )));
        }
        Header::parse(&text, version)
    }

    fn parse(text: &str, version: Version) -> Result<Header> {
        let literal = Literal::parse(text, false).or_else(|| Literal::parse(text, version <= (2, 0)));
        let unreadable = || value_error(format!("Cannot parse header: {}", Literal::Str(text.into()).repr()));
        let literal = literal.ok_or_else(unreadable)?;
        let Literal::Dict(entries) = &literal else {
            return Err(value_error(format!("Header is not a dictionary: {}", literal.repr())));
        };
        let mut keys: Vec<String> = entries.iter().map(|(key, _)| key.repr()).collect();
        keys.sort();
        if keys != ["'descr'", "'fortran_order'", "'shape'"] {
            return Err(value_error(format!("Header does not contain the correct keys: [{}]", keys.join(", "))));
        }
        let get = |wanted: &str| {
            let is_it = |(key, _): &&(Literal, Literal)| matches!(key, Literal::Str(key) if key == wanted);
            entries.iter().find(is_it).map_or(Literal::None, |(_, value)| value.clone())
        };
        let ints = |items: &[Literal]| -> Option<Vec<i128>> {
            let int = |item: &Literal| match item {
                Literal::Int(int) => Some(*int),
                _ => None,
            };
            items.iter().map(int).collect()
        };
        let shape = match get("shape") {
            Literal::Tuple(items) => ints(&items),
            _ => None,
        };
        let shape = shape.ok_or_else(|| value_error(format!("shape is not valid: {}", get("shape").repr())))?;
        let Literal::Bool(fortran_order) = get("fortran_order") else {
            let order = get("fortran_order").repr();
            return Err(value_error(format!("fortran_order is not a valid bool: {order}")));
        };
        Ok(Header { descr: get("descr"), fortran_order, shape })
    }
}

/// Magic, version, length, text, blanks and a newline; nothing where the version cannot hold the text.
fn wrap(text: &str, version: Version) -> Option<Vec<u8>> {
    const ALIGN: usize = 64;
    let text = match version {
        (3, 0) => text.as_bytes().to_vec(),
        _ => text.chars().map(|c| u8::try_from(c as u32).ok()).collect::<Option<_>>()?,
    };
    let prefix = prefix_len(version);
    let hlen = text.len() + 1;
    let padding = ALIGN - (prefix + hlen) % ALIGN;
    let length = hlen + padding;
    let mut bytes = magic(version);
    match version {
        (1, 0) => bytes.extend(u16::try_from(length).ok()?.to_le_bytes()),
        _ => bytes.extend(u32::try_from(length).ok()?.to_le_bytes()),
    }
    bytes.extend(text);
    bytes.extend(std::iter::repeat_n(b' ', padding));
    bytes.push(b'\n');
    Some(bytes)
}

/// The magic and the version.
pub fn magic((major, minor): Version) -> Vec<u8> {
    [MAGIC, &[major, minor]].concat()
}

/// Reads the magic and gives the version.
///
/// # Errors
/// `ValueError: the magic string is not correct; expected b'\x93NUMPY', got b'...'`.
pub fn read_magic(source: &mut dyn Read) -> Result<Version> {
    let bytes = read_exactly(source, MAGIC_LEN, "magic string")?;
    let (magic, version) = bytes.split_at(MAGIC_LEN - 2);
    if magic != MAGIC {
        return Err(value_error(format!(
            "the magic string is not correct; expected {}, got {}",
            repr_bytes(MAGIC),
            repr_bytes(magic)
        )));
    }
    Ok((version[0], version[1]))
}

/// The next `count` bytes.
///
/// # Errors
/// `ValueError: EOF: reading array header, expected 118 bytes got 3`.
fn read_exactly(source: &mut dyn Read, count: usize, what: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(count as u64).read_to_end(&mut bytes).map_err(|error| os_error(&error, None))?;
    if bytes.len() < count {
        return Err(value_error(format!("EOF: reading {what}, expected {count} bytes got {}", bytes.len())));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::Stream;
    use super::*;

    fn header(shape: &[i128]) -> Header {
        Header { descr: Literal::Str("<i8".into()), fortran_order: false, shape: shape.to_vec() }
    }

    #[test]
    fn bytes_are_numpys_and_come_back() {
        let (bytes, version) = header(&[2, 3]).to_bytes(None).unwrap();
        assert_eq!((bytes.len(), version), (128, (1, 0)));
        assert!(
            bytes.starts_with(b"\x93NUMPY\x01\x00v\x00{'descr': '<i8', 'fortran_order': False, 'shape': (2, 3), }")
        );
        assert!(bytes.ends_with(b" \n"));
        let stream = Stream::memory(bytes);
        assert_eq!(Header::read(&mut &stream, MAX_HEADER_SIZE).unwrap(), header(&[2, 3]));
        assert_eq!(stream.left().unwrap(), 0);
        for version in [(2, 0), (3, 0)] {
            let (bytes, _) = header(&[]).to_bytes(Some(version)).unwrap();
            assert!(bytes.len().is_multiple_of(64));
            assert_eq!(Header::read(&mut &Stream::memory(bytes), MAX_HEADER_SIZE).unwrap(), header(&[]));
        }
    }

    #[test]
    fn what_is_wrong_is_said_in_numpys_words() {
        let message = |bytes: &[u8]| {
            Header::read(&mut &Stream::memory(bytes.to_vec()), MAX_HEADER_SIZE).unwrap_err().message().to_string()
        };
        assert_eq!(message(b"\x93NUM"), "EOF: reading magic string, expected 8 bytes got 4");
        assert_eq!(message(b"abcdefgh"), "the magic string is not correct; expected b'\\x93NUMPY', got b'abcdef'");
        assert_eq!(message(b"\x93NUMPY\x04\x00"), "we only support format version (1,0), (2,0), and (3,0), not (4, 0)");
        assert_eq!(message(b"\x93NUMPY\x01\x00\xff\xffab"), "EOF: reading array header, expected 65535 bytes got 2");
        assert_eq!(message(b"\x93NUMPY\x01\x00\x02\x00[]"), "Header is not a dictionary: []");
        assert_eq!(message(b"\x93NUMPY\x01\x00\x02\x00{}"), "Header does not contain the correct keys: []");
        assert_eq!(message(b"\x93NUMPY\x01\x00\x03\x00f()"), "Cannot parse header: 'f()'");
    }
}
