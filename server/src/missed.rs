//! Searches that found nothing, counted for the editors. Below five nothing is kept but a number under a hash whose key lives
//! and dies with this process; who searched is never known.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

use durvis_search::text;
use sea_orm::{DatabaseConnection, DbErr};

use crate::db::missed_search;

/// How often a text is searched before it is kept: then it is nobody's own.
pub const THRESHOLD: u32 = 5;
/// Most texts that are counted at once; beyond it, counting starts anew.
const MAX_COUNTED: usize = 10_000;
/// What may be a name of a service: longer texts and those with long numbers may be about a person.
const MAX_WORDS: usize = 6;
const MAX_LETTERS: usize = 60;
const MAX_DIGITS: usize = 4;

/// The counts that are below the threshold.
#[derive(Clone, Default)]
pub struct Missed(Arc<Mutex<Counting>>);

#[derive(Default)]
struct Counting {
    key: RandomState,
    counts: HashMap<u64, u32>,
}

impl Missed {
    /// Counts one search; kept in the database from the threshold on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count(&self, db: &DatabaseConnection, lang: &str, text: &str) -> Result<(), DbErr> {
        let Some(text) = presentable(text) else { return Ok(()) };
        if missed_search::increment(db, lang, &text).await? {
            return Ok(());
        }
        if self.reaches_threshold(lang, &text) {
            missed_search::keep(db, lang, &text, THRESHOLD).await?;
        }
        Ok(())
    }

    fn reaches_threshold(&self, lang: &str, text: &str) -> bool {
        let mut counting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let hash = counting.key.hash_one((lang, text));
        if counting.counts.len() == MAX_COUNTED && !counting.counts.contains_key(&hash) {
            counting.counts.clear();
        }
        let count = counting.counts.entry(hash).or_default();
        *count += 1;
        let reached = *count >= THRESHOLD;
        if reached {
            counting.counts.remove(&hash);
        }
        reached
    }
}

/// The words in small letters, unless they may be about a person: an address of e-mail, a long number, a whole story.
fn presentable(typed: &str) -> Option<String> {
    let words: Vec<String> = text::words(typed).map(|range| text::lowercase(&typed[range])).collect();
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    let letters = typed.chars().filter(|letter| letter.is_alphabetic()).count();
    let private = typed.contains('@') || digits > MAX_DIGITS;
    let sayable = (3..=MAX_LETTERS).contains(&letters) && words.len() <= MAX_WORDS;
    (sayable && !private).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_about_a_person_is_not_counted() {
        assert_eq!(presentable("  Kazas PASE! ").as_deref(), Some("kazas pase"));
        for private in ["janis@example.lv", "010190-12345", "ab", "", "zvans 29123456", &"garš ".repeat(7)] {
            assert_eq!(presentable(private), None, "{private}");
        }
    }

    #[test]
    fn the_fifth_search_reaches_the_threshold_and_counts_are_bounded() {
        let missed = Missed::default();
        let reached: Vec<bool> = (0..5).map(|_| missed.reaches_threshold("lv", "kazas pase")).collect();
        assert_eq!(reached, [false, false, false, false, true]);
        for at in 0..=MAX_COUNTED {
            missed.reaches_threshold("lv", &at.to_string());
        }
        assert!(missed.0.lock().unwrap().counts.len() <= MAX_COUNTED);
    }
}
