//! How are the elements of a new array ordered, when it should resemble others?
//!
//! `order='K'` means: as near to the order in memory as can be, without gaps. For one array that is a sort of
//! its axes by stride. For several operands, as in `a + b`, each pair of axes is put to the vote of the operands that
//! move along both; where they disagree, the order of the axes as they stand wins.
//!
//! Three of NumPy's paths, which differ in how they treat axes of length 1, so that even meaningless strides come out
//! the same: `PyArray_NewLikeArray` (ctors.c) for copies; the trivial loop of ufuncs
//! (`try_trivial_single_output_loop`); `npyiter_new_temp_array` (nditer_constr.c) for all other ufuncs.

use super::broadcast::stretch;
use super::{Layout, Order, Shape, Strides, contiguous_strides, reshape::resolve_order};
use crate::array::DType;
use smallvec::SmallVec;

/// The axes from the largest stride to the smallest, signs ignored; equal strides stay in their order
/// (`PyArray_CreateSortedStridePerm`).
pub fn sorted_stride_order(strides: &[isize]) -> SmallVec<[usize; 4]> {
    let mut order: SmallVec<[usize; 4]> = (0..strides.len()).collect();
    order.sort_by_key(|&axis| std::cmp::Reverse(strides[axis].unsigned_abs()));
    order
}

/// The layout of a new array like `prototype`, with another dtype: `np.empty_like`, `a.copy(order)`, `a.astype(...)`
/// (`PyArray_NewLikeArray`).
pub fn like(prototype: &Layout, dtype: DType, order: Order) -> Layout {
    like_with_shape(prototype, dtype, order, &prototype.shape)
}

/// [`like`] with another shape too. `K` counts as `C` where the number of axes differs
/// (`PyArray_NewLikeArrayWithShape`).
pub fn like_with_shape(prototype: &Layout, dtype: DType, order: Order, shape: &[usize]) -> Layout {
    let order = match order {
        Order::K if shape.len() != prototype.ndim() || shape.len() <= 1 || prototype.is_c_contiguous() => Order::C,
        Order::K if prototype.is_f_contiguous() => Order::F,
        other => resolve_order(prototype, other),
    };
    if order != Order::K {
        return Layout::contiguous(dtype, shape, order);
    }
    let order = sorted_stride_order(&prototype.strides);
    packed(dtype, shape, order.into_iter().rev())
}

/// A new layout without gaps, its axes from the closest together to the farthest apart as `fastest_first` lists them.
fn packed(dtype: DType, shape: &[usize], fastest_first: impl Iterator<Item = usize>) -> Layout {
    let mut strides: Strides = SmallVec::from_elem(0, shape.len());
    let mut step = dtype.itemsize() as isize;
    for axis in fastest_first {
        strides[axis] = step;
        step = step.wrapping_mul(shape[axis] as isize);
    }
    Layout::fresh(dtype, Shape::from_slice(shape), strides)
}

/// The layout of the one result of a ufunc that NumPy computes in a single loop, its trivial loop; `None` where it
/// does not. `order` is the call's `order=`. The condition beside this: no operand needs a cast or is misaligned (a
/// 0-d or small 1-d operand may be), there is no `where=` and one output.
pub fn trivial_output(operands: &[&Layout], dtype: &DType, order: Order) -> Option<Layout> {
    const C: u8 = 1;
    const F: u8 = 2;
    let mut wanted = match order {
        Order::C => C,
        Order::F => F,
        _ => 0,
    };
    let mut shape: &[usize] = &[];
    for operand in operands.iter().filter(|operand| operand.ndim() > 0) {
        if shape.is_empty() {
            shape = &operand.shape;
        } else if shape != operand.shape.as_slice() {
            return None;
        }
        if operand.ndim() > 1 {
            let has = C * u8::from(operand.is_c_contiguous()) + F * u8::from(operand.is_f_contiguous());
            if wanted == 0 {
                wanted = has;
            }
            if has == 0 || wanted != has {
                return None;
            }
        }
    }
    let order = if wanted == F { Order::F } else { Order::C };
    Some(Layout::contiguous(dtype.clone(), shape, order))
}

