//! One array as several: `split` and its kin. Always views, however many.

use crate::array::layout::transpose::normalize_axis_index;
use crate::array::layout::{BasicIndex, Slice, basic_index};
use crate::array::{ArrayRef, Layout, NdArray};
use crate::error::{Result, attribute_error, index_error, value_error};
use crate::numpy::coercion::array_from;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Value, as_index, iterate};

/// The layout of `a[..., start:stop, ...]` along one axis.
pub fn slice_along(layout: &Layout, axis: usize, slice: Slice) -> Result<Layout> {
    let all = BasicIndex::Slice(Slice { start: None, stop: None, step: None });
    let mut items = vec![all; axis];
    items.push(BasicIndex::Slice(slice));
    basic_index(layout, &items)
}

/// Where the parts end: so many parts of (nearly) equal length, or the places of the cuts.
fn cuts(sections: &Value, length: usize, equal: bool) -> Result<Vec<(isize, isize)>> {
    let list: Option<Vec<isize>> = match sections {
        Value::List(_) | Value::Tuple(_) | Value::Range(_) => {
            Some(iterate(sections)?.map(|item| as_index(&item?)).collect::<Result<_>>()?)
        }
        Value::Array(array) if array.ndim() > 0 => {
            Some(iterate(sections)?.map(|item| as_index(&item?)).collect::<Result<_>>()?)
        }
        _ => None,
    };
    if let Some(places) = list {
        let starts = std::iter::once(0).chain(places.iter().copied());
        let stops = places.iter().copied().chain(std::iter::once(length as isize));
        return Ok(starts.zip(stops).collect());
    }
    let count = match sections {
        Value::Float(count) => *count as isize,
        other => as_index(other)?,
    };
    let Some(count) = usize::try_from(count).ok().filter(|&count| count > 0) else {
        return Err(value_error("number sections must be larger than 0."));
    };
    let uneven = match sections {
        Value::Float(exact) => length as f64 % exact != 0.0,
        _ => !length.is_multiple_of(count),
    };
    if equal && uneven {
        return Err(value_error("array split does not result in an equal division")
            .label(format!("{length} items do not divide into {count} parts")));
    }
    let (each, extra) = (length / count, length % count);
    let mut start = 0;
    Ok((0..count)
        .map(|part| {
            let stop = start + each + usize::from(part < extra);
            let span = (start as isize, stop as isize);
            start = stop;
            span
        })
        .collect())
}

fn split(array: &ArrayRef, sections: &Value, axis: isize, equal: bool) -> Result<Value> {
    let Ok(axis) = normalize_axis_index(axis, array.ndim(), None) else {
        return Err(index_error("tuple index out of range").at_argument("axis"));
    };
    let length = array.shape()[axis];
    let spans = cuts(sections, length, equal).map_err(|e| e.at_argument("indices_or_sections"))?;
    let mut parts = Vec::with_capacity(spans.len());
    for (start, stop) in spans {
        let layout = slice_along(&array.layout(), axis, Slice { start: Some(start), stop: Some(stop), step: None })?;
        parts.push(NdArray::view(array, layout).into());
    }
    Ok(Value::list(parts))
}

fn run_split(context: &mut Context, arguments: &mut Arguments, equal: bool) -> Result<Value> {
    let value = arguments.get("ary");
    let array = match &value {
        Value::Array(array) => array.clone(),
        // np.split reads .shape where the number of parts is checked
        other if equal && !matches!(arguments.get("indices_or_sections"), Value::List(_) | Value::Tuple(_)) => {
            let message = format!("'{}' object has no attribute 'shape'", other.type_name());
            return Err(attribute_error(message).at_argument("ary"));
        }
        other => array_from(context, other, None).map_err(|e| e.at_argument("ary"))?,
    };
    let axis = as_index(&arguments.get("axis")).map_err(|e| e.at_argument("axis"))?;
    split(&array, &arguments.get("indices_or_sections"), axis, equal)
}

