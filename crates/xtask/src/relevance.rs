//! `cargo xtask relevance`: how well people's own words find services, over the judged queries (crates/search/judged), and over
//! the pages of others where they are. `cargo xtask tune` looks for better weights, by the tuning half alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use durvis_search::{Builder, Doc, Index, Institution, Query, Source, Tables, Territory, Variant, Weights};
use serde_json::{Value, json};

use crate::bench::{engines, size};
use crate::build;
use crate::run::{output, say};

const JUDGED: &str = "crates/search/judged";
/// GOV.UK pages with judged queries, beside the checkout; they are not ours to copy.
const PAGES: &str = "../shared/data/search_relevance";
/// How far a weight is moved in one try.
const STEPS: [f32; 4] = [0.5, 0.8, 1.25, 2.0];
const ROUNDS: usize = 3;

/// A query, what it should find, and which half it is of.
struct Judged {
    query: String,
    wanted: Vec<String>,
    kind: String,
    half: String,
}

/// Shares of the queries (of the pairs, for pages) that find the wanted one at once, among three, among ten; and the mean of
/// one over its place.
#[derive(Clone, Copy, Default)]
struct Score {
    queries: usize,
    hit1: f64,
    hit3: f64,
    hit10: f64,
    mrr: f64,
}

/// Prints a table, or JSON.
pub(crate) fn measure(as_json: bool) -> Result<()> {
    let mut rows: Vec<(String, Score)> = Vec::new();
    for (lang, index) in indexes()? {
        let judged = judged(&lang)?;
        for half in ["tune", "held"] {
            let of_half: Vec<&Judged> = judged.iter().filter(|one| one.half == half).collect();
            rows.push((format!("{lang} {half}"), score(&index, &of_half, &Weights::default())));
        }
        let mut kinds: BTreeMap<&str, Vec<&Judged>> = BTreeMap::new();
        for one in judged.iter().filter(|one| one.half == "held") {
            kinds.entry(&one.kind).or_default().push(one);
        }
        for (kind, of_kind) in kinds {
            rows.push((format!("{lang} held, {kind}"), score(&index, &of_kind, &Weights::default())));
        }
    }
    let folder = pages_folder();
    let rival = if folder.exists() {
        let (index, pairs) = pages(&folder)?;
        rows.push(("GOV.UK pages".into(), score(&index, &pairs.iter().collect::<Vec<_>>(), &Weights::default())));
        engines::packages()?;
        output(Command::new("node").arg("bench/search/relevance.mjs").arg(&folder))?
    } else {
        say(&format!("{} is not there: no pages of others", folder.display()));
        String::new()
    };
    if as_json {
        let sets: serde_json::Map<String, Value> =
            rows.iter().map(|(name, score)| (name.clone(), score.json())).collect();
        let rival: Value = serde_json::from_str(&rival).unwrap_or_default();
        println!("{}", json!({ "sets": sets, "minisearch_on_pages": rival }));
        return Ok(());
    }
    println!("| judged set | queries | hit@1 | hit@3 | hit@10 | MRR |\n|---|---|---|---|---|---|");
    for (name, Score { queries, hit1, hit3, hit10, mrr }) in rows {
        println!("| {name} | {queries} | {hit1:.3} | {hit3:.3} | {hit10:.3} | {mrr:.3} |");
    }
    if !rival.is_empty() {
        println!("minisearch on the same pages, the best of its settings: {}", rival.trim());
    }
    Ok(())
}

/// Moves one weight at a time, and keeps what makes the tuning half of all languages better. Prints the weights; a person
/// who finds them reasonable writes them into crates/search/src/weights.rs.
pub(crate) fn tune() -> Result<()> {
    let mut sets = Vec::new();
    for (lang, index) in indexes()? {
        let half: Vec<Judged> = judged(&lang)?.into_iter().filter(|one| one.half == "tune").collect();
        sets.push((index, half));
    }
    let value = |weights: &Weights| -> f64 {
        let of = |(index, half): &(Index, Vec<Judged>)| {
            let score = score(index, &half.iter().collect::<Vec<_>>(), weights);
            score.hit1 + score.hit3 + score.mrr
        };
        sets.iter().map(of).sum()
    };
    let mut best = Weights::default();
    let mut reached = value(&best);
    say(&format!("with the present weights: {reached:.4} (hit@1 + hit@3 + MRR, summed over the languages)"));
    for round in 1..=ROUNDS {
        let before = reached;
        for at in 0..NAMES.len() {
            for step in STEPS {
                let mut tried = best.clone();
                *number(&mut tried, at) *= step;
                let now = value(&tried);
                if now > reached + 1e-9 {
                    say(&format!("round {round}: {} x {step}: {now:.4}", NAMES[at]));
                    (best, reached) = (tried, now);
                }
            }
        }
        if reached <= before {
            break;
        }
    }
    println!("{best:#?}");
    Ok(())
}

