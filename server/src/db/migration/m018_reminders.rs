//! Reminders, what rules have reminded of, and until when documents are valid. Times are milliseconds since 1970.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, integer, string, string_null, text};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let reminder = Table::create()
            .table("reminder")
            .col(string("id").primary_key())
            .col(string("person_id"))
            .col(string("company"))
            .col(string("kind"))
            .col(string("about"))
            .col(string("e_service"))
            .col(integer("version"))
            .col(big_integer("number"))
            .col(string("day"))
            .col(text("sealed"))
            .col(big_integer_null("told_at"))
            .take();
        manager.create_table(reminder).await?;
        let told = Table::create()
            .table("rule_told")
            .col(string("rule"))
            .col(string("about"))
            .col(big_integer("at"))
            .primary_key(Index::create().col("rule").col("about"))
            .take();
        manager.create_table(told).await?;
        let column = Table::alter().table("document").add_column(string_null("valid_until")).take();
        manager.alter_table(column).await?;
        let index = |name: &str, table: &'static str, columns: &[&'static str]| {
            let mut index = Index::create();
            index.name(name).table(table);
            for column in columns {
                index.col(*column);
            }
            index.take()
        };
        manager.create_index(index("reminder_person", "reminder", &["person_id", "company", "day"])).await?;
        manager.create_index(index("reminder_due", "reminder", &["told_at", "day"])).await?;
        manager.create_index(index("rule_told_at", "rule_told", &["at"])).await?;
        manager.create_index(index("document_valid", "document", &["valid_until"])).await?;
        manager.create_index(index("bill_due", "bill", &["state", "due"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (index, table) in [("document_valid", "document"), ("bill_due", "bill")] {
            manager.drop_index(Index::drop().name(index).table(table).to_owned()).await?;
        }
        manager.alter_table(Table::alter().table("document").drop_column("valid_until").take()).await?;
        for table in ["rule_told", "reminder"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}
