//! How large, how small, how fine can a number of a type be? `np.iinfo` and `np.finfo`.

use super::dtypes::as_dtype;
use crate::array::printing::{PrintOptions, scalar_str};
use crate::array::{DType, Kind, Scalar, Type};
use crate::error::{Result, value_error};
use crate::registry::{Context, Function, MemoryRule, Reader, Run, Section};
use crate::text::float::{Style, write_float};
use crate::value::{Class, Int, Object, Value, classes, str};
use std::any::Any;

const RULE: &str = "---------------------------------------------------------------";

/// The dtype that a value names, or that it has as a number; nothing for what is neither.
fn dtype_of(context: &mut Context, value: &Value) -> Option<DType> {
    let number = super::coercion::default_scalar(value).map(|scalar| scalar.dtype());
    number.or_else(|| as_dtype(context, value).ok())
}

/// What `np.iinfo` gives.
struct IntegerLimits(Type);

impl IntegerLimits {
    fn bits(&self) -> u32 {
        8 * self.0.size() as u32
    }

    fn min(&self) -> i128 {
        if self.0.kind() == Kind::Unsigned { 0 } else { -(1 << (self.bits() - 1)) }
    }

    fn max(&self) -> i128 {
        if self.0.kind() == Kind::Unsigned { (1 << self.bits()) - 1 } else { (1 << (self.bits() - 1)) - 1 }
    }
}

