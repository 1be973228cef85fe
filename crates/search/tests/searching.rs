//! The index as a whole: what citizens type and find, what the facets count, and that damaged bytes are refused.

use durvis_search::{
    Builder, Doc, Facet, Filter, Index, IndexError, Institution, Place, Query, Sort, Source, Tables, Territory,
    Variant, kind,
};

fn variant(territory: u16, institution: u16, kinds: u8, places: &[u16]) -> Variant {
    Variant { territory, institution, kinds, places: places.to_vec() }
}

fn named(slug: &str) -> Territory {
    Territory { slug: slug.into(), name: slug.into(), ..Territory::default() }
}

fn institution(slug: &str, municipal: bool) -> Institution {
    Institution { slug: slug.into(), name: slug.into(), municipal }
}

fn place(slug: &str, territory: u16, institution: u16) -> Place {
    Place { slug: slug.into(), name: slug.into(), address: String::new(), territory, institution }
}

/// Three services of the state, and one that Rīga offers as an e-service and Ogre in person.
fn index() -> Index {
    let tables = Tables {
        lang: "lv".into(),
        institutions: vec![institution("pmlp", false), institution("riga", true), institution("ogre", true)],
        territories: vec![named("latvia"), named("riga"), named("ogre")],
        places: vec![place("pmlp-riga", 1, 0), place("riga-centre", 1, 1), place("ogre-centre", 2, 2)],
        ..Tables::default()
    };
    let mut builder = Builder::new(tables);
    let doc = |slug: &str, name: &str, audience, popularity, variants| Doc {
        slug: slug.into(),
        name: name.into(),
        audience,
        popularity,
        municipal: slug == "felling",
        variants,
        ..Doc::default()
    };
    let national = |kinds| vec![variant(0, 0, kinds, &[0])];
    let said = |synonyms: &[&str], description: &str| Source {
        synonyms: synonyms.iter().map(|&text| text.to_owned()).collect(),
        description: description.into(),
        ..Source::default()
    };
    builder.add(
        doc("residence", "Dzīvesvietas deklarēšana", 1, 90, national(kind::HERE | kind::IN_PERSON)),
        &said(&["pieraksts", "прописка"], "Adrese, kurā dzīvojat."),
    );
    builder.add(doc("passport", "Pase", 1, 80, national(kind::IN_PERSON)), &said(&["id karte"], ""));
    builder.add(
        doc("company", "Uzņēmuma reģistrācija", 2, 70, national(kind::ELSEWHERE)),
        &said(&["atvērt firmu"], "Uzrādiet pasi."),
    );
    let local = vec![variant(1, 1, kind::HERE, &[1]), variant(2, 2, kind::IN_PERSON, &[2])];
    builder.add(doc("felling", "Koku ciršana", 3, 10, local), &said(&[], ""));
    builder.finish()
}

fn found(index: &Index, text: &str) -> Vec<String> {
    let hits = index.search(&Query { text: text.into(), ..Query::default() });
    hits.hits.iter().map(|hit| index.doc(hit.doc).slug).collect()
}

#[test]
fn a_citizen_finds_a_service_however_it_is_typed() {
    let index = index();
    let cases = [
        ("dzīvesvietas deklarēšana", "residence"),
        ("DZIVESVIETAS DEKLARESANA", "residence"),
        ("deklarēt dzīvesvietu", "residence"),
        ("dzives", "residence"),
        ("dzivesveitas deklresana", "residence"),
        ("pieraksts", "residence"),
        ("прописку", "residence"),
        ("pases", "passport"),
        ("firma", "company"),
        ("uzņēmumu reģistrēt", "company"),
    ];
    for (typed, expected) in cases {
        assert_eq!(found(&index, typed).first().map(String::as_str), Some(expected), "{typed}");
    }
}

#[test]
fn a_word_in_the_name_goes_before_the_same_word_in_passing() {
    assert_eq!(found(&index(), "pase"), ["passport", "company"]);
}

#[test]
fn a_mistyped_word_is_corrected_and_said_so() {
    let index = index();
    let query = |text: &str| index.search(&Query { text: text.into(), ..Query::default() });
    assert_eq!(query("deklaresna").corrected.as_deref(), Some("deklarēšana"));
    assert_eq!(query("deklaresana").corrected, None, "diacritics are not a mistake");
    assert!(query("xylophone").hits.is_empty());
}

