//! The continuous distributions of `Generator`.

use super::drawing::{continuous, dtype_argument, plain};
use super::parameters::{Constraint, Parameter, parameter_of, require};
use crate::array::Type;
use crate::error::{Result, overflow_error, type_error, value_error};
use crate::random::{continuous as double, single};
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Value, repr};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "Generator.random",
        signature: "(size=None, dtype=np.float64, out=None)",
        method: None,
        summary: "Uniform numbers in [0, 1).",
        memory: MemoryRule::New,
        notes: "`size` is the shape of the result; without it one Python float is drawn. `out` is filled as it lies in memory.",
        example: r"
>>> rng = np.random.default_rng(42)
>>> rng.random()
0.7739560485559633
>>> rng.random((2, 2))
array([[0.43887844, 0.85859792],
       [0.69736803, 0.09417735]])
>>> rng.random(2, dtype=np.float32)
array([0.52647895, 0.9756223 ], dtype=float32)
",
        see_also: &["Generator.uniform", "Generator.integers", "np.random.rand"],
        run: Run::Read(Reader::Cython, random),
    },
    Function {
        name: "Generator.standard_normal",
        signature: "(size=None, dtype=np.float64, out=None)",
        method: None,
        summary: "Normal numbers with mean 0 and standard deviation 1.",
        memory: MemoryRule::New,
        notes: "By the ziggurat; `size` is the shape of the result; without it one Python float is drawn.",
        example: r"
>>> rng = np.random.default_rng(42)
>>> rng.standard_normal()
0.30471707975443135
>>> rng.standard_normal(3)
array([-1.03998411,  0.7504512 ,  0.94056472])
",
        see_also: &["Generator.normal", "np.random.randn"],
        run: Run::Read(Reader::Cython, standard_normal),
    },
    Function {
        name: "Generator.standard_exponential",
        signature: "(size=None, dtype=np.float64, method='zig', out=None)",
        method: None,
        summary: "Exponential numbers with mean 1.",
        memory: MemoryRule::New,
        notes: "By the ziggurat, or with `method='inv'` by inversion.",
        example: r"
>>> rng = np.random.default_rng(42)
>>> rng.standard_exponential(3)
array([2.4042086 , 2.33618966, 2.384761  ])
",
        see_also: &["Generator.exponential"],
        run: Run::Read(Reader::Cython, standard_exponential),
    },
    Function {
        name: "Generator.standard_gamma",
        signature: "(shape, size=None, dtype=np.float64, out=None)",
        method: None,
        summary: "Numbers of the gamma distribution with scale 1.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).standard_gamma(2, size=2)
array([2.09181727, 2.83534559])
",
        see_also: &["Generator.gamma"],
        run: Run::Read(Reader::Cython, standard_gamma),
    },
    Function {
        name: "Generator.uniform",
        signature: "(low=0.0, high=1.0, size=None)",
        method: None,
        summary: "Uniform numbers in [low, high).",
        memory: MemoryRule::New,
        notes: "Where a bound is an array, one number is drawn for each element.",
        example: r"
>>> rng = np.random.default_rng(42)
>>> rng.uniform(-1, 1)
0.5479120971119267
>>> rng.uniform([0, 10], [1, 20])
array([ 0.43887844, 18.5859792 ])
",
        see_also: &["Generator.random", "Generator.integers"],
        run: Run::Read(Reader::Cython, uniform),
    },
    Function {
        name: "Generator.triangular",
        signature: "(left, mode, right, size=None)",
        method: None,
        summary: "Numbers of the triangular distribution.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).triangular(0, 1, 4, size=2)
array([2.35302477, 1.40510911])
",
        see_also: &["Generator.uniform"],
        run: Run::Read(Reader::Cython, triangular),
    },
    Function {
        name: "Generator.beta",
        signature: "(a, b, size=None)",
        method: None,
        summary: "Numbers of the beta distribution.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).beta(2, 3)
0.33841183847153383
>>> np.random.default_rng(42).beta(2, 3, size=2)
array([0.33841184, 0.41040973])
",
        see_also: &["Generator.gamma"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("a", Constraint::Positive), ("b", Constraint::Positive)],
                |source, [a, b]| double::beta(source, a, b),
            )
        }),
    },
    Function {
        name: "Generator.exponential",
        signature: "(scale=1.0, size=None)",
        method: None,
        summary: "Numbers of the exponential distribution with this mean.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).exponential(2.0)
4.808417207931989
>>> np.random.default_rng(42).exponential(2.0, size=2)
array([4.80841721, 4.67237931])
",
        see_also: &["Generator.standard_exponential"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(context, arguments, [("scale", Constraint::NonNegative)], |source, [a]| {
                double::exponential(source, a)
            })
        }),
    },
    Function {
        name: "Generator.normal",
        signature: "(loc=0.0, scale=1.0, size=None)",
        method: None,
        summary: "Numbers of the normal distribution with this mean and standard deviation.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).normal(10, 2)
10.609434159508863
>>> np.random.default_rng(42).normal(10, 2, size=2)
array([10.60943416,  7.92003179])
",
        see_also: &["Generator.standard_normal"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("loc", Constraint::None), ("scale", Constraint::NonNegative)],
                |source, [a, b]| double::normal(source, a, b),
            )
        }),
    },
    Function {
        name: "Generator.gamma",
        signature: "(shape, scale=1.0, size=None)",
        method: None,
        summary: "Numbers of the gamma distribution.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).gamma(2, 3)
6.275451811499848
>>> np.random.default_rng(42).gamma(2, 3, size=2)
array([6.27545181, 8.50603677])
",
        see_also: &["Generator.standard_gamma"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("shape", Constraint::NonNegative), ("scale", Constraint::NonNegative)],
                |source, [a, b]| double::gamma(source, a, b),
            )
        }),
    },
    Function {
        name: "Generator.f",
        signature: "(dfnum, dfden, size=None)",
        method: None,
        summary: "Numbers of the F distribution.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).f(2, 3)
9.871969432919666
>>> np.random.default_rng(42).f(2, 3, size=2)
array([9.87196943, 0.32030926])
",
        see_also: &["Generator.noncentral_f"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("dfnum", Constraint::Positive), ("dfden", Constraint::Positive)],
                |source, [a, b]| double::f(source, a, b),
            )
        }),
    },
    Function {
        name: "Generator.noncentral_f",
        signature: "(dfnum, dfden, nonc, size=None)",
        method: None,
        summary: "Numbers of the noncentral F distribution.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).noncentral_f(2, 3, 1)
1.3985607668512356
>>> np.random.default_rng(42).noncentral_f(2, 3, 1, size=2)
array([1.39856077, 5.58380445])
",
        see_also: &["Generator.f"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("dfnum", Constraint::Positive), ("dfden", Constraint::Positive), ("nonc", Constraint::NonNegative)],
                |source, [a, b, c]| double::noncentral_f(source, a, b, c),
            )
        }),
    },
    Function {
        name: "Generator.chisquare",
        signature: "(df, size=None)",
        method: None,
        summary: "Numbers of the chi-square distribution.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).chisquare(3)
3.0554394899785056
>>> np.random.default_rng(42).chisquare(3, size=2)
array([3.05543949, 4.35892866])
",
        see_also: &["Generator.noncentral_chisquare"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(context, arguments, [("df", Constraint::Positive)], |source, [a]| double::chisquare(source, a))
        }),
    },
    Function {
        name: "Generator.noncentral_chisquare",
        signature: "(df, nonc, size=None)",
        method: None,
        summary: "Numbers of the noncentral chi-square distribution.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).noncentral_chisquare(3, 1)
4.810015936683841
>>> np.random.default_rng(42).noncentral_chisquare(3, 1, size=2)
array([4.81001594, 8.53531342])
",
        see_also: &["Generator.chisquare"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("df", Constraint::Positive), ("nonc", Constraint::NonNegative)],
                |source, [a, b]| double::noncentral_chisquare(source, a, b),
            )
        }),
    },
    Function {
        name: "Generator.standard_cauchy",
        signature: "(size=None)",
        method: None,
        summary: "Numbers of the Cauchy distribution.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).standard_cauchy()
-0.2930016698581793
>>> np.random.default_rng(42).standard_cauchy(size=2)
array([-0.29300167,  0.797873  ])
",
        see_also: &["Generator.standard_t"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(context, arguments, [], |source, []| double::standard_cauchy(source))
        }),
    },
    Function {
        name: "Generator.standard_t",
        signature: "(df, size=None)",
        method: None,
        summary: "Numbers of the Student's t distribution.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).standard_t(3)
0.6174653977237295
>>> np.random.default_rng(42).standard_t(3, size=2)
array([0.6174654 , 1.00636148])
",
        see_also: &["Generator.standard_normal"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(context, arguments, [("df", Constraint::Positive)], |source, [a]| double::standard_t(source, a))
        }),
    },
    Function {
        name: "Generator.vonmises",
        signature: "(mu, kappa, size=None)",
        method: None,
        summary: "Numbers of the von Mises distribution, a normal distribution of angles.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).vonmises(0, 4)
-0.10171522044718628
>>> np.random.default_rng(42).vonmises(0, 4, size=2)
array([-0.10171522, -0.18556391])
",
        see_also: &["Generator.normal"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("mu", Constraint::None), ("kappa", Constraint::NonNegative)],
                |source, [a, b]| double::vonmises(source, a, b),
            )
        }),
    },
    Function {
        name: "Generator.pareto",
        signature: "(a, size=None)",
        method: None,
        summary: "Numbers of the Pareto II distribution.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).pareto(3)
1.228665259618174
>>> np.random.default_rng(42).pareto(3, size=2)
array([1.22866526, 1.1787033 ])
",
        see_also: &["Generator.power"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(context, arguments, [("a", Constraint::Positive)], |source, [a]| double::pareto(source, a))
        }),
    },
    Function {
        name: "Generator.weibull",
        signature: "(a, size=None)",
        method: None,
        summary: "Numbers of the Weibull distribution.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).weibull(2)
1.5505510646108998
>>> np.random.default_rng(42).weibull(2, size=2)
array([1.55055106, 1.5284599 ])
",
        see_also: &["Generator.gumbel"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(context, arguments, [("a", Constraint::NonNegative)], |source, [a]| double::weibull(source, a))
        }),
    },
    Function {
        name: "Generator.power",
        signature: "(a, size=None)",
        method: None,
        summary: "Numbers of the power distribution on [0, 1].",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).power(3)
