//! A step: its questions, as far as they are asked, and Next.

use durvis_contract::e_service::{At, Field};
use durvis_contract::page;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::components::walk_field::{Asked, question};
use crate::components::walk_frame::{Mark, frame};
use crate::i18n::{key, t};
use crate::page::use_page;
use crate::paths;
use crate::ui::erased::on;
use crate::ui::form::error_summary;
use crate::ui::icon::icon;
use crate::wizard::walking::Walking;
use crate::wizard::words::said;

pub fn step(walking: Walking, step: String) -> AnyView {
    let title = walking.definition.with_value(|one| one.step(&step).map(|step| said(&step.title))).unwrap_or_default();
    use_page(title.clone());
    let (navigate, mark) = (use_navigate(), Mark::Step(step.clone()));
    let (id, here) = (walking.id(), step.clone());
    let before = walking.walk.with_untracked(|walk| walk.before(&step).map(str::to_owned));
    let has_tasks = walking.definition.with_value(|one| !one.tasks.is_empty());
    let has_terms = walking.definition.with_value(|one| one.terms.is_some());
    let back = before
        .or_else(|| has_tasks.then(|| page::TASKS.to_owned()))
        .or_else(|| has_terms.then(|| page::TERMS.to_owned()));
    let back = back.map(|place| {
        let href = paths::use_place(&id, &place);
        view! { <a class="ds-button" data-variant="secondary" href=href>{t(key::WALK_BACK)}</a> }
    });
    let next = {
        let id = id.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            if walking.is_right(Some(&here)) {
                let after = walking.walk.with_untracked(|walk| walk.after(&here).map(str::to_owned));
                let place = after.unwrap_or_else(|| page::CHECK.to_owned());
                // All that follows may be answered already; only what is not whole stops on the way.
                navigate(&paths::use_place(&id, &place), Default::default());
            }
        }
    };
    let inside = view! {
        {error_summary(walking.wrong)}
        <h1 class="ds-heading" data-size="xl">{title}</h1>
        <form class="du-stack" novalidate="" on:submit=on(next)>
            {questions(walking, step)}
            <div class="du-row">
                <button class="ds-button" type="submit">{t(key::WALK_NEXT)}{icon("arrow")}</button>
                {back}
                <a class="ds-button" data-variant="tertiary" href=paths::page(page::USES)>{t(key::WALK_LATER)}</a>
            </div>
            <p class="du-small du-soft">{t(key::WALK_NOT_SENT)}</p>
        </form>
    };
    frame(walking, &mark, false, inside.into_any())
}

/// The questions that are asked: those that come and go leave the others as they are.
fn questions(walking: Walking, step: String) -> AnyView {
    let live = Memo::new(move |_| {
        walking.walk.with(|walk| {
            let fields = walk.step(&step).map(|step| step.fields.iter().filter(|field| field.live));
            fields.into_iter().flatten().map(|field| field.id.clone()).collect::<Vec<_>>()
        })
    });
    let view = move |id: String| match walking.field(&id) {
        Some(field) => one(walking, field, id),
        None => ().into_any(),
    };
    view! { <For each=move || live.get() key=|id| id.clone() children=view/> }.into_any()
}

fn one(walking: Walking, field: Field, id: String) -> AnyView {
    let at = At { field: id, cell: None };
    view! { <div class="du-stack" data-gap="s">{question(&Asked::new(walking, field, at))}</div> }.into_any()
}
