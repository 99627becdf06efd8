//! `np.lib.recfunctions`: arrays of structures as plain arrays and back, and their fields without gaps or renamed.

use super::calls::array_argument;
use super::coercion::array_from;
use super::dtypes::{as_casting, as_dtype};
use crate::array::assign::copy_into;
use crate::array::cast::{promote_dtypes, require_cast};
use crate::array::compound::{Compound, Field, Struct};
use crate::array::layout::{Layout, field_layout};
use crate::array::{ArrayRef, CopyReason, DType, NdArray, Order, copy};
use crate::error::{Result, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Value, as_bool, as_str, iterate};

/// The plain values in an element: the dtype and the offset of each, those of structures and arrays inside one by one.
fn values_in(dtype: &DType, offset: usize, found: &mut Vec<(DType, usize)>) {
    match dtype.compound() {
        Some(Compound::Struct(whole)) => {
            whole.fields.iter().for_each(|field| values_in(&field.dtype, offset + field.offset, found));
        }
        Some(Compound::Array(base, shape)) => {
            let count: usize = shape.iter().product();
            (0..count).for_each(|number| values_in(base, offset + number * base.itemsize(), found));
        }
        Some(Compound::Time { .. }) | None => found.push((dtype.clone(), offset)),
    }
}

fn values_of(dtype: &DType) -> Vec<(DType, usize)> {
    let mut found = Vec::new();
    values_in(dtype, 0, &mut found);
    found
}

/// Why the one was copied: its elements are of another dtype.
fn cast_of(from: &NdArray, to: &NdArray) -> CopyReason {
    CopyReason::Cast { from: from.dtype(), to: to.dtype() }
}

/// The layout of value number `n` of every element.
fn column(layout: &Layout, (dtype, offset): &(DType, usize)) -> Layout {
    Layout { dtype: dtype.clone(), offset: layout.offset.wrapping_add(*offset), ..layout.clone() }
}

/// The distance between values of one dtype that stand evenly spaced in an element; nothing where they do not.
fn even_step(values: &[(DType, usize)]) -> Option<isize> {
    let (first, start) = values.first()?;
    if values.iter().any(|(dtype, _)| dtype != first) {
        return None;
    }
    let step = values.get(1).map_or(first.itemsize() as isize, |(_, next)| *next as isize - *start as isize);
    let is_even = values.windows(2).all(|pair| pair[1].1 as isize - pair[0].1 as isize == step);
    is_even.then_some(step)
}

fn structured_to_unstructured(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = array_argument(context, arguments, "arr")?;
    let layout = array.layout().clone();
    if layout.dtype.structure().is_none() {
        return Err(value_error("arr must be a structured array").at_argument("arr"));
    }
    let values = values_of(&layout.dtype);
    let wanted = match arguments.some("dtype").cloned() {
        Some(dtype) => as_dtype(context, &dtype).map_err(|e| e.at_argument("dtype"))?,
        None => {
            let (first, _) = values.first().ok_or_else(|| value_error("arr has no fields. Unable to guess dtype"))?;
            values.iter().try_fold(first.native(), |whole, (dtype, _)| promote_dtypes(&whole, dtype))?
        }
    };
    let casting = as_casting(&arguments.get("casting"))?;
    if let (Some(step), false) = (even_step(&values), as_bool(&arguments.get("copy"))?)
        && values.iter().all(|(dtype, _)| *dtype == wanted)
    {
        let mut view = column(&layout, &values[0]);
        view.shape.push(values.len());
        view.strides.push(step);
        return Ok(Value::Array(NdArray::view(&array, view)));
    }
    let mut shape = layout.shape.clone();
    shape.push(values.len());
    let result = NdArray::zeros(&context.runtime, wanted.clone(), &shape, Order::C)?;
    context.runtime.record_copy(&array, &result, cast_of(&array, &result));
    for (number, value) in values.iter().enumerate() {
        require_cast(&value.0, &wanted, casting, false)?;
        let mut target = result.layout().clone();
        target.shape.pop();
        let step = target.strides.pop().unwrap_or(0);
        target.offset = target.offset.wrapping_add_signed(step.wrapping_mul(number as isize));
        let (to, from) = (NdArray::view(&result, target), NdArray::view(&array, column(&layout, value)));
        copy_into(&context.runtime, &to, &from, None, casting)?;
    }
    Ok(Value::Array(result))
}

fn names_argument(arguments: &Arguments) -> Result<Vec<String>> {
    let Some(names) = arguments.some("names") else { return Ok(Vec::new()) };
    iterate(names)?.map(|name| Ok(as_str(&name?, "names")?.to_string())).collect()
}

