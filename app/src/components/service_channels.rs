//! How to get it: here, on another portal, in person, by letter.

use durvis_contract::{Elsewhere, Place, Service};
use leptos::prelude::*;

use super::place_list::place_list;
use crate::i18n::{Key, key, t, tf};
use crate::ui::icon::icon;

/// A card for each way; nothing where others name none. `choice` is the select of municipalities, for a municipal kind.
pub fn service_channels(
    service: &Service,
    places: Vec<Place>,
    choice: Option<AnyView>,
) -> Option<impl IntoView + use<>> {
    let channels = &service.channels;
    let here = channels.here.is_some().then(|| card(key::SERVICE_HERE, "screen", here()));
    let elsewhere = channels.elsewhere.clone().map(|one| card(key::SERVICE_ELSEWHERE, "external", elsewhere(one)));
    let chosen = !places.is_empty();
    let in_person = (chosen || choice.is_some()).then(|| {
        let body = view! { {choice} {chosen.then(|| place_list(places))} };
        card(key::SERVICE_IN_PERSON, "pin", body.into_any())
    });
    let post =
        channels.post.then(|| card(key::SERVICE_POST, "mail", view! { <p>{t(key::SERVICE_POST_TEXT)}</p> }.into_any()));
    let ways: Vec<_> = [here, elsewhere, in_person, post].into_iter().flatten().collect();
    (!ways.is_empty()).then(|| {
        view! {
            <section class="du-stack" aria-labelledby="how">
                <h2 class="ds-heading" data-size="lg" id="how">{t(key::SERVICE_HOW)}</h2>
                {ways}
            </section>
        }
    })
}

fn card(name: Key, symbol: &str, body: AnyView) -> AnyView {
    view! {
        <div class="ds-card">
            <div class="du-stack" data-gap="s">
                <div class="du-row">{icon(symbol)}<h3 class="ds-heading" data-size="sm">{t(name)}</h3></div>
                {body}
            </div>
        </div>
    }
    .into_any()
}

/// The e-service's own form is not open yet: said plainly, instead of a button that leads nowhere.
fn here() -> AnyView {
    view! {
        <p>{t(key::SERVICE_HERE_TEXT)}</p>
        <p class="du-soft du-fact">{icon("info")}<span>{t(key::SERVICE_HERE_CLOSED)}</span></p>
    }
    .into_any()
}

fn elsewhere(elsewhere: Elsewhere) -> AnyView {
    let portal = tf(key::SERVICE_ELSEWHERE_TEXT, &[("portal", &elsewhere.portal)]);
    let open = tf(key::SERVICE_ELSEWHERE_OPEN, &[("portal", &elsewhere.portal)]);
    view! {
        <p>{portal}</p>
        <p>
            <a class="ds-link" href=elsewhere.url rel="external noopener">
                {open}<span class="ds-sr-only">" "{t(key::SERVICE_ELSEWHERE_SITE)}</span>{icon("external")}
            </a>
        </p>
    }
    .into_any()
}
