//! Bills that an institution makes within a case: which case, and what for.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{string_null, text_null};

const INDEX: &str = "bill_case";

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a step: SQLite takes no more.
        for column in [string_null("case_id"), text_null("sealed")] {
            manager.alter_table(Table::alter().table("bill").add_column(column).take()).await?;
        }
        manager.create_index(Index::create().name(INDEX).table("bill").col("case_id").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(INDEX).table("bill").to_owned()).await?;
        for column in ["sealed", "case_id"] {
            manager.alter_table(Table::alter().table("bill").drop_column(column).take()).await?;
        }
        Ok(())
    }
}
