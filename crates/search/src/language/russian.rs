//! The Russian stem of a folded word, after the order of the Snowball algorithm: reflexive, then the ending of a verbal
//! noun, an adjective, a verb or a noun, then what is left of them. Folded, so `й` stands as `и` and `ё` as `е`.
//!
//! Unlike Snowball, a verbal noun meets its verb: `получение` and `получить`.

/// Nouns made of verbs, in all cases; four letters must stay.
const VERBAL_NOUNS: &[&str] = &[
    "ениями",
    "аниями",
    "ениях",
    "аниях",
    "ением",
    "анием",
    "ениям",
    "аниям",
    "ение",
    "ание",
    "ения",
    "ания",
    "ению",
    "анию",
    "ении",
    "ании",
];

/// Adjectives and participles declined like them.
const ADJECTIVES: &[&str] = &[
    "ими", "ыми", "его", "ого", "ему", "ому", "ее", "ие", "ые", "ое", "еи", "ии", "ыи", "ои", "ем", "им", "ым", "ом",
    "их", "ых", "ую", "юю", "ая", "яя", "ою", "ею",
];

/// What makes a participle, before the ending of an adjective; the second list only after `а` or `я`.
const PARTICIPLES: (&[&str], &[&str]) = (&["ивш", "ывш", "ующ"], &["ем", "нн", "вш", "ющ", "щ"]);

/// Verbs; the second list only after `а` or `я`.
const VERBS: (&[&str], &[&str]) = (
    &[
        "еите",
        "уите",
        "ившись",
        "ывшись",
        "ивши",
        "ывши",
        "ила",
        "ыла",
        "ена",
        "ите",
        "или",
        "ыли",
        "ило",
        "ыло",
        "ено",
        "ует",
        "уют",
        "ены",
        "ить",
        "ыть",
        "ишь",
        "еть",
        "ив",
        "ыв",
        "уи",
        "ил",
        "ыл",
        "ен",
        "ят",
        "ит",
        "ыт",
        "ую",
        "ю",
    ],
    &[
        "вшись",
        "вши",
        "нно",
        "ете",
        "ите",
        "ешь",
        "ла",
        "на",
        "ли",
        "ем",
        "ло",
        "но",
        "ет",
        "ют",
        "ны",
        "ть",
        "л",
        "в",
        "н",
    ],
);

/// Nouns.
const NOUNS: &[&str] = &[
    "иями", "иях", "иям", "ием", "иеи", "ями", "ами", "ев", "ов", "ие", "ье", "еи", "ии", "ои", "ям", "ем", "ам", "ом",
    "ах", "ях", "ию", "ью", "ия", "ья", "а", "е", "и", "о", "у", "ы", "ь", "ю", "я",
];

/// The stem of a folded Russian word.
pub(super) fn stem(word: &str) -> &str {
    // Endings stand after the first vowel and leave three letters.
    let vowel = word.char_indices().find(|(_, c)| VOWELS.contains(*c));
    let first = vowel.map_or(word.len(), |(at, c)| at + c.len_utf8()).max(6);
    let mut left;
    if let Some(rest) = VERBAL_NOUNS.iter().find_map(|ending| cut(word, ending, first.max(8))) {
        left = rest;
    } else {
        let active = cut(word, "ся", first).or_else(|| cut(word, "сь", first)).unwrap_or(word);
        if let Some(rest) = longest(active, ADJECTIVES, first) {
            left = after_theme(rest, PARTICIPLES, first).unwrap_or(rest);
        } else if let Some(rest) = after_theme(active, VERBS, first) {
            left = rest;
        } else {
            left = longest(active, NOUNS, first).unwrap_or(active);
        }
        left = cut(left, "и", first).unwrap_or(left);
    }
    // `рождени` after other endings, `нн` of adjectives, the vowel of a verb's root, the soft sign.
    left = cut(left, "н", first).filter(|rest| rest.ends_with('н')).unwrap_or(left);
    left = cut(left, "ь", first).unwrap_or(left);
    left = cut(left, "ост", first.max(8)).unwrap_or(left);
    // Not of a short one: `делать` is no `дело`, `подать` no `под`.
    left = ["а", "я"].iter().find_map(|end| cut(left, end, first.max(8))).unwrap_or(left);
    // `регистрировать` meets `регистрирует`.
    cut(left, "ов", first).filter(|rest| rest.ends_with("ир")).unwrap_or(left)
}

fn longest<'a>(word: &'a str, endings: &[&str], first: usize) -> Option<&'a str> {
    endings.iter().find_map(|ending| cut(word, ending, first))
}

/// Without an ending of the first list, or of the second after `а` or `я`.
fn after_theme<'a>(word: &'a str, endings: (&[&str], &[&str]), first: usize) -> Option<&'a str> {
    // Not the word's only vowel: `план` is no verb.
    let theme = |rest: &&str| rest.ends_with(['а', 'я']) && vowels(rest) > 1;
    let second = || endings.1.iter().find_map(|ending| cut(word, ending, first).filter(theme));
    longest(word, endings.0, first).or_else(second)
}

fn vowels(word: &str) -> usize {
    word.chars().filter(|c| VOWELS.contains(*c)).count()
}

const VOWELS: &str = "аеиоуыэюя";

/// The word without this end, where it stands after the first `first` bytes.
fn cut<'a>(word: &'a str, end: &str, first: usize) -> Option<&'a str> {
    word.strip_suffix(end).filter(|rest| rest.len() >= first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn forms_of_one_word_meet() {
        let families = [
            "паспорт паспорта паспорту паспортом паспорте паспортов паспортами",
            "пособие пособия пособию пособием пособии пособий пособиям",
            "получить получу получите получение получения получением получении получил получила",
            "заявление заявления заявлению заявлений",
            "пенсия пенсии пенсию пенсий пенсией",
            "ребёнка ребенку ребёнком",
            "водительский водительского водительские водительских водительское",
            "оплатить оплата оплаты оплатите оплатил",
            "регистрировать регистрирует регистрируется регистрировали",
            "справка справки справку справкой",
            "квартира квартиры квартиру квартирой",
            "стоимость стоимости стоимостью",
            "план плана планы планов плане",
            "семья семьи семью семьей",
            "жильё жилья жильем",
        ];
        for family in families {
            let forms: Vec<String> = family.split(' ').map(fold).collect();
            for form in &forms {
                assert_eq!(stem(form), stem(&forms[0]), "{form} / {}", forms[0]);
            }
        }
    }

    #[test]
    fn different_words_stay_apart() {
        let pairs = [
            ("паспорт", "пассажир"),
            ("пособие", "поставка"),
            ("школа", "школьник"),
            ("земля", "зима"),
            ("право", "правительство"),
            ("брак", "браслет"),
            ("лес", "лестница"),
            ("стол", "столица"),
            ("врач", "время"),
            ("дело", "делать"),
            ("под", "подать"),
            ("иск", "искать"),
        ];
        for (one, other) in pairs {
            assert_ne!(stem(&fold(one)), stem(&fold(other)), "{one} / {other}");
        }
    }
}
