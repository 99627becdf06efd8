//! Arrays as sets: distinct elements, membership, unions and differences.
//!
//! Sets here are sorted 1-d arrays without repetitions. Follows `_arraysetops_impl.py`.

use super::calls;
use super::hash_order;
use super::named_tuple::NamedTuple;
use crate::array::arrange::{self, SortKind, Unique, UniqueParts};
use crate::array::cast::Casting;
use crate::array::copy::{Requirements, from_array, ravel};
use crate::array::index::Index;
use crate::array::{ArrayRef, Type};
use crate::error::{Result, runtime_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::syntax::ast::{BinaryOp, CompareOp};
use crate::ufunc::ReduceOptions;
use crate::value::{Class, Int, Value, as_index, classes, element_at};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

macro_rules! result_class {
    ($id:ident, $name:literal) => {
        static $id: Class = Class {
            name: $name,
            module: "numpy.lib._arraysetops_impl",
            bases: &[&classes::TUPLE],
            scalar: None,
            constructor: "",
        };
    };
}
result_class!(UNIQUE_ALL, "UniqueAllResult");
result_class!(UNIQUE_COUNTS, "UniqueCountsResult");
result_class!(UNIQUE_INVERSE, "UniqueInverseResult");

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.unique",
        signature: "(ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True, sorted=True)",
        method: None,
        summary: "The distinct elements, sorted; or the distinct rows along an axis.",
        memory: MemoryRule::New,
        notes: "The array is copied flat first. The further results are int64, 8 bytes an element.",
        example: r"
>>> np.unique([3, 1, 3, 2])
array([1, 2, 3])
>>> values, counts = np.unique([3, 1, 3], return_counts=True)
>>> counts
array([1, 2])
>>> np.unique([[1, 0], [1, 0], [0, 1]], axis=0)
array([[0, 1],
       [1, 0]])
",
        see_also: &["np.sort", "np.bincount", "np.isin", "np.unique_counts"],
        run: Run::Call(unique),
    },
    Function {
        name: "np.unique_values",
        signature: "(x)",
        method: None,
        summary: "The distinct elements, in no order.",
        memory: MemoryRule::New,
        notes: "The order is that of a hash table, as in NumPy.",
        example: r"
>>> np.sort(np.unique_values([3, 1, 3, 2]))
array([1, 2, 3])
",
        see_also: &["np.unique", "np.unique_counts"],
        run: Run::Call(unique_values),
    },
    Function {
        name: "np.unique_counts",
        signature: "(x)",
        method: None,
        summary: "The distinct elements, and how often each occurs.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.unique_counts([3, 1, 3])
UniqueCountsResult(values=array([1, 3]), counts=array([1, 2]))
",
        see_also: &["np.unique", "np.unique_all"],
        run: Run::Call(|context, arguments| {
            named(context, arguments, &UNIQUE_COUNTS, UniqueParts { counts: true, ..UniqueParts::default() })
        }),
    },
    Function {
        name: "np.unique_inverse",
        signature: "(x)",
        method: None,
        summary: "The distinct elements, and which of them each element is.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.unique_inverse([3, 1, 3]).inverse_indices
array([1, 0, 1])
",
        see_also: &["np.unique", "np.unique_all"],
        run: Run::Call(|context, arguments| {
            named(context, arguments, &UNIQUE_INVERSE, UniqueParts { inverse: true, ..UniqueParts::default() })
        }),
    },
    Function {
        name: "np.unique_all",
        signature: "(x)",
        method: None,
        summary: "The distinct elements with first places, inverse and counts.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.unique_all([3, 1, 3]).indices
array([1, 0])
",
        see_also: &["np.unique"],
        run: Run::Call(|context, arguments| {
            named(context, arguments, &UNIQUE_ALL, UniqueParts { index: true, inverse: true, counts: true })
        }),
    },
    Function {
        name: "np.intersect1d",
        signature: "(ar1, ar2, assume_unique=False, return_indices=False)",
        method: None,
        summary: "The elements that are in both arrays, sorted.",
        memory: MemoryRule::New,
        notes: "Both arrays are made distinct, joined and sorted: several arrays on the way.",
        example: r"
>>> np.intersect1d([1, 3, 4, 3], [3, 1, 2, 1])
array([1, 3])
",
        see_also: &["np.union1d", "np.setdiff1d", "np.isin"],
        run: Run::Call(intersect1d),
    },
    Function {
        name: "np.union1d",
        signature: "(ar1, ar2)",
        method: None,
        summary: "The elements that are in one of the arrays, sorted.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.union1d([2, 1], [3, 2])
array([1, 2, 3])
",
        see_also: &["np.intersect1d", "np.unique"],
        run: Run::Call(|context, arguments| {
            let joined = calls::concatenate(context, vec![arguments.get("ar1"), arguments.get("ar2")], None)?;
            distinct(context, &joined).map(Value::Array)
        }),
    },
    Function {
        name: "np.setdiff1d",
        signature: "(ar1, ar2, assume_unique=False)",
        method: None,
        summary: "The elements of the first array that are not in the second.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.setdiff1d([5, 1, 3, 1], [3, 4])
array([1, 5])
",
        see_also: &["np.setxor1d", "np.isin"],
        run: Run::Call(setdiff1d),
    },
    Function {
        name: "np.setxor1d",
        signature: "(ar1, ar2, assume_unique=False)",
        method: None,
        summary: "The elements that are in exactly one of the arrays, sorted.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.setxor1d([1, 2, 3], [3, 4])
array([1, 2, 4])
",
        see_also: &["np.setdiff1d", "np.union1d"],
        run: Run::Call(setxor1d),
    },
    Function {
        name: "np.isin",
        signature: "(element, test_elements, assume_unique=False, invert=False, *, kind=None)",
        method: None,
        summary: "Whether each element is among others.",
        memory: MemoryRule::New,
        notes: "For integers a table of one byte for each number between the smallest and the largest test element is \
                made, unless it would be large; else both arrays are sorted.",
        example: r"
>>> np.isin([[1, 5], [3, 2]], [2, 3, 4])
array([[False, False],
       [ True,  True]])
",
        see_also: &["np.intersect1d", "np.unique", "np.searchsorted"],
        run: Run::Call(isin),
    },
];

