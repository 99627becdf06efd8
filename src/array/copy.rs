//! What a copy is: new memory, in an order that is asked for, with the values cast on the way.

use super::assign::copy_into;
use super::calendar::Resolution;
use super::cast::{Casting, adapted, require_cast};
use super::copied::{Asked, CopyReason};
use super::dtype::{DType, Type};
use super::elements::items;
use super::item::Time;
use super::layout::k_order::{like, sorted_stride_order};
use super::layout::reshape::{resolve_order, why_not_contiguous};
use super::layout::transpose::permute;
use super::layout::{self, Layout, Order};
use super::ndarray::{ArrayRef, NdArray};
use super::runtime::Runtime;
use crate::error::Result;
use std::rc::Rc;

/// `np.copy`: a new array with the same values and dtype (`PyArray_NewCopy`).
///
/// # Errors
/// `MemoryError`.
pub fn copy(runtime: &Runtime, array: &ArrayRef, order: Order) -> Result<ArrayRef> {
    copy_because(runtime, array, order, CopyReason::Asked(Asked::Copy))
}

/// As [`copy()`], where another reason than the wish for a copy made it necessary.
///
/// # Errors
/// `MemoryError`.
pub fn copy_because(runtime: &Runtime, array: &ArrayRef, order: Order, reason: CopyReason) -> Result<ArrayRef> {
    let dtype = array.dtype();
    cast_copy(runtime, array, &dtype, order, Casting::Unsafe, reason)
}

/// A new array with the values of `array` cast to `dtype`, without a check of the rules.
fn cast_copy(
    runtime: &Runtime,
    array: &ArrayRef,
    dtype: &DType,
    order: Order,
    casting: Casting,
    reason: CopyReason,
) -> Result<ArrayRef> {
    let layout = like(&array.layout(), dtype.clone(), order);
    // A plan knows a copy of what it knows.
    let is_known = !array.buffer_ref().is_planned();
    let new = runtime.ledger.with_constants(is_known, || NdArray::allocate(runtime, layout))?;
    runtime.record_changes(array, dtype);
    copy_into(runtime, &new, array, None, casting)?;
    runtime.record_copy(array, &new, reason);
    Ok(new)
}

/// The dtype that a cast of `array` to `dtype` gives: a text whose length is not said has room for what is there.
fn sized(dtype: &DType, array: &NdArray) -> Result<DType> {
    let is_open = dtype.ty().is_text() && dtype.itemsize() == 0;
    if !is_open || array.layout().dtype.ty() != Type::Object {
        return Ok(adapted(dtype, &array.dtype()));
    }
    let mut longest = 1;
    for item in items(array, Order::C) {
        longest = longest.max(item.to_text()?.chars().count());
    }
    Ok(if dtype.ty() == Type::Str { DType::text(longest) } else { DType::bytes(longest) })
}

/// Why a copy of `array` to `dtype` is made: another dtype, another order, or else what was `asked`.
fn reason_for(array: &NdArray, dtype: &DType, order: Order, asked: Asked) -> CopyReason {
    let layout = array.layout();
    if layout.dtype != *dtype {
        return CopyReason::Cast { from: layout.dtype.clone(), to: dtype.clone() };
    }
    let in_order = match order {
        Order::K => None,
        Order::A if layout.is_f_contiguous() => None,
        other => why_not_contiguous(&layout, other),
    };
    in_order.map_or(CopyReason::Asked(asked), CopyReason::OutOfOrder)
}

/// `array.astype(dtype, order, casting, copy=copy)`: the array itself where `copy` is false, the dtype is the same
/// and the order is as asked for (`array_astype`, methods.c).
///
/// # Errors
/// `TypeError: Cannot cast array data from ... according to the rule ...`; `MemoryError`.
pub fn astype(
    runtime: &Runtime,
    array: &ArrayRef,
    dtype: &DType,
    order: Order,
    casting: Casting,
    copy: bool,
) -> Result<ArrayRef> {
    let dtype = &adapted_to(&sized(dtype, array)?, array)?;
    if !copy && *dtype == array.dtype() {
        let layout = array.layout();
        let (c, f) = (layout.is_c_contiguous(), layout.is_f_contiguous());
        let fits = match order {
            Order::K => true,
            Order::A => c || f,
            Order::C => c,
            Order::F => f,
        };
        if fits {
            return Ok(Rc::clone(array));
        }
    }
    astype_because(runtime, array, dtype, order, casting, Asked::Astype)
}

/// [`adapted`] to the elements that are there: dates without a unit get the one that the texts of an array name.
///
/// # Errors
/// `ValueError` for a text that is no date.
fn adapted_to(dtype: &DType, array: &ArrayRef) -> Result<DType> {
    let from = array.dtype();
    let is_unknown = dtype.ty() == Type::DateTime64 && dtype.resolution().is_generic();
    if !is_unknown || !from.ty().is_text() || array.buffer_ref().is_planned() {
        return Ok(adapted(dtype, &from));
    }
    let mut resolution = Resolution::GENERIC;
    for item in items(array, Order::K) {
        let found = Time::parse_date(&item.to_text()?, Resolution::GENERIC)?.resolution;
        resolution = resolution.common(found, (false, false))?;
    }
    Ok(DType::time(false, resolution).with_swapped(dtype.is_swapped()))
}

