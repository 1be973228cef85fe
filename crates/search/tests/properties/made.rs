//! Catalogues and queries out of a seed.

use durvis_search::{
    Builder, Doc, Facet, Filter, Index, Institution, LifeEvent, Place, Query, Source, Tables, Territory, Variant,
};

/// A generator of numbers (splitmix64): the same seed gives the same ones.
pub struct Chance(pub u64);

impl Chance {
    /// A number below another one; 0 below 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ mixed >> 31) % end.max(1) as u64) as usize
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    fn some(&mut self, end: usize, most: usize) -> Vec<u16> {
        let mut all: Vec<u16> = (0..self.below(most + 1)).map(|_| self.below(end) as u16).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

const SYLLABLES: &[&str] = &[
    "pa", "dzī", "ves", "re", "ģis", "trā", "ci", "ja", "ap", "lie", "cī", "ba", "mak", "sā", "no", "dok", "lis", "šan",
];
const RUSSIAN: &[&str] = &["па", "спорт", "рег", "ис", "тра", "ция", "по", "со", "бие", "нал", "ог"];

fn word(chance: &mut Chance) -> String {
    let syllables = if chance.below(5) == 0 { RUSSIAN } else { SYLLABLES };
    (0..1 + chance.below(4)).map(|_| *chance.of(syllables)).collect()
}

fn text(chance: &mut Chance, words: &[String], least: usize, most: usize) -> String {
    let count = least + chance.below(most - least + 1);
    (0..count).map(|_| chance.of(words).as_str()).collect::<Vec<_>>().join(if chance.below(9) == 0 { "-" } else { " " })
}

/// An index, its docs as they were given, and its lists. A hundred docs at most.
pub fn catalogue(seed: u64) -> (Index, Vec<Doc>, Tables) {
    let mut chance = Chance(seed);
    let words: Vec<String> = (0..40 + chance.below(200)).map(|_| word(&mut chance)).collect();
    let slug = |kind: &str, at: usize| format!("{kind}{at}");
    let territories = 4 + chance.below(6);
    let (institutions, places, events) = (2 + chance.below(5), 2 + chance.below(20), 1 + chance.below(4));
    let tables = Tables {
        lang: (*chance.of(&["lv", "ru", "en"])).into(),
        institutions: (0..institutions)
            .map(|at| Institution { slug: slug("i", at), ..Institution::default() })
            .collect(),
        territories: (0..territories)
            .map(|at| Territory {
                slug: slug("t", at),
                name: text(&mut chance, &words, 1, 2),
                units: (0..chance.below(3)).map(|_| word(&mut chance)).collect(),
                // The last ones are parts of the first municipalities.
                parent: (at > 3).then(|| 1 + (at % 3) as u16),
            })
            .collect(),
        places: (0..places).map(|at| Place { slug: slug("p", at), ..Place::default() }).collect(),
        life_events: (0..events).map(|at| LifeEvent { slug: slug("e", at), ..LifeEvent::default() }).collect(),
    };
    let mut builder = Builder::new(tables.clone());
    let docs: Vec<Doc> = (0..20 + chance.below(80))
        .map(|at| {
            let municipal = chance.below(3) == 0;
            let variants = (0..if municipal { 1 + chance.below(5) } else { 1 }).map(|_| Variant {
                territory: if municipal { 1 + chance.below(territories - 1) as u16 } else { 0 },
                institution: chance.below(institutions) as u16,
                kinds: chance.below(16) as u8,
                places: chance.some(places, 3),
            });
            let variants = variants.collect();
            Doc {
                slug: slug("s", at),
                name: text(&mut chance, &words, 1, 5),
                summary: text(&mut chance, &words, 0, 9),
                municipal,
                sign_in: chance.below(2) == 0,
                audience: chance.below(4) as u8,
                popularity: chance.below(101) as u8,
                life_events: chance.some(events, 2),
                variants,
                ..Doc::default()
            }
        })
        .collect();
    for doc in &docs {
        let source = Source {
            synonyms: vec![text(&mut chance, &words, 0, 2)],
            keywords: vec![text(&mut chance, &words, 0, 3)],
            description: text(&mut chance, &words, 0, 30),
            ..Source::default()
        };
        builder.add(doc.clone(), &source);
    }
    (builder.finish(), docs, tables)
}

/// A query with a few words of the catalogue, whole, cut or mistyped, and a few values ticked.
pub fn query(chance: &mut Chance, index: &Index, docs: &[Doc]) -> Query {
    let mut text = String::new();
    for _ in 0..chance.below(4) {
        let name = &chance.of(docs).name;
        let cut = name.floor_char_boundary(chance.below(name.len() + 1));
        text += if chance.below(2) == 0 { &name[..cut] } else { name };
        text.push(if chance.below(8) == 0 { 'x' } else { ' ' });
    }
    let mut filter = Filter::default();
    for facet in Facet::ALL {
        for _ in 0..chance.below(6).saturating_sub(3) {
            filter.tick(facet, chance.below(index.values(facet)) as u16);
        }
    }
    Query { text, filter, ..Query::default() }
}

/// Gives bytes the checksum that they should have: what who forges a file can do too.
pub fn sign(bytes: &mut [u8]) {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ (bytes.len() - 12) as u64;
    for chunk in bytes[12..].chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0100_0000_01b3).rotate_left(29);
    }
    bytes[4..12].copy_from_slice(&hash.to_le_bytes());
}