/// `np.unique(array, ...)` of the flattened array.
fn find_unique(context: &mut Context, array: &ArrayRef, parts: UniqueParts, equal_nan: bool) -> Result<Unique> {
    arrange::unique(&context.runtime, array, parts, equal_nan)
}

/// The distinct elements, sorted.
fn distinct(context: &mut Context, array: &ArrayRef) -> Result<ArrayRef> {
    Ok(find_unique(context, array, UniqueParts::default(), true)?.values)
}

fn unique(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "ar")?;
    let parts = UniqueParts {
        index: calls::flag(arguments, "return_index")?,
        inverse: calls::flag(arguments, "return_inverse")?,
        counts: calls::flag(arguments, "return_counts")?,
    };
    let equal_nan = calls::flag(arguments, "equal_nan")?;
    let axis = arguments.some("axis").map(as_index).transpose().map_err(|e| e.at_argument("axis"))?;
    let axis = axis.map(|axis| calls::normalize_axis(axis, array.ndim())).transpose()?;
    let found = match axis {
        Some(axis) if array.ndim() != 1 => unique_rows(context, &array, axis, parts)?,
        _ if !calls::flag(arguments, "sorted")? && !parts.index && !parts.inverse && !parts.counts => {
            return unsorted(context, &array, equal_nan).map(Value::Array);
        }
        _ => find_unique(context, &array, parts, equal_nan)?,
    };
    let mut results = vec![Value::Array(found.values)];
    results.extend([found.index, found.inverse, found.counts].into_iter().flatten().map(Value::Array));
    Ok(if results.len() == 1 { results.remove(0) } else { Value::tuple(results) })
}

