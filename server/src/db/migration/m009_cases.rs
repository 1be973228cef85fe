//! Cases: who has a use to decide and by when, what happened to it, and the machines of institutions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, integer, string, string_null, text};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One at a time: SQLite adds no two columns at once.
        for column in [string_null("institution"), string_null("decide_by")] {
            manager.alter_table(Table::alter().table("service_use").add_column(column).take()).await?;
        }
        let decided = Table::alter().table("service_use").add_column(big_integer_null("decided_at")).take();
        manager.alter_table(decided).await?;
        let event = Table::create()
            .table("case_event")
            .col(string("id").primary_key())
            .col(string("use_id"))
            .col(integer("number"))
            .col(string("kind"))
            .col(big_integer("at"))
            .col(text("sealed"))
            .take();
        manager.create_table(event).await?;
        let client = Table::create()
            .table("api_client")
            .col(string("id").primary_key())
            .col(string("institution"))
            .col(string("name"))
            .col(string("secret"))
            .col(string_null("token"))
            .col(big_integer("token_until"))
            .col(big_integer("created_at"))
            .col(big_integer_null("revoked_at"))
            .take();
        manager.create_table(client).await?;
        let index = |name: &str, table: &'static str, columns: &[&'static str]| {
            let mut index = Index::create();
            index.name(name).table(table);
            for column in columns {
                index.col(*column);
            }
            index.take()
        };
        manager.create_index(index("service_use_queue", "service_use", &["institution", "state", "decide_by"])).await?;
        manager.create_index(index("service_use_decided", "service_use", &["e_service", "decided_at"])).await?;
        manager.create_index(index("api_client_token", "api_client", &["token"])).await?;
        let mut numbers = index("case_event_use", "case_event", &["use_id", "number"]);
        manager.create_index(numbers.unique().take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["api_client", "case_event"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        for index in ["service_use_decided", "service_use_queue"] {
            manager.drop_index(Index::drop().name(index).table("service_use").to_owned()).await?;
        }
        for column in ["decided_at", "decide_by", "institution"] {
            manager.alter_table(Table::alter().table("service_use").drop_column(column).take()).await?;
        }
        Ok(())
    }
}
