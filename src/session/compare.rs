//! The same statements under three rules for who sees a write.
//!
//! They run three times, each time in an evaluator of its own and on replicas of what they name: the workspace and its
//! ledger stay as they are. What each rule makes of views is the evaluator's business ([`crate::eval::Rule`]); here
//! the names are looked at after every statement, and the first statement after which the rules differ is found.

use super::replica::Replicas;
use super::{Failure, Script, Session};
use crate::array::layout::{Order, Traversal, Written};
use crate::array::{NdArray, printing::PrintOptions};
use crate::error::{Error, ErrorClass, Result, value_error};
use crate::eval::{Evaluator, Rule, duplicate};
use crate::interrupt;
use crate::memory::BufferId;
use crate::registry::Context;
use crate::syntax::ast::{Stmt, StmtKind};
use crate::text::lines::one_line;
use crate::value::{Value, repr, str};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::cell::Cell;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

/// The rules, in the order of the columns: NumPy's, then the two others.
pub const RULES: [(&str, Option<Rule>); 3] =
    [("aliasing", None), ("copy-on-write", Some(Rule::CopyOnWrite)), ("always-copy", Some(Rule::AlwaysCopy))];

/// The most bytes of existing arrays that are copied for a comparison.
const LIMIT: usize = 16 << 20;

/// The most bytes that the statements may hold under each rule beside what they were given.
const ROOM: usize = 64 << 20;

/// The most values that are looked through for arrays.
const CONTAINERS: usize = 1000;
/// The most names that join because they use the bytes of a name in the statements: one is enough for the costs.
const SHARERS: usize = 16;

/// What the rules made of the statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// One row a statement.
    pub rows: Vec<Compared>,
    /// Bytes that live at the end, under each rule.
    pub live: [usize; 3],
    /// The first difference, if there is one.
    pub first: Option<Difference>,
    /// Names that the statements use and that could not be copied for them.
    pub left_out: Vec<String>,
}

/// One statement under each rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Its text.
    pub source: String,
    /// What it came to.
    pub outcomes: [Outcome; 3],
}

/// What a statement came to under one rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Each name that the statement changed under some rule, and its value; nothing where it is not bound.
    pub names: Vec<(String, Option<String>)>,
    /// What it printed, and its value.
    pub shown: Vec<String>,
    /// Its error.
    pub error: Option<String>,
    /// Bytes that the rule copied for it.
    pub copied: usize,
}

/// Where and why the rules differ first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The row.
    pub row: usize,
    /// The names whose values differ then.
    pub names: Vec<String>,
    /// The names that see bytes which the statement wrote under aliasing.
    pub sharers: Vec<String>,
    /// Names for one and the same array among them.
    pub same: Vec<String>,
}

/// What a name is worth: as it is shown, and as it is told from other values.
#[derive(Clone, PartialEq, Eq)]
struct Worth {
    text: String,
    /// Of every element of an array, since the text may show only some.
    fingerprint: u64,
}

/// The state after a statement under one rule.
struct State {
    outcome: Outcome,
    /// The names that the statement bound.
    bound: Vec<Rc<str>>,
    values: Vec<(Rc<str>, Worth)>,
    /// The names that see written bytes, with the array's identity.
    written: Vec<(String, u64)>,
    live: usize,
}

impl State {
    fn value(&self, name: &str) -> Option<&Worth> {
        self.values.iter().find(|(other, _)| &**other == name).map(|(_, value)| value)
    }
}

/// The identifiers of a text.
fn identifiers(text: &str) -> FxHashSet<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty()).collect()
}

/// Runs the statements of `text` under each rule.
///
/// # Errors
/// Where the text cannot be parsed or is a command; where it names arrays too large to copy; `KeyboardInterrupt`.
pub fn compare(session: &Session, text: &str) -> Result<Comparison, Box<Failure>> {
    let script = Script::read(text);
    let mut statements: Vec<&Stmt> = Vec::new();
    for statement in &script.statements {
        match statement {
            Ok(Stmt { kind: StmtKind::Command(name, _), .. }) => {
                return Err(value_error(format!("%{name} is a command: only statements can be compared")).into());
            }
            Ok(statement) => statements.push(statement),
            Err(error) => return Err(Box::new(Failure::of_syntax(error, &script.text))),
        }
    }
    let (used, left_out) = used(session, &script.text)?;
    let [aliasing, lazy, eager] = RULES.map(|(_, rule)| run(session, &used, &script.text, &statements, rule));
    let runs = [aliasing?, lazy?, eager?];
    let mut left_names: Vec<String> = left_out.iter().map(|name| name.to_string()).collect();
    left_names.sort_unstable();
    Ok(told(&script.text, &statements, runs, left_names))
}

