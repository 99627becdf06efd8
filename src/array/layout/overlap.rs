//! Do two layouts share a byte? Exactly, or as far as a given amount of work can tell.
//!
//! An element of the first array starts at `s + Σ aᵢ xᵢ`, one of the second at `t + Σ bⱼ yⱼ`, with every index within
//! its axis; they share a byte if the two are equal up to a byte within each item. Turning negative strides
//! round, and counting one of the arrays from its end, this is one question about whole numbers:
//!
//! ```text
//! a₁ x₁ + a₂ x₂ + ... + aₙ xₙ = b     with  0 <= xᵢ <= uᵢ  and  aᵢ > 0
//! ```
//!
//! In general that is as hard as packing a knapsack, so the search takes a limit. It peels the terms off one by
//! one: for two terms Euclid's algorithm gives all solutions as a line, cut off by the bounds; for more, the terms
//! in front count as one term with their greatest common divisor as coefficient, and each candidate for the last
//! term leaves a smaller question. Few terms, or strides that divide each other, are solved at once.
//!
//! An array overlaps itself if two different indices lead to one byte: the same equation with doubled bounds, in
//! which the solution "both indices equal" does not count.
//!
//! Follows mem_overlap.c, where the method is described with its sources; the work is counted as there, so that
//! `max_work` gives up in the same places.

use super::Layout;
use crate::error::{Error, ErrorClass, Result, overflow_error, value_error};
use crate::interrupt;
use smallvec::{SmallVec, smallvec};

/// What a search for shared memory found (`mem_overlap_t`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Overlap {
    /// No byte is shared.
    No,
    /// Some byte is.
    Yes,
    /// The allowed work did not suffice.
    TooHard,
    /// The numbers do not fit.
    Overflow,
}

/// `a x`, with `0 <= x <= bound`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Term {
    a: i64,
    bound: i64,
}

type Terms = SmallVec<[Term; 12]>;

/// `np.shares_memory(a, b, max_work)` of two layouts over the same buffer. NumPy's default for `max_work` is -1, an
/// exact answer; 0 compares the bounds only.
///
/// # Errors
/// `TooHardError: Exceeded max_work`; `OverflowError`; `ValueError` for a limit below -1; `KeyboardInterrupt`.
pub fn shares_memory(a: &Layout, b: &Layout, max_work: i64) -> Result<bool> {
    match checked(a, b, max_work)? {
        Overlap::No => Ok(false),
        Overlap::Yes => Ok(true),
        Overlap::TooHard => Err(Error::new(ErrorClass::TooHardError, "Exceeded max_work")),
        Overlap::Overflow => Err(overflow_error("Integer overflow in computing overlap")),
    }
}

/// `np.may_share_memory(a, b, max_work)`: true where it is not known. NumPy's default for `max_work` is 0: only the
/// bounds.
///
/// # Errors
/// `ValueError` for a limit below -1; `KeyboardInterrupt`.
pub fn may_share_memory(a: &Layout, b: &Layout, max_work: i64) -> Result<bool> {
    Ok(checked(a, b, max_work)? != Overlap::No)
}

fn checked(a: &Layout, b: &Layout, max_work: i64) -> Result<Overlap> {
    if max_work < -1 {
        return Err(value_error("Invalid value for max_work"));
    }
    solve_may_share_memory(a, b, max_work)
}

