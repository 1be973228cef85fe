//! Waiting: for some seconds, or until there is a line.

use std::time::Duration;

use js_sys::Promise;
use leptos::ev;
use leptos::prelude::{set_timeout, window_event_listener};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Ends after so many seconds.
pub async fn seconds(seconds: u32) {
    let promise = Promise::new(&mut |resolve, _| after(seconds, resolve));
    let _ = JsFuture::from(promise).await;
}

/// The same, or sooner, when the browser says that there is a line.
pub async fn seconds_or_line(seconds: u32) {
    let mut online = None;
    let promise = Promise::new(&mut |resolve, _| {
        let ready = resolve.clone();
        online = Some(window_event_listener(ev::online, move |_| drop(ready.call0(&JsValue::NULL))));
        after(seconds, resolve);
    });
    let _ = JsFuture::from(promise).await;
    if let Some(online) = online {
        online.remove();
    }
}

fn after(seconds: u32, resolve: js_sys::Function) {
    set_timeout(move || drop(resolve.call0(&JsValue::NULL)), Duration::from_secs(seconds.into()));
}
