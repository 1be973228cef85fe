//! `/{lang}/services/{slug}` and `/{lang}/services/{slug}/{territory}`: everything to know before starting (C12).

use durvis_contract::{Service, ServiceDetail, page};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::api::{self, ApiError};
use crate::components::kind_tags::kind_tags;
use crate::components::missing::missing;
use crate::components::service_body::{above_service, said_in, service_laws, service_related, service_steps};
use crate::components::service_channels::service_channels;
use crate::components::service_facts::service_facts;
use crate::components::star::star_button;
use crate::components::territory_select::territory_select;
use crate::i18n::{date, key, t, tf, tn};
use crate::load::{Load, load, waiting};
use crate::offline::favourites::{Favourite, use_favourites};
use crate::page::{announce, use_page};
use crate::paths;
use crate::reader::use_reader;
use crate::ui::breadcrumbs::breadcrumbs_to;
use crate::ui::erased::{dynamic, dynamic_text, list, on};
use crate::ui::icon::icon;
use crate::ui::markup::Markup;

pub fn service_page(slug: String, territory: Option<String>) -> AnyView {
    let state = RwSignal::new(Load::Asleep);
    let slug = StoredValue::new(slug);
    let fetch = move || load(state, async move { api::services::get_service(&slug.get_value()).await });
    fetch();
    dynamic(move || match state.get() {
        Load::Loaded(detail) => in_territory(detail, territory.clone(), None),
        Load::Failed(ApiError::NotFound) => missing(&paths::service(&slug.get_value(), territory.as_deref())),
        Load::Failed(ApiError::Offline) => match use_favourites().get(&slug.get_value()) {
            // The copy that the citizen kept is better than nothing, and says its age.
            Some(Favourite { detail: Some(detail), saved_at, .. }) => {
                in_territory(detail, territory.clone(), Some(saved_at))
            }
            _ => offline(fetch),
        },
        state => view! { <div class="du-wrap du-section">{waiting(&state, fetch)}</div> }.into_any(),
    })
}

fn in_territory(detail: ServiceDetail, territory: Option<String>, copy_of: Option<f64>) -> AnyView {
    let Some(chosen) = &territory else { return shown(detail.service.clone(), &detail, None, copy_of) };
    match detail.service.in_territory(chosen) {
        Some(service) => shown(service, &detail, territory, copy_of),
        None => missing(&paths::service(&detail.service.slug, Some(chosen))),
    }
}

/// `service` is the kind, or what the municipality `territory` offers of it.
fn shown(service: Service, detail: &ServiceDetail, territory: Option<String>, copy_of: Option<f64>) -> AnyView {
    let owner = service.institution.as_ref().map(|owner| owner.name.clone());
    let title = match (&owner, &territory) {
        (Some(owner), Some(_)) => format!("{} - {owner}", service.name),
        _ => service.name.clone(),
    };
    use_page(title);
    let places = detail.places_of(&service);
    let choice = service.is_municipal().then(|| choice(&service, territory.clone()).into_any());
    let kept = copy_of.map(|at| tf(key::SERVICE_COPY_OF, &[("date", &date(&at.into()))]));
    let kinds = kinds(&service, &detail.service);
    let before = Markup::default()
        .maybe(service_facts(&service))
        .raw("<p class=\"du-text\"")
        .lang(said_in(&service, "description"));
    let before = before.raw(">").text(&service.description).raw("</p>");
    let after = Markup::default().maybe(service_steps(&service)).with(&service_laws(&service));
    view! {
        <div class="du-wrap du-section du-stack">
            {breadcrumbs_to(above_service(), service.name.clone(), said_in(&service, "name"))}
            <div class="du-split">
                <div class="du-stack" data-gap="l">
                    <header class="du-stack" data-gap="s">
                        {owner_line(&service, owner)}
                        <h1 class="ds-heading" data-size="xl" lang=said_in(&service, "name")>{service.name.clone()}</h1>
                        <p class="ds-paragraph du-text" data-size="lg" lang=said_in(&service, "summary")>{service.summary.clone()}</p>
                        <div class="du-row" inner_html=kind_tags(kinds).into_string()></div>
                        {kept.map(|kept| view! { <p class="du-saved">{icon("device")}{kept}</p> })}
                    </header>
                    <div class="du-stack" data-gap="l" inner_html=before.into_string()></div>
                    {service_channels(&service, places, choice)}
                    <div class="du-stack" data-gap="l" inner_html=after.into_string()></div>
                </div>
                <aside class="du-stack du-sticky" aria-label=t(key::SERVICE_ACTIONS)>
                    {service.channels.here.is_some().then(|| start(&service))}
                    {actions(&service, territory)}
                    <div class="du-stack" inner_html=service_related(&service).into_string()></div>
                </aside>
            </div>
        </div>
    }
    .into_any()
}

