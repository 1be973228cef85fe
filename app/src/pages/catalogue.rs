//! `/{lang}/services?q=&kind=&audience=&life_event=&territory=&place=&institution=&sort=&page=`: find any service, by
//! words and six facets, letter by letter, in the browser.

use std::sync::Arc;
use std::time::Duration;

use durvis_search::{Facet, Filter, Hits, Index, Query, Sort};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::api::reports::create_missed_search;
use crate::catalogue::use_catalogue;
use crate::components::facets::{Facets, facets_aside, facets_sheet, values};
use crate::components::no_hits::no_hits;
use crate::components::recent_searches::{recent_searches, remember};
use crate::components::results::{Listed, PAGE, results};
use crate::components::search_box::search_box;
use crate::i18n::{key, lang, t, tf, tn};
use crate::page::use_page;
use crate::paths::{self, Search};
use crate::reader::use_reader;
use crate::ui::breadcrumbs::breadcrumbs;
use crate::ui::erased::{dynamic, dynamic_text, effect, on};
use crate::ui::pagination::pagination;

/// Who has typed nothing for so long has typed all of it.
const TYPED_OUT: Duration = Duration::from_secs(2);

pub fn catalogue_page() -> AnyView {
    use_page(t(key::NAV_SERVICES));
    // Not `use_query_map`: that is of the router's own route, of which we have one for all pages, and comes too late.
    let query = use_location().query;
    let url = Memo::new(move |_| query.with(Search::of_query));
    let text = Signal::derive(move || url.with(|url| url.text.clone()));
    // What is typed holds for the URL at which it was typed: Back or a link brings that URL's own words.
    let (typed, set_typed) = signal(None::<(Search, String)>);
    let search = Memo::new(move |_| match (url.get(), typed.get()) {
        (url, Some((at, text))) if at == url => Search { text, ..url },
        (url, _) => url,
    });
    let typing =
        Signal::derive(move || typed.with(|typed| typed.as_ref().is_some_and(|(at, _)| url.with(|url| at == url))));
    let navigate = use_navigate();
    let submit = move |text: String| {
        remember(&text);
        let search = Search { text: text.trim().to_owned(), page: 1, ..search.get_untracked() };
        navigate(&search.url(), NavigateOptions { scroll: false, ..Default::default() });
    };
    let home = vec![(paths::home(), t(key::NAV_HOME).to_owned())];
    view! {
        <div class="du-wrap du-section du-stack">
            {breadcrumbs(home, t(key::NAV_SERVICES).to_owned())}
            <div class="du-stack" data-gap="m">
                <h1 class="ds-heading" data-size="xl">{t(key::NAV_SERVICES)}</h1>
                {search_box(key::SEARCH_CATALOGUE, None, None, text, move |text| set_typed.set(Some((url.get_untracked(), text))), submit)}
                {recent_searches(Signal::derive(move || search.with(|search| search.text.clone())))}
            </div>
            {use_catalogue().view(move |index| found(index, search, typing))}
        </div>
    }
    .into_any()
}

fn found(index: Arc<Index>, search: Memo<Search>, typing: Signal<bool>) -> AnyView {
    let near = use_reader().territory;
    let asked = index.clone();
    let hits = Memo::new_with_compare(
        move |_| {
            let near = near.get().and_then(|near| position(&asked, Facet::Territory, &near));
            Arc::new(search.with(|search| asked.search(&query(&asked, search, near))))
        },
        |before, after| before.map(Arc::as_ptr) != after.map(Arc::as_ptr),
    );
    let settled = after_paint(hits, typing);
    let navigate = use_navigate();
    let toggle = Callback::new(move |(facet, slug): (Facet, String)| {
        let search = search.get_untracked().toggled(facet, &slug);
        navigate(&search.url(), NavigateOptions { scroll: false, ..Default::default() });
    });
    let facets = Facets { index: StoredValue::new(index.clone()), search, hits: settled, toggle };
    let total = Memo::new(move |_| hits.with(|hits| hits.total));
    let ticked =
        Memo::new(move |_| search.with(|search| Search { ticked: search.ticked.clone(), ..Search::default() }));
    let heading = move || match total.get() {
        0 if ticked.with(|only| only.ticked.is_empty()) => t(key::SEARCH_NONE).to_owned(),
        0 => t(key::SEARCH_NONE_FILTERS).to_owned(),
        total => tn(key::COUNT_SERVICES, total as u32),
    };
    let page = Memo::new(move |_| search.with(|search| search.page));
    let listed = Listed { index: facets.index, hits, settled, page };
    let some = Memo::new(move |_| total.get().min(1));
    let url = move |page| search.with_untracked(|search| Search { page, ..search.clone() }.url());
    let way_out = index.clone();
    view! {
        <div class="du-split" data-side="start">
            {facets_aside(facets)}
            <section class="du-stack" aria-labelledby="results">
                <div class="du-row" data-between="">
                    <div role="status"><h2 class="ds-heading" data-size="md" id="results">{dynamic_text(heading)}</h2></div>
                    <div class="du-row">{facets_sheet(facets)}{sorting(search)}</div>
                </div>
                {dynamic(move || ticked.with(|only| chips(&index, &only.ticked, search, toggle).into_any()))}
                {dynamic(move || said_corrected(hits.with(|hits| hits.corrected.clone())))}
                {dynamic(move || suggested(hits.with(|hits| hits.suggestion.clone()), search))}
                {dynamic(move || if some.get() == 0 { nothing(&way_out, search) } else { results(listed).into_any() })}
                {dynamic(move || pages_of(listed, url))}
            </section>
        </div>
    }
    .into_any()
}

