//! The discrete distributions of `Generator` and of `RandomState`.

use super::drawing::{discrete, integers, rows};
use super::parameters::{Constraint, Parameter, parameter_of, require};
use crate::array::Type;
use crate::error::{Result, value_error};
use crate::random::{discrete as new, legacy as old};
use crate::registry::{Arguments, Context, Function, MemoryRule, Method, Reader, Run, Section};
use crate::value::Value;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "Generator.poisson",
        signature: "(lam=1.0, size=None)",
        method: None,
        summary: "Whole numbers of the Poisson distribution.",
        memory: MemoryRule::New,
        notes: "Without `size` one Python int is drawn, else int64.",
        example: r"
>>> np.random.default_rng(42).poisson(3)
4
>>> np.random.default_rng(42).poisson(3, size=5)
array([4, 4, 5, 1, 7])
",
        see_also: &["Generator.binomial"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            discrete(context, arguments, [("lam", Constraint::Poisson)], |source, [a]| new::poisson(source, a))
        }),
    },
    Function {
        name: "np.random.poisson",
        signature: "(lam=1.0, size=None)",
        method: Some(Method { name: "RandomState.poisson", signature: "(lam=1.0, size=None)", reader: Reader::Cython }),
        summary: "Whole numbers of the Poisson distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "Without `size` one Python int is drawn, else int64.",
        example: r"
>>> np.random.seed(42)
>>> np.random.poisson(3, size=5)
array([4, 1, 3, 3, 2])
",
        see_also: &["Generator.poisson"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            discrete(context, arguments, [("lam", Constraint::Poisson)], |source, [a]| new::poisson(source, a))
        }),
    },
    Function {
        name: "Generator.zipf",
        signature: "(a, size=None)",
        method: None,
        summary: "Whole numbers of the Zipf distribution.",
        memory: MemoryRule::New,
        notes: "Without `size` one Python int is drawn, else int64.",
        example: r"
>>> np.random.default_rng(42).zipf(2.5)
2
>>> np.random.default_rng(42).zipf(2.5, size=5)
array([2, 1, 1, 1, 1])
",
        see_also: &["Generator.geometric"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            discrete(context, arguments, [("a", Constraint::AboveOne)], |source, [a]| new::zipf(source, a))
        }),
    },
    Function {
        name: "np.random.zipf",
        signature: "(a, size=None)",
        method: Some(Method { name: "RandomState.zipf", signature: "(a, size=None)", reader: Reader::Cython }),
        summary: "Whole numbers of the Zipf distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "Without `size` one Python int is drawn, else int64.",
        example: r"
>>> np.random.seed(42)
>>> np.random.zipf(2.5, size=5)
array([1, 2, 1, 1, 1])
",
        see_also: &["Generator.zipf"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            discrete(context, arguments, [("a", Constraint::AboveOne)], |source, [a]| old::zipf(source, a))
        }),
    },
    Function {
        name: "Generator.geometric",
        signature: "(p, size=None)",
        method: None,
        summary: "Whole numbers of the geometric distribution: trials up to the first success.",
        memory: MemoryRule::New,
        notes: "Without `size` one Python int is drawn, else int64.",
        example: r"
>>> np.random.default_rng(42).geometric(0.2)
11
>>> np.random.default_rng(42).geometric(0.2, size=5)
array([11, 11, 11,  2,  1])
",
        see_also: &["Generator.binomial"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            discrete(context, arguments, [("p", Constraint::PositiveProbability)], |source, [a]| {
                new::geometric(source, a)
            })
        }),
    },
    Function {
        name: "np.random.geometric",
        signature: "(p, size=None)",
        method: Some(Method { name: "RandomState.geometric", signature: "(p, size=None)", reader: Reader::Cython }),
        summary: "Whole numbers of the geometric distribution: trials up to the first success, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "Without `size` one Python int is drawn, else int64.",
        example: r"
>>> np.random.seed(42)
>>> np.random.geometric(0.2, size=5)
array([ 3, 14,  6,  5,  1])
",
        see_also: &["Generator.geometric"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            discrete(context, arguments, [("p", Constraint::PositiveProbability)], |source, [a]| {
                old::geometric(source, a)
            })
        }),
    },
    Function {
        name: "Generator.logseries",
        signature: "(p, size=None)",
        method: None,
        summary: "Whole numbers of the logarithmic series distribution.",
        memory: MemoryRule::New,
        notes: "Without `size` one Python int is drawn, else int64.",
        example: r"
>>> np.random.default_rng(42).logseries(0.6)
1
>>> np.random.default_rng(42).logseries(0.6, size=5)
array([1, 2, 1, 5, 1])
",
        see_also: &["Generator.geometric"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            discrete(context, arguments, [("p", Constraint::ProbabilityBelowOne)], |source, [a]| {
                new::logseries(source, a)
            })
        }),
    },
    Function {
        name: "np.random.logseries",
        signature: "(p, size=None)",
        method: Some(Method { name: "RandomState.logseries", signature: "(p, size=None)", reader: Reader::Cython }),
        summary: "Whole numbers of the logarithmic series distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "Without `size` one Python int is drawn, else int64.",
        example: r"
>>> np.random.seed(42)
>>> np.random.logseries(0.6, size=5)
array([2, 1, 1, 1, 1])
",
        see_also: &["Generator.logseries"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            discrete(context, arguments, [("p", Constraint::ProbabilityBelowOne)], |source, [a]| {
                old::logseries(source, a)
            })
        }),
    },
    Function {
        name: "Generator.binomial",
        signature: "(n, p, size=None)",
        method: None,
        summary: "Whole numbers of the binomial distribution: successes among n trials.",
        memory: MemoryRule::New,
        notes: "Without `size` one Python int is drawn, else int64.",
        example: r"
>>> np.random.default_rng(42).binomial(10, 0.5)
6
>>> np.random.default_rng(42).binomial(10, 0.5, size=5)
array([6, 5, 7, 6, 3])
",
        see_also: &["Generator.geometric"],
        run: Run::Read(Reader::Cython, |context, arguments| binomial(context, arguments, false)),
    },
    Function {
        name: "np.random.binomial",
        signature: "(n, p, size=None)",
        method: Some(Method { name: "RandomState.binomial", signature: "(n, p, size=None)", reader: Reader::Cython }),
        summary: "Whole numbers of the binomial distribution: successes among n trials, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "Without `size` one Python int is drawn, else int64.",
        example: r"
>>> np.random.seed(42)
>>> np.random.binomial(10, 0.5, size=5)
array([4, 8, 6, 5, 3])
",
        see_also: &["Generator.binomial"],
        run: Run::Read(Reader::Cython, |context, arguments| binomial(context, arguments, true)),
    },
    Function {
        name: "Generator.negative_binomial",
        signature: "(n, p, size=None)",
        method: None,
        summary: "Whole numbers of the negative binomial distribution: failures before n successes.",
        memory: MemoryRule::New,
        notes: "Without `size` one Python int is drawn, else int64.",
        example: r"
>>> np.random.default_rng(42).negative_binomial(3, 0.5)
5
>>> np.random.default_rng(42).negative_binomial(3, 0.5, size=5)
array([5, 5, 7, 4, 0])
",
        see_also: &["Generator.geometric"],
        run: Run::Read(Reader::Cython, |context, arguments| negative_binomial(context, arguments, false)),
    },
    Function {
        name: "np.random.negative_binomial",
        signature: "(n, p, size=None)",
        method: Some(Method {
            name: "RandomState.negative_binomial",
            signature: "(n, p, size=None)",
            reader: Reader::Cython,
        }),
        summary: "Whole numbers of the negative binomial distribution: failures before n successes, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "Without `size` one Python int is drawn, else int64.",
        example: r"
>>> np.random.seed(42)
>>> np.random.negative_binomial(3, 0.5, size=5)
array([2, 3, 1, 2, 1])
",
        see_also: &["Generator.negative_binomial"],
        run: Run::Read(Reader::Cython, |context, arguments| negative_binomial(context, arguments, true)),
    },
    Function {
        name: "Generator.hypergeometric",
        signature: "(ngood, nbad, nsample, size=None)",
        method: None,
        summary: "Whole numbers of the hypergeometric distribution: good ones in a sample.",
        memory: MemoryRule::New,
        notes: "Without `size` one Python int is drawn, else int64.",
        example: r"
>>> np.random.default_rng(42).hypergeometric(15, 10, 12)
7
>>> np.random.default_rng(42).hypergeometric(15, 10, 12, size=5)
array([7, 6, 9, 6, 9])
",
        see_also: &["Generator.binomial"],
        run: Run::Read(Reader::Cython, |context, arguments| hypergeometric(context, arguments, false)),
    },
    Function {
        name: "np.random.hypergeometric",
        signature: "(ngood, nbad, nsample, size=None)",
        method: Some(Method {
            name: "RandomState.hypergeometric",
            signature: "(ngood, nbad, nsample, size=None)",
            reader: Reader::Cython,
        }),
        summary: "Whole numbers of the hypergeometric distribution: good ones in a sample, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "Without `size` one Python int is drawn, else int64.",
        example: r"
>>> np.random.seed(42)
>>> np.random.hypergeometric(15, 10, 12, size=5)
array([7, 6, 8, 7, 9])
",
        see_also: &["Generator.hypergeometric"],
        run: Run::Read(Reader::Cython, |context, arguments| hypergeometric(context, arguments, true)),
    },
];

