//! Transforms along one axis: `fft`, `rfft`, `hfft` and their inverses (`_pocketfft.py`).

use super::super::calls;
use crate::array::arrange::Lines;
use crate::array::assign::copy_into;
use crate::array::cast::{Casting, can_cast};
use crate::array::layout::k_order::like_with_shape;
use crate::array::{ArrayRef, Layout, NdArray, Order, Type};
use crate::error::{Error, ErrorClass, Result, index_error, runtime_error, type_error, value_error};
use crate::fourier::{ComplexPlan, RealPlan};
use crate::half::F16;
use crate::memory::Plain;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Value, as_index};
use num_complex::Complex64;
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.fft.fft",
        signature: "(a, n=None, axis=-1, norm=None, out=None)",
        method: None,
        summary: "The discrete Fourier transform along an axis.",
        memory: MemoryRule::New,
        notes: "`n` cuts the axis or fills it up with zeros. The work is done in double precision; float32 and complex64 give complex64.",
        example: r"
>>> np.fft.fft([1, 2, 3, 4])
array([10.+0.j, -2.+2.j, -2.+0.j, -2.-2.j])
>>> np.fft.fft([1, 2, 3, 4], norm='ortho')
array([ 5.+0.j, -1.+1.j, -1.+0.j, -1.-1.j])
",
        see_also: &["np.fft.ifft", "np.fft.rfft", "np.fft.fft2", "np.fft.fftn"],
        run: Run::Call(|context, arguments| one_axis(context, arguments, Kind::Complex, true)),
    },
    Function {
        name: "np.fft.ifft",
        signature: "(a, n=None, axis=-1, norm=None, out=None)",
        method: None,
        summary: "The inverse of the discrete Fourier transform along an axis.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fft.ifft([0, 4, 0, 0])
array([ 1.+0.j,  0.+1.j, -1.+0.j,  0.-1.j])
",
        see_also: &["np.fft.fft", "np.fft.irfft"],
        run: Run::Call(|context, arguments| one_axis(context, arguments, Kind::Complex, false)),
    },
    Function {
        name: "np.fft.rfft",
        signature: "(a, n=None, axis=-1, norm=None, out=None)",
        method: None,
        summary: "The discrete Fourier transform of real numbers: the half that tells the other.",
        memory: MemoryRule::New,
        notes: "The axis gets n // 2 + 1 elements.",
        example: r"
>>> np.fft.rfft([0, 1, 0, 0])
array([ 1.+0.j,  0.-1.j, -1.+0.j])
",
        see_also: &["np.fft.irfft", "np.fft.fft"],
        run: Run::Call(|context, arguments| one_axis(context, arguments, Kind::Real, true)),
    },
    Function {
        name: "np.fft.irfft",
        signature: "(a, n=None, axis=-1, norm=None, out=None)",
        method: None,
        summary: "The inverse of `rfft`: real numbers of half a transform.",
        memory: MemoryRule::New,
        notes: "Without `n` the axis gets 2 * (m - 1) elements.",
        example: r"
>>> np.fft.irfft([1, -1j, -1])
array([0., 1., 0., 0.])
",
        see_also: &["np.fft.rfft", "np.fft.ifft"],
        run: Run::Call(|context, arguments| one_axis(context, arguments, Kind::Real, false)),
    },
    Function {
        name: "np.fft.hfft",
        signature: "(a, n=None, axis=-1, norm=None, out=None)",
        method: None,
        summary: "The transform of a signal with Hermitian symmetry, of which half is given: it is real.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fft.hfft([1, 2, 3])
array([ 8., -2.,  0., -2.])
",
        see_also: &["np.fft.ihfft", "np.fft.rfft"],
        run: Run::Call(hfft),
    },
    Function {
        name: "np.fft.ihfft",
        signature: "(a, n=None, axis=-1, norm=None, out=None)",
        method: None,
        summary: "The inverse of `hfft`.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fft.ihfft([1, 2, 3, 4])
array([ 2.5-0.j , -0.5-0.5j, -0.5-0.j ])
",
        see_also: &["np.fft.hfft", "np.fft.irfft"],
        run: Run::Call(ihfft),
    },
];

