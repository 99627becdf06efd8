//! Which name is bound to which array, which array has which base, and which buffer each uses.

use super::reach;
use crate::array::{ArrayRef, Base, DType, NdArray, ObjectId};
use crate::eval::Workspace;
use crate::memory::BufferId;
use crate::value::Value;
use rustc_hash::{FxHashMap, FxHashSet};

/// Names, arrays and buffers, each once.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// Each name with the place of its array in `arrays`.
    pub names: Vec<(String, usize)>,
    /// The arrays.
    pub arrays: Vec<ArrayNode>,
    /// The buffers.
    pub buffers: Vec<BufferNode>,
}

/// An array of the graph.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct ArrayNode {
    pub dtype: DType,
    pub shape: Vec<usize>,
    /// In bytes.
    pub strides: Vec<isize>,
    /// In bytes.
    pub offset: usize,
    /// Whether the buffer was allocated for it.
    pub owns: bool,
    /// The place of its base in the list of arrays, where that is an array.
    pub base: Option<usize>,
    /// The class of its base, where that is another object.
    pub object: Option<String>,
    pub buffer: BufferId,
}

/// A buffer of the graph.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct BufferNode {
    pub id: BufferId,
    pub bytes: usize,
    pub is_planned: bool,
}

impl Graph {
    /// The graph of these arrays and their bases.
    pub fn of(arrays: &[(String, ArrayRef)]) -> Graph {
        let mut graph = Graph::default();
        let mut known = FxHashMap::default();
        for (name, array) in arrays {
            let place = graph.add(array, &mut known);
            graph.names.push((name.clone(), place));
        }
        let mut ids = FxHashSet::default();
        graph.buffers.retain(|buffer| ids.insert(buffer.id));
        graph
    }

    /// The place of an array, which is added with its bases where it is new.
    fn add(&mut self, array: &ArrayRef, known: &mut FxHashMap<ObjectId, usize>) -> usize {
        if let Some(&place) = known.get(&array.id()) {
            return place;
        }
        let place = self.arrays.len();
        known.insert(array.id(), place);
        self.arrays.push(node(array));
        let buffer = array.buffer();
        self.buffers.push(BufferNode { id: buffer.id(), bytes: buffer.len(), is_planned: buffer.is_planned() });
        match array.base() {
            // chains of bases are one long
            Some(Base::Array(base)) => {
                let base = self.add(&base, known);
                self.arrays[place].base = Some(base);
            }
            Some(Base::Object(object)) => {
                let class = object.downcast_ref::<Value>().map_or("buffer", |value| value.type_name());
                self.arrays[place].object = Some(class.to_string());
            }
            None => {}
        }
        place
    }
}

fn node(array: &NdArray) -> ArrayNode {
    let layout = array.layout();
    ArrayNode {
        dtype: layout.dtype.clone(),
        shape: layout.shape.to_vec(),
        strides: layout.strides.to_vec(),
        offset: layout.offset,
        owns: array.owns_data(),
        base: None,
        object: None,
        buffer: array.buffer_ref().id(),
    }
}

/// Every array that the names lead to, also through lists, tuples and dicts, in the order of the names; each way once.
pub fn named_arrays(workspace: &Workspace) -> Vec<(String, ArrayRef)> {
    let reached = reach::arrays(workspace.entries(), |_| true).into_iter().filter(|reached| reached.is_value);
    reached.map(|reached| (reached.path, reached.array)).collect()
}
