//! Finding, as a piece of its own: the search engine and the pages that list. The first view does without, so it comes in a
//! file of its own, fetched when first needed (docs/benchmarks.md has what that saves; crates/xtask/src/link.rs cuts).

use durvis_contract::page as names;
use durvis_search::{Index, IndexError};
use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::components::missing::missing;
use crate::pages;
use crate::paths::{self, Route};
use crate::piece::{Fetching, Pages};

/// The ways into the piece. All that only these reach is in it.
#[derive(Clone, Copy, Debug)]
pub struct Finding {
    pub open: fn(Vec<u8>) -> Result<Index, IndexError>,
    pub page: Pages,
}

/// Fetches the piece.
pub fn fetch() -> Fetching<Finding> {
    Box::pin(piece())
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
        Route::Wizard(_) | Route::Workspace(_) | Route::Desk(_) => missing(&paths::page(names::USES)),
    }
}
