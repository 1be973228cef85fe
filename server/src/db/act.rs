//! The log of what was done: rows are added, never changed. Each holds the digest of the one before (`identity::audit`).

use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue, QueryOrder, QuerySelect};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "act")]
pub struct Model {
    /// 1, 2, 3 ... without a gap.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub at: i64,
    /// Whose act, or whose data.
    pub person_id: Option<String>,
    /// A code of `durvis_contract::ActKind`.
    pub kind: String,
    /// `identity::audit::Content`, as JSON, for the place `act:<number>`.
    pub sealed: String,
    /// The digest of what is sealed.
    pub content: String,
    /// The digest of the row before; empty for the first.
    pub before: String,
    pub digest: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The newest row.
pub async fn last(db: &impl ConnectionTrait) -> Result<Option<Model>, DbErr> {
    Entity::find().order_by_desc(Column::Number).limit(1).one(db).await
}

/// Adds the next row; fails where another came first with the same number.
pub async fn add(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    let row = ActiveModel {
        number: ActiveValue::Set(row.number),
        at: ActiveValue::Set(row.at),
        person_id: ActiveValue::Set(row.person_id),
        kind: ActiveValue::Set(row.kind),
        sealed: ActiveValue::Set(row.sealed),
        content: ActiveValue::Set(row.content),
        before: ActiveValue::Set(row.before),
        digest: ActiveValue::Set(row.digest),
    };
    Entity::insert(row).exec_without_returning(db).await.map(drop)
}

/// Rows after a number, in order.
pub async fn after(db: &impl ConnectionTrait, number: i64, most: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Number.gt(number)).order_by_asc(Column::Number).limit(most).all(db).await
}

/// What a listing of a person's acts is about.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub kinds: Vec<String>,
    /// From this moment on, and before that.
    pub from: Option<i64>,
    pub until: Option<i64>,
}

/// A person's rows, the newest first: at most so many below a number.
pub async fn of_person(
    db: &impl ConnectionTrait,
    person_id: &str,
    wanted: &Wanted,
    below: Option<i64>,
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let mut rows = Entity::find().filter(Column::PersonId.eq(person_id));
    if !wanted.kinds.is_empty() {
        rows = rows.filter(Column::Kind.is_in(wanted.kinds.iter().map(String::as_str)));
    }
    if let Some(from) = wanted.from {
        rows = rows.filter(Column::At.gte(from));
    }
    if let Some(until) = wanted.until {
        rows = rows.filter(Column::At.lt(until));
    }
    if let Some(below) = below {
        rows = rows.filter(Column::Number.lt(below));
    }
    rows.order_by_desc(Column::Number).limit(most).all(db).await
}

/// Puts the same, sealed anew, in place of what was sealed before.
pub async fn reseal(db: &impl ConnectionTrait, number: i64, sealed: String) -> Result<(), DbErr> {
    let row = Entity::update_many().col_expr(Column::Sealed, sealed.into()).filter(Column::Number.eq(number));
    row.exec(db).await.map(drop)
}
