//! The faces of waiting: working, working slowly, failed with a way out.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::i18n::{key, t, tf};
use crate::ui::erased::on;

/// While something loads.
pub fn loading(slow: bool) -> AnyView {
    let text = if slow { t(key::LOAD_SLOW) } else { t(key::LOAD_WORKING) };
    view! { <div class="du-loading"></div><p class="du-soft" role="status">{text}</p> }.into_any()
}

/// In place of what could not be loaded.
pub fn failed(error: &ApiError, again: Box<dyn Fn()>) -> AnyView {
    let id = match error {
        ApiError::Failed(id) if !id.is_empty() => Some(tf(key::ERROR_REQUEST, &[("id", id)])),
        _ => None,
    };
    view! {
        <div class="ds-alert" data-color="danger" role="alert">
            <h2 class="ds-heading" data-size="xs">{t(key::LOAD_FAILED)}</h2>
            <p class="ds-paragraph">{t(key::LOAD_FAILED_TEXT)}</p>
            {id.map(|id| view! { <p class="ds-paragraph">{id}</p> })}
            <p><button class="ds-button" data-variant="secondary" type="button" on:click=on(move |_| again())>{t(key::LOAD_AGAIN)}</button></p>
        </div>
    }
    .into_any()
}
