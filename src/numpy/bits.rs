//! Eight truths in a byte: `np.packbits`, `np.unpackbits`.

use super::calls::{array_argument, axis_argument};
use super::manipulation::shape::flattened;
use crate::array::arrange::Lines;
use crate::array::layout::transpose::normalize_axis_index;
use crate::array::{ArrayRef, NdArray, Order, Scalar, Type};
use crate::error::{Result, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Value, as_index, as_str};

/// Whether the first truth is the lowest bit.
fn is_little(arguments: &Arguments) -> Result<bool> {
    let order = arguments.get("bitorder");
    match as_str(&order, "bitorder")? {
        "big" => Ok(false),
        "little" => Ok(true),
        _ => Err(value_error("'order' must be either 'little' or 'big'").at_argument("bitorder")),
    }
}

/// The array and the axis to work along; without an axis the flattened array.
fn along(context: &mut Context, arguments: &Arguments, array: ArrayRef) -> Result<(ArrayRef, usize)> {
    match axis_argument(arguments, "axis")? {
        Some(axis) => {
            let axis = normalize_axis_index(axis, array.ndim(), None).map_err(|e| e.at_argument("axis"))?;
            Ok((array, axis))
        }
        None => Ok((flattened(context, &array, Order::C)?, 0)),
    }
}

/// A new array of bytes like `array`, with `length` of them along the axis, and its lines beside those of `array`.
fn bytes_like(context: &Context, array: &ArrayRef, axis: usize, length: usize) -> Result<ArrayRef> {
    let mut shape = array.shape();
    shape[axis] = length;
    NdArray::zeros(&context.runtime, Type::UInt8.into(), &shape, Order::C)
}

/// Bit number `i` of a byte, counted as the order says.
fn bit(i: usize, little: bool) -> u8 {
    if little { 1 << (i % 8) } else { 0x80 >> (i % 8) }
}

fn run_packbits(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = array_argument(context, arguments, "a")?;
    let ty = array.dtype().ty();
    if !ty.is_integer() && ty != Type::Bool {
        return Err(type_error("Expected an input array of integer or boolean data type").at_argument("a"));
    }
    let little = is_little(arguments)?;
    let (array, axis) = along(context, arguments, array)?;
    let length = array.shape()[axis];
    let packed = bytes_like(context, &array, axis, length.div_ceil(8))?;
    if context.runtime.ledger.is_planning() {
        return Ok(packed.into());
    }
    let (from, to) = (array.layout(), packed.layout());
    for [source, target] in Lines::new([&from, &to], axis) {
        crate::interrupt::check()?;
        for start in (0..length).step_by(8) {
            let truth = |i: usize| {
                let offset = source.wrapping_add_signed(from.strides[axis].wrapping_mul(i as isize));
                array.read(offset).is_true()
            };
            let byte = (start..length.min(start + 8)).filter(|&i| truth(i)).map(|i| bit(i, little)).sum();
            let offset = target.wrapping_add_signed(to.strides[axis].wrapping_mul((start / 8) as isize));
            packed.write(offset, &Scalar::UInt8(byte));
        }
    }
    drop((from, to));
    Ok(packed.into())
}

fn run_unpackbits(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = array_argument(context, arguments, "a")?;
    if array.dtype().ty() != Type::UInt8 {
        return Err(type_error("Expected an input array of unsigned byte data type").at_argument("a"));
    }
    let little = is_little(arguments)?;
    let (array, axis) = along(context, arguments, array)?;
    let bits = array.shape()[axis].saturating_mul(8);
    let count = match arguments.some("count") {
        None => bits,
        Some(count) => match as_index(count).map_err(|e| e.at_argument("count"))? {
            count if count >= 0 => count as usize,
            fewer => bits.checked_sub(fewer.unsigned_abs()).ok_or_else(|| {
                value_error(format!("-count {fewer} larger than number of elements")).at_argument("count")
            })?,
        },
    };
    let unpacked = bytes_like(context, &array, axis, count)?;
    if context.runtime.ledger.is_planning() {
        return Ok(unpacked.into());
    }
    let (from, to) = (array.layout(), unpacked.layout());
    for [source, target] in Lines::new([&from, &to], axis) {
        crate::interrupt::check()?;
        for i in 0..count.min(bits) {
            let offset = source.wrapping_add_signed(from.strides[axis].wrapping_mul((i / 8) as isize));
            let byte = array.read(offset).as_i128().unwrap_or(0) as u8;
            let offset = target.wrapping_add_signed(to.strides[axis].wrapping_mul(i as isize));
            unpacked.write(offset, &Scalar::UInt8(u8::from(byte & bit(i, little) != 0)));
        }
    }
    drop((from, to));
    Ok(unpacked.into())
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.packbits",
            signature: "(a, /, axis=None, bitorder='big')",
            method: None,
            summary: "The truths of an array, eight in a byte.",
            memory: MemoryRule::New,
            notes: "A bool takes a whole byte in an array: packed it takes an eighth of that.",
            example: "\
>>> a = np.array([1, 0, 1, 1, 0, 0, 0, 0, 1], dtype=bool)
>>> np.packbits(a)
array([176, 128], dtype=uint8)
>>> a.nbytes, np.packbits(a).nbytes
(9, 2)
",
            see_also: &["np.unpackbits", "np.binary_repr"],
            run: Run::Call(run_packbits),
        },
        Function {
            name: "np.unpackbits",
            signature: "(a, /, axis=None, count=None, bitorder='big')",
            method: None,
            summary: "The bits of each byte, one in a byte.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> np.unpackbits(np.array([5], dtype=np.uint8))
array([0, 0, 0, 0, 0, 1, 0, 1], dtype=uint8)
",
            see_also: &["np.packbits"],
            run: Run::Call(run_unpackbits),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
