//! Seed sequences as values: `np.random.SeedSequence(5).spawn(2)`.

use super::super::calls;
use super::drawing;
use crate::array::printing::PrintOptions;
use crate::array::{NdArray, Order, Scalar, Type};
use crate::error::{Result, overflow_error, type_error, value_error};
use crate::random::{generate_state, halves, pool, system_entropy};
use crate::registry::{Arguments, Attribute, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Class, Int, Object, Twins, Value, as_index, as_int, classes, iterate, repr};
use num_bigint::BigInt;
use std::any::Any;
use std::cell::Cell;

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: FUNCTIONS,
    attributes: ATTRIBUTES,
    constants: &[],
    aliases: &[],
    classes: &[("np.random.SeedSequence", &classes::SEED_SEQUENCE)],
};

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.random.SeedSequence",
        signature: "(entropy=None, *, spawn_key=(), pool_size=4, n_children_spawned=0)",
        method: None,
        summary: "Seeds of any size mixed into as much state as a bit generator needs.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: r"
>>> sequence = np.random.SeedSequence(42)
>>> sequence
SeedSequence(
    entropy=42,
)
>>> sequence.generate_state(2)
array([3444837047, 2669555309], dtype=uint32)
",
        see_also: &["np.random.default_rng", "SeedSequence.spawn"],
        run: Run::Read(Reader::Cython, seed_sequence),
    },
    Function {
        name: "SeedSequence.generate_state",
        signature: "(n_words, dtype=np.uint32)",
        method: None,
        summary: "So many words of state, of 32 or 64 bits.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.random.SeedSequence(42).generate_state(1, np.uint64)
array([11465652750463011511], dtype=uint64)
",
        see_also: &["np.random.SeedSequence"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            let count = crate::value::as_usize(&arguments.get("n_words")).map_err(|e| e.at_argument("n_words"))?;
            let ty = drawing::dtype_argument(context, arguments)?.ty();
            let words = match ty {
                Type::UInt32 => count,
                Type::UInt64 => count.saturating_mul(2),
                _ => return Err(value_error("only support uint32 or uint64").at_argument("dtype")),
            };
            let array = NdArray::zeros(&context.runtime, ty.into(), &[count], Order::C)?;
            if calls::is_planning(context) {
                return Ok(Value::Array(array));
            }
            let words = seed_parts(arguments.receiver())?.words(words);
            match ty {
                Type::UInt32 => {
                    words.iter().enumerate().for_each(|(i, &word)| array.write(4 * i, &Scalar::UInt32(word)));
                }
                _ => {
                    let wide = halves(&words);
                    wide.iter().enumerate().for_each(|(i, &word)| array.write(8 * i, &Scalar::UInt64(word)));
                }
            }
            Ok(Value::Array(array))
        }),
    },
    Function {
        name: "SeedSequence.spawn",
        signature: "(n_children)",
        method: None,
        summary: "New sequences of the same entropy with keys of their own.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: r"
>>> np.random.SeedSequence(42).spawn(2)[1]
SeedSequence(
    entropy=42,
    spawn_key=(1,),
)
",
        see_also: &["np.random.SeedSequence"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            let count = as_index(&arguments.get("n_children")).map_err(|e| e.at_argument("n_children"))?;
            let is_locking = context.runtime.ledger.is_locking();
            seed_parts(arguments.receiver())?.spawn(count, is_locking).map(Value::list)
        }),
    },
];

static ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "SeedSequence.entropy",
        summary: "The entropy that it was made of.",
        memory: MemoryRule::NoArray,
        example: r"
