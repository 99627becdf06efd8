//! Transforms along several axes, one after the other: `fft2`, `fftn`, `rfftn` and their inverses.

use super::super::calls;
use super::super::coercion::sequence;
use super::transform::{Kind, Transform, length_of, out_argument};
use crate::array::ArrayRef;
use crate::error::{ErrorClass, Result, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Value, as_index};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.fft.fft2",
        signature: "(a, s=None, axes=(-2, -1), norm=None, out=None)",
        method: None,
        summary: "The discrete Fourier transform along two axes.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fft.fft2([[1, 2], [3, 4]])
array([[10.+0.j, -2.+0.j],
       [-4.+0.j,  0.+0.j]])
",
        see_also: &["np.fft.fftn", "np.fft.ifft2"],
        run: Run::Call(|context, arguments| complex_axes(context, arguments, true, true)),
    },
    Function {
        name: "np.fft.ifft2",
        signature: "(a, s=None, axes=(-2, -1), norm=None, out=None)",
        method: None,
        summary: "The inverse of `fft2`.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fft.ifft2([[10, -2], [-4, 0]])
array([[1.+0.j, 2.+0.j],
       [3.+0.j, 4.+0.j]])
",
        see_also: &["np.fft.fft2"],
        run: Run::Call(|context, arguments| complex_axes(context, arguments, false, false)),
    },
    Function {
        name: "np.fft.fftn",
        signature: "(a, s=None, axes=None, norm=None, out=None)",
        method: None,
        summary: "The discrete Fourier transform along all axes, or those given.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fft.fftn(np.ones((2, 2)))
array([[4.+0.j, 0.+0.j],
       [0.+0.j, 0.+0.j]])
",
        see_also: &["np.fft.fft2", "np.fft.ifftn"],
        run: Run::Call(|context, arguments| complex_axes(context, arguments, true, true)),
    },
    Function {
        name: "np.fft.ifftn",
        signature: "(a, s=None, axes=None, norm=None, out=None)",
        method: None,
        summary: "The inverse of `fftn`.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fft.ifftn([[4, 0], [0, 0]])
array([[1.+0.j, 1.+0.j],
       [1.+0.j, 1.+0.j]])
",
        see_also: &["np.fft.fftn"],
        run: Run::Call(|context, arguments| complex_axes(context, arguments, false, true)),
    },
    Function {
        name: "np.fft.rfft2",
        signature: "(a, s=None, axes=(-2, -1), norm=None, out=None)",
        method: None,
        summary: "The discrete Fourier transform of real numbers along two axes.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fft.rfft2([[1, 2], [3, 4]])
array([[10.+0.j, -2.+0.j],
       [-4.+0.j,  0.+0.j]])
",
        see_also: &["np.fft.rfftn", "np.fft.irfft2"],
        run: Run::Call(real_axes),
    },
    Function {
        name: "np.fft.irfft2",
        signature: "(a, s=None, axes=(-2, -1), norm=None, out=None)",
        method: None,
        summary: "The inverse of `rfft2`.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fft.irfft2([[10, -2], [-4, 0]])
array([[1., 2.],
       [3., 4.]])
",
        see_also: &["np.fft.rfft2"],
        run: Run::Call(|context, arguments| inverse_real_axes(context, arguments, false)),
    },
    Function {
        name: "np.fft.rfftn",
        signature: "(a, s=None, axes=None, norm=None, out=None)",
        method: None,
        summary: "The discrete Fourier transform of real numbers along all axes, or those given.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fft.rfftn(np.ones((2, 2)))
array([[4.+0.j, 0.+0.j],
       [0.+0.j, 0.+0.j]])
",
        see_also: &["np.fft.rfft2", "np.fft.irfftn"],
        run: Run::Call(real_axes),
    },
    Function {
        name: "np.fft.irfftn",
        signature: "(a, s=None, axes=None, norm=None, out=None)",
        method: None,
        summary: "The inverse of `rfftn`.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fft.irfftn([[4, 0], [0, 0]])
array([[1., 1.],
       [1., 1.]])
",
        see_also: &["np.fft.rfftn"],
        run: Run::Call(|context, arguments| inverse_real_axes(context, arguments, true)),
    },
];