const NAMES: [&str; 18] = [
    "name",
    "synonyms",
    "keywords",
    "other names",
    "institution",
    "summary",
    "description",
    "more fields",
    "form",
    "beginning",
    "reading",
    "corrected",
    "corrected beginning",
    "name covered",
    "whole name",
    "popularity",
    "here",
    "exact",
];

fn number(weights: &mut Weights, at: usize) -> &mut f32 {
    match at {
        0..7 => &mut weights.fields[at],
        7 => &mut weights.more_fields,
        8 => &mut weights.form,
        9 => &mut weights.beginning,
        10 => &mut weights.reading,
        11 => &mut weights.corrected,
        12 => &mut weights.corrected_beginning,
        13 => &mut weights.name_covered,
        14 => &mut weights.whole_name,
        15 => &mut weights.popularity,
        16 => &mut weights.here,
        _ => &mut weights.exact,
    }
}

/// The index of each language, as the server publishes it.
fn indexes() -> Result<Vec<(String, Index)>> {
    let durvis = build::server()?;
    let bytes = size::published_indexes(&durvis)?;
    bytes.into_iter().map(|(lang, bytes)| Ok((lang, Index::open(bytes).context("the published index")?))).collect()
}

fn judged(lang: &str) -> Result<Vec<Judged>> {
    let path = format!("{JUDGED}/{lang}.tsv");
    let text = fs::read_to_string(&path).with_context(|| path.clone())?;
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
            [query, wanted, kind, half] => Ok(Judged {
                query: query.into(),
                wanted: wanted.split(' ').map(str::to_owned).collect(),
                kind: kind.into(),
                half: half.into(),
            }),
            _ => anyhow::bail!("{path}: four columns, not {line:?}"),
        })
        .collect()
}

fn score(index: &Index, judged: &[&Judged], weights: &Weights) -> Score {
    let mut score = Score { queries: judged.len(), ..Score::default() };
    for one in judged {
        let hits = index.search_with(&Query { text: one.query.clone(), limit: 10, ..Query::default() }, weights).hits;
        let place = hits.iter().position(|hit| one.wanted.iter().any(|slug| slug == index.doc_slug(hit.doc)));
        let within = |most: usize| f64::from(u8::from(place.is_some_and(|place| place < most)));
        score.hit1 += within(1);
        score.hit3 += within(3);
        score.hit10 += within(10);
        score.mrr += place.map_or(0.0, |place| 1.0 / (place + 1) as f64);
    }
    let all = judged.len().max(1) as f64;
    Score { hit1: score.hit1 / all, hit3: score.hit3 / all, hit10: score.hit10 / all, mrr: score.mrr / all, ..score }
}

impl Score {
    fn json(&self) -> Value {
        let Score { queries, hit1, hit3, hit10, mrr } = self;
        json!({ "queries": queries, "hit@1": hit1, "hit@3": hit3, "hit@10": hit10, "mrr": mrr })
    }
}

fn pages_folder() -> PathBuf {
    std::env::var_os("SEARCH_RELEVANCE").map_or_else(|| PAGES.into(), PathBuf::from)
}

/// The pages as docs, and each pair of a query and a page.
fn pages(folder: &Path) -> Result<(Index, Vec<Judged>)> {
    let mut tables = Tables::default();
    tables.lang = "en".into();
    tables.territories = vec![Territory { slug: "all".into(), name: "All".into(), ..Territory::default() }];
    tables.institutions = vec![Institution { slug: "one".into(), name: "One".into(), ..Institution::default() }];
    let mut builder = Builder::new(tables);
    for line in fs::read_to_string(folder.join("documents_en.jsonl"))?.lines().filter(|line| !line.trim().is_empty()) {
        let page: Value = serde_json::from_str(line)?;
        let text = |name: &str| page[name].as_str().unwrap_or_default().to_owned();
        let (slug, name, summary) = (text("base_path"), text("title"), text("description"));
        let doc = Doc { slug, name, summary, audience: 1, variants: vec![Variant::default()], ..Doc::default() };
        builder.add(doc, &Source { description: text("body"), ..Source::default() });
    }
    let pairs = fs::read_to_string(folder.join("judged_queries_en.csv"))?;
    let pair = |line: &str| {
        let (query, page) = match line.strip_prefix('"') {
            Some(rest) => rest.split_once("\",").map(|(query, rest)| (query.replace("\"\"", "\""), rest))?,
            None => line.split_once(',').map(|(query, rest)| (query.to_owned(), rest))?,
        };
        let page = page.split(',').next()?.to_owned();
        Some(Judged { query, wanted: vec![page], kind: String::new(), half: String::new() })
    };
    Ok((builder.finish(), pairs.lines().skip(1).filter_map(pair).collect()))
}
