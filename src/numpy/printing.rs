//! Arrays and numbers as text: `np.set_printoptions`, `np.array2string`, `np.format_float_positional`, ...

use super::attributes::array_of;
use crate::array::printing::{self, FloatMode, Formatter, Legacy, PrintOptions, Sign, array_repr_with, array_str_with};
use crate::array::{ArrayRef, Item, Kind, Scalar};
use crate::error::{
    Error, ErrorClass, Result, attribute_error, not_implemented_error, runtime_error, type_error, value_error,
};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section, call};
use crate::text::dragon4::{Positional, Scientific, Trim, format_positional, format_scientific};
use crate::text::error::FormatError;
use crate::value::{Dict, Value, as_bool, as_index, as_int, as_str, item_scalar, str};
use num_bigint::{BigInt, Sign as BigSign};
use num_traits::{One, Signed, Zero};
use std::cell::RefCell;
use std::rc::Rc;

/// `threshold=np.inf`, which nothing reaches.
const NEVER: usize = usize::MAX;

/// The options with those changed that the arguments name (`_make_options_dict`, arrayprint.py).
fn changed(options: &PrintOptions, arguments: &Arguments) -> Result<PrintOptions> {
    let mut new = options.clone();
    let whole = |name: &str, value: &Value| {
        as_index(value)
            .map(|n| n.max(0) as usize)
            .map_err(|_| type_error(format!("{name} must be an integer")).at_argument(name))
    };
    if let Some(mode) = arguments.some("floatmode") {
        let found = as_str(mode, "floatmode").ok().and_then(FloatMode::from_name);
        let known: Vec<String> = FloatMode::ALL.iter().map(|mode| format!("\"{}\"", mode.name())).collect();
        new.floatmode = found.ok_or_else(|| {
            value_error(format!("floatmode option must be one of {}", known.join(", "))).at_argument("floatmode")
        })?;
    }
    if let Some(sign) = arguments.some("sign") {
        let found = as_str(sign, "sign").ok().and_then(Sign::from_name);
        new.sign =
            found.ok_or_else(|| value_error("sign option must be one of ' ', '+', or '-'").at_argument("sign"))?;
    }
    match arguments.some("legacy") {
        None => {}
        Some(Value::Bool(false)) => new.legacy = Legacy::Off,
        Some(legacy) => match as_str(legacy, "legacy").ok().and_then(Legacy::from_name) {
            Some(found) => new.legacy = found,
            None => {
                return Err(value_error(
                    "legacy printing option can currently only be '1.13', '1.21', '1.25', '2.1', '2.2' or `False`",
                )
                .at_argument("legacy"));
            }
        },
    }
    if let Some(threshold) = arguments.some("threshold") {
        let number = match threshold {
            Value::Int(int) => int.to_f64(),
            Value::Bool(truth) => f64::from(u8::from(*truth)),
            Value::Float(float) => *float,
            Value::Scalar(scalar) => scalar.as_f64(),
            _ => return Err(type_error("threshold must be numeric").at_argument("threshold")),
        };
        if number.is_nan() {
            let message = "threshold must be non-NAN, try sys.maxsize for untruncated representation";
            return Err(value_error(message).at_argument("threshold"));
        }
        new.threshold = match threshold {
            Value::Int(int) => int.to_i64().map_or(NEVER, |n| n.max(0) as usize),
            _ if number == f64::INFINITY => NEVER,
            _ => number.max(0.0) as usize,
        };
    }
    if let Some(precision) = arguments.some("precision") {
        new.precision = whole("precision", precision)?;
    }
    for name in ["linewidth", "max_line_width"] {
        if let Some(width) = arguments.some(name) {
            new.linewidth = whole(name, width)?;
        }
    }
    if let Some(edgeitems) = arguments.some("edgeitems") {
        new.edgeitems = whole("edgeitems", edgeitems)?;
    }
    for name in ["suppress", "suppress_small"] {
        if let Some(suppress) = arguments.some(name) {
            new.suppress = as_bool(suppress)?;
        }
    }
    for (name, slot) in [("nanstr", &mut new.nanstr), ("infstr", &mut new.infstr)] {
        if let Some(text) = arguments.some(name) {
            *slot = as_str(text, name)?.to_string();
        }
    }
    Ok(new)
}

