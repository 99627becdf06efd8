//! The same elements with the axes in another order: `transpose`, `swapaxes`, `moveaxis`, ... Always views.

use super::axes_of;
use crate::array::layout::transpose::{
    diagonal, matrix_transpose, moveaxis, normalize_axis_tuple, rollaxis, swapaxes, transpose,
};
use crate::array::{Layout, NdArray};
use crate::error::{Result, value_error};
use crate::numpy::calls::{array_argument, view};
use crate::registry::{Arguments, Context, Function, MemoryRule, Method, Reader, Run, Section, Sequence};
use crate::value::{Value, as_index};
use smallvec::SmallVec;

/// The view that `change` makes of the layout of argument `a`.
fn viewed(
    context: &mut Context,
    arguments: &Arguments,
    name: &str,
    change: impl FnOnce(&Layout) -> Result<Layout>,
) -> Result<Value> {
    let array = array_argument(context, arguments, name)?;
    let layout = change(&array.layout())?;
    Ok(view(&array, layout).into())
}

fn run_transpose(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let axes = match arguments.rest_or_sequence("axes") {
        Sequence::One(Value::None) | Sequence::Several([]) => None,
        // a.transpose() has no axes, np.transpose(a, ()) has an empty list of them; both mean all for 0-d arrays
        Sequence::One(Value::Tuple(axes)) if axes.is_empty() => None,
        Sequence::One(axes) => Some(axes_of(axes).map_err(|e| e.at_argument("axes"))?),
        Sequence::Several(axes) => {
            let axes: Result<SmallVec<[isize; 4]>> = axes.iter().map(as_index).collect();
            Some(axes.map_err(|e| e.at_argument("axes"))?)
        }
    };
    viewed(context, arguments, "a", |layout| transpose(layout, axes.as_deref()).map_err(|e| e.at_argument("axes")))
}

/// Flips the axes in the list: `np.flip`.
///
/// # Errors
/// `AxisError`.
pub fn flip(layout: &Layout, axes: Option<&[isize]>) -> Result<Layout> {
    let axes: SmallVec<[usize; 4]> = match axes {
        Some(axes) => normalize_axis_tuple(axes, layout.ndim(), None, false)?,
        None => (0..layout.ndim()).collect(),
    };
    let mut flipped = layout.clone();
    for axis in axes {
        let (length, stride) = (flipped.shape[axis], flipped.strides[axis]);
        if length > 0 {
            flipped.offset = flipped.offset.wrapping_add_signed(stride.wrapping_mul(length as isize - 1));
        }
        flipped.strides[axis] = stride.wrapping_neg();
    }
    Ok(flipped)
}

