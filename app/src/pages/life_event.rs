//! `/{lang}/life-events/{slug}`: the services of a life event, in the order in which one meets them.

use std::sync::Arc;

use durvis_contract::page;
use durvis_search::{Doc, Facet, Index, LifeEvent, kind};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::catalogue::use_catalogue;
use crate::components::kind_tags::kind_tags;
use crate::components::missing::missing;
use crate::components::star::star;
use crate::i18n::{key, lang_of, t, tn};
use crate::page::use_page;
use crate::paths::{self, Search};
use crate::reader::use_reader;
use crate::ui::breadcrumbs::breadcrumbs_to;
use crate::ui::erased::dynamic;
use crate::ui::icon::{icon, icon_class};

pub fn life_event_page(slug: String) -> AnyView {
    use_catalogue().view(move |index| match index.life_events().find(|event| event.slug == slug) {
        Some(event) => shown(&index, &event).into_any(),
        None => missing(&paths::life_event(&slug)),
    })
}

fn shown(index: &Arc<Index>, event: &LifeEvent) -> impl IntoView + use<> {
    use_page(event.name.clone());
    let docs: Vec<Doc> = event.docs.iter().map(|doc| index.doc(*doc)).collect();
    let online = docs.iter().filter(|doc| doc.kinds & (kind::HERE | kind::ELSEWHERE) != 0).count() as u32;
    let above = vec![
        (paths::home(), t(key::NAV_HOME).to_owned()),
        (paths::page(page::LIFE_EVENTS), t(key::EVENT_TITLE).to_owned()),
    ];
    view! {
        <div class="du-wrap du-section du-stack">
            {breadcrumbs_to(above, event.name.clone(), lang_of(None))}
            <div class="du-split">
                <div class="du-stack" data-gap="l">
                    <header class="du-row" data-top="">
                        {icon_class(&format!("life-{}", event.icon), "du-icon du-lead")}
                        <div class="du-stack du-grow" data-gap="s">
                            <h1 class="ds-heading" data-size="xl" lang=lang_of(None)>{event.name.clone()}</h1>
                            <p class="ds-paragraph du-text" data-size="lg" lang=lang_of(None)>{event.summary.clone()}</p>
                        </div>
                    </header>
                    {(!docs.is_empty()).then(|| view! {
                        <section class="du-stack" aria-labelledby="order">
                            <h2 class="ds-heading" data-size="lg" id="order">{t(key::EVENT_ORDER)}</h2>
                            <ol class="du-steps">{docs.iter().map(|doc| service(index, doc)).collect_view()}</ol>
                        </section>
                    })}
                </div>
                <aside class="ds-card du-stack du-sticky" data-gap="s" aria-label=t(key::EVENT_FILTER)>
                    {offer(event.slug.clone())}
                    <p><strong>{tn(key::COUNT_SERVICES, event.docs.len() as u32)}</strong></p>
                    <p class="du-soft">{tn(key::EVENT_ONLINE, online)}</p>
                    <a class="ds-button" data-variant="secondary" href=Search::value(Facet::LifeEvent, &event.slug).url()>{t(key::EVENT_FILTER)}</a>
                </aside>
            </div>
        </div>
    }
}

/// The way to a plan of one's own, where the life event has one.
fn offer(slug: String) -> AnyView {
    let has = RwSignal::new(false);
    let href = paths::plan(&slug);
    spawn_local(async move {
        // Without the list there is nothing to offer, and nothing to tell: the services stand there all the same.
        let plans = api::catalogue::list_plans().await.unwrap_or_default();
        let _ = has.try_set(plans.contains(&slug));
    });
    dynamic(move || {
        if !has.get() {
            return ().into_any();
        }
        view! {
            <h2 class="ds-heading" data-size="sm">{t(key::PLAN_TITLE)}</h2>
            <p>{t(key::PLAN_OFFER_TEXT)}</p>
            <p class="du-fact du-small du-soft">{icon("device")}<span>{t(key::PLAN_PRIVATE)}</span></p>
            <a class="ds-button" href=href.clone()>{icon("task")}{t(key::PLAN_OFFER)}</a>
            <hr class="du-rule"/>
        }
        .into_any()
    })
}

fn service(index: &Index, doc: &Doc) -> impl IntoView + use<> {
    let near = use_reader().territory.get_untracked().filter(|near| {
        doc.municipal && doc.variants.iter().any(|variant| index.slug(Facet::Territory, variant.territory) == near)
    });
    let many = doc
        .municipal
        .then(|| view! { <p class="du-soft">{tn(key::COUNT_MUNICIPALITIES, doc.variants.len() as u32)}</p> });
    view! {
        <li>
            <h3><a class="ds-link du-title" lang=lang_of(doc.name_lang.as_deref()) href=paths::service(&doc.slug, near.as_deref())>{doc.name.clone()}</a></h3>
            <div class="du-row" data-top="">
                <div class="du-stack du-grow" data-gap="xs">
                    <p lang=lang_of(doc.summary_lang.as_deref())>{doc.summary.clone()}</p>{many}
                    <div class="du-row" inner_html=kind_tags(doc.kinds).into_string()></div>
                </div>
                {star(doc.slug.clone(), doc.name.clone(), near)}
            </div>
        </li>
    }
}
