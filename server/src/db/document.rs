//! Documents. What their file is called, and the key of its bytes, is sealed.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

/// Most documents of one person that are looked through.
const MAX_OWN: u64 = 5_000;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub person_id: String,
    /// The registration number of the company that it concerns; empty, the person themselves.
    pub company: String,
    /// A code of `durvis_contract::document::DocumentKind`.
    pub kind: String,
    /// What it was made of, `paid:<bill>`, `sent:<use>`, `decided:<event>`, `file:<file>` or `given:<id>`: one document each.
    #[sea_orm(unique)]
    pub source: String,
    pub use_id: Option<String>,
    /// Of the receipt of a payment: it is kept longer than the use.
    pub bill_id: Option<String>,
    /// That of its reference; none of what the citizen has sent along.
    #[sea_orm(unique)]
    pub number: Option<i64>,
    /// What stands on it beside the number, as a reference.
    pub code: i64,
    /// The language that it is written in.
    pub lang: String,
    pub e_service: String,
    pub version: i32,
    /// Slug.
    pub institution: Option<String>,
    pub media_type: String,
    /// `documents::Kept`, as JSON, for the place `document:<id>`.
    #[sea_orm(column_type = "Text")]
    pub sealed: String,
    pub bytes: i64,
    /// SHA-256 of its bytes, in hexadecimal; none as long as it is not made.
    pub digest: Option<String>,
    /// Milliseconds since 1970.
    pub at: i64,
    /// Of one that is not made: when it is tried next.
    pub next: i64,
    /// ISO 8601 day, the last on which it is valid.
    pub valid_until: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Adds a document; fails where there is one of the same source or number.
pub async fn add(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    let row: ActiveModel = row.into();
    Entity::insert(row.reset_all()).exec_without_returning(db).await.map(drop)
}

pub async fn by_id(db: &impl ConnectionTrait, id: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id.to_owned()).one(db).await
}

pub async fn by_source(db: &impl ConnectionTrait, source: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Source.eq(source)).one(db).await
}

pub async fn by_number(db: &impl ConnectionTrait, number: i64) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Number.eq(number)).one(db).await
}

pub async fn by_ids(db: &impl ConnectionTrait, ids: &[String]) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.is_in(ids)).order_by_asc(Column::Id).all(db).await
}

/// A person's, for a company or for themselves, the newest first; all, or those of a use.
pub async fn of_person(
    db: &impl ConnectionTrait,
    (person_id, company): (&str, &str),
    use_id: Option<&str>,
) -> Result<Vec<Model>, DbErr> {
    let mut own = Entity::find().filter(Column::PersonId.eq(person_id)).filter(Column::Company.eq(company));
    if let Some(use_id) = use_id {
        own = own.filter(Column::UseId.eq(use_id));
    }
    own.order_by_desc(Column::At).order_by_asc(Column::Id).limit(MAX_OWN).all(db).await
}

/// The newest of a person's, for a company or for themselves.
pub async fn newest(
    db: &impl ConnectionTrait,
    (person_id, company): (&str, &str),
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let own = Entity::find().filter(Column::PersonId.eq(person_id)).filter(Column::Company.eq(company));
    own.order_by_desc(Column::At).order_by_asc(Column::Id).limit(most).all(db).await
}

/// A person's that are valid on a day and end some day, the soonest first.
pub async fn valid_from(
    db: &impl ConnectionTrait,
    (person_id, company): (&str, &str),
    day: &str,
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let own = Entity::find().filter(Column::PersonId.eq(person_id)).filter(Column::Company.eq(company));
    own.filter(Column::ValidUntil.gte(day)).order_by_asc(Column::ValidUntil).limit(most).all(db).await
}

/// Some that end from a day until another, after an id, in order.
pub async fn ending(
    db: &impl ConnectionTrait,
    (from, until): (&str, &str),
    after: &str,
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let ending = Entity::find().filter(Column::ValidUntil.between(from, until)).filter(Column::Id.gt(after));
    ending.order_by_asc(Column::Id).limit(most).all(db).await
}

/// Those of a use that go when it goes.
pub async fn of_use(db: &impl ConnectionTrait, use_id: &str) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::UseId.eq(use_id)).filter(Column::BillId.is_null()).all(db).await
}

/// Some of uses whose answers are deleted: they are to follow.
pub async fn of_forgotten(db: &impl ConnectionTrait, most: u64) -> Result<Vec<Model>, DbErr> {
    let gone = Entity::find().filter(Column::UseId.in_subquery(super::service_use::forgotten()));
    gone.filter(Column::BillId.is_null()).limit(most).all(db).await
}

/// Some receipts of payments from before a moment.
pub async fn old_receipts(db: &impl ConnectionTrait, before: i64, most: u64) -> Result<Vec<Model>, DbErr> {
    let old = Entity::find().filter(Column::BillId.is_not_null()).filter(Column::At.lt(before));
    old.order_by_asc(Column::At).limit(most).all(db).await
}

/// Some that are to be made now.
pub async fn waiting(db: &impl ConnectionTrait, now: i64, most: u64) -> Result<Vec<Model>, DbErr> {
    let waiting = Entity::find().filter(Column::Digest.is_null()).filter(Column::Next.lte(now));
    waiting.order_by_asc(Column::Next).limit(most).all(db).await
}

/// Takes one to be made, for that long; `false` where another server was quicker.
pub async fn take(db: &impl ConnectionTrait, row: &Model, until: i64) -> Result<bool, DbErr> {
    let taken = Entity::update_many().col_expr(Column::Next, until.into()).filter(Column::Id.eq(&row.id));
    let same = taken.filter(Column::Next.eq(row.next)).filter(Column::Digest.is_null());
    Ok(same.exec(db).await?.rows_affected > 0)
}

/// It is made, and stays so.
pub async fn set_made(db: &impl ConnectionTrait, id: &str, bytes: i64, digest: &str) -> Result<(), DbErr> {
    let made = Entity::update_many()
        .col_expr(Column::Bytes, bytes.into())
        .col_expr(Column::Digest, Some(digest.to_owned()).into());
    made.filter(Column::Id.eq(id)).filter(Column::Digest.is_null()).exec(db).await.map(drop)
}

pub async fn delete(db: &impl ConnectionTrait, id: &str) -> Result<(), DbErr> {
    Entity::delete_by_id(id.to_owned()).exec(db).await.map(drop)
}

/// Rows after an id, in order.
pub async fn after(db: &impl ConnectionTrait, id: &str, most: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.gt(id)).order_by_asc(Column::Id).limit(most).all(db).await
}

/// Puts the same, sealed anew, in place of what was sealed before. It never changes otherwise.
pub async fn reseal(db: &impl ConnectionTrait, id: &str, sealed: String) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::Sealed, sealed.into()).filter(Column::Id.eq(id)).exec(db).await.map(drop)
}
