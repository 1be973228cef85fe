//! `/{lang}/uses/{id}` and `/{lang}/uses/{id}/{place}`: walking an e-service. Where one may be, the answers say; a place that
//! may not be visited leads to the one that may.

mod attach;
mod check;
mod course;
mod documents;
mod receipt;
mod reports;
mod result;
mod step;
mod tasks;
mod terms;

use durvis_contract::e_service::{Outcome, Position};
use durvis_contract::page;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::api::ApiError;
use crate::catalogue::use_catalogue;
use crate::components::missing::missing;
use crate::load::{Load, load, waiting};
use crate::paths;
use crate::session::use_session;
use crate::ui::erased::dynamic;
use crate::wizard::WizardState;
use crate::wizard::open::{find, owner};
use crate::wizard::walking::Walking;

/// Where one is in it.
#[derive(Clone, Debug, PartialEq)]
enum Here {
    Terms,
    Tasks,
    Step(String),
    Check,
    Waiting,
    Receipt,
    Result,
    Deficiencies,
}

pub fn walk_page(id: String, place: Option<String>) -> AnyView {
    let (session, wizard) = (use_session(), expect_context::<WizardState>());
    let state = RwSignal::new(Load::<Walking>::Asleep);
    let id = StoredValue::new(id);
    let whose = Memo::new(move |_| owner(session));
    use_catalogue().wake();
    let ask = move || {
        let Some(whose) = whose.get_untracked() else { return };
        let go_on = move |walking: Walking| {
            spawn_local(async move {
                walking.prefill().await;
                walking.save().await;
                walking.go_on_with_files().await;
            });
        };
        match wizard.walking(&id.get_value(), &whose) {
            // Whoever was here without a line is known now.
            Some(walking) if matches!(state.get_untracked(), Load::Loaded(_)) => go_on(walking),
            Some(walking) => state.set(Load::Loaded(walking)),
            None => load(state, async move {
                let walking = find(wizard, session, whose, &id.get_value()).await?;
                go_on(walking);
                Ok(walking)
            }),
        }
    };
    Effect::new(move |_| {
        if whose.get().is_some() {
            ask();
        }
    });
    dynamic(move || match state.get() {
        Load::Loaded(walking) => walked(walking, place.clone()),
        Load::Failed(ApiError::NotFound) => missing(&paths::service_use(&id.get_value())),
        Load::Asleep => {
            view! { <div class="du-wrap du-section">{waiting::<()>(&Load::Loading, || ())}</div> }.into_any()
        }
        state => view! { <div class="du-wrap du-section">{waiting(&state, ask)}</div> }.into_any(),
    })
}

fn walked(walking: Walking, place: Option<String>) -> AnyView {
    let navigate = use_navigate();
    let id = walking.id();
    let here = Memo::new(move |_| here(walking, place.as_deref()));
    dynamic(move || match here.get() {
        Ok(here) => shown(walking, here),
        Err(place) => {
            let (navigate, url) = (navigate.clone(), paths::use_place(&id, &place));
            request_animation_frame(move || navigate(&url, NavigateOptions { replace: true, ..Default::default() }));
            ().into_any()
        }
    })
}

/// The one guard: what a place shows, or the place to go to instead.
fn here(walking: Walking, place: Option<&str>) -> Result<Here, String> {
    let (is_waiting, receipt, accepted) =
        walking.entry.with(|entry| (entry.waiting, entry.receipt.is_some(), entry.terms_accepted));
    let (asks_terms, has_tasks, immediate) = walking.definition.with_value(|definition| {
        let immediate = matches!(definition.outcome, Outcome::Immediate { .. });
        (definition.terms.is_some(), !definition.tasks.is_empty(), immediate)
    });
    if receipt {
        return match (immediate, place) {
            (true, Some(page::DEFICIENCIES)) => Ok(Here::Deficiencies),
            (true, _) => Ok(Here::Result),
            (false, _) => Ok(Here::Receipt),
        };
    }
    if is_waiting {
        return Ok(Here::Waiting);
    }
    if asks_terms && !accepted {
        return if place == Some(page::TERMS) { Ok(Here::Terms) } else { Err(page::TERMS.into()) };
    }
    let stands = || {
        walking.walk.with_untracked(|walk| match walk.position() {
            _ if has_tasks => page::TASKS.to_owned(),
            Position::Step(step) => step.to_owned(),
            Position::Check => page::CHECK.to_owned(),
        })
    };
    match place {
        Some(page::TERMS) if asks_terms => Ok(Here::Terms),
        Some(page::TASKS) if has_tasks => Ok(Here::Tasks),
        Some(page::CHECK) if walking.walk.with_untracked(|walk| walk.is_complete()) => Ok(Here::Check),
        // Answers change while a step is open; whether it may be opened is asked when it is.
        Some(step) if walking.walk.with_untracked(|walk| walk.can_visit(step)) => Ok(Here::Step(step.to_owned())),
        _ => Err(stands()),
    }
}

fn shown(walking: Walking, here: Here) -> AnyView {
    walking.wrong.set(Vec::new());
    match here {
        Here::Terms => terms::terms(walking),
        Here::Tasks => tasks::tasks(walking),
        Here::Step(step) => step::step(walking, step),
        Here::Check => check::check(walking),
        Here::Waiting => check::is_waiting(walking),
        Here::Receipt => receipt::receipt(walking),
        Here::Result => result::result(walking),
        Here::Deficiencies => reports::deficiencies(walking),
    }
}
