//! Challenges that wait for a card. What is asked is not here, only its digest.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "challenge")]
pub struct Model {
    /// SHA-256 of the nonce, in hexadecimal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub digest: String,
    /// Milliseconds since 1970.
    pub ends_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn add(db: &impl ConnectionTrait, challenge: Model) -> Result<(), DbErr> {
    let row: ActiveModel = challenge.into();
    Entity::insert(row.reset_all()).exec_without_returning(db).await.map(drop)
}

/// Takes one away; `false` where it was not there. Of two who take it at once, one gets it.
pub async fn take(db: &impl ConnectionTrait, digest: &str) -> Result<bool, DbErr> {
    Ok(Entity::delete_by_id(digest.to_owned()).exec(db).await?.rows_affected == 1)
}

/// Clears away what has ended.
pub async fn sweep(db: &impl ConnectionTrait, now: i64) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::EndsAt.lte(now)).exec(db).await.map(drop)
}
