//! The questions of a plan, one at a time: the day of the event, then what the rules ask.

use durvis_contract::plan::{Day, Question};
use leptos::prelude::*;

use super::plan_state::{Asked, PlanState};
use crate::i18n::{Key, key, lang_of, t, tf};
use crate::offline::plans::Event;
use crate::page::use_page;
use crate::ui::erased::{list, on};
use crate::ui::form::{Mistakes, error_summary, mistake, of};
use crate::ui::icon::icon;

/// What is asked now, as a page.
pub fn asking(plan: PlanState, asked: Asked) -> AnyView {
    let all = plan.asked();
    let at = all.iter().position(|one| *one == asked).unwrap_or_default();
    let before = at.checked_sub(1).map(|before| all[before].clone());
    let place = tf(key::PLAN_PLACE, &[("n", &(at + 1).to_string()), ("all", &all.len().to_string())]);
    let name = plan.rules.with_value(|rules| rules.name.clone());
    let form = match &asked {
        Asked::Event => event_form(plan),
        Asked::Question(id) => {
            let question = plan.rules.with_value(|rules| rules.questions.iter().find(|one| one.id == *id).cloned());
            question.map(|question| question_form(plan, &question, before)).into_any()
        }
    };
    view! {
        <div class="du-stack du-text" data-gap="m">
            <p class="du-soft"><span lang=lang_of(None)>{name}</span>" · "{place}</p>
            {form}
            {stays_here()}
        </div>
    }
    .into_any()
}

/// The promise of this page.
pub fn stays_here() -> AnyView {
    view! { <p class="du-fact du-small du-soft">{icon("device")}<span>{t(key::PLAN_PRIVATE)}</span></p> }.into_any()
}

fn event_form(plan: PlanState) -> AnyView {
    let title = plan.rules.with_value(|rules| rules.event.clone());
    use_page(title.clone());
    let given = plan.own.with_untracked(|own| own.event.day());
    let (value, wrong) =
        (RwSignal::new(given.map(|day| day.to_string()).unwrap_or_default()), RwSignal::new(Mistakes::new()));
    let go_on = move |event: Event| {
        plan.change(|own| own.event = event);
        plan.changing.set(None);
    };
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match Day::parse(&value.get_untracked()) {
            Some(day) => go_on(Event::On(day)),
            None => wrong.set(vec![("day".into(), t(key::PLAN_WRONG_DAY).to_owned())]),
        }
    };
    let own = Memo::new(move |_| wrong.with(|wrong| of(wrong, "day")));
    let described = Signal::derive(move || if own.get().is_some() { "day-wrong day-hint" } else { "day-hint" });
    view! {
        <form class="du-stack" novalidate="" on:submit=on(on_submit)>
            {error_summary(wrong)}
            <div class="ds-field">
                <h1 class="ds-heading" data-size="lg" lang=lang_of(None)><label for="day">{title}</label></h1>
                <p data-field="description" id="day-hint">{t(key::PLAN_DAY_HINT)}</p>
                {mistake(own, "day-wrong".into())}
                <input class="ds-input du-day" type="date" id="day" min="1900-01-01" max="2199-12-31" prop:value=value aria-describedby=described
                    aria-invalid=Signal::derive(move || own.get().map(|_| "true")) on:input=on(move |event| value.set(event_target_value(&event)))/>
            </div>
            <div class="du-row">
                {go_on_button(key::PLAN_NEXT)}
                <button class="ds-button" data-variant="secondary" type="button" on:click=on(move |_| go_on(Event::NotKnown))>{t(key::PLAN_DAY_UNKNOWN)}</button>
            </div>
        </form>
    }
    .into_any()
}

fn question_form(plan: PlanState, question: &Question, before: Option<Asked>) -> AnyView {
    use_page(question.text.clone());
    let id = question.id.clone();
    let given = plan.own.with_untracked(|own| own.answers.get(&id).map(str::to_owned));
    let (chosen, wrong) = (RwSignal::new(given), RwSignal::new(Mistakes::new()));
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(answer) = chosen.get_untracked() else {
            return wrong.set(vec![("answer-0".into(), t(key::PLAN_WRONG_ANSWER).to_owned())]);
        };
        plan.change(|own| own.answers.set(&id, &answer));
        plan.changing.set(None);
    };
    let own = Memo::new(move |_| wrong.with(|wrong| of(wrong, "answer-0")));
    let answers = list(question.answers.iter().enumerate(), |(at, answer)| {
        let (id, value, field) = (answer.id.clone(), answer.id.clone(), format!("answer-{at}"));
        let checked = Signal::derive(move || chosen.with(|chosen| chosen.as_ref() == Some(&id)));
        let choose = {
            let id = value.clone();
            move |_: leptos::ev::Event| chosen.set(Some(id.clone()))
        };
        view! {
            <div class="ds-field">
                <input class="ds-input" type="radio" name="answer" id=field.clone() value=value prop:checked=checked on:change=on(choose)/>
                <label class="ds-label" for=field>{answer.text.clone()}</label>
            </div>
        }
        .into_any()
    });
    let why = question.why.clone().map(|why| view! { <p data-field="description" id="why">{why}</p> });
    let back = before.map(|before| {
        let back = move |_: leptos::ev::MouseEvent| plan.changing.set(Some(before.clone()));
        view! { <button class="ds-button" data-variant="secondary" type="button" on:click=on(back)>{t(key::PLAN_BACK)}</button> }
    });
    view! {
        <form class="du-stack" novalidate="" on:submit=on(on_submit)>
            {error_summary(wrong)}
            <fieldset class="ds-fieldset" lang=lang_of(None) aria-describedby=Signal::derive(move || own.get().map(|_| "answer-wrong"))>
                <legend class="ds-label"><h1 class="ds-heading" data-size="lg">{question.text.clone()}</h1></legend>
                {why}
                {mistake(own, "answer-wrong".into())}
                {answers}
            </fieldset>
            <div class="du-row">{go_on_button(key::PLAN_NEXT)}{back}</div>
        </form>
    }
    .into_any()
}

fn go_on_button(text: Key) -> AnyView {
    view! { <button class="ds-button" type="submit">{t(text)}{icon("arrow")}</button> }.into_any()
}
