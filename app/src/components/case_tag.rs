//! How far a case is, as a tag; and whether its day is near.

use durvis_contract::case::Case;
use durvis_contract::day::Day;
use durvis_contract::uses::UseState;
use leptos::prelude::*;

use crate::i18n::{date, key, t, tf};
use crate::ui::icon::icon;

/// From so many days before on, a case is said to be due soon.
const SOON_DAYS: i32 = 5;

pub fn case_tag(state: UseState) -> AnyView {
    let (colour, word) = match state {
        UseState::Taken => ("info", key::DESK_STATE_TAKEN),
        UseState::Asked => ("warning", key::DESK_STATE_ASKED),
        UseState::Decided => ("success", key::DESK_STATE_DECIDED),
        UseState::Withdrawn => ("neutral", key::USES_WITHDRAWN),
        _ => ("brand1", key::DESK_STATE_SENT),
    };
    view! { <span class="ds-tag" data-color=colour>{t(word)}</span> }.into_any()
}

/// Until when it is to be decided: in words where that is over, or near.
pub fn due(case: &Case) -> Option<AnyView> {
    let day = case.decide_by.as_ref()?;
    let is_open = matches!(case.state, UseState::Sent | UseState::Taken | UseState::Asked);
    let today = Day::from_epoch((js_sys::Date::now() / 86_400_000.0) as i32)?;
    let left = Day::parse(day)?.since(today);
    let shown = [("date", &*date(&day.into()))];
    Some(match left {
        ..=-1 if is_open => {
            view! { <span class="ds-tag" data-color="danger">{icon("alert")}{tf(key::DESK_OVERDUE, &shown)}</span> }
                .into_any()
        }
        0..=SOON_DAYS if is_open => {
            view! { <span class="ds-tag" data-color="warning">{icon("clock")}{tf(key::DESK_SOON, &shown)}</span> }
                .into_any()
        }
        _ => view! { <span class="du-small du-soft du-num">{tf(key::DESK_DUE, &shown)}</span> }.into_any(),
    })
}
