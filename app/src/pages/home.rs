//! `/{lang}`: what is to be done? Search, life events, much used e-services. The static page shows the first part of it
//! before the app arrives (app/shell/home.html): keep them alike.

use durvis_contract::{Home, HomeService, page};
use durvis_search::{Facet, kind};
use leptos::ev;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::catalogue::use_catalogue;
use crate::components::guide_steps::{good_advice, guide_steps};
use crate::components::kind_tags::kind_tags;
use crate::components::life_event_list::{life_event_list, life_events};
use crate::components::recent_searches::remember;
use crate::components::search_box::search_box;
use crate::components::star::star;
use crate::i18n::{key, lang_of, t, tf, tn};
use crate::page::use_page;
use crate::paths::{self, Search};
use crate::ui::erased::{dynamic, dynamic_text, list, on};
use crate::ui::icon::icon;

pub fn home_page() -> AnyView {
    use_page(t(key::HOME_TITLE));
    let catalogue = use_catalogue();
    // The index is not part of the first view: it comes when the line is free.
    set_timeout(move || catalogue.wake(), std::time::Duration::from_millis(1_500));
    let seed: Home = expect_context();
    let home = Signal::derive(move || if seed.life_events.is_empty() { of_index(catalogue) } else { seed.clone() });
    view! {
        {hero(home)}
        <div class="du-belt"></div>
        <section class="du-section" aria-labelledby="life">
            <div class="du-wrap du-stack">
                <div class="du-row" data-between="">
                    <h2 class="ds-heading" data-size="lg" id="life">{t(key::HOME_LIFE)}</h2>
                    <a class="ds-link" href=paths::page(page::LIFE_EVENTS)>{t(key::HOME_ALL_LIFE)}</a>
                </div>
                {dynamic(move || life_event_list(home.get().life_events.into_iter().take(12).collect()).into_any())}
            </div>
        </section>
        {popular(home)}
        <section class="du-section" aria-labelledby="guide">
            <div class="du-wrap du-stack" data-gap="l">
                <div class="du-stack" data-gap="xs">
                    <h2 class="ds-heading" data-size="lg" id="guide">{t(key::NAV_GUIDE)}</h2>
                    <p class="du-soft du-text">{t(key::GUIDE_LEAD)}</p>
                </div>
                <div class="du-stack" data-gap="l" inner_html=guide_steps(true).with(&good_advice()).into_string()></div>
            </div>
        </section>
    }
    .into_any()
}

fn hero(home: Signal<Home>) -> impl IntoView {
    let (typed, set_typed) = signal(String::new());
    let (audience, set_audience) = signal("person");
    let navigate = use_navigate();
    let go = move |text: String| {
        remember(&text);
        let mut search = Search::words(text.trim());
        if audience.get_untracked() == "business" {
            search = search.toggled(Facet::Audience, "business");
        }
        navigate(&search.url(), Default::default());
    };
    let catalogue = use_catalogue();
    let lead = move || {
        home.with(|home| match (home.services, home.e_services) {
            (0, _) | (_, 0) => t(key::HOME_LEAD_PLAIN).to_owned(),
            (services, e_services) => {
                tf(key::HOME_LEAD, &[("services", &services.to_string()), ("e-services", &e_services.to_string())])
            }
        })
    };
    let choice = move |value: &'static str, text| {
        view! {
            <label class="ds-button" data-variant="tertiary">
                <input type="radio" name="for" value=value checked={value == "person"} on:change=on(move |_| set_audience.set(value))/>{t(text)}
            </label>
        }
    };
    view! {
        <section class="du-hero" aria-labelledby="h1" on:focusin=on(move |_: ev::FocusEvent| catalogue.wake())>
            {doorway()}
            <div class="du-wrap">
                <div class="du-stack">
                    <fieldset class="ds-toggle-group" aria-label=t(key::HOME_FOR)>
                        {choice("person", key::AUDIENCE_PERSON)}{choice("business", key::AUDIENCE_BUSINESS)}
                    </fieldset>
                    <h1 class="ds-heading" data-size="2xl" id="h1">{t(key::HOME_HEADING)}</h1>
                    <p class="ds-paragraph" data-size="lg">{dynamic_text(lead)}</p>
                    <div class="du-stack" data-gap="s">
                        {search_box(key::HOME_SEARCH, Some(key::HOME_PLACEHOLDER), Some("q-hint"), typed.into(), move |text| set_typed.set(text), go)}
                        <p class="du-small" id="q-hint">{t(key::HOME_HINT)}</p>
                    </div>
                </div>
            </div>
        </section>
    }
}