/// `hsplit`, `vsplit`, `dsplit`.
fn split_at(context: &mut Context, arguments: &mut Arguments, name: &str, least: usize, axis: isize) -> Result<Value> {
    let array = array_from(context, &arguments.get("ary"), None).map_err(|e| e.at_argument("ary"))?;
    if array.ndim() < least {
        let message = format!("{name} only works on arrays of {least} or more dimensions");
        return Err(value_error(message).at_argument("ary"));
    }
    let axis = if least == 1 && array.ndim() == 1 { 0 } else { axis };
    split(&array, &arguments.get("indices_or_sections"), axis, true)
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.split",
            signature: "(ary, indices_or_sections, axis=0)",
            method: None,
            summary: "A list of views of the parts: so many equal ones, or cut at these places.",
            memory: MemoryRule::View,
            notes: "Nothing is copied; each part keeps the whole array alive.",
            example: "\
>>> a = np.arange(6)
>>> np.split(a, 3)
[array([0, 1]), array([2, 3]), array([4, 5])]
>>> np.split(a, [1, 4])
[array([0]), array([1, 2, 3]), array([4, 5])]
>>> np.shares_memory(a, np.split(a, 2)[1])
True
>>> np.split(a, 4)
ValueError: array split does not result in an equal division
",
            see_also: &["np.array_split", "np.hsplit", "np.vsplit", "np.concatenate"],
            run: Run::Call(|context, arguments| run_split(context, arguments, true)),
        },
        Function {
            name: "np.array_split",
            signature: "(ary, indices_or_sections, axis=0)",
            method: None,
            summary: "As np.split, but the parts may differ in length by one.",
            memory: MemoryRule::View,
            notes: "",
            example: "\
>>> a = np.arange(7)
>>> np.array_split(a, 3)
[array([0, 1, 2]), array([3, 4]), array([5, 6])]
>>> np.shares_memory(a, np.array_split(a, 3)[0])
True
",
            see_also: &["np.split"],
            run: Run::Call(|context, arguments| run_split(context, arguments, false)),
        },
        Function {
            name: "np.hsplit",
            signature: "(ary, indices_or_sections)",
            method: None,
            summary: "Split along axis 1; along axis 0 where there is only that.",
            memory: MemoryRule::View,
            notes: "",
            example: "\
>>> a = np.arange(8).reshape(2, 4)
>>> np.hsplit(a, 2)
[array([[0, 1],
       [4, 5]]), array([[2, 3],
       [6, 7]])]
>>> np.shares_memory(a, np.hsplit(a, 2)[0])
True
",
            see_also: &["np.split", "np.vsplit", "np.hstack"],
            run: Run::Call(|context, arguments| split_at(context, arguments, "hsplit", 1, 1)),
        },
        Function {
            name: "np.vsplit",
            signature: "(ary, indices_or_sections)",
            method: None,
            summary: "Split along axis 0.",
            memory: MemoryRule::View,
            notes: "",
            example: "\
>>> a = np.arange(8).reshape(4, 2)
>>> np.vsplit(a, 2)
[array([[0, 1],
       [2, 3]]), array([[4, 5],
       [6, 7]])]
>>> np.shares_memory(a, np.vsplit(a, 2)[0])
True
",
            see_also: &["np.split", "np.hsplit", "np.vstack"],
            run: Run::Call(|context, arguments| split_at(context, arguments, "vsplit", 2, 0)),
        },
        Function {
            name: "np.dsplit",
            signature: "(ary, indices_or_sections)",
            method: None,
            summary: "Split along axis 2.",
            memory: MemoryRule::View,
            notes: "",
            example: "\
>>> a = np.arange(8).reshape(2, 2, 2)
>>> np.dsplit(a, 2)[0].shape
(2, 2, 1)
>>> np.shares_memory(a, np.dsplit(a, 2)[0])
True
",
            see_also: &["np.split", "np.dstack"],
            run: Run::Call(|context, arguments| split_at(context, arguments, "dsplit", 3, 2)),
        },
        Function {
            name: "np.unstack",
            signature: "(x, /, *, axis=0)",
            method: None,
            summary: "A tuple of views of the slices along an axis: what np.stack would join again.",
            memory: MemoryRule::View,
            notes: "",
            example: "\
>>> a = np.arange(4).reshape(2, 2)
>>> np.unstack(a)
(array([0, 1]), array([2, 3]))
>>> np.shares_memory(a, np.unstack(a, axis=1)[0])
True
",
            see_also: &["np.stack", "np.split"],
            run: Run::Call(|_, arguments| {
                let value = arguments.get("x");
                let Value::Array(array) = &value else {
                    let message = format!("'{}' object has no attribute 'ndim'", value.type_name());
                    return Err(attribute_error(message).at_argument("x"));
                };
                if array.ndim() == 0 {
                    return Err(value_error("Input array must be at least 1-d.").at_argument("x"));
                }
                let axis = as_index(&arguments.get("axis")).map_err(|e| e.at_argument("axis"))?;
                let moved = crate::array::layout::transpose::moveaxis(&array.layout(), &[axis], &[0])?;
                let moved = NdArray::view(array, moved);
                let items: Vec<Value> = iterate(&moved.into())?.collect::<Result<_>>()?;
                Ok(Value::tuple(items))
            }),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