fn run_set(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let mut new = changed(&context.print_options, arguments)?;
    for name in ["formatter", "override_repr"] {
        if arguments.some(name).is_some() {
            return Err(not_implemented_error(format!("ndsh cannot keep a {name}"))
                .at_argument(name)
                .help("np.array2string(a, formatter=...) writes one array with it"));
        }
    }
    if new.legacy == Legacy::V1_13 {
        new.sign = Sign::Minus;
    }
    context.print_options = new;
    Ok(Value::None)
}

fn run_get(context: &mut Context, _: &mut Arguments) -> Result<Value> {
    let options = &context.print_options;
    let threshold =
        if options.threshold == NEVER { Value::Float(f64::INFINITY) } else { Value::from(options.threshold) };
    let entries: [(&str, Value); 12] = [
        ("edgeitems", options.edgeitems.into()),
        ("threshold", threshold),
        ("floatmode", options.floatmode.name().into()),
        ("precision", options.precision.into()),
        ("suppress", options.suppress.into()),
        ("linewidth", options.linewidth.into()),
        ("nanstr", options.nanstr.clone().into()),
        ("infstr", options.infstr.clone().into()),
        ("sign", options.sign.name().into()),
        ("formatter", Value::None),
        ("legacy", options.legacy.name().map_or(Value::Bool(false), Value::from)),
        ("override_repr", Value::None),
    ];
    let dict = Dict::new(entries.into_iter().map(|(key, value)| (key.into(), value)))?;
    Ok(Value::Dict(Rc::new(dict)))
}

/// The array to be written; NumPy looks at an attribute of it first.
fn subject(arguments: &Arguments, attribute: &str) -> Result<ArrayRef> {
    let value = arguments.get(if arguments.given("arr").is_some() { "arr" } else { "a" });
    array_of(&value).cloned().map_err(|_| {
        attribute_error(format!("'{}' object has no attribute '{attribute}'", value.type_name())).at_argument("a")
    })
}

/// The function for elements of this kind in a dict of them (`_get_format_function`).
fn chosen(formatter: &Value, kind: Kind) -> Result<Option<Value>> {
    let Value::Dict(functions) = formatter else {
        return Err(
            type_error(format!("formatter must be a dict, not {}", formatter.type_name())).at_argument("formatter")
        );
    };
    let names: &[&str] = match kind {
        Kind::Bool => &["bool", "all"],
        Kind::Signed | Kind::Unsigned => &["int", "int_kind", "all"],
        Kind::Float => &["float", "float_kind", "all"],
        Kind::Complex => &["complexfloat", "complex_kind", "all"],
        Kind::Bytes | Kind::Str => &["numpystr", "str_kind", "all"],
        Kind::Void => &["void", "all"],
        Kind::Object => &["object", "all"],
        Kind::DateTime => &["datetime", "all"],
        Kind::TimeDelta => &["timedelta", "all"],
    };
    for name in names {
        if let Some(function) = functions.get(&Value::str(name))?
            && !function.is_none()
        {
            return Ok(Some(function));
        }
    }
    Ok(None)
}