/// The distinct elements in the order NumPy's hash table gives them, where it uses one: for integers and complex
/// numbers.
fn unsorted(context: &mut Context, array: &ArrayRef, equal_nan: bool) -> Result<ArrayRef> {
    let found = find_unique(context, array, UniqueParts { index: true, ..UniqueParts::default() }, equal_nan)?;
    let (values, Some(index)) = (found.values, found.index) else { return distinct(context, array) };
    let ty = values.dtype().ty();
    if !(ty.is_integer() || ty.is_complex()) || values.buffer_ref().is_planned() {
        return Ok(values);
    }
    let mut firsts: Vec<(i64, usize)> =
        calls::elements(&index).enumerate().map(|(i, first)| (first.as_i128().unwrap_or(0) as i64, i)).collect();
    firsts.sort_unstable();
    let keys: Vec<_> = {
        let elements: Vec<_> = calls::elements(&values).collect();
        firsts.iter().filter_map(|&(_, i)| elements.get(i).copied()).collect()
    };
    let result = calls::empty(context, values.dtype().ty(), &[keys.len()])?;
    let step = values.layout().itemsize();
    for (i, place) in hash_order::order(&keys, array.size(), step).into_iter().enumerate() {
        result.write(i * step, &keys[place]);
    }
    Ok(result)
}

fn unique_values(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "x")?;
    unsorted(context, &array, false).map(Value::Array)
}

fn named(context: &mut Context, arguments: &mut Arguments, class: &'static Class, parts: UniqueParts) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "x")?;
    let found = find_unique(context, &array, parts, false)?;
    let mut items = vec![Value::Array(found.values)];
    items.extend([found.index, found.inverse, found.counts].into_iter().flatten().map(Value::Array));
    let names: &'static [&'static str] = match (parts.index, parts.inverse) {
        (true, _) => &["values", "indices", "inverse_indices", "counts"],
        (_, true) => &["values", "inverse_indices"],
        _ => &["values", "counts"],
    };
    Ok(Value::object(NamedTuple::new(class, names, items)))
}

/// The distinct rows along an axis, sorted by their first element, then their second, and so on.
fn unique_rows(context: &mut Context, array: &ArrayRef, axis: usize, parts: UniqueParts) -> Result<Unique> {
    let front = calls::moveaxis(array, axis as isize, 0)?;
    let shape = front.shape();
    let (rows, width) = (shape[0], shape[1..].iter().product::<usize>());
    let flat = calls::reshape(context, &front, &[rows as isize, width as isize])?;
    let flat = from_array(&context.runtime, &flat, &flat.dtype(), Requirements::CARRAY, Casting::Unsafe)?;
    let order = if width == 0 || rows == 0 {
        calls::integers(context, (0..rows).map(|row| row as i64))?
    } else {
        let mut keys = Vec::with_capacity(width);
        for column in (0..width).rev() {
            keys.push(calls::get_array(context, &flat, &[calls::slice(None, None), Index::Int(column as isize)])?);
        }
        arrange::lexsort(&context.runtime, &keys, -1)?
    };
    let sorted = calls::take(context, &flat, &order, Some(0))?;
    let sorted = calls::as_array(context, &sorted)?;
    let mut is_first = vec![true; rows];
    if sorted.buffer_ref().is_planned() {
        context.runtime.record_bounds(1, rows);
    } else if rows > 0 {
        let later = calls::get(context, &sorted, &[calls::slice(1, None)])?;
        let earlier = calls::get(context, &sorted, &[calls::slice(None, -1)])?;
        let differ = calls::ufunc(context, "not_equal", [later, earlier])?;
        let differ = calls::as_array(context, &differ)?;
        let differ = calls::reduce(context, "logical_or", &differ, &ReduceOptions::axis(1))?;
        let differ = calls::as_array(context, &differ)?;
        calls::elements(&differ).enumerate().for_each(|(i, differs)| is_first[i + 1] = differs.is_true());
    }
    let starts: Vec<i64> = (0..rows as i64).filter(|&i| is_first[i as usize]).collect();
    let places = calls::integers(context, starts.iter().copied())?;
    let values = calls::take(context, &sorted, &places, Some(0))?;
    let values = calls::as_array(context, &values)?;
    let mut full: Vec<isize> = vec![starts.len() as isize];
    full.extend(shape[1..].iter().map(|&len| len as isize));
    let values = calls::reshape(context, &values, &full)?;
    let values = calls::moveaxis(&values, 0, axis as isize)?;
    let order: Vec<i64> = calls::elements(&order).map(|i| i.as_i128().unwrap_or(0) as i64).collect();
    let index = if parts.index {
        Some(calls::integers(context, starts.iter().map(|&i| order.get(i as usize).copied().unwrap_or(0)))?)
    } else {
        None
    };
    let inverse = if parts.inverse {
        let (mut ranks, mut rank) = (vec![0; rows], -1);
        for (place, &row) in order.iter().enumerate() {
            rank += is_first[place] as i64;
            ranks[row as usize] = rank;
        }
        Some(calls::integers(context, ranks.into_iter())?)
    } else {
        None
    };
    let counts = if parts.counts {
        let ends: Vec<i64> = starts.iter().skip(1).copied().chain([rows as i64]).collect();
        Some(calls::integers(context, starts.iter().zip(&ends).map(|(start, end)| end - start))?)
    } else {
        None
    };
    Ok(Unique { values, index, inverse, counts })
}

