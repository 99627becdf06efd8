//! What an element is where it is more than one number: texts, raw bytes, references, structures, sub-arrays.
//!
//! These are descriptions only: sizes, offsets, alignment, and how NumPy writes them. No array has such elements yet.
//! The rules are those of descriptor.c (layout) and `_dtype.py` (text).

use super::dtype::{DType, Kind};
use super::layout::Shape;
use super::layout::shape_text::tuple_text;
use crate::text::quote::repr_str;

/// What an element is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    /// A number.
    Number(DType),
    /// So many bytes of text; 0 for a length that is not known yet.
    Bytes(usize),
    /// So many characters of four bytes each, in the machine's byte order or the other.
    Str {
        /// The number of characters; 0 for a length that is not known yet.
        length: usize,
        /// Whether the bytes stand in the other order.
        swapped: bool,
    },
    /// So many raw bytes.
    Void(usize),
    /// A reference to a Python object.
    Object,
    /// Named fields.
    Struct(Struct),
    /// An array of items inside each element.
    Array(Box<Item>, Shape),
}

/// One field of a structure.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// A second name.
    pub title: Option<String>,
    /// What it holds.
    pub item: Item,
    /// The byte of the element where it starts.
    pub offset: usize,
}

/// A structure: fields, and how many bytes they take together, gaps included.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Struct {
    /// The fields, in order of their names.
    pub fields: Vec<Field>,
    /// Bytes an element.
    pub itemsize: usize,
    /// Whether fields were placed as a C compiler places them.
    pub aligned: bool,
    /// The number that the same bytes are, where the structure was laid over one.
    pub over: Option<DType>,
}

impl Struct {
    /// Fields one after the other: without gaps, or where `aligned` each at a multiple of its alignment.
    pub fn packed(fields: impl IntoIterator<Item = (String, Option<String>, Item)>, aligned: bool) -> Struct {
        let (mut end, mut largest) = (0usize, 1);
        let fields = fields
            .into_iter()
            .map(|(name, title, item)| {
                if aligned {
                    end = end.next_multiple_of(item.align());
                    largest = largest.max(item.align());
                }
                let offset = end;
                end = end.saturating_add(item.itemsize());
                Field { name, title, item, offset }
            })
            .collect();
        let itemsize = if aligned { end.next_multiple_of(largest) } else { end };
        Struct { fields, itemsize, aligned, over: None }
    }

    /// The field called `name`.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name || field.title.as_deref() == Some(name))
    }

    /// Whether the fields stand where [`Struct::packed`] puts them (`_is_packed`).
    fn is_packed(&self) -> bool {
        let parts = self.fields.iter().map(|field| (field.name.clone(), None, field.item.clone()));
        let packed = Struct::packed(parts, self.aligned);
        let in_place = packed.fields.iter().zip(&self.fields).all(|(a, b)| a.offset == b.offset);
        in_place && packed.itemsize == self.itemsize
    }

    /// As NumPy writes it: a list where that says all, else a dict (`_struct_str`).
    fn text(&self, include_align: bool) -> String {
        let text = if !(include_align && self.aligned) && self.is_packed() {
            self.list_text()
        } else {
            self.dict_text(include_align)
        };
        match &self.over {
            Some(number) => format!("(numpy.{}, {text})", number.ty().name()),
            None => text,
        }
    }

    fn list_text(&self) -> String {
        let field = |field: &Field| {
            let name = match &field.title {
                Some(title) => format!("({}, {})", repr_str(title), repr_str(&field.name)),
                None => repr_str(&field.name),
            };
            match &field.item {
                Item::Array(base, shape) => format!("({name}, {}, {})", base.construction(true), tuple_text(shape)),
                other => format!("({name}, {})", other.construction(true)),
            }
        };
        format!("[{}]", self.fields.iter().map(field).collect::<Vec<_>>().join(", "))
    }

    fn dict_text(&self, include_align: bool) -> String {
        let join = |part: fn(&Field) -> String| self.fields.iter().map(part).collect::<Vec<_>>().join(", ");
        let names = join(|field| repr_str(&field.name));
        let formats = join(|field| field.item.construction(true));
        let offsets = join(|field| field.offset.to_string());
        let mut text = format!("{{'names': [{names}], 'formats': [{formats}], 'offsets': [{offsets}]");
        if self.fields.iter().any(|field| field.title.is_some()) {
            let titles = join(|field| field.title.as_deref().map_or("None".into(), repr_str));
            text += &format!(", 'titles': [{titles}]");
        }
        text += &format!(", 'itemsize': {}", self.itemsize);
        if include_align && self.aligned {
            text += ", 'aligned': True";
        }
        text + "}"
    }
}

