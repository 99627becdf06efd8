//! What to write instead of a copy that need not be: each cure is proved on the layouts before it is told.

use super::copied::{Asked, Copied, CopyReason};
use super::layout::{BasicIndex, Layout, Order, ravel, reshape};
use std::fmt;

/// Another spelling, which copies nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cure {
    before: &'static str,
    after: String,
    /// What it gives: `is a view`.
    pub gives: Gives,
}

/// What a cure gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// The array itself.
    Itself,
    /// A view with the same elements in the same order.
    View,
    /// A view with the same elements in another order: that of C or F, or that of memory (K).
    Reordered(Order),
}

impl Gives {
    /// Whether what it gives is what the copy was, value for value.
    pub fn is_same(self) -> bool {
        !matches!(self, Gives::Reordered(_))
    }
}

impl fmt::Display for Gives {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Gives::Itself => "is the array itself",
            Gives::View => "is a view",
            Gives::Reordered(Order::C) => "is a view, with the elements in C order",
            Gives::Reordered(Order::F) => "is a view, with the elements in F order",
            Gives::Reordered(_) => "is a view, with the elements in the order of memory",
        })
    }
}

impl Cure {
    fn method(after: String, gives: Gives) -> Cure {
        Cure { before: "", after, gives }
    }

    /// The spelling, where `source` is what is copied.
    pub fn spelling(&self, source: &str) -> String {
        format!("{}{source}{}", self.before, self.after)
    }

    /// Whether the source stands before a dot or a bracket, so that an operator in it wants parentheses.
    pub fn is_method(&self) -> bool {
        self.before.is_empty()
    }
}

impl Copied {
    /// What to write instead of the whole expression, behind the one that was copied; nothing where a copy cannot be
    /// avoided, or was wanted, or was made on the way to another result.
    pub fn cure(&self) -> Option<Cure> {
        if self.direct { self.reason.cure(&self.layout) } else { None }
    }
}

impl CopyReason {
    /// What to write instead of a copy of an array of this layout; nothing where a copy cannot be avoided, or was
    /// wanted.
    pub fn cure(&self, layout: &Layout) -> Option<Cure> {
        match self {
            CopyReason::NoView { shape, order, .. } => reshaped(layout, shape, *order),
            CopyReason::Gathered(gathered) => {
                let basic = gathered.as_basic(layout)?;
                Some(Cure::method(format!("[{}]", Items(&basic)), Gives::View))
            }
            CopyReason::Asked(Asked::Flatten(order)) => {
                if ravel(layout, *order).is_ok() {
                    return Some(Cure::method(format!(".ravel({})", order_argument(*order)), Gives::View));
                }
                reshaped(layout, &[layout.size()], *order)
            }
            CopyReason::Asked(Asked::Astype) => {
                Some(Cure::method(format!(".astype('{}', copy=False)", layout.dtype), Gives::Itself))
            }
            CopyReason::Asked(Asked::Array) => {
                Some(Cure { before: "np.asarray(", after: ")".into(), gives: Gives::Itself })
            }
            CopyReason::Asked(Asked::Reshape(shape, order)) => {
                reshape(layout, shape, *order).ok()?;
                Some(Cure::method(format!(".reshape({})", arguments(shape, *order)), Gives::View))
            }
            _ => None,
        }
    }
}

/// The view of an array with this layout and another shape: with the elements in the same order if there is one.
fn reshaped(layout: &Layout, shape: &[usize], order: Order) -> Option<Cure> {
    let flat = shape.len() == 1;
    // in order K the elements come in the order of C where there is only one axis
    let same = if order == Order::K && layout.ndim() <= 1 { Order::C } else { order };
    if same != Order::K && reshape(layout, shape, same).is_ok() {
        return Some(Cure::method(format!(".reshape({})", arguments(shape, same)), Gives::View));
    }
    let other = if order == Order::F { Order::C } else { Order::F };
    if reshape(layout, shape, other).is_ok() {
        return Some(Cure::method(format!(".reshape({})", arguments(shape, other)), Gives::Reordered(other)));
    }
    if flat && ravel(layout, Order::K).is_ok() {
        return Some(Cure::method(".ravel(order='K')".into(), Gives::Reordered(Order::K)));
    }
    None
}

