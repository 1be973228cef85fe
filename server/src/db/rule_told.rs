//! What a rule has reminded of, so that it does so once.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, OnConflict};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rule_told")]
pub struct Model {
    /// Of `reminders::rules`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub rule: String,
    /// Id of what it is about.
    #[sea_orm(primary_key, auto_increment = false)]
    pub about: String,
    /// Milliseconds since 1970.
    pub at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// Those of some things.
pub async fn of_rule(db: &impl ConnectionTrait, rule: &str, abouts: &[String]) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Rule.eq(rule)).filter(Column::About.is_in(abouts)).all(db).await
}

/// Writes down that it is told now; `false` where it was after that moment.
pub async fn take(db: &impl ConnectionTrait, rule: &str, about: &str, since: i64, now: i64) -> Result<bool, DbErr> {
    let row: ActiveModel = Model { rule: rule.into(), about: about.into(), at: now }.into();
    let mut again = OnConflict::columns([Column::Rule, Column::About]);
    again.update_column(Column::At).action_and_where(Expr::col((Entity, Column::At)).lte(since));
    Ok(Entity::insert(row.reset_all()).on_conflict(again).exec_without_returning(db).await? > 0)
}

/// Forgets what was told before a moment; says how many.
pub async fn delete_before(db: &impl ConnectionTrait, before: i64) -> Result<u64, DbErr> {
    Ok(Entity::delete_many().filter(Column::At.lt(before)).exec(db).await?.rows_affected)
}
