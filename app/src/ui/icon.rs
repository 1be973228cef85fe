//! A line icon out of the sprite that the page carries (public/icons.svg). Decoration: the words beside it say it.

use leptos::prelude::*;

use super::markup::Markup;

/// The symbol `i-<name>`.
pub fn icon(name: &str) -> impl IntoView + use<> {
    icon_class(name, "du-icon")
}

/// The same with classes of its own.
pub fn icon_class(name: &str, class: &'static str) -> impl IntoView + use<> {
    let href = format!("#i-{name}");
    view! { <svg class=class aria-hidden="true"><use href=href></use></svg> }
}

/// The same as markup.
pub fn icon_markup(name: &str) -> Markup {
    Markup::new("<svg class=\"du-icon\" aria-hidden=\"true\"><use href=\"#i-").text(name).raw("\"></use></svg>")
}
