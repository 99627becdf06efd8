//! Random integers within bounds: `rng.integers`, `np.random.randint`.

use super::super::calls;
use super::super::dtypes::as_dtype;
use super::drawing::{fill, new_array};
use super::generator::{Drawer, parts, receiver};
use crate::array::elements::elements;
use crate::array::layout::{Shape, broadcast};
use crate::array::{ArrayRef, DType, Element, NdArray, Order, Scalar, Type};
use crate::error::{Error, ErrorClass, Result, type_error, value_error};
use crate::memory::Bool;
use crate::random::bounded::{Bounded, Width};
use crate::registry::{Arguments, Context, Function, MemoryRule, Method, Reader, Run, Section};
use crate::value::{Value, as_bool, as_index, classes, python_number, repr, shape_of};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "Generator.integers",
        signature: "(low, high=None, size=None, dtype=np.int64, endpoint=False)",
        method: None,
        summary: "Random integers from `low` to below `high`; of one bound, from 0 to below it.",
        memory: MemoryRule::New,
        notes: "With `endpoint=True` up to `high` itself. Bounds may be arrays.",
        example: r"
>>> rng = np.random.default_rng(42)
>>> rng.integers(10)
np.int64(0)
>>> rng.integers(1, 6, size=5, endpoint=True)
array([5, 4, 3, 3, 6])
>>> rng.integers(256, size=4, dtype=np.uint8)
array([141, 136,   0,  22], dtype=uint8)
",
        see_also: &["Generator.random", "np.random.randint"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            let is_closed = as_bool(&arguments.get("endpoint")).map_err(|e| e.at_argument("endpoint"))?;
            integers(context, arguments, "integers", is_closed, false)
        }),
    },
    Function {
        name: "np.random.randint",
        signature: "(low, high=None, size=None, dtype=int)",
        method: Some(Method {
            name: "RandomState.randint",
            signature: "(low, high=None, size=None, dtype=int)",
            reader: Reader::Cython,
        }),
        summary: "Random integers from `low` to below `high`, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.randint(10)
6
>>> np.random.randint(0, 10, size=5)
array([3, 7, 4, 6, 9])
",
        see_also: &["Generator.integers"],
        run: Run::Read(Reader::Cython, |context, arguments| integers(context, arguments, "randint", false, true)),
    },
    Function {
        name: "np.random.random_integers",
        signature: "(low, high=None, size=None)",
        method: Some(Method {
            name: "RandomState.random_integers",
            signature: "(low, high=None, size=None)",
            reader: Reader::Cython,
        }),
        summary: "Random integers from `low` to `high`, which NumPy deprecates.",
        memory: MemoryRule::New,
        notes: "`np.random.randint(low, high + 1)` draws the same.",
        example: r"
>>> np.random.seed(42)
>>> np.random.random_integers(1, 6, size=3)
DeprecationWarning: This function is deprecated. Please call randint(1, 6 + 1) instead
array([4, 5, 3])
",
        see_also: &["np.random.randint"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            let (mut low, mut high) = (arguments.get("low"), arguments.get("high"));
            if high.is_none() {
                (low, high) = (Value::int(1), low);
            }
            let [shown_low, shown_high] = [&low, &high].map(|value| crate::value::str(value, &context.print_options));
            let message =
                format!("This function is deprecated. Please call randint({shown_low}, {shown_high} + 1) instead");
            context.runtime.warn(ErrorClass::DeprecationWarning, message);
            let high = as_index(&high).map_err(|e| e.at_argument("high"))?;
            let this = receiver(context, arguments)?;
            let request = Request {
                low,
                high: Value::int(high.saturating_add(1)),
                size: arguments.get("size"),
                is_closed: false,
                is_legacy: true,
            };
            draw(context, &this, &request, Type::Int64)
        }),
    },
    Function {
        name: "RandomState.tomaxint",
        signature: "(size=None)",
        method: None,
        summary: "Random integers from 0 to the largest int64.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.RandomState(42).tomaxint(2)
array([3454522818714476249, 8768791796696926855])
",
        see_also: &["np.random.randint"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            let this = receiver(context, arguments)?;
            let drawer = parts(&this)?;
            match arguments.get("size") {
                Value::None => drawer.one(context, |source| (source.bits.next_u64() >> 1) as i64),
                size => {
                    let array = new_array(context, &size, Type::Int64)?;
                    fill(context, drawer, &array, |source| (source.bits.next_u64() >> 1) as i64)?;
                    Ok(Value::Array(array))
                }
            }
        }),
    },
    Function {
        name: "Generator.bytes",
        signature: "(length)",
        method: None,
        summary: "So many random bytes.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: r"
>>> np.random.default_rng(42).bytes(4)
b'\x88&\xd9\x16'
",
        see_also: &["Generator.integers"],
        run: Run::Read(Reader::Cython, bytes),
    },
    Function {
        name: "np.random.bytes",
        signature: "(length)",
        method: Some(Method { name: "RandomState.bytes", signature: "(length)", reader: Reader::Cython }),
        summary: "So many random bytes, from the legacy generator.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.bytes(4)
b'f\xdc\xe1_'
",
        see_also: &["Generator.bytes"],
        run: Run::Read(Reader::Cython, bytes),
    },
];

