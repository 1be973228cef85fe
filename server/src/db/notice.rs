//! Notices, and how far the letter of each is: the outbox is the same row.

use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue, PaginatorTrait, QueryOrder, QuerySelect};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub person_id: String,
    /// The registration number of the company that it concerns; empty, the person themselves.
    pub company: String,
    /// A code of `durvis_contract::notice::NoticeKind`.
    pub kind: String,
    pub e_service: String,
    pub version: i32,
    /// Of the use, or of the bill.
    pub number: i64,
    /// Id of the use, or of the bill.
    pub about: String,
    /// Milliseconds since 1970.
    pub at: i64,
    pub read_at: Option<i64>,
    /// `waiting`, `going`, `sent`, `failed`, or `none` where the citizen wants no letter.
    pub mail: String,
    /// When it is tried next; of one that is going, when its server is believed to have died over it.
    pub mail_next: i64,
    pub mail_tries: i32,
    /// A server died between sending and writing that down, or nobody heard what the mail server said: the letter may come
    /// twice, and says so.
    pub mail_repeated: bool,
}

impl ActiveModelBehavior for ActiveModel {}

/// What is told of.
#[derive(Clone, Debug)]
pub struct New {
    pub person_id: String,
    pub company: String,
    pub kind: &'static str,
    pub e_service: String,
    pub version: i32,
    pub number: i64,
    pub about: String,
}

pub async fn add(db: &impl ConnectionTrait, new: New, now: i64) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: ActiveValue::NotSet,
        person_id: ActiveValue::Set(new.person_id),
        company: ActiveValue::Set(new.company),
        kind: ActiveValue::Set(new.kind.into()),
        e_service: ActiveValue::Set(new.e_service),
        version: ActiveValue::Set(new.version),
        number: ActiveValue::Set(new.number),
        about: ActiveValue::Set(new.about),
        at: ActiveValue::Set(now),
        read_at: ActiveValue::Set(None),
        mail: ActiveValue::Set("waiting".into()),
        mail_next: ActiveValue::Set(now),
        mail_tries: ActiveValue::Set(0),
        mail_repeated: ActiveValue::Set(false),
    };
    Entity::insert(row).exec_without_returning(db).await.map(drop)
}

/// A person's, for a company or for themselves, the newest first; below an id.
pub async fn of_person(
    db: &impl ConnectionTrait,
    (person_id, company): (&str, &str),
    below: Option<i64>,
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let mut own = Entity::find().filter(Column::PersonId.eq(person_id)).filter(Column::Company.eq(company));
    if let Some(below) = below {
        own = own.filter(Column::Id.lt(below));
    }
    own.order_by_desc(Column::Id).limit(most).all(db).await
}

pub async fn unread(db: &impl ConnectionTrait, (person_id, company): (&str, &str)) -> Result<u64, DbErr> {
    let own = Entity::find().filter(Column::PersonId.eq(person_id)).filter(Column::Company.eq(company));
    own.filter(Column::ReadAt.is_null()).count(db).await
}

/// Everything up to an id was read.
pub async fn set_read(
    db: &impl ConnectionTrait,
    (person_id, company): (&str, &str),
    until: i64,
    now: i64,
) -> Result<(), DbErr> {
    let own = Entity::update_many().col_expr(Column::ReadAt, Some(now).into());
    let own = own.filter(Column::PersonId.eq(person_id)).filter(Column::Company.eq(company));
    own.filter(Column::Id.lte(until)).filter(Column::ReadAt.is_null()).exec(db).await.map(drop)
}

/// The newest id of all; 0 where there is none.
pub async fn newest(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let newest: Option<i64> =
        Entity::find().select_only().column(Column::Id).order_by_desc(Column::Id).limit(1).into_tuple().one(db).await?;
    Ok(newest.unwrap_or(0))
}

/// Whom notices after an id concern.
pub async fn whom_after(db: &impl ConnectionTrait, id: i64, most: u64) -> Result<Vec<(i64, String)>, DbErr> {
    let rows = Entity::find().filter(Column::Id.gt(id)).order_by_asc(Column::Id).limit(most);
    rows.select_only().column(Column::Id).column(Column::PersonId).into_tuple().all(db).await
}

/// Letters whose turn it is: those that wait, and those whose server died over them.
pub async fn due(db: &impl ConnectionTrait, now: i64, most: u64) -> Result<Vec<Model>, DbErr> {
    let due = Entity::find().filter(Column::Mail.is_in(["waiting", "going"])).filter(Column::MailNext.lte(now));
    due.order_by_asc(Column::MailNext).limit(most).all(db).await
}

/// Takes a letter, for that long; `false` where another server was quicker.
pub async fn take(db: &impl ConnectionTrait, row: &Model, until: i64) -> Result<bool, DbErr> {
    let repeated = row.mail_repeated || row.mail == "going";
    let taken = Entity::update_many()
        .col_expr(Column::Mail, "going".into())
        .col_expr(Column::MailNext, until.into())
        .col_expr(Column::MailRepeated, repeated.into());
    let same = taken.filter(Column::Id.eq(row.id)).filter(Column::Mail.eq(&row.mail));
    Ok(same.filter(Column::MailNext.eq(row.mail_next)).exec(db).await?.rows_affected > 0)
}

/// What came of a letter: `sent`, `failed`, `none`, or `waiting` until a moment.
pub async fn set_mail(db: &impl ConnectionTrait, row: &Model, mail: &str, next: i64) -> Result<(), DbErr> {
    let changed = Entity::update_many()
        .col_expr(Column::Mail, mail.into())
        .col_expr(Column::MailNext, next.into())
        .col_expr(Column::MailTries, (row.mail_tries + 1).into())
        .col_expr(Column::MailRepeated, row.mail_repeated.into());
    changed.filter(Column::Id.eq(row.id)).filter(Column::Mail.eq("going")).exec(db).await.map(drop)
}

/// Deletes some that are older than a moment and whose letters are settled; says how many.
pub async fn delete_before(db: &impl ConnectionTrait, before: i64, most: u64) -> Result<u64, DbErr> {
    let old = Entity::find().filter(Column::At.lt(before)).filter(Column::Mail.is_not_in(["waiting", "going"]));
    let ids: Vec<i64> =
        old.order_by_asc(Column::Id).limit(most).select_only().column(Column::Id).into_tuple().all(db).await?;
    Ok(Entity::delete_many().filter(Column::Id.is_in(ids)).exec(db).await?.rows_affected)
}
