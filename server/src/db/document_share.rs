//! Links by which documents are shared, each with its end. Of the link only a digest is kept.

use sea_orm::entity::prelude::*;
use sea_orm::{ExprTrait, PaginatorTrait, QueryOrder, QuerySelect};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_share")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// SHA-256 of the secret in the link, in hexadecimal.
    #[sea_orm(unique)]
    pub token: String,
    pub document_id: String,
    /// Milliseconds since 1970.
    pub made_at: i64,
    pub ends_at: i64,
    pub opened: i32,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn add(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    let row: ActiveModel = row.into();
    Entity::insert(row.reset_all()).exec_without_returning(db).await.map(drop)
}

/// Those of a document that hold, the newest first.
pub async fn of_document(
    db: &impl ConnectionTrait,
    document_id: &str,
    now: i64,
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let own = Entity::find().filter(Column::DocumentId.eq(document_id)).filter(Column::EndsAt.gt(now));
    own.order_by_desc(Column::MadeAt).order_by_asc(Column::Id).limit(most).all(db).await
}

/// To which of these documents links hold; one stands there as often as it has links.
pub async fn of_documents(db: &impl ConnectionTrait, ids: &[String], now: i64) -> Result<Vec<String>, DbErr> {
    let live = Entity::find().filter(Column::DocumentId.is_in(ids)).filter(Column::EndsAt.gt(now));
    live.select_only().column(Column::DocumentId).into_tuple().all(db).await
}

pub async fn count(db: &impl ConnectionTrait, document_id: &str, now: i64) -> Result<u64, DbErr> {
    Entity::find().filter(Column::DocumentId.eq(document_id)).filter(Column::EndsAt.gt(now)).count(db).await
}

/// One that holds, by the digest of its secret.
pub async fn by_token(db: &impl ConnectionTrait, token: &str, now: i64) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Token.eq(token)).filter(Column::EndsAt.gt(now)).one(db).await
}

/// Counts that the document was fetched through it.
pub async fn add_opened(db: &impl ConnectionTrait, id: &str) -> Result<(), DbErr> {
    let row = Entity::update_many().col_expr(Column::Opened, Expr::col(Column::Opened).add(1));
    row.filter(Column::Id.eq(id)).exec(db).await.map(drop)
}

/// Ends one of a document; `false` where there is none such.
pub async fn end(db: &impl ConnectionTrait, document_id: &str, id: &str) -> Result<bool, DbErr> {
    let own = Entity::delete_many().filter(Column::Id.eq(id)).filter(Column::DocumentId.eq(document_id));
    Ok(own.exec(db).await?.rows_affected > 0)
}

/// Ends all of a document that goes.
pub async fn delete_of_document(db: &impl ConnectionTrait, document_id: &str) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::DocumentId.eq(document_id)).exec(db).await.map(drop)
}

/// Clears away those that have ended.
pub async fn delete_ended(db: &impl ConnectionTrait, before: i64) -> Result<u64, DbErr> {
    Ok(Entity::delete_many().filter(Column::EndsAt.lte(before)).exec(db).await?.rows_affected)
}
