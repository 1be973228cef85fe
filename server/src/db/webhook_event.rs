//! What webhooks are to be told, in order, and what came of it. Nothing of a person is in it.

use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue, PaginatorTrait, QueryOrder, QuerySelect};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_event")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Its name at the receiver: the same whenever it is told again.
    pub message: String,
    pub webhook_id: String,
    pub use_id: String,
    /// That of the reference.
    pub number: i64,
    /// `sent`, `paid`, `answered` or `withdrawn`.
    pub kind: String,
    pub at: i64,
    /// `waiting`; `delivered`, `given_up`, or `dropped` where the webhook was removed.
    pub state: String,
    /// When it is tried.
    pub next: i64,
    pub tries: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// Adds one; its id is given by the database.
pub async fn add(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    let row: ActiveModel = row.into();
    let row = ActiveModel { id: ActiveValue::NotSet, ..row.reset_all() };
    Entity::insert(ActiveModel { id: ActiveValue::NotSet, ..row }).exec_without_returning(db).await.map(drop)
}

/// Those whose turn it is, the oldest first.
pub async fn due(db: &impl ConnectionTrait, now: i64, most: u64) -> Result<Vec<Model>, DbErr> {
    let due = Entity::find().filter(Column::State.eq("waiting")).filter(Column::Next.lte(now));
    due.order_by_asc(Column::Next).order_by_asc(Column::Id).limit(most).all(db).await
}

/// Whether the webhook has still to hear something of the case that happened before.
pub async fn is_behind(db: &impl ConnectionTrait, row: &Model) -> Result<bool, DbErr> {
    let same = Entity::find().filter(Column::WebhookId.eq(&row.webhook_id)).filter(Column::UseId.eq(&row.use_id));
    Ok(same.filter(Column::State.eq("waiting")).filter(Column::Id.lt(row.id)).one(db).await?.is_some())
}

/// Takes one until a moment, from which on another server may; `false` where one was quicker.
pub async fn take(db: &impl ConnectionTrait, row: &Model, until: i64) -> Result<bool, DbErr> {
    let taken = Entity::update_many().col_expr(Column::Next, until.into()).filter(Column::Id.eq(row.id));
    let same = taken.filter(Column::State.eq("waiting")).filter(Column::Next.eq(row.next));
    Ok(same.exec(db).await?.rows_affected > 0)
}

/// What came of a try.
pub async fn set(db: &impl ConnectionTrait, row: &Model, state: &str, next: i64) -> Result<(), DbErr> {
    let changed = Entity::update_many()
        .col_expr(Column::State, state.into())
        .col_expr(Column::Next, next.into())
        .col_expr(Column::Tries, (row.tries + 1).into());
    changed.filter(Column::Id.eq(row.id)).filter(Column::State.eq("waiting")).exec(db).await.map(drop)
}

/// How many of a webhook are in a state.
pub async fn count(db: &impl ConnectionTrait, webhook_id: &str, state: &str) -> Result<u64, DbErr> {
    Entity::find().filter(Column::WebhookId.eq(webhook_id)).filter(Column::State.eq(state)).count(db).await
}