fn run_array2string(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = subject(arguments, "size")?;
    let options = changed(&context.print_options, arguments)?;
    let (separator, prefix, suffix) = (arguments.get("separator"), arguments.get("prefix"), arguments.get("suffix"));
    let texts = (as_str(&separator, "separator")?, as_str(&prefix, "prefix")?, as_str(&suffix, "suffix")?);
    let function = match arguments.some("formatter") {
        Some(formatter) => chosen(formatter, array.dtype().kind())?,
        None => None,
    };
    let text = match function {
        None => printing::array2string(&array, &options, texts.0, texts.1, texts.2, None)?,
        Some(function) => {
            let shared = RefCell::new(context);
            let write = |element: &Item| -> Result<String> {
                let mut context = shared.borrow_mut();
                let result = call(&mut context, &function, vec![item_scalar(element)], Vec::new())?;
                Ok(str(&result, &options))
            };
            let write: &Formatter<'_> = &write;
            printing::array2string(&array, &options, texts.0, texts.1, texts.2, Some(write))?
        }
    };
    Ok(text.into())
}

fn raise(error: FormatError) -> Error {
    match error.class {
        "TypeError" => Error::new(ErrorClass::TypeError, error.message),
        "ValueError" => Error::new(ErrorClass::ValueError, error.message),
        _ => runtime_error(error.message),
    }
}

/// A count of digits or columns; -1 and `None` leave it out.
fn count(arguments: &Arguments, name: &str) -> Result<Option<u32>> {
    let Some(value) = arguments.some(name) else { return Ok(None) };
    let count = as_index(value).map_err(|e| e.at_argument(name))?;
    match u32::try_from(count) {
        Ok(count) => Ok(Some(count)),
        Err(_) => Err(value_error(format!("{name} must be >= 0")).at_argument(name)),
    }
}

fn trim(arguments: &Arguments) -> Result<Trim> {
    let value = arguments.get("trim");
    match as_str(&value, "trim")? {
        "k" => Ok(Trim::Keep),
        "." => Ok(Trim::Zeros),
        "0" => Ok(Trim::LeaveOneZero),
        "-" => Ok(Trim::PointAndZeros),
        other => Err(type_error(format!("if supplied, trim must be 'k', '.', '0' or '-' found `{other:>100}`"))
            .at_argument("trim")),
    }
}

/// A number as a float of its own precision.
fn number(arguments: &Arguments) -> Result<Scalar> {
    match arguments.get("x") {
        Value::Scalar(scalar) if scalar.ty().kind() == Kind::Float => Ok(scalar),
        Value::Array(array) if array.ndim() == 0 && array.dtype().kind() == Kind::Float => {
            Ok(array.read(array.layout().offset))
        }
        other => crate::value::as_f64(&other).map(Scalar::Float64).map_err(|e| e.at_argument("x")),
    }
}

fn check_digits(precision: Option<u32>, unique: bool, min_digits: Option<u32>) -> Result<()> {
    if let (Some(precision), Some(least)) = (precision, min_digits)
        && least > precision
    {
        return Err(value_error("min_digits must be less than or equal to precision").at_argument("min_digits"));
    }
    if !unique && precision.is_none() {
        return Err(type_error("in non-unique mode `precision` must be supplied").at_argument("precision"));
    }
    Ok(())
}

fn run_positional(_: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let options = Positional {
        precision: count(arguments, "precision")?,
        unique: as_bool(&arguments.get("unique"))?,
        fractional: as_bool(&arguments.get("fractional"))?,
        trim: trim(arguments)?,
        sign: as_bool(&arguments.get("sign"))?,
        pad_left: count(arguments, "pad_left")?,
        pad_right: count(arguments, "pad_right")?,
        min_digits: count(arguments, "min_digits")?,
    };
    if !options.fractional && options.precision == Some(0) {
        return Err(value_error("precision must be greater than 0 if fractional=False").at_argument("precision"));
    }
    check_digits(options.precision, options.unique, options.min_digits)?;
    let text = match number(arguments)? {
        Scalar::Float16(x) => format_positional(x, &options),
        Scalar::Float32(x) => format_positional(x, &options),
        other => format_positional(other.as_f64(), &options),
    };
    text.map(Value::from).map_err(raise)
}

