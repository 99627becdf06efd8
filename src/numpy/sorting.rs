//! Sorting and searching in sorted arrays: the argument handling of NumPy's `sort` and its kin.
//!
//! A method sorts in place and returns `None`; the function of the same name sorts a copy.

use super::calls;
use super::coercion::array_from;
use super::fields::ordered_by;
use crate::array::arrange::{self, Side, SortKind};
use crate::array::cast::Casting;
use crate::array::copy::{astype, copy_because, flatten_because};
use crate::array::{ArrayRef, CopyReason, Order, Rearranged, Type};
use crate::error::{Result, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Method, Reader, Run, Section};
use crate::value::{Value, as_bool, as_index, iterate, repr};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.sort",
        signature: "(a, axis=-1, kind=None, order=None, *, stable=None)",
        method: None,
        summary: "A sorted copy.",
        memory: MemoryRule::New,
        notes: "The copy is sorted in place: no more memory is taken than the copy itself. To sort without a copy, \
                call the method `a.sort()`.",
        example: r"
>>> a = np.array([3, 1, 2])
>>> np.sort(a)
array([1, 2, 3])
>>> a
array([3, 1, 2])
>>> np.sort([[3, 1], [0, 2]], axis=0)
array([[0, 1],
       [3, 2]])
",
        see_also: &["ndarray.sort", "np.argsort", "np.lexsort", "np.partition"],
        run: Run::Call(sort),
    },
    Function {
        name: "ndarray.sort",
        signature: "(axis=-1, kind=None, order=None, *, stable=None)",
        method: None,
        summary: "Sorts the array where it is, and returns None.",
        memory: MemoryRule::InPlace,
        notes: "Everybody who sees the buffer sees it sorted: also the array that a view was made of. A line that is \
                not contiguous is sorted in a buffer as long as one line.",
        example: r"
>>> a = np.array([3, 1, 2])
>>> v = a[:2]
>>> v.sort()
>>> a
array([1, 3, 2])
",
        see_also: &["np.sort", "np.argsort"],
        run: Run::Read(Reader::NumPy, sort_in_place),
    },
    Function {
        name: "np.argsort",
        signature: "(a, axis=-1, kind=None, order=None, *, stable=None)",
        method: Some(Method {
            name: "ndarray.argsort",
            signature: "(axis=-1, kind=None, order=None, *, stable=None)",
            reader: Reader::NumPy,
        }),
        summary: "The indices that would sort the array.",
        memory: MemoryRule::New,
        notes: "The result is int64, 8 bytes an element, whatever the dtype of `a`. `a[np.argsort(a)]` makes two new \
                arrays: the indices and the sorted copy.",
        example: r"
>>> a = np.array([30, 10, 20])
>>> np.argsort(a)
array([1, 2, 0])
>>> a[a.argsort()]
array([10, 20, 30])
",
        see_also: &["np.sort", "np.lexsort", "np.argpartition", "np.take_along_axis"],
        run: Run::Call(argsort),
    },
    Function {
        name: "np.lexsort",
        signature: "(keys, axis=-1)",
        method: None,
        summary: "The indices that sort by several keys, the last one first.",
        memory: MemoryRule::New,
        notes: "Equal elements keep their order.",
        example: r"
>>> surname = [2, 1, 2]
>>> first = [9, 5, 3]
>>> np.lexsort((first, surname))
array([1, 2, 0])
",
        see_also: &["np.argsort", "np.sort"],
        run: Run::Call(lexsort),
    },
    Function {
        name: "np.partition",
        signature: "(a, kth, axis=-1, kind='introselect', order=None)",
        method: None,
        summary: "A copy with the kth element where sorting would put it, smaller ones before, larger ones behind.",
        memory: MemoryRule::New,
        notes: "Quicker than sorting where only the smallest few, or the median, are wanted.",
        example: r"
>>> p = np.partition([7, 1, 5, 3, 9], 2)
>>> p[2]
np.int64(5)
>>> p[:2].max() < 5 < p[3:].min()
np.True_
",
        see_also: &["np.argpartition", "np.sort", "np.median", "ndarray.partition"],
        run: Run::Call(partition),
    },
    Function {
        name: "ndarray.partition",
        signature: "(kth, axis=-1, kind='introselect', order=None)",
        method: None,
        summary: "Partitions the array where it is, and returns None.",
        memory: MemoryRule::InPlace,
        notes: "",
        example: r"
>>> a = np.array([7, 1, 5, 3, 9])
>>> a.partition(0)
>>> a[0]
np.int64(1)
",
        see_also: &["np.partition"],
        run: Run::Read(Reader::NumPy, partition_in_place),
    },
    Function {
        name: "np.argpartition",
        signature: "(a, kth, axis=-1, kind='introselect', order=None)",
        method: Some(Method {
            name: "ndarray.argpartition",
            signature: "(kth, axis=-1, kind='introselect', order=None)",
            reader: Reader::NumPy,
        }),
        summary: "The indices that would partition the array.",
        memory: MemoryRule::New,
        notes: "The result is int64, 8 bytes an element.",
        example: r"
>>> a = np.array([7, 1, 5, 3, 9])
>>> a[np.argpartition(a, 1)[1]]
np.int64(3)
",
        see_also: &["np.partition", "np.argsort"],
        run: Run::Call(argpartition),
    },
    Function {
        name: "np.sort_complex",
        signature: "(a)",
        method: None,
        summary: "A sorted copy as complex numbers: by real part, then by imaginary part.",
        memory: MemoryRule::New,
        notes: "Of a real array two arrays are made: the sorted copy, and the complex one.",
        example: r"
>>> np.sort_complex([3, 1 + 2j, 1 - 1j])
array([1.-1.j, 1.+2.j, 3.+0.j])
",
        see_also: &["np.sort"],
        run: Run::Call(sort_complex),
    },
    Function {
        name: "np.searchsorted",
        signature: "(a, v, side='left', sorter=None)",
        method: Some(Method {
            name: "ndarray.searchsorted",
            signature: "(v, side='left', sorter=None)",
            reader: Reader::NumPy,
        }),
        summary: "Where values belong in a sorted array, so that it stays sorted.",
        memory: MemoryRule::New,
        notes: "Where `a` and `v` are of different dtypes both are converted first, which makes copies. Of one value \
                the result is a scalar.",
        example: r"
>>> a = np.array([10, 20, 20, 30])
>>> np.searchsorted(a, 20)
np.int64(1)
>>> a.searchsorted([20, 25], side='right')
array([3, 3])
",
        see_also: &["np.sort", "np.digitize", "np.histogram"],
        run: Run::Call(searchsorted),
    },
    Function {
        name: "np.digitize",
        signature: "(x, bins, right=False)",
        method: None,
        summary: "The number of the bin that each value belongs to.",
        memory: MemoryRule::New,
        notes: "Bins may also fall; then their order is turned by a view.",
        example: r"
>>> np.digitize([0.5, 1.0, 2.5, 9.0], [1, 2, 3])
array([0, 1, 2, 3])
>>> np.digitize(1.0, [1, 2, 3], right=True)
np.int64(0)
",
        see_also: &["np.searchsorted", "np.histogram", "np.bincount"],
        run: Run::Call(digitize),
    },
    Function {
        name: "np.bincount",
        signature: "(x, /, weights=None, minlength=0)",
        method: None,
        summary: "How often each of 0, 1, 2, ... occurs; or the sum of their weights.",
        memory: MemoryRule::New,
        notes: "The result is as long as the largest number plus one, however few numbers there are: `np.bincount([10**9])` \
                wants 8 GB.",
        example: r"
>>> np.bincount([1, 1, 3])
array([0, 2, 0, 1])
>>> np.bincount([0, 1, 1], weights=[0.5, 1.0, 2.0])
array([0.5, 3. ])
",
        see_also: &["np.histogram", "np.digitize", "np.unique"],
        run: Run::Call(bincount),
    },
];

