//! There is nothing behind this door: an unknown path, or a slug that the catalogue does not have.

use durvis_contract::page;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::components::search_box::search_box;
use crate::i18n::{key, t, tf};
use crate::page::use_page;
use crate::paths::{self, Search};

/// In place of a page, or of what it should show.
pub fn missing(path: &str) -> AnyView {
    use_page(t(key::ERROR_MISSING));
    let navigate = use_navigate();
    let go = move |text: String| navigate(&Search::words(text.trim()).url(), Default::default());
    let link = |name: &str, text| view! { <li><a class="ds-link" href=paths::page(name)>{t(text)}</a></li> };
    view! {
        <div class="du-wrap du-section du-stack" data-width="narrow">
            <svg class="du-door" viewBox="0 0 112 144" aria-hidden="true">
                <path class="f" d="M0 136H112V144H0Z"></path>
                <path class="w" d="M16 8H96V136H16Z"></path>
                <path class="o" d="M26 18H86V136H26Z"></path>
                <path class="d" d="M26 18 52 30V126L26 136Z"></path>
                <path class="t" d="M32 32 46 38V74L32 75ZM32 86 46 85V116L32 121Z"></path>
                <path class="k" d="M48 72 52 77 48 82 44 77Z"></path>
            </svg>
            <h1 class="ds-heading" data-size="xl">{t(key::ERROR_MISSING)}</h1>
            <p class="ds-paragraph" data-size="lg">{t(key::ERROR_MISSING_TEXT)}</p>
            {search_box(key::HOME_SEARCH, None, None, Signal::stored(String::new()), |_| {}, go)}
            <ul class="ds-list">
                {link(page::SERVICES, key::NAV_SERVICES)}{link(page::LIFE_EVENTS, key::NAV_LIFE_EVENTS)}{link(page::HELP, key::NAV_HELP)}
            </ul>
            <p class="du-small du-soft">{tf(key::ERROR_MISSING_CODE, &[("path", path)])}</p>
        </div>
    }
    .into_any()
}
