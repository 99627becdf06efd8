//! Universal functions of what is no number: texts are ordered and joined, structures compared, everything has a truth.
//!
//! NumPy has loops of their own for these; for any other function the error is the one that its type resolver raises.

use super::{Operand, Options, Outcome, Outcomes, Resolver, Ufunc, dates};
use crate::array::assign::copy_into;
use crate::array::cast::{Casting, Strided, cells_of, dtype_class, promote_dtypes};
use crate::array::item::order_elements;
use crate::array::layout::broadcast::{broadcast_operands, non_broadcastable_output};
use crate::array::layout::k_order::allocate_output;
use crate::array::layout::{Order, Traversal};
use crate::array::{ArrayRef, DType, Item, Kind, Layout, NdArray, Runtime, Scalar, Type};
use crate::error::{Error, ErrorClass, Result, type_error};
use crate::memory::{AlignedBytes, Bool, OutOfMemory};
use smallvec::SmallVec;
use std::cmp::Ordering;
use std::rc::Rc;

/// Whether an operand is an array of what is no number.
#[inline]
pub fn is_flexible(operand: &Operand) -> bool {
    matches!(operand, Operand::Array(array) if !array.layout().dtype.is_number())
}

/// Whether an operand is an array of dates or spans of time.
fn is_time(operand: &Operand) -> bool {
    matches!(operand, Operand::Array(array) if array.layout().dtype.ty().is_time())
}

/// The dtype of an operand, and NumPy's class of it in messages.
pub(super) fn dtype_of(operand: &Operand) -> (DType, &'static str) {
    let (ty, class) = match operand {
        Operand::Array(array) => {
            let dtype = array.dtype();
            let class = dtype_class(dtype.ty());
            return (dtype, class);
        }
        Operand::Scalar(scalar) => (scalar.ty(), dtype_class(scalar.ty())),
        Operand::Int(_) => (Type::Int64, "<class 'numpy.dtypes._PyLongDType'>"),
        Operand::Float(_) => (Type::Float64, "<class 'numpy.dtypes._PyFloatDType'>"),
        Operand::Complex(_) => (Type::Complex128, "<class 'numpy.dtypes._PyComplexDType'>"),
    };
    (ty.into(), class)
}

fn tuple(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    if items.len() == 1 { items.concat() } else { format!("({})", items.join(", ")) }
}

/// The error for operands that a function has no loop for.
pub fn refusal(ufunc: &Ufunc, operands: &[Operand]) -> Error {
    let dtypes: SmallVec<[(DType, &str); 2]> = operands.iter().map(dtype_of).collect();
    let no_loop = |shown: String| {
        let nothing = tuple(vec!["None".to_string(); ufunc.nout]);
        let message =
            format!("ufunc '{}' did not contain a loop with signature matching types {shown} -> {nothing}", ufunc.name);
        Error::new(ErrorClass::UFuncNoLoopError, message)
    };
    let mixed = dtypes.len() == 2 && dtypes.iter().all(|(dtype, _)| !dtype.is_number());
    match ufunc.resolver {
        Resolver::Uniform | Resolver::Subtract if mixed && dtypes[0].0.ty() != dtypes[1].0.ty() => {
            let [a, b] = [0, 1].map(|k| dtypes[k].0.repr());
            let message = format!("ufunc '{}' cannot use operands with types {a} and {b}", ufunc.name);
            Error::new(ErrorClass::UFuncBinaryResolutionError, message)
        }
        Resolver::Uniform | Resolver::Subtract if dtypes.len() > 1 => {
            no_loop(tuple(dtypes.iter().map(|(dtype, _)| dtype.repr())))
        }
        Resolver::Default | Resolver::TrueDivide => type_error(format!(
            "ufunc '{}' not supported for the input types, and the inputs could not be safely coerced to any supported \
             types according to the casting rule ''safe''",
            ufunc.name
        )),
        _ => no_loop(tuple(dtypes.iter().map(|(_, class)| class.to_string()))),
    }
}

