//! The app: what all pages share, and which page a path shows.
//!
//! The router has one route for everything: which page it is, `paths::Route` says. Twelve routes of the router's own cost
//! 12 KB of download more, and their parameters are texts; ours are types, tested on the host.

use durvis_contract::Home;
use leptos::prelude::*;
use leptos_router::WildcardSegment;
use leptos_router::components::{FlatRoutes, Router};
use leptos_router::hooks::use_location;

use crate::account::{self, Account};
use crate::catalogue::Catalogue;
use crate::components::banners::banners;
use crate::components::footer::footer;
use crate::components::header::header;
use crate::components::missing::missing;
use crate::finding::{self, Finding};
use crate::i18n::{key, t};
use crate::news::News;
use crate::offline::favourites::Favourites;
use crate::offline::worker::Update;
use crate::page::{focus_on, remember_places};
use crate::pages;
use crate::paths::{In, Route};
use crate::piece::{Pages, Piece};
use crate::reader::Reader;
use crate::session::SessionState;
use crate::ui::erased::{dynamic, on};
use crate::wizard::{self, WizardState};
use crate::{desk, planning, workspace};

/// The piece that the first page is in, fetched before it is shown; none of the others.
#[derive(Debug, Default)]
pub struct Fetched {
    finding: Option<Finding>,
    account: Option<Account>,
    planning: Option<Pages>,
    wizard: Option<Pages>,
    workspace: Option<Pages>,
    desk: Option<Pages>,
}

impl Fetched {
    /// Where it fails, the page says so and offers to try again.
    pub async fn of(route: &Route) -> Self {
        let mut fetched = Self::default();
        match route.piece() {
            In::First => {}
            In::Finding => fetched.finding = finding::fetch().await.ok(),
            In::Account => fetched.account = account::fetch().await.ok(),
            In::Planning => fetched.planning = planning::fetch().await.ok(),
            In::Wizard => fetched.wizard = wizard::fetch().await.ok(),
            In::Workspace => fetched.workspace = workspace::fetch().await.ok(),
            In::Desk => fetched.desk = desk::fetch().await.ok(),
        }
        fetched
    }
}

/// The pieces that have pages only, in a context.
#[derive(Clone, Copy)]
struct Pieces {
    planning: Piece<Pages>,
    wizard: Piece<Pages>,
    workspace: Piece<Pages>,
    desk: Piece<Pages>,
}

/// Everything below the static page's `#app`.
#[component]
pub fn App(seed: Home, fetched: Fetched) -> impl IntoView {
    provide_context(Reader::new());
    provide_context(SessionState::new());
    provide_context(News::new());
    provide_context(Piece::new(account::fetch, fetched.account));
    provide_context(Piece::new(finding::fetch, fetched.finding));
    provide_context(Pieces {
        planning: Piece::new(planning::fetch, fetched.planning),
        wizard: Piece::new(wizard::fetch, fetched.wizard),
        workspace: Piece::new(workspace::fetch, fetched.workspace),
        desk: Piece::new(desk::fetch, fetched.desk),
    });
    provide_context(WizardState::new());
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
    let (finding, account) = (expect_context::<Piece<Finding>>(), expect_context::<Piece<Account>>());
    let Pieces { planning, wizard, workspace, desk } = expect_context();
    dynamic(move || {
        let route = route.get();
        match (route.piece(), route) {
            (_, Route::Home) => pages::home(),
            (_, Route::Service { slug, territory }) => pages::service(slug, territory),
            (_, Route::Favourites) => pages::favourites(),
            (_, Route::Missing(path)) => missing(&path),
            (_, Route::Personal(page)) => account.show(move |account| (account.page)(page)),
            (In::Planning, route) => planning.show(move |page| page(route.clone())),
            (In::Wizard, route) => wizard.show(move |page| page(route.clone())),
            (In::Workspace, route) => workspace.show(move |page| page(route.clone())),
            (In::Desk, route) => desk.show(move |page| page(route.clone())),
            (_, route) => finding.show(move |finding| (finding.page)(route.clone())),
        }
    })
}
