//! The citizen's favourites: kept in this browser with their whole description, read without a network.

use durvis_contract::ServiceDetail;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

use super::database::{Database, object};
use crate::api;
use crate::api::decode::{Decode, field};
use crate::i18n::{content, key, tf};
use crate::page::announce;

/// A service that the citizen keeps, for one municipality or as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Favourite {
    pub slug: String,
    pub territory: Option<String>,
    pub name: String,
    /// The language of the name and the description; missing in copies of earlier releases.
    pub lang: Option<String>,
    /// Milliseconds since 1970.
    pub saved_at: f64,
    /// Missing until it could be fetched.
    pub detail: Option<ServiceDetail>,
}

/// All of them, in a context.
#[derive(Clone, Copy)]
pub struct Favourites {
    /// The newest first.
    all: RwSignal<Vec<Favourite>>,
    /// Whether this browser keeps them beyond the page.
    pub kept: RwSignal<bool>,
    database: StoredValue<Option<Database>, LocalStorage>,
}

impl Favourites {
    /// Reads them from this browser, and fetches the descriptions that are missing.
    pub fn load() -> Self {
        let favourites =
            Self { all: RwSignal::new(Vec::new()), kept: RwSignal::new(true), database: StoredValue::new_local(None) };
        spawn_local(async move {
            let Ok(database) = Database::open().await else { return favourites.kept.set(false) };
            let kept = database.all().await.unwrap_or_default();
            favourites.database.set_value(Some(database));
            let kept: Vec<Favourite> = kept.iter().filter_map(|value| Favourite::decode(&value)).collect();
            for favourite in &kept {
                favourites.insert(favourite.clone());
            }
            for missing in kept.into_iter().filter(|one| one.detail.is_none()) {
                favourites.describe(missing).await;
            }
        });
        favourites
    }

    /// The newest first.
    pub fn list(self) -> Vec<Favourite> {
        self.all.get()
    }

    pub fn has(self, slug: &str) -> bool {
        self.all.with(|all| all.iter().any(|one| one.slug == slug))
    }

    pub fn get(self, slug: &str) -> Option<Favourite> {
        self.all.with(|all| all.iter().find(|one| one.slug == slug).cloned())
    }

    /// Adds what is not there and removes what is.
    pub fn toggle(self, slug: String, name: String, territory: Option<String>) {
        if untrack(|| self.has(&slug)) {
            self.all.update(|all| all.retain(|one| one.slug != slug));
            announce(&tf(key::BANNER_REMOVED, &[("name", &name)]));
            spawn_local(async move {
                if let Some(database) = self.database.get_value() {
                    self.note(database.delete(&slug).await);
                }
            });
            return;
        }
        announce(&tf(key::BANNER_SAVED, &[("name", &name)]));
        let lang = Some(content().to_owned());
        let favourite = Favourite { slug, territory, name, lang, saved_at: js_sys::Date::now(), detail: None };
        spawn_local(async move {
            self.put(favourite.clone(), &JsValue::NULL).await;
            self.describe(favourite).await;
        });
    }

    /// Forgets all of them.
    pub async fn wipe(self) {
        self.all.set(Vec::new());
        if let Some(database) = self.database.get_value() {
            self.note(database.clear().await);
        }
    }

    /// Puts one in its place, over the one of its slug.
    fn insert(self, favourite: Favourite) {
        self.all.update(|all| {
            all.retain(|one| one.slug != favourite.slug);
            let at = all.iter().position(|one| one.saved_at < favourite.saved_at).unwrap_or(all.len());
            all.insert(at, favourite);
        });
    }

    /// Fetches the whole description; when it cannot be had now, the next visit tries again.
    async fn describe(self, favourite: Favourite) {
        if let Ok(raw) = api::services::get_service_json(&favourite.slug).await {
            // It may have been removed in the meantime.
            if untrack(|| self.has(&favourite.slug)) {
                self.put(Favourite { detail: ServiceDetail::decode(&raw), ..favourite }, &raw).await;
            }
        }
    }

    /// Keeps one; `raw` is its description as the browser parsed it, which the browser keeps as it is.
    async fn put(self, favourite: Favourite, raw: &JsValue) {
        let territory = favourite.territory.as_deref().map_or(JsValue::NULL, JsValue::from);
        let value = object(&[
            ("slug", &favourite.slug.as_str().into()),
            ("territory", &territory),
            ("name", &favourite.name.as_str().into()),
            ("lang", &favourite.lang.as_deref().map_or(JsValue::NULL, JsValue::from)),
            ("saved_at", &favourite.saved_at.into()),
            ("detail", raw),
        ]);
        let slug = favourite.slug.clone();
        self.insert(favourite);
        if let Some(database) = self.database.get_value() {
            self.note(database.put(&slug, &value).await);
        }
    }

    /// Tells when the browser did not keep it (a full disk, a forbidden store).
    fn note(self, result: Result<(), JsValue>) {
        if result.is_err() {
            self.kept.set(false);
        }
    }
}

impl Decode for Favourite {
    fn decode(value: &JsValue) -> Option<Self> {
        Some(Self {
            slug: field(value, "slug")?,
            territory: field(value, "territory")?,
            name: field(value, "name")?,
            lang: field(value, "lang")?,
            saved_at: field(value, "saved_at")?,
            detail: field(value, "detail")?,
        })
    }
}

/// The favourites of this app.
pub fn use_favourites() -> Favourites {
    expect_context()
}