>>> np.random.SeedSequence(42).entropy
42
",
        get: |_, value| Ok(seed_parts(value)?.entropy.clone()),
        set: None,
    },
    Attribute {
        name: "SeedSequence.spawn_key",
        summary: "What tells it from its siblings.",
        memory: MemoryRule::NoArray,
        example: r"
>>> np.random.SeedSequence(42).spawn(1)[0].spawn_key
(0,)
",
        get: |_, value| Ok(Value::tuple(seed_parts(value)?.spawn_key.iter().cloned())),
        set: None,
    },
    Attribute {
        name: "SeedSequence.pool_size",
        summary: "How many words of 32 bits are mixed.",
        memory: MemoryRule::NoArray,
        example: "",
        get: |_, value| Ok(Value::int(seed_parts(value)?.pool.len())),
        set: None,
    },
    Attribute {
        name: "SeedSequence.n_children_spawned",
        summary: "How many sequences it spawned.",
        memory: MemoryRule::NoArray,
        example: "",
        get: |_, value| Ok(Value::int(seed_parts(value)?.spawned.get())),
        set: None,
    },
];

/// A `SeedSequence`: entropy, and the pool that it was mixed into.
pub struct SeedSequence {
    entropy: Value,
    words: Vec<u32>,
    spawn_key: Vec<Value>,
    pool: Vec<u32>,
    spawned: Cell<usize>,
}

impl SeedSequence {
    /// A sequence of this entropy.
    ///
    /// # Errors
    /// `TypeError`, `ValueError` where it is no ints that are not negative.
    pub fn new(entropy: Value, spawn_key: Vec<Value>, pool_size: usize, spawned: usize) -> Result<SeedSequence> {
        let (mut words, mut key) = (Vec::new(), Vec::new());
        words_of(&entropy, &mut words, 0)?;
        spawn_key.iter().try_for_each(|part| words_of(part, &mut key, 0))?;
        let pool = pool(&words, &key, pool_size);
        Ok(SeedSequence { entropy, words, spawn_key, pool, spawned: Cell::new(spawned) })
    }

    /// `count` words of state.
    pub fn words(&self, count: usize) -> Vec<u32> {
        generate_state(&self.pool, count)
    }

    /// `count` sequences of the same entropy. Where nothing may change, they are not counted.
    ///
    /// # Errors
    /// `KeyboardInterrupt`.
    pub fn spawn(&self, count: isize, is_locking: bool) -> Result<Vec<Value>> {
        let first = self.spawned.get();
        let count = usize::try_from(count).unwrap_or(0);
        let mut children = Vec::new();
        for number in first..first.saturating_add(count) {
            crate::interrupt::check()?;
            let key = self.spawn_key.iter().cloned().chain([Value::int(number)]).collect();
            children.push(Value::object(SeedSequence::new(self.entropy.clone(), key, self.pool.len(), 0)?));
        }
        if !is_locking {
            self.spawned.set(first.saturating_add(count));
        }
        Ok(children)
    }
}

