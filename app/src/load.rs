//! What takes time, with its four faces: loading, loading slowly, loaded, failed with a way to try again.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::ApiError;
use crate::ui::loading::{failed, loading};

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

/// Runs a fetch and keeps its state in `state`.
pub fn load<T: Send + Sync + 'static>(
    state: RwSignal<Load<T>>,
    fetch: impl Future<Output = Result<T, ApiError>> + 'static,
) {
    state.set(Load::Loading);
    set_timeout(
        move || {
            // The page may be gone by now, and its state with it.
            if state.try_with_untracked(|state| matches!(state, Load::Loading)) == Some(true) {
                state.set(Load::Slow);
            }
        },
        SLOW_AFTER,
    );
    spawn_local(async move {
        let loaded = fetch.await;
        let _ = state.try_set(loaded.map_or_else(Load::Failed, Load::Loaded));
    });
}

/// Loads anew what is shown already: that stays on the screen as it is until something else is known.
pub fn refresh<T: Clone + PartialEq + Send + Sync + 'static>(
    state: RwSignal<Load<T>>,
    fetch: impl Future<Output = Result<T, ApiError>> + 'static,
) {
    if state.with_untracked(|state| !matches!(state, Load::Loaded(_))) {
        return load(state, fetch);
    }
    spawn_local(async move {
        let Ok(loaded) = fetch.await else { return };
        let loaded = Load::Loaded(loaded);
        if state.try_with_untracked(|state| *state != loaded) == Some(true) {
            state.set(loaded);
        }
    });
}

/// What stands in place of a thing that is not loaded.
pub fn waiting<T>(state: &Load<T>, again: impl Fn() + 'static) -> AnyView {
    match state {
        Load::Failed(error) => failed(error, Box::new(again)),
        Load::Slow => loading(true),
        Load::Asleep | Load::Loading | Load::Loaded(_) => loading(false),
    }
}
