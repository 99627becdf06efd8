//! What an element is where it is more than one value: structures and sub-arrays; and how dtypes are written.
//!
//! Sizes, offsets, alignment, and NumPy's text. The rules are those of descriptor.c (layout) and `_dtype.py` (text).

use super::calendar::Resolution;
use super::dtype::{DType, Kind, Type};
use super::layout::Shape;
use super::layout::shape_text::tuple_text;
use crate::text::quote::repr_str;
use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

/// What an element is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Compound {
    /// Named fields.
    Struct(Struct),
    /// An array of elements inside each element.
    Array(DType, Shape),
    /// A count of a unit of time: a date, or a span where `is_span`.
    Time {
        /// Whether it is a span.
        is_span: bool,
        /// The unit.
        resolution: Resolution,
        /// Whether its bytes stand in the other order than the machine's.
        swapped: bool,
    },
}

/// One field of a structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    name: RefCell<Rc<str>>,
    /// A second name.
    pub title: Option<String>,
    /// What it holds.
    pub dtype: DType,
    /// The byte of the element where it starts.
    pub offset: usize,
}

impl Hash for Field {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&*self.name.borrow(), &self.title, &self.dtype, self.offset).hash(state);
    }
}

impl Field {
    /// A field.
    pub fn new(name: &str, title: Option<String>, dtype: DType, offset: usize) -> Field {
        Field { name: RefCell::new(name.into()), title, dtype, offset }
    }

    /// Its name. It can be changed (`dtype.names = ...`), for everybody who has the dtype.
    pub fn name(&self) -> Rc<str> {
        Rc::clone(&self.name.borrow())
    }

    /// Gives it another name.
    pub fn set_name(&self, name: &str) {
        self.name.replace(name.into());
    }
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
    pub fn packed(fields: impl IntoIterator<Item = (String, Option<String>, DType)>, aligned: bool) -> Struct {
        let (mut end, mut largest) = (0usize, 1);
        let fields = fields
            .into_iter()
            .map(|(name, title, dtype)| {
                if aligned {
                    end = end.next_multiple_of(dtype.align());
                    largest = largest.max(dtype.align());
                }
                let offset = end;
                end = end.saturating_add(dtype.itemsize());
                Field::new(&name, title, dtype, offset)
            })
            .collect();
        let itemsize = if aligned { end.next_multiple_of(largest) } else { end };
        Struct { fields, itemsize, aligned, over: None }
    }