fn bytes(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let length = as_index(&arguments.get("length")).map_err(|e| e.at_argument("length"))?;
    let this = receiver(context, arguments)?;
    let drawer = parts(&this)?;
    let words = (length - 1).div_euclid(4) + 1;
    let Ok(words) = usize::try_from(words) else {
        return Err(value_error("negative dimensions are not allowed").at_argument("length"));
    };
    const MOST_WORDS: usize = 1 << 28;
    const MOST_TO_PLAN: usize = 1 << 14;
    if words > MOST_WORDS {
        return Err(Error::new(ErrorClass::MemoryError, ""));
    }
    if calls::is_planning(context) && words > MOST_TO_PLAN {
        return Err(crate::error::runtime_error("too many bytes to plan with").at_argument("length"));
    }
    let drawn = drawer.draw(context, |source| -> Result<Vec<u8>> {
        let mut drawn = Vec::new();
        for number in 0..words {
            if number % (1 << 14) == 0 {
                crate::interrupt::check()?;
            }
            drawn.extend(source.bits.next_u32().to_le_bytes());
        }
        Ok(drawn)
    })?;
    let mut drawn = drawn?;
    drawn.truncate(usize::try_from(length).unwrap_or(0));
    Ok(Value::Bytes(drawn.into()))
}

/// What is asked for.
struct Request {
    low: Value,
    high: Value,
    size: Value,
    /// Whether `high` itself may be drawn.
    is_closed: bool,
    /// By rejection under a mask, as the legacy generator does.
    is_legacy: bool,
}

fn integers(
    context: &mut Context,
    arguments: &mut Arguments,
    name: &str,
    is_closed: bool,
    is_legacy: bool,
) -> Result<Value> {
    let (mut low, mut high) = (arguments.get("low"), arguments.get("high"));
    if high.is_none() {
        (low, high) = (Value::int(0), low);
    }
    let given = arguments.get("dtype");
    let dtype = as_dtype(context, &given).map_err(|e| e.at_argument("dtype"))?;
    let ty = supported(context, &dtype, name)?;
    let this = receiver(context, arguments)?;
    let size = arguments.get("size");
    let is_python = |class| matches!(&given, Value::Class(given) if std::ptr::eq(*given, class));
    let unwraps = size.is_none() && (is_python(&classes::INT) || is_python(&classes::BOOL));
    let drawn = draw(context, &this, &Request { low, high, size, is_closed, is_legacy }, ty)?;
    Ok(match drawn {
        Value::Scalar(scalar) if unwraps => python_number(scalar),
        other => other,
    })
}

/// The type, where integers of it can be drawn.
fn supported(context: &Context, dtype: &DType, name: &str) -> Result<Type> {
    let ty = dtype.ty();
    if !(ty.is_integer() || ty == Type::Bool) {
        let shown = repr(&Value::dtype(dtype.clone()), &context.print_options);
        return Err(type_error(format!("Unsupported dtype {shown} for {name}")).at_argument("dtype"));
    }
    if dtype.is_native() {
        return Ok(ty);
    }
    if name == "randint" {
        let message = "Providing a dtype with a non-native byteorder is not supported. If you require platform-independent byteorder, call byteswap when required.\nIn future version, providing byteorder will raise a ValueError";
        context.runtime.warn(ErrorClass::DeprecationWarning, message);
        return Ok(ty);
    }
    let message = "Providing a dtype with a non-native byteorder is not supported. If you require platform-independent byteorder, call byteswap when required.";
    Err(value_error(message).at_argument("dtype"))
}

