//! What the pages of the workspace share: their list at the side, and that only somebody who is signed in sees them.

use durvis_contract::page;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::api::ApiError;
use crate::i18n::{Key, key, t, tf};
use crate::load::{Load, waiting};
use crate::page::use_page;
use crate::paths::{self, Personal};
use crate::session::{Who, use_session};
use crate::ui::erased::{dynamic, list};
use crate::ui::icon::icon;

/// A page of the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Overview,
    Own,
    Uses,
    Bills,
    Documents,
    Notices,
    Reminders,
    Favourites,
    Contact,
    History,
    Record,
    Sessions,
    Data,
}

impl Place {
    pub const ALL: [Self; 13] = [
        Self::Overview,
        Self::Own,
        Self::Uses,
        Self::Bills,
        Self::Documents,
        Self::Notices,
        Self::Reminders,
        Self::Favourites,
        Self::Contact,
        Self::History,
        Self::Record,
        Self::Sessions,
        Self::Data,
    ];

    pub fn url(self) -> String {
        match self {
            Self::Overview => paths::page(page::WORKSPACE),
            Self::Own => paths::page(page::OWN),
            Self::Uses => paths::page(page::USES),
            Self::Bills => paths::page(page::BILLS),
            Self::Documents => paths::page(page::DOCUMENTS),
            Self::Notices => paths::page(page::NOTICES),
            Self::Reminders => paths::page(page::REMINDERS),
            Self::Favourites => paths::page(page::FAVOURITES),
            Self::Contact => Personal::Contact.url(),
            Self::History => Personal::History.url(),
            Self::Record => paths::page(page::RECORD),
            Self::Sessions => Personal::Sessions.url(),
            Self::Data => Personal::Data.url(),
        }
    }

    pub fn name(self) -> &'static str {
        t(match self {
            Self::Overview => key::WORKSPACE_OVERVIEW,
            Self::Own => key::OWN_TITLE,
            Self::Uses => key::USES_TITLE,
            Self::Bills => key::BILLS_TITLE,
            Self::Documents => key::DOCUMENTS_TITLE,
            Self::Notices => key::NOTICES_TITLE,
            Self::Reminders => key::REMINDERS_TITLE,
            Self::Favourites => key::NAV_FAVOURITES,
            Self::Contact => key::ACCOUNT_CONTACT,
            Self::History => key::ACCOUNT_HISTORY,
            Self::Record => key::RECORD_TITLE,
            Self::Sessions => key::ACCOUNT_SESSIONS,
            Self::Data => key::MY_DATA_TITLE,
        })
    }

    pub fn icon(self) -> &'static str {
        match self {
            Self::Overview => "life-home",
            Self::Own => "search",
            Self::Uses => "doc",
            Self::Bills => "bill",
            Self::Documents => "archive",
            Self::Notices => "bell",
            Self::Reminders => "calendar",
            Self::Favourites => "star",
            Self::Contact => "user",
            Self::History => "history",
            Self::Record => "shield",
            Self::Sessions => "screen",
            Self::Data => "lock",
        }
    }
}

/// How far we are with who asks.
#[derive(Clone, PartialEq)]
enum Stage {
    Unreached(ApiError),
    Nobody,
    Somebody,
}

/// One of the pages, under its title; who is not signed in goes to sign in, and comes back.
pub fn workspace_frame(place: Place, title: &'static str, lead: Option<Key>, content: fn() -> AnyView) -> AnyView {
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
        Stage::Somebody => framed(place, title, lead, content),
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

/// The same for a page that has something for everybody.
pub fn framed(place: Place, title: &'static str, lead: Option<Key>, content: fn() -> AnyView) -> AnyView {
    let name = place.name();
    view! {
        <div class="du-wrap du-section du-split" data-side="start">
            <nav class="du-side du-wide" aria-label=t(key::ACCOUNT_TITLE)>{links(place)}</nav>
            <details class="ds-details du-side-menu du-narrow">
                <summary>{tf(key::ACCOUNT_HERE, &[("page", name)])}</summary>
                <nav class="du-side" aria-label=t(key::ACCOUNT_TITLE)>{links(place)}</nav>
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

fn links(here: Place) -> AnyView {
    let link = |place: Place| {
        let current = (place == here).then_some("page");
        view! { <li><a class="ds-focus" href=place.url() aria-current=current>{icon(place.icon())}<span>{place.name()}</span></a></li> }
            .into_any()
    };
    view! { <ul>{list(Place::ALL, link)}</ul> }.into_any()
}