fn unstructured_to_structured(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = array_argument(context, arguments, "arr")?;
    let layout = array.layout().clone();
    let Some(&count) = layout.shape.last() else {
        return Err(value_error("arr must have at least one dimension").at_argument("arr"));
    };
    let align = as_bool(&arguments.get("align"))?;
    let dtype = match arguments.some("dtype").cloned() {
        Some(dtype) => as_dtype(context, &dtype).map_err(|e| e.at_argument("dtype"))?,
        None => {
            let mut names = names_argument(arguments)?.into_iter();
            let fields =
                (0..count).map(|n| (names.next().unwrap_or_else(|| format!("f{n}")), None, layout.dtype.clone()));
            DType::of_parts(Compound::Struct(Struct::packed(fields, align)))
        }
    };
    let values = values_of(&dtype);
    if values.len() != count {
        let message = "The length of the last dimension of arr must be equal to the number of fields in dtype";
        return Err(value_error(message).at_argument("dtype"));
    }
    let casting = as_casting(&arguments.get("casting"))?;
    let (mut shape, mut strides) = (layout.shape.clone(), layout.strides.clone());
    shape.pop();
    let step = strides.pop().unwrap_or(0);
    let lies_so = even_step(&values) == Some(step)
        && values.iter().all(|(dtype, _)| *dtype == layout.dtype)
        && dtype.itemsize() == count * layout.itemsize();
    if lies_so && !as_bool(&arguments.get("copy"))? {
        return Ok(Value::Array(NdArray::view(&array, Layout { dtype, shape, strides, offset: layout.offset })));
    }
    let result = NdArray::zeros(&context.runtime, dtype, &shape, Order::C)?;
    context.runtime.record_copy(&array, &result, cast_of(&array, &result));
    for (number, value) in values.iter().enumerate() {
        require_cast(&layout.dtype, &value.0, casting, false)?;
        let offset = layout.offset.wrapping_add_signed(step.wrapping_mul(number as isize));
        let from = Layout { dtype: layout.dtype.clone(), shape: shape.clone(), strides: strides.clone(), offset };
        let (to, from) = (NdArray::view(&result, column(&result.layout(), value)), NdArray::view(&array, from));
        copy_into(&context.runtime, &to, &from, None, casting)?;
    }
    Ok(Value::Array(result))
}

/// The dtype with its fields side by side, or where C would place them.
fn repacked(dtype: &DType, align: bool, recurse: bool) -> DType {
    let Some(whole) = dtype.structure() else { return dtype.clone() };
    let fields = whole.fields.iter().map(|field| {
        let inner = if recurse { repacked(&field.dtype, align, true) } else { field.dtype.clone() };
        (field.name().to_string(), field.title.clone(), inner)
    });
    DType::of_parts(Compound::Struct(Struct::packed(fields, align)))
}

fn repack_fields(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let (align, recurse) = (as_bool(&arguments.get("align"))?, as_bool(&arguments.get("recurse"))?);
    match arguments.get("a") {
        Value::DType(dtype) => Ok(Value::dtype(repacked(&dtype, align, recurse))),
        other => {
            let array = array_from(context, &other, None).map_err(|e| e.at_argument("a"))?;
            let dtype = repacked(&array.dtype(), align, recurse);
            let unsafely = crate::array::cast::Casting::Unsafe;
            copy::astype(&context.runtime, &array, &dtype, Order::K, unsafely, false).map(Value::Array)
        }
    }
}

fn rename_fields(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array: ArrayRef = array_argument(context, arguments, "base")?;
    let Value::Dict(names) = arguments.get("namemapper") else {
        return Err(type_error("namemapper must be a dict").at_argument("namemapper"));
    };
    let layout = array.layout().clone();
    let Some(whole) = layout.dtype.structure() else { return Ok(Value::Array(array)) };
    let mut fields = Vec::with_capacity(whole.fields.len());
    for field in &whole.fields {
        let name = match names.get(&Value::Str(field.name()))? {
            Some(name) => as_str(&name, "namemapper")?.to_string(),
            None => field.name().to_string(),
        };
        fields.push(Field::new(&name, field.title.clone(), field.dtype.clone(), field.offset));
    }
    let dtype = DType::of_parts(Compound::Struct(Struct { fields, ..whole.clone() }));
    Ok(Value::Array(NdArray::view(&array, Layout { dtype, ..layout.clone() })))
}