0.9689324849878161
>>> np.random.default_rng(42).power(3, size=2)
array([0.96893248, 0.96666964])
",
        see_also: &["Generator.pareto"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(context, arguments, [("a", Constraint::Positive)], |source, [a]| double::power(source, a))
        }),
    },
    Function {
        name: "Generator.laplace",
        signature: "(loc=0.0, scale=1.0, size=None)",
        method: None,
        summary: "Numbers of the Laplace distribution.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).laplace(0, 2)
1.5877572852834136
>>> np.random.default_rng(42).laplace(0, 2, size=2)
array([ 1.58775729, -0.26077125])
",
        see_also: &["Generator.normal"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("loc", Constraint::None), ("scale", Constraint::NonNegative)],
                |source, [a, b]| double::laplace(source, a, b),
            )
        }),
    },
    Function {
        name: "Generator.gumbel",
        signature: "(loc=0.0, scale=1.0, size=None)",
        method: None,
        summary: "Numbers of the Gumbel distribution.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).gumbel(0, 2)
-0.7935560666001952
>>> np.random.default_rng(42).gumbel(0, 2, size=2)
array([-0.79355607,  1.09699367])
",
        see_also: &["Generator.weibull"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("loc", Constraint::None), ("scale", Constraint::NonNegative)],
                |source, [a, b]| double::gumbel(source, a, b),
            )
        }),
    },
    Function {
        name: "Generator.logistic",
        signature: "(loc=0.0, scale=1.0, size=None)",
        method: None,
        summary: "Numbers of the logistic distribution.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).logistic(0, 2)
2.4615712627710136
>>> np.random.default_rng(42).logistic(0, 2, size=2)
array([ 2.46157126, -0.49143019])
",
        see_also: &["Generator.normal"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("loc", Constraint::None), ("scale", Constraint::NonNegative)],
                |source, [a, b]| double::logistic(source, a, b),
            )
        }),
    },
    Function {
        name: "Generator.lognormal",
        signature: "(mean=0.0, sigma=1.0, size=None)",
        method: None,
        summary: "Numbers of the log-normal distribution.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).lognormal(0, 1)
1.3562412406168636
>>> np.random.default_rng(42).lognormal(0, 1, size=2)
array([1.35624124, 0.3534603 ])
",
        see_also: &["Generator.normal"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("mean", Constraint::None), ("sigma", Constraint::NonNegative)],
                |source, [a, b]| double::lognormal(source, a, b),
            )
        }),
    },
    Function {
        name: "Generator.rayleigh",
        signature: "(scale=1.0, size=None)",
        method: None,
        summary: "Numbers of the Rayleigh distribution.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).rayleigh(2)
4.385620689449551
>>> np.random.default_rng(42).rayleigh(2, size=2)
array([4.38562069, 4.32313743])
",
        see_also: &["Generator.weibull"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(context, arguments, [("scale", Constraint::NonNegative)], |source, [a]| {
                double::rayleigh(source, a)
            })
        }),
    },
    Function {
        name: "Generator.wald",
        signature: "(mean, scale, size=None)",
        method: None,
        summary: "Numbers of the Wald, or inverse Gaussian, distribution.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.default_rng(42).wald(3, 2)
2.069990769639344
>>> np.random.default_rng(42).wald(3, 2, size=2)
array([2.06999077, 1.23258829])
",
        see_also: &["Generator.normal"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("mean", Constraint::Positive), ("scale", Constraint::Positive)],
                |source, [a, b]| double::wald(source, a, b),
            )
        }),
    },
];

