//! The account of all array data: what was allocated, why, what was freed, what lives and what lived at most.

use super::buffer::{Buffer, BufferId, MappedFile, Source};
use super::typed::AlignedBytes;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// What happened to a buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// Its bytes were allocated.
    Allocated,
    /// Its bytes went back.
    Freed,
    /// Bytes of it were overwritten in place.
    Written,
    /// It belonged to a temporary, and became the result's: NumPy's elision.
    Reused,
}

/// One line of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// The buffer.
    pub buffer: BufferId,
    /// How many bytes.
    pub bytes: usize,
    /// What caused it, in the words of the program: `"np.arange"`, `"+"`, `"a.reshape"`, `"operand overlaps the output"`.
    pub cause: &'static str,
}

/// An allocation that the limit or the machine refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfMemory {
    /// The bytes that were asked for.
    pub bytes: usize,
}

/// Who tells how many bytes a machine has, where it can.
pub type Teller = fn() -> Option<usize>;

/// The account of a session's array data. Shared (`Rc`) by the session and by every buffer.
#[derive(Default)]
pub struct Ledger {
    next: Cell<BufferId>,
    live: Cell<usize>,
    peak: Cell<usize>,
    highest: Cell<usize>,
    allocated: Cell<usize>,
    freed: Cell<usize>,
    limit: Cell<Option<usize>>,
    machine: Cell<Option<Teller>>,
    planning: Cell<bool>,
    constants: Cell<bool>,
    guess: Cell<u8>,
    guesses: Cell<usize>,
    cause: Cell<&'static str>,
    events: RefCell<Vec<Event>>,
    record: Cell<bool>,
    locked: Cell<Option<BufferId>>,
}

/// The numbers of an account, to come back to.
pub struct Mark {
    next: BufferId,
    peak: usize,
    highest: usize,
    allocated: usize,
    freed: usize,
    events: Vec<Event>,
}

impl Ledger {
    /// An empty account.
    pub fn new() -> Rc<Ledger> {
        Rc::new(Ledger { record: Cell::new(true), ..Ledger::default() })
    }

    /// Refuses allocations that would bring the live bytes above `limit` (`None`: only the machine refuses).
    pub fn set_limit(&self, limit: Option<usize>) {
        self.limit.set(limit);
    }

    /// The most bytes that may live, if that is limited.
    pub fn limit(&self) -> Option<usize> {
        self.limit.get()
    }

    /// Who tells how many bytes the machine has; asked only before an allocation that is large.
    pub fn set_machine(&self, machine: Teller) {
        self.machine.set(Some(machine));
    }

    /// Refuses what `other` would refuse.
    pub fn set_limits_of(&self, other: &Ledger) {
        self.limit.set(other.limit.get());
        self.machine.set(other.machine.get());
    }

    /// The most bytes that may live if `len` more are to be allocated.
    fn most(&self, len: usize) -> Option<usize> {
        const LARGE: usize = 64 << 20;
        self.limit.get().or_else(|| (len >= LARGE).then(|| self.machine.get().and_then(|machine| machine()))?)
    }

    /// While planning, buffers are sizes without bytes, and nothing is refused.
    pub fn set_planning(&self, planning: bool) {
        self.planning.set(planning);
    }

    /// Whether buffers are only planned now.
    pub fn is_planning(&self) -> bool {
        self.planning.get()
    }

    /// An account for a plan: it goes on from where this one stands, and shares nothing with it.
    pub fn plan(&self) -> Rc<Ledger> {
        let plan = Ledger::new();
        plan.next.set(self.next.get());
        plan.live.set(self.live.get());
        plan.planning.set(true);
        plan.start_step();
        plan
    }

    /// In a plan: what stands for a buffer that is there already, under its number.
    pub fn stand_in(self: &Rc<Self>, real: &Rc<Buffer>) -> Rc<Buffer> {
        Rc::new(Buffer::new(real.id(), Source::StandIn(Rc::clone(real)), Rc::clone(self)))
    }

    /// As [`Ledger::stand_in`], where other bytes stand for the buffer's own.
    pub fn stand_in_with(self: &Rc<Self>, real: &Rc<Buffer>, bytes: AlignedBytes) -> Rc<Buffer> {
        Rc::new(Buffer::new(real.id(), Source::Constant(bytes), Rc::clone(self)))
    }

