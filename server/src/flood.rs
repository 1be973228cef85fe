//! A limit on how often something is taken, from all clients together.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Counts what comes within one minute.
#[derive(Debug)]
pub struct Flood {
    most: u64,
    /// The minute and how many came in it, in one number.
    window: AtomicU64,
}

impl Flood {
    /// At most so many a minute (below 65,536).
    #[must_use]
    pub const fn a_minute(most: u64) -> Self {
        Self { most, window: AtomicU64::new(0) }
    }

    /// Whether one more is taken now.
    pub fn admits(&self) -> bool {
        let minute = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 60);
        self.admits_at(minute)
    }

    fn admits_at(&self, minute: u64) -> bool {
        let counted = self.window.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |state| {
            let (at, count) = (state >> 16, state & 0xffff);
            if at != minute & 0xffff_ffff_ffff {
                Some(minute << 16 | 1)
            } else if count < self.most {
                Some(state + 1)
            } else {
                None
            }
        });
        counted.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_too_often_waits_for_the_next_minute() {
        let flood = Flood::a_minute(60);
        assert_eq!((0..100).filter(|_| flood.admits_at(7)).count(), 60);
        assert!(flood.admits_at(8));
    }
}
