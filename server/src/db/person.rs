//! People who have signed in. Who they are is sealed; `lookup` finds them by a keyed digest of the personal code.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, QueryOrder, QuerySelect};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    #[sea_orm(unique)]
    pub lookup: String,
    /// `identity::person::Person`, as JSON, for the place `person:<id>`.
    pub sealed: String,
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn by_lookup(db: &impl ConnectionTrait, lookup: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Lookup.eq(lookup)).one(db).await
}

pub async fn by_id(db: &impl ConnectionTrait, id: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id.to_owned()).one(db).await
}

/// Adds a person; somebody else may have added the same at this moment, whose row stays.
pub async fn add(db: &impl ConnectionTrait, person: Model) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: ActiveValue::Set(person.id),
        lookup: ActiveValue::Set(person.lookup),
        sealed: ActiveValue::Set(person.sealed),
        created_at: ActiveValue::Set(person.created_at),
    };
    let known = OnConflict::column(Column::Lookup).do_nothing().to_owned();
    Entity::insert(row).on_conflict(known).exec_without_returning(db).await.map(drop)
}

/// Puts another sealed value in place of the one that was there.
pub async fn reseal(db: &impl ConnectionTrait, id: &str, sealed: String) -> Result<(), DbErr> {
    let row = Entity::update_many().col_expr(Column::Sealed, sealed.into()).filter(Column::Id.eq(id));
    row.exec(db).await.map(drop)
}

/// Rows after an id, in order.
pub async fn after(db: &impl ConnectionTrait, id: &str, most: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.gt(id)).order_by_asc(Column::Id).limit(most).all(db).await
}
