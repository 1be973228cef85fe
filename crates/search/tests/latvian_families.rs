//! Families of common words in public services: a line's forms meet at one stem, and no two lines do.

use durvis_search::{language, text};

/// One family a line, the lemma first.
const FAMILIES: &str = include_str!("latvian_families.txt");

#[test]
fn forms_of_one_word_meet() {
    let mut broken = Vec::new();
    for line in lines() {
        let lemma = line.split(' ').next().expect("a lemma");
        let apart = line.split(' ').filter(|form| stem(form) != stem(lemma));
        broken.extend(apart.map(|form| format!("{form} ({}) / {lemma} ({})", stem(form), stem(lemma))));
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn different_words_stay_apart() {
    let mut stems: Vec<(String, &str)> =
        lines().map(|line| (stem(line.split(' ').next().expect("a lemma")), line)).collect();
    stems.sort_unstable();
    let merged: Vec<_> = stems.windows(2).filter(|two| two[0].0 == two[1].0).collect();
    assert!(merged.is_empty(), "{merged:#?}");
}

fn lines() -> impl Iterator<Item = &'static str> {
    FAMILIES.lines().filter(|line| !line.starts_with('#'))
}

fn stem(word: &str) -> String {
    language::stem("lv", &text::fold(word)).into_owned()
}
