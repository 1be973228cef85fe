//! The dates of a step in words, and what sets them.

use durvis_contract::plan::{Offset, OffsetUnit, PlanStep, Planned};
use leptos::prelude::*;

use super::plan_state::today;
use crate::i18n::{date, key, lang_of, t, tf, tn};
use crate::ui::erased::dynamic;
use crate::ui::icon::icon;

/// From when on a date is near.
const SOON_DAYS: i32 = 14;

/// Until when, and not before when; without a day of the event, how long after it.
pub fn date_tags(planned: &Planned<'_>, done: Memo<bool>) -> AnyView {
    let (step, today) = (planned.step, today());
    let tag = |colour: &'static str, text: String| {
        view! { <span class="ds-tag" data-color=colour>{icon("calendar")}{text}</span> }.into_any()
    };
    let from = match (planned.from, step.from) {
        (Some(from), _) if from > today => {
            tag("neutral", tf(key::PLAN_FROM, &[("when", &date(&from.to_string().into()))]))
        }
        (None, Some(from)) => tag("neutral", tf(key::PLAN_FROM, &[("when", &counted(from))])),
        _ => ().into_any(),
    };
    let by = match (planned.by, step.by) {
        (Some(by), _) => {
            let (when, left) = (date(&by.to_string().into()), by.since(today));
            // What is only advice is not late.
            let late = if step.law.is_some() { "danger" } else { "neutral" };
            dynamic(move || {
                let until = tf(key::PLAN_BY, &[("when", &when)]);
                let days = |days: i32| days.unsigned_abs();
                match left {
                    _ if done.get() => tag("neutral", until),
                    ..0 => tag(late, tf(key::PLAN_OVERDUE, &[("when", &when)])),
                    0 => tag("warning", format!("{until}, {}", t(key::PLAN_TODAY))),
                    1..=SOON_DAYS => tag("warning", format!("{until}, {}", tn(key::PLAN_LEFT, days(left)))),
                    _ => tag("neutral", format!("{until}, {}", tn(key::PLAN_LEFT, days(left)))),
                }
            })
        }
        (None, Some(by)) => tag("neutral", tf(key::PLAN_BY, &[("when", &counted(by))])),
        _ => ().into_any(),
    };
    (from, by).into_any()
}

/// The law that sets the dates, or that they are advice.
pub fn source(step: &PlanStep) -> AnyView {
    match &step.law {
        Some(law) => {
            let article = law.article.as_ref().map(|article| tf(key::SERVICE_ARTICLE, &[("article", article)]));
            let name = article.map_or(law.name.clone(), |article| format!("{}, {article}", law.name));
            view! {
                <p class="du-small du-soft du-source">{t(key::PLAN_LAW)}" "<a class="ds-link" rel="external" lang=lang_of(None) href=law.url.clone()>{name}</a></p>
            }
            .into_any()
        }
        None if step.by.is_some() => {
            view! { <p class="du-small du-soft du-source">{t(key::PLAN_ADVICE)}</p> }.into_any()
        }
        None => ().into_any(),
    }
}

/// An offset in words: `1 month after the event`.
fn counted(offset: Offset) -> String {
    let n = u32::from(offset.count.unsigned_abs());
    let plural = match (offset.unit, offset.count < 0) {
        _ if n == 0 => return t(key::PLAN_THAT_DAY).to_owned(),
        (OffsetUnit::Days, false) => key::PLAN_DAYS_AFTER,
        (OffsetUnit::Days, true) => key::PLAN_DAYS_BEFORE,
        (OffsetUnit::WorkingDays, false) => key::PLAN_WORKING_DAYS_AFTER,
        (OffsetUnit::WorkingDays, true) => key::PLAN_WORKING_DAYS_BEFORE,
        (OffsetUnit::Months, false) => key::PLAN_MONTHS_AFTER,
        (OffsetUnit::Months, true) => key::PLAN_MONTHS_BEFORE,
    };
    tn(plural, n)
}