fn doorway() -> impl IntoView {
    view! {
        <svg class="du-doorway" viewBox="0 0 340 448" aria-hidden="true">
            <path fill="#ffe9b3" opacity=".18" d="M188 384H276L330 448H40Z"></path>
            <path class="du-frame" d="M92 56H296V384H92Z"></path>
            <path fill="#ffe9b3" d="M114 78H274V384H114Z"></path>
            <path fill="#17514d" d="M114 78 194 106V362L114 384Z"></path>
            <path fill="none" stroke="#4a8f88" stroke-width="2" d="M129 103 179 120V218L129 220ZM129 242 179 239V344L129 357Z"></path>
            <path fill="#9d2235" d="M184 220 191 229 184 238 177 229Z"></path>
        </svg>
    }
}

fn popular(home: Signal<Home>) -> impl IntoView {
    let item = |service: HomeService| {
        let (owner, lang) = match service.municipalities {
            0 => (service.institution.clone(), lang_of(None)),
            many => (tn(key::COUNT_MUNICIPALITIES, u32::from(many)), None),
        };
        view! {
            <li>
                <div class="du-grow">
                    <a class="ds-link du-title" lang=lang_of(None) href=paths::service(&service.slug, None)>{service.name.clone()}</a>
                    <p class="du-soft" lang=lang>{owner}</p>
                </div>
                <span class="du-row" inner_html=kind_tags(if service.here { kind::HERE } else { kind::ELSEWHERE }).into_string()></span>
                {star(service.slug, service.name, None)}
            </li>
        }
        .into_any()
    };
    let used = move || match home.get().popular {
        none if none.is_empty() => ().into_any(),
        some => view! {
            <section class="du-stack" aria-labelledby="popular">
                <div class="du-row" data-between="">
                    <h2 class="ds-heading" data-size="lg" id="popular">{t(key::HOME_POPULAR)}</h2>
                    <a class="ds-link" href=paths::page(page::SERVICES)>{t(key::HOME_CATALOGUE)}</a>
                </div>
                <ul class="du-list">{list(some, item)}</ul>
            </section>
        }
        .into_any(),
    };
    view! {
        <div class="du-section" data-tint="">
            <div class="du-wrap du-split">
                {dynamic(used)}
                <aside class="du-stack" data-gap="s" aria-labelledby="counter">
                    <h2 class="ds-heading" data-size="md" id="counter">{t(key::HOME_COUNTER)}</h2>
                    <p>{t(key::HOME_COUNTER_TEXT)}</p>
                    <p><a class="ds-button" data-variant="secondary" href=paths::page(page::FAVOURITES)>{icon("star")}{t(key::HOME_COUNTER_LINK)}</a></p>
                </aside>
            </div>
        </div>
    }
}

/// The same out of the index: when one comes here from another page, there is no seed.
fn of_index(catalogue: crate::catalogue::Catalogue) -> Home {
    let Some(index) = catalogue.loaded() else { return Home::default() };
    let service = |doc: &durvis_search::Doc| HomeService {
        slug: doc.slug.clone(),
        name: doc.name.clone(),
        institution: index.institution_of(doc).map(|owner| owner.name).unwrap_or_default(),
        municipalities: if doc.municipal { doc.variants.len() as u16 } else { 0 },
        here: doc.kinds & kind::HERE != 0,
    };
    let (services, e_services) = index.sizes();
    Home {
        services: services as u32,
        e_services: e_services as u32,
        life_events: life_events(&index),
        popular: index.popular_e_services(6).iter().map(service).collect(),
    }
}
