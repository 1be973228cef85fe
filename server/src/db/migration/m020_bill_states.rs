//! Bills in parts, disputed, refunded; what happened to them; and payments of several. Times are milliseconds since 1970.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, boolean, integer, string, text, text_null};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const COLUMNS: [&str; 5] = ["paid_cents", "refunded_cents", "reminded_at", "disputed", "parts"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let columns = [
            big_integer("paid_cents").default(0).take(),
            big_integer("refunded_cents").default(0).take(),
            big_integer_null("reminded_at").take(),
            boolean("disputed").default(false).take(),
            text_null("parts").take(),
        ];
        // One column a step: SQLite takes no more.
        for column in columns {
            manager.alter_table(Table::alter().table("bill").add_column(column).take()).await?;
        }
        db.execute_unprepared("UPDATE bill SET paid_cents = amount_cents WHERE state = 'paid'").await?;
        let item = Table::create()
            .table("payment_item")
            .col(string("payment_id"))
            .col(string("bill_id"))
            .col(big_integer("amount_cents"))
            .primary_key(Index::create().col("payment_id").col("bill_id"))
            .take();
        manager.create_table(item).await?;
        db.execute_unprepared(
            "INSERT INTO payment_item SELECT payment.id, bill.id, bill.amount_cents FROM payment JOIN bill ON bill.id = payment.bill_id",
        )
        .await?;
        manager.drop_index(Index::drop().name("payment_bill").table("payment").to_owned()).await?;
        manager.alter_table(Table::alter().table("payment").drop_column("bill_id").take()).await?;
        let event = Table::create()
            .table("bill_event")
            .col(string("id").primary_key())
            .col(string("bill_id"))
            .col(integer("number"))
            .col(string("kind"))
            .col(big_integer("at"))
            .col(text("sealed"))
            .take();
        manager.create_table(event).await?;
        let index =
            Index::create().name("bill_event_number").table("bill_event").col("bill_id").col("number").unique().take();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        manager.drop_table(Table::drop().table("bill_event").take()).await?;
        let column = string("bill_id").default("").take();
        manager.alter_table(Table::alter().table("payment").add_column(column).take()).await?;
        db.execute_unprepared(
            "UPDATE payment SET bill_id = COALESCE((SELECT MIN(bill_id) FROM payment_item WHERE payment_id = payment.id), '')",
        )
        .await?;
        let index = Index::create().name("payment_bill").table("payment").col("bill_id").col("started_at").take();
        manager.create_index(index).await?;
        manager.drop_table(Table::drop().table("payment_item").take()).await?;
        for column in COLUMNS {
            manager.alter_table(Table::alter().table("bill").drop_column(column).take()).await?;
        }
        Ok(())
    }
}
