//! What happened to bills besides being paid at a bank: rows are added, never changed.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bill_event")]
pub struct Model {
    /// Made by whoever did it, 32 hexadecimal digits: repeated, it is the same.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub bill_id: String,
    /// 1, 2, 3 ... of its bill.
    pub number: i32,
    /// A code of `durvis_contract::bill::BillEventKind`.
    pub kind: String,
    /// Milliseconds since 1970.
    pub at: i64,
    /// `bills::events::Said`, as JSON, for the place `bill_event:<id>`.
    #[sea_orm(column_type = "Text")]
    pub sealed: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// Adds one; fails where there is one of the same id, or number of its bill.
pub async fn add(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    let row: ActiveModel = row.into();
    Entity::insert(row.reset_all()).exec_without_returning(db).await.map(drop)
}

pub async fn by_id(db: &impl ConnectionTrait, id: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id.to_owned()).one(db).await
}

/// Those of several bills, the oldest first.
pub async fn of_bills(db: &impl ConnectionTrait, bill_ids: &[String], most: u64) -> Result<Vec<Model>, DbErr> {
    if bill_ids.is_empty() {
        return Ok(Vec::new());
    }
    let some = Entity::find().filter(Column::BillId.is_in(bill_ids));
    some.order_by_asc(Column::BillId).order_by_asc(Column::Number).limit(most).all(db).await
}

/// Rows after an id, in order.
pub async fn after(db: &impl ConnectionTrait, id: &str, most: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.gt(id)).order_by_asc(Column::Id).limit(most).all(db).await
}

/// Puts the same, sealed anew, in place of what was sealed before.
pub async fn reseal(db: &impl ConnectionTrait, id: &str, sealed: String) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::Sealed, sealed.into()).filter(Column::Id.eq(id)).exec(db).await.map(drop)
}