#[test]
fn a_word_found_only_in_passing_brings_up_the_word_that_was_meant() {
    let mut builder = Builder::new(Tables { lang: "lv".into(), ..Tables::default() });
    let doc = |name: &str| Doc { name: name.into(), variants: vec![Variant::default()], ..Doc::default() };
    builder.add(doc("Pabalsts ģimenei"), &Source::default());
    builder.add(doc("Pase"), &Source { description: "Pabalets ar drukas kļūdu".into(), ..Source::default() });
    let index = builder.finish();
    let hits = |text: &str| index.search(&Query { text: text.into(), ..Query::default() });
    assert_eq!(hits("pabalets").suggestion.as_deref(), Some("pabalsts"));
    assert_eq!((hits("pabalets").total, hits("pabalets").corrected), (2, None), "both are searched");
    assert_eq!((hits("pabalsts").suggestion, hits("pabals").suggestion), (None, None));
}

#[test]
fn a_name_is_found_by_its_initials_and_by_an_abbreviation_typed_letter_by_letter() {
    let mut builder = Builder::new(Tables { lang: "en".into(), ..Tables::default() });
    let names = ["Personal Independence Payment", "Professional and Career Development Loans", "Payment plan for tax"];
    for name in names {
        let doc = Doc { slug: name.into(), name: name.into(), variants: vec![Variant::default()], ..Doc::default() };
        builder.add(doc, &Source::default());
    }
    let index = builder.finish();
    for (typed, expected) in [("pip", names[0]), ("p i p", names[0]), ("P.I.P. claim", names[0]), ("pcdl", names[1])] {
        assert_eq!(found(&index, typed).first().map(String::as_str), Some(expected), "{typed}");
    }
}

#[test]
fn a_compound_is_found_when_it_is_typed_apart() {
    let mut builder = Builder::new(Tables { lang: "lv".into(), ..Tables::default() });
    for name in ["Vieta bērnudārzā", "Bērnudārzs", "Bērna pase", "Dārza tehnika"] {
        let doc = Doc { slug: name.into(), name: name.into(), variants: vec![Variant::default()], ..Doc::default() };
        builder.add(doc, &Source::default());
    }
    let index = builder.finish();
    assert_eq!(found(&index, "bērnu dārzs").first().map(String::as_str), Some("Bērnudārzs"));
}

#[test]
fn a_word_of_the_other_keyboard_layout_is_read_as_it_was_meant() {
    let index = index();
    let hits = index.search(&Query { text: "ghjgbcrf".into(), ..Query::default() });
    assert_eq!(found(&index, "ghjgbcrf"), ["residence"]);
    assert_eq!(hits.corrected.as_deref(), Some("прописка"));
}

#[test]
fn better_ways_to_find_a_word_go_first() {
    let mut builder = Builder::new(Tables { lang: "lv".into(), ..Tables::default() });
    // The same number of words in each name, the same use.
    for name in ["reģistra izziņa", "reģistrators mājā", "reģistrs jauns", "registri jauni"] {
        let doc = Doc { slug: name.into(), name: name.into(), variants: vec![Variant::default()], ..Doc::default() };
        builder.add(doc, &Source::default());
    }
    let index = builder.finish();
    assert_eq!(found(&index, "registri").first().map(String::as_str), Some("registri jauni"), "exact");
    assert_eq!(found(&index, "registri").last().map(String::as_str), Some("reģistrs jauns"), "forms, and no beginning");
    assert_eq!(found(&index, "registra").last().map(String::as_str), Some("reģistrators mājā"), "a beginning");
}

#[test]
fn what_a_parish_offers_counts_for_its_municipality() {
    let part = Territory { parent: Some(1), ..named("ikskile") };
    let territories = vec![named("latvia"), named("ogre"), part];
    let mut builder = Builder::new(Tables { lang: "lv".into(), territories, ..Tables::default() });
    for (at, name) in [(0, "Pase"), (1, "Koku ciršana"), (2, "Kapsētas uzturēšana")] {
        let variants = vec![variant(at, 0, kind::IN_PERSON, &[])];
        builder.add(Doc { name: name.into(), municipal: at > 0, variants, ..Doc::default() }, &Source::default());
    }
    let counts = builder.finish().search(&Query::default()).counts;
    assert_eq!([0, 1, 2].map(|territory| counts.of(Facet::Territory, territory)), [1, 2, 1]);
}

#[test]
fn what_matched_is_marked_in_the_text_as_written() {
    let hits = index().search(&Query { text: "deklarēt".into(), ..Query::default() });
    assert!(hits.marks("deklarēšana"));
    assert!(!hits.marks("Dzīvesvietas"));
}

