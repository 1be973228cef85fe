//! The choice of a municipality, kept for the next time.

use leptos::prelude::*;

use crate::i18n::{key, t};
use crate::ui::erased::on;

/// A select with a label; `choose` is told the slug, or an empty text.
pub fn territory_select(
    id: String,
    label: &'static str,
    options: Vec<(String, String)>,
    chosen: Option<String>,
    choose: impl Fn(String) + 'static,
) -> impl IntoView {
    let options = options
        .into_iter()
        .map(|(slug, name)| {
            let selected = chosen.as_ref() == Some(&slug);
            view! { <option value=slug selected=selected>{name}</option> }
        })
        .collect_view();
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id.clone()>{label}</label>
            <select class="ds-input" id=id on:change=on(move |event| choose(event_target_value(&event)))>
                <option value="" selected=chosen.is_none()>{t(key::RESULT_CHOOSE)}</option>
                {options}
            </select>
        </div>
    }
}
