//! `cargo xtask relevance`: how well people's own words find services, over the judged queries (crates/search/judged), and over
//! the pages of others where they are. Of the judged queries, only `measure` reads the held half.

mod tune;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use durvis_search::{Builder, Doc, Hit, Index, Institution, Query, Source, Tables, Territory, Variant, Weights};
use serde_json::{Value, json};

use crate::bench::{engines, size};
use crate::build;
use crate::run::{output, say};

pub(crate) use tune::tune;

const JUDGED: &str = "crates/search/judged";
/// GOV.UK pages with judged queries, beside the checkout; they are not ours to copy.
const PAGES: &str = "../shared/data/search_relevance";
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

/// Prints the queries of the tuning half, and of the pages, whose answer is not among the first three.
pub(crate) fn misses() -> Result<()> {
    for set in tuned()? {
        println!("## {}", set.name);
        for one in &set.judged {
            let (place, hits) = place(&set.index, one, &Weights::default());
            if place.is_none_or(|place| place >= 3) {
                let first: Vec<String> = hits.iter().take(3).map(|hit| set.index.doc(hit.doc).name).collect();
                println!(
                    "{} -> {} [{}]: {place:?}, after {}",
                    one.query,
                    one.wanted.join(" "),
                    one.kind,
                    first.join(" | ")
                );
            }
        }
    }
    Ok(())
}

/// What weights may be tuned on: the tuning half of each language, and the pages of others where they are.
struct Set {
    name: String,
    index: Index,
    judged: Vec<Judged>,
}

fn tuned() -> Result<Vec<Set>> {
    let mut sets = Vec::new();
    for (lang, index) in indexes()? {
        let judged: Vec<Judged> = judged(&lang)?.into_iter().filter(|one| one.half == "tune").collect();
        sets.push(Set { name: format!("{lang} tune"), index, judged });
    }
    let folder = pages_folder();
    if folder.exists() {
        let (index, judged) = pages(&folder)?;
        sets.push(Set { name: "GOV.UK pages".into(), index, judged });
    }
    Ok(sets)
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
        let (place, _) = place(index, one, weights);
        let within = |most: usize| f64::from(u8::from(place.is_some_and(|place| place < most)));
        score.hit1 += within(1);
        score.hit3 += within(3);
        score.hit10 += within(10);
        score.mrr += place.map_or(0.0, |place| 1.0 / (place + 1) as f64);
    }
    let all = judged.len().max(1) as f64;
    Score { hit1: score.hit1 / all, hit3: score.hit3 / all, hit10: score.hit10 / all, mrr: score.mrr / all, ..score }
}

/// Where a right answer stands among the first ten, and these.
fn place(index: &Index, judged: &Judged, weights: &Weights) -> (Option<usize>, Vec<Hit>) {
    let query = Query { text: judged.query.clone(), limit: 10, ..Query::default() };
    let hits = index.search_with(&query, weights).hits;
    let place = hits.iter().position(|hit| judged.wanted.iter().any(|slug| slug == index.doc_slug(hit.doc)));
    (place, hits)
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
    let tables = Tables {
        lang: "en".into(),
        territories: vec![Territory { slug: "all".into(), name: "All".into(), ..Territory::default() }],
        institutions: vec![Institution { slug: "one".into(), name: "One".into(), ..Institution::default() }],
        ..Tables::default()
    };
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
