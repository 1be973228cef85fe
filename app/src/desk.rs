//! The desk of an institution, as a piece of the app of its own: no citizen downloads it.

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::pages;
use crate::paths::Route;
use crate::piece::{Fetching, Pages};

/// Fetches the piece.
pub fn fetch() -> Fetching<Pages> {
    Box::pin(piece())
}

#[wasm_split(desk, fallible)]
fn piece() -> Result<Pages, SplitLoaderError> {
    Ok(page)
}

/// One of its pages; no other route is asked here.
fn page(route: Route) -> AnyView {
    match route {
        Route::Desk(None) => pages::desk(),
        Route::Desk(Some(id)) => pages::case(id),
        _ => ().into_any(),
    }
}
