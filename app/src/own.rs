//! The search over one's own affairs (B10): an index of them, made on this device by the engine of the catalogue. Nothing that is
//! looked for goes anywhere; on a device that is the citizen's own the list is kept, sealed, for when there is no line.

use durvis_contract::own::{Own, OwnKind, OwnThing};
use durvis_search::{Builder, Doc, Hits, Index, Institution, Query, Source, Tables, Territory, Variant};
use js_sys::Uint8Array;

use crate::api::{self, ApiError};
use crate::i18n::content;
use crate::offline::device;
use crate::offline::journal::Journal;

/// What is searched.
#[derive(Debug)]
pub struct Affairs {
    index: Index,
    pub own: Own,
    /// Out of what the device kept: there is no line.
    pub is_kept: bool,
}

/// What was found: the places in `own.things`, and what marks the words.
#[derive(Debug, Default)]
pub struct Found {
    pub places: Vec<usize>,
    /// How many there are of each kind, as in [`OwnKind::ALL`].
    pub counts: [usize; OwnKind::ALL.len()],
    pub hits: Hits,
}

/// Asks for everything of one's own; without a line, what the citizen's own device has kept.
pub async fn affairs(
    journal: Journal,
    words: fn(&OwnThing) -> String,
    asked: Result<Vec<u8>, ApiError>,
) -> Result<Affairs, ApiError> {
    let place = format!("own.{}", content());
    let (bytes, is_kept) = match asked {
        Ok(bytes) => {
            if device::is_own() {
                journal.put_file(&place, &Uint8Array::from(&bytes[..])).await;
            }
            (bytes, false)
        }
        Err(ApiError::Offline) if device::is_own() => {
            (journal.file(&place).await.ok_or(ApiError::Offline)?.to_vec(), true)
        }
        Err(error) => return Err(error),
    };
    let own = api::own::read(&bytes)?;
    Ok(Affairs { index: index(&own, content(), words), own, is_kept })
}

impl Affairs {
    /// The things that a text finds, the likeliest first; all of them for none. Of one kind, where one is chosen.
    pub fn find(&self, text: &str, kind: Option<OwnKind>) -> Found {
        found(&self.index, &self.own, text, kind)
    }
}

fn found(index: &Index, own: &Own, text: &str, kind: Option<OwnKind>) -> Found {
    let hits = index.search(&Query { text: text.into(), ..Query::default() });
    let mut found = Found::default();
    for hit in &hits.hits {
        let Some(thing) = own.things.get(hit.doc as usize) else { continue };
        found.counts[thing.kind as usize] += 1;
        if kind.is_none_or(|kind| kind == thing.kind) {
            found.places.push(hit.doc as usize);
        }
    }
    found.hits = hits;
    found
}

/// `words` says what a thing's code is called.
fn index(own: &Own, lang: &str, words: impl Fn(&OwnThing) -> String) -> Index {
    // Every doc of an index is offered somewhere by somebody.
    let tables = Tables {
        lang: lang.into(),
        institutions: vec![Institution::default()],
        territories: vec![Territory::default()],
        ..Tables::default()
    };
    let mut builder = Builder::new(tables);
    let all = own.things.len().max(1);
    for (at, thing) in own.things.iter().enumerate() {
        let doc = Doc {
            name: thing.title.clone(),
            // What is newer is likelier meant.
            popularity: (100 - at * 99 / all) as u8,
            variants: vec![Variant::default()],
            ..Doc::default()
        };
        builder.add(doc, &source(thing, words(thing)));
    }
    builder.finish()
}

fn source(thing: &OwnThing, words: String) -> Source {
    let number = thing.number.map(|number| number.to_string());
    let joined = number.as_ref().map(|number| number.replace('-', ""));
    let amount = thing.amount_cents.map(|cents| format!("{},{:02} {}", cents / 100, cents % 100, cents / 100));
    let day = thing.at.get(..10).map(spoken_day);
    Source {
        synonyms: vec![words],
        keywords: [number, joined, amount, day].into_iter().flatten().collect(),
        institution: thing.institution.iter().cloned().collect(),
        description: thing.text.clone().unwrap_or_default(),
        ..Source::default()
    }
}

/// A day as one types it, besides its ISO form: 24.11.2026.
fn spoken_day(iso: &str) -> String {
    let mut parts: Vec<&str> = iso.split('-').collect();
    parts.reverse();
    format!("{iso} {}", parts.join("."))
}

#[cfg(test)]
mod tests {
    use durvis_contract::e_service::Reference;

    use super::*;

    fn thing(kind: OwnKind, code: &str, title: &str) -> OwnThing {
        OwnThing {
            kind,
            code: code.into(),
            about: "a".into(),
            title: title.into(),
            number: Some(Reference::new(7)),
            institution: Some("Rīgas valstspilsētas pašvaldība".into()),
            text: None,
            at: "2026-11-24T08:00:00Z".into(),
            amount_cents: None,
        }
    }

    fn life() -> Own {
        let paid = OwnThing { amount_cents: Some(3_450), ..thing(OwnKind::Bill, "paid", "Pases pasūtīšana") };
        let asked = OwnThing {
            text: Some("Lūdzu, pievienojiet dzimšanas apliecību".into()),
            ..thing(OwnKind::Message, "asked", "Vietas pieteikums bērnudārzā")
        };
        let things = vec![thing(OwnKind::Use, "sent", "Pases pasūtīšana"), paid, asked];
        Own { things, ..Own::default() }
    }

    fn find(text: &str, kind: Option<OwnKind>) -> Vec<usize> {
        let own = life();
        let words = |thing: &OwnThing| if thing.code == "paid" { "Samaksāts" } else { "Nosūtīts" }.to_owned();
        let mut places = found(&index(&own, "lv", words), &own, text, kind).places;
        places.sort_unstable();
        places
    }

    #[test]
    fn a_thing_is_found_by_all_that_one_remembers_of_it() {
        let number = Reference::new(7).to_string();
        let cases: [(&str, &[usize]); 9] = [
            ("pase", &[0, 1]),
            ("pasutisana", &[0, 1]),
            ("samaksāts", &[1]),
            ("34,50", &[1]),
            ("dzimšanas apliecība", &[2]),
            ("bernudarzs", &[2]),
            ("riga", &[0, 1, 2]),
            ("24.11.2026", &[0, 1, 2]),
            (&number, &[0, 1, 2]),
        ];
        for (text, expected) in cases {
            assert_eq!(find(text, None), expected, "{text}");
        }
    }

    #[test]
    fn a_kind_keeps_only_its_own_and_no_text_finds_everything() {
        assert_eq!(find("", None), [0, 1, 2]);
        assert_eq!(find("", Some(OwnKind::Bill)), [1]);
        assert_eq!(find("pase", Some(OwnKind::Message)), [0; 0]);
    }
}
