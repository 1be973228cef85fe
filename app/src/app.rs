//! The app: what all pages share, and which page a path shows.
//!
//! The router has one route for everything: which page it is, `paths::Route` says. Twelve routes of the router's own cost
//! 12 KB of download more, and their parameters are texts; ours are types, tested on the host.

use durvis_contract::Home;
use leptos::prelude::*;
use leptos_router::WildcardSegment;
use leptos_router::components::{FlatRoutes, Router};
use leptos_router::hooks::use_location;

use crate::account::{self, Account, AccountState};
use crate::catalogue::Catalogue;
use crate::components::banners::banners;
use crate::components::footer::footer;
use crate::components::header::header;
use crate::components::missing::missing;
use crate::finding::{Finding, FindingState};
use crate::i18n::{key, t};
use crate::news::News;
use crate::offline::favourites::Favourites;
use crate::offline::worker::Update;
use crate::page::{focus_on, remember_places};
use crate::pages;
use crate::paths::Route;
use crate::planning::{Planning, PlanningState};
use crate::reader::Reader;
use crate::session::SessionState;
use crate::ui::erased::{dynamic, on};
use crate::wizard::{WizardPiece, WizardState};

/// Everything below the static page's `#app`.
#[component]
pub fn App(
    seed: Home,
    finding: Option<Finding>,
    account: Option<Account>,
    planning: Option<Planning>,
    wizard: Option<WizardPiece>,
) -> impl IntoView {
    provide_context(Reader::new());
    provide_context(SessionState::new());
    provide_context(News::new());
    provide_context(AccountState::new(account));
    provide_context(FindingState::new(finding));
    provide_context(PlanningState::new(planning));
    provide_context(WizardState::new(wizard));
    provide_context(Catalogue::new());
    provide_context(Favourites::load());
    provide_context(Update::watch());
    provide_context(seed);
    remember_places();
    view! {
        <a class="ds-skip-link" href="#content" on:click=on(skip)>{t(key::NAV_SKIP)}</a>
        <Router>
            {header()}
            {banners()}
            {account::strips()}
            <main id="content" tabindex="-1">
                <FlatRoutes fallback=|| ()>
                    <leptos_router::components::Route path=WildcardSegment("path") view=shown/>
                </FlatRoutes>
            </main>
            {footer()}
        </Router>
    }
}

/// A `#` link that really moves the focus; the router's would not.
fn skip(event: leptos::ev::MouseEvent) {
    event.prevent_default();
    focus_on("content");
}

/// The page of the present path.
fn shown() -> impl IntoView {
    let path = use_location().pathname;
    let route = Memo::new(move |_| path.with(|path| Route::of(path)));
    let (finding, account): (FindingState, AccountState) = (expect_context(), expect_context());
    let (planning, wizard): (PlanningState, WizardState) = (expect_context(), expect_context());
    dynamic(move || match route.get() {
        Route::Home => pages::home(),
        Route::Service { slug, territory } => pages::service(slug, territory),
        Route::Favourites => pages::favourites(),
        Route::Personal(page) => account.page(page),
        Route::Plan(slug) => planning.page(slug),
        Route::Wizard(page) => wizard.page(page),
        Route::Missing(path) => missing(&path),
        listing => finding.page(listing),
    })
}
