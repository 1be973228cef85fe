//! The English stem of a folded word: plurals, `-ed`, `-ing`, a last `e` and `y`, as the Porter2 algorithm's first and last
//! steps have them. What is derived stays a word of its own: `application` is not `apply`, `payment` is not `pay`.

use std::borrow::Cow;

/// Forms that no rule makes, and the stem they meet at.
const IRREGULAR: &[(&str, &str)] = &[
    ("children", "child"),
    ("men", "man"),
    ("women", "woman"),
    ("wives", "wif"),
    ("lives", "lif"),
    ("knives", "knif"),
    ("people", "person"),
    ("paid", "pay"),
    ("dying", "die"),
    ("died", "die"),
    ("news", "news"),
    ("buses", "bus"),
];

/// The stem of a folded English word.
pub(super) fn stem(word: &str) -> Cow<'_, str> {
    if let Some((_, stem)) = IRREGULAR.iter().find(|(form, _)| *form == word) {
        return Cow::Borrowed(stem);
    }
    if word.len() < 4 {
        return Cow::Borrowed(word);
    }
    let one = singular(word);
    let left = without_suffix(one);
    // `licence` and `licencing`, `apply` and `applies` meet.
    if let Some(rest) = left.strip_suffix('y').filter(|rest| rest.len() > 1 && !rest.ends_with(VOWELS)) {
        return Cow::Owned(format!("{rest}i"));
    }
    // `note` is not `not`: a short word keeps its `e`, and has it again after `-ed` and `-ing`.
    if short(left) && one.strip_prefix(left).is_some_and(|end| matches!(end, "ing" | "ed")) {
        return Cow::Owned(format!("{left}e"));
    }
    // `install`, `instalment`; `enrolled`, `enrol`.
    let left = if left.len() > 4 && left.ends_with("ll") { &left[..left.len() - 1] } else { left };
    Cow::Borrowed(left.strip_suffix('e').filter(|rest| rest.len() > 2 && !short(rest)).unwrap_or(left))
}

/// Consonant, vowel, consonant: `fil`, `not`; but `pay`, `show`, `tax`. Or a vowel and a consonant: `us`, `ag`.
fn short(word: &str) -> bool {
    let vowels: Vec<bool> = word.chars().map(|c| VOWELS.contains(&c)).collect();
    vowels == [true, false] || vowels == [false, true, false] && !word.ends_with(['w', 'x', 'y'])
}

/// Without the `s` of a plural, or of a verb.
fn singular(word: &str) -> &str {
    let cut = |end: &str, back: usize| word.ends_with(end).then(|| &word[..word.len() - back]);
    if let Some(rest) = cut("sses", 2).or_else(|| cut("xes", 2)).or_else(|| cut("ches", 2)).or_else(|| cut("shes", 2)) {
        return rest;
    }
    if let Some(rest) = cut("ies", 2) {
        return if rest.len() > 3 { rest } else { &word[..word.len() - 1] };
    }
    if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        return word;
    }
    cut("s", 1).unwrap_or(word)
}

/// Without `-ed` and `-ing`, where a vowel stays before them; a doubled consonant is made one again.
fn without_suffix(word: &str) -> &str {
    let Some(rest) = word.strip_suffix("ing").or_else(|| word.strip_suffix("ed")) else { return word };
    let voiced = rest.contains(VOWELS) || rest.contains('y');
    if let Some(agree) = word.strip_suffix('d').filter(|agree| agree.ends_with("ee")) {
        return if rest[..rest.len() - 1].contains(VOWELS) { agree } else { word };
    }
    if rest.len() < 2 || !voiced {
        return word;
    }
    let last = rest.as_bytes()[rest.len() - 1];
    let doubled = rest.len() > 3 && rest.as_bytes()[rest.len() - 2] == last && !b"elosz".contains(&last);
    if doubled { &rest[..rest.len() - 1] } else { rest }
}

const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_meet() {
        let families = [
            "benefit benefits",
            "register registers registered registering",
            "apply applies applied applying",
            "licence licences licencing",
            "file files filed filing",
            "stop stops stopped stopping",
            "child children",
            "box boxes",
            "bus buses",
            "pay pays paid paying",
            "company companies",
            "build builds building",
            "address addresses addressed",
            "tax taxes taxed",
            "see sees seeing",
            "use uses used using",
            "agree agrees agreed agreeing",
            "cancel cancels cancelled cancelling",
            "rate rates rated rating ratings",
            "install installs installed",
        ];
        for family in families {
            let forms: Vec<&str> = family.split(' ').collect();
            for form in &forms {
                assert_eq!(stem(form), stem(forms[0]), "{form} / {}", forms[0]);
            }
        }
    }

    #[test]
    fn different_words_stay_apart() {
        let pairs = [
            ("note", "not"),
            ("apply", "application"),
            ("pay", "payment"),
            ("bus", "business"),
            ("rate", "rat"),
            ("declare", "declaration"),
            ("news", "new"),
            ("need", "knee"),
        ];
        for (one, other) in pairs {
            assert_ne!(stem(one), stem(other), "{one} / {other}");
        }
    }
}
