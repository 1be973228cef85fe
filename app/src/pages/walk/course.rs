//! What becomes of what was sent (W1): its way through the institution, what both say, answering, taking it back.

use durvis_contract::case::{CaseEvent, Course, EventKind, NewMessage, Ruling};
use durvis_contract::file::StoredFile;
use durvis_contract::uses::UseState;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::attach::{Attachments, attach};
use super::documents::documents;
use crate::api::{self, ApiError};
use crate::components::problem::problem;
use crate::i18n::{Key, date, date_time, key, t, tf, tn};
use crate::load::{Load, load, waiting};
use crate::page::{announce, focus_on};
use crate::paths;
use crate::session::{Who, use_session};
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::icon;
use crate::wizard::open::new_id;

pub fn course(id: String) -> AnyView {
    let (session, state) = (use_session(), RwSignal::new(Load::<Course>::Asleep));
    let id = StoredValue::new(id);
    let ask = move || load(state, async move { session.heard(api::cases::get_course(&id.get_value()).await) });
    // Only when it changes: what is typed here must not go with every word of the server.
    let somebody = Memo::new(move |_| matches!(session.who(), Who::Known(_)));
    Effect::new(move |_| {
        if somebody.get() && !matches!(state.get_untracked(), Load::Loaded(_)) {
            ask();
        }
    });
    dynamic(move || match state.get() {
        Load::Loaded(course) => shown(state, course),
        Load::Asleep => ().into_any(),
        // What is not anybody's has no course.
        Load::Failed(ApiError::NotFound) => ().into_any(),
        state => view! { <div>{waiting(&state, ask)}</div> }.into_any(),
    })
}

fn shown(state: RwSignal<Load<Course>>, course: Course) -> AnyView {
    let about = &course.about;
    let task = course.events.iter().rev().find(|event| event.kind == EventKind::Asked);
    let task = task.filter(|_| about.state == UseState::Asked).map(|asked| {
        let due = asked.due.as_ref().map(|due| tf(key::COURSE_DUE, &[("date", &date(&due.into()))]));
        view! {
            <div class="du-task" data-color="warning">
                <div class="du-stack" data-gap="xs">
                    <h2 class="ds-heading" data-size="xs">{t(key::COURSE_TASK)}</h2>
                    <p>{asked.text.clone()}</p>
                    <p class="du-soft">{due}</p>
                </div>
                <a class="ds-button" data-color="pine" href="#answer-text" on:click=on(to_answer)>{t(key::COURSE_ANSWER)}</a>
            </div>
        }
    });
    let decision = course.events.iter().find(|event| event.kind == EventKind::Decided).map(decided);
    let is_open = matches!(about.state, UseState::Sent | UseState::Taken | UseState::Asked);
    let ways = is_open.then(|| view! { {answer(state, &course)}{withdraw(state, &course)} });
    let to_pay = about.bill.as_ref().filter(|_| course.to_pay).map(|bill| {
        view! {
            <div class="du-task" data-color="warning">
                <p>{t(key::RECEIPT_TO_PAY)}</p>
                <a class="ds-button" data-color="pine" href=paths::bill(bill)>{icon("bill")}{t(key::RECEIPT_BILL)}</a>
            </div>
        }
    });
    view! {
        {to_pay}
        {task}
        {decision}
        <section class="du-stack" aria-labelledby="course">
            <h2 class="ds-heading" data-size="md" id="course">{t(key::COURSE_TITLE)}</h2>
            {path(&course)}
        </section>
        {documents(&course.about.id)}
        {messages(&course)}
        {ways}
    }
    .into_any()
}

/// A `#` link that really moves the focus; the router's would not.
fn to_answer(event: leptos::ev::MouseEvent) {
    event.prevent_default();
    focus_on("answer-text");
}

fn decided(event: &CaseEvent) -> AnyView {
    let (colour, word) = match event.ruling {
        Some(Ruling::Granted) => ("success", key::RULING_GRANTED),
        Some(Ruling::GrantedInPart) => ("success", key::RULING_IN_PART),
        Some(Ruling::Refused) => ("warning", key::RULING_REFUSED),
        Some(Ruling::Closed) | None => ("info", key::RULING_CLOSED),
    };
    view! {
        <section class="ds-alert du-stack" data-color=colour data-gap="xs">
            <h2 class="ds-heading" data-size="xs">{t(word)}</h2>
            <p class="ds-paragraph du-lines">{event.text.clone()}</p>
        </section>
    }
    .into_any()
}

