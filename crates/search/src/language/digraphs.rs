//! Letters written with others: Latvian with digraphs for its diacritics (`sh` for `š`, `aa` for `ā`), Russian in Latin
//! letters, Latvian in Cyrillic ones.

use crate::text;

/// What is typed for a Latvian letter with a diacritic, and the letter, folded.
const LATVIAN: &[(&str, &str)] =
    &[("sh", "s"), ("zh", "z"), ("ch", "c"), ("aa", "a"), ("ee", "e"), ("ii", "i"), ("uu", "u")];

/// Latin letters and the Russian ones, folded; longer ones first. Covers passports, the habits of Latvian and those of chats.
const RUSSIAN: &[(&str, &str)] = &[
    ("shch", "щ"),
    ("šč", "щ"),
    ("sch", "щ"),
    ("sh", "ш"),
    ("ch", "ч"),
    ("zh", "ж"),
    ("kh", "х"),
    ("tsk", "тск"),
    ("ts", "ц"),
    ("ya", "я"),
    ("ja", "я"),
    ("yu", "ю"),
    ("ju", "ю"),
    ("yo", "е"),
    ("jo", "е"),
    ("ye", "е"),
    ("je", "е"),
    ("š", "ш"),
    ("ž", "ж"),
    ("č", "ч"),
    ("a", "а"),
    ("b", "б"),
    ("c", "ц"),
    ("d", "д"),
    ("e", "е"),
    ("f", "ф"),
    ("g", "г"),
    ("h", "х"),
    ("i", "и"),
    ("j", "и"),
    ("k", "к"),
    ("l", "л"),
    ("m", "м"),
    ("n", "н"),
    ("o", "о"),
    ("p", "п"),
    ("q", "к"),
    ("r", "р"),
    ("s", "с"),
    ("t", "т"),
    ("u", "у"),
    ("v", "в"),
    ("w", "в"),
    ("x", "кс"),
    ("y", "ы"),
    ("z", "з"),
];

/// Russian letters and the Latvian ones, folded. `й` stands before folding makes it `и`.
const LATIN: &[(&str, &str)] = &[
    ("щ", "sc"),
    ("ш", "s"),
    ("ч", "c"),
    ("ж", "z"),
    ("ц", "c"),
    ("я", "ja"),
    ("ю", "ju"),
    ("ё", "jo"),
    ("й", "j"),
    ("х", "h"),
    ("а", "a"),
    ("б", "b"),
    ("в", "v"),
    ("г", "g"),
    ("д", "d"),
    ("е", "e"),
    ("з", "z"),
    ("и", "i"),
    ("к", "k"),
    ("л", "l"),
    ("м", "m"),
    ("н", "n"),
    ("о", "o"),
    ("п", "p"),
    ("р", "r"),
    ("с", "s"),
    ("т", "t"),
    ("у", "u"),
    ("ф", "f"),
    ("ы", "i"),
    ("э", "e"),
    ("ь", ""),
    ("ъ", ""),
];

/// A Latvian word typed with digraphs, folded. `None` where it has none.
pub(super) fn without_digraphs(word: &str) -> Option<String> {
    let folded = text::fold(word);
    let read = spelled(&folded, LATVIAN, true)?;
    (read != folded).then_some(read)
}

/// A Latin word read as Russian, or a Cyrillic one as Latvian; folded. `None` where a letter has no reading.
pub(super) fn transliterated(word: &str) -> Option<String> {
    let small = text::lowercase(word);
    let latin = |c: char| c.is_ascii_alphabetic() || "šžč".contains(c);
    if small.starts_with(latin) {
        spelled(&with_short_i(&small), RUSSIAN, false)
    } else {
        spelled(&small, LATIN, false)
    }
}

/// `y` is `ы`, but `й` after a vowel and before none: `vyplata`, `detskiy`, `zayavlenie`.
fn with_short_i(word: &str) -> String {
    let vowel = |c: Option<char>| c.is_some_and(|c| "aeiouy".contains(c));
    let mut before = None;
    let mut letters = word.chars().peekable();
    let mut out = String::new();
    while let Some(c) = letters.next() {
        let short = c == 'y' && vowel(before) && !vowel(letters.peek().copied());
        out.push(if short { 'j' } else { c });
        before = Some(c);
    }
    out
}

/// The word with each beginning that the table knows replaced; others stay, or make it unreadable.
fn spelled(word: &str, table: &[(&str, &str)], others_stay: bool) -> Option<String> {
    let (mut out, mut left) = (String::new(), word);
    while let Some(c) = left.chars().next() {
        match table.iter().find(|(typed, _)| left.starts_with(typed)) {
            Some((typed, meant)) => {
                out.push_str(meant);
                left = &left[typed.len()..];
            }
            None if others_stay => {
                out.push(c);
                left = &left[c.len_utf8()..];
            }
            None => return None,
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digraphs_stand_for_diacritics() {
        for (typed, written) in [("bērnudaarzs", "bērnudārzs"), ("Dziivesvieta", "dzīvesvieta"), ("shkola", "škola")]
        {
            assert_eq!(without_digraphs(typed), Some(text::fold(written)));
        }
        assert_eq!(without_digraphs("pase"), None);
    }

    #[test]
    fn russian_in_latin_letters_is_russian() {
        let cases = [
            ("pasport", "паспорт"),
            ("prava", "права"),
            ("zayavlenie", "заявление"),
            ("zajavlenije", "заявление"),
            ("žitelstvo", "жителство"),
            ("detskiy", "детский"),
            ("vyplata", "выплата"),
            ("registratsiya", "регистрация"),
        ];
        for (typed, meant) in cases {
            assert_eq!(transliterated(typed), Some(text::fold(meant)), "{typed}");
        }
        assert_eq!(transliterated("ķirurgs"), None);
    }

    #[test]
    fn latvian_in_cyrillic_letters_is_latvian() {
        assert_eq!(transliterated("пашвалдиба").as_deref(), Some("pasvaldiba"));
        assert_eq!(transliterated("Юрмала").as_deref(), Some("jurmala"));
    }
}