/// What is transformed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Complex numbers, to complex ones.
    Complex,
    /// Real numbers to half of their transform, and back.
    Real,
}

/// One transform along one axis.
pub struct Transform {
    /// What is transformed.
    pub kind: Kind,
    /// From the signal to its frequencies, or back.
    pub forward: bool,
    /// How many points it has; those of the axis where nothing is said.
    pub n: Option<isize>,
    /// The axis.
    pub axis: isize,
    /// `norm=`.
    pub norm: Value,
}

/// `norm=` seen from the other direction (`_swap_direction`).
fn swapped(context: &Context, norm: &Value) -> Result<Value> {
    match norm {
        Value::None => Ok(Value::str("forward")),
        Value::Str(name) => match &**name {
            "backward" => Ok(Value::str("forward")),
            "forward" => Ok(Value::str("backward")),
            "ortho" => Ok(norm.clone()),
            _ => Err(invalid_norm(context, norm, ", ")),
        },
        _ => Err(invalid_norm(context, norm, ", ")),
    }
}

fn invalid_norm(context: &Context, norm: &Value, comma: &str) -> crate::error::Error {
    let shown = crate::value::str(norm, &context.print_options);
    value_error(format!("Invalid norm value {shown}; should be \"backward\"{comma}\"ortho\" or \"forward\"."))
        .at_argument("norm")
}

/// What results are multiplied with, in the precision that NumPy works it out in.
fn scale(context: &Context, norm: &Value, n: usize, precision: Type) -> Result<f64> {
    let rounded = |number: f64| match precision {
        Type::Float16 => F16::from_f64(number).to_f64(),
        Type::Float32 => f64::from(number as f32),
        _ => number,
    };
    match norm {
        Value::None => Ok(1.0),
        Value::Str(name) => match &**name {
            "backward" => Ok(1.0),
            "ortho" => Ok(rounded(1.0 / rounded(rounded(n as f64).sqrt()))),
            "forward" => Ok(rounded(1.0 / rounded(n as f64))),
            _ => Err(invalid_norm(context, norm, ",")),
        },
        _ => Err(invalid_norm(context, norm, ",")),
    }
}

/// The length of an axis of an array, which may be counted from the end.
pub fn length_of(array: &ArrayRef, axis: isize) -> Result<isize> {
    let ndim = array.ndim() as isize;
    let place = if axis < 0 { axis + ndim } else { axis };
    let length = usize::try_from(place).ok().and_then(|place| array.layout().shape.get(place).copied());
    length.map(|n| n as isize).ok_or_else(|| index_error("tuple index out of range").at_argument("axis"))
}

fn one_axis(context: &mut Context, arguments: &mut Arguments, kind: Kind, forward: bool) -> Result<Value> {
    let a = calls::array_argument(context, arguments, "a")?;
    let transform = asked(arguments, kind, forward)?;
    let out = out_argument(arguments)?;
    transform.run(context, &a, out.as_ref()).map(Value::Array)
}

/// The transform that a call asks for.
fn asked(arguments: &Arguments, kind: Kind, forward: bool) -> Result<Transform> {
    let n = arguments.some("n").map(as_index).transpose().map_err(|e| e.at_argument("n"))?;
    let axis = as_index(&arguments.get("axis")).map_err(|e| e.at_argument("axis"))?;
    Ok(Transform { kind, forward, n, axis, norm: arguments.get("norm") })
}

/// The array for `out=`.
///
/// # Errors
/// `TypeError: return arrays must be of ArrayType`.
pub fn out_argument(arguments: &Arguments) -> Result<Option<ArrayRef>> {
    calls::out_argument(arguments)
}

fn hfft(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let a = calls::array_argument(context, arguments, "a")?;
    let mut transform = asked(arguments, Kind::Real, false)?;
    if transform.n.is_none() {
        transform.n = Some((length_of(&a, transform.axis)? - 1) * 2);
    }
    transform.norm = swapped(context, &transform.norm)?;
    let conjugate = calls::ufunc(context, "conjugate", [Value::Array(a)])?;
    let conjugate = calls::as_array(context, &conjugate)?;
    transform.run(context, &conjugate, None).map(Value::Array)
}

