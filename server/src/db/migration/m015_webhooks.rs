//! Webhooks of institutions, and what they are still to be told. Times are milliseconds since 1970.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, boolean, integer, string, text};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let webhook = Table::create()
            .table("webhook")
            .col(string("id").primary_key())
            .col(string("institution"))
            .col(text("url"))
            .col(text("sealed"))
            .col(boolean("loopback"))
            .col(big_integer("added_at"))
            .col(big_integer_null("removed_at"))
            .take();
        manager.create_table(webhook).await?;
        let event = Table::create()
            .table("webhook_event")
            .col(big_pk_auto("id"))
            .col(string("message"))
            .col(string("webhook_id"))
            .col(string("use_id"))
            .col(big_integer("number"))
            .col(string("kind"))
            .col(big_integer("at"))
            .col(string("state"))
            .col(big_integer("next"))
            .col(integer("tries"))
            .take();
        manager.create_table(event).await?;
        let index = |name: &str, table: &'static str, columns: &[&'static str]| {
            let mut index = Index::create();
            index.name(name).table(table);
            for column in columns {
                index.col(*column);
            }
            index.take()
        };
        manager.create_index(index("webhook_institution", "webhook", &["institution"])).await?;
        manager.create_index(index("webhook_event_due", "webhook_event", &["state", "next"])).await?;
        manager.create_index(index("webhook_event_case", "webhook_event", &["webhook_id", "use_id", "state"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["webhook_event", "webhook"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}
