//! The database: one file for each table, with its entity and every query on it. Knows no HTTP and no contract type.
//!
//! SQLite (in write-ahead mode) and PostgreSQL, by one set of migrations.

use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr};

pub mod act;
pub mod api_client;
pub mod bill;
pub mod bill_event;
pub mod case_event;
pub mod challenge;
pub mod contact;
pub mod description;
pub mod document;
pub mod document_share;
pub mod e_service;
pub mod migration;
pub mod missed_search;
pub mod notice;
pub mod officer;
pub mod payment;
pub mod payment_item;
pub mod person;
pub mod published_file;
pub mod record_entry;
pub mod release;
pub mod reminder;
pub mod rule_told;
pub mod service_use;
pub mod session;
pub mod source_file;
pub mod stored_file;
pub mod webhook;
pub mod webhook_event;

/// Most rows of one INSERT: below the number of parameters that either database takes.
const ROWS_AT_ONCE: usize = 100;

/// Opens a database by its URL: `sqlite://data/durvis.sqlite?mode=rwc` or `postgres://...`.
///
/// # Errors
/// When it cannot be reached within five seconds.
pub async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(8).connect_timeout(Duration::from_secs(5)).acquire_timeout(Duration::from_secs(5));
    options.sqlx_logging(false);
    let db = Database::connect(options).await?;
    if db.get_database_backend() == DbBackend::Sqlite {
        db.execute_unprepared("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;")
            .await?;
    }
    Ok(db)
}