/// All but the first element, and all but the last: neighbours to compare.
fn neighbours(context: &mut Context, array: &ArrayRef) -> Result<(Value, Value)> {
    let later = calls::get(context, array, &[calls::slice(1, None)])?;
    let earlier = calls::get(context, array, &[calls::slice(None, -1)])?;
    Ok((later, earlier))
}

fn intersect1d(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let first = calls::array_argument(context, arguments, "ar1")?;
    let second = calls::array_argument(context, arguments, "ar2")?;
    let with_indices = calls::flag(arguments, "return_indices")?;
    let assume_unique = calls::flag(arguments, "assume_unique")?;
    let parts = UniqueParts { index: with_indices, ..UniqueParts::default() };
    let mut places = [None, None];
    let mut sets = [first, second];
    for (set, place) in sets.iter_mut().zip(&mut places) {
        if assume_unique {
            *set = ravel(&context.runtime, set)?;
        } else {
            let found = find_unique(context, set, parts, true)?;
            *set = found.values;
            *place = found.index;
        }
    }
    let [a, b] = &sets;
    let joined = calls::concatenate(context, vec![Value::Array(a.clone()), Value::Array(b.clone())], Some(0))?;
    let (joined, order) = if with_indices {
        let order = arrange::argsort(&context.runtime, &joined, Some(-1), SortKind::Stable)?;
        (calls::get_array(context, &joined, &[Index::Integers(order.clone())])?, Some(order))
    } else {
        arrange::sort(&context.runtime, &joined, -1, SortKind::Quick)?;
        (joined, None)
    };
    let (later, earlier) = neighbours(context, &joined)?;
    let mask = calls::compare(context, CompareOp::Equal, &later, &earlier)?;
    let mask = calls::as_array(context, &mask)?;
    let earlier = calls::as_array(context, &earlier)?;
    let common = calls::get(context, &earlier, &[Index::Mask(mask.clone())])?;
    let Some(order) = order else { return Ok(common) };
    let (later, earlier) = neighbours(context, &order)?;
    let mut results = vec![common];
    for (number, (part, place)) in [earlier, later].into_iter().zip(places).enumerate() {
        let part = calls::as_array(context, &part)?;
        let mut indices = calls::get(context, &part, &[Index::Mask(mask.clone())])?;
        if number == 1 {
            indices = calls::subtract(context, indices, Value::int(a.size()))?;
        }
        if let Some(place) = place {
            let indices_array = calls::as_array(context, &indices)?;
            indices = calls::get(context, &place, &[Index::Integers(indices_array)])?;
        }
        results.push(indices);
    }
    Ok(Value::tuple(results))
}