/// Calls a ufunc of which an operand is no number.
///
/// # Errors
/// As [`super::call()`].
pub fn call(runtime: &Runtime, ufunc: &'static Ufunc, operands: &mut [Operand], options: &Options) -> Result<Outcomes> {
    if ufunc.resolver == Resolver::Logical {
        for operand in operands.iter_mut() {
            if let Operand::Array(array) = operand
                && !array.layout().dtype.is_number()
            {
                let truths = truths(runtime, array)?;
                *operand = Operand::Array(truths);
            }
        }
        return super::call(runtime, ufunc, operands, options);
    }
    if ufunc.name == "isnat" || operands.iter().any(is_time) {
        return dates::call(runtime, ufunc, operands, options);
    }
    let [a, b] = operands else { return Err(refusal(ufunc, operands)) };
    let [left, right] = [dtype_of(a).0, dtype_of(b).0];
    let (Operand::Array(x), Operand::Array(y)) = (&*a, &*b) else {
        return Err(unlike(ufunc, operands, &left, &right));
    };
    let same = left.ty() == right.ty();
    match ufunc.name {
        name @ ("equal" | "not_equal") if same && left.ty() == Type::Void => {
            if left.structure().is_some() != right.structure().is_some() {
                return Err(type_error("Cannot compare structured or void to non-void arrays."));
            }
            if promote_dtypes(&left, &right).is_err() {
                return Err(type_error(
                    "Cannot compare structured arrays unless they have a common dtype.  I.e. `np.result_type(arr1, \
                     arr2)` must be defined.",
                ));
            }
            each_pair(runtime, [x, y], Type::Bool.into(), options, |one, other, made| {
                let equal = Item::from_bytes(one, &left).equals(&Item::from_bytes(other, &right));
                made.fill(Bool::from(equal == (name == "equal")).0);
            })
        }
        name if same && left.ty().is_text() && ufunc.resolver == Resolver::Comparison => {
            let wanted: Verdict = match name {
                "equal" => Ordering::is_eq,
                "not_equal" => Ordering::is_ne,
                "less" => Ordering::is_lt,
                "less_equal" => Ordering::is_le,
                "greater" => Ordering::is_gt,
                _ => Ordering::is_ge,
            };
            compare(runtime, x, y, options, wanted)
        }
        "add" if same && left.ty().is_text() => join(runtime, x, y, options),
        "multiply" if left.ty().is_text() && right.ty().is_integer() => repeat(runtime, ufunc, x, y, options),
        "multiply" if right.ty().is_text() && left.ty().is_integer() => repeat(runtime, ufunc, y, x, options),
        _ => Err(unlike(ufunc, operands, &left, &right)),
    }
}

/// The error of a text with a number, or with what else it does not join.
fn unlike(ufunc: &Ufunc, operands: &[Operand], left: &DType, right: &DType) -> Error {
    let times = |text: &DType, count: &DType| text.ty().is_text() && count.ty().is_integer();
    if ufunc.name == "multiply" && (times(left, right) || times(right, left)) {
        return needs_out();
    }
    refusal(ufunc, operands)
}

fn needs_out() -> Error {
    type_error(
        "The 'out' kwarg is necessary when using the string multiply ufunc directly. Use numpy.strings.multiply to \
         multiply strings without specifying 'out'.",
    )
}

type Verdict = fn(Ordering) -> bool;

/// The truth of every element, in an array that nobody sees.
pub fn truths(runtime: &Runtime, array: &ArrayRef) -> Result<ArrayRef> {
    let layout = Layout::contiguous(Type::Bool.into(), &array.shape(), Order::C);
    let bytes = layout.nbytes();
    if array.buffer_ref().is_planned() {
        return NdArray::allocate(runtime, layout);
    }
    let side = Rc::new(AlignedBytes::zeroed(bytes).ok_or(OutOfMemory { bytes })?);
    let buffer = runtime.ledger.scratch(Rc::clone(&side));
    let truths = NdArray::over(layout, buffer, side, true);
    copy_into(runtime, &truths, array, None, Casting::Unsafe)?;
    Ok(truths)
}

/// Runs `work` for every pair of elements: the bytes of both, and the cells of the result's. Gives the result.
fn each_pair(
    runtime: &Runtime,
    [x, y]: [&ArrayRef; 2],
    dtype: DType,
    options: &Options,
    mut work: impl FnMut(&[u8], &[u8], &mut [u8]),
) -> Result<Outcomes> {
    let (a, b) = (x.layout().clone(), y.layout().clone());
    let out = options.out.first().cloned().flatten();
    let given = out.as_ref().map(|out| out.shape());
    let mut shapes: SmallVec<[&[usize]; 3]> = SmallVec::from_slice(&[a.shape.as_slice(), b.shape.as_slice()]);
    shapes.extend(given.as_ref().map(|shape| shape.as_slice()));
    let shape = broadcast_operands(&shapes)?;
    if let Some(given) = &given
        && *given != shape
    {
        return Err(non_broadcastable_output(given, &shape));
    }
    if let Some(out) = &out {
        out.require_writeable("output array")?;
    }
    let direct = out.as_ref().filter(|out| {
        let overlaps = [x, y].iter().any(|input| crate::array::assign::arrays_overlap(out, input));
        out.dtype() == dtype && options.where_.is_none() && !overlaps
    });
    let result = match direct {
        Some(out) => Rc::clone(out),
        None => NdArray::allocate(runtime, allocate_output(&[&a, &b], &shape, &dtype, options.order))?,
    };
    let target = result.layout().clone();
    let buffers = [&result, x, y].map(|array| array.buffer());
    if let [Some(to), Some(left), Some(right)] = [0, 1, 2].map(|i: usize| buffers[i].bytes()) {
        let (mut one, mut other) = (vec![0; a.itemsize()], vec![0; b.itemsize()]);
        let mut made = vec![0; target.itemsize()];
        let walk = Traversal::new(&shape, &[&target, &a, &b], Order::K, false);
        walk.for_each_run(|starts, steps, count| {
            let at = |bytes, op: usize, i| Strided { bytes, offset: starts[op], stride: steps[op] }.from(i);
            for i in 0..count {
                for (element, bytes) in [(at(left, 1, i), &mut one), (at(right, 2, i), &mut other)] {
                    let cells = cells_of(element, bytes.len())?;
                    bytes.iter_mut().zip(cells).for_each(|(byte, cell)| *byte = cell.get());
                }
                work(&one, &other, &mut made);
                let cells = cells_of(at(to, 0, i), made.len())?;
                cells.iter().zip(&made).for_each(|(cell, byte)| cell.set(*byte));
                if i % (1 << 14) == 0 {
                    crate::interrupt::check()?;
                }
            }
            Ok(())
        })?;
    }
    let Some(out) = out else {
        let is_scalar = shape.is_empty() && result.layout().dtype.ty() == Type::Bool;
        let outcome = if is_scalar { Outcome::Scalar(result.read(0)) } else { Outcome::Array(result) };
        return Ok(smallvec::smallvec![outcome]);
    };
    if Rc::ptr_eq(&out, &result) {
        runtime.record_write(&out, None);
    } else {
        crate::array::assign::copyto(runtime, &out, &result, options.casting, options.where_.as_ref())?;
    }
    Ok(smallvec::smallvec![Outcome::Array(out)])
}

