//! When the answers of a use were deleted, because their time was over. Milliseconds since 1970.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer_null;

const INDEX: &str = "service_use_forget";

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = Table::alter().table("service_use").add_column(big_integer_null("forgotten_at")).take();
        manager.alter_table(column).await?;
        let to_forget = Index::create().name(INDEX).table("service_use").col("forgotten_at").col("changed_at").take();
        manager.create_index(to_forget).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(INDEX).table("service_use").to_owned()).await?;
        manager.alter_table(Table::alter().table("service_use").drop_column("forgotten_at").take()).await
    }
}
