//! Check your answers, and Send (E6). Without a line it waits, and says so.

use durvis_contract::e_service::{Line, Outcome};
use durvis_contract::page;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::ApiError;
use crate::catalogue::use_catalogue;
use crate::components::problem::problem;
use crate::components::walk_frame::{Mark, frame};
use crate::i18n::{key, money, t, tf};
use crate::page::use_page;
use crate::paths;
use crate::ui::erased::{dynamic, list, on};
use crate::ui::form::error_summary;
use crate::ui::icon::icon;
use crate::wizard::walking::Walking;
use crate::wizard::words::{Told, said, value};

pub fn check(walking: Walking) -> AnyView {
    use_page(t(key::WALK_CHECK_TITLE));
    let (price, immediate) = (
        walking.walk.with_untracked(|walk| walk.price_cents),
        walking.definition.with_value(|one| matches!(one.outcome, Outcome::Immediate { .. })),
    );
    let cost = (price > 0).then(|| {
        view! { <dl class="du-summary"><div><dt>{t(key::START_COST)}</dt><dd class="du-num"><strong>{money(price)}</strong></dd></div></dl> }
    });
    let next = if immediate { key::WALK_NEXT_REGISTRY } else { key::WALK_NEXT_INSTITUTION };
    let inside = view! {
        {error_summary(walking.wrong)}
        <h1 class="ds-heading" data-size="xl">{t(key::WALK_CHECK_TITLE)}</h1>
        {dynamic(move || answers(walking))}
        {cost}
        <div class="ds-alert" data-color="info">
            <h2 class="ds-heading" data-size="2xs">{t(key::WALK_WHAT_NEXT)}</h2>
            <p class="ds-paragraph">{t(next)}</p>
        </div>
        {if walking.is_rehearsal() { way_in(walking) } else { send_row(walking, immediate) }}
    };
    frame(walking, &Mark::Check, false, inside.into_any())
}

/// All answers, step by step, each with a way to change it.
fn answers(walking: Walking) -> AnyView {
    let index = use_catalogue().loaded();
    let people = walking.people.get();
    let told = Told { index: index.as_deref(), people: &people };
    let (id, definition) = (walking.id(), walking.definition.get_value());
    let walk = walking.walk.get();
    let answers = walking.answers.get();
    let lines = walk.lines(&definition, &answers);
    let steps = definition.steps.iter().filter(|step| lines.iter().any(|line| line.step.id == step.id));
    let section = |step: &durvis_contract::e_service::Step| {
        let href = paths::use_place(&id, &step.id);
        let own = lines.iter().filter(|line| line.step.id == step.id);
        let heading = format!("step-{}", step.id);
        let labelled = heading.clone();
        view! {
            <section class="du-stack" data-gap="s" aria-labelledby=labelled>
                <h2 class="ds-heading" data-size="sm" id=heading>{said(&step.title)}</h2>
                <dl class="du-summary">{list(own, |one| line(one, &href, told))}</dl>
            </section>
        }
        .into_any()
    };
    view! { <div class="du-stack" data-gap="l">{list(steps, section)}</div> }.into_any()
}

fn line(line: &Line, href: &str, told: Told) -> AnyView {
    let label = said(&line.field.label);
    let name = match line.row {
        Some((_, at)) => format!("{}. {label}", at + 1),
        None => label,
    };
    let answer = line.value.map(|answer| value(&line.field.kind, answer, told));
    let answer = answer.unwrap_or_else(|| t(key::WALK_EMPTY).to_owned());
    view! {
        <div>
            <dt>{name.clone()}</dt>
            <dd>{answer}</dd>
            <dd><a class="ds-link" href=href.to_owned()>{t(key::CONTACT_CHANGE)}<span class="ds-sr-only">": "{name}</span></a></dd>
        </div>
    }
    .into_any()
}

/// A rehearsal ends here: who wants to send it signs in, and comes back with all answers.
fn way_in(walking: Walking) -> AnyView {
    let href = paths::sign_in(&paths::use_place(&walking.id(), page::CHECK));
    let print = move |_: ev::MouseEvent| {
        let _ = window().print();
    };
    view! {
        <div class="du-row">
            <a class="ds-button" href=href>{icon("enter")}{t(key::WALK_SIGN_IN_SEND)}</a>
            <button class="ds-button" data-variant="secondary" type="button" on:click=on(print)>{icon("print")}{t(key::SERVICE_PRINT)}</button>
        </div>
    }
    .into_any()
}

fn send_row(walking: Walking, immediate: bool) -> AnyView {
    let before = walking.walk.with_untracked(|walk| walk.live().last().map(|step| step.id.clone()));
    let back = before.map(|step| {
        let href = paths::use_place(&walking.id(), &step);
        view! { <a class="ds-button" data-variant="secondary" href=href>{t(key::WALK_BACK)}</a> }
    });
    let word = if immediate { key::WALK_ASK } else { key::WALK_SEND };
    view! {
        <div class="du-row">
            <button class="ds-button" type="button" disabled=walking.busy on:click=on(move |_| send(walking))>{t(word)}{icon("arrow")}</button>
            {back}
        </div>
    }
    .into_any()
}

/// Sends, and says in place of the page what came of it.
fn send(walking: Walking) {
    if walking.busy.get_untracked() || !walking.is_right(None) {
        return;
    }
    walking.busy.set(true);
    spawn_local(async move {
        let sent = walking.send().await;
        walking.busy.set(false);
        match sent {
            Ok(()) | Err(ApiError::Offline) => {}
            Err(ApiError::Broken(broken)) => {
                let own = |field: &str| walking.field(field.split('.').next_back().unwrap_or_default());
                let wrong = broken.into_iter().map(|one| {
                    let label = own(&one.field).map(|field| said(&field.label)).unwrap_or_default();
                    (one.field, tf(key::WALK_REFUSED, &[("field", &label)]))
                });
                walking.wrong.set(wrong.collect());
            }
            Err(ApiError::Silent) => walking.wrong.set(vec![(String::new(), t(key::WALK_SILENT_SEND).to_owned())]),
            Err(error) => walking.wrong.set(vec![(String::new(), problem(&error))]),
        }
    });
}

/// Send was pressed, and nothing is heard yet.
pub fn is_waiting(walking: Walking) -> AnyView {
    use_page(t(key::WALK_WAITING_TITLE));
    let online = window_event_listener(ev::online, move |_| send_again(walking));
    on_cleanup(move || online.remove());
    let again = move |_: ev::MouseEvent| send_again(walking);
    let stop = move |_: ev::MouseEvent| walking.stop_waiting();
    // What waited while the page was shut goes as soon as it is open.
    send_again(walking);
    let inside = view! {
        {error_summary(walking.wrong)}
        <section class="ds-card du-stack" role="status">
            <h1 class="ds-heading" data-size="lg">{icon("clock")}" "{t(key::WALK_WAITING_TITLE)}</h1>
            <p class="ds-paragraph">{t(key::WALK_WAITING_TEXT)}</p>
            <div class="du-row">
                <button class="ds-button" type="button" disabled=walking.busy on:click=on(again)>{icon("sync")}{t(key::WALK_SEND_AGAIN)}</button>
                <button class="ds-button" data-variant="tertiary" type="button" disabled=walking.busy on:click=on(stop)>{t(key::WALK_WAITING_STOP)}</button>
            </div>
        </section>
    };
    frame(walking, &Mark::Check, false, inside.into_any())
}

fn send_again(walking: Walking) {
    if !walking.is_rehearsal() {
        send(walking);
    }
}
