//! The citizen's favourites: kept in this browser with their whole description, read without a network.

use std::collections::BTreeMap;

use durvis_contract::ServiceDetail;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::database::Database;
use crate::api;
use crate::i18n::{key, lang, tf};
use crate::page::announce;

/// A service that the citizen keeps, for one municipality or as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Favourite {
    pub slug: String,
    #[serde(default)]
    pub territory: Option<String>,
    pub name: String,
    pub lang: String,
    /// Milliseconds since 1970.
    pub saved_at: f64,
    /// Missing until it could be fetched.
    #[serde(default)]
    pub detail: Option<ServiceDetail>,
}

/// All of them, in a context.
#[derive(Clone, Copy)]
pub struct Favourites {
    all: RwSignal<BTreeMap<String, Favourite>>,
    /// Whether this browser keeps them beyond the page.
    pub kept: RwSignal<bool>,
    database: StoredValue<Option<Database>, LocalStorage>,
}

impl Favourites {
    /// Reads them from this browser, and fetches the descriptions that are missing.
    pub fn load() -> Self {
        let favourites = Self {
            all: RwSignal::new(BTreeMap::new()),
            kept: RwSignal::new(true),
            database: StoredValue::new_local(None),
        };
        spawn_local(async move {
            match Database::open().await {
                Ok(database) => {
                    let kept = database.all().await.unwrap_or_default();
                    favourites.database.set_value(Some(database));
                    let kept = kept.iter().filter_map(|text| serde_json::from_str::<Favourite>(text).ok());
                    let kept: Vec<Favourite> = kept.collect();
                    favourites.all.update(|all| all.extend(kept.iter().map(|one| (one.slug.clone(), one.clone()))));
                    for missing in kept.into_iter().filter(|one| one.detail.is_none()) {
                        favourites.describe(missing).await;
                    }
                }
                Err(_) => favourites.kept.set(false),
            }
        });
        favourites
    }

    /// The newest first.
    pub fn list(self) -> Vec<Favourite> {
        let mut list: Vec<Favourite> = self.all.get().into_values().collect();
        list.sort_by(|a, b| b.saved_at.total_cmp(&a.saved_at));
        list
    }

    pub fn has(self, slug: &str) -> bool {
        self.all.with(|all| all.contains_key(slug))
    }

    pub fn get(self, slug: &str) -> Option<Favourite> {
        self.all.with(|all| all.get(slug).cloned())
    }

    /// Adds what is not there and removes what is.
    pub fn toggle(self, slug: String, name: String, territory: Option<String>) {
        if self.all.with_untracked(|all| all.contains_key(&slug)) {
            self.all.update(|all| drop(all.remove(&slug)));
            announce(&tf(key::BANNER_REMOVED, &[("name", &name)]));
            spawn_local(async move {
                if let Some(database) = self.database.get_value() {
                    self.note(database.delete(&slug).await);
                }
            });
            return;
        }
        announce(&tf(key::BANNER_SAVED, &[("name", &name)]));
        let saved_at = js_sys::Date::now();
        let favourite = Favourite { slug, territory, name, lang: lang().code().into(), saved_at, detail: None };
        spawn_local(async move {
            self.put(favourite.clone()).await;
            self.describe(favourite).await;
        });
    }

    /// Fetches the whole description; when it cannot be had now, the next visit tries again.
    async fn describe(self, favourite: Favourite) {
        if let Ok(detail) = api::services::get_service(&favourite.slug).await {
            // It may have been removed in the meantime.
            if self.all.with_untracked(|all| all.contains_key(&favourite.slug)) {
                self.put(Favourite { detail: Some(detail), ..favourite }).await;
            }
        }
    }

    async fn put(self, favourite: Favourite) {
        let text = serde_json::to_string(&favourite).unwrap_or_default();
        let key = favourite.slug.clone();
        self.all.update(|all| drop(all.insert(key.clone(), favourite)));
        if let Some(database) = self.database.get_value() {
            self.note(database.put(&key, &text).await);
        }
    }

    /// Tells when the browser did not keep it (a full disk, a forbidden store).
    fn note<E>(self, result: Result<(), E>) {
        if result.is_err() {
            self.kept.set(false);
        }
    }
}

/// The favourites of this app.
pub fn use_favourites() -> Favourites {
    expect_context()
}
