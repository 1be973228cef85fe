//! Theme and size of letters.

use leptos::prelude::*;

use crate::i18n::{Key, key, t};
use crate::reader::use_reader;
use crate::ui::erased::on;
use crate::ui::icon::icon;

/// A button that opens both choices.
pub fn look() -> impl IntoView {
    let reader = use_reader();
    let themes = [(None, key::LOOK_SYSTEM), (Some("light"), key::LOOK_LIGHT), (Some("dark"), key::LOOK_DARK)];
    let sizes = [(None, key::LOOK_NORMAL), (Some("large"), key::LOOK_LARGE)];
    view! {
        <details class="du-pop">
            <summary class="ds-button" data-variant="tertiary" data-icon="" aria-label=t(key::LOOK_OPEN)>{icon("theme")}</summary>
            <div class="du-stack" data-gap="m">
                <div class="du-stack" data-gap="xs" role="group" aria-label=t(key::LOOK_THEME)>
                    <p class="du-small du-soft">{t(key::LOOK_THEME)}</p>
                    <div class="du-row">{themes.map(|(value, text)| choice(reader.theme, value, text)).into_iter().collect_view()}</div>
                </div>
                <div class="du-stack" data-gap="xs" role="group" aria-label=t(key::LOOK_SIZE)>
                    <p class="du-small du-soft">{t(key::LOOK_SIZE)}</p>
                    <div class="du-row">{sizes.map(|(value, text)| choice(reader.size, value, text)).into_iter().collect_view()}</div>
                </div>
            </div>
        </details>
    }
}

fn choice(chosen: RwSignal<Option<String>>, value: Option<&'static str>, text: Key) -> impl IntoView {
    let pressed = Signal::derive(move || if chosen.get().as_deref() == value { "true" } else { "false" });
    view! {
        <button class="ds-button" type="button" data-size="sm" aria-pressed=pressed
            data-variant=Signal::derive(move || if chosen.get().as_deref() == value { "primary" } else { "secondary" })
            on:click=on(move |_| chosen.set(value.map(str::to_owned)))>{t(text)}</button>
    }
}
