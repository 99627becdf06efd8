//! The continuous distributions of `RandomState`, and of the functions of `np.random` that draw from the shared one.

use super::continuous::{range_of, triangular};
use super::drawing::{continuous, draw, plain, shaped};
use super::parameters::Constraint;
use crate::random::{continuous as double, legacy};
use crate::registry::{Function, MemoryRule, Method, Reader, Run, Section};

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: FUNCTIONS,
    attributes: &[],
    constants: &[],
    aliases: &[("np.random.ranf", "np.random.random_sample"), ("np.random.sample", "np.random.random_sample")],
    classes: &[],
};

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.random.rand",
        signature: "(*args)",
        method: Some(Method { name: "RandomState.rand", signature: "(*args)", reader: Reader::Cython }),
        summary: "Uniform numbers in [0, 1), the lengths of the axes as arguments.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.rand()
0.3745401188473625
>>> np.random.rand(2, 2)
array([[0.95071431, 0.73199394],
       [0.59865848, 0.15601864]])
",
        see_also: &["np.random.random_sample", "Generator.random"],
        run: Run::Read(Reader::Cython, |context, arguments| shaped(context, arguments, double::standard_uniform)),
    },
    Function {
        name: "np.random.randn",
        signature: "(*args)",
        method: Some(Method { name: "RandomState.randn", signature: "(*args)", reader: Reader::Cython }),
        summary: "Normal numbers with mean 0 and deviation 1, the lengths of the axes as arguments.",
        memory: MemoryRule::New,
        notes: "By the polar method: each second number is kept for the next draw.",
        example: r"
>>> np.random.seed(42)
>>> np.random.randn()
0.4967141530112327
>>> np.random.randn(2, 2)
array([[-0.1382643 ,  0.64768854],
       [ 1.52302986, -0.23415337]])
",
        see_also: &["np.random.standard_normal", "Generator.standard_normal"],
        run: Run::Read(Reader::Cython, |context, arguments| shaped(context, arguments, legacy::gauss)),
    },
    Function {
        name: "np.random.random_sample",
        signature: "(size=None)",
        method: Some(Method { name: "RandomState.random_sample", signature: "(size=None)", reader: Reader::Cython }),
        summary: "Uniform numbers in [0, 1).",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.random_sample(3)
array([0.37454012, 0.95071431, 0.73199394])
",
        see_also: &["np.random.rand", "Generator.random"],
        run: Run::Read(Reader::Cython, |context, arguments| plain(context, arguments, double::standard_uniform)),
    },
    Function {
        name: "np.random.random",
        signature: "(size=None)",
        method: Some(Method { name: "RandomState.random", signature: "(size=None)", reader: Reader::Cython }),
        summary: "Uniform numbers in [0, 1).",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.random((2, 2))
array([[0.37454012, 0.95071431],
       [0.73199394, 0.59865848]])
",
        see_also: &["np.random.rand", "Generator.random"],
        run: Run::Read(Reader::Cython, |context, arguments| plain(context, arguments, double::standard_uniform)),
    },
    Function {
        name: "np.random.standard_normal",
        signature: "(size=None)",
        method: Some(Method { name: "RandomState.standard_normal", signature: "(size=None)", reader: Reader::Cython }),
        summary: "Normal numbers with mean 0 and standard deviation 1, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.standard_normal(3)
array([ 0.49671415, -0.1382643 ,  0.64768854])
",
        see_also: &["np.random.randn", "Generator.standard_normal"],
        run: Run::Read(Reader::Cython, |context, arguments| plain(context, arguments, legacy::gauss)),
    },
    Function {
        name: "np.random.standard_exponential",
        signature: "(size=None)",
        method: Some(Method {
            name: "RandomState.standard_exponential",
            signature: "(size=None)",
            reader: Reader::Cython,
        }),
        summary: "Exponential numbers with mean 1, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.standard_exponential(3)
array([0.46926809, 3.01012143, 1.31674569])
",
        see_also: &["np.random.exponential", "Generator.standard_exponential"],
        run: Run::Read(Reader::Cython, |context, arguments| plain(context, arguments, legacy::standard_exponential)),
    },
    Function {
        name: "np.random.standard_gamma",
        signature: "(shape, size=None)",
        method: Some(Method {
            name: "RandomState.standard_gamma",
            signature: "(shape, size=None)",
            reader: Reader::Cython,
        }),
        summary: "Numbers of the gamma distribution with scale 1, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.standard_gamma(2, size=2)
array([2.39367939, 1.49446473])
",
        see_also: &["np.random.gamma", "Generator.standard_gamma"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(context, arguments, [("shape", Constraint::NonNegative)], |source, [a]| {
                legacy::standard_gamma(source, a)
            })
        }),
    },
    Function {
        name: "np.random.uniform",
        signature: "(low=0.0, high=1.0, size=None)",
        method: Some(Method {
            name: "RandomState.uniform",
            signature: "(low=0.0, high=1.0, size=None)",
            reader: Reader::Cython,
        }),
        summary: "Uniform numbers in [low, high), from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.uniform(-1, 1, 3)
array([-0.25091976,  0.90142861,  0.46398788])
",
        see_also: &["np.random.rand", "Generator.uniform"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            let parameters = range_of(context, arguments, true)?;
            draw(context, arguments, &parameters, None, |source, [a, b]: [f64; 2]| double::uniform(source, a, b))
        }),
    },
    Function {
        name: "np.random.triangular",
        signature: "(left, mode, right, size=None)",
        method: Some(Method {
            name: "RandomState.triangular",
            signature: "(left, mode, right, size=None)",
            reader: Reader::Cython,
        }),
        summary: "Numbers of the triangular distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.triangular(0, 1, 4, size=2)
array([1.26037985, 3.23095623])
",
        see_also: &["Generator.triangular"],
        run: Run::Read(Reader::Cython, triangular),
    },
    Function {
        name: "np.random.beta",
        signature: "(a, b, size=None)",
        method: Some(Method { name: "RandomState.beta", signature: "(a, b, size=None)", reader: Reader::Cython }),
        summary: "Numbers of the beta distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.beta(2, 3, size=2)
array([0.49447259, 0.37515277])
",
        see_also: &["Generator.beta"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("a", Constraint::Positive), ("b", Constraint::Positive)],
                |source, [a, b]| legacy::beta(source, a, b),
            )
        }),
    },
    Function {
        name: "np.random.exponential",
        signature: "(scale=1.0, size=None)",
        method: Some(Method {
            name: "RandomState.exponential",
            signature: "(scale=1.0, size=None)",
            reader: Reader::Cython,
        }),
        summary: "Numbers of the exponential distribution with this mean, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.exponential(2.0, size=2)
array([0.93853618, 6.02024286])
",
        see_also: &["Generator.exponential"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(context, arguments, [("scale", Constraint::NonNegative)], |source, [a]| {
                legacy::exponential(source, a)
            })
        }),
    },
    Function {
        name: "np.random.normal",
        signature: "(loc=0.0, scale=1.0, size=None)",
        method: Some(Method {
            name: "RandomState.normal",
            signature: "(loc=0.0, scale=1.0, size=None)",
            reader: Reader::Cython,
        }),
        summary: "Numbers of the normal distribution with this mean and standard deviation, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.normal(10, 2, size=2)
array([10.99342831,  9.7234714 ])
",
        see_also: &["Generator.normal"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("loc", Constraint::None), ("scale", Constraint::NonNegative)],
                |source, [a, b]| legacy::normal(source, a, b),
            )
        }),
    },
    Function {
        name: "np.random.gamma",
        signature: "(shape, scale=1.0, size=None)",
        method: Some(Method {
            name: "RandomState.gamma",
            signature: "(shape, scale=1.0, size=None)",
            reader: Reader::Cython,
        }),
        summary: "Numbers of the gamma distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.gamma(2, 3, size=2)
array([7.18103817, 4.48339419])
",
        see_also: &["Generator.gamma"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("shape", Constraint::NonNegative), ("scale", Constraint::NonNegative)],
                |source, [a, b]| legacy::gamma(source, a, b),
            )
        }),
    },
    Function {
        name: "np.random.f",
        signature: "(dfnum, dfden, size=None)",
        method: Some(Method { name: "RandomState.f", signature: "(dfnum, dfden, size=None)", reader: Reader::Cython }),
        summary: "Numbers of the F distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.f(2, 3, size=2)
array([2.12879802, 0.05805336])
",
        see_also: &["Generator.f"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("dfnum", Constraint::Positive), ("dfden", Constraint::Positive)],
                |source, [a, b]| legacy::f(source, a, b),
            )
        }),
    },
    Function {
        name: "np.random.noncentral_f",
        signature: "(dfnum, dfden, nonc, size=None)",
        method: Some(Method {
            name: "RandomState.noncentral_f",
            signature: "(dfnum, dfden, nonc, size=None)",
            reader: Reader::Cython,
        }),
        summary: "Numbers of the noncentral F distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.noncentral_f(2, 3, 1, size=2)
array([0.60618832, 0.47969023])
",
        see_also: &["Generator.noncentral_f"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("dfnum", Constraint::Positive), ("dfden", Constraint::Positive), ("nonc", Constraint::NonNegative)],
                |source, [a, b, c]| legacy::noncentral_f(source, a, b, c),
            )
        }),
    },
    Function {
        name: "np.random.chisquare",
        signature: "(df, size=None)",
        method: Some(Method { name: "RandomState.chisquare", signature: "(df, size=None)", reader: Reader::Cython }),
        summary: "Numbers of the chi-square distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.chisquare(3, size=2)
array([3.57924635, 2.04721171])
",
        see_also: &["Generator.chisquare"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(context, arguments, [("df", Constraint::Positive)], |source, [a]| legacy::chisquare(source, a))
        }),
    },
    Function {
        name: "np.random.noncentral_chisquare",
        signature: "(df, nonc, size=None)",
        method: Some(Method {
            name: "RandomState.noncentral_chisquare",
            signature: "(df, nonc, size=None)",
            reader: Reader::Cython,
        }),
        summary: "Numbers of the noncentral chi-square distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.noncentral_chisquare(3, 1, size=2)
array([0.95105334, 2.07869556])
",
        see_also: &["Generator.noncentral_chisquare"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("df", Constraint::Positive), ("nonc", Constraint::NonNegative)],
                |source, [a, b]| legacy::noncentral_chisquare(source, a, b),
            )
        }),
    },
    Function {
        name: "np.random.standard_cauchy",
        signature: "(size=None)",
        method: Some(Method { name: "RandomState.standard_cauchy", signature: "(size=None)", reader: Reader::Cython }),
        summary: "Numbers of the Cauchy distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.standard_cauchy(size=2)
array([-3.59249748,  0.42526319])
",
        see_also: &["Generator.standard_cauchy"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(context, arguments, [], |source, []| legacy::standard_cauchy(source))
        }),
    },
    Function {
        name: "np.random.standard_t",
        signature: "(df, size=None)",
        method: Some(Method { name: "RandomState.standard_t", signature: "(df, size=None)", reader: Reader::Cython }),
        summary: "Numbers of the Student's t distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.standard_t(3, size=2)
array([ 0.60129249, -1.0951669 ])
",
        see_also: &["Generator.standard_t"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(context, arguments, [("df", Constraint::Positive)], |source, [a]| legacy::standard_t(source, a))
        }),
    },
    Function {
        name: "np.random.vonmises",
        signature: "(mu, kappa, size=None)",
        method: Some(Method {
            name: "RandomState.vonmises",
            signature: "(mu, kappa, size=None)",
            reader: Reader::Cython,
        }),
        summary: "Numbers of the von Mises distribution, a normal distribution of angles, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.vonmises(0, 4, size=2)
array([ 0.32989522, -0.6589001 ])
",
        see_also: &["Generator.vonmises"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("mu", Constraint::None), ("kappa", Constraint::NonNegative)],
                |source, [a, b]| legacy::vonmises(source, a, b),
            )
        }),
    },
    Function {
        name: "np.random.pareto",
        signature: "(a, size=None)",
        method: Some(Method { name: "RandomState.pareto", signature: "(a, size=None)", reader: Reader::Cython }),
        summary: "Numbers of the Pareto II distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.pareto(3, size=2)
array([0.16932037, 1.72746828])
",
        see_also: &["Generator.pareto"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(context, arguments, [("a", Constraint::Positive)], |source, [a]| legacy::pareto(source, a))
        }),
    },
    Function {
        name: "np.random.weibull",
        signature: "(a, size=None)",
        method: Some(Method { name: "RandomState.weibull", signature: "(a, size=None)", reader: Reader::Cython }),
        summary: "Numbers of the Weibull distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.weibull(2, size=2)
array([0.68503145, 1.73497015])
",
        see_also: &["Generator.weibull"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(context, arguments, [("a", Constraint::NonNegative)], |source, [a]| legacy::weibull(source, a))
        }),
    },
    Function {
        name: "np.random.power",
        signature: "(a, size=None)",
        method: Some(Method { name: "RandomState.power", signature: "(a, size=None)", reader: Reader::Cython }),
        summary: "Numbers of the power distribution on [0, 1], from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.power(3, size=2)
array([0.72082988, 0.9832939 ])
",
        see_also: &["Generator.power"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(context, arguments, [("a", Constraint::Positive)], |source, [a]| legacy::power(source, a))
        }),
    },
    Function {
        name: "np.random.laplace",
        signature: "(loc=0.0, scale=1.0, size=None)",
        method: Some(Method {
            name: "RandomState.laplace",
            signature: "(loc=0.0, scale=1.0, size=None)",
            reader: Reader::Cython,
        }),
        summary: "Numbers of the Laplace distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.laplace(0, 2, size=2)
array([-0.57781835,  4.6339485 ])
",
        see_also: &["Generator.laplace"],
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
        name: "np.random.gumbel",
        signature: "(loc=0.0, scale=1.0, size=None)",
        method: Some(Method {
            name: "RandomState.gumbel",
            signature: "(loc=0.0, scale=1.0, size=None)",
            reader: Reader::Cython,
        }),
        summary: "Numbers of the Gumbel distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.gumbel(0, 2, size=2)
array([ 1.51316211, -2.20396084])
",
        see_also: &["Generator.gumbel"],
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
        name: "np.random.logistic",
        signature: "(loc=0.0, scale=1.0, size=None)",
        method: Some(Method {
            name: "RandomState.logistic",
            signature: "(loc=0.0, scale=1.0, size=None)",
            reader: Reader::Cython,
        }),
        summary: "Numbers of the logistic distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.logistic(0, 2, size=2)
array([-1.02557653,  5.91915951])
",
        see_also: &["Generator.logistic"],
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
        name: "np.random.lognormal",
        signature: "(mean=0.0, sigma=1.0, size=None)",
        method: Some(Method {
            name: "RandomState.lognormal",
            signature: "(mean=0.0, sigma=1.0, size=None)",
            reader: Reader::Cython,
        }),
        summary: "Numbers of the log-normal distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.lognormal(0, 1, size=2)
array([1.64331272, 0.87086849])
",
        see_also: &["Generator.lognormal"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("mean", Constraint::None), ("sigma", Constraint::NonNegative)],
                |source, [a, b]| legacy::lognormal(source, a, b),
            )
        }),
    },
    Function {
        name: "np.random.rayleigh",
        signature: "(scale=1.0, size=None)",
        method: Some(Method {
            name: "RandomState.rayleigh",
            signature: "(scale=1.0, size=None)",
            reader: Reader::Cython,
        }),
        summary: "Numbers of the Rayleigh distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.rayleigh(2, size=2)
array([1.93756154, 4.90723664])
",
        see_also: &["Generator.rayleigh"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(context, arguments, [("scale", Constraint::NonNegative)], |source, [a]| {
                legacy::rayleigh(source, a)
            })
        }),
    },
    Function {
        name: "np.random.wald",
        signature: "(mean, scale, size=None)",
        method: Some(Method {
            name: "RandomState.wald",
            signature: "(mean, scale, size=None)",
            reader: Reader::Cython,
        }),
        summary: "Numbers of the Wald, or inverse Gaussian, distribution, from the legacy generator.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.seed(42)
>>> np.random.wald(3, 2, size=2)
array([5.46273629, 3.55284647])
",
        see_also: &["Generator.wald"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            continuous(
                context,
                arguments,
                [("mean", Constraint::Positive), ("scale", Constraint::Positive)],
                |source, [a, b]| legacy::wald(source, a, b),
            )
        }),
    },
];
