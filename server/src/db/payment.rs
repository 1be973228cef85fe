//! Payments at a bank; what each pays, `payment_item` says.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment")]
pub struct Model {
    /// Made by the citizen's device, 32 hexadecimal digits: the bank's request id comes out of it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Slug.
    pub bank: String,
    /// In which the citizen comes back.
    pub lang: String,
    /// `begun` (the bank may know of it), `waiting` (it does), `pending` (the citizen has confirmed it), `paid`, `failed`.
    pub state: String,
    /// What the bank calls it.
    pub bank_payment_id: Option<String>,
    /// Where the citizen decides.
    #[sea_orm(column_type = "Text", nullable)]
    pub redirect: Option<String>,
    /// Milliseconds since 1970.
    pub started_at: i64,
    /// When the bank was last asked.
    pub asked_at: i64,
    /// Since when it does not answer.
    pub silent_since: Option<i64>,
    pub finished_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Adds a payment; fails where there is one of the same id.
pub async fn add(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    let row: ActiveModel = row.into();
    Entity::insert(row.reset_all()).exec_without_returning(db).await.map(drop)
}

pub async fn by_id(db: &impl ConnectionTrait, id: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id.to_owned()).one(db).await
}

/// Those of several ids.
pub async fn by_ids(db: &impl ConnectionTrait, ids: &[String]) -> Result<Vec<Model>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Entity::find().filter(Column::Id.is_in(ids)).all(db).await
}

/// The bank knows it.
pub async fn set_waiting(
    db: &impl ConnectionTrait,
    id: &str,
    bank_payment_id: &str,
    redirect: &str,
    now: i64,
) -> Result<(), DbErr> {
    let row = Entity::update_many()
        .col_expr(Column::State, "waiting".into())
        .col_expr(Column::BankPaymentId, Some(bank_payment_id.to_owned()).into())
        .col_expr(Column::Redirect, Some(redirect.to_owned()).into())
        .col_expr(Column::AskedAt, now.into())
        .col_expr(Column::SilentSince, Option::<i64>::None.into());
    row.filter(Column::Id.eq(id)).filter(Column::State.eq("begun")).exec(db).await.map(drop)
}

/// The bank was asked, and nothing is settled: whether the payment is on its way, `None` where it did not answer.
pub async fn set_asked(
    db: &impl ConnectionTrait,
    row: &Model,
    on_its_way: Option<bool>,
    now: i64,
) -> Result<(), DbErr> {
    let since = if on_its_way.is_none() { Some(row.silent_since.unwrap_or(now)) } else { None };
    let state = match on_its_way {
        Some(true) => "pending",
        Some(false) => "waiting",
        None => &row.state,
    };
    let changed = Entity::update_many().col_expr(Column::AskedAt, now.into()).col_expr(Column::State, state.into());
    let changed = changed.col_expr(Column::SilentSince, since.into());
    changed.filter(Column::Id.eq(&row.id)).filter(Column::FinishedAt.is_null()).exec(db).await.map(drop)
}

/// Its end, once: `paid` or `failed`; `false` where it had one.
pub async fn finish(db: &impl ConnectionTrait, id: &str, state: &str, now: i64) -> Result<bool, DbErr> {
    let row = Entity::update_many()
        .col_expr(Column::State, state.into())
        .col_expr(Column::FinishedAt, Some(now).into())
        .col_expr(Column::AskedAt, now.into())
        .col_expr(Column::SilentSince, Option::<i64>::None.into());
    let row = row.filter(Column::Id.eq(id)).filter(Column::FinishedAt.is_null());
    Ok(row.exec(db).await?.rows_affected > 0)
}

/// Some that are under way, those asked longest ago first.
pub async fn live(db: &impl ConnectionTrait, asked_before: i64, most: u64) -> Result<Vec<Model>, DbErr> {
    let live = Entity::find().filter(Column::FinishedAt.is_null()).filter(Column::AskedAt.lt(asked_before));
    live.order_by_asc(Column::AskedAt).limit(most).all(db).await
}
