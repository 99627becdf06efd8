//! Bit generators as values: `np.random.PCG64(5).state`.

use super::super::calls;
use super::bit_state::{low_128, set_state, state_of};
use super::drawing;
use super::generator::Drawer;
use super::seed_sequences::{DEFAULT_POOL, SeedSequence, entropy, seed_parts};
use crate::array::printing::PrintOptions;
use crate::array::{Scalar, Type};
use crate::error::{Result, type_error, value_error};
use crate::random::{Bits, Kind, Mt19937, Pcg64, Philox, Sfc64, generate_state, halves, pool, system_entropy};
use crate::registry::{Arguments, Attribute, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Class, Object, Twins, Value, as_index, as_int, classes, shown_address};
use std::any::Any;
use std::cell::{Cell, RefCell};

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: FUNCTIONS,
    attributes: ATTRIBUTES,
    constants: &[],
    aliases: &[],
    classes: &[
        ("np.random.BitGenerator", &classes::BIT_GENERATOR),
        ("np.random.PCG64", &classes::PCG64),
        ("np.random.PCG64DXSM", &classes::PCG64DXSM),
        ("np.random.Philox", &classes::PHILOX),
        ("np.random.SFC64", &classes::SFC64),
        ("np.random.MT19937", &classes::MT19937),
    ],
};

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.random.PCG64",
        signature: "(seed=None)",
        method: None,
        summary: "The PCG64 bit generator, which `np.random.default_rng` draws from.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: r"
>>> np.random.PCG64(42).random_raw()
14276969152011380360
>>> np.random.PCG64(42).state['state']['inc']
332724090758049132448979897138935081983
",
        see_also: &["np.random.default_rng", "np.random.SeedSequence"],
        run: Run::Read(Reader::Cython, |context, arguments| pcg64_of(context, &arguments.get("seed"))),
    },
    Function {
        name: "np.random.PCG64DXSM",
        signature: "(seed=None)",
        method: None,
        summary: "The PCG64 bit generator with the output function DXSM.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: r"
>>> np.random.PCG64DXSM(42).random_raw()
12329818062196000797
",
        see_also: &["np.random.PCG64"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            seeded(context, &arguments.get("seed"), &classes::PCG64DXSM)
        }),
    },
    Function {
        name: "np.random.SFC64",
        signature: "(seed=None)",
        method: None,
        summary: "The SFC64 bit generator: small and fast.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: r"
>>> np.random.SFC64(42).random_raw()
9775594601838723485
",
        see_also: &["np.random.PCG64"],
        run: Run::Read(Reader::Cython, |context, arguments| seeded(context, &arguments.get("seed"), &classes::SFC64)),
    },
    Function {
        name: "np.random.Philox",
        signature: "(seed=None, counter=None, key=None)",
        method: None,
        summary: "The Philox bit generator: rounds of multiplications over a counter.",
        memory: MemoryRule::NoArray,
        notes: "With a `key` in place of a seed, streams are told apart by it.",
        example: r"
>>> np.random.Philox(42).random_raw()
1587852024645073290
>>> np.random.Philox(key=1, counter=7).random_raw()
6380396624854279052
",
        see_also: &["np.random.PCG64"],
        run: Run::Read(Reader::Cython, philox),
    },
    Function {
        name: "np.random.MT19937",
        signature: "(seed=None)",
        method: None,
        summary: "The MT19937 bit generator, seeded through a `SeedSequence`.",
        memory: MemoryRule::NoArray,
        notes: "`np.random.RandomState(5)` seeds it in the old way, so it draws other numbers.",
        example: r"
>>> np.random.Generator(np.random.MT19937(42)).random()
0.5419938930062744
",
        see_also: &["np.random.RandomState", "np.random.PCG64"],
        run: Run::Read(Reader::Cython, |context, arguments| seeded(context, &arguments.get("seed"), &classes::MT19937)),
    },
    Function {
        name: "BitGenerator.random_raw",
        signature: "(size=None, output=True)",
        method: None,
        summary: "What the algorithm gives, as unsigned integers.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.PCG64(42).random_raw(2)
array([14276969152011380360,  8095878257575067585], dtype=uint64)
",
        see_also: &["Generator.integers"],
        run: Run::Read(Reader::Cython, random_raw),
    },
    Function {
        name: "BitGenerator.spawn",
        signature: "(n_children)",
        method: None,
        summary: "New bit generators of the same kind, over spawned seeds.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: r"
>>> np.random.PCG64(42).spawn(2)[0].random_raw()
16910944855483863638
",
        see_also: &["SeedSequence.spawn", "Generator.spawn"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            let count = as_index(&arguments.get("n_children")).map_err(|e| e.at_argument("n_children"))?;
            parts(arguments.receiver())?.spawn(context, count).map(Value::list)
        }),
    },
    Function {
        name: "BitGenerator.jumped",
        signature: "(jumps=1)",
        method: None,
        summary: "A new bit generator as after very many draws.",
        memory: MemoryRule::NoArray,
        notes: "Here PCG64, PCG64DXSM and Philox can jump.",
        example: r"
>>> np.random.PCG64(42).jumped().random_raw()
13948710574210763863
",
        see_also: &["PCG64.advance", "BitGenerator.spawn"],
        run: Run::Read(Reader::Cython, |_, arguments| {
            let jumps = as_int(&arguments.get("jumps")).map_err(|e| e.at_argument("jumps"))?;
            let this = parts(arguments.receiver())?;
            let mut bits = this.bits.borrow().clone();
            bits.has_half = false;
            match &mut bits.kind {
                Kind::Pcg64(pcg) => pcg.jump(low_128(&jumps)),
                Kind::Philox(philox) => {
                    let jumps = low_128(&jumps);
                    philox.advance([0, 0, jumps as u64, (jumps >> 64) as u64]);
                }
                _ => {
                    let message = format!("ndsh cannot jump {} yet", bits.name());
                    return Err(crate::error::not_implemented_error(message));
                }
            }
            bits.half = 0;
            Ok(new_bit_generator(bits, this.seed.clone()))
        }),
    },
    Function {
        name: "PCG64.advance",
        signature: "(delta)",
        method: None,
        summary: "Moves on as if so many numbers had been drawn.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: r"
>>> bits = np.random.PCG64(42)
>>> bits.advance(1).random_raw()
8095878257575067585
",
        see_also: &["BitGenerator.jumped"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            let delta = as_int(&arguments.get("delta")).map_err(|e| e.at_argument("delta"))?;
            let this = arguments.receiver().clone();
            if !context.runtime.ledger.is_locking() {
                let mut bits = parts(&this)?.bits.borrow_mut();
                (bits.has_half, bits.half) = (false, 0);
                if let Kind::Pcg64(pcg) = &mut bits.kind {
                    pcg.advance(low_128(&delta));
                }
            }
            Ok(this)
        }),
    },
];

static ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "BitGenerator.state",
        summary: "The state as a dict; what is assigned goes on from there.",
        memory: MemoryRule::NoArray,
        example: r"
>>> rng = np.random.default_rng(42)
>>> before = rng.bit_generator.state
>>> first = rng.random()
>>> rng.bit_generator.state = before
>>> rng.random() == first
True
",
        get: state_of,
        set: Some(set_state),
    },
    Attribute {
        name: "BitGenerator.seed_seq",
        summary: "The seed sequence that it was seeded with.",
        memory: MemoryRule::NoArray,
        example: r"
>>> np.random.PCG64(42).seed_seq
SeedSequence(
    entropy=42,
)
",
        get: |_, value| Ok(parts(value)?.seed.clone()),
        set: None,
    },
];

/// A bit generator as a value.
pub struct BitGenerator {
    class: &'static Class,
    /// The algorithm and its state.
    pub bits: RefCell<Bits>,
    /// In a plan: so much was drawn that the state is not known any more.
    pub is_unknown: Cell<bool>,
    seed: Value,
}

/// Bits as a value, with the seed sequence that they come from, or `None`.
pub fn new_bit_generator(bits: Bits, seed: Value) -> Value {
    let class = match bits.name() {
        "PCG64" => &classes::PCG64,
        "PCG64DXSM" => &classes::PCG64DXSM,
        "Philox" => &classes::PHILOX,
        "SFC64" => &classes::SFC64,
        _ => &classes::MT19937,
    };
    Value::object(BitGenerator { class, bits: RefCell::new(bits), is_unknown: Cell::new(false), seed })
}

