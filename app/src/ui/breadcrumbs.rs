//! Where one is, from the home page down.

use leptos::prelude::*;

use crate::i18n::{key, t};

/// Links from the top, then the name of this page.
pub fn breadcrumbs(above: Vec<(String, String)>, this: String) -> impl IntoView {
    breadcrumbs_to(above, this, None)
}

/// The same to a page that has its name, in this language, from the catalogue.
pub fn breadcrumbs_to(above: Vec<(String, String)>, this: String, lang: Option<String>) -> impl IntoView {
    let links =
        above.into_iter().map(|(href, name)| view! { <li><a class="ds-link" href=href>{name}</a></li> }).collect_view();
    view! {
        <nav class="ds-breadcrumbs" aria-label=t(key::NAV_HERE)>
            <ol>{links}<li><span class="ds-link" aria-current="page" lang=lang>{this}</span></li></ol>
        </nav>
    }
}
