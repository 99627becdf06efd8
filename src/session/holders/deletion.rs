//! What would deleting free, and what would it take to free more? Nothing is deleted to find out: the references of
//! the graph are counted down as Python counts them.

use super::cut::{FIXED, Network};
use super::{From, HoldAt, Holders, ObjectAt, Step};
use crate::array::ArrayRef;
use crate::memory::BufferId;
use crate::value::{Value, Way};
use rustc_hash::{FxHashMap, FxHashSet};

/// What deleting some names and items would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deletion {
    /// What is deleted, in an order in which that works.
    pub targets: Vec<String>,
    /// The buffers that would go, and their bytes.
    pub freed: Vec<(BufferId, usize)>,
    /// The buffers that would stay although a deleted name or item holds them.
    pub kept: Vec<Kept>,
}

/// A buffer that stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub buffer: BufferId,
    /// Its bytes.
    pub bytes: usize,
    /// What would still hold it; nothing where only a container that holds itself does.
    pub pins: Vec<Pin>,
    /// What would free it: the fewest deletions; copies of what is small, and deletions of the rest.
    pub ways: Vec<WayOut>,
}

/// A reference that keeps a buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// How one writes it.
    pub path: String,
    /// The class of the object that holds the array, where it is no container.
    pub through: Option<&'static str>,
    /// `nbytes` of the array there: what a copy of it would take.
    pub needs: usize,
    /// Whether that is less than the buffer has.
    pub is_part: bool,
}

/// Statements that would free a buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayOut {
    /// Assignments of copies: `s = s.copy()`. They come first.
    pub copies: Vec<String>,
    /// What is then deleted, in an order in which that works.
    pub deletions: Vec<String>,
    /// The bytes of all buffers that go.
    pub frees: usize,
    /// The bytes of the copies.
    pub takes: usize,
}

/// What went when some references were cut.
struct Gone {
    objects: Vec<bool>,
    holds: Vec<bool>,
}

impl Holders {
    /// The reference that `name` is; `None` where the name holds no array and no container.
    pub fn hold_of_name(&self, name: &str) -> Option<HoldAt> {
        let is_it = |hold: &super::Hold| matches!(hold.from, From::Name(at) if &*self.names[at] == name);
        // the names' holds come first
        self.holds.iter().take(self.names.len()).position(is_it)
    }

    /// The reference from a list, a tuple or a dict to the item that this index or key selects; `None` where the item holds no
    /// array and no container.
    pub fn hold_of_item(&self, container: &Value, index: &Value) -> Option<HoldAt> {
        let object = self.object_of(container)?;
        let length = match container {
            Value::List(list) => Some(list.items().len()),
            Value::Tuple(items) => Some(items.len()),
            _ => None,
        };
        let place = match length {
            Some(length) => {
                let index = crate::value::as_index(index).ok()?;
                Some(if index < 0 { length.checked_add_signed(index)? } else { index as usize })
            }
            None => None,
        };
        let is_it = |hold: &&HoldAt| match &self.holds[**hold].step {
            Step::Way(Way::Index(at)) => Some(*at) == place,
            Step::Way(Way::Key(key)) => key.is(index) || crate::value::equal(key, index).unwrap_or(false),
            _ => false,
        };
        self.objects[object].out.iter().find(is_it).copied()
    }

    /// What deleting these names and items would do. All are meant as they stand now.
    pub fn deletion(&self, targets: &[HoldAt]) -> Deletion {
        let gone = self.without(targets);
        let mut kept: Vec<Kept> =
            self.below(targets).into_iter().filter_map(|id| self.kept(id, targets, &gone)).collect();
        kept.sort_by_key(|kept| (std::cmp::Reverse(kept.bytes), kept.buffer));
        Deletion { targets: self.in_order(targets.to_vec()), freed: self.freed(&gone), kept }
    }

    /// Counts references down, as Python does, from where these are cut.
    fn without(&self, cut: &[HoldAt]) -> Gone {
        let mut counts: Vec<usize> = self.objects.iter().map(|object| object.into.len()).collect();
        let mut gone = Gone { objects: vec![false; self.objects.len()], holds: vec![false; self.holds.len()] };
        let mut pending: Vec<HoldAt> = cut.to_vec();
        while let Some(hold) = pending.pop() {
            if std::mem::replace(&mut gone.holds[hold], true) {
                continue;
            }
            let to = self.holds[hold].to;
            counts[to] = counts[to].saturating_sub(1);
            if counts[to] == 0 {
                gone.objects[to] = true;
                pending.extend(&self.objects[to].out);
            }
        }
        gone
    }

    /// The buffers of which no array is left, and their bytes; in the order of their numbers.
    fn freed(&self, gone: &Gone) -> Vec<(BufferId, usize)> {
        let went = self.by_buffer.iter().filter(|(_, arrays)| arrays.iter().all(|array| gone.objects[*array]));
        let mut freed: Vec<(BufferId, usize)> = went.map(|(id, _)| (*id, self.counted_bytes(*id))).collect();
        freed.sort_unstable();
        freed
    }