/// The hits, one frame late while letters are typed: what is out of sight does not keep a letter waiting.
fn after_paint(hits: Memo<Arc<Hits>>, typing: Signal<bool>) -> Signal<Arc<Hits>> {
    let (late, set_late) = signal(hits.get_untracked());
    let asked = StoredValue::new(false);
    effect(move || {
        let now = hits.get();
        if !typing.get_untracked() {
            set_late.set(now);
        } else if !asked.get_value() {
            asked.set_value(true);
            // The task after a frame's callbacks comes when it is painted.
            request_animation_frame(move || {
                let _ = set_timeout_with_handle(
                    move || {
                        if asked.try_set_value(false).is_none() {
                            set_late.try_set(hits.get_untracked());
                        }
                    },
                    Duration::ZERO,
                );
            });
        }
    });
    late.into()
}

fn pages_of(listed: Listed, url: impl Fn(usize) -> String) -> AnyView {
    let (pages, page) = listed.settled.with(|hits| listed.pages(hits));
    pagination(page, pages, url).into_any()
}

fn nothing(index: &Arc<Index>, search: Memo<Search>) -> AnyView {
    let search = search.get();
    let unfiltered = index.search(&query(index, &search.cleared(), None));
    if unfiltered.hits.is_empty() {
        tell_editors(search.text.clone());
    }
    no_hits(index, &search, &unfiltered).into_any()
}

/// Tells the editors what was not found, once it was not typed any further. Nothing is told while offline.
fn tell_editors(text: String) {
    let told = set_timeout_with_handle(
        move || spawn_local(async move { drop(create_missed_search(lang().code(), &text).await) }),
        TYPED_OUT,
    );
    if let Ok(told) = told {
        on_cleanup(move || told.clear());
    }
}

/// What was searched instead of what was typed.
fn said_corrected(words: Option<String>) -> AnyView {
    let said = |words: String| view! { <p class="du-soft">{tf(key::SEARCH_CORRECTED, &[("words", &words)])}</p> };
    words.map(said).into_any()
}

/// What was likelier meant, to be searched at a click.
fn suggested(words: Option<String>, search: Memo<Search>) -> AnyView {
    let said = |words: String| {
        let url = search.with(|search| Search { text: words.clone(), page: 1, ..search.clone() }.url());
        view! { <p class="du-soft">{t(key::SEARCH_SUGGESTED)}" "<a class="ds-link" href=url>{words}</a></p> }
    };
    words.map(said).into_any()
}

fn sorting(search: Memo<Search>) -> impl IntoView {
    let navigate = use_navigate();
    let choose = move |event| {
        let sort = match event_target_value(&event).as_str() {
            "name" => Sort::Name,
            "popularity" => Sort::Popularity,
            _ => Sort::Relevance,
        };
        let search = Search { sort, page: 1, ..search.get_untracked() };
        navigate(&search.url(), NavigateOptions { scroll: false, ..Default::default() });
    };
    let option = move |value: &'static str, sort: Sort, text| {
        view! { <option value=value selected=Signal::derive(move || search.with(|search| search.sort == sort))>{t(text)}</option> }
    };
    view! {
        <label class="ds-label" for="sort">{t(key::SORT_LABEL)}</label>
        <select class="ds-input" id="sort" data-width="auto" on:change=on(choose)>
            {option("relevance", Sort::Relevance, key::SORT_RELEVANCE)}
            {option("name", Sort::Name, key::SORT_NAME)}
            {option("popularity", Sort::Popularity, key::SORT_POPULARITY)}
        </select>
    }
}

fn chips(
    index: &Index,
    ticked: &[(Facet, String)],
    search: Memo<Search>,
    toggle: Callback<(Facet, String)>,
) -> Option<impl IntoView + use<>> {
    if ticked.is_empty() {
        return None;
    }
    let chip = |(facet, slug): &(Facet, String)| {
        let named = values(index, *facet).into_iter().find(|(value, _)| value == slug);
        let name = named.map_or_else(|| slug.clone(), |(_, name)| name);
        let (facet, slug) = (*facet, slug.clone());
        let label = tf(key::FACET_REMOVE, &[("name", &name)]);
        view! {
            <li>
                <button class="ds-chip" data-removable="" type="button" aria-label=label on:click=on(move |_| toggle.run((facet, slug.clone())))>
                    {name}
                </button>
            </li>
        }
    };
    let chips = ticked.iter().map(chip).collect_view();
    let clear = Signal::derive(move || search.with(|search| search.cleared().url()));
    Some(view! {
        <ul class="du-row" aria-label=t(key::FACET_CHOSEN)>
            {chips}
            <li><a class="ds-button" data-variant="tertiary" data-size="sm" href=clear>{t(key::FACET_CLEAR)}</a></li>
        </ul>
    })
}

/// The engine's query. A value that the catalogue does not have finds nothing, and its chip says why.
fn query(index: &Index, search: &Search, near: Option<u16>) -> Query {
    let mut filter = Filter::default();
    for (facet, slug) in &search.ticked {
        filter.tick(*facet, position(index, *facet, slug).unwrap_or(u16::MAX));
    }
    // Up to the page that is shown.
    let limit = search.page.saturating_mul(PAGE);
    Query { text: search.text.clone(), filter, sort: search.sort, near, limit, ..Query::default() }
}

fn position(index: &Index, facet: Facet, slug: &str) -> Option<u16> {
    let at = match facet {
        Facet::Kind => crate::components::kind_tags::KINDS.iter().position(|(_, one, ..)| *one == slug),
        Facet::Audience => ["person", "business"].iter().position(|one| *one == slug),
        Facet::SignIn => ["open", "needed"].iter().position(|one| *one == slug),
        listed => return index.value(listed, slug),
    };
    at.and_then(|at| u16::try_from(at).ok())
}
