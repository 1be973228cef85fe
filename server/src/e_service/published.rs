//! The e-services that citizens can use: published from files into the database, kept in memory by the running server.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use durvis_contract::e_service::Definition;
use sea_orm::{DatabaseConnection, DbErr, TransactionTrait};
use serde_json::Value;
use thiserror::Error;

use super::Checked;
use crate::catalogue::Finding;
use crate::db::e_service::{self, Model};

/// How often the database is asked for changes.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Why nothing was published.
#[derive(Debug, Error)]
pub enum PublishError {
    #[error("{} mistakes, the first: {}", .0.len(), .0[0])]
    Mistakes(Vec<Finding>),
    #[error("{0}: other questions than the published version {1}; count the version up")]
    SameVersion(String, i32),
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
    #[error("a published e-service is damaged: {0}")]
    Damaged(#[from] serde_json::Error),
}

/// What publishing did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// New ones, new versions, corrected texts.
    pub changed: usize,
    pub unchanged: usize,
    /// Not among the files any more: nobody can begin them, uses under way go on.
    pub withdrawn: usize,
}

/// Puts all of them in force, in one transaction, or none.
///
/// # Errors
/// When one has a mistake, or asks otherwise than before under the same version.
pub async fn publish(db: &DatabaseConnection, checked: Checked, now: i64) -> Result<Published, PublishError> {
    if !checked.findings.is_empty() {
        return Err(PublishError::Mistakes(checked.findings));
    }
    let turn = db.begin().await?;
    let before = e_service::all(&turn).await?;
    let changed_at = before.iter().map(|row| row.changed_at + 1).max().unwrap_or(0).max(now);
    let mut done = Published::default();
    let mut rows = Vec::new();
    for (slug, definition) in &checked.definitions {
        let version = i32::try_from(definition.version).unwrap_or(i32::MAX);
        let body = serde_json::to_string(definition)?;
        let own = || before.iter().filter(|row| row.slug == *slug);
        match own().find(|row| row.version == version) {
            Some(row) if row.body == body && row.in_force => {
                done.unchanged += 1;
                continue;
            }
            Some(row) if questions(&row.body)? != questions(&body)? => {
                return Err(PublishError::SameVersion(slug.clone(), version));
            }
            _ => done.changed += 1,
        }
        rows.extend(
            own().filter(|row| row.in_force && row.version != version).cloned().map(|row| out(row, changed_at)),
        );
        rows.push(Model { slug: slug.clone(), version, body, in_force: true, changed_at });
    }
    for row in before.iter().filter(|row| row.in_force && !checked.definitions.contains_key(&row.slug)) {
        done.withdrawn += 1;
        rows.push(out(row.clone(), changed_at));
    }
    for row in rows {
        e_service::put(&turn, row).await?;
    }
    turn.commit().await?;
    Ok(done)
}

fn out(row: Model, changed_at: i64) -> Model {
    Model { in_force: false, changed_at, ..row }
}

/// A definition without what only readers notice: texts may be corrected, questions not.
fn questions(body: &str) -> Result<Value, serde_json::Error> {
    const WORDS: [&str; 10] =
        ["title", "summary", "terms", "label", "hint", "why", "message", "words", "examples", "retention_days"];
    fn strip(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                WORDS.iter().for_each(|word| drop(fields.remove(*word)));
                fields.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = serde_json::from_str(body)?;
    strip(&mut value);
    Ok(value)
}

/// All published versions, and which of them is in force.
#[derive(Debug, Default)]
pub struct Versions {
    changed_at: Option<i64>,
    by_version: HashMap<(String, u32), Arc<Definition>>,
    in_force: Vec<Arc<Definition>>,
}

impl Versions {
    /// A version; the one in force where none is named.
    #[must_use]
    pub fn get(&self, slug: &str, version: Option<u32>) -> Option<&Arc<Definition>> {
        match version {
            Some(version) => self.by_version.get(&(slug.to_owned(), version)),
            None => self.in_force.iter().find(|one| one.id == slug),
        }
    }

    /// Every version that was ever published.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Definition>> {
        self.by_version.values()
    }

    /// Those that can be started, by slug.
    #[must_use]
    pub fn in_force(&self) -> &[Arc<Definition>] {
        &self.in_force
    }
}

/// The versions of this moment, shared by all requests.
#[derive(Clone, Default)]
pub struct EServices(Arc<RwLock<Arc<Versions>>>);

impl EServices {
    #[must_use]
    pub fn current(&self) -> Arc<Versions> {
        self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Takes what is published from the database, when it has changed.
    ///
    /// # Errors
    /// When it cannot be read; what was there stays.
    pub async fn refresh(&self, db: &DatabaseConnection) -> Result<bool, PublishError> {
        let changed_at = e_service::changed_at(db).await?;
        if changed_at == self.current().changed_at {
            return Ok(false);
        }
        let mut versions = Versions { changed_at, ..Versions::default() };
        for row in e_service::all(db).await? {
            let definition: Arc<Definition> = Arc::new(serde_json::from_str(&row.body)?);
            if row.in_force {
                versions.in_force.push(definition.clone());
            }
            versions.by_version.insert((row.slug, definition.version), definition);
        }
        *self.0.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(versions);
        Ok(true)
    }

    /// Looks for changes now and then, for as long as the server runs.
    pub async fn follow(self, db: DatabaseConnection) {
        let mut ticks = tokio::time::interval(LOOK_EVERY);
        loop {
            ticks.tick().await;
            match self.refresh(&db).await {
                Ok(true) => tracing::info!(many = self.current().in_force.len(), "took new e-services into service"),
                Ok(false) => {}
                Err(error) => tracing::error!(%error, "cannot look for new e-services; going on with those there are"),
            }
        }
    }
}
