//! Bills.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ExprTrait, QueryOrder, QuerySelect, QueryTrait};

/// Most bills of one person that are looked through.
const MAX_OWN: u64 = 10_000;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bill")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// That of its reference.
    #[sea_orm(unique)]
    pub number: i64,
    pub person_id: String,
    /// The registration number of the company that pays; empty, the person themselves.
    pub company: String,
    /// What it came out of: one bill each. The use whose price it is; the bill's own id where an institution made it.
    #[sea_orm(unique)]
    pub use_id: String,
    pub e_service: String,
    pub version: i32,
    /// Slug of who gets the money.
    pub institution: String,
    pub amount_cents: i64,
    /// Of it, what is paid; and of that, what goes back.
    pub paid_cents: i64,
    pub refunded_cents: i64,
    /// `open`, `paid` or `cancelled`.
    pub state: String,
    /// The citizen says that it is wrong, and the institution has not answered.
    pub disputed: bool,
    /// The only payment that may be under way, or the one that paid it, or its last part.
    pub payment_id: Option<String>,
    /// ISO 8601 day: of the part whose turn it is.
    pub due: String,
    /// In which it may be paid: `contract::bill::BillPart`s, as JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub parts: Option<String>,
    /// When the institution reminded of it, since it is to be paid as it is.
    pub reminded_at: Option<i64>,
    /// Milliseconds since 1970.
    pub made_at: i64,
    pub paid_at: Option<i64>,
    /// The case in which an institution made it; none of what an e-service costs.
    pub case_id: Option<String>,
    /// What it is for, where an institution made it: as JSON, for the place `bill:<id>`.
    #[sea_orm(column_type = "Text", nullable)]
    pub sealed: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The use that it belongs to.
    #[must_use]
    pub fn of(&self) -> &str {
        self.case_id.as_deref().unwrap_or(&self.use_id)
    }
}

/// Adds a bill; fails where there is one of the same use.
pub async fn add(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    let row: ActiveModel = row.into();
    Entity::insert(row.reset_all()).exec_without_returning(db).await.map(drop)
}

pub async fn by_id(db: &impl ConnectionTrait, id: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id.to_owned()).one(db).await
}

/// Whether a number is nobody's.
pub async fn is_free(db: &impl ConnectionTrait, number: i64) -> Result<bool, DbErr> {
    Ok(Entity::find().filter(Column::Number.eq(number)).one(db).await?.is_none())
}

/// A person's, for a company or for themselves; those of one state, if one is named.
pub async fn of_person(
    db: &impl ConnectionTrait,
    (person_id, company): (&str, &str),
    state: Option<&str>,
) -> Result<Vec<Model>, DbErr> {
    let own = Entity::find().filter(Column::PersonId.eq(person_id)).filter(Column::Company.eq(company));
    let own = match state {
        Some(state) => own.filter(Column::State.eq(state)),
        None => own,
    };
    own.limit(MAX_OWN).all(db).await
}

/// A person's that are to be paid, the soonest first.
pub async fn open_of(
    db: &impl ConnectionTrait,
    (person_id, company): (&str, &str),
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let own = Entity::find().filter(Column::PersonId.eq(person_id)).filter(Column::Company.eq(company));
    own.filter(Column::State.eq("open")).order_by_asc(Column::Due).limit(most).all(db).await
}

/// Some that are to be paid from a day until another, and not disputed, after an id, in order.
pub async fn due(
    db: &impl ConnectionTrait,
    (from, until): (&str, &str),
    after: &str,
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let open = Entity::find().filter(Column::State.eq("open")).filter(Column::Due.between(from, until));
    let open = open.filter(Column::Disputed.eq(false));
    open.filter(Column::Id.gt(after)).order_by_asc(Column::Id).limit(most).all(db).await
}

/// The uses whose bill is not paid: waiting for it, or taken back before.
pub(super) fn to_pay() -> SelectStatement {
    Entity::find().filter(Column::State.ne("paid")).select_only().column(Column::UseId).into_query()
}

