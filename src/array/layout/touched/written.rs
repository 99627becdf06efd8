//! The written bytes, made ready for questions about many views.

use super::super::Layout;
use super::super::footprint::{Footprint, Repeat, span};
use super::super::overlap::{Overlap, solve_may_share_memory};
use super::super::region::Region;
use super::{MANY, Touched, boxes, elements, strides};

/// Views up to this many elements are gone through one by one.
const SMALL: usize = 4096;
/// The most runs of bytes that are listed.
const LISTED: usize = 1 << 16;
/// How many candidates the exact search for a shared byte may try.
const WORK: i64 = 10_000;

/// The written bytes of one buffer.
pub struct Written {
    pieces: Vec<(Layout, Footprint)>,
    /// Runs of bytes (first, one past the last), sorted and apart; `None` where they are too many, or where a single
    /// nested footprint answers by arithmetic.
    runs: Option<Vec<(i64, i64)>>,
    cover: Option<Box<Written>>,
}

impl Written {
    /// The bytes of a region.
    pub fn new(region: &Region) -> Written {
        let ready = |layout: &Layout| Some((layout.clone(), Footprint::of(layout)?));
        let pieces: Vec<(Layout, Footprint)> = region.pieces.iter().filter_map(ready).collect();
        let runs = match pieces.as_slice() {
            [(_, only)] if only.is_nested() => None,
            several => runs_of(several.iter().map(|(_, footprint)| footprint)),
        };
        let cover = region.cover.as_ref().map(|cover| Box::new(Written::new(&Region::whole(cover.clone()))));
        Written { pieces, runs, cover }
    }

    /// Whether [`Written::reaches`] can tell.
    pub(super) fn is_searchable(&self) -> bool {
        self.runs.is_some() || matches!(self.pieces.as_slice(), [(_, only)] if only.is_nested())
    }

    /// Whether `length` bytes from `at` on have a written one among them.
    pub(super) fn reaches(&self, at: i64, length: i64) -> bool {
        match &self.runs {
            Some(runs) => {
                let next = runs.partition_point(|&(start, _)| start < at + length);
                next > 0 && runs[next - 1].1 > at
            }
            None => {
                self.pieces.iter().any(|(_, written)| reaches(&written.repeats, written.start, written.run, at, length))
            }
        }
    }

    /// Whether a view sees written bytes; `None` where it is not known. Takes what it costs from `work`.
    pub fn touches(&self, view: &Layout, work: &mut usize) -> Option<bool> {
        let known = self.pieces_touch(view, work)?;
        match &self.cover {
            Some(cover) if !known => cover.touches(view, work).filter(|covered| !covered),
            _ => Some(known),
        }
    }

    fn pieces_touch(&self, view: &Layout, work: &mut usize) -> Option<bool> {
        let Some(seen) = Footprint::of(view) else { return Some(false) };
        let (low, high) = (seen.start, seen.start + seen.span());
        let near: Vec<&(Layout, Footprint)> =
            (self.pieces.iter()).filter(|(_, f)| f.start < high && f.start + f.span() > low).collect();
        *work = work.checked_sub(self.pieces.len())?;
        if let (Some(runs), true) = (&self.runs, seen.is_nested() && !near.is_empty()) {
            let first = runs.partition_point(|&(_, end)| end <= low);
            let last = runs.partition_point(|&(start, _)| start < high);
            for &(start, end) in runs.get(first..last).unwrap_or(&[]) {
                *work = work.checked_sub(1)?;
                if reaches(&seen.repeats, seen.start, seen.run, start, end - start) {
                    return Some(true);
                }
            }
        } else {
            for (piece, _) in near {
                *work = work.checked_sub(4)?;
                match solve_may_share_memory(view, piece, WORK) {
                    Ok(Overlap::No) => {}
                    Ok(Overlap::Yes) => return Some(true),
                    _ => return None,
                }
            }
        }
        Some(false)
    }

