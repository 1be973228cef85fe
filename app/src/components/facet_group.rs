//! One facet: its values with live counts, cut to the fullest until asked for all, with a box to find one.

use std::sync::Arc;

use durvis_search::{Facet, Index, text};
use leptos::prelude::*;

use super::facets::{Facets, rows};
use crate::i18n::{key, lang_of, number, t, tf, tn};
use crate::ui::erased::{dynamic, effect, on};
use crate::ui::markup::Markup;
use crate::ui::slots::Slots;

/// How many values are shown at once, and from how many on a box to find one is worth its room.
const SHOWN: usize = 8;
const FIND_FROM: usize = 18;

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number in the index.
    pub at: u16,
    pub slug: String,
    pub name: String,
    /// Other names by which it is found.
    pub also: Vec<String>,
    /// What it is a part of, by its number.
    pub part_of: Option<u16>,
    pub count: u32,
    pub ticked: bool,
}

pub fn facet_group(
    facets: Facets,
    prefix: &'static str,
    facet: Facet,
    name: &'static str,
    open: bool,
) -> impl IntoView {
    let (opened, set_opened) = signal(open);
    let (all, set_all) = signal(false);
    let (wanted, set_wanted) = signal(String::new());
    let found = Memo::new(move |_| {
        if !opened.get() {
            return Vec::new();
        }
        let index: Arc<Index> = facets.index.get_value();
        let all = facets.search.with(|search| facets.hits.with(|hits| rows(&index, facet, search, &hits.counts)));
        wanted.with(|wanted| matching(all, wanted))
    });
    let list = NodeRef::new();
    let slots = Slots::new(list);
    let shown = Memo::new(move |_| {
        let finding = wanted.with(|wanted| !wanted.trim().is_empty());
        found.with(|rows| if all.get() { rows.clone() } else { first(rows, finding) })
    });
    effect(move || {
        list.track();
        slots.set(&shown.with(|rows| rows.iter().map(|row| facet_row(prefix, facet, row)).collect::<Vec<_>>()));
    });
    let ticked = move |event: web_sys::Event| {
        if let Some(slug) = event_target::<web_sys::Element>(&event).get_attribute("data-value") {
            facets.toggle.run((facet, slug));
        }
    };
    let total = move || found.with(Vec::len);
    let more_text = move || {
        if all.get() { t(key::FACET_LESS).to_owned() } else { tf(key::FACET_MORE, &[("n", &number(total() as u32))]) }
    };
    let more = dynamic(move || {
        match all.get() && total() > SHOWN || total() > shown.with(Vec::len) {
        true => view! {
            <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" on:click=on(move |_| set_all.update(|all| *all = !*all))>
                {more_text()}
            </button>
        }
        .into_any(),
        false => ().into_any(),
    }
    });
    let long = matches!(facet, Facet::Territory | Facet::Place | Facet::Institution);
    let find = (long && facet_size(facets, facet) >= FIND_FROM).then(|| {
        let label = tf(key::FACET_FIND, &[("facet", &durvis_search::text::lowercase(name))]);
        view! {
            <input class="ds-input" type="search" aria-label=label.clone() placeholder=label
                on:input=on(move |event| set_wanted.set(event_target_value(&event)))/>
        }
    });
    let toggled = move |event: web_sys::Event| {
        let details = event_target::<web_sys::Element>(&event);
        set_opened.set(details.has_attribute("open"));
    };
    view! {
        <details class="ds-details" open=open on:toggle=on(toggled)>
            <summary>{name}</summary>
            <div class="du-stack" data-gap="xs">{find}<ul node_ref=list on:change=on(ticked)></ul>{more}</div>
        </details>
    }
}

