//! What the engine knows of languages, the same at index time and at query time: the [`stem`] at which the forms of a word
//! meet, the [`readings`] a typed word has besides the straight one, and which words are fillers ([`is_filler`]). All of
//! it by rules; no dictionary.

mod digraphs;
mod english;
mod fillers;
mod latvian;
mod layout;
mod russian;

pub use layout::other_layout;

use crate::text;
use std::borrow::Cow;

/// Longer words have no other readings: nobody types them by mistake.
const LONGEST_READ: usize = 32;

/// The key at which all forms of a word meet. `folded` is a word as [`text::fold`] gives it; the key need not be its
/// beginning. A Cyrillic word is taken for Russian; a Latin one for English in an English text, and else for Latvian, as
/// the names of places and institutions are in a Russian text.
#[must_use]
pub fn stem<'a>(lang: &str, folded: &'a str) -> Cow<'a, str> {
    if folded.chars().any(|c| c.is_ascii_digit()) {
        Cow::Borrowed(folded)
    } else if is_cyrillic(folded) {
        Cow::Borrowed(russian::stem(folded))
    } else if !folded.is_ascii() {
        Cow::Borrowed(folded)
    } else if lang == "en" {
        english::stem(folded)
    } else {
        Cow::Owned(latvian::stem(folded))
    }
}

/// Whether a folded word carries no meaning of its own in a query. English fillers are known in every language's index.
#[must_use]
pub fn is_filler(lang: &str, folded: &str) -> bool {
    if is_cyrillic(folded) {
        return fillers::RUSSIAN.contains(&folded);
    }
    fillers::ENGLISH.contains(&folded) || lang != "en" && fillers::LATVIAN.contains(&folded)
}

/// How another reading of a typed word came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadingKind {
    /// The keyboard was in the other layout.
    Layout,
    /// Digraphs stand for Latvian diacritics.
    Digraphs,
    /// Russian in Latin letters, or Latvian in Cyrillic ones.
    Transliteration,
}

/// Another reading of a typed word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The word it may be, folded.
    pub folded: String,
    /// How it came about.
    pub kind: ReadingKind,
}

/// Other readings of one word as typed, likeliest first, at most one of each kind; for when the straight one finds nothing
/// exact. Words of a wrong layout with letters on punctuation keys come apart in [`text::words`]: ask [`other_layout`]
/// with the whole text first.
#[must_use]
pub fn readings(lang: &str, word_as_typed: &str) -> Vec<Reading> {
    if word_as_typed.chars().count() > LONGEST_READ || !word_as_typed.chars().any(char::is_alphabetic) {
        return Vec::new();
    }
    let layout = other_layout(word_as_typed).filter(|read| read.chars().all(char::is_alphanumeric));
    let digraphs = if lang == "en" { None } else { digraphs::without_digraphs(word_as_typed) };
    let found = [
        (layout.map(|read| text::fold(&read)), ReadingKind::Layout),
        (digraphs, ReadingKind::Digraphs),
        (digraphs::transliterated(word_as_typed), ReadingKind::Transliteration),
    ];
    let typed = text::fold(word_as_typed);
    let mut out: Vec<Reading> = Vec::new();
    for (read, kind) in found {
        let Some(folded) = read else { continue };
        let new = folded != typed && out.iter().all(|reading| reading.folded != folded);
        if new && folded.contains(|c| "aeiouyаеиоуыэюя".contains(c)) {
            out.push(Reading { folded, kind });
        }
    }
    out
}

/// What the engine makes of one word; for people who want to see why a query finds what it finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Analysis {
    /// As it stands in the text.
    pub typed: String,
    /// Without case and diacritics.
    pub folded: String,
    /// See [`stem`].
    pub stem: String,
    /// See [`is_filler`].
    pub filler: bool,
    /// See [`readings`].
    pub readings: Vec<Reading>,
}

/// What the engine makes of each word of a text.
#[must_use]
pub fn analysis(lang: &str, text: &str) -> Vec<Analysis> {
    let word = |typed: &str| {
        let folded = text::fold(typed);
        Analysis {
            typed: typed.to_string(),
            stem: stem(lang, &folded).into_owned(),
            filler: is_filler(lang, &folded),
            readings: readings(lang, typed),
            folded,
        }
    };
    text::words(text).map(|range| word(&text[range])).collect()
}

fn is_cyrillic(folded: &str) -> bool {
    folded.starts_with(|c| ('а'..='я').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_short_names_are_their_own_stems() {
        for (lang, word) in [("lv", "sia"), ("lv", "vid"), ("lv", "a1"), ("en", "2026"), ("ru", "vid"), ("lv", "ß")] {
            assert_eq!(stem(lang, word), word);
        }
    }

    #[test]
    fn a_word_is_stemmed_by_its_script_and_the_language_of_the_text() {
        assert_eq!(stem("lv", "паспорта"), stem("ru", "паспорт"));
        assert_eq!(stem("ru", "rigas"), stem("lv", "riga"));
        assert_eq!(stem("en", "benefits"), "benefit");
    }

    #[test]
    fn prepositions_that_tell_services_apart_are_no_fillers() {
        for word in ["bez", "par", "no", "uz", "без", "для", "без", "от", "without", "from"] {
            assert!(!["lv", "ru", "en"].iter().any(|lang| is_filler(lang, word)), "{word}");
        }
        assert!(is_filler("lv", "gribu") && is_filler("lv", "как") && is_filler("ru", "how"));
        // A man, in English; me, in Latvian.
        assert!(is_filler("lv", "man") && !is_filler("en", "man"));
    }

    #[test]
    fn a_word_has_a_reading_of_each_kind_at_most() {
        let of = |lang, word| -> Vec<(String, ReadingKind)> {
            readings(lang, word).into_iter().map(|reading| (reading.folded, reading.kind)).collect()
        };
        let layout = |word: &str| (word.to_string(), ReadingKind::Layout);
        assert_eq!(of("ru", "gfcgjhn")[0], layout("паспорт"));
        assert_eq!(of("lv", "Зфыу")[0], layout("pase"));
        assert!(of("lv", "pasport").contains(&("паспорт".to_string(), ReadingKind::Transliteration)));
        assert!(of("lv", "shkjidraa").contains(&("skjidra".to_string(), ReadingKind::Digraphs)));
        assert!(of("en", "sheep").iter().all(|(_, kind)| *kind != ReadingKind::Digraphs));
    }

    #[test]
    fn what_nobody_types_by_mistake_has_no_readings() {
        assert!(readings("lv", "2026").is_empty());
        assert!(readings("lv", &"a".repeat(33)).is_empty());
        assert!(readings("lv", "").is_empty());
    }

    #[test]
    fn an_analysis_tells_what_becomes_of_each_word() {
        let words = analysis("lv", "Gribu deklarēt");
        assert_eq!((words[0].filler, words[1].filler), (true, false));
        assert_eq!((words[1].folded.as_str(), words[1].stem.as_str()), ("deklaret", "deklar"));
    }
}
