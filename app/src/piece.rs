//! A piece of the app in a WASM file of its own, fetched when it is first needed. What is in which piece, [`crate::paths::Route::piece`]
//! says; a piece's own module marks the function that `crates/xtask/src/link.rs` cuts at.

use std::pin::Pin;

use leptos::prelude::*;
use wasm_split_helpers::SplitLoaderError;

use crate::api::ApiError;
use crate::load::{Load, load, waiting};
use crate::paths::Route;
use crate::ui::erased::dynamic;

/// The way into a piece that has pages only: the page of a route that is in it.
pub type Pages = fn(Route) -> AnyView;

/// A piece on its way.
pub type Fetching<T> = Pin<Box<dyn Future<Output = Result<T, SplitLoaderError>>>>;

/// How far a piece is; `T` holds the ways into it.
#[derive(Debug)]
pub struct Piece<T: 'static> {
    state: RwSignal<Load<T>>,
    fetch: fn() -> Fetching<T>,
}

impl<T> Clone for Piece<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Piece<T> {}

impl<T: Copy + Send + Sync> Piece<T> {
    /// With the piece, where the first page needed it.
    pub fn new(fetch: fn() -> Fetching<T>, fetched: Option<T>) -> Self {
        Self { state: RwSignal::new(fetched.map_or(Load::Asleep, Load::Loaded)), fetch }
    }

    /// How far it is.
    pub fn get(self) -> Load<T> {
        self.state.get()
    }

    /// Fetches it, once; after a failure it may be tried again.
    pub fn wake(self) {
        if self.state.with_untracked(|state| matches!(state, Load::Asleep | Load::Failed(_))) {
            load(self.state, async move { (self.fetch)().await.map_err(|_| ApiError::Offline) });
        }
    }

    /// What it shows, once it is there.
    pub fn show(self, shown: impl Fn(T) -> AnyView + Send + 'static) -> AnyView {
        self.wake();
        dynamic(move || match self.get() {
            Load::Loaded(piece) => shown(piece),
            state => view! { <div class="du-wrap du-section">{waiting(&state, move || self.wake())}</div> }.into_any(),
        })
    }
}
