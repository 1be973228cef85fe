//! How a person wants to be reached.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, OnConflict};
use sea_orm::{ActiveValue, QueryOrder, QuerySelect};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contact")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: String,
    /// `identity::contact::Kept`, as JSON, for the place `contact:<person_id>`.
    pub sealed: String,
    pub changed_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn of_person(db: &impl ConnectionTrait, person_id: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(person_id.to_owned()).one(db).await
}

/// Keeps it in place of what was there; `false` where that has changed since it was read.
pub async fn put(db: &impl ConnectionTrait, row: Model, read_at: Option<i64>) -> Result<bool, DbErr> {
    let Some(read_at) = read_at else {
        let row = ActiveModel {
            person_id: ActiveValue::Set(row.person_id),
            sealed: ActiveValue::Set(row.sealed),
            changed_at: ActiveValue::Set(row.changed_at),
        };
        let first = OnConflict::column(Column::PersonId).do_nothing().to_owned();
        return Ok(Entity::insert(row).on_conflict(first).exec_without_returning(db).await? > 0);
    };
    let changed = Entity::update_many()
        .col_expr(Column::Sealed, row.sealed.into())
        .col_expr(Column::ChangedAt, row.changed_at.into())
        .filter(Column::PersonId.eq(row.person_id))
        .filter(Column::ChangedAt.eq(read_at));
    Ok(changed.exec(db).await?.rows_affected > 0)
}

/// Rows after a person, in order.
pub async fn after(db: &impl ConnectionTrait, person_id: &str, most: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::PersonId.gt(person_id)).order_by_asc(Column::PersonId).limit(most).all(db).await
}

/// Puts the same, sealed anew, in place of what was sealed before, unless it has changed since.
pub async fn reseal(db: &impl ConnectionTrait, before: &Model, sealed: String) -> Result<(), DbErr> {
    let same = Column::PersonId.eq(&before.person_id).and(Column::Sealed.eq(&before.sealed));
    let row = Entity::update_many().col_expr(Column::Sealed, sealed.into()).filter(same);
    row.exec(db).await.map(drop)
}
