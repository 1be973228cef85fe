//! `/{lang}/institutions`: who answers for the services, with a box to find one.

use durvis_search::{Facet, Index, Query, text};
use leptos::prelude::*;

use crate::catalogue::use_catalogue;
use crate::i18n::{Key, key, lang_of, t, tn};
use crate::page::use_page;
use crate::paths;
use crate::ui::breadcrumbs::breadcrumbs;
use crate::ui::erased::{dynamic, list, on};

pub fn institutions_page() -> AnyView {
    use_page(t(key::INSTITUTION_TITLE));
    let (wanted, set_wanted) = signal(String::new());
    let home = vec![(paths::home(), t(key::NAV_HOME).to_owned())];
    view! {
        <div class="du-wrap du-section du-stack">
            {breadcrumbs(home, t(key::INSTITUTION_TITLE).to_owned())}
            <h1 class="ds-heading" data-size="xl">{t(key::INSTITUTION_TITLE)}</h1>
            <p class="ds-paragraph du-text" data-size="lg">{t(key::INSTITUTION_LEAD)}</p>
            <div class="ds-field">
                <label class="ds-label" for="find">{t(key::INSTITUTION_FIND)}</label>
                <input class="ds-input" id="find" type="search" autocomplete="off" on:input=on(move |event| set_wanted.set(event_target_value(&event)))/>
            </div>
            {use_catalogue().view(move |index| {
                let all = entries(&index);
                view! {
                    {group(all.clone(), false, key::INSTITUTION_STATE, wanted)}
                    {group(all, true, key::INSTITUTION_MUNICIPAL, wanted)}
                }
                .into_any()
            })}
        </div>
    }
    .into_any()
}

/// An institution with how many services it answers for.
#[derive(Clone)]
struct Entry {
    slug: String,
    name: String,
    municipal: bool,
    services: u32,
}

/// In the order of the index, which is that of the alphabet.
fn entries(index: &Index) -> Vec<Entry> {
    let counts = index.search(&Query { limit: 0, ..Query::default() }).counts;
    let entry = |(at, one): (u16, durvis_search::Institution)| Entry {
        slug: one.slug,
        name: one.name,
        municipal: one.municipal,
        services: counts.of(Facet::Institution, at),
    };
    (0..).zip(index.institutions()).map(entry).collect()
}

/// One of the two groups, where the catalogue has it.
fn group(mut all: Vec<Entry>, municipal: bool, name: Key, wanted: ReadSignal<String>) -> Option<impl IntoView> {
    all.retain(|entry| entry.municipal == municipal);
    if all.is_empty() {
        return None;
    }
    let id = if municipal { "municipal" } else { "state" };
    let item = |entry: &Entry| {
        view! {
            <li>
                <div class="du-grow"><a class="ds-link" lang=lang_of(None) href=paths::institution(&entry.slug)>{entry.name.clone()}</a></div>
                <span class="du-count">{tn(key::COUNT_SERVICES, entry.services)}</span>
            </li>
        }
        .into_any()
    };
    let shown = dynamic(move || {
        let wanted = text::fold(wanted.get().trim());
        let named = all.iter().filter(|entry| text::fold(&entry.name).contains(&wanted));
        list(named, item).into_any()
    });
    Some(view! {
        <section class="du-stack" data-gap="s" aria-labelledby=id>
            <h2 class="ds-heading" data-size="lg" id=id>{t(name)}</h2>
            <ul class="du-list">{shown}</ul>
        </section>
    })
}
