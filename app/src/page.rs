//! What every page does when it is shown: title, announcement, focus, and the place one scrolled to.
//!
//! A change of route is silent in a single-page app. `use_page` says the title to screen readers, moves the focus to the
//! heading, and scrolls: to the top on the way forward, to where one was on the way back.

use std::cell::{Cell, RefCell};

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement, ScrollRestoration};

use crate::i18n::{key, t};

thread_local! {
    /// Whether a page was shown already: the first one keeps the browser's own focus.
    static SHOWN: Cell<bool> = const { Cell::new(false) };
    /// Where one was, by URL.
    static PLACES: RefCell<Vec<(String, f64)>> = const { RefCell::new(Vec::new()) };
    /// Set between a step back and the page that it leads to.
    static RETURNING: Cell<bool> = const { Cell::new(false) };
}

/// Remembers places, from now on.
pub fn remember_places() {
    if let Ok(history) = window().history() {
        let _ = history.set_scroll_restoration(ScrollRestoration::Manual);
    }
    // Capturing, so that it runs before the router leaves the page.
    let options = web_sys::AddEventListenerOptions::new();
    options.set_capture(true);
    let on_click = wasm_bindgen::closure::Closure::<dyn Fn()>::new(|| {
        let place = window().scroll_y().unwrap_or_default();
        PLACES.with_borrow_mut(|places| {
            places.retain(|(url, _)| *url != here());
            places.push((here(), place));
        });
    });
    let _ = window().add_event_listener_with_callback_and_add_event_listener_options(
        "click",
        on_click.as_ref().unchecked_ref(),
        &options,
    );
    on_click.forget();
    window_event_listener(ev::popstate, |_| RETURNING.set(true)).forget_now();
}

/// A listener that lasts as long as the page.
trait Forget {
    fn forget_now(self);
}

impl Forget for WindowListenerHandle {
    fn forget_now(self) {
        std::mem::forget(self);
    }
}

/// Shows a page under a title. Call it once what the page is about is known.
pub fn use_page(title: impl Into<String>) {
    let title = title.into();
    let portal = t(key::PORTAL_NAME);
    document().set_title(&format!("{title} - {portal}"));
    let first = !SHOWN.replace(true);
    let returning = RETURNING.replace(false);
    request_animation_frame(move || {
        if let Some(announcer) = document().get_element_by_id("announcer").filter(|_| !first) {
            announcer.set_text_content(Some(&title));
        }
        let place = PLACES.with_borrow(|places| places.iter().find(|(url, _)| *url == here()).map(|(_, place)| *place));
        let place = place.filter(|_| returning);
        if !first {
            focus_heading();
        }
        if !first || returning {
            window().scroll_to_with_x_and_y(0.0, place.unwrap_or_default());
        }
    });
}

/// Moves the focus to an element of this page: what the router does not do for `#` links.
pub fn focus_on(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Says something to screen readers, politely.
pub fn announce(text: &str) {
    if let Some(announcer) = document().get_element_by_id("announcer") {
        announcer.set_text_content(Some(text));
    }
}

fn focus_heading() {
    let heading = document().query_selector("main h1").ok().flatten();
    let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) else { return };
    let _ = heading.set_attribute("tabindex", "-1");
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = heading.focus_with_options(&options);
}

fn here() -> String {
    window().location().href().unwrap_or_default()
}
