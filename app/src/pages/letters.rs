//! `/{lang}/letters/{token}`: getting no more letters, without signing in. One press, because mail programs open links by themselves.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::components::problem::problem;
use crate::i18n::{key, t};
use crate::page::use_page;
use crate::paths::Personal;
use crate::ui::erased::{dynamic, on};
use crate::ui::icon::icon;

pub fn letters_page(token: Option<String>) -> AnyView {
    use_page(t(key::LETTERS_TITLE));
    let (done, busy, wrong) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(None::<String>));
    let token = StoredValue::new(token.unwrap_or_default());
    let stop = move |_: leptos::ev::MouseEvent| {
        busy.set(true);
        wrong.set(None);
        spawn_local(async move {
            match api::identity::stop_letters(&token.get_value()).await {
                Ok(()) => drop(done.try_set(true)),
                Err(ApiError::NotFound) => drop(wrong.try_set(Some(t(key::LETTERS_UNKNOWN).to_owned()))),
                Err(error) => drop(wrong.try_set(Some(problem(&error)))),
            }
            let _ = busy.try_set(false);
        });
    };
    let content = move || {
        if done.get() {
            return view! { <p class="ds-alert" data-color="success">{t(key::LETTERS_DONE)}</p> }.into_any();
        }
        view! {
            <p class="du-text">{t(key::LETTERS_TEXT)}</p>
            <div class="du-row">
                <button class="ds-button" type="button" disabled=busy on:click=on(stop)>{icon("mail")}{t(key::LETTERS_STOP)}</button>
            </div>
            {dynamic(move || wrong.get().map(|wrong| view! { <p class="ds-validation-message">{wrong}</p> }).into_any())}
        }
        .into_any()
    };
    view! {
        <div class="du-wrap du-section du-stack" data-width="narrow">
            <h1 class="ds-heading" data-size="xl">{t(key::LETTERS_TITLE)}</h1>
            <div class="du-stack" role="status">{dynamic(content)}</div>
            <p><a class="ds-link" href=Personal::Contact.url()>{t(key::LETTERS_CHOOSE)}</a></p>
        </div>
    }
    .into_any()
}
