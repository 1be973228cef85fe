//! All that is about who one is, as a piece of its own: most who come only read. It is fetched when somebody is signed in, or
//! opens one of its pages.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::components::{company_strip, session_warning, user_menu};
use crate::i18n::{key, t};
use crate::load::Load;
use crate::pages;
use crate::paths::{self, Personal, Route};
use crate::piece::{Fetching, Piece};
use crate::session::{Who, use_session};
use crate::ui::erased::dynamic;
use crate::ui::icon::icon;

/// The ways into the piece. All that only these reach is in it.
#[derive(Clone, Copy, Debug)]
pub struct Account {
    pub page: fn(Personal) -> AnyView,
    user: fn() -> AnyView,
    menu: fn() -> AnyView,
    strips: fn() -> AnyView,
}

/// A part that is there only when somebody is signed in, or was a moment ago.
fn part(account: Piece<Account>, part: fn(Account) -> AnyView) -> AnyView {
    match account.get() {
        Load::Loaded(account) => part(account),
        Load::Asleep => {
            account.wake();
            ().into_any()
        }
        // After a failure the pages offer to try again.
        Load::Loading | Load::Slow | Load::Failed(_) => ().into_any(),
    }
}

/// In the header: the way in, or who is signed in.
pub fn user() -> AnyView {
    let (account, somebody) = (expect_context::<Piece<Account>>(), use_somebody());
    dynamic(move || if somebody.get() { part(account, |account| (account.user)()) } else { way_in() })
}

/// In the menu of narrow screens, the same.
pub fn menu() -> AnyView {
    let (account, somebody) = (expect_context::<Piece<Account>>(), use_somebody());
    dynamic(move || if somebody.get() { part(account, |account| (account.menu)()) } else { ().into_any() })
}

/// Below the header: for whom one acts, and that a session ends or has ended.
pub fn strips() -> AnyView {
    let (account, session) = (expect_context::<Piece<Account>>(), use_session());
    let lately = Memo::new(move |_| matches!(session.who(), Who::Known(_) | Who::Ended(_)));
    dynamic(move || if lately.get() { part(account, |account| (account.strips)()) } else { ().into_any() })
}

/// Whether somebody is signed in.
pub fn use_somebody() -> Memo<bool> {
    let session = use_session();
    Memo::new(move |_| matches!(session.who(), Who::Known(_)))
}

/// To the sign-in page, and from there back to exactly this one.
fn way_in() -> AnyView {
    let location = use_location();
    let here = move || {
        let (path, query, hash) = (location.pathname.get(), location.search.get(), location.hash.get());
        let query = query.trim_start_matches('?');
        if query.is_empty() { format!("{path}{hash}") } else { format!("{path}?{query}{hash}") }
    };
    let is_needed = Memo::new(move |_| {
        let route = location.pathname.with(|path| Route::of(path));
        !matches!(route, Route::Personal(Personal::SignIn | Personal::SignedOut))
    });
    let href = Signal::derive(move || paths::sign_in(&here()));
    dynamic(move || {
        let link = || {
            view! { <a class="ds-button" data-variant="secondary" href=href>{icon("enter")}{t(key::SIGN_IN_OPEN)}</a> }
        };
        is_needed.get().then(link).into_any()
    })
}

/// Fetches the piece.
pub fn fetch() -> Fetching<Account> {
    Box::pin(piece())
}

#[wasm_split(account, fallible)]
fn piece() -> Result<Account, SplitLoaderError> {
    Ok(Account { page, user: user_menu::user_menu, menu: user_menu::user_list, strips: all_strips })
}

fn page(page: Personal) -> AnyView {
    match page {
        Personal::SignIn => pages::sign_in(),
        Personal::SignedOut => pages::signed_out(),
        Personal::Contact => pages::contact(),
        Personal::History => pages::history(),
        Personal::Sessions => pages::sessions(),
        Personal::Data => pages::my_data(),
    }
}

fn all_strips() -> AnyView {
    (session_warning::session_warning(), company_strip::company_strip()).into_any()
}