/// The error for a `dtype=` that is neither of double nor of single precision.
fn unsupported(context: &Context, dtype: crate::array::DType, what: &str) -> crate::error::Error {
    let shown = repr(&Value::dtype(dtype), &context.print_options);
    type_error(format!("Unsupported dtype {shown} for {what}")).at_argument("dtype")
}

fn random(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let dtype = dtype_argument(context, arguments)?;
    match dtype.ty() {
        Type::Float64 if dtype.is_native() => plain(context, arguments, double::standard_uniform),
        Type::Float32 if dtype.is_native() => plain(context, arguments, single::standard_uniform),
        _ => Err(unsupported(context, dtype, "random")),
    }
}

fn standard_normal(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let dtype = dtype_argument(context, arguments)?;
    match dtype.ty() {
        Type::Float64 if dtype.is_native() => plain(context, arguments, double::standard_normal),
        Type::Float32 if dtype.is_native() => plain(context, arguments, single::standard_normal),
        _ => Err(unsupported(context, dtype, "standard_normal")),
    }
}

fn standard_exponential(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let dtype = dtype_argument(context, arguments)?;
    let by_ziggurat = matches!(arguments.look_at("method"), Value::Str(method) if &**method == "zig");
    match (dtype.ty(), by_ziggurat) {
        _ if !dtype.is_native() => Err(unsupported(context, dtype, "standard_exponential")),
        (Type::Float64, true) => plain(context, arguments, double::standard_exponential),
        (Type::Float64, false) => plain(context, arguments, double::standard_exponential_inverse),
        (Type::Float32, true) => plain(context, arguments, single::standard_exponential),
        (Type::Float32, false) => plain(context, arguments, single::standard_exponential_inverse),
        _ => Err(unsupported(context, dtype, "standard_exponential")),
    }
}