fn setxor1d(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let mut first = calls::array_argument(context, arguments, "ar1")?;
    let mut second = calls::array_argument(context, arguments, "ar2")?;
    if !calls::flag(arguments, "assume_unique")? {
        first = distinct(context, &first)?;
        second = distinct(context, &second)?;
    }
    let joined = calls::concatenate(context, vec![Value::Array(first), Value::Array(second)], None)?;
    if joined.size() == 0 {
        return Ok(Value::Array(joined));
    }
    arrange::sort(&context.runtime, &joined, -1, SortKind::Quick)?;
    let (later, earlier) = neighbours(context, &joined)?;
    let differ = calls::compare(context, CompareOp::NotEqual, &later, &earlier)?;
    let edge = || Value::list([Value::Bool(true)]);
    let flags = calls::concatenate(context, vec![edge(), differ, edge()], Some(0))?;
    let (behind, before) = neighbours(context, &flags)?;
    let alone = calls::binary(context, BinaryOp::And, behind, before)?;
    let alone = calls::as_array(context, &alone)?;
    calls::get(context, &joined, &[Index::Mask(alone)])
}

fn setdiff1d(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let first = calls::array_argument(context, arguments, "ar1")?;
    let second = calls::array_argument(context, arguments, "ar2")?;
    let (first, second) = if calls::flag(arguments, "assume_unique")? {
        (ravel(&context.runtime, &first)?, second)
    } else {
        (distinct(context, &first)?, distinct(context, &second)?)
    };
    let outside = membership(context, &first, &second, true, true, &Value::None)?;
    calls::get(context, &first, &[Index::Mask(outside)])
}

fn isin(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let elements = calls::array_argument(context, arguments, "element")?;
    let tests = calls::array_argument(context, arguments, "test_elements")?;
    let unique = calls::flag(arguments, "assume_unique")?;
    let invert = calls::flag(arguments, "invert")?;
    let mask = membership(context, &elements, &tests, unique, invert, &arguments.get("kind"))?;
    let shape: Vec<isize> = elements.shape().iter().map(|&len| len as isize).collect();
    calls::reshape(context, &mask, &shape).map(Value::Array)
}

/// An array of bools that are all `truth`.
fn all_of(context: &mut Context, len: usize, truth: bool) -> Result<ArrayRef> {
    let array = calls::empty(context, Type::Bool, &[len])?;
    if truth {
        calls::copyto(context, &array, &Value::Bool(true), None)?;
    }
    Ok(array)
}

/// Whether each element of `a` is in `b` (`_isin`): a flat array of bools.
fn membership(
    context: &mut Context,
    a: &ArrayRef,
    b: &ArrayRef,
    assume_unique: bool,
    invert: bool,
    kind: &Value,
) -> Result<ArrayRef> {
    let (a, b) = (ravel(&context.runtime, a)?, ravel(&context.runtime, b)?);
    let kind = match kind {
        Value::None => None,
        Value::Str(name) if matches!(&**name, "sort" | "table") => Some(name.to_string()),
        other => {
            let shown = crate::value::str(other, &context.print_options);
            let message = format!("Invalid kind: '{shown}'. Please use None, 'sort' or 'table'.");
            return Err(value_error(message).at_argument("kind"));
        }
    };
    let table = kind.as_deref() == Some("table");
    if [&a, &b].iter().any(|array| !array.dtype().ty().is_integer() && array.dtype().ty() != Type::Bool) {
        if table {
            return Err(value_error(
                "The 'table' method is only supported for boolean or integer arrays. Please select 'sort' or None for kind.",
            )
            .at_argument("kind"));
        }
    } else if kind.as_deref() != Some("sort") {
        if b.size() == 0 {
            return all_of(context, a.size(), invert);
        }
        if let Some(mask) = by_table(context, &a, &b, invert, table)? {
            return Ok(mask);
        }
        if table {
            return Err(runtime_error(
                "You have specified kind='table', but the range of values in `ar2` or `ar1` exceed the maximum integer of the datatype. Please set `kind` to None or 'sort'.",
            )
            .at_argument("kind"));
        }
    }
    if (b.size() as f64) < 10.0 * (a.size() as f64).powf(0.145) {
        let mask = all_of(context, a.size(), invert)?;
        let (op, name) = if invert { (CompareOp::NotEqual, "logical_and") } else { (CompareOp::Equal, "logical_or") };
        let tests = if b.buffer_ref().is_planned() { 0 } else { b.size() };
        for number in 0..tests {
            let test = element_at(&b, b.layout().offset_of(number));
            let found = calls::compare(context, op, &Value::Array(a.clone()), &test)?;
            let before = Value::Array(mask.clone());
            calls::ufunc_into(context, name, [before, found], &mask, Casting::SameKind)?;
        }
        return Ok(mask);
    }
    by_sorting(context, a, b, assume_unique, invert)
}