fn compare(runtime: &Runtime, x: &ArrayRef, y: &ArrayRef, options: &Options, wanted: Verdict) -> Result<Outcomes> {
    let (a, b) = (x.dtype(), y.dtype());
    each_pair(runtime, [x, y], Type::Bool.into(), options, |one, other, made| {
        let truth = Bool::from(wanted(order_elements((&a, one), (&b, other))));
        made.fill(truth.0);
    })
}

/// Two texts one behind the other; the result has room for both.
fn join(runtime: &Runtime, x: &ArrayRef, y: &ArrayRef, options: &Options) -> Result<Outcomes> {
    let (a, b) = (x.dtype(), y.dtype());
    let dtype = DType::sized(a.ty(), a.itemsize().saturating_add(b.itemsize()));
    let unit = if a.kind() == Kind::Str { 4 } else { 1 };
    each_pair(runtime, [x, y], dtype, options, |one, other, made| {
        let first = native_text(one, unit, a.is_swapped());
        let second = native_text(other, unit, b.is_swapped());
        let mut bytes = first.chain(second);
        made.iter_mut().for_each(|byte| *byte = bytes.next().unwrap_or(0));
    })
}

/// The bytes of a text in the machine's order, without the zeros that fill it up.
fn native_text(bytes: &[u8], unit: usize, swapped: bool) -> impl Iterator<Item = u8> + '_ {
    let used = bytes.chunks_exact(unit).rposition(|c| c.iter().any(|&byte| byte != 0)).map_or(0, |last| last + 1);
    (0..used * unit).map(move |i| {
        let (character, place) = (i / unit, i % unit);
        bytes[character * unit + if swapped { unit - 1 - place } else { place }]
    })
}

/// A text so many times, as far as there is room in the output.
fn repeat(runtime: &Runtime, _: &Ufunc, text: &ArrayRef, count: &ArrayRef, options: &Options) -> Result<Outcomes> {
    let Some(Some(out)) = options.out.first() else { return Err(needs_out()) };
    let (dtype, counts) = (text.dtype(), count.dtype());
    let unit = if dtype.kind() == Kind::Str { 4 } else { 1 };
    let room = DType::sized(dtype.ty(), out.layout().itemsize());
    each_pair(runtime, [text, count], room, options, |one, other, made| {
        let mut first = [0u8; 16];
        first.iter_mut().zip(other).for_each(|(to, byte)| *to = *byte);
        let times = Scalar::from_bytes(&first, &counts).as_i128().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        let whole: Vec<u8> = native_text(one, unit, dtype.is_swapped()).collect();
        let bytes = whole.iter().copied().cycle().take(whole.len().saturating_mul(times));
        let mut bytes = bytes.chain(std::iter::repeat(0));
        made.iter_mut().for_each(|byte| *byte = bytes.next().unwrap_or(0));
    })
}

/// Reduces an array of what is no number: `any` and `all` by truth; nothing else has a loop.
///
/// # Errors
/// `TypeError: the resolved dtypes are not compatible with add.reduce`, and its kin.
pub fn reduced(runtime: &Runtime, ufunc: &Ufunc, array: &ArrayRef, method: &str) -> Result<ArrayRef> {
    let dtype = array.dtype();
    if ufunc.resolver == Resolver::Logical {
        return truths(runtime, array);
    }
    if ufunc.name == "add" && dtype.ty().is_text() {
        let twice = DType::sized(dtype.ty(), dtype.itemsize().saturating_mul(2)).repr();
        let one = dtype.repr();
        return Err(type_error(format!(
            "the resolved dtypes are not compatible with add.{method}. Resolved ({one}, {one}, {twice})"
        )));
    }
    let pair = [Operand::Array(Rc::clone(array)), Operand::Array(Rc::clone(array))];
    Err(refusal(ufunc, &pair))
}