fn standard_gamma(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let dtype = dtype_argument(context, arguments)?;
    let shape = ("shape", Constraint::NonNegative);
    match dtype.ty() {
        Type::Float64 if dtype.is_native() => {
            continuous(context, arguments, [shape], |source, [shape]| double::standard_gamma(source, shape))
        }
        Type::Float32 if dtype.is_native() => {
            let out = super::drawing::out_argument(arguments, Type::Float32, true)?;
            let parameter = parameter_of(context, arguments, shape.0, Type::Float64)?;
            require(&parameter, shape.0, shape.1)?;
            super::drawing::draw(context, arguments, &[parameter], out, |source, [shape]: [f64; 1]| {
                single::standard_gamma(source, shape as f32)
            })
        }
        _ => Err(unsupported(context, dtype, "standard_gamma")),
    }
}

/// The bounds of a uniform distribution as where it starts and how far it reaches.
///
/// # Errors
/// `OverflowError` where the range is infinite; `ValueError` where it is negative and must not be.
pub fn range_of(context: &mut Context, arguments: &Arguments, is_legacy: bool) -> Result<[Parameter; 2]> {
    let low = parameter_of(context, arguments, "low", Type::Float64)?;
    let high = parameter_of(context, arguments, "high", Type::Float64)?;
    let range = match (&low, &high) {
        (Parameter::Number(low), Parameter::Number(high)) => {
            let range = high - low;
            if !range.is_finite() {
                let what = if is_legacy { "Range" } else { "high - low range" };
                return Err(overflow_error(format!("{what} exceeds valid bounds")).at_argument("high"));
            }
            Parameter::Number(range)
        }
        _ => {
            let [high, low] = [&high, &low].map(|parameter| match parameter {
                Parameter::Number(number) => Value::Float(*number),
                Parameter::Array(array) => Value::Array(array.clone()),
            });
            let range = super::super::calls::ufunc(context, "subtract", [high, low])?;
            let range = super::super::calls::as_array(context, &range)?;
            if super::super::calls::elements(&range).any(|range| !range.as_f64().is_finite()) {
                return Err(overflow_error("Range exceeds valid bounds").at_argument("high"));
            }
            Parameter::Array(range)
        }
    };
    if !is_legacy && super::parameters::fails(&range, Constraint::NonNegative) {
        return Err(value_error("high - low < 0").at_argument("high"));
    }
    Ok([low, range])
}

fn uniform(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let parameters = range_of(context, arguments, false)?;
    super::drawing::draw(context, arguments, &parameters, None, |source, [low, range]: [f64; 2]| {
        double::uniform(source, low, range)
    })
}

/// `triangular` of both generators.
///
/// # Errors
/// `ValueError` where the three are in no order.
pub fn triangular(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let mut parameters = Vec::with_capacity(3);
    for name in ["left", "mode", "right"] {
        parameters.push(parameter_of(context, arguments, name, Type::Float64)?);
    }
    let shape = super::drawing::common_shape(&parameters)?;
    for [left, mode, right] in super::drawing::rows(&parameters, &shape)? {
        let message = if left > mode {
            "left > mode"
        } else if mode > right {
            "mode > right"
        } else if left == right {
            "left == right"
        } else {
            continue;
        };
        return Err(value_error(message).at_argument("mode"));
    }
    super::drawing::draw(context, arguments, &parameters, None, |source, [left, mode, right]: [f64; 3]| {
        double::triangular(source, left, mode, right)
    })
}
