//! What a payment pays: each bill with how much of it.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, Set};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub payment_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub bill_id: String,
    pub amount_cents: i64,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn add(db: &impl ConnectionTrait, payment_id: &str, bill_id: &str, amount_cents: i64) -> Result<(), DbErr> {
    let row = ActiveModel {
        payment_id: Set(payment_id.to_owned()),
        bill_id: Set(bill_id.to_owned()),
        amount_cents: Set(amount_cents),
    };
    Entity::insert(row).exec_without_returning(db).await.map(drop)
}

/// Those of several payments, by their bills.
pub async fn of_payments(db: &impl ConnectionTrait, payment_ids: &[String]) -> Result<Vec<Model>, DbErr> {
    if payment_ids.is_empty() {
        return Ok(Vec::new());
    }
    let some = Entity::find().filter(Column::PaymentId.is_in(payment_ids));
    some.order_by_asc(Column::PaymentId).order_by_asc(Column::BillId).all(db).await
}
