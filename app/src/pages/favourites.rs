//! `/{lang}/favourites`: what the citizen kept, readable at the counter without a network (B5).

use durvis_contract::reminder::ReminderAbout;
use durvis_contract::{Place, Service, ServiceDetail, page};
use leptos::prelude::*;

use crate::components::fees;
use crate::components::kind_tags::kind_tags;
use crate::components::star::star;
use crate::i18n::{Key, date, key, lang_of, t, tf, tn};
use crate::offline::favourites::{Favourite, use_favourites};
use crate::page::use_page;
use crate::paths;
use crate::ui::erased::{dynamic, dynamic_text, list};
use crate::ui::icon::icon;

pub fn favourites_page() -> AnyView {
    use_page(t(key::FAVOURITES_TITLE));
    let favourites = use_favourites();
    view! {
        <div class="du-wrap du-section du-stack">
            <header class="du-row" data-between="">
                <h1 class="ds-heading" data-size="xl">{t(key::FAVOURITES_TITLE)}</h1>
                <p class="du-soft du-saved">{icon("device")}{dynamic_text(move || tn(key::COUNT_FAVOURITES, favourites.list().len() as u32))}</p>
            </header>
            {dynamic(move || match favourites.list() {
                all if all.is_empty() => empty().into_any(),
                all => view! {
                    <ul class="du-stack" data-gap="s">{list(all, favourite)}</ul>
                    <p class="du-small du-soft">{t(key::FAVOURITES_DEVICE)}</p>
                }.into_any(),
            })}
        </div>
    }
    .into_any()
}

fn empty() -> impl IntoView {
    view! {
        <div class="ds-card du-stack" data-gap="s">
            <h2 class="ds-heading" data-size="md">{t(key::FAVOURITES_EMPTY)}</h2>
            <p class="du-text">{t(key::FAVOURITES_EMPTY_TEXT)}</p>
            <p><a class="ds-button" href=paths::page(page::SERVICES)>{icon("search")}{t(key::SEARCH_CATALOGUE)}</a></p>
        </div>
    }
}

fn favourite(favourite: Favourite) -> AnyView {
    let href = paths::service(&favourite.slug, favourite.territory.as_deref());
    let kept =
        favourite.detail.is_some().then(|| tf(key::FAVOURITES_FULL, &[("date", &date(&favourite.saved_at.into()))]));
    let lang = lang_of(favourite.lang.as_deref());
    let Favourite { slug, territory, name, detail, .. } = favourite;
    let remind = paths::remind(ReminderAbout::Service, &slug);
    let at_counter = detail.map(|detail| at_counter(&detail, territory.as_deref()));
    view! {
        <li>
            <article class="ds-card du-result">
                <div class="du-row" data-top="">
                    <h2 class="du-grow"><a class="ds-link du-title" lang=lang href=href.clone()>{name.clone()}</a></h2>
                    {star(slug, name.clone(), territory)}
                </div>
                {at_counter}
                <div class="du-row" data-between="">
                    {kept.map(|kept| view! { <p class="du-saved du-small">{icon("device")}{kept}</p> })}
                    <a class="ds-link" href=remind>{t(key::REMINDERS_REMIND)}<span class="ds-sr-only">": "{name}</span></a>
                    <a class="ds-button" data-variant="secondary" data-size="sm" href=href>{t(key::FAVOURITES_READ)}</a>
                </div>
            </article>
        </li>
    }
    .into_any()
}

/// What to bring, what it costs, where to go.
fn at_counter(detail: &ServiceDetail, territory: Option<&str>) -> impl IntoView + use<> {
    let local = territory.and_then(|territory| detail.service.in_territory(territory));
    let service = local.as_ref().unwrap_or(&detail.service);
    let place = detail.places_of(service).first().map(place_line);
    let fees = fees::fees(service);
    let papers = (!service.papers.is_empty()).then(|| service.papers.join(" "));
    let row = |name: Key, value: String| view! { <div><dt>{t(name)}</dt><dd>{value}</dd></div> };
    view! {
        <div class="du-row" inner_html=kind_tags(kinds(service)).into_string()></div>
        <dl class="du-summary" data-open="">
            {papers.map(|papers| row(key::FAVOURITES_TAKE, papers))}
            {(!fees.is_empty()).then(|| row(key::FAVOURITES_FEE, fees.join(", ")))}
            {place.map(|place| row(key::FAVOURITES_PLACE, place))}
        </dl>
    }
}

fn place_line(place: &Place) -> String {
    let phone = place.phone.as_deref().map(|phone| format!(", {phone}"));
    format!("{}, {}{}", place.name, place.address, phone.unwrap_or_default())
}

fn kinds(service: &Service) -> u8 {
    use durvis_search::kind::{ELSEWHERE, HERE, IN_PERSON, POST};
    let channels = &service.channels;
    let bits = [
        (channels.here.is_some(), HERE),
        (channels.elsewhere.is_some(), ELSEWHERE),
        (!channels.places.is_empty(), IN_PERSON),
        (channels.post, POST),
    ];
    bits.into_iter().filter(|(set, _)| *set).fold(0, |kinds, (_, bit)| kinds | bit)
}
