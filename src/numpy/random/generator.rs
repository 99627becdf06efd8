//! Generators as values: `np.random.default_rng(5)`, `np.random.RandomState(5)`, and the shared state that
//! `np.random.rand` and its kin draw from.

use super::bit_generators::{BitGenerator, legacy_bits, new_bit_generator, pcg64_of};
use crate::array::printing::PrintOptions;
use crate::array::{Element, Scalar};
use crate::error::{Result, type_error, value_error};
use crate::random::{Source, discrete::Binomial};
use crate::registry::{Arguments, Attribute, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Class, Object, Twins, Value, as_index, classes, python_number, shown_address};
use std::any::Any;
use std::cell::{Cell, RefCell};

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: FUNCTIONS,
    attributes: ATTRIBUTES,
    constants: &[],
    aliases: &[],
    classes: &[("np.random.Generator", &classes::GENERATOR), ("np.random.RandomState", &classes::RANDOM_STATE)],
};

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.random.default_rng",
        signature: "(seed=None)",
        method: None,
        summary: "A generator of random numbers over PCG64; the same seed gives the same numbers.",
        memory: MemoryRule::NoArray,
        notes: "The seed is an int, several ints, a `SeedSequence`, a bit generator or a generator, which is given \
                back. Without a seed no two sessions draw the same.",
        example: r"
>>> rng = np.random.default_rng(42)
>>> rng.random()
0.7739560485559633
>>> rng.integers(10, size=3)
array([6, 4, 4])
>>> np.random.default_rng(rng) is rng
True
",
        see_also: &["np.random.Generator", "np.random.seed"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            let seed = arguments.get("seed");
            match &seed {
                Value::Object(_) if drawer(&seed).is_some_and(|d| d.is(&classes::GENERATOR)) => Ok(seed),
                Value::Object(_) if drawer(&seed).is_some() => {
                    let bits = drawer(&seed).map_or(Value::None, |d| d.bit_generator.clone());
                    Ok(Drawer::over(&classes::GENERATOR, bits))
                }
                Value::Object(_) if seed.downcast::<BitGenerator>().is_some() => {
                    Ok(Drawer::over(&classes::GENERATOR, seed))
                }
                _ => pcg64_of(context, &seed).map(|bits| Drawer::over(&classes::GENERATOR, bits)),
            }
        }),
    },
    Function {
        name: "np.random.Generator",
        signature: "(bit_generator)",
        method: None,
        summary: "A generator that draws from this bit generator.",
        memory: MemoryRule::NoArray,
        notes: "Generators over one bit generator share its state.",
        example: r"
>>> rng = np.random.Generator(np.random.PCG64(42))
>>> rng.random()
0.7739560485559633
",
        see_also: &["np.random.default_rng", "np.random.PCG64"],
        run: Run::Read(Reader::Cython, |_, arguments| {
            let bits = arguments.get("bit_generator");
            if bits.downcast::<BitGenerator>().is_none() {
                let name = bits.type_name();
                let message = format!("'{name}' object has no attribute 'capsule'");
                return Err(crate::error::attribute_error(message).at_argument("bit_generator"));
            }
            Ok(Drawer::over(&classes::GENERATOR, bits))
        }),
    },
    Function {
        name: "Generator.spawn",
        signature: "(n_children)",
        method: None,
        summary: "New generators whose numbers have nothing to do with each other's.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: r"
>>> children = np.random.default_rng(42).spawn(2)
>>> children[0].random()
0.9167441575549085
>>> children[1].random()
0.4674907799518424
",
        see_also: &["np.random.default_rng"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            let count = as_index(&arguments.get("n_children")).map_err(|e| e.at_argument("n_children"))?;
            let this = receiver(context, arguments)?;
            let parent = parts(&this)?;
            let bits = parent.bits()?.spawn(context, count)?;
            Ok(Value::list(bits.into_iter().map(|bits| Drawer::over(parent.class, bits))))
        }),
    },
    Function {
        name: "np.random.RandomState",
        signature: "(seed=None)",
        method: None,
        summary: "The legacy generator over MT19937: what `np.random.seed(5); np.random.rand()` draws from.",
        memory: MemoryRule::NoArray,
        notes: "Its numbers are frozen; `np.random.default_rng` is the one to use in new code.",
        example: r"
>>> state = np.random.RandomState(42)
>>> state.rand(2)
array([0.37454012, 0.95071431])
",
        see_also: &["np.random.seed", "np.random.default_rng"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            let seed = arguments.get("seed");
            let bits = match seed.downcast::<BitGenerator>() {
                Some(_) => seed,
                None => new_bit_generator(legacy_bits(context, &seed)?, Value::None),
            };
            Ok(Drawer::over(&classes::RANDOM_STATE, bits))
        }),
    },
];

static ATTRIBUTES: &[Attribute] = &[Attribute {
    name: "Generator.bit_generator",
    summary: "The bit generator that it draws from.",
    memory: MemoryRule::NoArray,
    example: r"
>>> type(np.random.default_rng(1).bit_generator).__name__
'PCG64'
",
    get: |_, value| Ok(parts(value)?.bit_generator.clone()),
    set: None,
}];

