//! The Latvian stem of a folded word. Three steps: the ending goes; then what makes forms of a root (participles, verbal
//! nouns, theme vowels, definite and compared adjectives); then the last consonant takes one spelling for its changes.
//!
//! The second step looks at what the first one left and hardly ever at the ending that went. So all forms of a noun lose
//! the same, also where the end of a noun only looks like a verb's suffix.

/// Endings of all parts of speech, longest first, each with the fewest letters that must stay.
const ENDINGS: &[(&str, usize)] = &[
    ("damies", 3),
    ("ijis", 3),
    ("ijat", 3),
    ("iet", 3),
    ("iem", 3),
    ("ies", 3),
    ("ais", 3),
    ("at", 3),
    ("it", 3),
    ("am", 3),
    ("em", 3),
    ("im", 3),
    ("as", 3),
    ("es", 3),
    ("is", 3),
    ("us", 3),
    ("os", 3),
    ("ai", 3),
    ("ei", 3),
    ("ie", 3),
    ("ij", 3),
    ("a", 3),
    ("e", 3),
    ("i", 3),
    ("o", 3),
    ("u", 3),
    ("s", 3),
];

/// Suffixes between root and ending, each with the fewest letters that must stay. They go one after another:
/// `deklar-ej-us-i`, `dros-ak-aj-iem`.
const SUFFIXES: &[(&str, usize)] = &[
    ("ijus", 3),
    ("san", 3),
    ("dam", 3),
    ("am", 4),
    ("us", 4),
    ("ak", 4),
    ("as", 5),
    ("es", 5),
    ("is", 4),
    ("os", 4),
    ("at", 4),
    ("et", 5),
    ("it", 4),
    ("ot", 4),
];

/// Prefixes of verbs, a longer one before its beginning.
const PREFIXES: &[&str] = &["aiz", "ap", "at", "ie", "iz", "no", "par", "pa", "pie", "sa", "uz"];

/// The stem of a folded Latvian word.
pub(super) fn stem(word: &str) -> String {
    let word = active(word);
    let (mut left, ending) = without_ending(word);
    if matches!(ending, "iet" | "im" | "it") {
        left = without_future(left);
    } else if matches!(ending, "t" | "damies") {
        left = without_theme(left);
    }
    // What must be done: `ja-maks-a`. Roots with a diphthong are no such: `jaun-s`.
    if let Some(rest) = left.strip_prefix("ja").filter(|rest| rest.len() >= 4 && !rest.starts_with('u')) {
        left = rest;
    }
    while let Some(rest) = without_suffix(left) {
        left = rest;
    }
    with_one_consonant(left)
}

/// A reflexive verb as its plain form: `-ties` as `-t`, `-mies` as `-m`.
fn active(word: &str) -> &str {
    let reflexive = word.ends_with("ties") || word.ends_with("mies") && !word.ends_with("damies");
    if reflexive && word.len() > 6 { &word[..word.len() - 3] } else { word }
}

/// The word without its ending, and the ending.
fn without_ending(word: &str) -> (&str, &str) {
    for (ending, keep) in ENDINGS {
        // A short root begins with a vowel: `ek-a`, `up-es`; but `sia`.
        let keep = if word.starts_with(VOWELS) && *keep == 3 && ending.len() < 3 { 2 } else { *keep };
        let Some(rest) = cut(word, ending, keep) else { continue };
        // `uznem` is a verb's root.
        if *ending == "em" && rest.ends_with('n') && !rooted(rest.strip_prefix("ja").unwrap_or(rest)) {
            continue;
        }
        // `izplat` is no `izpl-at`: an infinitive leaves a root with a vowel.
        if !ending.ends_with('t') || *ending == "iet" || rooted(rest) {
            return (rest, ending);
        }
    }
    match cut(word, "t", 3) {
        Some(rest) if infinitive(rest) => (rest, "t"),
        _ => (word, ""),
    }
}

/// Whether a `t` after this makes an infinitive (`sanem-t`, `aizmes-t`), not the end of a noun (`adventist`, `student`).
fn infinitive(rest: &str) -> bool {
    let root = rest.trim_end_matches('s').trim_end_matches(VOWELS);
    !rest.ends_with('n') && (!rest.ends_with('s') || !rooted(root))
}

