//! Files that go along with uses; their bytes are in the object store. Times are milliseconds since 1970.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, boolean, integer, string, text};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let stored_file = Table::create()
            .table("stored_file")
            .col(string("id").primary_key())
            .col(string("person_id"))
            .col(string("company"))
            .col(string("use_id"))
            .col(text("sealed"))
            .col(big_integer("bytes"))
            .col(integer("parts"))
            .col(boolean("whole"))
            .col(big_integer("changed_at"))
            .col(big_integer_null("sent_at"))
            .take();
        manager.create_table(stored_file).await?;
        let index = |name: &str, columns: &[&'static str]| {
            let mut index = Index::create();
            index.name(name).table("stored_file");
            for column in columns {
                index.col(*column);
            }
            index.take()
        };
        manager.create_index(index("stored_file_use", &["use_id"])).await?;
        manager.create_index(index("stored_file_person", &["person_id", "sent_at"])).await?;
        manager.create_index(index("stored_file_sweep", &["sent_at", "changed_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("stored_file").take()).await
    }
}
