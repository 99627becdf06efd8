//! Functions of `math` on several numbers: exact sums, products, lengths and distances.

use super::real::{frexp_of, ldexp_of};
use super::to_real;
use crate::error::{Result, overflow_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::syntax::ast::BinaryOp;
use crate::value::{Cursor, Value, collect};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

const FUNCTIONS: &[Function] = &[
    Function {
        name: "math.fsum",
        signature: "(seq, /)",
        method: None,
        summary: "The sum of floats, rounded only once.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.fsum([0.1] * 10), sum([0.1] * 10)\n\
                  (1.0, 0.9999999999999999)\n",
        see_also: &["sum", "np.sum"],
        run: Run::Call(fsum),
    },
    Function {
        name: "math.prod",
        signature: "(iterable, /, *, start=1)",
        method: None,
        summary: "The product of the items.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.prod([2, 3, 4])\n\
                  24\n",
        see_also: &["sum", "np.prod"],
        run: Run::Call(prod),
    },
    Function {
        name: "math.hypot",
        signature: "(*coordinates)",
        method: None,
        summary: "The length of a vector.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.hypot(3, 4)\n\
                  5.0\n",
        see_also: &["math.dist", "np.hypot"],
        run: Run::Call(hypot),
    },
    Function {
        name: "math.dist",
        signature: "(p, q, /)",
        method: None,
        summary: "The distance between two points.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.dist([0, 0], [3, 4])\n\
                  5.0\n",
        see_also: &["math.hypot"],
        run: Run::Call(dist),
    },
];

/// The sum, rounded once: partial sums that do not overlap (Shewchuk, as `math_fsum`).
fn exact_sum(values: &[f64]) -> Result<f64> {
    let mut partials: Vec<f64> = Vec::new();
    let (mut special, mut infinite) = (0.0, 0.0);
    for &value in values {
        let (mut x, mut kept) = (value, 0);
        for j in 0..partials.len() {
            let mut y = partials[j];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        partials.truncate(kept);
        if x == 0.0 {
            continue;
        }
        if x.is_finite() {
            partials.push(x);
            continue;
        }
        if value.is_finite() {
            return Err(overflow_error("intermediate overflow in fsum"));
        }
        if value.is_infinite() {
            infinite += value;
        }
        special += value;
        partials.clear();
    }
    if special != 0.0 {
        return if f64::is_nan(infinite) { Err(value_error("-inf + inf in fsum")) } else { Ok(special) };
    }
    let Some(mut high) = partials.pop() else { return Ok(0.0) };
    let mut low = 0.0;
    while let Some(y) = partials.pop() {
        let x = high;
        high = x + y;
        low = y - (high - x);
        if low != 0.0 {
            break;
        }
    }
    // Half way between two floats, what is left decides.
    if partials.last().is_some_and(|rest| (low < 0.0 && *rest < 0.0) || (low > 0.0 && *rest > 0.0)) {
        let y = low * 2.0;
        let x = high + y;
        if y == x - high {
            high = x;
        }
    }
    Ok(high)
}

fn fsum(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let items = collect(context, &args.get("seq"))?;
    let values = items.iter().map(to_real).collect::<Result<Vec<_>>>()?;
    exact_sum(&values).map(Value::Float)
}

fn prod(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let mut product = args.take("start");
    let binary = context.catalog.hooks.operators.binary;
    let mut cursor = Cursor::over(&args.get("iterable"))?;
    while let Some(item) = cursor.next(context) {
        crate::interrupt::check()?;
        product = binary(context, BinaryOp::Multiply, product, item?)?;
    }
    Ok(product)
}

/// The length of a vector, nearly always rounded rightly (`vector_norm`): squares in two parts, and one step of
/// correction after the root.
fn length(vector: &[f64]) -> f64 {
    let sizes = vector.iter().map(|x| x.abs());
    if sizes.clone().any(f64::is_infinite) {
        return f64::INFINITY;
    }
    if vector.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    let largest = sizes.clone().fold(0.0, f64::max);
    if largest == 0.0 || vector.len() == 1 {
        return largest;
    }
    /// A sum that starts at 1 and keeps in `lost` what each step rounds away.
    fn add(sum: &mut f64, lost: &mut f64, x: f64) {
        let before = *sum;
        *sum += x;
        *lost += (before - *sum) + x;
    }
    fn halves(x: f64) -> (f64, f64) {
        let t = x * 134_217_729.0;
        let high = t - (t - x);
        (high, x - high)
    }
    let exponent = frexp_of(largest).1;
    let (mut sum, mut lost) = (1.0, [0.0; 3]);
    if exponent < -1023 {
        for size in sizes {
            let x = size / largest;
            add(&mut sum, &mut lost[0], x * x);
        }
        return largest * (sum - 1.0 + lost[0]).sqrt();
    }
    let scale = ldexp_of(1.0, -exponent as i64);
    for size in sizes {
        let (high, low) = halves(size * scale);
        add(&mut sum, &mut lost[0], high * high);
        add(&mut sum, &mut lost[1], 2.0 * high * low);
        lost[2] += low * low;
    }
    let root = (sum - 1.0 + (lost[0] + lost[1] + lost[2])).sqrt();
    let (high, low) = halves(root);
    add(&mut sum, &mut lost[0], -high * high);
    add(&mut sum, &mut lost[1], -2.0 * high * low);
    add(&mut sum, &mut lost[2], -low * low);
    let rest = sum - 1.0 + (lost[0] + lost[1] + lost[2]);
    (root + rest / (2.0 * root)) / scale
}

fn hypot(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let vector = args.rest("coordinates").iter().map(to_real).collect::<Result<Vec<_>>>()?;
    Ok(Value::Float(length(&vector)))
}

fn dist(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (p, q) = (collect(context, &args.get("p"))?, collect(context, &args.get("q"))?);
    if p.len() != q.len() {
        return Err(value_error("both points must have the same number of dimensions"));
    }
    let differences = p.iter().zip(&q).map(|(p, q)| Ok(to_real(p)? - to_real(q)?));
    Ok(Value::Float(length(&differences.collect::<Result<Vec<_>>>()?)))
}
