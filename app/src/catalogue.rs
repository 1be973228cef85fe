//! The catalogue index in the browser: loaded once, shared by all pages.

use std::sync::Arc;

use durvis_search::Index;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::finding;
use crate::load::{Load, load, waiting};
use crate::ui::erased::dynamic;

/// The index, in a context.
#[derive(Clone, Copy)]
pub struct Catalogue(RwSignal<Load<Arc<Index>>>);

impl Catalogue {
    pub fn new() -> Self {
        Self(RwSignal::new(Load::Asleep))
    }

    /// The index, once it is there.
    pub fn loaded(self) -> Option<Arc<Index>> {
        match self.0.get() {
            Load::Loaded(index) => Some(index),
            _ => None,
        }
    }

    /// Starts to load, unless it is loading or loaded.
    pub fn wake(self) {
        if matches!(self.0.get_untracked(), Load::Asleep | Load::Failed(_)) {
            load(self.0, fetched());
        }
    }

    /// A view of the index, or of the wait for it.
    pub fn view(self, show: impl Fn(Arc<Index>) -> AnyView + Send + 'static) -> AnyView {
        self.wake();
        dynamic(move || match self.0.get() {
            Load::Loaded(index) => show(index),
            state => waiting(&state, move || self.wake()),
        })
    }
}

/// The catalogue of this app.
pub fn use_catalogue() -> Catalogue {
    expect_context()
}

/// The index and the engine, at the same time.
async fn fetched() -> Result<Arc<Index>, ApiError> {
    spawn_local(async { drop(finding::fetch().await) });
    let bytes = api::catalogue::get_index().await?;
    let finding = finding::fetch().await.map_err(|_| ApiError::Offline)?;
    let index = (finding.open)(bytes).map_err(|_| ApiError::Failed(String::new()))?;
    Ok(Arc::new(index))
}