fn rotated(layout: &Layout, k: isize, axes: &[isize]) -> Result<Layout> {
    let ndim = layout.ndim() as isize;
    let [first, second] = *axes else { return Err(value_error("len(axes) must be 2.").at_argument("axes")) };
    if first == second || (first - second).abs() == ndim {
        return Err(value_error("Axes must be different.").at_argument("axes"));
    }
    if first >= ndim || first < -ndim || second >= ndim || second < -ndim {
        let axes = crate::array::layout::shape_text::tuple_text(axes);
        return Err(value_error(format!("Axes={axes} out of range for array of ndim={ndim}.")).at_argument("axes"));
    }
    match k.rem_euclid(4) {
        0 => Ok(layout.clone()),
        2 => flip(&flip(layout, Some(&[first]))?, Some(&[second])),
        1 => swapaxes(&flip(layout, Some(&[second]))?, first, second),
        _ => flip(&swapaxes(layout, first, second)?, Some(&[second])),
    }
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.transpose",
            signature: "(a, axes=None)",
            method: Some(Method { name: "ndarray.transpose", signature: "(*axes)", reader: Reader::Tuple }),
            summary: "The axes in reverse order, or in the order given.",
            memory: MemoryRule::View,
            notes: "Only shape and strides are permuted, whatever the size. Reading the result row by row then jumps \
                    through memory; np.ascontiguousarray(a.T) pays once for a copy in the new order.",
            example: "\
>>> a = np.arange(6).reshape(2, 3)
>>> np.transpose(a)
array([[0, 3],
       [1, 4],
       [2, 5]])
>>> a.strides, np.transpose(a).strides
((24, 8), (8, 24))
>>> np.shares_memory(a, a.transpose())
True
>>> np.zeros((2, 3, 4)).transpose(1, 0, 2).shape
(3, 2, 4)
>>> a.transpose(0, 0)
ValueError: repeated axis in transpose
",
            see_also: &["ndarray.T", "np.swapaxes", "np.moveaxis", "np.reshape"],
            run: Run::Call(run_transpose),
        },
        Function {
            name: "np.matrix_transpose",
            signature: "(x, /)",
            method: None,
            summary: "The last two axes exchanged: each matrix of a stack transposed.",
            memory: MemoryRule::View,
            notes: "",
            example: "\
>>> a = np.arange(4).reshape(1, 2, 2)
>>> np.matrix_transpose(a)
array([[[0, 2],
        [1, 3]]])
>>> np.shares_memory(a, np.matrix_transpose(a))
True
",
            see_also: &["np.transpose", "ndarray.mT"],
            run: Run::Call(|context, arguments| {
                viewed(context, arguments, "x", |layout| {
                    if layout.ndim() < 2 {
                        let ndim = layout.ndim();
                        return Err(value_error(format!(
                            "Input array must be at least 2-dimensional, but it is {ndim}"
                        ))
                        .at_argument("x"));
                    }
                    matrix_transpose(layout)
                })
            }),
        },
        Function {
            name: "np.swapaxes",
            signature: "(a, axis1, axis2)",
            method: Some(Method { name: "ndarray.swapaxes", signature: "(axis1, axis2, /)", reader: Reader::Tuple }),
            summary: "Two axes exchanged.",
            memory: MemoryRule::View,
            notes: "",
            example: "\
>>> a = np.zeros((2, 3, 4))
>>> np.swapaxes(a, 0, 2).shape
(4, 3, 2)
>>> a.strides, a.swapaxes(0, 2).strides
((96, 32, 8), (8, 32, 96))
>>> np.shares_memory(a, a.swapaxes(0, 1))
True
",
            see_also: &["np.transpose", "np.moveaxis"],
            run: Run::Call(|context, arguments| {
                let axis1 = as_index(&arguments.get("axis1")).map_err(|e| e.at_argument("axis1"))?;
                let axis2 = as_index(&arguments.get("axis2")).map_err(|e| e.at_argument("axis2"))?;
                viewed(context, arguments, "a", |layout| swapaxes(layout, axis1, axis2))
            }),
        },
        Function {
            name: "np.moveaxis",
            signature: "(a, source, destination)",
            method: None,
            summary: "Axes moved to other places; the rest keep their order.",
            memory: MemoryRule::View,
            notes: "",
            example: "\
>>> a = np.zeros((2, 3, 4))
>>> np.moveaxis(a, 0, -1).shape
(3, 4, 2)
>>> np.moveaxis(a, [0, 1], [-1, -2]).shape
(4, 3, 2)
>>> np.shares_memory(a, np.moveaxis(a, 0, 1))
True
",
            see_also: &["np.transpose", "np.swapaxes", "np.rollaxis"],
            run: Run::Call(|context, arguments| {
                let source = axes_of(&arguments.get("source")).map_err(|e| e.at_argument("source"))?;
                let destination = axes_of(&arguments.get("destination")).map_err(|e| e.at_argument("destination"))?;
                viewed(context, arguments, "a", |layout| moveaxis(layout, &source, &destination))
            }),
        },
        Function {
            name: "np.rollaxis",
            signature: "(a, axis, start=0)",
            method: None,
            summary: "One axis rolled back until it stands before place start; np.moveaxis is easier to read.",
            memory: MemoryRule::View,
            notes: "",
            example: "\
>>> a = np.zeros((2, 3, 4))
>>> np.rollaxis(a, 2).shape, np.rollaxis(a, 0, 3).shape
((4, 2, 3), (3, 4, 2))
>>> np.shares_memory(a, np.rollaxis(a, 1))
True
",
            see_also: &["np.moveaxis"],
            run: Run::Call(|context, arguments| {
                let axis = as_index(&arguments.get("axis")).map_err(|e| e.at_argument("axis"))?;
                let start = as_index(&arguments.get("start")).map_err(|e| e.at_argument("start"))?;
                viewed(context, arguments, "a", |layout| rollaxis(layout, axis, start))
            }),
        },
        Function {
            name: "np.flip",
            signature: "(m, axis=None)",
            method: None,
            summary: "The elements in reverse order along some axes, or along all.",
            memory: MemoryRule::View,
            notes: "A view with negative strides that starts at the last element.",
            example: "\
>>> a = np.arange(6).reshape(2, 3)
>>> np.flip(a)
array([[5, 4, 3],
       [2, 1, 0]])
>>> np.flip(a, axis=1).strides
(24, -8)
>>> np.shares_memory(a, np.flip(a))
True
",
            see_also: &["np.fliplr", "np.flipud", "np.rot90"],
            run: Run::Call(|context, arguments| {
                let axes = arguments.some("axis").map(axes_of).transpose().map_err(|e| e.at_argument("axis"))?;
                viewed(context, arguments, "m", |layout| {
                    flip(layout, axes.as_deref()).map_err(|e| e.at_argument("axis"))
                })
            }),
        },
        Function {
            name: "np.fliplr",
            signature: "(m)",
            method: None,
            summary: "The columns in reverse order: axis 1 flipped.",
            memory: MemoryRule::View,
            notes: "",
            example: "\
>>> a = np.arange(4).reshape(2, 2)
>>> np.fliplr(a)
array([[1, 0],
       [3, 2]])
>>> np.shares_memory(a, np.fliplr(a))
True
",
            see_also: &["np.flip", "np.flipud"],
            run: Run::Call(|context, arguments| {
                viewed(context, arguments, "m", |layout| {
                    if layout.ndim() < 2 {
                        return Err(value_error("Input must be >= 2-d.").at_argument("m"));
                    }
                    flip(layout, Some(&[1]))
                })
            }),
        },
        Function {
            name: "np.flipud",
            signature: "(m)",
            method: None,
            summary: "The rows in reverse order: axis 0 flipped.",
            memory: MemoryRule::View,
            notes: "",
            example: "\
>>> a = np.arange(4).reshape(2, 2)
>>> np.flipud(a)
array([[2, 3],
       [0, 1]])
>>> np.flipud(a).strides
(-16, 8)
",
            see_also: &["np.flip", "np.fliplr"],
            run: Run::Call(|context, arguments| {
                viewed(context, arguments, "m", |layout| {
                    if layout.ndim() < 1 {
                        return Err(value_error("Input must be >= 1-d.").at_argument("m"));
                    }
                    flip(layout, Some(&[0]))
                })
            }),
        },
        Function {
            name: "np.rot90",
            signature: "(m, k=1, axes=(0, 1))",
            method: None,
            summary: "The plane of two axes turned by k right angles, from the first axis towards the second.",
            memory: MemoryRule::View,
            notes: "Flips and a transpose: a view for every k.",
            example: "\
>>> a = np.arange(4).reshape(2, 2)
>>> np.rot90(a)
array([[1, 3],
       [0, 2]])
>>> np.shares_memory(a, np.rot90(a, 3))
True
",
            see_also: &["np.flip", "np.transpose"],
            run: Run::Call(|context, arguments| {
                let k = as_index(&arguments.get("k")).map_err(|e| e.at_argument("k"))?;
                let axes = axes_of(&arguments.get("axes")).map_err(|e| e.at_argument("axes"))?;
                viewed(context, arguments, "m", |layout| rotated(layout, k, &axes))
            }),
        },
        Function {
            name: "np.diagonal",
            signature: "(a, offset=0, axis1=0, axis2=1)",
            method: Some(Method {
                name: "ndarray.diagonal",
                signature: "(offset=0, axis1=0, axis2=1)",
                reader: Reader::Keywords,
            }),
            summary: "The diagonal of two axes, as the last axis.",
            memory: MemoryRule::View,
            notes: "Its stride is the sum of the two. NumPy makes the view read-only; np.fill_diagonal writes.",
            example: "\
>>> a = np.arange(9).reshape(3, 3)
>>> d = a.diagonal()
>>> d
array([0, 4, 8])
>>> d.strides, d.flags.writeable
((32,), False)
>>> np.shares_memory(a, d)
True
>>> d[0] = 5
ValueError: assignment destination is read-only
",
            see_also: &["np.diag", "np.fill_diagonal"],
            run: Run::Call(|context, arguments| {
                let offset = as_index(&arguments.get("offset")).map_err(|e| e.at_argument("offset"))?;
                let axis1 = as_index(&arguments.get("axis1")).map_err(|e| e.at_argument("axis1"))?;
                let axis2 = as_index(&arguments.get("axis2")).map_err(|e| e.at_argument("axis2"))?;
                let array = array_argument(context, arguments, "a")?;
                let layout = diagonal(&array.layout(), offset, axis1, axis2)?;
                let view = NdArray::view(&array, layout);
                view.set_writeable(false);
                Ok(view.into())
            }),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[("np.permute_dims", "np.transpose")],
    classes: &[],
};
