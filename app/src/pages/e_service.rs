//! `/{lang}/e-services/{slug}`: before one starts. What it is, what it asks, and three ways on: start, sign in and start, try.

use durvis_contract::e_service::{Definition, Outcome, SignIn};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

use crate::api::{self, ApiError};
use crate::components::missing::missing;
use crate::i18n::{date_time, key, money, t, tf, tn};
use crate::load::{Load, load, waiting};
use crate::offline::journal::{Entry, NOBODY};
use crate::page::use_page;
use crate::paths;
use crate::session::use_session;
use crate::ui::breadcrumbs::breadcrumbs;
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::icon;
use crate::wizard::open::{begin, opened, owner};
use crate::wizard::words::said;

pub fn e_service_page(slug: String) -> AnyView {
    let state = RwSignal::new(Load::Asleep);
    let slug = StoredValue::new(slug);
    let ask = move || load(state, async move { api::uses::get_e_service(&slug.get_value(), None).await });
    ask();
    dynamic(move || match state.get() {
        Load::Loaded(definition) => loaded(definition),
        Load::Failed(ApiError::NotFound) => missing(&paths::e_service(&slug.get_value())),
        state => view! { <div class="du-wrap du-section">{waiting(&state, ask)}</div> }.into_any(),
    })
}

fn loaded(definition: Definition) -> AnyView {
    let title = said(&definition.title);
    use_page(title.clone());
    let back = vec![(paths::service(&definition.service, None), t(key::START_SERVICE).to_owned())];
    let kept = definition.clone();
    view! {
        <div class="du-wrap du-section du-stack" data-width="narrow" data-gap="l">
            {breadcrumbs(back, title.clone())}
            <header class="du-stack" data-gap="s">
                <h1 class="ds-heading" data-size="xl">{title}</h1>
                <p class="ds-paragraph" data-size="lg">{said(&definition.summary)}</p>
            </header>
            {facts(&definition)}
            {ways(kept)}
            {checklist(&definition)}
        </div>
    }
    .into_any()
}

fn facts(definition: &Definition) -> AnyView {
    let who = match definition.audience {
        SignIn::Nobody => key::START_FOR_ANYBODY,
        SignIn::Person => key::START_FOR_PERSON,
        SignIn::Company => key::START_FOR_COMPANY,
        SignIn::Either => key::START_FOR_EITHER,
    };
    let comes = match &definition.outcome {
        Outcome::Immediate { .. } => t(key::START_AT_ONCE).to_owned(),
        Outcome::Submission { days } => tn(key::COUNT_DAYS, u32::from(*days)),
    };
    let prices: Vec<u32> = definition.prices.iter().map(|price| price.cents).collect();
    let free = prices.is_empty() || definition.prices.iter().all(|price| price.when.is_some());
    let cost = match (prices.iter().min(), prices.iter().max()) {
        (Some(least), Some(most)) if least == most && !free => money(*least),
        (Some(least), Some(most)) => {
            tf(key::START_COST_FROM, &[("from", &money(if free { 0 } else { *least })), ("to", &money(*most))])
        }
        _ => t(key::START_FREE).to_owned(),
    };
    let line = |(name, value): (&'static str, String)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any();
    let lines = [(t(key::START_WHO), t(who).to_owned()), (t(key::START_COST), cost), (t(key::START_ANSWER), comes)];
    view! { <dl class="du-summary">{list(lines, line)}</dl> }.into_any()
}

/// Starting, or going on with what was started.
fn ways(definition: Definition) -> AnyView {
    let (session, navigate) = (use_session(), use_navigate());
    let definition = StoredValue::new(definition);
    let drafts = RwSignal::new(Vec::<Entry>::new());
    let journal = RwSignal::new_local(None);
    let whose = Memo::new(move |_| owner(session));
    Effect::new(move |_| {
        let Some(whose) = whose.get() else { return };
        spawn_local(async move {
            let own = opened(whose).await;
            let slug = definition.with_value(|definition| definition.id.clone());
            let mut entries = own.all().await;
            entries.retain(|entry| entry.e_service == slug && entry.receipt.is_none());
            let _ = drafts.try_set(entries);
            let _ = journal.try_set(Some(own));
        });
    });
    // Pressed before the journal is open, it waits for that.
    let (pressed, begun) = (RwSignal::new(false), StoredValue::new(false));
    Effect::new(move |_| {
        let (true, Some(own)) = (pressed.get(), journal.get()) else { return };
        if begun.get_value() {
            return;
        }
        begun.set_value(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            let id = begin(&own, &definition.get_value()).await;
            navigate(&paths::service_use(&id), Default::default());
        });
    });
    let start = move || pressed.set(true);
    let buttons = move || {
        let is_nobody = whose.get().as_deref() == Some(NOBODY);
        let (anybody, slug) = definition.with_value(|one| (one.audience == SignIn::Nobody, one.id.clone()));
        if !is_nobody || anybody {
            return view! { <button class="ds-button" type="button" on:click=on(move |_| start())>{t(key::START_NOW)}{icon("arrow")}</button> }
                .into_any();
        }
        view! {
            <a class="ds-button" href=paths::sign_in(&paths::e_service(&slug))>{icon("enter")}{t(key::START_SIGN_IN)}</a>
            <button class="ds-button" data-variant="secondary" type="button" on:click=on(move |_| start())>{t(key::START_TRY)}</button>
            <p class="du-small du-soft du-grow">{t(key::START_TRY_TEXT)}</p>
        }
        .into_any()
    };
    view! {
        {dynamic(move || unfinished(drafts.get()))}
        <div class="du-row">{dynamic(buttons)}</div>
    }
    .into_any()
}

