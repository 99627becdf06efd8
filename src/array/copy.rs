//! What a copy is: new memory, in an order that is asked for, with the values cast on the way.

use super::assign::copy_into;
use super::cast::{Casting, require_cast};
use super::dtype::DType;
use super::layout::k_order::like;
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
    let dtype = array.dtype();
    cast_copy(runtime, array, &dtype, order, Casting::Unsafe)
}

/// A new array with the values of `array` cast to `dtype`, without a check of the rules.
fn cast_copy(runtime: &Runtime, array: &ArrayRef, dtype: &DType, order: Order, casting: Casting) -> Result<ArrayRef> {
    let layout = like(&array.layout(), dtype.clone(), order);
    let new = NdArray::allocate(runtime, layout)?;
    copy_into(runtime, &new, array, None, casting)?;
    Ok(new)
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
    require_cast(&array.dtype(), dtype, casting, array.ndim() == 0)?;
    let casting = if casting == Casting::SameValue { casting } else { Casting::Unsafe };
    cast_copy(runtime, array, dtype, order, casting)
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
    require_cast(&array.dtype(), dtype, casting, array.ndim() == 0)?;
    let fits = {
        let layout = array.layout();
        !requirements.copy
            && layout.dtype == *dtype
            && (!requirements.c_contiguous || layout.is_c_contiguous())
            && (!requirements.f_contiguous || layout.is_f_contiguous())
            && (!requirements.aligned || array.is_aligned())
            && (!requirements.writeable || array.is_writeable())
    };
    if fits {
        return Ok(Rc::clone(array));
    }
    let order = if requirements.f_contiguous {
        Order::F
    } else if requirements.c_contiguous {
        Order::C
    } else {
        Order::K
    };
    cast_copy(runtime, array, dtype, order, Casting::Unsafe)
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
        Err(_) => {
            let flat = copy(runtime, array, Order::C)?;
            let line = Layout::contiguous(flat.dtype(), &[flat.size()], Order::C);
            flat.set_layout(line);
            Ok(flat)
        }
    }
}
