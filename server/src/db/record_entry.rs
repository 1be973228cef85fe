//! What citizens can prove: rows are added, never changed, and outlive what they are about.

use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QueryOrder, QuerySelect};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "record_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: String,
    /// The registration number of the company whose record it is; empty, the person's own.
    #[sea_orm(primary_key, auto_increment = false)]
    pub company: String,
    /// 1, 2, 3 ... without a gap.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i32,
    /// A code of `durvis_contract::record::RecordKind`.
    pub kind: String,
    /// That of the reference of the use, or of the bill.
    pub number: i64,
    /// Milliseconds since 1970.
    pub at: i64,
    pub digest: String,
    pub link: String,
    /// The signature of the head that ends with this entry, and the id of its key.
    pub key: String,
    pub signature: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// Adds the next; fails where another came first with the same sequence number.
pub async fn add(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    let row: ActiveModel = row.into();
    Entity::insert(row.reset_all()).exec_without_returning(db).await.map(drop)
}

/// The newest of a record.
pub async fn last(db: &impl ConnectionTrait, whose: (&str, &str)) -> Result<Option<Model>, DbErr> {
    of(whose).order_by_desc(Column::Sequence).limit(1).one(db).await
}

/// Those of a record, in order.
pub async fn all(db: &impl ConnectionTrait, whose: (&str, &str), most: u64) -> Result<Vec<Model>, DbErr> {
    of(whose).order_by_asc(Column::Sequence).limit(most).all(db).await
}

/// How many a record has.
pub async fn count(db: &impl ConnectionTrait, whose: (&str, &str)) -> Result<u64, DbErr> {
    of(whose).count(db).await
}

/// Some that another key than this one has signed.
pub async fn not_by(db: &impl ConnectionTrait, key: &str, most: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Key.ne(key)).limit(most).all(db).await
}

/// Signs one anew.
pub async fn sign(db: &impl ConnectionTrait, row: &Model, key: &str, signature: &str) -> Result<(), DbErr> {
    let same = Entity::update_many().col_expr(Column::Key, key.into()).col_expr(Column::Signature, signature.into());
    let same = same.filter(Column::PersonId.eq(&row.person_id)).filter(Column::Company.eq(&row.company));
    same.filter(Column::Sequence.eq(row.sequence)).exec(db).await.map(drop)
}

fn of((person_id, company): (&str, &str)) -> Select<Entity> {
    Entity::find().filter(Column::PersonId.eq(person_id)).filter(Column::Company.eq(company))
}
