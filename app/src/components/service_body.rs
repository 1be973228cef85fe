//! The rest of a service: description, steps, laws, and what it is related to.

use durvis_contract::{Law, Service, Step, page};
use leptos::prelude::*;

use crate::i18n::{date, key, t, tf};
use crate::paths;

pub fn service_steps(steps: &[Step]) -> Option<impl IntoView + use<>> {
    let step = |step: &Step| {
        let text = step.text.clone().map(|text| view! { <p>{text}</p> });
        view! { <li><h3 class="ds-heading" data-size="xs">{step.name.clone()}</h3>{text}</li> }
    };
    let items = steps.iter().map(step).collect_view();
    (!steps.is_empty()).then(|| {
        view! {
            <section class="du-stack" aria-labelledby="steps">
                <h2 class="ds-heading" data-size="lg" id="steps">{t(key::SERVICE_STEPS)}</h2>
                <ol class="du-steps">{items}</ol>
            </section>
        }
    })
}

pub fn service_laws(service: &Service) -> impl IntoView + use<> {
    let law = |law: &Law| {
        let article = law.article.clone().map(|article| tf(key::SERVICE_ARTICLE, &[("article", &article)]));
        view! { <li>{law.name.clone()}{article.map(|article| format!(", {article}"))}</li> }
    };
    let laws = service.laws.iter().map(law).collect_view();
    let checked = tf(key::SERVICE_CHECKED, &[("date", &date(&service.checked.as_str().into()))]);
    let owner = service.institution.as_ref().map(|owner| tf(key::SERVICE_RESPONSIBLE, &[("name", &owner.name)]));
    view! {
        <section class="du-stack" data-gap="s" aria-labelledby="laws">
            <h2 class="ds-heading" data-size="lg" id="laws">{t(key::SERVICE_LAWS)}</h2>
            <ul class="ds-list">{laws}</ul>
            <p class="du-soft">{checked}" "{owner}</p>
        </section>
    }
}

/// Related services and the life events it belongs to.
pub fn service_related(service: &Service) -> impl IntoView + use<> {
    let related = service.related.iter().map(|one| {
        view! { <li><a class="ds-link" href=paths::service(&one.slug, None)>{one.name.clone()}</a></li> }
    });
    let related = related.collect_view();
    let events = service.life_events.iter().map(|event| {
        view! { <a class="ds-link" href=paths::life_event(&event.slug)>{event.name.clone()}</a> }
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
