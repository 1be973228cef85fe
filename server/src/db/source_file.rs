//! The files of the catalogue as they were imported: what an export gives back, to the byte.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::ROWS_AT_ONCE;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "source_file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub path: String,
    #[sea_orm(column_type = "Text")]
    pub text: String,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_asc(Column::Path).all(db).await
}

pub async fn replace_all(db: &impl ConnectionTrait, files: Vec<Model>) -> Result<(), DbErr> {
    Entity::delete_many().exec(db).await?;
    for rows in files.chunks(ROWS_AT_ONCE) {
        Entity::insert_many(rows.iter().cloned().map(ActiveModel::from)).exec_without_returning(db).await?;
    }
    Ok(())
}