    /// Runs `make`. Where `known` is true, what it allocates is for values that a plan knows: it keeps their bytes
    /// where they are few.
    #[inline]
    pub fn with_constants<T>(&self, known: bool, make: impl FnOnce() -> T) -> T {
        let before = self.constants.replace(known);
        let made = make();
        self.constants.set(before);
        made
    }

    /// What a plan takes for a value that it cannot know: 0 or 1. Who plans sets it, and sees by
    /// [`Ledger::guesses`] whether it was asked for.
    pub fn set_guess(&self, guess: u8) {
        self.guess.set(guess);
    }

    /// A value that the plan cannot know.
    pub fn guess(&self) -> u8 {
        self.guesses.set(self.guesses.get() + 1);
        self.guess.get()
    }

    /// How many values were guessed.
    pub fn guesses(&self) -> usize {
        self.guesses.get()
    }

    /// Whether events are recorded; the sums always are. Timing loops turn it off.
    pub fn set_recording(&self, record: bool) {
        self.record.set(record);
    }

    /// Whether events are recorded.
    pub fn is_recording(&self) -> bool {
        self.record.get()
    }

    /// Names what the next allocations are for, and returns what was named before.
    pub fn set_cause(&self, cause: &'static str) -> &'static str {
        self.cause.replace(cause)
    }

    /// The numbers as they are, for those who allocate what nobody is to see.
    pub fn mark(&self) -> Mark {
        Mark {
            next: self.next.get(),
            peak: self.peak.get(),
            highest: self.highest.get(),
            allocated: self.allocated.replace(0),
            freed: self.freed.replace(0),
            events: self.events.take(),
        }
    }

    /// Brings the numbers back. Of the buffers that were made since, none may live.
    pub fn return_to(&self, mark: Mark) {
        self.next.set(mark.next);
        self.peak.set(mark.peak);
        self.highest.set(mark.highest);
        self.allocated.set(mark.allocated);
        self.freed.set(mark.freed);
        *self.events.borrow_mut() = mark.events;
    }

    /// While locked, the buffers that there are must not change; those that come may.
    pub fn lock(&self, locked: bool) {
        self.locked.set(locked.then(|| self.next.get()));
    }

    /// Whether what there is must not change now.
    #[inline]
    pub fn is_locking(&self) -> bool {
        self.locked.get().is_some()
    }

    /// Whether the buffer must not change now.
    pub fn is_locked(&self, buffer: BufferId) -> bool {
        buffer > 0 && self.locked.get().is_some_and(|newest| buffer <= newest)
    }

    /// A new buffer of `len` zero bytes.
    ///
    /// # Errors
    /// [`OutOfMemory`] where the limit or the machine refuses.
    pub fn allocate(self: &Rc<Self>, len: usize) -> Result<Rc<Buffer>, OutOfMemory> {
        if self.planning.get() {
            const FEW: usize = 4096;
            let kept = if self.constants.get() && len <= FEW { AlignedBytes::zeroed(len) } else { None };
            return Ok(self.enter(kept.map_or(Source::Planned(len), Source::Constant), len));
        }
        let refused = OutOfMemory { bytes: len };
        if self.most(len).is_some_and(|limit| self.live.get().saturating_add(len) > limit) {
            return Err(refused);
        }
        let bytes = AlignedBytes::zeroed(len).ok_or(refused)?;
        Ok(self.enter(Source::Owned(bytes), len))
    }

    /// A buffer over bytes that another Python object owns; they count for nothing.
    pub fn borrow(self: &Rc<Self>, bytes: Rc<AlignedBytes>) -> Rc<Buffer> {
        self.enter(Source::Borrowed(bytes), 0)
    }

    /// A buffer that is a part of a file; its bytes count for nothing.
    pub fn map(self: &Rc<Self>, file: MappedFile, bytes: AlignedBytes) -> Rc<Buffer> {
        self.enter(Source::Mapped(file, bytes), 0)
    }

    /// In a plan: a buffer that would be `len` bytes of a file.
    pub fn plan_map(self: &Rc<Self>, file: MappedFile, len: usize) -> Rc<Buffer> {
        self.enter(Source::PlannedMap(file, len), 0)
    }

    /// As [`Ledger::borrow`], for bytes that only stand for a Python number while an operation runs: the buffer
    /// has no number of its own (it is `#0`).
    pub fn scratch(self: &Rc<Self>, bytes: Rc<AlignedBytes>) -> Rc<Buffer> {
        Rc::new(Buffer::new(0, Source::Borrowed(bytes), Rc::clone(self)))
    }

    fn enter(self: &Rc<Self>, source: Source, counted: usize) -> Rc<Buffer> {
        let id = self.next.get() + 1;
        self.next.set(id);
        self.live.set(self.live.get().saturating_add(counted));
        self.allocated.set(self.allocated.get().saturating_add(counted));
        self.peak.set(self.peak.get().max(self.live.get()));
        self.highest.set(self.highest.get().max(self.live.get()));
        if counted > 0 || !matches!(source, Source::Borrowed(_) | Source::Mapped(..) | Source::PlannedMap(..)) {
            self.note(EventKind::Allocated, id, counted, self.cause.get());
        }
        Rc::new(Buffer::new(id, source, Rc::clone(self)))
    }

    pub(super) fn release(&self, id: BufferId, counted: usize) {
        self.live.set(self.live.get().saturating_sub(counted));
        self.freed.set(self.freed.get().saturating_add(counted));
        if id > 0 {
            self.note(EventKind::Freed, id, counted, "");
        }
    }

    /// Records that `bytes` bytes of `buffer` were overwritten in place.
    pub fn note_written(&self, buffer: BufferId, bytes: usize) {
        self.note(EventKind::Written, buffer, bytes, self.cause.get());
    }

    /// Records that a temporary's buffer became the result's.
    pub fn note_reused(&self, buffer: &Buffer) {
        buffer.forget();
        self.note(EventKind::Reused, buffer.id(), buffer.len(), self.cause.get());
    }

    fn note(&self, kind: EventKind, buffer: BufferId, bytes: usize, cause: &'static str) {
        if self.record.get() {
            self.events.borrow_mut().push(Event { kind, buffer, bytes, cause });
        }
    }

    /// The number of the newest buffer.
    pub fn newest(&self) -> BufferId {
        self.next.get()
    }

    /// Numbers buffers from `newest` on again: for those who made many that nobody saw. No living buffer may have a
    /// higher number.
    pub fn renumber_from(&self, newest: BufferId) {
        self.next.set(newest);
    }

    /// The bytes that live now.
    pub fn live(&self) -> usize {
        self.live.get()
    }

    /// The most bytes that lived at once since [`Ledger::start_step`].
    pub fn peak(&self) -> usize {
        self.peak.get()
    }

    /// The most bytes that ever lived at once.
    pub fn highest(&self) -> usize {
        self.highest.get()
    }

    /// The bytes allocated since [`Ledger::start_step`].
    pub fn allocated(&self) -> usize {
        self.allocated.get()
    }

    /// The bytes freed since [`Ledger::start_step`].
    pub fn freed(&self) -> usize {
        self.freed.get()
    }

    /// Begins a step: the sums start at zero, the peak at what lives now, and the old events are dropped.
    pub fn start_step(&self) {
        self.peak.set(self.live.get());
        self.allocated.set(0);
        self.freed.set(0);
        self.events.borrow_mut().clear();
    }

    /// How many events there are since [`Ledger::start_step`].
    pub fn event_count(&self) -> usize {
        self.events.borrow().len()
    }

    /// The events since [`Ledger::start_step`], oldest first.
    pub fn events(&self) -> Vec<Event> {
        self.events.borrow().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn live_and_peak_follow_the_buffers() {
        let ledger = Ledger::new();
        ledger.start_step();
        let a = ledger.allocate(48).unwrap();
        let b = ledger.allocate(8).unwrap();
        drop(a);
        assert_eq!((ledger.live(), ledger.peak(), ledger.allocated(), ledger.freed()), (8, 56, 56, 48));
        ledger.start_step();
        drop(b);
        assert_eq!((ledger.live(), ledger.peak(), ledger.freed()), (0, 8, 8));
        assert_eq!(ledger.events(), [Event { kind: EventKind::Freed, buffer: 2, bytes: 8, cause: "" }]);
    }

    #[test]
    fn the_limit_refuses_and_the_session_goes_on() {
        let ledger = Ledger::new();
        ledger.set_limit(Some(100));
        let _a = ledger.allocate(60).unwrap();
        assert_eq!(ledger.allocate(60).err(), Some(OutOfMemory { bytes: 60 }));
        assert!(ledger.allocate(40).is_ok());
    }

    #[test]
    fn a_plan_allocates_sizes_only() {
        let ledger = Ledger::new();
        ledger.set_planning(true);
        let huge = ledger.allocate(1 << 60).unwrap();
        assert_eq!((huge.len(), huge.cells().len(), ledger.live()), (1 << 60, 0, 1 << 60));
        assert!(huge.run::<u8>(0, 1, 1).is_err());
    }
}
