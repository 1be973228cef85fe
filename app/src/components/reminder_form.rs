//! Setting a reminder: a day, and words of one's own.

use durvis_contract::reminder::{NewReminder, Reminder, Subject};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::problem::problem;
use crate::api::{self, ApiError};
use crate::i18n::{date, key, t, tf};
use crate::page::announce;
use crate::session::use_session;
use crate::ui::erased::on;
use crate::ui::form::{Field, Mistakes, error_summary, text_field};
use crate::ui::icon::icon;
use crate::wizard::open::new_id;

/// The form; `before` is one that is changed, `done` is called when it is set.
pub fn reminder_form(subject: Subject, before: Option<Reminder>, done: impl Fn() + Copy + 'static) -> AnyView {
    let id = StoredValue::new(before.as_ref().map_or_else(new_id, |one| one.id.clone()));
    let day = RwSignal::new(before.as_ref().map(|one| one.day.clone()).unwrap_or_default());
    let text = RwSignal::new(before.map(|one| one.text).unwrap_or_default());
    let (session, busy, mistakes) = (use_session(), RwSignal::new(false), RwSignal::new(Mistakes::new()));
    let number = subject.number.map(|number| number.to_string());
    let title = subject.title.clone();
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let new = NewReminder {
            kind: subject.kind,
            about: subject.about.clone(),
            day: day.get_untracked(),
            text: text.get_untracked(),
        };
        spawn_local(async move {
            match session.heard(api::reminders::put_reminder(&id.get_value(), &new).await) {
                Ok(set) => {
                    announce(&tf(key::REMINDERS_SET_ON, &[("date", &date(&set.day.into()))]));
                    done();
                }
                Err(error) => drop(mistakes.try_set(wrong(&error))),
            }
            let _ = busy.try_set(false);
        });
    };
    let words = Field {
        id: "reminder-text",
        label: t(key::REMINDERS_TEXT),
        kind: "text",
        autocomplete: "off",
        inputmode: None,
    };
    let day_field =
        Field { id: "reminder-day", label: t(key::REMINDERS_DAY), kind: "date", autocomplete: "off", inputmode: None };
    view! {
        <section class="ds-card du-stack" aria-labelledby="reminder">
            <h2 class="ds-heading" data-size="md" id="reminder">{t(key::REMINDERS_NEW)}</h2>
            <p>{title}" "<span class="du-soft du-num">{number}</span></p>
            {error_summary(mistakes)}
            <form class="du-stack" novalidate=true on:submit=on(on_submit)>
                {text_field(day_field, t(key::REMINDERS_DAY_TEXT).to_owned(), day, mistakes)}
                {text_field(words, t(key::REMINDERS_TEXT_TEXT).to_owned(), text, mistakes)}
                <div class="du-row">
                    <button class="ds-button" type="submit" disabled=busy>{icon("calendar")}{t(key::REMINDERS_SET)}</button>
                    <button class="ds-button" data-variant="tertiary" type="button" on:click=on(move |_| done())>{t(key::CONTACT_CANCEL)}</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

/// What is wrong with which field, in words.
fn wrong(error: &ApiError) -> Mistakes {
    let ApiError::Broken(broken) = error else { return vec![(String::new(), problem(error))] };
    let said = |field: &str, rule: &str| match (field, rule) {
        ("day", "too_many") => ("reminder-day", t(key::REMINDERS_TOO_MANY)),
        ("day", "too_late") => ("reminder-day", t(key::REMINDERS_TOO_LATE)),
        ("day", _) => ("reminder-day", t(key::REMINDERS_TOO_EARLY)),
        ("text", _) => ("reminder-text", t(key::REMINDERS_TEXT_WRONG)),
        _ => ("", t(key::REMINDERS_GONE)),
    };
    let each = broken.iter().map(|one| said(&one.field, &one.rule));
    each.map(|(field, wrong)| (field.to_owned(), wrong.to_owned())).collect()
}
