//! Who keeps a buffer alive: every way from a name to an array over it.

use crate::array::NdArray;
use crate::eval::Workspace;
use crate::memory::BufferId;
use crate::value::Value;
use std::rc::Rc;

/// One way to a buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// How one reaches it: `a`, `things[0]`, `d['x']`.
    pub path: String,
    /// Whether the array there is a view of the buffer, and not its owner.
    pub is_view: bool,
}

/// Containers are followed this deep.
const MAX_DEPTH: usize = 8;

/// Every way from a name of the workspace to an array over buffer `id`, in the order of the names.
pub fn holders_of(id: BufferId, workspace: &Workspace) -> Vec<Holder> {
    let mut found = Vec::new();
    for (name, value) in workspace.entries() {
        follow(name.to_string(), value, id, 0, &mut found);
    }
    found
}

fn follow(path: String, value: &Value, id: BufferId, depth: usize, found: &mut Vec<Holder>) {
    let uses = |array: &Rc<NdArray>| array.buffer_ref().id() == id;
    match value {
        Value::Array(array) => {
            if uses(array) {
                found.push(Holder { path, is_view: !array.owns_data() });
            }
        }
        _ if depth >= MAX_DEPTH => {}
        Value::Tuple(items) => {
            items.iter().enumerate().for_each(|(i, v)| follow(format!("{path}[{i}]"), v, id, depth + 1, found));
        }
        Value::List(list) => {
            let items = list.to_vec();
            items.iter().enumerate().for_each(|(i, v)| follow(format!("{path}[{i}]"), v, id, depth + 1, found));
        }
        Value::Dict(dict) => {
            for (key, value) in dict.entries() {
                let key = crate::value::repr(&key, &Default::default());
                follow(format!("{path}[{key}]"), &value, id, depth + 1, found);
            }
        }
        other => {
            if other.held_arrays().iter().any(uses) {
                found.push(Holder { path, is_view: true });
            }
        }
    }
}

/// Every buffer that a name of the workspace keeps alive, once, by an array over it; in the order of their numbers.
pub fn buffers(workspace: &Workspace) -> Vec<Rc<NdArray>> {
    fn gather(value: &Value, depth: usize, found: &mut Vec<Rc<NdArray>>) {
        let mut add = |array: &Rc<NdArray>| {
            let id = array.buffer_ref().id();
            if !found.iter().any(|known| known.buffer_ref().id() == id) {
                found.push(Rc::clone(array));
            }
        };
        match value {
            Value::Array(array) => add(array),
            _ if depth >= MAX_DEPTH => {}
            Value::Tuple(items) => items.iter().for_each(|v| gather(v, depth + 1, found)),
            Value::List(list) => list.to_vec().iter().for_each(|v| gather(v, depth + 1, found)),
            Value::Dict(dict) => dict.entries().iter().for_each(|(_, v)| gather(v, depth + 1, found)),
            other => other.held_arrays().iter().for_each(add),
        }
    }
    let mut found = Vec::new();
    workspace.entries().iter().for_each(|(_, value)| gather(value, 0, &mut found));
    found.sort_by_key(|array| array.buffer_ref().id());
    found
}