/// With a table of one byte for each number between the smallest and the largest of `b`; nothing where that would be
/// too large.
fn by_table(context: &mut Context, a: &ArrayRef, b: &ArrayRef, invert: bool, forced: bool) -> Result<Option<ArrayRef>> {
    let whole = |array: &ArrayRef| calls::elements(array).filter_map(|x| x.as_i128()).collect::<Vec<i128>>();
    let tests = whole(b);
    let (Some(&least), Some(&most)) = (tests.iter().min(), tests.iter().max()) else {
        return all_of(context, a.size(), invert).map(Some);
    };
    let range = most - least;
    let small = range <= 6 * (a.size() + b.size()) as i128;
    let limit = match b.dtype().ty() {
        Type::Bool => u8::MAX as i128,
        ty => {
            let bits = 8 * ty.size() as u32;
            if ty.kind() == crate::array::Kind::Unsigned { (1i128 << bits) - 1 } else { (1i128 << (bits - 1)) - 1 }
        }
    };
    if range > limit || !(small || forced) {
        return Ok(None);
    }
    let result = all_of(context, a.size(), invert)?;
    let known = all_of(context, range as usize + 1, invert)?;
    let places = calls::integers(context, tests.iter().map(|test| (test - least) as i64))?;
    calls::set(context, &known, &[Index::Integers(places)], &Value::Bool(!invert))?;
    let bound = |whole: i128| Value::Int(Int::from(whole));
    let mask = calls::compare(context, CompareOp::LessEqual, &Value::Array(a.clone()), &bound(most))?;
    let mask = calls::as_array(context, &mask)?;
    let above = calls::compare(context, CompareOp::GreaterEqual, &Value::Array(a.clone()), &bound(least))?;
    calls::ufunc_into(context, "bitwise_and", [Value::Array(mask.clone()), above], &mask, Casting::SameKind)?;
    let inside = calls::get_array(context, a, &[Index::Mask(mask.clone())])?;
    if inside.size() > 0 {
        let places = calls::empty(context, Type::Int64, &[inside.size()])?;
        for (i, element) in whole(&inside).into_iter().enumerate() {
            places.write(8 * i, &crate::array::Scalar::Int64((element - least) as i64));
        }
        let found = calls::get(context, &known, &[Index::Integers(places)])?;
        calls::set(context, &result, &[Index::Mask(mask)], &found)?;
    }
    Ok(Some(result))
}

/// By sorting both arrays together: an element of `a` whose neighbour is equal is in `b`.
fn by_sorting(context: &mut Context, a: ArrayRef, b: ArrayRef, assume_unique: bool, invert: bool) -> Result<ArrayRef> {
    let len = a.size();
    let (a, b, inverse) = if assume_unique {
        (a, b, None)
    } else {
        let found = find_unique(context, &a, UniqueParts { inverse: true, ..UniqueParts::default() }, true)?;
        (found.values, distinct(context, &b)?, found.inverse)
    };
    let joined = calls::concatenate(context, vec![Value::Array(a), Value::Array(b)], Some(0))?;
    let order = arrange::argsort(&context.runtime, &joined, Some(-1), SortKind::Stable)?;
    let sorted = calls::get_array(context, &joined, &[Index::Integers(order.clone())])?;
    let (later, earlier) = neighbours(context, &sorted)?;
    let op = if invert { CompareOp::NotEqual } else { CompareOp::Equal };
    let same = calls::compare(context, op, &later, &earlier)?;
    let flags = calls::concatenate(context, vec![same, Value::list([Value::Bool(invert)])], Some(0))?;
    let result = calls::empty(context, Type::Bool, &joined.shape())?;
    calls::set(context, &result, &[Index::Integers(order)], &Value::Array(flags))?;
    match inverse {
        None => calls::get_array(context, &result, &[calls::slice(None, len as isize)]),
        Some(inverse) => calls::get_array(context, &result, &[Index::Integers(inverse)]),
    }
}