/// What was, what is, and what comes.
fn path(course: &Course) -> AnyView {
    let about = &course.about;
    let sent = about.finished_at.clone().unwrap_or_else(|| about.changed_at.clone());
    let mut steps = vec![(t(key::COURSE_RECEIVED), date_time(&sent))];
    let mut is_asked = false;
    for event in &course.events {
        let was_asked = std::mem::replace(&mut is_asked, event.kind == EventKind::Asked);
        let word = match event.kind {
            EventKind::Taken => key::COURSE_TAKEN,
            EventKind::Asked => key::COURSE_ASKED,
            EventKind::Answered if was_asked => key::COURSE_ANSWERED,
            EventKind::Answered => key::COURSE_WROTE,
            EventKind::Decided => key::COURSE_DECIDED,
            EventKind::Withdrawn => key::COURSE_WITHDRAWN,
            EventKind::Told => {
                is_asked = was_asked;
                continue;
            }
        };
        steps.push((t(word), date_time(&event.at)));
    }
    let now: Option<Key> = match about.state {
        UseState::Sent => Some(key::COURSE_WAITS),
        UseState::Taken => Some(key::COURSE_IN_WORK),
        UseState::Asked => Some(key::COURSE_WAITS_FOR_YOU),
        _ => None,
    };
    let done = list(steps, |(word, at)| {
        view! { <li data-done=""><strong>{word}</strong><p class="du-soft du-num">{at}</p></li> }.into_any()
    });
    let usual = course.usual_days.map(|days| tn(key::COURSE_USUAL, days));
    let latest = about.decided_by.as_ref().map(|day| tf(key::RECEIPT_BY, &[("date", &date(&day.into()))]));
    let now = now.map(|word| {
        view! {
            <li aria-current="step"><strong>{t(word)}</strong></li>
            <li data-next=""><strong>{t(key::RECEIPT_DECIDED)}</strong><p>{latest}</p><p>{usual}</p></li>
        }
    });
    view! { <ol class="du-timeline">{done}{now}</ol> }.into_any()
}

fn messages(course: &Course) -> AnyView {
    let institution = course.about.institution.clone().unwrap_or_default();
    let said = course.events.iter().filter(|event| event.kind != EventKind::Decided);
    let said = said.filter(|event| event.text.is_some() || !event.files.is_empty());
    let said: Vec<&CaseEvent> = said.collect();
    if said.is_empty() {
        return ().into_any();
    }
    let message = move |event: &CaseEvent| {
        let is_mine = event.kind == EventKind::Answered;
        let who = if is_mine { t(key::COURSE_YOU).to_owned() } else { institution.clone() };
        view! {
            <li class="du-message" data-mine=is_mine.then_some("")>
                <p class="du-small du-soft">{who}", "<span class="du-num">{date_time(&event.at)}</span></p>
                {event.text.clone().map(|text| view! { <p class="du-lines">{text}</p> })}
                {list(&event.files, file_line)}
            </li>
        }
        .into_any()
    };
    view! {
        <section class="du-stack" aria-labelledby="messages">
            <h2 class="ds-heading" data-size="md" id="messages" tabindex="-1">{t(key::COURSE_MESSAGES)}</h2>
            <ol class="du-stack" data-gap="s">{list(said, message)}</ol>
        </section>
    }
    .into_any()
}

fn file_line(file: &StoredFile) -> AnyView {
    let href = format!("/api/v1/files/{}", file.id);
    view! { <p class="du-file">{icon("doc")}<a class="ds-link" rel="external" download="" href=href>{file.name.clone()}</a></p> }.into_any()
}

