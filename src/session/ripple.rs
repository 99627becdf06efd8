//! Who else sees a write: the names whose visible cells a statement changed.

use super::reach::{self, Reached};
use crate::array::layout::{Layout, Region, Written};
use crate::array::{ArrayRef, DType, Write};
use crate::eval::Workspace;
use crate::memory::{BufferId, MappedFile};
use crate::syntax::ast::{Expr, ExprKind, Stmt, StmtKind};
use smallvec::SmallVec;
use std::rc::Rc;

/// The name of the last value.
const LAST: &str = "_";
/// Names whose cells are worked out; of the others it is only asked whether they see the write.
const LISTED: usize = 16;
/// As many where there are so many that even that would take long.
const CROWDED: usize = 1000;
const LISTED_OF_A_CROWD: usize = 6;
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
    /// How many values went there, where some went to the same place.
    pub repeated: Option<usize>,
    /// The cells in terms of the name that was written through, where the statement's text does not say which they are
    /// (a mask, integer arrays, a view in between): `a[0] and a[11]`.
    pub at: Option<String>,
    /// The file that the buffer is a part of.
    pub file: Option<MappedFile>,
    /// The dtypes of the values and of the cells, where the cast may change values.
    pub cast: Option<(DType, DType)>,
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
    let (buffers, addresses): (Vec<_>, Vec<_>) = groups.iter().map(|group| (group.buffer, group.bytes_at)).unzip();
    let names = workspace.users(&buffers, &addresses);
    let found: Vec<(usize, Reached)> = reach::arrays(names, |array| group_of(array).is_some())
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

    /// How many values were written, where that is more than there are cells.
    fn repeated(&self) -> Option<usize> {
        let is_repeated = self.writes.iter().any(|write| write.repeated > 0);
        is_repeated.then(|| self.writes.iter().fold(0, |n: usize, write| n.saturating_add(write.cells)))
    }

    /// The first cast that may change values.
    fn cast(&self) -> Option<(DType, DType)> {
        self.writes.iter().find_map(|write| write.cast.clone())
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
            let line =
                Layout::contiguous(crate::array::Type::UInt8.into(), &[(high - low) as usize], crate::array::Order::C);
            Layout { offset: low as usize, ..line }
        });
        let pieces = self.writes.iter().flat_map(|write| &write.region.pieces).take(PIECES).cloned().collect();
        Region { pieces, cover }
    }

    /// The way to the array that was written through, and how far that is from the array that was written: 0 for itself,
    /// 1 for a view of it. Of several ways that which the statement takes; where the views between are gone, any that
    /// the statement names.
    fn through(&self, statement: &Stmt, hidden: Option<&str>) -> Option<(&Reached, usize)> {
        let named: Vec<&str> = statement.exprs().into_iter().flat_map(Expr::names).map(|name| &**name).collect();
        let place = |reached: &Reached| named.iter().position(|name| *name == &*reached.name);
        let ways = || self.reached.iter().filter(|reached| reached.is_value && hidden != Some(&*reached.name));
        let lineage = self.writes.first()?.through.iter().enumerate();
        lineage
            .filter_map(|(far, id)| {
                let found = ways().filter(|reached| reached.array.id() == *id);
                Some((found.min_by_key(|reached| place(reached).unwrap_or(usize::MAX))?, far))
            })
            .next()
            .or_else(|| {
                let found = ways().filter_map(|reached| Some((place(reached)?, reached)));
                Some((found.min_by_key(|(place, _)| *place)?.1, usize::MAX))
            })
    }

    /// Whether the statement's text says which cells of `way` it writes.
    fn is_plain(&self, (statement, text): (&Stmt, &str), way: &Reached, far: usize) -> bool {
        fn names(target: &Expr, text: &str, path: &str) -> bool {
            match &target.kind {
                ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().all(|item| names(item, text, path)),
                ExprKind::Subscript(of, _) => of.span.of(text) == path || target.span.of(text) == path,
                _ => true,
            }
        }
        let is_plain = match &statement.kind {
            StmtKind::Assign(targets, _) => targets.iter().all(|target| names(target, text, &way.path)),
            StmtKind::AugAssign(target, ..) => names(target, text, &way.path),
            _ => far == 0,
        };
        is_plain && !self.writes.iter().any(|write| write.is_chosen)
    }

    /// Who sees the write, without the names in `hidden`. Also gives those arrays with a name of their own that were
    /// looked at closely.
    pub fn ripple(&self, ran: (&Stmt, &str), hidden: Option<&str>) -> (Ripple, Vec<(String, ArrayRef)>) {
        let written = Written::new(&self.region());
        let through = self.through(ran.0, hidden);
        let mut ripple = Ripple {
            buffer: self.buffer,
            bytes: self.bytes(),
            repeated: self.repeated(),
            at: None,
            file: self.reached.iter().find_map(|reached| reached.array.buffer_ref().mapped_file().cloned()),
            cast: self.cast(),
            names: Vec::new(),
            more: 0,
            perhaps: 0,
        };
        let mut arrays = Vec::new();
        let mut keep = |reached: &Reached| {
            if reached.path == *reached.name {
                arrays.push((reached.path.clone(), ArrayRef::clone(&reached.array)));
            }
        };
        if let Some((reached, far)) = through {
            keep(reached);
            if !self.is_plain(ran, reached, far) {
                let layout = reached.array.layout();
                ripple.at = written.cells(&layout).text(&reached.path, &layout.shape);
            }
        }
        let mut work = WORK;
        let listed = if self.reached.len() > CROWDED { LISTED_OF_A_CROWD } else { LISTED };
        // the last value, where it is the very array that was written, is told by its other name
        let is_told = |reached: &Reached| {
            through.is_some_and(|(way, _)| {
                way.path == reached.path || (&*reached.name == LAST && Rc::ptr_eq(&reached.array, &way.array))
            })
        };
        let others = self.reached.iter();
        let others = others.filter(|reached| reached.is_value && hidden != Some(&*reached.name) && !is_told(reached));
        for reached in others {
            let layout = reached.array.layout();
            let touches = written.touches(&layout, &mut work);
            match touches {
                Some(false) => {}
                _ if ripple.names.len() < listed => {
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
