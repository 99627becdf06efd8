//! Python's set: a table of keys, whose order is that of CPython's table (`setobject.c`).
//!
//! A set shows its keys in the order of its table, which follows from their hashes and from how the table grew. So the
//! table is CPython's: open addressing with nine neighbours tried before a jump, at most three fifths full.

use super::Value;
use super::compare::equal;
use super::hash::hash;
use crate::error::Result;
use std::cell::RefCell;

/// The smallest table.
const SMALLEST: usize = 8;
/// So many neighbours are tried before a jump.
const NEIGHBOURS: usize = 9;

#[derive(Clone, Default)]
enum Entry {
    /// Never used.
    #[default]
    Empty,
    /// A key was here.
    Dummy,
    /// A key and its hash.
    Key(i64, Value),
}

#[derive(Clone)]
struct Table {
    entries: Vec<Entry>,
    /// Entries that are not empty.
    fill: usize,
    /// Keys.
    used: usize,
    /// Where `pop` goes on.
    finger: usize,
}

impl Default for Table {
    fn default() -> Table {
        Table { entries: vec![Entry::Empty; SMALLEST], fill: 0, used: 0, finger: 0 }
    }
}

/// The places where a key of this hash may stand, in the order in which they are tried.
fn probe(hash: i64, mask: usize) -> impl Iterator<Item = usize> {
    let (mut perturb, mut start, mut step) = (hash as u64 as usize, hash as u64 as usize & mask, 0);
    std::iter::repeat_with(move || {
        let most = if start + NEIGHBOURS <= mask { NEIGHBOURS } else { 0 };
        if step > most {
            perturb >>= 5;
            start = start.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb) & mask;
            step = 0;
        }
        step += 1;
        start + step - 1
    })
}

impl Table {
    fn mask(&self) -> usize {
        self.entries.len() - 1
    }

    /// The place of `key`, or else the empty place where it would go.
    fn find(&self, key: &Value, code: i64) -> Result<(usize, bool)> {
        for place in probe(code, self.mask()) {
            match &self.entries[place] {
                Entry::Empty => return Ok((place, false)),
                Entry::Key(other, found) if *other == code && (found.is(key) || equal(found, key)?) => {
                    return Ok((place, true));
                }
                _ => {}
            }
        }
        Ok((0, false))
    }

    /// Puts in a key that is not there, into a table with room.
    fn insert_clean(&mut self, code: i64, key: Value) {
        let mask = self.mask();
        if let Some(place) = probe(code, mask).find(|&place| matches!(self.entries[place], Entry::Empty)) {
            self.entries[place] = Entry::Key(code, key);
        }
    }

    fn resize(&mut self, at_least: usize) {
        let mut size = SMALLEST;
        while size <= at_least {
            size *= 2;
        }
        let before = std::mem::replace(&mut self.entries, vec![Entry::Empty; size]);
        for entry in before {
            if let Entry::Key(code, key) = entry {
                self.insert_clean(code, key);
            }
        }
        self.fill = self.used;
    }

    fn add(&mut self, key: Value) -> Result<bool> {
        let code = hash(&key)?;
        let (place, found) = self.find(&key, code)?;
        if found {
            return Ok(false);
        }
        self.entries[place] = Entry::Key(code, key);
        self.fill += 1;
        self.used += 1;
        if self.fill * 5 >= self.mask() * 3 {
            self.resize(if self.used > 50_000 { self.used * 2 } else { self.used * 4 });
        }
        Ok(true)
    }

    fn keys(&self) -> impl Iterator<Item = (i64, &Value)> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Key(code, key) => Some((*code, key)),
            _ => None,
        })
    }

    /// Adds all keys of another table (`set_merge`).
    fn merge(&mut self, other: &Table) -> Result<()> {
        if other.used == 0 {
            return Ok(());
        }
        if (self.fill + other.used) * 5 >= self.mask() * 3 {
            self.resize((self.used + other.used) * 2);
        }
        if self.fill == 0 && self.mask() == other.mask() && other.fill == other.used {
            self.entries = other.entries.clone();
            (self.fill, self.used) = (other.fill, other.used);
        } else if self.fill == 0 {
            (self.fill, self.used) = (other.used, other.used);
            for (code, key) in other.keys() {
                self.insert_clean(code, key.clone());
            }
        } else {
            for (_, key) in other.keys() {
                self.add(key.clone())?;
            }
        }
        Ok(())
    }
}

