//! More elements, or fewer: `resize`, `append`, `insert`, `delete`, `trim_zeros`.
//!
//! An array cannot grow where it is: each of these makes a new one and copies, but `a.resize`, which exchanges the
//! memory under an array that nobody else looks at.

use super::receiver;
use super::shape::{flattened, reshape};
use super::splitting::slice_along;
use crate::array::arrange::concatenate;
use crate::array::cast::Casting;
use crate::array::index::{self, Index, Selected};
use crate::array::layout::k_order::like_with_shape;
use crate::array::layout::transpose::{moveaxis, normalize_axis_index, normalize_axis_tuple};
use crate::array::layout::{Layout, Slice, contiguous_strides};
use crate::array::select::nonzero;
use crate::array::{ArrayRef, CopyReason, Item, NdArray, Order, Rearranged, Scalar, Type, assign, copy};
use crate::error::{Result, index_error, type_error, value_error};
use crate::numpy::calls::{array_argument, elements, slice};
use crate::numpy::coercion::{array_from, array_like};
use crate::numpy::creation::{CopyMode, array};
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section, Sequence};
use crate::value::{Int, Value, array_of_item, as_bool, as_index, as_str, lengths, shape_of};
use smallvec::SmallVec;
use std::rc::Rc;

/// What `a.resize` found to be in its way (`PyArray_Resize`, shape.c).
fn resize_in_place(context: &mut Context, array: &ArrayRef, shape: &[usize], check: bool) -> Result<()> {
    array.require_unlocked()?;
    let old = array.layout().clone();
    let (c, f) = (old.is_c_contiguous(), old.is_f_contiguous());
    if !c && !f {
        return Err(value_error("resize only works on single-segment arrays"));
    }
    let order = if f && !c { Order::F } else { Order::C };
    let layout = Layout::contiguous(old.dtype.clone(), shape, order);
    if layout.nbytes() == old.nbytes() {
        let strides = contiguous_strides(shape, old.itemsize(), order);
        array.set_layout(Layout { shape: shape.into(), strides, ..old });
        return Ok(());
    }
    if !array.owns_data() {
        return Err(value_error("cannot resize this array: it does not own its data")
            .help("np.resize(a, new_shape) makes a new array"));
    }
    // one for the name, one for this call
    let holders = Rc::strong_count(array);
    if check && holders > 2 {
        let others = holders - 2;
        let plural = if others == 1 { "" } else { "s" };
        return Err(value_error(
            "cannot resize an array that references or is referenced\nby another object in this way.\nUse the np.resize \
             function to get a new resized copy or\n set refcheck=False to disable this check",
        )
        .label(format!("{others} other holder{plural}: a name, a view, a list, or _"))
        .help("np.resize(a, new_shape) makes a new array"));
    }
    let buffer = context.runtime.allocate(&layout)?;
    let old_buffer = array.buffer();
    let how = if layout.nbytes() > old.nbytes() { Rearranged::Grown } else { Rearranged::Thinned };
    context.runtime.record_copied(array, &buffer, CopyReason::Rearranged(how));
    for (to, from) in buffer.cells().iter().zip(old_buffer.cells().iter().skip(old.offset)) {
        to.set(from.get());
    }
    array.set_buffer(buffer, layout);
    Ok(())
}

fn run_resize_method(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = receiver(arguments)?;
    let shape = match arguments.rest_or_sequence("new_shape") {
        // a.resize() leaves the array as it is
        Sequence::One(Value::None) | Sequence::Several([]) => return Ok(Value::None),
        shape => shape.shape().map_err(|e| e.at_argument("new_shape"))?,
    };
    if shape.iter().any(|&length| length < 0) {
        return Err(value_error("negative dimensions not allowed").at_argument("new_shape"));
    }
    let check = as_bool(&arguments.get("refcheck"))?;
    resize_in_place(context, &array, &lengths(&shape)?, check)?;
    Ok(Value::None)
}

