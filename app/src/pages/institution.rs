//! `/{lang}/institutions/{slug}`: how to reach an institution, where its offices are, what it does.

use std::sync::Arc;

use durvis_contract::{Institution, Place, page};
use durvis_search::{Facet, Filter, Index, Query, Sort};
use leptos::prelude::*;

use crate::api;
use crate::catalogue::use_catalogue;
use crate::components::kind_tags::kind_tags;
use crate::components::missing::missing;
use crate::components::place_list::place_list;
use crate::i18n::{key, lang_of, t};
use crate::load::{Load, load, waiting};
use crate::page::use_page;
use crate::paths::{self, Search};
use crate::ui::breadcrumbs::breadcrumbs_to;
use crate::ui::erased::dynamic;
use crate::ui::icon::icon;

/// How many services stand here; all of them stand in the catalogue.
const SHOWN: usize = 12;

pub fn institution_page(slug: String) -> AnyView {
    use_catalogue().view(move |index| match index.value(Facet::Institution, &slug) {
        Some(at) => shown(&index, at).into_any(),
        None => missing(&paths::institution(&slug)),
    })
}

fn shown(index: &Arc<Index>, at: u16) -> impl IntoView + use<> {
    let institution = index.institution(at);
    use_page(institution.name.clone());
    let slug = institution.slug.clone();
    let above = vec![
        (paths::home(), t(key::NAV_HOME).to_owned()),
        (paths::page(page::INSTITUTIONS), t(key::INSTITUTION_TITLE).to_owned()),
    ];
    let all = Search::value(Facet::Institution, &slug).url();
    view! {
        <div class="du-wrap du-section du-stack">
            {breadcrumbs_to(above, institution.name.clone(), lang_of(None))}
            <h1 class="ds-heading" data-size="xl" lang=lang_of(None)>{institution.name.clone()}</h1>
            <div class="du-split">
                <section class="du-stack" aria-labelledby="services">
                    <h2 class="ds-heading" data-size="lg" id="services">{t(key::INSTITUTION_SERVICES)}</h2>
                    <ul class="du-list">{services(index, at)}</ul>
                    <p><a class="ds-link" href=all>{t(key::INSTITUTION_ALL)}</a></p>
                </section>
                {reached(slug)}
            </div>
        </div>
    }
}

fn services(index: &Index, at: u16) -> impl IntoView + use<> {
    let mut filter = Filter::default();
    filter.tick(Facet::Institution, at);
    let owner = index.institution(at);
    let hits = index.search(&Query { filter, sort: Sort::Popularity, limit: SHOWN, ..Query::default() }).hits;
    let item = |hit: &durvis_search::Hit| {
        let doc = index.doc(hit.doc);
        let href = paths::service(&doc.slug, owner.municipal.then_some(owner.slug.as_str()));
        view! {
            <li><div class="du-grow"><a class="ds-link" lang=lang_of(doc.name_lang.as_deref()) href=href>{doc.name}</a></div><span class="du-row" inner_html=kind_tags(doc.kinds).into_string()></span></li>
        }
    };
    hits.iter().map(item).collect_view()
}

/// Contacts and offices, which are fetched apart: the index has neither phones nor hours.
fn reached(slug: String) -> impl IntoView {
    let state = RwSignal::new(Load::Asleep);
    let slug = StoredValue::new(slug);
    let fetch = move || load(state, async move { api::services::get_institution(&slug.get_value()).await });
    fetch();
    let shown = dynamic(move || match state.get() {
        Load::Loaded((institution, places)) => contacts(institution, places).into_any(),
        state => waiting(&state, fetch),
    });
    view! { <aside class="du-stack" aria-label=t(key::INSTITUTION_CONTACTS)>{shown}</aside> }
}

fn contacts(institution: Institution, places: Vec<Place>) -> impl IntoView {
    let phone = institution.phone.map(|phone| (format!("tel:{}", phone.replace(' ', "")), phone, "phone"));
    let email = institution.email.map(|email| (format!("mailto:{email}"), email, "mail"));
    let website = institution.website.map(|website| (website.clone(), t(key::INSTITUTION_WEBSITE).to_owned(), "globe"));
    let item = |(href, text, symbol): (String, String, &str)| {
        view! { <li class="du-fact">{icon(symbol)}<a class="ds-link" href=href rel="external noopener">{text}</a></li> }
    };
    let known: Vec<_> = [phone, email, website].into_iter().flatten().map(item).collect();
    let some = !places.is_empty();
    view! {
        {(!known.is_empty()).then(|| view! {
            <div class="ds-card du-stack" data-gap="s">
                <h2 class="ds-heading" data-size="sm">{t(key::INSTITUTION_CONTACTS)}</h2>
                <ul class="du-stack" data-gap="xs">{known}</ul>
            </div>
        })}
        {some.then(|| view! {
            <section class="du-stack" data-gap="s" aria-labelledby="places">
                <h2 class="ds-heading" data-size="sm" id="places">{t(key::INSTITUTION_PLACES)}</h2>
                {place_list(places)}
            </section>
        })}
    }
}