    /// The bytes that go when buffer `id` does: none where they are another object's.
    fn counted_bytes(&self, id: BufferId) -> usize {
        self.array_over(id).map_or(0, |array| {
            let buffer = array.buffer();
            if buffer.is_counted() { buffer.len() } else { 0 }
        })
    }

    fn array_over(&self, id: BufferId) -> Option<&ArrayRef> {
        self.objects[*self.by_buffer.get(&id)?.first()?].array()
    }

    /// The buffers of all arrays that these references lead to.
    fn below(&self, holds: &[HoldAt]) -> Vec<BufferId> {
        let mut seen = FxHashSet::default();
        let mut buffers = FxHashSet::default();
        let mut pending: Vec<ObjectAt> = holds.iter().map(|hold| self.holds[*hold].to).collect();
        while let Some(object) = pending.pop() {
            if seen.insert(object) {
                let object = &self.objects[object];
                buffers.extend(object.array().map(|array| array.buffer_ref().id()));
                pending.extend(object.out.iter().map(|hold| self.holds[*hold].to));
            }
        }
        buffers.into_iter().collect()
    }

    /// What keeps buffer `id` when these targets are gone; `None` where nothing does.
    fn kept(&self, id: BufferId, targets: &[HoldAt], gone: &Gone) -> Option<Kept> {
        let arrays: Vec<ObjectAt> = self.by_buffer.get(&id)?.iter().copied().filter(|at| !gone.objects[*at]).collect();
        let bytes = self.objects[*arrays.first()?].array()?.buffer_ref().len();
        let mut seen = FxHashSet::default();
        let pins = self.holds_of(id).into_iter().filter(|hold| !gone.holds[*hold]).filter_map(|hold| {
            let path = self.path(hold)?;
            let needs = self.objects[self.holds[hold].to].array()?.layout().nbytes();
            let is_new = seen.insert(path.text.clone());
            is_new.then_some(Pin { path: path.text, through: path.through, needs, is_part: needs < bytes })
        });
        let mut pins: Vec<Pin> = pins.collect();
        if pins.is_empty() {
            pins.extend(self.views_elsewhere(&arrays, gone));
        }
        let ways = [self.fewest(id, &arrays, targets, gone), self.copies(id, &arrays, targets, gone)];
        Some(Kept { buffer: id, bytes, pins, ways: ways.into_iter().flatten().collect() })
    }

    /// The arrays over other buffers that have one of these as their base: views whose owner was resized.
    fn views_elsewhere(&self, arrays: &[ObjectAt], gone: &Gone) -> Vec<Pin> {
        let into = arrays.iter().flat_map(|at| self.objects[*at].into.iter());
        let views = into.filter_map(|hold| match (&self.holds[*hold].step, self.holds[*hold].from) {
            (Step::Base, From::Object(view)) if !gone.objects[view] => Some(view),
            _ => None,
        });
        let pin = |view: ObjectAt| {
            let path = self.path(*self.objects[view].into.first()?)?;
            Some(Pin { path: path.text, through: Some("view of its owner"), needs: 0, is_part: true })
        };
        views.filter_map(pin).collect()
    }

    /// The fewest deletions that free buffer `id`.
    fn fewest(&self, id: BufferId, arrays: &[ObjectAt], targets: &[HoldAt], gone: &Gone) -> Option<WayOut> {
        let all = |cut: Vec<HoldAt>| targets.iter().copied().chain(cut).collect::<Vec<_>>();
        let cut = all(self.fewest_holds(arrays, gone));
        self.way_out(id, cut, &[]).or_else(|| {
            // a container that holds itself stays, so its items must go
            let into = arrays.iter().flat_map(|array| self.objects[*array].into.iter().copied());
            self.way_out(id, all(into.filter(|hold| self.is_deletable(*hold)).collect()), &[])
        })
    }

    /// Copies of the arrays that show a small part of buffer `id`, and deletions of the others.
    fn copies(&self, id: BufferId, arrays: &[ObjectAt], targets: &[HoldAt], gone: &Gone) -> Option<WayOut> {
        let holds = |at: &ObjectAt| {
            let into = self.objects[*at].into.iter().copied();
            into.filter(|hold| !gone.holds[*hold] && !matches!(self.holds[*hold].step, Step::Base))
        };
        let is_small = |at: &ObjectAt| {
            let array = self.objects[*at].array();
            array.is_some_and(|array| array.layout().nbytes() <= array.buffer_ref().len() / 2)
        };
        let (copied, others): (Vec<ObjectAt>, Vec<ObjectAt>) = (arrays.iter().copied())
            .filter(|at| holds(at).next().is_some())
            .partition(|at| is_small(at) && holds(at).all(|hold| self.is_deletable(hold)));
        let replaced = copied.iter().flat_map(&holds).chain(targets.iter().copied()).collect::<Vec<_>>();
        let fewest = self.fewest_holds(&others, &self.without(&replaced));
        let deleted: Vec<HoldAt> = targets.iter().copied().chain(fewest).collect();
        // what goes with the others needs no copy
        let gone = self.without(&deleted);
        let left = |at: ObjectAt| holds(&at).filter(|hold| !gone.holds[*hold]).collect::<Vec<_>>();
        let copied: Vec<_> =
            copied.into_iter().map(|at| (at, left(at))).filter(|(_, holds)| !holds.is_empty()).collect();
        if copied.is_empty() {
            return None;
        }
        self.way_out(id, deleted, &copied).filter(|way| way.takes < way.frees)
    }

