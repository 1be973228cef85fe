//! The catalogue that this server serves: read from the database once, swapped whole when another is in force.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use durvis_contract::{Counts, Home, HomeEvent, HomeService, Manifest};
use durvis_search::{Index, kind};
use sea_orm::{DatabaseConnection, DbErr};
use thiserror::Error;

use crate::db::{published_file, release};
use crate::site::Asset;

/// How often the database is asked for a new release, and how many services the home page names.
const LOOK_EVERY: Duration = Duration::from_secs(5);
const POPULAR: usize = 6;

/// Why a release cannot be served.
#[derive(Debug, Error)]
pub enum LoadError {
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
    #[error("the release is damaged: {0}")]
    Damaged(String),
}

/// One release, ready to be served.
#[derive(Default)]
pub struct Released {
    pub id: i32,
    pub manifest: Option<Manifest>,
    pub counts: Counts,
    /// By language.
    pub indexes: HashMap<String, Index>,
    /// By name, under `/catalogue/`.
    pub files: HashMap<String, Asset>,
}

/// The release in force, shared by all requests.
#[derive(Clone, Default)]
pub struct Live(Arc<RwLock<Arc<Released>>>);

impl Live {
    /// The release of this moment; a request keeps it to its end.
    #[must_use]
    pub fn current(&self) -> Arc<Released> {
        self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Takes the release in force from the database, when it is another one.
    ///
    /// # Errors
    /// When it cannot be read; the present one stays.
    pub async fn refresh(&self, db: &DatabaseConnection) -> Result<bool, LoadError> {
        if release::current_id(db).await? == Some(self.current().id) {
            return Ok(false);
        }
        let Some(row) = release::current(db).await? else { return Ok(false) };
        let released = load(db, row).await?;
        *self.0.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(released);
        Ok(true)
    }

    /// Looks for another release now and then, for as long as the server runs.
    pub async fn follow(self, db: DatabaseConnection) {
        let mut ticks = tokio::time::interval(LOOK_EVERY);
        loop {
            ticks.tick().await;
            match self.refresh(&db).await {
                Ok(true) => tracing::info!(release = self.current().id, "took a new catalogue into service"),
                Ok(false) => {}
                Err(error) => tracing::error!(%error, "cannot look for a new catalogue; serving the one there is"),
            }
        }
    }
}

async fn load(db: &DatabaseConnection, row: release::Model) -> Result<Released, LoadError> {
    let damaged = |error: serde_json::Error| LoadError::Damaged(error.to_string());
    let manifest: Manifest = serde_json::from_str(&row.manifest).map_err(damaged)?;
    let counts: Counts = serde_json::from_str(&row.counts).map_err(damaged)?;
    let mut released = Released { id: row.id, counts, ..Released::default() };
    let files = published_file::all(db).await?;
    for names in &manifest.files {
        let name = names.index.trim_start_matches("/catalogue/");
        let file = files.iter().find(|file| file.name == name);
        let file = file.ok_or_else(|| LoadError::Damaged(format!("{name} is missing")))?;
        let index = Index::open(file.plain.as_slice()).map_err(|error| LoadError::Damaged(error.to_string()))?;
        released.indexes.insert(names.lang.clone(), index);
    }
    released.files = files
        .into_iter()
        .map(|file| {
            let content_type =
                if file.name.contains(".details.") { "application/json" } else { "application/octet-stream" };
            let asset = Asset::immutable(content_type, file.plain, file.brotli, file.gzip);
            (file.name, asset)
        })
        .collect();
    released.manifest = Some(manifest);
    Ok(released)
}

impl Released {
    /// What the home page shows in a language; the fall-back language for one it has not.
    #[must_use]
    pub fn home(&self, lang: &str) -> Home {
        let fallback = self.counts.languages.first();
        let index = self.indexes.get(lang).or_else(|| self.indexes.get(fallback?));
        let Some(index) = index else { return Home::default() };
        let (services, e_services) = index.sizes();
        let event =
            |event: durvis_search::LifeEvent| HomeEvent { slug: event.slug, name: event.name, icon: event.icon };
        let service = |doc: &durvis_search::Doc| HomeService {
            slug: doc.slug.clone(),
            name: doc.name.clone(),
            institution: index.institution_of(doc).map(|owner| owner.name).unwrap_or_default(),
            municipalities: if doc.municipal { doc.variants.len() as u16 } else { 0 },
            here: doc.kinds & kind::HERE != 0,
        };
        Home {
            services: services as u32,
            e_services: e_services as u32,
            life_events: index.life_events().map(event).collect(),
            popular: index.popular_e_services(POPULAR).iter().map(service).collect(),
        }
    }
}
