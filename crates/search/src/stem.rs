//! Light stemming: cuts the ending off a folded word, so that forms of one word meet. A stem is always a prefix of its
//! word, so every word of a stem stands in one run of the sorted dictionary.

/// Endings of one language, folded, longest first, and how many letters must stay.
struct Endings {
    keep: usize,
    endings: &'static [&'static str],
}

/// Nouns, adjectives, verbs and verbal nouns.
const LATVIAN: Endings = Endings {
    keep: 3,
    endings: &[
        "esanas", "isanas", "osanas", "asanas", "esanai", "isanai", "esana", "isana", "osana", "asana", "esanu",
        "isanu", "osanu", "asanu", "sanas", "sanai", "ajiem", "ajam", "iniem", "sana", "sanu", "ties", "tajs", "taja",
        "iem", "ais", "ajs", "aja", "aju", "amies", "ies", "eju", "iju", "oju", "eja", "ija", "oja", "iet", "jot",
        "am", "as", "em", "es", "et", "it", "ot", "at", "im", "is", "os", "us", "um", "ai", "ei", "ii", "ie", "iu",
        "ju", "ja", "a", "e", "i", "o", "s", "u",
    ],
};

/// Nouns, adjectives and the commonest verb endings.
const RUSSIAN: Endings = Endings {
    keep: 3,
    endings: &[
        "ированием",
        "ирования",
        "ирование",
        "ированию",
        "ировать",
        "иями",
        "ованию",
        "ования",
        "ование",
        "овать",
        "ение",
        "ения",
        "ению",
        "ением",
        "ении",
        "ание",
        "ания",
        "анию",
        "анием",
        "ании",
        "ость",
        "ости",
        "ного",
        "ному",
        "ными",
        "ного",
        "ами",
        "ями",
        "ого",
        "его",
        "ому",
        "ему",
        "ыми",
        "ими",
        "иях",
        "ать",
        "ять",
        "ить",
        "еть",
        "уть",
        "ную",
        "ной",
        "ная",
        "ное",
        "ные",
        "ных",
        "ный",
        "ниа",
        "ию",
        "ия",
        "ии",
        "ие",
        "ая",
        "яя",
        "ое",
        "ее",
        "ые",
        "ои",
        "еи",
        "ую",
        "юю",
        "ых",
        "их",
        "ым",
        "им",
        "ом",
        "ем",
        "ам",
        "ям",
        "ах",
        "ях",
        "ов",
        "ев",
        "а",
        "я",
        "о",
        "е",
        "ы",
        "и",
        "у",
        "ю",
        "ь",
    ],
};

/// Plurals and the commonest verb endings.
const ENGLISH: Endings =
    Endings { keep: 3, endings: &["ations", "ation", "ings", "ing", "ies", "ied", "es", "ed", "e", "s", "y"] };

/// The stem of a folded word, by its script and the language of the text.
#[must_use]
pub(crate) fn stem<'a>(word: &'a str, lang: &str) -> &'a str {
    let cyrillic = word.chars().next().is_some_and(|c| ('а'..='я').contains(&c));
    let endings = match (cyrillic, lang) {
        (true, _) => &RUSSIAN,
        (false, "en") => &ENGLISH,
        (false, "lv" | "ru") => &LATVIAN,
        (false, _) => return word,
    };
    if word.chars().any(|c| c.is_ascii_digit()) {
        return word;
    }
    let cut = endings
        .endings
        .iter()
        .find(|ending| word.strip_suffix(**ending).is_some_and(|rest| rest.chars().count() >= endings.keep));
    cut.map_or(word, |ending| &word[..word.len() - ending.len()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn forms_of_one_word_meet() {
        let cases = [
            ("lv", "pase", "pases"),
            ("lv", "deklarēt", "deklarēšana"),
            ("lv", "dzīvesvietas", "dzīvesvietu"),
            ("lv", "apliecība", "apliecību"),
            ("lv", "uzņēmums", "uzņēmumu"),
            ("ru", "пособие", "пособия"),
            ("ru", "паспорт", "паспорта"),
            ("ru", "рождения", "рождение"),
            ("ru", "рождением", "рождении"),
            ("en", "benefit", "benefits"),
            ("en", "register", "registering"),
        ];
        for (lang, one, other) in cases {
            let (one, other) = (fold(one), fold(other));
            assert_eq!(stem(&one, lang), stem(&other, lang), "{one} / {other}");
        }
    }

    #[test]
    fn short_words_and_numbers_stay_whole() {
        for word in ["sia", "eid", "a1", "2026"] {
            assert_eq!(stem(word, "lv"), word);
        }
    }
}
