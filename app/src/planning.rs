//! Plans for life events, as a piece of their own: fetched when a plan is opened.

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::api::ApiError;
use crate::load::{Load, load, waiting};
use crate::pages;
use crate::ui::erased::dynamic;

/// The way into the piece. All that only it reaches is in it.
#[derive(Clone, Copy, Debug)]
pub struct Planning {
    page: fn(String) -> AnyView,
}

/// How far the piece is, in a context.
#[derive(Clone, Copy)]
pub struct PlanningState(RwSignal<Load<Planning>>);

impl PlanningState {
    /// With the piece, where the first page needed it.
    pub fn new(planning: Option<Planning>) -> Self {
        Self(RwSignal::new(planning.map_or(Load::Asleep, Load::Loaded)))
    }

    /// The plan of a life event.
    pub fn page(self, slug: String) -> AnyView {
        self.wake();
        dynamic(move || match self.0.get() {
            Load::Loaded(planning) => (planning.page)(slug.clone()),
            state => view! { <div class="du-wrap du-section">{waiting(&state, move || self.wake())}</div> }.into_any(),
        })
    }

    fn wake(self) {
        if matches!(self.0.get_untracked(), Load::Asleep | Load::Failed(_)) {
            load(self.0, fetch());
        }
    }
}

/// Fetches the piece, once; after a failure it may be tried again.
pub async fn fetch() -> Result<Planning, ApiError> {
    piece().await.map_err(|_| ApiError::Offline)
}

#[wasm_split(planning, fallible)]
fn piece() -> Result<Planning, SplitLoaderError> {
    Ok(Planning { page: pages::plan })
}
