//! The choice of a municipality, kept for the next time.

use leptos::prelude::*;

use crate::i18n::{key, t};
use crate::ui::erased::{list, on};

/// Slug and name of each municipality to choose from.
pub type Options = Vec<(String, String)>;

/// A select with a label; `choose` is told the slug, or an empty text.
pub fn territory_select(
    id: String,
    label: &'static str,
    options: Options,
    chosen: Option<String>,
    choose: impl Fn(String) + 'static,
) -> impl IntoView {
    let none = chosen.is_none();
    let option = |(slug, name): (String, String)| {
        let selected = chosen.as_ref() == Some(&slug);
        view! { <option value=slug selected=selected>{name}</option> }.into_any()
    };
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id.clone()>{label}</label>
            <select class="ds-input" id=id on:change=on(move |event| choose(event_target_value(&event)))>
                <option value="" selected=none>{t(key::RESULT_CHOOSE)}</option>
                {list(options, option)}
            </select>
        </div>
    }
}