fn facet_row(prefix: &'static str, facet: Facet, row: &Row) -> Markup {
    let id = format!("{prefix}-{}-{}", facet as u8, row.slug);
    // The names of the others are texts of the interface.
    let listed = matches!(facet, Facet::LifeEvent | Facet::Territory | Facet::Place | Facet::Institution);
    let lang = if listed { lang_of(None) } else { None };
    let state = match (row.ticked, row.count) {
        (true, _) => "\" checked>",
        (false, 0) => "\" disabled>",
        _ => "\">",
    };
    let field = if row.part_of.is_some() { "<div class=\"ds-field du-part\">" } else { "<div class=\"ds-field\">" };
    Markup::new(field)
        .raw("<input class=\"ds-input\" type=\"checkbox\" id=\"")
        .text(&id)
        .raw("\" data-value=\"")
        .text(&row.slug)
        .raw("\" aria-describedby=\"")
        .text(&id)
        .raw("-n")
        .raw(state)
        .raw("<label class=\"ds-label\" for=\"")
        .text(&id)
        .raw("\"")
        .lang(lang)
        .raw(">")
        .text(&row.name)
        .raw("</label></div><span class=\"du-count\" aria-hidden=\"true\">")
        .text(&number(row.count))
        .raw("</span><span class=\"ds-sr-only\" id=\"")
        .text(&id)
        .raw("-n\">")
        .text(&tn(key::COUNT_SERVICES, row.count))
        .raw("</span>")
}

fn facet_size(facets: Facets, facet: Facet) -> usize {
    super::facets::values(&facets.index.get_value(), facet).len()
}

/// What is shown of a long list. Of wholes and their parts: the wholes, and of the parts the ticked ones, or those found.
fn first(rows: &[Row], finding: bool) -> Vec<Row> {
    let parted = rows.iter().any(|row| row.part_of.is_some());
    let most = if parted && !finding { usize::MAX } else { SHOWN };
    let wanted = |row: &&Row| finding || row.ticked || row.part_of.is_none();
    rows.iter().filter(wanted).take(most).cloned().collect()
}

/// The rows that have what is typed in their name, or in that of a town or parish of theirs; and what these are parts of.
fn matching(rows: Vec<Row>, wanted: &str) -> Vec<Row> {
    let wanted = text::fold(wanted.trim());
    if wanted.is_empty() {
        return rows;
    }
    let named = |text: &String| text::fold(text).contains(&wanted);
    let hit = |row: &&Row| named(&row.name) || row.also.iter().any(named);
    let hits: Vec<u16> = rows.iter().filter(hit).flat_map(|row| [Some(row.at), row.part_of]).flatten().collect();
    rows.into_iter().filter(|row| hits.contains(&row.at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_municipality_is_found_without_diacritics() {
        let row = |at, name: &str, part_of| Row {
            at,
            slug: String::new(),
            name: name.into(),
            also: if at == 2 { vec!["Baložu pilsēta".into()] } else { vec![] },
            part_of,
            count: 1,
            ticked: false,
        };
        let rows = vec![
            row(0, "Rīgas reģions", None),
            row(2, "Ķekavas novads", Some(0)),
            row(1, "Latgale", None),
            row(3, "Rēzekne", Some(1)),
        ];
        let names = |wanted| matching(rows.clone(), wanted).into_iter().map(|row| row.name).collect::<Vec<_>>();
        assert_eq!(names("kekav"), ["Rīgas reģions", "Ķekavas novads"]);
        assert_eq!(names("balozu"), ["Rīgas reģions", "Ķekavas novads"]);
        assert_eq!(names("latg"), ["Latgale"]);
        assert_eq!(names(" ").len(), 4);
    }

    #[test]
    fn a_ticked_municipality_is_always_seen() {
        let row = |part_of, ticked| Row {
            at: 0,
            slug: String::new(),
            name: String::new(),
            also: vec![],
            part_of,
            count: 1,
            ticked,
        };
        let rows: Vec<Row> = (0..9).flat_map(|_| [row(None, false), row(Some(0), true), row(Some(0), false)]).collect();
        assert_eq!(first(&rows, false).len(), 18);
        assert_eq!(first(&rows, true).len(), SHOWN);
        assert_eq!(first(&vec![row(None, false); 20], false).len(), SHOWN);
    }
}