fn run_resize(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let new_shape = match arguments.get("new_shape") {
        shape @ (Value::Int(_) | Value::Bool(_)) => smallvec::smallvec![as_index(&shape)?],
        Value::Float(_) => return Err(type_error("'float' object is not iterable").at_argument("new_shape")),
        Value::Str(_) => {
            return Err(type_error("'<' not supported between instances of 'str' and 'int'").at_argument("new_shape"));
        }
        other => shape_of(&other).map_err(|e| e.at_argument("new_shape"))?,
    };
    let given = array_argument(context, arguments, "a")?;
    let flat = flattened(context, &given, Order::C)?;
    if new_shape.iter().any(|&length| length < 0) {
        return Err(value_error("all elements of `new_shape` must be non-negative").at_argument("new_shape"));
    }
    let wanted = lengths(&new_shape)?;
    let size = crate::array::layout::element_count(&wanted)
        .ok_or_else(|| value_error("Maximum allowed dimension exceeded").at_argument("new_shape"))?;
    if flat.size() == 0 || size == 0 {
        let layout = like_with_shape(&flat.layout(), flat.dtype(), Order::K, &wanted);
        return NdArray::allocate(&context.runtime, layout).map(Value::Array);
    }
    let copies = vec![flat.clone(); size.div_ceil(flat.size())];
    let long = concatenate(&context.runtime, &copies, Some(0), None, Casting::SameKind, None)?;
    let head = slice_along(&long.layout(), 0, Slice { start: None, stop: Some(size as isize), step: None })?;
    reshape(context, &NdArray::view(&long, head), &new_shape, Order::C, CopyMode::IfNeeded).map(Value::Array)
}

fn run_append(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let mut arr = array_argument(context, arguments, "arr")?;
    let mut values = array_argument(context, arguments, "values")?;
    let axis = match arguments.some("axis") {
        Some(axis) => as_index(axis).map_err(|e| e.at_argument("axis"))?,
        None => {
            if arr.ndim() != 1 {
                arr = flattened(context, &arr, Order::C)?;
            }
            values = flattened(context, &values, Order::C)?;
            0
        }
    };
    let before = context.runtime.copies.borrow().len();
    let grown = concatenate(&context.runtime, &[arr, values], Some(axis), None, Casting::SameKind, None)?;
    for copied in context.runtime.copies.borrow_mut().iter_mut().skip(before) {
        copied.reason = CopyReason::Rearranged(Rearranged::Grown);
    }
    Ok(Value::Array(grown))
}

/// The array and the axis that `delete` and `insert` work on; without an axis the array is flattened.
fn along(context: &mut Context, arguments: &Arguments) -> Result<(ArrayRef, usize, Order)> {
    let arr = array_argument(context, arguments, "arr")?;
    let fortran = arr.layout().is_f_contiguous() && !arr.layout().is_c_contiguous();
    let order = if fortran { Order::F } else { Order::C };
    match arguments.some("axis") {
        None => {
            let flat = if arr.ndim() == 1 { arr } else { flattened(context, &arr, Order::C)? };
            Ok((flat, 0, order))
        }
        Some(axis) => {
            let axis = as_index(axis).and_then(|axis| normalize_axis_index(axis, arr.ndim(), None));
            Ok((arr, axis.map_err(|e| e.at_argument("axis"))?, order))
        }
    }
}

/// `to[..., start:stop] = from[..., start:stop]` along one axis.
fn copy_span(
    context: &mut Context,
    to: (&ArrayRef, usize),
    from: (&ArrayRef, usize),
    axis: usize,
    length: usize,
) -> Result<()> {
    let span = |array: &ArrayRef, start: usize| -> Result<ArrayRef> {
        let slice = Slice { start: Some(start as isize), stop: Some((start + length) as isize), step: None };
        let layout = slice_along(&array.layout(), axis, slice)?;
        Ok(NdArray::view(array, layout))
    };
    assign::copy_into(&context.runtime, &span(to.0, to.1)?, &span(from.0, from.1)?, None, Casting::Unsafe)
}

fn new_like(context: &Context, array: &ArrayRef, axis: usize, length: usize, order: Order) -> Result<ArrayRef> {
    let mut shape = array.shape();
    let how = if length > shape[axis] { Rearranged::Grown } else { Rearranged::Thinned };
    shape[axis] = length;
    let new = NdArray::zeros(&context.runtime, array.dtype(), &shape, order)?;
    context.runtime.record_copy(array, &new, CopyReason::Rearranged(how));
    Ok(new)
}