    /// Which elements of a view lie on written bytes.
    pub fn cells(&self, view: &Layout) -> Touched {
        if let Some(cover) = &self.cover {
            let within = match cover.cells(view) {
                Touched::None => return Touched::None,
                Touched::All => boxes::whole(&view.shape),
                Touched::Boxes(found) => boxes::cover(&found).unwrap_or_else(|| boxes::whole(&view.shape)),
                Touched::Many { within, .. } | Touched::Some { within, .. } => within,
            };
            return Touched::Some { within, sure: self.pieces_touch(view, &mut { usize::MAX }) == Some(true) };
        }
        let Some((low, high)) = view.byte_range() else { return Touched::some(&view.shape) };
        let (low, high) = (low as i64, high as i64);
        let near = (self.pieces.iter()).filter(|(_, f)| low < high && f.start < high && f.start + f.span() > low);
        let near: Vec<&(Layout, Footprint)> = near.collect();
        if near.is_empty() {
            return Touched::None;
        }
        if view.size() <= SMALL
            && let Some(touched) = elements::touched(view, self)
        {
            return touched;
        }
        let mut found = Vec::new();
        for (_, footprint) in &near {
            match strides::touched(view, footprint) {
                Some(boxes) => found.extend(boxes),
                None => return self.unlisted(view, &near),
            }
        }
        Touched::of_boxes(found, &view.shape)
    }

    /// What there is to say where the boxes are too many to be found: whether there are any, and where they can be.
    fn unlisted(&self, view: &Layout, near: &[&(Layout, Footprint)]) -> Touched {
        let shares = |piece: &Layout| solve_may_share_memory(view, piece, WORK);
        let found: Vec<_> = near.iter().take(MANY).map(|(piece, _)| shares(piece)).collect();
        let sure = found.iter().any(|shares| matches!(shares, Ok(Overlap::Yes)));
        if found.len() == near.len() && found.iter().all(|shares| matches!(shares, Ok(Overlap::No))) {
            return Touched::None;
        }
        let low = near.iter().map(|(_, f)| f.start).min().unwrap_or(0);
        let high = near.iter().map(|(_, f)| f.start + f.span()).max().unwrap_or(0);
        match strides::within(view, low, high) {
            Some(within) => Touched::Some { within, sure },
            None => Touched::None,
        }
    }
}

/// Every run of bytes of these footprints, sorted and joined; `None` for very many.
fn runs_of<'a>(footprints: impl Iterator<Item = &'a Footprint>) -> Option<Vec<(i64, i64)>> {
    let mut all: Vec<(i64, i64)> = Vec::new();
    for footprint in footprints {
        let mut starts = vec![footprint.start];
        for repeat in &footprint.repeats {
            if (starts.len() as i64).saturating_mul(repeat.count) > LISTED as i64 {
                return None;
            }
            starts = starts.iter().flat_map(|&at| (0..repeat.count).map(move |n| at + n * repeat.stride)).collect();
        }
        all.extend(starts.into_iter().map(|start| (start, start + footprint.run)));
        if all.len() > LISTED {
            return None;
        }
    }
    all.sort_unstable();
    all.dedup_by(|next, kept| {
        let joins = next.0 <= kept.1;
        if joins {
            kept.1 = kept.1.max(next.1);
        }
        joins
    });
    Some(all)
}

/// Whether the nested blocks reach into `length` bytes from `at`.
pub(super) fn reaches(repeats: &[Repeat], start: i64, run: i64, at: i64, length: i64) -> bool {
    let [outer, inner @ ..] = repeats else { return start < at + length && at < start + run };
    let block = span(inner, run);
    let first = ((at - start - block).div_euclid(outer.stride) + 1).max(0);
    let last = (at + length - 1 - start).div_euclid(outer.stride).min(outer.count - 1);
    (first..=last).any(|n| {
        let block_start = start + n * outer.stride;
        let inside = at <= block_start && block_start + block <= at + length;
        inside || reaches(inner, block_start, run, at, length)
    })
}
