//! Beside the steps: how far the plan is, the calendar and paper, the answers, and the way to delete it.

use durvis_contract::plan::calendar::{Calendar, Entry};
use leptos::prelude::*;

use super::plan_questions::stays_here;
use super::plan_state::{Asked, PlanState};
use crate::i18n::{Key, date, key, lang_of, t, tf};
use crate::offline::plans::Event;
use crate::paths;
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::icon;
use crate::ui::save::save_file;

/// When a calendar reminds.
const REMIND_DAYS: u16 = 3;

pub fn aside(plan: PlanState) -> AnyView {
    view! {
        <aside class="du-stack du-sticky" aria-label=t(key::PLAN_STATE)>
            <div class="ds-card du-stack" data-gap="s">
                {progress(plan)}
                {stays_here()}
                {dynamic(move || (!plan.kept.get()).then(|| view! { <p class="ds-validation-message" role="status">{t(key::PLAN_NOT_KEPT)}</p> }).into_any())}
                {calendar_button(plan)}
                <button class="ds-button" data-variant="tertiary" data-fullwidth="" type="button" on:click=on(move |_| { let _ = window().print(); })>
                    {icon("print")}{t(key::PLAN_PRINT)}
                </button>
            </div>
            {answers(plan)}
            {delete(plan)}
        </aside>
    }
    .into_any()
}

/// How many of the steps are done.
fn count(plan: PlanState) -> (usize, usize) {
    let laid_out = plan.laid_out();
    plan.rules.with_value(|rules| {
        let planned = rules.laid_out(&laid_out.answers, laid_out.event);
        let done = plan.own.with(|own| planned.iter().filter(|one| own.ticks.contains(&one.step.id)).count());
        (done, planned.len())
    })
}

fn progress(plan: PlanState) -> AnyView {
    let counted = Memo::new(move |_| count(plan));
    let text = Signal::derive(move || {
        let (done, all) = counted.get();
        tf(key::PLAN_DONE, &[("n", &done.to_string()), ("all", &all.to_string())])
    });
    view! {
        <h2 class="ds-heading" data-size="sm" id="progress">{text}</h2>
        <progress class="du-progress" aria-labelledby="progress" max=Signal::derive(move || counted.get().1.to_string())
            value=Signal::derive(move || counted.get().0.to_string())></progress>
    }
    .into_any()
}

/// Calendars know days only: without the day of the event there is nothing to put into one.
fn calendar_button(plan: PlanState) -> AnyView {
    if plan.own.with_untracked(|own| own.event.day()).is_none() {
        return view! { <p class="du-small du-soft">{t(key::PLAN_CALENDAR_LATER)}</p> }.into_any();
    }
    let save = move || {
        let name = plan.rules.with_value(|rules| format!("{}.ics", rules.slug));
        save_file(&name, "text/calendar;charset=utf-8", &calendar(plan).to_ics().into());
    };
    view! {
        <button class="ds-button" data-variant="secondary" data-fullwidth="" type="button" on:click=on(move |_| save())>
            {icon("calendar")}{t(key::PLAN_CALENDAR)}
        </button>
    }
    .into_any()
}

/// What is still to be done and has a day.
fn calendar(plan: PlanState) -> Calendar {
    let origin = window().location().origin().unwrap_or_default();
    let host = window().location().hostname().unwrap_or_default();
    let own = plan.own.get_untracked();
    plan.rules.with_value(|rules| {
        let planned = rules.laid_out(&own.answers, own.event.day());
        let open = planned.iter().filter(|one| !own.ticks.contains(&one.step.id));
        let entries = open.filter_map(|one| {
            let law = one.step.law.as_ref().map(|law| format!("\n{} {}: {}", t(key::PLAN_LAW), law.name, law.url));
            let note = own.notes.get(&one.step.id).map(|note| format!("\n{note}"));
            Some(Entry {
                uid: format!("{}-{}-{}@{host}", rules.slug, one.step.id, own.started_at),
                day: one.by.or(one.from)?,
                summary: one.step.name.clone(),
                description: one.step.text.clone() + &law.unwrap_or_default() + &note.unwrap_or_default(),
                url: one.step.service.as_ref().map(|service| origin.clone() + &paths::service(&service.slug, None)),
            })
        });
        let stamp = Calendar::stamp(&String::from(js_sys::Date::new_0().to_iso_string()));
        let name = tf(key::PLAN_PAGE, &[("name", &rules.name)]);
        Calendar { name, stamp, remind_days: REMIND_DAYS, entries: entries.collect() }
    })
}

/// What was answered, each with a way to change it.
fn answers(plan: PlanState) -> AnyView {
    let rows = list(plan.asked(), |asked| {
        let (question, answer) = said(plan, &asked);
        let about = question.clone();
        let change = move |_: leptos::ev::MouseEvent| plan.changing.set(Some(asked.clone()));
        view! {
            <div>
                <dt lang=lang_of(None)>{question}</dt>
                <dd>{answer}</dd>
                <dd><button class="ds-link" type="button" on:click=on(change)>{t(key::PLAN_CHANGE)}<span class="ds-sr-only">" "{about}</span></button></dd>
            </div>
        }
        .into_any()
    });
    view! {
        <section class="du-stack" data-gap="s" aria-labelledby="answers">
            <h2 class="ds-heading" data-size="sm" id="answers">{t(key::PLAN_ANSWERS)}</h2>
            <dl class="du-summary du-small">{rows}</dl>
        </section>
    }
    .into_any()
}

fn said(plan: PlanState, asked: &Asked) -> (String, String) {
    plan.own.with_untracked(|own| {
        plan.rules.with_value(|rules| match asked {
            Asked::Event => {
                let day = match own.event {
                    Event::On(day) => date(&day.to_string().into()),
                    Event::NotAsked | Event::NotKnown => t(key::PLAN_DAY_UNKNOWN).to_owned(),
                };
                (rules.event.clone(), day)
            }
            Asked::Question(id) => {
                let question = rules.questions.iter().find(|one| one.id == *id);
                let given = own.answers.get(id);
                let answer = question.and_then(|one| one.answers.iter().find(|one| Some(one.id.as_str()) == given));
                let text = |text: Option<&String>| text.cloned().unwrap_or_default();
                (text(question.map(|one| &one.text)), text(answer.map(|one| &one.text)))
            }
        })
    })
}

fn delete(plan: PlanState) -> AnyView {
    let sure = RwSignal::new(false);
    let button = move |text: Key, variant: &'static str, act: fn(PlanState, RwSignal<bool>)| {
        view! {
            <button class="ds-button" data-variant=variant data-color="danger" type="button" on:click=on(move |_| act(plan, sure))>
                {icon("trash")}{t(text)}
            </button>
        }
        .into_any()
    };
    dynamic(move || {
        if !sure.get() {
            let ask = button(key::PLAN_DELETE, "tertiary", |_, sure| sure.set(true));
            return view! { <div>{ask}</div> }.into_any();
        }
        view! {
            <div class="du-stack" data-gap="s" role="group" aria-label=t(key::PLAN_DELETE)>
                <p role="alert">{t(key::PLAN_DELETE_SURE)}</p>
                <div class="du-row">
                    {button(key::PLAN_DELETE_YES, "primary", |plan, _| plan.forget())}
                    <button class="ds-button" data-variant="tertiary" type="button" on:click=on(move |_| sure.set(false))>{t(key::PLAN_DELETE_NO)}</button>
                </div>
            </div>
        }
        .into_any()
    })
}
