//! What is new for whoever is signed in: counted in the header, and told at once as long as the page is looked at.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::EventSource;

use crate::api;

/// How long after a stream has failed another is tried.
const AGAIN_AFTER: Duration = Duration::from_secs(60);

/// It, in a context.
#[derive(Clone, Copy)]
pub struct News {
    unread: RwSignal<u32>,
    /// Counts what came while the page is open, for lists that are shown.
    came: RwSignal<u32>,
    stream: StoredValue<Option<EventSource>, LocalStorage>,
    /// Whether one was open before.
    was_open: StoredValue<bool>,
    /// The next try, where one waits for its time.
    again: StoredValue<Option<TimeoutHandle>>,
}

impl News {
    pub fn new() -> Self {
        let (stream, again) = (StoredValue::new_local(None), StoredValue::new(None));
        Self { unread: RwSignal::new(0), came: RwSignal::new(0), stream, was_open: StoredValue::new(false), again }
    }

    pub fn unread(self) -> u32 {
        self.unread.get()
    }

    /// Changes whenever something came.
    pub fn came(self) -> u32 {
        self.came.get()
    }

    /// So many are not read, as a list has said.
    pub fn set_unread(self, unread: u32) {
        self.unread.set(unread);
    }

    /// From now on, until whoever called is gone. A page that nobody looks at holds no stream: browsers have few of them.
    pub fn listen(self) {
        self.open();
        let look = window_event_listener(ev::Custom::<web_sys::Event>::new("visibilitychange"), move |_| {
            if document().hidden() { self.close() } else { self.open() }
        });
        on_cleanup(move || {
            look.remove();
            self.close();
        });
    }

    fn open(self) {
        if self.stream.with_value(Option::is_some) || document().hidden() {
            return;
        }
        let Ok(stream) = EventSource::new("/api/v1/notices/events") else { return };
        let on_notice = Closure::<dyn Fn()>::new(move || {
            self.came.update(|came| *came += 1);
            self.ask();
        });
        let _ = stream.add_event_listener_with_callback("notice", on_notice.as_ref().unchecked_ref());
        on_notice.forget();
        let on_open = Closure::<dyn Fn()>::new(move || {
            self.ask();
            // What came while none was open, lists have not heard of.
            if self.was_open.try_update_value(|was| std::mem::replace(was, true)) == Some(true) {
                self.came.update(|came| *came += 1);
            }
        });
        stream.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        on_open.forget();
        let failed = stream.clone();
        let on_error = Closure::<dyn Fn()>::new(move || {
            // Otherwise the browser itself tries again.
            if failed.ready_state() == EventSource::CLOSED {
                self.close();
                self.ask();
                let again = set_timeout_with_handle(move || self.open(), AGAIN_AFTER);
                self.again.set_value(again.ok());
            }
        });
        stream.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_error.forget();
        self.stream.set_value(Some(stream));
    }

    fn close(self) {
        if let Some(Some(stream)) = self.stream.try_update_value(Option::take) {
            stream.close();
        }
        if let Some(Some(again)) = self.again.try_update_value(Option::take) {
            again.clear();
        }
    }

    fn ask(self) {
        spawn_local(async move {
            if let Ok(unread) = api::notices::count_unread().await {
                let _ = self.unread.try_set(unread);
            }
        });
    }
}