/// `kind=` and `stable=` together (`PyArray_SortkindConverter`, conversion_utils.c).
fn sort_kind(arguments: &Arguments) -> Result<SortKind> {
    let stable = arguments.some("stable").map(as_bool).transpose()?;
    let kind = match arguments.some("kind") {
        None => None,
        Some(Value::Str(name)) => Some(match name.chars().next() {
            Some('q' | 'Q' | 'h' | 'H') => SortKind::Quick,
            Some('m' | 'M' | 's' | 'S') => SortKind::Stable,
            _ => {
                let message = format!("sort kind must be one of 'quick', 'heap', or 'stable' (got '{name}')");
                return Err(value_error(message).at_argument("kind"));
            }
        }),
        Some(other) => {
            return Err(type_error(format!("sort kind must be str, not {}", other.type_name())).at_argument("kind"));
        }
    };
    if kind.is_some() && stable.is_some() {
        return Err(value_error(
            "`kind` and keyword parameters can't be provided at the same time. Use only one of them.",
        )
        .at_argument("stable"));
    }
    Ok(match stable {
        Some(true) => SortKind::Stable,
        _ => kind.unwrap_or_default(),
    })
}

/// The array, with its fields in the order in which `order=` names them.
fn by_fields(arguments: &Arguments, array: &ArrayRef) -> Result<ArrayRef> {
    let Some(order) = arguments.some("order") else { return Ok(array.clone()) };
    let wrong = || value_error(format!("unsupported order value: {}", repr(order, &Default::default())));
    let items = match order {
        Value::Str(_) => vec![order.clone()],
        Value::List(_) | Value::Tuple(_) => iterate(order)?.collect::<Result<Vec<_>>>()?,
        _ => return Err(wrong().at_argument("order")),
    };
    let mut names = Vec::with_capacity(items.len());
    for item in items {
        let Value::Str(name) = item else { return Err(wrong().at_argument("order")) };
        names.push(name);
    }
    ordered_by(array, &names).map_err(|e| e.at_argument("order"))
}