fn run_scientific(_: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let options = Scientific {
        precision: count(arguments, "precision")?,
        unique: as_bool(&arguments.get("unique"))?,
        trim: trim(arguments)?,
        sign: as_bool(&arguments.get("sign"))?,
        pad_left: count(arguments, "pad_left")?,
        exp_digits: count(arguments, "exp_digits")?,
        min_digits: count(arguments, "min_digits")?,
    };
    check_digits(options.precision, options.unique, options.min_digits)?;
    let text = match number(arguments)? {
        Scalar::Float16(x) => format_scientific(x, &options),
        Scalar::Float32(x) => format_scientific(x, &options),
        other => format_scientific(other.as_f64(), &options),
    };
    text.map(Value::from).map_err(raise)
}

fn run_base_repr(_: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let base = as_index(&arguments.get("base")).map_err(|e| e.at_argument("base"))?;
    if base > 36 {
        return Err(value_error("Bases greater than 36 not handled in base_repr.").at_argument("base"));
    }
    if base < 2 {
        return Err(value_error("Bases less than 2 not handled in base_repr.").at_argument("base"));
    }
    let number = match arguments.get("number") {
        Value::Float(float) => crate::value::Int::from_f64(float.trunc()).map(|int| int.to_big()).unwrap_or_default(),
        other => as_int(&other).map_err(|e| e.at_argument("number"))?.to_big(),
    };
    let padding = as_index(&arguments.get("padding")).map_err(|e| e.at_argument("padding"))?.max(0) as usize;
    let sign = if number.is_negative() { "-" } else { "" };
    let digits = if number.is_zero() && padding > 0 {
        String::new()
    } else {
        number.abs().to_str_radix(base as u32).to_uppercase()
    };
    Ok(format!("{sign}{}{digits}", "0".repeat(padding)).into())
}

