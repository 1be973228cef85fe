//! When the app cannot go on: a panic ends a WASM app for good, so the static banner of the page is shown, and the
//! operator is told. Nothing here may use the app.

use std::panic;

use durvis_contract::Report;

use crate::api;

/// Shows the banner and reports, on every panic.
pub fn report_panics() {
    panic::set_hook(Box::new(|info| tell(&info.to_string())));
}

/// Shows the page's crash banner, and sends the message to the operator.
pub fn tell(message: &str) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    if let Some(banner) = document.get_element_by_id("crash") {
        let _ = banner.remove_attribute("hidden");
    }
    let mut message = message.to_owned();
    message.truncate(message.floor_char_boundary(Report::MAX_BYTES));
    let path = document.location().and_then(|location| location.pathname().ok()).unwrap_or_default();
    wasm_bindgen_futures::spawn_local(async move {
        // Nothing is left to do when even this fails.
        let _ = api::reports::create_report(&message, &path).await;
    });
}
