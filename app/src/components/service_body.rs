//! The rest of a service: description, steps, laws, and what it is related to.

use durvis_contract::{Law, Service, Step, language_of, page};
use leptos::prelude::*;

use crate::i18n::{date, key, lang_of, t, tf};
use crate::paths;

/// The `lang` attribute of one of a service's texts.
pub fn said_in(service: &Service, field: &str) -> Option<String> {
    lang_of(language_of(&service.fallbacks, field))
}

pub fn service_steps(service: &Service) -> Option<impl IntoView + use<>> {
    let step = |(at, step): (usize, &Step)| {
        let lang = |part: &str| said_in(service, &format!("steps.{at}.{part}"));
        let text = step.text.clone().map(|text| view! { <p lang=lang("text")>{text}</p> });
        view! { <li><h3 class="ds-heading" data-size="xs" lang=lang("name")>{step.name.clone()}</h3>{text}</li> }
    };
    let items = service.steps.iter().enumerate().map(step).collect_view();
    (!service.steps.is_empty()).then(|| {
        view! {
            <section class="du-stack" aria-labelledby="steps">
                <h2 class="ds-heading" data-size="lg" id="steps">{t(key::SERVICE_STEPS)}</h2>
                <ol class="du-steps">{items}</ol>
            </section>
        }
    })
}

pub fn service_laws(service: &Service) -> impl IntoView + use<> {
    let law = |(at, law): (usize, &Law)| {
        let lang = said_in(service, &format!("laws.{at}.name"));
        let article = law.article.clone().map(|article| tf(key::SERVICE_ARTICLE, &[("article", &article)]));
        view! { <li lang=lang>{law.name.clone()}{article.map(|article| format!(", {article}"))}</li> }
    };
    let laws = service.laws.iter().enumerate().map(law).collect_view();
    let checked = (!service.checked.is_empty())
        .then(|| tf(key::SERVICE_CHECKED, &[("date", &date(&service.checked.as_str().into()))]) + " ");
    let owner = service.institution.as_ref().map(|owner| tf(key::SERVICE_RESPONSIBLE, &[("name", &owner.name)]));
    view! {
        <section class="du-stack" data-gap="s" aria-labelledby="laws">
            <h2 class="ds-heading" data-size="lg" id="laws">{t(key::SERVICE_LAWS)}</h2>
            <ul class="ds-list">{laws}</ul>
            <p class="du-soft">{checked}{owner}</p>
        </section>
    }
}

/// Related services and the life events it belongs to.
pub fn service_related(service: &Service) -> impl IntoView + use<> {
    let related = service.related.iter().enumerate().map(|(at, one)| {
        let lang = said_in(service, &format!("related.{at}.name"));
        view! { <li><a class="ds-link" lang=lang href=paths::service(&one.slug, None)>{one.name.clone()}</a></li> }
    });
    let related = related.collect_view();
    let events = service.life_events.iter().enumerate().map(|(at, event)| {
        let lang = said_in(service, &format!("life_events.{at}.name"));
        view! { <a class="ds-link" lang=lang href=paths::life_event(&event.slug)>{event.name.clone()}</a> }
    });
    let events = events.collect_view();
    let some_related = !service.related.is_empty();
    let some_events = !service.life_events.is_empty();
    view! {
        {some_related.then(|| view! {
            <nav class="du-stack" data-gap="s" aria-labelledby="related">
                <h2 class="ds-heading" data-size="sm" id="related">{t(key::SERVICE_RELATED)}</h2>
                <ul class="du-list" data-plain="">{related}</ul>
            </nav>
        })}
        {some_events.then(|| view! { <p class="du-soft du-row">{t(key::SERVICE_LIFE_EVENT)}" "{events}</p> })}
    }
}

/// The way down from the home page to a service.
pub fn above_service() -> Vec<(String, String)> {
    vec![(paths::home(), t(key::NAV_HOME).to_owned()), (paths::page(page::SERVICES), t(key::NAV_SERVICES).to_owned())]
}