impl Item {
    /// Bytes an element.
    pub fn itemsize(&self) -> usize {
        match self {
            Item::Number(dtype) => dtype.itemsize(),
            Item::Bytes(size) | Item::Void(size) => *size,
            Item::Str { length, .. } => length.saturating_mul(4),
            Item::Object => size_of::<usize>(),
            Item::Struct(fields) => fields.itemsize,
            Item::Array(base, shape) => shape.iter().fold(base.itemsize(), |bytes, &n| bytes.saturating_mul(n)),
        }
    }

    /// The alignment of an element in bytes.
    pub fn align(&self) -> usize {
        match self {
            Item::Number(dtype) => dtype.align(),
            Item::Bytes(_) | Item::Void(_) => 1,
            Item::Str { .. } => 4,
            Item::Object => align_of::<usize>(),
            Item::Struct(fields) if fields.aligned => {
                fields.fields.iter().map(|field| field.item.align()).max().unwrap_or(1)
            }
            Item::Struct(_) => 1,
            Item::Array(base, _) => base.align(),
        }
    }

    /// `dtype.kind`.
    pub fn kind(&self) -> char {
        match self {
            Item::Number(dtype) => dtype.kind().letter(),
            Item::Bytes(_) => 'S',
            Item::Str { .. } => 'U',
            Item::Object => 'O',
            Item::Struct(Struct { over: Some(number), .. }) => number.kind().letter(),
            Item::Void(_) | Item::Struct(_) | Item::Array(..) => 'V',
        }
    }

    /// `dtype.num`.
    pub fn number(&self) -> u8 {
        match self {
            Item::Number(dtype) => dtype.ty().number(),
            Item::Bytes(_) => 18,
            Item::Str { .. } => 19,
            Item::Object => 17,
            Item::Struct(Struct { over: Some(number), .. }) => number.ty().number(),
            Item::Void(_) | Item::Struct(_) | Item::Array(..) => 20,
        }
    }

    /// `dtype.byteorder`.
    pub fn byteorder(&self) -> char {
        match self {
            Item::Number(dtype) => dtype.byteorder(),
            Item::Str { swapped: true, .. } => '>',
            Item::Str { .. } => '=',
            _ => '|',
        }
    }

    /// Whether all bytes stand in the machine's order.
    pub fn is_native(&self) -> bool {
        match self {
            Item::Number(dtype) => dtype.is_native(),
            Item::Str { swapped, .. } => !swapped,
            Item::Struct(fields) => fields.fields.iter().all(|field| field.item.is_native()),
            Item::Array(base, _) => base.is_native(),
            Item::Bytes(_) | Item::Void(_) | Item::Object => true,
        }
    }

    /// Whether there is a reference in it.
    pub fn has_object(&self) -> bool {
        match self {
            Item::Object => true,
            Item::Struct(fields) => fields.fields.iter().any(|field| field.item.has_object()),
            Item::Array(base, _) => base.has_object(),
            _ => false,
        }
    }

    /// `dtype.flags`: bits of what handling elements needs.
    pub fn flags(&self) -> u8 {
        const NEEDS_INIT: u8 = 0x08;
        const NEEDS_PYAPI: u8 = 0x10;
        const ALIGNED: u8 = 0x80;
        const FROM_FIELDS: u8 = 0x1b;
        match self {
            Item::Object => 0x3f,
            Item::Str { .. } => NEEDS_INIT,
            Item::Struct(fields) => {
                let parts =
                    fields.fields.iter().fold(NEEDS_PYAPI, |flags, field| flags | field.item.flags() & FROM_FIELDS);
                if fields.aligned { parts | ALIGNED } else { parts }
            }
            Item::Array(base, _) => base.flags(),
            Item::Number(_) | Item::Bytes(_) | Item::Void(_) => 0,
        }
    }

