//! Officers of institutions. Who they are is a keyed digest of the personal code; the name is what the institution calls them.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

/// Most institutions that one person serves.
const MAX_SEATS: u64 = 50;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "officer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// That of the person, who may never have signed in.
    pub lookup: String,
    /// Slug of the institution.
    pub institution: String,
    pub name: String,
    pub added_at: i64,
    pub revoked_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn add(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    let row: ActiveModel = row.into();
    Entity::insert(row.reset_all()).exec_without_returning(db).await.map(drop)
}

/// Where a person is an officer now.
pub async fn of_person(db: &impl ConnectionTrait, lookup: &str) -> Result<Vec<Model>, DbErr> {
    let live = Entity::find().filter(Column::Lookup.eq(lookup)).filter(Column::RevokedAt.is_null());
    live.order_by_asc(Column::Institution).order_by_asc(Column::Id).limit(MAX_SEATS).all(db).await
}

/// Takes it back; `false` where there is none such.
pub async fn revoke(db: &impl ConnectionTrait, id: &str, now: i64) -> Result<bool, DbErr> {
    let row = Entity::update_many().col_expr(Column::RevokedAt, Some(now).into()).filter(Column::Id.eq(id));
    Ok(row.filter(Column::RevokedAt.is_null()).exec(db).await?.rows_affected > 0)
}

pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_asc(Column::Institution).order_by_asc(Column::AddedAt).all(db).await
}
