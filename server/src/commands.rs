//! What the commands do, a file for each noun; what they share. The command line itself is in `main.rs`.

use std::path::Path;

use durvis_server::config::Config;
use durvis_server::{db, telemetry};
use sea_orm::DatabaseConnection;
use sea_orm_migration::MigratorTrait;

pub mod audit;
pub mod catalogue;
pub mod document;
pub mod e_service;
pub mod identity;
pub mod institution;
pub mod payment;
pub mod record;
pub mod serve;

pub type AnyError = Box<dyn std::error::Error + Send + Sync>;

/// The settings, and the database brought up to date.
pub struct Opened {
    pub config: Config,
    pub db: DatabaseConnection,
}

/// Reads the settings, starts the log and opens the database. A command that needs none of them does not call this.
pub async fn open(file: Option<&Path>) -> Result<Opened, AnyError> {
    let config = Config::load(file)?;
    telemetry::start(&config);
    let db = database(&config).await?;
    Ok(Opened { config, db })
}

/// The database, migrated. An SQLite file and its folder are made.
async fn database(config: &Config) -> Result<DatabaseConnection, AnyError> {
    let file = config.database_url.strip_prefix("sqlite:").map(|rest| rest.trim_start_matches("//"));
    if let Some(folder) = file.and_then(|file| Path::new(file.split('?').next()?).parent()) {
        std::fs::create_dir_all(folder)?;
    }
    let db = db::connect(&config.database_url).await.map_err(|error| format!("the database: {error}"))?;
    db::migration::Migrator::up(&db, None).await?;
    Ok(db)
}
