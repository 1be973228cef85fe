//! Files that go along with uses. What they are called, and the key of their bytes, is sealed.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stored_file")]
pub struct Model {
    /// Made by the citizen's device, 32 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub person_id: String,
    /// The registration number of the company that it was added for; empty, for oneself.
    pub company: String,
    pub use_id: String,
    /// `files::Kept`, as JSON, for the place `file:<id>`.
    #[sea_orm(column_type = "Text")]
    pub sealed: String,
    pub bytes: i64,
    /// How many are there.
    pub parts: i32,
    /// All are there, and what they make was looked at.
    pub whole: bool,
    /// Milliseconds since 1970.
    pub changed_at: i64,
    pub sent_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Adds a file; fails where there is one of the same id.
pub async fn add(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    let row: ActiveModel = row.into();
    Entity::insert(row.reset_all()).exec_without_returning(db).await.map(drop)
}

pub async fn by_id(db: &impl ConnectionTrait, id: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id.to_owned()).one(db).await
}

/// Those of a use, by id.
pub async fn of_use(db: &impl ConnectionTrait, use_id: &str) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::UseId.eq(use_id)).order_by_asc(Column::Id).all(db).await
}

/// Bytes of a person's files that are not sent yet, those still to come included.
pub async fn unsent_bytes(db: &impl ConnectionTrait, person_id: &str) -> Result<i64, DbErr> {
    let own = Entity::find().filter(Column::PersonId.eq(person_id)).filter(Column::SentAt.is_null());
    let bytes: Vec<i64> = own.select_only().column(Column::Bytes).into_tuple().all(db).await?;
    Ok(bytes.into_iter().sum())
}

/// One part more, where so many were there before; `false` where another request was quicker.
pub async fn add_part(db: &impl ConnectionTrait, id: &str, before: i32, now: i64) -> Result<bool, DbErr> {
    let row =
        Entity::update_many().col_expr(Column::Parts, (before + 1).into()).col_expr(Column::ChangedAt, now.into());
    let row = row.filter(Column::Id.eq(id)).filter(Column::Parts.eq(before)).filter(Column::Whole.eq(false));
    Ok(row.exec(db).await?.rows_affected > 0)
}

/// All of it is there.
pub async fn set_whole(db: &impl ConnectionTrait, id: &str) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::Whole, true.into()).filter(Column::Id.eq(id)).exec(db).await.map(drop)
}

/// They went with their use, or a message about it; says how many had not gone before.
pub async fn set_sent(db: &impl ConnectionTrait, ids: &[String], now: i64) -> Result<usize, DbErr> {
    let rows = Entity::update_many().col_expr(Column::SentAt, now.into()).filter(Column::SentAt.is_null());
    let done = rows.filter(Column::Id.is_in(ids)).exec(db).await?;
    Ok(usize::try_from(done.rows_affected).unwrap_or(usize::MAX))
}

pub async fn delete(db: &impl ConnectionTrait, id: &str) -> Result<(), DbErr> {
    Entity::delete_by_id(id.to_owned()).exec(db).await.map(drop)
}

/// Some that were not sent and have not changed since a moment.
pub async fn left_over(db: &impl ConnectionTrait, before: i64, most: u64) -> Result<Vec<Model>, DbErr> {
    let old = Entity::find().filter(Column::SentAt.is_null()).filter(Column::ChangedAt.lt(before));
    old.order_by_asc(Column::ChangedAt).limit(most).all(db).await
}

/// Some of uses whose answers are deleted: theirs are to follow.
pub async fn of_forgotten(db: &impl ConnectionTrait, most: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::UseId.in_subquery(super::service_use::forgotten())).limit(most).all(db).await
}

/// Rows after an id, in order.
pub async fn after(db: &impl ConnectionTrait, id: &str, most: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.gt(id)).order_by_asc(Column::Id).limit(most).all(db).await
}

/// Puts the same, sealed anew, in place of what was sealed before. It never changes otherwise.
pub async fn reseal(db: &impl ConnectionTrait, id: &str, sealed: String) -> Result<(), DbErr> {
    let row = Entity::update_many().col_expr(Column::Sealed, sealed.into()).filter(Column::Id.eq(id));
    row.exec(db).await.map(drop)
}
