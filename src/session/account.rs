//! The session's account of copies: how many there were, and which of them need not have been.

use super::step::CopyFacts;

/// Copies of array data since the session started.
#[derive(Clone, Debug, Default)]
pub struct CopyAccount {
    /// How many.
    pub count: usize,
    /// The bytes that were allocated for them.
    pub bytes: usize,
    /// How many of them could have been views with the same values, and the bytes of those.
    pub avoidable: (usize, usize),
    /// How many of them could have been views with another order of values, and the bytes of those.
    pub reordered: (usize, usize),
    /// The largest statements among those that made such copies, by their bytes.
    pub statements: Vec<Avoidable>,
}

/// A statement that copied where a view over the same bytes was possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Avoidable {
    /// Its text.
    pub source: String,
    /// How many copies it made in all its runs.
    pub count: usize,
    /// Their bytes.
    pub bytes: usize,
    /// Why it copied.
    pub reason: String,
    /// What to write instead.
    pub cure: String,
}

impl CopyAccount {
    /// So many statements are remembered.
    const MOST: usize = 20;

    /// Enters the copies that the statement `source` made.
    pub fn enter(&mut self, copies: &[CopyFacts], source: &str) {
        for copied in copies {
            self.count += 1;
            self.bytes = self.bytes.saturating_add(copied.bytes);
            if let Some((spelling, gives)) = &copied.cure {
                let sum = if gives.is_same() { &mut self.avoidable } else { &mut self.reordered };
                *sum = (sum.0 + 1, sum.1.saturating_add(copied.bytes));
                self.remember(copied, source, format!("{spelling} {gives}"));
            }
        }
    }

    fn remember(&mut self, copied: &CopyFacts, source: &str, cure: String) {
        match self.statements.iter_mut().find(|known| known.source == source && known.cure == cure) {
            Some(known) => {
                known.count += 1;
                known.bytes = known.bytes.saturating_add(copied.bytes);
            }
            None => self.statements.push(Avoidable {
                source: source.to_string(),
                count: 1,
                bytes: copied.bytes,
                reason: copied.reason.to_string(),
                cure,
            }),
        }
        // the oldest of equals stays first
        self.statements.sort_by_key(|known| std::cmp::Reverse(known.bytes));
        self.statements.truncate(CopyAccount::MOST);
    }
}