fn ihfft(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let a = calls::array_argument(context, arguments, "a")?;
    let mut transform = asked(arguments, Kind::Real, true)?;
    transform.norm = swapped(context, &transform.norm)?;
    let out = out_argument(arguments)?;
    let half = transform.run(context, &a, out.as_ref())?;
    calls::ufunc_into(context, "conjugate", [Value::Array(half.clone())], &half, Casting::SameKind)
}

impl Transform {
    /// Transforms an array (`_raw_fft`).
    ///
    /// # Errors
    /// `ValueError` for no points, for a norm that there is not and for an `out` of another shape; `AxisError`.
    pub fn run(&self, context: &mut Context, a: &ArrayRef, out: Option<&ArrayRef>) -> Result<ArrayRef> {
        let inverse_real = self.kind == Kind::Real && !self.forward;
        let n = match self.n {
            Some(n) => n,
            None if inverse_real => (length_of(a, self.axis)? - 1) * 2,
            None => length_of(a, self.axis)?,
        };
        let points = usize::try_from(n).ok().filter(|&n| n > 0).ok_or_else(|| {
            let name = if self.n.is_some() { "n" } else { "a" };
            value_error(format!("Invalid number of FFT data points ({n}) specified.")).at_argument(name)
        })?;
        let norm = if self.forward { self.norm.clone() } else { swapped(context, &self.norm)? };
        let ty = a.dtype().ty();
        let precision = match ty {
            Type::Float16 => Type::Float16,
            Type::Float32 | Type::Complex64 => Type::Float32,
            _ => Type::Float64,
        };
        let scale = scale(context, &norm, points, precision)?;
        let axis = calls::normalize_axis(self.axis, a.ndim())?;
        // NumPy computes in double precision whatever comes, and gives single precision back where it came
        let (from, to) = match (self.kind, self.forward) {
            (Kind::Complex, _) => (Type::Complex128, Type::Complex128),
            (Kind::Real, true) => (Type::Float64, Type::Complex128),
            (Kind::Real, false) => (Type::Complex128, Type::Float64),
        };
        let given = match precision {
            Type::Float64 => to,
            _ if to.is_complex() => Type::Complex64,
            other => other,
        };
        if ty.is_complex() && !from.is_complex() {
            let parity = if points.is_multiple_of(2) { "even" } else { "odd" };
            return Err(type_error(format!("ufunc 'rfft_n_{parity}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''")).at_argument("a"));
        }
        let mut shape = a.shape();
        shape[axis] = if from == Type::Float64 { points / 2 + 1 } else { points };
        if let Some(out) = out {
            let fits = out.ndim() == a.ndim() && out.shape()[axis] == shape[axis];
            if !fits {
                return Err(value_error("output array has wrong shape.").at_argument("out"));
            }
            if out.shape() != shape {
                return Err(value_error(format!(
                    "non-broadcastable output operand with shape {} doesn't match the broadcast shape {}",
                    crate::array::layout::shape_text::array_shape_text(&out.shape()),
                    crate::array::layout::shape_text::array_shape_text(&shape)
                ))
                .at_argument("out"));
            }
            if !can_cast(&to.into(), &out.dtype(), Casting::SameKind) {
                let name = match (self.kind, self.forward) {
                    (Kind::Complex, true) => "fft",
                    (Kind::Complex, false) => "ifft",
                    (Kind::Real, true) if points.is_multiple_of(2) => "rfft_n_even",
                    (Kind::Real, true) => "rfft_n_odd",
                    (Kind::Real, false) => "irfft",
                };
                let (from, to) = (to.name(), out.dtype());
                let message = format!(
                    "Cannot cast ufunc '{name}' output from dtype('{from}') to dtype('{to}') with casting rule 'same_kind'"
                );
                return Err(Error::new(ErrorClass::UFuncOutputCastingError, message).at_argument("out"));
            }
            out.require_writeable("output array")?;
        }
        let is_ready = |array: &ArrayRef, ty: Type| array.dtype() == ty.into() && array.is_aligned();
        let source = if is_ready(a, from) { Rc::clone(a) } else { calls::astype(context, a, from, true)? };
        let layout = like_with_shape(&a.layout(), to.into(), Order::K, &shape);
        let overlaps = out.is_some_and(|out| crate::array::assign::arrays_overlap(out, &source));
        let target = match out {
            Some(out) if is_ready(out, to) && !overlaps => Rc::clone(out),
            _ => NdArray::allocate(&context.runtime, layout)?,
        };
        if !calls::is_planning(context) {
            let work = Work { kind: self.kind, forward: self.forward, points, axis };
            work.run(&source, &target, scale)?;
        }
        match out {
            Some(out) => {
                if !Rc::ptr_eq(out, &target) {
                    copy_into(&context.runtime, out, &target, None, Casting::SameKind)?;
                }
                context.runtime.record_write(out, None);
                Ok(Rc::clone(out))
            }
            None => calls::astype(context, &target, given, false),
        }
    }
}

