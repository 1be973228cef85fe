//! The catalogue: its release, its sources as imported, the descriptions it publishes, the files it serves.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{binary, integer, pk_auto, string, text};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let release = Table::create()
            .table("catalogue_release")
            .col(pk_auto("id"))
            .col(string("hash"))
            .col(string("imported_at"))
            .col(text("counts"))
            .col(text("manifest"))
            .take();
        let source_file =
            Table::create().table("source_file").col(string("path").primary_key()).col(text("text")).take();
        let description = Table::create()
            .table("description")
            .col(string("kind"))
            .col(string("lang"))
            .col(string("slug"))
            .col(integer("position"))
            .col(text("body"))
            .primary_key(Index::create().col("kind").col("lang").col("slug"))
            .take();
        let published_file = Table::create()
            .table("published_file")
            .col(string("name").primary_key())
            .col(binary("plain"))
            .col(binary("brotli"))
            .col(binary("gzip"))
            .take();
        for table in [release, source_file, description, published_file] {
            manager.create_table(table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["published_file", "description", "source_file", "catalogue_release"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}
