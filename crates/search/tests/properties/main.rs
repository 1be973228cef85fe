//! What holds of any catalogue and any query: tried on catalogues made by a small deterministic generator, against the
//! plainest possible way to do the same.

mod brute;
mod made;

use durvis_search::language::is_filler;
use durvis_search::{Facet, Index, Query, Sort, text};
use made::{Chance, catalogue};

const CATALOGUES: u64 = 24;

fn asked(text: &str) -> Query {
    Query { text: text.into(), ..Query::default() }
}

#[test]
fn a_count_is_how_many_docs_ticking_that_value_finds() {
    for seed in 0..CATALOGUES {
        let (index, docs, tables) = catalogue(seed);
        let mut chance = Chance(seed + 1_000);
        for _ in 0..12 {
            let query = made::query(&mut chance, &index, &docs);
            let hits = index.search(&query);
            let words = Query { filter: Default::default(), ..query.clone() };
            let found: Vec<u32> = index.search(&words).hits.iter().map(|hit| hit.doc).collect();
            let expected = brute::passing(&docs, &tables, &query.filter, &found);
            let mut got: Vec<u32> = hits.hits.iter().map(|hit| hit.doc).collect();
            got.sort_unstable();
            assert_eq!((hits.total, got), (expected.len(), expected), "seed {seed}, {query:?}");
            for facet in Facet::ALL {
                for value in 0..index.values(facet) as u16 {
                    let expected = brute::count(&docs, &tables, &query.filter, &found, facet, value);
                    assert_eq!(hits.counts.of(facet, value), expected, "seed {seed}, {facet:?} {value}, {query:?}");
                }
            }
        }
    }
}

#[test]
fn a_service_is_found_by_its_name_before_all_with_other_names() {
    for seed in 0..CATALOGUES {
        let (index, docs, _) = catalogue(seed);
        let words = |name: &str| {
            let mut words: Vec<String> = text::words(name).map(|range| text::fold(&name[range])).collect();
            words.retain(|word| !is_filler(index.lang(), word));
            words.sort_unstable();
            words.dedup();
            words
        };
        for doc in docs.iter().filter(|doc| !words(&doc.name).is_empty()) {
            let hits = index.search(&asked(&doc.name)).hits;
            let first =
                hits.iter().map(|hit| index.doc(hit.doc)).take_while(|one| words(&one.name) == words(&doc.name));
            let slugs: Vec<String> = first.map(|one| one.slug).collect();
            assert!(slugs.contains(&doc.slug), "seed {seed}: {:?} finds {slugs:?} first", doc.name);
        }
    }
}

#[test]
fn a_letter_more_of_a_word_never_loses_the_service_that_has_it() {
    for seed in 0..CATALOGUES {
        let (index, docs, _) = catalogue(seed);
        for doc in docs.iter().take(10) {
            for range in text::words(&doc.name) {
                let word = &doc.name[range];
                for (at, letter) in word.char_indices() {
                    let so_far = &word[..at + letter.len_utf8()];
                    let hits = index.search(&asked(so_far)).hits;
                    let found = hits.iter().any(|hit| index.doc(hit.doc).slug == doc.slug);
                    assert!(found, "seed {seed}: {so_far} of {word}");
                }
            }
        }
    }
}

#[test]
fn a_page_of_hits_is_a_part_of_all_hits() {
    for seed in 0..CATALOGUES {
        let (index, docs, _) = catalogue(seed);
        let mut chance = Chance(seed + 2_000);
        for sort in [Sort::Relevance, Sort::Name, Sort::Popularity] {
            let query = Query { sort, ..made::query(&mut chance, &index, &docs) };
            let all = index.search(&query);
            let (offset, limit) = (chance.below(docs.len()), chance.below(12));
            let page = index.search(&Query { offset, limit, ..query });
            let expected: Vec<_> = all.hits.iter().copied().skip(offset).take(limit).collect();
            assert_eq!((page.total, page.hits, page.counts), (all.total, expected, all.counts));
        }
    }
}

#[test]
fn a_slip_of_the_finger_still_finds_the_word() {
    let (index, docs, _) = catalogue(7);
    let mut chance = Chance(3);
    for doc in &docs {
        let Some(word) = text::words(&doc.name).map(|range| &doc.name[range]).find(|word| word.chars().count() > 6)
        else {
            continue;
        };
        let mut letters: Vec<char> = word.chars().collect();
        let at = 1 + chance.below(letters.len() - 2);
        letters.swap(at, at + 1);
        let typed: String = letters.into_iter().collect();
        let hits = index.search(&asked(&typed));
        assert!(hits.hits.iter().any(|hit| index.doc(hit.doc).slug == doc.slug), "{typed} for {word}");
    }
}

#[test]
fn any_bytes_with_a_right_checksum_are_answered_or_refused() {
    let (index, docs, _) = catalogue(3);
    let mut chance = Chance(11);
    let queries: Vec<Query> = (0..6).map(|_| made::query(&mut chance, &index, &docs)).collect();
    let mut opened = 0;
    for _ in 0..4_000 {
        let mut bytes = index.bytes().to_vec();
        for _ in 0..1 + chance.below(6) {
            let at = 12 + chance.below(bytes.len() - 12);
            bytes[at] = [0, 1, 0x7f, 0xff, chance.below(256) as u8][chance.below(5)];
        }
        made::sign(&mut bytes);
        if let Ok(forged) = Index::open(bytes) {
            opened += 1;
            use_all(&forged, &queries);
        }
    }
    assert!(opened > 2_000, "few of them were read: {opened}");
}

/// Reads everything that an index has.
fn use_all(index: &Index, queries: &[Query]) {
    for query in queries.iter().chain([&asked("pasee"), &asked("e")]) {
        let hits = index.search(&Query { limit: 10, near: Some(1), ..query.clone() });
        hits.hits.iter().for_each(|hit| drop(index.doc(hit.doc)));
        assert!(!hits.marks("\u{0}"));
    }
    let tables = index.territories().count() + index.places().count() + index.institutions().count();
    assert!(tables + index.life_events().count() <= index.bytes().len());
    assert!(index.sizes().1 <= index.sizes().0 && index.popular_e_services(6).len() <= 6);
    assert!(index.find("s1").is_none_or(|at| (at as usize) < index.len()));
}
