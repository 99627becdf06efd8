//! Who else sees a write: the names whose visible cells a statement changed.

use crate::array::{Layout, Write};
use crate::eval::Workspace;
use crate::memory::BufferId;
use crate::value::Value;

/// One buffer that was written, and the names that see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ripple {
    /// The buffer.
    pub buffer: BufferId,
    /// The bytes that were written, at most.
    pub bytes: usize,
    /// Each name that sees written cells, and which.
    pub names: Vec<(String, String)>,
}

/// The ripples of these writes among the names of the workspace.
pub(super) fn of(writes: &[Write], workspace: &Workspace) -> Vec<Ripple> {
    let mut ripples: Vec<Ripple> = Vec::new();
    for write in writes {
        let mut names = Vec::new();
        for (name, value) in workspace.entries() {
            let Value::Array(array) = value else { continue };
            if array.buffer_ref().id() == write.buffer {
                if let Some(cells) = cells(&array.layout(), &write.layout) {
                    names.push((name.to_string(), cells));
                }
            }
        }
        match ripples.iter_mut().find(|ripple| ripple.buffer == write.buffer) {
            Some(ripple) => {
                ripple.bytes = ripple.bytes.max(write.bytes());
                for (name, cells) in names {
                    if !ripple.names.iter().any(|(known, _)| *known == name) {
                        ripple.names.push((name, cells));
                    }
                }
            }
            None => ripples.push(Ripple { buffer: write.buffer, bytes: write.bytes(), names }),
        }
    }
    ripples
}

/// Which cells of `seen` the write touched; nothing where it touched none.
fn cells(seen: &Layout, written: &Layout) -> Option<String> {
    let (low, high) = seen.byte_range()?;
    let (first, last) = written.byte_range()?;
    (low < last && first < high && seen.size() > 0 && written.size() > 0).then(String::new)
}
