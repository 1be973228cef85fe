//! `/{lang}/desk`: an institution's queue, those to be decided soonest first; and below it, a case.

mod bill_steps;
mod bills;
mod case;
mod steps;

use durvis_contract::case::{Case, Cases, Seat};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::api;
use crate::components::case_tag::{case_tag, due};
use crate::components::desk_frame::desk_frame;
use crate::i18n::{Key, date_time, key, t, tf, tn};
use crate::load::{Load, refresh, waiting};
use crate::paths;
use crate::session::use_session;
use crate::ui::erased::{dynamic, list};
use crate::ui::icon::icon;
use crate::ui::pagination::pagination;

pub use case::case_page;

/// Cases of a page.
const PAGE: usize = 25;

/// What of the queue may be asked for.
const STATES: [(Option<&str>, Key); 6] = [
    (None, key::DESK_OPEN),
    (Some("sent"), key::DESK_STATE_SENT),
    (Some("taken"), key::DESK_STATE_TAKEN),
    (Some("asked"), key::DESK_STATE_ASKED),
    (Some("decided"), key::DESK_STATE_DECIDED),
    (Some("withdrawn"), key::USES_WITHDRAWN),
];

pub fn desk_page() -> AnyView {
    desk_frame(None, Box::new(queue))
}

fn queue(seat: Seat) -> AnyView {
    let (session, state, query) = (use_session(), RwSignal::new(Load::<Cases>::Asleep), use_location().query);
    let wanted = Memo::new(move |_| {
        let name = query.with(|query| query.get("state"));
        let chosen = STATES.iter().filter_map(|(state, _)| *state).find(|state| name.as_deref() == Some(*state));
        let page = query.with(|query| query.get_str("page").and_then(|page| page.parse::<usize>().ok()));
        (chosen, page.unwrap_or(1).max(1))
    });
    let institution = StoredValue::new(seat.institution.clone());
    let ask = move || {
        let (chosen, page) = wanted.get_untracked();
        let from = (page - 1).saturating_mul(PAGE);
        refresh(state, async move {
            session.heard(api::desk::list_cases(&institution.get_value(), chosen, (PAGE, from)).await)
        });
    };
    Effect::new(move |_| {
        wanted.track();
        ask();
    });
    let links = move || {
        let (chosen, _) = wanted.get();
        let link = move |(state, word): (Option<&'static str>, Key)| {
            let current = (state == chosen).then_some("page");
            let href = institution.with_value(|slug| paths::desk(slug, state, 1));
            let variant = if current.is_some() { "secondary" } else { "tertiary" };
            view! { <li><a class="ds-button" data-variant=variant data-size="sm" href=href aria-current=current>{t(word)}</a></li> }
                .into_any()
        };
        view! { <ul class="du-row du-choices">{list(STATES, link)}</ul> }.into_any()
    };
    let shown = move |cases: &Cases| {
        let page = wanted.get_untracked().1;
        if cases.items.is_empty() {
            return view! { <p role="status">{t(key::DESK_EMPTY)}</p> }.into_any();
        }
        let line = |one: &Case| institution.with_value(|slug| line(one, slug));
        let pages = (cases.total as usize).div_ceil(PAGE);
        let chosen = wanted.get_untracked().0;
        let turn = pagination(page, pages, move |to| institution.with_value(|slug| paths::desk(slug, chosen, to)));
        view! {
            <p role="status">{tn(key::DESK_COUNT, cases.total)}</p>
            <ul class="du-list">{list(&cases.items, line)}</ul>
            {turn}
        }
        .into_any()
    };
    view! {
        <header class="du-stack" data-gap="s">
            <p class="du-soft">{icon("building")}" "{seat.name}</p>
            <h1 class="ds-heading" data-size="xl">{t(key::DESK_TITLE)}</h1>
            <p class="du-soft">{tf(key::DESK_AS, &[("name", &seat.officer)])}</p>
        </header>
        <nav aria-label=t(key::DESK_FILTER)>{dynamic(links)}</nav>
        {dynamic(move || state.with(|state| match state {
            Load::Loaded(cases) => shown(cases),
            state => waiting(state, ask),
        }))}
    }
    .into_any()
}

/// A case, without whom it is about: that is told to who opens it, and their log says so.
fn line(one: &Case, institution: &str) -> AnyView {
    let sent = tf(key::DESK_SENT_AT, &[("time", &date_time(&one.sent_at))]);
    let held = one.officer.as_ref().map(|name| view! { <p class="du-small">{icon("user")}" "{name.clone()}</p> });
    view! {
        <li>
            <div class="du-grow">
                <a class="ds-link du-title" href=paths::desk_case(&one.id, institution)>{one.title.clone()}</a>
                <p class="du-small du-soft"><span class="du-num">{one.number.to_string()}</span>" · "{sent}</p>
                {held}
            </div>
            {due(one)}
            {one.disputed.then(|| view! { <span class="ds-tag" data-color="danger">{icon("alert")}{t(key::DESK_BILL_DISPUTED)}</span> })}
            {case_tag(one.state)}
        </li>
    }
    .into_any()
}
