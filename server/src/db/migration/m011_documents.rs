//! Documents, and the links by which they are shared; their bytes are in the object store. Times are milliseconds since 1970.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, integer, string, string_null, text};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let document = Table::create()
            .table("document")
            .col(string("id").primary_key())
            .col(string("person_id"))
            .col(string("company"))
            .col(string("kind"))
            .col(string("source").unique_key())
            .col(string_null("use_id"))
            .col(string_null("bill_id"))
            .col(big_integer_null("number").unique_key())
            .col(big_integer("code"))
            .col(string("lang"))
            .col(string("e_service"))
            .col(integer("version"))
            .col(string_null("institution"))
            .col(string("media_type"))
            .col(text("sealed"))
            .col(big_integer("bytes"))
            .col(string_null("digest"))
            .col(big_integer("at"))
            .col(big_integer("next"))
            .take();
        manager.create_table(document).await?;
        let share = Table::create()
            .table("document_share")
            .col(string("id").primary_key())
            .col(string("token").unique_key())
            .col(string("document_id"))
            .col(big_integer("made_at"))
            .col(big_integer("ends_at"))
            .col(integer("opened"))
            .take();
        manager.create_table(share).await?;
        let index = |name: &str, table: &'static str, columns: &[&'static str]| {
            let mut index = Index::create();
            index.name(name).table(table);
            for column in columns {
                index.col(*column);
            }
            index.take()
        };
        manager.create_index(index("document_person", "document", &["person_id", "company", "at"])).await?;
        manager.create_index(index("document_use", "document", &["use_id"])).await?;
        manager.create_index(index("document_waiting", "document", &["digest", "next"])).await?;
        manager.create_index(index("share_document", "document_share", &["document_id"])).await?;
        manager.create_index(index("share_end", "document_share", &["ends_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["document_share", "document"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}