/// The names that the text uses, and those over the same buffers, with their values; and those that cannot be copied.
type Used = (Vec<(Rc<str>, Value)>, Vec<Rc<str>>);

fn used(session: &Session, text: &str) -> Result<Used> {
    let words = identifiers(text);
    let entries = session.workspace().entries();
    let mut buffers: FxHashMap<BufferId, usize> = FxHashMap::default();
    let mut seen = FxHashSet::default();
    for (_, value) in entries.iter().filter(|(name, _)| words.contains(&***name)) {
        note(value, &mut seen, &mut buffers);
    }
    let bytes: usize = buffers.values().fold(0, |sum, &bytes| sum.saturating_add(bytes));
    if bytes > LIMIT {
        return Err(value_error(format!("the statements use arrays of {bytes} bytes, too many to copy for each rule"))
            .help("compare small arrays"));
    }
    let mut sharers = 0;
    let mut is_used = |name: &str, value: &Value| {
        if words.contains(name) {
            return true;
        }
        let shares = matches!(value, Value::Array(array) if buffers.contains_key(&array.buffer_ref().id()));
        sharers += usize::from(shares);
        shares && sharers <= SHARERS
    };
    let found = entries.into_iter().filter(|(name, value)| &***name != "_" && is_used(name, value));
    let (mut used, mut left_out) = (Vec::new(), Vec::new());
    for (name, value) in found {
        match value {
            Value::Object(_) => left_out.push(Rc::clone(name)),
            _ => used.push((Rc::clone(name), value.clone())),
        }
    }
    Ok((used, left_out))
}

/// Notes the buffers that a value holds, and their bytes; each container once.
fn note(value: &Value, seen: &mut FxHashSet<usize>, buffers: &mut FxHashMap<BufferId, usize>) {
    if let Value::Array(array) = value {
        let buffer = array.buffer_ref();
        buffers.insert(buffer.id(), buffer.len());
    }
    let is_new = value.address().is_some_and(|at| seen.insert(at));
    if is_new && seen.len() < CONTAINERS {
        value.visit_held(&mut |_, held| note(held, seen, buffers));
    }
}

/// The states after each statement under one rule.
fn run(
    session: &Session,
    used: &[(Rc<str>, Value)],
    text: &str,
    statements: &[&Stmt],
    rule: Option<Rule>,
) -> Result<(State, Vec<State>)> {
    let outer = session.context();
    let mut context = Context::new(Rc::clone(&outer.catalog));
    context.print_options = outer.print_options.clone();
    context.random_state = crate::numpy::shared_random_state(outer);
    context.runtime.error_state.set(outer.runtime.error_state.get());
    context.runtime.ledger.set_limits_of(&outer.runtime.ledger);
    let mut evaluator = Evaluator::new(context);
    let mut replicas = Replicas::new(&evaluator.context.runtime);
    for (name, value) in used {
        if let Some(value) = replicas.of(value)? {
            evaluator.workspace.set(name, value);
        }
    }
    drop(replicas);
    let ledger = &evaluator.context.runtime.ledger;
    let room = ledger.live().saturating_add(ROOM);
    ledger.set_limit(Some(ledger.limit().map_or(room, |limit| limit.min(room))));
    if let Some(error) = rule.and_then(|rule| evaluator.obey(rule).err()) {
        // what the statements use cannot be under this rule, so none of them runs
        let error = Some(refusal(error)?);
        let state = || state(&evaluator, Outcome { error: error.clone(), ..Outcome::default() });
        return Ok((state(), statements.iter().map(|_| state()).collect()));
    }
    let start = state(&evaluator, Outcome::default());
    let states = statements.iter().map(|statement| step(&mut evaluator, statement, text)).collect::<Result<_>>()?;
    Ok((start, states))
}

/// Runs one statement, and looks at what came of it.
fn step(evaluator: &mut Evaluator, statement: &Stmt, text: &str) -> Result<State> {
    interrupt::check()?;
    let runtime = &evaluator.context.runtime;
    runtime.ledger.start_step();
    runtime.writes.borrow_mut().clear();
    runtime.copies.borrow_mut().clear();
    let before = runtime.ledger.newest();
    let mut outcome = Outcome::default();
    let mut bound = Vec::new();
    let ran = images(evaluator).and_then(|images| Ok((evaluator.run(statement)?, images)));
    match ran {
        Ok(((value, rebindings), images)) => {
            bound.extend(rebindings.iter().map(|rebinding| Rc::clone(&rebinding.name)));
            drop(rebindings);
            evaluator.restore(&images, &identifiers(statement.span.of(text)));
            let options = short(&evaluator.context.print_options);
            let value = value.filter(|value| !value.is_none());
            outcome.shown.extend(value.map(|value| in_line(&value, &repr(&value, &options))));
        }
        Err(error) => outcome.error = Some(refusal(error)?),
    }
    let printed = std::mem::take(&mut evaluator.context.stdout);
    outcome.shown.splice(0..0, printed.lines().map(one_line));
    let size_of = |id: BufferId| {
        let arrays = evaluator.workspace.entries().into_iter().filter_map(|(_, value)| match value {
            Value::Array(array) if array.buffer_ref().id() == id => Some(array.layout().nbytes()),
            _ => None,
        });
        arrays.max().unwrap_or(0)
    };
    if let Some(sharing) = &mut evaluator.sharing {
        sharing.settle(&evaluator.context.runtime.writes.borrow(), before, size_of);
        let copied = sharing.take_copied();
        outcome.copied = if outcome.error.is_none() { copied } else { 0 };
    }
    Ok(State { bound, ..state(evaluator, outcome) })
}