fn binomial(context: &mut Context, arguments: &mut Arguments, is_legacy: bool) -> Result<Value> {
    let p = parameter_of(context, arguments, "p", Type::Float64)?;
    let n = parameter_of(context, arguments, "n", Type::Int64)?;
    require(&p, "p", Constraint::Probability)?;
    require(&n, "n", Constraint::NonNegative)?;
    integers(context, arguments, &[p, n], |source, [p, n]: [f64; 2]| new::binomial(source, n as i64, p, is_legacy))
}

fn negative_binomial(context: &mut Context, arguments: &mut Arguments, is_legacy: bool) -> Result<Value> {
    const MOST: f64 = 9.223_372_006_484_771e18;
    let n = parameter_of(context, arguments, "n", Type::Float64)?;
    let p = parameter_of(context, arguments, "p", Type::Float64)?;
    if is_legacy {
        require(&n, "n", Constraint::Positive)?;
        require(&p, "p", Constraint::Probability)?;
        return integers(context, arguments, &[n, p], |source, [n, p]: [f64; 2]| old::negative_binomial(source, n, p));
    }
    require(&n, "n", Constraint::PositiveNumber)?;
    require(&p, "p", Constraint::PositiveProbability)?;
    let parameters = [n, p];
    let shape = super::drawing::common_shape(&parameters)?;
    for [n, p] in rows(&parameters, &shape)? {
        if (1.0 - p) / p * (n + 10.0 * n.sqrt()) > MOST {
            return Err(value_error("n too large or p too small, see Generator.negative_binomial Notes"));
        }
    }
    integers(context, arguments, &parameters, |source, [n, p]: [f64; 2]| new::negative_binomial(source, n, p))
}

