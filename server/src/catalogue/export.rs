//! Gives the catalogue in force back, as it was imported.

use sea_orm::{DatabaseConnection, DbErr};

use super::read::Sources;
use crate::db::source_file;

/// The sources of the catalogue in force, to the byte.
///
/// # Errors
/// When the database fails.
pub async fn export(db: &DatabaseConnection) -> Result<Sources, DbErr> {
    let files = source_file::all(db).await?;
    Ok(Sources(files.into_iter().map(|file| (file.path, file.text)).collect()))
}
