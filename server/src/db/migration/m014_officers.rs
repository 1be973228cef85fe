//! Officers: who of an institution may work at its desk. Times are milliseconds since 1970.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, string};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let officer = Table::create()
            .table("officer")
            .col(string("id").primary_key())
            .col(string("lookup"))
            .col(string("institution"))
            .col(string("name"))
            .col(big_integer("added_at"))
            .col(big_integer_null("revoked_at"))
            .take();
        manager.create_table(officer).await?;
        let mut person = Index::create();
        person.name("officer_person").table("officer").col("lookup").col("institution");
        manager.create_index(person.take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("officer").take()).await
    }
}
