//! From text to words: folding and tokenising, the same for what is indexed and what is typed.

use std::ops::Range;

/// One letter without case and diacritics: `Ģ` is `g`, `ё` is `е`. A letter it does not know stays as it is.
#[must_use]
pub fn fold_char(c: char) -> char {
    match lower(c) {
        'ā' | 'á' | 'à' | 'â' | 'ä' | 'å' | 'ã' => 'a',
        'č' | 'ć' | 'ç' => 'c',
        'ē' | 'é' | 'è' | 'ê' | 'ë' | 'ė' | 'ę' => 'e',
        'ģ' | 'ğ' => 'g',
        'ī' | 'í' | 'ì' | 'î' | 'ï' | 'į' => 'i',
        'ķ' => 'k',
        'ļ' | 'ł' => 'l',
        'ņ' | 'ñ' | 'ń' => 'n',
        'ō' | 'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => 'o',
        'ŗ' => 'r',
        'š' | 'ś' | 'ş' => 's',
        'ū' | 'ú' | 'ù' | 'û' | 'ü' | 'ų' => 'u',
        'ý' | 'ÿ' => 'y',
        'ž' | 'ź' | 'ż' => 'z',
        'ё' => 'е',
        'й' => 'и',
        lower => lower,
    }
}

/// The small letter, in the alphabets that Latvia and its neighbours write. (The standard library's tables for all of
/// Unicode would be a twentieth of the app's download.)
fn lower(c: char) -> char {
    let code = u32::from(c);
    let small = match c {
        'A'..='Z' | 'À'..='Þ' if c != '×' => code + 32,
        'Ā'..='ķ' | 'Ŋ'..='ŷ' if code % 2 == 0 => code + 1,
        'Ĺ'..='ň' | 'Ź'..='ž' if code % 2 == 1 => code + 1,
        'А'..='Я' => code + 32,
        'Ѐ'..='Џ' => code + 80,
        'Ÿ' => u32::from('ÿ'),
        _ => code,
    };
    char::from_u32(small).unwrap_or(c)
}

/// A word folded letter by letter.
#[must_use]
pub fn fold(word: &str) -> String {
    word.chars().map(fold_char).collect()
}

/// A word in small letters, with its diacritics.
#[must_use]
pub fn lowercase(word: &str) -> String {
    word.chars().map(lower).collect()
}

/// The words of a text: byte ranges of runs of letters and digits, in order.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = chars.by_ref().find(|(_, c)| c.is_alphanumeric())?;
        let mut end = text.len();
        while let Some((at, c)) = chars.peek().copied() {
            if !c.is_alphanumeric() {
                end = at;
                break;
            }
            chars.next();
        }
        Some(start..end)
    })
}

/// The folded words of a text, with a hyphenated compound also as one word: `e-paraksts` gives `e`, `paraksts`, `eparaksts`.
#[must_use]
pub fn tokens(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut last: Option<Range<usize>> = None;
    for range in words(text) {
        let word = fold(&text[range.clone()]);
        let joined = last.is_some_and(|last| &text[last.end..range.start] == "-");
        let compound = if joined { out.last().map(|before| format!("{before}{word}")) } else { None };
        out.push(word);
        out.extend(compound);
        last = Some(range);
    }
    out
}

/// How a name is abbreviated: the first letters of three words or more, between the signs that part it.
pub(crate) fn initials(name: &str, is_filler: impl Fn(&str) -> bool) -> Vec<String> {
    let parts = name.split(|c: char| !c.is_alphanumeric() && !" -'’".contains(c));
    let initials = |part: &str| -> String {
        let words = words(part).map(|range| fold(&part[range]));
        words.filter(|word| !is_filler(word)).filter_map(|word| word.chars().next()).collect()
    };
    parts.map(initials).filter(|initials| initials.chars().count() >= INITIALS_FROM).collect()
}

/// Shorter abbreviations are some other word too often.
const INITIALS_FROM: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_typed_without_diacritics_is_the_same_word() {
        for (typed, written) in [("dzimsanas", "Dzimšanas"), ("kedes", "ķēdes"), ("елка", "Ёлка")] {
            assert_eq!(fold(typed), fold(written));
        }
    }

    #[test]
    fn every_capital_of_our_alphabets_has_its_small_letter() {
        for c in ('A'..='ž').chain('Ѐ'..='я').filter(|c| c.is_alphabetic() && !"İı".contains(*c)) {
            assert_eq!(Some(lower(c)), c.to_lowercase().next(), "{c}");
        }
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let text = "A1 sertifikāts (ES), 42 pašvaldības";
        let found: Vec<&str> = words(text).map(|range| &text[range]).collect();
        assert_eq!(found, ["A1", "sertifikāts", "ES", "42", "pašvaldības"]);
    }

    #[test]
    fn a_compound_is_found_with_and_without_its_hyphen() {
        assert_eq!(tokens("E-paraksts mobile"), ["e", "paraksts", "eparaksts", "mobile"]);
        assert_eq!(tokens("pase - eID"), ["pase", "eid"]);
    }

    #[test]
    fn text_without_words_has_none() {
        assert!(tokens(" ,.- ").is_empty());
    }
}
