//! What every page of a walk has at its top: the e-service, the steps, and in words where the answers are.

use durvis_contract::e_service::Progress;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

use crate::i18n::{key, t, tf};
use crate::paths;
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::icon;
use crate::wizard::walking::{Kept, Walking};
use crate::wizard::words::said;

/// The place in the stepper.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    Terms,
    Step(String),
    Check,
    Done,
}

/// A page of the walk.
pub fn frame(walking: Walking, mark: &Mark, wide: bool, inside: AnyView) -> AnyView {
    let title = walking.definition.with_value(|definition| said(&definition.title));
    let width = (!wide).then_some("narrow");
    view! {
        <div class="du-wrap du-section du-stack" data-width=width>
            <div class="du-stack" data-gap="s">
                <div class="du-row" data-between=""><p class="du-soft">{title}</p>{kept(walking)}</div>
                {stepper(walking, mark.clone())}
            </div>
            {conflict(walking)}
            {ended(walking)}
            {rehearsal(walking)}
            {silent(walking)}
            {inside}
        </div>
    }
    .into_any()
}

/// The steps of this branch, for short ways; long ones have their task list.
fn stepper(walking: Walking, mark: Mark) -> AnyView {
    const MOST: usize = 7;
    dynamic(move || {
        let mut steps: Vec<(Mark, String)> = Vec::new();
        walking.definition.with_value(|definition| {
            if definition.terms.is_some() {
                steps.push((Mark::Terms, t(key::WALK_TERMS).to_owned()));
            }
            walking.walk.with(|walk| {
                let live =
                    definition.steps.iter().zip(&walk.steps).filter(|(_, state)| state.progress != Progress::Hidden);
                steps.extend(live.map(|(step, _)| (Mark::Step(step.id.clone()), said(&step.title))));
            });
            steps.push((Mark::Check, t(key::WALK_CHECK).to_owned()));
        });
        let all = steps.len();
        let at = if mark == Mark::Done { all } else { steps.iter().position(|(one, _)| *one == mark).unwrap_or(0) };
        let number = |at: usize| tf(key::WALK_STEP, &[("n", &(at + 1).to_string())]);
        if all > MOST || mark == Mark::Done {
            let here = steps
                .get(at)
                .map(|_| tf(key::WALK_STEP_OF, &[("n", &(at + 1).to_string()), ("all", &all.to_string())]));
            return here.map(|here| view! { <p class="du-small du-soft">{here}</p> }).into_any();
        }
        let label = tf(key::WALK_STEP_OF, &[("n", &(at + 1).to_string()), ("all", &all.to_string())]);
        let item = |(one, (_, title)): (usize, (Mark, String))| {
            let (current, done) = ((one == at).then_some("step"), (one < at).then_some(""));
            view! { <li aria-current=current data-done=done><small>{number(one)}</small><span>{title}</span></li> }
                .into_any()
        };
        view! { <ol class="du-stepper" aria-label=label>{list(steps.into_iter().enumerate(), item)}</ol> }.into_any()
    })
}

/// Where the answers are.
fn kept(walking: Walking) -> AnyView {
    let line = move || {
        if walking.entry.with(|entry| entry.receipt.is_some()) {
            return None;
        }
        Some(match walking.kept.get() {
            Kept::InAccount(time) => ("check", tf(key::WALK_KEPT_ACCOUNT, &[("time", &time)])),
            Kept::Here { offline: true } => ("offline", t(key::WALK_KEPT_OFFLINE).to_owned()),
            Kept::Here { offline: false } => ("device", t(key::WALK_KEPT_HERE).to_owned()),
            Kept::Nowhere => ("alert", t(key::WALK_KEPT_NOWHERE).to_owned()),
            Kept::Ended => ("alert", t(key::WALK_KEPT_HERE).to_owned()),
            Kept::Conflict(_) => ("alert", t(key::WALK_KEPT_CONFLICT).to_owned()),
        })
    };
    view! {
        <p class="du-saved du-small du-soft" role="status">
            {dynamic(move || line().map(|(symbol, line)| view! { {icon(symbol)}<span>{line}</span> }).into_any())}
        </p>
    }
    .into_any()
}

/// Two devices, two sets of answers: the citizen chooses.
fn conflict(walking: Walking) -> AnyView {
    dynamic(move || {
        let Kept::Conflict(theirs) = walking.kept.get() else { return ().into_any() };
        let time = crate::i18n::date_time(&theirs.about.changed_at);
        view! {
            <div class="ds-alert du-stack" data-color="warning" data-gap="s" role="alert">
                <h2 class="ds-heading" data-size="2xs">{t(key::WALK_CONFLICT)}</h2>
                <p class="ds-paragraph">{tf(key::WALK_CONFLICT_TEXT, &[("time", &time)])}</p>
                <div class="du-row">
                    <button class="ds-button" data-variant="secondary" type="button" on:click=on(move |_| walking.settle(true))>{t(key::WALK_CONFLICT_OURS)}</button>
                    <button class="ds-button" data-variant="secondary" type="button" on:click=on(move |_| walking.settle(false))>{t(key::WALK_CONFLICT_THEIRS)}</button>
                </div>
            </div>
        }
        .into_any()
    })
}

/// It was ended elsewhere while answers were typed here: they go on as a new one, when the citizen wants that.
fn ended(walking: Walking) -> AnyView {
    let navigate = use_navigate();
    dynamic(move || {
        if walking.kept.get() != Kept::Ended {
            return ().into_any();
        }
        let navigate = navigate.clone();
        let again = move |_: leptos::ev::MouseEvent| {
            let navigate = navigate.clone();
            spawn_local(async move {
                let id = walking.begin_again().await;
                navigate(&paths::service_use(&id), Default::default());
            });
        };
        view! {
            <div class="ds-alert du-stack" data-color="warning" data-gap="s" role="alert">
                <h2 class="ds-heading" data-size="2xs">{t(key::WALK_ENDED)}</h2>
                <p class="ds-paragraph">{t(key::WALK_ENDED_TEXT)}</p>
                <div class="du-row"><button class="ds-button" data-variant="secondary" type="button" on:click=on(again)>{t(key::WALK_ENDED_AGAIN)}</button></div>
            </div>
        }
        .into_any()
    })
}

fn rehearsal(walking: Walking) -> AnyView {
    if !walking.is_rehearsal() {
        return ().into_any();
    }
    view! { <div class="ds-alert" data-color="info"><p class="ds-paragraph">{t(key::WALK_REHEARSAL)}</p></div> }
        .into_any()
}

/// Registers that did not answer: one fills in oneself.
fn silent(walking: Walking) -> AnyView {
    dynamic(move || {
        let is_silent = walking.silent.with(|silent| !silent.is_empty());
        is_silent
            .then(|| view! { <div class="ds-alert" data-color="warning"><p class="ds-paragraph">{t(key::WALK_SILENT)}</p></div> })
            .into_any()
    })
}