fn select_kind(arguments: &Arguments) -> Result<()> {
    match arguments.some("kind") {
        Some(Value::Str(name)) if &**name == "introselect" => Ok(()),
        None => Ok(()),
        Some(Value::Str(name)) => {
            Err(value_error(format!("select kind must be 'introselect' (got '{name}')")).at_argument("kind"))
        }
        Some(other) => {
            Err(type_error(format!("select kind must be str, not {}", other.type_name())).at_argument("kind"))
        }
    }
}

/// Why a copy is made to be sorted.
const SORTED: CopyReason = CopyReason::Rearranged(Rearranged::Sorted);

/// The copy that `np.sort` and `np.partition` work on, and the axis they work along.
fn copied(context: &mut Context, arguments: &Arguments) -> Result<(ArrayRef, isize)> {
    let array = calls::array_argument(context, arguments, "a")?;
    match calls::axis_argument(arguments, "axis")? {
        Some(axis) => Ok((copy_because(&context.runtime, &array, Order::K, SORTED)?, axis)),
        None => Ok((flattened(context, &array)?, -1)),
    }
}

/// `a.flatten()`: a copy in one axis.
///
/// # Errors
/// `MemoryError`.
pub(super) fn flattened(context: &mut Context, array: &ArrayRef) -> Result<ArrayRef> {
    flatten_because(&context.runtime, array, Order::C, SORTED)
}

/// The array a method is called on.
fn receiver(arguments: &Arguments) -> Result<ArrayRef> {
    match arguments.receiver() {
        Value::Array(array) => Ok(array.clone()),
        other => Err(type_error(format!("descriptor requires a 'numpy.ndarray', not '{}'", other.type_name()))),
    }
}

