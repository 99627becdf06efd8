//! Who else sees a write: the names whose visible cells a statement changed.

use super::reach::{self, Reached};
use crate::array::layout::{Layout, Region, Written};
use crate::array::{ArrayRef, Write};
use crate::eval::Workspace;
use crate::memory::BufferId;
use crate::syntax::ast::Stmt;
use smallvec::SmallVec;

/// Names whose cells are worked out; of the others it is only asked whether they see the write.
const LISTED: usize = 16;
/// How much is spent on those others.
const WORK: usize = 400_000;
/// Pieces of a written region that are kept.
const PIECES: usize = 2048;

/// One buffer that was written, and the names that see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ripple {
    /// The buffer.
    pub buffer: BufferId,
    /// The bytes that were written.
    pub bytes: usize,
    /// The cells in terms of the name that was written through, where the statement's text does not say which they are
    /// (a mask, integer arrays): `a[0] and a[11]`.
    pub at: Option<String>,
    /// Each other name that sees written cells, and which: `a` and `a[0:3]`, `all of a`, `12 cells of a[3:960]`.
    pub names: Vec<(String, String)>,
    /// How many more names see written cells.
    pub more: usize,
    /// Of how many more names it is not known.
    pub perhaps: usize,
}

/// All writes of a statement to the same bytes.
pub(super) struct Group<'a> {
    /// The buffer that was written first.
    pub buffer: BufferId,
    bytes_at: usize,
    /// The writes.
    pub writes: SmallVec<[&'a Write; 1]>,
    /// The arrays over these bytes that the workspace leads to.
    pub reached: Vec<Reached>,
}

/// The writes of a statement by the bytes they went to, with the arrays that see those bytes.
pub(super) fn groups<'a>(writes: &'a [Write], workspace: &Workspace) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for write in writes.iter().filter(|write| write.cells > 0) {
        let same = |group: &&mut Group<'_>| is_same(group, write.buffer, write.bytes_at);
        match groups.iter_mut().find(same) {
            Some(group) => {
                if !group.writes.iter().any(|known| known.region == write.region) {
                    group.writes.push(write);
                }
            }
            None => groups.push(Group {
                buffer: write.buffer,
                bytes_at: write.bytes_at,
                writes: smallvec::smallvec![write],
                reached: Vec::new(),
            }),
        }
    }
    if groups.is_empty() {
        return groups;
    }
    let group_of = |array: &ArrayRef| {
        let buffer = array.buffer_ref();
        groups.iter().position(|group| is_same(group, buffer.id(), buffer.address()))
    };
    let found: Vec<(usize, Reached)> = reach::arrays(workspace, |array| group_of(array).is_some())
        .into_iter()
        .filter_map(|reached| Some((group_of(&reached.array)?, reached)))
        .collect();
    for (group, reached) in found {
        groups[group].reached.push(reached);
    }
    groups
}

/// Buffers are the same where they have one number, or borrow the same bytes.
fn is_same(group: &Group<'_>, buffer: BufferId, bytes_at: usize) -> bool {
    group.buffer == buffer || (bytes_at != 0 && group.bytes_at == bytes_at)
}

impl Group<'_> {
    /// The bytes that were written.
    pub fn bytes(&self) -> usize {
        self.writes.iter().fold(0, |n, write| n.saturating_add(write.bytes()))
    }

    /// All that was written.
    fn region(&self) -> Region {
        if let [only] = self.writes.as_slice() {
            return only.region.clone();
        }
        let all = self.writes.iter().flat_map(|write| write.region.pieces.iter().chain(&write.region.cover));
        let bounds = all.clone().filter_map(Layout::byte_range);
        let is_exact = all.clone().count() <= PIECES && self.writes.iter().all(|write| write.region.cover.is_none());
        let cover = bounds.reduce(|(low, high), (first, last)| (low.min(first), high.max(last))).filter(|_| !is_exact);
        let cover = cover.map(|(low, high)| {
            let line = Layout::contiguous(crate::array::Type::UInt8.into(), &[(high - low) as usize], crate::array::Order::C);
            Layout { offset: low as usize, ..line }
        });
        let pieces = self.writes.iter().flat_map(|write| &write.region.pieces).take(PIECES).cloned().collect();
        Region { pieces, cover }
    }

    /// The way to the array that was written through, among those that lead to it: that which the statement takes.
    pub fn through(&self, statement: &Stmt) -> Option<&Reached> {
        let named: Vec<&str> = statement.exprs().into_iter().flat_map(|expr| expr.names()).collect();
        let lineage = self.writes.first()?.through.iter();
        let mut ways = lineage.map(|id| self.reached.iter().filter(move |reached| reached.is_value && reached.array.id() == *id));
        let ways: Vec<&Reached> = ways.find_map(|found| {
            let found: Vec<&Reached> = found.collect();
            (!found.is_empty()).then_some(found)
        })?;
        let place = |way: &&&Reached| named.iter().position(|name| *name == &*way.name).unwrap_or(usize::MAX);
        ways.iter().min_by_key(place).copied()
    }

    /// Who sees the write, without the names in `hidden`. Also gives those arrays with a name of their own that were
    /// looked at closely.
    pub fn ripple(&self, statement: &Stmt, hidden: Option<&str>) -> (Ripple, Vec<(String, ArrayRef)>) {
        let written = Written::new(&self.region());
        let through = self.through(statement);
        let mut ripple =
            Ripple { buffer: self.buffer, bytes: self.bytes(), at: None, names: Vec::new(), more: 0, perhaps: 0 };
        let mut arrays = Vec::new();
        let mut keep = |reached: &Reached| {
            if reached.path == *reached.name {
                arrays.push((reached.path.clone(), ArrayRef::clone(&reached.array)));
            }
        };
        if let Some(reached) = through {
            keep(reached);
            if self.writes.iter().any(|write| write.is_chosen) {
                let layout = reached.array.layout();
                ripple.at = written.cells(&layout).text(&reached.path, &layout.shape);
            }
        }
        let mut work = WORK;
        let others = self.reached.iter().filter(|reached| {
            reached.is_value && hidden != Some(&*reached.name) && !through.is_some_and(|way| way.path == reached.path)
        });
        for reached in others {
            let layout = reached.array.layout();
            let touches = written.touches(&layout, &mut work);
            match touches {
                Some(false) => {}
                _ if ripple.names.len() < LISTED => {
                    if let Some(cells) = written.cells(&layout).text(&reached.path, &layout.shape) {
                        keep(reached);
                        ripple.names.push((reached.path.clone(), cells));
                    }
                }
                Some(true) => ripple.more += 1,
                None => ripple.perhaps += 1,
            }
        }
        (ripple, arrays)
    }
}
