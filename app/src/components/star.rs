//! The star that keeps a service.

use leptos::prelude::*;

use crate::i18n::{key, t, tf};
use crate::offline::favourites::use_favourites;
use crate::ui::erased::{dynamic, dynamic_text, on};
use crate::ui::icon::{icon, icon_markup};
use crate::ui::markup::Markup;

/// The star alone, for lists.
pub fn star(slug: String, name: String, territory: Option<String>) -> impl IntoView {
    let favourites = use_favourites();
    let label = tf(key::STAR_LABEL, &[("name", &name)]);
    let has = StoredValue::new(slug.clone());
    let kept = Signal::derive(move || has.with_value(|slug| favourites.has(slug)));
    view! {
        <button class="ds-button du-star" data-variant="tertiary" data-icon="" type="button" aria-label=label
            aria-pressed=Signal::derive(move || if kept.get() { "true" } else { "false" })
            on:click=on(move |_| favourites.toggle(slug.clone(), name.clone(), territory.clone()))>
            {dynamic(move || icon(if kept.get() { "star-on" } else { "star" }).into_any())}
        </button>
    }
}

/// The star alone, as markup; its list hears the click.
pub fn star_markup(doc: u32, name: &str, kept: bool) -> Markup {
    Markup::new(
        "<button class=\"ds-button du-star\" data-variant=\"tertiary\" data-icon=\"\" type=\"button\" id=\"star-",
    )
    .text(&doc.to_string())
    .raw("\" data-doc=\"")
    .text(&doc.to_string())
    .raw("\" aria-label=\"")
    .text(&tf(key::STAR_LABEL, &[("name", name)]))
    .raw(if kept { "\" aria-pressed=\"true\">" } else { "\" aria-pressed=\"false\">" })
    .with(&icon_markup(if kept { "star-on" } else { "star" }))
    .raw("</button>")
}

/// The star with its words, for the page of a service.
pub fn star_button(slug: String, name: String, territory: Option<String>) -> impl IntoView {
    let favourites = use_favourites();
    let has = StoredValue::new(slug.clone());
    let kept = Signal::derive(move || has.with_value(|slug| favourites.has(slug)));
    view! {
        <button class="ds-button du-star" data-variant="secondary" data-fullwidth="" type="button"
            aria-pressed=Signal::derive(move || if kept.get() { "true" } else { "false" })
            on:click=on(move |_| favourites.toggle(slug.clone(), name.clone(), territory.clone()))>
            {dynamic(move || icon(if kept.get() { "star-on" } else { "star" }).into_any())}
            {dynamic_text(move || t(if kept.get() { key::STAR_IN } else { key::STAR_ADD }).to_owned())}
        </button>
    }
}