impl Object for SeedSequence {
    fn class(&self) -> &'static Class {
        &classes::SEED_SEQUENCE
    }

    fn repr(&self, options: &PrintOptions) -> String {
        let mut text = format!("SeedSequence(\n    entropy={},\n", repr(&self.entropy, options));
        if !self.spawn_key.is_empty() {
            let key = Value::tuple(self.spawn_key.iter().cloned());
            text.push_str(&format!("    spawn_key={},\n", repr(&key, options)));
        }
        if self.pool.len() != DEFAULT_POOL {
            text.push_str(&format!("    pool_size={},\n", self.pool.len()));
        }
        if self.spawned.get() != 0 {
            text.push_str(&format!("    n_children_spawned={},\n", self.spawned.get()));
        }
        text + ")"
    }

    fn twin(&self, _: &Value, _: &mut Twins) -> Result<Value> {
        Ok(self.replica().unwrap_or(Value::None))
    }

    fn replica(&self) -> Option<Value> {
        let (entropy, spawn_key) = (self.entropy.clone(), self.spawn_key.clone());
        let (words, pool, spawned) = (self.words.clone(), self.pool.clone(), self.spawned.clone());
        Some(Value::object(SeedSequence { entropy, words, spawn_key, pool, spawned }))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// How many words are mixed where nobody says.
pub const DEFAULT_POOL: usize = 4;

/// The value as a sequence.
///
/// # Errors
/// `TypeError` where it is none.
pub fn seed_parts(value: &Value) -> Result<&SeedSequence> {
    value.downcast().ok_or_else(|| type_error(format!("'{}' object is no SeedSequence", value.type_name())))
}

/// The words of 32 bits that entropy is, the lowest first (`_coerce_to_uint32_array`).
fn words_of(value: &Value, words: &mut Vec<u32>, depth: usize) -> Result<()> {
    const DEEPEST: usize = 64;
    match value {
        Value::Float(_) | Value::Complex(_) => return Err(type_error("seed must be integer")),
        Value::Scalar(scalar) if scalar.ty().is_inexact() => return Err(type_error("seed must be integer")),
        Value::Str(text) => {
            let digits = text.strip_prefix("0x").map_or((&**text, 10), |rest| (rest, 16));
            let number = BigInt::parse_bytes(digits.0.as_bytes(), digits.1);
            let number = number.ok_or_else(|| value_error("unrecognized seed string"))?;
            return words_of(&Value::int(Int::from(number)), words, depth);
        }
        Value::List(_) | Value::Tuple(_) | Value::Range(_) if depth < DEEPEST => {
            for item in iterate(value)? {
                words_of(&item?, words, depth + 1)?;
            }
            return Ok(());
        }
        Value::Array(array) if array.ndim() > 0 => {
            for item in calls::elements(array) {
                words_of(&Value::Scalar(item), words, depth + 1)?;
            }
            return Ok(());
        }
        _ => {}
    }
    let number = as_int(value)
        .map_err(|_| type_error(format!("object of type '{}' has no len()", value.class().qualified())))?;
    if number.signum() < 0 {
        return Err(value_error("expected non-negative integer"));
    }
    let digits = number.to_big().to_u32_digits().1;
    if digits.is_empty() {
        words.push(0)
    } else {
        words.extend(digits)
    }
    Ok(())
}

fn seed_sequence(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let size = as_index(&arguments.get("pool_size")).map_err(|e| e.at_argument("pool_size"))?;
    let size = usize::try_from(size).unwrap_or(0);
    if size < DEFAULT_POOL {
        let message = format!("The size of the entropy pool should be at least {DEFAULT_POOL}");
        return Err(value_error(message).at_argument("pool_size"));
    }
    if size > 1 << 16 {
        return Err(overflow_error("ndsh mixes pools of at most 65536 words").at_argument("pool_size"));
    }
    let key = iterate(&arguments.get("spawn_key"))?.collect::<Result<Vec<_>>>();
    let key = key.map_err(|e| e.at_argument("spawn_key"))?;
    let spawned = as_index(&arguments.get("n_children_spawned")).map_err(|e| e.at_argument("n_children_spawned"))?;
    let entropy = entropy(context, arguments.get("entropy"), size).map_err(|e| e.at_argument("entropy"))?;
    let spawned = usize::try_from(spawned).unwrap_or(0);
    SeedSequence::new(entropy, key, size, spawned).map(Value::object).map_err(|e| e.at_argument("entropy"))
}

/// Entropy as it was given; from the operating system where there is none.
///
/// # Errors
/// `TypeError` where it is none.
pub fn entropy(context: &Context, value: Value, pool_size: usize) -> Result<Value> {
    match value {
        Value::None => {
            let words: Vec<u32> = (0..pool_size.div_ceil(4)).flat_map(|_| system_entropy()).take(pool_size).collect();
            Ok(Value::int(Int::from(BigInt::from(num_bigint::BigUint::new(words)))))
        }
        Value::Int(_) | Value::Bool(_) | Value::List(_) | Value::Tuple(_) | Value::Range(_) | Value::Array(_) => {
            Ok(value)
        }
        Value::Scalar(scalar) if scalar.ty().is_integer() => Ok(value),
        other => {
            let shown = crate::value::str(&other, &context.print_options);
            Err(type_error(format!("SeedSequence expects int or sequence of ints for entropy not {shown}")))
        }
    }
}
