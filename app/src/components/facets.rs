//! The facets beside a result list; on a narrow screen in a sheet.

use std::sync::Arc;

use durvis_search::{Facet, Hits, Index, Query, sort_keys};
use leptos::html::Dialog;
use leptos::prelude::*;

use super::facet_group::{Row, facet_group};
use super::kind_tags::KINDS;
use crate::i18n::{Key, key, t, tn};
use crate::paths::Search;
use crate::ui::erased::{dynamic, dynamic_text, on};
use crate::ui::icon::icon;

/// What the facets need to know, and whom to tell.
#[derive(Clone, Copy)]
pub struct Facets {
    pub index: StoredValue<Arc<Index>>,
    pub search: Memo<Search>,
    pub hits: Signal<Arc<Hits>>,
    pub toggle: Callback<(Facet, String)>,
}

impl Facets {
    /// How many services were found.
    pub fn total(self) -> usize {
        self.hits.with(|hits| hits.total)
    }
}

/// From how many pixels on they may stand at the side: below, also with the largest letters, `.du-wide` hides them.
const WIDE: f64 = 900.0;

/// Their names, and whether they start open.
const NAMES: [(Facet, Key, bool); 7] = [
    (Facet::Kind, key::FACET_KIND, true),
    (Facet::SignIn, key::FACET_SIGN_IN, false),
    (Facet::Audience, key::FACET_AUDIENCE, true),
    (Facet::LifeEvent, key::FACET_LIFE_EVENT, true),
    (Facet::Territory, key::FACET_TERRITORY, true),
    (Facet::Place, key::FACET_PLACE, false),
    (Facet::Institution, key::FACET_INSTITUTION, false),
];

/// All of them, for the side of a wide screen.
pub fn facets_aside(facets: Facets) -> impl IntoView {
    let wide = use_wide();
    view! {
        <aside class="du-facets du-wide" aria-label=t(key::FACET_TITLE)>
            <h2 class="ds-heading" data-size="sm">{t(key::FACET_TITLE)}</h2>
            {dynamic(move || if wide.get() { groups(facets, "f").into_any() } else { ().into_any() })}
        </aside>
    }
}

/// Whether the window has room for the facets beside the results: where they are not seen, they are not made.
fn use_wide() -> ReadSignal<bool> {
    let fits = || window().inner_width().ok().and_then(|width| width.as_f64()).is_none_or(|width| width >= WIDE);
    let (wide, set_wide) = signal(fits());
    let handle = window_event_listener(leptos::ev::resize, move |_| {
        if wide.get_untracked() != fits() {
            set_wide.set(fits());
        }
    });
    on_cleanup(move || handle.remove());
    wide
}

/// A button that opens them in a sheet, for a narrow screen.
pub fn facets_sheet(facets: Facets) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let (open, set_open) = signal(false);
    let show = move |_| {
        set_open.set(true);
        if let Some(dialog) = dialog.get_untracked() {
            let _ = dialog.show_modal();
        }
    };
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let ticked = move || facets.search.with(|search| search.ticked.len() as u32);
    view! {
        <button class="ds-button du-narrow" data-variant="secondary" type="button" on:click=on(show)>
            {icon("filter")}{dynamic_text(move || tn(key::FACET_OPEN, ticked()))}
        </button>
        <dialog class="ds-dialog du-sheet" node_ref=dialog aria-label=t(key::FACET_TITLE) on:close=on(move |_| set_open.set(false))>
            <div class="du-row" data-between="">
                <h2 class="ds-heading" data-size="sm">{t(key::FACET_TITLE)}</h2>
                <button class="ds-button" data-variant="tertiary" data-icon="" type="button" aria-label=t(key::FACET_CLOSE)
                    on:click=on(move |_| close())>{icon("close")}</button>
            </div>
            <div class="du-facets">{dynamic(move || open.get().then(|| groups(facets, "s")).into_any())}</div>
            <div class="du-sheet-end">
                <button class="ds-button" data-fullwidth="" type="button" on:click=on(move |_| close())>
                    {dynamic_text(move || tn(key::FACET_SHOW, facets.total() as u32))}
                </button>
            </div>
        </dialog>
    }
}

