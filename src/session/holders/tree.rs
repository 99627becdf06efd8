//! Who keeps one buffer alive, as a tree: the owner, below each array the views that were made from it.

use super::{HoldAt, Holders, ObjectAt, Step};
use crate::array::ArrayRef;
use crate::array::layout::sizes::Sizes;
use crate::memory::{BufferId, MappedFile};
use crate::value::Value;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// One buffer and all that holds it.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The buffer.
    pub buffer: BufferId,
    /// Its bytes.
    pub bytes: usize,
    /// The class of the object whose bytes they are, where they are not the ledger's.
    pub borrowed: Option<&'static str>,
    /// The file that the buffer is a part of.
    pub file: Option<MappedFile>,
    /// The arrays over it, each before those that were made from it.
    pub branches: Vec<Branch>,
    /// The places of those that were made from none of the others.
    pub roots: Vec<usize>,
}

/// One array of a tree.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Branch {
    /// Every reference to it, but as a base; none where only its views keep it.
    pub handles: Vec<Handle>,
    pub owns: bool,
    pub dtype: String,
    pub shape: Vec<usize>,
    pub sizes: Sizes,
    /// The places in the tree of the views that were made from it.
    pub children: Vec<usize>,
}

/// One reference to an array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handle {
    /// How one writes it.
    pub path: String,
    /// The class of the object that holds the array, where no expression leads on from there.
    pub through: Option<&'static str>,
    /// The class and the length of the container that the item is of.
    pub container: Option<(&'static str, usize)>,
}

impl Holders {
    /// The buffers that `value` uses or leads to, in the order in which they are met.
    pub fn buffers_below(&self, value: &Value) -> Vec<BufferId> {
        let mut found = Vec::new();
        let mut seen = vec![false; self.objects.len()];
        let mut queue: Vec<ObjectAt> = self.object_of(value).into_iter().collect();
        let mut next = 0;
        while let Some(&at) = queue.get(next) {
            next += 1;
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            let object = &self.objects[at];
            found.extend(object.array().map(|array| array.buffer_ref().id()));
            queue.extend(object.out.iter().map(|hold| self.holds[*hold].to));
        }
        let mut known = rustc_hash::FxHashSet::default();
        found.retain(|id| known.insert(*id));
        found
    }

    /// The tree of buffer `id`; `None` where nothing holds it.
    pub fn tree(&self, id: BufferId) -> Option<Tree> {
        let objects = self.by_buffer.get(&id)?;
        let arrays: Vec<&ArrayRef> = objects.iter().filter_map(|at| self.objects[*at].array()).collect();
        let places: FxHashMap<*const _, usize> = arrays.iter().enumerate().map(|(n, a)| (Rc::as_ptr(a), n)).collect();
        let buffer = arrays.first()?.buffer();
        let mut branches: Vec<Branch> =
            objects.iter().zip(&arrays).map(|(object, array)| self.branch(*object, array)).collect();
        let mut roots = Vec::new();
        for (n, array) in arrays.iter().enumerate() {
            let place = |from: Option<ArrayRef>| from.and_then(|from| places.get(&Rc::as_ptr(&from)).copied());
            match place(array.parent())
                .or_else(|| place(array.base_array()))
                .or_else(|| place(super::array_behind(array)))
            {
                Some(from) if from != n => branches[from].children.push(n),
                _ => roots.push(n),
            }
        }
        let borrowed = buffer.is_borrowed().then(|| {
            let base = arrays.iter().find_map(|array| match array.base() {
                Some(crate::array::Base::Object(base)) => base.downcast_ref::<Value>().map(Value::type_name),
                _ => None,
            });
            base.unwrap_or("bytes")
        });
        let file = buffer.mapped_file().cloned();
        Some(Tree { buffer: id, bytes: buffer.len(), borrowed, file, branches, roots })
    }

    fn branch(&self, at: ObjectAt, array: &ArrayRef) -> Branch {
        let mut handles: Vec<Handle> = Vec::new();
        for &hold in &self.objects[at].into {
            handles.extend(self.handle(hold).filter(|handle| !handles.contains(handle)));
        }
        let layout = array.layout();
        Branch {
            handles,
            owns: array.owns_data(),
            dtype: layout.dtype.to_string(),
            shape: layout.shape.to_vec(),
            sizes: array.sizes(),
            children: Vec::new(),
        }
    }

    fn handle(&self, hold: HoldAt) -> Option<Handle> {
        if matches!(self.holds[hold].step, Step::Base) {
            return None;
        }
        let path = self.path(hold)?;
        let container = match self.holds[hold].from {
            super::From::Object(from) if path.through.is_none() => match &self.objects[from].value {
                Value::List(list) => Some(("list", list.items().len())),
                Value::Tuple(items) => Some(("tuple", items.len())),
                Value::Dict(dict) => Some(("dict", dict.len())),
                _ => None,
            },
            _ => None,
        };
        Some(Handle { path: path.text, through: path.through, container })
    }

    /// How one writes this very array otherwise than by this reference.
    pub fn aliases(&self, array: &ArrayRef, than: Option<HoldAt>) -> Vec<String> {
        let Some(at) = self.object_of(&Value::Array(Rc::clone(array))) else { return Vec::new() };
        let others = self.objects[at].into.iter().filter(|hold| Some(**hold) != than);
        let paths = others.filter_map(|hold| self.path(*hold)).filter(|path| path.through.is_none());
        paths.map(|path| path.text).collect()
    }
}