/// Whether two layouts over the same buffer share a byte, with at most `max_work` candidates tried (-1: no limit, 0:
/// only the bounds).
///
/// # Errors
/// `KeyboardInterrupt`.
pub fn solve_may_share_memory(a: &Layout, b: &Layout, max_work: i64) -> Result<Overlap> {
    let (Some((start1, end1)), Some((start2, end2))) = (a.byte_range(), b.byte_range()) else {
        return Ok(Overlap::Overflow);
    };
    if !(start1 < end2 && start2 < end1 && start1 < end1 && start2 < end2) {
        return Ok(Overlap::No);
    }
    if max_work == 0 {
        return Ok(Overlap::TooHard);
    }
    // Count one of the arrays from its last byte; take the choice with the smaller right side.
    let (Some(right1), Some(right2)) = (end2.checked_sub(start1), end1.checked_sub(start2)) else {
        return Ok(Overlap::Overflow);
    };
    let right = right1.min(right2) as i64 - 1;
    let mut terms = Terms::new();
    for layout in [a, b] {
        for (&length, &stride) in layout.shape.iter().zip(&layout.strides) {
            if length > 1 && stride != 0 {
                let Some(a) = stride.checked_abs() else { return Ok(Overlap::Overflow) };
                terms.push(Term { a: a as i64, bound: length as i64 - 1 });
            }
        }
    }
    for layout in [a, b] {
        if layout.itemsize() > 1 {
            terms.push(Term { a: 1, bound: layout.itemsize() as i64 - 1 });
        }
    }
    if !simplify(&mut terms, right) {
        return Ok(Overlap::Overflow);
    }
    solve_diophantine(&terms, right, max_work, false)
}

/// Whether two different indices of a layout lead to the same byte, with at most `max_work` candidates tried
/// (-1: no limit).
///
/// # Errors
/// `KeyboardInterrupt`.
pub fn solve_may_have_internal_overlap(layout: &Layout, max_work: i64) -> Result<Overlap> {
    if layout.is_c_contiguous() {
        return Ok(Overlap::No);
    }
    let mut terms = Terms::new();
    for (&length, &stride) in layout.shape.iter().zip(&layout.strides) {
        let Some(a) = stride.checked_abs() else { return Ok(Overlap::Overflow) };
        match length {
            0 => return Ok(Overlap::No),
            1 => {}
            _ if a == 0 => return Ok(Overlap::Yes),
            _ => terms.push(Term { a: a as i64, bound: length as i64 - 1 }),
        }
    }
    if layout.itemsize() > 1 {
        terms.push(Term { a: 1, bound: layout.itemsize() as i64 - 1 });
    }
    for term in &mut terms {
        let Some(bound) = term.bound.checked_mul(2) else { return Ok(Overlap::Overflow) };
        term.bound = bound;
    }
    terms.sort_by_key(|term| std::cmp::Reverse(term.a));
    // the point that stands for "equal indices": half of every bound
    let middle = terms.iter().try_fold(0i64, |sum, term| sum.checked_add(term.a.checked_mul(term.bound / 2)?));
    match middle {
        Some(middle) => solve_diophantine(&terms, middle, max_work, true),
        None => Ok(Overlap::Overflow),
    }
}

/// Puts terms with equal coefficients together, cuts bounds to what can matter, and drops terms that are
/// always 0. Whether there is a solution stays the same. False where a bound does not fit (`diophantine_simplify`).
fn simplify(terms: &mut Terms, right: i64) -> bool {
    terms.sort_by_key(|term| std::cmp::Reverse(term.a));
    let mut fits = true;
    terms.dedup_by(|next, kept| {
        let equal = next.a == kept.a;
        if equal {
            match kept.bound.checked_add(next.bound) {
                Some(bound) => kept.bound = bound,
                None => fits = false,
            }
        }
        equal
    });
    for term in terms.iter_mut() {
        term.bound = term.bound.min(right / term.a);
    }
    terms.retain(|term| term.bound != 0);
    fits
}

/// Whether the bounded equation has a solution; with `nontrivial`, one beside "half of every bound"
/// (`solve_diophantine`). The terms stand from the largest coefficient to the smallest.
fn solve_diophantine(terms: &[Term], right: i64, max_work: i64, nontrivial: bool) -> Result<Overlap> {
    let truth = |solvable| if solvable { Overlap::Yes } else { Overlap::No };
    if right < 0 {
        return Ok(Overlap::No);
    }
    match terms {
        [] => Ok(truth(!nontrivial && right == 0)),
        [term] => Ok(truth(!nontrivial && right % term.a == 0 && right / term.a <= term.bound)),
        _ => match Search::new(terms, max_work, nontrivial) {
            Some(mut search) => search.solve(terms.len() - 1, right),
            None => Ok(Overlap::Overflow),
        },
    }
}

