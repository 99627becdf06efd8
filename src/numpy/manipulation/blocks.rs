//! One array of many blocks: `np.block`.
//!
//! Nested lists say which block stands where. Small results are joined list by list, from the innermost outwards;
//! large ones are allocated once, and every block is copied to its place.

use super::joining::widened;
use crate::array::arrange::concatenate;
use crate::array::cast::{Casting, Operand, result_type};
use crate::array::layout::Shape;
use crate::array::{ArrayRef, CopyReason, NdArray, Order, assign, copy};
use crate::error::{Result, type_error, value_error};
use crate::numpy::coercion::array_from;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::Value;
use std::rc::Rc;

/// The nesting of lists that `np.block` was given.
enum Block {
    Array(ArrayRef),
    Blocks(Vec<Block>),
}

/// How deep the lists nest, checked to be the same everywhere (`_block_check_depths_match`).
fn read_blocks(context: &mut Context, value: &Value, place: &mut Vec<usize>) -> Result<(Block, Vec<usize>)> {
    let name = |place: &[usize]| {
        let indices: String = place.iter().map(|i| format!("[{i}]")).collect();
        format!("arrays{indices}")
    };
    match value {
        Value::Tuple(_) => Err(type_error(format!(
            "{} is a tuple. Only lists can be used to arrange blocks, and np.block does not allow implicit conversion \
             from tuple to ndarray.",
            name(place)
        ))),
        Value::List(list) => {
            let items = list.to_vec();
            if items.is_empty() {
                // its depth is one more than that of the list; whoever compares finds the empty list first
                return Err(value_error(format!("List at {} cannot be empty", name(place))));
            }
            let mut blocks = Vec::new();
            let mut first: Option<Vec<usize>> = None;
            for (i, item) in items.iter().enumerate() {
                place.push(i);
                let (block, index) = read_blocks(context, item, place)?;
                place.pop();
                match &first {
                    None => first = Some(index),
                    Some(before) if before.len() != index.len() => {
                        return Err(value_error(format!(
                            "List depths are mismatched. First element was at depth {}, but there is an element at \
                             depth {} ({})",
                            before.len(),
                            index.len(),
                            name(&index)
                        )));
                    }
                    Some(_) => {}
                }
                blocks.push(block);
            }
            Ok((Block::Blocks(blocks), first.unwrap_or_default()))
        }
        other => Ok((Block::Array(array_from(context, other, None)?), place.clone())),
    }
}

fn most_axes(block: &Block) -> usize {
    match block {
        Block::Array(array) => array.ndim(),
        Block::Blocks(blocks) => blocks.iter().map(most_axes).max().unwrap_or(0),
    }
}

/// Joins from the innermost lists outwards: those along the last axis, the next along the one before.
fn join_blocks(context: &mut Context, block: Block, depth: usize, ndim: usize) -> Result<ArrayRef> {
    match block {
        Block::Array(array) => {
            let missing = ndim.saturating_sub(array.ndim());
            let mut views = widened(vec![array], |_| (0..missing as isize).collect())?;
            Ok(views.swap_remove(0))
        }
        Block::Blocks(blocks) => {
            let parts = blocks
                .into_iter()
                .map(|part| join_blocks(context, part, depth - 1, ndim))
                .collect::<Result<Vec<_>>>()?;
            concatenate(&context.runtime, &parts, Some(-(depth as isize)), None, Casting::SameKind, None)
        }
    }
}

/// What is done with each block: its array, and where its first element goes.
type Visit<'a> = dyn FnMut(&mut Context, &ArrayRef, &[usize]) -> Result<()> + 'a;

/// Visits the blocks, each with the indices of its place; gives the lengths they take together.
fn place_blocks(
    context: &mut Context,
    block: &Block,
    depth: usize,
    ndim: usize,
    place: &mut Vec<usize>,
    visit: &mut Visit<'_>,
) -> Result<Shape> {
    match block {
        Block::Array(array) => {
            let missing = ndim.saturating_sub(array.ndim());
            let wide = widened(vec![Rc::clone(array)], |_| (0..missing as isize).collect())?.swap_remove(0);
            visit(context, &wide, place)?;
            Ok(wide.shape())
        }
        Block::Blocks(blocks) => {
            let axis = ndim - depth;
            let start = place[axis];
            let mut whole: Option<Shape> = None;
            for part in blocks {
                let shape = place_blocks(context, part, depth - 1, ndim, place, visit)?;
                place[axis] += shape[axis];
                match &mut whole {
                    None => whole = Some(shape),
                    Some(whole) => whole[axis] += shape[axis],
                }
            }
            place[axis] = start;
            Ok(whole.unwrap_or_default())
        }
    }
}