/// A new array of bools, true but where `clear` says.
fn keep_mask(context: &Context, length: usize, clear: impl IntoIterator<Item = usize>) -> Result<ArrayRef> {
    let mask = NdArray::zeros(&context.runtime, Type::Bool.into(), &[length], Order::C)?;
    assign::fill_new(&context.runtime, &mask, Scalar::Bool(true))?;
    for place in clear {
        mask.write(place, &Scalar::Bool(false));
    }
    Ok(mask)
}

fn selected(context: &mut Context, array: &ArrayRef, axis: usize, item: Index) -> Result<ArrayRef> {
    let mut items: SmallVec<[Index; 4]> = (0..axis).map(|_| slice(None, None)).collect();
    items.push(item);
    Ok(match index::get(&context.runtime, array, &items)? {
        Selected::View(array) | Selected::Copy(array) => array,
        Selected::Element(offset) => element_copy(context, array, offset)?,
    })
}

/// The element at byte `offset` as an array of no axes.
fn element_copy(context: &mut Context, array: &ArrayRef, offset: usize) -> Result<ArrayRef> {
    let dtype = array.dtype();
    if dtype.is_number() {
        return NdArray::from_scalar(&context.runtime, array.read(offset));
    }
    let item = Item::read(&array.buffer_ref(), offset, &dtype);
    array_of_item(context, &item, dtype)
}

/// A place on an axis counted from the front.
fn place(wanted: &Int, axis: usize, length: usize, past_end: bool) -> Result<usize> {
    let outside = || index_error(format!("index {wanted} is out of bounds for axis {axis} with size {length}"));
    let at = wanted.to_i64().ok_or_else(outside)? as isize;
    let from_front = if at < 0 { at + length as isize } else { at };
    match usize::try_from(from_front) {
        Ok(place) if place < length || (past_end && place == length) => Ok(place),
        _ => Err(outside()),
    }
}

fn as_slice(value: &Value, length: usize) -> Result<Option<(isize, isize, isize, usize)>> {
    let Value::Slice(given) = value else { return Ok(None) };
    let bound = |value: &Value| if value.is_none() { Ok(None) } else { as_index(value).map(Some) };
    let slice = Slice { start: bound(&given.start)?, stop: bound(&given.stop)?, step: bound(&given.step)? };
    let indices = slice.indices(length)?;
    Ok(Some((indices.start, indices.stop, indices.step, indices.count)))
}

/// One int, where the value is one (also as an array of one element).
fn single(context: &mut Context, value: &Value) -> Result<Option<Int>> {
    match value {
        Value::Int(int) => Ok(Some(int.clone())),
        Value::Scalar(scalar) if scalar.ty().is_integer() => Ok(scalar.as_i128().map(Int::from)),
        Value::Bool(_) | Value::Slice(_) => Ok(None),
        other => {
            let array = array_from(context, other, None)?;
            let one = array.size() == 1 && array.dtype().ty().is_integer();
            Ok(if one { array.read(array.layout().offset).as_i128().map(Int::from) } else { None })
        }
    }
}

