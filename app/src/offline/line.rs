//! Whether the browser has a network, as far as it knows.

use leptos::ev;
use leptos::prelude::*;

/// `true` while there is none.
pub fn use_offline() -> ReadSignal<bool> {
    let (offline, set_offline) = signal(!window().navigator().on_line());
    for (event, value) in [(ev::Custom::new("online"), false), (ev::Custom::<web_sys::Event>::new("offline"), true)] {
        let handle = window_event_listener(event, move |_| set_offline.set(value));
        on_cleanup(move || handle.remove());
    }
    offline
}