fn sort(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let kind = sort_kind(arguments)?;
    let (array, axis) = copied(context, arguments)?;
    let lines = by_fields(arguments, &array)?;
    arrange::sort(&context.runtime, &lines, axis, kind).map_err(|e| calls::blame_axis(e, array.ndim()))?;
    Ok(Value::Array(array))
}

fn sort_in_place(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = receiver(arguments)?;
    let kind = sort_kind(arguments)?;
    let axis = as_index(&arguments.get("axis")).map_err(|e| e.at_argument("axis"))?;
    let lines = by_fields(arguments, &array)?;
    arrange::sort(&context.runtime, &lines, axis, kind).map_err(|e| calls::blame_axis(e, array.ndim()))?;
    Ok(Value::None)
}

fn argsort(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let kind = sort_kind(arguments)?;
    let array = calls::array_argument(context, arguments, "a")?;
    let axis = calls::axis_argument(arguments, "axis")?;
    let array = by_fields(arguments, &array)?;
    let indices = arrange::argsort(&context.runtime, &array, axis, kind);
    indices.map(Value::Array).map_err(|e| calls::blame_axis(e, array.ndim()))
}

fn lexsort(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let keys = arguments.get("keys");
    let none = || type_error("need sequence of keys with len > 0 in lexsort").at_argument("keys");
    let items: Vec<Value> = iterate(&keys).map_err(|_| none())?.collect::<Result<_>>()?;
    let mut arrays = Vec::with_capacity(items.len());
    for item in items {
        arrays.push(array_from(context, &item, None).map_err(|e| e.at_argument("keys"))?);
    }
    let ndim = arrays.first().map_or(0, |key| key.ndim());
    let axis = as_index(&arguments.get("axis")).map_err(|e| e.at_argument("axis"))?;
    let indices = arrange::lexsort(&context.runtime, &arrays, axis).map_err(|e| calls::blame_axis(e, ndim))?;
    Ok(if indices.ndim() == 0 { Value::Scalar(indices.read(0)) } else { Value::Array(indices) })
}

fn kth(context: &mut Context, arguments: &Arguments) -> Result<ArrayRef> {
    calls::array_argument(context, arguments, "kth")
}

fn partition(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    select_kind(arguments)?;
    let kth = kth(context, arguments)?;
    let (array, axis) = copied(context, arguments)?;
    arrange::partition(&context.runtime, &array, &kth, axis).map_err(|e| blame_kth(e, array.ndim()))?;
    Ok(Value::Array(array))
}

fn blame_kth(error: crate::error::Error, ndim: usize) -> crate::error::Error {
    if error.message().contains("kth") { error.at_argument("kth") } else { calls::blame_axis(error, ndim) }
}

fn partition_in_place(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = receiver(arguments)?;
    select_kind(arguments)?;
    let kth = kth(context, arguments)?;
    let axis = as_index(&arguments.get("axis")).map_err(|e| e.at_argument("axis"))?;
    arrange::partition(&context.runtime, &array, &kth, axis).map_err(|e| blame_kth(e, array.ndim()))?;
    Ok(Value::None)
}

fn argpartition(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    select_kind(arguments)?;
    let array = calls::array_argument(context, arguments, "a")?;
    let kth = kth(context, arguments)?;
    let axis = calls::axis_argument(arguments, "axis")?;
    let indices = arrange::argpartition(&context.runtime, &array, &kth, axis);
    indices.map(Value::Array).map_err(|e| blame_kth(e, array.ndim()))
}

fn sort_complex(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let array = copy_because(&context.runtime, &array, Order::K, SORTED)?;
    arrange::sort(&context.runtime, &array, -1, SortKind::Quick)?;
    let ty = array.dtype().ty();
    if ty.is_complex() {
        return Ok(Value::Array(array));
    }
    let small = matches!(ty, Type::Int8 | Type::Int16 | Type::UInt8 | Type::UInt16);
    let complex = if small { Type::Complex64 } else { Type::Complex128 };
    astype(&context.runtime, &array, &complex.into(), Order::K, Casting::Unsafe, true).map(Value::Array)
}