/// A set.
#[derive(Clone, Default)]
pub struct Set(RefCell<Table>);

impl Set {
    /// A set of these keys.
    ///
    /// # Errors
    /// `TypeError` for an unhashable key.
    pub fn new(keys: impl IntoIterator<Item = Value>) -> Result<Set> {
        let set = Set::default();
        for key in keys {
            set.add(key)?;
        }
        Ok(set)
    }

    /// The number of keys.
    pub fn len(&self) -> usize {
        self.0.borrow().used
    }

    /// Whether there are no keys.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether `key` is there.
    ///
    /// # Errors
    /// `TypeError` for an unhashable key.
    pub fn contains(&self, key: &Value) -> Result<bool> {
        let code = hash(key)?;
        Ok(self.0.borrow().find(key, code)?.1)
    }

    /// Puts `key` in; whether it is new.
    ///
    /// # Errors
    /// `TypeError` for an unhashable key.
    pub fn add(&self, key: Value) -> Result<bool> {
        self.0.borrow_mut().add(key)
    }

    /// Puts all keys of `other` in.
    ///
    /// # Errors
    /// Those of comparing keys.
    pub fn merge(&self, other: &Set) -> Result<()> {
        if std::ptr::eq(self, other) {
            return Ok(());
        }
        self.0.borrow_mut().merge(&other.0.borrow())
    }

    /// Takes `key` out; whether it was there.
    ///
    /// # Errors
    /// `TypeError` for an unhashable key.
    pub fn discard(&self, key: &Value) -> Result<bool> {
        let code = hash(key)?;
        let mut table = self.0.borrow_mut();
        let (place, found) = table.find(key, code)?;
        if !found {
            return Ok(false);
        }
        table.used -= 1;
        let before = std::mem::replace(&mut table.entries[place], Entry::Dummy);
        drop(table);
        drop(before);
        Ok(true)
    }

    /// Takes some key out.
    pub fn pop(&self) -> Option<Value> {
        let mut table = self.0.borrow_mut();
        if table.used == 0 {
            return None;
        }
        let mask = table.mask();
        let mut place = table.finger & mask;
        while !matches!(table.entries[place], Entry::Key(..)) {
            place = (place + 1) & mask;
        }
        table.used -= 1;
        table.finger = place + 1;
        match std::mem::replace(&mut table.entries[place], Entry::Dummy) {
            Entry::Key(_, key) => Some(key),
            _ => None,
        }
    }

    /// Takes everything out.
    pub fn clear(&self) {
        let before = self.0.replace(Table::default());
        drop(before);
    }

    /// Takes over the keys of `other`.
    pub fn replace(&self, other: Set) {
        let before = self.0.replace(other.0.into_inner());
        drop(before);
    }

    /// The number of places in the table: what `sys.getsizeof` counts.
    pub fn table_size(&self) -> usize {
        self.0.borrow().entries.len()
    }

    /// The keys, in the order of the table.
    pub fn keys(&self) -> Vec<Value> {
        self.0.borrow().keys().map(|(_, key)| key.clone()).collect()
    }

    /// The hashes of the keys.
    pub fn hashes(&self) -> Vec<i64> {
        self.0.borrow().keys().map(|(code, _)| code).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::repr;

    fn shown(set: &Set) -> String {
        set.keys().iter().map(|key| repr(key, &Default::default())).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn keys_stand_in_cpythons_order() {
        let set = Set::new([10, 5, -1, 300].map(Value::int)).unwrap();
        assert_eq!(shown(&set), "10 300 5 -1");
        let squares = Set::new((0..12).map(|n: i64| Value::int(n * n * 7 - 20))).unwrap();
        // list({n*n*7-20 for n in range(12)})
        assert_eq!(shown(&squares), "827 323 547 8 232 680 43 -20 428 -13 155 92");
        assert!(squares.discard(&Value::int(8)).unwrap());
        assert!(!squares.contains(&Value::int(8)).unwrap());
        assert_eq!(squares.len(), 11);
    }
}
