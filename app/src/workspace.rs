//! My workspace, as a piece of the app of its own: what is to be done and what is going on. Fetched when one of its pages is opened.

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::pages;
use crate::paths::{Route, Workspace};
use crate::piece::{Fetching, Pages};

/// Fetches the piece.
pub fn fetch() -> Fetching<Pages> {
    Box::pin(piece())
}

#[wasm_split(workspace, fallible)]
fn piece() -> Result<Pages, SplitLoaderError> {
    Ok(page)
}

/// One of its pages; no other route is asked here.
fn page(route: Route) -> AnyView {
    let Route::Workspace(page) = route else { return ().into_any() };
    match page {
        Workspace::Overview => pages::overview(),
        Workspace::Uses => pages::uses(),
        Workspace::Bills => pages::bills(),
        Workspace::Bill(id) => pages::bill(id),
        Workspace::Notices => pages::notices(),
        Workspace::Reminders => pages::reminders(),
        Workspace::Own => pages::own(),
        Workspace::Record => pages::record(),
        Workspace::Documents => pages::documents(),
        Workspace::Letters(token) => pages::letters(token),
        Workspace::Genuine(number) => pages::genuine(number),
    }
}
