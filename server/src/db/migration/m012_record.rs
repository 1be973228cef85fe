//! What citizens can prove. Times are milliseconds since 1970.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, string};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let entry = Table::create()
            .table("record_entry")
            .col(string("person_id"))
            .col(string("company"))
            .col(integer("sequence"))
            .col(string("kind"))
            .col(big_integer("number"))
            .col(big_integer("at"))
            .col(string("digest"))
            .col(string("link"))
            .col(string("key"))
            .col(string("signature"))
            .primary_key(Index::create().col("person_id").col("company").col("sequence"))
            .take();
        manager.create_table(entry).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("record_entry").take()).await
    }
}