/// What a case cost, and those that an institution made in it, the oldest first.
pub async fn of_case(db: &impl ConnectionTrait, case_id: &str) -> Result<Vec<Model>, DbErr> {
    let some = Entity::find().filter(Column::CaseId.eq(case_id).or(Column::UseId.eq(case_id)));
    let some = some.order_by_asc(Column::MadeAt).order_by_asc(Column::Id);
    some.limit(MAX_OWN).all(db).await
}

/// Rows after an id, in order, of those that hold what is sealed.
pub async fn after(db: &impl ConnectionTrait, id: &str, most: u64) -> Result<Vec<Model>, DbErr> {
    let some = Entity::find().filter(Column::Id.gt(id)).filter(Column::Sealed.is_not_null());
    some.order_by_asc(Column::Id).limit(most).all(db).await
}

/// Puts the same, sealed anew, in place of what was sealed before. It never changes otherwise.
pub async fn reseal(db: &impl ConnectionTrait, id: &str, sealed: String) -> Result<(), DbErr> {
    let row = Entity::update_many().col_expr(Column::Sealed, Some(sealed).into());
    row.filter(Column::Id.eq(id)).exec(db).await.map(drop)
}

/// The bill of a use.
pub async fn of_use(db: &impl ConnectionTrait, use_id: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::UseId.eq(use_id)).one(db).await
}

/// The cases with a bill that the citizen has disputed, and that is not answered.
pub(super) fn disputed() -> SelectStatement {
    let disputed = Entity::find().filter(Column::Disputed.eq(true)).filter(Column::CaseId.is_not_null());
    disputed.select_only().column(Column::CaseId).into_query()
}

/// Of some cases, those with such a bill.
pub async fn disputed_of(db: &impl ConnectionTrait, case_ids: &[String]) -> Result<Vec<String>, DbErr> {
    if case_ids.is_empty() {
        return Ok(Vec::new());
    }
    let disputed = Entity::find().filter(Column::Disputed.eq(true)).filter(Column::CaseId.is_in(case_ids));
    disputed.select_only().column(Column::CaseId).into_tuple().all(db).await
}

/// Puts it in place of what it was, unless a payment is under way, or it was paid from meanwhile; `false` then.
pub async fn change(db: &impl ConnectionTrait, was: &Model, now: Model) -> Result<bool, DbErr> {
    let row = Entity::update_many()
        .col_expr(Column::State, now.state.into())
        .col_expr(Column::PaidCents, now.paid_cents.into())
        .col_expr(Column::RefundedCents, now.refunded_cents.into())
        .col_expr(Column::Disputed, now.disputed.into())
        .col_expr(Column::Due, now.due.into())
        .col_expr(Column::Parts, now.parts.into())
        .col_expr(Column::RemindedAt, now.reminded_at.into())
        .col_expr(Column::PaymentId, now.payment_id.into())
        .col_expr(Column::PaidAt, now.paid_at.into());
    let row = row.filter(Column::Id.eq(&was.id)).filter(Column::State.eq(&was.state));
    let row = row.filter(Column::PaidCents.eq(was.paid_cents)).filter(Column::RefundedCents.eq(was.refunded_cents));
    let row = match &was.payment_id {
        Some(payment_id) => row.filter(Column::PaymentId.eq(payment_id)),
        None => row.filter(Column::PaymentId.is_null()),
    };
    Ok(row.exec(db).await?.rows_affected > 0)
}

/// Gives a bill its only payment; `false` where it has one, is paid, or disputed.
pub async fn take(db: &impl ConnectionTrait, id: &str, payment_id: &str) -> Result<bool, DbErr> {
    let row = Entity::update_many().col_expr(Column::PaymentId, Some(payment_id.to_owned()).into());
    let row = row.filter(Column::Id.eq(id)).filter(Column::State.eq("open")).filter(Column::Disputed.eq(false));
    Ok(row.filter(Column::PaymentId.is_null()).exec(db).await?.rows_affected > 0)
}

/// Takes a payment that came to nothing off its bill.
pub async fn release(db: &impl ConnectionTrait, id: &str, payment_id: &str) -> Result<(), DbErr> {
    let row = Entity::update_many().col_expr(Column::PaymentId, Option::<String>::None.into());
    let row = row.filter(Column::Id.eq(id)).filter(Column::State.eq("open")).filter(Column::PaymentId.eq(payment_id));
    row.exec(db).await.map(drop)
}
