//! Persons, their sessions, how to reach them, and the log of what was done. Times are milliseconds since 1970.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string, string_null};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let person = Table::create()
            .table("person")
            .col(string("id").primary_key())
            .col(string("lookup").unique_key())
            .col(string("sealed"))
            .col(big_integer("created_at"))
            .take();
        manager.create_table(person).await?;
        let session = Table::create()
            .table("session")
            .col(string("digest").primary_key())
            .col(string("handle").unique_key())
            .col(string("person_id"))
            .col(string("sealed"))
            .col(string_null("company"))
            .col(string("way"))
            .col(string("address"))
            .col(string("agent"))
            .col(big_integer("created_at"))
            .col(big_integer("seen_at"))
            .col(big_integer("ends_at"))
            .take();
        manager.create_table(session).await?;
        let of_person = Index::create().name("session_person").table("session").col("person_id").take();
        manager.create_index(of_person).await?;
        let contact = Table::create()
            .table("contact")
            .col(string("person_id").primary_key())
            .col(string("sealed"))
            .col(big_integer("changed_at"))
            .take();
        manager.create_table(contact).await?;
        let act = Table::create()
            .table("act")
            .col(big_integer("number").primary_key())
            .col(big_integer("at"))
            .col(string_null("person_id"))
            .col(string("kind"))
            .col(string("sealed"))
            .col(string("content"))
            .col(string("before"))
            .col(string("digest"))
            .take();
        manager.create_table(act).await?;
        let of_person = Index::create().name("act_person").table("act").col("person_id").col("number").take();
        manager.create_index(of_person).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["act", "contact", "session", "person"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}
