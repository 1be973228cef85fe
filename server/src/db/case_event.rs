//! What happened to cases: rows are added, never changed.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_event")]
pub struct Model {
    /// Made by whoever did it, 32 hexadecimal digits: repeated, it is the same.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub use_id: String,
    /// 1, 2, 3 ... within its case.
    pub number: i32,
    /// A code of `durvis_contract::case::EventKind`.
    pub kind: String,
    /// Milliseconds since 1970.
    pub at: i64,
    /// `cases::Said`, as JSON, for the place `case_event:<id>`.
    #[sea_orm(column_type = "Text")]
    pub sealed: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// Adds one; fails where there is one of the same id, or number in its case.
pub async fn add(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    let row: ActiveModel = row.into();
    Entity::insert(row.reset_all()).exec_without_returning(db).await.map(drop)
}

pub async fn by_id(db: &impl ConnectionTrait, id: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id.to_owned()).one(db).await
}

/// Those of a case, the oldest first.
pub async fn of_use(db: &impl ConnectionTrait, use_id: &str, most: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::UseId.eq(use_id)).order_by_asc(Column::Number).limit(most).all(db).await
}

/// Those of a kind of several cases, in order.
pub async fn of_kind(
    db: &impl ConnectionTrait,
    use_ids: &[String],
    kind: &str,
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let some = Entity::find().filter(Column::UseId.is_in(use_ids)).filter(Column::Kind.eq(kind));
    some.order_by_asc(Column::Number).limit(most).all(db).await
}

/// Those of several cases, the newest first.
pub async fn of_uses(db: &impl ConnectionTrait, use_ids: &[String], most: u64) -> Result<Vec<Model>, DbErr> {
    let some = Entity::find().filter(Column::UseId.is_in(use_ids));
    some.order_by_desc(Column::At).order_by_desc(Column::Number).limit(most).all(db).await
}

/// Rows after an id, in order.
pub async fn after(db: &impl ConnectionTrait, id: &str, most: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.gt(id)).order_by_asc(Column::Id).limit(most).all(db).await
}

/// Puts the same, sealed anew, in place of what was sealed before.
pub async fn reseal(db: &impl ConnectionTrait, id: &str, sealed: String) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::Sealed, sealed.into()).filter(Column::Id.eq(id)).exec(db).await.map(drop)
}

/// Deletes those of a case whose time is over.
pub async fn delete_of_use(db: &impl ConnectionTrait, use_id: &str) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::UseId.eq(use_id)).exec(db).await.map(drop)
}
