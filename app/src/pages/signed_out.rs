//! `/{lang}/signed-out`: the citizen has left, and is told what is left here and to close the browser.

use leptos::prelude::*;

use crate::components::user_menu::way_out;
use crate::i18n::{key, t};
use crate::offline::device;
use crate::page::use_page;
use crate::paths::{self, Personal};
use crate::session::{Who, use_session};
use crate::ui::erased::dynamic;
use crate::ui::icon::icon;
use crate::ui::markup::Markup;

/// The closed door.
const DOOR: &str = "<svg class=\"du-door\" viewBox=\"0 0 112 144\" aria-hidden=\"true\"><path class=\"f\" d=\"M0 136H112V144H0Z\"/>\
    <path class=\"w\" d=\"M16 8H96V136H16Z\"/><path class=\"d\" d=\"M26 18H86V136H26Z\"/>\
    <path class=\"t\" d=\"M36 30H76V70H36ZM36 82H76V124H36Z\"/><path class=\"k\" d=\"M80 70 85 76 80 82 75 76Z\"/></svg>";

pub fn signed_out_page() -> AnyView {
    use_page(t(key::SIGNED_OUT_TITLE));
    let session = use_session();
    let still = Memo::new(move |_| matches!(session.who(), Who::Known(_)));
    dynamic(move || if still.get() { still_here() } else { gone() })
}

/// The page was opened by its address, or the way out failed half-way.
fn still_here() -> AnyView {
    view! {
        <div class="du-wrap du-section du-stack" data-width="narrow">
            <h1 class="ds-heading" data-size="xl">{t(key::SIGNED_OUT_STILL)}</h1>
            <div class="du-row">{way_out()}<a class="ds-button" data-variant="tertiary" href=paths::home()>{t(key::SIGNED_OUT_HOME)}</a></div>
        </div>
    }
    .into_any()
}

fn gone() -> AnyView {
    let lead = if device::is_something_left() { key::SIGNED_OUT_LEAD_OWN } else { key::SIGNED_OUT_LEAD };
    let receipt = Markup::new("<div class=\"du-belt\"></div><div class=\"du-row\" data-gap=\"l\">")
        .raw(DOOR)
        .raw("<div class=\"du-stack du-grow\" data-gap=\"s\"><h1 class=\"ds-heading\" data-size=\"xl\" id=\"gone\">")
        .say(key::SIGNED_OUT_TITLE)
        .raw("</h1><p class=\"ds-paragraph\" data-size=\"lg\">")
        .say(lead)
        .raw("</p></div></div><div class=\"du-row\" data-top><svg class=\"du-icon\" aria-hidden=\"true\"><use href=\"#i-shield\"/></svg>")
        .raw("<div class=\"du-grow\"><h2 class=\"ds-heading\" data-size=\"xs\">")
        .say(key::SIGNED_OUT_CLOSE)
        .raw("</h2><p>")
        .say(key::SIGNED_OUT_CLOSE_TEXT)
        .raw("</p></div></div>");
    view! {
        <div class="du-wrap du-section du-stack" data-width="narrow" data-gap="l">
            <section class="du-receipt" aria-labelledby="gone" inner_html=receipt.into_string()></section>
            <div class="du-row">
                <a class="ds-button" href=Personal::SignIn.url()>{icon("enter")}{t(key::SIGNED_OUT_AGAIN)}</a>
                <a class="ds-button" data-variant="secondary" href=paths::home()>{t(key::SIGNED_OUT_HOME)}</a>
            </div>
        </div>
    }
    .into_any()
}