fn hypergeometric(context: &mut Context, arguments: &mut Arguments, is_legacy: bool) -> Result<Value> {
    const MOST: f64 = 1e9;
    let mut parameters: Vec<Parameter> = Vec::with_capacity(3);
    for name in ["ngood", "nbad", "nsample"] {
        parameters.push(parameter_of(context, arguments, name, Type::Int64)?);
    }
    let shape = super::drawing::common_shape(&parameters)?;
    for [good, bad, sample] in rows(&parameters, &shape)? {
        if !is_legacy && (good >= MOST || bad >= MOST) {
            return Err(value_error("both ngood and nbad must be less than 1000000000").at_argument("ngood"));
        }
        if good + bad < sample {
            return Err(value_error("ngood + nbad < nsample").at_argument("nsample"));
        }
    }
    let least = if is_legacy { Constraint::FromOne } else { Constraint::NonNegative };
    let constraints = [Constraint::NonNegative, Constraint::NonNegative, least];
    for (parameter, (name, constraint)) in
        parameters.iter().zip(["ngood", "nbad", "nsample"].into_iter().zip(constraints))
    {
        require(parameter, name, constraint)?;
    }
    integers(context, arguments, &parameters, |source, [good, bad, sample]: [f64; 3]| {
        let draw = if is_legacy { old::hypergeometric } else { new::hypergeometric };
        draw(source, good as i64, bad as i64, sample as i64)
    })
}