/// The facets that narrow this catalogue down: not those that all services, or none, have a value of.
fn groups(facets: Facets, prefix: &'static str) -> Vec<AnyView> {
    let index = facets.index.get_value();
    let whole = index.search(&Query { limit: 0, ..Query::default() });
    let narrows = |facet: Facet| {
        let mut counts = (0..index.values(facet) as u16).map(|at| whole.counts.of(facet, at) as usize);
        counts.any(|count| count > 0 && count < whole.total)
    };
    let useful = NAMES.into_iter().filter(|(facet, ..)| narrows(*facet));
    useful.map(|(facet, name, open)| facet_group(facets, prefix, facet, t(name), open).into_any()).collect()
}

/// Every value of a facet with its count, the fullest first where the list is long.
pub fn rows(index: &Index, facet: Facet, search: &Search, counts: &durvis_search::Counts) -> Vec<Row> {
    let values = values(index, facet);
    let row = |(at, (slug, name)): (usize, (String, String))| Row {
        at: at as u16,
        count: counts.of(facet, at as u16),
        also: if facet == Facet::Territory { index.territory(at as u16).units } else { vec![] },
        part_of: if facet == Facet::Territory { index.territory(at as u16).parent } else { None },
        ticked: search.is_ticked(facet, &slug),
        slug,
        name,
    };
    let empty = |at: usize| facet == Facet::LifeEvent && index.life_event(at as u16).docs.is_empty();
    let rows: Vec<Row> = values.into_iter().enumerate().filter(|(at, _)| !empty(*at)).map(row).collect();
    if matches!(facet, Facet::Territory | Facet::Place | Facet::Institution) {
        // The fullest first; equal ones as the index has them.
        let key = |row: &Row| u64::from(!row.ticked) << 32 | u64::from(!row.count);
        let mut order: Vec<(u64, u32)> = (0_u32..).zip(&rows).map(|(at, row)| (key(row), at)).collect();
        sort_keys(&mut order);
        if rows.iter().any(|row| row.part_of.is_some()) {
            order = within(&order, &rows);
        }
        return order.into_iter().map(|(_, at)| rows[at as usize].clone()).collect();
    }
    rows
}

/// The wholes as the index has them, each followed by its parts in the given order.
fn within(order: &[(u64, u32)], rows: &[Row]) -> Vec<(u64, u32)> {
    let wholes = (0_u32..).zip(rows).filter(|(_, row)| row.part_of.is_none());
    let mut all = Vec::with_capacity(order.len());
    for (whole, _) in wholes {
        all.push((0, whole));
        let is_part = |at: u32| rows[at as usize].part_of.is_some_and(|own| u32::from(own) == whole);
        all.extend(order.iter().filter(|(_, at)| is_part(*at)));
    }
    all
}

/// Slug and name of every value, in the order of the index.
pub fn values(index: &Index, facet: Facet) -> Vec<(String, String)> {
    let pair = |slug: &str, name: &str| (slug.to_owned(), name.to_owned());
    match facet {
        Facet::Kind => KINDS.iter().map(|(_, slug, name, ..)| pair(slug, t(*name))).collect(),
        Facet::Audience => vec![pair("person", t(key::AUDIENCE_PERSON)), pair("business", t(key::AUDIENCE_BUSINESS))],
        Facet::SignIn => vec![pair("open", t(key::FACET_OPEN_TO_ALL)), pair("needed", t(key::FACET_SIGN_IN_NEEDED))],
        listed => {
            (0..index.values(listed) as u16).map(|at| pair(index.slug(listed, at), index.name(listed, at))).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_below_their_whole() {
        let row = |part_of| Row {
            at: 0,
            slug: String::new(),
            name: String::new(),
            also: vec![],
            part_of,
            count: 1,
            ticked: false,
        };
        let rows = [row(None), row(None), row(None), row(Some(2)), row(Some(1)), row(Some(2))];
        let order = [5, 4, 3, 2, 1, 0].map(|at| (0, at));
        let within: Vec<u32> = within(&order, &rows).into_iter().map(|(_, at)| at).collect();
        assert_eq!(within, [0, 1, 4, 2, 5, 3]);
    }
}