impl BitGenerator {
    /// The bits, moved out; whoever takes them puts them back.
    pub fn take(&self) -> Bits {
        self.bits.replace(Bits::new(Kind::Sfc64(Sfc64([0; 4]))))
    }

    /// `count` bit generators of the same kind over spawned seeds.
    ///
    /// # Errors
    /// `TypeError` where it was not seeded through a sequence.
    pub fn spawn(&self, context: &mut Context, count: isize) -> Result<Vec<Value>> {
        let Some(seed) = self.seed.downcast::<SeedSequence>() else {
            return Err(type_error("The underlying SeedSequence does not implement spawning."));
        };
        let seeds = seed.spawn(count, context.runtime.ledger.is_locking())?;
        seeds.iter().map(|seed| seeded(context, seed, self.class)).collect()
    }
}

impl Object for BitGenerator {
    fn class(&self) -> &'static Class {
        self.class
    }

    fn repr(&self, _: &PrintOptions) -> String {
        let address = shown_address(std::ptr::from_ref(self) as usize);
        format!("<{} object at 0x{address:x}>", self.class.qualified())
    }

    fn twin(&self, _: &Value, _: &mut Twins) -> Result<Value> {
        Ok(self.replica().unwrap_or(Value::None))
    }

    fn replica(&self) -> Option<Value> {
        let seed = match &self.seed {
            Value::Object(seed) => seed.replica()?,
            other => other.clone(),
        };
        let (bits, is_unknown) = (self.bits.clone(), self.is_unknown.clone());
        Some(Value::object(BitGenerator { class: self.class, bits, is_unknown, seed }))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The value as a bit generator.
///
/// # Errors
/// `TypeError` where it is none.
pub fn parts(value: &Value) -> Result<&BitGenerator> {
    value.downcast().ok_or_else(|| type_error(format!("'{}' object is no bit generator", value.type_name())))
}

/// A bit generator of a class, seeded with a sequence or with entropy.
fn seeded(context: &mut Context, seed: &Value, class: &'static Class) -> Result<Value> {
    let sequence = match seed.downcast::<SeedSequence>() {
        Some(_) => seed.clone(),
        None => {
            let entropy = entropy(context, seed.clone(), DEFAULT_POOL).map_err(|e| e.at_argument("seed"))?;
            let sequence = SeedSequence::new(entropy, Vec::new(), DEFAULT_POOL, 0);
            Value::object(sequence.map_err(|e| e.at_argument("seed"))?)
        }
    };
    let seeds = seed_parts(&sequence)?;
    let wide = || {
        let wide = halves(&seeds.words(8));
        [0, 1, 2, 3].map(|i| wide.get(i).copied().unwrap_or(0))
    };
    let kind = match class.name {
        "PCG64" => Kind::Pcg64(Pcg64::new(wide(), false)),
        "PCG64DXSM" => Kind::Pcg64(Pcg64::new(wide(), true)),
        "Philox" => {
            let [a, b, ..] = wide();
            Kind::Philox(Box::new(Philox::new([a, b], [0; 4])))
        }
        "SFC64" => {
            let [a, b, c, _] = wide();
            Kind::Sfc64(Sfc64::new([a, b, c]))
        }
        _ => Kind::Mt19937(Box::new(Mt19937::from_words(&seeds.words(Mt19937::WORDS)))),
    };
    Ok(new_bit_generator(Bits::new(kind), sequence))
}

/// Words of 64 bits out of an int below 2 ** (64 * N), or of an array of so many (`int_to_array`).
fn words_of<const N: usize>(context: &mut Context, value: &Value, name: &str) -> Result<[u64; N]> {
    let array = calls::as_array(context, value).ok().filter(|array| array.ndim() > 0);
    if let Some(array) = array {
        if array.shape()[..] != [N] {
            return Err(value_error(format!("{name} must have {N} elements when using array form")).at_argument(name));
        }
        let word = |i: usize| as_int(&crate::value::entry(&array, i)).map(|word| low_128(&word) as u64);
        let words = (0..N).map(word).collect::<Result<Vec<u64>>>()?;
        return Ok(std::array::from_fn(|i| words[i]));
    }
    let int = as_int(value).map_err(|e| e.at_argument(name))?;
    let digits = int.to_big().to_u64_digits();
    if int.signum() < 0 || digits.1.len() > N {
        let message = format!("{name} must be positive and less than 2**{}.", 64 * N);
        return Err(value_error(message).at_argument(name));
    }
    Ok(std::array::from_fn(|i| digits.1.get(i).copied().unwrap_or(0)))
}

fn philox(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let (seed, key) = (arguments.get("seed"), arguments.some("key").cloned());
    if !seed.is_none() && key.is_some() {
        return Err(value_error("seed and key cannot be both used").at_argument("key"));
    }
    let generator = match key {
        Some(key) => {
            let key = words_of::<2>(context, &key, "key")?;
            new_bit_generator(Bits::new(Kind::Philox(Box::new(Philox::new(key, [0; 4])))), Value::None)
        }
        None => seeded(context, &seed, &classes::PHILOX)?,
    };
    if let Some(counter) = arguments.some("counter").cloned() {
        let counter = words_of::<4>(context, &counter, "counter")?;
        if let Kind::Philox(philox) = &mut parts(&generator)?.bits.borrow_mut().kind {
            philox.counter = counter;
        }
    }
    Ok(generator)
}

/// A `PCG64` of this seed.
///
/// # Errors
/// `TypeError`, `ValueError` where it is no seed.
pub fn pcg64_of(context: &mut Context, seed: &Value) -> Result<Value> {
    seeded(context, seed, &classes::PCG64)
}

/// The bits of an unseeded `RandomState`.
pub fn unseeded_legacy_bits() -> Bits {
    let words = generate_state(&pool(&system_entropy(), &[], DEFAULT_POOL), Mt19937::WORDS);
    Bits::new(Kind::Mt19937(Box::new(Mt19937::from_words(&words))))
}

/// The bits of a `RandomState` of this seed (`_legacy_seeding`).
///
/// # Errors
/// `ValueError: Seed must be between 0 and 2**32 - 1`; `TypeError` for what is no integer.
pub fn legacy_bits(context: &mut Context, seed: &Value) -> Result<Bits> {
    let outside = || value_error("Seed must be between 0 and 2**32 - 1").at_argument("seed");
    let single = match seed {
        Value::None => return Ok(unseeded_legacy_bits()),
        Value::Array(array) if array.size() == 1 => Value::Scalar(array.read(array.layout().offset)),
        other => other.clone(),
    };
    let generator = match as_int(&single) {
        Ok(number) => {
            let number = number.to_i64().and_then(|number| u32::try_from(number).ok());
            Mt19937::from_seed(number.ok_or_else(outside)?)
        }
        Err(_) => {
            let array = calls::as_array(context, seed).map_err(|e| e.at_argument("seed"))?;
            if array.size() == 0 {
                return Err(value_error("Seed must be non-empty").at_argument("seed"));
            }
            let int64 = Type::Int64.into();
            crate::array::cast::require_cast(
                &array.dtype(),
                &int64,
                crate::array::cast::Casting::Safe,
                array.ndim() == 0,
            )
            .map_err(|e| e.at_argument("seed"))?;
            if array.ndim() != 1 {
                return Err(value_error("Seed array must be 1-d").at_argument("seed"));
            }
            let word = |scalar: Scalar| scalar.as_i128().and_then(|n| u32::try_from(n).ok()).ok_or_else(outside);
            Mt19937::from_array(&calls::elements(&array).map(word).collect::<Result<Vec<u32>>>()?)
        }
    };
    Ok(Bits::new(Kind::Mt19937(Box::new(generator))))
}

fn random_raw(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let size = arguments.get("size");
    let this = arguments.receiver().clone();
    let gives = crate::value::as_bool(&arguments.get("output"))?;
    let over = Drawer::over(&classes::GENERATOR, this);
    let drawer = super::generator::parts(&over)?;
    let drawn = match size {
        Value::None => drawer.one(context, |source| source.bits.next_raw())?,
        size => {
            let array = drawing::new_array(context, &size, Type::UInt64)?;
            drawing::fill(context, drawer, &array, |source| source.bits.next_raw())?;
            Value::Array(array)
        }
    };
    Ok(if gives { drawn } else { Value::None })
}
