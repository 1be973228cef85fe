//! Notices, and the letters of them. Times are milliseconds since 1970.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, boolean, integer, string};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let notice = Table::create()
            .table("notice")
            .col(big_pk_auto("id"))
            .col(string("person_id"))
            .col(string("company"))
            .col(string("kind"))
            .col(string("e_service"))
            .col(integer("version"))
            .col(big_integer("number"))
            .col(string("about"))
            .col(big_integer("at"))
            .col(big_integer_null("read_at"))
            .col(string("mail"))
            .col(big_integer("mail_next"))
            .col(integer("mail_tries"))
            .col(boolean("mail_repeated"))
            .take();
        manager.create_table(notice).await?;
        let index = |name: &str, columns: &[&'static str]| {
            let mut index = Index::create();
            index.name(name).table("notice");
            for column in columns {
                index.col(*column);
            }
            index.take()
        };
        manager.create_index(index("notice_person", &["person_id", "company", "id"])).await?;
        manager.create_index(index("notice_unread", &["person_id", "company", "read_at"])).await?;
        manager.create_index(index("notice_mail", &["mail", "mail_next"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("notice").take()).await
    }
}