#[test]
fn facets_hold_together_for_one_and_the_same_municipality() {
    let index = index();
    let mut filter = Filter::default();
    filter.tick(Facet::Kind, 0);
    filter.tick(Facet::Territory, 2);
    let hits = index.search(&Query { filter, ..Query::default() });
    assert!(hits.hits.is_empty(), "felling is an e-service in Rīga, not in Ogre");
    assert_eq!(hits.counts.of(Facet::Kind, 2), 1, "ticking in person as well would find it");
    assert_eq!(hits.counts.of(Facet::Territory, 1), 1);
}

#[test]
fn a_count_is_what_ticking_that_value_alone_would_find() {
    let index = index();
    let sizes = [4, 2, 0, 3, 3, 3, 2];
    let counted = index.search(&Query::default()).counts;
    for facet in Facet::ALL {
        for value in 0..sizes[facet as usize] {
            let mut filter = Filter::default();
            filter.tick(facet, value);
            let hits = index.search(&Query { filter, ..Query::default() }).hits.len();
            assert_eq!(counted.of(facet, value) as usize, hits, "{facet:?} {value}");
        }
    }
}

#[test]
fn a_value_that_does_not_exist_finds_nothing_and_breaks_nothing() {
    let mut filter = Filter::default();
    filter.tick(Facet::Place, u16::MAX);
    filter.tick(Facet::Kind, 4_000);
    assert!(index().search(&Query { filter, ..Query::default() }).hits.is_empty());
}

#[test]
fn without_text_the_most_used_come_first_and_by_name_the_docs_keep_their_order() {
    let index = index();
    assert_eq!(found(&index, ""), ["residence", "passport", "company", "felling"]);
    let hits = index.search(&Query { sort: Sort::Name, ..Query::default() });
    assert_eq!(hits.hits.iter().map(|hit| hit.doc).collect::<Vec<_>>(), [0, 1, 2, 3]);
}

#[test]
fn a_pasted_page_is_answered() {
    assert!(found(&index(), &"pase ".repeat(100_000)).contains(&"passport".to_owned()));
    assert!(found(&index(), &"x".repeat(1_000_000)).is_empty());
}

#[test]
fn an_index_comes_back_as_it_went() {
    let index = index();
    let again = Index::open(index.bytes().to_vec()).expect("whole");
    assert_eq!((again.lang(), again.len()), ("lv", 4));
    assert_eq!((0..5).map(|at| again.doc(at)).collect::<Vec<_>>(), (0..5).map(|at| index.doc(at)).collect::<Vec<_>>());
    let felling = again.doc(3);
    assert_eq!((felling.slug.as_str(), felling.name.as_str(), felling.kinds), ("felling", "Koku ciršana", 5));
    assert_eq!(felling.variants, [variant(1, 1, kind::HERE, &[1]), variant(2, 2, kind::IN_PERSON, &[2])]);
    assert_eq!(again.territories().map(|one| one.slug).collect::<Vec<_>>(), ["latvia", "riga", "ogre"]);
    assert_eq!(again.find("passport"), Some(1));
    assert_eq!(again.doc(4), Doc::default());
}

#[test]
fn damaged_bytes_are_refused() {
    let index = index();
    let bytes = index.bytes();
    for cut in 0..bytes.len() {
        assert!(Index::open(&bytes[..cut]).is_err(), "cut at {cut}");
    }
    for at in 0..bytes.len() {
        let mut damaged = bytes.to_vec();
        damaged[at] ^= 0xff;
        assert!(Index::open(damaged).is_err(), "another byte at {at}");
    }
    assert_eq!(Index::open(&b"DVX1"[..]).err(), Some(IndexError::NotAnIndex));
}

#[test]
fn a_name_that_fell_back_says_its_language() {
    let doc = |slug: &str, lang: Option<&str>| Doc {
        slug: slug.into(),
        name: slug.into(),
        name_lang: lang.map(str::to_owned),
        variants: vec![variant(0, 0, 0, &[])],
        ..Doc::default()
    };
    let mut builder = Builder::new(Tables { lang: "sv".into(), ..Tables::default() });
    builder.add(doc("bygglov", None), &Source::default());
    builder.add(doc("rakennuslupa", Some("fi")), &Source::default());
    let index = builder.finish();
    assert_eq!([0, 1].map(|at| index.doc(at).name_lang), [None, Some("fi".to_owned())]);
    assert_eq!(index.doc(1).summary_lang, None);
}