/// All terms up to one, seen as one term: `gcd * x` with its bound, and how to split a solution between the last of
/// them and those before it.
#[derive(Clone, Copy, Debug)]
struct Merged {
    gcd: i64,
    bound: i64,
    gamma: i64,
    epsilon: i64,
}

/// The depth-first search over candidates for the terms, the last first.
struct Search<'a> {
    terms: &'a [Term],
    /// `merged[n]`: terms 0 to n + 1.
    merged: SmallVec<[Merged; 12]>,
    max_work: i64,
    nontrivial: bool,
    solution: SmallVec<[i64; 12]>,
    count: i64,
}

impl<'a> Search<'a> {
    /// `diophantine_precompute`; `None` where a bound does not fit.
    fn new(terms: &'a [Term], max_work: i64, nontrivial: bool) -> Option<Search<'a>> {
        let mut merged: SmallVec<[Merged; 12]> = SmallVec::new();
        let mut front = *terms.first()?;
        for (n, &term) in terms.iter().enumerate().skip(1) {
            let (gcd, gamma, epsilon) = euclid(front.a, term.a);
            let bound = if n + 1 < terms.len() {
                let (c1, c2) = (front.a / gcd, term.a / gcd);
                front.bound.checked_mul(c1)?.checked_add(term.bound.checked_mul(c2)?)?
            } else {
                0
            };
            merged.push(Merged { gcd, bound, gamma, epsilon });
            front = Term { a: gcd, bound };
        }
        Some(Search { terms, merged, max_work, nontrivial, solution: smallvec![0; terms.len()], count: 0 })
    }

    /// Solves the equation of terms 0 to `last` for `right` (`diophantine_dfs`).
    fn solve(&mut self, last: usize, right: i64) -> Result<Overlap> {
        if self.max_work >= 0 && self.count >= self.max_work {
            return Ok(Overlap::TooHard);
        }
        if self.count & 0xffff == 0xffff {
            interrupt::check()?;
        }
        let front = match last {
            1 => self.terms[0],
            _ => Term { a: self.merged[last - 2].gcd, bound: self.merged[last - 2].bound },
        };
        let term = self.terms[last];
        let Merged { gcd, gamma, epsilon, .. } = self.merged[last - 1];
        if right % gcd != 0 {
            self.count += 1;
            return Ok(Overlap::No);
        }
        // all solutions: x1 = γc + c1 t for the front, x2 = εc - c2 t for the term; the bounds cut out a range of t
        let c = i128::from(right / gcd);
        let (c1, c2) = (i128::from(term.a / gcd), i128::from(front.a / gcd));
        let (x1, x2) = (i128::from(gamma) * c, i128::from(epsilon) * c);
        let low = ceil_div(-x1, c1).max(ceil_div(x2 - i128::from(term.bound), c2));
        let high = (i128::from(front.bound) - x1).div_euclid(c1).min(x2.div_euclid(c2));
        if low > high {
            self.count += 1;
            return Ok(Overlap::No);
        }
        let (x1, x2, tries) = (x1 + c1 * low, x2 - c2 * low, high - low);
        let (Ok(x1), Ok(x2), Ok(tries)) = (i64::try_from(x1), i64::try_from(x2), i64::try_from(tries)) else {
            return Ok(Overlap::Overflow);
        };
        let c2 = c2 as i64;
        if last == 1 {
            (self.solution[0], self.solution[1]) = (x1, x2);
            if self.nontrivial && self.solution.iter().zip(self.terms).all(|(&x, term)| x == term.bound / 2) {
                self.count += 1;
                return Ok(Overlap::No);
            }
            return Ok(Overlap::Yes);
        }
        for t in 0..=tries {
            let x = x2 - c2 * t;
            self.solution[last] = x;
            let Some(rest) = term.a.checked_mul(x).and_then(|part| right.checked_sub(part)) else {
                return Ok(Overlap::Overflow);
            };
            let found = self.solve(last - 1, rest)?;
            if found != Overlap::No {
                return Ok(found);
            }
        }
        self.count += 1;
        Ok(Overlap::No)
    }
}

fn ceil_div(a: i128, b: i128) -> i128 {
    -(-a).div_euclid(b)
}

/// The greatest common divisor of two positive numbers, and factors with `gamma * a1 + epsilon * a2 == gcd`.
fn euclid(mut a1: i64, mut a2: i64) -> (i64, i64, i64) {
    let (mut gamma1, mut gamma2, mut epsilon1, mut epsilon2) = (1, 0, 0, 1);
    loop {
        if a2 == 0 {
            return (a1, gamma1, epsilon1);
        }
        let ratio = a1 / a2;
        a1 -= ratio * a2;
        gamma1 -= ratio * gamma2;
        epsilon1 -= ratio * epsilon2;
        if a1 == 0 {
            return (a2, gamma2, epsilon2);
        }
        let ratio = a2 / a1;
        a2 -= ratio * a1;
        gamma2 -= ratio * gamma1;
        epsilon2 -= ratio * epsilon1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Order, Shape, Strides};
    use super::*;
    use crate::array::Type;
    use proptest::prelude::*;
    use std::collections::HashSet;

    fn bytes(layout: &Layout) -> (HashSet<isize>, bool) {
        let (mut seen, mut repeated) = (HashSet::new(), false);
        let mut starts = vec![layout.offset as isize];
        for (&length, &stride) in layout.shape.iter().zip(&layout.strides) {
            starts = starts.iter().flat_map(|&at| (0..length).map(move |n| at + stride * n as isize)).collect();
        }
        for start in starts {
            for byte in 0..layout.itemsize() as isize {
                repeated |= !seen.insert(start + byte);
            }
        }
        (seen, repeated)
    }

    prop_compose! {
        fn any_layout()(axes in prop::collection::vec((0usize..5, -20isize..20), 0..4), ty in 0usize..14,
                        offset in 200usize..300) -> Layout {
            Layout {
                dtype: Type::NUMBERS[ty].into(),
                shape: axes.iter().map(|axis| axis.0).collect(),
                strides: axes.iter().map(|axis| axis.1).collect(),
                offset,
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn sharing_is_what_trying_every_byte_says(a in any_layout(), b in any_layout()) {
            let shared = !bytes(&a).0.is_disjoint(&bytes(&b).0);
            prop_assert_eq!(shares_memory(&a, &b, -1).unwrap(), shared);
            prop_assert!(may_share_memory(&a, &b, 0).unwrap() >= shared);
            match solve_may_share_memory(&a, &b, 3).unwrap() {
                Overlap::TooHard => {}
                found => prop_assert_eq!(found == Overlap::Yes, shared),
            }
        }

        #[test]
        fn internal_overlap_is_what_trying_every_byte_says(a in any_layout()) {
            let found = solve_may_have_internal_overlap(&a, -1).unwrap();
            prop_assert_eq!(found == Overlap::Yes, bytes(&a).1);
        }
    }

    #[test]
    fn limits() {
        let every = |offset| Layout {
            dtype: Type::Int8.into(),
            shape: Shape::from_slice(&[4]),
            strides: Strides::from_slice(&[2]),
            offset,
        };
        assert!(!shares_memory(&every(0), &every(1), -1).unwrap());
        assert!(may_share_memory(&every(0), &every(1), 0).unwrap());
        assert_eq!(shares_memory(&every(0), &every(0), 0).unwrap_err().message(), "Exceeded max_work");
        assert_eq!(may_share_memory(&every(0), &every(0), -2).unwrap_err().message(), "Invalid value for max_work");
        let whole = Layout::contiguous(Type::Int8.into(), &[8], Order::C);
        assert!(shares_memory(&whole, &every(7), 1).unwrap());
    }
}