fn order_argument(order: Order) -> String {
    if order == Order::C { String::new() } else { format!("order='{order:?}'") }
}

/// The arguments of a reshape.
fn arguments(shape: &[usize], order: Order) -> String {
    let lengths = match shape {
        [_] => "-1".to_string(),
        [] => "()".to_string(),
        _ => shape.iter().map(usize::to_string).collect::<Vec<_>>().join(", "),
    };
    match order_argument(order) {
        none if none.is_empty() => lengths,
        order => format!("{lengths}, {order}"),
    }
}

/// The items of an index, as they are written.
struct Items<'a>(&'a [BasicIndex]);

impl fmt::Display for Items<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, item) in self.0.iter().enumerate() {
            if n > 0 {
                f.write_str(", ")?;
            }
            let bound = |bound: Option<isize>| bound.map(|bound| bound.to_string()).unwrap_or_default();
            match item {
                BasicIndex::Int(place) => write!(f, "{place}")?,
                BasicIndex::NewAxis => f.write_str("None")?,
                BasicIndex::Ellipsis => f.write_str("...")?,
                BasicIndex::Slice(slice) => {
                    write!(f, "{}:{}", bound(slice.start), bound(slice.stop))?;
                    if slice.step.is_some() {
                        write!(f, ":{}", bound(slice.step))?;
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::layout::reshape::newshape;
    use super::super::layout::transpose::transpose;
    use super::super::layout::{Slice, basic_index};
    use super::*;
    use crate::array::Type;
    use crate::array::layout::Shape;

    fn arange(shape: &[usize]) -> Layout {
        Layout::contiguous(Type::Int64.into(), shape, Order::C)
    }

    fn cure_of_reshape(layout: &Layout, shape: &[isize]) -> Option<String> {
        let (shape, reason) = newshape(layout, shape, Order::C).unwrap().unwrap_err();
        let reason = CopyReason::NoView { reason, shape, order: Order::C };
        reason.cure(layout).map(|cure| format!("{} {}", cure.spelling("x"), cure.gives))
    }

    #[test]
    fn a_reshape_in_another_order() {
        let t = transpose(&arange(&[2, 3]), None).unwrap();
        assert_eq!(
            cure_of_reshape(&t, &[-1]).unwrap(),
            "x.reshape(-1, order='F') is a view, with the elements in F order"
        );
        assert_eq!(
            cure_of_reshape(&t, &[2, 3]).unwrap(),
            "x.reshape(2, 3, order='F') is a view, with the elements in F order"
        );
        let turned = transpose(&arange(&[2, 3, 4]), Some(&[1, 0, 2])).unwrap();
        assert_eq!(
            cure_of_reshape(&turned, &[-1]).unwrap(),
            "x.ravel(order='K') is a view, with the elements in the order of memory"
        );
        assert_eq!(cure_of_reshape(&turned, &[4, 6]), None);
    }

    #[test]
    fn ravel_of_a_strided_array_is_a_reshape() {
        let every_other = Slice { step: Some(2), ..Slice::default() };
        let s = basic_index(&arange(&[10]), &[BasicIndex::Slice(every_other)]).unwrap();
        for order in [Order::C, Order::K] {
            let reason =
                CopyReason::NoView { reason: ravel(&s, order).unwrap_err(), shape: Shape::from_slice(&[5]), order };
            let cure = reason.cure(&s).unwrap();
            assert_eq!((cure.spelling("s").as_str(), cure.gives), ("s.reshape(-1)", Gives::View));
        }
        let flatten = CopyReason::Asked(Asked::Flatten(Order::C));
        assert_eq!(flatten.cure(&s).unwrap().spelling("s"), "s.reshape(-1)");
        assert_eq!(flatten.cure(&arange(&[2, 3])).unwrap().spelling("s"), "s.ravel()");
    }
}
