//! What the API answers: one localised JSON document a row, for services, life events and their plans, institutions and territories.

use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QueryOrder, QuerySelect};

use super::ROWS_AT_ONCE;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "description")]
pub struct Model {
    /// `service`, `life_event`, `plan`, `institution` or `territory`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub lang: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub slug: String,
    /// Order within kind and language.
    pub position: i32,
    /// JSON.
    #[sea_orm(column_type = "Text")]
    pub body: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// One document's JSON.
pub async fn find(db: &impl ConnectionTrait, kind: &str, lang: &str, slug: &str) -> Result<Option<String>, DbErr> {
    let found = Entity::find_by_id((kind.to_owned(), lang.to_owned(), slug.to_owned())).one(db).await?;
    Ok(found.map(|row| row.body))
}

/// Whether there is such a document, in any language.
pub async fn exists(db: &impl ConnectionTrait, kind: &str, slug: &str) -> Result<bool, DbErr> {
    let one = Entity::find().filter(Column::Kind.eq(kind)).filter(Column::Slug.eq(slug));
    Ok(one.count(db).await? > 0)
}

/// The JSON of all documents of a kind, in their order, at most `most`.
pub async fn list(db: &impl ConnectionTrait, kind: &str, lang: &str, most: u64) -> Result<Vec<String>, DbErr> {
    let rows = Entity::find().filter(Column::Kind.eq(kind)).filter(Column::Lang.eq(lang));
    rows.order_by_asc(Column::Position).limit(most).select_only().column(Column::Body).into_tuple().all(db).await
}

pub async fn replace_all(db: &impl ConnectionTrait, descriptions: Vec<Model>) -> Result<(), DbErr> {
    Entity::delete_many().exec(db).await?;
    for rows in descriptions.chunks(ROWS_AT_ONCE) {
        Entity::insert_many(rows.iter().cloned().map(ActiveModel::from)).exec_without_returning(db).await?;
    }
    Ok(())
}