    /// The field called `name`.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| &*field.name() == name || field.title.as_deref() == Some(name))
    }

    /// The largest alignment of a field.
    pub fn largest_align(&self) -> usize {
        self.fields.iter().map(|field| field.dtype.align()).max().unwrap_or(1)
    }

    /// The bytes of an element that belong to no field, as ranges.
    pub fn gaps(&self) -> Vec<std::ops::Range<usize>> {
        let mut spans: Vec<(usize, usize)> = self
            .fields
            .iter()
            .map(|field| (field.offset, field.offset.saturating_add(field.dtype.itemsize())))
            .collect();
        spans.sort_unstable();
        let (mut end, mut gaps) = (0, Vec::new());
        for (start, stop) in spans {
            if start > end {
                gaps.push(end..start);
            }
            end = end.max(stop);
        }
        if self.itemsize > end {
            gaps.push(end..self.itemsize);
        }
        gaps
    }

    /// Whether the fields stand where [`Struct::packed`] puts them (`_is_packed`).
    fn is_packed(&self) -> bool {
        let parts = self.fields.iter().map(|field| (field.name().to_string(), None, field.dtype.clone()));
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
                Some(title) => format!("({}, {})", repr_str(title), repr_str(&field.name())),
                None => repr_str(&field.name()),
            };
            match field.dtype.compound() {
                Some(Compound::Array(base, shape)) => {
                    format!("({name}, {}, {})", base.construction(true), tuple_text(shape))
                }
                _ => format!("({name}, {})", field.dtype.construction(true)),
            }
        };
        format!("[{}]", self.fields.iter().map(field).collect::<Vec<_>>().join(", "))
    }

    fn dict_text(&self, include_align: bool) -> String {
        let join = |part: fn(&Field) -> String| self.fields.iter().map(part).collect::<Vec<_>>().join(", ");
        let names = join(|field| repr_str(&field.name()));
        let formats = join(|field| field.dtype.construction(true));
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

impl Compound {
    /// Bytes an element.
    pub fn itemsize(&self) -> usize {
        match self {
            Compound::Struct(structure) => structure.itemsize,
            Compound::Array(base, shape) => shape.iter().fold(base.itemsize(), |bytes, &n| bytes.saturating_mul(n)),
            Compound::Time { .. } => self.ty().size(),
        }
    }

    /// The type of such elements: [`Type::Void`], or that of the number that a structure was laid over.
    pub fn ty(&self) -> Type {
        match self {
            Compound::Struct(Struct { over: Some(number), .. }) => number.ty(),
            Compound::Time { is_span: true, .. } => Type::TimeDelta64,
            Compound::Time { is_span: false, .. } => Type::DateTime64,
            _ => Type::Void,
        }
    }

    /// The alignment of an element in bytes.
    pub fn align(&self) -> usize {
        match self {
            Compound::Struct(structure) if structure.aligned => structure.largest_align(),
            Compound::Struct(_) => 1,
            Compound::Array(base, _) => base.align(),
            Compound::Time { .. } => self.ty().align(),
        }
    }

    /// Whether all bytes stand in the machine's order.
    pub fn is_native(&self) -> bool {
        match self {
            Compound::Struct(structure) => structure.fields.iter().all(|field| field.dtype.is_native()),
            Compound::Array(base, _) => base.is_native(),
            Compound::Time { swapped, .. } => !swapped,
        }
    }

    /// The same with other byte orders of its parts.
    pub fn with_byteorder(&self, change: impl Fn(bool) -> bool + Copy) -> Compound {
        match self {
            Compound::Struct(old) => {
                let mut new = old.clone();
                for field in &mut new.fields {
                    field.dtype = field.dtype.with_byteorder(change);
                }
                Compound::Struct(new)
            }
            Compound::Array(base, shape) => Compound::Array(base.with_byteorder(change), shape.clone()),
            Compound::Time { is_span, resolution, swapped } => {
                Compound::Time { is_span: *is_span, resolution: *resolution, swapped: change(*swapped) }
            }
        }
    }
}

impl DType {
    /// The fields, where the elements are structures.
    pub fn structure(&self) -> Option<&Struct> {
        match self.compound() {
            Some(Compound::Struct(structure)) => Some(structure),
            _ => None,
        }
    }

    /// The dtype and the shape of the array inside each element.
    pub fn sub_array(&self) -> Option<(&DType, &Shape)> {
        match self.compound() {
            Some(Compound::Array(base, shape)) => Some((base, shape)),
            _ => None,
        }
    }

    /// Whether there is a reference in it.
    pub fn has_object(&self) -> bool {
        match self.compound() {
            None => self.ty() == Type::Object,
            Some(Compound::Struct(structure)) => structure.fields.iter().any(|field| field.dtype.has_object()),
            Some(Compound::Array(base, _)) => base.has_object(),
            Some(Compound::Time { .. }) => false,
        }
    }

    /// `dtype.flags`: bits of what handling elements needs.
    pub fn flags(&self) -> u8 {
        const NEEDS_INIT: u8 = 0x08;
        const NEEDS_PYAPI: u8 = 0x10;
        const ALIGNED: u8 = 0x80;
        const FROM_FIELDS: u8 = 0x1b;
        match (self.compound(), self.ty()) {
            (Some(Compound::Struct(structure)), _) => {
                let fields = structure.fields.iter();
                let parts = fields.fold(NEEDS_PYAPI, |flags, field| flags | field.dtype.flags() & FROM_FIELDS);
                if structure.aligned { parts | ALIGNED } else { parts }
            }
            (Some(Compound::Array(base, _)), _) => base.flags(),
            (None, Type::Object) => 0x3f,
            (None, Type::Str) => NEEDS_INIT,
            (None, _) | (Some(Compound::Time { .. }), _) => 0,
        }
    }

    /// `dtype.name`: `"int64"`, whatever the byte order; `"str96"` (`_name_get`).
    pub fn name(&self) -> String {
        let stem = self.ty().name();
        let is_sized = !self.is_number() && self.ty() != Type::Object;
        match self.itemsize() {
            _ if self.ty().is_time() => format!("{stem}{}", self.resolution().bracketed()),
            0 if self.compound().is_some() => format!("{stem}8"),
            0 => stem.into(),
            bytes if is_sized => format!("{stem}{}", bytes * 8),
            _ => stem.into(),
        }
    }

    /// `dtype.str`: `"<i8"`, `">f4"`, `"|b1"`, `"<U3"`.
    pub fn str(&self) -> String {
        let order = match self.byteorder() {
            '=' => '<',
            other => other,
        };
        let letter = self.kind().letter();
        match self.ty() {
            Type::Object => format!("{order}{letter}"),
            ty => format!(
                "{order}{letter}{}{}",
                if ty.is_time() { 8 } else { self.length() },
                self.resolution().bracketed()
            ),
        }
    }

    /// The dtype in a few words, for tables: of a structure its size and the names of its fields, `V24 (name, age)`.
    pub fn summary(&self) -> String {
        match self.structure() {
            Some(whole) => {
                let names: Vec<String> = whole.fields.iter().map(|field| field.name().to_string()).collect();
                format!("V{} ({})", self.itemsize(), names.join(", "))
            }
            None => self.to_string(),
        }
    }

    /// What stands between the brackets of `dtype(...)` (`_construction_repr`).
    fn construction(&self, short: bool) -> String {
        match self.compound() {
            Some(Compound::Struct(structure)) => return structure.text(false),
            Some(Compound::Array(base, shape)) => {
                return format!("({}, {})", base.construction(true), tuple_text(shape));
            }
            Some(Compound::Time { .. }) | None => {}
        }
        let count = if self.length() == 0 { String::new() } else { self.length().to_string() };
        match (self.kind(), short) {
            (Kind::Bool, true) => "'?'".into(),
            (Kind::Bytes | Kind::Void, _) => format!("'{}{count}'", self.kind().letter()),
            (Kind::Str, _) => format!("'{}U{count}'", if self.is_swapped() { '>' } else { '<' }),
            (Kind::Object, _) => "'O'".into(),
            (Kind::DateTime | Kind::TimeDelta, _) => format!("'{}'", self.str()),
            (_, true) => format!("'{}'", self.str().trim_start_matches('|')),
            (_, false) => format!("'{self}'"),
        }
    }

    /// `repr(dtype)`: `dtype('int64')`, `dtype('<U3')`, `dtype([('a', 'i1')])`.
    pub fn repr(&self) -> String {
        let is_aligned = self.structure().is_some_and(|structure| structure.aligned);
        format!("dtype({}{})", self.construction(false), if is_aligned { ", align=True" } else { "" })
    }
}

impl std::fmt::Display for DType {
    /// Python's `str(dtype)`: `int64`, `>i4`, `<U3`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.compound() {
            Some(Compound::Struct(structure)) => return f.write_str(&structure.text(true)),
            Some(Compound::Array(..)) => return f.write_str(&self.construction(true)),
            Some(Compound::Time { .. }) | None => {}
        }
        match self.ty() {
            Type::Bytes | Type::Str | Type::Void => f.write_str(&self.str()),
            _ if self.is_swapped() => f.write_str(&self.str()),
            _ => f.write_str(&self.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alignment_leaves_gaps() {
        let fields = || [("a", Type::Int8), ("b", Type::Float64)].map(|(name, ty)| (name.to_string(), None, ty.into()));
        let packed = DType::of_parts(Compound::Struct(Struct::packed(fields(), false)));
        let aligned = DType::of_parts(Compound::Struct(Struct::packed(fields(), true)));
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
