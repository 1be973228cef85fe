//! How many slips of the finger lie between two words: optimal string alignment, with a bound.

/// Longest word that is compared, in letters; longer ones are never corrected.
const MAX_LETTERS: usize = 32;

/// How many edits a word of so many letters may have.
#[must_use]
pub(crate) fn allowed(letters: usize) -> usize {
    match letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// A bit for each letter that occurs; a cheap reason to skip a word.
#[must_use]
pub(crate) fn letters_mask(word: &str) -> u32 {
    word.chars().fold(0, |mask, c| mask | 1 << (u32::from(c) & 31))
}

/// Insertions, deletions, substitutions and transpositions from `typed` to `word` (or, with `prefix`, to its nearest
/// beginning); `None` beyond `most`.
#[must_use]
pub(crate) fn edits(typed: &[char], word: &[char], most: usize, prefix: bool) -> Option<usize> {
    if typed.len() > MAX_LETTERS || word.len() > MAX_LETTERS || typed.len() > word.len() + most {
        return None;
    }
    if !prefix && word.len() > typed.len() + most {
        return None;
    }
    let word = &word[..word.len().min(typed.len() + most)];
    let mut rows = [[0_usize; MAX_LETTERS + 1]; 3];
    for (at, cell) in rows[0].iter_mut().enumerate() {
        *cell = at;
    }
    for i in 1..=typed.len() {
        let (this, last, before) = (i % 3, (i + 2) % 3, (i + 1) % 3);
        rows[this][0] = i;
        let mut least = i;
        for j in 1..=word.len() {
            let same = typed[i - 1] == word[j - 1];
            let mut cost = (rows[last][j] + 1).min(rows[this][j - 1] + 1).min(rows[last][j - 1] + usize::from(!same));
            if i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1] {
                cost = cost.min(rows[before][j - 2] + 1);
            }
            rows[this][j] = cost;
            least = least.min(cost);
        }
        if least > most {
            return None;
        }
    }
    let row = &rows[typed.len() % 3][..=word.len()];
    let found = if prefix { row.iter().copied().min() } else { row.last().copied() };
    found.filter(|edits| *edits <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(typed: &str, word: &str, prefix: bool) -> Option<usize> {
        let (typed, word): (Vec<char>, Vec<char>) = (typed.chars().collect(), word.chars().collect());
        edits(&typed, &word, allowed(typed.len()), prefix)
    }

    #[test]
    fn one_slip_is_forgiven_from_four_letters_and_two_from_eight() {
        let cases = [
            ("pasp", "pass", Some(1)),
            ("psae", "pase", Some(1)),
            ("eic", "eid", None),
            ("paspotr", "passport", None),
            ("deklaresna", "deklaresana", Some(1)),
            ("dzivesveita", "dzivesvieta", Some(1)),
            ("dzvesveita", "dzivesvieta", Some(2)),
        ];
        for (typed, word, expected) in cases {
            assert_eq!(between(typed, word, false), expected, "{typed} -> {word}");
        }
    }

    #[test]
    fn a_beginning_with_a_slip_is_found() {
        assert_eq!(between("dzivsev", "dzivesvieta", true), Some(1));
        assert_eq!(between("dzivsev", "dzivesvieta", false), None);
    }

    #[test]
    fn a_word_without_end_is_not_compared() {
        let long: Vec<char> = "a".repeat(10_000).chars().collect();
        assert_eq!(edits(&long, &long, 2, true), None);
    }
}