/// The least and the largest integer of a type.
fn limits(ty: Type) -> (i128, i128) {
    let bits = 8 * ty.size() as u32;
    match ty {
        Type::Bool => (0, 1),
        _ if ty.kind() == crate::array::Kind::Signed => (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
        _ => (0, (1i128 << bits) - 1),
    }
}

fn width(ty: Type) -> Width {
    match ty.size() {
        _ if ty == Type::Bool => Width::Bool,
        1 => Width::Bits8,
        2 => Width::Bits16,
        4 => Width::Bits32,
        _ => Width::Bits64,
    }
}

/// What is wrong with bounds in the wrong order.
fn bounds_error(is_closed: bool, low_is_zero: bool) -> Error {
    let message = match (low_is_zero, is_closed) {
        (true, true) => "high < 0",
        (true, false) => "high <= 0",
        (false, true) => "low > high",
        (false, false) => "low >= high",
    };
    value_error(message).at_argument(if low_is_zero { "low" } else { "high" })
}

/// A bound as whole numbers: floats are cut off.
fn whole(scalar: Scalar) -> Result<i128> {
    if let Some(whole) = scalar.as_i128() {
        return Ok(whole);
    }
    let number = scalar.as_f64();
    if number.is_nan() {
        return Err(value_error("cannot convert float NaN to integer"));
    }
    if number.is_infinite() {
        return Err(crate::error::overflow_error("cannot convert float infinity to integer"));
    }
    Ok(number as i128)
}

/// A bound: one number, or an array of them.
enum Bound {
    One(i128),
    Many(ArrayRef),
}

fn bound(context: &mut Context, value: &Value, name: &str) -> Result<Bound> {
    if let Value::Int(int) = value {
        let far = if int.signum() < 0 { i128::MIN / 4 } else { i128::MAX / 4 };
        return Ok(Bound::One(int.to_i128().filter(|n| n.abs() < i128::MAX / 4).unwrap_or(far)));
    }
    let array = match super::super::coercion::default_scalar(value) {
        Some(scalar) => return whole(scalar).map(Bound::One).map_err(|e| e.at_argument(name)),
        None => calls::as_array(context, value).map_err(|e| e.at_argument(name))?,
    };
    if array.ndim() > 0 {
        return Ok(Bound::Many(array));
    }
    let offset = array.layout().offset;
    whole(array.read(offset)).map(Bound::One).map_err(|e| e.at_argument(name))
}

fn draw(context: &mut Context, this: &Value, request: &Request, ty: Type) -> Result<Value> {
    let drawer = parts(this)?;
    if !request.size.is_none() && shape_of(&request.size).is_ok_and(|shape| shape.contains(&0)) {
        return new_array(context, &request.size, ty).map(Value::Array);
    }
    let low = bound(context, &request.low, "low")?;
    let high = bound(context, &request.high, "high")?;
    let Request { is_closed, is_legacy, size, .. } = request;
    let (least, most) = limits(ty);
    let (Bound::One(low), Bound::One(high)) = (&low, &high) else {
        return draw_many(context, drawer, [low, high], request, ty);
    };
    let (low, high) = (*low, if *is_closed { *high } else { high - 1 });
    if low < least {
        return Err(value_error(format!("low is out of bounds for {}", ty.name())).at_argument("low"));
    }
    if high > most {
        let name = if request.low.is_none() { "low" } else { "high" };
        return Err(value_error(format!("high is out of bounds for {}", ty.name())).at_argument(name));
    }
    if low > high {
        return Err(bounds_error(*is_closed, low == 0));
    }
    let largest = (high - low) as u64;
    let mut bounded = Bounded::new(width(ty), *is_legacy);
    let offset = low as u64;
    if size.is_none() {
        if drawer.bits()?.is_unknown.get() {
            return Ok(Value::Scalar(Scalar::guess(&context.runtime.ledger, ty)));
        }
        let drawn = drawer.draw(context, |source| bounded.next(&mut source.bits, largest))?;
        return Ok(Value::Scalar(wrapped(offset.wrapping_add(drawn), ty)));
    }
    let array = new_array(context, size, ty)?;
    fill_with(context, drawer, &array, ty, |bits| offset.wrapping_add(bounded.next(bits, largest)))?;
    Ok(Value::Array(array))
}

/// The lower bits of a word as an integer of type `ty`.
fn wrapped(word: u64, ty: Type) -> Scalar {
    match ty {
        Type::Bool => Scalar::Bool(word & 1 == 1),
        Type::UInt64 => Scalar::UInt64(word),
        _ => Scalar::Int64(word as i64).cast(ty),
    }
}

/// Fills an array of type `ty` with the lower bits of words.
fn fill_with(
    context: &Context,
    drawer: &Drawer,
    array: &ArrayRef,
    ty: Type,
    mut next: impl FnMut(&mut crate::random::Bits) -> u64,
) -> Result<()> {
    fn each<T: Element>(
        context: &Context,
        drawer: &Drawer,
        array: &ArrayRef,
        mut next: impl FnMut(&mut crate::random::Bits) -> u64,
        narrow: impl Fn(u64) -> T,
    ) -> Result<()> {
        fill(context, drawer, array, |source| narrow(next(&mut source.bits)))
    }
    match ty {
        Type::Bool => each(context, drawer, array, &mut next, |word| Bool::from(word & 1 == 1)),
        Type::Int8 => each(context, drawer, array, &mut next, |word| word as i8),
        Type::UInt8 => each(context, drawer, array, &mut next, |word| word as u8),
        Type::Int16 => each(context, drawer, array, &mut next, |word| word as i16),
        Type::UInt16 => each(context, drawer, array, &mut next, |word| word as u16),
        Type::Int32 => each(context, drawer, array, &mut next, |word| word as i32),
        Type::UInt32 => each(context, drawer, array, &mut next, |word| word as u32),
        Type::UInt64 => each(context, drawer, array, &mut next, |word| word),
        _ => each(context, drawer, array, &mut next, |word| word as i64),
    }
}

/// Integers with bounds of their own for each.
fn draw_many(context: &mut Context, drawer: &Drawer, bounds: [Bound; 2], request: &Request, ty: Type) -> Result<Value> {
    let (least, most) = limits(ty);
    let shape_of_bound = |bound: &Bound| match bound {
        Bound::One(_) => Shape::new(),
        Bound::Many(array) => array.shape(),
    };
    let shapes = [shape_of_bound(&bounds[0]), shape_of_bound(&bounds[1])];
    let common = broadcast::broadcast_shapes(&[&shapes[0], &shapes[1]])?;
    let array = match &request.size {
        Value::None => NdArray::zeros(&context.runtime, ty.into(), &common, Order::C)?,
        size => new_array(context, size, ty)?,
    };
    let shape = array.shape();
    let whole_shape = broadcast::broadcast_shapes(&[&shapes[0], &shapes[1], &shape])?;
    if whole_shape != shape {
        return Err(value_error("a bound has more elements than the result").at_argument("size"));
    }
    if calls::is_planning(context) {
        fill_with(context, drawer, &array, ty, |bits| bits.next_u64())?;
        return Ok(Value::Array(array));
    }
    let [low, high] = bounds.map(|bound| -> Result<Vec<i128>> {
        match bound {
            Bound::One(number) => Ok(vec![number]),
            Bound::Many(array) => {
                let layout = broadcast::stretch(&array.layout(), &shape)
                    .ok_or_else(|| value_error("a bound does not stretch to the size"))?;
                elements(&calls::view(&array, layout), Order::C).map(whole).collect()
            }
        }
    });
    let (low, high) = (low?, high?);
    let open = i128::from(!request.is_closed);
    if low.iter().any(|&low| low < least) {
        return Err(value_error(format!("low is out of bounds for {}", ty.name())).at_argument("low"));
    }
    if high.iter().any(|&high| high - open > most) {
        return Err(value_error(format!("high is out of bounds for {}", ty.name())).at_argument("high"));
    }
    let count = array.size();
    let at = |bounds: &[i128], i: usize| bounds[if bounds.len() == 1 { 0 } else { i.min(bounds.len() - 1) }];
    if (0..count).any(|i| at(&low, i) > at(&high, i) - open) {
        return Err(bounds_error(request.is_closed, low.iter().all(|&low| low == 0)));
    }
    let mut bounded = Bounded::new(width(ty), request.is_legacy);
    let mut place = 0;
    fill_with(context, drawer, &array, ty, |bits| {
        let (low, high) = (at(&low, place), at(&high, place) - open);
        place += 1;
        (low as u64).wrapping_add(bounded.next(bits, (high - low) as u64))
    })?;
    Ok(Value::Array(array))
}
