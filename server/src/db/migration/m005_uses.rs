//! E-services as published, and their uses. Times are milliseconds since 1970.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, boolean, integer, string, string_null, text};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let e_service = Table::create()
            .table("e_service")
            .col(string("slug"))
            .col(integer("version"))
            .col(text("body"))
            .col(boolean("in_force"))
            .col(big_integer("changed_at"))
            .primary_key(Index::create().col("slug").col("version"))
            .take();
        manager.create_table(e_service).await?;
        let service_use = Table::create()
            .table("service_use")
            .col(string("id").primary_key())
            .col(big_integer("number").unique_key())
            .col(string_null("person_id"))
            .col(string("company"))
            .col(string("e_service"))
            .col(integer("version"))
            .col(string("state"))
            .col(integer("revision"))
            .col(text("sealed"))
            .col(big_integer("started_at"))
            .col(big_integer("changed_at"))
            .col(big_integer_null("finished_at"))
            .take();
        manager.create_table(service_use).await?;
        let of_person = Index::create()
            .name("service_use_person")
            .table("service_use")
            .col("person_id")
            .col("company")
            .col("started_at")
            .take();
        manager.create_index(of_person).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["service_use", "e_service"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}