/// The number of points along each axis, and the axes (`_cook_nd_args`).
fn sizes_and_axes(
    context: &mut Context,
    arguments: &Arguments,
    a: &ArrayRef,
    is_inverse_real: bool,
) -> Result<Vec<(isize, isize)>> {
    let given = match arguments.some("s").cloned() {
        Some(s) => Some(sequence(&s).map_err(|e| e.at_argument("s"))?),
        None => None,
    };
    let axes: Option<Vec<isize>> = match arguments.some("axes").cloned() {
        Some(axes) => {
            let axes = sequence(&axes).map_err(|e| e.at_argument("axes"))?;
            Some(axes.iter().map(as_index).collect::<Result<_>>().map_err(|e| e.at_argument("axes"))?)
        }
        None => None,
    };
    let is_shapeless = given.is_none();
    let axes = match (axes, &given) {
        (Some(axes), _) => axes,
        (None, None) => (-(a.ndim() as isize)..0).collect(),
        (None, Some(sizes)) => {
            context.runtime.warn(
                ErrorClass::DeprecationWarning,
                "`axes` should not be `None` if `s` is not `None` (Deprecated in NumPy 2.0). In a future version of NumPy, this will raise an error and `s[i]` will correspond to the size along the transformed axis specified by `axes[i]`. To retain current behaviour, pass a sequence [0, ..., k-1] to `axes` for an array of dimension k.",
            );
            (-(sizes.len() as isize)..0).collect()
        }
    };
    let mut sizes: Vec<Option<isize>> = match given {
        None => axes.iter().map(|&axis| length_of(a, axis).map(Some)).collect::<Result<_>>()?,
        Some(sizes) => {
            let size = |size: &Value| if size.is_none() { Ok(None) } else { as_index(size).map(Some) };
            sizes.iter().map(size).collect::<Result<_>>().map_err(|e| e.at_argument("s"))?
        }
    };
    if sizes.len() != axes.len() {
        return Err(value_error("Shape and axes have different lengths.").at_argument("axes"));
    }
    if is_inverse_real && is_shapeless {
        match (sizes.last_mut(), axes.last()) {
            (Some(last), Some(&axis)) => *last = Some((length_of(a, axis)? - 1) * 2),
            _ => return Err(crate::error::index_error("list assignment index out of range").at_argument("a")),
        }
    }
    if sizes.contains(&None) {
        context.runtime.warn(
            ErrorClass::DeprecationWarning,
            "Passing an array containing `None` values to `s` is deprecated in NumPy 2.0 and will raise an error in a future version of NumPy. To use the default behaviour of the corresponding 1-D transform, pass the value matching the default for its `n` parameter. To use the default behaviour for every axis, the `s` argument can be omitted.",
        );
    }
    let last = sizes.len().saturating_sub(1);
    let resolve = |(i, (size, axis)): (usize, (Option<isize>, isize))| -> Result<(isize, isize)> {
        let size = match size {
            Some(-1) => length_of(a, axis)?,
            None if is_inverse_real && i == last => (length_of(a, axis)? - 1) * 2,
            None => length_of(a, axis)?,
            Some(size) => size,
        };
        Ok((size, axis))
    };
    sizes.into_iter().zip(axes).enumerate().map(resolve).collect()
}

fn along(kind: Kind, forward: bool, (n, axis): (isize, isize), norm: &Value) -> Transform {
    Transform { kind, forward, n: Some(n), axis, norm: norm.clone() }
}

fn complex_axes(context: &mut Context, arguments: &mut Arguments, forward: bool, uses_out: bool) -> Result<Value> {
    let mut a = calls::array_argument(context, arguments, "a")?;
    let places = sizes_and_axes(context, arguments, &a, false)?;
    let norm = arguments.get("norm");
    let out = if uses_out { out_argument(arguments)? } else { None };
    for &place in places.iter().rev() {
        a = along(Kind::Complex, forward, place, &norm).run(context, &a, out.as_ref())?;
    }
    Ok(Value::Array(a))
}

fn real_axes(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let a = calls::array_argument(context, arguments, "a")?;
    let places = sizes_and_axes(context, arguments, &a, false)?;
    let norm = arguments.get("norm");
    let out = out_argument(arguments)?;
    let Some((last, others)) = places.split_last() else {
        return Err(crate::error::index_error("list index out of range").at_argument("a"));
    };
    let mut a = along(Kind::Real, true, *last, &norm).run(context, &a, out.as_ref())?;
    for &place in others.iter().rev() {
        a = along(Kind::Complex, true, place, &norm).run(context, &a, out.as_ref())?;
    }
    Ok(Value::Array(a))
}

fn inverse_real_axes(context: &mut Context, arguments: &mut Arguments, uses_out: bool) -> Result<Value> {
    let mut a = calls::array_argument(context, arguments, "a")?;
    let places = sizes_and_axes(context, arguments, &a, true)?;
    let norm = arguments.get("norm");
    let out = if uses_out { out_argument(arguments)? } else { None };
    let Some((last, others)) = places.split_last() else {
        return Err(crate::error::index_error("list index out of range").at_argument("a"));
    };
    for &place in others {
        a = along(Kind::Complex, false, place, &norm).run(context, &a, None)?;
    }
    along(Kind::Real, false, *last, &norm).run(context, &a, out.as_ref()).map(Value::Array)
}