/// [`astype`] that copies in any case; `asked` is why, where neither dtype nor order is.
///
/// # Errors
/// As [`astype`].
pub fn astype_because(
    runtime: &Runtime,
    array: &ArrayRef,
    dtype: &DType,
    order: Order,
    casting: Casting,
    asked: Asked,
) -> Result<ArrayRef> {
    let dtype = &adapted_to(&sized(dtype, array)?, array)?;
    require_cast(&array.dtype(), dtype, casting, array.ndim() == 0)?;
    let casting = if casting == Casting::SameValue { casting } else { Casting::Unsafe };
    let reason = reason_for(array, dtype, order, asked);
    cast_copy(runtime, array, dtype, order, casting, reason)
}

/// What code that is about to look at memory asks of an array (`PyArray_FromArray`'s flags).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Requirements {
    /// Elements side by side in C order.
    pub c_contiguous: bool,
    /// Elements side by side in F order.
    pub f_contiguous: bool,
    /// Elements at multiples of their alignment.
    pub aligned: bool,
    /// The writeable flag.
    pub writeable: bool,
    /// A copy in any case.
    pub copy: bool,
}

impl Requirements {
    /// NumPy's `NPY_ARRAY_CARRAY_RO`: what most kernels want.
    pub const CARRAY: Requirements =
        Requirements { c_contiguous: true, f_contiguous: false, aligned: true, writeable: false, copy: false };

    /// Why `array` does not do as an array of `dtype`; nothing where it does.
    fn unmet_by(&self, array: &NdArray, dtype: &DType) -> Option<CopyReason> {
        let layout = array.layout();
        if layout.dtype != *dtype {
            return Some(CopyReason::Cast { from: layout.dtype.clone(), to: dtype.clone() });
        }
        let out_of_order =
            (self.c_contiguous && !layout.is_c_contiguous()).then(|| why_not_contiguous(&layout, Order::C)).or_else(
                || (self.f_contiguous && !layout.is_f_contiguous()).then(|| why_not_contiguous(&layout, Order::F)),
            );
        if let Some(reason) = out_of_order.flatten() {
            return Some(CopyReason::OutOfOrder(reason));
        }
        if self.aligned && !array.is_aligned() {
            return Some(CopyReason::NotAligned { align: layout.dtype.align() });
        }
        if self.writeable && !array.is_writeable() {
            return Some(CopyReason::ReadOnly);
        }
        self.copy.then_some(CopyReason::Asked(Asked::Copy))
    }
}

/// The array itself where it is of `dtype` and meets the requirements, else a copy that does
/// (`PyArray_FromArray`, ctors.c).
///
/// # Errors
/// `TypeError` where `casting` forbids the cast; `MemoryError`.
pub fn from_array(
    runtime: &Runtime,
    array: &ArrayRef,
    dtype: &DType,
    requirements: Requirements,
    casting: Casting,
) -> Result<ArrayRef> {
    let dtype = &adapted_to(dtype, array)?;
    require_cast(&array.dtype(), dtype, casting, array.ndim() == 0)?;
    let Some(reason) = requirements.unmet_by(array, dtype) else { return Ok(Rc::clone(array)) };
    let order = if requirements.f_contiguous {
        Order::F
    } else if requirements.c_contiguous {
        Order::C
    } else {
        Order::K
    };
    cast_copy(runtime, array, dtype, order, Casting::Unsafe, reason)
}

/// The elements in C order as one axis: a view where the array is C-contiguous, else a copy that owns its data
/// (`PyArray_Ravel` with order C). A 1-d C-contiguous array is itself.
///
/// # Errors
/// `MemoryError`.
pub fn ravel(runtime: &Runtime, array: &ArrayRef) -> Result<ArrayRef> {
    let view = {
        let layout = array.layout();
        if layout.ndim() == 1 && layout.is_c_contiguous() {
            return Ok(Rc::clone(array));
        }
        layout::ravel(&layout, Order::C)
    };
    match view {
        Ok(layout) => Ok(NdArray::view(array, layout)),
        Err(reason) => flatten_because(runtime, array, Order::C, CopyReason::no_flat_view(reason, array, Order::C)),
    }
}

/// The elements in this order as one axis of a new array that owns its data (`PyArray_Flatten`). Order K takes the axes
/// as they stand in memory.
///
/// # Errors
/// `MemoryError`.
pub fn flatten_because(runtime: &Runtime, array: &ArrayRef, order: Order, reason: CopyReason) -> Result<ArrayRef> {
    let source = match order {
        Order::K => {
            let layout = array.layout();
            NdArray::view(array, permute(&layout, &sorted_stride_order(&layout.strides)))
        }
        _ => Rc::clone(array),
    };
    let order = resolve_order(&source.layout(), if order == Order::K { Order::C } else { order });
    let flat = NdArray::allocate(runtime, like(&source.layout(), source.dtype(), order))?;
    copy_into(runtime, &flat, &source, None, Casting::Unsafe)?;
    runtime.record_copy(array, &flat, reason);
    let line = Layout::contiguous(flat.dtype(), &[flat.size()], Order::C);
    flat.set_layout(line);
    flat.set_subclass(array.subclass().of_copy());
    Ok(flat)
}
