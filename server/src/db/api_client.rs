//! Machines of institutions, and the tokens that they were given. Secrets and tokens are kept as digests.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_client")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Slug of the institution whose cases it may see.
    pub institution: String,
    /// What the operator calls it.
    pub name: String,
    pub secret: String,
    /// The digest of its newest token, and until when that holds (milliseconds since 1970).
    pub token: Option<String>,
    pub token_until: i64,
    pub created_at: i64,
    pub revoked_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn add(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    let row: ActiveModel = row.into();
    Entity::insert(row.reset_all()).exec_without_returning(db).await.map(drop)
}

pub async fn by_id(db: &impl ConnectionTrait, id: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id.to_owned()).one(db).await
}

/// Whose token that is; none where it has ended or was taken back.
pub async fn by_token(db: &impl ConnectionTrait, token: &str, now: i64) -> Result<Option<Model>, DbErr> {
    let held = Entity::find().filter(Column::Token.eq(token)).filter(Column::TokenUntil.gt(now));
    held.filter(Column::RevokedAt.is_null()).one(db).await
}

/// A new token in place of the one before.
pub async fn set_token(db: &impl ConnectionTrait, id: &str, token: &str, until: i64) -> Result<(), DbErr> {
    let row = Entity::update_many().col_expr(Column::Token, Some(token.to_owned()).into());
    row.col_expr(Column::TokenUntil, until.into()).filter(Column::Id.eq(id)).exec(db).await.map(drop)
}

/// Takes it back; `false` where there is none such.
pub async fn revoke(db: &impl ConnectionTrait, id: &str, now: i64) -> Result<bool, DbErr> {
    let row = Entity::update_many().col_expr(Column::RevokedAt, Some(now).into()).filter(Column::Id.eq(id));
    Ok(row.filter(Column::RevokedAt.is_null()).exec(db).await?.rows_affected > 0)
}

pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_asc(Column::Institution).order_by_asc(Column::CreatedAt).all(db).await
}
