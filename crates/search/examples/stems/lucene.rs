//! Lucene's light Latvian stemmer, for comparison only: endings of nouns and adjectives, and the softening that can be
//! undone without a dictionary. After `org.apache.lucene.analysis.lv.LatvianStemmer` (Apache License 2.0).

/// Ending, how many vowels must be in the word beyond its own, and whether softening is undone.
const AFFIXES: &[(&str, usize, bool)] = &[
    ("ajiem", 3, false),
    ("ajai", 3, false),
    ("ajam", 2, false),
    ("ajām", 2, false),
    ("ajos", 2, false),
    ("ajās", 2, false),
    ("iem", 2, true),
    ("ajā", 2, false),
    ("ais", 2, false),
    ("ai", 2, false),
    ("ei", 2, false),
    ("ām", 1, false),
    ("am", 1, false),
    ("ēm", 1, false),
    ("īm", 1, false),
    ("im", 1, false),
    ("um", 1, false),
    ("us", 1, true),
    ("as", 1, false),
    ("ās", 1, false),
    ("es", 1, false),
    ("os", 1, true),
    ("ij", 1, false),
    ("īs", 1, false),
    ("ēs", 1, false),
    ("is", 1, false),
    ("ie", 1, false),
    ("u", 1, true),
    ("a", 1, true),
    ("i", 1, true),
    ("e", 1, false),
    ("ā", 1, false),
    ("ē", 1, false),
    ("ī", 1, false),
    ("ū", 1, false),
    ("o", 1, false),
    ("s", 0, false),
    ("š", 0, false),
];

/// Softened clusters and what they were. The first two hold only where `-u` went.
const SOFTENED: &[(&str, &str)] = &[
    ("kš", "kst"),
    ("ņņ", "nn"),
    ("pj", "p"),
    ("bj", "b"),
    ("mj", "m"),
    ("vj", "v"),
    ("šņ", "sn"),
    ("žņ", "zn"),
    ("šļ", "sl"),
    ("žļ", "zl"),
    ("ļņ", "ln"),
    ("ļļ", "ll"),
    ("č", "c"),
    ("ļ", "l"),
    ("ņ", "n"),
];

/// The stem of a word in small letters.
pub fn stem(word: &str) -> String {
    let vowels = word.chars().filter(|c| "aeiouāēīū".contains(*c)).count();
    let letters = word.chars().count();
    for (affix, fewest, softens) in AFFIXES {
        let Some(rest) = word.strip_suffix(affix) else { continue };
        if vowels <= *fewest || letters < affix.chars().count() + 3 {
            continue;
        }
        return if *softens { hardened(rest, *affix == "u") } else { rest.to_string() };
    }
    word.to_string()
}

fn hardened(rest: &str, plural: bool) -> String {
    let clusters = &SOFTENED[if plural { 0 } else { 2 }..];
    let found = clusters.iter().find_map(|(soft, hard)| rest.strip_suffix(soft).map(|start| format!("{start}{hard}")));
    found.unwrap_or_else(|| rest.to_string())
}