fn run_delete(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let (arr, axis, order) = along(context, arguments)?;
    let obj = arguments.get("obj");
    let length = arr.shape()[axis];
    if let Some((start, _, step, count)) = as_slice(&obj, length).map_err(|e| e.at_argument("obj"))? {
        if count == 0 {
            return copy::copy(&context.runtime, &arr, order).map(Value::Array);
        }
        let last = start + step * (count as isize - 1);
        let (first, last, step) = (start.min(last) as usize, start.max(last) as usize, step.unsigned_abs());
        let new = new_like(context, &arr, axis, length - count, order)?;
        copy_span(context, (&new, 0), (&arr, 0), axis, first)?;
        let after = last + 1;
        copy_span(context, (&new, after - count), (&arr, after), axis, length - after)?;
        if step > 1 {
            let mask = keep_mask(context, after - first, (0..after - first).step_by(step))?;
            let span = slice_along(
                &arr.layout(),
                axis,
                Slice { start: Some(first as isize), stop: Some(after as isize), step: None },
            )?;
            let kept = selected(context, &NdArray::view(&arr, span), axis, Index::Mask(mask))?;
            copy_span(context, (&new, first), (&kept, 0), axis, after - first - count)?;
        }
        return Ok(new.into());
    }
    if let Some(at) = single(context, &obj).map_err(|e| e.at_argument("obj"))? {
        let at = place(&at, axis, length, false).map_err(|e| e.at_argument("obj"))?;
        let new = new_like(context, &arr, axis, length - 1, order)?;
        copy_span(context, (&new, 0), (&arr, 0), axis, at)?;
        copy_span(context, (&new, at), (&arr, at + 1), axis, length - at - 1)?;
        return Ok(new.into());
    }
    let mut places = array_from(context, &obj, None).map_err(|e| e.at_argument("obj"))?;
    if places.size() == 0 && !matches!(obj, Value::Array(_)) {
        places = copy::astype(&context.runtime, &places, &Type::Int64.into(), Order::K, Casting::Unsafe, true)?;
    }
    let cleared: Vec<usize> = match places.dtype().ty() {
        Type::Bool => {
            if *places.shape() != [length] {
                return Err(value_error(format!(
                    "boolean array argument obj to delete must be one dimensional and match the axis length of {length}"
                ))
                .at_argument("obj"));
            }
            elements(&places).enumerate().filter(|(_, gone)| gone.is_true()).map(|(at, _)| at).collect()
        }
        ty if ty.is_integer() => elements(&places)
            .map(|at| {
                place(&Int::from(at.as_i128().unwrap_or(0)), axis, length, false).map_err(|_| {
                    let at = at.as_i128().unwrap_or(0);
                    index_error(format!("index {at} is out of bounds for axis 0 with size {length}"))
                })
            })
            .collect::<Result<_>>()
            .map_err(|e| e.at_argument("obj"))?,
        _ => {
            return Err(index_error("arrays used as indices must be of integer (or boolean) type").at_argument("obj"));
        }
    };
    let keep = keep_mask(context, length, cleared)?;
    selected(context, &arr, axis, Index::Mask(keep)).map(Value::Array)
}

fn run_insert(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let (arr, axis, order) = along(context, arguments)?;
    let (obj, given) = (arguments.get("obj"), arguments.get("values"));
    let length = arr.shape()[axis];
    // the places, and whether they came as a number by itself
    let (places, bare): (Vec<Int>, bool) = match as_slice(&obj, length).map_err(|e| e.at_argument("obj"))? {
        Some((start, _, step, count)) => ((0..count as isize).map(|i| Int::from(start + step * i)).collect(), false),
        None => {
            let array = array_from(context, &obj, None).map_err(|e| e.at_argument("obj"))?;
            if array.dtype().ty() == Type::Bool {
                if array.ndim() != 1 {
                    let message = "boolean array argument obj to insert must be one dimensional";
                    return Err(value_error(message).at_argument("obj"));
                }
                let hits = elements(&array).enumerate().filter(|(_, hit)| hit.is_true());
                (hits.map(|(at, _)| Int::from(at)).collect(), false)
            } else if array.ndim() > 1 {
                let message = "index array argument obj to insert must be one dimensional or scalar";
                return Err(value_error(message).at_argument("obj"));
            } else if array.size() > 0 && !array.dtype().ty().is_integer() {
                let message = "slice indices must be integers or None or have an __index__ method";
                return Err(type_error(message).at_argument("obj"));
            } else {
                let places = elements(&array).map(|at| Int::from(at.as_i128().unwrap_or(0))).collect();
                (places, array.ndim() == 0)
            }
        }
    };
    if let [at] = places.as_slice() {
        let at = place(at, axis, length, true).map_err(|_| {
            let shown = crate::value::repr(&obj, &context.print_options);
            index_error(format!("index {shown} is out of bounds for axis {axis} with size {length}")).at_argument("obj")
        })?;
        let dtype = arr.dtype();
        let mut values = array(context, &given, Some(&dtype), CopyMode::IfNeeded, Order::K, arr.ndim())
            .map_err(|e| e.at_argument("values"))?;
        if bare {
            let moved = moveaxis(&values.layout(), &[0], &[axis as isize])?;
            values = NdArray::view(&values, moved);
        }
        let added = values.shape().get(axis).copied().unwrap_or(1);
        let new = new_like(context, &arr, axis, length + added, order)?;
        copy_span(context, (&new, 0), (&arr, 0), axis, at)?;
        let target = slice_along(
            &new.layout(),
            axis,
            Slice { start: Some(at as isize), stop: Some((at + added) as isize), step: None },
        )?;
        assign::copy_into(&context.runtime, &NdArray::view(&new, target), &values, None, Casting::Unsafe)
            .map_err(|e| e.at_argument("values"))?;
        copy_span(context, (&new, at + added), (&arr, at), axis, length - at)?;
        return Ok(new.into());
    }
    let total = length + places.len();
    let mut numbered: Vec<(usize, i64)> = Vec::new();
    for (number, at) in places.iter().enumerate() {
        let at = at.to_i64().unwrap_or(i64::MAX);
        numbered.push((number, if at < 0 { at.saturating_add(length as i64) } else { at }));
    }
    numbered.sort_by_key(|&(_, at)| at);
    let mut targets = vec![0usize; places.len()];
    for (before, (number, at)) in numbered.into_iter().enumerate() {
        let at = at.saturating_add(before as i64);
        targets[number] = usize::try_from(at).ok().filter(|&at| at < total).ok_or_else(|| {
            index_error(format!("index {at} is out of bounds for axis 0 with size {total}")).at_argument("obj")
        })?;
    }
    let keep = keep_mask(context, total, targets.iter().copied())?;
    let new = new_like(context, &arr, axis, total, order)?;
    let indices = NdArray::zeros(&context.runtime, Type::Int64.into(), &[targets.len()], Order::C)?;
    for (i, &at) in targets.iter().enumerate() {
        indices.write(8 * i, &Scalar::Int64(at as i64));
    }
    let source = array_like(context, &given, &arr.dtype()).map_err(|e| e.at_argument("values"))?;
    let at = |item: Index| -> SmallVec<[Index; 4]> {
        (0..axis).map(|_| slice(None, None)).chain(std::iter::once(item)).collect()
    };
    let recording = context.runtime.ledger.is_recording();
    context.runtime.ledger.set_recording(false);
    let written = index::set(&context.runtime, &new, &at(Index::Integers(indices)), &source)
        .and_then(|()| index::set(&context.runtime, &new, &at(Index::Mask(keep)), &arr));
    context.runtime.ledger.set_recording(recording);
    written.map_err(|e| e.at_argument("values"))?;
    Ok(new.into())
}