/// A `Generator` or a `RandomState`: a bit generator, and what the distributions remember between draws.
pub struct Drawer {
    class: &'static Class,
    bit_generator: Value,
    /// The second of a pair of normal numbers.
    pub gauss: Cell<Option<f64>>,
    binomial: RefCell<Option<Binomial>>,
}

impl Drawer {
    /// A drawer over a bit generator, as a value.
    pub fn over(class: &'static Class, bit_generator: Value) -> Value {
        Value::object(Drawer { class, bit_generator, gauss: Cell::default(), binomial: RefCell::default() })
    }

    /// Whether it is of this class.
    pub fn is(&self, class: &'static Class) -> bool {
        std::ptr::eq(self.class, class)
    }

    /// The bit generator.
    ///
    /// # Errors
    /// `ValueError` where it is none.
    pub fn bits(&self) -> Result<&BitGenerator> {
        self.bit_generator.downcast().ok_or_else(|| value_error("Invalid bit generator."))
    }

    /// The bit generator as a value.
    pub fn bit_generator(&self) -> Value {
        self.bit_generator.clone()
    }

    /// Draws from it. Where nothing may change, from a copy.
    ///
    /// # Errors
    /// As [`Drawer::bits`].
    pub fn draw<R>(&self, context: &Context, draw: impl FnOnce(&mut Source) -> R) -> Result<R> {
        let generator = self.bits()?;
        if context.runtime.ledger.is_locking() {
            let bits = generator.bits.borrow().clone();
            return Ok(draw(&mut Source { bits, gauss: self.gauss.get(), binomial: None }));
        }
        let bits = generator.take();
        let mut source = Source { bits, gauss: self.gauss.take(), binomial: self.binomial.take() };
        let drawn = draw(&mut source);
        generator.bits.replace(source.bits);
        self.gauss.set(source.gauss);
        self.binomial.replace(source.binomial);
        Ok(drawn)
    }

    /// One number as Python's; a guess where a plan drew so many that it does not know the state any more.
    ///
    /// # Errors
    /// As [`Drawer::bits`].
    pub fn one<T: Element>(&self, context: &Context, draw: impl FnOnce(&mut Source) -> T) -> Result<Value> {
        if self.bits()?.is_unknown.get() {
            return Ok(python_number(Scalar::guess(&context.runtime.ledger, T::TYPE)));
        }
        Ok(python_number(self.draw(context, draw)?.scalar()))
    }
}

impl Object for Drawer {
    fn class(&self) -> &'static Class {
        self.class
    }

    fn repr(&self, options: &PrintOptions) -> String {
        let address = shown_address(std::ptr::from_ref(self) as usize);
        format!("{} at 0x{address:X}", self.str(options))
    }

    fn str(&self, _: &PrintOptions) -> String {
        format!("{}({})", self.class.name, self.bit_generator.type_name())
    }

    fn twin(&self, _: &Value, twins: &mut Twins) -> Result<Value> {
        let bit_generator = twins.of(&self.bit_generator)?;
        Ok(self.with(bit_generator))
    }

    fn replica(&self) -> Option<Value> {
        let bit_generator = match &self.bit_generator {
            Value::Object(object) => object.replica()?,
            _ => return None,
        };
        Some(self.with(bit_generator))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Drawer {
    /// One that remembers the same, over another bit generator.
    fn with(&self, bit_generator: Value) -> Value {
        let (gauss, binomial) = (Cell::new(self.gauss.get()), self.binomial.clone());
        Value::object(Drawer { class: self.class, bit_generator, gauss, binomial })
    }
}

/// As a drawer, where a value is one.
pub fn drawer(value: &Value) -> Option<&Drawer> {
    value.downcast()
}

/// The value as a drawer.
///
/// # Errors
/// `TypeError` where a method of one was called on something else.
pub fn parts(value: &Value) -> Result<&Drawer> {
    drawer(value).ok_or_else(|| type_error(format!("'{}' object is no generator", value.type_name())))
}

/// The drawer that a method is called on; the shared one for a function of `np.random`.
///
/// # Errors
/// `TypeError` where it is called on something else.
pub fn receiver(context: &mut Context, arguments: &Arguments) -> Result<Value> {
    match arguments.receiver() {
        Value::None => Ok(shared(context)),
        other => parts(other).map(|_| other.clone()),
    }
}

/// The state that the functions of `np.random` share, made of entropy where nobody seeded it.
pub fn shared(context: &mut Context) -> Value {
    let entropy = || {
        let bits = super::bit_generators::unseeded_legacy_bits();
        Drawer::over(&classes::RANDOM_STATE, new_bit_generator(bits, Value::None))
    };
    context.random_state.get_or_insert_with(entropy).clone()
}

/// A copy of the shared state, for those who run statements that must leave no trace.
pub fn shared_replica(context: &Context) -> Option<Value> {
    match &context.random_state {
        Some(Value::Object(object)) => object.replica(),
        _ => None,
    }
}