fn answer(state: RwSignal<Load<Course>>, course: &Course) -> AnyView {
    let (session, id) = (use_session(), course.about.id.clone());
    let (text, wrong, busy) = (RwSignal::new(String::new()), RwSignal::new(None::<String>), RwSignal::new(false));
    let attached = Attachments::new(&course.about);
    // One id until it has arrived: pressed twice, it is one message. Another text, or file, is another one.
    let attempt = StoredValue::new(None::<NewMessage>);
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        wrong.set(None);
        let (said_now, files) = (text.get_untracked(), attached.ids());
        if said_now.trim().is_empty() && files.is_empty() {
            return wrong.set(Some(t(key::COURSE_EMPTY).to_owned()));
        }
        if untrack(|| attached.is_waiting()) {
            return wrong.set(Some(t(key::COURSE_FILES_GOING).to_owned()));
        }
        busy.set(true);
        let before = attempt.get_value().filter(|last| last.text == said_now && last.files == files);
        let new = before.unwrap_or_else(|| NewMessage { id: new_id(), text: said_now, files });
        attempt.set_value(Some(new.clone()));
        let id = id.clone();
        spawn_local(async move {
            match session.heard(api::cases::create_message(&id, &new).await) {
                Ok(course) => {
                    announce(t(key::COURSE_SENT));
                    let _ = state.try_set(Load::Loaded(course));
                    // What was typed in is gone, and its focus with it.
                    request_animation_frame(|| focus_on("messages"));
                }
                Err(error) => drop(wrong.try_set(Some(said(&error)))),
            }
            let _ = busy.try_set(false);
        });
    };
    let to = course.about.institution.clone().map(|name| tf(key::COURSE_TO, &[("name", &name)]));
    view! {
        <form class="du-stack" on:submit=on(on_submit)>
            <div class="ds-field">
                <label class="ds-label" for="answer-text">{t(key::COURSE_YOUR_ANSWER)}</label>
                <textarea class="ds-input" id="answer-text" rows="3" maxlength="4000" prop:value=text
                    on:input=on(move |event| text.set(event_target_value(&event)))></textarea>
            </div>
            {attach(attached)}
            <div role="alert">{dynamic(move || wrong.get().map(|wrong| view! { <p class="ds-validation-message">{wrong}</p> }).into_any())}</div>
            <div class="du-row">
                <button class="ds-button" type="submit" disabled=busy>{icon("send")}{t(key::COURSE_SEND)}</button>
                <span class="du-soft du-small">{to}</span>
            </div>
        </form>
    }
    .into_any()
}

/// Asked once more before it is done: it can't be taken back.
fn withdraw(state: RwSignal<Load<Course>>, course: &Course) -> AnyView {
    let (session, id, event) = (use_session(), course.about.id.clone(), new_id());
    let (sure, busy, wrong) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(None::<String>));
    let press = move |_: leptos::ev::MouseEvent| {
        busy.set(true);
        let (id, event) = (id.clone(), event.clone());
        spawn_local(async move {
            match session.heard(api::cases::put_withdrawal(&id, &event).await) {
                Ok(course) => {
                    announce(t(key::COURSE_WITHDRAWN));
                    let _ = state.try_set(Load::Loaded(course));
                }
                Err(error) => drop(wrong.try_set(Some(said(&error)))),
            }
            let _ = busy.try_set(false);
        });
    };
    let press = StoredValue::new_local(press);
    view! {
        <section class="du-stack" data-gap="s">
            <div class="du-row">
                <button class="ds-button" data-variant="tertiary" data-color="danger" type="button" aria-expanded=move || sure.get().to_string() on:click=on(move |_| sure.update(|sure| *sure = !*sure))>
                    {icon("trash")}{t(key::COURSE_WITHDRAW)}
                </button>
            </div>
            {dynamic(move || {
                if !sure.get() {
                    return ().into_any();
                }
                view! {
                    <div class="du-task" data-color="danger">
                        <p>{t(key::COURSE_SURE)}</p>
                        <button class="ds-button" data-color="danger" type="button" disabled=busy on:click=on(move |event| press.with_value(|press| press(event)))>{t(key::COURSE_WITHDRAW_NOW)}</button>
                    </div>
                }
                .into_any()
            })}
            <div role="alert">{dynamic(move || wrong.get().map(|wrong| view! { <p class="ds-validation-message">{wrong}</p> }).into_any())}</div>
        </section>
    }
    .into_any()
}

fn said(error: &ApiError) -> String {
    match error {
        ApiError::Conflict => t(key::COURSE_CONFLICT).to_owned(),
        ApiError::Broken(broken) if broken.iter().any(|one| one.field == "bill") => t(key::COURSE_PAYING).to_owned(),
        ApiError::Broken(broken) if broken.iter().any(|one| one.field == "files") => {
            t(key::COURSE_FILES_WRONG).to_owned()
        }
        ApiError::Broken(_) => t(key::COURSE_EMPTY).to_owned(),
        other => problem(other),
    }
}