fn drop_fields(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = array_argument(context, arguments, "base")?;
    let dropped = match arguments.get("drop_names") {
        Value::Str(name) => vec![name.to_string()],
        names => iterate(&names)?.map(|name| Ok(as_str(&name?, "drop_names")?.to_string())).collect::<Result<_>>()?,
    };
    let layout = array.layout().clone();
    let Some(whole) = layout.dtype.structure() else { return Ok(Value::Array(array)) };
    let kept: Vec<&Field> =
        whole.fields.iter().filter(|field| !dropped.iter().any(|name| **name == *field.name())).collect();
    let parts = kept.iter().map(|field| (field.name().to_string(), field.title.clone(), field.dtype.clone()));
    let dtype = DType::of_parts(Compound::Struct(Struct::packed(parts, false)));
    let result = NdArray::zeros(&context.runtime, dtype.clone(), &layout.shape, Order::C)?;
    context.runtime.record_copy(&array, &result, cast_of(&array, &result));
    let targets = dtype.structure().map(|whole| whole.fields.as_slice()).unwrap_or_default();
    for (target, field) in targets.iter().zip(kept) {
        let to = NdArray::view(&result, field_layout(&result.layout(), target));
        let from = NdArray::view(&array, field_layout(&layout, field));
        copy_into(&context.runtime, &to, &from, None, crate::array::cast::Casting::Unsafe)?;
    }
    Ok(Value::Array(result))
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.lib.recfunctions.structured_to_unstructured",
            signature: "(arr, dtype=None, copy=False, casting='unsafe')",
            method: None,
            summary: "The fields of structures as a new last axis.",
            memory: MemoryRule::ViewIfPossible,
            notes: "A view where all fields are of one dtype and stand evenly spaced; else a copy in a dtype that holds all.",
            example: "\
>>> x = np.array([(1, 2), (3, 4)], dtype='i4, i4')
>>> v = np.lib.recfunctions.structured_to_unstructured(x)
>>> v
array([[1, 2],
       [3, 4]], dtype=int32)
>>> np.shares_memory(x, v)
True
>>> y = np.array([(1, 2.5)], dtype='i4, f8')
>>> np.shares_memory(y, np.lib.recfunctions.structured_to_unstructured(y))
False
",
            see_also: &["np.lib.recfunctions.unstructured_to_structured", "ndarray.view"],
            run: Run::Call(structured_to_unstructured),
        },
        Function {
            name: "np.lib.recfunctions.unstructured_to_structured",
            signature: "(arr, dtype=None, names=None, align=False, copy=False, casting='unsafe')",
            method: None,
            summary: "The last axis as the fields of structures.",
            memory: MemoryRule::ViewIfPossible,
            notes: "A view where the elements lie as the fields do.",
            example: "\
>>> a = np.array([[1, 2], [3, 4]])
>>> v = np.lib.recfunctions.unstructured_to_structured(a, names=['x', 'y'])
>>> v['y'], np.shares_memory(a, v)
(array([2, 4]), True)
>>> c = np.lib.recfunctions.unstructured_to_structured(a, dtype=np.dtype('i4, f4'))
>>> c, np.shares_memory(a, c)
(array([(1, 2.), (3, 4.)], dtype=[('f0', '<i4'), ('f1', '<f4')]), False)
",
            see_also: &["np.lib.recfunctions.structured_to_unstructured", "ndarray.view"],
            run: Run::Call(unstructured_to_structured),
        },
        Function {
            name: "np.lib.recfunctions.repack_fields",
            signature: "(a, align=False, recurse=False)",
            method: None,
            summary: "A copy, or a dtype, without gaps between the fields; align=True leaves those that C leaves.",
            memory: MemoryRule::SameIfPossible,
            notes: "The array itself where there are no gaps.",
            example: "\
>>> x = np.zeros(2, dtype='i1, f8, i2')
>>> part = x[['f0', 'f2']]
>>> part.itemsize, np.lib.recfunctions.repack_fields(part).itemsize
(11, 3)
>>> np.lib.recfunctions.repack_fields(x) is x
True
",
            see_also: &["np.dtype"],
            run: Run::Call(repack_fields),
        },
        Function {
            name: "np.lib.recfunctions.rename_fields",
            signature: "(base, namemapper)",
            method: None,
            summary: "A view with other names for the fields.",
            memory: MemoryRule::View,
            notes: "",
            example: "\
>>> x = np.zeros(2, dtype=[('a', 'i4'), ('b', 'f8')])
>>> v = np.lib.recfunctions.rename_fields(x, {'a': 'n'})
>>> v.dtype.names, np.shares_memory(x, v)
(('n', 'b'), True)
",
            see_also: &["np.lib.recfunctions.drop_fields"],
            run: Run::Call(rename_fields),
        },
        Function {
            name: "np.lib.recfunctions.drop_fields",
            signature: "(base, drop_names, usemask=True, asrecarray=False)",
            method: None,
            summary: "A copy without some of the fields.",
            memory: MemoryRule::New,
            notes: "x[['a', 'b']] is a view of the fields that are kept.",
            example: "\
>>> x = np.array([(1, 2.5)], dtype=[('a', 'i4'), ('b', 'f8')])
>>> c = np.lib.recfunctions.drop_fields(x, 'a')
>>> c, np.shares_memory(x, c)
(array([(2.5,)], dtype=[('b', '<f8')]), False)
",
            see_also: &["np.lib.recfunctions.rename_fields"],
            run: Run::Call(drop_fields),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
