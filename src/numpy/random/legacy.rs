//! The shared legacy state: `np.random.seed`, `get_state`, `set_state`.

use super::super::calls;
use super::bit_generators::legacy_bits;
use super::bit_state::{dict, set_state as set_bits, state_of};
use super::generator::{parts, receiver};
use crate::error::{Result, type_error, value_error};
use crate::random::Kind;
use crate::registry::{Arguments, Context, Function, MemoryRule, Method, Reader, Run, Section};
use crate::value::{Value, as_bool, as_f64, as_index, iterate};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.random.seed",
        signature: "(seed=None)",
        method: Some(Method { name: "RandomState.seed", signature: "(seed=None)", reader: Reader::Cython }),
        summary: "Seeds the state that `np.random.rand` and its kin share.",
        memory: MemoryRule::NoArray,
        notes: "Without a seed it takes entropy. Generators of `np.random.default_rng` have states of their own.",
        example: r"
>>> np.random.seed(42)
>>> np.random.rand()
0.3745401188473625
",
        see_also: &["np.random.RandomState", "np.random.default_rng"],
        run: Run::Read(Reader::Cython, |context, arguments| {
            let this = receiver(context, arguments)?;
            let drawer = parts(&this)?;
            if !matches!(drawer.bits()?.bits.borrow().kind, Kind::Mt19937(_)) {
                return Err(type_error("can only re-seed a MT19937 BitGenerator"));
            }
            let bits = legacy_bits(context, &arguments.get("seed"))?;
            if !context.runtime.ledger.is_locking() {
                drawer.bits()?.bits.replace(bits);
                drawer.bits()?.is_unknown.set(false);
                drawer.gauss.set(None);
            }
            Ok(Value::None)
        }),
    },
    Function {
        name: "np.random.get_state",
        signature: "(legacy=True)",
        method: Some(Method { name: "RandomState.get_state", signature: "(legacy=True)", reader: Reader::Cython }),
        summary: "The legacy state, to be set again.",
        memory: MemoryRule::New,
        notes: "A tuple, or with `legacy=False` a dict.",
        example: r"
>>> np.random.seed(42)
>>> state = np.random.get_state()
>>> first = np.random.rand()
>>> np.random.set_state(state)
>>> np.random.rand() == first
True
",
        see_also: &["np.random.set_state"],
        run: Run::Read(Reader::Cython, get_state),
    },
    Function {
        name: "np.random.set_state",
        signature: "(state)",
        method: Some(Method { name: "RandomState.set_state", signature: "(state)", reader: Reader::Cython }),
        summary: "Sets the legacy state to what `get_state` gave.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: "",
        see_also: &["np.random.get_state"],
        run: Run::Read(Reader::Cython, set_state),
    },
];

fn item(value: &Value, key: &str) -> Result<Value> {
    let Value::Dict(dict) = value else { return Ok(Value::None) };
    Ok(dict.get(&Value::str(key))?.unwrap_or(Value::None))
}

fn get_state(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let is_legacy = as_bool(&arguments.get("legacy")).map_err(|e| e.at_argument("legacy"))?;
    let this = receiver(context, arguments)?;
    let drawer = parts(&this)?;
    let state = state_of(context, &drawer.bit_generator())?;
    let gauss = drawer.gauss.get();
    let (has_gauss, gauss) = (Value::int(i64::from(gauss.is_some())), Value::Float(gauss.unwrap_or(0.0)));
    if !is_legacy {
        if let Value::Dict(entries) = &state {
            entries.insert(Value::str("has_gauss"), has_gauss)?;
            entries.insert(Value::str("gauss"), gauss)?;
        }
        return Ok(state);
    }
    let inner = item(&state, "state")?;
    let parts = [item(&state, "bit_generator")?, item(&inner, "key")?, item(&inner, "pos")?, has_gauss, gauss];
    Ok(Value::tuple(parts))
}

fn set_state(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let this = receiver(context, arguments)?;
    let drawer = parts(&this)?;
    let state = arguments.get("state");
    let (state, has_gauss, gauss) = match &state {
        Value::Dict(_) => {
            if item(&state, "bit_generator")?.is_none() || item(&state, "state")?.is_none() {
                return Err(value_error("state dictionary is not valid.").at_argument("state"));
            }
            let (has_gauss, gauss) = (item(&state, "has_gauss")?, item(&state, "gauss")?);
            (state, has_gauss, gauss)
        }
        Value::Tuple(_) | Value::List(_) => {
            let items = iterate(&state)?.collect::<Result<Vec<_>>>()?;
            let at = |i: usize| items.get(i).cloned().unwrap_or(Value::None);
            let name = at(0);
            if !matches!(&name, Value::Str(name) if &**name == "MT19937") {
                let message = "set_state can only be used with legacy MT19937 state instances.";
                return Err(value_error(message).at_argument("state"));
            }
            let inner = dict(vec![("key", at(1)), ("pos", at(2))])?;
            (dict(vec![("bit_generator", name), ("state", inner)])?, at(3), at(4))
        }
        _ => return Err(type_error("state must be a dict or a tuple.").at_argument("state")),
    };
    let has_gauss = !has_gauss.is_none() && as_index(&has_gauss).map_err(|e| e.at_argument("state"))? != 0;
    let gauss = if gauss.is_none() { 0.0 } else { as_f64(&gauss).map_err(|e| e.at_argument("state"))? };
    if calls::is_planning(context) {
        drawer.bits()?.is_unknown.set(true);
        return Ok(Value::None);
    }
    set_bits(context, &drawer.bit_generator(), &state).map_err(|e| e.at_argument("state"))?;
    if !context.runtime.ledger.is_locking() {
        drawer.gauss.set(has_gauss.then_some(gauss));
    }
    Ok(Value::None)
}
