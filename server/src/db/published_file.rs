//! The immutable files of the catalogue. Those of the release before stay, for browsers that are still on it.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "published_file")]
pub struct Model {
    /// `<lang>.<index|details>.<hash>`
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub plain: Vec<u8>,
    pub brotli: Vec<u8>,
    pub gzip: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_asc(Column::Name).all(db).await
}

/// Adds the files of a new release; keeps those named in `keep`, drops the rest.
pub async fn replace_all(db: &impl ConnectionTrait, files: Vec<Model>, keep: Vec<String>) -> Result<(), DbErr> {
    let new: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    Entity::delete_many().filter(Column::Name.is_not_in(keep)).exec(db).await?;
    Entity::delete_many().filter(Column::Name.is_in(new)).exec(db).await?;
    for file in files {
        Entity::insert(ActiveModel::from(file)).exec_without_returning(db).await?;
    }
    Ok(())
}