/// The layout of a result that NumPy's iterator allocates for these operands, in the shape they broadcast to
/// (`npyiter_find_best_axis_ordering`, `npyiter_new_temp_array`). With order A the result is F-ordered where
/// all operands are F-contiguous.
pub fn allocate_output(operands: &[&Layout], shape: &[usize], dtype: &DType, order: Order) -> Layout {
    let order = match order {
        Order::A if operands.iter().all(|operand| operand.is_f_contiguous()) => Order::F,
        Order::A => Order::C,
        other => other,
    };
    if order != Order::K {
        let strides = contiguous_strides(shape, dtype.itemsize(), order);
        return Layout::fresh(dtype.clone(), Shape::from_slice(shape), strides);
    }
    let mut strides: SmallVec<[isize; 16]> = SmallVec::from_elem(0, shape.len() * operands.len());
    for (op, operand) in operands.iter().enumerate() {
        let Some(stretched) = stretch(operand, shape) else { continue };
        for axis in 0..shape.len() {
            strides[axis * operands.len() + op] = stretched.strides[axis];
        }
    }
    packed(dtype.clone(), shape, best_axis_order(shape.len(), operands.len(), &strides).into_iter())
}

/// The axes from the smallest stride to the largest, by the vote of all operands (`npyiter_find_best_axis_ordering`).
/// `strides[axis * operands + operand]`, in bytes; 0 abstains.
pub fn best_axis_order(ndim: usize, operands: usize, strides: &[isize]) -> SmallVec<[usize; 4]> {
    let mut order: SmallVec<[usize; 4]> = (0..ndim).rev().collect();
    let of = |axis: usize| &strides[axis * operands..(axis + 1) * operands];
    for from in 1..ndim {
        let axis = order[from];
        let mut to = from;
        for place in (0..from).rev() {
            match votes_for_swap(of(axis), of(order[place])) {
                Some(true) => to = place,
                Some(false) => break,
                None => {}
            }
        }
        order[to..=from].rotate_right(1);
    }
    order
}

/// Whether an axis with `strides` should come before (closer than) the one with `other`: `None` where no operand
/// moves along both. The first that does decides, but any later one can veto.
#[inline]
fn votes_for_swap(strides: &[isize], other: &[isize]) -> Option<bool> {
    let mut votes = (strides.iter().zip(other))
        .filter(|&(&a, &b)| a != 0 && b != 0)
        .map(|(a, b)| a.unsigned_abs() < b.unsigned_abs());
    let first = votes.next()?;
    Some(first && votes.all(|vote| vote))
}

#[cfg(test)]
mod tests {
    use super::super::transpose::transpose;
    use super::*;
    use crate::array::Type;

    #[test]
    fn a_copy_keeps_the_order_of_the_axes_in_memory() {
        let a = Layout::contiguous(Type::Int64.into(), &[2, 3, 4], Order::C);
        let t = transpose(&a, Some(&[1, 2, 0])).unwrap();
        assert_eq!(like(&t, Type::Int8.into(), Order::K).strides.as_slice(), [4, 1, 12]);
        assert_eq!(like(&t, Type::Int8.into(), Order::C).strides.as_slice(), [8, 2, 1]);
        assert_eq!(like_with_shape(&t, Type::Int8.into(), Order::K, &[2, 2]).strides.as_slice(), [2, 1]);
    }

    #[test]
    fn operands_that_disagree_get_c_order() {
        let c = Layout::contiguous(Type::Int64.into(), &[2, 3], Order::C);
        let f = Layout::contiguous(Type::Int64.into(), &[2, 3], Order::F);
        let int64 = Type::Int64.into();
        assert_eq!(allocate_output(&[&f, &c], &[2, 3], &int64, Order::K).strides.as_slice(), [24, 8]);
        assert_eq!(allocate_output(&[&f, &f], &[2, 3], &int64, Order::K).strides.as_slice(), [8, 16]);
        assert_eq!(trivial_output(&[&f, &f], &int64, Order::K).unwrap().strides.as_slice(), [8, 16]);
        assert_eq!(trivial_output(&[&f, &c], &int64, Order::K), None);
    }
}
