//! The catalogue that is in force: one row.

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue_release")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i32,
    /// Hash of all published files' names.
    pub hash: String,
    /// RFC 3339, UTC.
    pub imported_at: String,
    /// JSON of the counts.
    #[sea_orm(column_type = "Text")]
    pub counts: String,
    /// JSON of the manifest.
    #[sea_orm(column_type = "Text")]
    pub manifest: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The release in force; `None` in an empty portal.
pub async fn current(db: &impl ConnectionTrait) -> Result<Option<Model>, DbErr> {
    Entity::find().order_by_desc(Column::Id).one(db).await
}

/// Its id alone: what a running server asks to notice a new one.
pub async fn current_id(db: &impl ConnectionTrait) -> Result<Option<i32>, DbErr> {
    Entity::find().select_only().column(Column::Id).order_by_desc(Column::Id).into_tuple().one(db).await
}

/// Puts another release in force. Ids grow for ever, so that a server notices.
pub async fn replace(db: &impl ConnectionTrait, release: Model) -> Result<i32, DbErr> {
    let Model { id: _, hash, imported_at, counts, manifest } = release;
    let row = ActiveModel {
        id: NotSet,
        hash: Set(hash),
        imported_at: Set(imported_at),
        counts: Set(counts),
        manifest: Set(manifest),
    };
    let id = Entity::insert(row).exec(db).await?.last_insert_id;
    Entity::delete_many().filter(Column::Id.ne(id)).exec(db).await?;
    Ok(id)
}