impl Object for IntegerLimits {
    fn class(&self) -> &'static Class {
        &classes::IINFO
    }

    fn repr(&self, _: &PrintOptions) -> String {
        format!("iinfo(min={}, max={}, dtype={})", self.min(), self.max(), self.0.name())
    }

    fn str(&self, _: &PrintOptions) -> String {
        let (name, min, max) = (self.0.name(), self.min(), self.max());
        format!("Machine parameters for {name}\n{RULE}\nmin = {min}\nmax = {max}\n{RULE}\n")
    }

    fn attribute(&self, _: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        Some(Ok(match name {
            "min" => Value::Int(Int::from(self.min())),
            "max" => Value::Int(Int::from(self.max())),
            "bits" => Value::int(self.bits() as i64),
            "dtype" => Value::dtype(self.0),
            "kind" => self.0.kind().letter().to_string().into(),
            "key" => format!("{}{}", self.0.kind().letter(), self.bits()).into(),
            _ => return None,
        }))
    }

    fn attributes(&self) -> &'static [&'static str] {
        &["bits", "dtype", "key", "kind", "max", "min"]
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What `np.finfo` gives: the facts of an IEEE format follow from the bits of its exponent and its fraction.
struct FloatLimits(Type);

impl FloatLimits {
    /// Bits of the exponent and of the fraction.
    fn format(&self) -> (i32, i32) {
        match self.0 {
            Type::Float16 => (5, 10),
            Type::Float32 => (8, 23),
            _ => (11, 52),
        }
    }

    fn fraction(&self) -> i32 {
        self.format().1
    }

    /// One above the largest exponent.
    fn maxexp(&self) -> i32 {
        1 << (self.format().0 - 1)
    }

    fn minexp(&self) -> i32 {
        2 - self.maxexp()
    }

    fn precision(&self) -> i32 {
        (self.fraction() as f64 * std::f64::consts::LOG10_2) as i32
    }

    fn scalar(&self, value: f64) -> Scalar {
        Scalar::Float64(value).cast(self.0)
    }

    fn max(&self) -> Scalar {
        // (2 - eps) * 2**(maxexp - 1), written so that it does not overflow on the way
        self.scalar((2.0 - self.power(-self.fraction())) * self.power(self.maxexp() - 1))
    }

    fn power(&self, exponent: i32) -> f64 {
        2f64.powi(exponent)
    }

    /// A value by NumPy's name.
    fn value(&self, name: &str) -> Option<Value> {
        let fraction = self.fraction();
        let float = |value: f64| Value::Scalar(self.scalar(value));
        let whole = |value: i32| Value::int(value as i64);
        Some(match name {
            "dtype" => Value::dtype(self.0),
            "bits" => whole(8 * self.0.size() as i32),
            "eps" => float(self.power(-fraction)),
            "epsneg" => float(self.power(-fraction - 1)),
            "max" => Value::Scalar(self.max()),
            "min" => float(-self.max().as_f64()),
            "tiny" | "smallest_normal" => float(self.power(self.minexp())),
            "smallest_subnormal" => float(f64::from_bits(1).max(self.power(self.minexp() - fraction))),
            "resolution" => {
                let text = format!("1e-{}", self.precision());
                float(text.parse().unwrap_or(0.0))
            }
            "precision" => whole(self.precision()),
            "maxexp" => whole(self.maxexp()),
            "minexp" => whole(self.minexp()),
            "nmant" => whole(fraction),
            "machep" => whole(-fraction),
            "negep" => whole(-fraction - 1),
            "nexp" | "iexp" => whole(self.format().0),
            _ => return None,
        })
    }
}

impl Object for FloatLimits {
    fn class(&self) -> &'static Class {
        &classes::FINFO
    }

    fn repr(&self, options: &PrintOptions) -> String {
        let max = match self.0 {
            // half precision alone is written as '%12.5e' % max
            Type::Float16 => write_float(self.max().as_f64(), Style::Exponent(5), false, false),
            _ => scalar_str(self.max(), options),
        };
        let resolution = self.value("resolution").map(|value| str(&value, options)).unwrap_or_default();
        format!("finfo(resolution={resolution}, min=-{max}, max={max}, dtype={})", self.0.name())
    }

    fn str(&self, options: &PrintOptions) -> String {
        let get = |name: &str| self.value(name).map(|value| str(&value, options)).unwrap_or_default();
        format!(
            "Machine parameters for {}\n{RULE}\nprecision = {}   resolution = {}\nmachep = {}   eps =        {}\n\
             negep =  {}   epsneg =     {}\nminexp = {}   tiny =       {}\nmaxexp = {}   max =        {}\n\
             nexp =   {}   min =        -max\nsmallest_normal = {}   smallest_subnormal = {}\n{RULE}\n",
            self.0.name(),
            get("precision"),
            get("resolution"),
            get("machep"),
            get("eps"),
            get("negep"),
            get("epsneg"),
            get("minexp"),
            get("tiny"),
            get("maxexp"),
            get("max"),
            get("nexp"),
            get("smallest_normal"),
            get("smallest_subnormal"),
        )
    }

    fn attribute(&self, _: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        self.value(name).map(Ok)
    }

    fn attributes(&self) -> &'static [&'static str] {
        &[
            "bits",
            "dtype",
            "eps",
            "epsneg",
            "iexp",
            "machep",
            "max",
            "maxexp",
            "min",
            "minexp",
            "negep",
            "nexp",
            "nmant",
            "precision",
            "resolution",
            "smallest_normal",
            "smallest_subnormal",
            "tiny",
        ]
    }

    fn equal(&self, other: &Value) -> Option<bool> {
        // NumPy keeps one object for each type
        Some(other.downcast::<FloatLimits>().is_some_and(|other| other.0 == self.0))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.iinfo",
            signature: "(int_type)",
            method: None,
            summary: "The smallest and the largest value of an integer type.",
            memory: MemoryRule::NoArray,
            notes: "Array arithmetic wraps around at these limits without a warning.",
            example: "\
>>> np.iinfo(np.int8)
iinfo(min=-128, max=127, dtype=int8)
>>> np.iinfo('u2').max, np.iinfo('u2').bits
(65535, 16)
>>> np.array([127], dtype=np.int8) + np.int8(1)
array([-128], dtype=int8)
",
            see_also: &["np.finfo", "np.dtype"],
            run: Run::Read(Reader::Helper("iinfo.__init__"), |context, arguments| {
                let value = arguments.get("int_type");
                let kind = match dtype_of(context, &value) {
                    Some(dtype) if dtype.ty().is_integer() => return Ok(Value::object(IntegerLimits(dtype.ty()))),
                    Some(dtype) => dtype.kind().letter(),
                    None if matches!(value, Value::Str(_)) => 'U',
                    None => 'O',
                };
                Err(value_error(format!("Invalid integer data type '{kind}'.")).at_argument("int_type"))
            }),
        },
        Function {
            name: "np.finfo",
            signature: "(dtype)",
            method: None,
            summary: "The precision and the range of a floating-point type.",
            memory: MemoryRule::NoArray,
            notes: "eps is the distance from 1.0 to the next larger float.",
            example: "\
>>> np.finfo(np.float32)
finfo(resolution=1e-06, min=-3.4028235e+38, max=3.4028235e+38, dtype=float32)
>>> np.finfo(float).eps, np.finfo(float).max
(np.float64(2.220446049250313e-16), np.float64(1.7976931348623157e+308))
>>> np.finfo(np.complex64).dtype
dtype('float32')
",
            see_also: &["np.iinfo", "np.spacing", "np.nextafter"],
            run: Run::Read(Reader::Helper("finfo.__new__"), |context, arguments| {
                let value = arguments.get("dtype");
                let class = match dtype_of(context, &value) {
                    Some(dtype) if dtype.ty().is_inexact() => {
                        return Ok(Value::object(FloatLimits(dtype.ty().part())));
                    }
                    Some(dtype) => classes::of_scalar(dtype.ty()).repr(),
                    None if matches!(value, Value::Str(_)) => "<class 'numpy.str_'>".into(),
                    None => "<class 'numpy.object_'>".into(),
                };
                Err(value_error(format!("data type {class} not inexact")).at_argument("dtype"))
            }),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[("np.iinfo", &classes::IINFO), ("np.finfo", &classes::FINFO)],
};