fn unfinished(drafts: Vec<Entry>) -> AnyView {
    if drafts.is_empty() {
        return ().into_any();
    }
    let line = |entry: Entry| {
        let at = js_sys::Date::new(&entry.changed_at.into()).to_iso_string().as_string().unwrap_or_default();
        let said = tf(key::START_DRAFT, &[("time", &date_time(&at))]);
        view! { <li>{icon("edit")}<a class="ds-link du-grow" href=paths::service_use(&entry.id)>{said}</a></li> }
            .into_any()
    };
    view! {
        <section class="du-stack" data-gap="s" aria-labelledby="drafts">
            <h2 class="ds-heading" data-size="sm" id="drafts">{t(key::START_DRAFTS)}</h2>
            <ul class="du-list">{list(drafts, line)}</ul>
        </section>
    }
    .into_any()
}

/// All that may be asked, to read or to print before one starts.
fn checklist(definition: &Definition) -> AnyView {
    let steps = list(&definition.steps, |step| {
        let field = |field: &durvis_contract::e_service::Field| {
            let sometimes = field.when.is_some().then(|| t(key::START_SOMETIMES));
            view! { <li>{said(&field.label)}{sometimes.map(|said| view! { <span class="du-soft">" "{said}</span> })}</li> }.into_any()
        };
        let sometimes = step.when.is_some().then(|| t(key::START_SOMETIMES));
        view! {
            <li>
                <strong>{said(&step.title)}</strong>
                {sometimes.map(|said| view! { <span class="du-soft">" "{said}</span> })}
                <ul>{list(&step.fields, field)}</ul>
            </li>
        }
        .into_any()
    });
    let print = move |_: leptos::ev::MouseEvent| {
        let _ = window().print();
    };
    view! {
        <section class="du-stack" data-gap="s" aria-labelledby="asked">
            <h2 class="ds-heading" data-size="md" id="asked">{t(key::START_ASKED)}</h2>
            <ol class="ds-list du-asked">{steps}</ol>
            <div class="du-row"><button class="ds-button" data-variant="tertiary" type="button" on:click=on(print)>{icon("print")}{t(key::SERVICE_PRINT)}</button></div>
        </section>
    }
    .into_any()
}
