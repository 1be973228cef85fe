//! The steps of a plan, by phase and date, with ticks and notes.

use std::collections::BTreeMap;

use durvis_contract::plan::{Phase, PlanStep, Planned};
use leptos::prelude::*;

use super::plan_aside::aside;
use super::plan_dates::{date_tags, source};
use super::plan_state::{PHASES, PlanState, today};
use crate::i18n::{Key, key, lang_of, t, tf};
use crate::page::use_page;
use crate::paths;
use crate::reader::use_reader;
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::{icon, icon_class};

/// The whole plan, as a page.
pub fn steps(plan: PlanState) -> AnyView {
    let (name, symbol) = plan.rules.with_value(|rules| (rules.name.clone(), format!("life-{}", rules.icon)));
    use_page(tf(key::PLAN_PAGE, &[("name", &name)]));
    let laid_out = plan.laid_out();
    let now = Memo::new(move |_| now(plan));
    let phases = plan.rules.with_value(|rules| {
        let planned = rules.laid_out(&laid_out.answers, laid_out.event);
        let phase = |phase: Phase| {
            let steps: Vec<&Planned<'_>> = planned.iter().filter(|one| one.phase == phase).collect();
            if steps.is_empty() { ().into_any() } else { section(plan, phase, &steps, now) }
        };
        list(PHASES, phase)
    });
    view! {
        <div class="du-split">
            <div class="du-stack" data-gap="l">
                <header class="du-row" data-top="">
                    {icon_class(&symbol, "du-icon du-lead")}
                    <div class="du-stack du-grow" data-gap="s">
                        <h1 class="ds-heading" data-size="xl" lang=lang_of(None)>{name}</h1>
                        <p class="ds-paragraph du-text" data-size="lg">{t(key::PLAN_LEAD)}</p>
                    </div>
                </header>
                {phases}
            </div>
            {aside(plan)}
        </div>
    }
    .into_any()
}

/// The first step that is not done.
fn now(plan: PlanState) -> Option<String> {
    let laid_out = plan.laid_out();
    plan.rules.with_value(|rules| {
        let planned = rules.laid_out(&laid_out.answers, laid_out.event);
        let mut open = planned.iter().filter(|one| one.is_open(today()));
        plan.own.with(|own| open.find(|one| !own.ticks.contains(&one.step.id)).map(|one| one.step.id.clone()))
    })
}

fn section(plan: PlanState, phase: Phase, steps: &[&Planned<'_>], now: Memo<Option<String>>) -> AnyView {
    let (id, title) = phase_name(phase);
    view! {
        <section class="du-stack" data-gap="m" aria-labelledby=id>
            <h2 class="ds-heading" data-size="md" id=id>{t(title)}</h2>
            <ol class="du-plan">{list(steps, |planned| item(plan, planned, now))}</ol>
        </section>
    }
    .into_any()
}

fn phase_name(phase: Phase) -> (&'static str, Key) {
    match phase {
        Phase::Before => ("before", key::PLAN_BEFORE),
        Phase::FirstMonth => ("first-month", key::PLAN_FIRST_MONTH),
        Phase::FirstYear => ("first-year", key::PLAN_FIRST_YEAR),
        Phase::Later => ("later", key::PLAN_LATER),
        Phase::AnyTime => ("any-time", key::PLAN_ANY_TIME),
    }
}

fn item(plan: PlanState, planned: &Planned<'_>, now: Memo<Option<String>>) -> AnyView {
    let step = planned.step;
    let (id, field, title) = (step.id.clone(), format!("tick-{}", step.id), format!("step-{}", step.id));
    let is_now = {
        let id = id.clone();
        Memo::new(move |_| now.with(|now| now.as_ref() == Some(&id)))
    };
    let done = {
        let id = id.clone();
        Memo::new(move |_| plan.own.with(|own| own.ticks.contains(&id)))
    };
    let tick = move |event: leptos::ev::Event| {
        let is_done = event_target_checked(&event);
        plan.change(|own| {
            own.ticks.retain(|one| *one != id);
            if is_done {
                own.ticks.push(id.clone());
            }
        });
    };
    let here = dynamic(move || is_now.get().then(|| view! { <p class="du-here">{t(key::PLAN_NOW)}</p> }).into_any());
    view! {
        <li data-done=Signal::derive(move || done.get().then_some("")) aria-current=Signal::derive(move || is_now.get().then_some("step"))>
            <input class="ds-input" type="checkbox" id=field prop:checked=done aria-labelledby=title.clone() on:change=on(tick)/>
            <div class="du-stack" data-gap="xs">
                {here}
                {name(step, title)}
                <p class="du-about" lang=lang_of(None)>{step.text.clone()}</p>
                <div class="du-row">{date_tags(planned, done)}{ways(step)}</div>
                <div class="du-row" data-gap="l">{source(step)}{note(plan, step)}</div>
            </div>
        </li>
    }
    .into_any()
}

fn name(step: &PlanStep, id: String) -> AnyView {
    let name = step.name.clone();
    match &step.service {
        Some(service) => {
            let near = use_reader().territory.get_untracked().filter(|near| service.here_in.contains(near));
            let href = paths::service(&service.slug, near.as_deref());
            view! { <h3><a class="ds-link du-title" id=id lang=lang_of(None) href=href>{name}</a></h3> }.into_any()
        }
        None => view! { <h3 class="du-title" id=id lang=lang_of(None)>{name}</h3> }.into_any(),
    }
}

/// Whether it can be done here and now, and which office does it otherwise.
fn ways(step: &PlanStep) -> AnyView {
    let office = |name: String| {
        view! { <span class="ds-tag" data-color="neutral">{icon("pin")}<span lang=lang_of(None)>{name}</span></span> }
            .into_any()
    };
    let Some(service) = &step.service else {
        return step.with.clone().map(office).into_any();
    };
    if service.is_here(use_reader().territory.get_untracked().as_deref()) {
        return view! { <span class="ds-tag" data-color="pine">{icon("screen")}{t(key::KIND_HERE)}</span> }.into_any();
    }
    let institution =
        service.institution.as_ref().map_or_else(|| t(key::PLAN_MUNICIPALITY).to_owned(), |one| one.name.clone());
    let elsewhere = service
        .elsewhere
        .then(|| view! { <span class="ds-tag" data-color="info">{icon("external")}{t(key::KIND_ELSEWHERE)}</span> });
    (elsewhere, office(institution)).into_any()
}

fn note(plan: PlanState, step: &PlanStep) -> AnyView {
    let id = step.id.clone();
    let given = plan.own.with_untracked(|own: &crate::offline::plans::OwnPlan| noted(&own.notes, &id));
    let label = tf(key::PLAN_NOTE_TO, &[("name", &step.name)]);
    let open = !given.is_empty();
    let write = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        plan.change(|own| {
            if text.trim().is_empty() {
                own.notes.remove(&id)
            } else {
                own.notes.insert(id.clone(), text)
            };
        });
    };
    view! {
        <details class="du-note" open=open>
            <summary>{icon("edit")}{t(key::PLAN_NOTE)}</summary>
            <textarea class="ds-input" rows="2" maxlength="2000" aria-label=label prop:value=given on:input=on(write)></textarea>
        </details>
    }
    .into_any()
}

fn noted(notes: &BTreeMap<String, String>, id: &str) -> String {
    notes.get(id).cloned().unwrap_or_default()
}
