//! In which order does NumPy add floats? Pairwise: blocks of up to 128 elements in eight partial sums, and blocks
//! joined by halves (`@TYPE@_pairwise_sum`, loops_utils.h.src). The same order gives the same last bit.

use super::float_status::Status;
use super::loops::{binary, binary_rare, in_place, reduction};
use crate::array::cast::Strided;
use crate::half::F16;
use crate::memory::{Plain, Run, with_wide_vectors};
use num_complex::Complex;
use std::cell::Cell;
use std::ops::Add;

/// The most elements added without splitting (`PW_BLOCKSIZE`).
const BLOCK: usize = 128;

/// Up to [`BLOCK`] values, eight at a time. `zero` is -0.0, so that a sum of minus zeros stays one.
#[inline(always)]
fn sum_block<T: Copy + Add<Output = T>>(values: impl ExactSizeIterator<Item = T> + Clone, zero: T) -> T {
    let count = values.len();
    if count < 8 {
        return values.fold(zero, |sum, value| sum + value);
    }
    let mut values = values;
    let mut r = [zero; 8];
    for r in &mut r {
        *r = values.next().unwrap_or(zero);
    }
    for _ in 1..count / 8 {
        for r in &mut r {
            if let Some(value) = values.next() {
                *r = *r + value;
            }
        }
    }
    let sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    values.fold(sum, |sum, value| sum + value)
}

/// The same for neighbours in memory.
#[inline(always)]
fn sum_cells<T: Plain + Add<Output = T>>(values: &[Cell<T>], zero: T) -> T {
    let (groups, rest) = values.as_chunks::<8>();
    let rest = rest.iter().map(Cell::get);
    let Some((first, groups)) = groups.split_first() else { return rest.fold(zero, |sum, value| sum + value) };
    let mut r: [T; 8] = std::array::from_fn(|k| first[k].get());
    for group in groups {
        for (r, value) in r.iter_mut().zip(group) {
            *r = *r + value.get();
        }
    }
    let sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    rest.fold(sum, |sum, value| sum + value)
}

/// The pairwise sum of any number of values, where `block` sums up to [`BLOCK`] of them from a first one on.
fn split<T: Copy + Add<Output = T>>(block: &impl Fn(usize, usize) -> T, first: usize, count: usize) -> T {
    if count <= BLOCK {
        return block(first, count);
    }
    let half = count / 2 - (count / 2) % 8;
    split(block, first, half) + split(block, first + half, count - half)
}

fn sum_run<T: Plain + Add<Output = T>>(items: &Run<'_, T>, zero: T) -> T {
    let strided = |first: usize, count: usize| sum_block((first..first + count).map(|i| items.get(i)), zero);
    match items.cells() {
        Some(cells) => split(
            &|first, count| {
                let block = &cells[first..first + count];
                with_wide_vectors(|| sum_cells(block, zero)).unwrap_or_else(|| sum_cells(block, zero))
            },
            0,
            cells.len(),
        ),
        None => split(&strided, 0, items.len()),
    }
}

/// The driver of float addition: element by element, or pairwise where it reduces.
#[inline(always)]
pub fn sum<T: Plain + Add<Output = T> + From<i8> + std::ops::Neg<Output = T>>(
    operands: &[Strided<'_>],
    count: usize,
    f: impl Fn(T, T) -> T,
) -> Status {
    if let Some((accumulator, items)) = reduction::<T>(operands, count) {
        accumulator.set(0, accumulator.get(0) + sum_run(&items, -T::from(0)));
        return Status::NONE;
    }
    in_place(operands, count, &f).unwrap_or_else(|| binary(operands, count, f))
}

/// The driver of half-precision addition: where it reduces, the sum is taken in `f32`.
pub fn sum_half(operands: &[Strided<'_>], count: usize, f: impl Fn(f32, f32) -> f32) -> Status {
    if let Some((accumulator, items)) = reduction::<F16>(operands, count) {
        let block = |first: usize, count: usize| sum_block((first..first + count).map(|i| items.get(i).to_f32()), -0.0);
        let sum: f32 = split(&block, 0, items.len());
        accumulator.set(0, F16::from_f32(accumulator.get(0).to_f32() + sum));
        return Status::NONE;
    }
    binary_rare(operands, count, |a: F16, b: F16| F16::from_f32(f(a.to_f32(), b.to_f32())))
}

/// The pairwise sum of complex values: NumPy keeps four pairs of partial sums and blocks of 64 values
/// (`@TYPE@_pairwise_sum` for complex types).
fn split_complex<P: Copy + Add<Output = P> + From<i8> + std::ops::Neg<Output = P>>(
    at: &impl Fn(usize) -> Complex<P>,
    first: usize,
    count: usize,
) -> Complex<P> {
    let zero = -P::from(0);
    let add = |a: Complex<P>, b: Complex<P>| Complex { re: a.re + b.re, im: a.im + b.im };
    if count < 4 {
        return (first..first + count).fold(Complex { re: zero, im: zero }, |sum, i| add(sum, at(i)));
    }
    if count <= BLOCK / 2 {
        let mut r: [Complex<P>; 4] = std::array::from_fn(|k| at(first + k));
        let whole = count - count % 4;
        for i in (4..whole).step_by(4) {
            for (k, r) in r.iter_mut().enumerate() {
                *r = add(*r, at(first + i + k));
            }
        }
        let sum = add(add(r[0], r[1]), add(r[2], r[3]));
        return (first + whole..first + count).fold(sum, |sum, i| add(sum, at(i)));
    }
    // NumPy counts the parts: n2 = n / 2; n2 -= n2 % 8, of 2 * count parts.
    let half = (count - count % 8) / 2;
    add(split_complex(at, first, half), split_complex(at, first + half, count - half))
}

/// The driver of complex addition.
#[inline(always)]
pub fn sum_complex<P>(
    operands: &[Strided<'_>],
    count: usize,
    f: impl Fn(Complex<P>, Complex<P>) -> Complex<P>,
) -> Status
where
    P: Copy + Add<Output = P> + From<i8> + std::ops::Neg<Output = P>,
    Complex<P>: Plain,
{
    if let Some((accumulator, items)) = reduction::<Complex<P>>(operands, count) {
        let sum = split_complex(&|i| items.get(i), 0, items.len());
        let start = accumulator.get(0);
        accumulator.set(0, Complex { re: start.re + sum.re, im: start.im + sum.im });
        return Status::NONE;
    }
    binary(operands, count, f)
}