fn run_binary_repr(_: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let number: BigInt = as_int(&arguments.get("num")).map_err(|e| e.at_argument("num"))?.to_big();
    let width = match arguments.some("width") {
        Some(width) => Some(as_index(width).map_err(|e| e.at_argument("width"))?),
        None => None,
    };
    let insufficient = |needed: usize, width: isize| {
        Err(value_error(format!("Insufficient bit width={width} provided for binwidth={needed}")).at_argument("width"))
    };
    if number.sign() != BigSign::Minus {
        let digits = number.to_str_radix(2);
        let Some(width) = width else { return Ok(digits.into()) };
        if width < digits.len() as isize && !number.is_zero() {
            return insufficient(digits.len(), width);
        }
        return Ok(format!("{digits:0>pad$}", pad = width.max(0) as usize).into());
    }
    let Some(width) = width else { return Ok(format!("-{}", (-number).to_str_radix(2)).into()) };
    // two's complement needs one bit more, but for powers of two
    let magnitude = -number;
    let bits = magnitude.to_str_radix(2).len();
    let power_of_two = magnitude == BigInt::one() << (bits - 1);
    let needed = if power_of_two { bits } else { bits + 1 };
    if (width) < needed as isize {
        return insufficient(needed, width);
    }
    let complement = (BigInt::one() << width as usize) - magnitude;
    Ok(complement.to_str_radix(2).into())
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.set_printoptions",
            signature: "(precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None, nanstr=None, infstr=None, formatter=None, sign=None, floatmode=None, *, legacy=None, override_repr=None)",
            method: None,
            summary: "How arrays are printed from here on.",
            memory: MemoryRule::NoArray,
            notes: "Only the text changes, never the elements.",
            example: "\
>>> np.set_printoptions(precision=3, suppress=True)
>>> np.array([1.23456, 1e-9])
array([1.235, 0.   ])
>>> np.set_printoptions(threshold=5)
>>> np.arange(10)
array([0, 1, 2, ..., 7, 8, 9], shape=(10,))
",
            see_also: &["np.get_printoptions", "np.array2string"],
            run: Run::Call(run_set),
        },
        Function {
            name: "np.get_printoptions",
            signature: "()",
            method: None,
            summary: "The print options as a dict.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.get_printoptions()['precision']
8
",
            see_also: &["np.set_printoptions"],
            run: Run::Call(run_get),
        },
        Function {
            name: "np.array2string",
            signature: "(a, max_line_width=None, precision=None, suppress_small=None, separator=' ', prefix='', *, formatter=None, threshold=None, edgeitems=None, sign=None, floatmode=None, suffix='', legacy=None)",
            method: None,
            summary: "An array as text, with options for this once.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.array2string(np.array([1.5, 2.25]), precision=1, separator=', ')
'[1.5, 2.2]'
>>> np.array2string(np.arange(3), formatter={'int': hex})
'[0x0 0x1 0x2]'
",
            see_also: &["np.array_repr", "np.array_str", "np.set_printoptions"],
            run: Run::Call(run_array2string),
        },
        Function {
            name: "np.array_repr",
            signature: "(arr, max_line_width=None, precision=None, suppress_small=None)",
            method: None,
            summary: "What repr(arr) gives.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.array_repr(np.array([1, 2], dtype=np.int8))
'array([1, 2], dtype=int8)'
",
            see_also: &["np.array_str", "np.array2string"],
            run: Run::Call(|context, arguments| {
                let array = subject(arguments, "size")?;
                let options = changed(&context.print_options, arguments)?;
                array_repr_with(&array, &options, None).map(Value::from)
            }),
        },
        Function {
            name: "np.array_str",
            signature: "(a, max_line_width=None, precision=None, suppress_small=None)",
            method: None,
            summary: "What str(a) gives.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.array_str(np.array([1.23456, 2]), precision=2)
'[1.23 2.  ]'
",
            see_also: &["np.array_repr", "np.array2string"],
            run: Run::Call(|context, arguments| {
                let array = subject(arguments, "shape")?;
                let options = changed(&context.print_options, arguments)?;
                array_str_with(&array, &options, None).map(Value::from)
            }),
        },
        Function {
            name: "np.format_float_positional",
            signature: "(x, precision=None, unique=True, fractional=True, trim='k', sign=False, pad_left=None, pad_right=None, min_digits=None)",
            method: None,
            summary: "A float in decimal notation, by default with the fewest digits that tell it apart.",
            memory: MemoryRule::NoArray,
            notes: "The digits depend on the type: np.float32(0.1) needs one, as a double it needs more.",
            example: "\
>>> np.format_float_positional(np.float32(0.1))
'0.1'
>>> np.format_float_positional(0.1, precision=20, unique=False)
'0.10000000000000000555'
",
            see_also: &["np.format_float_scientific"],
            run: Run::Call(run_positional),
        },
        Function {
            name: "np.format_float_scientific",
            signature: "(x, precision=None, unique=True, trim='k', sign=False, pad_left=None, exp_digits=None, min_digits=None)",
            method: None,
            summary: "A float in scientific notation, by default with the fewest digits that tell it apart.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.format_float_scientific(123456.0)
'1.23456e+05'
>>> np.format_float_scientific(123456.0, precision=2)
'1.23e+05'
",
            see_also: &["np.format_float_positional"],
            run: Run::Call(run_scientific),
        },
        Function {
            name: "np.base_repr",
            signature: "(number, base=2, padding=0)",
            method: None,
            summary: "An int in another base, from 2 to 36.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.base_repr(255, 16), np.base_repr(5, padding=2)
('FF', '00101')
",
            see_also: &["np.binary_repr"],
            run: Run::Call(run_base_repr),
        },
        Function {
            name: "np.binary_repr",
            signature: "(num, width=None)",
            method: None,
            summary: "An int in binary; negative ones in two's complement where a width is given.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.binary_repr(5), np.binary_repr(-5), np.binary_repr(-5, width=8)
('101', '-101', '11111011')
",
            see_also: &["np.base_repr", "np.bitwise_count"],
            run: Run::Call(run_binary_repr),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
