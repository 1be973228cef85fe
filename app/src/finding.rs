//! Finding, as a piece of its own: the search engine and the pages that list. The first view does without, so it comes in a
//! file of its own, fetched when first needed (docs/benchmarks.md has what that saves; crates/xtask/src/link.rs cuts).

use durvis_contract::page as names;
use durvis_search::{Index, IndexError};
use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::api::ApiError;
use crate::components::missing::missing;
use crate::load::{Load, load, waiting};
use crate::pages;
use crate::paths::{self, Route};
use crate::ui::erased::dynamic;

/// The ways into the piece. All that only these reach is in it.
#[derive(Clone, Copy, Debug)]
pub struct Finding {
    pub open: fn(Vec<u8>) -> Result<Index, IndexError>,
    page: fn(Route) -> AnyView,
}

/// How far the piece is, in a context.
#[derive(Clone, Copy)]
pub struct FindingState(RwSignal<Load<Finding>>);

impl FindingState {
    /// With the piece, where the first page needed it.
    pub fn new(finding: Option<Finding>) -> Self {
        Self(RwSignal::new(finding.map_or(Load::Asleep, Load::Loaded)))
    }

    /// The page of a route that needs the piece.
    pub fn page(self, route: Route) -> AnyView {
        self.wake();
        dynamic(move || match self.0.get() {
            Load::Loaded(finding) => (finding.page)(route.clone()),
            state => waiting(&state, move || self.wake()),
        })
    }

    fn wake(self) {
        if matches!(self.0.get_untracked(), Load::Asleep | Load::Failed(_)) {
            load(self.0, fetch());
        }
    }
}

/// Fetches the piece, once; after a failure it may be tried again.
pub async fn fetch() -> Result<Finding, ApiError> {
    piece().await.map_err(|_| ApiError::Offline)
}

#[wasm_split(finding, fallible)]
fn piece() -> Result<Finding, SplitLoaderError> {
    Ok(Finding { open: Index::open, page })
}

/// The page of any route; those of the first piece are only called from here.
fn page(route: Route) -> AnyView {
    match route {
        Route::Home => pages::home(),
        Route::Catalogue => pages::catalogue(),
        Route::Service { slug, territory } => pages::service(slug, territory),
        Route::LifeEvents => pages::life_events(),
        Route::LifeEvent(slug) => pages::life_event(slug),
        Route::Institutions => pages::institutions(),
        Route::Institution(slug) => pages::institution(slug),
        Route::Favourites => pages::favourites(),
        Route::Guide => pages::guide(),
        Route::Help => pages::help(),
        Route::About => pages::about(),
        Route::Missing(path) => missing(&path),
        // Never asked here.
        Route::Personal(page) => missing(&page.url()),
        Route::Plan(slug) => missing(&paths::plan(&slug)),
        Route::Wizard(_) => missing(&paths::page(names::USES)),
    }
}