/// NumPy's way for large results: one allocation, and every block copied to its place.
fn block_by_slices(context: &mut Context, block: &Block, depth: usize, ndim: usize) -> Result<ArrayRef> {
    let mut types: Vec<Operand> = Vec::new();
    let (mut fortran, mut c) = (true, true);
    let mut look = |_: &mut Context, array: &ArrayRef, _: &[usize]| {
        types.push(array.dtype().ty().into());
        fortran &= array.layout().is_f_contiguous();
        c &= array.layout().is_c_contiguous();
        Ok(())
    };
    let shape = place_blocks(context, block, depth, ndim, &mut vec![0; ndim], &mut look)?;
    let order = if fortran && !c { Order::F } else { Order::C };
    let whole = NdArray::zeros(&context.runtime, result_type(&types)?.into(), &shape, order)?;
    let count = types.len();
    let mut put = |context: &mut Context, array: &ArrayRef, place: &[usize]| {
        if place.iter().all(|&start| start == 0) {
            context.runtime.record_copy(array, &whole, CopyReason::Joined { count });
        }
        let mut layout = whole.layout().clone();
        for (axis, &start) in place.iter().enumerate() {
            layout.offset = layout.offset.wrapping_add_signed(layout.strides[axis].wrapping_mul(start as isize));
        }
        layout.shape = array.shape();
        assign::copy_into(&context.runtime, &NdArray::view(&whole, layout), array, None, Casting::Unsafe)
    };
    place_blocks(context, block, depth, ndim, &mut vec![0; ndim], &mut put)?;
    Ok(whole)
}

/// Elements of all blocks together.
fn total_size(block: &Block) -> usize {
    match block {
        Block::Array(array) => array.size(),
        Block::Blocks(blocks) => blocks.iter().map(total_size).sum(),
    }
}

/// Whether the blocks fit together, so that they can be copied one by one: [`join_blocks`] words the refusal.
fn fits(block: &Block, depth: usize, ndim: usize) -> Option<Shape> {
    match block {
        Block::Array(array) => {
            let missing = ndim.checked_sub(array.ndim())?;
            Some(std::iter::repeat_n(1, missing).chain(array.shape()).collect())
        }
        Block::Blocks(blocks) => {
            let axis = ndim - depth;
            let mut whole: Option<Shape> = None;
            for part in blocks {
                let shape = fits(part, depth - 1, ndim)?;
                match &mut whole {
                    None => whole = Some(shape),
                    Some(whole) => {
                        let same = whole.iter().zip(&shape).enumerate().all(|(i, (a, b))| i == axis || a == b);
                        if !same {
                            return None;
                        }
                        whole[axis] += shape[axis];
                    }
                }
            }
            whole
        }
    }
}

/// From here on NumPy copies blocks by slices (`block`, shape_base.py).
const LARGE_BLOCKS: usize = 2 * 512 * 512;

fn run_block(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let value = arguments.get("arrays");
    let (blocks, place) = read_blocks(context, &value, &mut Vec::new()).map_err(|e| e.at_argument("arrays"))?;
    let depth = place.len();
    let ndim = most_axes(&blocks).max(depth);
    let alone = matches!(blocks, Block::Array(_));
    let large = depth.saturating_mul(total_size(&blocks)) > LARGE_BLOCKS;
    if large && fits(&blocks, depth, ndim).is_some() {
        return block_by_slices(context, &blocks, depth, ndim).map(Value::Array);
    }
    let joined = join_blocks(context, blocks, depth, ndim).map_err(|e| e.at_argument("arrays"))?;
    if alone && matches!(&value, Value::Array(array) if Rc::ptr_eq(array, &joined)) {
        return copy::copy(&context.runtime, &joined, Order::C).map(Value::Array);
    }
    Ok(joined.into())
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[Function {
        name: "np.block",
        signature: "(arrays)",
        method: None,
        summary: "An array put together from nested lists of blocks.",
        memory: MemoryRule::New,
        notes: "The innermost lists are joined along the last axis, those around them along the one before.",
        example: "\
>>> a = np.eye(2, dtype=int)
>>> np.block([[a, a], [9, 9, 9, 9]])
array([[1, 0, 1, 0],
       [0, 1, 0, 1],
       [9, 9, 9, 9]])
>>> np.shares_memory(a, np.block([a]))
False
",
        see_also: &["np.concatenate", "np.vstack", "np.hstack"],
        run: Run::Call(run_block),
    }],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