    /// The same with other byte orders: `change` tells whether a part is swapped from whether it was.
    pub fn with_byteorder(&self, change: fn(bool) -> bool) -> Item {
        match self {
            Item::Number(dtype) => Item::Number(dtype.with_swapped(change(dtype.is_swapped()))),
            Item::Str { length, swapped } => Item::Str { length: *length, swapped: change(*swapped) },
            Item::Struct(old) => {
                let mut new = old.clone();
                for field in &mut new.fields {
                    field.item = field.item.with_byteorder(change);
                }
                Item::Struct(new)
            }
            Item::Array(base, shape) => Item::Array(Box::new(base.with_byteorder(change)), shape.clone()),
            Item::Bytes(_) | Item::Void(_) | Item::Object => self.clone(),
        }
    }

    /// `dtype.name` (`_name_get`).
    pub fn name(&self) -> String {
        let (stem, bits) = match self {
            Item::Number(dtype) => return dtype.name().into(),
            Item::Struct(Struct { over: Some(number), .. }) => return number.name().into(),
            Item::Object => return "object".into(),
            Item::Bytes(size) => ("bytes", *size),
            Item::Str { .. } => ("str", self.itemsize()),
            Item::Void(size) => ("void", *size),
            Item::Struct(_) | Item::Array(..) => ("void", self.itemsize().max(1)),
        };
        let is_sized = self.itemsize() > 0;
        if is_sized { format!("{stem}{}", bits * 8) } else { stem.into() }
    }

    /// `dtype.str`.
    pub fn code(&self) -> String {
        match self {
            Item::Number(dtype) => dtype.str(),
            Item::Bytes(size) => format!("|S{size}"),
            Item::Str { length, swapped } => format!("{}U{length}", if *swapped { '>' } else { '<' }),
            Item::Object => "|O".into(),
            Item::Struct(Struct { over: Some(number), .. }) => number.str(),
            Item::Void(_) | Item::Struct(_) | Item::Array(..) => format!("|V{}", self.itemsize()),
        }
    }

    /// What stands between the brackets of `dtype(...)` (`_construction_repr`).
    fn construction(&self, short: bool) -> String {
        let sized =
            |letter: char, count: usize| if count == 0 { format!("'{letter}'") } else { format!("'{letter}{count}'") };
        match self {
            Item::Number(dtype) => match (dtype.kind(), short) {
                (Kind::Bool, true) => "'?'".into(),
                (_, true) => format!("'{}'", dtype.str().trim_start_matches('|')),
                (_, false) => format!("'{dtype}'"),
            },
            Item::Bytes(size) => sized('S', *size),
            Item::Void(size) => sized('V', *size),
            Item::Str { length, swapped } => {
                let order = if *swapped { '>' } else { '<' };
                let count = if *length == 0 { String::new() } else { length.to_string() };
                format!("'{order}U{count}'")
            }
            Item::Object => "'O'".into(),
            Item::Struct(fields) => fields.text(false),
            Item::Array(base, shape) => format!("({}, {})", base.construction(true), tuple_text(shape)),
        }
    }

    /// `repr(dtype)`.
    pub fn repr(&self) -> String {
        let align = if matches!(self, Item::Struct(Struct { aligned: true, .. })) { ", align=True" } else { "" };
        format!("dtype({}{align})", self.construction(false))
    }
}

impl std::fmt::Display for Item {
    /// `str(dtype)`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Item::Number(dtype) => dtype.fmt(f),
            Item::Struct(fields) => f.write_str(&fields.text(true)),
            Item::Array(..) => f.write_str(&self.construction(true)),
            Item::Object => f.write_str("object"),
            Item::Bytes(_) | Item::Str { .. } | Item::Void(_) => f.write_str(&self.code()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::dtype::Type;
    use super::*;

    #[test]
    fn alignment_leaves_gaps() {
        let fields = || {
            [("a", Type::Int8), ("b", Type::Float64)]
                .map(|(name, ty)| (name.to_string(), None, Item::Number(ty.into())))
        };
        let packed = Item::Struct(Struct::packed(fields(), false));
        let aligned = Item::Struct(Struct::packed(fields(), true));
        assert_eq!((packed.itemsize(), packed.align()), (9, 1));
        assert_eq!((aligned.itemsize(), aligned.align()), (16, 8));
        assert_eq!(packed.repr(), "dtype([('a', 'i1'), ('b', '<f8')])");
        assert_eq!(aligned.repr(), "dtype([('a', 'i1'), ('b', '<f8')], align=True)");
        assert_eq!(
            aligned.to_string(),
            "{'names': ['a', 'b'], 'formats': ['i1', '<f8'], 'offsets': [0, 8], 'itemsize': 16, 'aligned': True}"
        );
    }
}
