//! What the pages of the account share: their list at the side, and that only somebody who is signed in sees them.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::user_menu::PAGES;
use crate::api::ApiError;
use crate::i18n::{Key, key, t, tf};
use crate::load::{Load, waiting};
use crate::page::use_page;
use crate::paths::{self, Personal};
use crate::session::{Who, use_session};
use crate::ui::erased::{dynamic, list};
use crate::ui::icon::icon;

/// How far we are with who asks.
#[derive(Clone, PartialEq)]
enum Stage {
    Unreached(ApiError),
    Nobody,
    Somebody,
}

/// One of the pages, under its title; who is not signed in goes to sign in, and comes back.
pub fn account_frame(page: Personal, title: &'static str, lead: Option<Key>, content: fn() -> AnyView) -> AnyView {
    use_page(title);
    let (session, location, navigate) = (use_session(), use_location(), use_navigate());
    let stage = Memo::new(move |_| match session.who() {
        Who::Unreached(error) => Stage::Unreached(error),
        Who::Nobody => Stage::Nobody,
        // While it is not told who it is, the page already asks for its own: one way to the server and back, not two. One whose
        // session ended a moment ago keeps the screen.
        Who::Unknown | Who::Known(_) | Who::Ended(_) => Stage::Somebody,
    });
    let inside = |state: Load<()>, again: Box<dyn Fn()>| {
        view! { <div class="du-wrap du-section">{waiting(&state, again)}</div> }.into_any()
    };
    dynamic(move || match stage.get() {
        Stage::Somebody => framed(page, title, lead, content),
        Stage::Unreached(error) => inside(Load::Failed(error), Box::new(move || session.ask())),
        Stage::Nobody => {
            let (path, query) = (location.pathname.get_untracked(), location.search.get_untracked());
            let query = query.trim_start_matches('?');
            let here = if query.is_empty() { path } else { format!("{path}?{query}") };
            let navigate = navigate.clone();
            request_animation_frame(move || {
                navigate(&paths::sign_in(&here), NavigateOptions { replace: true, ..NavigateOptions::default() });
            });
            inside(Load::Loading, Box::new(|| ()))
        }
    })
}

fn framed(page: Personal, title: &'static str, lead: Option<Key>, content: fn() -> AnyView) -> AnyView {
    let name = PAGES.into_iter().find(|(own, ..)| *own == page).map_or(title, |(_, name, _)| t(name));
    view! {
        <div class="du-wrap du-section du-split" data-side="start">
            <nav class="du-side du-wide" aria-label=t(key::ACCOUNT_TITLE)>{links(page)}</nav>
            <details class="ds-details du-side-menu du-narrow">
                <summary>{tf(key::ACCOUNT_HERE, &[("page", name)])}</summary>
                <nav class="du-side" aria-label=t(key::ACCOUNT_TITLE)>{links(page)}</nav>
            </details>
            <div class="du-stack" data-gap="l">
                <header class="du-stack" data-gap="s">
                    <h1 class="ds-heading" data-size="xl">{title}</h1>
                    {lead.map(|lead| view! { <p class="du-soft du-text">{t(lead)}</p> })}
                </header>
                {content()}
            </div>
        </div>
    }
    .into_any()
}

fn links(here: Personal) -> AnyView {
    let link = |(page, name, symbol): (Personal, Key, &'static str)| {
        let current = (page == here).then_some("page");
        view! { <li><a class="ds-focus" href=page.url() aria-current=current>{icon(symbol)}<span>{t(name)}</span></a></li> }
            .into_any()
    };
    view! { <ul>{list(PAGES, link)}</ul> }.into_any()
}
