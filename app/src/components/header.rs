//! The head of every page. The static page has the same (app/shell/), so that the take-over moves nothing.

use durvis_contract::page;
use leptos::html::Details;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::look::look;
use crate::account;
use crate::i18n::{content, key, offered, own_name, t};
use crate::paths;
use crate::ui::erased::{dynamic, effect};
use crate::ui::icon::{icon, icon_class};

/// Brand, menu, languages, look and favourites; on a narrow screen behind one button.
pub fn header() -> impl IntoView {
    let somebody = account::use_somebody();
    let (narrow, path) = (NodeRef::<Details>::new(), use_location().pathname);
    // Another page is shown: the menu has done its work.
    effect(move || {
        path.track();
        if let Some(narrow) = narrow.get_untracked() {
            narrow.set_open(false);
        }
    });
    view! {
        <header class="du-header">
            <div class="du-wrap">
                <a class="du-brand ds-focus" href=paths::home() aria-label=t(key::PORTAL_HOME)>
                    {icon_class("mark", "")}{t(key::PORTAL_NAME)}
                </a>
                <nav class="du-wide" aria-label=t(key::NAV_MAIN)>{menu()}</nav>
                <div class="du-end">
                    <div class="du-bar">{languages()}{look()}{dynamic(move || (!somebody.get()).then(favourites).into_any())}</div>
                    {account::user()}
                    <details class="du-menu du-narrow" node_ref=narrow>
                        <summary class="ds-button" data-variant="tertiary" data-icon="" aria-label=t(key::NAV_MENU)>{icon("menu")}</summary>
                        <div class="du-stack" data-gap="s">
                            <nav aria-label=t(key::NAV_MAIN)>{menu()}</nav>
                            {account::menu()}
                            <hr class="du-rule"/>
                            <div class="du-row">{languages()}{favourites()}{look()}</div>
                        </div>
                    </details>
                </div>
            </div>
        </header>
    }
}

fn menu() -> impl IntoView {
    let path = use_location().pathname;
    let pages = [
        (page::SERVICES, key::NAV_SERVICES),
        (page::LIFE_EVENTS, key::NAV_LIFE_EVENTS),
        (page::INSTITUTIONS, key::NAV_INSTITUTIONS),
        (page::HELP, key::NAV_HELP),
    ];
    let items = pages
        .into_iter()
        .map(|(name, text)| {
            let href = paths::page(name);
            let own = href.clone();
            let below = format!("{own}/");
            let here = move || path.with(|path| *path == own || path.starts_with(&below));
            let current = Signal::derive(move || here().then_some("page"));
            view! { <li><a class="ds-focus" href=href aria-current=current>{t(text)}</a></li> }
        })
        .collect_view();
    view! { <ul>{items}</ul> }
}

/// Another language is another page load: only one language's texts are ever downloaded.
fn languages() -> impl IntoView {
    let location = use_location();
    let link = move |to: String| {
        let (path, query, code) = (location.pathname, location.search, to.clone());
        let href = Signal::derive(move || paths::in_language(&path.get(), &query.get(), &code));
        let current = (to == content()).then_some("true");
        let name = own_name(&to);
        let label = to.to_ascii_uppercase();
        view! {
            <a class="ds-focus" rel="external" href=href lang=to.clone() hreflang=to aria-current=current aria-label=name>
                {label}
            </a>
        }
    };
    view! { <nav class="du-lang" aria-label=t(key::NAV_LANGUAGE)>{offered().into_iter().map(link).collect_view()}</nav> }
}

fn favourites() -> impl IntoView {
    view! {
        <a class="ds-button" data-variant="tertiary" href=paths::page(page::FAVOURITES)>{icon("star")}{t(key::NAV_FAVOURITES)}</a>
    }
}
