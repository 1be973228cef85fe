//! Bills and their payments. Times are milliseconds since 1970.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, integer, string, string_null, text_null};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let bill = Table::create()
            .table("bill")
            .col(string("id").primary_key())
            .col(big_integer("number").unique_key())
            .col(string("person_id"))
            .col(string("company"))
            .col(string("use_id").unique_key())
            .col(string("e_service"))
            .col(integer("version"))
            .col(string("institution"))
            .col(big_integer("amount_cents"))
            .col(string("state"))
            .col(string_null("payment_id"))
            .col(string("due"))
            .col(big_integer("made_at"))
            .col(big_integer_null("paid_at"))
            .take();
        manager.create_table(bill).await?;
        let payment = Table::create()
            .table("payment")
            .col(string("id").primary_key())
            .col(string("bill_id"))
            .col(string("bank"))
            .col(string("lang"))
            .col(string("state"))
            .col(string_null("bank_payment_id"))
            .col(text_null("redirect"))
            .col(big_integer("started_at"))
            .col(big_integer("asked_at"))
            .col(big_integer_null("silent_since"))
            .col(big_integer_null("finished_at"))
            .take();
        manager.create_table(payment).await?;
        for (name, table, columns) in [
            ("bill_person", "bill", ["person_id", "company"]),
            ("payment_bill", "payment", ["bill_id", "started_at"]),
            ("payment_live", "payment", ["finished_at", "asked_at"]),
        ] {
            let [one, other] = columns;
            let index = Index::create().name(name).table(table).col(one).col(other).take();
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["payment", "bill"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}
