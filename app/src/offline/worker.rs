//! The service worker (public/sw.js): registered once the first view stands, told when to take a new release.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorkerContainer, ServiceWorkerRegistration};

use crate::api;

/// A release that waits to be taken, in a context.
#[derive(Clone, Copy)]
pub struct Update(RwSignal<bool>);

impl Update {
    /// Registers the worker, keeps the catalogue for offline reading, and watches for new releases. Without a worker (a
    /// private window, an old browser) nothing happens: the app works online.
    pub fn watch() -> Self {
        let update = Self(RwSignal::new(false));
        spawn_local(async move {
            if let Err(error) = register(update).await {
                leptos::logging::warn!("no offline reading: {error:?}");
            }
        });
        update
    }

    pub fn waits(self) -> bool {
        self.0.get()
    }

    /// Takes the new release, whole, and loads the page again with it.
    pub fn take(self) {
        spawn_local(async move {
            let Some(container) = container() else { return };
            reload_on_change(&container);
            let registration = JsFuture::from(container.get_registration()).await;
            let registration: Option<ServiceWorkerRegistration> = registration.ok().and_then(|one| one.dyn_into().ok());
            if let Some(waiting) = registration.and_then(|registration| registration.waiting()) {
                let message = js_sys::Object::new();
                let _ = js_sys::Reflect::set(&message, &"type".into(), &"take-over".into());
                let _ = waiting.post_message(&message);
            }
        });
    }
}

async fn register(update: Update) -> Result<(), JsValue> {
    let container = container().ok_or("this browser has no service worker")?;
    let had_controller = container.controller().is_some();
    let registration: ServiceWorkerRegistration = JsFuture::from(container.register("/sw.js")).await?.unchecked_into();
    update.0.set(registration.waiting().is_some() && had_controller);
    watch_installs(&registration, update);
    if !had_controller {
        controlled(&container).await?;
    }
    // Kept by the worker; when it fails, the next visit tries again.
    let _ = api::catalogue::keep_offline().await;
    Ok(())
}

fn watch_installs(registration: &ServiceWorkerRegistration, update: Update) {
    let watched = registration.clone();
    let on_found = Closure::<dyn Fn()>::new(move || {
        let Some(installing) = watched.installing() else { return };
        let watched = installing.clone();
        let on_state = Closure::<dyn Fn()>::new(move || {
            let controlled = container().is_some_and(|container| container.controller().is_some());
            if watched.state() == web_sys::ServiceWorkerState::Installed && controlled {
                update.0.set(true);
            }
        });
        let _ = installing.add_event_listener_with_callback("statechange", on_state.as_ref().unchecked_ref());
        on_state.forget();
    });
    let _ = registration.add_event_listener_with_callback("updatefound", on_found.as_ref().unchecked_ref());
    on_found.forget();
}

/// Ends once a worker controls this page.
async fn controlled(container: &ServiceWorkerContainer) -> Result<(), JsValue> {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = container.add_event_listener_with_callback("controllerchange", &resolve);
    });
    if container.controller().is_none() {
        JsFuture::from(promise).await?;
    }
    Ok(())
}

fn reload_on_change(container: &ServiceWorkerContainer) {
    let reload = Closure::<dyn Fn()>::new(|| {
        let _ = window().location().reload();
    });
    let _ = container.add_event_listener_with_callback("controllerchange", reload.as_ref().unchecked_ref());
    reload.forget();
}

/// The container, where the browser has one: insecure origins and some private windows lack it.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = window().navigator();
    let has = js_sys::Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false);
    has.then(|| navigator.service_worker()).filter(|container| !container.is_undefined())
}
