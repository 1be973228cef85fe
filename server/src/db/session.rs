//! Sessions. The cookie's secret is not here, only its digest.

use sea_orm::ActiveValue;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{QueryOrder, QuerySelect};

/// Most sessions of a person that are told.
const MAX_LISTED: u64 = 100;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// SHA-256 of the cookie's secret, in hexadecimal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub digest: String,
    /// By which its owner names it. Opens nothing.
    #[sea_orm(unique)]
    pub handle: String,
    pub person_id: String,
    /// `identity::session::Held`, as JSON, for the place `session:<handle>`.
    pub sealed: String,
    /// The registration number of the company that the person acts for.
    pub company: Option<String>,
    /// The provider of the sign-in.
    pub way: String,
    pub address: String,
    pub agent: String,
    pub created_at: i64,
    pub seen_at: i64,
    pub ends_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn add(db: &impl ConnectionTrait, session: Model) -> Result<(), DbErr> {
    let row: ActiveModel = session.into();
    Entity::insert(row.reset_all()).exec_without_returning(db).await.map(drop)
}

pub async fn by_digest(db: &impl ConnectionTrait, digest: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(digest.to_owned()).one(db).await
}

/// The newest first.
pub async fn of_person(db: &impl ConnectionTrait, person_id: &str) -> Result<Vec<Model>, DbErr> {
    let own = Entity::find().filter(Column::PersonId.eq(person_id));
    own.order_by_desc(Column::CreatedAt).limit(MAX_LISTED).all(db).await
}

pub async fn touch(db: &impl ConnectionTrait, digest: &str, seen_at: i64) -> Result<(), DbErr> {
    let row = Entity::update_many().col_expr(Column::SeenAt, seen_at.into()).filter(Column::Digest.eq(digest));
    row.exec(db).await.map(drop)
}

/// Whom the person acts for from now on: sealed with the session's other data, and by number.
pub async fn act_for(
    db: &impl ConnectionTrait,
    digest: &str,
    company: Option<String>,
    sealed: String,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        digest: ActiveValue::Unchanged(digest.into()),
        company: ActiveValue::Set(company),
        sealed: ActiveValue::Set(sealed),
        ..Default::default()
    };
    Entity::update_many().set(row).filter(Column::Digest.eq(digest)).exec(db).await.map(drop)
}

/// Ends one, or none where it has ended already.
pub async fn end(db: &impl ConnectionTrait, digest: &str) -> Result<(), DbErr> {
    Entity::delete_by_id(digest.to_owned()).exec(db).await.map(drop)
}

/// Ends a session of a person by its handle; `false` where it is nobody's or somebody else's.
pub async fn end_own(db: &impl ConnectionTrait, person_id: &str, handle: &str) -> Result<bool, DbErr> {
    let own = Entity::delete_many().filter(Column::PersonId.eq(person_id)).filter(Column::Handle.eq(handle));
    Ok(own.exec(db).await?.rows_affected > 0)
}

/// Ends all of a person; gives how many.
pub async fn end_all(db: &impl ConnectionTrait, person_id: &str) -> Result<u64, DbErr> {
    Ok(Entity::delete_many().filter(Column::PersonId.eq(person_id)).exec(db).await?.rows_affected)
}

/// Clears away what has ended: absolutely, or by not being used since.
pub async fn sweep(db: &impl ConnectionTrait, now: i64, unused_since: i64) -> Result<u64, DbErr> {
    let ended = Column::EndsAt.lte(now).or(Column::SeenAt.lte(unused_since));
    Ok(Entity::delete_many().filter(ended).exec(db).await?.rows_affected)
}
