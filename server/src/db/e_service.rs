//! The e-services as they were published, version by version: uses under way stay on theirs.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, QueryOrder, QuerySelect};

/// Most versions of all e-services that a server keeps in memory.
const MAX_VERSIONS: u64 = 5_000;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "e_service")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub slug: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// A `durvis_contract::e_service::Definition` as JSON.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// New uses begin with it.
    pub in_force: bool,
    /// Milliseconds since 1970; grows with every change of the table, so that a running server notices.
    pub changed_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// All versions of all of them.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_asc(Column::Slug).order_by_asc(Column::Version).limit(MAX_VERSIONS).all(db).await
}

/// When the table changed last; `None` where it is empty.
pub async fn changed_at(db: &impl ConnectionTrait) -> Result<Option<i64>, DbErr> {
    let newest = Entity::find().select_only().column(Column::ChangedAt).order_by_desc(Column::ChangedAt);
    newest.limit(1).into_tuple().one(db).await
}

/// Writes a version, or writes over it.
pub async fn put(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    let row = ActiveModel {
        slug: ActiveValue::Set(row.slug),
        version: ActiveValue::Set(row.version),
        body: ActiveValue::Set(row.body),
        in_force: ActiveValue::Set(row.in_force),
        changed_at: ActiveValue::Set(row.changed_at),
    };
    let over = OnConflict::columns([Column::Slug, Column::Version])
        .update_columns([Column::Body, Column::InForce, Column::ChangedAt])
        .to_owned();
    Entity::insert(row).on_conflict(over).exec_without_returning(db).await.map(drop)
}
