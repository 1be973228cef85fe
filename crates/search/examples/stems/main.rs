//! Measures the Latvian stemmer against Lucene's light one, on a list of lemmas and their forms.
//!
//! `cargo run -p durvis-search --example stems -- forms.tsv [held-out|develop|all] [merges|misses]`, where a line is a
//! lemma, a tab (or a space) and its forms with spaces between. The rules were made with one half of the list in sight
//! (`develop`), the other half judges them. The list is not part of the repository; `tests/latvian_families.txt` is.

use durvis_search::{language, text};
use std::collections::{BTreeMap, HashMap, HashSet};

mod lucene;

type Stemmer = fn(&str) -> String;

#[derive(Clone)]
struct Lemma {
    written: String,
    forms: Vec<String>,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let list = std::fs::read_to_string(args.first().expect("the path of the list")).expect("the list");
    let part = args.get(1).map_or("held-out", String::as_str);
    let lemmas: Vec<Lemma> =
        list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| lemma(line, part)).collect();
    let others: Vec<Lemma> = lemmas.iter().filter(|lemma| class(&lemma.written) != "verb").cloned().collect();
    let stemmers: [(&str, Stemmer); 3] =
        [("ours", ours), ("Lucene, with diacritics", lucene::stem), ("Lucene, folded", folded)];
    println!(
        "{part}: {} lemmas, {} forms\n",
        lemmas.len(),
        lemmas.iter().map(|lemma| lemma.forms.len()).sum::<usize>()
    );
    println!(
        "| stemmer | all | nouns | adjectives | verbs | diminutives | pairs | without verbs | weighted |\n|---|---|---|---|---|---|---|---|---|"
    );
    for (name, stemmer) in stemmers {
        let reached = understemming(&lemmas, stemmer);
        let share = |class: &str| reached.get(class).map_or(0.0, |(met, all)| f64::from(*met) / f64::from(*all));
        let (pairs, weighted) = overstemming(&lemmas, stemmer, lemmas.len());
        let (names, _) = overstemming(&others, stemmer, lemmas.len());
        println!(
            "| {name} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {pairs:.1} | {names:.1} | {weighted:.1} |",
            share("all"),
            share("noun"),
            share("adjective"),
            share("verb"),
            share("diminutive")
        );
    }
    match args.get(2).map(String::as_str) {
        Some("merges") => merges(&lemmas),
        Some("misses") => misses(&lemmas),
        _ => {}
    }
}

/// A line's lemma, where it belongs to the wanted half.
fn lemma(line: &str, part: &str) -> Option<Lemma> {
    let (written, forms) = line.split_once(['\t', ' '])?;
    let hash = written
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    let wanted = part == "all" || (part == "held-out") == ((hash >> 32) % 2 == 1);
    wanted.then(|| Lemma { written: written.to_string(), forms: forms.split(' ').map(str::to_string).collect() })
}

fn ours(word: &str) -> String {
    language::stem("lv", &text::fold(word)).into()
}

fn folded(word: &str) -> String {
    lucene::stem(&text::fold(word))
}

/// The part of speech that a lemma's ending tells.
fn class(lemma: &str) -> &'static str {
    let ends = |endings: &[&str]| endings.iter().any(|ending| lemma.ends_with(ending));
    if ends(&["t", "ties"]) {
        "verb"
    } else if ends(&["īgs", "ais", "isks", "ošs", "āls", "īvs"]) {
        "adjective"
    } else {
        "noun"
    }
}

/// How many forms reach their lemma's stem, and of how many; by class. A diminutive is a word of its own.
fn understemming(lemmas: &[Lemma], stemmer: Stemmer) -> BTreeMap<&'static str, (u32, u32)> {
    let mut out: BTreeMap<&'static str, (u32, u32)> = BTreeMap::new();
    for lemma in lemmas {
        let stem = stemmer(&lemma.written);
        for form in lemma.forms.iter().filter(|form| **form != lemma.written) {
            let met = u32::from(stemmer(form) == stem);
            let diminutive = form.contains("iņ") && !lemma.written.contains("iņ");
            let classes = if diminutive { vec!["diminutive"] } else { vec!["all", class(&lemma.written)] };
            for class in classes {
                let counts = out.entry(class).or_default();
                *counts = (counts.0 + met, counts.1 + 1);
            }
        }
    }
    out
}

/// Pairs of lemmas with one stem, and pairs weighted by how likely a form of the one meets a form of the other; both for
/// each thousand lemmas.
fn overstemming(lemmas: &[Lemma], stemmer: Stemmer, all: usize) -> (f64, f64) {
    let mut by_stem: HashMap<String, u32> = HashMap::new();
    let mut shares: HashMap<String, Vec<f64>> = HashMap::new();
    for lemma in lemmas {
        *by_stem.entry(stemmer(&lemma.written)).or_default() += 1;
        let mut stems: HashMap<String, f64> = HashMap::new();
        for form in &lemma.forms {
            *stems.entry(stemmer(form)).or_default() += 1.0 / lemma.forms.len() as f64;
        }
        for (stem, share) in stems {
            shares.entry(stem).or_default().push(share);
        }
    }
    let pairs: u32 = by_stem.values().map(|lemmas| lemmas * (lemmas - 1) / 2).sum();
    let weighted: f64 = shares
        .values()
        .map(|shares| {
            let sum: f64 = shares.iter().sum();
            (sum * sum - shares.iter().map(|share| share * share).sum::<f64>()) / 2.0
        })
        .sum();
    let thousands = all as f64 / 1000.0;
    (f64::from(pairs) / thousands, weighted / thousands)
}

fn merges(lemmas: &[Lemma]) {
    let mut by_stem: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for lemma in lemmas {
        by_stem.entry(ours(&lemma.written)).or_default().push(&lemma.written);
    }
    for (stem, lemmas) in by_stem.iter().filter(|(_, lemmas)| lemmas.len() > 1) {
        println!("{stem}: {}", lemmas.join(" "));
    }
}

fn misses(lemmas: &[Lemma]) {
    for lemma in lemmas {
        let stem = ours(&lemma.written);
        let missed: HashSet<String> =
            lemma.forms.iter().filter(|form| ours(form) != stem).map(|form| format!("{form}>{}", ours(form))).collect();
        if !missed.is_empty() {
            println!("{} ({stem}): {}", lemma.written, missed.into_iter().collect::<Vec<_>>().join(" "));
        }
    }
}
