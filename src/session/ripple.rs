//! Who else sees a write: the names whose visible cells a statement changed.

use crate::array::Write;
use crate::array::layout::{Touched, cells_touched};
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
    /// Each name that sees written cells, and which: `a` and `a[0:3]`, `all of a`, `part of a`.
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
                let seen = array.layout();
                let touched = match cells_touched(&seen, &write.layout) {
                    // which of the layout's cells were written is not known
                    Touched::Boxes(_) | Touched::All if !write.is_whole() => Touched::Part,
                    known => known,
                };
                if let Some(cells) = touched.text(name, &seen.shape) {
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
