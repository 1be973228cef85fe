//! Reminders that citizens have set. Their own words are sealed.

use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QueryOrder, QuerySelect};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reminder")]
pub struct Model {
    /// Made by the device, 32 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub person_id: String,
    /// The registration number of the company that it concerns; empty, the person themselves.
    pub company: String,
    /// A code of `durvis_contract::reminder::ReminderAbout`.
    pub kind: String,
    pub about: String,
    /// Slug of the e-service; of the service where `version` is 0.
    pub e_service: String,
    pub version: i32,
    /// That of a reference; 0 where there is none.
    pub number: i64,
    /// ISO 8601 day in Latvia.
    pub day: String,
    /// One's own words, as JSON, for the place `reminder:<id>`.
    #[sea_orm(column_type = "Text")]
    pub sealed: String,
    /// Milliseconds since 1970.
    pub told_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Adds one; fails where there is one of the same id.
pub async fn add(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    let row: ActiveModel = row.into();
    Entity::insert(row.reset_all()).exec_without_returning(db).await.map(drop)
}

/// Gives it a new day and words: it is to come again.
pub async fn set(db: &impl ConnectionTrait, id: &str, day: &str, sealed: String) -> Result<(), DbErr> {
    let row = Entity::update_many()
        .col_expr(Column::Day, day.into())
        .col_expr(Column::Sealed, sealed.into())
        .col_expr(Column::ToldAt, Option::<i64>::None.into());
    row.filter(Column::Id.eq(id)).exec(db).await.map(drop)
}

pub async fn by_id(db: &impl ConnectionTrait, id: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id.to_owned()).one(db).await
}

/// A person's that are to come, for a company or for themselves, the soonest first.
pub async fn to_come(
    db: &impl ConnectionTrait,
    (person_id, company): (&str, &str),
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let own = Entity::find().filter(Column::PersonId.eq(person_id)).filter(Column::Company.eq(company));
    let own = own.filter(Column::ToldAt.is_null()).order_by_asc(Column::Day).order_by_asc(Column::Id);
    own.limit(most).all(db).await
}

/// A person's that were told, the newest first.
pub async fn told(
    db: &impl ConnectionTrait,
    (person_id, company): (&str, &str),
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let own = Entity::find().filter(Column::PersonId.eq(person_id)).filter(Column::Company.eq(company));
    let own = own.filter(Column::ToldAt.is_not_null()).order_by_desc(Column::ToldAt).order_by_asc(Column::Id);
    own.limit(most).all(db).await
}

/// How many of a person's, in whatever capacity, are to come.
pub async fn count(db: &impl ConnectionTrait, person_id: &str) -> Result<u64, DbErr> {
    Entity::find().filter(Column::PersonId.eq(person_id)).filter(Column::ToldAt.is_null()).count(db).await
}

/// Some whose day has come.
pub async fn due(db: &impl ConnectionTrait, today: &str, most: u64) -> Result<Vec<Model>, DbErr> {
    let due = Entity::find().filter(Column::ToldAt.is_null()).filter(Column::Day.lte(today));
    due.order_by_asc(Column::Day).limit(most).all(db).await
}

/// It is told; `false` where another server was quicker, or it was changed or deleted.
pub async fn set_told(db: &impl ConnectionTrait, row: &Model, now: i64) -> Result<bool, DbErr> {
    let told = Entity::update_many().col_expr(Column::ToldAt, Some(now).into()).filter(Column::Id.eq(&row.id));
    let same = told.filter(Column::ToldAt.is_null()).filter(Column::Day.eq(&row.day));
    Ok(same.exec(db).await?.rows_affected > 0)
}

pub async fn delete(db: &impl ConnectionTrait, id: &str) -> Result<(), DbErr> {
    Entity::delete_by_id(id.to_owned()).exec(db).await.map(drop)
}

/// Deletes those told before a moment; says how many.
pub async fn delete_told(db: &impl ConnectionTrait, before: i64) -> Result<u64, DbErr> {
    Ok(Entity::delete_many().filter(Column::ToldAt.lt(before)).exec(db).await?.rows_affected)
}

/// Rows after an id, in order.
pub async fn after(db: &impl ConnectionTrait, id: &str, most: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.gt(id)).order_by_asc(Column::Id).limit(most).all(db).await
}

/// Puts the same, sealed anew, in place of what was sealed before, unless it has changed since.
pub async fn reseal(db: &impl ConnectionTrait, before: &Model, sealed: String) -> Result<(), DbErr> {
    let row = Entity::update_many().col_expr(Column::Sealed, sealed.into()).filter(Column::Id.eq(&before.id));
    row.filter(Column::Sealed.eq(&before.sealed)).exec(db).await.map(drop)
}
