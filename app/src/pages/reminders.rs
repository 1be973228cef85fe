//! `/{lang}/reminders`: what one wants to be reminded of, what the portal reminds of by itself, and both as a calendar (W8).
//! `?kind=` and `about=` set one; `id=` changes it.

use durvis_contract::day::Day;
use durvis_contract::page;
use durvis_contract::plan::calendar::{Calendar, Entry};
use durvis_contract::reminder::{Deadline, DeadlineKind, Reminder, ReminderAbout, Reminders};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::api;
use crate::components::problem::problem;
use crate::components::reminder_form::reminder_form;
use crate::components::workspace_frame::{Place, workspace_frame};
use crate::i18n::{Key, date, date_time, key, t, tf};
use crate::load::{Load, refresh, waiting};
use crate::paths;
use crate::session::use_session;
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::icon;
use crate::ui::save::save_file;

/// How many days before a calendar reminds.
const REMIND_DAYS: u16 = 1;

type State = RwSignal<Load<Reminders>>;

pub fn reminders_page() -> AnyView {
    workspace_frame(Place::Reminders, t(key::REMINDERS_TITLE), Some(key::REMINDERS_LEAD), content)
}

fn content() -> AnyView {
    let (session, state, query) = (use_session(), RwSignal::new(Load::Asleep), use_location().query);
    let navigate = StoredValue::new_local(use_navigate());
    let asked = move || {
        query.with(|query| match (query.get_str("kind"), query.get_str("about")) {
            (Some(kind), Some(about)) => {
                let about = String::from(js_sys::encode_uri_component(about));
                format!("&kind={}&about={about}", String::from(js_sys::encode_uri_component(kind)))
            }
            _ => String::new(),
        })
    };
    let ask = move || {
        let query = untrack(asked);
        refresh(state, async move { session.heard(api::reminders::list_reminders(&query).await) });
    };
    Effect::new(move |_| {
        asked();
        ask();
    });
    let done = move || {
        let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
        navigate.with_value(|navigate| navigate(&paths::page(page::REMINDERS), options));
        ask();
    };
    dynamic(move || {
        state.with(|state_now| match state_now {
            Load::Loaded(reminders) => {
                let id = query.with_untracked(|query| query.get("id"));
                let before = reminders.items.iter().find(|one| Some(&one.id) == id.as_ref()).cloned();
                let form = reminders.subject.clone().map(|subject| reminder_form(subject, before, done));
                view! { {form}{shown(state, reminders)} }.into_any()
            }
            other => waiting(other, ask),
        })
    })
}

fn shown(state: State, reminders: &Reminders) -> AnyView {
    let (told, to_come): (Vec<_>, Vec<_>) = reminders.items.iter().cloned().partition(|one| one.told_at.is_some());
    let own = if to_come.is_empty() {
        view! { <p>{t(key::REMINDERS_NONE)}</p> }.into_any()
    } else {
        view! { <ul class="du-list">{list(to_come, |one| line(state, one))}</ul> }.into_any()
    };
    let by_rule = (!reminders.deadlines.is_empty()).then(|| {
        view! {
            <section class="du-stack" data-gap="s" aria-labelledby="deadlines">
                <h2 class="ds-heading" data-size="md" id="deadlines">{t(key::REMINDERS_DEADLINES)}</h2>
                <p class="du-soft du-small">{t(key::REMINDERS_DEADLINES_TEXT)}</p>
                <ul class="du-list">{list(&reminders.deadlines, deadline)}</ul>
            </section>
        }
    });
    let told = (!told.is_empty()).then(|| {
        view! {
            <section class="du-stack" data-gap="s" aria-labelledby="told">
                <h2 class="ds-heading" data-size="md" id="told">{t(key::REMINDERS_TOLD)}</h2>
                <ul class="du-list">{list(told, |one| line(state, one))}</ul>
            </section>
        }
    });
    let all = StoredValue::new(calendar(reminders));
    let is_empty = all.with_value(|all| all.entries.is_empty());
    let save = move |_: leptos::ev::MouseEvent| {
        save_file("durvis.ics", "text/calendar;charset=utf-8", &all.with_value(Calendar::to_ics).into());
    };
    let file = (!is_empty).then(|| {
        view! { <div class="du-row"><button class="ds-button" data-variant="secondary" type="button" on:click=on(save)>{icon("calendar")}{t(key::REMINDERS_CALENDAR)}</button></div> }
    });
    view! {
        <section class="du-stack" data-gap="s" aria-labelledby="own">
            <h2 class="ds-heading" data-size="md" id="own">{t(key::REMINDERS_OWN)}</h2>
            {own}
        </section>
        {by_rule}
        {file}
        {told}
    }
    .into_any()
}