    /// What these deletions and copies come to; `None` where buffer `id` stays all the same.
    fn way_out(&self, id: BufferId, deleted: Vec<HoldAt>, copied: &[(ObjectAt, Vec<HoldAt>)]) -> Option<WayOut> {
        let replaced = copied.iter().flat_map(|(_, holds)| holds.iter().copied());
        let freed = self.freed(&self.without(&deleted.iter().copied().chain(replaced).collect::<Vec<_>>()));
        if !freed.iter().any(|(buffer, _)| *buffer == id) {
            return None;
        }
        let statement = |(_, holds): &(ObjectAt, Vec<HoldAt>)| {
            let names: Vec<String> = holds.iter().filter_map(|hold| self.path(*hold)).map(|path| path.text).collect();
            Some(format!("{} = {}.copy()", names.join(" = "), names.first()?))
        };
        let bytes = |at: ObjectAt| self.objects[at].array().map_or(0, |array| array.layout().nbytes());
        Some(WayOut {
            copies: copied.iter().filter_map(statement).collect(),
            deletions: self.in_order(deleted),
            frees: freed.iter().map(|(_, bytes)| bytes).sum(),
            takes: copied.iter().map(|(at, _)| bytes(*at)).sum(),
        })
    }

    /// The fewest deletable references that, cut as well, let no name lead to any of these arrays.
    fn fewest_holds(&self, arrays: &[ObjectAt], gone: &Gone) -> Vec<HoldAt> {
        const SOURCE: usize = 0;
        const SINK: usize = 1;
        let mut nodes: FxHashMap<ObjectAt, usize> = FxHashMap::default();
        let mut pending: Vec<ObjectAt> = arrays.to_vec();
        for array in arrays {
            nodes.insert(*array, nodes.len() + 2);
        }
        let mut edges: Vec<(usize, usize, HoldAt)> = Vec::new();
        while let Some(at) = pending.pop() {
            let to = nodes[&at];
            for &hold in self.objects[at].into.iter().filter(|hold| !gone.holds[**hold]) {
                let from = match self.holds[hold].from {
                    From::Name(_) => SOURCE,
                    From::Object(from) => {
                        let next = nodes.len() + 2;
                        *nodes.entry(from).or_insert_with(|| {
                            pending.push(from);
                            next
                        })
                    }
                };
                edges.push((from, to, hold));
            }
        }
        let mut network = Network::new(nodes.len() + 2);
        let mut numbers: FxHashMap<usize, HoldAt> = FxHashMap::default();
        for (from, to, hold) in edges {
            let capacity = if self.is_deletable(hold) { 1 } else { FIXED };
            numbers.insert(network.add(from, to, capacity), hold);
        }
        for array in arrays {
            network.add(nodes[array], SINK, FIXED);
        }
        network.cut(SOURCE, SINK).into_iter().filter_map(|edge| numbers.get(&edge).copied()).collect()
    }

    /// Whether `del` takes this reference away: of a name, of an item of a list or a dict.
    fn is_deletable(&self, hold: HoldAt) -> bool {
        let hold = &self.holds[hold];
        match (&hold.step, hold.from) {
            (Step::Bound, _) => true,
            (Step::Way(Way::Index(_) | Way::Key(_)), From::Object(from)) => {
                let from = &self.objects[from];
                from.is_written && matches!(from.value, Value::List(_) | Value::Dict(_))
            }
            _ => false,
        }
    }

    /// These references as `del` takes them: items before the names that lead to them, of a list the last item first.
    fn in_order(&self, holds: Vec<HoldAt>) -> Vec<String> {
        let place = |hold: &HoldAt| {
            let index = match self.holds[*hold].step {
                Step::Way(Way::Index(index)) => index,
                _ => 0,
            };
            let depth = match self.holds[*hold].from {
                From::Name(_) => 0,
                From::Object(from) => self.objects[from].depth,
            };
            // names in the order in which they were bound
            (std::cmp::Reverse(depth), std::cmp::Reverse(index), *hold)
        };
        let mut seen = FxHashSet::default();
        let mut holds: Vec<HoldAt> = holds.into_iter().filter(|hold| seen.insert(*hold)).collect();
        holds.sort_by_cached_key(place);
        holds.into_iter().filter_map(|hold| self.path(hold)).map(|path| path.text).collect()
    }
}