fn owner_line(service: &Service, owner: Option<String>) -> impl IntoView + use<> {
    let slug = service.institution.as_ref().map(|owner| owner.slug.clone());
    let many = service.offers.len() as u32;
    match (owner, slug) {
        (Some(owner), Some(slug)) => {
            let lang = said_in(service, "institution.name");
            view! { <p class="du-soft"><a class="ds-link" lang=lang href=paths::institution(&slug)>{owner}</a></p> }
                .into_any()
        }
        _ => view! { <p class="du-soft">{tn(key::COUNT_MUNICIPALITIES, many)}</p> }.into_any(),
    }
}

fn choice(service: &Service, territory: Option<String>) -> impl IntoView + use<> {
    let offered: Vec<(String, String)> =
        service.offers.iter().map(|offer| (offer.territory.slug.clone(), offer.territory.name.clone())).collect();
    let (reader, navigate, slug) = (use_reader(), use_navigate(), service.slug.clone());
    let choose = move |chosen: String| {
        let chosen = Some(chosen).filter(|chosen| !chosen.is_empty());
        if chosen.is_some() {
            reader.territory.set(chosen.clone());
        }
        navigate(&paths::service(&slug, chosen.as_deref()), Default::default());
    };
    view! {
        <p>{t(key::SERVICE_MUNICIPALITY_TEXT)}</p>
        <div class="du-row">{territory_select("territory".into(), t(key::SERVICE_MUNICIPALITY), offered, territory, choose)}</div>
    }
}

/// A button for each e-service of the service; the page is whole without it.
fn start(service: &Service) -> AnyView {
    let (state, slug) = (RwSignal::new(Load::Asleep), service.slug.clone());
    load(state, async move { api::services::list_e_services(&slug).await });
    dynamic(move || {
        let Load::Loaded(own) = state.get() else { return ().into_any() };
        let several = own.len() > 1;
        list(own, |(slug, title)| {
            let name = if several { title } else { t(key::START_OPEN).to_owned() };
            view! { <a class="ds-button" data-fullwidth="" href=paths::e_service(&slug)>{name}{icon("arrow")}</a> }
                .into_any()
        })
        .into_any()
    })
}

fn actions(service: &Service, territory: Option<String>) -> impl IntoView + use<> {
    let favourites = use_favourites();
    let slug = service.slug.clone();
    let kept = move || t(if favourites.has(&slug) { key::SERVICE_KEPT } else { key::SERVICE_KEEP }).to_owned();
    let copy = move |_| {
        let address = window().location().href().unwrap_or_default();
        let _ = window().navigator().clipboard().write_text(&address);
        announce(t(key::SERVICE_COPIED));
    };
    let print = move |_| {
        let _ = window().print();
    };
    view! {
        <div class="ds-card du-stack" data-gap="s">
            {star_button(service.slug.clone(), service.name.clone(), territory)}
            <p class="du-small du-soft">{dynamic_text(kept)}</p>
            <div class="du-row">
                <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" on:click=on(print)>{icon("print")}{t(key::SERVICE_PRINT)}</button>
                <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" on:click=on(copy)>{icon("copy")}{t(key::SERVICE_COPY)}</button>
            </div>
        </div>
    }
}

/// No network, and no copy on this device.
fn offline(again: impl Fn() + 'static) -> AnyView {
    use_page(t(key::ERROR_OFFLINE));
    view! {
        <div class="du-wrap du-section du-stack" data-width="narrow">
            <h1 class="ds-heading" data-size="xl">{t(key::ERROR_OFFLINE)}</h1>
            <p class="ds-paragraph" data-size="lg">{t(key::ERROR_OFFLINE_TEXT)}</p>
            <div class="du-row"><button class="ds-button" type="button" on:click=on(move |_| again())>{icon("sync")}{t(key::LOAD_AGAIN)}</button></div>
            <h2 class="ds-heading" data-size="sm">{t(key::ERROR_OFFLINE_CAN)}</h2>
            <ul class="du-list">
                <li>{icon("search")}<a class="ds-link" href=paths::page(page::SERVICES)>{t(key::ERROR_OFFLINE_SEARCH)}</a></li>
                <li>{icon("star")}<a class="ds-link" href=paths::page(page::FAVOURITES)>{t(key::ERROR_OFFLINE_FAVOURITES)}</a></li>
            </ul>
        </div>
    }
    .into_any()
}

/// The bits of its kinds; those of a municipal kind as a whole include that some municipality has an office.
fn kinds(service: &Service, kind: &Service) -> u8 {
    use durvis_search::kind::{ELSEWHERE, HERE, IN_PERSON, POST};
    let channels = &service.channels;
    let offices = !channels.places.is_empty()
        || service.institution.is_none() && kind.offers.iter().any(|offer| !offer.places.is_empty());
    let bits = [
        (channels.here.is_some(), HERE),
        (channels.elsewhere.is_some(), ELSEWHERE),
        (offices, IN_PERSON),
        (channels.post, POST),
    ];
    bits.into_iter().filter(|(set, _)| *set).fold(0, |kinds, (_, bit)| kinds | bit)
}