/// What a cell says of an error.
///
/// # Errors
/// `KeyboardInterrupt` itself.
fn refusal(error: Error) -> Result<String> {
    if error.class() == ErrorClass::KeyboardInterrupt { Err(error) } else { Ok(message(&error)) }
}

/// Arrays with two names or more, as they are before a statement: for the rule under which arrays never change.
type Images = Vec<(Value, Value)>;

fn images(evaluator: &Evaluator) -> Result<Images> {
    if !evaluator.sharing.as_ref().is_some_and(|sharing| sharing.rule() == Rule::AlwaysCopy) {
        return Ok(Vec::new());
    }
    let mut seen: FxHashMap<usize, usize> = FxHashMap::default();
    let entries = evaluator.workspace.entries();
    let arrays = || entries.iter().filter_map(|(_, value)| Some((value.address()?, *value)));
    arrays().for_each(|(at, _)| *seen.entry(at).or_default() += 1);
    let mut images = Images::new();
    for (at, value) in arrays() {
        if let Value::Array(array) = value
            && seen.insert(at, 0).is_some_and(|names| names > 1)
        {
            images.push((value.clone(), Value::Array(duplicate(&evaluator.context.runtime, array)?)));
        }
    }
    Ok(images)
}

impl Evaluator {
    /// Under always-copy a call that writes makes a new array too: names that the statement does not mention keep what
    /// they had.
    fn restore(&mut self, images: &Images, mentioned: &FxHashSet<&str>) {
        for (array, image) in images {
            let Value::Array(written) = array else { continue };
            let id = written.buffer_ref().id();
            if !self.context.runtime.writes.borrow().iter().any(|write| write.buffer == id) {
                continue;
            }
            let names: Vec<Rc<str>> = (self.workspace.entries().into_iter())
                .filter(|(_, value)| value.is(array))
                .map(|(name, _)| Rc::clone(name))
                .collect();
            if names.iter().any(|name| mentioned.contains(&**name)) {
                names.iter().filter(|name| !mentioned.contains(&***name)).for_each(|name| {
                    self.workspace.set(name, image.clone());
                });
            }
        }
    }
}

/// The names and what they are worth now.
fn state(evaluator: &Evaluator, outcome: Outcome) -> State {
    let options = short(&evaluator.context.print_options);
    let entries = evaluator.workspace.entries();
    let is_data = |value: &Value| !matches!(value, Value::Module(_) | Value::Function(_) | Value::Class(_));
    let worth = |value: &Value| match value {
        Value::Array(array) => Worth { text: in_line(value, &str(value, &options)), fingerprint: fingerprint(array) },
        other => Worth { text: one_line(&repr(other, &options)), fingerprint: 0 },
    };
    let values = entries.iter().filter(|(_, v)| is_data(v)).map(|(name, v)| (Rc::clone(name), worth(v))).collect();
    const WORK: usize = 100_000;
    let writes = evaluator.context.runtime.writes.borrow();
    let regions: Vec<(BufferId, Written)> =
        writes.iter().map(|write| (write.buffer, Written::new(&write.region))).collect();
    let mut work = WORK;
    let mut sees = |array: &NdArray| {
        let id = array.buffer_ref().id();
        let mut written = regions.iter().filter(|(buffer, _)| *buffer == id);
        written.any(|(_, region)| region.touches(&array.layout(), &mut work) != Some(false))
    };
    let written = (entries.iter())
        .filter_map(|(name, value)| match value {
            Value::Array(array) => sees(array).then(|| (name.to_string(), array.id())),
            _ => None,
        })
        .collect();
    let ledger = &evaluator.context.runtime.ledger;
    let live = evaluator.sharing.as_ref().map_or(ledger.live(), |sharing| sharing.live(ledger));
    State { outcome, bound: Vec::new(), values, written, live }
}