fn run_trim_zeros(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let given = arguments.get("filt");
    let array = array_argument(context, arguments, "filt")?;
    let trim_value = arguments.get("trim");
    let trim = as_str(&trim_value, "trim")?.to_lowercase();
    if !["fb", "bf", "f", "b"].contains(&trim.as_str()) {
        return Err(value_error(format!("unexpected character(s) in `trim`: '{trim}'")).at_argument("trim"));
    }
    let ndim = array.ndim();
    let axes = match arguments.some("axis") {
        None => (0..ndim).collect(),
        Some(axis) => {
            let axes = super::axes_of(axis).map_err(|e| e.at_argument("axis"))?;
            normalize_axis_tuple(&axes, ndim, Some("axis"), false).map_err(|e| e.at_argument("axis"))?
        }
    };
    if axes.is_empty() {
        return Ok(given);
    }
    let found = nonzero(&context.runtime, &array)?;
    let mut spans: Vec<(Option<isize>, Option<isize>)> = vec![(None, None); ndim];
    for (axis, places) in found.iter().enumerate().filter(|(axis, _)| axes.contains(axis)) {
        let places: Vec<isize> = elements(places).map(|at| at.as_i128().unwrap_or(0) as isize).collect();
        let (first, last) = match (places.iter().min(), places.iter().max()) {
            (Some(&first), Some(&last)) => (first, last + 1),
            _ => (0, 0),
        };
        let nothing = places.is_empty();
        spans[axis] =
            ((trim.contains('f') || nothing).then_some(first), (trim.contains('b') || nothing).then_some(last));
    }
    let part = |span: (Option<isize>, Option<isize>)| {
        let bound = |at: Option<isize>| at.map_or(Value::None, Value::from);
        Value::Slice(Rc::new(crate::value::Slice { start: bound(span.0), stop: bound(span.1), step: Value::None }))
    };
    let item = match spans.as_slice() {
        [one] => part(*one),
        many => Value::tuple(many.iter().map(|&span| part(span))),
    };
    (context.catalog.hooks.operators.get_item)(context, &given, &item)
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.resize",
            signature: "(a, new_shape)",
            method: None,
            summary: "A new array of this shape, filled with the elements again and again.",
            memory: MemoryRule::New,
            notes: "The method a.resize changes the array itself and fills with zeros.",
            example: "\
>>> a = np.array([1, 2, 3])
>>> np.resize(a, (2, 4))
array([[1, 2, 3, 1],
       [2, 3, 1, 2]])
>>> np.shares_memory(a, np.resize(a, 3))
False
",
            see_also: &["ndarray.resize", "np.reshape", "np.tile", "np.pad"],
            run: Run::Call(run_resize),
        },
        Function {
            name: "ndarray.resize",
            signature: "(*new_shape, refcheck=True)",
            method: None,
            summary: "Gives the array itself another shape and size; new elements are zero.",
            memory: MemoryRule::InPlace,
            notes: "The memory is exchanged under the array, so nobody else may look at it: a second name, a view, a list or \
                    `_` is refused, and so is a view itself. refcheck=False skips the check: in NumPy an old view then \
                    reads freed memory; here it keeps the old memory.",
            example: "\
>>> a = np.array([1, 2, 3])
>>> a.resize(2, 3)
>>> a
array([[1, 2, 3],
       [0, 0, 0]])
>>> v = a[0]
>>> a.resize(2)
ValueError: cannot resize an array that references or is referenced
by another object in this way.
Use the np.resize function to get a new resized copy or
 set refcheck=False to disable this check
>>> v.resize(9)
ValueError: cannot resize this array: it does not own its data
",
            see_also: &["np.resize", "np.reshape"],
            run: Run::Read(Reader::Keywords, run_resize_method),
        },
        Function {
            name: "np.append",
            signature: "(arr, values, axis=None)",
            method: None,
            summary: "A new array with values after the last ones.",
            memory: MemoryRule::New,
            notes: "Not Python's list.append: every call copies the whole array. To collect results, append to a list and \
                    make the array once.",
            example: "\
>>> a = np.array([1, 2])
>>> np.append(a, [3, 4])
array([1, 2, 3, 4])
>>> a
array([1, 2])
>>> np.append([[1, 2]], [[3, 4]], axis=0)
array([[1, 2],
       [3, 4]])
>>> np.shares_memory(a, np.append(a, 3))
False
",
            see_also: &["np.concatenate", "np.insert", "np.resize"],
            run: Run::Call(run_append),
        },
        Function {
            name: "np.insert",
            signature: "(arr, obj, values, axis=None)",
            method: None,
            summary: "A new array with values inserted before the given places.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> a = np.array([[1, 2], [3, 4]])
>>> np.insert(a, 1, 9)
array([1, 9, 2, 3, 4])
>>> np.insert(a, 1, [8, 9], axis=1)
array([[1, 8, 2],
       [3, 9, 4]])
>>> np.shares_memory(a, np.insert(a, 0, 9))
False
",
            see_also: &["np.append", "np.delete", "np.concatenate"],
            run: Run::Call(run_insert),
        },
        Function {
            name: "np.delete",
            signature: "(arr, obj, axis=None)",
            method: None,
            summary: "A new array without the items at these places.",
            memory: MemoryRule::New,
            notes: "Frees nothing of the old array, which stays as it is.",
            example: "\
>>> a = np.arange(6).reshape(2, 3)
>>> np.delete(a, 1, axis=1)
array([[0, 2],
       [3, 5]])
>>> np.delete(a, [0, 5])
array([1, 2, 3, 4])
>>> np.shares_memory(a, np.delete(a, 0))
False
",
            see_also: &["np.insert", "np.append"],
            run: Run::Call(run_delete),
        },
        Function {
            name: "np.trim_zeros",
            signature: "(filt, trim='fb', axis=None)",
            method: None,
            summary: "Without the zeros at the front ('f') and at the back ('b').",
            memory: MemoryRule::View,
            notes: "A slice: of an array a view, of a list a list.",
            example: "\
>>> a = np.array([0, 1, 0, 2, 0])
>>> t = np.trim_zeros(a)
>>> t
array([1, 0, 2])
>>> np.shares_memory(a, t)
True
>>> np.trim_zeros([0, 1, 0], 'f')
[1, 0]
",
            see_also: &["np.nonzero"],
            run: Run::Call(run_trim_zeros),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