/// The future of a short verb, where the ending tells that it is one: `buv-es-im`.
fn without_future(left: &str) -> &str {
    let rest = ["as", "es", "is", "os"].iter().find_map(|suffix| cut(left, suffix, 3));
    rest.filter(|rest| rooted(rest)).unwrap_or(left)
}

fn without_suffix(left: &str) -> Option<&str> {
    // Words of their own: who does it (`maksataj-s`), and what something is like (`invaliditat-e`).
    let agent = cut(left, "taj", 4).is_some_and(|verb| verb.ends_with(THEMES));
    if agent || left.ends_with("itat") {
        return None;
    }
    // `viet-a` has no suffix `-et`.
    let whole = |rest: &&str| rooted(rest) && (!rest.ends_with(VOWELS) || left.ends_with('n') || left.ends_with("dam"));
    let suffix = SUFFIXES.iter().find_map(|(suffix, keep)| cut(left, suffix, *keep).filter(whole));
    if let Some(rest) = suffix {
        return Some(without_theme(rest));
    }
    if let Some(rest) = cut(left, "ij", 4).filter(|rest| short_root(rest)) {
        return Some(rest);
    }
    if let Some(rest) = cut(left, "j", 3).filter(|rest| rest.ends_with(['a', 'e', 'o', 'u'])) {
        return Some(without_theme(rest));
    }
    // The present or the future of a verb that ends in a consonant, and its passive participle.
    let (rest, after) = match cut(left, "st", 4) {
        Some(rest) => (rest, "gbp"),
        None => match cut(left, "s", 4) {
            Some(rest) => (rest, "mgbpkl"),
            None => (cut(left, "t", 4)?, "mgbpklz"),
        },
    };
    // `maks-at`, `indeks-s` and `breks-is` are no future of a root in `k`.
    let kept = left.ends_with("ks");
    (rest.ends_with(|c| after.contains(c)) && !kept && rooted(rest)).then_some(rest)
}

/// The vowel between a verb's root and its endings goes where a root with a vowel stays.
fn without_theme(left: &str) -> &str {
    match left.strip_suffix(THEMES) {
        Some(rest) if rest.len() >= 3 && rooted(rest) => rest,
        _ => left,
    }
}

/// One spelling for a last consonant and what it becomes before some endings: `kurpju`, `latviesa`, `briza`, `brauca`,
/// `iesniedza`. Only in words so long that few others differ by nothing else.
fn with_one_consonant(left: &str) -> String {
    let pairs: &[(&str, usize, &str)] = &[
        ("pj", 2, "p"),
        ("bj", 2, "b"),
        ("mj", 2, "m"),
        ("vj", 2, "v"),
        ("rdz", 0, "rdz"),
        ("dz", 3, "g"),
        ("st", 0, "st"),
        ("id", 2, "iz"),
        ("d", 5, "z"),
        ("t", 4, "s"),
        ("c", 4, "k"),
    ];
    let found =
        pairs.iter().find_map(|(end, keep, becomes)| cut(left, end, *keep).map(|rest| [rest, becomes].concat()));
    found.unwrap_or_else(|| left.to_string())
}

const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];
const THEMES: [char; 4] = ['a', 'e', 'i', 'o'];

/// The word without this end, where enough letters stay.
fn cut<'a>(word: &'a str, end: &str, keep: usize) -> Option<&'a str> {
    word.strip_suffix(end).filter(|rest| rest.len() >= keep)
}

/// Whether this is a prefix and a root of one syllable: `izdalij-a` is a verb's past, `kopij-a` and `ministrij-a` are nouns.
fn short_root(left: &str) -> bool {
    let root = PREFIXES.iter().find_map(|prefix| left.strip_prefix(prefix)).unwrap_or("");
    root.split(|c| !VOWELS.contains(&c)).filter(|vowels| !vowels.is_empty()).count() == 1
}

/// Whether a vowel is left besides those of a verb's prefix.
fn rooted(left: &str) -> bool {
    let root = PREFIXES.iter().find_map(|prefix| left.strip_prefix(prefix)).unwrap_or(left);
    root.contains(VOWELS)
}