/// `side=` (`PyArray_SearchsideConverter`).
fn search_side(value: &Value) -> Result<Side> {
    match value {
        Value::Str(name) => match (&**name, name.chars().next()) {
            ("left", _) => Ok(Side::Left),
            ("right", _) => Ok(Side::Right),
            (_, Some('l' | 'L' | 'r' | 'R')) => {
                Err(value_error("search side must be one of 'left' or 'right'").at_argument("side"))
            }
            (other, _) => {
                Err(value_error(format!("search side must be 'left' or 'right' (got '{other}')")).at_argument("side"))
            }
        },
        other => Err(type_error(format!("search side must be str, not {}", other.type_name())).at_argument("side")),
    }
}

fn searchsorted(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let values = calls::array_argument(context, arguments, "v")?;
    let side = search_side(&arguments.get("side"))?;
    let sorter = match arguments.some("sorter").cloned() {
        Some(sorter) => Some(array_from(context, &sorter, None).map_err(|e| e.at_argument("sorter"))?),
        None => None,
    };
    search(context, &array, &values, side, sorter.as_ref())
}

/// `np.searchsorted`: a scalar for one value.
///
/// # Errors
/// Those of [`arrange::searchsorted`].
pub(super) fn search(
    context: &mut Context,
    array: &ArrayRef,
    values: &ArrayRef,
    side: Side,
    sorter: Option<&ArrayRef>,
) -> Result<Value> {
    let places = arrange::searchsorted(&context.runtime, array, values, side, sorter)?;
    Ok(if places.ndim() == 0 { Value::Scalar(places.read(0)) } else { Value::Array(places) })
}

/// -1 where a 1-d array falls, 1 where it rises, 0 where it does neither (`arr__monotonicity`, compiled_base.c).
fn monotonicity(array: &ArrayRef) -> i8 {
    let values: Vec<f64> = calls::elements(array).map(|element| element.as_f64()).collect();
    let rises = values.windows(2).all(|pair| pair[0] <= pair[1]);
    let falls = values.windows(2).all(|pair| pair[0] >= pair[1]);
    match (rises, falls) {
        (true, _) => 1,
        (_, true) => -1,
        _ => 0,
    }
}

fn digitize(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let values = calls::array_argument(context, arguments, "x")?;
    let bins = calls::array_argument(context, arguments, "bins")?;
    if values.dtype().ty().is_complex() {
        return Err(type_error("x may not be complex").at_argument("x"));
    }
    arrange::require_1d(&bins).map_err(|e| e.at_argument("bins"))?;
    let side = if calls::flag(arguments, "right")? { Side::Left } else { Side::Right };
    match monotonicity(&bins) {
        0 => Err(value_error("bins must be monotonically increasing or decreasing").at_argument("bins")),
        1 => search(context, &bins, &values, side, None),
        _ => {
            let turned = crate::array::index::Index::Slice { start: None, stop: None, step: Some(-1) };
            let rising = calls::get_array(context, &bins, &[turned])?;
            let places = search(context, &rising, &values, side, None)?;
            calls::subtract(context, Value::int(bins.size()), places)
        }
    }
}

fn bincount(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let numbers = calls::array_argument(context, arguments, "x")?;
    let weights = match arguments.some("weights").cloned() {
        Some(weights) => Some(array_from(context, &weights, None).map_err(|e| e.at_argument("weights"))?),
        None => None,
    };
    let minlength = match arguments.get("minlength") {
        Value::None => return Err(type_error("use 0 instead of None for minlength").at_argument("minlength")),
        value => as_index(&value).map_err(|e| e.at_argument("minlength"))?,
    };
    arrange::bincount(&context.runtime, &numbers, weights.as_ref(), minlength).map(Value::Array)
}
