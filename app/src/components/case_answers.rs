//! What was sent with a case, as the citizen saw it when they checked their answers.

use durvis_contract::case::CaseDetail;
use durvis_contract::day::Day;
use durvis_contract::e_service::{Answers, Definition, Line, ME, evaluate};
use durvis_contract::uses::KnownPerson;
use leptos::prelude::*;

use crate::api;
use crate::catalogue::use_catalogue;
use crate::i18n::{key, t};
use crate::load::{Load, load, waiting};
use crate::ui::erased::{dynamic, list};
use crate::wizard::words::{Told, said, value};

pub fn case_answers(case: &CaseDetail) -> AnyView {
    let state = RwSignal::new(Load::<Definition>::Asleep);
    let (slug, version) = (case.about.e_service.clone(), case.about.version);
    let slug = StoredValue::new(slug);
    let ask = move || load(state, async move { api::uses::get_e_service(&slug.get_value(), Some(version)).await });
    ask();
    // Institutions and municipalities are called by their names.
    use_catalogue().wake();
    let case = StoredValue::new(case.clone());
    view! {
        <section class="du-stack" aria-labelledby="answers">
            <h2 class="ds-heading" data-size="md" id="answers">{t(key::DESK_ANSWERS)}</h2>
            {dynamic(move || match state.get() {
                Load::Loaded(definition) => case.with_value(|case| shown(&definition, case)),
                state => view! { <div>{waiting(&state, ask)}</div> }.into_any(),
            })}
        </section>
    }
    .into_any()
}

fn shown(definition: &Definition, case: &CaseDetail) -> AnyView {
    let Ok(answers) = Answers::read(definition, &case.answers) else {
        return view! { <p>{t(key::DESK_UNREADABLE)}</p> }.into_any();
    };
    // As it was on the day when it was sent.
    let Some(day) = case.about.sent_at.get(..10).and_then(Day::parse) else { return ().into_any() };
    let walk = evaluate(definition, &answers, day);
    let lines = walk.lines(definition, &answers);
    let index = use_catalogue().loaded();
    let whole = case.applicant.as_ref().map(|one| format!("{} {}", one.given_name, one.surname));
    let people = [KnownPerson { value: ME.into(), name: whole.unwrap_or_default(), born: None }];
    let told = Told { index: index.as_deref(), people: &people };
    let steps = definition.steps.iter().filter(|step| lines.iter().any(|line| line.step.id == step.id));
    let section = |step: &durvis_contract::e_service::Step| {
        let own = lines.iter().filter(|line| line.step.id == step.id);
        view! {
            <div class="du-stack" data-gap="s">
                <h3 class="ds-heading" data-size="xs">{said(&step.title)}</h3>
                <dl class="du-summary" data-open="">{list(own, |one| row(one, told))}</dl>
            </div>
        }
        .into_any()
    };
    view! { <div class="du-stack" data-gap="l">{list(steps, section)}</div> }.into_any()
}

fn row(line: &Line, told: Told) -> AnyView {
    let label = said(&line.field.label);
    let name = match line.row {
        Some((_, at)) => format!("{}. {label}", at + 1),
        None => label,
    };
    let answer = line.value.map(|answer| value(&line.field.kind, answer, told));
    let answer = answer.unwrap_or_else(|| t(key::WALK_EMPTY).to_owned());
    view! { <div><dt>{name}</dt><dd>{answer}</dd></div> }.into_any()
}