/// The work on arrays of the very types.
struct Work {
    kind: Kind,
    forward: bool,
    points: usize,
    axis: usize,
}

impl Work {
    fn run(&self, source: &ArrayRef, target: &ArrayRef, scale: f64) -> Result<()> {
        let (from, to) = (source.layout().clone(), target.layout().clone());
        if to.size() == 0 {
            return Ok(());
        }
        let lines = Lines::new([&from, &to], self.axis);
        match (self.kind, self.forward) {
            (Kind::Complex, forward) => {
                let plan = ComplexPlan::new(self.points);
                let mut line = vec![Complex64::default(); self.points];
                for [start, end] in lines {
                    crate::interrupt::check()?;
                    self.read(source, &from, start, &mut line)?;
                    plan.run(&mut line, scale, forward);
                    self.write(target, &to, end, &line)?;
                }
            }
            (Kind::Real, true) => {
                let plan = RealPlan::new(self.points);
                let mut line = vec![0.0; self.points];
                let mut half = vec![Complex64::default(); self.points / 2 + 1];
                for [start, end] in lines {
                    crate::interrupt::check()?;
                    self.read(source, &from, start, &mut line)?;
                    plan.run(&mut line, scale, true);
                    half[0] = Complex64::new(line[0], 0.0);
                    for (k, entry) in half.iter_mut().enumerate().skip(1) {
                        let imaginary = line.get(2 * k).copied().unwrap_or_default();
                        *entry = Complex64::new(line[2 * k - 1], imaginary);
                    }
                    self.write(target, &to, end, &half)?;
                }
            }
            (Kind::Real, false) => {
                let plan = RealPlan::new(self.points);
                let mut line = vec![0.0; self.points];
                let mut half = vec![Complex64::default(); self.points / 2 + 1];
                for [start, end] in lines {
                    crate::interrupt::check()?;
                    self.read(source, &from, start, &mut half)?;
                    line[0] = half[0].re;
                    for (k, entry) in half.iter().enumerate().skip(1) {
                        line[2 * k - 1] = entry.re;
                        if let Some(imaginary) = line.get_mut(2 * k) {
                            *imaginary = entry.im;
                        }
                    }
                    plan.run(&mut line, scale, false);
                    self.write(target, &to, end, &line)?;
                }
            }
        }
        Ok(())
    }

    /// As many elements of a line as there is room for; zeros where it has no more.
    fn read<E: Plain + Default>(&self, array: &ArrayRef, layout: &Layout, start: usize, line: &mut [E]) -> Result<()> {
        let count = layout.shape[self.axis].min(line.len());
        let buffer = array.buffer();
        let run = buffer.run::<E>(start, layout.strides[self.axis], count).map_err(|_| outside())?;
        for (i, entry) in line.iter_mut().enumerate() {
            *entry = if i < count { run.get(i) } else { E::default() };
        }
        Ok(())
    }

    fn write<E: Plain>(&self, array: &ArrayRef, layout: &Layout, start: usize, line: &[E]) -> Result<()> {
        let buffer = array.buffer();
        let run = buffer.run::<E>(start, layout.strides[self.axis], line.len()).map_err(|_| outside())?;
        line.iter().enumerate().for_each(|(i, entry)| run.set(i, *entry));
        Ok(())
    }
}

fn outside() -> crate::error::Error {
    runtime_error("the array reaches outside its buffer")
}
