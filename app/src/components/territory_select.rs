//! The choice of a municipality, kept for the next time.

use leptos::ev::FocusEvent;
use leptos::prelude::*;

use crate::i18n::{key, t};
use crate::ui::erased::{dynamic, list, on};

/// Slug and name of each municipality to choose from.
pub type Options = Vec<(String, String)>;

/// A select with a label; `choose` is told the slug, or an empty text. With `late` its options are made when it gets the
/// focus: ten results would otherwise hold four hundred of them, at every letter that is typed.
pub fn territory_select(
    id: String,
    label: &'static str,
    options: impl Fn() -> Options + Send + 'static,
    chosen: Option<String>,
    late: bool,
    choose: impl Fn(String) + 'static,
) -> impl IntoView {
    let (wanted, want) = signal(!late);
    let none = chosen.is_none();
    let options = dynamic(move || {
        let shown = |(slug, _): &(String, String)| wanted.get() || chosen.as_ref() == Some(slug);
        let option = |(slug, name): (String, String)| {
            let selected = chosen.as_ref() == Some(&slug);
            view! { <option value=slug selected=selected>{name}</option> }.into_any()
        };
        let options = if wanted.get() || chosen.is_some() { options() } else { Options::new() };
        list(options.into_iter().filter(shown), option).into_any()
    });
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id.clone()>{label}</label>
            <select class="ds-input" id=id on:focus=on(move |_: FocusEvent| want.set(true))
                on:change=on(move |event| choose(event_target_value(&event)))>
                <option value="" selected=none>{t(key::RESULT_CHOOSE)}</option>
                {options}
            </select>
        </div>
    }
}
