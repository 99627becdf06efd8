//! In which order does NumPy add floats? Pairwise: blocks of up to 128 elements in eight partial sums, and blocks
//! joined by halves (`@TYPE@_pairwise_sum`, loops_utils.h.src). The same order gives the same last bit.

use super::float_status::Status;
use super::loops::{binary, binary_rare, reduction};
use crate::array::cast::Strided;
use crate::half::F16;
use crate::memory::{Plain, Run};
use num_complex::Complex;
use std::ops::Add;

/// The most elements added without splitting (`PW_BLOCKSIZE`).
const BLOCK: usize = 128;

/// The pairwise sum of `count` values from `first` on. `zero` is -0.0, so that a sum of minus zeros stays one.
#[inline(always)]
fn pairwise<T: Copy + Add<Output = T>>(at: &impl Fn(usize) -> T, first: usize, count: usize, zero: T) -> T {
    if count < 8 {
        // The first value is added to -0.0, which changes nothing.
        return (first..first + count).fold(zero, |sum, i| sum + at(i));
    }
    let mut r: [T; 8] = std::array::from_fn(|k| at(first + k));
    let whole = count - count % 8;
    for i in (8..whole).step_by(8) {
        for (k, r) in r.iter_mut().enumerate() {
            *r = *r + at(first + i + k);
        }
    }
    let sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    (first + whole..first + count).fold(sum, |sum, i| sum + at(i))
}

/// The pairwise sum of any number of values.
fn split<T: Copy + Add<Output = T>>(at: &impl Fn(usize) -> T, first: usize, count: usize, zero: T) -> T {
    if count <= BLOCK {
        return pairwise(at, first, count, zero);
    }
    let half = count / 2 - (count / 2) % 8;
    split(at, first, half, zero) + split(at, first + half, count - half, zero)
}

fn sum_run<T: Plain + Add<Output = T>>(items: &Run<'_, T>, zero: T) -> T {
    match items.cells() {
        Some(cells) => split(&|i| cells[i].get(), 0, cells.len(), zero),
        None => split(&|i| items.get(i), 0, items.len(), zero),
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
    binary(operands, count, f)
}

/// The driver of half-precision addition: where it reduces, the sum is taken in `f32`.
pub fn sum_half(operands: &[Strided<'_>], count: usize, f: impl Fn(f32, f32) -> f32) -> Status {
    if let Some((accumulator, items)) = reduction::<F16>(operands, count) {
        let sum = split(&|i| items.get(i).to_f32(), 0, items.len(), -0.0f32);
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
