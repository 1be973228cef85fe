//! Plans for life events, as a piece of their own: fetched when a plan is opened.

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::pages;
use crate::paths::Route;
use crate::piece::{Fetching, Pages};

/// Fetches the piece.
pub fn fetch() -> Fetching<Pages> {
    Box::pin(piece())
}

#[wasm_split(planning, fallible)]
fn piece() -> Result<Pages, SplitLoaderError> {
    Ok(page)
}

/// The plan of a life event; no other route is asked here.
fn page(route: Route) -> AnyView {
    let Route::Plan(slug) = route else { return ().into_any() };
    pages::plan(slug)
}
