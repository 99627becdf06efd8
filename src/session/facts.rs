//! What there is to say of one array: plain data, copied out of it.

use super::holders::{Holders, Paths, array_behind};
use crate::array::layout::sizes::Sizes;
use crate::array::{Base, DType, NdArray, ObjectId};
use crate::memory::{BufferId, MappedFile};
use crate::text::article::with_article;
use crate::value::Value;
use std::rc::Rc;

/// Whose memory an array uses.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// Its own.
    Owns,
    /// That of another array: how one writes that, where one can.
    ViewOf(Option<String>),
    /// That of another array, which the Python object that is its base holds: how one writes the array, where one can,
    /// and the object's class.
    Within(Option<String>, String),
    /// That of a file.
    Maps(MappedFile),
    /// That of another Python object: its class's name.
    Borrows(String),
}

/// Why an array may not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Locked {
    /// Its own flag was cleared.
    Itself,
    /// Its owner may not be written: the owner's name, where it has one.
    Owner(Option<String>),
    /// What it was made from may not be written: its name.
    Parent(String),
    /// It was made so, by this expression.
    AtBirth(String),
    /// Several elements stand in the same bytes along this axis: a broadcast view is made so.
    Stretched(usize),
}

impl Locked {
    /// That an expression made it so, in words.
    pub(super) fn at_birth(expression: &str) -> String {
        format!("{expression} gives a read-only view")
    }
}

/// The facts of one array.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct ArrayFacts {
    pub name: String,
    pub id: ObjectId,
    pub dtype: DType,
    pub shape: Vec<usize>,
    /// In bytes.
    pub strides: Vec<isize>,
    pub itemsize: usize,
    pub size: usize,
    pub ndim: usize,
    /// `size * itemsize`: as `sizes.visible`.
    pub nbytes: usize,
    pub sizes: Sizes,
    pub c_contiguous: bool,
    pub f_contiguous: bool,
    pub owndata: bool,
    pub writeable: bool,
    pub aligned: bool,
    /// Why it may not be written, where it may not.
    pub locked: Option<Locked>,
    /// Whether its owner, another array, may be written.
    pub owner_writeable: bool,
    /// The base's id, where it is an array or another object (0).
    pub base: Option<ObjectId>,
    pub origin: Origin,
    /// The array it was made from, where that is not the owner and one can write it.
    pub via: Option<String>,
    pub buffer: BufferId,
    /// The first element's first byte in the buffer.
    pub offset: usize,
    /// The ways from names to arrays that use the same buffer, this one included.
    pub sharers: Paths,
}

/// Why an array may not be written, as far as the arrays themselves tell.
fn locked(array: &Rc<NdArray>, holders: &Holders) -> Locked {
    if let Some(owner) = array.base_array().or_else(|| array_behind(array)).filter(|owner| !owner.is_writeable()) {
        return Locked::Owner(holders.name_of(&owner));
    }
    if let Some(parent) = array.parent().filter(|parent| !parent.is_writeable())
        && let Some(name) = holders.name_of(&parent)
    {
        return Locked::Parent(name);
    }
    let layout = array.layout();
    let stretched = (0..layout.ndim()).find(|&axis| layout.shape[axis] > 1 && layout.strides[axis] == 0);
    stretched.filter(|_| !array.owns_data()).map_or(Locked::Itself, Locked::Stretched)
}

impl ArrayFacts {
    /// The facts of `array` under `name`, with these holders of its buffer and of its owner's.
    pub fn of(name: &str, array: &Rc<NdArray>, holders: &Holders) -> ArrayFacts {
        let layout = array.layout();
        let buffer = array.buffer();
        let (base, origin) = match array.base() {
            None => (None, Origin::Owns),
            Some(Base::Array(base)) => (Some(base.id()), Origin::ViewOf(holders.name_of(&base))),
            Some(Base::Object(object)) => {
                let class = object.downcast_ref::<Value>().map_or("buffer", |value| value.type_name());
                let origin = match array_behind(array) {
                    Some(owner) => Origin::Within(holders.name_of(&owner), class.to_string()),
                    None => match buffer.mapped_file() {
                        Some(file) => Origin::Maps(file.clone()),
                        None => Origin::Borrows(class.to_string()),
                    },
                };
                (Some(0), origin)
            }
        };
        let owner = array.base_array().or_else(|| array_behind(array));
        let via = array.parent().filter(|parent| owner.as_ref().is_some_and(|o| !Rc::ptr_eq(o, parent)));
        ArrayFacts {
            name: name.to_string(),
            id: array.id(),
            dtype: layout.dtype.clone(),
            shape: layout.shape.to_vec(),
            strides: layout.strides.to_vec(),
            itemsize: layout.itemsize(),
            size: layout.size(),
            ndim: layout.ndim(),
            nbytes: layout.nbytes(),
            sizes: array.sizes(),
            c_contiguous: layout.is_c_contiguous(),
            f_contiguous: layout.is_f_contiguous(),
            owndata: array.owns_data(),
            writeable: array.is_writeable(),
            aligned: array.is_aligned(),
            owner_writeable: owner.as_ref().is_none_or(|owner| owner.is_writeable()),
            locked: (!array.is_writeable()).then(|| locked(array, holders)),
            base,
            origin,
            via: via.and_then(|parent| holders.name_of(&parent)),
            buffer: buffer.id(),
            offset: layout.offset,
            sharers: holders.paths(buffer.id()),
        }
    }

    /// Why it may be written, or may not.
    pub fn why_writeable(&self) -> String {
        match (&self.locked, &self.origin) {
            (None, Origin::Owns) => "an owner may be written unless it is locked".into(),
            (None, Origin::ViewOf(owner) | Origin::Within(owner, _)) if !self.owner_writeable => {
                let owner = owner.as_deref().unwrap_or("its owner");
                format!("made before {owner} was locked: that locks no view which is there already")
            }
            (None, Origin::ViewOf(Some(owner)) | Origin::Within(Some(owner), _)) => {
                format!("inherited: {owner} may be written")
            }
            (None, Origin::Maps(file)) if file.is_shared() => {
                format!("mode {}: what is written goes into the file", file.mode)
            }
            (None, Origin::Maps(file)) => format!("mode {}: what is written stays in this process", file.mode),
            (None, _) => "inherited from the base, which may be written".into(),
            (Some(_), Origin::Maps(file)) => format!("the file is mapped with mode {}", file.mode),
            (Some(_), Origin::Borrows(class)) => format!("{} object cannot change", with_article(class)),
            (Some(Locked::Itself), Origin::Owns) => "locked by setflags or flags.writeable".into(),
            (Some(Locked::Itself), _) => "this view was made read-only; its base may be written".into(),
            (Some(Locked::Owner(Some(owner))), _) => {
                format!("inherited: {owner}, which owns #{}, is read-only", self.buffer)
            }
            (Some(Locked::Owner(None)), _) => format!("inherited: the owner of #{} is read-only", self.buffer),
            (Some(Locked::Parent(parent)), _) => format!("inherited: {parent}, which it was made from, is read-only"),
            (Some(Locked::AtBirth(expression)), _) => Locked::at_birth(expression),
            (Some(Locked::Stretched(axis)), _) => {
                format!("the elements along axis {axis} are one in memory: a broadcast view is read-only")
            }
        }
    }
}
