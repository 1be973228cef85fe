//! How often one address or one person may do a thing: a bucket for each, refilled steadily. Bounded in memory: when too many
//! are known, the fullest, which are the least busy, are forgotten.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Most keys that are known at once.
const MAX_KEYS: usize = 20_000;

/// A limit of its own on a kind of thing.
#[derive(Debug)]
pub struct Limit {
    /// How many at once.
    most: f64,
    /// How many come back a second.
    refill: f64,
    /// What is left, and when that was so, in milliseconds.
    left: Mutex<HashMap<String, (f64, i64)>>,
}

impl Limit {
    /// So many at once, and so many a minute in the long run.
    #[must_use]
    pub fn new(at_once: u32, a_minute: u32) -> Self {
        Self { most: at_once.into(), refill: f64::from(a_minute) / 60.0, left: Mutex::default() }
    }

    /// Takes one; or says after how many seconds one will be there.
    ///
    /// # Errors
    /// The seconds to wait, at least 1.
    pub fn take(&self, key: &str, now_ms: i64) -> Result<(), u32> {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if left.len() >= MAX_KEYS && !left.contains_key(key) {
            let refilled = |(left, at): &(f64, i64)| self.refilled(*left, *at, now_ms);
            left.retain(|_, state| refilled(state) < self.most);
            if left.len() >= MAX_KEYS {
                left.retain(|_, state| refilled(state) < self.most / 2.0);
            }
        }
        let (before, at) = left.get(key).copied().unwrap_or((self.most, now_ms));
        let there = self.refilled(before, at, now_ms);
        if there < 1.0 {
            return Err(((1.0 - there) / self.refill).ceil().max(1.0) as u32);
        }
        left.insert(key.to_owned(), (there - 1.0, now_ms));
        Ok(())
    }

    fn refilled(&self, left: f64, at: i64, now: i64) -> f64 {
        let seconds = (now - at).max(0) as f64 / 1_000.0;
        (left + seconds * self.refill).min(self.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_too_often_is_told_when_to_come_back() {
        let limit = Limit::new(3, 6);
        assert!((0..3).all(|_| limit.take("a", 0).is_ok()));
        assert_eq!(limit.take("a", 0), Err(10));
        assert!(limit.take("b", 0).is_ok(), "another is not held up");
        assert!(limit.take("a", 10_000).is_ok());
        assert_eq!(limit.take("a", 10_000), Err(10));
    }

    #[test]
    fn many_keys_do_not_fill_the_memory() {
        let limit = Limit::new(2, 60);
        for key in 0..MAX_KEYS * 2 {
            let _ = limit.take(&key.to_string(), key as i64 * 10);
        }
        assert!(limit.left.lock().unwrap().len() <= MAX_KEYS);
    }
}
