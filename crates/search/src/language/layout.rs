//! Text typed in the wrong keyboard layout: Russian ЙЦУКЕН on Latin keys, and Latin on ЙЦУКЕН keys.

/// The keys of a Latin keyboard and what they type on a Russian one, without and with shift.
const KEYS: [(&str, &str); 2] = [
    ("`qwertyuiop[]asdfghjkl;'zxcvbnm,./", "ёйцукенгшщзхъфывапролджэячсмитьбю."),
    ("~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?", "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"),
];

/// What the keys of this text type in the other layout. The whole text, as the keys of some punctuation carry letters
/// there (`[` is `х`, `.` is `ю`). `None` where it has no letters, letters of both layouts, or others.
///
/// On the way to Latin the key `э` is left out: on a Latvian keyboard it is the dead key before a letter with a diacritic,
/// which folding would drop anyway.
#[must_use]
pub fn other_layout(text: &str) -> Option<String> {
    let latin = text.chars().any(|c| c.is_ascii_alphabetic());
    let cyrillic = text.chars().any(|c| ('Ѐ'..='ӿ').contains(&c));
    let known = |c: char| !c.is_alphabetic() || c.is_ascii() || ('Ѐ'..='ӿ').contains(&c);
    if latin == cyrillic || !text.chars().all(known) {
        return None;
    }
    Some(text.chars().filter_map(|c| key(c, cyrillic)).collect())
}

/// The character of the same key in the other layout; `None` for the dead key.
fn key(typed: char, cyrillic: bool) -> Option<char> {
    if cyrillic && matches!(typed, 'э' | 'Э') {
        return None;
    }
    let other = KEYS.iter().find_map(|(latin, russian)| {
        let (from, to) = if cyrillic { (russian, latin) } else { (latin, russian) };
        from.chars().position(|c| c == typed).and_then(|at| to.chars().nth(at))
    });
    Some(other.unwrap_or(typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_in_the_wrong_layout_is_read_in_the_other() {
        let cases = [
            ("gfcgjhn", "паспорт"),
            ("gtycb.", "пенсию"),
            (";bkmt", "жилье"),
            ("[jxe ghfdf", "хочу права"),
            ("GFCGJHN 2", "ПАСПОРТ 2"),
            ("зфыу", "pase"),
            ("иукты", "berns"),
            ("эыщдф", "sola"),
            ("вяшмуымшуеф", "dzivesvieta"),
        ];
        for (typed, meant) in cases {
            assert_eq!(other_layout(typed).as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn text_of_no_layout_or_of_both_is_left() {
        for text in ["", "2026", "e-подпись", "dzīvesvieta"] {
            assert_eq!(other_layout(text), None, "{text}");
        }
    }
}