/// One, with the ways to change and to delete it.
fn line(state: State, one: Reminder) -> AnyView {
    let when = match &one.told_at {
        Some(at) => tf(key::REMINDERS_TOLD_AT, &[("time", &date_time(at))]),
        None => date(&one.day.clone().into()),
    };
    let name = format!("{} {}", one.title, one.text);
    let change = format!("{}&id={}", paths::remind(one.kind, &one.about), one.id);
    let words = if one.text.is_empty() { None } else { Some(view! { <p class="du-lines">{one.text.clone()}</p> }) };
    let (session, busy, wrong) = (use_session(), RwSignal::new(false), RwSignal::new(None::<String>));
    let id = one.id.clone();
    let delete = move |_: leptos::ev::MouseEvent| {
        busy.set(true);
        let id = id.clone();
        spawn_local(async move {
            match session.heard(api::reminders::delete_reminder(&id).await) {
                Ok(()) => {
                    let _ = state.try_update(|state| {
                        if let Load::Loaded(reminders) = state {
                            reminders.items.retain(|one| one.id != id);
                        }
                    });
                }
                Err(error) => drop(wrong.try_set(Some(problem(&error)))),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <li>
            {icon("calendar")}
            <div class="du-grow">
                <a class="ds-link du-title" href=target(one.kind, &one.about)>{one.title.clone()}</a>
                {words}
                <p class="du-small du-soft du-num">{when}</p>
                <div role="alert">{dynamic(move || wrong.get().map(|wrong| view! { <p class="ds-validation-message">{wrong}</p> }).into_any())}</div>
            </div>
            <a class="ds-button" data-variant="tertiary" data-size="sm" href=change>{t(key::CONTACT_CHANGE)}<span class="ds-sr-only">": "{name.clone()}</span></a>
            <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" disabled=busy on:click=on(delete)>{icon("trash")}{t(key::CONTACT_FORGET)}<span class="ds-sr-only">": "{name}</span></button>
        </li>
    }
    .into_any()
}

fn deadline(one: &Deadline) -> AnyView {
    let (symbol, word, href) = of_deadline(one);
    let number = one.number.map(|number| number.to_string());
    view! {
        <li>
            {icon(symbol)}
            <div class="du-grow">
                <a class="ds-link du-title" href=href>{t(word)}</a>
                <p>{one.title.clone()}" "<span class="du-soft du-num">{number}</span></p>
                <p class="du-small du-soft du-num">{date(&one.day.clone().into())}</p>
            </div>
        </li>
    }
    .into_any()
}

fn of_deadline(one: &Deadline) -> (&'static str, Key, String) {
    match one.kind {
        DeadlineKind::Answer => ("alert", key::REMINDERS_ANSWER, paths::service_use(&one.about)),
        DeadlineKind::Bill => ("bill", key::REMINDERS_BILL, paths::bill(&one.about)),
        DeadlineKind::Document => ("archive", key::REMINDERS_DOCUMENT, paths::page(page::DOCUMENTS)),
    }
}

fn target(kind: ReminderAbout, about: &str) -> String {
    match kind {
        ReminderAbout::Use => paths::service_use(about),
        ReminderAbout::Bill => paths::bill(about),
        ReminderAbout::Document => paths::page(page::DOCUMENTS),
        ReminderAbout::Service => paths::service(about, None),
    }
}

/// All that is to come.
fn calendar(reminders: &Reminders) -> Calendar {
    let origin = window().location().origin().unwrap_or_default();
    let host = window().location().hostname().unwrap_or_default();
    let numbered = |title: &str, number: Option<String>| format!("{title} {}", number.unwrap_or_default());
    let own = reminders.items.iter().filter(|one| one.told_at.is_none()).filter_map(|one| {
        Some(Entry {
            uid: format!("{}@{host}", one.id),
            day: Day::parse(&one.day)?,
            summary: if one.text.is_empty() { one.title.clone() } else { one.text.clone() },
            description: numbered(&one.title, one.number.map(|number| number.to_string())),
            url: Some(origin.clone() + &target(one.kind, &one.about)),
        })
    });
    let others = reminders.deadlines.iter().filter_map(|one| {
        let (_, word, href) = of_deadline(one);
        Some(Entry {
            uid: format!("{}-{}@{host}", one.about, one.day),
            day: Day::parse(&one.day)?,
            summary: format!("{}: {}", t(word), one.title),
            description: numbered(&one.title, one.number.map(|number| number.to_string())),
            url: Some(origin.clone() + &href),
        })
    });
    let stamp = Calendar::stamp(&String::from(js_sys::Date::new_0().to_iso_string()));
    Calendar {
        name: t(key::REMINDERS_TITLE).into(),
        stamp,
        remind_days: REMIND_DAYS,
        entries: own.chain(others).collect(),
    }
}
