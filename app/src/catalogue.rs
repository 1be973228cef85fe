//! The catalogue index in the browser: loaded once, shared by all pages, with the four faces of loading.

use std::sync::Arc;
use std::time::Duration;

use durvis_search::Index;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};

/// From when on a wait is told to be a long one.
const SLOW_AFTER: Duration = Duration::from_secs(3);

/// How far a thing is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Load<T> {
    #[default]
    Asleep,
    Loading,
    Slow,
    Loaded(T),
    Failed(ApiError),
}

/// The index, in a context.
#[derive(Clone, Copy)]
pub struct Catalogue(RwSignal<Load<Arc<Index>>>);

impl Catalogue {
    pub fn new() -> Self {
        Self(RwSignal::new(Load::Asleep))
    }

    /// The index, or how far it is.
    pub fn index(self) -> Load<Arc<Index>> {
        self.0.get()
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
        if !matches!(self.0.get_untracked(), Load::Asleep | Load::Failed(_)) {
            return;
        }
        self.0.set(Load::Loading);
        set_timeout(
            move || {
                if self.0.get_untracked() == Load::Loading {
                    self.0.set(Load::Slow);
                }
            },
            SLOW_AFTER,
        );
        spawn_local(async move {
            let loaded = api::catalogue::get_index().await;
            self.0.set(loaded.map_or_else(Load::Failed, |index| Load::Loaded(Arc::new(index))));
        });
    }
}

/// The catalogue of this app.
pub fn use_catalogue() -> Catalogue {
    expect_context()
}
