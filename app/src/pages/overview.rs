//! `/{lang}/workspace`: what is to be done first, then what is going on (W1, W7).

use durvis_contract::document::Document;
use durvis_contract::overview::{Overview, Task, TaskKind};
use durvis_contract::reminder::Reminder;
use leptos::prelude::*;

use crate::api;
use crate::components::bill_line::bill_line;
use crate::components::document_line::{document_line, download};
use crate::components::notice_line::notice_line;
use crate::components::use_line::use_line;
use crate::components::workspace_frame::{Place, workspace_frame};
use crate::i18n::{Key, date, key, lang_of, money, t, tf, tn};
use crate::load::{Load, refresh, waiting};
use crate::news::News;
use crate::offline::favourites::{Favourite, use_favourites};
use crate::paths;
use crate::session::use_session;
use crate::ui::erased::{dynamic, list};
use crate::ui::icon::icon;

/// Favourites that are shown.
const MAX_FAVOURITES: usize = 4;

pub fn overview_page() -> AnyView {
    workspace_frame(Place::Overview, t(key::WORKSPACE_TITLE), None, content)
}

fn content() -> AnyView {
    let (session, news) = (use_session(), expect_context::<News>());
    let state = RwSignal::new(Load::<Overview>::Asleep);
    let ask = move || refresh(state, async move { session.heard(api::overview::get_overview().await) });
    Effect::new(move |_| {
        news.came();
        ask();
    });
    dynamic(move || {
        state.with(|state| match state {
            Load::Loaded(overview) => shown(overview),
            state => waiting(state, ask),
        })
    })
}

fn shown(overview: &Overview) -> AnyView {
    let favourites = use_favourites();
    let tasks = if overview.tasks.is_empty() {
        view! { <p>{t(key::WORKSPACE_NO_TASKS)}</p> }.into_any()
    } else {
        view! { <ul class="du-stack" data-gap="s">{list(&overview.tasks, task)}</ul> }.into_any()
    };
    let sum = u32::try_from(overview.bills.total_cents).unwrap_or(u32::MAX);
    let to_pay = tf(key::BILLS_SUM, &[("n", &overview.bills.total.to_string()), ("sum", &money(sum))]);
    view! {
        <section class="du-stack" data-gap="s" aria-labelledby="tasks">
            <h2 class="ds-heading" data-size="md" id="tasks">{t(key::WORKSPACE_TASKS)}</h2>
            {tasks}
        </section>
        {part("uses", key::USES_TITLE, Place::Uses, (!overview.uses.is_empty()).then(|| {
            let all = tn(key::WORKSPACE_ALL_USES, overview.uses_total);
            view! { <ul class="du-list">{list(&overview.uses, use_line)}</ul><p class="du-small du-soft">{all}</p> }.into_any()
        }))}
        {part("bills", key::BILLS_TO_PAY, Place::Bills, (!overview.bills.items.is_empty()).then(|| {
            view! { <p>{to_pay}</p><ul class="du-list">{list(&overview.bills.items, |one| bill_line(one, ().into_any()))}</ul> }.into_any()
        }))}
        {part("documents", key::DOCUMENTS_TITLE, Place::Documents, (!overview.documents.is_empty()).then(|| {
            let line = |one: &Document| document_line(one, ().into_any(), download(one, api::documents::document(&one.id)));
            view! { <ul class="du-list">{list(&overview.documents, line)}</ul> }.into_any()
        }))}
        {part("reminders", key::REMINDERS_TITLE, Place::Reminders, (!overview.reminders.is_empty()).then(|| {
            view! { <ul class="du-list">{list(&overview.reminders, reminder)}</ul> }.into_any()
        }))}
        {part("notices", key::NOTICES_TITLE, Place::Notices, (!overview.notices.is_empty()).then(|| {
            view! { <ul class="du-list">{list(&overview.notices, notice_line)}</ul> }.into_any()
        }))}
        {dynamic(move || {
            let kept: Vec<Favourite> = favourites.list().into_iter().take(MAX_FAVOURITES).collect();
            part("favourites", key::NAV_FAVOURITES, Place::Favourites, (!kept.is_empty()).then(|| {
                view! { <ul class="du-list">{list(kept, favourite)}</ul> }.into_any()
            })).into_any()
        })}
    }
    .into_any()
}

/// A part that is there when there is something in it, with the way to all of it.
fn part(id: &'static str, name: Key, place: Place, inside: Option<AnyView>) -> Option<AnyView> {
    inside.map(|inside| {
        view! {
            <section class="du-stack" data-gap="s" aria-labelledby=id>
                <div class="du-row" data-between="">
                    <h2 class="ds-heading" data-size="md" id=id>{t(name)}</h2>
                    <a class="ds-link" href=place.url()>{t(key::WORKSPACE_ALL)}<span class="ds-sr-only">": "{t(name)}</span></a>
                </div>
                {inside}
            </section>
        }
        .into_any()
    })
}

/// What one is reminded of, and when.
fn reminder(one: &Reminder) -> AnyView {
    let words = if one.text.is_empty() { one.title.clone() } else { format!("{}: {}", one.title, one.text) };
    view! {
        <li>{icon("calendar")}<a class="ds-link du-title du-grow" href=Place::Reminders.url()>{words}</a><span class="du-small du-soft du-num">{date(&one.day.clone().into())}</span></li>
    }
    .into_any()
}

/// One that this device keeps.
fn favourite(one: Favourite) -> AnyView {
    let href = paths::service(&one.slug, one.territory.as_deref());
    let lang = lang_of(one.lang.as_deref());
    view! { <li>{icon("star")}<a class="ds-link du-title du-grow" lang=lang href=href>{one.name}</a></li> }.into_any()
}

fn task(task: &Task) -> AnyView {
    let (colour, symbol, word, href, verb) = match task.kind {
        TaskKind::Answer => ("warning", "alert", key::COURSE_TASK, paths::service_use(&task.about), key::COURSE_ANSWER),
        TaskKind::LookAtPayment => {
            ("info", "sync", key::BILL_UNKNOWN_TITLE, paths::bill(&task.about), key::WORKSPACE_LOOK)
        }
    };
    let due = task.due.as_ref().map(|due| {
        let due = tf(key::COURSE_DUE, &[("date", &date(&due.into()))]);
        view! { <p><span class="ds-tag" data-color=colour>{icon(symbol)}{due}</span></p> }
    });
    view! {
        <li class="du-task" data-color=colour>
            <div class="du-stack" data-gap="xs">
                {due}
                <h3 class="ds-heading" data-size="xs">{t(word)}</h3>
                {task.text.clone().map(|text| view! { <p class="du-lines">{text}</p> })}
                <p class="du-soft">{task.title.clone()}", "<span class="du-num">{task.number.to_string()}</span>". "{task.institution.clone()}</p>
            </div>
            <a class="ds-button" data-color="pine" href=href>{t(verb)}<span class="ds-sr-only">": "{task.title.clone()}</span></a>
        </li>
    }
    .into_any()
}
