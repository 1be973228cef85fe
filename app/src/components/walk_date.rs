//! A day, in three fields: everybody types a date of birth faster than a calendar lets them find it.

use durvis_contract::e_service::Value;
use leptos::prelude::*;

use super::walk_field::Asked;
use crate::i18n::{Key, key, t};
use crate::ui::erased::{list, on};

/// Day, month and year, as typed.
type Parts = [String; 3];

pub fn day(asked: &Asked) -> AnyView {
    let value = asked.text();
    let parts = RwSignal::new(split(&value.get_untracked()));
    // What comes from elsewhere (a register, another device) is taken over; what is typed here is not turned around.
    let seen = Memo::new(move |_| {
        let text = value.get();
        if joined(&parts.get_untracked()) == text { parts.get_untracked() } else { split(&text) }
    });
    let of = StoredValue::new(asked.clone());
    let input = |(at, label, size, suffix): (usize, Key, &'static str, &'static str)| {
        let id = if at == 0 { asked.id.clone() } else { format!("{}-{suffix}", asked.id) };
        let shown = Signal::derive(move || seen.with(|parts| parts[at].clone()));
        let on_input = move |event: leptos::ev::Event| {
            let mut now = seen.get_untracked();
            now[at] = event_target_value(&event).trim().to_owned();
            let text = joined(&now);
            parts.set(now);
            of.with_value(|of| of.set((!text.is_empty()).then_some(Value::Text(text))));
        };
        view! {
            <div class="ds-field">
                <label class="ds-label" for=id.clone()>{t(label)}</label>
                <input class="ds-input" type="text" inputmode="numeric" autocomplete="off" size=size id=id.clone() prop:value=shown
                    aria-invalid=asked.invalid() on:input=on(on_input)/>
            </div>
        }
        .into_any()
    };
    let inputs = [(0, key::WALK_DAY, "3", "d"), (1, key::WALK_MONTH, "3", "m"), (2, key::WALK_YEAR, "5", "y")];
    view! {
        <fieldset class="ds-fieldset" aria-describedby=asked.described()>
            <legend class="ds-label">{asked.label()}</legend>
            {asked.hint_view()}
            {asked.mistake_view()}
            <div class="du-date">{list(inputs, input)}</div>
        </fieldset>
    }
    .into_any()
}

/// `2026-11-02` as `2`, `11`, `2026`; what is no date as it was typed.
fn split(text: &str) -> Parts {
    let mut parts = text.splitn(3, '-');
    let mut next = || parts.next().unwrap_or_default();
    let (year, month, day) = (next(), next(), next());
    let bare = |text: &str| text.strip_prefix('0').filter(|rest| !rest.is_empty()).unwrap_or(text).to_owned();
    [bare(day), bare(month), year.to_owned()]
}

fn joined([day, month, year]: &Parts) -> String {
    if [day, month, year].iter().all(|part| part.is_empty()) {
        return String::new();
    }
    format!("{year}-{month:0>2}-{day:0>2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_typed_part_by_part_and_nothing_of_it_is_lost() {
        let parts = |day: &str, month: &str, year: &str| [day, month, year].map(str::to_owned);
        assert_eq!(joined(&parts("2", "11", "2026")), "2026-11-02");
        assert_eq!(split("2026-11-02"), parts("2", "11", "2026"));
        assert_eq!(joined(&parts("", "", "")), "");
        for half in [parts("31", "", ""), parts("x", "2", ""), parts("", "", "19")] {
            assert_eq!(joined(&split(&joined(&half))), joined(&half), "{half:?}");
        }
    }
}
