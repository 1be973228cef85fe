//! Where institutions want to hear of their cases. The secret is sealed.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Slug of the institution.
    pub institution: String,
    #[sea_orm(column_type = "Text")]
    pub url: String,
    /// The secret, as JSON, for the place `webhook:<id>`.
    #[sea_orm(column_type = "Text")]
    pub sealed: String,
    /// Whether it is on this machine, for development.
    pub loopback: bool,
    pub added_at: i64,
    pub removed_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn add(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    let row: ActiveModel = row.into();
    Entity::insert(row.reset_all()).exec_without_returning(db).await.map(drop)
}

/// One that was not removed.
pub async fn live(db: &impl ConnectionTrait, id: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id.to_owned()).filter(Column::RemovedAt.is_null()).one(db).await
}

pub async fn of_institution(db: &impl ConnectionTrait, institution: &str) -> Result<Vec<Model>, DbErr> {
    let own = Entity::find().filter(Column::Institution.eq(institution)).filter(Column::RemovedAt.is_null());
    own.order_by_asc(Column::Id).all(db).await
}

/// Removes it; `false` where there is none such.
pub async fn remove(db: &impl ConnectionTrait, id: &str, now: i64) -> Result<bool, DbErr> {
    let row = Entity::update_many().col_expr(Column::RemovedAt, Some(now).into()).filter(Column::Id.eq(id));
    Ok(row.filter(Column::RemovedAt.is_null()).exec(db).await?.rows_affected > 0)
}

/// Those that were not removed.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    let live = Entity::find().filter(Column::RemovedAt.is_null());
    live.order_by_asc(Column::Institution).order_by_asc(Column::AddedAt).all(db).await
}

/// Puts the same, sealed anew, in place of what was sealed before.
pub async fn reseal(db: &impl ConnectionTrait, id: &str, sealed: String) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::Sealed, sealed.into()).filter(Column::Id.eq(id)).exec(db).await.map(drop)
}
