//! A step as one JSON object: what `ndsh run --json` prints.

use crate::session::{ArrayFacts, Step};
use serde_json::{Value, json as object};

/// The object for one step.
pub fn json(step: &Step) -> Value {
    let arrays: Vec<Value> = step.arrays.iter().chain(&step.written).chain(&step.value_array).map(array).collect();
    object!({
        "line": step.line,
        "source": step.source,
        "stdout": step.stdout,
        "value": step.value.as_ref().map(|value| &value.repr),
        "error": step.failure.as_ref().map(|failure| object!({"type": failure.class, "message": failure.message})),
        "arrays": arrays,
        "memory": {
            "allocated": step.memory.allocated,
            "freed": step.memory.freed,
            "live": step.memory.live,
            "peak": step.memory.peak,
        },
    })
}

fn array(facts: &ArrayFacts) -> Value {
    object!({
        "name": facts.name,
        "id": facts.id,
        "dtype": facts.dtype.to_string(),
        "shape": facts.shape,
        "strides": facts.strides,
        "itemsize": facts.itemsize,
        "size": facts.size,
        "ndim": facts.ndim,
        "nbytes": facts.nbytes,
        "flags": {
            "C_CONTIGUOUS": facts.c_contiguous,
            "F_CONTIGUOUS": facts.f_contiguous,
            "OWNDATA": facts.owndata,
            "WRITEABLE": facts.writeable,
            "ALIGNED": facts.aligned,
            "WRITEBACKIFCOPY": false,
        },
        "base": facts.base,
        "buffer": facts.buffer,
        "offset": facts.offset,
    })
}
