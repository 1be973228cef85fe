//! Challenges that wait for a card: digests only, each good for one answer. Times are milliseconds since 1970.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let challenge =
            Table::create().table("challenge").col(string("digest").primary_key()).col(big_integer("ends_at")).take();
        manager.create_table(challenge).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("challenge").take()).await
    }
}
