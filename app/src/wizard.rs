//! Doing: starting an e-service and walking it, as a piece of the app of its own. It is fetched when one of its pages is opened.

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::pages;
use crate::paths::{Route, Wizard};
use crate::piece::{Fetching, Pages};
use walking::Walking;

pub mod files;
mod keep;
pub mod open;
pub mod upload;
pub mod walking;
pub mod words;

/// The use that is open, in a context.
#[derive(Clone, Copy)]
pub struct WizardState {
    /// Kept while one goes from step to step.
    open: StoredValue<Option<Walking>>,
    /// What lives as long as the app: signals made in it outlive the page that opened them.
    owner: StoredValue<Owner>,
}

impl WizardState {
    /// With nothing open; called where what is made lives as long as the app.
    pub fn new() -> Self {
        Self { open: StoredValue::new(None), owner: StoredValue::new(Owner::current().unwrap_or_default()) }
    }

    /// The use that is open, when it is this one, in the journal of whoever [`open::owner`] named.
    pub fn walking(self, id: &str, whose: &str) -> Option<Walking> {
        self.open.get_value().filter(|walking| walking.is_of(whose) && walking.id() == id)
    }

    /// Opens a use in place of the one before.
    pub fn open(self, make: impl FnOnce() -> Walking) -> Walking {
        let owner = self.owner.get_value();
        let walking = owner.with(make);
        self.open.set_value(Some(walking));
        walking
    }
}

/// Fetches the piece.
pub fn fetch() -> Fetching<Pages> {
    Box::pin(piece())
}

#[wasm_split(wizard, fallible)]
fn piece() -> Result<Pages, SplitLoaderError> {
    Ok(page)
}

/// One of its pages; no other route is asked here.
fn page(route: Route) -> AnyView {
    let Route::Wizard(page) = route else { return ().into_any() };
    match page {
        Wizard::Start(slug) => pages::e_service(slug),
        Wizard::Use { id, place } => pages::walk(id, place),
    }
}