/// The print options of a narrow column: long arrays show their ends.
fn short(options: &PrintOptions) -> PrintOptions {
    const WHOLE: usize = 12;
    const EDGE: usize = 2;
    PrintOptions { threshold: options.threshold.min(WHOLE), edgeitems: options.edgeitems.min(EDGE), ..options.clone() }
}

/// A number that tells the elements of an array from others. Arrays that show more elements than anyone could have
/// written here (broadcast ones) are told by their shape alone.
fn fingerprint(array: &NdArray) -> u64 {
    const MANY: usize = 1 << 22;
    let layout = array.layout();
    let mut hasher = FxHasher::default();
    (&layout.dtype, &layout.shape).hash(&mut hasher);
    if layout.size() <= MANY {
        let buffer = array.buffer_ref();
        let cells = buffer.cells();
        let walked = Traversal::new(&layout.shape, &[&layout], Order::C, false).for_each_run(|starts, steps, count| {
            let (Some(&start), Some(&step)) = (starts.first(), steps.first()) else { return Ok(()) };
            for n in 0..count {
                let at = start.wrapping_add_signed(step.wrapping_mul(n as isize));
                let item = cells.get(at..).and_then(|cells| cells.get(..layout.itemsize())).unwrap_or(&[]);
                let (words, rest) = item.as_chunks::<8>();
                words.iter().for_each(|word| hasher.write_u64(u64::from_le_bytes(word.each_ref().map(Cell::get))));
                if !rest.is_empty() {
                    hasher.write_u64(rest.iter().fold(0, |number, byte| number << 8 | u64::from(byte.get())));
                }
            }
            Ok(())
        });
        // an interrupt is noticed by the next statement
        walked.unwrap_or_else(|_| interrupt::raise());
    }
    hasher.finish()
}

/// The text of a value in one line; an array's without the blanks that put its numbers below each other.
fn in_line(value: &Value, text: &str) -> String {
    let line = one_line(text);
    if matches!(value, Value::Array(_)) { line.replace("[ ", "[") } else { line }
}

fn message(error: &Error) -> String {
    let (class, message) = (error.class().name(), error.message());
    if message.is_empty() { class } else { format!("{class}: {}", one_line(message)) }
}

/// Puts the three runs side by side.
fn told(text: &str, statements: &[&Stmt], runs: [(State, Vec<State>); 3], left_out: Vec<String>) -> Comparison {
    let mut before: [&State; 3] = [&runs[0].0, &runs[1].0, &runs[2].0];
    let (mut rows, mut first) = (Vec::new(), None);
    for (row, statement) in statements.iter().enumerate() {
        let [Some(a), Some(b), Some(c)] = [0, 1, 2].map(|rule: usize| runs[rule].1.get(row)) else { break };
        let after = [a, b, c];
        let mut names: Vec<Rc<str>> = Vec::new();
        for (name, _) in before.iter().chain(&after).flat_map(|state| &state.values) {
            let is_told =
                |rule: usize| after[rule].bound.contains(name) || before[rule].value(name) != after[rule].value(name);
            if !names.contains(name) && (0..3).any(is_told) {
                names.push(Rc::clone(name));
            }
        }
        let outcomes = after.map(|state| Outcome {
            names: names.iter().map(|name| (name.to_string(), state.value(name).map(|v| v.text.clone()))).collect(),
            ..state.outcome.clone()
        });
        if first.is_none() {
            first = difference(row, &after);
        }
        rows.push(Compared { source: statement.span.of(text).to_string(), outcomes });
        before = after;
    }
    Comparison { rows, live: before.map(|state| state.live), first, left_out }
}

/// What differs between the rules after statement `row`.
fn difference(row: usize, states: &[&State; 3]) -> Option<Difference> {
    let [aliasing, lazy, eager] = states;
    let differs = |name: &Rc<str>| {
        let value = aliasing.value(name);
        lazy.value(name) != value || eager.value(name) != value
    };
    let mut names: Vec<String> = Vec::new();
    for (name, _) in states.iter().flat_map(|state| &state.values) {
        if !names.iter().any(|known| **known == **name) && differs(name) {
            names.push(name.to_string());
        }
    }
    let said = |state: &State| (state.outcome.shown.clone(), state.outcome.error.clone());
    if names.is_empty() && said(aliasing) == said(lazy) && said(lazy) == said(eager) {
        return None;
    }
    let mut ids = FxHashMap::<u64, Vec<String>>::default();
    aliasing.written.iter().for_each(|(name, id)| ids.entry(*id).or_default().push(name.clone()));
    let same = ids.into_values().find(|names| names.len() > 1).unwrap_or_default();
    let sharers = aliasing.written.iter().map(|(name, _)| name.clone()).collect();
    Some(Difference { row, names, sharers, same })
}
