//! A list of records that is cheap to clone: clones share each record until one of them changes it.

use std::sync::Arc;

/// Records in the order of their making.
#[derive(Debug)]
pub(crate) struct Kept<T> {
    rows: Vec<Arc<T>>,
    changes: u64,
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Self {
            rows: self.rows.clone(),
            changes: self.changes,
        }
    }
}

impl<T: serde::Serialize> serde::Serialize for Kept<T> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter())
    }
}

impl<'de, T: serde::Deserialize<'de>> serde::Deserialize<'de> for Kept<T> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let rows = Vec::<T>::deserialize(from)?;
        Ok(Self {
            rows: rows.into_iter().map(Arc::new).collect(),
            changes: 0,
        })
    }
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            changes: 0,
        }
    }
}

impl<T> Kept<T> {
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator + Clone {
        self.rows.iter().map(AsRef::as_ref)
    }

    pub(crate) const fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn get(&self, place: usize) -> Option<&T> {
        self.rows.get(place).map(AsRef::as_ref)
    }

    pub(crate) fn last(&self) -> Option<&T> {
        self.rows.last().map(AsRef::as_ref)
    }

    /// The record with this key, in a list that is sorted by it.
    pub(crate) fn by_key<K: Ord>(&self, key: &K, of: impl Fn(&T) -> K) -> Option<usize> {
        self.rows.binary_search_by(|row| of(row).cmp(key)).ok()
    }

    pub(crate) fn push(&mut self, row: T) {
        self.changes += 1;
        self.rows.push(Arc::new(row));
    }

    /// Takes a record out; false when there is no such place.
    pub(crate) fn remove(&mut self, place: usize) -> bool {
        let is_there = place < self.rows.len();
        if is_there {
            self.changes += 1;
            self.rows.remove(place);
        }
        is_there
    }

    /// How often the list was changed.
    pub(crate) const fn changes(&self) -> u64 {
        self.changes
    }
}

impl<T: Clone> Kept<T> {
    pub(crate) fn get_mut(&mut self, place: usize) -> Option<&mut T> {
        self.changes += 1;
        self.rows.get_mut(place).map(Arc::make_mut)
    }

    /// The first record that this finds.
    pub(crate) fn find_mut(&mut self, is_it: impl Fn(&T) -> bool) -> Option<&mut T> {
        let place = self.rows.iter().position(|row| is_it(row))?;
        self.get_mut(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clone_keeps_what_it_was() {
        let mut kept = Kept::default();
        for number in 0..4_u64 {
            kept.push(number * 10);
        }
        let before = kept.clone();
        *kept.get_mut(1).unwrap() = 11;
        assert!(kept.remove(3) && !kept.remove(3));
        kept.push(50);
        assert_eq!(kept.iter().copied().collect::<Vec<_>>(), [0, 11, 20, 50]);
        assert_eq!(before.iter().copied().collect::<Vec<_>>(), [0, 10, 20, 30]);
        assert_eq!(kept.by_key(&20, |row| *row), Some(2));
        assert!(before.changes() < kept.changes());
    }
}
