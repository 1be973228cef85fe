//! Texts that were searched often and found nothing.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue, QueryOrder, QuerySelect};

/// Most texts that are kept; the rarest goes when another comes.
const MAX_ROWS: u64 = 1_000;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "missed_search")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub lang: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub text: String,
    pub searches: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// The most often searched first.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_desc(Column::Searches).order_by_asc(Column::Text).all(db).await
}

/// Counts one more search of a text that is kept; `false` where it is not.
pub async fn increment(db: &impl ConnectionTrait, lang: &str, text: &str) -> Result<bool, DbErr> {
    let one_more = Entity::update_many()
        .col_expr(Column::Searches, Expr::col(Column::Searches).add(1))
        .filter(Column::Lang.eq(lang))
        .filter(Column::Text.eq(text));
    Ok(one_more.exec(db).await?.rows_affected > 0)
}

/// Keeps a text from now on.
pub async fn keep(db: &impl ConnectionTrait, lang: &str, text: &str, searches: u32) -> Result<(), DbErr> {
    if Entity::find().count(db).await? >= MAX_ROWS {
        let rarest = Entity::find().order_by_asc(Column::Searches).limit(1).one(db).await?;
        if let Some(rarest) = rarest {
            rarest.delete(db).await?;
        }
    }
    let row = ActiveModel {
        lang: ActiveValue::Set(lang.into()),
        text: ActiveValue::Set(text.into()),
        searches: ActiveValue::Set(searches.into()),
    };
    let same = OnConflict::columns([Column::Lang, Column::Text]).update_column(Column::Searches).to_owned();
    Entity::insert(row).on_conflict(same).exec_without_returning(db).await.map(drop)
}
