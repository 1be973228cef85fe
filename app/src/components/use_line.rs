//! A use in a list: how far it is, its number and times.

use durvis_contract::uses::{Use, UseState};
use leptos::prelude::*;

use crate::i18n::{date, date_time, key, t, tf};
use crate::paths;
use crate::ui::icon::icon;

pub fn use_line(one: &Use) -> AnyView {
    let (colour, state) = match one.state {
        UseState::Draft => ("warning", key::USES_DRAFT),
        UseState::Sent => ("info", key::USES_SENT),
        UseState::Taken => ("info", key::USES_TAKEN),
        UseState::Asked => ("warning", key::USES_ASKED),
        UseState::Decided => ("success", key::USES_DECIDED),
        UseState::Withdrawn => ("neutral", key::USES_WITHDRAWN),
        UseState::Answered => ("success", key::USES_ANSWERED),
        UseState::Ended => ("neutral", key::USES_ENDED),
    };
    let times = match &one.finished_at {
        Some(finished) => {
            tf(key::USES_TIMES, &[("start", &date_time(&one.started_at)), ("finish", &date_time(finished))])
        }
        None => tf(key::USES_STARTED, &[("start", &date_time(&one.started_at))]),
    };
    let title = match one.state {
        UseState::Ended => view! { <span class="du-title">{one.title.clone()}</span> }.into_any(),
        _ => view! { <a class="ds-link du-title" href=paths::service_use(&one.id)>{one.title.clone()}</a> }.into_any(),
    };
    let forgotten = one.forgotten_at.as_ref().map(|at| {
        view! { <p class="du-small du-soft">{tf(key::USES_FORGOTTEN, &[("time", &date_time(at))])}</p> }
    });
    let kept = one.kept_until.as_ref().filter(|_| one.forgotten_at.is_none()).map(|day| {
        view! { <p class="du-small du-soft">{tf(key::USES_KEPT_UNTIL, &[("date", &date(&day.into()))])}</p> }
    });
    let whom =
        one.company.as_ref().map(|company| view! { <p class="du-small">{icon("building")}{company.name.clone()}</p> });
    view! {
        <li>
            <div class="du-grow">
                {title}
                <p class="du-small du-soft"><span class="du-num">{one.number.to_string()}</span>" · "{times}</p>
                {whom}
                {forgotten}{kept}
            </div>
            <span class="ds-tag" data-color=colour>{t(state)}</span>
        </li>
    }
    .into_any()
}
