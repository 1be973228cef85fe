//! The box for words. Without the app it is a plain form that leads to the catalogue.

use durvis_contract::page;
use leptos::prelude::*;
use web_sys::SubmitEvent;

use crate::i18n::{Key, key, t};
use crate::paths;
use crate::ui::erased::on;
use crate::ui::icon::icon;

/// The box; `typed` is told every letter, `submit` the whole text.
pub fn search_box(
    label: Key,
    placeholder: Option<Key>,
    described_by: Option<&'static str>,
    text: Signal<String>,
    typed: impl Fn(String) + 'static,
    submit: impl Fn(String) + 'static,
) -> impl IntoView {
    let input = NodeRef::<leptos::html::Input>::new();
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        submit(input.get_untracked().map(|input| input.value()).unwrap_or_default());
    };
    view! {
        <form role="search" action=paths::page(page::SERVICES) method="get" on:submit=on(on_submit)>
            <div class="du-search">
                {icon("search")}
                <input type="search" name="q" id="q" node_ref=input aria-label=t(label) aria-describedby=described_by
                    placeholder=placeholder.map(t) autocomplete="off" prop:value=text
                    on:input=on(move |event| typed(event_target_value(&event)))/>
                <button class="ds-button" type="submit">{t(key::SEARCH_BUTTON)}</button>
            </div>
        </form>
    }
}
