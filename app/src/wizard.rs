//! Doing: starting an e-service, walking it, and one's own uses, as a piece of the app of its own. It is fetched when one of
//! its pages is opened.

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::api::ApiError;
use crate::load::{Load, load, waiting};
use crate::pages;
use crate::paths::Wizard;
use crate::ui::erased::dynamic;
use walking::Walking;

pub mod files;
mod keep;
pub mod open;
pub mod walking;
pub mod words;

/// The ways into the piece. All that only they reach is in it.
#[derive(Clone, Copy, Debug)]
pub struct WizardPiece {
    page: fn(Wizard) -> AnyView,
}

/// How far the piece is, and the use that is open, in a context.
#[derive(Clone, Copy)]
pub struct WizardState {
    piece: RwSignal<Load<WizardPiece>>,
    /// Kept while one goes from step to step.
    open: StoredValue<Option<Walking>>,
    /// What lives as long as the app: signals made in it outlive the page that opened them.
    owner: StoredValue<Owner>,
}

impl WizardState {
    /// With the piece, where the first page needed it.
    pub fn new(piece: Option<WizardPiece>) -> Self {
        let owner = Owner::current().unwrap_or_default();
        let piece = RwSignal::new(piece.map_or(Load::Asleep, Load::Loaded));
        Self { piece, open: StoredValue::new(None), owner: StoredValue::new(owner) }
    }

    /// One of its pages.
    pub fn page(self, page: Wizard) -> AnyView {
        self.wake();
        dynamic(move || match self.piece.get() {
            Load::Loaded(piece) => (piece.page)(page.clone()),
            state => view! { <div class="du-wrap du-section">{waiting(&state, move || self.wake())}</div> }.into_any(),
        })
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

    fn wake(self) {
        if matches!(self.piece.get_untracked(), Load::Asleep | Load::Failed(_)) {
            load(self.piece, fetch());
        }
    }
}

/// Fetches the piece, once; after a failure it may be tried again.
pub async fn fetch() -> Result<WizardPiece, ApiError> {
    piece().await.map_err(|_| ApiError::Offline)
}

#[wasm_split(wizard, fallible)]
fn piece() -> Result<WizardPiece, SplitLoaderError> {
    Ok(WizardPiece { page })
}

fn page(page: Wizard) -> AnyView {
    match page {
        Wizard::Start(slug) => pages::e_service(slug),
        Wizard::Uses => pages::uses(),
        Wizard::Bills => pages::bills(),
        Wizard::Bill(id) => pages::bill(id),
        Wizard::Notices => pages::notices(),
        Wizard::Overview => pages::overview(),
        Wizard::Use { id, place } => pages::walk(id, place),
    }
}
