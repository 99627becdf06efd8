//! The workspace by its buffers: each once, with its owner and its holders.

use super::holders::{Holders, Paths};
use crate::array::NdArray;
use crate::memory::{BufferId, MappedFile};
use std::rc::Rc;

/// One buffer that the workspace keeps alive.
#[derive(Clone, Debug)]
pub struct BufferUse {
    /// Its number.
    pub id: BufferId,
    /// Its bytes.
    pub bytes: usize,
    /// Where its first byte stands in the host's memory: for those who ask what is resident, never shown.
    pub address: usize,
    /// Whether its bytes are another object's, so that they do not count as live.
    pub is_borrowed: bool,
    /// The file that they are a part of.
    pub file: Option<MappedFile>,
    /// How one writes the array that owns it, where one can.
    pub owner: Option<String>,
    /// The owner's dtype.
    pub dtype: String,
    /// The owner's shape.
    pub shape: Vec<usize>,
    /// The ways from names to arrays over it.
    pub held_by: Paths,
}

/// Every buffer that is held, the largest first.
pub fn buffer_uses(holders: &Holders) -> Vec<BufferUse> {
    let uses = holders.buffers().into_iter().map(|array| {
        let (buffer, owner) = (array.buffer(), NdArray::owner(&array));
        // an owner that was resized under its views has another buffer now
        let owner = if Rc::ptr_eq(&owner.buffer_ref(), &buffer) { owner } else { array };
        let layout = owner.layout();
        BufferUse {
            id: buffer.id(),
            bytes: buffer.len(),
            address: buffer.address(),
            is_borrowed: !buffer.is_counted(),
            file: buffer.mapped_file().cloned(),
            owner: holders.name_of(&owner).filter(|_| owner.owns_data()),
            dtype: layout.dtype.to_string(),
            shape: layout.shape.to_vec(),
            held_by: holders.paths(buffer.id()),
        }
    });
    let mut uses: Vec<BufferUse> = uses.collect();
    uses.sort_by_key(|used| (std::cmp::Reverse(used.bytes), used.id));
    uses
}
