//! The first few of many, without sorting them all.

use crate::query::sort_keys;

/// Keeps the smallest keys.
pub(crate) struct Top {
    most: usize,
    kept: Vec<(u64, u32)>,
    /// What is not before this is not among the first any more.
    bar: Option<(u64, u32)>,
}

impl Top {
    pub(crate) fn new(most: usize) -> Self {
        Self { most, kept: Vec::new(), bar: None }
    }

    /// Whether nothing with such a key or a later one is among the first.
    #[inline]
    pub(crate) fn excludes(&self, key: u64) -> bool {
        self.bar.is_some_and(|bar| key > bar.0)
    }

    #[inline]
    pub(crate) fn push(&mut self, key: u64, doc: u32) {
        if self.most == 0 || self.bar.is_some_and(|bar| (key, doc) >= bar) {
            return;
        }
        self.kept.push((key, doc));
        // Twice and some, so that sorting is seldom.
        if self.kept.len() / 2 > self.most.saturating_add(32) {
            self.cut();
        }
    }

    /// The first ones, in order.
    pub(crate) fn finish(mut self) -> Vec<(u64, u32)> {
        self.cut();
        self.kept
    }

    fn cut(&mut self) {
        sort_keys(&mut self.kept);
        self.kept.truncate(self.most);
        if self.kept.len() == self.most {
            self.bar = self.kept.last().copied();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_many_are_those_of_all_sorted() {
        let all: Vec<(u64, u32)> =
            (0..5_000).map(|at: u32| (u64::from(at.wrapping_mul(2_654_435_761)) % 97, at)).collect();
        for most in [0, 1, 10, 1_000, 9_000, usize::MAX] {
            let mut top = Top::new(most);
            all.iter().for_each(|(key, doc)| top.push(*key, *doc));
            let first = top.finish();
            let mut sorted = all.clone();
            sort_keys(&mut sorted);
            sorted.truncate(most);
            assert_eq!(first, sorted);
        }
    }
}
