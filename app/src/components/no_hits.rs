//! Nothing found, and the ways out: drop a filter, write it otherwise, ask.

use std::sync::Arc;

use durvis_contract::page;
use durvis_search::{Hits, Index};
use leptos::prelude::*;

use crate::i18n::{key, lang_of, t, tn};
use crate::paths::{self, Search};

/// In place of the results. `unfiltered` is how many there would be without any filter.
pub fn no_hits(index: &Arc<Index>, search: &Search, unfiltered: &Hits) -> impl IntoView + use<> {
    let others = unfiltered.total as u32;
    let suggestions = unfiltered.hits.iter().take(3).map(|hit| {
        let doc = index.doc(hit.doc);
        view! {
            <li><div class="du-grow"><a class="ds-link du-title" lang=lang_of(doc.name_lang.as_deref()) href=paths::service(&doc.slug, None)>{doc.name}</a></div></li>
        }
    });
    let suggestions = suggestions.collect_view();
    let without = search.cleared().url();
    let filtered = !search.ticked.is_empty() && others > 0;
    view! {
        <div class="ds-card du-stack">
            {if filtered {
                view! {
                    <p>{t(key::SEARCH_NONE_FILTERS_TEXT)}" "<strong>{tn(key::COUNT_SERVICES, others)}</strong></p>
                    <ul class="du-list" data-plain="">{suggestions}</ul>
                    <p><a class="ds-button" href=without>{t(key::FACET_CLEAR)}</a></p>
                }.into_any()
            } else {
                view! { <p>{t(key::SEARCH_NONE_TEXT)}</p> }.into_any()
            }}
        </div>
        <p class="du-row">
            <a class="ds-link" href=paths::page(page::HELP)>{t(key::NAV_HELP)}</a>
            <a class="ds-link" href=paths::page(page::LIFE_EVENTS)>{t(key::NAV_LIFE_EVENTS)}</a>
        </p>
    }
}
