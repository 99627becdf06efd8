//! The frequencies that belong to a transform, and turning it so that zero stands in the middle.

use super::super::calls;
use super::super::coercion::sequence;
use crate::error::{Result, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Value, as_index};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.fft.fftfreq",
        signature: "(n, d=1.0, device=None)",
        method: None,
        summary: "The frequencies of the n points of a transform, for samples that lie d apart.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fft.fftfreq(5)
array([ 0. ,  0.2,  0.4, -0.4, -0.2])
>>> np.fft.fftfreq(4, d=0.1)
array([ 0. ,  2.5, -5. , -2.5])
",
        see_also: &["np.fft.rfftfreq", "np.fft.fftshift"],
        run: Run::Call(|context, arguments| frequencies(context, arguments, false)),
    },
    Function {
        name: "np.fft.rfftfreq",
        signature: "(n, d=1.0, device=None)",
        method: None,
        summary: "The frequencies of the points of `rfft`.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fft.rfftfreq(5)
array([0. , 0.2, 0.4])
",
        see_also: &["np.fft.fftfreq"],
        run: Run::Call(|context, arguments| frequencies(context, arguments, true)),
    },
    Function {
        name: "np.fft.fftshift",
        signature: "(x, axes=None)",
        method: None,
        summary: "The array rolled so that the frequency zero stands in the middle.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fft.fftshift([0, 1, 2, -2, -1])
array([-2, -1,  0,  1,  2])
",
        see_also: &["np.fft.ifftshift", "np.fft.fftfreq"],
        run: Run::Call(|context, arguments| shift(context, arguments, true)),
    },
    Function {
        name: "np.fft.ifftshift",
        signature: "(x, axes=None)",
        method: None,
        summary: "The inverse of `fftshift`.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.fft.ifftshift([-2, -1, 0, 1, 2])
array([ 0,  1,  2, -2, -1])
",
        see_also: &["np.fft.fftshift"],
        run: Run::Call(|context, arguments| shift(context, arguments, false)),
    },
];

fn frequencies(context: &mut Context, arguments: &mut Arguments, is_half: bool) -> Result<Value> {
    let n = match arguments.get("n") {
        whole @ (Value::Int(_) | Value::Bool(_) | Value::Scalar(_)) => as_index(&whole).ok(),
        _ => None,
    };
    let n = n.ok_or_else(|| value_error("n should be an integer").at_argument("n"))?;
    let points = calls::multiply(context, Value::int(n), arguments.get("d")).map_err(|e| e.at_argument("d"))?;
    let step = calls::divide(context, Value::Float(1.0), points)?;
    if n < 0 && !is_half {
        return Err(value_error("negative dimensions are not allowed").at_argument("n"));
    }
    let places = if is_half {
        calls::integers(context, (0..usize::try_from(n.div_euclid(2) + 1).unwrap_or(0)).map(|i| i as i64))?
    } else {
        let (n, half) = (n as i64, (n as i64 - 1).div_euclid(2) + 1);
        let places: Vec<i64> = (0..half).chain(-(n / 2)..0).collect();
        calls::integers(context, places.into_iter())?
    };
    calls::multiply(context, Value::Array(places), step)
}

fn shift(context: &mut Context, arguments: &mut Arguments, forward: bool) -> Result<Value> {
    let x = calls::array_argument(context, arguments, "x")?;
    let half = |axis: isize| -> Result<Value> {
        let half = super::transform::length_of(&x, axis).map_err(|e| e.at_argument("axes"))? / 2;
        Ok(Value::int(if forward { half } else { -half }))
    };
    let (shifts, axes) = match arguments.get("axes") {
        Value::None => {
            let axes = 0..x.ndim() as isize;
            (Value::list(axes.clone().map(half).collect::<Result<Vec<_>>>()?), Value::ints(axes))
        }
        axis @ (Value::Int(_) | Value::Bool(_) | Value::Scalar(_)) => {
            (half(as_index(&axis).map_err(|e| e.at_argument("axes"))?)?, axis)
        }
        axes => {
            let axes = sequence(&axes).map_err(|e| e.at_argument("axes"))?;
            let shifts = axes.iter().map(|axis| half(as_index(axis)?)).collect::<Result<Vec<_>>>();
            (Value::list(shifts.map_err(|e| e.at_argument("axes"))?), Value::tuple(axes))
        }
    };
    calls::call(context, "np.roll", vec![Value::Array(x), shifts, axes], [])
}
