//! Can the same bytes be read as another dtype? `a.view(dtype)`.
//!
//! Items of the same size: always, the strides stay. Items of another size: only along the last axis, whose items
//! must lie side by side, so that it gets longer or shorter by the ratio of the sizes. Follows `array_descr_set`
//! (getset.c).

use super::Layout;
use super::reason::Reason;
use crate::array::DType;

/// The layout of `a.view(dtype)`.
///
/// # Errors
/// What stands in the way; NumPy raises a `ValueError`, which [`Error::from`](crate::error::Error) gives.
pub fn view_cast(layout: &Layout, dtype: &DType) -> Result<Layout, Reason> {
    // texts and raw bytes of no length take all of an item
    let dtype = &match dtype.itemsize() {
        0 if !dtype.is_number() && dtype.compound().is_none() => DType::sized(dtype.ty(), layout.itemsize()),
        _ => dtype.clone(),
    };
    let (itemsize, wanted) = (layout.itemsize(), dtype.itemsize());
    let mut view = Layout { dtype: dtype.clone(), ..layout.clone() };
    if itemsize == wanted {
        return Ok(view);
    }
    let (Some(length), Some(stride)) = (view.shape.last_mut(), view.strides.last_mut()) else {
        return Err(Reason::NoAxisToResize { itemsize, wanted });
    };
    if *length != 1 && layout.size() != 0 && *stride != itemsize as isize {
        return Err(Reason::LastAxisNotContiguous { stride: *stride, itemsize });
    }
    if wanted < itemsize {
        if !itemsize.is_multiple_of(wanted) {
            return Err(Reason::ItemDoesNotSplit { itemsize, wanted });
        }
        *length = length.saturating_mul(itemsize / wanted);
    } else {
        let bytes = length.saturating_mul(itemsize);
        if !bytes.is_multiple_of(wanted) {
            return Err(Reason::AxisDoesNotDivide { length: *length, itemsize, wanted });
        }
        *length = bytes / wanted;
    }
    *stride = wanted as isize;
    Ok(view)
}

#[cfg(test)]
mod tests {
    use super::super::{Order, transpose::transpose};
    use super::*;
    use crate::array::Type;
    use crate::error::Error;

    #[test]
    fn only_the_last_axis_changes() {
        let a = Layout::contiguous(Type::Int64.into(), &[2, 3], Order::C);
        let view = view_cast(&a, &Type::Int8.into()).unwrap();
        assert_eq!((view.shape.as_slice(), view.strides.as_slice()), (&[2, 24][..], &[24, 1][..]));
        let reason = view_cast(&a, &Type::Complex128.into()).unwrap_err();
        assert_eq!(reason.to_string(), "3 * 8 = 24 bytes do not divide into items of 16");
        let reason = view_cast(&transpose(&a, None).unwrap(), &Type::Int8.into()).unwrap_err();
        assert_eq!(reason.to_string(), "the last axis has stride 24, not the item size 8");
        let error = Error::from(reason);
        assert_eq!(error.message(), "To change to a dtype of a different size, the last axis must be contiguous");
    }
}
