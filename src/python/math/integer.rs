//! Functions of `math` on ints: divisors, factorials, choices, square roots.

use crate::error::{Result, overflow_error, value_error};
use crate::python::integer;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Int, Value, as_int};
use num_bigint::{BigInt, BigUint};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

const FUNCTIONS: &[Function] = &[
    Function {
        name: "math.gcd",
        signature: "(*integers)",
        method: None,
        summary: "The greatest common divisor.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.gcd(12, 18)\n\
                  6\n",
        see_also: &["math.lcm", "np.gcd"],
        run: Run::Call(gcd),
    },
    Function {
        name: "math.lcm",
        signature: "(*integers)",
        method: None,
        summary: "The least common multiple.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.lcm(4, 6)\n\
                  12\n",
        see_also: &["math.gcd", "np.lcm"],
        run: Run::Call(lcm),
    },
    Function {
        name: "math.factorial",
        signature: "(x, /)",
        method: None,
        summary: "The product of the ints from 1 to x.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.factorial(5)\n\
                  120\n",
        see_also: &["math.gamma"],
        run: Run::Call(factorial),
    },
    Function {
        name: "math.comb",
        signature: "(n, k, /)",
        method: None,
        summary: "In how many ways k of n things can be chosen.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.comb(5, 2)\n\
                  10\n",
        see_also: &["math.perm"],
        run: Run::Call(comb),
    },
    Function {
        name: "math.perm",
        signature: "(n, k=None, /)",
        method: None,
        summary: "In how many ways k of n things can be lined up.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.perm(5, 2)\n\
                  20\n",
        see_also: &["math.comb"],
        run: Run::Call(perm),
    },
    Function {
        name: "math.isqrt",
        signature: "(n, /)",
        method: None,
        summary: "The square root of an int, rounded down.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import math\n\
                  >>> math.isqrt(17)\n\
                  4\n",
        see_also: &["math.sqrt"],
        run: Run::Call(isqrt),
    },
];

fn gcd(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let mut result = Int::Small(0);
    for value in args.rest("integers") {
        result = integer::gcd(&result, &as_int(&value)?);
    }
    Ok(Value::Int(result))
}

fn lcm(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let mut result = Int::Small(1);
    for value in args.rest("integers") {
        let next = integer::absolute(&as_int(&value)?);
        result = match integer::gcd(&result, &next) {
            divisor if divisor.is_zero() => Int::Small(0),
            divisor => integer::multiply(&integer::divmod(&result, &divisor)?.0, &next)?,
        };
    }
    Ok(Value::Int(result))
}

/// The product of the ints from `low` to `high`, by halves, so that the factors stay of one size.
fn product(low: u64, high: u64) -> Result<BigUint> {
    if low > high {
        return Ok(BigUint::from(1u32));
    }
    if high - low < 16 {
        return Ok((low..=high).fold(BigUint::from(1u32), |product, n| product * n));
    }
    crate::interrupt::check()?;
    let middle = low + (high - low) / 2;
    Ok(product(low, middle)? * product(middle + 1, high)?)
}

/// The product of the `count` ints up to `n`.
///
/// # Errors
/// `OverflowError` beyond [`integer::MOST_BITS`].
fn falling(n: &Int, count: u64) -> Result<BigInt> {
    let bits = integer::bit_length(n).saturating_mul(count);
    if bits > integer::MOST_BITS + integer::MOST_BITS / 4 {
        return Err(overflow_error("too many digits in integer").help("ndsh keeps ints to ten million bits"));
    }
    if let Some(n) = n.to_i64().and_then(|n| u64::try_from(n).ok()) {
        return Ok(product(n - count + 1, n)?.into());
    }
    let n = n.to_big();
    Ok((0..count).fold(BigInt::from(1), |product, i| product * (&n - i)))
}

fn factorial(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    factorial_of(&as_int(&args.get("x"))?)
}

fn factorial_of(n: &Int) -> Result<Value> {
    if n.signum() < 0 {
        return Err(value_error("factorial() not defined for negative values"));
    }
    let limit = || overflow_error(format!("factorial() argument should not exceed {}", i64::MAX));
    let n = n.to_i64().ok_or_else(limit)?;
    Ok(Value::Int(Int::from(falling(&Int::Small(n), n as u64)?)))
}

/// Both arguments, refused where they are negative.
fn choice(args: &Arguments) -> Result<(Int, Int)> {
    let (n, k) = (as_int(&args.get("n"))?, as_int(&args.get("k"))?);
    if n.signum() < 0 {
        return Err(value_error("n must be a non-negative integer"));
    }
    if k.signum() < 0 {
        return Err(value_error("k must be a non-negative integer"));
    }
    Ok((n, k))
}

fn too_many(name: &str) -> crate::error::Error {
    overflow_error(format!("{name} must not exceed {}", i64::MAX))
}

fn comb(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (n, k) = choice(args)?;
    if k > n {
        return Ok(Value::int(0));
    }
    let k = k.clone().min(integer::subtract(&n, &k));
    let k = k.to_i64().ok_or_else(|| too_many("min(n - k, k)"))? as u64;
    let choices = falling(&n, k)? / BigInt::from(product(1, k)?);
    Ok(Value::Int(Int::from(choices)))
}

fn perm(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    if args.some("k").is_none() {
        return factorial_of(&as_int(&args.get("n"))?);
    }
    let (n, k) = choice(args)?;
    if k > n {
        return Ok(Value::int(0));
    }
    let k = k.to_i64().ok_or_else(|| too_many("k"))? as u64;
    Ok(Value::Int(Int::from(falling(&n, k)?)))
}

fn isqrt(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let n = as_int(&args.get("n"))?;
    if n.signum() < 0 {
        return Err(value_error("isqrt() argument must be nonnegative"));
    }
    Ok(Value::Int(Int::from(n.to_big().sqrt())))
}
