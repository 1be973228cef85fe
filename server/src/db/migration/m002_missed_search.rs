//! Searches that found nothing, for the editors.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let missed_search = Table::create()
            .table("missed_search")
            .col(string("lang"))
            .col(string("text"))
            .col(big_integer("searches"))
            .primary_key(Index::create().col("lang").col("text"))
            .take();
        manager.create_table(missed_search).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("missed_search").take()).await
    }
}
