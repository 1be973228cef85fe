//! The task list of a long e-service: what is done, what is next.

use durvis_contract::e_service::{Progress, TaskState};
use durvis_contract::page;
use leptos::prelude::*;

use crate::components::walk_frame::{Mark, frame};
use crate::i18n::{Key, key, t, tf};
use crate::page::use_page;
use crate::paths;
use crate::ui::erased::{dynamic, list};
use crate::ui::icon::icon;
use crate::wizard::walking::Walking;
use crate::wizard::words::said;

pub fn tasks(walking: Walking) -> AnyView {
    use_page(t(key::WALK_TASKS));
    let id = walking.id();
    let rows = {
        let id = id.clone();
        move || {
            let tasks = walking.walk.with(|walk| walk.tasks.clone());
            list(tasks.into_iter().filter(|task| task.progress != Progress::Hidden), |state| task(walking, &id, &state))
        }
    };
    let ready = Memo::new(move |_| walking.walk.with(|walk| walk.is_complete()));
    let check = paths::use_place(&id, page::CHECK);
    let inside = view! {
        <h1 class="ds-heading" data-size="xl">{t(key::WALK_TASKS)}</h1>
        <ul class="du-list">{dynamic(move || rows().into_any())}</ul>
        <div class="du-row">
            {dynamic(move || if ready.get() {
                view! { <a class="ds-button" href=check.clone()>{t(key::WALK_CHECK_OPEN)}{icon("arrow")}</a> }.into_any()
            } else {
                view! { <p class="du-soft">{t(key::WALK_TASKS_TEXT)}</p> }.into_any()
            })}
            <a class="ds-button" data-variant="tertiary" href=paths::page(page::USES)>{t(key::WALK_LATER)}</a>
        </div>
    };
    frame(walking, &Mark::Done, false, inside.into_any())
}

fn task(walking: Walking, id: &str, state: &TaskState) -> AnyView {
    let title = walking.definition.with_value(|definition| {
        definition.tasks.iter().find(|task| task.id == state.id).map(|task| said(&task.title)).unwrap_or_default()
    });
    let (colour, word): (&str, Key) = match state.progress {
        Progress::Done => ("success", key::WALK_TASK_DONE),
        Progress::Optional => ("neutral", key::WALK_TASK_OPTIONAL),
        Progress::Started => ("warning", key::WALK_TASK_STARTED),
        Progress::NotStarted | Progress::Hidden => ("info", key::WALK_TASK_TO_DO),
    };
    let name = match &state.first {
        Some(first) if state.reachable => {
            view! { <a class="ds-link du-title" href=paths::use_place(id, first)>{title}</a> }.into_any()
        }
        _ => view! { <span class="du-title">{title}</span> }.into_any(),
    };
    let word = if state.reachable { word } else { key::WALK_TASK_CLOSED };
    let colour = if state.reachable { colour } else { "neutral" };
    let steps = tf(key::WALK_TASK_STEPS, &[("done", &state.steps_done.to_string()), ("all", &state.steps.to_string())]);
    view! {
        <li>
            <div class="du-grow">{name}<p class="du-small du-soft du-num">{steps}</p></div>
            <span class="ds-tag" data-color=colour>{t(word)}</span>
        </li>
    }
    .into_any()
}
